package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"kith.app/internal/archive"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/intake"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

type exportCommand struct {
	Subject string `arg:"" optional:"" help:"people, households, bodies, deeds or entries."`
	As      string `help:"xlsx or csv; for a journal ledger or beancount." enum:"xlsx,csv,ledger,beancount" default:"csv"`
	Output  string `short:"o" help:"File to write; csv and journals go to the terminal without one." placeholder:"FILE" type:"path"`
	Journal bool   `help:"The fund as a plain-text journal that hledger, ledger and Beancount read."`
	Body    string `help:"Code of the body whose fund it is; the whole association without it." placeholder:"CODE"`
	All     string `help:"Everything in open formats, to a folder or a FILE.zip: every table as csv with a description, and every paper." placeholder:"DIR" type:"path"`
}

// Help gives examples.
func (exportCommand) Help() string {
	return `The columns are those that kith import reads, their headings in the language of --lang. Examples:
  kith export people --as xlsx -o hoi-vien.xlsx
  kith export deeds --as csv --lang en > deeds.csv
  kith export entries --as xlsx -o thu-chi.xlsx
  kith export entries --as csv --body him-lam > thu-chi-him-lam.csv
  kith export --journal > so-quy.journal
  kith export --journal --as beancount -o fund.beancount
  kith export --all toan-bo.zip`
}

// Run gives out what was asked for.
func (c exportCommand) Run(p *program) error {
	subject, err := intake.ParseSubject(c.Subject)
	switch {
	case c.All == "" && !c.Journal && err != nil:
		return usageError{key: "cli.export.which"}
	case !c.Journal && (c.As == "ledger" || c.As == "beancount"), c.Journal && c.As == "xlsx":
		return usageError{key: "cli.export.form"}
	case c.As == "xlsx" && c.All == "" && c.Output == "":
		return usageError{key: "cli.export.output"}
	}
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	switch {
	case c.All != "":
		return c.everything(p, book)
	case c.Journal:
		return c.to(p, func(w io.Writer) error { return c.journal(p, book, w) })
	}
	return c.to(p, func(w io.Writer) error { return c.table(p, book, subject, w) })
}

// to writes to the file named or to the terminal; a file that could not be
// written whole is not left behind.
func (c exportCommand) to(p *program, write func(io.Writer) error) error {
	if c.Output == "" || c.Output == "-" {
		out := bufio.NewWriter(p.stdout)
		if err := write(out); err != nil {
			return err
		}
		return out.Flush()
	}
	f, err := os.OpenFile(c.Output, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write %s: %w", c.Output, err)
	}
	out := bufio.NewWriter(f)
	if err := errors.Join(write(out), out.Flush(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(c.Output))
	}
	return nil
}

func (c exportCommand) table(p *program, book *store.Book, s intake.Subject, w io.Writer) error {
	view := book.As(p.operator())
	of, err := c.of(p, view)
	if err != nil {
		return err
	}
	to, plain := p.words.In(p.lang()), c.As == "csv"
	t, err := intake.Export(p.ctx, view, s, to, plain)
	if s == intake.Entries {
		t, err = intake.EntriesOf(p.ctx, view, of, to, plain)
	}
	if err != nil {
		return err
	}
	if c.As == "xlsx" {
		return sheet.WriteXLSX(w, t)
	}
	return sheet.WriteCSV(w, t)
}

// of is the body whose fund is given out.
func (c exportCommand) of(p *program, view *store.View) (body.ID, error) {
	if c.Body == "" {
		return view.Root(), nil
	}
	b, err := view.BodyByCode(p.ctx, c.Body)
	return b.ID, err
}

// journal writes the fund as plain text; csv, which stands where nothing was
// asked for, means the journal that hledger and ledger read.
func (c exportCommand) journal(p *program, book *store.Book, w io.Writer) error {
	view := book.As(p.operator())
	of, err := c.of(p, view)
	if err != nil {
		return err
	}
	j, err := view.JournalBook(p.ctx, of, calendar.Always())
	if err != nil {
		return err
	}
	as := fund.LedgerFormat
	if c.As == "beancount" {
		as = fund.BeancountFormat
	}
	return fund.WriteJournal(w, as, j)
}

// everything gives the whole book out in open formats.
func (c exportCommand) everything(p *program, book *store.Book) error {
	if !strings.HasSuffix(strings.ToLower(c.All), ".zip") {
		to := archive.ToFolder(c.All)
		return errors.Join(archive.ExportAll(p.ctx, book, p.words, to), to.Close())
	}
	c.Output = c.All
	return c.to(p, func(w io.Writer) error {
		to := archive.ToZip(w)
		return errors.Join(archive.ExportAll(p.ctx, book, p.words, to), to.Close())
	})
}
