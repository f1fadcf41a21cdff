package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/tally"
)

// tallyKey is the key of one row of tallies.
type tallyKey struct {
	edition, body, measure int64
	below                  bool
	span                   deed.Span
}

// tallies are the changes to figures of one transaction or one batch,
// coalesced so that each row is written once.
type tallies struct {
	rows     map[tallyKey]sum
	measures map[int64]string
}

type sum struct {
	qty    int64
	counts deed.Counts
}

// measureID is a hash of the measure's key: alike in every book, so that no
// registry has to be asked while posting.
func measureID(key string) int64 {
	h := fnv.New64a()
	h.Write([]byte(key))
	return int64(h.Sum64() >> 1)
}

func (t *tallies) put(k tallyKey, s sum) {
	if t.rows == nil {
		t.rows = make(map[tallyKey]sum, 12)
	}
	was := t.rows[k]
	t.rows[k] = sum{was.qty + s.qty, was.counts.Add(s.counts)}
}

func (t *tallies) add(deltas []deed.Delta) {
	for _, d := range deltas {
		key := d.Measure.Key()
		id := measureID(key)
		if t.measures == nil {
			t.measures = map[int64]string{}
		}
		t.measures[id] = key
		t.put(tallyKey{0, int64(d.Body), id, d.Below, d.Span}, sum{d.Qty, d.Counts})
	}
}

func (t *tallies) merge(o tallies) {
	for k, s := range o.rows {
		t.put(k, s)
	}
	if t.measures == nil {
		t.measures = map[int64]string{}
	}
	maps.Copy(t.measures, o.measures)
}

// emptied gives the room of tallies that are written, if it is not too much to keep.
func (t *tallies) emptied() tallies {
	if len(t.rows) > 64 || len(t.measures) > 64 {
		return tallies{}
	}
	clear(t.rows)
	clear(t.measures)
	return *t
}

// write adds the changes to the table in key order, so that two writers of a
// cluster never wait for each other in a circle.
func (t *tallies) write(ctx context.Context, b *Book, s *state) error {
	if len(t.rows) == 0 {
		return nil
	}
	if err := t.register(ctx, b.w, s); err != nil {
		return err
	}
	keys := slices.AppendSeq(make([]tallyKey, 0, len(t.rows)), maps.Keys(t.rows))
	slices.SortFunc(keys, compareKeys)
	var root any = b.root // the same in every row
	for _, k := range keys {
		v := t.rows[k]
		err := b.w.insert(ctx, &b.tables.tally, root, k.edition, k.body, k.measure, flag(k.below), k.span.Since, k.span.Until,
			v.qty, v.counts.Exact, v.counts.AtLeast, v.counts.Over, v.counts.About, v.counts.Nearly)
		if err != nil {
			return fmt.Errorf("write a tally: %w", err)
		}
	}
	return nil
}

// register makes sure that every measure has its row.
func (t *tallies) register(ctx context.Context, r *runner, s *state) error {
	known := s.measures
	for id, key := range t.measures {
		if was, ok := known[id]; ok {
			if was != key {
				return fmt.Errorf("measures %s and %s share an id", was, key)
			}
			continue
		}
		if _, err := r.exec(ctx, `INSERT INTO measure (id, code) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING`, id, key); err != nil {
			return err
		}
		grown := maps.Clone(known)
		grown[id] = key
		known = grown
	}
	s.measures = known
	return nil
}

func compareKeys(a, b tallyKey) int {
	return cmp.Or(cmp.Compare(a.edition, b.edition), cmp.Compare(a.body, b.body), cmp.Compare(a.measure, b.measure),
		cmp.Compare(flag(a.below), flag(b.below)), cmp.Compare(a.span.Since, b.span.Since), cmp.Compare(a.span.Until, b.span.Until))
}

// TallyRow is one row of tallies as readings use it.
type TallyRow struct {
	Body    body.ID
	Measure int64
	Below   bool
	Span    deed.Span
	Qty     int64
	Counts  deed.Counts
}

const tallyColumns = `body, measure, below, since, until, qty, exact, atleast, over, about, nearly`

// scanTally reads one row of tallies, and what was asked beside its columns.
func scanTally(rows *sql.Rows, beside ...any) (TallyRow, error) {
	var t TallyRow
	var below int64
	c := &t.Counts
	into := []any{(*int64)(&t.Body), &t.Measure, &below, &t.Span.Since, &t.Span.Until, &t.Qty, &c.Exact, &c.AtLeast, &c.Over, &c.About, &c.Nearly}
	err := rows.Scan(append(into, beside...)...)
	t.Below = below != 0
	return t, err
}

// rowsOf reads every row of one body and measure, own or below.
func (r reader) rowsOf(ctx context.Context, of body.ID, measure int64, below bool) ([]tally.Row, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (tally.Row, error) {
		t, err := scanTally(rows)
		return tally.Row{Span: t.Span, Qty: t.Qty, Counts: t.Counts}, err
	}, `
		SELECT `+tallyColumns+` FROM tally
		WHERE root = $1 AND edition = 0 AND body = $2 AND measure = $3 AND below = $4
		ORDER BY since, until`, r.book.root, int64(of), measure, flag(below))
}

// TallyRows reads the sums of one body and measure, own or below, where the
// actor may read figures.
func (v *View) TallyRows(ctx context.Context, of body.ID, m deed.Measure, below bool) ([]tally.Row, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return nil, err
	}
	return v.r.rowsOf(ctx, of, measureID(m.Key()), below)
}

// TallyRowsOf reads the sums of several bodies in one statement, own or below, where
// the actor may read figures of them all.
func (v *View) TallyRowsOf(ctx context.Context, bodies []body.ID, m deed.Measure, below bool) (map[body.ID][]tally.Row, error) {
	for _, id := range bodies {
		if err := v.actor.May(access.ReadFigures, id); err != nil {
			return nil, err
		}
	}
	return v.r.rowsByBody(ctx, 0, below, distinct(slices.Clone(bodies)), m)
}

// LinesBetween reads the lines in force of deeds whose first day lies in a
// period: the body's own, or those of the bodies under it at the period's end.
func (v *View) LinesBetween(ctx context.Context, of body.ID, m deed.Measure, below bool, p calendar.Period) ([]tally.Line, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return nil, err
	}
	bodies := []body.ID{of}
	if below {
		bodies = v.Tree().Below(of, p.To)
	}
	if len(bodies) == 0 {
		return nil, nil
	}
	list, args := in([]any{v.r.book.root, m.Kind, int64(p.From), int64(p.To), measureID(m.Key())}, bodies)
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (tally.Line, error) {
		var l tally.Line
		var day string
		if err := rows.Scan(&day, &l.Quantity, &l.Qualifier); err != nil {
			return l, err
		}
		return l, dates(&l.Day, day)
	}, `
		SELECT d.day, l.qty, l.qualifier
		FROM deed d JOIN line l ON l.root = d.root AND l.body = d.body AND l.deed = d.id AND l.revision = d.revision AND l.undoes = 0
		WHERE d.root = $1 AND d.kind = $2 AND d.day_first >= $3 AND d.day_first <= $4 AND d.status = 'done' AND l.measure = $5 AND d.body `+list, args...)
}

// Measures lists the measures under which any line of the book was counted.
func (v *View) Measures(ctx context.Context) ([]deed.Measure, error) {
	return collect(ctx, v.r.runner, scanMeasure, `SELECT code FROM measure ORDER BY code`)
}

// MeasuresKept lists the measures that a body and those directly below it kept
// count of, the one with most lines first.
func (v *View) MeasuresKept(ctx context.Context, of body.ID) ([]deed.Measure, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return nil, err
	}
	kept, err := collect(ctx, v.r.runner, scanMeasure, `
		SELECT m.code FROM (
		  SELECT measure, SUM(exact + atleast + over + about + nearly) AS lines
		  FROM tally WHERE root = $1 AND edition = 0 AND body = $2 GROUP BY measure) AS t
		JOIN measure m ON m.id = t.measure ORDER BY t.lines DESC, CASE WHEN m.code LIKE '%.money%' THEN 0 ELSE 1 END, m.code`, v.r.book.root, int64(of))
	children := v.Tree().ChildrenOn(of, v.Today())
	if err != nil || len(children) == 0 {
		return kept, err
	}
	// What stands below it brought its own past with it; whether there is any is
	// asked of the key, measure by measure.
	among, args := in([]any{v.r.book.root}, children)
	below, err := collect(ctx, v.r.runner, scanMeasure, `
		SELECT m.code FROM measure m
		WHERE EXISTS (SELECT 1 FROM tally t WHERE t.root = $1 AND t.edition = 0 AND t.body `+among+` AND t.measure = m.id)
		ORDER BY CASE WHEN m.code LIKE '%.money%' THEN 0 ELSE 1 END, m.code`, args...)
	for _, m := range below {
		if !slices.Contains(kept, m) {
			kept = append(kept, m)
		}
	}
	return kept, err
}

// scanMeasure reads the code of a measure.
func scanMeasure(rows *sql.Rows) (deed.Measure, error) {
	var key string
	if err := rows.Scan(&key); err != nil {
		return deed.Measure{}, err
	}
	return deed.ParseMeasure(key)
}
