package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// holder is an actor who holds an office at the top of the book.
func holder(b *store.Book, kind access.OfficeKind, id int64) access.Actor {
	return access.Actor{Person: id, Name: string(kind), Grants: access.GrantsOf(kind, b.Root()), Tree: b.Tree(), Today: storetest.Today()}
}

// as runs work on behalf of an actor.
func as(b *store.Book, by access.Actor, do func(ctx context.Context, tx *store.Tx) error) error {
	return b.Write(context.Background(), store.Writing{By: by}, do)
}

func TestOnlyTheOfficesConcernedTouchTheMoney(t *testing.T) {
	b := storetest.Open(t)
	openFund(t, b, b.Root())
	paid := enter(t, b, fund.Draft{Body: b.Root(), Kind: fund.Payment, Day: on("2026-03-01"), Parts: []fund.Part{dong("gift", 5)}})
	part := []fund.Part{dong("gift", 1)}
	verbs := map[string]func(ctx context.Context, tx *store.Tx, by access.Actor) error{
		"enter": func(ctx context.Context, tx *store.Tx, by access.Actor) error {
			_, err := fund.Enter(ctx, tx, by, fund.Draft{Body: b.Root(), Kind: fund.Payment, Parts: part})
			return err
		},
		"pay a deed": func(ctx context.Context, tx *store.Tx, by access.Actor) error {
			_, err := deed.PostPaid(ctx, tx, by, visit(b.Root(), "2026-03-01", 1), fund.Draft{Parts: part})
			return err
		},
		"reverse": func(ctx context.Context, tx *store.Tx, by access.Actor) error {
			_, err := fund.Reverse(ctx, tx, by, paid.ID, "thử")
			return err
		},
		"approve": func(ctx context.Context, tx *store.Tx, by access.Actor) error {
			_, err := fund.Approve(ctx, tx, by, paid.ID, fund.Approval{})
			return err
		},
		"close": func(ctx context.Context, tx *store.Tx, by access.Actor) error {
			_, err := fund.Close(ctx, tx, by, b.Root(), calendar.DayOf(2026, 6, 30))
			return err
		},
		"reopen": func(ctx context.Context, tx *store.Tx, by access.Actor) error {
			if _, err := fund.Close(ctx, tx, storetest.Operator(), b.Root(), calendar.DayOf(2026, 6, 30)); err != nil {
				return err
			}
			_, err := fund.Reopen(ctx, tx, by, b.Root(), calendar.DayOf(2026, 1, 31), "thử")
			return err
		},
		"norm": func(ctx context.Context, tx *store.Tx, by access.Actor) error {
			_, err := fund.SetNorm(ctx, tx, by, fund.Norm{Body: b.Root(), Kind: "gift", Amount: money.Of(1, money.VND)})
			return err
		},
	}
	may := map[access.OfficeKind][]string{
		access.Head:       {"pay a deed", "approve", "close", "reopen", "norm"},
		access.Deputy:     {"pay a deed", "approve"},
		access.Secretary:  {"pay a deed", "norm"},
		access.Treasurer:  {"enter", "pay a deed", "reverse", "close"},
		access.Accountant: {"enter", "pay a deed", "reverse"},
		access.Inspector:  {}, access.Member: {}, access.Helper: {"pay a deed"}, access.Honorary: {},
	}
	back := errors.New("take it back")
	for _, kind := range access.OfficeKinds() {
		allowed := map[string]bool{}
		for _, v := range may[kind] {
			allowed[v] = true
		}
		for name, verb := range verbs {
			err := as(b, holder(b, kind, 77), func(ctx context.Context, tx *store.Tx) error {
				if err := verb(ctx, tx, holder(b, kind, 77)); err != nil {
					return err
				}
				return back
			})
			switch {
			case allowed[name] && !errors.Is(err, back):
				t.Errorf("%s may not %s: %v", kind, name, err)
			case !allowed[name] && fault.KindOf(err) != fault.Forbidden:
				t.Errorf("%s may %s: %v", kind, name, err)
			}
		}
		_, err := b.As(holder(b, kind, 77)).Statement(context.Background(), b.Root(), calendar.Year(2026))
		reads := holder(b, kind, 77).Can(access.ReadFund, b.Root())
		if (err == nil) != reads {
			t.Errorf("%s reads the statement: %v", kind, err)
		}
	}
	sound(t, b)
}

func TestSpendingIsListedUntilSomebodyElseApproves(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		secretary, head := holder(b, access.Secretary, 1), holder(b, access.Head, 2)
		var d deed.Deed
		err := as(b, secretary, func(ctx context.Context, tx *store.Tx) (err error) {
			d, err = deed.PostPaid(ctx, tx, secretary, visit(b.Root(), "2026-03-04", 1), fund.Draft{
				Parts: []fund.Part{dong("", 300_000)}, Slip: fund.Slip{Payer: 2},
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		open := func() int {
			n, err := b.As(storetest.Operator()).CountEntries(context.Background(), store.EntriesAsked{Period: calendar.Always(), Unapproved: true})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		approve := func(by access.Actor) error {
			return as(b, by, func(ctx context.Context, tx *store.Tx) error {
				_, err := fund.Approve(ctx, tx, by, fund.EntryID(d.Entry), fund.Approval{Voucher: "danh sách ký nhận"})
				return err
			})
		}
		if open() != 1 {
			t.Errorf("%d unapproved, want 1", open())
		}
		if err := approve(head); fault.KindOf(err) != fault.Invalid {
			t.Errorf("the head approved what the head handed out: %v", err)
		}
		if err := approve(holder(b, access.Deputy, 3)); err != nil {
			t.Error(err)
		}
		if open() != 0 {
			t.Errorf("%d unapproved, want none", open())
		}
		if err := approve(holder(b, access.Deputy, 4)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("approved twice: %v", err)
		}
		sign := func(id int64) error {
			by := holder(b, access.Deputy, id)
			return as(b, by, func(ctx context.Context, tx *store.Tx) error {
				_, err := fund.Countersign(ctx, tx, by, fund.EntryID(d.Entry))
				return err
			})
		}
		for _, id := range []int64{2, 3} { // the payer and the approver
			if err := sign(id); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%d countersigned: %v", id, err)
			}
		}
		if err := sign(5); err != nil {
			t.Error(err)
		}
		e, err := b.As(head).Entry(context.Background(), fund.EntryID(d.Entry))
		if err != nil || e.Approver != 3 || e.Second != 5 || e.Voucher != "danh sách ký nhận" {
			t.Errorf("entry %+v %v", e, err)
		}
		err = as(b, secretary, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.CancelPaid(ctx, tx, secretary, d.ID, deed.Correction{Based: 1, Reason: "thử"})
			return err
		})
		if fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the secretary took back approved money: %v", err)
		}
		sound(t, b)
	})
}

func TestNumbersHaveNoGapsHoweverManyFail(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				err := as(b, storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
					// A paper registered under the same letters has numbers of its own.
					if _, err := tx.NextNumber(ctx, b.Root(), "PT", 2026); err != nil {
						return err
					}
					_, err := fund.Enter(ctx, tx, storetest.Operator(), fund.Draft{
						Body: b.Root(), Kind: fund.Receipt, Day: on("2026-03-01"), Parts: []fund.Part{dong("dues", 1)},
					})
					if err == nil && i%3 == 0 {
						return errOnPurpose
					}
					return err
				})
				if err != nil && !errors.Is(err, errOnPurpose) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		last := enter(t, b, fund.Draft{Body: b.Root(), Kind: fund.Receipt, Day: on("2026-03-02"), Parts: []fund.Part{dong("dues", 1)}})
		if last.Number != 41 {
			t.Errorf("number %d, want 41", last.Number)
		}
		sound(t, b)
	})
}

func TestWhatWasTamperedWithIsFound(t *testing.T) {
	for what, statement := range map[string]string{
		"an amount":     `UPDATE posting SET amount = amount - 1 WHERE n = 1`,
		"a number":      `UPDATE entry SET number = 9 WHERE number = 2`,
		"a turnover":    `UPDATE turnover SET debit = debit + 1`,
		"a lost entry":  `DELETE FROM entry WHERE number = 2`,
		"a lost line":   `DELETE FROM posting WHERE n = 2`,
		"all of a year": `DELETE FROM entry`,
		"the account":   `UPDATE fund_account SET body = body + 1`,
		"a deed's link": `UPDATE deed SET entry = entry + 1`,
	} {
		t.Run(what, func(t *testing.T) {
			b := storetest.Open(t)
			openFund(t, b, b.Root())
			for range 2 {
				storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
					_, err := deed.PostPaid(ctx, tx, storetest.Operator(), visit(b.Root(), "2026-03-04", 1), fund.Draft{Parts: []fund.Part{dong("", 300_000)}})
					return err
				})
			}
			sound(t, b)
			if err := store.Tamper(context.Background(), b, statement); err != nil {
				t.Fatal(err)
			}
			trouble, err := b.Check(context.Background())
			if err != nil || len(trouble) == 0 {
				t.Errorf("check found %v, %v", trouble, err)
			}
		})
	}
}

func TestABranchHandsMoneyToTheAssociation(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		branch := storetest.Branch(t, b, "Chi hội Một")
		openFund(t, b, b.Root())
		openFund(t, b, branch.ID)
		by, ctx := storetest.Operator(), context.Background()
		enter(t, b, fund.Draft{Body: branch.ID, Kind: fund.Receipt, Day: on("2026-03-01"), Parts: []fund.Part{dong("dues", 1_000_000)}})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, _, err := fund.Hand(ctx, tx, by, fund.Handing{From: branch.ID, Into: b.Root(), Day: on("2026-03-05"), Amount: money.Of(600_000, money.VND)})
			return err
		})
		if s := sheet(t, b, calendar.Year(2026)); s.Receipts != 0 || s.Moved != 600_000 || s.Closing != 600_000 {
			t.Errorf("association: receipts %d, moved %d, closing %d", s.Receipts, s.Moved, s.Closing)
		}
		all, err := b.As(by).StatementBelow(ctx, b.Root(), calendar.Year(2026))
		if err != nil || len(all.Sheets) != 1 {
			t.Fatal(all, err)
		}
		s := all.Sheets[0]
		if s.Receipts != 1_000_000 || s.Moved != 0 || s.Closing != 1_000_000 || s.In[0].Branch != branch.ID || len(s.Other) != 0 {
			t.Errorf("together: %+v", s)
		}
		sound(t, b)
	})
}

func TestRestrictedMoneyIsFollowedToItsPurpose(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		by := storetest.Operator()
		var purpose fund.Purpose
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			purpose, err = fund.SetPurpose(ctx, tx, by, fund.Purpose{Body: b.Root(), Names: map[string]string{"vi": "70 suất học bổng"}}, 0)
			return err
		})
		part := func(heading string, minor int64) []fund.Part {
			p := dong(heading, minor)
			p.Purpose = purpose.ID
			return []fund.Part{p}
		}
		enter(t, b, fund.Draft{Body: b.Root(), Kind: fund.Receipt, Day: on("2026-03-01"), Parts: part("sponsor", 20_000_000), Slip: fund.Slip{Consent: person.Yes}})
		enter(t, b, fund.Draft{Body: b.Root(), Kind: fund.Payment, Day: on("2026-03-02"), Parts: part("study-award", 12_500_000)})
		enter(t, b, fund.Draft{Body: b.Root(), Kind: fund.Receipt, Day: on("2026-03-03"), Parts: []fund.Part{dong("dues", 7)}})
		left, err := b.As(by).PurposeBalances(context.Background(), b.Root(), storetest.Today())
		if err != nil || len(left) != 1 || left[0].Received.Minor != 20_000_000 || left[0].Spent.Minor != 12_500_000 || left[0].Left.Minor != 7_500_000 {
			t.Errorf("purposes %+v %v", left, err)
		}
	})
}
