package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
)

// InsertStated writes a figure that somebody stated.
func (tx *Tx) InsertStated(ctx context.Context, s deed.Stated) error {
	src, err := pack(s.Source, s.Source.IsZero())
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO stated (id, root, body, measure, day, day_first, qty, qualifier, source, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		s.ID, tx.book.root, int64(s.Body), s.Measure, s.Day.EDTF(), int64(s.Day.FirstOr(calendar.Earliest)), s.Quantity, int64(s.Qualifier), src, s.Revision)
	if err == nil {
		tx.note("stated", s.ID, s.Body, nil, s)
	}
	return err
}

// StatedOf lists what was stated of a body, the latest first.
func (v *View) StatedOf(ctx context.Context, of body.ID) ([]deed.Stated, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return nil, err
	}
	return v.r.statedOf(ctx, of)
}

func (r reader) statedOf(ctx context.Context, of body.ID) ([]deed.Stated, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (deed.Stated, error) {
		var s deed.Stated
		var day, src string
		if err := rows.Scan(&s.ID, (*int64)(&s.Body), &s.Measure, &day, &s.Quantity, &s.Qualifier, &src, &s.Revision); err != nil {
			return s, err
		}
		if err := unpack(src, &s.Source); err != nil {
			return s, err
		}
		return s, dates(&s.Day, day)
	}, `SELECT id, body, measure, day, qty, qualifier, source, revision FROM stated WHERE root = $1 AND body = $2 ORDER BY day_first DESC, id DESC`,
		r.book.root, int64(of))
}
