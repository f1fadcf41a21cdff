package store

import (
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
)

// regraft says that a body came to stand elsewhere, so that what was counted
// below the bodies above it has to be counted below others.
func (tx *Tx) regraft(child body.ID) {
	if tx.born[child] {
		return // nothing was counted of it yet
	}
	if tx.grafts == nil {
		tx.grafts, tx.planted = map[body.ID]bool{}, tx.state.tree
	}
	tx.grafts[child] = true
}

// retally moves the figures of everything that came to stand elsewhere since it
// was last asked: each line is taken from the bodies that stood above its home on
// the day of its deed, and given to those that now do. No line moves.
func (tx *Tx) retally(ctx context.Context) error {
	if len(tx.grafts) == 0 {
		return nil
	}
	before, after := tx.planted, tx.Tree()
	seen := map[body.ID]bool{}
	for child := range tx.grafts {
		for _, id := range slices.Concat([]body.ID{child}, before.EverBelow(child), after.EverBelow(child)) {
			seen[id] = true
		}
	}
	tx.grafts, tx.planted = nil, nil
	moved := make([]body.ID, 0, len(seen))
	for id := range seen {
		moved = append(moved, id)
	}
	slices.Sort(moved)
	for some := range slices.Chunk(moved, 500) {
		if err := tx.retallyLines(ctx, some, before, after); err != nil {
			return err
		}
		if err := tx.regraftReplies(ctx, some, before, after); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) retallyLines(ctx context.Context, of []body.ID, before, after *body.Tree) error {
	list, args := in([]any{tx.book.root}, of)
	return tx.each(ctx, func(rows *sql.Rows) error {
		home, measure, span, on, l, err := scanCounted(rows, tx.book)
		if err != nil {
			return err
		}
		was, is := before.Ancestors(home, on), after.Ancestors(home, on)
		if slices.Equal(was, is) {
			return nil
		}
		s := sum{qty: l.Quantity, counts: deed.Spread(home, l, span, on, noTree)[0].Counts}
		for _, above := range was {
			tx.deltas.put(tallyKey{0, int64(above), measure, true, span}, s.negated())
		}
		for _, above := range is {
			tx.deltas.put(tallyKey{0, int64(above), measure, true, span}, s)
		}
		return nil
	}, countedLines+` AND l.body `+list, args...)
}

// noTree is that of a body alone.
var noTree = body.NewTree(nil)

func (s sum) negated() sum {
	c := s.counts
	return sum{-s.qty, deed.Counts{Exact: -c.Exact, AtLeast: -c.AtLeast, Over: -c.Over, About: -c.About, Nearly: -c.Nearly}}
}

// countedLines reads every line of the journal as tallies count it.
const countedLines = `
	SELECT l.body, l.measure, l.qty, l.qualifier, l.undoes, l.day_first, l.day_last, d.recorded
	FROM line l JOIN deed d ON d.id = l.deed WHERE l.root = $1`

// scanCounted reads one line with the span and the day by which it is counted.
func scanCounted(rows *sql.Rows, b *Book) (home body.ID, measure int64, span deed.Span, on calendar.Day, l deed.Line, err error) {
	var first, last, recorded int64
	err = rows.Scan((*int64)(&home), &measure, &l.Quantity, &l.Qualifier, &l.Undoes, &first, &last, &recorded)
	span = deed.Span{Since: deed.NoMonth, Until: deed.LastMonth}
	if calendar.Day(first) != calendar.Earliest {
		span.Since = deed.MonthOf(calendar.Day(first))
	}
	on = calendar.Day(last)
	if on == calendar.Latest {
		return home, measure, span, b.dayOf(recorded), l, err
	}
	span.Until = deed.MonthOf(on)
	return home, measure, span, on, l, err
}
