package programme

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"kith.app/internal/body"
)

// Part is one body's share in a target that several bodies have.
type Part struct {
	Body body.ID
	Plan Plan
	Line Progress
}

// Rolled is a target rolled up over several bodies. Numerators and denominators are
// added, never percentages.
type Rolled struct {
	Code  string
	Def   Definition // as the first of the plans words it
	Parts []Part
	Known int      // parts with a figure that could be taken in
	Num   *big.Rat // sum of figures, or numerators
	Den   *big.Rat // of a ratio: sum of denominators, the weight
	Plan  *big.Rat // plan over all parts; nil where it cannot be reckoned
	Rat   *big.Rat // the figure
	Verdict
	Mixed bool // units or rules differ: nothing was added up
}

// Complete tells whether every part is in the figure.
func (r Rolled) Complete() bool { return r.Known == len(r.Parts) }

// RolledUp is many plans of one period put together.
type RolledUp struct {
	Tally   Tally
	Reviews []Review
	Targets []Rolled
}

// RollUp puts plans together: the counts of their targets by band, and every target
// that more than one of them has.
func RollUp(reviews []Review) RolledUp {
	up := RolledUp{Reviews: reviews}
	at := map[string]int{}
	for _, r := range reviews {
		up.Tally = up.Tally.Plus(r.Tally)
		for _, line := range r.Lines {
			n, seen := at[line.Target.Code]
			if !seen {
				n = len(up.Targets)
				at[line.Target.Code] = n
				up.Targets = append(up.Targets, Rolled{Code: line.Target.Code, Def: line.Def})
			}
			up.Targets[n].Parts = append(up.Targets[n].Parts, Part{r.Plan.Body, r.Plan, line})
		}
	}
	up.Targets = slices.DeleteFunc(up.Targets, func(r Rolled) bool { return len(r.Parts) < 2 })
	for i := range up.Targets {
		up.Targets[i].reckon()
	}
	return up
}

// reckon adds the parts up by the rule of the target.
func (r *Rolled) reckon() {
	r.Band = NoData
	for _, p := range r.Parts {
		d := p.Line.Def
		if d.Rule != r.Def.Rule || d.Direction != r.Def.Direction || d.Per != r.Def.Per || !strings.EqualFold(d.Units.In("vi"), r.Def.Units.In("vi")) {
			r.Mixed = true
			return
		}
	}
	switch r.Def.Rule {
	case Sum:
		r.sum()
	case Weighted:
		r.weigh()
	case Count:
		r.count()
	case Apart:
	}
}

// sum adds figures and plans. While some are missing the sum is what is known of
// it: it tells that the whole plan is met or half of it passed, never that it is not.
func (r *Rolled) sum() {
	r.Plan = new(big.Rat)
	for _, p := range r.Parts {
		value, planned := p.Line.Def.By(p.Plan.Lead())
		if !planned {
			r.Plan = nil
		} else if r.Plan != nil {
			r.Plan.Add(r.Plan, value.Plan.Rat())
		}
		if p.Line.Rat != nil {
			r.Num = plus(r.Num, p.Line.Rat)
			r.Known++
		}
	}
	r.Rat = r.Num
	if r.Plan == nil || r.Num == nil || r.Def.FromBaseline {
		return
	}
	v := r.Def.judge(r.Plan, r.Num)
	if r.Complete() || r.Def.Direction != Less && (v.Band == Met || v.Band == OverHalf) {
		r.Verdict = v
	} else {
		r.Share = v.Share
	}
}

// weigh adds numerators and denominators; a ratio without them stays out.
func (r *Rolled) weigh() {
	plan := new(big.Rat)
	for _, p := range r.Parts {
		a := p.Line.Actual
		if a == nil || a.Num == nil || a.Den == nil {
			plan = nil
			continue
		}
		r.Num, r.Den = plus(r.Num, a.Num.Rat()), plus(r.Den, a.Den.Rat())
		r.Known++
		value, planned := p.Line.Def.By(p.Plan.Lead())
		if !planned {
			plan = nil
		} else if plan != nil {
			plan.Add(plan, new(big.Rat).Mul(value.Plan.Rat(), a.Den.Rat()))
		}
	}
	if r.Den == nil || r.Den.Sign() == 0 {
		return
	}
	r.Rat = new(big.Rat).Quo(r.Num, r.Den)
	r.Rat.Mul(r.Rat, big.NewRat(max(r.Def.Per, 1), 1))
	if plan == nil || r.Def.FromBaseline {
		return
	}
	r.Plan = plan.Quo(plan, r.Den)
	r.Verdict = r.Def.judge(r.Plan, r.Rat)
}

// count tells how many of the bodies met the target.
func (r *Rolled) count() {
	r.Num, r.Den = new(big.Rat), big.NewRat(int64(len(r.Parts)), 1)
	for _, p := range r.Parts {
		if p.Line.Band != NoData {
			r.Known++
		}
		if p.Line.Band == Met {
			r.Num.Add(r.Num, big.NewRat(1, 1))
		}
	}
	r.Plan, r.Rat = r.Den, r.Num
	v := Definition{Direction: More}.judge(r.Plan, r.Num)
	if r.Complete() || v.Band == Met || v.Band == OverHalf {
		r.Verdict = v
	} else {
		r.Share = v.Share
	}
}

func plus(sum, n *big.Rat) *big.Rat {
	if sum == nil {
		sum = new(big.Rat)
	}
	return sum.Add(sum, n)
}

// Ranked orders the plans of a roll-up: the greatest share of targets met first,
// then of those over half. Shares are compared exactly; equals keep their order.
func (u RolledUp) Ranked() []Review {
	all := slices.Clone(u.Reviews)
	share := func(n int, of Tally) *big.Rat {
		if of.Targets == 0 {
			return new(big.Rat)
		}
		return big.NewRat(int64(n), int64(of.Targets))
	}
	slices.SortStableFunc(all, func(a, b Review) int {
		return cmp.Or(share(b.Tally.Met, b.Tally).Cmp(share(a.Tally.Met, a.Tally)), share(b.Tally.OverHalf, b.Tally).Cmp(share(a.Tally.OverHalf, a.Tally)))
	})
	return all
}
