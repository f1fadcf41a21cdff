package web

import (
	"slices"
	"strconv"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/agenda"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/lunar"
	"kith.app/internal/occasion"
	"kith.app/internal/page"
	"kith.app/internal/report"
	"kith.app/internal/sheet"
	"kith.app/internal/text"
)

// occasionsListed reads what the list of the calendar is narrowed to, and the items.
func (q *request) occasionsListed() (agenda.Narrow, calendar.Period, []agenda.Item, error) {
	n := agenda.Narrow{Country: q.value("country"), Round: q.value("round") != "", Duties: q.value("open") != "", Typed: q.value("q")}
	if kind, err := occasion.ParseKind(q.value("kind")); err == nil {
		n.Kind = kind
	}
	p := calendar.Period{From: q.today(), To: q.today() + 365}
	if year := q.yearAsked(); year != 0 {
		p = calendar.Year(year)
	}
	items, err := agenda.Of(q.Context(), q.view(), occasion.Asked{Body: body.ID(q.id("body")), Period: p, World: q.value("world") != "" || n.Country != ""})
	return n, p, n.Keep(items, q.speaker(), text.Fold), err
}

// calendarList shows a year of occasions that can be searched and narrowed.
func (s *Server) calendarList(q *request) error {
	if err := q.mayCalendar(); err != nil {
		return err
	}
	n, period, items, err := q.occasionsListed()
	if err != nil {
		return err
	}
	at := "list"
	if n.Round {
		at = "round"
	}
	p := page.ListPage{Shell: q.shell(q.say("calendar.tab." + at)), Tabs: q.calendarTabs(at)}
	p.Shell.Crumbs = q.calendarCrumbs()
	p.Shell.Lead = q.say("calendar.count", len(items), q.speaker().Period(period))
	q.listFilters(&p, n)
	p.Table = page.Table{
		ID: "occasions", Caption: q.say("calendar.tab.list"), Quiet: true,
		Columns: []page.Column{{Head: q.say("calendar.day")}, {Head: q.say("calendar.occasion"), Chief: true}, {Head: q.say("calendar.kind")}, {Head: q.say("calendar.todo")}},
		Empty:   page.Empty{Glyph: page.GlyphCalendar, Head: q.say("calendar.none"), Text: q.say("calendar.none.text"), Do: page.Link{Text: q.say("calendar.none.do"), Href: "/calendar/list"}},
	}
	for _, i := range items[:min(len(items), listMost)] {
		mark := q.itemMark(i)
		when := q.daySaid(i.Day)
		if i.Vague {
			when = q.speaker().Period(calendar.Period{From: i.Day, To: i.Until})
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: occasionPath(i.Occurrence), Cells: []page.Cell{
			{Text: when, Note: q.spanSaid(i.Occurrence)},
			{Text: i.Title(q.speaker()), Note: dotted(append([]string{agenda.Who(q.speaker(), i.Occurrence)}, agenda.Marks(q.speaker(), i.Occurrence)...)...)},
			{Text: q.say("occasion.kind." + string(i.Kind))},
			page.Marked(mark),
		}})
	}
	if len(items) > listMost {
		p.Table.Told = q.say("calendar.most", listMost, len(items))
	}
	return q.show(page.Listed(p))
}

// listMost bounds the rows of one page of the list.
const listMost = 400

func (q *request) listFilters(p *page.ListPage, n agenda.Narrow) {
	p.Filter = page.FilterHead{Action: "/calendar/list", Results: "listed", Query: n.Typed, Label: q.say("calendar.find")}
	if n != (agenda.Narrow{Round: n.Round}) || q.yearAsked() != 0 || q.id("body") != 0 {
		p.Filter.Clear = "/calendar/list"
	}
	kinds := []page.Option{{Text: q.say("calendar.kinds")}}
	for _, k := range occasion.Kinds() {
		kinds = append(kinds, page.Option{Value: string(k), Text: q.say("occasion.kind." + string(k))})
	}
	years := []page.Option{{Text: q.say("calendar.year.next")}}
	for y := q.today().Year(); y < q.today().Year()+6; y++ {
		years = append(years, page.Option{Value: strconv.Itoa(y), Text: strconv.Itoa(y)})
	}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "kind", Label: q.say("calendar.kind"), Value: string(n.Kind)}, Options: kinds},
		{Field: page.Field{Name: "country", Label: q.say("calendar.country"), Value: n.Country}, Options: q.countries()},
		{Field: page.Field{Name: "year", Label: q.say("calendar.year"), Value: q.value("year")}, Options: years},
	}
	if whose, err := q.bodyOptions(access.ReadFigures, q.say("calendar.whose.all")); err == nil && len(whose) > 2 {
		p.Selects = append(p.Selects, page.SelectField{Field: page.Field{Name: "body", Label: q.say("calendar.whose"), Value: q.value("body")}, Options: whose})
	}
	p.Ticks = []page.Option{{Value: "round", Text: q.say("calendar.round.only"), Note: q.value("round")}, {Value: "open", Text: q.say("calendar.open.only"), Note: q.value("open")}}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/calendar/list.xlsx" + queryOf(q)}}
}

// countries offers the countries that have a day in the calendar, by name.
func (q *request) countries() []page.Option {
	options := []page.Option{{Text: q.say("calendar.countries")}}
	feasts, err := q.view().Feasts(q.Context())
	if err != nil {
		return options
	}
	for _, f := range feasts {
		if f.Kind == occasion.National && !f.Retired {
			options = append(options, page.Option{Value: f.Country, Text: occasion.Occurrence{Names: f.Names}.Name(q.reader.Lang)})
		}
	}
	slices.SortStableFunc(options[1:], func(a, b page.Option) int {
		return slices.Compare(text.TextKey(a.Text, q.lang()), text.TextKey(b.Text, q.lang()))
	})
	return options
}

// calendarSheet gives the list as a workbook.
func (s *Server) calendarSheet(q *request) error {
	if err := q.mayCalendar(); err != nil {
		return err
	}
	_, _, items, err := q.occasionsListed()
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("calendar.name")}
	for _, key := range []string{"calendar.day", "calendar.last", "calendar.lunar", "calendar.occasion", "calendar.kind", "calendar.years", "calendar.country", "calendar.todo", "calendar.sure"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	var rows [][]sheet.Value
	for _, i := range items {
		todo, err := q.todoSaid(i)
		if err != nil {
			return err
		}
		moon := ""
		if l := lunar.From(i.Day); !l.IsZero() {
			moon = q.speaker().LunarLine(l)
		}
		years := ""
		if i.Number > 0 {
			years = strconv.Itoa(i.Number)
		}
		rows = append(rows, []sheet.Value{
			sheet.On(calendar.OnDay(i.Day)), sheet.On(calendar.OnDay(i.Until)), sheet.Words(moon), sheet.Words(i.Title(q.speaker())), sheet.Words(q.say("occasion.kind." + string(i.Kind))),
			sheet.Words(years), sheet.Words(i.Country), sheet.Words(todo), sheet.Words(dotted(agenda.Marks(q.speaker(), i.Occurrence)...)),
		})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, row := range rows {
			if !yield(row) {
				return
			}
		}
	}
	return q.sendSheet(q.say("calendar.name"), t)
}

// todoSaid words the duties of an item: to whom, what, how far.
func (q *request) todoSaid(i agenda.Item) (string, error) {
	var all []string
	for _, d := range i.Duties {
		to, err := q.addressed(d)
		if err != nil {
			return "", err
		}
		all = append(all, q.say("calendar.do.state", q.say("occasion.do."+string(d.Do)), to.name, agenda.State(q.speaker(), d)))
	}
	return q.speaker().List(all...), nil
}

// calendarPaper prints the next sixty days on one sheet: what somebody has to do
// with in a table, what is left in a few lines below.
func (s *Server) calendarPaper(q *request) error {
	if err := q.mayCalendar(); err != nil {
		return err
	}
	items, err := q.agenda(q.next60())
	if err != nil {
		return err
	}
	house, err := report.HouseOf(q.Context(), q.view(), q.own(), q.today())
	if err != nil {
		return err
	}
	to := q.speaker()
	b := house.Sheet(to, document.A4(), "", calendar.OnDay(q.today()))
	b.Paper().Head.Number = nil
	from, until := to.DateShort(calendar.OnDay(q.today())), to.DateShort(calendar.OnDay(q.today()+ahead))
	b.Title(to.Say("calendar.sheet"), to.Say("calendar.sheet.days", from, until))
	rows, rest, room, err := q.sheetRows(items)
	if err != nil {
		return err
	}
	t := document.Table{Columns: []document.Column{
		{Head: q.say("calendar.day"), Share: 2.2}, {Head: q.say("calendar.occasion"), Share: 5}, {Head: q.say("calendar.todo"), Share: 3.8},
	}}
	for _, r := range rows {
		t.Add(document.C(q.sheetDay(r.item.Day)), document.C(r.title), document.C(r.todo))
	}
	if len(t.Rows) == 0 {
		b.Say(q.say("calendar.empty"))
	} else {
		b.Add(t)
	}
	if len(rest) > 0 {
		b.Add(document.Paragraph{Runs: append(document.Runs{document.B(q.say("calendar.sheet.others") + " ")}, document.T(q.restSaid(rest, room))), Size: 10})
	}
	return q.sendPaper(b.Paper(), q.say("calendar.sheet"))
}

// sheetRow is one row of the printed sheet.
type sheetRow struct {
	item        agenda.Item
	title, todo string
}

// The room of the printed sheet below its head, in points, and what fills it.
const (
	sheetRoom  = 555
	rowEdge    = 5
	rowLine    = 16
	restLine   = 13
	restLeast  = 3 * restLine // kept free for what has no row
	titleWide  = 34           // letters on a line of the column
	todoWide   = 25
	restLetter = 92 // letters on a line of the paragraph below
)

// height is how much of the sheet a row takes.
func (r sheetRow) height() int {
	lines := max(1, (len([]rune(r.title))+titleWide-1)/titleWide, (len([]rune(r.todo))+todoWide-1)/todoWide)
	return rowEdge + rowLine*lines
}

// sheetRows chooses what has a row on the sheet, as far as one page has room:
// first what something is to be done for, then what is the book's own, round
// anniversaries and new years. It gives what is left, and how many letters of it
// fit below.
func (q *request) sheetRows(items []agenda.Item) (rows []sheetRow, rest []agenda.Item, letters int, err error) {
	room := sheetRoom - restLeast
	taken := make([]*sheetRow, len(items))
	for _, first := range []bool{true, false} {
		for n, i := range items {
			if taken[n] != nil || first && i.Open() == 0 || !concerns(i) {
				continue
			}
			r := sheetRow{item: i, title: i.Title(q.speaker())}
			if r.todo, err = q.todoSaid(i); err != nil {
				return nil, nil, 0, err
			}
			if r.height() <= room {
				taken[n], room = &r, room-r.height()
			}
		}
	}
	for n, r := range taken {
		if r != nil {
			rows = append(rows, *r)
		} else {
			rest = append(rest, items[n])
		}
	}
	return rows, rest, (room + restLeast) / restLine * restLetter, nil
}

// concerns tells whether an item has a row on the printed sheet: what something
// is to be done for, what is the book's own, round anniversaries and new years.
func concerns(i agenda.Item) bool {
	return len(i.Duties) > 0 || !i.Kind.IsFeast() || i.Kind == occasion.Own || i.Round() || i.Kind == occasion.NewYear
}

func (q *request) sheetDay(on calendar.Day) string {
	_, m, d := on.Civil()
	return q.say("calendar.sheet.day", q.speaker().Weekday(on.Weekday()), strconv.Itoa(d)+"/"+strconv.Itoa(int(m)))
}

// restSaid lists what has no row, as far as the sheet has room.
func (q *request) restSaid(rest []agenda.Item, letters int) string {
	said := ""
	var last calendar.Day
	for n, i := range rest {
		next := i.Title(q.speaker())
		if i.Day != last {
			_, m, d := i.Day.Civil()
			next = strconv.Itoa(d) + "/" + strconv.Itoa(int(m)) + " " + next
		}
		more := " " + q.say("calendar.sheet.more", len(rest)-n)
		if len([]rune(said))+len([]rune(next))+len([]rune(more)) > letters-restLetter {
			return said + more
		}
		switch {
		case said == "":
		case i.Day != last:
			said += "; "
		default:
			said += ", "
		}
		said, last = said+next, i.Day
	}
	return said + "."
}

// calendarMonth shows one month as a wall calendar with the lunar days.
func (s *Server) calendarMonth(q *request) error {
	if err := q.mayCalendar(); err != nil {
		return err
	}
	year, month, _ := q.today().Civil()
	if asked, err := calendar.ParseEDTF(q.value("m")); err == nil {
		if y, m, ok := asked.Month(); ok {
			year, month = y, m
		}
	}
	period := calendar.MonthOf(year, month)
	items, err := q.agenda(period)
	if err != nil {
		return err
	}
	p := page.MonthPage{Shell: q.shell(capital(q.speaker().Period(period))), Tabs: q.calendarTabs("month")}
	p.Shell.Crumbs = q.calendarCrumbs()
	p.Before = q.monthLink(period.From-1, "calendar.month.before")
	p.After = q.monthLink(period.To+1, "calendar.month.after")
	for d := time.Weekday(1); d <= 7; d++ {
		p.Weekdays = append(p.Weekdays, q.speaker().Weekday(d%7))
	}
	first := period.From - calendar.Day((int(period.From.Weekday())+6)%7)
	for day := first; day <= period.To; day += 7 {
		var week []page.MonthDay
		for n := range calendar.Day(7) {
			week = append(week, q.monthDay(day+n, period, items))
		}
		p.Weeks = append(p.Weeks, week)
	}
	p.Agenda = q.agendaLines(items)
	p.Caption, p.Empty = q.speaker().Period(period), q.say("calendar.empty")
	p.List = q.say("calendar.coming")
	return q.show(page.Month(p))
}

func (q *request) monthLink(in calendar.Day, key string) page.Link {
	y, m, _ := in.Civil()
	return page.Link{Text: q.say(key), Href: "/calendar/month?m=" + calendar.InMonth(y, m).EDTF()}
}

func (q *request) monthDay(on calendar.Day, of calendar.Period, items []agenda.Item) page.MonthDay {
	_, _, d := on.Civil()
	cell := page.MonthDay{Day: strconv.Itoa(d), Beside: !of.Contains(on), Today: on == q.today()}
	if l := lunar.From(on); !l.IsZero() {
		cell.Moon = strconv.Itoa(l.Day)
		if l.Day == 1 {
			cell.Moon += "/" + strconv.Itoa(l.Month)
		}
	}
	if cell.Beside {
		return cell
	}
	for _, i := range items {
		if !i.Vague && i.Day <= on && on <= i.Until {
			cell.Lines = append(cell.Lines, page.Link{Text: i.Title(q.speaker()), Href: occasionPath(i.Occurrence)})
		}
	}
	return cell
}

// calendarWho finds bodies while the name of an addressee is typed.
func (s *Server) calendarWho(q *request) error {
	if !q.actor.Somewhere(access.KeepOffice) {
		return q.actor.May(access.KeepOffice, q.root())
	}
	found, err := q.view().BodiesNamed(q.Context(), q.value("q"), 10)
	if err != nil {
		return err
	}
	var all []page.Choice
	for _, b := range found {
		all = append(all, page.Choice{ID: idText(b.ID), Text: b.NameOn(q.lang(), q.today()), Note: q.say("body.kind." + string(b.Kind))})
	}
	return q.choices(all)
}
