package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"kith.app/internal/fault"
	"kith.app/internal/store"
)

type initCommand struct{}

// Help gives examples.
func (initCommand) Help() string {
	return `The first page in the browser then asks for the language, the association and the first officer. Examples:
  kith init --data hoi-dong-huong
  kith serve --data hoi-dong-huong`
}

// Run makes an empty book.
func (initCommand) Run(p *program) error {
	if p.cli.Database == "" {
		_, err := os.Stat(filepath.Join(p.cli.Data, store.FileName))
		if err == nil {
			return fault.Refuse("cli.init.there", p.cli.Data)
		}
		if !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("look into %s: %w", p.cli.Data, err)
		}
	}
	book, err := store.Create(p.ctx, p.place(), store.Options{Clock: p.clock})
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, p.say("cli.init.done", p.cli.Data))
	return book.Close()
}
