package store_test

import (
	"context"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// openFund opens the association's fund in đồng.
func openFund(t testing.TB, b *store.Book, of body.ID) {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		_, err := fund.Open(ctx, tx, storetest.Operator(), of, money.VND)
		return err
	})
}

// on is the date that an EDTF text says.
func on(edtf string) calendar.Date {
	d, err := calendar.ParseEDTF(edtf)
	if err != nil {
		panic(err)
	}
	return d
}

// dong is one part of an entry in đồng.
func dong(heading string, minor int64) fund.Part {
	return fund.Part{Heading: heading, Amount: money.Of(minor, money.VND)}
}

func enter(t testing.TB, b *store.Book, d fund.Draft) fund.Entry {
	t.Helper()
	var e fund.Entry
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		e, err = fund.Enter(ctx, tx, storetest.Operator(), d)
		return err
	})
	return e
}

// refused runs work that must be refused and gives the key of the first reason.
func refused(t testing.TB, b *store.Book, do func(ctx context.Context, tx *store.Tx) error) string {
	t.Helper()
	err := b.Write(context.Background(), store.Writing{By: storetest.Operator()}, do)
	found := fault.All(err)
	if len(found) == 0 {
		t.Fatalf("got %v, want a refusal", err)
	}
	return found[0].Key
}

func sound(t testing.TB, b *store.Book) {
	t.Helper()
	trouble, err := b.Check(context.Background())
	if err != nil || len(trouble) != 0 {
		t.Fatalf("check: %v %v", trouble, err)
	}
}

// sheet is the association's statement in đồng.
func sheet(t testing.TB, b *store.Book, p calendar.Period) fund.Sheet {
	t.Helper()
	s, err := b.As(storetest.Operator()).Statement(context.Background(), b.Root(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range s.Sheets {
		if sheet.Currency == money.VND {
			return sheet
		}
	}
	return fund.Sheet{Currency: money.VND}
}

func TestAStatementAddsUpOverReceiptsPaymentsAndReversals(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		root := b.Root()
		enter(t, b, fund.Draft{Body: root, Kind: fund.Receipt, Day: on("2025-01-10"), Parts: []fund.Part{dong("dues", 5_000_000)}})
		enter(t, b, fund.Draft{Body: root, Kind: fund.Receipt, Day: on("2026-01-15"), Parts: []fund.Part{dong("donation", 2_000_000), dong("dues", 600_000)}})
		wrong := enter(t, b, fund.Draft{Body: root, Kind: fund.Payment, Day: on("2026-02-20"), Parts: []fund.Part{dong("sick-visit", 300_000)}})
		enter(t, b, fund.Draft{Body: root, Kind: fund.Payment, Day: on("2026-02-21"), Parts: []fund.Part{dong("condolence", 500_000)}})
		if wrong.Label() != "PC 1/2026" {
			t.Errorf("label %q, want PC 1/2026", wrong.Label())
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.Reverse(ctx, tx, storetest.Operator(), wrong.ID, "ghi nhầm người")
			return err
		})
		s := sheet(t, b, calendar.Year(2026))
		if s.Opening != 5_000_000 || s.Receipts != 2_600_000 || s.Payments != 500_000 || s.Closing != 7_100_000 {
			t.Errorf("year: opening %d, receipts %d, payments %d, closing %d", s.Opening, s.Receipts, s.Payments, s.Closing)
		}
		if len(s.In) != 2 || len(s.Out) != 1 || s.Out[0].Code != "condolence" {
			t.Errorf("rows in %v, out %v", s.In, s.Out)
		}
		part := sheet(t, b, calendar.Period{From: calendar.DayOf(2026, 1, 16), To: calendar.DayOf(2026, 2, 20)})
		if part.Opening != 7_600_000 || part.Closing != 7_600_000 || len(part.Out) != 0 {
			t.Errorf("between: opening %d, closing %d, out %v", part.Opening, part.Closing, part.Out)
		}
		sound(t, b)
	})
}

func TestWhatMakesNoSenseIsRefused(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		payment := fund.Draft{Body: b.Root(), Kind: fund.Payment, Day: on("2026-03-01"), Parts: []fund.Part{dong("gift", 1)}}
		with := func(change func(d *fund.Draft)) fund.Draft {
			d := payment
			d.Parts = append([]fund.Part{}, payment.Parts...)
			change(&d)
			return d
		}
		for want, d := range map[string]fund.Draft{
			"fund.amount.negative":   with(func(d *fund.Draft) { d.Parts[0].Amount.Minor = -5 }),
			"fund.amount.missing":    with(func(d *fund.Draft) { d.Parts = nil }),
			"money.large":            with(func(d *fund.Draft) { d.Parts[0].Amount.Minor = 1 << 60 }),
			"fund.currency.mixed":    with(func(d *fund.Draft) { d.Parts = append(d.Parts, fund.Part{Amount: money.Of(5, money.USD)}) }),
			"fund.heading.unknown":   with(func(d *fund.Draft) { d.Parts[0].Heading = "no-such" }),
			"fund.day.future":        with(func(d *fund.Draft) { d.Day = on("2027-01-01") }),
			"fund.approver.payer":    with(func(d *fund.Draft) { d.Approver, d.Payer = 7, 7 }),
			"fund.missing":           with(func(d *fund.Draft) { d.Body = 99 }),
			"fund.kind.unknown":      with(func(d *fund.Draft) { d.Kind = "theft" }),
			"fund.account.missing":   with(func(d *fund.Draft) { d.Purse = 99 }),
			"fund.postings.few":      with(func(d *fund.Draft) { d.Parts, d.Postings = nil, []fund.Posting{{Account: cash(t, b), Amount: 5}} }),
			"money.currency.unknown": with(func(d *fund.Draft) { d.Parts[0].Amount.Currency = "QQQ" }),
		} {
			got := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
				_, err := fund.Enter(ctx, tx, storetest.Operator(), d)
				return err
			})
			if got != want {
				t.Errorf("refused with %s, want %s", got, want)
			}
		}
		// Nothing of it drew a number.
		if e := enter(t, b, payment); e.Number != 1 {
			t.Errorf("number %d, want 1", e.Number)
		}
		sound(t, b)
	})
}

// cash is the association's cash box in đồng.
func cash(t testing.TB, b *store.Book) fund.AccountID {
	t.Helper()
	all, err := b.As(storetest.Operator()).FundAccounts(context.Background(), b.Root())
	if err != nil || len(all) == 0 {
		t.Fatalf("accounts %v %v", all, err)
	}
	return all[0].ID
}

func TestADeedAndItsMoneyStandAndFallTogether(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		branch := storetest.Branch(t, b, "Chi hội Một")
		by := storetest.Operator()
		var d deed.Deed
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			d, err = deed.PostPaid(ctx, tx, by, visit(branch.ID, "2026-03-04", 1), fund.Draft{Parts: []fund.Part{dong("", 300_000)}})
			return err
		})
		view := b.As(by)
		first, err := view.Entry(context.Background(), fund.EntryID(d.Entry))
		if err != nil || first.Body != b.Root() || first.Postings[0].Branch != branch.ID || first.Deed != int64(d.ID) || first.Name == "" {
			t.Fatalf("entry %+v %v", first, err)
		}
		s := sheet(t, b, calendar.Year(2026))
		if len(s.Out) != 1 || s.Out[0].Code != "sick-visit" || s.Out[0].Branch != branch.ID {
			t.Errorf("out %+v", s.Out)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			d.Note = "gia đình cảm ơn"
			d, err = deed.CorrectPaid(ctx, tx, by, d, fund.Draft{Parts: []fund.Part{dong("", 300_000)}}, deed.Correction{Based: 1})
			return err
		})
		if fund.EntryID(d.Entry) != first.ID {
			t.Errorf("a note alone changed the entry")
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			d, err = deed.CorrectPaid(ctx, tx, by, d, fund.Draft{Parts: []fund.Part{dong("", 500_000)}}, deed.Correction{Based: 2, Reason: "ghi thiếu"})
			return err
		})
		if s := sheet(t, b, calendar.Year(2026)); s.Payments != 500_000 || d.Entry == int64(first.ID) {
			t.Errorf("payments %d with entry %d", s.Payments, d.Entry)
		}
		sound(t, b)
		key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Cancel(ctx, tx, by, d.ID, 3)
			return err
		})
		if key != "deed.cancel.paid" {
			t.Errorf("cancelling the deed alone was refused with %s", key)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.CancelPaid(ctx, tx, by, d.ID, deed.Correction{Based: 3, Reason: "không có việc này"})
			return err
		})
		if s := sheet(t, b, calendar.Year(2026)); s.Payments != 0 || s.Closing != 0 {
			t.Errorf("after cancelling: payments %d, closing %d", s.Payments, s.Closing)
		}
		sound(t, b)
	})
}

func TestALateDeedKeepsItsDateAndItsMoneyEntersWhenTheBookIsOpen(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		by := storetest.Operator()
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.Close(ctx, tx, by, b.Root(), calendar.DayOf(2026, 3, 31))
			return err
		})
		key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.Enter(ctx, tx, by, fund.Draft{Body: b.Root(), Kind: fund.Payment, Day: on("2026-03-31"), Parts: []fund.Part{dong("gift", 1)}})
			return err
		})
		if key != "fund.day.closed" {
			t.Errorf("refused with %s", key)
		}
		var d deed.Deed
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			d, err = deed.PostPaid(ctx, tx, by, visit(b.Root(), "2026-02-11", 1), fund.Draft{Parts: []fund.Part{dong("", 300_000)}})
			return err
		})
		e, err := b.As(by).Entry(context.Background(), fund.EntryID(d.Entry))
		if err != nil || e.Day != calendar.DayOf(2026, 4, 1) || e.Refers != on("2026-02-11") || d.Day != on("2026-02-11") {
			t.Errorf("entry on %v refers to %v, deed on %v; %v", e.Day, e.Refers, d.Day, err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.Reopen(ctx, tx, by, b.Root(), calendar.DayOf(2026, 2, 28), "quyết định của ban chấp hành")
			return err
		})
		acts, err := b.As(by).Closings(context.Background(), b.Root())
		if err != nil || len(acts) != 2 || !acts[0].Reopens() {
			t.Errorf("acts %v %v", acts, err)
		}
		sound(t, b)
	})
}
