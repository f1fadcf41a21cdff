package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/tie"
)

func scanPromise(rows *sql.Rows) (tie.Promise, error) {
	var p tie.Promise
	var raw string
	var recorder person.ID
	if err := rows.Scan(&raw, (*int64)(&recorder)); err != nil {
		return p, err
	}
	err := unpack(raw, &p)
	p.Recorder = recorder
	return p, err
}

// Promise reads one promise.
func (r reader) Promise(ctx context.Context, id tie.PromiseID) (tie.Promise, error) {
	found, err := collect(ctx, r.runner, scanPromise, `SELECT data, recorder FROM promise WHERE id = $1`, int64(id))
	if err != nil {
		return tie.Promise{}, err
	}
	if len(found) == 0 {
		return tie.Promise{}, fault.Missing("tie.promise.missing")
	}
	return found[0], nil
}

func (tx *Tx) promiseArgs(p tie.Promise) ([]any, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("pack a promise: %w", err)
	}
	return []any{
		int64(p.ID), tx.book.root, int64(p.Tie), int64(p.Body), string(p.Status), int64(p.Due.LastOr(calendar.Latest)), string(raw), int64(p.Recorder), p.Revision,
	}, nil
}

// InsertPromise writes a new promise.
func (tx *Tx) InsertPromise(ctx context.Context, p tie.Promise) error {
	t, err := tx.Tie(ctx, p.Tie)
	if err != nil {
		return err
	}
	args, err := tx.promiseArgs(p)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO promise (id, root, tie, body, status, due_last, data, recorder, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, args...)
	if err == nil {
		tx.note("promise", int64(p.ID), t.Body, nil, p)
	}
	return err
}

// UpdatePromise writes what changed of a promise.
func (tx *Tx) UpdatePromise(ctx context.Context, p tie.Promise) error {
	before, err := tx.Promise(ctx, p.ID)
	if err != nil {
		return err
	}
	t, err := tx.Tie(ctx, p.Tie)
	if err != nil {
		return err
	}
	args, err := tx.promiseArgs(p)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE promise SET tie = $3, body = $4, status = $5, due_last = $6, data = $7, recorder = $8, revision = $9 WHERE id = $1 AND root = $2`, args...)
	if err == nil {
		tx.note("promise", int64(p.ID), t.Body, before, p)
	}
	return err
}

func scanTieReview(rows *sql.Rows) (tie.Review, error) {
	var v tie.Review
	var raw string
	var recorder person.ID
	if err := rows.Scan(&raw, (*int64)(&recorder)); err != nil {
		return v, err
	}
	err := unpack(raw, &v)
	v.Recorder = recorder
	return v, err
}

// Review reads one review of a tie.
func (r reader) Review(ctx context.Context, id tie.ReviewID) (tie.Review, error) {
	found, err := collect(ctx, r.runner, scanTieReview, `SELECT data, recorder FROM tie_review WHERE id = $1`, int64(id))
	if err != nil {
		return tie.Review{}, err
	}
	if len(found) == 0 {
		return tie.Review{}, fault.Missing("tie.review.missing")
	}
	return found[0], nil
}

func (tx *Tx) reviewArgs(v tie.Review) ([]any, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("pack a review: %w", err)
	}
	return []any{int64(v.ID), tx.book.root, int64(v.Tie), int64(v.Due.LastOr(calendar.Latest)), flag(!v.Held.IsUnknown()), string(raw), int64(v.Recorder), v.Revision}, nil
}

// InsertReview writes a new review of a tie.
func (tx *Tx) InsertReview(ctx context.Context, v tie.Review) error {
	t, err := tx.Tie(ctx, v.Tie)
	if err != nil {
		return err
	}
	args, err := tx.reviewArgs(v)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO tie_review (id, root, tie, due_last, held, data, recorder, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, args...)
	if err == nil {
		tx.note("tie_review", int64(v.ID), t.Body, nil, v)
	}
	return err
}

// UpdateReview writes what changed of a review.
func (tx *Tx) UpdateReview(ctx context.Context, v tie.Review) error {
	before, err := tx.Review(ctx, v.ID)
	if err != nil {
		return err
	}
	t, err := tx.Tie(ctx, v.Tie)
	if err != nil {
		return err
	}
	args, err := tx.reviewArgs(v)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE tie_review SET tie = $3, due_last = $4, held = $5, data = $6, recorder = $7, revision = $8 WHERE id = $1 AND root = $2`, args...)
	if err == nil {
		tx.note("tie_review", int64(v.ID), t.Body, before, v)
	}
	return err
}
