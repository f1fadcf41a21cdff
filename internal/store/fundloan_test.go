package store_test

import (
	"context"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// member enrols somebody in a body from a year on.
func member(t testing.TB, b *store.Book, p person.Person, m person.Membership) (person.Person, person.Membership) {
	t.Helper()
	p.Body = m.Body
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		if p, err = person.Enrol(ctx, tx, storetest.Operator(), p, &m); err != nil {
			return err
		}
		all, err := tx.MembershipsOf(ctx, p.ID)
		m = all[0]
		return err
	})
	return p, m
}

func TestWhatThereWasIsBroughtForwardWithLoansAndArrears(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		by, ctx := storetest.Operator(), context.Background()
		p, m := member(t, b, person.Person{Name: "Lê Văn Mẫu"}, person.Membership{Body: b.Root(), Category: person.Full, Joined: calendar.InYear(2010)})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.BringForward(ctx, tx, by, fund.Start{
				Body: b.Root(), Day: on("2024-05-31"),
				Held:  []fund.Holding{{Amount: money.Of(48_350_000, money.VND)}},
				Loans: []fund.Loan{{Person: p.ID, Amount: money.Of(10_000_000, money.VND), Rate: "6", Due: calendar.DayOf(2025, 5, 31)}},
				Owed:  []fund.Charge{{Membership: m.ID, Year: 2023, Amount: money.Of(100_000, money.VND)}},
			})
			return err
		})
		key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.Enter(ctx, tx, by, fund.Draft{Body: b.Root(), Kind: fund.Payment, Day: on("2024-05-30"), Parts: []fund.Part{dong("gift", 1)}})
			return err
		})
		if key != "fund.day.closed" {
			t.Errorf("what happened before the change-over was refused with %s", key)
		}
		s := sheet(t, b, calendar.Year(2024))
		if s.Opening != 0 || s.Brought != 58_350_000 || s.Payments != 10_000_000 || s.Closing != 48_350_000 {
			t.Errorf("opening %d, brought %d, payments %d, closing %d", s.Opening, s.Brought, s.Payments, s.Closing)
		}
		loans, err := b.As(by).Loans(ctx, b.Root(), calendar.DayOf(2025, 5, 31))
		if err != nil || len(loans) != 1 || loans[0].Outstanding != 10_000_000 || loans[0].Interest != 600_000 || loans[0].Overdue {
			t.Fatalf("loans %+v %v", loans, err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.Repay(ctx, tx, by, loans[0].Loan.ID, fund.Instalment{Principal: 4_000_000, Interest: 600_000, Payout: fund.Payout{Day: on("2025-05-31")}})
			return err
		})
		loans, err = b.As(by).Loans(ctx, b.Root(), calendar.DayOf(2025, 6, 10))
		if err != nil || loans[0].Outstanding != 6_000_000 || loans[0].Interest != 9_863 || !loans[0].Overdue {
			t.Errorf("after repaying: %+v %v", loans, err)
		}
		key = refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.Repay(ctx, tx, by, loans[0].Loan.ID, fund.Instalment{Principal: 6_000_001})
			return err
		})
		if key != "fund.loan.over" {
			t.Errorf("refused with %s", key)
		}
		dues, err := b.As(by).Dues(ctx, b.Root(), 2026)
		if err != nil || len(dues) != 1 || dues[0].Since != 2023 || dues[0].Left[0].Minor != 100_000 {
			t.Errorf("dues %+v %v", dues, err)
		}
		sound(t, b)
	})
}

func TestDuesFollowCategoryYearExemptionAndMove(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		by := storetest.Operator()
		one, two := storetest.Branch(t, b, "Chi hội Một"), storetest.Branch(t, b, "Chi hội Hai")
		joined := func(name string, c person.Category) person.Membership {
			_, m := member(t, b, person.Person{Name: name}, person.Membership{Body: one.ID, Category: c, Joined: calendar.InYear(2022)})
			return m
		}
		joined("Bùi Văn Bình", person.HonoraryM)
		pays, exempt := joined("Bùi Văn An", person.Full), joined("Bùi Văn Cẩn", person.Full)
		moves, died := joined("Bùi Văn Dần", person.Full), joined("Bùi Văn Én", person.Full)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			for _, r := range []fund.Rate{
				{Body: b.Root(), Amount: money.Of(100_000, money.VND), Since: 2023},
				{Body: b.Root(), Amount: money.Of(120_000, money.VND), Since: 2025},
				{Body: b.Root(), Category: person.HonoraryM, Amount: money.Of(0, money.VND), Since: 2023},
				{Body: two.ID, Amount: money.Of(150_000, money.VND), Since: 2025},
			} {
				if _, err := fund.SetRate(ctx, tx, by, r); err != nil {
					return err
				}
			}
			if _, err := fund.Exempt(ctx, tx, by, fund.Exemption{Membership: exempt.ID, Since: 2024, Reason: "trên 80 tuổi"}); err != nil {
				return err
			}
			if _, err := person.Move(ctx, tx, by, moves.ID, two.ID, on("2025-07-01")); err != nil {
				return err
			}
			if err := person.Die(ctx, tx, by, died.Person, on("2025-03")); err != nil {
				return err
			}
			part := func(year int, minor int64) fund.Part {
				return fund.Part{Heading: fund.DuesCode, Amount: money.Of(minor, money.VND), Member: pays.ID, Year: year}
			}
			_, err := fund.Enter(ctx, tx, by, fund.Draft{
				Body: b.Root(), Kind: fund.Receipt, Day: on("2025-02-01"), Parts: []fund.Part{part(2023, 100_000), part(2024, 100_000), part(2025, 20_000)},
			})
			return err
		})
		dues, err := b.As(by).Dues(context.Background(), b.Root(), 2025)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]struct {
			since int
			left  int64
		}{
			"Bùi Văn An": {2025, 100_000}, "Bùi Văn Bình": {}, "Bùi Văn Cẩn": {2023, 100_000},
			"Bùi Văn Dần": {2023, 350_000}, "Bùi Văn Én": {2023, 200_000},
		}
		if len(dues) != len(want) {
			t.Fatalf("%d members, want %d", len(dues), len(want))
		}
		for _, d := range dues {
			w := want[d.Member.Name]
			left := int64(0)
			for _, a := range d.Left {
				left += a.Minor
			}
			if d.Since != w.since || left != w.left {
				t.Errorf("%s owes %d since %d, want %d since %d (%+v)", d.Member.Name, left, d.Since, w.left, w.since, d.Years)
			}
		}
	})
}
