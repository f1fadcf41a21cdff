package web

import (
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/programme"
	"kith.app/internal/progress"
	"kith.app/internal/sheet"
)

func targetPlanPath(code string) string { return "/programme/" + code }

// plansOnPage is how many plans stand on one page of a list.
const plansOnPage = 50

// plansTabs leads between the views of plans.
func (q *request) plansTabs(now string) []page.Tab {
	tabs := []page.Tab{{Text: q.say("plan.tab.list"), Href: "/programmes"}, {Text: q.say("plan.tab.roll"), Href: "/programmes/roll"}, {Text: q.say("plan.tab.standards"), Href: "/programmes/standards"}, {Text: q.say("plan.sets"), Href: "/programmes/sets"}}
	for i := range tabs {
		tabs[i].Current = tabs[i].Href == now
	}
	return tabs
}

// plansAsked reads what a list of plans is narrowed to.
func (q *request) plansAsked() programme.Asked {
	asked := programme.Asked{Typed: q.value("q"), Kind: programme.Kind(q.value("kind")), Limit: plansOnPage}
	if year := q.yearAsked(); year != 0 {
		asked.Period, asked.Dated = calendar.Year(year), true
	}
	if skip, err := strconv.Atoi(q.value("skip")); err == nil && skip > 0 && skip < 1_000_000 {
		asked.Skip = skip
	}
	return asked
}

// mayPlans refuses who reads no figures anywhere.
func (q *request) mayPlans() error {
	if !q.actor.Somewhere(access.ReadFigures) {
		return fault.Forbid("access.forbidden.read_figures")
	}
	return nil
}

// plans lists the programmes and plans that the reader may see.
func (s *Server) plans(q *request) error {
	if err := q.mayPlans(); err != nil {
		return err
	}
	asked := q.plansAsked()
	reviews, all, err := q.planReviews(asked)
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("plan.list.head")), Tabs: q.plansTabs("/programmes")}
	p.Shell.Lead = q.say("plan.count", all)
	if q.actor.Somewhere(access.KeepOffice) {
		p.Shell.Actions = page.FirstLink(q.say("plan.new"), "/programmes/new")
	}
	p.Filter = page.FilterHead{Action: "/programmes", Results: "listed", Query: asked.Typed, Label: q.say("plan.list.find")}
	if asked.Typed != "" || asked.Kind != "" || asked.Dated {
		p.Filter.Clear = "/programmes"
	}
	years, err := q.planYearOptions()
	if err != nil {
		return err
	}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "kind", Label: q.say("plan.kind"), Value: string(asked.Kind)}, Options: q.options("plan.kind.", q.say("plan.list.kinds"), string(programme.Plain), string(programme.Programme))},
		{Field: page.Field{Name: "year", Label: q.say("plan.year"), Value: q.value("year")}, Options: append([]page.Option{{Text: q.say("plan.list.years")}}, years...)},
	}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/programmes.xlsx" + strings.TrimPrefix(q.with("skip", ""), q.URL.Path)}}
	if p.Table, err = q.plansTable(reviews); err != nil {
		return err
	}
	if len(reviews) > 0 && (asked.Skip > 0 || all > len(reviews)) {
		p.Table.Told = q.say("tie.list.told", asked.Skip+1, asked.Skip+len(reviews), all)
	}
	if asked.Skip > 0 {
		p.Table.First = q.with("skip", "")
	}
	if asked.Skip+len(reviews) < all {
		p.Table.Next = q.with("skip", strconv.Itoa(asked.Skip+len(reviews)))
	}
	return q.show(page.Listed(p))
}

// planYearOptions offers the years in which plans that the reader may see run.
func (q *request) planYearOptions() ([]page.Option, error) {
	plans, _, err := q.view().TargetPlans(q.Context(), programme.Asked{Limit: -1})
	if err != nil {
		return nil, err
	}
	var years []int
	for _, p := range plans {
		if y := p.Period.From.Year(); !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	slices.Sort(years)
	slices.Reverse(years)
	var all []page.Option
	for _, y := range years {
		all = append(all, page.Option{Value: strconv.Itoa(y), Text: strconv.Itoa(y)})
	}
	return all, nil
}

// planReviews tells how the plans of a list stand today, or stood at their end.
func (q *request) planReviews(asked programme.Asked) ([]programme.Review, int, error) {
	_, all, err := q.view().TargetPlans(q.Context(), asked)
	if err != nil {
		return nil, 0, err
	}
	files, err := q.view().PlanFiles(q.Context(), asked)
	if err != nil {
		return nil, 0, err
	}
	reviews := make([]programme.Review, len(files))
	for i, f := range files {
		on, err := progress.On(f.Plan, 0, q.today())
		if err != nil {
			return nil, 0, err
		}
		if reviews[i], err = progress.Of(q.Context(), q.view(), f, on); err != nil {
			return nil, 0, err
		}
	}
	return reviews, all, nil
}

// planBodies names the bodies whose plans are shown, each as on its plan's last day.
func (q *request) planBodies(plans ...programme.Plan) (func(programme.Plan) string, error) {
	ids := make([]body.ID, len(plans))
	for i, p := range plans {
		ids[i] = p.Body
	}
	bodies, err := q.view().BodiesByID(q.Context(), ids)
	return func(p programme.Plan) string {
		return bodies[p.Body].NameOn(q.lang(), min(p.Period.To, q.today(), bodies[p.Body].Life().To))
	}, err
}

func (q *request) plansTable(reviews []programme.Review) (page.Table, error) {
	t := page.Table{
		ID: "plans", Caption: q.say("plan.list.head"), Quiet: true,
		Columns: []page.Column{{Head: q.say("plan.one"), Chief: true}, {Head: q.say("plan.body")}, {Head: q.say("plan.period")}, {Head: q.say("plan.band.met"), Figure: true}, {Head: q.say("plan.band.over_half"), Figure: true}, {Head: q.say("plan.band.no_data"), Figure: true}, {Head: q.say("plan.standing")}},
		Empty:   page.Empty{Glyph: page.GlyphReport, Head: q.say("plan.list.empty"), Text: q.say("plan.list.empty.text")},
	}
	if q.actor.Somewhere(access.KeepOffice) {
		t.Empty.Do = page.Link{Text: q.say("plan.new"), Href: "/programmes/new"}
	}
	plans := make([]programme.Plan, len(reviews))
	for i, r := range reviews {
		plans[i] = r.Plan
	}
	named, err := q.planBodies(plans...)
	if err != nil {
		return t, err
	}
	for _, r := range reviews {
		of := "/" + strconv.Itoa(r.Tally.Targets)
		mark := q.planMark(r.Plan)
		t.Rows = append(t.Rows, page.Row{Href: targetPlanPath(r.Plan.Code), Cells: []page.Cell{
			{Text: r.Plan.Titles.In(q.lang()), Note: q.say("plan.kind." + string(r.Plan.Kind))},
			{Text: named(r.Plan)},
			{Text: q.speaker().Period(r.Plan.Period)},
			{Text: strconv.Itoa(r.Tally.Met) + of},
			{Text: strconv.Itoa(r.Tally.OverHalf) + of},
			{Text: strconv.Itoa(r.Tally.NoData) + of},
			page.Marked(mark),
		}})
	}
	return t, nil
}

// planMark says whether a plan is adopted.
func (q *request) planMark(p programme.Plan) page.Mark {
	tone := page.Waiting
	if p.Standing == programme.Adopted {
		tone = page.Done
	}
	return page.Mark{Tone: tone, Text: q.say("plan.standing." + string(p.Standing))}
}

// plansSheet gives the list of plans as a workbook.
func (s *Server) plansSheet(q *request) error {
	if err := q.mayPlans(); err != nil {
		return err
	}
	asked := q.plansAsked()
	asked.Skip, asked.Limit = 0, -1
	reviews, _, err := q.planReviews(asked)
	if err != nil {
		return err
	}
	plans := make([]programme.Plan, len(reviews))
	for i, r := range reviews {
		plans[i] = r.Plan
	}
	named, err := q.planBodies(plans...)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("plan.list.head")}
	for _, key := range []string{"plan.code", "plan.one", "plan.kind", "plan.body", "plan.from", "plan.to", "plan.standing", "plan.targets", "plan.band.met", "plan.band.over_half", "plan.band.under_half", "plan.band.no_data"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, r := range reviews {
			count := func(n int) sheet.Value { return sheet.Count(int64(n)) }
			if !yield([]sheet.Value{
				sheet.Words(r.Plan.Code), sheet.Words(r.Plan.Titles.In(q.lang())), sheet.Words(q.say("plan.kind." + string(r.Plan.Kind))), sheet.Words(named(r.Plan)),
				sheet.On(calendar.OnDay(r.Plan.Period.From)), sheet.On(calendar.OnDay(r.Plan.Period.To)), sheet.Words(q.planMark(r.Plan).Text),
				count(r.Tally.Targets), count(r.Tally.Met), count(r.Tally.OverHalf), count(r.Tally.AtOrUnderHalf), count(r.Tally.NoData),
			}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("plan.list.head"), t)
}
