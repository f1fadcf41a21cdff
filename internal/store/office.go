package store

import (
	"context"
	"database/sql"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

const officeColumns = `id, body, kind, title, board, seats, rank, since, until, revision`

func scanOffice(rows *sql.Rows) (person.Office, error) {
	var o person.Office
	err := rows.Scan(&o.ID, (*int64)(&o.Body), &o.Kind, &o.Title, &o.Board, &o.Seats, &o.Rank, (*int32)(&o.Since), (*int32)(&o.Until), &o.Revision)
	return o, err
}

// Office reads one office.
func (r reader) Office(ctx context.Context, id int64) (person.Office, error) {
	found, err := collect(ctx, r.runner, scanOffice, `SELECT `+officeColumns+` FROM office WHERE id = $1`, id)
	if err != nil {
		return person.Office{}, err
	}
	if len(found) == 0 {
		return person.Office{}, fault.Missing("office.missing")
	}
	return found[0], nil
}

// OfficesAt lists the offices of a body by rank.
func (r reader) OfficesAt(ctx context.Context, at body.ID) ([]person.Office, error) {
	return collect(ctx, r.runner, scanOffice, `SELECT `+officeColumns+` FROM office WHERE root = $1 AND body = $2 ORDER BY rank, id`, r.book.root, int64(at))
}

// InsertOffice writes a new office.
func (tx *Tx) InsertOffice(ctx context.Context, o person.Office) error {
	_, err := tx.exec(ctx, `INSERT INTO office (`+officeColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		o.ID, int64(o.Body), o.Kind, o.Title, o.Board, o.Seats, o.Rank, int64(o.Since), int64(o.Until), o.Revision, tx.book.root)
	if err == nil {
		tx.note("office", o.ID, o.Body, nil, o)
		tx.standAnew()
	}
	return err
}

// UpdateOffice writes what changed of an office.
func (tx *Tx) UpdateOffice(ctx context.Context, o person.Office) error {
	before, err := tx.Office(ctx, o.ID)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE office SET kind = $2, title = $3, board = $4, seats = $5, rank = $6, since = $7, until = $8, revision = $9 WHERE id = $1`,
		o.ID, o.Kind, o.Title, o.Board, o.Seats, o.Rank, int64(o.Since), int64(o.Until), o.Revision)
	if err == nil {
		tx.note("office", o.ID, o.Body, before, o)
	}
	return err
}

const holdingColumns = `id, office, person, began, planned_end, actual_end, represents, paper, note, revision`

func scanHolding(rows *sql.Rows) (person.Holding, error) {
	var h person.Holding
	var from, planned, actual string
	err := rows.Scan(&h.ID, &h.Office, (*int64)(&h.Person), &from, &planned, &actual, (*int64)(&h.Represents), &h.Paper, &h.Note, &h.Revision)
	if err != nil {
		return h, err
	}
	return h, dates(&h.From, from, &h.PlannedEnd, planned, &h.ActualEnd, actual)
}

// Holding reads one holding.
func (r reader) Holding(ctx context.Context, id int64) (person.Holding, error) {
	found, err := collect(ctx, r.runner, scanHolding, `SELECT `+holdingColumns+` FROM holding WHERE id = $1`, id)
	if err != nil {
		return person.Holding{}, err
	}
	if len(found) == 0 {
		return person.Holding{}, fault.Missing("office.holding.missing")
	}
	return found[0], nil
}

// HoldingsOf lists who held an office, the first first.
func (r reader) HoldingsOf(ctx context.Context, office int64) ([]person.Holding, error) {
	return collect(ctx, r.runner, scanHolding, `SELECT `+holdingColumns+` FROM holding WHERE office = $1 ORDER BY began_first, id`, office)
}

// HoldingsBy lists the offices a person held, the first first.
func (r reader) HoldingsBy(ctx context.Context, id person.ID) ([]person.Holding, error) {
	return collect(ctx, r.runner, scanHolding, `SELECT `+holdingColumns+` FROM holding WHERE person = $1 ORDER BY began_first, id`, int64(id))
}

func (tx *Tx) holdingArgs(h person.Holding) []any {
	return []any{
		h.ID, h.Office, int64(h.Person), h.From.EDTF(), h.PlannedEnd.EDTF(), h.ActualEnd.EDTF(), int64(h.Represents), h.Paper, h.Note, h.Revision,
		int64(h.From.FirstOr(calendar.Earliest)), int64(h.End()), tx.book.root,
	}
}

// InsertHolding writes a new holding.
func (tx *Tx) InsertHolding(ctx context.Context, h person.Holding) error {
	office, err := tx.Office(ctx, h.Office)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO holding (`+holdingColumns+`, began_first, end_last, root)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, tx.holdingArgs(h)...)
	if err == nil {
		tx.note("holding", h.ID, office.Body, nil, h)
	}
	return err
}

// UpdateHolding writes what changed of a holding.
func (tx *Tx) UpdateHolding(ctx context.Context, h person.Holding) error {
	before, err := tx.Holding(ctx, h.ID)
	if err != nil {
		return err
	}
	office, err := tx.Office(ctx, h.Office)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE holding SET office = $2, person = $3, began = $4, planned_end = $5, actual_end = $6, represents = $7, paper = $8, note = $9,
		revision = $10, began_first = $11, end_last = $12 WHERE id = $1 AND root = $13`, tx.holdingArgs(h)...)
	if err == nil {
		tx.note("holding", h.ID, office.Body, before, h)
	}
	return err
}
