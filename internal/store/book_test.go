package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func visit(home body.ID, day string, count int64) deed.Deed {
	d, err := calendar.ParseEDTF(day)
	if err != nil {
		panic(err)
	}
	return deed.Deed{
		Body: home, Kind: "sick-visit", Day: d,
		Parties: []deed.Party{{Role: deed.Receiver, Name: "Ông Bùi Văn Thử"}},
		Lines:   []deed.Line{{Unit: deed.Acts, Quantity: count}, {Unit: deed.Money, Currency: "VND", Quantity: count * 300_000}},
	}
}

func post(t *testing.T, b *store.Book, d deed.Deed) deed.Deed {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		d, err = deed.Post(ctx, tx, storetest.Operator(), d)
		return err
	})
	return d
}

func figure(t *testing.T, b *store.Book, of body.ID, code string, below bool) int64 {
	t.Helper()
	m, err := deed.ParseMeasure(code)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.As(storetest.Operator()).TallyRows(context.Background(), of, m, below)
	if err != nil {
		t.Fatal(err)
	}
	total := int64(0)
	for _, r := range rows {
		total += r.Qty
	}
	return total
}

func TestTalliesFollowPostingCorrectionAndCancelling(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		branch := storetest.Branch(t, b, "Chi hội Noong Bua")
		d := post(t, b, visit(branch.ID, "2025-03-04", 2))
		if got := figure(t, b, branch.ID, "sick-visit.acts", false); got != 2 {
			t.Fatalf("acts = %d, want 2", got)
		}
		if got := figure(t, b, branch.ID, "sick-visit.money:VND", false); got != 600_000 {
			t.Fatalf("money = %d, want 600000", got)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			d.Lines = []deed.Line{{Unit: deed.Acts, Quantity: 3}}
			d, err = deed.Correct(ctx, tx, storetest.Operator(), d, 1)
			return err
		})
		if got := figure(t, b, branch.ID, "sick-visit.acts", false); got != 3 {
			t.Fatalf("acts after correction = %d, want 3", got)
		}
		if got := figure(t, b, branch.ID, "sick-visit.money:VND", false); got != 0 {
			t.Fatalf("money after correction = %d, want 0", got)
		}
		read, err := b.As(storetest.Operator()).Deed(context.Background(), d.ID)
		if err != nil || len(read.Lines) != 1 || read.Lines[0].Quantity != 3 || read.Revision != 2 {
			t.Fatalf("read %+v, %v; want one line of 3 at revision 2", read, err)
		}
		err = b.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Correct(ctx, tx, storetest.Operator(), d, 1)
			return err
		})
		if fault.KindOf(err) != fault.Stale {
			t.Fatalf("a correction based on an old revision gave %v, want a stale refusal", err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Cancel(ctx, tx, storetest.Operator(), d.ID, 2)
			return err
		})
		if got := figure(t, b, branch.ID, "sick-visit.acts", false); got != 0 {
			t.Fatalf("acts after cancelling = %d, want 0", got)
		}
	})
}

func TestOneFailureOfAGroupLeavesTheOthersStanding(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		refused := errors.New("refused")
		const callers = 40
		errs := make([]error, callers)
		var wg sync.WaitGroup
		for i := range callers {
			wg.Go(func() {
				errs[i] = b.Write(ctx, store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
					if _, err := deed.Post(ctx, tx, storetest.Operator(), visit(b.Root(), "2026-01", 1)); err != nil {
						return err
					}
					switch i % 4 {
					case 1:
						return refused
					case 2:
						panic("a caller's mistake")
					}
					return nil
				})
			})
		}
		wg.Wait()
		good := int64(0)
		for i, err := range errs {
			want := i%4 == 0 || i%4 == 3
			if (err == nil) != want {
				t.Errorf("caller %d: %v", i, err)
			}
			if err == nil {
				good++
			}
		}
		if got := figure(t, b, b.Root(), "sick-visit.acts", false); got != good {
			t.Fatalf("figure = %d, want the %d confirmed", got, good)
		}
		if trouble, err := b.Check(ctx); err != nil || len(trouble) != 0 {
			t.Fatalf("check: %v %v", trouble, err)
		}
	})
}

func TestRehearsalLeavesNothing(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		link, _ := b.Head()
		err := b.Rehearse(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Post(ctx, tx, storetest.Operator(), visit(b.Root(), "2026", 7))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := figure(t, b, b.Root(), "sick-visit.acts", false); got != 0 {
			t.Fatalf("figure = %d, want 0", got)
		}
		if after, _ := b.Head(); after != link {
			t.Fatalf("history grew from %d to %d", link, after)
		}
	})
}

func TestAlteredHistoryIsFound(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		d := post(t, b, visit(b.Root(), "2026-02", 1))
		if err := store.Tamper(ctx, b, `UPDATE change SET payload = '{"after":{}}' WHERE subject = 'deed'`); err != nil {
			t.Fatal(err)
		}
		trouble, err := b.Check(ctx)
		if err != nil || len(trouble) == 0 {
			t.Fatalf("check found %v, %v; want the altered change", trouble, err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			return tx.Redact(ctx, "deed", int64(d.ID), d.Body)
		})
		if trouble, err = b.Check(ctx); err != nil || len(trouble) != 0 {
			t.Fatalf("a recorded redaction broke the chain: %v %v", trouble, err)
		}
	})
}

func TestAWrongTallyIsFound(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		post(t, b, visit(b.Root(), "2026-02", 1))
		if err := store.Tamper(ctx, b, `UPDATE tally SET qty = qty + 1`); err != nil {
			t.Fatal(err)
		}
		trouble, err := b.Check(ctx)
		if err != nil || len(trouble) != 2 {
			t.Fatalf("check found %v, %v; want both tallies", trouble, err)
		}
	})
}

func TestPeopleJoinMoveDieAndAreFound(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		one, two := storetest.Branch(t, b, "Chi hội Một"), storetest.Branch(t, b, "Chi hội Hai")
		var p person.Person
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			by := storetest.Operator()
			p, err = person.Enrol(ctx, tx, by, person.Person{Body: one.ID, Name: "Đặng Thị Hương", Birth: calendar.InYear(1949)},
				&person.Membership{Body: one.ID, Category: person.Full, Joined: calendar.InYear(2005), Number: "017"})
			if err != nil {
				return err
			}
			ms, err := tx.MembershipsOf(ctx, p.ID)
			if err != nil || len(ms) != 1 {
				return fmt.Errorf("memberships: %v %v", ms, err)
			}
			if _, err := person.Move(ctx, tx, by, ms[0].ID, two.ID, calendar.InYear(2020)); err != nil {
				return err
			}
			return person.Die(ctx, tx, by, p.ID, calendar.InYear(2026))
		})
		view := b.As(storetest.Operator())
		got, err := view.Person(ctx, p.ID)
		if err != nil || !got.Dead || got.Body != two.ID || got.Revision != 3 {
			t.Fatalf("person %+v %v", got, err)
		}
		history, err := view.History(ctx, "person", int64(p.ID))
		if err != nil || len(history) != 3 {
			t.Fatalf("history %v %v, want three entries: enrolled, moved, died", history, err)
		}
	})
}
