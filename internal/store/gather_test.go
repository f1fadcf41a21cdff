package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

var errOwn = errors.New("the caller thought better of it")

// Callers of a group whose rows are written together: those who fall take back
// their rows, their tallies and their numbers, whether or not something of theirs
// was written already.
func TestTheFallenOfAGroupLeaveNeitherRowsNorGaps(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				err := b.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
					d, err := deed.PostPaid(ctx, tx, storetest.Operator(), visit(b.Root(), "2026-11", 1), fund.Draft{Parts: []fund.Part{{Amount: money.Of(300_000, money.VND)}}})
					if err != nil {
						return err
					}
					if i%4 == 1 { // reads, so that what it wrote is in the engine by then
						if _, err := tx.Deed(ctx, d.ID); err != nil {
							return err
						}
					}
					if i%3 == 0 {
						return errOwn
					}
					return nil
				})
				if want := i%3 == 0; errors.Is(err, errOwn) != want || err != nil && !want {
					t.Errorf("caller %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		view := b.As(storetest.Operator())
		entries, err := view.Entries(context.Background(), store.EntriesAsked{Period: calendar.Always(), Most: 100})
		if err != nil || len(entries) != 40 {
			t.Fatalf("%d entries, %v; want 40", len(entries), err)
		}
		given := map[int64]bool{}
		for _, e := range entries {
			given[e.Number] = true
		}
		for n := range int64(40) {
			if !given[n+1] {
				t.Fatalf("number %d was never given: %v", n+1, given)
			}
		}
		if got := figure(t, b, b.Root(), "sick-visit.acts", false); got != 40 {
			t.Fatalf("acts = %d, want 40", got)
		}
		sound(t, b)
	})
}

// A work of more rows than are held back is written while it goes on: taken back,
// nothing of it stays; kept, all of it does.
func TestALongWorkIsWhollyThereOrNotAtAll(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		const many = 3000 // of nine rows and more each
		long := func(end error) error {
			return b.Write(context.Background(), store.Writing{By: storetest.Operator(), Job: 7}, func(ctx context.Context, tx *store.Tx) error {
				for i := range many {
					d := visit(b.Root(), "2026-11", 1)
					d.Title = fmt.Sprintf("Thăm ốm lần thứ %d", i)
					if _, err := deed.Post(ctx, tx, storetest.Operator(), d); err != nil {
						return err
					}
				}
				return end
			})
		}
		if err := long(errOwn); !errors.Is(err, errOwn) {
			t.Fatalf("the work taken back: %v", err)
		}
		if got := figure(t, b, b.Root(), "sick-visit.acts", false); got != 0 {
			t.Fatalf("acts after the work was taken back = %d", got)
		}
		sound(t, b)
		if err := long(nil); err != nil {
			t.Fatal(err)
		}
		if got := figure(t, b, b.Root(), "sick-visit.acts", false); got != many {
			t.Fatalf("acts = %d, want %d", got, many)
		}
		sound(t, b)
	})
}
