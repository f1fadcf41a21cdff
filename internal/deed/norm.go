package deed

import (
	"context"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// NormTx is what judging a deed by the norms needs of the book.
type NormTx interface {
	Today() calendar.Day
	Kind(ctx context.Context, code string) (Kind, error)
	NormsFor(ctx context.Context, of body.ID, kind string, on calendar.Day) ([]fund.Norm, error)
	TimesGiven(ctx context.Context, kind string, to person.ID, p calendar.Period, aside ID) (int, error)
}

// Beyond says that one receiver of a deed gets more than the norm, or more
// often.
type Beyond struct {
	Party  int // place among the deed's parties
	Norm   fund.Norm
	Given  money.Amount
	Excess fund.Excess
}

// AgainstNorm says for which receivers a deed goes beyond the norm of its own
// date.
func AgainstNorm(ctx context.Context, tx NormTx, d Deed) ([]Beyond, error) {
	kind, err := tx.Kind(ctx, d.Kind)
	if err != nil || kind.Receipt || d.Brought {
		return nil, err
	}
	on := min(d.Day.LastOr(tx.Today()), tx.Today())
	norms, err := tx.NormsFor(ctx, d.Body, d.Kind, on)
	if err != nil || len(norms) == 0 {
		return nil, err
	}
	var found []Beyond
	for i, p := range d.Parties {
		if p.Role != Receiver {
			continue
		}
		n, ok := fund.NormFor(norms, fund.Occasion{Kind: d.Kind, Kin: p.Detail.Kin, Step: p.Detail.Step, On: on})
		if !ok {
			continue
		}
		b := Beyond{Party: i, Norm: n, Given: share(d, p, n.Amount.Currency)}
		already := 0
		if n.Times > 0 && p.Person != 0 {
			if already, err = tx.TimesGiven(ctx, d.Kind, p.Person, calendar.Year(on.Year()), d.ID); err != nil {
				return nil, err
			}
		}
		if b.Excess = n.Exceeds(b.Given, already); b.Excess.Any() {
			found = append(found, b)
		}
	}
	return found, nil
}

// share is what one receiver gets of a deed's money: what is stated for them,
// or an equal part.
func share(d Deed, p Party, c money.Currency) money.Amount {
	if !p.Detail.Amount.IsNone() {
		return p.Detail.Amount
	}
	total, heads := int64(0), int64(0)
	for _, q := range d.Parties {
		if q.Role == Receiver {
			heads++
		}
	}
	for _, l := range d.Lines {
		switch {
		case l.Unit == Money && l.Currency == c && l.Stage == Given:
			total += l.Quantity
		case l.Unit == Persons || l.Unit == Acts || l.Unit == Families:
			heads = max(heads, l.Quantity)
		}
	}
	return money.Of(total/max(heads, 1), c)
}

// withinNorm refuses a deed that goes beyond the norm without saying why.
func withinNorm(ctx context.Context, tx NormTx, d Deed) error {
	if d.Reason != "" || d.Status == Cancelled {
		return nil
	}
	found, err := AgainstNorm(ctx, tx, d)
	if err != nil || len(found) == 0 {
		return err
	}
	b := found[0]
	if b.Excess.Amount {
		return fault.Field("reason", "fund.norm.exceeded", b.Norm.Amount, b.Given)
	}
	return fault.Field("reason", "fund.norm.often", b.Norm.Times)
}
