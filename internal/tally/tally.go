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
	// Takings reads what makes up a figure on borders other than Then.
	Takings(ctx context.Context, q Query) (Takings, error)
}

// Query asks for one figure.
type Query struct {
	Body    body.ID
	Measure deed.Measure
	Period  calendar.Period
	OwnOnly bool // without what lies below the body
	Borders Borders
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

	// Of is who answers on borders other than those of each deed's time: the body
	// itself, who stood in its place, or its line.
	Of           []body.ID
	NotDivisible []Rest
}

// Of computes one figure: what lies within the period, what lies across its
// edges, and what has no date.
func Of(ctx context.Context, b Book, q Query) (Figure, error) {
	if q.Borders.Extent != Then {
		return onBorders(ctx, b, q)
	}
	s := sum{book: b, query: q, across: map[deed.Span]int64{}}
	sides := []bool{false, true}
	if q.OwnOnly {
		sides = sides[:1]
	}
	for _, below := range sides {
		if err := s.gather(ctx, below); err != nil {
			return Figure{}, err
		}
	}
	return s.figure(), nil
}

// sum is a figure while it is being gathered.
type sum struct {
	book   Book
	query  Query
	found  Figure
	across map[deed.Span]int64
}

// figure closes the sum.
func (s *sum) figure() Figure {
	f := s.found
	for span, qty := range s.across {
		if qty != 0 {
			f.Across = append(f.Across, Part{span, qty})
		}
	}
	slices.SortFunc(f.Across, func(a, b Part) int {
		return cmp.Or(cmp.Compare(a.Span.Since, b.Span.Since), cmp.Compare(a.Span.Until, b.Span.Until))
	})
	f.Qualifier = f.Counts.Qualifier()
	return f
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

// gather adds what the kept sums of one side say, and what lies on its edges.
func (s *sum) gather(ctx context.Context, below bool) error {
	rows, err := s.book.TallyRows(ctx, s.query.Body, s.query.Measure, below)
	if err != nil {
		return err
	}
	m := monthsOf(s.query.Period)
	for _, r := range rows {
		s.place(r, m)
	}
	return s.edges(ctx, below, m)
}

// edges looks at the days of the months that the period only touches.
func (s *sum) edges(ctx context.Context, below bool, m months) error {
	for _, month := range m.touched() {
		lines, err := s.book.LinesBetween(ctx, s.query.Body, s.query.Measure, below, month)
		if err != nil {
			return err
		}
		s.days(lines)
	}
	return nil
}

// touched gives the months that a period only touches.
func (m months) touched() []calendar.Period {
	var all []calendar.Period
	for _, edge := range m.edges {
		all = append(all, calendar.Period{From: firstDay(edge), To: firstDay(edge+1) - 1})
	}
	return all
}

// Touched gives the months of a period of which only some days lie in it: their
// lines are looked at one by one.
func Touched(p calendar.Period) []calendar.Period { return monthsOf(p).touched() }

// place says where one kept sum belongs.
func (s *sum) place(r Row, m months) {
	undated := r.Span.Since == deed.NoMonth && r.Span.Until == deed.LastMonth
	always := m.from == deed.NoMonth && m.to == deed.LastMonth
	switch {
	case undated && !always:
		s.found.Undated += r.Qty
	case m.from <= r.Span.Since && r.Span.Until <= m.to:
		s.found.Qty += r.Qty
		s.found.Counts = s.found.Counts.Add(r.Counts)
	case r.Span.Since == r.Span.Until && slices.Contains(m.edges, r.Span.Since):
		// A touched month: its lines are looked at by day.
	case overlaps(r.Span, s.query.Period):
		s.across[r.Span] += r.Qty
	}
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

// days looks at the lines of months that lie only partly in the period.
func (s *sum) days(lines []Line) {
	for _, l := range lines {
		span := deed.SpanOf(l.Day)
		if span.Since != span.Until {
			continue // its own row says across
		}
		switch {
		case l.Day.Within(s.query.Period):
			s.found.Qty += l.Quantity
			s.found.Counts = s.found.Counts.Add(deed.CountOf(l.Qualifier))
		case l.Day.Overlaps(s.query.Period):
			s.across[span] += l.Quantity
		}
	}
}
