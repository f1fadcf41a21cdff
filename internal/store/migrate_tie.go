package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/pressly/goose/v3"

	"kith.app/internal/calendar"
	"kith.app/internal/tie"
)

// tiesJudged is the migration, in Go, by which ties written before the columns that
// tell how they stand are given them: what was computed for newer ties as they were
// written.
func (b *Book) tiesJudged() *goose.Migration {
	return goose.NewGoMigration(145, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		return judgeTies(ctx, tx, calendar.FromTime(b.Now()))
	}}, nil)
}

// judgeTies fills what older ties lack.
func judgeTies(ctx context.Context, tx *sql.Tx, today calendar.Day) error {
	all, err := unjudged(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range all {
		heard, plain := t.Plain(today)
		if _, err := tx.ExecContext(ctx, `UPDATE tie SET plain = $1, heard = $2, countries = $3 WHERE id = $4`, flag(plain), int64(heard), between(t.Lands()), int64(t.ID)); err != nil {
			return fmt.Errorf("tell how tie %d stands: %w", t.ID, err)
		}
		for i, p := range t.Parties {
			if p.SignedBy == 0 {
				continue
			}
			// Who signed may have been merged into another record since.
			_, err := tx.ExecContext(ctx, `
				INSERT INTO tie_signer (tie, n, root, person) SELECT t.id, $1, t.root, CASE p.merged_into WHEN 0 THEN p.id ELSE p.merged_into END FROM tie t, person p WHERE t.id = $2 AND p.id = $3
				ON CONFLICT (tie, n) DO NOTHING`, int64(i+1), int64(t.ID), int64(p.SignedBy))
			if err != nil {
				return fmt.Errorf("tell who signed tie %d: %w", t.ID, err)
			}
		}
	}
	return nil
}

// unjudged reads the ties of which nothing tells how they stand.
func unjudged(ctx context.Context, tx *sql.Tx) ([]tie.Tie, error) {
	rows, err := tx.QueryContext(ctx, `SELECT data FROM tie WHERE plain = 0 AND heard = 0 ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("read older ties: %w", err)
	}
	defer rows.Close()
	var all []tie.Tie
	for rows.Next() {
		var raw string
		var t tie.Tie
		if err := rows.Scan(&raw); err != nil {
			return nil, fmt.Errorf("read an older tie: %w", err)
		}
		if err := json.Unmarshal([]byte(raw), &t); err != nil {
			return nil, fmt.Errorf("read an older tie: %w", err)
		}
		all = append(all, t)
	}
	return all, rows.Err()
}
