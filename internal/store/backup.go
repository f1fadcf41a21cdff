package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

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
		if err := b.carry(ctx, file); err != nil {
			return NoRoom(err)
		}
		return verifyFile(ctx, file)
	}
	if err := b.caughtUp(ctx); err != nil {
		return err
	}
	// A connection of its own: the writer goes on, and readers may not vacuum.
	db, err := openFile(filepath.Join(b.place.Dir, FileName), "rw")
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, file); err != nil {
		return NoRoom(fmt.Errorf("copy the book: %w", err))
	}
	return verifyFile(ctx, file)
}

// verifyFile proves that a file is a sound SQLite database.
func verifyFile(ctx context.Context, file string) error {
	db, err := openFile(file, "ro")
	if err != nil {
		return err
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
