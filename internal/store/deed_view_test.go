package store_test

import (
	"context"
	"slices"
	"strconv"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tally"
)

// titles lists the notes by which the deeds of a list are told apart.
func titles(t testing.TB, b *store.Book, q store.DeedQuery) []string {
	t.Helper()
	all, _, err := b.As(storetest.Operator()).Deeds(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, d := range all {
		found = append(found, d.Title)
	}
	slices.Sort(found)
	return found
}

func TestDeedsAreFoundByPeopleBranchesKindsAndWords(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		branch := storetest.Branch(t, b, "Chi hội Him Lam")
		var khoat person.Person
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			khoat, err = person.Enrol(ctx, tx, storetest.Operator(), person.Person{Body: branch.ID, Name: "Vũ Đình Khoát"}, nil)
			return err
		})
		put := func(title, day string, at body.ID, more func(d *deed.Deed)) {
			d := visit(at, day, 1)
			d.Lines = d.Lines[:1]
			d.Title = title
			if more != nil {
				more(&d)
			}
			post(t, b, d)
		}
		put("a", "2026-03-04", branch.ID, func(d *deed.Deed) {
			d.Parties = []deed.Party{{Role: deed.Receiver, Person: khoat.ID}}
			d.Lines = append(d.Lines, deed.Line{Unit: deed.Money, Currency: money.VND, Quantity: 300_000})
		})
		put("b", "2026", b.Root(), func(d *deed.Deed) { d.Parties = []deed.Party{{Role: deed.Receiver, Name: "gia đình cụ Mùi"}} })
		put("c", "", b.Root(), func(d *deed.Deed) { d.Kind = "condolence" })
		put("d", "2025-12-31", b.Root(), func(d *deed.Deed) { d.Status = deed.Planned })
		march := calendar.MonthOf(2026, 3)
		cases := []struct {
			q    store.DeedQuery
			want string
		}{
			{store.DeedQuery{}, "abcd"},
			{store.DeedQuery{Typed: "khoat"}, "a"},
			{store.DeedQuery{Typed: "thăm ốm Khoát"}, "a"},
			{store.DeedQuery{Typed: "him lam"}, "a"},
			{store.DeedQuery{Typed: "mui gia"}, "b"},
			{store.DeedQuery{Typed: "phúng"}, "c"},
			{store.DeedQuery{Typed: "nobody"}, ""},
			{store.DeedQuery{Kind: "condolence"}, "c"},
			{store.DeedQuery{Status: deed.Planned}, "d"},
			{store.DeedQuery{Body: branch.ID}, "a"},
			{store.DeedQuery{Body: b.Root(), Own: true}, "bcd"},
			{store.DeedQuery{Person: khoat.ID}, "a"},
			{store.DeedQuery{Person: khoat.ID, Role: deed.Visitor}, ""},
			{store.DeedQuery{Money: true}, "a"},
			{store.DeedQuery{Lacking: true}, ""},
			{store.DeedQuery{Period: march, Dated: true}, "ab"},
			{store.DeedQuery{Period: march, Dated: true, Fit: store.Within}, "a"},
			{store.DeedQuery{Period: march, Dated: true, Fit: store.Across}, "b"},
			{store.DeedQuery{Period: march, Dated: true, Fit: store.Undated}, "c"},
			{store.DeedQuery{Measure: "sick-visit.money"}, "a"},
			{store.DeedQuery{Measure: "sick-visit.money:VND"}, "a"},
			{store.DeedQuery{Measure: "no-such.acts"}, ""},
		}
		for _, c := range cases {
			var want []string
			for _, r := range c.want {
				want = append(want, string(r))
			}
			if got := titles(t, b, c.q); !slices.Equal(got, want) {
				t.Errorf("%+v: %v, want %v", c.q, got, want)
			}
			if n, _, err := b.As(storetest.Operator()).CountDeeds(context.Background(), c.q); err != nil || int(n) != len(want) {
				t.Errorf("%+v: counted %d (%v), want %d", c.q, n, err, len(want))
			}
		}
	})
}

func TestADeedListIsPagedWithoutGapsOrRepeats(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		for i := range 17 {
			d := visit(b.Root(), []string{"2026-01-01", "2026-01-02", "2026", ""}[i%4], 1)
			d.Title = strconv.Itoa(i)
			post(t, b, d)
		}
		for _, oldest := range []bool{false, true} {
			var all []string
			after := ""
			for {
				page, next, err := b.As(storetest.Operator()).Deeds(context.Background(), store.DeedQuery{Limit: 5, After: after, Oldest: oldest})
				if err != nil {
					t.Fatal(err)
				}
				for _, d := range page {
					all = append(all, d.Title)
				}
				if after = next; after == "" {
					break
				}
			}
			if slices.Sort(all); len(slices.Compact(all)) != 17 {
				t.Errorf("oldest first %v: %v", oldest, all)
			}
		}
	})
}

// What a figure says and what its opened list sums to must be one number.
func TestAFigureOpensDownToDeedsOfTheSameTotal(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		branch := storetest.Branch(t, b, "Chi hội Him Lam")
		for i, day := range []string{"2025-03-04", "2025-03", "2025", "2024-12/2025-02", "", "2025-12-31", "2026-01-01"} {
			d := visit(branch.ID, day, int64(1)<<i)
			if i == 1 {
				d.Lines[0].Qualifier = deed.Over
			}
			post(t, b, d)
		}
		for _, period := range []string{"2025", "2025-03", "2025-03-01/2025-03-04", "2024/2025"} {
			figure := ask(t, b, b.Root(), "sick-visit.acts", period)
			p, err := calendar.ParsePeriod(period)
			if err != nil {
				t.Fatal(err)
			}
			sums := map[store.Fit]int64{}
			for _, fit := range []store.Fit{store.Within, store.Across, store.Undated} {
				totals, err := b.As(storetest.Operator()).TotalDeeds(context.Background(), store.DeedQuery{Body: b.Root(), Measure: "sick-visit.acts", Period: p, Dated: true, Fit: fit})
				if err != nil {
					t.Fatal(err)
				}
				for _, total := range totals {
					sums[fit] += total.Qty
					if fit == store.Within && total.Counts.Qualifier() != figure.Qualifier {
						t.Errorf("%s: the list is %v, the figure %v", period, total.Counts.Qualifier(), figure.Qualifier)
					}
				}
			}
			if across := sumOf(figure.Across); sums[store.Within] != figure.Qty || sums[store.Across] != across || sums[store.Undated] != figure.Undated {
				t.Errorf("%s: list %v; figure within %d across %d undated %d", period, sums, figure.Qty, across, figure.Undated)
			}
		}
	})
}

func sumOf(parts []tally.Part) (sum int64) {
	for _, p := range parts {
		sum += p.Qty
	}
	return sum
}

// A deed of a kind never counted before can be read and changed in the very
// transaction that posts it.
func TestANewDeedIsReadByWorkOfItsOwnCommit(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			d, err := deed.Post(ctx, tx, storetest.Operator(), visit(b.Root(), "2026-01-01", 3))
			if err != nil {
				return err
			}
			if d, err = tx.Deed(ctx, d.ID); err != nil {
				return err
			}
			if d.Lines[0].Quantity != 3 {
				t.Errorf("read %+v", d.Lines)
			}
			d.Lines[0].Quantity = 5
			_, err = deed.Correct(ctx, tx, storetest.Operator(), d, 1)
			return err
		})
		if f := ask(t, b, b.Root(), "sick-visit.acts", "2026"); f.Qty != 5 {
			t.Errorf("figure %+v, want 5", f)
		}
	})
}
