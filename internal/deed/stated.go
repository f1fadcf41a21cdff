package deed

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/source"
	"kith.app/internal/tie"
)

// Stated is a figure that somebody stated, such as "over 500 members, May
// 2024". It stands beside what the book computes and enters no sum.
type Stated struct {
	ID        int64         `json:"id"`
	Body      body.ID       `json:"body"`
	Measure   string        `json:"measure"`
	Day       calendar.Date `json:"day"`
	Quantity  int64         `json:"quantity"`
	Qualifier Qualifier     `json:"qualifier,omitempty"`
	Source    source.Source `json:"source"`
	Revision  int64         `json:"revision"`
}

// StatedTx is what recording a stated figure needs of a transaction.
type StatedTx interface {
	NewID() int64
	InsertStated(ctx context.Context, s Stated) error
}

// State records a stated figure with its source.
func State(ctx context.Context, tx StatedTx, by access.Actor, s Stated) (Stated, error) {
	if err := by.May(access.PostDeeds, s.Body); err != nil {
		return Stated{}, err
	}
	return state(ctx, tx, s)
}

func state(ctx context.Context, tx StatedTx, s Stated) (Stated, error) {
	if s.Measure == "" {
		return Stated{}, fault.Field("measure", "deed.measure.missing")
	}
	if s.Quantity < 0 {
		return Stated{}, fault.Field("quantity", "deed.count.negative")
	}
	if s.Source.IsZero() {
		return Stated{}, fault.Field("source", "deed.source.missing")
	}
	s.ID, s.Revision = tx.NewID(), 1
	return s, tx.InsertStated(ctx, s)
}

// StateUnder records a figure that a party of a tie stated, for instance at a
// visit. Who keeps the tie may do so, also of a body with which one only deals.
func StateUnder(ctx context.Context, tx StatedUnderTx, by access.Actor, t tie.Tie, s Stated) (Stated, error) {
	if err := tie.MayKeep(by, t, tx.Today()); err != nil {
		return Stated{}, err
	}
	if t.SideOf(s.Body) == 0 {
		return Stated{}, fault.Field("of", "tie.promise.stranger")
	}
	return state(ctx, tx, s)
}

// StatedUnderTx is what recording a figure under a tie needs of a transaction.
type StatedUnderTx interface {
	StatedTx
	Today() calendar.Day
}
