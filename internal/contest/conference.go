package contest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/money"
)

// ItemKind says what an item of the conference is.
type ItemKind string

// The kinds, in the order in which a conference is prepared.
const (
	AStep   ItemKind = "step"   // of the programme
	ASpeech ItemKind = "speech" // in the order of speaking
	ASeat   ItemKind = "seat"
	AModel  ItemKind = "model" // a good way of working that a unit shows
	AGift   ItemKind = "gift"
	ACost   ItemKind = "cost" // of the host
)

// ItemKinds lists the kinds.
func ItemKinds() []ItemKind { return []ItemKind{AStep, ASpeech, ASeat, AModel, AGift, ACost} }

// Private tells whether only those inside read items of the kind: gifts and costs.
func (k ItemKind) Private() bool { return k == AGift || k == ACost }

// ItemID identifies an item of a conference for ever.
type ItemID int64

// Item is one line of what is prepared for the conference of a contest: a step of
// the programme, a speaker, a seat, a model shown, a gift, a cost.
type Item struct {
	ID       ItemID       `json:"id"`
	Contest  ID           `json:"contest"`
	Kind     ItemKind     `json:"kind"`
	Order    int          `json:"order"`
	Hour     string       `json:"hour,omitempty"`  // of a step, as printed: 14:00
	Place    string       `json:"place,omitempty"` // of a seat: row, table; of a step: where
	Text     string       `json:"text,omitempty"`  // what is done, spoken of, shown, given, paid for
	Unit     body.ID      `json:"unit,omitempty"`
	Who      string       `json:"who,omitempty"` // who is no unit, or who of the unit
	Amount   money.Amount `json:"amount,omitzero"`
	Note     string       `json:"note,omitempty"`
	Revision int64        `json:"revision"`
}

// Check tells what an item lacks.
func (i Item) Check() error {
	var found []error
	if !slices.Contains(ItemKinds(), i.Kind) {
		found = append(found, fault.Field("kind", "contest.item.kind"))
	}
	if i.Kind != ASeat && strings.TrimSpace(i.Text) == "" {
		found = append(found, fault.Field("text", "contest.item.text.missing"))
	}
	if i.Kind == ASeat && strings.TrimSpace(i.Place) == "" {
		found = append(found, fault.Field("place", "contest.item.place.missing"))
	}
	if i.Kind != AStep && i.Kind != ACost && i.Unit == 0 && strings.TrimSpace(i.Who) == "" {
		found = append(found, fault.Field("who", "contest.item.who.missing"))
	}
	if i.Kind == ACost && (i.Amount.IsZero() || i.Amount.IsNegative()) || i.Amount.IsNegative() {
		found = append(found, fault.Field("amount", "contest.item.amount.form"))
	}
	return fault.Gather(found...)
}

// ItemTx is what preparing a conference needs of a transaction.
type ItemTx interface {
	Tx
	Item(ctx context.Context, id ItemID) (Item, error)
	Items(ctx context.Context, id ID) ([]Item, error)
	SaveItem(ctx context.Context, i Item) error
	RemoveItem(ctx context.Context, i Item) error
}

// PutItem adds an item to the conference, or changes one. One without a place in the
// order comes last of its kind. based is the revision that was seen, 0 for a new one.
func PutItem(ctx context.Context, tx ItemTx, by access.Actor, i Item, based int64) (Item, error) {
	_, units, err := kept(ctx, tx, by, i.Contest, Drafted, Opened, Published)
	if err != nil {
		return Item{}, err
	}
	if err := i.Check(); err != nil {
		return Item{}, err
	}
	if i.Unit != 0 && !slices.ContainsFunc(units, func(u Unit) bool { return u.Body == i.Unit }) {
		return Item{}, fault.Field("unit", "contest.unit.missing")
	}
	if i.ID == 0 {
		i.ID = ItemID(tx.NewID())
	} else {
		was, err := tx.Item(ctx, i.ID)
		if err != nil {
			return Item{}, err
		}
		if was.Revision != based || was.Contest != i.Contest || was.Kind != i.Kind {
			return Item{}, fault.Outdated("common.outdated")
		}
	}
	if i.Order <= 0 {
		all, err := tx.Items(ctx, i.Contest)
		if err != nil {
			return Item{}, err
		}
		i.Order = 1
		for _, o := range all {
			if o.Kind == i.Kind && o.ID != i.ID {
				i.Order = max(i.Order, o.Order+1)
			}
		}
	}
	i.Revision = based + 1
	return i, tx.SaveItem(ctx, i)
}

// DropItem takes an item out of the conference.
func DropItem(ctx context.Context, tx ItemTx, by access.Actor, id ItemID) error {
	i, err := tx.Item(ctx, id)
	if err != nil {
		return err
	}
	if _, _, err := kept(ctx, tx, by, i.Contest, Drafted, Opened, Published); err != nil {
		return err
	}
	return tx.RemoveItem(ctx, i)
}

// OfKind gives the items of a kind in their order.
func OfKind(all []Item, k ItemKind) []Item {
	found := slices.DeleteFunc(slices.Clone(all), func(i Item) bool { return i.Kind != k })
	slices.SortStableFunc(found, func(a, b Item) int { return cmp.Compare(a.Order, b.Order) })
	return found
}

// Spent adds up what the costs of a conference come to, by currency.
func Spent(all []Item) ([]money.Amount, error) {
	var sums []money.Amount
	for _, i := range OfKind(all, ACost) {
		var err error
		if sums, err = money.AddTo(sums, i.Amount); err != nil {
			return nil, err
		}
	}
	return sums, nil
}
