// Package tally answers with figures: how much of a measure a body and all
// below it did in a period. It reads the tallies that were written with the
// lines, so a figure is always fresh; it keeps nothing itself. What a date does
// not allow to be placed inside the period is told apart, never assigned.
package tally

import (
	"cmp"
	"context"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
)

// Row is one kept sum: lines of one body and measure between two months.
type Row struct {
	Span   deed.Span
	Qty    int64
	Counts deed.Counts
}

// Line is one live line of the journal, for days that months are too coarse for.
type Line struct {
	Day       calendar.Date
	Quantity  int64
	Qualifier deed.Qualifier
}

// Book is what figures are read from; a view answers only where its actor may
// read them.
type Book interface {
	TallyRows(ctx context.Context, of body.ID, m deed.Measure, below bool) ([]Row, error)
	LinesBetween(ctx context.Context, of body.ID, m deed.Measure, below bool, p calendar.Period) ([]Line, error)
}

// Query asks for one figure.
type Query struct {
	Body    body.ID
	Measure deed.Measure
	Period  calendar.Period
	OwnOnly bool // without what lies below the body
}

// Part is an amount that lies across the edge of the period.
type Part struct {
	Span deed.Span
	Qty  int64
}

// Figure is the answer.
type Figure struct {
	Qty       int64
	Qualifier deed.Qualifier
	Counts    deed.Counts
	Across    []Part // lies across the period's edge: in none of the figure
	Undated   int64  // lines without any date
}

// Of computes one figure: what lies within the period, what lies across its
// edges, and what has no date.
func Of(ctx context.Context, b Book, q Query) (Figure, error) {
	f := Figure{}
	sides := []bool{false, true}
	if q.OwnOnly {
		sides = sides[:1]
	}
	across := map[deed.Span]int64{}
	for _, below := range sides {
		if err := gather(ctx, b, q, below, &f, across); err != nil {
			return Figure{}, err
		}
	}
	for span, qty := range across {
		if qty != 0 {
			f.Across = append(f.Across, Part{span, qty})
		}
	}
	slices.SortFunc(f.Across, func(a, b Part) int {
		return cmp.Or(cmp.Compare(a.Span.Since, b.Span.Since), cmp.Compare(a.Span.Until, b.Span.Until))
	})
	f.Qualifier = f.Counts.Qualifier()
	return f, nil
}

// months are the whole months of a period, and the months it only touches.
type months struct {
	from, to int64 // whole months, from > to when there are none
	edges    []int64
}

// monthsOf splits a period into whole months and edges.
func monthsOf(p calendar.Period) months {
	first, last := deed.NoMonth, deed.LastMonth
	var m months
	from, to := p.From, p.To
	if from > calendar.Earliest {
		first = deed.MonthOf(from)
		if from != firstDay(first) {
			m.edges = append(m.edges, first)
			first++
		}
	}
	if to < calendar.Latest {
		last = deed.MonthOf(to)
		if to != firstDay(last+1)-1 {
			if !slices.Contains(m.edges, last) {
				m.edges = append(m.edges, last)
			}
			last--
		}
	}
	m.from, m.to = first, last
	return m
}

// firstDay is the first day of a month counted as in deed.Span.
func firstDay(month int64) calendar.Day {
	return calendar.DayOf(int(month/12), monthName(month), 1)
}

func gather(ctx context.Context, b Book, q Query, below bool, f *Figure, across map[deed.Span]int64) error {
	rows, err := b.TallyRows(ctx, q.Body, q.Measure, below)
	if err != nil {
		return err
	}
	m := monthsOf(q.Period)
	everything := m.from == deed.NoMonth && m.to == deed.LastMonth
	for _, r := range rows {
		s := r.Span
		undated := s.Since == deed.NoMonth && s.Until == deed.LastMonth
		switch {
		case undated && !everything:
			f.Undated += r.Qty
		case m.from <= s.Since && s.Until <= m.to:
			f.Qty += r.Qty
			f.Counts = f.Counts.Add(r.Counts)
		case s.Since == s.Until && slices.Contains(m.edges, s.Since):
			// Looked at by day, below.
		case overlaps(s, q.Period):
			across[s] += r.Qty
		}
	}
	for _, edge := range m.edges {
		if err := gatherDays(ctx, b, q, below, edge, f, across); err != nil {
			return err
		}
	}
	return nil
}

// overlaps tells whether months touch a period.
func overlaps(s deed.Span, p calendar.Period) bool {
	since, until := calendar.Earliest, calendar.Latest
	if s.Since != deed.NoMonth {
		since = firstDay(s.Since)
	}
	if s.Until != deed.LastMonth {
		until = firstDay(s.Until+1) - 1
	}
	return since <= p.To && until >= p.From
}

// gatherDays looks at the lines of a month that lies only partly in the period.
func gatherDays(ctx context.Context, b Book, q Query, below bool, edge int64, f *Figure, across map[deed.Span]int64) error {
	month := calendar.Period{From: firstDay(edge), To: firstDay(edge+1) - 1}
	lines, err := b.LinesBetween(ctx, q.Body, q.Measure, below, month)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if s := deed.SpanOf(l.Day); s.Since != s.Until {
			continue // its own row says across
		}
		switch {
		case l.Day.Within(q.Period):
			f.Qty += l.Quantity
			f.Counts = f.Counts.Add(deed.CountOf(l.Qualifier))
		case l.Day.Overlaps(q.Period):
			across[deed.SpanOf(l.Day)] += l.Quantity
		}
	}
	return nil
}
