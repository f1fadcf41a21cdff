package web

import (
	"math/big"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
)

// trial is what a criterion gives on values to try.
type trial struct {
	fields []templ.Component
	steps  *page.Table
}

// sampled answers the expressions of a criterion with values to try, and notes
// what was asked for.
type sampled struct {
	q      *request
	asked  []string // names of the inputs, in the order they were asked
	called map[string]string
}

const sampleField = "sample-"

// sample gives the value of one input, ten where nothing was typed yet.
func (s *sampled) sample(name, called string) (*big.Rat, error) {
	name = sampleField + name
	if !slices.Contains(s.asked, name) {
		s.asked, s.called[name] = append(s.asked, name), called
	}
	typed := strings.ReplaceAll(s.q.value(name), ",", ".")
	if typed == "" {
		return big.NewRat(10, 1), nil
	}
	value, ok := new(big.Rat).SetString(typed)
	if !ok || len(typed) > 20 || strings.ContainsAny(typed, "eE/") {
		return nil, fault.Field(name, "contest.sample.form", typed)
	}
	return value, nil
}

// Fact gives a measure as it was typed, in the measure's own unit.
func (s *sampled) Fact(measure string, last bool) (contest.Fact, error) {
	m, err := deed.ParseMeasure(measure)
	if err != nil {
		return contest.Fact{}, fault.Field("value", "contest.measure.unknown", measure)
	}
	name, called := measure, measure
	if last {
		name, called = measure+"@last", s.q.say("contest.sample.last", measure)
	}
	unit := string(m.Unit)
	if m.Currency != "" {
		unit += ":" + string(m.Currency)
	}
	value, err := s.sample(name, called)
	return contest.Fact{Value: value, Unit: unit}, err
}

// Given gives what another criterion gave, as it was typed.
func (s *sampled) Given(no string) (contest.Points, error) {
	value, err := s.sample("criterion-"+no, s.q.say("contest.sample.criterion", no))
	if err != nil {
		return 0, err
	}
	return contest.Rounded(value, 4), nil
}

// tryCriterion shows what a criterion gives on samples, step by step.
func (q *request) tryCriterion(c contestSeen, row contest.Criterion, refused error) error {
	if refused != nil {
		return q.criterionPage(c, row, refused, nil)
	}
	facts := &sampled{q: q, called: map[string]string{}}
	var in contest.Input
	if row.Value == "" && row.Method != contest.YesNo {
		value, err := facts.sample("value", q.say("contest.sample.value"))
		if err != nil {
			return q.criterionPage(c, row, err, facts.shown(page.ProblemsOf(err, q.reader)))
		}
		in.Value = value
	} else if row.Value == "" {
		yes := true
		in.Yes = &yes
	}
	p, err := contest.Propose(row, c.Contest.Scale, facts, in)
	if err != nil {
		return q.criterionPage(c, row, err, facts.shown(page.ProblemsOf(err, q.reader)))
	}
	t := facts.shown(nil)
	if len(t.fields) == 0 {
		t.fields = []templ.Component{page.Hidden("sample-none", "yes")}
	}
	t.steps = q.stepTable(p)
	return q.criterionPage(c, row, nil, t)
}

// shown are the inputs for the values that were asked for.
func (s *sampled) shown(wrong page.Problems) *trial {
	t := &trial{}
	for _, name := range s.asked {
		value := s.q.value(name)
		if value == "" {
			value = "10"
		}
		t.fields = append(t.fields, page.NumberInput(s.q.reader, wrong.Mark(page.Field{Name: name, Label: s.called[name], Value: value, Short: true})))
	}
	return t
}

// stepTable shows how points came about.
func (q *request) stepTable(p contest.Proposal) *page.Table {
	t := page.Table{
		ID: "steps", Caption: q.say("contest.steps"),
		Columns: []page.Column{{Head: q.say("contest.step"), Chief: true}, {Head: q.say("contest.step.value"), Figure: true}, {Head: q.say("common.unit")}},
	}
	for _, s := range p.Steps {
		said, value := s.Text, s.Value
		if said == "=" {
			said = q.say("contest.sample.value")
		}
		if q.reader.Lang != locale.En {
			value = strings.ReplaceAll(value, ".", ",")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: said}, {Text: value}, {Text: s.Unit}}})
	}
	t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: q.say("contest.step.points")}, {Text: q.points(p.Points)}, {}}})
	return &t
}
