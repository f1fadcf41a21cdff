package tally

import (
	"context"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// The measures that are not sums of lines but stocks of the roll, counted on
// the last day of a period.
const (
	Members    = "member.persons"
	Households = "household.count"
)

// distinctUnit asks for different people named instead of participations.
const distinctUnit = ".distinct"

// Question asks for a measure by its code.
type Question struct {
	Body    body.ID
	Measure string // a code, its currency after a colon or left out
	Period  calendar.Period
	OwnOnly bool
	Borders Borders
}

// Answered is a figure with what is needed to print it.
type Answered struct {
	Code     string
	Unit     string
	Currency string
	Decimals int
	Figure   Figure
	Deeds    int64
}

// Value writes a quantity of this answer as an exact decimal.
func (a Answered) Value(qty int64) string {
	if a.Decimals == 0 {
		return strconv.FormatInt(qty, 10)
	}
	sign := ""
	if qty < 0 {
		sign, qty = "-", -qty
	}
	digits := strconv.FormatInt(qty, 10)
	if len(digits) <= a.Decimals {
		digits = strings.Repeat("0", a.Decimals-len(digits)+1) + digits
	}
	return sign + digits[:len(digits)-a.Decimals] + "." + digits[len(digits)-a.Decimals:]
}

// Roll is what answers need beside the kept sums.
type Roll interface {
	Book
	Kind(ctx context.Context, code string) (deed.Kind, error)
	Measures(ctx context.Context) ([]deed.Measure, error)
	DeedsBehind(ctx context.Context, q Query) (int64, error)
	NamedBehind(ctx context.Context, q Query) (Named, error)
	StockOn(ctx context.Context, q Query, stock string, on calendar.Day) (Figure, error)
	Today() calendar.Day
}

// Named is how many different people stand behind the acts of a kind, as far
// as they were named: at least People; With of Acts acts have names.
type Named struct {
	People int64
	Deeds  int64
	Acts   int64
	With   int64
}

// Answer answers a question: one figure, or one for each currency when the
// measure has some and none was asked for.
func Answer(ctx context.Context, r Roll, q Question) ([]Answered, error) {
	switch {
	case q.Measure == Members || q.Measure == Households:
		return stock(ctx, r, q)
	case strings.HasSuffix(q.Measure, distinctUnit):
		return distinct(ctx, r, q)
	}
	measures, err := meant(ctx, r, q.Measure)
	if err != nil {
		return nil, err
	}
	var all []Answered
	for _, m := range measures {
		query := Query{Body: q.Body, Measure: m, Period: q.Period, OwnOnly: q.OwnOnly, Borders: q.Borders}
		a := Answered{Code: m.Code(), Unit: string(m.Unit), Currency: string(m.Currency), Decimals: decimals(m)}
		if a.Figure, err = Of(ctx, r, query); err != nil {
			return nil, err
		}
		if a.Deeds, err = r.DeedsBehind(ctx, query); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// Known refuses a code that counts nothing: no kind of deed, or nothing that deeds
// are counted in.
func Known(ctx context.Context, r interface {
	Kind(ctx context.Context, code string) (deed.Kind, error)
}, code string,
) error {
	kind, named := strings.CutSuffix(code, distinctUnit)
	switch {
	case code == Members || code == Households:
		return nil
	case !named:
		m, err := deed.ParseMeasure(code)
		if err != nil {
			return err
		}
		kind = m.Kind
	}
	_, err := r.Kind(ctx, kind)
	return err
}

// meant finds the measures that a code means: itself, or one for each currency
// it has been counted in.
func meant(ctx context.Context, r Roll, code string) ([]deed.Measure, error) {
	asked, err := deed.ParseMeasure(code)
	if err != nil {
		return nil, err
	}
	// A slip of the pen must not read as “none”.
	if _, err := r.Kind(ctx, asked.Kind); err != nil {
		return nil, err
	}
	if !asked.Unit.HasCurrency() || asked.Currency != "" {
		return []deed.Measure{asked}, nil
	}
	known, err := r.Measures(ctx)
	if err != nil {
		return nil, err
	}
	var all []deed.Measure
	for _, m := range known {
		if m.Code() == asked.Code() {
			all = append(all, m)
		}
	}
	if len(all) == 0 {
		return nil, fault.Field("measure", "deed.measure.unknown", code)
	}
	return all, nil
}

func decimals(m deed.Measure) int {
	if m.Unit.HasCurrency() {
		return m.Currency.Digits()
	}
	return m.Unit.Decimals()
}

func stock(ctx context.Context, r Roll, q Question) ([]Answered, error) {
	unit := "persons"
	if q.Measure == Households {
		unit = "families"
	}
	f, err := r.StockOn(ctx, Query{Body: q.Body, OwnOnly: q.OwnOnly, Borders: q.Borders}, q.Measure, min(q.Period.To, r.Today()))
	if err != nil {
		return nil, err
	}
	return []Answered{{Code: q.Measure, Unit: unit, Figure: f}}, nil
}

// distinct counts different people named; it is "at least" while any act has
// no name.
func distinct(ctx context.Context, r Roll, q Question) ([]Answered, error) {
	kind := strings.TrimSuffix(q.Measure, distinctUnit)
	if _, err := r.Kind(ctx, kind); err != nil {
		return nil, err
	}
	n, err := r.NamedBehind(ctx, Query{
		Body: q.Body, Measure: deed.Measure{Kind: kind, Unit: deed.Acts}, Period: q.Period, OwnOnly: q.OwnOnly, Borders: q.Borders,
	})
	if err != nil {
		return nil, err
	}
	a := Answered{Code: q.Measure, Unit: "persons", Figure: Figure{Qty: n.People}, Deeds: n.Deeds}
	if n.With < n.Acts {
		a.Figure.Qualifier = deed.AtLeast
	}
	return []Answered{a}, nil
}
