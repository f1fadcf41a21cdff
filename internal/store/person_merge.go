package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// reference is a column that names a person and follows when two records of one
// person are merged.
type reference struct {
	table  string
	column string
	key    []string // what tells its rows apart
}

// references lists every such column; a test compares the list with the schema.
// The history is not among them: it says who did what under the name of that
// day, and is never rewritten.
func references() []reference {
	return []reference{
		{"membership", "person", []string{"id"}},
		{"union_plan_item", "person", []string{"id"}},
		{"visit", "interpreter", []string{"deed"}},
		{"union_register", "person", []string{"id"}},
		{"reception", "guest", []string{"deed", "n"}},
		{"reception", "host", []string{"deed", "n"}},
		{"travel_paper", "person", []string{"id"}},
		{"protocol_gift", "person", []string{"id"}},
		{"holding", "person", []string{"id"}},
		{"delegation", "person", []string{"id"}},
		{"delegation", "lender", []string{"id"}},
		{"account", "person", []string{"id"}},
		{"party", "person", []string{"deed", "n"}},
		{"deed", "approver", []string{"id"}},
		{"deed", "recorder", []string{"id"}},
		{"entry", "person", []string{"id"}},
		{"entry", "approver", []string{"id"}},
		{"entry", "payer", []string{"id"}},
		{"entry", "second", []string{"id"}},
		{"entry", "recorder", []string{"id"}},
		{"entry", "asked", []string{"id"}},
		{"entry", "asked_second", []string{"id"}},
		{"closing", "actor", []string{"id"}},
		{"loan", "person", []string{"id"}},
		{"stock_move", "person", []string{"id"}},
		{"stock_move", "recorder", []string{"id"}},
		{"cash_count", "recorder", []string{"id"}},
		{"report", "filer", []string{"id"}},
		{"attachment", "adder", []string{"id"}},
		{"paper", "handler", []string{"id"}},
		{"paper", "recorder", []string{"id"}},
		{"attendee", "person", []string{"deed", "n"}},
		{"task", "person", []string{"id"}},
		{"task", "recorder", []string{"id"}},
		{"tie", "recorder", []string{"id"}},
		{"tie_member", "person", []string{"tie", "n"}},
		{"tie_signer", "person", []string{"tie", "n"}},
		{"protocol", "person", []string{"root"}},
		{"promise", "recorder", []string{"id"}},
		{"tie_review", "recorder", []string{"id"}},
		{"handover", "giver", []string{"id"}},
		{"handover", "taker", []string{"id"}},
		{"handover", "witness", []string{"id"}},
		{"handover", "recorder", []string{"id"}},
		{"event", "recorder", []string{"id"}},
		{"assessor", "person", []string{"id"}},
		{"settlement", "recorder", []string{"id"}},
	}
}

// CountReferences counts what of the book refers to a person, by table.
func (r reader) CountReferences(ctx context.Context, id person.ID) (map[string]int, error) {
	counts := map[string]int{}
	for _, ref := range references() {
		var n int
		err := r.one(ctx, `SELECT COUNT(*) FROM `+ref.table+` WHERE `+ref.column+` = $1`, []any{int64(id)}, &n)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			counts[ref.table+"."+ref.column] = n
		}
	}
	return counts, nil
}

// CountReferences counts what would move if the record were merged away.
func (v *View) CountReferences(ctx context.Context, id person.ID) (map[string]int, error) {
	if _, err := v.Person(ctx, id); err != nil {
		return nil, err
	}
	return v.r.CountReferences(ctx, id)
}

// MoveReferences lets everything that refers to one person refer to another and
// tells what was moved.
func (tx *Tx) MoveReferences(ctx context.Context, from, to person.ID) ([]person.Moved, error) {
	var moved []person.Moved
	for _, ref := range references() {
		keys, err := tx.keysOf(ctx, ref, from)
		if err != nil {
			return nil, err
		}
		if len(keys) == 0 {
			continue
		}
		if taken, err := tx.onlyOne(ctx, ref, to); err != nil || taken {
			if err != nil {
				return nil, err
			}
			continue
		}
		if _, err := tx.exec(ctx, `UPDATE `+ref.table+` SET `+ref.column+` = $2 WHERE `+ref.column+` = $1`, int64(from), int64(to)); err != nil {
			return nil, err
		}
		moved = append(moved, person.Moved{Table: ref.table, Column: ref.column, Keys: keys})
	}
	return moved, nil
}

// onlyOne tells that a table has one row for a person and that there is one: how the
// kept record is addressed stands, and what was written of the other goes with it.
func (tx *Tx) onlyOne(ctx context.Context, ref reference, of person.ID) (bool, error) {
	if ref.table != "protocol" {
		return false, nil
	}
	keys, err := tx.keysOf(ctx, ref, of)
	return len(keys) > 0, err
}

func (tx *Tx) keysOf(ctx context.Context, ref reference, id person.ID) ([][]int64, error) {
	columns := ref.key[0]
	for _, k := range ref.key[1:] {
		columns += ", " + k
	}
	return collect(ctx, tx.runner, func(rows *sql.Rows) ([]int64, error) {
		key := make([]int64, len(ref.key))
		into := make([]any, len(key))
		for i := range key {
			into[i] = &key[i]
		}
		return key, rows.Scan(into...)
	}, `SELECT `+columns+` FROM `+ref.table+` WHERE `+ref.column+` = $1`, int64(id))
}

// MoveBack takes back what a merge moved, as far as it still refers to the
// person it was moved to.
func (tx *Tx) MoveBack(ctx context.Context, moved []person.Moved, from, to person.ID) error {
	for _, m := range moved {
		at := slices.IndexFunc(references(), func(r reference) bool { return r.table == m.Table && r.column == m.Column })
		if at < 0 {
			return fmt.Errorf("take back a merge: no reference %s.%s", m.Table, m.Column)
		}
		ref := references()[at]
		condition := ""
		for i, k := range ref.key {
			condition += ` AND ` + k + ` = ` + dollar(i+3)
		}
		for _, key := range m.Keys {
			args := []any{int64(from), int64(to)}
			for _, k := range key {
				args = append(args, k)
			}
			if _, err := tx.exec(ctx, `UPDATE `+ref.table+` SET `+ref.column+` = $2 WHERE `+ref.column+` = $1`+condition, args...); err != nil {
				return err
			}
		}
	}
	return nil
}

// InsertMerge keeps what a merge did, so that it can be taken back.
func (tx *Tx) InsertMerge(ctx context.Context, m person.Merged) error {
	raw, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write a merge: %w", err)
	}
	_, err = tx.exec(ctx, `INSERT INTO merge (gone, kept, root, data, undone) VALUES ($1, $2, $3, $4, 0)
		ON CONFLICT (gone) DO UPDATE SET kept = excluded.kept, data = excluded.data, undone = 0`,
		int64(m.Gone.ID), int64(m.Kept.ID), tx.book.root, string(raw))
	if err == nil {
		tx.note("merge", int64(m.Kept.ID), m.Kept.Body, nil, m)
	}
	return err
}

// MergeOf reads the merge by which a record went into another.
func (r reader) MergeOf(ctx context.Context, gone person.ID) (person.Merged, error) {
	var raw string
	err := r.one(ctx, `SELECT data FROM merge WHERE gone = $1 AND undone = 0`, []any{int64(gone)}, &raw)
	if errors.Is(err, errNone) {
		return person.Merged{}, fault.Missing("person.merge.missing")
	}
	if err != nil {
		return person.Merged{}, err
	}
	var m person.Merged
	return m, unpack(raw, &m)
}

// EndMerge marks a merge as taken back.
func (tx *Tx) EndMerge(ctx context.Context, m person.Merged) error {
	_, err := tx.exec(ctx, `UPDATE merge SET undone = 1 WHERE gone = $1`, int64(m.Gone.ID))
	if err == nil {
		tx.note("merge", int64(m.Kept.ID), m.Kept.Body, m, nil)
	}
	return err
}

// MergedInto lists the records that went into a person, for taking back.
func (v *View) MergedInto(ctx context.Context, kept person.ID) ([]person.Merged, error) {
	if _, err := v.Person(ctx, kept); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (person.Merged, error) {
		var raw string
		var m person.Merged
		if err := rows.Scan(&raw); err != nil {
			return m, err
		}
		return m, unpack(raw, &m)
	}, `SELECT data FROM merge WHERE kept = $1 AND undone = 0 ORDER BY gone`, int64(kept))
}

// KeepApart notes that two records are two people.
func (tx *Tx) KeepApart(ctx context.Context, a, b person.ID) error {
	p, err := tx.Person(ctx, a)
	if err != nil {
		return err
	}
	first, second := min(a, b), max(a, b)
	_, err = tx.exec(ctx, `INSERT INTO apart (root, person, other) VALUES ($1, $2, $3) ON CONFLICT (root, person, other) DO NOTHING`,
		tx.book.root, int64(first), int64(second))
	if err == nil {
		tx.note("apart", int64(first), p.Body, nil, map[string]int64{"person": int64(first), "other": int64(second)})
	}
	return err
}
