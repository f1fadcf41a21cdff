package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"kith.app/internal/fault"
	"kith.app/internal/sample"
	"kith.app/internal/store"
)

type demoCommand struct {
	Addr    string `help:"Address to listen on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	NoServe bool   `help:"Build the book only."`
}

// Help gives examples.
func (demoCommand) Help() string {
	return `Builds the demonstration book, an invented association, in the folder given
(kith-demo when none is) and serves it. A book that is already there is kept. Examples:
  kith demo
  kith demo --data /tmp/thu --no-serve`
}

// demoFolder is where the demonstration lives when no folder is named.
const demoFolder = "kith-demo"

// Run builds the demonstration book and serves it.
func (c demoCommand) Run(p *program) error {
	if p.cli.Data == defaultFolder {
		p.cli.Data = demoFolder
	}
	if err := p.buildDemo(); err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, p.say("cli.demo.built", p.cli.Data))
	for _, l := range sample.Logins() {
		fmt.Fprintln(p.stdout, p.say("cli.demo.login", l.Name, p.say(l.Office), sample.Password))
	}
	if c.NoServe {
		return nil
	}
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	return p.serve(book, serveCommand{Addr: c.Addr})
}

// buildDemo builds the book unless it is there; what was half built before is
// made anew.
func (p *program) buildDemo() error {
	done := filepath.Join(p.cli.Data, "demo.done")
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	if p.cli.Database == "" {
		_, err := os.Stat(filepath.Join(p.cli.Data, store.FileName))
		half := filepath.Join(p.cli.Data, "demo.begun")
		_, begun := os.Stat(half)
		if err == nil && begun != nil {
			return fault.Refuse("cli.init.there", p.cli.Data)
		}
		if err == nil {
			if err := os.RemoveAll(p.cli.Data); err != nil {
				return fmt.Errorf("clear a half-built demonstration: %w", err)
			}
		}
	}
	if err := os.MkdirAll(p.cli.Data, 0o700); err != nil {
		return fmt.Errorf("make the book's folder: %w", err)
	}
	begun := filepath.Join(p.cli.Data, "demo.begun")
	if err := os.WriteFile(begun, nil, 0o600); err != nil {
		return fmt.Errorf("make the book's folder: %w", err)
	}
	if err := sample.Build(p.ctx, p.place(), p.watch()); err != nil {
		return err
	}
	return errors.Join(os.WriteFile(done, nil, 0o600), os.Remove(begun))
}

// watch shows progress when a person is watching the terminal.
func (p *program) watch() func(step string, done, of int) {
	if !watched(p.stderr) {
		return nil
	}
	return func(step string, done, of int) {
		if step == "" {
			fmt.Fprint(p.stderr, "\r\x1b[K")
			return
		}
		fmt.Fprintf(p.stderr, "\r\x1b[K%s %d/%d", p.say(step), done, of)
	}
}

// watched tells that a person is looking at what is written.
func watched(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
