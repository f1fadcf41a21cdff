package deed

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/source"
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
