package store_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// When the disk is full the book says so in words, nothing is half done, and it
// goes on when there is room again.
func TestAFullDiskIsToldAndTheBookGoesOn(t *testing.T) {
	b, ctx := storetest.Open(t), context.Background()
	post(t, b, visit(b.Root(), "2026-03-01", 1))
	before := figure(t, b, b.Root(), "sick-visit.acts", false)
	if err := store.Tamper(ctx, b, `PRAGMA max_page_count = 1`); err != nil { // as many as there are
		t.Fatal(err)
	}
	bulky := visit(b.Root(), "2026-03-02", 1)
	bulky.Note = strings.Repeat("dài ", 400)
	var last error
	done := 0
	for range 400 {
		last = b.Write(ctx, store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Post(ctx, tx, storetest.Operator(), bulky)
			return err
		})
		if last != nil {
			break
		}
		done++
	}
	if found := fault.All(last); len(found) != 1 || found[0].Key != "store.full" {
		t.Fatalf("after %d deeds: %v, want store.full", done, last)
	}
	if got := figure(t, b, b.Root(), "sick-visit.acts", false); got != before+int64(done) {
		t.Errorf("%d visits, want %d: something is half done", got, before+int64(done))
	}
	if err := store.Tamper(ctx, b, `PRAGMA max_page_count = 1000000`); err != nil {
		t.Fatal(err)
	}
	post(t, b, visit(b.Root(), "2026-03-03", 1))
	if got := figure(t, b, b.Root(), "sick-visit.acts", false); got != before+int64(done)+1 {
		t.Errorf("%d visits after there was room again", got)
	}
	sound(t, b)
}

// Numbers have no gaps however many write at once and however many of them fail.
func TestNumbersHaveNoGapsAmongManyWritersOfWhomSomeFail(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		var all sync.WaitGroup
		var good atomic.Int64
		no := errors.New("no")
		for i := range 32 {
			all.Go(func() {
				for j := range 6 {
					err := b.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
						_, err := fund.Enter(ctx, tx, storetest.Operator(), fund.Draft{
							Body: b.Root(), Kind: fund.Receipt, Day: on("2026-03-01"), Parts: []fund.Part{dong(fund.DonationCode, 1)},
						})
						if err == nil && (i+j)%3 == 0 {
							return no // the number was drawn, and is given back
						}
						return err
					})
					if err == nil {
						good.Add(1)
					} else if !errors.Is(err, no) {
						t.Errorf("write: %v", err)
					}
				}
			})
		}
		all.Wait()
		entries, err := b.As(storetest.Operator()).Entries(context.Background(), store.EntriesAsked{Period: calendar.Year(2026), Kind: fund.Receipt, Most: 999})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[int64]bool{}
		for _, e := range entries {
			seen[e.Number] = true
		}
		for n := int64(1); n <= good.Load(); n++ {
			if !seen[n] {
				t.Errorf("number %d is missing", n)
			}
		}
		if int64(len(entries)) != good.Load() || len(seen) != len(entries) {
			t.Errorf("%d entries with %d numbers, want %d", len(entries), len(seen), good.Load())
		}
		sound(t, b)
	})
}

// Of two who take the same entry back, or correct the same person, one succeeds.
func TestOfTwoAtTheSameTimeOneSucceeds(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		by := storetest.Operator()
		openFund(t, b, b.Root())
		paid := enter(t, b, fund.Draft{Body: b.Root(), Kind: fund.Receipt, Day: on("2026-03-01"), Parts: []fund.Part{dong(fund.DonationCode, 7)}})
		p := enrol(t, b, person.Person{Name: "Lê Một", Body: b.Root(), Birth: calendar.InYear(1950)})[0]
		verbs := map[string]struct {
			do   func(ctx context.Context, tx *store.Tx) error
			kind fault.Kind
		}{
			"reverse": {func(ctx context.Context, tx *store.Tx) error {
				_, err := fund.Reverse(ctx, tx, by, paid.ID, "nhầm")
				return err
			}, fault.Invalid},
			"correct": {func(ctx context.Context, tx *store.Tx) error {
				changed := p
				changed.Phone = "0911"
				_, err := person.Correct(ctx, tx, by, changed, p.Revision)
				return err
			}, fault.Stale},
		}
		for name, verb := range verbs {
			var both sync.WaitGroup
			var done atomic.Int64
			for range 8 {
				both.Go(func() {
					err := b.Write(context.Background(), store.Writing{By: by}, verb.do)
					if err == nil {
						done.Add(1)
					} else if fault.KindOf(err) != verb.kind {
						t.Errorf("%s: refused by %v", name, err)
					}
				})
			}
			both.Wait()
			if done.Load() != 1 {
				t.Errorf("%s: %d succeeded, want 1", name, done.Load())
			}
		}
		sound(t, b)
	})
}
