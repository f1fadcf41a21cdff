package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/schema"
)

// A book is carried between engines as an SQLite file: the tables are the same
// on both, so every row is read from one and written to the other.

// HeadOf reads the last link of the history in a book's file.
func HeadOf(ctx context.Context, file string) (int64, []byte, error) {
	db, err := openFile(file, "ro")
	if err != nil {
		return 0, nil, err
	}
	defer db.Close()
	var n int64
	var head []byte
	err = db.QueryRowContext(ctx, `SELECT n, head FROM link ORDER BY n DESC LIMIT 1`).Scan(&n, &head)
	if err == sql.ErrNoRows {
		return 0, nil, nil
	}
	return n, head, err
}

func openFile(file, mode string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(file)+"?mode="+mode+"&_pragma=busy_timeout(10000)")
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(file), err)
	}
	return db, nil
}

// carry copies a PostgreSQL book, as of one instant, into a new file.
func (b *Book) carry(ctx context.Context, file string) error {
	carrier, err := open(ctx, Place{Dir: filepath.Dir(file)}, b.opts)
	if err != nil {
		return err
	}
	tx, err := b.readers.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err == nil {
		err = carrier.takeAll(ctx, tx, schema.Postgres)
		tx.Rollback() //nolint:errcheck // it only read
	}
	if closing := carrier.Close(); err == nil {
		err = closing
	}
	return err
}

// Fill brings the book in a file into an empty PostgreSQL database.
func Fill(ctx context.Context, to Place, file string) error {
	target, err := open(ctx, to, Options{})
	if err != nil {
		return err
	}
	defer target.Close()
	if target.root != 0 {
		return fault.Refuse("store.begun")
	}
	from, err := openFile(file, "ro")
	if err != nil {
		return err
	}
	defer from.Close()
	tx, err := from.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("read the carried book: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // it only read
	return target.takeAll(ctx, tx, schema.SQLite)
}

// takeAll copies every row of another book into this empty one, whole or not
// at all.
func (b *Book) takeAll(ctx context.Context, from *sql.Tx, engine schema.Engine) error {
	if _, err := b.w.execNow(ctx, "BEGIN"); err != nil {
		return err
	}
	if err := copyTables(ctx, from, engine, b.conn, b.engine); err != nil {
		b.undo(ctx) //nolint:errcheck // the first error is the one to tell
		return err
	}
	_, err := b.w.execNow(ctx, "COMMIT")
	return err
}

// copyTables copies every table of the book, in any order: no table refers to
// another by the engine's own constraints.
func copyTables(ctx context.Context, from *sql.Tx, fromEngine schema.Engine, to *sql.Conn, toEngine schema.Engine) error {
	tables, err := schema.Tables()
	if err != nil {
		return err
	}
	for _, table := range tables {
		if err := copyTable(ctx, from, to, toEngine, table); err != nil {
			return fmt.Errorf("copy %s from %s: %w", table, fromEngine, err)
		}
	}
	return nil
}

func copyTable(ctx context.Context, from *sql.Tx, to *sql.Conn, engine schema.Engine, table string) error {
	rows, err := from.QueryContext(ctx, `SELECT * FROM `+table)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	marks := make([]string, len(columns))
	for i := range columns {
		marks[i] = dollar(i + 1)
	}
	insert, err := to.PrepareContext(ctx, spell(engine,
		`INSERT INTO `+table+` (`+strings.Join(columns, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`))
	if err != nil {
		return err
	}
	defer insert.Close()
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if _, err := insert.ExecContext(ctx, values...); err != nil {
			return err
		}
	}
	return rows.Err()
}
