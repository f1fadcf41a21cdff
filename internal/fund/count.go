package fund

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// Count is one count of a cash box, note by note.
type Count struct {
	ID       int64           `json:"id"`
	Body     body.ID         `json:"body"`
	Account  AccountID       `json:"account"`
	Day      calendar.Day    `json:"day"`
	Notes    map[int64]int64 `json:"notes"` // how many of each denomination, in minor units
	Counted  int64           `json:"counted"`
	Booked   int64           `json:"booked"`           // what the book said
	Reason   string          `json:"reason,omitempty"` // of a difference
	People   []string        `json:"people,omitempty"` // who counted and witnessed
	Recorded int64           `json:"recorded"`
	Recorder person.ID       `json:"recorder,omitempty"`
}

// Difference is what was there beyond the book; below nought when it lacked.
func (c Count) Difference() int64 { return c.Counted - c.Booked }

// Denominations lists the notes and coins of a currency in use, the largest
// first, in minor units; of a currency not listed here there are none.
func Denominations(c money.Currency) []int64 {
	return map[money.Currency][]int64{
		money.VND: {500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200},
		money.LAK: {100_000_00, 50_000_00, 20_000_00, 10_000_00, 5_000_00, 2_000_00, 1_000_00, 500_00},
		money.KHR: {200_000_00, 100_000_00, 50_000_00, 30_000_00, 20_000_00, 15_000_00, 10_000_00, 5_000_00, 2_000_00, 1_000_00, 500_00, 100_00},
		money.THB: {1_000_00, 500_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 25},
		money.CNY: {100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10},
		money.USD: {100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 25, 10, 5, 1},
		money.EUR: {500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5, 2, 1},
	}[c]
}

// CountTx is what counting cash needs of a transaction.
type CountTx interface {
	NewID() int64
	NowMilli() int64
	Today() calendar.Day
	FundAccount(ctx context.Context, id AccountID) (Account, error)
	AccountBalance(ctx context.Context, id AccountID, on calendar.Day) (int64, error)
	InsertCount(ctx context.Context, c Count) error
}

// CountCash records what was found in a cash box beside what the book says. A
// difference is recorded with its reason; it is settled by an entry.
func CountCash(ctx context.Context, tx CountTx, by access.Actor, c Count) (Count, error) {
	a, err := tx.FundAccount(ctx, c.Account)
	if err != nil {
		return Count{}, err
	}
	if err := by.May(access.KeepFund, a.Body); err != nil {
		return Count{}, err
	}
	switch {
	case a.Class != Cash:
		return Count{}, fault.Field("account", "fund.count.account")
	case c.Day > tx.Today():
		return Count{}, fault.Field("day", "fund.day.future")
	}
	c.Counted = 0
	for note, n := range c.Notes {
		if note <= 0 || n < 0 || n > maxQuantity || note > maxMinor/max(n, 1) {
			return Count{}, fault.Field("notes", "fund.count.notes")
		}
		c.Counted += note * n
	}
	if c.Booked, err = tx.AccountBalance(ctx, c.Account, c.Day); err != nil {
		return Count{}, err
	}
	c.ID, c.Body, c.Reason = tx.NewID(), a.Body, strings.TrimSpace(c.Reason)
	if c.Difference() != 0 && c.Reason == "" {
		return Count{}, fault.Field("reason", "fund.count.reason", money.Of(c.Counted, a.Currency), money.Of(c.Booked, a.Currency))
	}
	c.Recorded, c.Recorder = tx.NowMilli(), person.ID(by.Person)
	return c, tx.InsertCount(ctx, c)
}
