// Package appraisal reads the journal for contests: what it proposes for each
// criterion of a unit, with the steps and the deeds that prove it, and why a unit
// lost points on the way. It puts contests and figures together and keeps nothing.
package appraisal

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/tally"
)

// Book is what proposals are read from.
type Book interface {
	tally.Roll
	ContestDeeds(ctx context.Context, unit body.ID, m deed.Measure, p calendar.Period) ([]deed.ID, error)
}

// facts answers the expressions of one unit's criteria from the journal.
type facts struct {
	ctx      context.Context
	book     Book
	contest  contest.Contest
	table    *contest.Table
	unit     body.ID
	scores   map[contest.CriterionID]contest.Score
	deciding []string // criteria being worked out, so that none waits for itself
}

// Fact gives a measure of the unit, with all below it.
func (f *facts) Fact(measure string, last bool) (contest.Fact, error) {
	period := f.contest.Period
	if last {
		period = yearBefore(period)
	}
	answers, err := tally.Answer(f.ctx, f.book, tally.Question{Body: f.unit, Measure: measure, Period: period})
	if err != nil {
		return contest.Fact{}, err
	}
	if len(answers) != 1 {
		return contest.Fact{}, fault.Field("value", "contest.measure.currency", measure)
	}
	a := answers[0]
	unit := a.Unit
	if a.Currency != "" {
		unit += ":" + a.Currency
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(a.Decimals)), nil)
	fact := contest.Fact{Value: new(big.Rat).SetFrac(big.NewInt(a.Figure.Qty), scale), Unit: unit, Qualifier: a.Figure.Qualifier}
	if m, err := deed.ParseMeasure(a.Code); err == nil {
		m.Currency = currencyOf(a)
		if fact.Deeds, err = f.book.ContestDeeds(f.ctx, f.unit, m, period); err != nil {
			return contest.Fact{}, err
		}
	}
	return fact, nil
}

// Given gives what another criterion of the table gave the unit: the score it
// has, else what the journal proposes. A criterion that leads back to itself is
// refused.
func (f *facts) Given(no string) (contest.Points, error) {
	if slices.Contains(f.deciding, no) {
		return 0, fault.Field("value", "contest.formula.loop", strings.Join(append(f.deciding, no), " → "))
	}
	id, ok := f.table.Numbered(no)
	if !ok {
		return 0, fault.Field("value", "contest.criterion.unknown", no)
	}
	if s, scored := f.scores[id]; scored {
		return s.Points, nil
	}
	c, _ := f.table.Of(id)
	f.deciding = append(f.deciding, no)
	defer func() { f.deciding = f.deciding[:len(f.deciding)-1] }()
	p, err := contest.Propose(c, f.contest.Scale, f, contest.Input{})
	return p.Points, err
}

// yearBefore is the same period a year earlier.
func yearBefore(p calendar.Period) calendar.Period {
	return calendar.Period{From: p.From.AddYears(-1), To: p.To.AddYears(-1)}
}

// Sheet is a unit's sheet to be worked out.
type Sheet struct {
	Contest contest.Contest
	Table   *contest.Table
	Unit    body.ID
	Scores  map[contest.CriterionID]contest.Score // given so far
}

func (s Sheet) facts(ctx context.Context, b Book, row contest.Criterion) *facts {
	return &facts{ctx: ctx, book: b, contest: s.Contest, table: s.Table, unit: s.Unit, scores: s.Scores, deciding: []string{row.No}}
}

// Proposals works out what the journal proposes for every criterion put to a unit.
// What cannot be worked out is told with its reason, beside the others.
func Proposals(ctx context.Context, b Book, s Sheet) (map[contest.CriterionID]contest.Proposal, map[contest.CriterionID]error, error) {
	proposed, failed := map[contest.CriterionID]contest.Proposal{}, map[contest.CriterionID]error{}
	for _, row := range s.Table.Leaves(s.Unit) {
		p, err := contest.Propose(row, s.Contest.Scale, s.facts(ctx, b, row), contest.Input{})
		switch {
		case err != nil && fault.KindOf(err) == fault.Internal:
			return nil, nil, err
		case err != nil:
			failed[row.ID] = err
		case p.Known:
			proposed[row.ID] = p
		}
	}
	return proposed, failed, nil
}

// Judge works out what a value entered by hand gives for one criterion.
func Judge(ctx context.Context, b Book, s Sheet, row contest.Criterion, in contest.Input) (contest.Proposal, error) {
	return contest.Propose(row, s.Contest.Scale, s.facts(ctx, b, row), in)
}

// Step is one change on a unit's way from the maximum to the published score.
type Step struct {
	Criterion contest.Criterion
	Stage     contest.Stage
	From, To  contest.Points
	Reason    string
	Name      string // who, where the reader may know
}

// Why tells why a unit has what it has: what it did not claim of the maximum, and
// every change of a score on the way through the stages, the greatest loss first.
func Why(c contest.Contest, t *contest.Table, unit body.ID, scores map[string]map[contest.CriterionID]contest.Score, changes []contest.Change) []Step {
	var all []Step
	for _, row := range t.Leaves(unit) {
		if row.Outside() {
			continue
		}
		before := row.Max
		for _, stage := range c.Stages {
			s, ok := scores[stage.Code][row.ID]
			if !ok {
				continue
			}
			if s.Points != before {
				all = append(all, Step{Criterion: row, Stage: stage, From: before, To: s.Points, Reason: s.Reason, Name: author(changes, stage.Code, row.ID)})
			}
			before = s.Points
		}
	}
	slices.SortStableFunc(all, func(a, b Step) int { return int((b.From - b.To) - (a.From - a.To)) })
	return all
}

// author is who last changed a score at a stage.
func author(changes []contest.Change, stage string, row contest.CriterionID) string {
	for _, c := range slices.Backward(changes) {
		if c.Stage == stage && c.Criterion == row {
			return c.Name
		}
	}
	return ""
}

// currencyOf is the currency of an answer.
func currencyOf(a tally.Answered) money.Currency { return money.Currency(a.Currency) }
