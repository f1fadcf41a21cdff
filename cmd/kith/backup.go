package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"kith.app/internal/archive"
	"kith.app/internal/fault"
)

type backupCommand struct {
	Output string `short:"o" help:"File to write; by default into the book's backup folder." placeholder:"FILE" type:"path"`
}

// Help gives examples.
func (backupCommand) Help() string {
	return `The book may be in use meanwhile. Examples:
  kith backup
  kith backup -o E:\kith-2026-11-22.zip`
}

// Run writes the whole book to one file.
func (c backupCommand) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	file := c.Output
	if file == "" {
		file = filepath.Join(p.cli.Data, "backup", "kith-"+book.Now().Format("20060102-150405")+".zip")
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return fmt.Errorf("make the backup folder: %w", err)
		}
	}
	if _, err := os.Stat(file); err == nil {
		return fault.Refuse("cli.backup.there", file)
	}
	m, err := archive.Backup(p.ctx, book, file)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, p.say("cli.backup.done", file, len(m.Files), m.Link))
	fmt.Fprintln(p.stdout, m.Head)
	return nil
}

type restoreCommand struct {
	File string `arg:"" help:"File that kith backup wrote."`
}

// Help gives examples.
func (restoreCommand) Help() string {
	return `The place must have no book yet. Also the way from a file to PostgreSQL and back. Examples:
  kith restore kith-2026-11-22.zip --data so-moi
  kith restore kith-2026-11-22.zip --data so-moi --database postgres://kith@127.0.0.1/kith`
}

// Run brings a book back.
func (c restoreCommand) Run(p *program) error {
	if _, err := os.Stat(c.File); errors.Is(err, os.ErrNotExist) {
		return fault.Refuse("cli.import.nofile", c.File)
	}
	if copyOfBook(c.File) {
		return fault.Refuse("cli.restore.copy", c.File)
	}
	m, err := archive.Restore(p.ctx, c.File, p.place())
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, p.say("cli.restore.done", p.cli.Data, len(m.Files), m.Link))
	return nil
}

// copyOfBook tells a plain copy of a book, as is kept before an upgrade, from what
// kith backup wrote.
func copyOfBook(path string) bool {
	const mark = "SQLite format 3\x00"
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	start := make([]byte, len(mark))
	_, err = io.ReadFull(f, start)
	return err == nil && string(start) == mark
}
