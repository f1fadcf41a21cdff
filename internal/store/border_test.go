package store_test

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tally"
)

// figureOn asks for all visits of a body on some borders.
func figureOn(t testing.TB, b *store.Book, of body.ID, borders tally.Borders, period string) tally.Figure {
	t.Helper()
	p, err := calendar.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	m := deed.Measure{Kind: "sick-visit", Unit: deed.Acts}
	f, err := tally.Of(context.Background(), b.As(storetest.Operator()), tally.Query{Body: of, Measure: m, Period: p, Borders: borders})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// ground founds a locality that stood for a period.
func ground(t testing.TB, b *store.Book, name string, under body.ID, life calendar.Period) body.Body {
	t.Helper()
	l := storetest.Named(name, body.Locality)
	l.Parent = under
	if life.From > calendar.Earliest {
		l.Founded = calendar.OnDay(life.From)
	}
	if life.To < calendar.Latest {
		l.Ended = calendar.OnDay(life.To)
	}
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		l, err = body.Found(ctx, tx, l)
		return err
	})
	return l
}

func succeeded(t testing.TB, b *store.Book, kind body.EventKind, on calendar.Day, edges ...body.Succession) {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertEvent(ctx, body.Event{ID: tx.NewID(), Kind: kind, Day: on, Edges: edges})
	})
}

// divided is a book of two old provinces and a new one, with a commune that was
// divided by halves and one whose shares nobody knows.
type divided struct {
	west, east, whole         body.Body // provinces: two until the day, one from it
	halved, split, kept       body.Body // communes of before, kept for one that went over whole
	north, south              body.Body // communes of after
	day                       calendar.Day
	then, today, before, line tally.Borders
}

func newDivided(t testing.TB, b *store.Book) divided {
	day := calendar.DayOf(2025, time.July, 1)
	old, fresh := calendar.Until(day-1), calendar.Since(day)
	d := divided{day: day, today: tally.Borders{Extent: tally.Today}, before: tally.Borders{Extent: tally.OnDay, Day: day - 1}, line: tally.Borders{Extent: tally.OwnLine}}
	d.west, d.east = ground(t, b, "Tỉnh Tây", 0, old), ground(t, b, "Tỉnh Đông", 0, old)
	d.whole = ground(t, b, "Tỉnh Mới", 0, fresh)
	d.halved, d.split = ground(t, b, "Xã Đôi", d.west.ID, old), ground(t, b, "Xã Chia", d.west.ID, old)
	d.kept = ground(t, b, "Xã Còn", d.east.ID, old)
	d.north, d.south = ground(t, b, "Xã Bắc", d.whole.ID, fresh), ground(t, b, "Xã Nam", d.whole.ID, fresh)
	half := body.Share{Num: 1, Den: 2}
	succeeded(t, b, body.Merging, day, body.Succession{From: d.west.ID, To: d.whole.ID}, body.Succession{From: d.east.ID, To: d.whole.ID})
	succeeded(t, b, body.Splitting, day,
		body.Succession{From: d.halved.ID, To: d.north.ID, Share: half}, body.Succession{From: d.halved.ID, To: d.south.ID, Share: half},
		body.Succession{From: d.split.ID, To: d.north.ID}, body.Succession{From: d.split.ID, To: d.south.ID},
		body.Succession{From: d.kept.ID, To: d.south.ID, Share: body.Whole()})
	return d
}

func TestAFigureIsAskedOnFourBorders(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		d := newDivided(t, b)
		for _, p := range []struct {
			at  body.ID
			day string
			n   int64
		}{{d.halved.ID, "2024-05-01", 5}, {d.split.ID, "2024-06", 7}, {d.kept.ID, "2023", 11}, {d.west.ID, "2024-01-01", 1}, {d.north.ID, "2025-08-01", 100}, {d.whole.ID, "2026-01-01", 1000}} {
			post(t, b, visit(p.at, p.day, p.n))
		}
		cases := []struct {
			name    string
			of      body.ID
			borders tally.Borders
			want    int64
			rest    int64 // not divisible
		}{
			{"new province, of each time", d.whole.ID, d.then, 1100, 0},
			{"new province today", d.whole.ID, d.today, 1124, 7},
			{"north has the half and, on a tie, the unit left over", d.north.ID, d.today, 103, 7},
			{"south has the other half and all that was kept", d.south.ID, d.today, 13, 7},
			{"old province of its time", d.west.ID, d.then, 13, 0},
			{"old province before", d.west.ID, d.before, 113, 1100}, // north came from two of its own; the province new lies between it and the other
			{"old province today is answered for by the new one", d.west.ID, d.today, 1124, 7},
			{"new province before is answered for by both", d.whole.ID, d.before, 1124, 1100},
			{"line of the new province", d.whole.ID, d.line, 1124, 0},
			{"line of one that came into it", d.west.ID, d.line, 1113, 0},
			{"divided commune, its line", d.split.ID, d.line, 107, 0},
		}
		for kept := range 2 {
			for _, c := range cases {
				f := figureOn(t, b, c.of, c.borders, "../..")
				var rest int64
				for _, r := range f.NotDivisible {
					rest += r.Qty
				}
				if f.Qty != c.want || rest != c.rest {
					t.Errorf("kept %d, %s: %d with %d not divisible, want %d with %d", kept, c.name, f.Qty, rest, c.want, c.rest)
				}
			}
			if kept == 0 {
				keep(t, b, d.day-1, d.day)
			}
		}
		if f := figureOn(t, b, d.whole.ID, d.today, "2024-05-01/2024-06-10"); f.Qty != 5 || len(f.Across) != 1 {
			t.Errorf("some days: %+v, want 5 and the month of June across", f)
		}
	})
}

// keep begins editions of some days and fills them in small steps.
func keep(t testing.TB, b *store.Book, days ...calendar.Day) {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		for _, day := range days {
			if err := tx.KeepEdition(ctx, "test", day); err != nil {
				return err
			}
		}
		return nil
	})
	for ready := false; !ready; {
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			ready, err = tx.FillEdition(ctx, "test", 3)
			return err
		})
	}
}

func proved(t testing.TB, b *store.Book) {
	t.Helper()
	trouble, err := b.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range trouble {
		t.Errorf("%s: %s", w.Part, w.What)
	}
}

func TestKeptBordersFollowPostingsCorrectionsAndNewEvents(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		d := newDivided(t, b)
		post(t, b, visit(d.split.ID, "2024", 7))
		keep(t, b, d.day-1, d.day)
		late := post(t, b, visit(d.kept.ID, "2024-03-01", 20))
		proved(t, b)
		if f := figureOn(t, b, d.whole.ID, d.today, "../.."); f.Qty != 27 {
			t.Errorf("after a late deed: %d, want 27", f.Qty)
		}
		late.Lines = []deed.Line{{Unit: deed.Acts, Quantity: 30}}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Correct(ctx, tx, storetest.Operator(), late, late.Revision)
			return err
		})
		proved(t, b)
		// A commune is entered late and an event tells that it went to the north.
		more := ground(t, b, "Xã Sót", d.east.ID, calendar.Until(d.day-1))
		post(t, b, visit(more.ID, "2020", 3))
		proved(t, b)
		succeeded(t, b, body.Merging, d.day, body.Succession{From: more.ID, To: d.north.ID})
		proved(t, b)
		if f := figureOn(t, b, d.north.ID, d.today, "../.."); f.Qty != 3 {
			t.Errorf("north %d, want 3", f.Qty)
		}
		if f := figureOn(t, b, d.whole.ID, d.today, "../.."); f.Qty != 40 {
			t.Errorf("whole %d, want 40", f.Qty)
		}
		again, err := store.Open(context.Background(), b.Place(), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		proved(t, again)
	})
}

// Whatever happens in whatever order, kept figures are what a recount gives.
func TestKeptBordersAreRecounted(t *testing.T) {
	b := storetest.Open(t)
	d := newDivided(t, b)
	all := []body.ID{d.west.ID, d.east.ID, d.whole.ID, d.halved.ID, d.split.ID, d.kept.ID, d.north.ID, d.south.ID}
	var late []body.ID // entered by hand, without an heir so far
	kept, want := false, int64(0)
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"post", "post", "keep", "found", "event"}).Draw(rt, "step") {
			case "post":
				day := rapid.SampledFrom([]string{"2019", "2024-05", "2025-08-02", "2025", ""}).Draw(rt, "day")
				n := rapid.Int64Range(1, 50).Draw(rt, "n")
				post(t, b, visit(rapid.SampledFrom(all).Draw(rt, "home"), day, n))
				want += n
			case "keep":
				if !kept {
					keep(t, b, d.day-1, d.day)
					kept = true
				}
			case "found":
				life := calendar.Until(d.day - 1)
				l := storetest.Named("Xã", body.Locality)
				l.Parent, l.Ended = rapid.SampledFrom([]body.ID{d.west.ID, d.east.ID}).Draw(rt, "under"), calendar.OnDay(life.To)
				l.Code = ""
				storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
					l, err = body.Found(ctx, tx, l)
					return err
				})
				all, late = append(all, l.ID), append(late, l.ID)
			case "event":
				if n := len(late); n > 0 {
					heir := rapid.SampledFrom([]body.ID{d.north.ID, d.south.ID}).Draw(rt, "heir")
					succeeded(t, b, body.Merging, d.day, body.Succession{From: late[n-1], To: heir})
					late = late[:n-1]
				}
			}
		}
		if trouble, err := b.Check(context.Background()); err != nil || len(trouble) > 0 {
			rt.Fatalf("%v %v", trouble, err)
		}
		if got := figureOn(t, b, d.whole.ID, d.today, "../..").Qty; got != want {
			rt.Fatalf("today %d, want %d", got, want)
		}
	})
}

func TestBordersAreReadOnlyByWhoMay(t *testing.T) {
	b := storetest.Open(t)
	d := newDivided(t, b)
	_, err := b.As(officer(b, access.Head, b.Root())).Takings(context.Background(), tally.Query{Body: d.whole.ID, Borders: d.today})
	if err == nil {
		t.Error("the head of an association reads figures of a province that nobody gave it")
	}
}
