package contest

import (
	"cmp"
	"math/big"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// Proposal is what the journal proposes for one criterion of one unit: points
// with the steps that lead to them and the deeds that prove them. Known is false
// where only people can judge.
type Proposal struct {
	Criterion CriterionID    `json:"criterion"`
	Known     bool           `json:"known"`
	Points    Points         `json:"points"`
	Value     string         `json:"value,omitempty"` // what was counted or compared
	Steps     []Step         `json:"steps,omitempty"`
	Deeds     []deed.ID      `json:"deeds,omitempty"`
	Qualifier deed.Qualifier `json:"qualifier,omitempty"`
}

// Input is what people enter where a criterion is not read from the journal: a
// value for steps and targets, a count, a yes or no.
type Input struct {
	Value *big.Rat
	Yes   *bool
}

// Propose works out what a criterion gives a unit, from the journal or from what
// was entered in its place.
func Propose(c Criterion, scale Scale, facts Facts, in Input) (Proposal, error) {
	p := Proposal{Criterion: c.ID}
	value, err := valueOf(c, facts, in, &p)
	if err != nil {
		return p, err
	}
	if c.Method == YesNo && in.Yes != nil {
		p.Known = true
		if *in.Yes {
			p.Points = c.Max
		}
		return p, nil
	}
	if value == nil {
		return p, nil
	}
	p.Known, p.Value = true, exact(value)
	given, text, err := given(c, value, facts, &p)
	if err != nil {
		return p, err
	}
	p.Points = min(max(Rounded(given, scale.Decimals), 0), c.Max)
	p.Steps = append(p.Steps, Step{Text: text, Value: p.Points.String()})
	return p, nil
}

// valueOf gives what a criterion rests on: what was entered, else what its
// expression gives, else nothing.
func valueOf(c Criterion, facts Facts, in Input, p *Proposal) (*big.Rat, error) {
	if in.Value != nil {
		p.Steps = append(p.Steps, Step{Text: "=", Value: exact(in.Value)})
		return in.Value, nil
	}
	if c.Value == "" || c.Method == ByHand || c.Method == Group {
		return nil, nil
	}
	got, err := Evaluate("value", c.Value, facts)
	if err != nil {
		return nil, err
	}
	p.Steps, p.Deeds, p.Qualifier = got.Steps, got.Deeds, got.Qualifier
	return got.Value, nil
}

// given applies the method to a value and says how, before rounding.
func given(c Criterion, value *big.Rat, facts Facts, p *Proposal) (*big.Rat, string, error) {
	switch c.Method {
	case YesNo:
		if value.Sign() > 0 {
			return c.Max.Rat(), exact(value) + " > 0", nil
		}
		return new(big.Rat), exact(value) + " = 0", nil
	case PerCount, Bonus, Deduction:
		text := "min(" + c.Max.String() + "; " + exact(value) + " × " + c.Per.String() + ")"
		return new(big.Rat).Mul(value, c.Per.Rat()), text, nil
	case Tiers:
		points, text := reached(c, value)
		return points.Rat(), text, nil
	case ToTarget:
		target, err := Evaluate("target", c.Target, facts)
		if err != nil {
			return nil, "", err
		}
		if target.Value.Sign() <= 0 {
			return nil, "", fault.Field("target", "contest.target.zero", c.No)
		}
		p.Steps = append(p.Steps, target.Steps...)
		share := new(big.Rat).Quo(value, target.Value)
		text := "min(" + c.Max.String() + "; " + exact(value) + " / " + exact(target.Value) + " × " + c.Max.String() + ")"
		return share.Mul(share, c.Max.Rat()), text, nil
	case Formula, ByHand, Group:
	}
	return value, "min(" + c.Max.String() + "; " + exact(value) + ")", nil
}

// reached finds the highest step whose bound a value reaches; below the lowest
// there are no points.
func reached(c Criterion, value *big.Rat) (Points, string) {
	tiers := slices.Clone(c.Tiers)
	bound := func(t Tier) *big.Rat {
		r, _ := new(big.Rat).SetString(t.From)
		return r
	}
	slices.SortFunc(tiers, func(a, b Tier) int { return bound(b).Cmp(bound(a)) })
	for _, t := range tiers {
		if value.Cmp(bound(t)) >= 0 {
			return t.Points, exact(value) + " ≥ " + t.From
		}
	}
	return 0, exact(value) + " < " + tiers[len(tiers)-1].From
}

// Score is what one stage gave a unit for one criterion. A score of zero is a
// score; where there is none yet, there is no Score.
type Score struct {
	Contest   ID          `json:"contest"`
	Unit      body.ID     `json:"unit"`
	Criterion CriterionID `json:"criterion"`
	Stage     string      `json:"stage"`
	Points    Points      `json:"points"`
	Bonus     Points      `json:"bonus,omitempty"`
	Input     string      `json:"input,omitempty"`  // value entered by hand, exact decimal
	Reason    string      `json:"reason,omitempty"` // why it differs from what was proposed or given before
	Deeds     []deed.ID   `json:"deeds,omitempty"`  // evidence in the journal
	Papers    []int64     `json:"papers,omitempty"` // evidence on file
	Revision  int64       `json:"revision"`
}

// Check tells what a score breaks of its criterion. before is what was proposed or
// given before: a different score needs a reason.
func (s Score) Check(c Criterion, scale Scale, before *Points) error {
	var found []error
	if s.Points < 0 || s.Points > c.Max {
		found = append(found, fault.Field("points", "contest.score.range", s.Points.Saying(), c.Max.Saying()))
	}
	if s.Bonus < 0 || s.Bonus > c.BonusMax {
		found = append(found, fault.Field("bonus", "contest.score.bonus", s.Bonus.Saying(), c.BonusMax.Saying()))
	}
	if Rounded(s.Points.Rat(), scale.Decimals) != s.Points || Rounded(s.Bonus.Rat(), scale.Decimals) != s.Bonus {
		found = append(found, fault.Field("points", "contest.points.fine", s.Points.Saying(), scale.Decimals))
	}
	if before != nil && *before != s.Points && s.Reason == "" {
		found = append(found, fault.Field("reason", "contest.reason.missing"))
	}
	return fault.Gather(found...)
}

// Lacks lists the criteria that keep a unit's sheet from being handed on at a
// stage: those without a score, and those without the evidence asked for.
func Lacks(t *Table, unit body.ID, scores map[CriterionID]Score) (unscored, unproved []Criterion) {
	for _, c := range t.Leaves(unit) {
		s, ok := scores[c.ID]
		switch {
		case !ok && !c.Outside():
			unscored = append(unscored, c)
		case ok && c.Evidence == EvidenceRequired && s.Points > 0 && len(s.Deeds)+len(s.Papers) == 0:
			unproved = append(unproved, c)
		}
	}
	return unscored, unproved
}

// Total is what a unit has at one stage.
type Total struct {
	Unit      body.ID
	Base      Points // criteria within the base total
	Bonus     Points // bonuses, cut at their cap
	Deduction Points // deductions, cut at their cap
	Sum       Points // base and bonus less deduction, clamped
	Assigned  Points // most that the criteria put to it could give
	Scored    int    // criteria with a score
	Of        int    // criteria put to it, bonuses and deductions apart
	Groups    map[CriterionID]Points
	Stage     string // whose scores it sums; empty: nothing was scored
}

// Share is the part of its assigned maximum that a unit reached; nothing was
// assigned: none.
func (t Total) Share() *big.Rat {
	if t.Assigned == 0 {
		return new(big.Rat)
	}
	return new(big.Rat).Quo(t.Sum.Rat(), t.Assigned.Rat())
}

// Sum adds a unit's scores of one stage up the tree.
func Sum(t *Table, scale Scale, unit body.ID, scores map[CriterionID]Score) Total {
	total := Total{Unit: unit, Assigned: t.Assigned(unit), Groups: map[CriterionID]Points{}}
	for _, c := range t.Leaves(unit) {
		if !c.Outside() {
			total.Of++
		}
		s, ok := scores[c.ID]
		if !ok {
			continue
		}
		if !c.Outside() {
			total.Scored++
		}
		total.Bonus += s.Bonus
		switch c.Method {
		case Bonus:
			total.Bonus += s.Points
		case Deduction:
			total.Deduction += s.Points
		default:
			total.Base += s.Points
		}
		for up, ok := t.Of(c.Parent); ok; up, ok = t.Of(up.Parent) {
			total.Groups[up.ID] += signed(c, s)
		}
	}
	total.Bonus = min(total.Bonus, scale.Bonus)
	total.Deduction = min(total.Deduction, scale.Deduction)
	total.Sum = scale.Clamp(total.Base + total.Bonus - total.Deduction)
	return total
}

// signed is what a score adds to its group.
func signed(c Criterion, s Score) Points {
	if c.Method == Deduction {
		return s.Bonus - s.Points
	}
	return s.Points + s.Bonus
}

// Loss is where a unit lost points against the maximum, or between two stages.
type Loss struct {
	Criterion Criterion
	From, To  Points
	Why       string
}

// Losses lists what a unit lost from one set of scores to another, the greatest
// loss first: "why did we lose 1.5 points".
func Losses(t *Table, unit body.ID, from, to map[CriterionID]Score) []Loss {
	var all []Loss
	for _, c := range t.Leaves(unit) {
		before, now := signed(c, from[c.ID]), signed(c, to[c.ID])
		if before != now {
			all = append(all, Loss{c, before, now, to[c.ID].Reason})
		}
	}
	slices.SortStableFunc(all, func(a, b Loss) int { return cmp.Compare(b.From-b.To, a.From-a.To) })
	return all
}
