package body

import (
	"context"
	"strconv"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Found enters a new body in the book, under its parent when it has one. An
// empty code is proposed from the name; the caller has asked whether the actor
// may.
func Found(ctx context.Context, tx Tx, b Body) (Body, error) {
	if b.Code == "" {
		code, err := freeCode(ctx, tx, CodeFrom(b.NameOn("vi", tx.Today())))
		if err != nil {
			return Body{}, err
		}
		b.Code = code
	}
	if err := fault.Gather(b.Check(), b.CheckAhead(tx.Today())); err != nil {
		return Body{}, err
	}
	if taken, err := tx.CodeTaken(ctx, b.Code); err != nil {
		return Body{}, err
	} else if taken {
		return Body{}, fault.Field("code", "body.code.taken", b.Code)
	}
	if b.ID == 0 {
		b.ID = ID(tx.NewID())
	}
	b.Revision = 1
	if err := tx.InsertBody(ctx, b); err != nil {
		return Body{}, err
	}
	if b.Parent == 0 {
		return b, nil
	}
	since := b.Founded.FirstOr(calendar.Earliest)
	return b, tx.PlaceUnder(ctx, Edge{Axis: b.Axis(), Child: b.ID, Parent: b.Parent, Since: since, Until: calendar.Latest})
}

// freeCode finds a code that no body has, numbering the proposal if need be.
func freeCode(ctx context.Context, tx Tx, proposed string) (string, error) {
	if proposed == "" {
		proposed = "body"
	}
	for n := 1; ; n++ {
		code := proposed
		if n > 1 {
			code = proposed + "-" + strconv.Itoa(n)
		}
		taken, err := tx.CodeTaken(ctx, code)
		if err != nil || !taken {
			return code, err
		}
	}
}

// Describe changes what the book says of a body without changing what it is:
// address, note, spelling of a name. That it ended is for an event to tell (End),
// with what becomes of all it leaves. based is the revision the actor saw.
func Describe(ctx context.Context, tx Tx, b Body, based int64) (Body, error) {
	before, err := tx.Body(ctx, b.ID)
	if err != nil {
		return Body{}, err
	}
	if before.Revision != based {
		return Body{}, fault.Outdated("common.outdated")
	}
	if b.Ended != before.Ended {
		return Body{}, fault.Field("ended", "body.ended.event", b.Saying(tx.Today()))
	}
	wrong := b.Check()
	if b.Founded != before.Founded {
		wrong = fault.Gather(wrong, b.CheckAhead(tx.Today()))
	}
	if wrong != nil {
		return Body{}, wrong
	}
	b.Revision = based + 1
	return b, tx.UpdateBody(ctx, b)
}
