package web

import (
	"context"
	"strconv"
	"unicode"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

// turnsAsked is whose branches are looked at and for which period: the one that
// was due last, when nothing is said.
func (q *request) turnsAsked() (of body.ID, kind report.Kind, p calendar.Period, err error) {
	of = q.bodyOr(q.root())
	if err := q.actor.May(access.ReadFigures, of); err != nil {
		return of, "", p, err
	}
	set, err := q.view().Setting(q.Context(), of, report.SettingExpected)
	if err != nil {
		return of, "", p, err
	}
	kind = report.Annual
	if set == string(report.Quarterly) {
		kind = report.Quarterly
	}
	typed, err := q.periodTyped()
	if err != nil {
		return of, kind, p, err
	}
	self, err := q.view().Body(q.Context(), of)
	if err != nil {
		return of, kind, p, err
	}
	ask, err := report.AskFor(self, kind, typed, q.today())
	if p := ask.Period; err == nil && p == calendar.Year(p.From.Year()) {
		kind = report.Annual
	}
	return of, kind, ask.Period, err
}

// reportBranches shows which branches have reported and which have not.
func (s *Server) reportBranches(q *request) error {
	of, kind, period, err := q.turnsAsked()
	if err != nil {
		return err
	}
	turns, err := report.Turns(q.Context(), q.view(), of, period)
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("report.page.branches")), Tabs: q.reportTabs()}
	p.Shell.Lead = capital(q.speaker().Period(period))
	p.Filter = page.FilterHead{Action: "/reports/branches", Results: "listed"}
	p.Selects = []page.SelectField{{Field: page.Field{Name: "period", Label: q.say("common.period"), Value: period.String()}, Options: q.recentPeriods()}}
	if of != q.root() {
		p.Hidden = []page.Option{{Value: "body", Text: idText(of)}}
	}
	if q.may(access.ManageBody, of) {
		p.Tools = []page.Tool{{Glyph: page.GlyphSettings, Text: q.say("report.turns.settings"), Href: "/reports/branches/settings?body=" + idText(of)}}
	}
	heard := 0
	for _, t := range turns {
		if t.Report != nil {
			heard++
		}
		p.Table.Rows = append(p.Table.Rows, q.turnRow(t, of, kind, period))
	}
	if missing := len(turns) - heard; missing > 0 {
		p.Notes = []page.NoteLine{{Tone: page.Late, Text: q.say("report.turns.missing", missing, len(turns))}}
	}
	p.Table.ID, p.Table.Caption, p.Table.Quiet = "turns", q.say("report.page.branches"), true
	p.Table.Columns = []page.Column{{Head: q.say("report.col.branch"), Chief: true}, {Head: q.say("common.status")}, {Head: q.say("report.turns.due")}, {Head: q.say("report.turns.do")}}
	p.Table.Empty = page.Empty{Glyph: page.GlyphBody, Head: q.say("report.turns.none"), Text: q.say("report.turns.none.text")}
	return q.show(page.Listed(p))
}

// turnRow shows how one branch stands.
func (q *request) turnRow(t report.Turn, of body.ID, kind report.Kind, p calendar.Period) page.Row {
	row := page.Row{Href: "/bodies/" + t.Code, Cells: []page.Cell{{Text: t.Names.In(string(q.reader.Lang))}, {}, {Text: locale.DayShort(t.Due)}, {}}}
	switch {
	case t.Report != nil:
		row.Cells[1].Part = page.Badge(page.Done, q.say("report.status."+string(t.Report.Status)))
		row.Cells[3] = page.Cell{Text: q.say("report.turns.seen", t.Report.Day), Href: reportPath(t.Report.ID)}
		return row
	case t.Late(q.today()):
		row.Cells[1].Part = page.Badge(page.Late, q.say("report.turns.late"))
	default:
		row.Cells[1].Part = page.Badge(page.Due, q.say("report.turns.awaited"))
	}
	if q.may(access.FileReports, t.Body) {
		row.Cells[3].Part = page.Actions(q.reader, []page.Action{{Text: q.say("report.turns.arrived"), Href: "/reports/branches", Post: true, Carry: []page.Option{
			{Value: "branch", Text: idText(t.Body)}, {Value: "body", Text: idText(of)}, {Value: "kind", Text: string(kind)}, {Value: "period", Text: p.String()},
		}}})
	}
	return row
}

// recentPeriods offers the last years and quarters.
func (q *request) recentPeriods() []page.Option {
	var all []page.Option
	add := func(p calendar.Period) {
		all = append(all, page.Option{Value: p.String(), Text: capital(q.speaker().Period(p))})
	}
	year := q.today().Year()
	for _, y := range []int{year - 1, year, year - 2} {
		add(calendar.Year(y))
	}
	_, month, _ := q.today().Civil()
	quarter := calendar.Quarter(year, (int(month)+2)/3)
	for range 5 {
		add(quarter)
		quarter = quarter.Before()
	}
	return all
}

// reportArrived notes that a branch's report came on paper.
func (s *Server) reportArrived(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	branch, err := q.view().Body(q.Context(), body.ID(q.id("branch")))
	if err != nil {
		return err
	}
	ask, err := report.AskFor(branch, report.Kind(q.value("kind")), q.value("period"), q.today())
	if err != nil {
		return err
	}
	err = q.write("report.why.arrived", func(ctx context.Context, tx *store.Tx) error {
		_, err := report.Arrived(ctx, tx, q.actor, ask, q.today(), "")
		return err
	})
	if err != nil {
		return err
	}
	path := "/reports/branches?body=" + idText(q.bodyOr(q.root())) + "&period=" + ask.Period.String()
	return q.doneAt(path, q.well("report.turns.arrived.done", branch.NameOn(string(q.reader.Lang), q.today())))
}

// reportTurnsAsk asks how often branches report.
func (s *Server) reportTurnsAsk(q *request) error {
	a, err := q.turnsSettings(nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

func (q *request) turnsSettings(refused error) (page.AskPage, error) {
	of := q.bodyOr(q.root())
	if err := q.actor.May(access.ManageBody, of); err != nil {
		return page.AskPage{}, err
	}
	set, err := q.view().Settings(q.Context(), of, "report.")
	a := page.AskPage{
		Shell: q.shell(q.say("report.turns.settings")), Head: page.FormHead{Action: "/reports/branches/settings", Rejected: refused != nil}, Wrong: page.ProblemsOf(refused, q.reader),
		Do: q.say("common.save"), Leave: "/reports/branches?body=" + idText(of), Carry: []page.Option{{Value: "body", Text: idText(of)}},
	}
	a.Fields = []templ.Component{
		page.Radios(q.reader, page.Field{Name: "expected", Label: q.say("report.turns.expected"), Value: orElse(set[report.SettingExpected], "none"), Whole: true}, []page.Option{
			{Value: "none", Text: q.say("report.turns.never")}, {Value: "annual", Text: q.say("report.turns.annual")}, {Value: "quarterly", Text: q.say("report.turns.quarterly")},
		}),
		page.NumberInput(q.reader, a.Wrong.Mark(page.Field{Name: "days", Label: q.say("report.turns.days"), Value: orElse(set[report.SettingDays], "15"), Short: true})),
	}
	return a, err
}

// reportTurnsSet keeps how often branches report.
func (s *Server) reportTurnsSet(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	of := q.bodyOr(q.root())
	expected := q.value("expected")
	if expected != string(report.Annual) && expected != string(report.Quarterly) {
		expected = ""
	}
	days, err := strconv.Atoi(q.value("days"))
	if err != nil || days < 0 || days > 366 {
		a, bad := q.turnsSettings(fault.Field("days", "report.turns.days.range"))
		if bad != nil {
			return bad
		}
		return q.again(page.AskFor(a))
	}
	err = q.write("report.why.turns", func(ctx context.Context, tx *store.Tx) error {
		if err := q.actor.May(access.ManageBody, of); err != nil {
			return err
		}
		if err := tx.SetSetting(ctx, of, report.SettingExpected, expected); err != nil {
			return err
		}
		return tx.SetSetting(ctx, of, report.SettingDays, strconv.Itoa(days))
	})
	if err != nil {
		return err
	}
	return q.doneAt("/reports/branches?body="+idText(of), q.well("common.saved"))
}

// reportRoll lists the people behind a figure of the roll.
func (s *Server) reportRoll(q *request) error {
	of := q.bodyOr(q.root())
	period, err := calendar.ParsePeriod(q.value("period"))
	if err != nil {
		return fault.Missing("fault.missing")
	}
	what := q.value("what")
	movers, err := q.view().Movers(q.Context(), of, what, period, q.bordersAsked())
	if err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("report.roll."+what, names[of]))}
	p.Shell.Lead = capital(q.speaker().Period(period))
	p.Table = page.Table{ID: "movers", Caption: p.Shell.Title, Quiet: true, Told: q.say("people.count", len(movers)), Columns: []page.Column{
		{Head: q.say("person.name"), Chief: true}, {Head: q.say("person.branch")}, {Head: q.say("person.joined")}, {Head: q.say("report.roll.until")},
	}, Empty: page.Empty{Glyph: page.GlyphPeople, Head: q.say("report.roll.none")}}
	for _, m := range movers {
		until := ""
		if !m.Lasts {
			until = q.dated(m.Left)
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: personPath(m.Person), Cells: []page.Cell{{Text: m.Name}, {Text: names[m.Body]}, {Text: q.dated(m.Joined)}, {Text: until}}})
	}
	return q.show(page.Listed(p))
}

// capital begins a text with a capital.
func capital(said string) string {
	for _, r := range said {
		return string(unicode.ToUpper(r)) + said[len(string(r)):]
	}
	return said
}
