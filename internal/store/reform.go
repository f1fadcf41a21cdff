package store

import (
	"context"
	"database/sql"
	"errors"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/place"
	"kith.app/internal/reform"
)

// notYet marks an event that was prepared and does not stand yet.
const notYet = -1

const reformColumns = `name, job, status, held, done, steps, began, ended`

func scanReform(rows *sql.Rows) (reform.State, error) {
	var s reform.State
	var held int64
	err := rows.Scan(&s.Name, &s.Job, (*string)(&s.Status), &held, &s.Done, &s.Steps, &s.Began, &s.Ended)
	s.Held = held != 0
	return s, err
}

// Reform reads how far a reform is; one that was never begun is missing.
func (r reader) Reform(ctx context.Context, name string) (reform.State, error) {
	found, err := collect(ctx, r.runner, scanReform, `SELECT `+reformColumns+` FROM reform WHERE name = $1`, name)
	if err != nil {
		return reform.State{}, err
	}
	if len(found) == 0 {
		return reform.State{}, fault.Missing("reform.missing", name)
	}
	return found[0], nil
}

// Reform reads how far a reform is, for whoever may play it.
func (v *View) Reform(ctx context.Context, name string) (reform.State, error) {
	if err := v.actor.May(access.ManageBody, v.Root()); err != nil {
		return reform.State{}, err
	}
	return v.r.Reform(ctx, name)
}

// SaveReform writes how far a reform is.
func (tx *Tx) SaveReform(ctx context.Context, s reform.State) error {
	before, err := tx.Reform(ctx, s.Name)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO reform (name, root, job, status, held, done, steps, began, ended) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (name) DO UPDATE SET job = excluded.job, status = excluded.status, held = excluded.held, done = excluded.done,
		  steps = excluded.steps, began = excluded.began, ended = excluded.ended`,
		s.Name, tx.book.root, s.Job, string(s.Status), flag(s.Held), s.Done, s.Steps, s.Began, s.Ended)
	if err == nil && before.Status != s.Status {
		tx.note("reform", s.Job, tx.book.Root(), before, s)
	}
	return err
}

// DropReform forgets a reform that was taken back; the history keeps that it was
// played.
func (tx *Tx) DropReform(ctx context.Context, s reform.State) error {
	tx.note("reform", s.Job, tx.book.Root(), s, nil)
	if _, err := tx.exec(ctx, `DELETE FROM reform_unit WHERE job = $1`, s.Job); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `DELETE FROM reform WHERE name = $1`, s.Name)
	return err
}

// LocalitiesKnown lists the localities that the book holds.
func (tx *Tx) LocalitiesKnown(ctx context.Context) (map[body.ID]bool, error) {
	known := map[body.ID]bool{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id body.ID
		err := rows.Scan((*int64)(&id))
		known[id] = true
		return err
	}, `SELECT id FROM body WHERE kind = $1`, string(body.Locality))
	return known, err
}

// PlanUnits notes which units belong to a reform, and which of them it has to
// bring in.
func (tx *Tx) PlanUnits(ctx context.Context, job int64, units []place.ID, held map[body.ID]bool) error {
	for _, id := range units {
		if err := tx.insert(ctx, &tx.book.tables.reformUnit, job, int64(id), flag(!held[body.ID(id)])); err != nil {
			return err
		}
	}
	return tx.release(ctx)
}

// PlannedUnits lists the units of a reform, each with whether the reform brings
// it in.
func (tx *Tx) PlannedUnits(ctx context.Context, job int64) (map[body.ID]bool, error) {
	planned := map[body.ID]bool{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id body.ID
		var made int64
		err := rows.Scan((*int64)(&id), &made)
		planned[id] = made == 1
		return err
	}, `SELECT body, made FROM reform_unit WHERE job = $1`, job)
	return planned, err
}

// UnitHeld notes that a unit of a reform was brought in by somebody else.
func (tx *Tx) UnitHeld(ctx context.Context, job int64, id body.ID) error {
	_, err := tx.exec(ctx, `UPDATE reform_unit SET made = 0 WHERE job = $1 AND body = $2`, job, int64(id))
	return err
}

// UnitLearned notes that a reform told the book of the end of a unit it held.
func (tx *Tx) UnitLearned(ctx context.Context, job int64, id body.ID) error {
	_, err := tx.exec(ctx, `UPDATE reform_unit SET made = 2 WHERE job = $1 AND body = $2`, job, int64(id))
	return err
}

// UnitsLearned lists those units.
func (tx *Tx) UnitsLearned(ctx context.Context, job int64) ([]body.ID, error) {
	return collect(ctx, tx.runner, func(rows *sql.Rows) (body.ID, error) {
		var id body.ID
		return id, rows.Scan((*int64)(&id))
	}, `SELECT body FROM reform_unit WHERE job = $1 AND made = 2 ORDER BY body`, job)
}

// PrepareEvent writes an event that does not stand yet.
func (tx *Tx) PrepareEvent(ctx context.Context, e body.Event) error {
	e.Undone = notYet
	return tx.InsertEvent(ctx, e)
}

// StandEvents lets all events of a job stand.
func (tx *Tx) StandEvents(ctx context.Context, job int64) error {
	if _, err := tx.exec(ctx, `UPDATE event SET undone = 0 WHERE job = $1 AND undone = $2`, job, notYet); err != nil {
		return err
	}
	return tx.learnEvents(ctx, job)
}

// RecallEvents lets no event of a job stand.
func (tx *Tx) RecallEvents(ctx context.Context, job int64) error {
	if _, err := tx.exec(ctx, `UPDATE event SET undone = $2 WHERE job = $1 AND undone = 0`, job, notYet); err != nil {
		return err
	}
	return tx.learnEvents(ctx, job)
}

// learnEvents brings what was written of the events of a job into the lineage.
func (tx *Tx) learnEvents(ctx context.Context, job int64) error {
	events, err := eventsWhere(ctx, tx.runner, `job = $1`, job)
	tx.events = append(tx.events, events...)
	return err
}

// RemoveEvents takes events of a job out of the book that do not stand, at most so
// many; it says whether there are more. The history keeps them.
func (tx *Tx) RemoveEvents(ctx context.Context, job int64, most int) (bool, error) {
	events, err := eventsWhere(ctx, tx.runner, `id IN (SELECT id FROM event WHERE job = $1 AND undone <> 0 ORDER BY id LIMIT $2)`, job, most)
	if err != nil {
		return false, err
	}
	for _, e := range events {
		tx.note("event", e.ID, e.Bodies()[0], e, nil)
		for _, statement := range []string{`DELETE FROM succession WHERE event = $1`, `DELETE FROM event WHERE id = $1`} {
			if _, err := tx.exec(ctx, statement, e.ID); err != nil {
				return false, err
			}
		}
	}
	return len(events) == most, nil
}

// UnitsInUse lists units that a reform brought in and that something else in the
// book has come to need, a few of each sort.
func (tx *Tx) UnitsInUse(ctx context.Context, job int64) ([]body.Body, error) {
	var used []body.ID
	for _, r := range bodyReferences() {
		beside := ""
		switch r.table {
		case "edge":
			beside = ` AND child NOT IN (SELECT body FROM reform_unit WHERE job = $1 AND made = 1)`
		case "succession":
			beside = ` AND event NOT IN (SELECT id FROM event WHERE job = $1)`
		case "tally":
			beside = ` AND edition = 0`
		}
		found, err := collect(ctx, tx.runner, func(rows *sql.Rows) (body.ID, error) {
			var id body.ID
			return id, rows.Scan((*int64)(&id))
		}, `SELECT DISTINCT `+r.column+` FROM `+r.table+` WHERE `+r.column+` IN (SELECT body FROM reform_unit WHERE job = $1 AND made = 1)`+beside, job)
		if err != nil {
			return nil, err
		}
		used = append(used, found...)
	}
	if len(used) == 0 {
		return nil, nil
	}
	used = distinct(used)
	bodies := make([]body.Body, 0, len(used))
	for _, id := range used {
		b, err := tx.Body(ctx, id)
		if err != nil {
			return nil, err
		}
		bodies = append(bodies, b)
	}
	return bodies, nil
}

// RemoveUnits takes units out of the book that a reform brought in, at most so
// many, those that stood in others first; it says whether there are more.
func (tx *Tx) RemoveUnits(ctx context.Context, job int64, most int) (bool, error) {
	ids, err := collect(ctx, tx.runner, func(rows *sql.Rows) (body.ID, error) {
		var id body.ID
		return id, rows.Scan((*int64)(&id))
	}, `SELECT body FROM reform_unit WHERE job = $1 AND made = 1 ORDER BY body DESC LIMIT $2`, job, most)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	list, args := padded(nil, ids)
	bodies, err := tx.bodiesWhere(ctx, `id `+list, args...)
	if err != nil {
		return false, err
	}
	for _, b := range bodies {
		was, err := tx.foldKept(ctx, "body", int64(b.ID))
		if err != nil && !errors.Is(err, errNone) {
			return false, err
		}
		if err := tx.index(ctx, "body", int64(b.ID), was, ""); err != nil {
			return false, err
		}
		tx.note("body", int64(b.ID), b.ID, b, nil)
	}
	for _, statement := range []string{
		`DELETE FROM body_name WHERE body `, `DELETE FROM body_level WHERE body `, `DELETE FROM official_code WHERE body `,
		`DELETE FROM edge WHERE child `, `DELETE FROM body WHERE id `,
	} {
		if _, err := tx.exec(ctx, statement+list, args...); err != nil {
			return false, err
		}
	}
	jobList, jobArgs := padded([]any{job}, ids)
	if _, err := tx.exec(ctx, `DELETE FROM reform_unit WHERE job = $1 AND body `+jobList, jobArgs...); err != nil {
		return false, err
	}
	tx.bodyWritten()
	tx.settled()
	tx.removed = append(tx.removed, ids...)
	for _, id := range ids {
		tx.learned = append(tx.learned, body.Known{Body: id, Life: calendar.Always()})
	}
	return len(ids) == most, nil
}

// ReformWriter lets a reform be played into the book, each step in a transaction
// of its own.
func (b *Book) ReformWriter(how Writing) reform.Writer {
	return func(ctx context.Context, do func(ctx context.Context, tx reform.Tx) error) error {
		return b.Write(ctx, how, func(ctx context.Context, tx *Tx) error { return do(ctx, tx) })
	}
}
