package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

func planItemPath(id union.ItemID) string { return "/union/plan/" + idText(id) }

// planPath leads to the plan of a body's year.
func (q *request) planPath(of body.ID, year int) string {
	path := "/union/plan?year=" + strconv.Itoa(year)
	if of != q.root() {
		path += "&body=" + idText(of)
	}
	return path
}

// planYear is the year whose plan is asked for.
func (q *request) planYear() int { return cmp.Or(q.yearAsked(), q.today().Year()) }

// yearPlan shows a plan held against what was done.
func (s *Server) yearPlan(q *request) error { return q.yearPlanPage(nil, "") }

func (q *request) yearPlanPage(refused error, form string) error {
	of, year := q.organisationShown(), q.planYear()
	r, err := q.view().PlanReview(q.Context(), of, year)
	if err != nil {
		return err
	}
	named, err := q.view().Body(q.Context(), of)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("union.plan.of", strconv.Itoa(year)))}
	p.Shell.Crumbs = q.unionCrumbs()
	p.Shell.Lead = dotted(named.NameOn(q.lang(), q.today()), q.planHeadSaid(r.Plan))
	if p.Tabs, err = q.planTabs(of, year); err != nil {
		return err
	}
	p.Tiles = q.planTiles(r)
	table := q.itemTable(r)
	of2 := "year=" + strconv.Itoa(year) + "&body=" + idText(of)
	tools := append(q.paperTools("union.plan.paper", "/union/plan/paper?"+of2+"&"), page.Tool{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/union/plan.xlsx?" + of2})
	p.Parts = []page.DeskPart{{Plain: true, Table: &table, Tools: tools, Print: true}}
	if len(r.Lines) > 0 {
		names, err := q.names()
		if err != nil {
			return err
		}
		outside, err := q.activityTable(r.Outside, names)
		if err != nil {
			return err
		}
		outside.ID, outside.Empty, outside.Next, outside.First = "outside", page.Empty{Glyph: page.GlyphCheck, Head: q.say("union.plan.outside.none"), Text: q.say("union.plan.outside.none.text")}, "", ""
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("union.plan.outside", len(r.Outside)), Table: &outside})
	}
	if q.may(access.PostDeeds, of) {
		p.Parts = append(p.Parts, q.planForms(r, refused, form)...)
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// planHeadSaid says under which paper a plan stands.
func (q *request) planHeadSaid(p union.Plan) string {
	said := ""
	if p.Number != "" {
		said = q.say("union.plan.number.said", p.Number, q.dated(p.Day))
	}
	if p.Motto != "" {
		said = dotted(said, q.say("union.plan.motto.said", p.Motto))
	}
	return said
}

// planTabs offers the years that have a plan, this one and the next.
func (q *request) planTabs(of body.ID, now int) ([]page.Tab, error) {
	years, err := q.view().PlanYears(q.Context(), of)
	if err != nil {
		return nil, err
	}
	years = append(years, q.today().Year(), q.today().Year()+1, now)
	slices.Sort(years)
	years = slices.Compact(years)
	var tabs []page.Tab
	for _, year := range years[max(0, len(years)-8):] {
		tabs = append(tabs, page.Tab{Text: strconv.Itoa(year), Href: q.planPath(of, year), Current: year == now})
	}
	return tabs, nil
}

func (q *request) planTiles(r union.Review) []page.Tile {
	if len(r.Lines) == 0 {
		return nil
	}
	count := strconv.Itoa
	return []page.Tile{
		{Figure: count(r.By(union.Done)) + "/" + count(len(r.Lines)), Text: q.say("union.plan.tile.done")},
		{Figure: count(r.By(union.Missed) + r.By(union.Partial) + r.By(union.Left)), Text: q.say("union.plan.tile.missed")},
		{Figure: count(r.By(union.Coming) + r.By(union.Begun)), Text: q.say("union.plan.tile.coming")},
		{Figure: count(len(r.Outside)), Text: q.say("union.plan.tile.outside")},
	}
}

// stateMark words how an item stands.
func (q *request) stateMark(s union.State) page.Mark {
	tone := map[union.State]page.Tone{union.Done: page.Done, union.Missed: page.Late, union.Partial: page.Late, union.Coming: page.Waiting, union.Begun: page.Due, union.Left: page.Plain}[s]
	return page.Mark{Tone: tone, Text: q.say("union.plan.state." + string(s))}
}

func (q *request) itemTable(r union.Review) page.Table {
	t := page.Table{
		ID: "plan", Caption: q.say("union.plan"), Quiet: true,
		Columns: []page.Column{{Head: q.say("union.plan.text"), Chief: true}, {Head: q.say("union.plan.when")}, {Head: q.say("union.plan.who")}, {Head: q.say("union.plan.reached")}, {Head: q.say("common.status")}},
		Empty:   page.Empty{Glyph: page.GlyphCheck, Head: q.say("union.plan.none"), Text: q.say("union.plan.none.text")},
	}
	for _, l := range r.Lines {
		mark := q.stateMark(l.State)
		t.Rows = append(t.Rows, page.Row{Href: planItemPath(l.ID), Cells: []page.Cell{
			{Text: strconv.Itoa(l.N) + ". " + l.Text, Note: l.Target}, {Text: q.dated(l.When)}, {Text: cmp.Or(l.Name, l.Who)}, {Text: q.reachedSaid(l), Note: l.Note}, page.Marked(mark),
		}})
	}
	return t
}

// reachedSaid says how much of an item is done.
func (q *request) reachedSaid(l union.Line) string {
	if l.Gauge == union.ByPlaces {
		return q.say("union.plan.reached.places", l.Places, l.Of)
	}
	if l.Progress.Done == 0 && l.Goal <= 1 {
		return ""
	}
	return q.say("union.plan.reached.deeds", l.Progress.Done, l.Needed())
}

// planForms take a further item, what stands on the paper, and what is carried
// into the next year.
func (q *request) planForms(r union.Review, refused error, which string) []page.DeskPart {
	wrongOf := func(form string) page.Problems {
		if form == which {
			return page.ProblemsOf(refused, q.reader)
		}
		return nil
	}
	year := page.Hidden("year", strconv.Itoa(r.Plan.Year))
	of := page.Hidden("body", idText(r.Plan.Body))
	item := q.itemForm(union.Item{Body: r.Plan.Body, Year: r.Plan.Year}, wrongOf("item"))
	item.Head.Action, item.Fold, item.Open, item.Do = "/union/plan", q.say("union.plan.item.new"), len(r.Lines) == 0, q.say("union.plan.item.enter")
	item.Fields = append(item.Fields, year, of)
	wrong := wrongOf("head")
	head := page.DeskForm{
		Head: page.FormHead{Action: "/union/plan/head", Revision: idText(r.Plan.Revision)}, Wrong: wrong, Fold: q.say("union.plan.head"), Do: q.say("common.save"), Quiet: true,
		Fields: []templ.Component{
			page.TextInput(q.reader, wrong.Mark(page.Field{Name: "number", Label: q.say("union.plan.number"), Value: r.Plan.Number, Max: 100})),
			page.DateInput(q.reader, wrong.Mark(page.Field{Name: "day", ID: "head-day", Label: q.say("union.plan.day"), Value: typed(r.Plan.Day), Short: true})),
			page.TextInput(q.reader, page.Field{Name: "motto", Label: q.say("union.plan.motto"), Value: r.Plan.Motto, Whole: true, Max: 300}), year, of,
		},
	}
	parts := []page.DeskPart{{Plain: true, Form: &item}, {Plain: true, Form: &head}}
	var left []page.Option
	for _, l := range r.Lines {
		if l.State != union.Done {
			left = append(left, page.Option{Value: idText(l.ID), Text: shortened(l.Text), Note: q.stateMark(l.State).Text, Chosen: l.State != union.Left})
		}
	}
	if len(left) > 0 {
		parts = append(parts, page.DeskPart{Plain: true, Form: &page.DeskForm{
			Head: page.FormHead{Action: "/union/plan/carry"}, Fold: q.say("union.plan.carry", strconv.Itoa(r.Plan.Year+1)), Do: q.say("union.plan.carry.do"), Quiet: true,
			Fields: []templ.Component{page.Ticks(q.reader, page.Field{Name: "item", ID: "carry", Label: q.say("union.plan.carry.which"), Whole: true}, left), year, of},
		}})
	}
	return parts
}

// itemForm asks what is intended, how much, when and by whom.
func (q *request) itemForm(i union.Item, wrong page.Problems) page.DeskForm {
	goal := ""
	if i.Goal > 0 {
		goal = strconv.FormatInt(i.Goal, 10)
	}
	again := func(name, kept string) string {
		if len(wrong) > 0 {
			return q.value(name)
		}
		return kept
	}
	return page.DeskForm{Wrong: wrong, Head: page.FormHead{Rejected: len(wrong) > 0}, Do: q.say("common.save"), Fields: []templ.Component{
		page.TextArea(q.reader, wrong.Mark(page.Field{Name: "text", Label: q.say("union.plan.text"), Value: again("text", i.Text), Needed: true, Whole: true}), 2),
		page.TextInput(q.reader, wrong.Mark(page.Field{Name: "target", Label: q.say("union.plan.target"), Hint: q.say("union.plan.target.hint"), Value: again("target", i.Target), Whole: true, Max: 300})),
		page.NumberInput(q.reader, wrong.Mark(page.Field{Name: "goal", Label: q.say("union.plan.goal"), Hint: q.say("union.plan.goal.hint"), Value: again("goal", goal), Short: true})),
		page.DateInput(q.reader, wrong.Mark(page.Field{Name: "when", Label: q.say("union.plan.when"), Hint: q.say("union.plan.when.hint"), Value: again("when", typed(i.When)), Short: true})),
		q.whoField(wrong.Mark(page.Field{Name: "who", Label: q.say("union.plan.who"), Hint: q.say("task.who.hint")}), i.Person, again("who", i.Who)),
	}}
}

// itemGiven reads the answers about an item.
func (q *request) itemGiven(i union.Item) (union.Item, error) {
	i.Text, i.Target = q.lines("text"), q.value("target")
	var err1, err2, err3 error
	i.Goal, _, err1 = countOr(q.value("goal"), 0)
	i.When, err2 = q.date("when")
	i.Person, i.Who, err3 = q.anybody("who")
	return i, fault.Gather(at("goal", err1), err2, err3)
}

// enterPlanItem enters a further item of a plan.
func (s *Server) enterPlanItem(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	i, err := q.itemGiven(union.Item{Body: q.organisationShown(), Year: q.planYear()})
	if err == nil {
		err = q.write("union.why.plan", func(ctx context.Context, tx *store.Tx) error {
			_, err := union.Intend(ctx, tx, q.actor, i)
			return err
		})
	}
	return q.planAnswered(err, "item", "union.plan.item.entered")
}

// planAnswered leads back to a plan, or shows it again with what is wrong.
func (q *request) planAnswered(err error, form, done string) error {
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.yearPlanPage(err, form)
	}
	if err != nil {
		return err
	}
	return q.doneAt(q.planPath(q.organisationShown(), q.planYear()), q.well(done))
}

// headPlan writes number, day and motto of a plan.
func (s *Server) headPlan(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	p := union.Plan{Body: q.organisationShown(), Year: q.planYear(), Number: q.value("number"), Motto: q.value("motto")}
	var err error
	if p.Day, err = q.date("day"); err == nil {
		err = q.write("union.why.plan", func(ctx context.Context, tx *store.Tx) error {
			return union.Head(ctx, tx, q.actor, p, q.id("revision"))
		})
	}
	return q.planAnswered(err, "head", "common.saved")
}

// carryPlan takes items that were not done into the next year.
func (s *Server) carryPlan(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	of, year := q.organisationShown(), q.planYear()
	var these []union.ItemID
	for _, id := range q.values("item") {
		these = append(these, union.ItemID(idOf(id)))
	}
	n := 0
	err := q.write("union.why.plan", func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = union.Carry(ctx, tx, q.actor, of, year, these)
		return err
	})
	if err != nil {
		return err
	}
	return q.doneAt(q.planPath(of, year+1), q.well("union.plan.carried", n))
}

// planSheet gives a plan with what became of it as a workbook.
func (s *Server) planSheet(q *request) error {
	r, err := q.view().PlanReview(q.Context(), q.organisationShown(), q.planYear())
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("union.plan.of", strconv.Itoa(q.planYear()))}
	for _, key := range []string{"report.col.n", "union.plan.text", "union.plan.target", "union.plan.when", "union.plan.who", "union.plan.goal", "union.plan.reached", "common.status", "common.note"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, l := range r.Lines {
			if !yield([]sheet.Value{
				sheet.Count(int64(l.N)), sheet.Words(l.Text), sheet.Words(l.Target), sheet.Words(q.dated(l.When)), sheet.Words(cmp.Or(l.Name, l.Who)), sheet.Count(l.Needed()),
				sheet.Count(int64(l.Progress.Done)), sheet.Words(q.stateMark(l.State).Text), sheet.Words(l.Note),
			}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("union.plan.file")+"-"+strconv.Itoa(q.planYear()), t)
}

// planPaper prints a plan held against what was done.
func (s *Server) planPaper(q *request) error {
	r, err := q.view().PlanReview(q.Context(), q.organisationShown(), q.planYear())
	if err != nil {
		return err
	}
	on := q.today()
	if day, ok := r.Plan.Day.Day(); ok && r.Plan.Year > on.Year() {
		on = day
	}
	d, err := q.officeDesk(r.Plan.Body, on, "")
	if err != nil {
		return err
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return err
	}
	called := func(x deed.Deed) string {
		k := kinds[x.Kind]
		return dotted(cmp.Or(x.Title, k.Name(string(d.To.Lang))), d.To.DateShort(x.Day))
	}
	return q.sendPaper(union.PlanPaper(d, r, called), q.say("union.plan.file")+"-"+strconv.Itoa(r.Plan.Year))
}

// planItemAsked reads the item that the address names.
func (q *request) planItemAsked() (union.Line, error) {
	id, err := q.number("id")
	if err != nil {
		return union.Line{}, err
	}
	return q.view().PlanLine(q.Context(), union.ItemID(id))
}

// planWhen is the period in which deeds are offered that may fulfil an item: its
// year with the months around it.
func planWhen(l union.Line) calendar.Period {
	y := calendar.Year(l.Year)
	return calendar.Period{From: y.From.AddMonths(-1), To: y.To.AddMonths(3)}
}
