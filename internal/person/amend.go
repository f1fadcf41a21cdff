package person

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/fault"
)

// Amend corrects what the book says of a membership: number, category, the day
// it began, the note. Whose membership it is, and where, is not corrected but
// left and joined anew. based is the revision the actor saw.
func Amend(ctx context.Context, tx Tx, by access.Actor, m Membership, based int64) (Membership, error) {
	before, err := tx.Membership(ctx, m.ID)
	if err != nil {
		return Membership{}, err
	}
	if err := by.May(access.KeepRoll, before.Body); err != nil {
		return Membership{}, err
	}
	if before.Revision != based {
		return Membership{}, fault.Outdated("common.outdated")
	}
	m.Body, m.Person, m.Member = before.Body, before.Person, before.Member
	m.Left, m.Reason, m.Lasts = before.Left, before.Reason, before.Lasts
	if err := m.check(tx.Today()); err != nil {
		return Membership{}, err
	}
	m.Revision = based + 1
	return m, tx.UpdateMembership(ctx, m)
}
