package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"

	"kith.app/internal/deed"
	"kith.app/internal/person"
)

// rowsMost bounds how many rows of a kind are kept; of a larger book each question
// is put to the engine.
const rowsMost = 50_000

// rowsKept keeps in memory, in the order of their ids, rows of which each tells of a
// record by itself. After a write only those are read again of whose records the
// history tells: ten thousand members are not read anew because of one.
type rowsKept[T any] struct {
	mu   sync.Mutex
	read bool
	link int64 // the rows are no older than that
	rows []T   // shared: not to be changed in place
	many bool  // there are more than may be kept
}

// rowKind says which rows are kept.
type rowKind[T any] struct {
	subjects []string          // under which the history has the records they are made of
	id       func(T) int64     // of the record that the row is kept for
	of       func(T) person.ID // whom a row tells of
	// read reads the rows of some people and records, or all, in any order; at most one
	// more than are kept.
	read func(ctx context.Context, r reader, only *touched) ([]T, error)
}

// touched are people, and records of another subject, of which the history tells
// something.
type touched struct {
	people  []person.ID
	records []int64
}

// touchedMost bounds after how many changes all rows are read anew.
const touchedMost = 400

// all gives every row there is. kept is false for a transaction, whose own work is
// not in the history yet, and where there are too many: then the engine is to be asked.
func (k *rowsKept[T]) all(ctx context.Context, r reader, kind rowKind[T]) (rows []T, kept bool, err error) {
	if r.gathered != nil {
		return nil, false, nil
	}
	// Who comes meanwhile waits for what is being read: of two who read at once the
	// slower might put older rows in the place of newer ones.
	k.mu.Lock()
	defer k.mu.Unlock()
	link, err := r.lastLink(ctx)
	switch {
	case err != nil:
		return nil, false, err
	case k.many:
		return nil, false, nil
	case k.read && k.link == link:
		return k.rows, true, nil
	}
	if err := k.renew(ctx, r, kind, link); err != nil || k.many {
		return nil, false, err
	}
	return k.rows, true, nil
}

// renew brings the rows up to a link.
func (k *rowsKept[T]) renew(ctx context.Context, r reader, kind rowKind[T], link int64) error {
	var only *touched
	if k.read && k.link < link {
		var err error
		if only, err = r.touchedSince(ctx, k.link, kind.subjects); err != nil {
			return err
		}
		if only != nil && len(only.people)+len(only.records) == 0 {
			k.link = link
			return nil
		}
	}
	rows, err := kind.read(ctx, r, only)
	if err != nil {
		return err
	}
	slices.SortFunc(rows, func(a, b T) int { return cmp.Compare(kind.id(a), kind.id(b)) })
	if only != nil {
		rows = kind.patched(k.rows, rows, only)
	}
	if len(rows) > rowsMost {
		k.rows, k.many = nil, true
		return nil
	}
	k.rows, k.link, k.read = slices.Clip(rows), link, true
	return nil
}

// patched gives the rows with those of some records taken out and others, as they are
// now, put in; both are in the order of their ids.
func (kind rowKind[T]) patched(old, now []T, only *touched) []T {
	out := make(map[int64]bool, len(now)+len(only.records))
	for _, row := range now {
		out[kind.id(row)] = true
	}
	for _, id := range only.records {
		out[id] = true
	}
	of := make(map[person.ID]bool, len(only.people))
	for _, id := range only.people {
		of[id] = true
	}
	rows := make([]T, 0, len(old)+len(now))
	for _, row := range old {
		id := kind.id(row)
		for len(now) > 0 && kind.id(now[0]) < id {
			rows, now = append(rows, now[0]), now[1:]
		}
		if !out[id] && !of[kind.of(row)] {
			rows = append(rows, row)
		}
	}
	return append(rows, now...)
}

// touchedSince tells of which records of some subjects the history tells after a link;
// nil when they are many. Whoever writes a row notes it under its id, and a merge, by
// which memberships pass to another person, under the person kept.
func (r reader) touchedSince(ctx context.Context, link int64, subjects []string) (*touched, error) {
	t, n := &touched{}, 0
	err := r.each(ctx, func(rows *sql.Rows) error {
		var subject string
		var ref int64
		if err := rows.Scan(&subject, &ref); err != nil {
			return err
		}
		switch n++; {
		case !slices.Contains(subjects, subject):
		case subject == "person", subject == "merge":
			t.people = append(t.people, person.ID(ref))
		default:
			t.records = append(t.records, ref)
		}
		return nil
	}, `SELECT subject, ref FROM change WHERE link > $1 LIMIT $2`, link, touchedMost+1)
	if err != nil || n > touchedMost {
		return nil, err
	}
	return t, nil
}

// lastLink gives the number of the last link of the history; 0 before there is one.
func (r reader) lastLink(ctx context.Context) (link int64, err error) {
	if err = r.one(ctx, `SELECT n FROM link ORDER BY n DESC LIMIT 1`, nil, &link); errors.Is(err, errNone) {
		err = nil
	}
	return link, err
}

// drawings are the people whose records were not merged away, drawn to be compared.
var drawings = rowKind[*person.Drawn]{
	subjects: []string{"person", "merge"},
	id:       func(d *person.Drawn) int64 { return int64(d.ID) },
	of:       func(d *person.Drawn) person.ID { return d.ID },
	read: func(ctx context.Context, r reader, only *touched) ([]*person.Drawn, error) {
		return r.drawings(ctx, only)
	},
}

// drawings reads some people, or all.
func (r reader) drawings(ctx context.Context, only *touched) ([]*person.Drawn, error) {
	f := &filter{}
	f.and(`+root = ? AND merged_into = 0`, r.book.root)
	if only != nil {
		f.and(`id ` + list(f, only.people))
	}
	return r.drawn(ctx, f, f.bind(` LIMIT ?`, int64(rowsMost+1)))
}

// drawn reads the people of a filter, as many as a limit lets through.
func (r reader) drawn(ctx context.Context, f *filter, limit string) ([]*person.Drawn, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (*person.Drawn, error) {
		var s person.Sketch
		var birth, phone string
		if err := rows.Scan((*int64)(&s.ID), &s.Name, (*string)(&s.Sex), &birth, &phone, &s.Origin, &s.Note); err != nil {
			return nil, err
		}
		s.Phone = digits(phone)
		err := dates(&s.Birth, birth)
		return person.Draw(s), err
	}, `SELECT id, name, sex, birth, phone, origin, address FROM person WHERE `+f.where()+limit, f.args...)
}

// resembling compares everybody kept, after a few changes only those who changed.
func (m *memo) resembling(people []*person.Drawn) *person.Resemblance {
	m.mu.Lock()
	before := m.compared
	m.mu.Unlock()
	now := person.Resembling
	if before != nil {
		now = before.With
	}
	after := now(people)
	m.mu.Lock()
	m.compared = after
	m.mu.Unlock()
	return after
}

// countedDeeds counts the deeds d of a filter, of which the ids are kept: after a deed
// was posted, nobody need look through thousands again.
func (v *View) countedDeeds(ctx context.Context, f *filter) (n int64, err error) {
	ids, kept, err := v.r.book.memo.counted(f.where(), f.args).all(ctx, v.r, rowKind[deed.ID]{
		subjects: []string{"deed"},
		id:       func(id deed.ID) int64 { return int64(id) },
		of:       func(deed.ID) person.ID { return 0 },
		read: func(ctx context.Context, r reader, only *touched) ([]deed.ID, error) {
			f := f.copied()
			if only != nil {
				f.and(`d.id ` + list(f, only.records))
			}
			limit := f.bind(` LIMIT ?`, int64(rowsMost+1))
			return collect(ctx, r.runner, func(rows *sql.Rows) (id deed.ID, err error) { return id, rows.Scan((*int64)(&id)) },
				`SELECT d.id FROM deed d WHERE `+f.where()+limit, f.args...)
		},
	})
	if err == nil && !kept {
		err = v.r.one(ctx, `SELECT COUNT(*) FROM deed d WHERE `+f.where(), f.args, &n)
		return n, err
	}
	return int64(len(ids)), err
}

// countsMost bounds of how many questions the deeds are kept.
const countsMost = 8

// counted gives where the deeds of a question are kept.
func (m *memo) counted(where string, args []any) *rowsKept[deed.ID] {
	key := fmt.Sprint(where, args)
	m.mu.Lock()
	defer m.mu.Unlock()
	kept := m.deeds[key]
	if kept == nil {
		if kept = new(rowsKept[deed.ID]); m.deeds == nil || len(m.deeds) >= countsMost {
			m.deeds = map[string]*rowsKept[deed.ID]{}
		}
		m.deeds[key] = kept
	}
	return kept
}
