package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"

	"kith.app/internal/fault"
	"kith.app/internal/schema"
)

// backupBeforeMigration copies a book that is about to change its tables and
// proves that the copy can be read.
func (b *Book) backupBeforeMigration(ctx context.Context, version int64) error {
	if b.engine == schema.Postgres {
		return nil // the database's own administrator keeps its copies
	}
	name := fmt.Sprintf("before-version-%d-%s.db", version, b.Now().Format("20060102-150405"))
	folder := filepath.Join(b.place.Dir, "backup")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make the backup folder: %w", err)
	}
	return b.CopyTo(ctx, filepath.Join(folder, name))
}

// CopyTo writes a consistent copy of the book to a new file while it is in
// use, and verifies it.
func (b *Book) CopyTo(ctx context.Context, file string) error {
	if b.engine == schema.Postgres {
		return fault.Refuse("store.copy.postgres")
	}
	if _, err := b.readers.ExecContext(ctx, `VACUUM INTO ?`, file); err != nil {
		return full(fmt.Errorf("copy the book: %w", err))
	}
	return verifyFile(ctx, file)
}

// verifyFile proves that a file is a sound SQLite database.
func verifyFile(ctx context.Context, file string) error {
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(file)+"?mode=ro")
	if err != nil {
		return fmt.Errorf("open the copy: %w", err)
	}
	defer db.Close()
	var said string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check`).Scan(&said); err != nil {
		return fmt.Errorf("check the copy: %w", err)
	}
	if said != "ok" {
		return fmt.Errorf("the copy is damaged: %s", said)
	}
	return nil
}
