package fund

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
)

// Norm says what is given on which occasion, from one day to another. It binds
// the body that set it and those below it that set none of their own.
type Norm struct {
	ID       int64        `json:"id"`
	Body     body.ID      `json:"body"`
	Kind     string       `json:"kind"`           // of deed
	Kin      string       `json:"kin,omitempty"`  // to the member; empty: whoever it is
	Step     int          `json:"step,omitempty"` // the age celebrated; 0: any
	Amount   money.Amount `json:"amount"`
	Goods    string       `json:"goods,omitempty"`
	Times    int          `json:"times,omitempty"`    // a year; 0: as often as needed
	Approval bool         `json:"approval,omitempty"` // needs approval even within the norm
	Since    calendar.Day `json:"since"`
	Until    calendar.Day `json:"until"`
	Note     string       `json:"note,omitempty"`
	Revision int64        `json:"revision"`
}

// same tells whether two norms speak of the same occasion.
func (n Norm) same(o Norm) bool {
	return n.Body == o.Body && n.Kind == o.Kind && n.Kin == o.Kin && n.Step == o.Step && n.Amount.Currency == o.Amount.Currency
}

// Check tells what does not make sense in a norm by itself.
func (n Norm) Check() error {
	var found []error
	if n.Kind == "" {
		found = append(found, fault.Field("kind", "deed.kind.missing"))
	}
	if n.Amount.IsNone() && n.Goods == "" {
		found = append(found, fault.Field("amount", "fund.norm.nothing"))
	}
	if n.Amount.IsNegative() || n.Amount.Minor > maxMinor {
		found = append(found, fault.Field("amount", "fund.amount.negative"))
	}
	if n.Step < 0 || n.Step > 150 || n.Times < 0 || n.Times > 366 {
		found = append(found, fault.Field("step", "fund.norm.figures"))
	}
	if n.Until < n.Since {
		found = append(found, fault.Field("until", "fund.norm.order"))
	}
	return fault.Gather(found...)
}

// NormTx is what setting norms needs of a transaction.
type NormTx interface {
	NewID() int64
	Today() calendar.Day
	Norms(ctx context.Context, of body.ID, kind string) ([]Norm, error)
	SaveNorm(ctx context.Context, n Norm) error
}

// SetNorm sets a norm from a day on. The version in force before ends the day
// before; what was given under it stays judged by it.
func SetNorm(ctx context.Context, tx NormTx, by access.Actor, n Norm) (Norm, error) {
	if err := by.May(access.ManageBody, n.Body); err != nil {
		return Norm{}, err
	}
	if n.Until == 0 {
		n.Until = calendar.Latest
	}
	if n.Since == 0 {
		n.Since = tx.Today()
	}
	if err := n.Check(); err != nil {
		return Norm{}, err
	}
	before, err := tx.Norms(ctx, n.Body, n.Kind)
	if err != nil {
		return Norm{}, err
	}
	n.ID, n.Revision = tx.NewID(), 1
	for _, b := range before {
		switch {
		case !n.same(b) || b.Until < n.Since || b.Since > n.Until:
			continue
		case b.Since == n.Since:
			n.ID, n.Revision = b.ID, b.Revision+1
			continue
		case b.Since > n.Since:
			n.Until = min(n.Until, b.Since-1)
			continue
		}
		b.Until, b.Revision = n.Since-1, b.Revision+1
		if err := tx.SaveNorm(ctx, b); err != nil {
			return Norm{}, err
		}
	}
	return n, tx.SaveNorm(ctx, n)
}

// EndNorm ends a norm with a day, without another in its place.
func EndNorm(ctx context.Context, tx NormTx, by access.Actor, n Norm, until calendar.Day) error {
	if err := by.May(access.ManageBody, n.Body); err != nil {
		return err
	}
	n.Until = max(until, n.Since)
	n.Revision++
	return tx.SaveNorm(ctx, n)
}

// Occasion is what a norm is asked for.
type Occasion struct {
	Kind string
	Kin  string
	Step int
	On   calendar.Day
}

// NormFor finds the norm for an occasion among those of a body and of the
// bodies above it, the nearest body's first. One that names the kin and the
// age goes before one that names less.
func NormFor(norms []Norm, o Occasion) (Norm, bool) {
	var best Norm
	weight := -1
	for i, n := range norms {
		if i > 0 && n.Body != norms[i-1].Body && weight >= 0 {
			break // the nearest body that has a norm decides
		}
		fits := n.Kind == o.Kind && n.Since <= o.On && o.On <= n.Until && (n.Kin == "" || n.Kin == o.Kin) && (n.Step == 0 || n.Step == o.Step)
		if !fits {
			continue
		}
		w := 0
		if n.Kin != "" {
			w += 2
		}
		if n.Step != 0 {
			w++
		}
		if w > weight {
			best, weight = n, w
		}
	}
	return best, weight >= 0
}

// Excess says in what a gift goes beyond a norm.
type Excess struct {
	Amount bool // more money than the norm
	Times  bool // more often in the year than the norm
}

// Any tells that the norm is exceeded at all.
func (e Excess) Any() bool { return e.Amount || e.Times }

// Exceeds judges a gift to one receiver who has already been given as often in
// the year. Money in another currency than the norm's is not judged.
func (n Norm) Exceeds(given money.Amount, already int) Excess {
	return Excess{
		Amount: !n.Amount.IsNone() && given.Currency == n.Amount.Currency && given.Minor > n.Amount.Minor,
		Times:  n.Times > 0 && already >= n.Times,
	}
}
