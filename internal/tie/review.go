package tie

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// ReviewID identifies a review for ever.
type ReviewID int64

// Review is one look back at how a tie is carried out: the five-yearly one, or
// any. Until it is held it is only due.
type Review struct {
	ID       ReviewID      `json:"id"`
	Tie      ID            `json:"tie"`
	Due      calendar.Date `json:"due"`
	Covers   string        `json:"covers,omitempty"` // the years it looks at, in words: "2019-2024"
	Held     calendar.Date `json:"held"`
	Outcome  string        `json:"outcome,omitempty"`
	Paper    Paper         `json:"paper,omitzero"`
	Deed     int64         `json:"deed,omitempty"` // the meeting in which it was held
	Recorded int64         `json:"recorded"`
	Recorder person.ID     `json:"recorder,omitempty"`
	Revision int64         `json:"revision"`
}

// ReviewTx is what reviews need of a transaction.
type ReviewTx interface {
	Tx
	Review(ctx context.Context, id ReviewID) (Review, error)
	InsertReview(ctx context.Context, r Review) error
	UpdateReview(ctx context.Context, r Review) error
	DeedUnder(ctx context.Context, deed int64, id ID) error
}

// Check tells what does not make sense in a review by itself.
func (r Review) Check(today calendar.Day) error {
	var found []error
	if r.Due.IsUnknown() && r.Held.IsUnknown() {
		found = append(found, fault.Field("due", "tie.review.due"))
	}
	if r.Held.FirstOr(calendar.Earliest) > today {
		found = append(found, fault.Field("held", "tie.stage.future"))
	}
	return fault.Gather(found...)
}

// PlanReview enters a review of a tie: one that is due, or one that was held.
func PlanReview(ctx context.Context, tx ReviewTx, by access.Actor, r Review) (Review, error) {
	if _, err := open(ctx, tx, by, r.Tie); err != nil {
		return Review{}, err
	}
	if err := r.Check(tx.Today()); err != nil {
		return Review{}, err
	}
	if r.Deed != 0 {
		if err := tx.DeedUnder(ctx, r.Deed, r.Tie); err != nil {
			return Review{}, err
		}
	}
	r.ID, r.Recorded, r.Recorder, r.Revision = ReviewID(tx.NewID()), tx.NowMilli(), person.ID(by.Person), 1
	return r, tx.InsertReview(ctx, r)
}

// AmendReview changes a review, or says that it was held and what came of it.
// based is the revision the actor saw.
func AmendReview(ctx context.Context, tx ReviewTx, by access.Actor, r Review, based int64) (Review, error) {
	before, err := tx.Review(ctx, r.ID)
	if err != nil {
		return Review{}, err
	}
	if _, err := open(ctx, tx, by, before.Tie); err != nil {
		return Review{}, err
	}
	if before.Revision != based {
		return Review{}, fault.Outdated("common.outdated")
	}
	r.Tie, r.Recorded, r.Recorder, r.Revision = before.Tie, before.Recorded, before.Recorder, based+1
	if err := r.Check(tx.Today()); err != nil {
		return Review{}, err
	}
	if r.Deed != 0 && r.Deed != before.Deed {
		if err := tx.DeedUnder(ctx, r.Deed, r.Tie); err != nil {
			return Review{}, err
		}
	}
	return r, tx.UpdateReview(ctx, r)
}

// NextReview gives when a tie is to be reviewed next: the earliest review that
// was set and not held, or its rhythm counted from the last one held, from its
// first signing where none was. Unknown when it has neither.
func (t Tie) NextReview(reviews []Review, day calendar.Day) calendar.Date {
	var due, held calendar.Date
	for _, r := range reviews {
		switch {
		case !r.Held.IsUnknown() && r.Held.FirstOr(calendar.Earliest) <= day:
			if held.IsUnknown() || later(r.Held, held) {
				held = r.Held
			}
		case due.IsUnknown() || !r.Due.IsUnknown() && r.Due.LastOr(calendar.Latest) < due.LastOr(calendar.Latest):
			due = r.Due
		}
	}
	if !due.IsUnknown() || t.ReviewMonths <= 0 {
		return due
	}
	from := held
	if from.IsUnknown() {
		from = t.Signed()
	}
	if year, known := from.Year(); known && t.ReviewMonths%12 == 0 {
		if on, _, ok := calendar.Anniversary(from, year+t.ReviewMonths/12); ok {
			return on.Derived()
		}
	}
	last, ok := from.Last()
	if !ok {
		return calendar.Date{}
	}
	return calendar.OnDay(last.AddMonths(t.ReviewMonths)).Derived()
}
