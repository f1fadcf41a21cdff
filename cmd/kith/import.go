package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

type importCommand struct {
	Subject        string `arg:"" optional:"" help:"people, households, bodies, deeds, entries or ties."`
	File           string `arg:"" optional:"" help:"An xlsx workbook or a csv text." type:"path"`
	Rehearse       bool   `help:"Say what would happen and change nothing."`
	Undo           int64  `help:"Take back the import with this id." placeholder:"ID"`
	List           bool   `help:"List past imports."`
	Body           string `help:"Code of the body it concerns; the whole association without it." placeholder:"CODE"`
	Sheet          string `help:"Name of the sheet in a workbook of several." placeholder:"NAME"`
	DayOrder       string `help:"dmy or mdy, where the dates of the file can be read either way." enum:",dmy,mdy" default:"" placeholder:"ORDER"`
	GoodRows       bool   `help:"Bring in the good rows and leave out the others."`
	CreateBranches bool   `help:"Create the branches that the book does not have."`
	FiguresOnly    bool   `help:"Count the money of deeds without entering it in the fund, where the entries come from another table."`
	As             string `help:"json or text." enum:"json,text" default:"text"`
}

// Help gives examples.
func (importCommand) Help() string {
	return `The headings may be in Vietnamese, English or French. The same file again changes nothing; a blank cell never erases.
Exit status 1 when rows are wrong. With --as json: job, file, rehearsed, done, dayOrder, counts {rows, new, update, same, likely, problem, skipped},
columns [{column, heading, field}], rows [{row, what, name, ref, changes, problems [{cell, column, heading, key, message}], remarks, alike}] for
every row that is neither simply new nor the same; money {entries, in, out} that would enter the fund. Money of deeds enters the fund, not yet
approved, when the deed was done and the fund was open on its day; receipts and payments likewise. What was entered before and is stated otherwise is
taken back by a reversal and entered anew; --undo takes an import of money back by reversals. Examples:
  kith import people danh-sach.xlsx --rehearse
  kith import people danh-sach.xlsx --create-branches --as json
  kith import deeds viec-2025.csv --day-order dmy
  kith import deeds viec-cu.xlsx --figures-only
  kith import entries so-quy-2025.xlsx --rehearse --as json
  kith import households ho-gia-dinh.csv
  kith import ties ket-nghia.csv --rehearse
  kith import bodies chi-hoi.xlsx
  kith import --list
  kith import --undo 1234567890123`
}

// Run brings a table in, rehearses it, or takes an import back.
func (c importCommand) Run(p *program) error {
	if c.Undo == 0 && !c.List && (c.Subject == "" || c.File == "") {
		return usageError{key: "cli.import.which"}
	}
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	switch {
	case c.List:
		return c.list(p, book)
	case c.Undo != 0:
		return c.undo(p, book)
	}
	subject, err := intake.ParseSubject(c.Subject)
	if err != nil {
		return usageError{key: "intake.subject.unknown", args: []any{c.Subject}}
	}
	file, table, err := c.read(subject)
	if err != nil {
		return err
	}
	o, err := c.options(p, book)
	if err != nil {
		return err
	}
	return c.bring(p, book, bringing{file, table, o})
}

// bringing is what is brought in, and how.
type bringing struct {
	file    intake.File
	table   *intake.Table
	options intake.Options
}

func (c importCommand) options(p *program, book *store.Book) (intake.Options, error) {
	o := intake.Options{
		Body: book.Root(), DayOrder: intake.DayOrder(c.DayOrder), GoodRows: c.GoodRows, CreateBranches: c.CreateBranches, FiguresOnly: c.FiguresOnly,
		Why: p.say("intake.why", filepath.Base(c.File)),
	}
	if c.Body == "" {
		return o, nil
	}
	of, err := book.As(p.operator()).BodyByCode(p.ctx, c.Body)
	o.Body = of.ID
	return o, err
}

// read opens the file and recognises its columns.
func (c importCommand) read(subject intake.Subject) (intake.File, *intake.Table, error) {
	file, read, err := c.open()
	if err != nil {
		return file, nil, err
	}
	table, err := intake.Recognise(read, subject, intake.Options{})
	return file, table, err
}

// open opens the file and tells by what it is known again.
func (c importCommand) open() (intake.File, *sheet.Sheet, error) {
	f, err := os.Open(c.File)
	if errors.Is(err, os.ErrNotExist) {
		return intake.File{}, nil, fault.Refuse("cli.import.nofile", c.File)
	}
	if err != nil {
		return intake.File{}, nil, err
	}
	defer f.Close()
	digest := sha256.New()
	size, err := io.Copy(digest, f)
	if err != nil {
		return intake.File{}, nil, fmt.Errorf("read %s: %w", c.File, err)
	}
	file := intake.File{Name: filepath.Base(c.File), SHA256: hex.EncodeToString(digest.Sum(nil)), Size: size}
	read, err := c.sheet(file.Name, f, size)
	return file, read, err
}

func (c importCommand) sheet(name string, from io.ReaderAt, size int64) (*sheet.Sheet, error) {
	if c.Sheet != "" {
		return sheet.OpenNamed(name, c.Sheet, from, size)
	}
	return sheet.Open(name, from, size)
}

// bring rehearses or carries out the plan and tells what became of it.
func (c importCommand) bring(p *program, book *store.Book, b bringing) error {
	told := importJSON{File: b.file.Name, Subject: string(b.table.Subject), Rehearsed: c.Rehearse}
	view := book.As(p.operator())
	plan, err := intake.Propose(p.ctx, view, b.table, b.options)
	if err != nil {
		return err
	}
	if before, again, err := view.SameFile(p.ctx, b.file.SHA256); err != nil {
		return err
	} else if again {
		told.Before = strconv.FormatInt(before.ID, 10)
	}
	refused := plan.Refusal()
	if !c.Rehearse && refused == nil {
		plan, err = c.write(p, book, b, &told)
		if plan == nil {
			return err
		}
		refused = err
	}
	told.fill(p, plan)
	if err := c.print(p, told); err != nil {
		return err
	}
	return refused
}

// write carries the plan out in one transaction, made anew inside it: what the
// book says may have changed since it was read.
func (c importCommand) write(p *program, book *store.Book, b bringing, told *importJSON) (plan *intake.Plan, err error) {
	how := store.Writing{By: p.operator(), Why: p.say("intake.why", b.file.Name), Job: book.NewID()}
	err = book.Write(p.ctx, how, func(ctx context.Context, tx *store.Tx) error {
		if plan, err = intake.Propose(ctx, tx.View(), b.table, b.options); err != nil {
			return err
		}
		_, err := plan.Apply(ctx, tx, how.By, b.file, p.progress())
		return err
	})
	if err == nil {
		told.Done, told.Job = true, strconv.FormatInt(how.Job, 10)
	}
	return plan, err
}

// undo takes an import back.
func (c importCommand) undo(p *program, book *store.Book) error {
	job, err := book.As(p.operator()).Import(p.ctx, c.Undo)
	if err != nil {
		return err
	}
	var done intake.Undone
	how := store.Writing{By: p.operator(), Why: p.say("intake.undo.why", job.File)}
	err = book.Write(p.ctx, how, func(ctx context.Context, tx *store.Tx) error {
		done, err = intake.Undo(ctx, tx, how.By, c.Undo, how.Why)
		return err
	})
	if err != nil {
		return err
	}
	told := undoneJSON{Job: strconv.FormatInt(c.Undo, 10), Removed: done.Removed, Restored: done.Restored, Reversed: done.Reversed, Kept: []keptJSON{}}
	for _, k := range done.Kept {
		told.Kept = append(told.Kept, keptJSON{k.Subject, strconv.FormatInt(k.Ref, 10), k.Name, p.say(k.Why)})
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(told)
	}
	fmt.Fprintln(p.stdout, p.say("cli.import.undone", job.File, done.Removed, done.Restored, done.Reversed, len(done.Kept)))
	for _, k := range told.Kept {
		fmt.Fprintf(p.stdout, "%s\t%s\t%s\n", k.Subject, k.Name, k.Why)
	}
	return nil
}

// list prints past imports, the latest first.
func (c importCommand) list(p *program, book *store.Book) error {
	jobs, err := book.As(p.operator()).Imports(p.ctx)
	if err != nil {
		return err
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(append([]intake.Job{}, jobs...))
	}
	for _, j := range jobs {
		state := ""
		if j.Undone != 0 {
			state = p.say("cli.import.takenback")
		}
		fmt.Fprintf(p.stdout, "%d\t%s\t%s\t%d\t%s\n", j.ID, j.Subject, j.File, j.Counts.New+j.Counts.Update+j.Counts.Likely, state)
	}
	return nil
}
