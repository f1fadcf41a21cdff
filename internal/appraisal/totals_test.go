package appraisal

import (
	"context"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/tally"
)

// paper is a book of figures that a test writes: by unit, in whole years.
type paper struct {
	by      map[body.ID]map[int]deed.Line
	lineage *body.Lineage
}

func (p paper) Lineage() *body.Lineage { return p.lineage }

func (p paper) ContestFigures(_ context.Context, _ contest.ID, of []contest.Unit, _ deed.Measure, days calendar.Period) ([]tally.Figure, error) {
	var all []tally.Figure
	for _, u := range of {
		var f tally.Figure
		if l, ok := p.by[u.Body][days.From.Year()]; ok {
			f.Qty, f.Counts = l.Quantity, deed.CountOf(l.Qualifier)
		}
		all = append(all, f)
	}
	return all, nil
}

func yearOf(year int, units ...contest.Unit) Year {
	c := contest.Contest{ID: contest.ID(year), Year: year, Period: calendar.Year(year), Sums: []contest.Whole{{Code: "built", Measures: []string{"solidarity-house.built"}}}}
	for i := range units {
		if units[i].Since == 0 {
			units[i].Since = c.Period.From
		}
		if units[i].Until == 0 {
			units[i].Until = c.Period.To
		}
	}
	return Year{Contest: c, Units: units}
}

func merged(day calendar.Day, into body.ID, of ...body.ID) body.Event {
	e := body.Event{ID: int64(day), Kind: body.Merging, Day: day}
	for _, id := range of {
		e.Edges = append(e.Edges, body.Succession{From: id, To: into, Share: body.Whole()})
	}
	return e
}

func TestThisYearIsComparedWithLastOnTheSameMembers(t *testing.T) {
	july := calendar.DayOf(2025, 7, 1)
	u := func(id body.ID) contest.Unit { return contest.Unit{Body: id} }
	early := func(id body.ID) contest.Unit { return contest.Unit{Body: id, Until: july - 1} }
	late := func(id body.ID) contest.Unit { return contest.Unit{Body: id, Since: july} }
	exact := func(n int64) deed.Line { return deed.Line{Quantity: n} }
	over := func(n int64) deed.Line { return deed.Line{Quantity: n, Qualifier: deed.Over} }
	figures := map[body.ID]map[int]deed.Line{
		1: {2024: exact(10), 2025: over(12)}, 2: {2024: exact(20), 2025: exact(11)}, 3: {2024: exact(30), 2025: exact(16)},
		4: {2025: exact(40)}, 5: {2024: exact(7)},
	}
	for name, c := range map[string]struct {
		now, before []contest.Unit
		events      []body.Event
		like        map[body.ID]Likeness
		last, same  int64
	}{
		"the same members": {
			now: []contest.Unit{u(1), u(2)}, before: []contest.Unit{u(1), u(2)},
			like: map[body.ID]Likeness{1: Alike, 2: Alike}, last: 30, same: 23,
		},
		"one came, one left": {
			now: []contest.Unit{u(1), u(4)}, before: []contest.Unit{u(1), u(5)},
			like: map[body.ID]Likeness{1: Alike, 4: Joined, 5: Departed}, last: 10, same: 12,
		},
		"two members became one: together they compare": {
			now: []contest.Unit{u(1), early(2), early(3), late(4)}, before: []contest.Unit{u(1), u(2), u(3)}, events: []body.Event{merged(july, 4, 2, 3)},
			like: map[body.ID]Likeness{1: Alike, 2: Carried, 3: Carried, 4: Carried}, last: 60, same: 12 + 11 + 16 + 40,
		},
		"a member and a stranger became one: they do not compare": {
			now: []contest.Unit{u(1), early(2), late(4)}, before: []contest.Unit{u(1), u(2)}, events: []body.Event{merged(july, 4, 2, 9)},
			like: map[body.ID]Likeness{1: Alike, 2: Grown, 4: Grown}, last: 10, same: 12,
		},
		"the year after, half of last year was somebody else’s": {
			now: []contest.Unit{u(1), u(4)}, before: []contest.Unit{u(1), early(2), late(4)}, events: []body.Event{merged(calendar.DayOf(2024, 7, 1), 4, 2, 9)},
			like: map[body.ID]Likeness{1: Alike, 2: Grown, 4: Grown}, last: 10, same: 12,
		},
		"a member went over to a stranger": {
			now: []contest.Unit{u(1)}, before: []contest.Unit{u(1), u(5)}, events: []body.Event{merged(july, 9, 5)},
			like: map[body.ID]Likeness{1: Alike, 5: Departed}, last: 10, same: 12,
		},
		"a member for half a year, without any merger": {
			now: []contest.Unit{u(1), late(2)}, before: []contest.Unit{u(1), u(2)},
			like: map[body.ID]Likeness{1: Alike, 2: Partly}, last: 10, same: 12,
		},
	} {
		before := yearOf(2024, c.before...)
		totals, err := Add(context.Background(), paper{figures, body.NewLineage(c.events, nil)}, yearOf(2025, c.now...), &before)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, m := range totals.Units {
			if m.Likeness != c.like[m.Body] {
				t.Errorf("%s: %d is %s, want %s", name, m.Body, m.Likeness, c.like[m.Body])
			}
		}
		if w := totals.Wholes[0]; w.Last.Qty != c.last || w.Same.Qty != c.same {
			t.Errorf("%s: %d then, %d now; want %d, %d", name, w.Last.Qty, w.Same.Qty, c.last, c.same)
		}
	}
}

func TestWhatNobodyReportedIsNotNought(t *testing.T) {
	zero := deed.Line{Quantity: 0}
	p := paper{map[body.ID]map[int]deed.Line{1: {2025: zero}}, body.NewLineage(nil, nil)}
	totals, err := Add(context.Background(), p, yearOf(2025, contest.Unit{Body: 1}, contest.Unit{Body: 2}), nil)
	if err != nil {
		t.Fatal(err)
	}
	if now := totals.Wholes[0].Now; now[0].None() || !now[1].None() || totals.Listed {
		t.Errorf("nought is none: %+v, listed %v", now, totals.Listed)
	}
}
