package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Lineage tells what became of bodies, as this transaction sees it.
func (tx *Tx) Lineage() *body.Lineage { return tx.settled().lineage }

// Lineage tells what became of bodies, as last committed.
func (b *Book) Lineage() *body.Lineage { return b.state.Load().lineage }

// Lineage tells what became of bodies. What bodies there are and were is no
// secret inside the book.
func (v *View) Lineage() *body.Lineage { return v.r.lineage() }

const eventColumns = `id, kind, day, number, decided, issuer, title, note, source, job, recorded, recorder, undone, reason`

func scanEvent(rows *sql.Rows) (body.Event, error) {
	var e body.Event
	var decided string
	err := rows.Scan(&e.ID, (*string)(&e.Kind), (*int32)(&e.Day), &e.Paper.Number, &decided, &e.Paper.Issuer, &e.Paper.Title,
		&e.Note, &e.Source, &e.Job, &e.Recorded, &e.Recorder, &e.Undone, &e.Reason)
	if err != nil {
		return e, err
	}
	return e, dates(&e.Paper.Date, decided)
}

// eventsWhere reads events with their successions, without their marks.
func eventsWhere(ctx context.Context, r *runner, condition string, args ...any) ([]body.Event, error) {
	found, err := collect(ctx, r, scanEvent, `SELECT `+eventColumns+` FROM event WHERE `+condition+` ORDER BY day, id`, args...)
	if err != nil || len(found) == 0 {
		return found, err
	}
	at := make(map[int64]*body.Event, len(found))
	for i := range found {
		at[found[i].ID] = &found[i]
	}
	err = r.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var s body.Succession
		err := rows.Scan(&id, (*int64)(&s.From), (*int64)(&s.To), &s.Share.Num, &s.Share.Den)
		if e := at[id]; e != nil && err == nil {
			e.Edges = append(e.Edges, s)
		}
		return err
	}, `SELECT event, from_body, to_body, num, den FROM succession WHERE event IN (SELECT id FROM event WHERE `+condition+`) ORDER BY event, n`, args...)
	return found, err
}

// readLineage reads all that is kept in memory of what became of bodies.
func readLineage(ctx context.Context, r *runner) (*body.Lineage, error) {
	events, err := eventsWhere(ctx, r, `undone = 0`)
	if err != nil {
		return nil, err
	}
	at := map[body.ID]int{}
	var known []body.Known
	of := func(id body.ID) *body.Known {
		i, ok := at[id]
		if !ok {
			i = len(known)
			at[id] = i
			known = append(known, body.Known{Body: id, Life: calendar.Always()})
		}
		return &known[i]
	}
	err = r.each(ctx, func(rows *sql.Rows) error {
		var id body.ID
		var founded, ended string
		if err := rows.Scan((*int64)(&id), &founded, &ended); err != nil {
			return err
		}
		var b body.Body
		err := dates(&b.Founded, founded, &b.Ended, ended)
		of(id).Life = b.Life()
		return err
	}, `SELECT id, founded, ended FROM body WHERE kind <> 'household' AND (founded <> '' OR ended <> '')`)
	if err != nil {
		return nil, err
	}
	err = r.each(ctx, func(rows *sql.Rows) error {
		var id body.ID
		var s body.Standing
		if err := rows.Scan((*int64)(&id), (*int32)(&s.Since), (*int32)(&s.Until), (*string)(&s.Level), (*string)(&s.Kind)); err != nil {
			return err
		}
		of(id).Levels = append(of(id).Levels, s)
		return nil
	}, `SELECT body, since, until, level, kind FROM body_level ORDER BY body, since`)
	if err != nil {
		return nil, err
	}
	err = r.each(ctx, func(rows *sql.Rows) error {
		var id body.ID
		var c body.OfficialCode
		if err := rows.Scan((*int64)(&id), &c.Scheme, (*int32)(&c.Since), (*int32)(&c.Until), &c.Code); err != nil {
			return err
		}
		of(id).Codes = append(of(id).Codes, c)
		return nil
	}, `SELECT body, scheme, since, until, code FROM official_code ORDER BY body, scheme, since`)
	if err != nil {
		return nil, err
	}
	return body.NewLineage(events, known), nil
}

// writePeriods writes the levels and official codes of a body, in the place of
// those it had.
func (tx *Tx) writePeriods(ctx context.Context, b body.Body, before body.Body) error {
	if !slices.Equal(b.Levels, before.Levels) {
		if err := tx.replace(ctx, `DELETE FROM body_level WHERE body = $1`, b.ID); err != nil {
			return err
		}
		for _, s := range b.Levels {
			_, err := tx.exec(ctx, `INSERT INTO body_level (body, since, until, level, kind) VALUES ($1, $2, $3, $4, $5)`,
				int64(b.ID), int64(s.Since), int64(s.Until), string(s.Level), string(s.Kind))
			if err != nil {
				return err
			}
		}
	}
	if !slices.Equal(b.Codes, before.Codes) {
		if err := tx.replace(ctx, `DELETE FROM official_code WHERE body = $1`, b.ID); err != nil {
			return err
		}
		for _, c := range b.Codes {
			_, err := tx.exec(ctx, `INSERT INTO official_code (body, scheme, since, until, code) VALUES ($1, $2, $3, $4, $5)`,
				int64(b.ID), c.Scheme, int64(c.Since), int64(c.Until), c.Code)
			if err != nil {
				return err
			}
		}
	}
	if b.Kind != body.Household && b.Known().Differs(before.Known()) {
		tx.learned = append(tx.learned, b.Known())
	}
	return nil
}

func (tx *Tx) replace(ctx context.Context, statement string, id body.ID) error {
	_, err := tx.exec(ctx, statement, int64(id))
	return err
}

// SetParents writes all that a body ever stood under, in the place of what the
// book held.
func (tx *Tx) SetParents(ctx context.Context, child body.ID, edges []body.Edge) error {
	defer tx.bodyWritten()
	before := tx.Tree().Parents(child)
	if slices.Equal(before, edges) {
		return nil
	}
	if err := tx.replace(ctx, `DELETE FROM edge WHERE child = $1`, child); err != nil {
		return err
	}
	for _, e := range edges {
		_, err := tx.exec(ctx, `INSERT INTO edge (axis, child, since, until, parent) VALUES ($1, $2, $3, $4, $5)`,
			string(e.Axis), int64(child), int64(e.Since), int64(e.Until), int64(e.Parent))
		if err != nil {
			return err
		}
	}
	tx.note("edge", int64(child), child, before, edges)
	if tx.replaced == nil {
		tx.replaced = map[body.ID][]body.Edge{}
	}
	tx.replaced[child] = edges
	tx.regraft(child)
	return nil
}

// InsertEvent writes what became of bodies.
func (tx *Tx) InsertEvent(ctx context.Context, e body.Event) error {
	marks, err := json.Marshal(e.Marks)
	if err != nil {
		return fmt.Errorf("write the marks of an event: %w", err)
	}
	_, err = tx.exec(ctx, `
		INSERT INTO event (id, root, kind, day, number, decided, issuer, title, note, source, job, recorded, recorder, undone, reason, marks)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		e.ID, tx.book.root, string(e.Kind), int64(e.Day), e.Paper.Number, e.Paper.Date.EDTF(), e.Paper.Issuer, e.Paper.Title,
		e.Note, e.Source, e.Job, e.Recorded, e.Recorder, e.Undone, e.Reason, string(marks))
	if err != nil {
		return err
	}
	for i, s := range e.Edges {
		_, err := tx.exec(ctx, `INSERT INTO succession (event, n, from_body, to_body, num, den) VALUES ($1, $2, $3, $4, $5, $6)`,
			e.ID, i+1, int64(s.From), int64(s.To), s.Share.Num, s.Share.Den)
		if err != nil {
			return err
		}
	}
	tx.events = append(tx.events, e)
	e.Marks = nil // the bodies' own history has them
	for _, id := range e.Bodies() {
		tx.note("event", e.ID, id, nil, e)
	}
	return nil
}

// UndoEvent writes that an event no longer stands.
func (tx *Tx) UndoEvent(ctx context.Context, e body.Event) error {
	_, err := tx.exec(ctx, `UPDATE event SET undone = $2, reason = $3 WHERE id = $1`, e.ID, e.Undone, e.Reason)
	if err != nil {
		return err
	}
	tx.events = append(tx.events, e)
	e.Marks = nil
	before := e
	before.Undone, before.Reason = 0, ""
	for _, id := range e.Bodies() {
		tx.note("event", e.ID, id, before, e)
	}
	return nil
}

// Event reads one event with what it did to each body.
func (r reader) Event(ctx context.Context, id int64) (body.Event, error) {
	found, err := eventsWhere(ctx, r.runner, `id = $1`, id)
	if err != nil {
		return body.Event{}, err
	}
	if len(found) == 0 {
		return body.Event{}, fault.Missing("event.missing")
	}
	var marks string
	if err := r.one(ctx, `SELECT marks FROM event WHERE id = $1`, []any{id}, &marks); err != nil && !errors.Is(err, errNone) {
		return body.Event{}, err
	}
	if err := json.Unmarshal([]byte(marks), &found[0].Marks); err != nil {
		return body.Event{}, fmt.Errorf("read the marks of an event: %w", err)
	}
	return found[0], nil
}

// Event reads one event.
func (v *View) Event(ctx context.Context, id int64) (body.Event, error) {
	if !v.known() {
		return body.Event{}, fault.Forbid("access.forbidden.read_figures")
	}
	return v.r.Event(ctx, id)
}

// Events lists every event, those that were undone too, the latest first.
func (v *View) Events(ctx context.Context) ([]body.Event, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	return eventsWhere(ctx, v.r.runner, `root = $1`, v.r.book.root)
}

// BodiesCoded finds who bore an official code on a day.
func (v *View) BodiesCoded(ctx context.Context, scheme, code string, on calendar.Day) ([]body.Body, error) {
	if !v.actor.Somewhere(access.ReadFigures) {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	by, err := v.BodiesByID(ctx, v.Lineage().Coded(scheme, code, on))
	if err != nil {
		return nil, err
	}
	var found []body.Body
	for _, id := range v.Lineage().Coded(scheme, code, on) {
		if b, ok := by[id]; ok {
			found = append(found, b)
		}
	}
	return found, nil
}

// BodyUses tells what of the book refers to a body, what one event says of it
// apart, and the figures, which follow the lines.
func (r reader) BodyUses(ctx context.Context, id body.ID, but int64) ([]body.Use, error) {
	by := map[string]int{}
	for _, ref := range bodyReferences() {
		if ref.table == "tally" {
			continue
		}
		condition, args := ref.column+` = $1`, []any{int64(id)}
		if ref.table == "succession" {
			condition, args = condition+` AND event <> $2 AND event IN (SELECT id FROM event WHERE undone = 0)`, append(args, but)
		}
		var n int
		if err := r.one(ctx, `SELECT COUNT(*) FROM `+ref.table+` WHERE `+condition, args, &n); err != nil {
			return nil, err
		}
		if n > 0 {
			by[ref.table] += n
		}
	}
	var all []body.Use
	for _, table := range slices.Sorted(maps.Keys(by)) {
		all = append(all, body.Use{Table: table, Count: by[table]})
	}
	return all, nil
}
