package web

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/chart"
	"kith.app/internal/document"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/programme"
	"kith.app/internal/progress"
)

// planCrumbs lead back to the list.
func (q *request) planCrumbs(more ...page.Link) []page.Link {
	return append([]page.Link{{Text: q.say("menu.programmes"), Href: "/programmes"}}, more...)
}

// planFileAsked reads the plan that the address names.
func (q *request) planFileAsked() (programme.PlanFile, error) {
	return q.view().PlanFile(q.Context(), q.PathValue("code"))
}

// oneDay reads an answer that is one day; 0 where nothing was given.
func (q *request) oneDay(name string) (calendar.Day, error) {
	d, err := q.date(name)
	if err != nil || d.IsUnknown() {
		return 0, err
	}
	return d.LastOr(0), nil
}

// planReviewAsked tells how the plan of the address stands on the day asked.
func (q *request) planReviewAsked() (programme.PlanFile, programme.Review, error) {
	file, err := q.planFileAsked()
	if err != nil {
		return file, programme.Review{}, err
	}
	asked, err := q.oneDay("on")
	if err != nil {
		return file, programme.Review{}, err
	}
	on, err := progress.On(file.Plan, asked, q.today())
	if err != nil {
		return file, programme.Review{}, err
	}
	r, err := progress.Of(q.Context(), q.view(), file, on)
	return file, r, err
}

// planShow shows a plan as it stands on a day.
func (s *Server) planShow(q *request) error {
	file, r, err := q.planReviewAsked()
	if err != nil && fault.KindOf(err) == fault.Invalid && file.Plan.ID != 0 {
		return q.planRefused(file, err)
	}
	if err != nil {
		return err
	}
	return q.targetPlanPage(file, r, nil)
}

// planRefused shows a plan as it stands by itself, with what is wrong with the day
// that was asked for.
func (q *request) planRefused(file programme.PlanFile, refused error) error {
	on, err := progress.On(file.Plan, 0, q.today())
	if err != nil {
		return err
	}
	r, err := progress.Of(q.Context(), q.view(), file, on)
	if err != nil {
		return err
	}
	return q.targetPlanPage(file, r, refused)
}

func (q *request) targetPlanPage(file programme.PlanFile, r programme.Review, refused error) error {
	p := page.PlanPage{Shell: q.shell(r.Plan.Titles.In(q.lang()))}
	p.Shell.Crumbs = q.planCrumbs()
	named, err := q.planBodies(r.Plan)
	if err != nil {
		return err
	}
	p.Shell.Lead = dotted(named(r.Plan), q.speaker().Period(r.Plan.Period), q.planMark(r.Plan).Text)
	wrong := page.ProblemsOf(refused, q.reader)
	on := page.Field{Name: "on", Label: q.say("plan.on"), Value: dayTyped(r.On), Short: true}
	if refused != nil {
		on.Value = q.value("on")
	}
	p.Filter = page.FilterHead{Action: targetPlanPath(r.Plan.Code), NoBox: true}
	p.Dates = []page.Field{wrong.Mark(on)}
	if q.value("on") != "" {
		p.Filter.Clear = targetPlanPath(r.Plan.Code)
	}
	p.Actions = q.planActions(r.Plan)
	p.Tools = q.planTools(r)
	p.Tiles = q.tallyTiles(r.Tally)
	p.Parts, err = q.planParts(file, r)
	if err != nil {
		return err
	}
	if refused != nil {
		return q.again(page.PlanShown(p))
	}
	return q.show(page.PlanShown(p))
}

// planActions are what the reader may do with a plan.
func (q *request) planActions(p programme.Plan) []page.Action {
	var all []page.Action
	path := targetPlanPath(p.Code)
	if p.Standing == programme.Adopted && p.Kind == programme.Plain && q.may(access.PostDeeds, p.Body) {
		all = append(all, page.Action{Text: q.say("plan.figures"), Href: path + "/figures", First: true})
	}
	if q.may(access.KeepOffice, p.Body) {
		all = append(all, page.Action{Text: q.say("plan.target.new"), Href: path + "/new", First: p.Standing == programme.Drafted}, page.Action{Text: q.say("plan.edit"), Href: path + "/edit"}, page.Action{Text: q.say("plan.import"), Href: path + "/import"})
	}
	return all
}

// planTools offer the paper and the table.
func (q *request) planTools(r programme.Review) []page.Tool {
	path, on := targetPlanPath(r.Plan.Code), "on="+r.On.String()
	tools := q.paperTools("plan.paper", path+"/paper?"+on+"&")
	return append(tools, page.Tool{Glyph: page.GlyphDownload, Text: q.say("plan.sheet"), Href: path + "/sheet"})
}

// tallyTiles are the four counts of a plan or of many.
func (q *request) tallyTiles(t programme.Tally) []page.Tile {
	of := "/" + strconv.Itoa(t.Targets)
	return []page.Tile{
		{Figure: strconv.Itoa(t.Met) + of, Text: q.say("plan.band.met")},
		{Figure: strconv.Itoa(t.OverHalf) + of, Text: q.say("plan.band.over_half")},
		{Figure: strconv.Itoa(t.AtOrUnderHalf) + of, Text: q.say("plan.band.under_half")},
		{Figure: strconv.Itoa(t.NoData) + of, Text: q.say("plan.band.no_data")},
	}
}

// planParts are the matters of a plan: what it rests on, its targets, charts, who
// owes figures, adoption, history.
func (q *request) planParts(file programme.PlanFile, r programme.Review) ([]page.DeskPart, error) {
	table := q.targetTable(r)
	parts := []page.DeskPart{{Plain: true, Table: &table}}
	if r.Plan.Kind == programme.Programme {
		under, err := q.plansUnder(r.Plan)
		if err != nil {
			return nil, err
		}
		parts = append(parts, under)
	}
	if len(r.Plan.Authorities) > 1 {
		parts = append(parts, q.authorityPart(r))
	}
	if owed := q.owedTable(r); len(owed.Rows) > 0 {
		parts = append(parts, page.DeskPart{Plain: true, Head: q.say("plan.missing.head"), Table: &owed})
	}
	bars := progress.Bars(q.speaker(), r, q.say("plan.bars.head"))
	if !bars.Empty() && r.Tally.NoData < r.Tally.Targets {
		parts = append(parts, page.DeskPart{Head: q.say("plan.bars.head"), Picture: bars})
		months, err := progress.Months(q.Context(), q.view(), q.speaker(), file, r.On, q.say("plan.months.head"))
		if err != nil {
			return nil, err
		}
		if !months.Empty() {
			parts = append(parts, page.DeskPart{Head: q.say("plan.months.head"), Picture: months})
		}
	}
	parts = append(parts, page.DeskPart{Head: q.say("plan.head.facts"), Facts: q.planFacts(r)})
	if r.Plan.Standing == programme.Drafted && q.may(access.KeepOffice, r.Plan.Body) {
		parts = append(parts, q.adoptPart(r.Plan, nil))
	}
	past, err := q.officePast("target_plan", int64(r.Plan.ID))
	if err != nil {
		return nil, err
	}
	if len(past) > 0 {
		parts = append(parts, page.DeskPart{Head: q.say("common.history"), Past: past})
	}
	return parts, nil
}

// targetTable lists the targets of a plan.
func (q *request) targetTable(r programme.Review) page.Table {
	t := page.Table{ID: "targets", Caption: q.say("plan.targets"), Quiet: true, Empty: page.Empty{Glyph: page.GlyphCheck, Head: q.say("plan.targets.none"), Text: q.say("plan.list.empty.text")}}
	last := slices.ContainsFunc(r.Lines, func(l programme.Progress) bool { return l.LastYear != nil })
	t.Columns = []page.Column{{Head: q.say("plan.target"), Chief: true}, {Head: q.say("plan.plan"), Figure: true}, {Head: q.say("plan.actual"), Figure: true}}
	if last {
		t.Columns = append(t.Columns, page.Column{Head: q.say("plan.last"), Figure: true})
	}
	t.Columns = append(t.Columns, page.Column{Head: q.say("plan.band")})
	if r.Plan.Standing == programme.Drafted && q.may(access.KeepOffice, r.Plan.Body) {
		t.Empty.Do = page.Link{Text: q.say("plan.target.new"), Href: targetPlanPath(r.Plan.Code) + "/new"}
	}
	for _, l := range r.Lines {
		t.Rows = append(t.Rows, q.targetRow(r, l, last))
	}
	return t
}

// targetRow is a target with what each authority planned, what was reached, and how
// it was a year before where that is known of any.
func (q *request) targetRow(r programme.Review, l programme.Progress, last bool) page.Row {
	to := q.speaker()
	plan, actual, before := page.Cell{}, page.Cell{}, page.Cell{}
	for _, by := range l.By {
		a, _ := r.Plan.Authority(by.Value.Authority)
		if a.Code == r.Plan.Lead() {
			plan.Text = progress.PlanSaid(to, l.Def, by.Value)
		} else {
			plan.Note = dotted(plan.Note, a.Names.In(q.lang())+": "+progress.PlanSaid(to, l.Def, by.Value))
		}
	}
	if l.Rat != nil {
		actual.Text = progress.FigureSaid(to, l)
		if l.Share != nil {
			actual.Note = q.say("plan.share.said", to.Percent(programme.Percent(l.Share)))
		}
		if l.Actual.On != r.On {
			actual.Note = dotted(actual.Note, q.say("plan.on.said", to.DateShort(calendar.OnDay(l.Actual.On))))
		}
	}
	if l.LastYear != nil {
		before = page.Cell{Text: programme.Said(l.LastYear, to.Lang), Note: progress.ChangeSaid(to, l.Change)}
	}
	row := page.Row{Href: q.targetPath(r.Plan, l.Target), Cells: []page.Cell{{Text: l.Def.No + ". " + l.Def.Name(q.lang()), Note: l.Def.Group.In(q.lang())}, plan, actual}}
	if last {
		row.Cells = append(row.Cells, before)
	}
	row.Cells = append(row.Cells, page.Marked(q.bandMark(l)))
	return row
}

// bandMark says how a target stands.
func (q *request) bandMark(l programme.Progress) page.Mark {
	tone := map[programme.Band]page.Tone{programme.Met: page.Done, programme.OverHalf: page.Due, programme.UnderHalf: page.Late, programme.NoData: page.Plain}[l.Band]
	return page.Mark{Tone: tone, Text: progress.BandSaid(q.speaker(), l)}
}

// authorityPart counts the targets by who planned them.
func (q *request) authorityPart(r programme.Review) page.DeskPart {
	t := page.Table{Caption: q.say("plan.by.head"), Quiet: true, Columns: []page.Column{
		{Head: q.say("plan.authority"), Chief: true}, {Head: q.say("plan.band.met"), Figure: true}, {Head: q.say("plan.band.over_half"), Figure: true}, {Head: q.say("plan.band.under_half"), Figure: true}, {Head: q.say("plan.band.no_data"), Figure: true},
	}}
	for _, a := range r.Plan.Authorities {
		n := r.By[a.Code]
		of := "/" + strconv.Itoa(n.Targets)
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			{Text: a.Names.In(q.lang()), Note: progress.PaperSaid(q.speaker(), a.Paper)}, {Text: strconv.Itoa(n.Met) + of}, {Text: strconv.Itoa(n.OverHalf) + of}, {Text: strconv.Itoa(n.AtOrUnderHalf) + of}, {Text: strconv.Itoa(n.NoData) + of},
		}})
	}
	return page.DeskPart{Plain: true, Head: q.say("plan.by.head"), Table: &t}
}

// owedTable tells who owes figures for which targets.
func (q *request) owedTable(r programme.Review) page.Table {
	t := page.Table{Caption: q.say("plan.missing.head"), Quiet: true, Columns: []page.Column{{Head: q.say("plan.who"), Chief: true}, {Head: q.say("plan.target")}}}
	var order []string
	owed := map[string][]string{}
	for _, l := range r.Lines {
		if l.Band != programme.NoData || l.Rat != nil {
			continue
		}
		who := l.Def.Who
		if who == "" {
			who = q.say("plan.missing.nobody")
		}
		if owed[who] == nil {
			order = append(order, who)
		}
		owed[who] = append(owed[who], l.Def.No+". "+l.Def.Name(q.lang()))
	}
	for _, who := range order {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: who}, {Part: page.Stacked(owed[who])}}})
	}
	return t
}

// planFacts are what a plan rests on.
func (q *request) planFacts(r programme.Review) []page.Fact {
	to := q.speaker()
	facts := []page.Fact{
		{Name: q.say("plan.code"), Text: r.Plan.Code}, {Name: q.say("plan.number"), Text: progress.PaperSaid(to, r.Plan.Paper)}, {Name: q.say("plan.adopt.on"), Text: q.daySaid(r.Plan.Adopted)}, {Name: q.say("plan.note"), Text: r.Plan.Note},
	}
	for _, day := range r.Plan.Due {
		facts = append(facts, page.Fact{Name: q.say("plan.due"), Text: q.daySaid(day)})
	}
	if r.Plan.Under != 0 {
		if over, err := q.view().PlanFileByID(q.Context(), r.Plan.Under); err == nil {
			facts = append(facts, page.Fact{Name: q.say("plan.under"), Text: over.Plan.Titles.In(q.lang()), Href: targetPlanPath(over.Plan.Code)})
		}
	}
	if r.Before != nil {
		facts = append(facts, page.Fact{Name: q.say("plan.last"), Text: q.say("plan.before.said", r.Before.Titles.In(q.lang())), Href: targetPlanPath(r.Before.Code)})
	}
	return facts
}

// plansUnder lists the plans of a programme.
func (q *request) plansUnder(p programme.Plan) (page.DeskPart, error) {
	reviews, _, err := q.planReviews(programme.Asked{Under: p.ID, Limit: -1})
	if err != nil {
		return page.DeskPart{}, err
	}
	t, err := q.plansTable(reviews)
	return page.DeskPart{Plain: true, Head: q.say("plan.plans.under"), Table: &t}, err
}

// adoptPart asks for the adoption of a plan.
func (q *request) adoptPart(p programme.Plan, refused error) page.DeskPart {
	wrong := page.ProblemsOf(refused, q.reader)
	form := page.DeskForm{
		Head: page.FormHead{Action: targetPlanPath(p.Code) + "/adopt", Revision: idText(p.Revision)}, Wrong: wrong, Do: q.say("plan.adopt"),
		Fields: []templ.Component{page.DateInput(q.reader, wrong.Mark(page.Field{Name: "adopted", Label: q.say("plan.adopt.on"), Value: firstOf(q.value("adopted"), dayTyped(q.today())), Short: true}))},
	}
	return page.DeskPart{Head: q.say("plan.adopt"), Lines: []string{q.say("plan.adopt.text")}, Form: &form}
}

// wideDesk prepares a paper on a sheet that lies on its side.
func (q *request) wideDesk(p programme.Plan, on calendar.Day) (office.Desk, error) {
	to := q.speaker()
	if lang, ok := locale.Parse(q.value("lang")); ok {
		to = q.server.Words.In(lang)
	}
	named, err := q.view().Body(q.Context(), p.Body)
	if err != nil {
		return office.Desk{}, err
	}
	h, err := q.houseOn(p.Body, min(on, named.Life().To))
	if err != nil {
		return office.Desk{}, err
	}
	return office.Desk{
		To: to, Sheet: h.Sheet(to, document.A4Wide(), "", calendar.OnDay(on)), Voice: h.Names.In(string(to.Lang)), Sign: h.Signature(to), Pen: to.Say("paper.sign"),
	}, nil
}

// planPaperOf prints how a plan stands on a day.
func (s *Server) planPaperOf(q *request) error {
	file, r, err := q.planReviewAsked()
	if err != nil {
		return err
	}
	d, err := q.wideDesk(r.Plan, r.On)
	if err != nil {
		return err
	}
	var pictures []chart.Picture
	if r.Tally.NoData < r.Tally.Targets {
		if pictures, err = progress.Leaves(q.Context(), q.view(), d.To, file, r); err != nil {
			return err
		}
	}
	return q.sendPaper(progress.Paper(d, r, pictures...), r.Plan.Code+"-"+r.On.String())
}
