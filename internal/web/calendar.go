package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/agenda"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/lunar"
	"kith.app/internal/occasion"
	"kith.app/internal/page"
	"kith.app/internal/person"
)

func occasionPath(o occasion.Occurrence) string { return "/calendar/on/" + o.Key() }

// mayCalendar refuses strangers: whoever reads figures anywhere has a calendar.
func (q *request) mayCalendar() error {
	if q.actor.Somewhere(access.ReadFigures) {
		return nil
	}
	return q.actor.May(access.ReadFigures, q.root())
}

// agenda lists what comes in a period; countries with which the organisation has
// nothing to do only when they are asked for.
func (q *request) agenda(p calendar.Period) ([]agenda.Item, error) {
	return agenda.Of(q.Context(), q.view(), occasion.Asked{Period: p, World: q.value("world") != ""})
}

// calendarTabs are the ways to look at the calendar.
func (q *request) calendarTabs(at string) []page.Tab {
	var tabs []page.Tab
	for _, t := range [][2]string{{"next", "/calendar"}, {"month", "/calendar/month"}, {"list", "/calendar/list"}, {"round", "/calendar/list?round=yes"}, {"feasts", "/calendar/feasts"}} {
		tabs = append(tabs, page.Tab{Text: q.say("calendar.tab." + t[0]), Href: t[1], Current: at == t[0]})
	}
	return tabs
}

func (q *request) calendarCrumbs(more ...page.Link) []page.Link {
	return append([]page.Link{{Text: q.say("menu.calendar"), Href: "/calendar"}}, more...)
}

// next60 is the period of the officer's first page.
func (q *request) next60() calendar.Period {
	return calendar.Period{From: q.today(), To: q.today() + ahead}
}

// calendarNext shows the next sixty days: what must be done by when, then day by
// day what is coming.
func (s *Server) calendarNext(q *request) error {
	if err := q.mayCalendar(); err != nil {
		return err
	}
	items, err := q.agenda(q.next60())
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("calendar.next", ahead)), Tabs: q.calendarTabs("next")}
	p.Shell.Lead = q.say("calendar.next.lead", q.speaker().DateLong(calendar.OnDay(q.today())), q.speaker().DateLong(calendar.OnDay(q.today()+ahead)))
	if q.actor.Somewhere(access.KeepOffice) {
		p.Shell.Actions = page.FirstLink(q.say("calendar.add"), "/calendar/feasts/new")
	}
	duties, err := q.dutiesAhead(items)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Print: true, Tools: []page.Tool{
		{Glyph: page.GlyphPrint, Text: q.say("calendar.sheet.pdf"), Href: "/calendar/paper?as=pdf"},
		{Glyph: page.GlyphPaper, Text: q.say("calendar.sheet.docx"), Href: "/calendar/paper?as=docx"},
		{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/calendar/list.xlsx"},
		{Glyph: page.GlyphCalendar, Text: q.say("feed.head"), Href: "/calendar/feeds"},
	}})
	if len(duties.Rows) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("calendar.duties"), Table: &duties})
	}
	coming := page.DeskPart{Head: q.say("calendar.coming"), Agenda: q.agendaLines(items)}
	if len(items) == 0 {
		coming.Lines = []string{q.say("calendar.empty")}
	}
	p.Parts = append(p.Parts, coming)
	if note, ok := q.worldNote("/calendar"); ok {
		p.Notes = append(p.Notes, note)
	}
	return q.show(page.Desk(p))
}

// worldNote says that only some countries are shown, and leads to all of them or back.
func (q *request) worldNote(path string) (page.NoteLine, bool) {
	if q.value("world") != "" {
		return page.NoteLine{Tone: page.Plain, Text: q.say("calendar.world.all"), Link: page.Link{Text: q.say("calendar.world.own"), Href: path}}, true
	}
	reading, err := q.view().Occasions(q.Context(), occasion.Asked{Period: calendar.Period{From: q.today(), To: q.today()}})
	if err != nil {
		return page.NoteLine{}, false
	}
	for _, f := range reading.Feasts {
		if f.Kind == occasion.National && f.Country != "VN" && f.Country != "LA" {
			return page.NoteLine{}, false
		}
	}
	return page.NoteLine{Tone: page.Plain, Text: q.say("calendar.world.some"), Link: page.Link{Text: q.say("calendar.world.see"), Href: path + "?world=yes"}}, true
}

// agendaLines words occurrences as lines of an agenda.
func (q *request) agendaLines(items []agenda.Item) []page.Coming {
	var all []page.Coming
	for _, i := range items {
		all = append(all, q.agendaLine(i))
	}
	return all
}

func (q *request) agendaLine(i agenda.Item) page.Coming {
	c := page.Coming{Text: i.Title(q.speaker()), Href: occasionPath(i.Occurrence), Mark: q.itemMark(i)}
	if i.Vague {
		c.Day, c.Month = "·", q.dated(calendar.OnDay(i.Day))[3:]
		if i.Until-i.Day > 31 {
			c.Month = fmt.Sprint(i.Day.Year())
		}
	} else {
		c.Day, c.Month = q.dayTile(i.Day)
	}
	c.Note = dotted(append([]string{q.say("occasion.kind." + string(i.Kind)), q.spanSaid(i.Occurrence), agenda.Who(q.speaker(), i.Occurrence)}, agenda.Marks(q.speaker(), i.Occurrence)...)...)
	return c
}

// itemMark says in a word what is left to do, or that it is a round one.
func (q *request) itemMark(i agenda.Item) page.Mark {
	switch open := i.Open(); {
	case open > 0:
		return page.Mark{Tone: page.Due, Text: q.say("calendar.open", open)}
	case len(i.Duties) > 0:
		return page.Mark{Tone: page.Done, Text: q.say("calendar.done")}
	case i.Round():
		return page.Mark{Tone: page.Waiting, Text: q.say("calendar.round")}
	}
	return page.Mark{}
}

// spanSaid words the days of a feast that lasts several, with the lunar day of a
// lunar one.
func (q *request) spanSaid(o occasion.Occurrence) string {
	if o.Vague {
		return ""
	}
	var said []string
	if o.Until > o.Day {
		said = append(said, q.say("calendar.until", q.daySaid(o.Until)))
	}
	if o.Kind == occasion.Lunar || o.Kind == occasion.Memorial {
		if l := lunar.From(o.Day); !l.IsZero() {
			said = append(said, q.speaker().LunarLine(l))
		}
	}
	return strings.Join(said, ", ")
}

// dutyLine is a duty with the occasion it belongs to.
type dutyLine struct {
	item agenda.Item
	duty occasion.Duty
}

// dutiesAhead lists the duties that are open, by the day on which each must leave
// the house.
func (q *request) dutiesAhead(items []agenda.Item) (page.Table, error) {
	var lines []dutyLine
	for _, i := range items {
		for _, d := range i.Duties {
			if d.Open() {
				lines = append(lines, dutyLine{i, d})
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b dutyLine) int { return cmp.Compare(a.duty.Due(), b.duty.Due()) })
	t := page.Table{
		ID: "duties", Caption: q.say("calendar.duties"), Quiet: true,
		Columns: []page.Column{{Head: q.say("calendar.due")}, {Head: q.say("calendar.what"), Chief: true}, {Head: q.say("calendar.for")}, {Head: q.say("common.status")}},
	}
	for _, l := range lines {
		to, err := q.addressed(l.duty)
		if err != nil {
			return t, err
		}
		t.Rows = append(t.Rows, page.Row{Href: q.dutyHref(l.duty), Cells: []page.Cell{
			{Text: q.daySaid(l.duty.Due()), Note: q.dueMark(l.duty.Due()).Text},
			{Text: q.say("calendar.do.to", q.say("occasion.do."+string(l.duty.Do)), to.name), Note: to.who},
			{Text: l.item.Title(q.speaker()), Note: q.daySaid(l.item.Day)},
			{Part: page.Badge(dutyTone(l.duty), agenda.State(q.speaker(), l.duty))},
		}})
	}
	return t, nil
}

// dutyHref leads to a duty, or where one that nobody has begun is begun.
func (q *request) dutyHref(d occasion.Duty) string {
	if d.ID != 0 {
		return dutyPath(d.ID)
	}
	return occasionPath(d.For)
}

// addressee is to whom a duty goes: the body and who speaks for it today.
type addressee struct {
	name string // of the body
	who  string // "Tổng Lãnh sự, ông …"; empty when nobody is known
}

// addressed finds to whom a duty goes today, as far as the book knows.
func (q *request) addressed(d occasion.Duty) (addressee, error) {
	to := addressee{name: d.ToName, who: d.Addressee}
	if d.To == 0 {
		return to, nil
	}
	b, err := q.view().Body(q.Context(), d.To)
	if fault.KindOf(err) == fault.NotFound {
		to.name = q.say("calendar.to.gone") // one addressee that is gone hides no other
		return to, nil
	}
	if err != nil {
		return to, err
	}
	to.name = b.NameOn(q.lang(), q.today())
	if to.who == "" {
		to.who, err = q.spokesman(d.To, d.Office, q.lang())
	}
	return to, err
}

// dotComma joins what is not empty by commas.
func dotComma(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// spokesman names who holds an office of a body today; of office 0 the first in
// rank that somebody holds. In what language they are addressed matters where a
// form of address was written.
func (q *request) spokesman(of body.ID, office int64, lang string) (string, error) {
	board, err := q.view().Board(q.Context(), of, q.today())
	if err != nil {
		return "", err
	}
	for _, seats := range board.Seats {
		if office != 0 && seats.Office.ID != office || len(seats.Holders) == 0 {
			continue
		}
		holder := seats.Holders[0]
		known, err := q.view().Protocols(q.Context(), []person.ID{holder.Person})
		if err != nil {
			return "", err
		}
		p := known[holder.Person]
		if p.Address[lang] != "" {
			return dotComma(p.Called(lang, p.Beside(holder.Name)), cmp.Or(p.Title[lang], q.title(seats.Office))), nil
		}
		return q.title(seats.Office) + " " + p.Beside(holder.Name), nil
	}
	return "", nil
}

func dutyTone(d occasion.Duty) page.Tone {
	switch {
	case d.Dropped != "":
		return page.Plain
	case d.Fulfilled():
		return page.Done
	case d.ID == 0:
		return page.Due
	}
	return page.Waiting
}

// comingOccasions are the occasions of the next sixty days for which something is
// to be done, those of the organisation itself, and the new years; the rest is in
// the calendar.
func (q *request) comingOccasions() ([]comingOn, error) {
	if q.mayCalendar() != nil {
		return nil, nil
	}
	items, err := q.agenda(q.next60())
	var all []comingOn
	for _, i := range items {
		switch i.Kind {
		case occasion.Own, occasion.Tie, occasion.Founding, occasion.Expiry, occasion.Notice, occasion.Review, occasion.Promise, occasion.Term, occasion.Congress, occasion.Contest, occasion.Sheet, occasion.Form, occasion.Plan, occasion.Plans, occasion.Memorial:
		case occasion.NewYear, occasion.National, occasion.Relations, occasion.Lunar, occasion.Day:
			if len(i.Duties) == 0 && i.Code != "new-year.VN" {
				continue
			}
		default: // the page has them by itself
			continue
		}
		line := q.agendaLine(i)
		if i.Open() == 0 {
			line.Mark = page.Mark{}
		}
		all = append(all, comingOn{max(i.Day, q.today()), line})
	}
	return all, err
}
