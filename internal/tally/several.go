package tally

import (
	"context"

	"kith.app/internal/body"
	"kith.app/internal/deed"
)

// Books is what the figures of many bodies are read from together.
type Books interface {
	Book
	TallyRowsOf(ctx context.Context, bodies []body.ID, m deed.Measure, below bool) (map[body.ID][]Row, error)
	// TakingsOf reads what makes up the figures of several bodies, in their order, on
	// the borders of a day.
	TakingsOf(ctx context.Context, q Query, bodies []body.ID) ([]Takings, error)
}

// OfEach computes the same figure of several bodies, in their order, as Of does of
// each, but reads the book once for all of them.
func OfEach(ctx context.Context, b Books, q Query, bodies []body.ID) ([]Figure, error) {
	switch q.Borders.Extent {
	case Today, OnDay:
		all, err := b.TakingsOf(ctx, q, bodies)
		figures := make([]Figure, len(all))
		for i, t := range all {
			figures[i] = t.figure(q)
		}
		return figures, err
	case Then:
		return thenOfEach(ctx, b, q, bodies)
	case OwnLine:
	}
	figures := make([]Figure, len(bodies))
	for i, id := range bodies {
		q.Body = id
		f, err := Of(ctx, b, q)
		if err != nil {
			return nil, err
		}
		figures[i] = f
	}
	return figures, nil
}

// thenOfEach counts each deed on the tree of its own date.
func thenOfEach(ctx context.Context, b Books, q Query, bodies []body.ID) ([]Figure, error) {
	sums := make([]sum, len(bodies))
	m := monthsOf(q.Period)
	for i, id := range bodies {
		q.Body = id
		sums[i] = sum{book: b, query: q, across: map[deed.Span]int64{}}
	}
	for _, below := range []bool{false, true} {
		if below && q.OwnOnly {
			break
		}
		rows, err := b.TallyRowsOf(ctx, bodies, q.Measure, below)
		if err != nil {
			return nil, err
		}
		for i := range sums {
			for _, r := range rows[bodies[i]] {
				sums[i].place(r, m)
			}
			if err := sums[i].edges(ctx, below, m); err != nil {
				return nil, err
			}
		}
	}
	figures := make([]Figure, len(bodies))
	for i := range sums {
		figures[i] = sums[i].figure()
	}
	return figures, nil
}
