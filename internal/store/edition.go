package store

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/border"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
)

// edition is borders on which tallies are kept, written with every posting: what
// lies below each locality on the borders of a day. Own figures need no keeping:
// they are those of a few bodies.
type edition struct {
	id     int64
	name   string
	day    calendar.Day
	filled body.ID // bodies up to and with this one are counted
}

// ready says that every body is counted.
func (e edition) ready() bool { return e.filled == math.MaxInt64 }

func readEditions(ctx context.Context, r *runner) ([]edition, error) {
	return collect(ctx, r, func(rows *sql.Rows) (edition, error) {
		var e edition
		err := rows.Scan(&e.id, &e.name, (*int32)(&e.day), (*int64)(&e.filled))
		return e, err
	}, `SELECT id, name, day, filled FROM edition ORDER BY id`)
}

// keep writes changes to figures, and with them those of the kept editions. Where
// localities came to stand elsewhere since figures were last kept, the rows that
// this touches are written anew.
func (b *Book) keep(ctx context.Context, t *tallies, s *state) error {
	for _, e := range s.editions {
		t.spread(e, b.atlas.of(s.surveyed, true))
	}
	if err := t.write(ctx, b, s); err != nil {
		return err
	}
	if s.surveyed == s.localities {
		return nil
	}
	for _, e := range s.editions {
		if err := b.redraw(ctx, e, s); err != nil {
			return err
		}
	}
	s.surveyed = s.localities
	return nil
}

// spread adds, for one edition, what the changes to bodies' own figures change in
// those of the bodies above them.
func (t *tallies) spread(e edition, sheets *sheets) {
	var m *border.Map
	added := map[tallyKey]sum{}
	for k, v := range t.rows {
		of := body.ID(k.body)
		if k.edition != 0 || k.below || of > e.filled || !sheets.shows(of) {
			continue
		}
		if m == nil {
			m = sheets.on(e.day)
		}
		for _, above := range m.Counted(of) {
			key := tallyKey{e.id, int64(above), k.measure, true, k.span}
			was := added[key]
			added[key] = sum{was.qty + v.qty, was.counts.Add(v.counts)}
		}
	}
	for k, v := range added {
		t.put(k, v)
	}
}

// redraw rewrites of one edition what is otherwise since localities came to stand
// elsewhere.
func (b *Book) redraw(ctx context.Context, e edition, s *state) error {
	old, fresh := b.atlas.of(s.surveyed, true), b.atlas.of(s.localities, true)
	was, is := old.on(e.day), fresh.on(e.day)
	all := slices.Concat(old.bodies(), fresh.bodies())
	slices.Sort(all)
	var moved []body.ID
	counted := func(sheets *sheets, m *border.Map, id body.ID) []body.ID {
		if !sheets.shows(id) {
			return nil
		}
		return m.Counted(id)
	}
	for _, id := range slices.Compact(all) {
		if id <= e.filled && !slices.Equal(counted(old, was, id), counted(fresh, is, id)) {
			moved = append(moved, id)
		}
	}
	r := reader{runner: b.w, book: b}
	changes := tallies{}
	err := r.eachOwn(ctx, moved, func(of body.ID, measure int64, span deed.Span, v sum) {
		for _, above := range counted(old, was, of) {
			changes.put(tallyKey{e.id, int64(above), measure, true, span}, v.negated())
		}
		for _, above := range counted(fresh, is, of) {
			changes.put(tallyKey{e.id, int64(above), measure, true, span}, v)
		}
	})
	if err != nil {
		return err
	}
	return changes.write(ctx, b, s)
}

// eachOwn reads the own figures of bodies, of every measure.
func (r reader) eachOwn(ctx context.Context, bodies []body.ID, take func(of body.ID, measure int64, span deed.Span, v sum)) error {
	for some := range slices.Chunk(bodies, listMost) {
		list, args := padded([]any{r.book.root}, some)
		err := r.each(ctx, func(rows *sql.Rows) error {
			t, err := scanTally(rows)
			if err == nil {
				take(t.Body, t.Measure, t.Span, sum{t.Qty, t.Counts})
			}
			return err
		}, `SELECT `+tallyColumns+` FROM tally WHERE root = $1 AND edition = 0 AND below = 0 AND body `+list, args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// listMost is how many ids a list in a statement has at most.
const listMost = 1024

// padded writes a list for IN (…) like in, of one of a few lengths: the last id
// is repeated, so that few statements need be prepared.
func padded(args []any, ids []body.ID) (string, []any) {
	if len(ids) == 0 {
		return "IN (0)", args
	}
	length := 1
	for length < len(ids) {
		length *= 2
	}
	full := append(make([]body.ID, 0, length), ids...)
	for len(full) < length {
		full = append(full, ids[len(ids)-1])
	}
	return in(args, full)
}

// KeepEdition begins to keep figures on the borders of a day; they are to be
// filled.
func (tx *Tx) KeepEdition(ctx context.Context, name string, day calendar.Day) error {
	e := edition{id: 1, name: name, day: day}
	for _, known := range tx.state.editions {
		e.id = max(e.id, known.id+1)
	}
	_, err := tx.exec(ctx, `INSERT INTO edition (id, root, name, day, filled) VALUES ($1, $2, $3, $4, $5)`,
		e.id, tx.book.root, e.name, int64(e.day), int64(e.filled))
	if err != nil {
		return err
	}
	fresh := *tx.settled()
	fresh.editions = append(slices.Clone(fresh.editions), e)
	tx.state = &fresh
	return nil
}

// FillEdition counts the next bodies of the editions of a name that are not yet
// filled, at most so many of each; it says whether all are filled.
func (tx *Tx) FillEdition(ctx context.Context, name string, most int) (bool, error) {
	fresh := *tx.settled()
	fresh.editions = slices.Clone(fresh.editions)
	sheets := tx.book.atlas.of(fresh.surveyed, true)
	all := sheets.bodies()
	ready := true
	for i := range fresh.editions {
		e := &fresh.editions[i]
		if e.name != name || e.ready() {
			continue
		}
		from, _ := slices.BinarySearchFunc(all, e.filled+1, func(id, want body.ID) int { return cmp.Compare(id, want) })
		some := all[from:min(from+most, len(all))]
		if err := tx.fill(ctx, *e, sheets.on(e.day), some); err != nil {
			return false, err
		}
		e.filled = math.MaxInt64
		if from+most < len(all) {
			e.filled, ready = some[len(some)-1], false
		}
		if _, err := tx.exec(ctx, `UPDATE edition SET filled = $2 WHERE id = $1`, e.id, int64(e.filled)); err != nil {
			return false, err
		}
	}
	tx.state = &fresh
	return ready, nil
}

func (tx *Tx) fill(ctx context.Context, e edition, m *border.Map, some []body.ID) error {
	return tx.eachOwn(ctx, some, func(of body.ID, measure int64, span deed.Span, v sum) {
		for _, above := range m.Counted(of) {
			tx.deltas.put(tallyKey{e.id, int64(above), measure, true, span}, v)
		}
	})
}

// DropEdition takes back the editions of a name with their figures.
func (tx *Tx) DropEdition(ctx context.Context, name string) error {
	fresh := *tx.settled()
	fresh.editions = nil
	for _, e := range tx.state.editions {
		if e.name != name {
			fresh.editions = append(fresh.editions, e)
			continue
		}
		if _, err := tx.exec(ctx, `DELETE FROM tally WHERE root = $1 AND edition = $2`, tx.book.root, e.id); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `DELETE FROM edition WHERE id = $1`, e.id); err != nil {
			return err
		}
	}
	tx.state = &fresh
	return nil
}

// moves is what was written of trees and lineage.
type moves struct {
	edges    []body.Edge
	replaced map[body.ID][]body.Edge
	gone     []body.ID
	events   []body.Event
	learned  []body.Known
}

// rebound says whether any of it moves the borders of localities.
func (w moves) rebound(before, after *body.Tree) bool {
	local := func(id body.ID) bool {
		was, _ := before.AxisOf(id)
		is, _ := after.AxisOf(id)
		return was == body.Administrative || is == body.Administrative
	}
	if slices.ContainsFunc(w.edges, func(e body.Edge) bool { return e.Axis == body.Administrative }) {
		return true
	}
	for id := range w.replaced {
		if local(id) {
			return true
		}
	}
	return slices.ContainsFunc(w.gone, local) ||
		slices.ContainsFunc(w.learned, func(k body.Known) bool { return local(k.Body) }) ||
		slices.ContainsFunc(w.events, func(e body.Event) bool { return slices.ContainsFunc(e.Bodies(), local) })
}
