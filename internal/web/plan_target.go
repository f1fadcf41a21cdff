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
	"kith.app/internal/store"
	"kith.app/internal/tally"
)

func (q *request) targetPath(p programme.Plan, t programme.Target) string {
	return targetPlanPath(p.Code) + "/" + t.Code
}

// targetAsked reads the plan and the target that the address names.
func (q *request) targetAsked() (programme.PlanFile, programme.File, error) {
	file, err := q.planFileAsked()
	if err != nil {
		return file, programme.File{}, err
	}
	i := slices.IndexFunc(file.Targets, func(f programme.File) bool { return f.Code == q.PathValue("target") })
	if i < 0 {
		return file, programme.File{}, fault.Missing("plan.target.missing")
	}
	return file, file.Targets[i], nil
}

// targetShow shows a target with its figures, its versions and its history.
func (s *Server) targetShow(q *request) error {
	file, f, err := q.targetAsked()
	if err != nil {
		return err
	}
	return q.targetPage(file, f, "", nil)
}

func (q *request) targetPage(file programme.PlanFile, f programme.File, which string, refused error) error {
	on, err := progress.On(file.Plan, 0, q.today())
	if err != nil {
		return err
	}
	r, err := progress.Of(q.Context(), q.view(), programme.PlanFile{Plan: file.Plan, Targets: []programme.File{f}}, on)
	if err != nil {
		return err
	}
	p := page.PlanPage{Shell: q.shell(f.Def.No + ". " + f.Def.Name(q.lang()))}
	p.Shell.Crumbs = q.planCrumbs(page.Link{Text: file.Plan.Titles.In(q.lang()), Href: targetPlanPath(file.Plan.Code)})
	if len(r.Lines) > 0 {
		l := r.Lines[0]
		p.Shell.Lead = dotted(progress.FigureSaid(q.speaker(), l), progress.BandSaid(q.speaker(), l))
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("plan.target"), Facts: q.lineFacts(file.Plan, l)})
		deeds, err := q.deedsPart(l)
		if err != nil {
			return err
		}
		if deeds.Head != "" {
			p.Parts = append(p.Parts, deeds)
		}
	}
	months, err := progress.Months(q.Context(), q.view(), q.speaker(), programme.PlanFile{Plan: file.Plan, Targets: []programme.File{f}}, on, q.say("plan.months.head"))
	if err != nil {
		return err
	}
	if !months.Empty() {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("plan.months.head"), Picture: months})
	}
	told, err := q.feederPart(file.Plan, f)
	if err != nil {
		return err
	}
	p.Parts = append(append(p.Parts, told...), q.actualsPart(f), q.versionsPart(file.Plan, f))
	forms, err := q.targetForms(file.Plan, f, which, refused)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, forms...)
	past, err := q.officePast("plan_target", int64(f.ID))
	if err != nil {
		return err
	}
	if len(past) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("common.history"), Past: past})
	}
	if refused != nil {
		return q.again(page.PlanShown(p))
	}
	return q.show(page.PlanShown(p))
}

// lineFacts tell all that is known of a target on a day.
func (q *request) lineFacts(p programme.Plan, l programme.Progress) []page.Fact {
	to := q.speaker()
	var facts []page.Fact
	for _, by := range l.By {
		a, _ := p.Authority(by.Value.Authority)
		share := ""
		if by.Share != nil {
			share = to.Percent(programme.Percent(by.Share))
		}
		paper := a.Paper
		if !by.Value.Paper.IsZero() {
			paper = by.Value.Paper
		}
		own := l
		own.Band, own.Lost = by.Band, l.Lost && by.Value.Authority == p.Lead()
		facts = append(facts, page.Fact{Name: q.say("plan.value.by", a.Names.In(q.lang())), Text: dotted(progress.PlanSaid(to, l.Def, by.Value), share), Note: progress.PaperSaid(to, paper), Mark: q.bandMark(own)})
	}
	facts = append(facts, page.Fact{Name: q.say("plan.direction"), Text: q.say("plan.direction." + string(l.Def.Direction))})
	if l.Rat != nil {
		facts = append(facts, page.Fact{Name: q.say("plan.actual"), Text: progress.FigureSaid(to, l), Note: dotted(q.say("plan.on.said", to.DateShort(calendar.OnDay(l.Actual.On))), l.Actual.Source.Title, l.Actual.Note)})
	} else {
		facts = append(facts, page.Fact{Name: q.say("plan.actual"), Text: q.say("plan.figure.missing")})
	}
	if l.Def.Baseline != nil {
		facts = append(facts, page.Fact{Name: q.say("plan.baseline"), Text: progress.WithUnit(to, l.Def.Baseline.Said(to.Lang), l.Def)})
	}
	if l.LastYear != nil {
		facts = append(facts, page.Fact{Name: q.say("plan.last"), Text: progress.WithUnit(to, programme.Said(l.LastYear, to.Lang), l.Def), Note: progress.ChangeSaid(to, l.Change)})
	}
	return append(facts, page.Fact{Name: q.say("plan.measure"), Text: l.Def.Measure}, page.Fact{Name: q.say("plan.who"), Text: l.Def.Who}, page.Fact{Name: q.say("plan.rule"), Text: q.say("plan.rule." + string(l.Def.Rule))}, page.Fact{Name: q.say("plan.target.code"), Text: l.Target.Code}, page.Fact{Name: q.say("plan.note"), Text: l.Def.Note})
}

// deedsShown is how many deeds behind a figure stand on its page.
const deedsShown = 50

// deedsPart lists the deeds behind a figure that the journal tells.
func (q *request) deedsPart(l programme.Progress) (page.DeskPart, error) {
	if l.Actual == nil || len(l.Actual.Deeds) == 0 {
		return page.DeskPart{}, nil
	}
	part := page.DeskPart{Head: q.say("plan.figure.deeds"), Lines: []string{q.say("plan.figure.deeds.said", len(l.Actual.Deeds))}}
	for _, id := range l.Actual.Deeds[max(0, len(l.Actual.Deeds)-deedsShown):] {
		d, err := q.view().Deed(q.Context(), id)
		if fault.KindOf(err) == fault.Forbidden {
			continue
		}
		if err != nil {
			return part, err
		}
		shown, err := q.named(d)
		if err != nil {
			return part, err
		}
		part.Facts = append(part.Facts, page.Fact{Name: q.speaker().DateShort(d.Day), Text: q.titleWith(d, shown.kind, shown.called), Href: deedPath(d.ID)})
	}
	return part, nil
}

// actualsPart lists what was reported of a target.
func (q *request) actualsPart(f programme.File) page.DeskPart {
	to := q.speaker()
	t := page.Table{Caption: q.say("plan.figure.list"), Quiet: true, Columns: []page.Column{{Head: q.say("plan.actual.on"), Chief: true}, {Head: q.say("plan.actual"), Figure: true}, {Head: q.say("plan.last"), Figure: true}, {Head: q.say("plan.figure.source")}}}
	t.Empty = page.Empty{Glyph: page.GlyphReport, Head: q.say("plan.figure.missing"), Text: q.say("plan.figures.text")}
	if f.Def.Measure != "" {
		t.Empty.Head, t.Empty.Text = q.say("plan.measure"), q.say("plan.measure.said", f.Def.Measure)
	}
	for _, a := range slices.Backward(f.Actuals) {
		line := programme.Progress{Def: f.Def, Actual: &a, Rat: a.Rat(f.Def.Per)}
		made, last := "", ""
		if a.Num != nil && a.Den != nil {
			made = a.Num.Said(to.Lang) + "/" + a.Den.Said(to.Lang)
		}
		if a.LastYear != nil {
			last = a.LastYear.Said(to.Lang)
		}
		row := page.Row{Cells: []page.Cell{{Text: to.DateShort(calendar.OnDay(a.On))}, {Text: progress.FigureSaid(to, line), Note: made}, {Text: last}, {Text: a.Source.Title, Note: dotted(a.Source.Quote, a.Note)}}}
		if a.Fed != "" {
			row.Href, row.Cells[3].Note = a.Fed, q.say("plan.fed.units", a.Units)
		}
		t.Rows = append(t.Rows, row)
	}
	return page.DeskPart{Plain: true, Head: q.say("plan.figure.list"), Table: &t}
}

// versionsPart lists the definitions a target had.
func (q *request) versionsPart(p programme.Plan, f programme.File) page.DeskPart {
	part := page.DeskPart{Head: q.say("plan.versions")}
	for _, v := range slices.Backward(f.Versions) {
		planned := ""
		for _, a := range p.Authorities {
			if value, ok := v.Def.By(a.Code); ok {
				planned = dotted(planned, a.Names.In(q.lang())+" "+progress.PlanSaid(q.speaker(), v.Def, value))
			}
		}
		reason := v.Reason
		if v.N == 1 && reason == "" {
			reason = q.say("plan.version.first")
		}
		note := dotted(reason, progress.PaperSaid(q.speaker(), v.Paper), q.when(v.At), v.Name)
		if v.Breaks {
			note = dotted(q.say("plan.version.breaks"), note)
		}
		if v.Def.Dropped {
			planned = q.say("plan.version.drop")
		}
		part.Facts = append(part.Facts, page.Fact{Name: q.say("plan.version.said", strconv.Itoa(v.N), q.speaker().DateShort(calendar.OnDay(v.Since))), Text: firstOf(planned, v.Def.Name(q.lang())), Note: note})
	}
	return part
}

// targetForms report a figure, take one back, change the target or strike it.
func (q *request) targetForms(p programme.Plan, f programme.File, which string, refused error) ([]page.DeskPart, error) {
	wrongOf := func(form string) page.Problems {
		if form == which {
			return page.ProblemsOf(refused, q.reader)
		}
		return nil
	}
	var parts []page.DeskPart
	path := q.targetPath(p, f.Target)
	if p.Standing == programme.Adopted && f.Def.Measure == "" && q.may(access.PostDeeds, p.Body) {
		figure := q.figureForm(p, f, wrongOf("figure"))
		figure.Head.Action = path + "/figure"
		parts = append(parts, page.DeskPart{Plain: true, Form: &figure})
		var options []page.Option
		for _, a := range slices.Backward(f.Actuals) {
			if a.Fed == "" {
				options = append(options, page.Option{Value: idText(a.ID), Text: q.speaker().DateShort(calendar.OnDay(a.On))})
			}
		}
		if len(options) > 0 {
			back := page.DeskForm{Head: page.FormHead{Action: path + "/back"}, Fold: q.say("plan.figure.back"), Do: q.say("plan.figure.back.do"), Danger: true, Fields: []templ.Component{
				page.Select(q.reader, page.Field{Name: "figure", ID: "back", Label: q.say("plan.figure.which"), Whole: true}, options),
			}}
			parts = append(parts, page.DeskPart{Plain: true, Form: &back})
		}
	}
	if !q.may(access.KeepOffice, p.Body) {
		return parts, nil
	}
	edit, err := q.targetForm(p, f.Target, wrongOf("target"))
	if err != nil {
		return nil, err
	}
	edit.Head.Action, edit.Head.Revision, edit.Quiet = path, idText(f.Revision), true
	edit.Fold, edit.Do = q.say("plan.target.edit"), q.say("common.save")
	if p.Standing == programme.Adopted {
		edit.Fold, edit.Do = q.say("plan.version.new"), q.say("plan.version.do")
	}
	parts = append(parts, page.DeskPart{Plain: true, Form: &edit})
	if p.Standing == programme.Drafted {
		strike := page.DeskForm{Head: page.FormHead{Action: path + "/strike"}, Fold: q.say("plan.strike"), Do: q.say("plan.strike"), Danger: true}
		parts = append(parts, page.DeskPart{Plain: true, Form: &strike})
	}
	return parts, nil
}

// targetForm asks for a target; of an adopted plan also from when, and why.
func (q *request) targetForm(p programme.Plan, t programme.Target, wrong page.Problems) (page.DeskForm, error) {
	r, d := q.reader, t.Def
	field := func(name, key, has string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.typedOr(wrong, name, has), Max: 300})
	}
	name := field("name", "plan.title", d.Names["vi"])
	name.Needed, name.Whole = true, true
	no := field("no", "plan.target.no", d.No)
	no.Short = true
	fields := []templ.Component{page.TextInput(r, name), page.TextInput(r, no), page.TextInput(r, field("unit", "plan.unit", d.Units["vi"])), page.TextInput(r, field("group", "plan.target.group", d.Group["vi"]))}
	directions := make([]string, 0, 4)
	for _, one := range programme.Directions() {
		directions = append(directions, string(one))
	}
	fields = append(fields, page.Select(r, field("direction", "plan.direction", firstOf(string(d.Direction), string(programme.More))), q.options("plan.direction.", "", directions...)))
	for _, a := range p.Authorities {
		f := wrong.Mark(page.Field{Name: "value-" + a.Code, Label: q.say("plan.value.by", a.Names.In(q.lang())), Short: true})
		if v, ok := d.By(a.Code); ok {
			f.Value = v.Plan.Said(r.Lang)
		}
		f.Value = q.typedOr(wrong, f.Name, f.Value)
		fields = append(fields, page.NumberInput(r, f))
	}
	more, err := q.targetMore(p, t, wrong, field)
	if err != nil {
		return page.DeskForm{}, err
	}
	fields = append(fields, page.Folded(q.say("plan.more"), "", len(wrong) > 0, more))
	if p.Standing == programme.Adopted {
		fields = append(fields, q.versionFields(wrong)...)
	}
	return page.DeskForm{Wrong: wrong, Head: page.FormHead{Rejected: len(wrong) > 0}, Fields: fields}, nil
}

// targetMore asks what is rarely needed of a target.
func (q *request) targetMore(p programme.Plan, t programme.Target, wrong page.Problems, field func(name, key, has string) page.Field) ([]templ.Component, error) {
	r, d := q.reader, t.Def
	measures, err := q.measureOptions(figuresAsked{of: p.Body})
	if err != nil {
		return nil, err
	}
	measures = slices.DeleteFunc(measures, func(o page.Option) bool { return o.Value == (deed.Measure{}).Key() })
	options := append([]page.Option{{Text: q.say("plan.measure.none")}, {Value: tally.Members, Text: q.say("plan.measure.members")}, {Value: tally.Households, Text: q.say("plan.measure.households")}}, measures...)
	rules := make([]string, 0, 4)
	for _, one := range programme.Rules() {
		rules = append(rules, string(one))
	}
	baseline := field("baseline", "plan.baseline", "")
	if d.Baseline != nil && len(wrong) == 0 {
		baseline.Value = d.Baseline.Said(r.Lang)
	}
	baseline.Hint, baseline.Short = q.say("plan.baseline.hint"), true
	yes := ""
	if d.FromBaseline {
		yes = "yes"
	}
	from := field("from", "plan.from.baseline", yes)
	from.Hint = q.say("plan.from.baseline.hint")
	code := field("target-code", "plan.target.code", t.Code)
	code.Hint, code.Fixed = q.say("plan.target.code.hint"), t.ID != 0
	note := field("note", "plan.note", d.Note)
	note.ID, note.Whole = "target-note", true
	return []templ.Component{
		page.TextInput(r, field("who", "plan.who", d.Who)),
		page.Select(r, field("per", "plan.per", strconv.FormatInt(d.Per, 10)), []page.Option{{Value: "0", Text: q.say("plan.per.none")}, {Value: "100", Text: q.say("plan.per.percent")}, {Value: "1", Text: q.say("plan.per.each")}}),
		page.Select(r, field("rule", "plan.rule", firstOf(string(d.Rule), string(programme.Sum))), q.options("plan.rule.", "", rules...)),
		page.Select(r, field("measure", "plan.measure", d.Measure), options),
		page.NumberInput(r, baseline), page.Tick(from), page.TextInput(r, code),
		page.TextInput(r, field("name-en", "plan.title.en", d.Names["en"])), page.TextInput(r, field("name-fr", "plan.title.fr", d.Names["fr"])), page.TextInput(r, note),
	}, nil
}

// versionFields ask from when a new version holds, and why.
func (q *request) versionFields(wrong page.Problems) []templ.Component {
	r := q.reader
	since := wrong.Mark(page.Field{Name: "since", Label: q.say("plan.version.since"), Value: firstOf(q.value("since"), dayTyped(q.today())), Short: true})
	reason := wrong.Mark(page.Field{Name: "reason", Label: q.say("plan.version.reason"), Value: q.value("reason"), Needed: true, Whole: true, Max: 1000})
	number := page.Field{Name: "paper", Label: q.say("plan.number"), Value: q.value("paper"), Max: 100}
	return []templ.Component{
		page.DateInput(r, since), page.TextInput(r, number), page.TextInput(r, reason),
		page.Tick(page.Field{Name: "breaks", Label: q.say("plan.version.breaks"), Value: q.value("breaks"), Whole: true}), page.Tick(page.Field{Name: "dropped", Label: q.say("plan.version.drop"), Value: q.value("dropped"), Whole: true}),
	}
}

// targetGiven reads the answers about a target.
func (q *request) targetGiven(p programme.Plan, t programme.Target) (programme.Target, programme.Version, error) {
	var found []error
	d, v := t.Def, programme.Version{}
	d.Names = programme.Words{"vi": q.value("name"), "en": q.value("name-en"), "fr": q.value("name-fr")}
	d.Units, d.Group = reworded(d.Units, q.value("unit")), reworded(d.Group, q.value("group"))
	d.No, d.Direction, d.Rule, d.Measure, d.Who, d.Note = q.value("no"), programme.Direction(q.value("direction")), programme.Rule(q.value("rule")), q.value("measure"), q.value("who"), q.value("note")
	d.Per, _ = strconv.ParseInt(q.value("per"), 10, 64) //nolint:errcheck // one of the options; nonsense is no ratio
	d.FromBaseline, d.Baseline, d.Values = q.value("from") == "yes", nil, nil
	if typed := q.value("baseline"); typed != "" {
		n, err := programme.ParseNumber("baseline", typed, q.reader.Lang)
		found, d.Baseline = append(found, err), &n
	}
	for _, a := range p.Authorities {
		typed := q.value("value-" + a.Code)
		if typed == "" {
			continue
		}
		n, err := programme.ParseNumber("value-"+a.Code, typed, q.reader.Lang)
		found = append(found, err)
		value := programme.Value{Authority: a.Code, Plan: n}
		if was, ok := t.Def.By(a.Code); ok {
			value.Paper = was.Paper
		}
		d.Values = append(d.Values, value)
	}
	if t.ID == 0 {
		t.Code = q.value("target-code")
	}
	if p.Standing == programme.Adopted {
		var err error
		v.Since, err = q.oneDay("since")
		found = append(found, err)
		v.Reason, v.Paper.Number, v.Breaks, d.Dropped = q.value("reason"), q.value("paper"), q.value("breaks") == "yes", q.value("dropped") == "yes"
	}
	t.Def = d
	return t, v, fault.Gather(found...)
}

// reworded keeps what something is called in other languages while its Vietnamese
// stays the same.
func reworded(was programme.Words, vi string) programme.Words {
	if was["vi"] == vi {
		return was
	}
	return programme.Words{"vi": vi}
}

// setTarget writes a target: set in a draft, changed in an adopted plan.
func (q *request) setTarget(p programme.Plan, t programme.Target, based int64) (programme.Target, error) {
	t, v, err := q.targetGiven(p, t)
	if err != nil {
		return t, err
	}
	why := "plan.why.target"
	if p.Standing == programme.Adopted {
		why = "plan.why.change"
	}
	saved := t
	err = q.write(why, func(ctx context.Context, tx *store.Tx) (err error) {
		if p.Standing == programme.Adopted {
			saved, err = programme.Change(ctx, tx, q.actor, t, based, v)
		} else {
			saved, err = programme.Set(ctx, tx, q.actor, t, based)
		}
		return err
	})
	if err != nil {
		return t, err
	}
	return saved, nil
}

// targetNew asks for a further target.
func (s *Server) targetNew(q *request) error {
	file, err := q.planKept(access.KeepOffice)
	if err != nil {
		return err
	}
	return q.targetNewPage(file, programme.Target{}, nil)
}

func (q *request) targetNewPage(file programme.PlanFile, t programme.Target, refused error) error {
	form, err := q.targetForm(file.Plan, t, page.ProblemsOf(refused, q.reader))
	if err != nil {
		return err
	}
	form.Head.Action, form.Do, form.Leave = targetPlanPath(file.Plan.Code)+"/new", q.say("plan.target.enter"), page.Link{Text: q.say("common.cancel"), Href: targetPlanPath(file.Plan.Code)}
	p := page.PlanPage{Shell: q.shell(q.say("plan.target.new")), Parts: []page.DeskPart{{Plain: true, Form: &form}}}
	p.Shell.Crumbs = q.planCrumbs(page.Link{Text: file.Plan.Titles.In(q.lang()), Href: targetPlanPath(file.Plan.Code)})
	if refused != nil {
		return q.again(page.PlanShown(p))
	}
	return q.show(page.PlanShown(p))
}

// targetEnter adds a target.
func (s *Server) targetEnter(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	file, err := q.planKept(access.KeepOffice)
	if err != nil {
		return err
	}
	t, err := q.setTarget(file.Plan, programme.Target{Plan: file.Plan.ID}, 0)
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.targetNewPage(file, t, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(q.targetPath(file.Plan, t), q.well("plan.target.entered"))
}

// onTarget does something with the target that the address names.
func (q *request) onTarget(form, done string, do func(file programme.PlanFile, f programme.File) error) error {
	if err := q.read(); err != nil {
		return err
	}
	file, f, err := q.targetAsked()
	if err != nil {
		return err
	}
	if err := do(file, f); err != nil {
		if fault.KindOf(err) == fault.Invalid {
			return q.targetPage(file, f, form, err)
		}
		return err
	}
	return q.doneAt(q.targetPath(file.Plan, f.Target), q.well(done))
}

// targetSave changes a target.
func (s *Server) targetSave(q *request) error {
	return q.onTarget("target", "common.saved", func(file programme.PlanFile, f programme.File) error {
		_, err := q.setTarget(file.Plan, f.Target, q.id("revision"))
		return err
	})
}

// targetStrike takes a target out of a plan that is being drawn up.
func (s *Server) targetStrike(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	file, f, err := q.targetAsked()
	if err != nil {
		return err
	}
	err = q.write("plan.why.strike", func(ctx context.Context, tx *store.Tx) error { return programme.Strike(ctx, tx, q.actor, f.ID) })
	if err != nil {
		return err
	}
	return q.doneAt(targetPlanPath(file.Plan.Code), q.well("plan.strike.done"))
}
