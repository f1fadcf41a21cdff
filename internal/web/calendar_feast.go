package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/occasion"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

func feastPath(code string) string { return "/calendar/feasts/" + code }

// feasts lists the days that return by a rule: those that ship and the book's own.
func (s *Server) feasts(q *request) error {
	if err := q.mayCalendar(); err != nil {
		return err
	}
	all, err := q.view().Feasts(q.Context())
	if err != nil {
		return err
	}
	decrees, err := q.view().Decrees(q.Context())
	if err != nil {
		return err
	}
	kind, typed := q.value("kind"), text.Fold(q.value("q"))
	all = slices.DeleteFunc(all, func(f occasion.Feast) bool {
		name := text.Fold(occasion.Occurrence{Names: f.Names}.Name(q.reader.Lang))
		return kind != "" && string(f.Kind) != kind || !strings.Contains(name, typed)
	})
	p := page.ListPage{Shell: q.shell(q.say("calendar.tab.feasts")), Tabs: q.calendarTabs("feasts")}
	p.Shell.Crumbs, p.Shell.Lead = q.calendarCrumbs(), q.say("calendar.feasts.lead")
	if q.actor.Somewhere(access.KeepOffice) {
		p.Shell.Actions = page.FirstLink(q.say("calendar.add"), "/calendar/feasts/new")
	}
	q.feastFilters(&p, kind)
	p.Table = q.feastTable(all, decrees)
	if q.actor.Somewhere(access.KeepOffice) {
		p.Notes = []page.NoteLine{{Tone: page.Plain, Text: q.say("calendar.settings.note"), Link: page.Link{Text: q.say("calendar.settings"), Href: "/calendar/settings"}}}
	}
	return q.show(page.Listed(p))
}

func (q *request) feastFilters(p *page.ListPage, kind string) {
	p.Filter = page.FilterHead{Action: "/calendar/feasts", Results: "listed", Query: q.value("q"), Label: q.say("calendar.feasts.find")}
	if kind != "" || q.value("q") != "" {
		p.Filter.Clear = "/calendar/feasts"
	}
	kinds := []page.Option{{Text: q.say("calendar.kinds")}}
	for _, k := range occasion.FeastKinds() {
		kinds = append(kinds, page.Option{Value: string(k), Text: q.say("occasion.kind." + string(k))})
	}
	p.Selects = []page.SelectField{{Field: page.Field{Name: "kind", Label: q.say("calendar.kind"), Value: kind}, Options: kinds}}
}

// feastTable lists feasts with their next day.
func (q *request) feastTable(all []occasion.Feast, decrees []occasion.Decree) page.Table {
	t := page.Table{
		ID: "feasts", Caption: q.say("calendar.tab.feasts"), Quiet: true,
		Columns: []page.Column{{Head: q.say("calendar.occasion"), Chief: true}, {Head: q.say("calendar.kind")}, {Head: q.say("calendar.next.day")}, {Head: q.say("common.status")}},
		Empty:   page.Empty{Glyph: page.GlyphCalendar, Head: q.say("calendar.none"), Text: q.say("calendar.none.text"), Do: page.Link{Text: q.say("common.all"), Href: "/calendar/feasts"}},
	}
	for _, f := range all {
		o, known := f.In(q.today().Year(), decrees)
		if known && o.Until < q.today() {
			o, known = f.In(q.today().Year()+1, decrees)
		}
		mark := page.Mark{}
		switch {
		case f.Retired:
			mark = page.Mark{Tone: page.Plain, Text: q.say("calendar.retired")}
		case !known:
			mark = page.Mark{Tone: page.Late, Text: q.say("calendar.nodate")}
		case o.Decreed:
			mark = page.Mark{Tone: page.Done, Text: q.say("occasion.mark.decreed")}
		case f.Check:
			mark = page.Mark{Tone: page.Waiting, Text: q.say("occasion.mark.check")}
		}
		day := ""
		if known {
			day = q.daySaid(o.Day)
		}
		t.Rows = append(t.Rows, page.Row{Href: feastPath(f.Code), Cells: []page.Cell{
			{Text: occasion.Occurrence{Kind: f.Kind, Names: f.Names}.Title(q.speaker())}, {Text: q.say("occasion.kind." + string(f.Kind))}, {Text: day}, page.Marked(mark),
		}})
	}
	return t
}

// newFeast asks for an occasion of one's own.
func (s *Server) newFeast(q *request) error {
	if !q.actor.Somewhere(access.KeepOffice) {
		return q.actor.May(access.KeepOffice, q.root())
	}
	return q.feastNewPage(nil)
}

func (q *request) feastNewPage(refused error) error {
	wrong := page.ProblemsOf(refused, q.reader)
	var returns []page.Option
	for _, r := range []string{"solar", "lunar", "once"} {
		returns = append(returns, page.Option{Value: r, Text: q.say("calendar.returns." + r)})
	}
	bodies, err := q.officeBodies(0)
	if err != nil {
		return err
	}
	f := page.DeskForm{Head: page.FormHead{Action: "/calendar/feasts", Draft: "feast", Rejected: refused != nil}, Wrong: wrong, Do: q.say("calendar.add.do"), Leave: page.Link{Text: q.say("common.cancel"), Href: "/calendar"}}
	f.Fields = []templ.Component{
		page.TextInput(q.reader, wrong.Mark(page.Field{Name: "name", Label: q.say("calendar.name.of"), Hint: q.say("calendar.name.hint"), Value: q.value("name"), Needed: true, Whole: true})),
		page.Chips(q.reader, page.Field{Name: "returns", Label: q.say("calendar.returns"), Value: cmp.Or(q.value("returns"), "solar"), Whole: true}, returns),
		page.DateInput(q.reader, wrong.Mark(page.Field{Name: "day", Label: q.say("calendar.own.day"), Hint: q.say("calendar.own.day.hint"), Value: q.value("day"), Needed: true, Short: true})),
		page.NumberInput(q.reader, wrong.Mark(page.Field{Name: "lead", Label: q.say("calendar.lead"), Hint: q.say("calendar.lead.hint"), Value: q.value("lead"), Short: true, Unit: q.say("calendar.days")})),
		page.Tick(page.Field{Name: "counted", Label: q.say("calendar.counted"), Hint: q.say("calendar.counted.hint"), Value: q.value("counted")}),
		page.TextInput(q.reader, page.Field{Name: "note", Label: q.say("common.note"), Value: q.value("note"), Whole: true}),
		bodies,
	}
	p := page.DeskPage{Shell: q.shell(q.say("calendar.add")), Parts: []page.DeskPart{{Form: &f}}}
	p.Shell.Crumbs = q.calendarCrumbs()
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// addFeast enters an occasion of one's own.
func (s *Server) addFeast(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	f, err := q.feastGiven()
	if err == nil {
		err = q.officeWrite("feast", func(ctx context.Context, tx *store.Tx) (err error) {
			f, err = occasion.Keep(ctx, tx, q.actor, f, 0)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.feastNewPage(err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(feastPath(f.Code), q.well("calendar.added"))
}

// feastGiven reads an occasion of one's own: a day of the solar year, of the lunar
// year, or one day only.
func (q *request) feastGiven() (occasion.Feast, error) {
	f := occasion.Feast{Kind: occasion.Own, Names: map[string]string{q.lang(): q.value("name")}, Body: q.bodyGivenOr(), Note: q.value("note")}
	lead, err1 := q.daysGiven("lead")
	f.Lead = lead
	month, day, year, err2 := q.dayOfYear(q.value("day"))
	if err := fault.Gather(err1, err2); err != nil {
		return f, err
	}
	// 2024 has every day that any year has.
	if lunar := q.value("returns") == "lunar"; lunar && day > 30 || !lunar && time.Date(2024, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return f, fault.Field("day", "calendar.own.never", q.value("day"))
	}
	switch q.value("returns") {
	case "lunar":
		f.Rule = occasion.LunarRule(month, day)
	case "once":
		on, err := q.exactDay("day")
		if err != nil {
			return f, err
		}
		if on == 0 || year == 0 {
			return f, fault.Field("day", "calendar.own.once")
		}
		f.Rule = occasion.OnceRule(on)
		return f, nil
	default:
		f.Rule = occasion.SolarRule(time.Month(month), day)
	}
	if q.value("counted") != "" {
		f.Since = year
	}
	return f, nil
}

// dayOfYear reads "12/9", "15/7" or a whole date.
func (q *request) dayOfYear(typed string) (month, day, year int, err error) {
	parts := strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune("/-. ", r) })
	numbers := make([]int, 0, 3)
	for _, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil {
			return 0, 0, 0, fault.Field("day", "calendar.own.unreadable", typed)
		}
		numbers = append(numbers, n)
	}
	if len(numbers) == 3 && len(parts[0]) == 4 {
		numbers[0], numbers[2] = numbers[2], numbers[0]
	}
	switch {
	case len(numbers) == 3:
		year = numbers[2]
	case len(numbers) != 2:
		return 0, 0, 0, fault.Field("day", "calendar.own.unreadable", typed)
	}
	day, month = numbers[0], numbers[1]
	if month < 1 || month > 12 || day < 1 || day > 31 || year < 0 || year > 9999 {
		return 0, 0, 0, fault.Field("day", "calendar.own.unreadable", typed)
	}
	return month, day, year, nil
}

// daysGiven reads a number of days; nothing given is 0.
func (q *request) daysGiven(name string) (int, error) {
	if q.value(name) == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(q.value(name))
	if err != nil || n < 0 || n > 366 {
		return 0, fault.Field(name, "occasion.lead.range")
	}
	return n, nil
}

// feast shows a feast with its coming days, and lets it be read otherwise.
func (s *Server) feast(q *request) error { return q.feastPage(nil) }

func (q *request) feastPage(refused error) error {
	f, err := q.view().Feast(q.Context(), q.PathValue("code"))
	if err != nil {
		return err
	}
	decrees, err := q.view().Decrees(q.Context())
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(occasion.Occurrence{Kind: f.Kind, Names: f.Names}.Title(q.speaker()))}
	p.Shell.Crumbs = q.calendarCrumbs(page.Link{Text: q.say("calendar.tab.feasts"), Href: "/calendar/feasts"})
	past, err := q.view().FeastPast(q.Context(), f.Code)
	if err != nil {
		return err
	}
	p.Parts = q.feastYears(f, decrees, past)
	if q.actor.Somewhere(access.KeepOffice) {
		p.Parts = append(p.Parts, q.decreeForm(f, q.refusedAt(refused, "decree")), q.feastForm(f, q.refusedAt(refused, f.Code)))
	}
	if len(past) > 0 {
		part := page.DeskPart{Head: q.say("common.history")}
		for _, c := range past {
			part.Past = append(part.Past, page.Past{When: dotted(q.when(c.At), c.Name), Text: q.say(c.Why), Note: q.decreeChanged(c)})
		}
		p.Parts = append(p.Parts, part)
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// refusedAt is a refusal for the form that was sent to an address that ends so; the
// other forms of the page have nothing wrong.
func (q *request) refusedAt(refused error, end string) error {
	if strings.HasSuffix(q.URL.Path, "/"+end) {
		return refused
	}
	return nil
}

// feastYears lists the days of a feast in the coming years; those set by decree
// can be taken back, and what was set before set again.
func (q *request) feastYears(f occasion.Feast, decrees []occasion.Decree, past []store.Change) []page.DeskPart {
	t := page.Table{ID: "years", Caption: q.say("calendar.years.coming"), Quiet: true, Columns: []page.Column{{Head: q.say("calendar.day"), Chief: true}, {Head: q.say("calendar.last")}, {Head: q.say("calendar.sure")}}}
	parts := []page.DeskPart{{Plain: true, Head: q.say("calendar.years.coming"), Table: &t}}
	for year := q.today().Year(); year < q.today().Year()+5; year++ {
		o, known := f.In(year, decrees)
		if !known {
			t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: strconv.Itoa(year)}, {}, {Text: q.say("calendar.nodate")}}})
			continue
		}
		sure := ""
		now := occasion.Decree{Feast: f.Code, Year: year}
		if o.Decreed {
			now = decrees[slices.IndexFunc(decrees, func(d occasion.Decree) bool { return d.Feast == f.Code && d.Year == year })]
			sure = dotted(q.say("occasion.mark.decreed"), q.decreedFor(f, now), now.Paper)
		} else if o.Check {
			sure = q.say("occasion.mark.check")
		}
		row := page.Row{Cells: []page.Cell{{Text: q.speaker().DateLong(calendar.OnDay(o.Day))}, {Text: q.daySaid(o.Until)}, {Text: sure}}}
		if !f.Retired {
			row.Href = occasionPath(o)
		}
		t.Rows = append(t.Rows, row)
		if actions := q.decreeActions(f, now, past); len(actions) > 0 {
			parts = append(parts, page.DeskPart{Plain: true, Actions: actions})
		}
	}
	return parts
}

// decreeForm asks for the days that a government set for one year.
func (q *request) decreeForm(f occasion.Feast, refused error) page.DeskPart {
	wrong := page.ProblemsOf(refused, q.reader)
	part := page.DeskPart{Plain: true, Form: &page.DeskForm{
		Head: page.FormHead{Action: feastPath(f.Code) + "/decree"}, Wrong: wrong, Fold: q.say("calendar.decree"), Open: q.value("from") != "", Do: q.say("calendar.decree.do"),
		Fields: []templ.Component{
			page.DateInput(q.reader, wrong.Mark(page.Field{Name: "from", Label: q.say("calendar.decree.from"), Value: q.value("from"), Short: true, Needed: true})),
			page.DateInput(q.reader, wrong.Mark(page.Field{Name: "to", Label: q.say("calendar.decree.to"), Value: q.value("to"), Short: true})),
			page.TextInput(q.reader, page.Field{Name: "paper", Label: q.say("calendar.decree.paper"), Hint: q.say("calendar.decree.paper.hint"), Value: q.value("paper"), Whole: true}),
		},
	}}
	if f.Body == 0 && q.server.Book.SideBySide() && q.actor.Can(access.KeepOffice, q.bookRoot()) {
		part.Form.Fields = append(part.Form.Fields, page.Tick(page.Field{Name: "all", Label: q.say("calendar.decree.all"), Hint: q.say("calendar.decree.all.hint"), Value: q.value("all")}))
	}
	return part
}

// feastForm lets a feast be read otherwise than it ships.
func (q *request) feastForm(f occasion.Feast, refused error) page.DeskPart {
	wrong := page.ProblemsOf(refused, q.reader)
	lead, since, retired, check := "", "", "", ""
	if f.Lead != 0 {
		lead = strconv.Itoa(f.Lead)
	}
	if f.Since != 0 {
		since = strconv.Itoa(f.Since)
	}
	if f.Retired {
		retired = "yes"
	}
	if f.Check {
		check = "yes"
	}
	given := func(name, now string) string {
		if refused != nil && q.Form.Has(name) {
			return q.value(name)
		}
		return now
	}
	form := page.DeskForm{Head: page.FormHead{Action: feastPath(f.Code), Revision: strconv.FormatInt(f.Revision, 10)}, Wrong: wrong, Fold: q.say("calendar.feast.edit"), Do: q.say("common.save"), Quiet: true}
	for _, l := range locale.Langs() {
		form.Fields = append(form.Fields, page.TextInput(q.reader, page.Field{Name: "name-" + string(l), Label: q.say("calendar.name.in", l.Name()), Value: given("name-"+string(l), f.Names[string(l)]), Whole: true}))
	}
	form.Fields = append(form.Fields,
		page.TextInput(q.reader, wrong.Mark(page.Field{Name: "rule", Label: q.say("calendar.rule"), Hint: q.say("calendar.rule.hint"), Value: given("rule", f.Rule), Whole: true})),
		page.NumberInput(q.reader, wrong.Mark(page.Field{Name: "since", Label: q.say("calendar.since"), Hint: q.say("calendar.since.hint"), Value: given("since", since), Short: true})),
		page.NumberInput(q.reader, wrong.Mark(page.Field{Name: "lead", Label: q.say("calendar.lead"), Hint: q.say("calendar.lead.hint"), Value: given("lead", lead), Short: true, Unit: q.say("calendar.days")})),
		page.Tick(page.Field{Name: "check", Label: q.say("occasion.mark.check"), Value: given("check", check)}),
		page.Tick(page.Field{Name: "retired", Label: q.say("calendar.retire"), Value: given("retired", retired)}),
		page.TextInput(q.reader, page.Field{Name: "note", Label: q.say("common.note"), Value: given("note", f.Note), Whole: true}),
	)
	return page.DeskPart{Plain: true, Form: &form}
}

// onFeast does something with a feast and shows it again.
func (q *request) onFeast(why, done string, do func(ctx context.Context, tx *store.Tx, f occasion.Feast) error) error {
	if err := q.read(); err != nil {
		return err
	}
	f, err := q.view().Feast(q.Context(), q.PathValue("code"))
	if err != nil {
		return err
	}
	err = q.officeWrite(why, func(ctx context.Context, tx *store.Tx) error { return do(ctx, tx, f) })
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.feastPage(err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(feastPath(f.Code), q.well(done))
}

// saveFeast keeps the book's own reading of a feast.
func (s *Server) saveFeast(q *request) error {
	return q.onFeast("feast.save", "common.saved", func(ctx context.Context, tx *store.Tx, f occasion.Feast) error {
		f.Names = map[string]string{}
		for _, l := range locale.Langs() {
			f.Names[string(l)] = q.value("name-" + string(l))
		}
		lead, err1 := q.daysGiven("lead")
		since := 0
		var err2 error
		if q.value("since") != "" {
			if since, err2 = strconv.Atoi(q.value("since")); err2 != nil {
				err2 = fault.Field("since", "occasion.since.range")
			}
		}
		if err := fault.Gather(err1, err2); err != nil {
			return err
		}
		f.Rule, f.Lead, f.Since, f.Check, f.Retired, f.Note = q.value("rule"), lead, since, q.value("check") != "", q.value("retired") != "", q.value("note")
		_, err := occasion.Keep(ctx, tx, q.actor, f, q.id("revision"))
		return err
	})
}

// orderFeast sets the days of a feast for one year.
func (s *Server) orderFeast(q *request) error {
	return q.onFeast("feast.decree", "calendar.decreed", func(ctx context.Context, tx *store.Tx, f occasion.Feast) error {
		from, err1 := q.exactDay("from")
		to, err2 := q.exactDay("to")
		if err := fault.Gather(err1, err2); err != nil {
			return err
		}
		return occasion.Order(ctx, tx, q.actor, occasion.Decree{Feast: f.Code, Body: q.decreeBody(f), Year: from.Year(), From: from, To: cmp.Or(to, from), Paper: q.value("paper")})
	})
}

// liftDecree goes back to the rule for one year.
func (s *Server) liftDecree(q *request) error {
	return q.onFeast("feast.lift", "common.saved", func(ctx context.Context, tx *store.Tx, f occasion.Feast) error {
		return occasion.Lift(ctx, tx, q.actor, f.Code, int(q.id("year")), q.decreeBody(f))
	})
}
