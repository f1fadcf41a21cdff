package contest

import (
	"cmp"
	"context"
	"math/big"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Result is what was published of a unit, or all that is known of a year before
// the book: then numbers may be missing.
type Result struct {
	Unit      body.ID `json:"unit"`
	Rank      int     `json:"rank"` // 0: not known
	Shared    bool    `json:"shared,omitempty"`
	Total     *Points `json:"total,omitempty"`
	Base      *Points `json:"base,omitempty"`
	Bonus     *Points `json:"bonus,omitempty"`
	Deduction *Points `json:"deduction,omitempty"`
	Assigned  *Points `json:"assigned,omitempty"`
	Class     string  `json:"class,omitempty"`
	Note      string  `json:"note,omitempty"`
}

// AmendmentID identifies a decision after publication for ever.
type AmendmentID int64

// Amendment is a decision on an appeal: it stands beside what was published and
// erases nothing.
type Amendment struct {
	ID        AmendmentID `json:"id"`
	Contest   ID          `json:"contest"`
	Unit      body.ID     `json:"unit"`
	Criterion CriterionID `json:"criterion,omitempty"`
	From      Points      `json:"from"` // the unit's total before
	To        Points      `json:"to"`
	Decree    Decree      `json:"decree"`
	Reason    string      `json:"reason"`
	At        int64       `json:"at"`
	By        string      `json:"by"`
	Revision  int64       `json:"revision"`
}

// decide gives the totals that count: each unit's at the last stage that scored
// it whole. A stage still at work does not count before it is through, or a unit
// would seem to lose all that was not yet looked at.
func (c Contest) decide(units []Unit, t *Table, totals map[body.ID]map[string]Total) []Total {
	var all []Total
	for _, u := range units {
		stage, of := c.Counting(t, u.Body, func(stage string) int { return totals[u.Body][stage].Scored })
		total := c.Settle(t, u.Body, totals[u.Body][stage])
		total.Of, total.Stage = of, stage
		all = append(all, total)
	}
	return all
}

// Counting gives the stage whose scores of a unit count now, and how many criteria are
// put to the unit; scored says how many of them a stage scored.
func (c Contest) Counting(t *Table, unit body.ID, scored func(stage string) int) (stage string, of int) {
	for _, row := range t.Leaves(unit) {
		if !row.Outside() {
			of++
		}
	}
	stage, ok := c.Deciding(func(stage string) bool { return of > 0 && scored(stage) >= of })
	if !ok {
		stage, _ = c.Deciding(func(stage string) bool { return scored(stage) > 0 })
	}
	return stage, of
}

// Settle cuts the sums of one stage at the caps of the scale and clamps their
// total.
func (c Contest) Settle(t *Table, unit body.ID, total Total) Total {
	total.Unit, total.Assigned = unit, t.Assigned(unit)
	total.Bonus, total.Deduction = min(total.Bonus, c.Scale.Bonus), min(total.Deduction, c.Scale.Deduction)
	total.Sum = c.Scale.Clamp(total.Base + total.Bonus - total.Deduction)
	return total
}

// Standings puts the units of a contest in order as the scores stand now.
func Standings(c Contest, units []Unit, t *Table, totals map[body.ID]map[string]Total) []Place {
	return Rank(c.Ranking, t, c.decide(units, t, totals))
}

// Publish freezes the results. It is typed, final, and done only when every sheet
// has passed every stage.
func Publish(ctx context.Context, tx Tx, by access.Actor, id ID, word string, based int64) (Contest, error) {
	c, units, err := kept(ctx, tx, by, id, Opened)
	if err != nil {
		return Contest{}, err
	}
	if c.Revision != based {
		return Contest{}, fault.Outdated("common.outdated")
	}
	if !typed(word) {
		return Contest{}, fault.Field("word", "contest.publish.word")
	}
	var found []error
	for _, u := range units {
		s, err := tx.Sheet(ctx, id, u.Body)
		if err != nil {
			return Contest{}, err
		}
		if !s.Way.Ready {
			b, err := tx.Body(ctx, u.Body)
			if err != nil {
				return Contest{}, err
			}
			stage, _ := c.StageOf(s.Way.Stage)
			found = append(found, fault.Field("units", "contest.publish.waits", b.Saying(tx.Today()), fault.Saying(stage.Name)))
		}
	}
	if err := fault.Gather(found...); err != nil {
		return Contest{}, err
	}
	all, err := tx.Criteria(ctx, id)
	if err != nil {
		return Contest{}, err
	}
	table, err := NewTable(all)
	if err != nil {
		return Contest{}, err
	}
	totals, err := tx.Totals(ctx, id)
	if err != nil {
		return Contest{}, err
	}
	for _, p := range Standings(c, units, table, totals) {
		if err := tx.SaveResult(ctx, id, c.ResultOf(p)); err != nil {
			return Contest{}, err
		}
	}
	c.Standing = Published
	c.Revision++
	return c, tx.SaveContest(ctx, c)
}

// ResultOf gives what a place would be published as.
func (c Contest) ResultOf(p Place) Result {
	t := p.Total
	r := Result{Unit: t.Unit, Rank: p.Rank, Shared: p.Shared, Total: &t.Sum, Base: &t.Base, Bonus: &t.Bonus, Deduction: &t.Deduction, Assigned: &t.Assigned, Note: p.Reason}
	if class, ok := c.ClassOf(t.Sum); ok {
		r.Class = class.Code
	}
	return r
}

// RecordOutcome enters what is known of a past year, ranks or titles alone: no
// workflow stands between the book and what happened.
func RecordOutcome(ctx context.Context, tx Tx, by access.Actor, id ID, results []Result) (Contest, error) {
	c, units, err := kept(ctx, tx, by, id, Drafted)
	if err != nil {
		return Contest{}, err
	}
	if len(results) == 0 {
		return Contest{}, fault.Field("results", "contest.outcome.empty")
	}
	for _, r := range results {
		if !slices.ContainsFunc(units, func(u Unit) bool { return u.Body == r.Unit }) {
			return Contest{}, fault.Field("results", "contest.unit.missing")
		}
		if r.Rank < 0 || r.Rank > len(units) {
			return Contest{}, fault.Field("results", "contest.outcome.rank", r.Rank, len(units))
		}
		if err := tx.SaveResult(ctx, id, r); err != nil {
			return Contest{}, err
		}
	}
	c.Standing = Published
	c.Revision++
	return c, tx.SaveContest(ctx, c)
}

// Appeal records a decision that amends a published result.
func Appeal(ctx context.Context, tx Tx, by access.Actor, a Amendment) (Amendment, error) {
	c, _, err := kept(ctx, tx, by, a.Contest, Published)
	if err != nil {
		return Amendment{}, err
	}
	var found []error
	if strings.TrimSpace(a.Reason) == "" {
		found = append(found, fault.Field("reason", "contest.reason.missing"))
	}
	if a.Decree.Day == 0 || a.Decree.Day > tx.Today() {
		found = append(found, fault.Field("day", "contest.decree.day"))
	}
	if a.To != c.Scale.Clamp(a.To) || a.To < 0 {
		found = append(found, fault.Field("to", "contest.appeal.range"))
	}
	if err := fault.Gather(found...); err != nil {
		return Amendment{}, err
	}
	results, err := tx.Results(ctx, a.Contest)
	if err != nil {
		return Amendment{}, err
	}
	i := slices.IndexFunc(results, func(r Result) bool { return r.Unit == a.Unit })
	if i < 0 || results[i].Total == nil {
		return Amendment{}, fault.Missing("contest.unit.missing")
	}
	a.ID, a.From, a.At, a.By, a.Revision = AmendmentID(tx.NewID()), *results[i].Total, tx.NowMilli(), by.Name, 1
	return a, tx.SaveAmendment(ctx, a)
}

// Amended gives results as the decisions after publication left them, in their new
// order and class; what was published is untouched. Units whose totals nobody
// amended stay among themselves as they were published, ties told apart and all.
func (c Contest) Amended(results []Result, decisions []Amendment) []Result {
	all := slices.Clone(results)
	if len(decisions) == 0 {
		return all
	}
	moved := map[body.ID]bool{}
	for _, a := range decisions {
		if i := slices.IndexFunc(all, func(r Result) bool { return r.Unit == a.Unit }); i >= 0 {
			to := a.To
			class, _ := c.ClassOf(to)
			all[i].Total, all[i].Class, moved[a.Unit] = &to, class.Code, true
		}
	}
	slices.SortStableFunc(all, func(a, b Result) int {
		if n := b.measure(c.Ranking.By).Cmp(a.measure(c.Ranking.By)); n != 0 {
			return n
		}
		return cmp.Compare(a.Rank, b.Rank)
	})
	published := slices.Clone(all)
	for i := range all {
		if all[i].Total == nil {
			continue // only its rank was ever known
		}
		all[i].Rank, all[i].Shared = i+1, false
		if i == 0 || all[i].measure(c.Ranking.By).Cmp(all[i-1].measure(c.Ranking.By)) != 0 {
			continue
		}
		if moved[all[i].Unit] || moved[all[i-1].Unit] || published[i].Rank == published[i-1].Rank {
			all[i].Rank, all[i].Shared, all[i-1].Shared = all[i-1].Rank, true, true
		}
	}
	return all
}

// measure is by what a result is ranked; what is not known stands behind all else.
func (r Result) measure(by string) *big.Rat {
	switch {
	case r.Total == nil:
		return big.NewRat(-1, 1)
	case by == ByShare && r.Assigned != nil:
		return Total{Sum: *r.Total, Assigned: *r.Assigned}.Share()
	}
	return r.Total.Rat()
}

// Pledge is one target a unit registers in its contract.
type Pledge struct {
	Text     string `json:"text"`
	Measure  string `json:"measure,omitempty"` // whose figure will show whether it was kept
	Target   string `json:"target,omitempty"`  // exact decimal
	Unit     string `json:"unit,omitempty"`
	Currency string `json:"currency,omitempty"`
}

// Contract is what one unit signs for the year.
type Contract struct {
	Contest  ID           `json:"contest"`
	Unit     body.ID      `json:"unit"`
	Signed   calendar.Day `json:"signed,omitempty"` // 0: not yet
	Signer   string       `json:"signer,omitempty"`
	Office   string       `json:"office,omitempty"`
	Targets  []Pledge     `json:"targets,omitempty"`
	Titles   []string     `json:"titles,omitempty"` // awards it registered for
	Revision int64        `json:"revision"`
}

// Sign enters a unit's contract: what it registers and, once it did, that it
// signed. The unit itself or who keeps the contest may do so.
func Sign(ctx context.Context, tx Tx, by access.Actor, k Contract, based int64) (Contract, error) {
	c, units, seat, err := seatIn(ctx, tx, by, k.Contest)
	if err != nil {
		return Contract{}, err
	}
	if !slices.ContainsFunc(units, func(u Unit) bool { return u.Body == k.Unit }) {
		return Contract{}, fault.Missing("contest.unit.missing")
	}
	if !seat.Keeps() && !by.Can(access.FileReports, k.Unit) {
		return Contract{}, fault.Forbid("contest.forbidden.unit")
	}
	if c.Standing == Published {
		return Contract{}, fault.Refuse("contest.standing." + string(c.Standing))
	}
	before, err := tx.Contract(ctx, k.Contest, k.Unit)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Contract{}, err
	}
	if before.Revision != based {
		return Contract{}, fault.Outdated("common.outdated")
	}
	var found []error
	if k.Signed > tx.Today() {
		found = append(found, fault.Field("signed", "contest.signed.future"))
	}
	if k.Signed != 0 && strings.TrimSpace(k.Signer) == "" {
		found = append(found, fault.Field("signer", "contest.signer.missing"))
	}
	for _, p := range k.Targets {
		if strings.TrimSpace(p.Text) == "" {
			found = append(found, fault.Field("targets", "contest.pledge.text"))
		}
	}
	if err := fault.Gather(found...); err != nil {
		return Contract{}, err
	}
	k.Revision = based + 1
	return k, tx.SaveContract(ctx, k)
}
