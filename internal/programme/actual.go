package programme

import (
	"math/big"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/source"
)

// Actual is what a target had reached on a day, since the beginning of the plan's
// period, with who says so.
type Actual struct {
	ID     ActualID     `json:"id"`
	Target TargetID     `json:"target"`
	On     calendar.Day `json:"on"` // the day the figure holds for
	// Value is the figure; a ratio may be told by what it is made of instead.
	Value     *Number        `json:"value,omitempty"`
	Num       *Number        `json:"num,omitempty"`
	Den       *Number        `json:"den,omitempty"`
	Qualifier deed.Qualifier `json:"qualifier,omitempty"`
	LastYear  *Number        `json:"lastYear,omitempty"` // the same day a year before, as the same report says
	Source    source.Source  `json:"source"`
	Note      string         `json:"note,omitempty"`
	Revision  int64          `json:"revision"`

	Computed *big.Rat  `json:"-"` // worked out from the journal; then Deeds prove it
	Fed      string    `json:"-"` // the address of the form whose answers tell the figure; nobody entered it
	Units    int64     `json:"-"` // how many answers of units it is made of
	Deeds    []deed.ID `json:"-"`
}

// Rat is the figure, exactly; nil when there is none.
func (a Actual) Rat(per int64) *big.Rat {
	switch {
	case a.Computed != nil:
		return a.Computed
	case a.Num != nil && a.Den != nil && a.Den.Rat().Sign() != 0:
		r := new(big.Rat).Quo(a.Num.Rat(), a.Den.Rat())
		return r.Mul(r, big.NewRat(max(per, 1), 1))
	case a.Value != nil:
		return a.Value.Rat()
	}
	return nil
}

// Check tells what makes no sense in a figure of a target.
func (a Actual) Check(p Plan, d Definition, today calendar.Day) error {
	var found []error
	switch {
	case a.On < p.Period.From:
		found = append(found, fault.Field("on", "plan.actual.early", p.Period.From))
	case a.On > today:
		found = append(found, fault.Field("on", "plan.actual.future"))
	case a.On > p.Period.To:
		found = append(found, fault.Field("on", "plan.actual.late", p.Period.To))
	}
	if d.Measure != "" {
		found = append(found, fault.Field("value", "plan.actual.measured", d.Measure))
	}
	found = append(found, a.checkFigure(d))
	if a.Source.IsZero() {
		found = append(found, fault.Field("source", "plan.actual.source"))
	}
	return fault.Gather(found...)
}

func (a Actual) checkFigure(d Definition) error {
	parts := a.Num != nil || a.Den != nil
	switch {
	case parts && d.Per == 0:
		return fault.Field("num", "plan.actual.parts")
	case parts && (a.Num == nil || a.Den == nil):
		return fault.Field("num", "plan.actual.half")
	case parts && a.Den.Rat().Sign() <= 0:
		return fault.Field("den", "plan.actual.den")
	case parts && a.Value != nil:
		return fault.Field("value", "plan.actual.both")
	case !parts && a.Value == nil:
		return fault.Field("value", "plan.actual.missing")
	case d.Direction == YesNo && *a.Value != Whole(0) && *a.Value != Whole(1):
		return fault.Field("value", "plan.actual.yes")
	}
	return nil
}
