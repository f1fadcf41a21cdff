package web

import (
	"slices"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/page"
	"kith.app/internal/programme"
	"kith.app/internal/reporting"
)

// feederPart says which question of which form tells a target.
func (q *request) feederPart(p programme.Plan, f programme.File) ([]page.DeskPart, error) {
	all, err := q.view().PlanFeeders(q.Context(), p.ID)
	if err != nil || len(all[f.Code]) == 0 {
		return nil, err
	}
	part := page.DeskPart{Head: q.say("plan.fed"), Lines: []string{q.say("plan.fed.text")}}
	for _, told := range all[f.Code] {
		part.Facts = append(part.Facts, page.Fact{Name: q.formName(told.Form), Text: q.questionName(told.Question), Note: q.say("reporting.as." + string(told.Question.As)), Href: formPath(told.Form)})
	}
	return []page.DeskPart{part}, nil
}

// targetsBack is how long after its end a plan is still offered to be told by a form.
const targetsBack = 400

// targetField asks which target of a plan the answers tell: of those for whose body the
// reader reports.
func (q *request) targetField(one reporting.Question, wrong page.Problems) (templ.Component, error) {
	options := []page.Option{{Text: q.say("reporting.target.none")}}
	files, err := q.view().PlanFiles(q.Context(), programme.Asked{Limit: -1})
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if !q.may(access.PostDeeds, f.Plan.Body) || f.Plan.Period.To < q.today()-targetsBack {
			continue
		}
		for _, t := range f.Targets {
			if t.Def.Measure == "" && t.Def.Per == 0 && t.Def.Direction != programme.YesNo && !t.Def.Dropped {
				options = append(options, page.Option{Value: f.Plan.Code + "/" + t.Code, Text: f.Plan.Titles.In(q.lang()) + " › " + t.Def.No + ". " + t.Def.Name(q.lang())})
			}
		}
	}
	if one.Target != "" && !slices.ContainsFunc(options, func(o page.Option) bool { return o.Value == one.Target }) {
		options = append(options, page.Option{Value: one.Target, Text: one.Target}) // named by another
	}
	return page.Select(q.reader, wrong.Mark(page.Field{Name: "target", Label: q.say("reporting.target"), Hint: q.say("reporting.target.hint"), Value: one.Target, Whole: true}), options), nil
}

// targetNamed names the target that a question tells, as far as the reader may read it.
func (q *request) targetNamed(one reporting.Question) string {
	plan, target, _ := one.TargetCodes()
	file, err := q.view().PlanFile(q.Context(), plan)
	if err != nil {
		return one.Target
	}
	for _, t := range file.Targets {
		if t.Code == target {
			return file.Plan.Titles.In(q.lang()) + " › " + t.Def.Name(q.lang())
		}
	}
	return one.Target
}
