package web

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/programme"
	"kith.app/internal/progress"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

// figureForm asks for one figure of a target.
func (q *request) figureForm(p programme.Plan, f programme.File, wrong page.Problems) page.DeskForm {
	r := q.reader
	on := wrong.Mark(page.Field{Name: "on", ID: "figure-on", Label: q.say("plan.figure.on"), Value: firstOf(q.value("on"), dayTyped(p.Held(q.today()))), Short: true})
	src := wrong.Mark(page.Field{Name: "source", Label: q.say("plan.figure.source"), Hint: q.say("plan.figure.source.hint"), Value: q.value("source"), Whole: true, Needed: true, Max: 300})
	qualifiers := []string{"exact", "at-least", "over", "about", "nearly"}
	fields := []templ.Component{page.DateInput(r, on)}
	fields = append(fields, q.figureInputs(p, f, "", wrong)...)
	fields = append(fields,
		page.Select(r, page.Field{Name: "how", Label: q.say("plan.figure.how"), Value: q.value("how")}, q.options("plan.how.", "", qualifiers...)),
		page.NumberInput(r, wrong.Mark(page.Field{Name: "last", Label: q.say("plan.figure.last"), Value: q.value("last"), Short: true})),
		page.TextInput(r, src), page.TextInput(r, page.Field{Name: "remark", Label: q.say("plan.note"), Value: q.value("remark"), Whole: true, Max: 1000}))
	return page.DeskForm{Wrong: wrong, Head: page.FormHead{Rejected: len(wrong) > 0}, Fold: q.say("plan.figure.one"), Do: q.say("plan.figure.do"), Quiet: true, Fields: fields}
}

// figureInputs are the inputs of one figure: yes or no, a number, or what a ratio is
// made of. mark tells the targets of a table apart.
func (q *request) figureInputs(p programme.Plan, f programme.File, mark string, wrong page.Problems) []templ.Component {
	r, lang := q.reader, q.lang()
	value := wrong.Mark(page.Field{Name: "value" + mark, Label: q.say("plan.figure.value"), Value: q.value("value" + mark), Unit: f.Def.Units.In(lang)})
	if mark != "" {
		value.Label = f.Def.No + ". " + f.Def.Name(lang)
	}
	if v, ok := f.Def.By(p.Lead()); ok {
		value.Hint = q.say("plan.figure.value.hint", progress.PlanSaid(q.speaker(), f.Def, v))
	}
	if n := len(f.Actuals); n > 0 {
		a := f.Actuals[n-1]
		value.Hint = dotted(value.Hint, q.say("plan.figure.had", progress.FigureSaid(q.speaker(), programme.Progress{Def: f.Def, Actual: &a, Rat: a.Rat(f.Def.Per)}), q.speaker().DateShort(calendar.OnDay(a.On))))
	}
	if f.Def.Direction == programme.YesNo {
		value.Unit = ""
		return []templ.Component{page.Select(r, value, []page.Option{{Text: q.say("plan.band.no_data")}, {Value: "1", Text: q.say("plan.yes")}, {Value: "0", Text: q.say("plan.no")}})}
	}
	inputs := []templ.Component{page.NumberInput(r, value)}
	if f.Def.Per > 0 {
		inputs = append(inputs,
			page.NumberInput(r, wrong.Mark(page.Field{Name: "num" + mark, Label: q.say("plan.figure.num"), Value: q.value("num" + mark), Short: true})),
			page.NumberInput(r, wrong.Mark(page.Field{Name: "den" + mark, Label: q.say("plan.figure.den"), Value: q.value("den" + mark), Short: true})))
	}
	return inputs
}

// figureGiven reads one figure; given tells whether anything was typed.
func (q *request) figureGiven(mark string) (a programme.Actual, given bool, err error) {
	var found []error
	number := func(name string) *programme.Number {
		typed := q.value(name)
		if typed == "" {
			return nil
		}
		given = true
		n, err := programme.ParseNumber(name, typed, q.reader.Lang)
		found = append(found, err)
		return &n
	}
	a.Value, a.Num, a.Den = number("value"+mark), number("num"+mark), number("den"+mark)
	return a, given, fault.Gather(found...)
}

// targetReport reports one figure; the day that has one already is corrected.
func (s *Server) targetReport(q *request) error {
	return q.onTarget("figure", "plan.figure.done", func(_ programme.PlanFile, f programme.File) error {
		a, _, err1 := q.figureGiven("")
		var err2, err3, err4 error
		a.On, err2 = q.oneDay("on")
		if how := q.value("how"); how != "" {
			a.Qualifier, err3 = deed.ParseQualifier(how)
		}
		if typed := q.value("last"); typed != "" {
			n, err := programme.ParseNumber("last", typed, q.reader.Lang)
			a.LastYear, err4 = &n, err
		}
		if err := fault.Gather(err1, err2, err3, err4); err != nil {
			return err
		}
		a.Target, a.Note = f.ID, q.value("remark")
		if typed := q.value("source"); typed != "" {
			a.Source = source.Source{Kind: source.Paper, Title: typed}
		}
		return q.write("plan.why.figure", func(ctx context.Context, tx *store.Tx) error {
			_, err := programme.Report(ctx, tx, q.actor, a, basedOn(f, a.On))
			return err
		})
	})
}

// basedOn is the revision of the figure that a day has already.
func basedOn(f programme.File, on calendar.Day) int64 {
	i := slices.IndexFunc(f.Actuals, func(a programme.Actual) bool { return a.On == on })
	if i < 0 {
		return 0
	}
	return f.Actuals[i].Revision
}

// targetUnreport takes a figure back.
func (s *Server) targetUnreport(q *request) error {
	return q.onTarget("back", "plan.figure.back.done", func(_ programme.PlanFile, f programme.File) error {
		id := programme.ActualID(q.id("figure"))
		if !slices.ContainsFunc(f.Actuals, func(a programme.Actual) bool { return a.ID == id }) {
			return fault.Missing("plan.actual.none")
		}
		return q.write("plan.why.back", func(ctx context.Context, tx *store.Tx) error { return programme.Unreport(ctx, tx, q.actor, id) })
	})
}

// planFigures asks for the figures of all targets at once.
func (s *Server) planFigures(q *request) error {
	file, err := q.planKept(access.PostDeeds)
	if err != nil {
		return err
	}
	return q.figuresPage(file, nil)
}

func (q *request) figuresPage(file programme.PlanFile, refused error) error {
	wrong, r := page.ProblemsOf(refused, q.reader), q.reader
	path := targetPlanPath(file.Plan.Code)
	on := wrong.Mark(page.Field{Name: "on", Label: q.say("plan.figure.on"), Value: firstOf(q.value("on"), dayTyped(file.Plan.Held(q.today()))), Short: true, Needed: true})
	src := wrong.Mark(page.Field{Name: "source", Label: q.say("plan.figure.source"), Hint: q.say("plan.figure.source.hint"), Value: q.value("source"), Needed: true, Whole: true, Max: 300})
	form := page.DeskForm{Head: page.FormHead{Action: path + "/figures", Rejected: refused != nil}, Wrong: wrong, Do: q.say("plan.figures.do"), Leave: page.Link{Text: q.say("common.cancel"), Href: path}}
	form.Fields = []templ.Component{page.DateInput(r, on), page.TextInput(r, src)}
	none := true
	for _, f := range file.Targets {
		if f.Def.Measure != "" || f.Def.Dropped {
			continue
		}
		none = false
		inputs := q.figureInputs(file.Plan, f, "-"+strconv.FormatInt(int64(f.ID), 10), wrong)
		if len(inputs) > 1 {
			inputs = []templ.Component{inputs[0], page.Folded(q.say("plan.figure.num")+" / "+q.say("plan.figure.den"), "", false, inputs[1:])}
		}
		form.Fields = append(form.Fields, inputs...)
	}
	p := page.PlanPage{Shell: q.shell(q.say("plan.figures"))}
	p.Shell.Crumbs = q.planCrumbs(page.Link{Text: file.Plan.Titles.In(q.lang()), Href: path})
	p.Shell.Lead = q.say("plan.figures.text")
	if none {
		p.Parts = []page.DeskPart{{Lines: []string{q.say("plan.figures.none")}}}
	} else {
		p.Parts = []page.DeskPart{{Plain: true, Form: &form}}
	}
	if refused != nil {
		return q.again(page.PlanShown(p))
	}
	return q.show(page.PlanShown(p))
}

// planReport writes the figures of a whole table, all or none.
func (s *Server) planReport(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	file, err := q.planKept(access.PostDeeds)
	if err != nil {
		return err
	}
	on, err := q.oneDay("on")
	found := []error{err}
	said := source.Source{}
	if typed := q.value("source"); typed != "" {
		said = source.Source{Kind: source.Paper, Title: typed}
	}
	var all []programme.Actual
	var based []int64
	same := 0
	for _, f := range file.Targets {
		a, given, err := q.figureGiven("-" + strconv.FormatInt(int64(f.ID), 10))
		found = append(found, err)
		if !given || err != nil {
			continue
		}
		a.Target, a.On, a.Source = f.ID, on, said
		if sameFigure(f, a) {
			same++
			continue
		}
		all, based = append(all, a), append(based, basedOn(f, on))
	}
	if err := fault.Gather(found...); err != nil {
		return q.figuresPage(file, err)
	}
	err = q.write("plan.why.figure", func(ctx context.Context, tx *store.Tx) error {
		var wrong []error
		for i, a := range all {
			_, err := programme.Report(ctx, tx, q.actor, a, based[i])
			if err != nil && fault.KindOf(err) != fault.Invalid {
				return err
			}
			wrong = append(wrong, besideFigure(err, "-"+strconv.FormatInt(int64(a.Target), 10), i == 0))
		}
		return fault.Gather(wrong...)
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.figuresPage(file, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(targetPlanPath(file.Plan.Code)+"?on="+on.String(), q.well("plan.figures.done", strconv.Itoa(len(all)), strconv.Itoa(same)))
}

// sameFigure tells whether a day has this very figure already.
func sameFigure(f programme.File, a programme.Actual) bool {
	same := func(x, y *programme.Number) bool { return x == nil && y == nil || x != nil && y != nil && *x == *y }
	return slices.ContainsFunc(f.Actuals, func(o programme.Actual) bool {
		return o.On == a.On && same(o.Value, a.Value) && same(o.Num, a.Num) && same(o.Den, a.Den)
	})
}

// besideFigure puts what is wrong with one figure of a table beside its own input; what
// concerns day and source of the whole table is said once.
func besideFigure(err error, mark string, first bool) error {
	var all []error
	for _, f := range fault.All(err) {
		switch f.Field {
		case "value", "num", "den":
			all = append(all, fault.Field(f.Field+mark, f.Key, f.Args...))
		default:
			if first {
				all = append(all, f)
			}
		}
	}
	return fault.Gather(all...)
}
