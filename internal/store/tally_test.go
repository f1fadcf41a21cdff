package store_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tally"
)

func ask(t testing.TB, b *store.Book, of body.ID, code, period string) tally.Figure {
	t.Helper()
	m, err := deed.ParseMeasure(code)
	if err != nil {
		t.Fatal(err)
	}
	p, err := calendar.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	f, err := tally.Of(context.Background(), b.As(storetest.Operator()), tally.Query{Body: of, Measure: m, Period: p})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFiguresPlaceOnlyWhatTheDateAllows(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		branch := storetest.Branch(t, b, "Chi hội Him Lam")
		for _, d := range []struct {
			day string
			n   int64
		}{{"2025-03-04", 1}, {"2025-03-28", 2}, {"2025-03", 4}, {"2025", 8}, {"", 16}, {"2003-10/2024-05", 1094}, {"2025-04-01", 32}} {
			post(t, b, visit(branch.ID, d.day, d.n))
		}
		cases := []struct {
			period          string
			within, undated int64
			across          []string
		}{
			{"2025", 47, 16, nil},
			{"2025-03", 7, 16, []string{"2025"}},
			{"2025-03-01/2025-03-10", 1, 16, []string{"2025", "2025-03"}},
			{"2025-03-20/2025-04-01", 34, 16, []string{"2025", "2025-03"}},
			{"2003-10/2024-05", 1094, 16, nil},
			{"2003-10/2024", 1094, 16, nil},
			{"2024", 0, 16, []string{"2003-10/2024-05"}},
			{"../..", 1157, 0, nil},
		}
		for _, c := range cases {
			f := ask(t, b, b.Root(), "sick-visit.acts", c.period)
			var across []string
			for _, p := range f.Across {
				across = append(across, p.EDTF())
			}
			if f.Qty != c.within || f.Undated != c.undated || !cmp.Equal(across, c.across) {
				t.Errorf("%q: within %d undated %d across %v; want %d %d %v", c.period, f.Qty, f.Undated, across, c.within, c.undated, c.across)
			}
		}
	})
}

func TestOverComesAndGoesWithItsLine(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		d := visit(b.Root(), "2022", 3200)
		d.Lines[0].Qualifier = deed.Over
		d = post(t, b, d)
		post(t, b, visit(b.Root(), "2022-05", 10))
		if f := ask(t, b, b.Root(), "sick-visit.acts", "2022"); f.Qty != 3210 || f.Qualifier != deed.Over {
			t.Fatalf("figure %+v, want over 3210", f)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Cancel(ctx, tx, storetest.Operator(), d.ID, 1)
			return err
		})
		if f := ask(t, b, b.Root(), "sick-visit.acts", "2022"); f.Qty != 10 || f.Qualifier != deed.Exact {
			t.Fatalf("figure %+v, want exactly 10", f)
		}
	})
}

// A random history of posting, correcting, cancelling and moving branches
// keeps three promises: tallies equal their recount, a body's figure is its own
// plus its children's, and periods that cut time add up.
func TestRandomHistoriesKeepTheirSums(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		homes := []body.ID{b.Root(), storetest.Branch(t, b, "Một").ID, storetest.Branch(t, b, "Hai").ID}
		sub := storetest.Named("Tổ của Hai", body.Branch)
		sub.Parent = homes[2]
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			sub, err = body.Found(ctx, tx, sub)
			return err
		})
		homes = append(homes, sub.ID)
		days := []string{"2024-01-15", "2024-02", "2024", "", "2023-11/2024-03", "2025-07-01", "2024-12-31", "2026~"}
		var posted []deed.Deed
		rapid.Check(t, func(rt *rapid.T) {
			for range rapid.IntRange(1, 6).Draw(rt, "steps") {
				pick := rapid.IntRange(0, 3).Draw(rt, "what")
				home := rapid.SampledFrom(homes).Draw(rt, "home")
				d := visit(home, rapid.SampledFrom(days).Draw(rt, "day"), rapid.Int64Range(0, 50).Draw(rt, "n"))
				if pick < 2 || len(posted) == 0 {
					posted = append(posted, post(t, b, d))
					continue
				}
				i := rapid.IntRange(0, len(posted)-1).Draw(rt, "which")
				d.ID = posted[i].ID
				if pick == 3 {
					d.Status = deed.Cancelled
				} else {
					d.Status = deed.Done
				}
				storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
					posted[i], err = deed.Correct(ctx, tx, storetest.Operator(), d, posted[i].Revision)
					return err
				})
			}
			if trouble, err := b.Check(ctx); err != nil || len(trouble) != 0 {
				rt.Fatalf("check: %v %v", trouble, err)
			}
			all := ask(t, b, b.Root(), "sick-visit.acts", "../..")
			own := int64(0)
			for _, h := range homes {
				own += figure(t, b, h, "sick-visit.acts", false)
			}
			if all.Qty != own {
				rt.Fatalf("the whole is %d, its bodies' own sum to %d", all.Qty, own)
			}
			counted := int64(0)
			for _, year := range []string{"2023", "2024", "2025", "2026"} {
				counted += ask(t, b, b.Root(), "sick-visit.acts", year).Qty
			}
			f := ask(t, b, b.Root(), "sick-visit.acts", "2024")
			for _, p := range f.Across {
				counted += p.Qty
			}
			if counted+f.Undated != all.Qty {
				rt.Fatalf("years %d + undated %d, the whole is %d", counted, f.Undated, all.Qty)
			}
		})
	})
}

func TestDistinctPeopleAreALeastNumberWhileActsHaveNoNames(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		ask := func() tally.Named {
			n, err := b.As(by).NamedReceivers(ctx, b.Root(), "longevity", calendar.Year(2026))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			d := deed.Deed{Body: b.Root(), Kind: "longevity", Day: calendar.On(2026, 2, 20), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 2}}}
			for _, name := range []string{"Phạm Văn Thược", "Đặng Thị Hương"} {
				p, err := person.Enrol(ctx, tx, by, person.Person{Body: b.Root(), Name: name}, nil)
				if err != nil {
					return err
				}
				d.Parties = append(d.Parties, deed.Party{Role: deed.Receiver, Person: p.ID})
			}
			_, err := deed.Post(ctx, tx, by, d)
			return err
		})
		if got, want := ask(), (tally.Named{People: 2, Deeds: 1, Acts: 2, With: 2}); got != want {
			t.Errorf("one deed for two, both named: %+v, want %+v", got, want)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Post(ctx, tx, by, deed.Deed{Body: b.Root(), Kind: "longevity", Day: calendar.InMonth(2026, 3), Brought: true, Lines: []deed.Line{{Unit: deed.Acts, Quantity: 372}}})
			return err
		})
		if got, want := ask(), (tally.Named{People: 2, Deeds: 2, Acts: 374, With: 2}); got != want {
			t.Errorf("with a figure brought forward: %+v, want %+v", got, want)
		}
	})
}
