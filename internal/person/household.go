package person

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Relations lists what people are to the head of their household, in the order
// in which forms offer it.
func Relations() []string {
	return []string{"head", "spouse", "child", "parent", "grandchild", "grandparent", "sibling", "inlaw", "other"}
}

// HouseholdTx is what the verbs of households need of a transaction.
type HouseholdTx interface {
	Tx
	body.Tx
}

// House founds a household with its head. The name is how the association calls
// it. A household stands under no branch: its people do.
func House(ctx context.Context, tx HouseholdTx, by access.Actor, head ID, name string) (body.Body, error) {
	p, err := tx.Person(ctx, head)
	if err != nil {
		return body.Body{}, err
	}
	if err := by.May(access.KeepRoll, p.Body); err != nil {
		return body.Body{}, err
	}
	h, err := body.Found(ctx, tx, body.Body{
		Kind: body.Household, Address: p.Address, Seat: p.Residence, Phone: p.Phone,
		Names: []body.Name{{Lang: "vi", Full: name, Since: calendar.Earliest, Until: calendar.Latest}},
	})
	if err != nil {
		return body.Body{}, err
	}
	return h, MoveIn(ctx, tx, by, head, h.ID, "head")
}

// MoveIn makes somebody one of a household; none (0) takes them out of theirs.
func MoveIn(ctx context.Context, tx HouseholdTx, by access.Actor, id ID, household body.ID, relation string) error {
	p, err := tx.Person(ctx, id)
	if err != nil {
		return err
	}
	if household != 0 {
		h, err := tx.Body(ctx, household)
		if err != nil {
			return err
		}
		if h.Kind != body.Household {
			return fault.Field("household", "household.none")
		}
	} else {
		relation = ""
	}
	p.Household, p.Relation = household, relation
	_, err = Correct(ctx, tx, by, p, p.Revision)
	return err
}
