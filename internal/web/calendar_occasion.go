package web

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/agenda"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/lunar"
	"kith.app/internal/occasion"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// occasionAsked reads the occurrence that the address names.
func (q *request) occasionAsked() (agenda.Item, error) {
	if err := q.mayCalendar(); err != nil {
		return agenda.Item{}, err
	}
	return agenda.One(q.Context(), q.view(), q.PathValue("key"))
}

// occasion shows one occasion: its day, what is done for whom, who is added.
func (s *Server) occasion(q *request) error {
	i, err := q.occasionAsked()
	if err != nil {
		return err
	}
	return q.occasionPage(i, nil)
}

func (q *request) occasionPage(i agenda.Item, refused error) error {
	p := page.DeskPage{Shell: q.shell(i.Title(q.speaker()))}
	p.Shell.Crumbs = q.calendarCrumbs()
	p.Parts = []page.DeskPart{{Head: q.say("calendar.when"), Facts: q.occasionFacts(i)}}
	duties, err := q.occasionDuties(i)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, duties...)
	if q.actor.Somewhere(access.KeepOffice) {
		form, err := q.customForm(i, refused)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &form})
	}
	if i.Kind.IsFeast() {
		p.Actions = append(p.Actions, page.Action{Glyph: page.GlyphEdit, Text: q.say("calendar.feast.edit"), Href: feastPath(i.Code)})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

func (q *request) occasionFacts(i agenda.Item) []page.Fact {
	to := q.speaker()
	day := calendar.Period{From: i.Day, To: i.Until}
	facts := []page.Fact{{Name: q.say("calendar.day"), Text: to.DateLong(calendar.OnDay(i.Day)), Mark: q.dueMark(i.Day)}}
	if i.Vague {
		facts[0] = page.Fact{Name: q.say("calendar.day"), Text: to.Period(day)}
	} else {
		if l := lunar.From(i.Day); !l.IsZero() {
			facts = append(facts, page.Fact{Name: q.say("calendar.lunar"), Text: to.LunarLine(l)})
		}
		if i.Until > i.Day {
			facts = append(facts, page.Fact{Name: q.say("calendar.last"), Text: to.DateLong(calendar.OnDay(i.Until))})
		}
	}
	facts = append(facts, page.Fact{Name: q.say("calendar.kind"), Text: q.say("occasion.kind." + string(i.Kind))})
	if i.Number > 0 {
		f := page.Fact{Name: q.say("calendar.years"), Text: strconv.Itoa(i.Number)}
		if i.Round() {
			f.Mark = page.Mark{Tone: page.Waiting, Text: q.say("calendar.round")}
		}
		facts = append(facts, f)
	}
	facts = append(facts,
		page.Fact{Name: q.say("calendar.about"), Text: agenda.Who(to, i.Occurrence)},
		page.Fact{Name: q.say("calendar.opens"), Text: q.daySaid(i.Opens()), Note: q.say("calendar.opens.note", i.Lead)},
		page.Fact{Name: q.say("calendar.sure"), Text: dotted(agenda.Marks(to, i.Occurrence)...)},
	)
	if i.Path != "" {
		facts = append(facts, page.Fact{Name: q.say("calendar.record"), Text: q.say("calendar.record.see"), Href: i.Path})
	}
	return facts
}

// occasionDuties lists what is done for whom: each with how far it is, and a
// button where nobody has begun.
func (q *request) occasionDuties(i agenda.Item) ([]page.DeskPart, error) {
	t := page.Table{
		ID: "duties", Caption: q.say("calendar.todo"), Quiet: true,
		Columns: []page.Column{{Head: q.say("calendar.to"), Chief: true}, {Head: q.say("calendar.what")}, {Head: q.say("calendar.due")}, {Head: q.say("common.status")}},
		Empty:   page.Empty{Glyph: page.GlyphPaper, Head: q.say("calendar.duties.none"), Text: q.say("calendar.duties.none.text")},
	}
	parts := []page.DeskPart{{Plain: true, Head: q.say("calendar.todo"), Table: &t}}
	for _, d := range i.Duties {
		to, err := q.addressed(d)
		if err != nil {
			return nil, err
		}
		row := page.Row{Cells: []page.Cell{
			{Text: to.name, Note: to.who},
			{Text: q.say("occasion.do." + string(d.Do)), Note: langName(d.Lang)},
			{Text: q.daySaid(d.Due())},
			{Part: page.Badge(dutyTone(d), agenda.State(q.speaker(), d))},
		}}
		if d.ID != 0 {
			row.Href = dutyPath(d.ID)
		} else if q.may(access.KeepOffice, d.Body) {
			begin := q.beginForm(i, d)
			parts = append(parts, page.DeskPart{Plain: true, Actions: []page.Action{
				{Text: q.say("calendar.begin", q.say("occasion.do."+string(d.Do)), to.name), Href: occasionPath(i.Occurrence) + "/duties", Post: true, First: true, Carry: begin},
				{Text: q.say("calendar.custom.end", to.name), Href: "/calendar/customs/" + strconv.FormatInt(d.Custom, 10) + "/end", Post: true, Carry: []page.Option{{Value: "back", Text: i.Key()}}},
			}})
		}
		t.Rows = append(t.Rows, row)
	}
	return parts, nil
}

// beginForm carries what a duty begins with.
func (q *request) beginForm(i agenda.Item, d occasion.Duty) []page.Option {
	return []page.Option{{Value: "custom", Text: strconv.FormatInt(d.Custom, 10)}}
}

func langName(code string) string {
	if lang, ok := locale.Parse(code); ok && code != "" {
		return lang.Name()
	}
	return ""
}

// customForm asks whom to remember on this occasion, and how.
func (q *request) customForm(i agenda.Item, refused error) (page.DeskForm, error) {
	wrong := page.ProblemsOf(refused, q.reader)
	f := page.DeskForm{
		Head: page.FormHead{Action: occasionPath(i.Occurrence) + "/customs", Rejected: refused != nil}, Wrong: wrong,
		Fold: q.say("calendar.custom.new"), Open: len(i.Duties) == 0, Do: q.say("calendar.custom.add"),
	}
	bodies, err := q.officeBodies(0)
	if err != nil {
		return f, err
	}
	do := q.value("do")
	if do == "" {
		do = string(occasion.Letter)
	}
	f.Fields = []templ.Component{
		page.Combobox(q.reader, wrong.Mark(page.Field{Name: "to", Label: q.say("calendar.to"), Hint: q.say("calendar.to.hint"), Value: q.value("to"), Needed: true, Whole: true}),
			page.Search{Href: "/calendar/who", IDName: "toId", ID: q.value("toId")}),
		page.Chips(q.reader, wrong.Mark(page.Field{Name: "do", Label: q.say("calendar.what"), Value: do, Whole: true}), q.doOptions()),
		page.Select(q.reader, page.Field{Name: "lang", Label: q.say("calendar.lang"), Hint: q.say("calendar.lang.rule.hint") + " " + q.say("calendar.lang.drafts"), Value: q.value("lang")}, append([]page.Option{{Text: q.say("calendar.lang.rule")}}, langOptions()...)),
		bodies,
		page.Tick(page.Field{Name: "once", Label: q.say("calendar.custom.once"), Hint: q.say("calendar.custom.once.hint"), Value: q.value("once")}),
	}
	return f, nil
}

func (q *request) doOptions() []page.Option {
	var all []page.Option
	for _, d := range occasion.Doings() {
		all = append(all, page.Option{Value: string(d), Text: q.say("occasion.do." + string(d))})
	}
	return all
}

func langOptions() []page.Option {
	var all []page.Option
	for _, l := range locale.Langs() {
		all = append(all, page.Option{Value: string(l), Text: l.Name()})
	}
	return all
}

// adoptCustom adds whom to remember: every year, or this once.
func (s *Server) adoptCustom(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	i, err := q.occasionAsked()
	if err != nil {
		return err
	}
	c := occasion.Custom{Body: q.bodyGivenOr(), Occasion: i.Code, To: body.ID(q.id("toId")), Do: occasion.Doing(q.value("do")), Lang: q.value("lang")}
	if q.value("to") == "" {
		c.To = 0
	}
	once := q.value("once") != "" || c.To == 0
	if once && c.Lang == "" {
		t, err := q.letterTongue(c.Body, c.To, 0, i.Country)
		if err != nil {
			return err
		}
		c.Lang = string(t.Lang)
	}
	var d occasion.Duty
	err = q.officeWrite("custom", func(ctx context.Context, tx *store.Tx) (err error) {
		if once {
			d, err = occasion.Begin(ctx, tx, q.actor, occasion.Duty{Body: c.Body, For: i.Occurrence, Do: c.Do, To: c.To, ToName: nameUnless(c.To, q.value("to")), Lang: c.Lang})
			return err
		}
		_, err = occasion.Adopt(ctx, tx, q.actor, c)
		return err
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.occasionPage(i, err)
	}
	if err != nil {
		return err
	}
	if once {
		return q.doneAt(dutyPath(d.ID), q.well("calendar.begun"))
	}
	return q.doneAt(occasionPath(i.Occurrence), q.well("calendar.custom.added"))
}

func nameUnless(id body.ID, name string) string {
	if id != 0 {
		return ""
	}
	return name
}

// abandonCustom ends a custom.
func (s *Server) abandonCustom(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	err = q.officeWrite("custom.end", func(ctx context.Context, tx *store.Tx) error { return occasion.Abandon(ctx, tx, q.actor, id) })
	if err != nil {
		return err
	}
	back := "/calendar"
	if _, _, err := occasion.SplitKey(q.value("back")); err == nil {
		back += "/on/" + q.value("back")
	}
	return q.doneAt(back, q.well("calendar.custom.ended"))
}

// beginDuty takes up a duty that a custom proposes.
func (s *Server) beginDuty(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	i, err := q.occasionAsked()
	if err != nil {
		return err
	}
	for _, d := range i.Duties {
		if d.ID != 0 || d.Custom != q.id("custom") {
			continue
		}
		if d.Lang == "" {
			t, err := q.letterTongue(d.Body, d.To, d.Office, i.Country)
			if err != nil {
				return err
			}
			d.Lang = string(t.Lang)
		}
		if d, err = q.draftWords(d); err != nil {
			return err
		}
		err = q.officeWrite("duty", func(ctx context.Context, tx *store.Tx) (err error) {
			d, err = occasion.Begin(ctx, tx, q.actor, d)
			return err
		})
		if err != nil {
			return err
		}
		return q.doneAt(dutyPath(d.ID), q.well("calendar.begun"))
	}
	return q.goTo(occasionPath(i.Occurrence))
}
