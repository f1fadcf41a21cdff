package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// history makes random entries in a book and reckons beside it what every
// account must hold.
type history struct {
	book    *store.Book
	entered []fund.Entry
	gone    map[fund.EntryID]bool
}

// errOnPurpose makes a transaction fail after its number was drawn.
var errOnPurpose = errors.New("on purpose")

// step does one random thing; what the rules refuse leaves nothing behind.
func (h *history) step(t *rapid.T) {
	day := calendar.OnDay(calendar.DayOf(2026, 1, rapid.IntRange(1, 320).Draw(t, "day")))
	minor := rapid.Int64Range(1, 9_999_999).Draw(t, "minor")
	c := rapid.SampledFrom([]money.Currency{money.VND, money.USD, money.LAK}).Draw(t, "currency")
	fails := rapid.IntRange(0, 5).Draw(t, "fails") == 0
	what := rapid.SampledFrom([]string{"receipt", "payment", "deed", "reverse", "exchange", "broken"}).Draw(t, "what")
	var done []fund.Entry
	err := h.book.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
		done = nil
		e, err := h.do(ctx, tx, what, fund.Draft{Body: h.book.Root(), Day: day, Parts: []fund.Part{{Amount: money.Of(minor, c)}}})
		if err == nil && fails {
			return errOnPurpose
		}
		done = append(done, e)
		return err
	})
	switch {
	case err == nil && what != "broken":
		h.entered = append(h.entered, done...)
		for _, e := range done {
			h.gone[e.Reverses] = true
		}
	case err == nil:
		t.Fatal("what does not balance was taken")
	case fault.KindOf(err) == fault.Internal && !errors.Is(err, errOnPurpose):
		t.Fatal(err)
	}
}

func (h *history) do(ctx context.Context, tx *store.Tx, what string, d fund.Draft) (fund.Entry, error) {
	by := storetest.Operator()
	given := d.Parts[0].Amount
	switch what {
	case "receipt", "payment":
		d.Kind, d.Parts[0].Heading = fund.Kind(what), fund.OtherCode
		return fund.Enter(ctx, tx, by, d)
	case "deed":
		done, err := deed.PostPaid(ctx, tx, by, deed.Deed{Body: d.Body, Kind: "gift", Day: d.Day}, d)
		if err != nil {
			return fund.Entry{}, err
		}
		return tx.Entry(ctx, fund.EntryID(done.Entry))
	case "reverse":
		for _, e := range h.entered {
			if !h.gone[e.ID] && e.Reverses == 0 && e.Deed == 0 {
				return fund.Reverse(ctx, tx, by, e.ID, "thử")
			}
		}
		return fund.Entry{}, fault.Refuse("nothing")
	case "exchange":
		into, err := tx.FundAccountFor(ctx, fund.Key{Body: d.Body, Class: fund.Cash, Code: fund.CashCode, Currency: money.VND})
		if err != nil {
			return fund.Entry{}, err
		}
		if given.Currency == money.VND {
			into, err = tx.FundAccountFor(ctx, fund.Key{Body: d.Body, Class: fund.Bank, Code: fund.BankCode, Currency: money.VND})
		}
		if err != nil {
			return fund.Entry{}, err
		}
		return fund.Pass(ctx, tx, by, fund.Passage{Body: d.Body, Day: d.Day, Into: into.ID, Given: given, Rate: "25400.5"})
	}
	postings := []fund.Posting{{Account: 1, Amount: given.Minor}, {Account: 1, Amount: given.Minor}}
	return fund.Enter(ctx, tx, by, fund.Draft{Body: d.Body, Kind: fund.Journal, Day: d.Day, Postings: postings})
}

// held is what every account holds on a day by the entries alone.
func (h *history) held(on calendar.Day) map[fund.AccountID]int64 {
	all := map[fund.AccountID]int64{}
	for _, e := range h.entered {
		for _, p := range e.Postings {
			if e.Day <= on {
				all[p.Account] += p.Amount
			}
		}
	}
	return all
}

// compare fails unless the book holds on a day what the entries come to.
func (h *history) compare(t interface{ Fatalf(string, ...any) }, on calendar.Day) {
	balances, err := h.book.As(storetest.Operator()).FundBalances(context.Background(), h.book.Root(), on)
	if err != nil {
		t.Fatalf("balances: %v", err)
	}
	want := h.held(on)
	sums := map[money.Currency]int64{}
	for _, b := range balances {
		sums[b.Amount.Currency] += b.Amount.Minor
		if b.Amount.Minor != want[b.Account.ID] {
			t.Fatalf("%s %s %s on %v: %d, want %d", b.Account.Class, b.Account.Code, b.Account.Currency, on, b.Amount.Minor, want[b.Account.ID])
		}
	}
	for c, sum := range sums {
		if sum != 0 {
			t.Fatalf("%s is %d out of balance on %v", c, sum, on)
		}
	}
}

func newHistory(t testing.TB, b *store.Book) *history {
	t.Helper()
	openFund(t, b, b.Root())
	return &history{book: b, gone: map[fund.EntryID]bool{}}
}

func TestBooksBalanceAfterAnyHistory(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		h := newHistory(t, b)
		rapid.Check(t, func(rt *rapid.T) {
			for range rapid.IntRange(1, 5).Draw(rt, "steps") {
				h.step(rt)
			}
			h.compare(rt, calendar.DayOf(2026, 1, rapid.IntRange(1, 320).Draw(rt, "on")))
		})
		for _, p := range []calendar.Period{calendar.Always(), calendar.Year(2026), {From: calendar.DayOf(2026, 2, 11), To: calendar.DayOf(2026, 9, 17)}} {
			addsUp(t, b, p)
		}
		sound(t, b)
	})
}

// addsUp fails unless a statement's parts come to its closing balance.
func addsUp(t *testing.T, b *store.Book, p calendar.Period) {
	t.Helper()
	s, err := b.As(storetest.Operator()).Statement(context.Background(), b.Root(), p)
	if err != nil || len(s.Sheets) == 0 {
		t.Fatalf("statement of %v: %v %v", p, s, err)
	}
	for _, sheet := range s.Sheets {
		if got := sheet.Opening + sheet.Brought + sheet.Receipts - sheet.Payments + sheet.Moved; got != sheet.Closing {
			t.Errorf("%s in %v: %d by its parts, closing %d", sheet.Currency, p, got, sheet.Closing)
		}
		rows := int64(0)
		for _, r := range sheet.In {
			rows += r.Amount.Minor
		}
		if rows != sheet.Receipts {
			t.Errorf("%s in %v: rows of receipts come to %d, receipts %d", sheet.Currency, p, rows, sheet.Receipts)
		}
	}
}

func TestAReversalRestoresEveryBalance(t *testing.T) {
	b := storetest.Open(t)
	h := newHistory(t, b)
	rapid.Check(t, func(rt *rapid.T) {
		on := calendar.DayOf(2026, 11, 1)
		before := h.held(on)
		e := enter(t, b, fund.Draft{
			Body: b.Root(), Kind: fund.Receipt, Day: calendar.OnDay(calendar.DayOf(2026, 1, rapid.IntRange(1, 200).Draw(rt, "day"))),
			Parts: []fund.Part{dong("dues", rapid.Int64Range(1, 1<<40).Draw(rt, "minor")), dong("other", 7)},
		})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			back, err := fund.Reverse(ctx, tx, storetest.Operator(), e.ID, "thử")
			if back.Day != e.Day || back.Reverses != e.ID {
				return fmt.Errorf("reversed on %v by %+v", back.Day, back)
			}
			return err
		})
		h.compare(rt, on)
		if len(before) != len(h.held(on)) {
			rt.Fatalf("held %v before, %v after", before, h.held(on))
		}
	})
	sound(t, b)
}
