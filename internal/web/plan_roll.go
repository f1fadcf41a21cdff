package web

import (
	"cmp"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/page"
	"kith.app/internal/programme"
	"kith.app/internal/progress"
)

// rollAsked is what a roll-up is asked for: of whom, in which year, on which day.
type rollAsked struct {
	of   body.ID
	year int
	on   calendar.Day
}

func (q *request) rollAsked() (rollAsked, error) {
	a := rollAsked{of: body.ID(q.id("body")), year: q.yearAsked()}
	if a.of == 0 {
		a.of = q.figuresHome()
	}
	if a.year == 0 {
		a.year = q.today().Year()
	}
	on, err := q.oneDay("on")
	if err != nil {
		return a, err
	}
	a.on = cmp.Or(on, q.today())
	return a, nil
}

// figuresHome is the body whose figures the reader reads first.
func (q *request) figuresHome() body.ID {
	if q.may(access.ReadFigures, q.root()) {
		return q.root()
	}
	for _, g := range q.actor.Grants {
		if g.Right == access.ReadFigures {
			return g.Body
		}
	}
	return q.root()
}

// rolledUp puts the plans of a year together.
func (q *request) rolledUp(a rollAsked) (programme.RolledUp, error) {
	if err := q.actor.May(access.ReadFigures, a.of); err != nil {
		return programme.RolledUp{}, err
	}
	files, err := q.view().PlanFiles(q.Context(), programme.Asked{Body: a.of, Below: true, Period: calendar.Year(a.year), Dated: true, Limit: -1})
	if err != nil {
		return programme.RolledUp{}, err
	}
	return progress.RollUp(q.Context(), q.view(), a.of, files, a.on)
}

// planRoll shows the plans of all below a body together.
func (s *Server) planRoll(q *request) error {
	if err := q.mayPlans(); err != nil {
		return err
	}
	a, err := q.rollAsked()
	if err != nil {
		return err
	}
	up, err := q.rolledUp(a)
	if err != nil {
		return err
	}
	named, err := q.view().Body(q.Context(), a.of)
	if err != nil {
		return err
	}
	p := page.PlanPage{Shell: q.shell(q.say("plan.roll")), Tabs: q.plansTabs("/programmes/roll")}
	p.Shell.Lead = q.say("plan.roll.of", named.NameOn(q.lang(), min(q.today(), named.Life().To)), strconv.Itoa(a.year))
	bodies, err := q.bodyOptions(access.ReadFigures, "")
	if err != nil {
		return err
	}
	years, err := q.planYearOptions()
	if err != nil {
		return err
	}
	p.Filter = page.FilterHead{Action: "/programmes/roll", NoBox: true}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "body", Label: q.say("plan.roll.below"), Value: idText(a.of)}, Options: bodies},
		{Field: page.Field{Name: "year", Label: q.say("plan.year"), Value: strconv.Itoa(a.year)}, Options: years},
	}
	p.Dates = []page.Field{{Name: "on", Label: q.say("plan.on"), Value: dayTyped(a.on), Short: true}}
	if up.Tally.Targets > 0 {
		p.Tiles = q.tallyTiles(up.Tally)
		p.Tools = q.paperTools("plan.roll.paper", "/programmes/roll/paper?body="+idText(a.of)+"&year="+strconv.Itoa(a.year)+"&on="+a.on.String()+"&")
		p.Tools = append(p.Tools, page.Tool{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/programmes/roll/paper?as=xlsx&body=" + idText(a.of) + "&year=" + strconv.Itoa(a.year) + "&on=" + a.on.String()})
	}
	if p.Parts, err = q.rollParts(up); err != nil {
		return err
	}
	return q.show(page.PlanShown(p))
}

// rollParts are the ranking of the bodies and the targets that they share.
func (q *request) rollParts(up programme.RolledUp) ([]page.DeskPart, error) {
	ranked := up.Ranked()
	plans := make([]programme.Plan, len(ranked))
	for i, r := range ranked {
		plans[i] = r.Plan
	}
	named, err := q.planBodies(plans...)
	if err != nil {
		return nil, err
	}
	t := page.Table{
		ID: "bodies", Caption: q.say("plan.roll.bodies"), Quiet: true,
		Columns: []page.Column{{Head: q.say("plan.body"), Chief: true}, {Head: q.say("plan.band.met"), Figure: true}, {Head: q.say("plan.band.over_half"), Figure: true}, {Head: q.say("plan.band.under_half"), Figure: true}, {Head: q.say("plan.band.no_data"), Figure: true}},
		Empty:   page.Empty{Glyph: page.GlyphReport, Head: q.say("plan.roll.none"), Text: q.say("plan.roll.none.text")},
	}
	row := func(n programme.Tally) []page.Cell {
		of := "/" + strconv.Itoa(n.Targets)
		return []page.Cell{{Text: strconv.Itoa(n.Met) + of}, {Text: strconv.Itoa(n.OverHalf) + of}, {Text: strconv.Itoa(n.AtOrUnderHalf) + of}, {Text: strconv.Itoa(n.NoData) + of}}
	}
	for _, r := range ranked {
		t.Rows = append(t.Rows, page.Row{Href: targetPlanPath(r.Plan.Code), Cells: append([]page.Cell{{Text: named(r.Plan), Note: r.Plan.Titles.In(q.lang())}}, row(r.Tally)...)})
	}
	if len(ranked) > 0 {
		t.Total = append([]page.Cell{{Text: q.say("plan.all")}}, row(up.Tally)...)
	}
	parts := []page.DeskPart{{Plain: true, Head: q.say("plan.roll.bodies"), Lines: []string{q.say("plan.roll.text")}, Table: &t}}
	if len(up.Targets) == 0 {
		return parts, nil
	}
	shared := page.Table{ID: "shared", Caption: q.say("plan.roll.targets"), Quiet: true, Columns: []page.Column{
		{Head: q.say("plan.target"), Chief: true}, {Head: q.say("plan.plan"), Figure: true}, {Head: q.say("plan.actual"), Figure: true}, {Head: q.say("plan.share"), Figure: true}, {Head: q.say("plan.roll.known"), Figure: true}, {Head: q.say("plan.band")},
	}}
	to := q.speaker()
	for _, r := range up.Targets {
		plan, actual, share := "", "", ""
		if r.Plan != nil {
			plan = progress.WithUnit(to, programme.Said(r.Plan, to.Lang), r.Def)
		}
		if r.Rat != nil {
			actual = progress.WithUnit(to, programme.Said(r.Rat, to.Lang), r.Def)
		}
		if r.Share != nil {
			share = to.Percent(programme.Percent(r.Share))
		}
		mark := q.bandMark(programme.Progress{Band: r.Band})
		mark.Text = progress.RolledSaid(to, r)
		shared.Rows = append(shared.Rows, page.Row{Cells: []page.Cell{
			{Text: r.Def.Name(q.lang()), Note: q.say("plan.rule." + string(r.Def.Rule))}, {Text: plan}, {Text: actual, Note: progress.MadeOf(to, r)}, {Text: share}, {Text: strconv.Itoa(r.Known) + "/" + strconv.Itoa(len(r.Parts))}, page.Marked(mark),
		}})
	}
	return append(parts, page.DeskPart{Plain: true, Head: q.say("plan.roll.targets"), Table: &shared}), nil
}

// planRollPaper prints the plans of all below a body together.
func (s *Server) planRollPaper(q *request) error {
	a, err := q.rollAsked()
	if err != nil {
		return err
	}
	up, err := q.rolledUp(a)
	if err != nil {
		return err
	}
	named, err := q.view().Body(q.Context(), a.of)
	if err != nil {
		return err
	}
	d, err := q.officeDesk(a.of, min(a.on, named.Life().To), "")
	if err != nil {
		return err
	}
	plans := make([]programme.Plan, len(up.Reviews))
	for i, r := range up.Reviews {
		plans[i] = r.Plan
	}
	called, err := q.planBodies(plans...)
	if err != nil {
		return err
	}
	subject := d.To.Say("plan.paper.subject", d.To.Say("plan.roll.of", named.NameOn(string(d.To.Lang), min(a.on, named.Life().To)), strconv.Itoa(a.year)), d.To.DateShort(calendar.OnDay(a.on)))
	return q.sendPaper(progress.RollPaper(d, up, d.To.Say("plan.roll"), subject, func(r programme.Review) string { return called(r.Plan) }), "plans-"+strconv.Itoa(a.year))
}
