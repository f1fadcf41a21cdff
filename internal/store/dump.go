package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"kith.app/internal/schema"
)

// withheld are tables that are nobody's data: who is signed in at the moment,
// which forms were taken of late, which program writes, and travel papers, which
// have a right of their own.
var withheld = []string{"travel_paper", "session", "sent", "lease"}

// secret are columns that are given out empty.
var secret = []string{"account.hash", "calendar_token.digest", "form_key.digest", "credential.value"}

// Dump hands every row of every table to a writer, as text: whole numbers in
// digits, bytes in hexadecimal, nothing as nothing. begin is called before the
// rows of each table.
func (b *Book) Dump(ctx context.Context, begin func(table string, columns []string) (func(row []string) error, error)) error {
	tables, err := schema.Tables()
	if err != nil {
		return err
	}
	if err := b.caughtUp(ctx); err != nil {
		return err
	}
	tx, err := b.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: snapshotOf(b.engine)})
	if err != nil {
		return fmt.Errorf("read all tables: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // it only read
	for _, table := range tables {
		if slices.Contains(withheld, table) {
			continue
		}
		if err := dumpTable(ctx, tx, table, begin); err != nil {
			return fmt.Errorf("read the table %s: %w", table, err)
		}
	}
	return nil
}

// snapshotOf is the isolation in which one transaction sees one state of all
// tables: SQLite's only one, and PostgreSQL's repeatable read.
func snapshotOf(e schema.Engine) sql.IsolationLevel {
	if e == schema.Postgres {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}

func dumpTable(ctx context.Context, tx *sql.Tx, table string, begin func(string, []string) (func([]string) error, error)) error {
	rows, err := tx.QueryContext(ctx, `SELECT * FROM `+table)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	write, err := begin(table, columns)
	if err != nil {
		return err
	}
	values, into, said := make([]any, len(columns)), make([]any, len(columns)), make([]string, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, v := range values {
			said[i] = asText(v)
			if slices.Contains(secret, table+"."+columns[i]) {
				said[i] = ""
			}
		}
		if err := write(said); err != nil {
			return err
		}
	}
	return rows.Err()
}

func asText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case int64:
		return strconv.FormatInt(v, 10)
	case string:
		return v
	case []byte:
		return hex.EncodeToString(v)
	}
	return fmt.Sprint(v)
}
