package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/text"
)

const bodyColumns = `id, code, kind, founded, ended, seat, address, phone, note, revision`

func scanBody(rows *sql.Rows) (body.Body, error) {
	var b body.Body
	var founded, ended string
	err := rows.Scan((*int64)(&b.ID), &b.Code, (*string)(&b.Kind), &founded, &ended, &b.Seat, &b.Address, &b.Phone, &b.Note, &b.Revision)
	if err != nil {
		return b, err
	}
	return b, dates(&b.Founded, founded, &b.Ended, ended)
}

// dates reads stored dates in pairs of place and text.
func dates(pairs ...any) error {
	for i := 0; i < len(pairs); i += 2 {
		d, err := calendar.ParseEDTF(pairs[i+1].(string))
		if err != nil {
			return fmt.Errorf("read a stored date: %w", err)
		}
		*pairs[i].(*calendar.Date) = d
	}
	return nil
}

// Body reads one body with its names.
func (r reader) Body(ctx context.Context, id body.ID) (body.Body, error) {
	found, err := r.bodiesWhere(ctx, `id = $1`, int64(id))
	if err != nil {
		return body.Body{}, err
	}
	if len(found) == 0 {
		return body.Body{}, fault.Missing("body.missing")
	}
	return found[0], nil
}

// BodyByCode reads the body that a code names.
func (r reader) BodyByCode(ctx context.Context, code string) (body.Body, error) {
	found, err := r.bodiesWhere(ctx, `code = $1`, code)
	if err != nil {
		return body.Body{}, err
	}
	if len(found) == 0 {
		return body.Body{}, fault.Missing("body.code.unknown", code)
	}
	return found[0], nil
}

// bodiesWhere reads bodies with their names and present parents.
func (r reader) bodiesWhere(ctx context.Context, condition string, args ...any) ([]body.Body, error) {
	found, err := collect(ctx, r.runner, scanBody, `SELECT `+bodyColumns+` FROM body WHERE `+condition+` ORDER BY sort, id`, args...)
	if err != nil || len(found) == 0 {
		return found, err
	}
	at := make(map[body.ID]*body.Body, len(found))
	tree, lineage, today := r.tree(), r.lineage(), calendar.FromTime(r.book.Now())
	for i := range found {
		b := &found[i]
		at[b.ID] = b
		b.Parent, _ = tree.ParentOn(b.ID, today)
		b.Levels, b.Codes = lineage.Standings(b.ID), lineage.Codes(b.ID)
	}
	err = r.each(ctx, func(rows *sql.Rows) error {
		var id body.ID
		n, err := scanName(rows, &id)
		if b := at[id]; b != nil && err == nil {
			b.Names = append(b.Names, n)
		}
		return err
	}, `SELECT body, lang, name, short, since, until, alias FROM body_name WHERE body IN (SELECT id FROM body WHERE `+condition+`) ORDER BY body, n`, args...)
	return found, err
}

func scanName(rows *sql.Rows, id *body.ID) (body.Name, error) {
	var n body.Name
	var alias int64
	err := rows.Scan((*int64)(id), &n.Lang, &n.Full, &n.Short, (*int32)(&n.Since), (*int32)(&n.Until), &alias)
	n.Alias = alias != 0
	return n, err
}

// BodyKnown tells whether the book holds a body.
func (r reader) BodyKnown(ctx context.Context, id body.ID) (bool, error) {
	var found int64
	err := r.one(ctx, `SELECT id FROM body WHERE id = $1`, []any{int64(id)}, &found)
	if errors.Is(err, errNone) {
		return false, nil
	}
	return err == nil, err
}

// CodeTaken tells whether a body has the code.
func (r reader) CodeTaken(ctx context.Context, code string) (bool, error) {
	var id int64
	err := r.one(ctx, `SELECT id FROM body WHERE code = $1`, []any{code}, &id)
	if errors.Is(err, errNone) {
		return false, nil
	}
	return err == nil, err
}

// InsertBody writes a new body with its names.
func (tx *Tx) InsertBody(ctx context.Context, b body.Body) error {
	_, err := tx.exec(ctx, `
		INSERT INTO body (id, root, code, kind, founded, ended, seat, address, phone, note, sort, fold, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		int64(b.ID), tx.book.root, b.Code, string(b.Kind), b.Founded.EDTF(), b.Ended.EDTF(), b.Seat, b.Address, b.Phone, b.Note,
		bodySort(b), bodyFold(b), b.Revision)
	if err != nil {
		return err
	}
	if err := tx.writeNames(ctx, b); err != nil {
		return err
	}
	if err := tx.writePeriods(ctx, b, body.Body{}); err != nil {
		return err
	}
	tx.born[b.ID] = true
	tx.note("body", int64(b.ID), b.ID, nil, b)
	if b.Kind != body.Household {
		tx.standAnew()
	}
	return tx.indexNew(ctx, "body", int64(b.ID), bodyFold(b))
}

// UpdateBody writes what changed of a body.
func (tx *Tx) UpdateBody(ctx context.Context, b body.Body) error {
	defer tx.bodyWritten(b.ID)
	before, err := tx.Body(ctx, b.ID)
	if err != nil {
		return err
	}
	was, err := tx.foldKept(ctx, "body", int64(b.ID))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		UPDATE body SET code = $2, kind = $3, founded = $4, ended = $5, seat = $6, address = $7, phone = $8, note = $9,
		  sort = $10, fold = $11, revision = $12 WHERE id = $1`,
		int64(b.ID), b.Code, string(b.Kind), b.Founded.EDTF(), b.Ended.EDTF(), b.Seat, b.Address, b.Phone, b.Note, bodySort(b), bodyFold(b), b.Revision)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM body_name WHERE body = $1`, int64(b.ID)); err != nil {
		return err
	}
	if err := tx.writeNames(ctx, b); err != nil {
		return err
	}
	if err := tx.writePeriods(ctx, b, before); err != nil {
		return err
	}
	tx.note("body", int64(b.ID), b.ID, before, b)
	return tx.index(ctx, "body", int64(b.ID), was, bodyFold(b))
}

func (tx *Tx) writeNames(ctx context.Context, b body.Body) error {
	for i, n := range b.Names {
		_, err := tx.exec(ctx, `
			INSERT INTO body_name (body, n, lang, name, short, since, until, alias) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			int64(b.ID), i+1, n.Lang, n.Full, n.Short, int64(n.Since), int64(n.Until), flag(n.Alias))
		if err != nil {
			return err
		}
	}
	return nil
}

func bodySort(b body.Body) []byte {
	return text.TextKey(b.NameOn("vi", calendar.Latest), "vi")
}

// bodyFold is what search compares: every name ever borne, and the code.
func bodyFold(b body.Body) string {
	var all strings.Builder
	for _, n := range b.Names {
		all.WriteString(text.Fold(n.Full) + " " + text.Fold(n.Short) + " ")
	}
	all.WriteString(text.Fold(b.Code))
	return all.String()
}

// PlaceUnder writes a dated parent edge, ending the one in force before it. One
// that begins later in the book is left as it is: the new one ends before it.
func (tx *Tx) PlaceUnder(ctx context.Context, e body.Edge) error {
	defer tx.bodyWritten()
	if tx.replaced[e.Child] != nil {
		tx.settled()
	}
	if !tx.born[e.Child] {
		for _, later := range tx.Tree().Parents(e.Child) {
			if later.Since > e.Since {
				e.Until = min(e.Until, later.Since-1)
			}
		}
	}
	_, err := tx.exec(ctx, `UPDATE edge SET until = $4 WHERE axis = $1 AND child = $2 AND since < $3 AND until >= $3`,
		string(e.Axis), int64(e.Child), int64(e.Since), int64(e.Since)-1)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO edge (axis, child, since, until, parent) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (axis, child, since) DO UPDATE SET until = excluded.until, parent = excluded.parent`,
		string(e.Axis), int64(e.Child), int64(e.Since), int64(e.Until), int64(e.Parent))
	if err != nil {
		return err
	}
	tx.note("edge", int64(e.Child), e.Child, nil, e)
	tx.placed = append(tx.placed, e)
	tx.regraft(e.Child)
	return nil
}

func readEdges(ctx context.Context, r *runner) ([]body.Edge, error) {
	return collect(ctx, r, func(rows *sql.Rows) (body.Edge, error) {
		var e body.Edge
		err := rows.Scan((*string)(&e.Axis), (*int64)(&e.Child), (*int32)(&e.Since), (*int32)(&e.Until), (*int64)(&e.Parent))
		return e, err
	}, `SELECT axis, child, since, until, parent FROM edge ORDER BY child, since`)
}
