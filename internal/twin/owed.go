package twin

import (
	"cmp"
	"slices"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/text"
	"kith.app/internal/tie"
)

// Owed is a gift that was promised under a tie, with what of it has been handed
// over by the deeds that count for the promise.
type Owed struct {
	Promise tie.Promise
	Money   money.Amount // promised; none: no money
	Paid    int64        // of the money, in its minor units
	Things  int64        // promised, of the promise's own unit
	Handed  int64        // of the things
	Deeds   []deed.Deed  // that count for it and that the reader may see
	Hidden  int          // deeds that count for it and that the reader may not see
}

// MoneyLeft is what of the money is still to be paid.
func (o Owed) MoneyLeft() money.Amount {
	return money.Of(max(0, o.Money.Minor-o.Paid), o.Money.Currency)
}

// ThingsLeft is how many of the things are still to be handed over.
func (o Owed) ThingsLeft() int64 { return max(0, o.Things-o.Handed) }

// Settled tells that nothing is left, though nobody has yet said that the promise
// is kept.
func (o Owed) Settled() bool { return o.MoneyLeft().Minor == 0 && o.ThingsLeft() == 0 }

// Owing gives the gifts among promises that are still open, each with what was
// handed over of it, the most urgent first. Money counts in its own currency and
// things under the promise's own word for them; a line that is only pledged is not
// handed over. What a deed does not say is not guessed.
func Owing(promises []tie.Promise, deeds map[int64]deed.Deed, on calendar.Day) []Owed {
	var all []Owed
	for _, p := range promises {
		if st := p.On(on); !p.Gift || st == tie.PromiseKept || st == tie.PromiseDropped {
			continue
		}
		o := Owed{Promise: p, Money: p.Amount, Things: p.Quantity}
		for _, id := range p.Deeds {
			d, seen := deeds[id]
			if !seen {
				o.Hidden++
				continue
			}
			if d.Status == deed.Done {
				o.take(d)
			}
		}
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, b Owed) int {
		return cmp.Compare(a.Promise.Due.LastOr(calendar.Latest), b.Promise.Due.LastOr(calendar.Latest))
	})
	return all
}

// take counts what one deed handed over.
func (o *Owed) take(d deed.Deed) {
	o.Deeds = append(o.Deeds, d)
	for _, l := range d.Lines {
		switch {
		case l.Stage == deed.Pledged:
		case l.Unit == deed.Money && o.Money.Minor > 0 && l.Currency == o.Money.Currency:
			o.Paid += l.Quantity
		case l.Item != "" && l.Unit != deed.Money && l.Unit != deed.GoodsValue && text.Fold(l.Item) == text.Fold(o.Promise.Unit):
			o.Handed += l.Quantity
		}
	}
}
