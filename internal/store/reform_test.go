package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/place"
	"kith.app/internal/reform"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tally"
)

func shipped(t testing.TB) *place.Map {
	t.Helper()
	m, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func player(t testing.TB, b *store.Book) *reform.Player {
	return &reform.Player{Map: shipped(t), By: storetest.Operator(), Write: b.ReformWriter(store.Writing{By: storetest.Operator(), Why: "test"})}
}

// hold makes units bodies of the book as anybody may, one by one.
func hold(t testing.TB, b *store.Book, ids ...place.ID) {
	t.Helper()
	m := shipped(t)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		for _, id := range ids {
			if _, err := body.Hold(ctx, tx, m, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func byCode(t testing.TB, level place.Level, code string, on calendar.Day) place.ID {
	t.Helper()
	id, err := shipped(t).ByCode(level, code, on)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestAReformOfWhatTheBookHolds(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, m := context.Background(), shipped(t)
		queSon := byCode(t, place.District, "509", place.Reform-1)
		hold(t, b, queSon)
		post(t, b, visit(body.ID(queSon), "2024-08-02", 20))
		s, err := player(t, b).Apply(ctx, reform.VietNam2025, true)
		if err != nil || s.Status != reform.Standing {
			t.Fatalf("%+v: %v", s, err)
		}
		proved(t, b)
		v := b.As(storetest.Operator())
		daNang := byCode(t, place.Province, "48", place.Reform)
		heirs := v.Lineage().Heirs(v.Tree(), body.ID(queSon), place.Reform-1, v.Today())
		if len(heirs) != 5 {
			t.Errorf("Quế Sơn became %d communes, want 5", len(heirs))
		}
		f := figureOn(t, b, body.ID(daNang), tally.Borders{Extent: tally.Today}, "../..")
		if f.Qty != 20 || len(f.NotDivisible) != 1 || f.NotDivisible[0].Qty != 20 || len(f.NotDivisible[0].Between) != 5 {
			t.Errorf("Đà Nẵng today %+v, want the 20 of Quế Sơn, not divisible between five communes", f)
		}
		if _, err := player(t, b).Apply(ctx, reform.VietNam2025, true); fault.KindOf(err) != fault.Invalid {
			t.Errorf("played twice: %v, want a refusal", err)
		}
		heir := heirs[0].ID
		post(t, b, visit(heir, "2026-01-01", 3))
		if _, err := player(t, b).Undo(ctx, reform.VietNam2025); fault.KindOf(err) != fault.Invalid {
			t.Errorf("taken back while %s is needed: %v, want a refusal", m.NameOn(place.ID(heir), v.Today()), err)
		}
		proved(t, b)
	})
}

// rowsOf gives every row of the book, the history apart, which forgets nothing.
func rowsOf(t testing.TB, b *store.Book) []string {
	t.Helper()
	var all []string
	err := b.Dump(context.Background(), func(table string, _ []string) (func([]string) error, error) {
		return func(row []string) error {
			if !slices.Contains([]string{"change", "link", "lease", "goose_db_version"}, table) {
				all = append(all, table+" "+strings.Join(row, "|"))
			}
			return nil
		}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

func TestAReformTakenBackLeavesTheBookAsItWas(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		hold(t, b, byCode(t, place.District, "509", place.Reform-1), byCode(t, place.Commune, "20641", place.Reform-1))
		post(t, b, visit(body.ID(byCode(t, place.Commune, "20641", place.Reform-1)), "2024", 8))
		before := rowsOf(t, b)
		p := player(t, b)
		if _, err := p.Apply(ctx, reform.VietNam2025, true); err != nil {
			t.Fatal(err)
		}
		if slices.Equal(before, rowsOf(t, b)) {
			t.Fatal("nothing was played")
		}
		if _, err := p.Undo(ctx, reform.VietNam2025); err != nil {
			t.Fatal(err)
		}
		if after := rowsOf(t, b); !slices.Equal(before, after) {
			t.Errorf("rows before and after differ: %d and %d", len(before), len(after))
			for _, row := range slices.Concat(before, after) {
				if slices.Contains(before, row) != slices.Contains(after, row) {
					t.Log(row)
				}
			}
		}
		proved(t, b)
		if _, err := p.Apply(ctx, reform.VietNam2025, true); err != nil {
			t.Errorf("played again: %v", err)
		}
		proved(t, b)
	})
}

// A reform that was broken off goes on where it stopped, in another process.
func TestAReformBrokenOffGoesOn(t *testing.T) {
	b := storetest.Open(t)
	hold(t, b, byCode(t, place.District, "509", place.Reform-1))
	ctx, stop := context.WithCancel(context.Background())
	p := player(t, b)
	p.Tell = func(s reform.State) {
		if s.Done == 1 {
			stop()
		}
	}
	s, err := p.Apply(ctx, reform.VietNam2025, true)
	if err == nil || s.Status != reform.Playing {
		t.Fatalf("%+v %v, want it broken off", s, err)
	}
	v := b.As(storetest.Operator())
	if n := len(v.Lineage().AllEvents()); n != 0 {
		t.Errorf("%d events are seen before they stand", n)
	}
	s, err = player(t, b).Apply(context.Background(), reform.VietNam2025, false)
	if err != nil || s.Status != reform.Standing || !s.Held {
		t.Fatalf("%+v %v, want it to stand, of what was held", s, err)
	}
	proved(t, b)
}

// The whole reform, with a figure on every commune of before.
func TestTheWholeReform(t *testing.T) {
	b, m := storetest.Open(t), shipped(t)
	old := m.Standing(place.Commune, place.Reform-1)
	hold(t, b, append(slices.Clone(old), m.Standing(place.District, place.Reform-1)...)...)
	want := int64(0)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		for i, id := range old {
			n := int64(i%97 + 1)
			want += n
			if _, err := deed.Post(ctx, tx, storetest.Operator(), visit(body.ID(id), "2025-04-01", n)); err != nil {
				return err
			}
		}
		return nil
	})
	begun := time.Now()
	if _, err := player(t, b).Apply(context.Background(), reform.VietNam2025, false); err != nil {
		t.Fatal(err)
	}
	t.Logf("applied in %s", time.Since(begun).Round(time.Millisecond))
	proved(t, b)
	provinces, communes := m.Standing(place.Province, place.Reform), m.Standing(place.Commune, place.Reform)
	if len(old) != 10_035 || len(provinces) != 34 || len(communes) != 3_321 {
		t.Fatalf("%d communes became %d in %d provinces", len(old), len(communes), len(provinces))
	}
	on := tally.Borders{Extent: tally.Today}
	undivided := map[string]bool{}
	today := total(t, b, provinces, on, func(r tally.Rest) {
		if !r.Included {
			t.Errorf("%d cannot be divided between provinces", r.Qty)
		}
		undivided[idsText(r.Between)] = true
	})
	then := total(t, b, m.Standing(place.Province, place.Reform-1), tally.Borders{}, nil)
	before := total(t, b, m.Standing(place.Province, place.Reform-1), tally.Borders{Extent: tally.OnDay, Day: place.Reform - 1}, nil)
	year := total(t, b, m.Standing(place.Province, place.Reform-1), tally.Borders{Extent: tally.OnDay, Day: calendar.DayOf(2024, time.May, 1)}, nil)
	if today != want || then != want || before != want || year != want {
		t.Errorf("%d posted: %d of each time, %d before, %d in 2024, %d today", want, then, before, year, today)
	}
	split := 0
	borders := b.As(storetest.Operator()).Borders(body.ID(provinces[0]), on)
	for _, id := range old {
		parts := borders.Of(body.ID(id))
		switch {
		case len(parts) != 1 || parts[0].At == 0:
			t.Errorf("%s lies in %v", m.NameOn(id, place.Reform-1), parts)
		case !parts[0].Exact():
			split++
			if !undivided[idsText(parts[0].To)] {
				t.Errorf("%s is divided, and no figure says so", m.NameOn(id, place.Reform-1))
			}
		}
	}
	if split != 434 {
		t.Errorf("%d communes cannot be divided, want 434", split)
	}
	sum := total(t, b, communes, on, nil)
	for _, id := range old {
		if !borders.Of(body.ID(id))[0].Exact() {
			sum += figureOn(t, b, body.ID(id), tally.Borders{}, "../..").Qty
		}
	}
	if sum != want {
		t.Errorf("communes and what lies between them: %d, want %d", sum, want)
	}
	zones(t, b, m)
}

// zones checks that the five island districts became special zones.
func zones(t *testing.T, b *store.Book, m *place.Map) {
	v := b.As(storetest.Operator())
	for _, code := range []string{"318", "471", "498", "536", "755"} {
		island := byCode(t, place.District, code, place.Reform-1)
		heirs := v.Lineage().Heirs(v.Tree(), body.ID(island), place.Reform-1, place.Reform)
		if len(heirs) != 1 || heirs[0].Below {
			t.Errorf("%s became %v, want one special zone", m.NameOn(island, place.Reform-1), heirs)
			continue
		}
		if kind, _ := place.Part(m.NameOn(place.ID(heirs[0].ID), place.Reform)); kind != "Đặc khu" {
			t.Errorf("%s became %s", m.NameOn(island, place.Reform-1), m.NameOn(place.ID(heirs[0].ID), place.Reform))
		}
	}
}

// total sums the figures of some units on some borders.
func total(t testing.TB, b *store.Book, units []place.ID, on tally.Borders, rests func(tally.Rest)) int64 {
	t.Helper()
	begun := time.Now()
	var sum int64
	for _, id := range units {
		f := figureOn(t, b, body.ID(id), on, "../..")
		sum += f.Qty
		for _, r := range f.NotDivisible {
			if rests != nil {
				rests(r)
			}
		}
	}
	t.Logf("%d units on the borders %s in %s", len(units), on, time.Since(begun).Round(time.Millisecond))
	return sum
}

func idsText(ids []body.ID) string {
	var s string
	for _, id := range ids {
		s += calendar.Day(id%1_000_000).String() + " "
	}
	return s
}

// A unit taken in before its end had come does not know of it; the reform, played
// when the day has come, tells, and taken back leaves it as it was.
func TestAUnitKnowsNothingOfAnEndThatHasNotCome(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, at := context.Background(), store.Place{Dir: t.TempDir()}
		if b.Place().Database != "" {
			at.Database = storetest.NewDatabase(t)
		}
		clock := func(day calendar.Day) store.Options {
			y, m, d := day.Civil()
			return store.Options{Clock: func() time.Time { return time.Date(y, m, d, 9, 0, 0, 0, time.UTC) }}
		}
		queSon := body.ID(byCode(t, place.District, "509", place.Reform-1))
		early, err := store.Create(ctx, at, clock(calendar.DayOf(2025, 5, 2)))
		if err == nil {
			_, err = early.Begin(ctx, store.Writing{By: storetest.Operator(), Why: "test"}, store.Beginning{Body: storetest.Named("Hội đồng hương thử", body.Association)})
		}
		if err != nil {
			t.Fatal(err)
		}
		hold(t, early, place.ID(queSon))
		if got, err := early.As(storetest.Operator()).Body(ctx, queSon); err != nil || !got.Ended.IsUnknown() || got.Names[len(got.Names)-1].Until != calendar.Latest {
			t.Errorf("in May 2025 the district is %+v (%v), want no end", got, err)
		}
		if _, err := player(t, early).Apply(ctx, reform.VietNam2025, true); fault.KindOf(err) != fault.Invalid {
			t.Errorf("played before its day: %v, want a refusal", err)
		}
		before := rowsOf(t, early)
		early.Close()
		late, err := store.Open(ctx, at, clock(storetest.Today()))
		if err != nil {
			t.Fatal(err)
		}
		defer late.Close()
		if _, err := player(t, late).Apply(ctx, reform.VietNam2025, true); err != nil {
			t.Fatal(err)
		}
		v := late.As(storetest.Operator())
		if got, err := v.Body(ctx, queSon); err != nil || got.Life().To != place.Reform-1 || v.Lineage().Stood(queSon, place.Reform) {
			t.Errorf("after the reform the district is %+v (%v), want it ended the day before", got, err)
		}
		if _, under := v.Tree().ParentOn(queSon, place.Reform); under {
			t.Error("the ended district stands under its province")
		}
		proved(t, late)
		if _, err := player(t, late).Undo(ctx, reform.VietNam2025); err != nil {
			t.Fatal(err)
		}
		strip := func(rows []string) []string {
			return slices.DeleteFunc(rows, func(row string) bool { return strings.HasPrefix(row, "body ") }) // revisions go on
		}
		if after := rowsOf(t, late); !slices.Equal(strip(before), strip(after)) {
			t.Errorf("taken back: %d rows, before %d", len(after), len(before))
		}
		if got, err := late.As(storetest.Operator()).Body(ctx, queSon); err != nil || !got.Ended.IsUnknown() {
			t.Errorf("taken back the district is %+v (%v), want no end", got, err)
		}
		proved(t, late)
	})
}
