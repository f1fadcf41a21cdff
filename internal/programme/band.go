package programme

import (
	"math/big"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
)

// Band says how far a target is, as reports count them.
type Band string

// The bands. Exactly half is at or under half.
const (
	Met       Band = "met"
	OverHalf  Band = "over_half"
	UnderHalf Band = "under_half"
	NoData    Band = "no_data"
)

// Bands lists the bands, the best first.
func Bands() []Band { return []Band{Met, OverHalf, UnderHalf, NoData} }

// Verdict is a figure held against a plan value.
type Verdict struct {
	Band  Band
	Share *big.Rat // how much of the plan; nil where no share can be reckoned
}

// Judge holds an actual against a plan value, exactly. A nil actual is no data.
func (d Definition) Judge(plan Number, actual *big.Rat) Verdict {
	if actual == nil {
		return Verdict{Band: NoData}
	}
	return d.judge(plan.Rat(), actual)
}

func (d Definition) judge(p, actual *big.Rat) Verdict {
	share := d.share(p, actual)
	reached := actual.Cmp(p) >= 0
	if d.Direction == Less {
		reached = actual.Cmp(p) <= 0
	}
	switch {
	case reached:
		return Verdict{Met, share}
	case share != nil && share.Cmp(big.NewRat(1, 2)) > 0:
		return Verdict{OverHalf, share}
	}
	return Verdict{UnderHalf, share}
}

// share is how much of the plan is done: the way from the baseline where it is
// counted from there, else actual by plan, or plan by actual where less is better.
func (d Definition) share(plan, actual *big.Rat) *big.Rat {
	over, under := actual, plan
	switch {
	case d.FromBaseline && d.Baseline != nil:
		b := d.Baseline.Rat()
		over, under = new(big.Rat).Sub(actual, b), new(big.Rat).Sub(plan, b)
	case d.Direction == Less:
		over, under = plan, actual
	}
	if under.Sign() == 0 || d.Direction == Less && !d.FromBaseline && under.Sign() < 0 {
		return nil
	}
	return new(big.Rat).Quo(over, under)
}

// Tally counts targets by band.
type Tally struct {
	Targets       int `json:"targets"`
	Met           int `json:"met"`
	OverHalf      int `json:"overHalf"`
	AtOrUnderHalf int `json:"atOrUnderHalf"`
	NoData        int `json:"noData"`
}

// Add counts one more target.
func (t *Tally) Add(b Band) {
	t.Targets++
	switch b {
	case Met:
		t.Met++
	case OverHalf:
		t.OverHalf++
	case UnderHalf:
		t.AtOrUnderHalf++
	case NoData:
		t.NoData++
	}
}

// Plus adds the counts of another plan.
func (t Tally) Plus(o Tally) Tally {
	return Tally{t.Targets + o.Targets, t.Met + o.Met, t.OverHalf + o.OverHalf, t.AtOrUnderHalf + o.AtOrUnderHalf, t.NoData + o.NoData}
}

// File is a target with all its versions and figures.
type File struct {
	Target
	Versions []Version // the first first
	Actuals  []Actual  // by their day, corrections already made
}

// PlanFile is a plan with its targets, their versions and figures.
type PlanFile struct {
	Plan    Plan
	Targets []File
}

// Owed lists the targets of which a day is owed figures and has none: nothing was told
// for any day since the one before it on which figures were due. What the journal
// counts is owed by nobody.
func (f PlanFile) Owed(due calendar.Day) []File {
	since := f.Plan.Period.From
	for _, other := range f.Plan.Due {
		if other < due {
			since = max(since, other+1)
		}
	}
	var owed []File
	for _, t := range f.Targets {
		v, there := t.On(f.Plan.Held(due))
		told := func(a Actual) bool { return a.On >= since && a.On <= due }
		if there && !v.Def.Dropped && v.Def.Measure == "" && !slices.ContainsFunc(t.Actuals, told) {
			owed = append(owed, t)
		}
	}
	return owed
}

// Asked narrows a list of plans; what is zero narrows nothing.
type Asked struct {
	Typed  string
	Body   body.ID
	Below  bool // of the body and all that ever stood below it
	Kind   Kind
	Under  ID
	Period calendar.Period // plans whose period lies within it
	Dated  bool            // Period narrows
	Skip   int
	Limit  int // 50 when nothing was asked; below 0 all
}

// On gives the definition that held on a day.
func (f File) On(day calendar.Day) (Version, bool) {
	for _, v := range slices.Backward(f.Versions) {
		if v.Since <= day {
			return v, true
		}
	}
	return Version{}, false
}

// Broken tells whether a version that breaks the series lies between two days.
func (f File) Broken(from, to calendar.Day) bool {
	return slices.ContainsFunc(f.Versions, func(v Version) bool { return v.Breaks && v.Since > from && v.Since <= to })
}

// Last is the figure that holds on a day: the latest told for that day or before,
// unless the target became another thing since.
func (f File) Last(day calendar.Day) (Actual, bool) {
	for _, a := range slices.Backward(f.Actuals) {
		if a.On <= day {
			return a, !f.Broken(a.On, day)
		}
	}
	return Actual{}, false
}

// ByAuthority is a target held against what one authority planned.
type ByAuthority struct {
	Value Value
	Verdict
}

// Progress is how far a target is on a day.
type Progress struct {
	Target   Target
	Version  Version
	Def      Definition
	Actual   *Actual  // nil: no data
	Rat      *big.Rat // its figure
	Band     Band     // against the plan's own authority
	Share    *big.Rat
	By       []ByAuthority // in the order of the plan's authorities
	Lost     bool          // to be kept, was reached, and is no longer
	LastYear *big.Rat      // the same day a year before; nil where it is not known
	Change   *big.Rat      // on the year before, as a share of it
}

// Review is a plan as it stands on a day.
type Review struct {
	Plan   Plan
	On     calendar.Day
	Tally  Tally
	By     map[string]Tally // by authority: those targets for which it planned
	Lines  []Progress
	Before *Plan // of the year before, where figures of it were used
}

// Reckon tells how a plan stands on a day.
func Reckon(p Plan, files []File, on calendar.Day) Review {
	r := Review{Plan: p, On: p.Held(on), By: map[string]Tally{}}
	for _, f := range files {
		v, there := f.On(r.On)
		if !there || v.Def.Dropped {
			continue
		}
		line := f.progress(p, v, r.On)
		r.Lines = append(r.Lines, line)
		r.Tally.Add(line.Band)
		for _, by := range line.By {
			t := r.By[by.Value.Authority]
			t.Add(by.Band)
			r.By[by.Value.Authority] = t
		}
	}
	return r
}

func (f File) progress(p Plan, v Version, on calendar.Day) Progress {
	line := Progress{Target: f.Target, Version: v, Def: v.Def, Band: NoData}
	if a, known := f.Last(on); known {
		line.Actual, line.Rat = &a, a.Rat(v.Def.Per)
		if a.LastYear != nil {
			line.CompareWith(a.LastYear.Rat())
		}
	}
	for _, authority := range p.Authorities {
		value, planned := v.Def.By(authority.Code)
		if !planned {
			continue
		}
		by := ByAuthority{value, v.Def.Judge(value.Plan, line.Rat)}
		line.By = append(line.By, by)
		if authority.Code == p.Lead() {
			line.Band, line.Share = by.Band, by.Share
			line.Lost = v.Def.Direction == Keep && line.Band != Met && f.reachedBefore(value, v, on)
		}
	}
	return line
}

// reachedBefore tells whether an earlier figure met the plan.
func (f File) reachedBefore(value Value, v Version, on calendar.Day) bool {
	return slices.ContainsFunc(f.Actuals, func(a Actual) bool {
		return a.On < on && !f.Broken(a.On, on) && v.Def.Judge(value.Plan, a.Rat(v.Def.Per)).Band == Met
	})
}

// CompareWith sets a figure of the year before beside the line.
func (l *Progress) CompareWith(before *big.Rat) {
	l.LastYear = before
	if l.Rat != nil && before != nil && before.Sign() != 0 {
		change := new(big.Rat).Sub(l.Rat, before)
		l.Change = change.Quo(change, new(big.Rat).Abs(before))
	}
}
