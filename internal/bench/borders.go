package main

import (
	"context"
	"math/rand/v2"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/lineage"
	"kith.app/internal/place"
	"kith.app/internal/reform"
	"kith.app/internal/store"
	"kith.app/internal/tally"
)

// borders plays the whole reform of 2025 into a book with a figure on each commune
// of before, and asks for figures on old and new borders.
func borders(b *bench) error {
	m, err := place.Shipped()
	if err != nil {
		return err
	}
	book, _, err := begin(b.ctx, b.place("borders"))
	if err != nil {
		return err
	}
	defer book.Close()
	old := m.Standing(place.Commune, place.Reform-1)
	if err := countOn(b.ctx, book, m, old); err != nil {
		return err
	}
	begun := time.Now()
	player := reform.Player{Map: m, By: operator, Write: book.ReformWriter(store.Writing{By: operator})}
	longest := time.Duration(0)
	last := time.Now()
	player.Tell = func(reform.State) { longest, last = max(longest, time.Since(last)), time.Now() }
	if _, err := player.Apply(b.ctx, reform.VietNam2025, false); err != nil {
		return err
	}
	b.took("the whole reform, a figure on each old commune", time.Since(begun), time.Minute)
	b.add("its longest step", longest.Round(time.Millisecond).String(), "", 0)
	return askBorders(b, book, m, old)
}

// countOn holds units and posts a deed on each.
func countOn(ctx context.Context, book *store.Book, m *place.Map, units []place.ID) error {
	return book.Write(ctx, store.Writing{By: operator}, func(ctx context.Context, tx *store.Tx) error {
		for i, id := range units {
			if _, err := body.Hold(ctx, tx, m, id); err != nil {
				return err
			}
			d := deed.Deed{Body: body.ID(id), Kind: "sick-visit", Day: calendar.On(2025, 3+time.Month(i%3), 1), Lines: []deed.Line{{Unit: deed.Acts, Quantity: int64(i%50 + 1)}}}
			if _, err := deed.Post(ctx, tx, operator, d); err != nil {
				return err
			}
		}
		return nil
	})
}

func askBorders(b *bench, book *store.Book, m *place.Map, old []place.ID) error {
	view := book.As(operator)
	r := rand.New(rand.NewPCG(7, 8))
	now, before := m.Standing(place.Province, place.Reform), m.Standing(place.Province, place.Reform-1)
	both, communes := append(before, now...), append(old, m.Standing(place.Commune, place.Reform)...)
	visits := deed.Measure{Kind: "sick-visit", Unit: deed.Acts}
	ask := func(of place.ID, on tally.Borders) error {
		_, err := tally.Of(b.ctx, view, tally.Query{Body: body.ID(of), Measure: visits, Period: calendar.Year(2025), Borders: on})
		return err
	}
	all := []struct {
		name string
		on   tally.Borders
	}{
		{"of each time", tally.Borders{}},
		{"today", tally.Borders{Extent: tally.Today}},
		{"of 2025-06-30", tally.Borders{Extent: tally.OnDay, Day: place.Reform - 1}},
		{"of 2024-05-01", tally.Borders{Extent: tally.OnDay, Day: calendar.DayOf(2024, time.May, 1)}},
		{"of its line", tally.Borders{Extent: tally.OwnLine}},
	}
	for _, on := range all {
		took, err := median(300, func() error { return ask(both[r.IntN(len(both))], on.on) })
		if err != nil {
			return err
		}
		b.took("a province's total on the borders "+on.name, took, 5*time.Millisecond)
		if took, err = median(300, func() error { return ask(communes[r.IntN(len(communes))], on.on) }); err != nil {
			return err
		}
		b.took("a commune's total on the borders "+on.name, took, time.Millisecond)
	}
	for _, rank := range []struct {
		name  string
		units []place.ID
		on    tally.Borders
	}{{"34 provinces today", now, all[1].on}, {"34 provinces, deeds of each time", now, all[0].on}, {"the same on the borders of 2025-06-30", now, all[2].on}, {"63 provinces on their own borders", before, all[2].on}} {
		took, err := median(20, func() error {
			ids := make([]body.ID, len(rank.units))
			for i, id := range rank.units {
				ids[i] = body.ID(id)
			}
			_, err := tally.OfEach(b.ctx, view, tally.Query{Measure: visits, Period: calendar.Year(2025), Borders: rank.on}, ids)
			return err
		})
		if err != nil {
			return err
		}
		b.took("ranking of "+rank.name, took, 20*time.Millisecond)
	}
	return lines(b, view, m, append(both, communes...))
}

// lines asks who any unit was and who it is today.
func lines(b *bench, view *store.View, m *place.Map, units []place.ID) error {
	r := rand.New(rand.NewPCG(9, 10))
	took, err := median(300, func() error {
		of, err := view.Body(b.ctx, body.ID(units[r.IntN(len(units))]))
		if err != nil {
			return err
		}
		_, err = lineage.Show(b.ctx, view, m, of, place.Reform-1, "vi")
		return err
	})
	b.took("the line of any unit, province or commune", took, 5*time.Millisecond)
	return err
}
