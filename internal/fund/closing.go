package fund

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Closing is one act of closing or reopening a fund's periods.
type Closing struct {
	ID     int64        `json:"id"`
	Body   body.ID      `json:"body"`
	Until  calendar.Day `json:"until"` // the last closed day after this act
	Before calendar.Day `json:"before"`
	Reason string       `json:"reason,omitempty"` // why it was reopened
	At     int64        `json:"at"`               // Unix milliseconds
	By     person.ID    `json:"by,omitempty"`
}

// Reopens tells that the act opened days again.
func (c Closing) Reopens() bool { return c.Until < c.Before }

// ClosingTx is what closing needs of a transaction.
type ClosingTx interface {
	NewID() int64
	Today() calendar.Day
	NowMilli() int64
	Fund(ctx context.Context, of body.ID) (Fund, error)
	SaveFund(ctx context.Context, f Fund) error
	InsertClosing(ctx context.Context, c Closing) error
}

// Close closes a fund until a day, that day included: nothing may be dated
// there any more.
func Close(ctx context.Context, tx ClosingTx, by access.Actor, of body.ID, until calendar.Day) (Fund, error) {
	if err := by.May(access.CloseFund, of); err != nil {
		return Fund{}, err
	}
	f, err := tx.Fund(ctx, of)
	switch {
	case err != nil:
		return Fund{}, err
	case until > tx.Today():
		return Fund{}, fault.Field("until", "fund.close.future")
	case until <= f.Closed:
		return Fund{}, fault.Field("until", "fund.close.already", f.Closed)
	}
	return move(ctx, tx, by, f, until, "")
}

// Reopen opens what was closed after a day. It takes the right to close and
// the right to approve together, which only the head has, and a reason.
func Reopen(ctx context.Context, tx ClosingTx, by access.Actor, of body.ID, until calendar.Day, reason string) (Fund, error) {
	for _, r := range []access.Right{access.CloseFund, access.Approve} {
		if err := by.May(r, of); err != nil {
			return Fund{}, err
		}
	}
	f, err := tx.Fund(ctx, of)
	switch {
	case err != nil:
		return Fund{}, err
	case strings.TrimSpace(reason) == "":
		return Fund{}, fault.Field("reason", "fund.reopen.reason")
	case until >= f.Closed:
		return Fund{}, fault.Field("until", "fund.reopen.open", f.Closed)
	}
	return move(ctx, tx, by, f, until, reason)
}

// move writes the act and where the fund now stands.
func move(ctx context.Context, tx ClosingTx, by access.Actor, f Fund, until calendar.Day, reason string) (Fund, error) {
	act := Closing{ID: tx.NewID(), Body: f.Body, Until: until, Before: f.Closed, Reason: reason, At: tx.NowMilli(), By: person.ID(by.Person)}
	if err := tx.InsertClosing(ctx, act); err != nil {
		return Fund{}, err
	}
	f.Closed = until
	f.Revision++
	return f, tx.SaveFund(ctx, f)
}
