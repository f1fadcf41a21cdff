package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/programme"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

type (
	planExport struct {
		Code   string `arg:"" help:"Code of the plan."`
		As     string `help:"xlsx or csv." enum:"xlsx,csv" default:"xlsx"`
		Output string `short:"o" help:"File to write; - for standard output." required:"" placeholder:"FILE" type:"path"`
	}
	planImport struct {
		File     string `arg:"" help:"An xlsx workbook or a csv text." type:"path"`
		Code     string `arg:"" help:"Code of the plan."`
		Rehearse bool   `help:"Say what would happen and change nothing."`
		Sheet    string `help:"Name of the sheet in a workbook of several." placeholder:"NAME"`
		As       string `help:"json or text." enum:"json,text" default:"text"`
	}
)

// Help gives examples.
func (planExport) Help() string {
	return `A row for each figure, or for a target that has none. The columns are those that kith plan import reads, their headings in the language of --lang.
Examples:
  kith plan export tho-xuan-plan-2024 -o chi-tieu.xlsx
  kith plan export tho-xuan-plan-2024 --as csv -o -`
}

// Help gives examples.
func (planImport) Help() string {
	return `The headings may be in Vietnamese, English or French. Targets are found by their code; new ones are added only while the plan is a draft. A blank
cell never erases; when a row is wrong nothing is brought in. Taken back with kith import --undo. Exit status 1 when rows are wrong. With --as json:
job, file, rehearsed, done, counts {rows, new, update, same, problem}, rows [{row, name, what, problems [{field, key, message}]}]. Examples:
  kith plan import chi-tieu.xlsx tho-xuan-plan-2024 --rehearse
  kith plan import so-lieu.csv tho-xuan-plan-2024 --as json`
}

// Run writes the targets of a plan.
func (c planExport) Run(p *program) error {
	o, err := p.plans()
	if err != nil {
		return err
	}
	defer o.book.Close()
	file, err := o.view.PlanFile(p.ctx, c.Code)
	if err != nil {
		return err
	}
	write := sheet.WriteXLSX
	if c.As == "csv" {
		write = sheet.WriteCSV
	}
	return exportCommand{Output: c.Output}.to(p, func(w io.Writer) error { return write(w, intake.TargetTable(file, o.to)) })
}

// planImportJSON is what became of a table of targets, as other programs read it.
type planImportJSON struct {
	Job       string            `json:"job,omitempty"` // for kith import --undo
	File      string            `json:"file"`
	Rehearsed bool              `json:"rehearsed"`
	Done      bool              `json:"done"`
	Counts    intake.Counts     `json:"counts"`
	Rows      []planRowToldJSON `json:"rows"`
}

type planRowToldJSON struct {
	Row      int           `json:"row"`
	Name     string        `json:"name"`
	What     []string      `json:"what"`
	Problems []problemJSON `json:"problems,omitempty"`
}

// Run brings a table of targets in or rehearses it.
func (c planImport) Run(p *program) error {
	o, err := p.plans()
	if err != nil {
		return err
	}
	defer o.book.Close()
	file, err := o.view.PlanFile(p.ctx, c.Code)
	if err != nil {
		return err
	}
	given := intake.TargetsGiven{Plan: file.Plan, Words: p.words, Lang: p.lang()}
	from, rows, err := c.read(p, file.Plan)
	if err != nil {
		return err
	}
	given.Rows = rows
	told := planImportJSON{File: from.Name, Rehearsed: c.Rehearse}
	var found intake.TargetsBrought
	how := store.Writing{By: p.operator(), Why: p.say("intake.why", from.Name), Job: o.book.NewID()}
	if c.Rehearse {
		err = o.book.Rehearse(p.ctx, how, func(ctx context.Context, tx *store.Tx) (err error) {
			found, err = intake.BringTargets(ctx, tx, how.By, given)
			return err
		})
		err = errors.Join(err, found.Refusal())
	} else {
		err = o.book.Write(p.ctx, how, func(ctx context.Context, tx *store.Tx) (err error) {
			found, err = intake.CarryTargets(ctx, tx, how.By, given, from)
			return err
		})
		told.Done = err == nil
	}
	if err != nil && fault.KindOf(err) != fault.Invalid {
		return err
	}
	if told.Done && found.Targets+found.Figures > 0 {
		told.Job = strconv.FormatInt(how.Job, 10)
	}
	told.fill(p, found)
	if failed := c.print(p, told); failed != nil {
		return failed
	}
	return err
}

// read opens the file and reads its rows.
func (c planImport) read(p *program, of programme.Plan) (intake.File, []intake.TargetRow, error) {
	from, read, err := importCommand{File: c.File, Sheet: c.Sheet}.open()
	if err != nil {
		return from, nil, err
	}
	rows, err := intake.ReadTargets(read, of, p.words)
	return from, rows, err
}

func (t *planImportJSON) fill(p *program, found intake.TargetsBrought) {
	t.Counts, t.Rows = found.Counts(), []planRowToldJSON{}
	for _, row := range found.Rows {
		told := planRowToldJSON{Row: row.Number, Name: row.Name, What: append([]string{}, row.What...)}
		for _, err := range row.Problems {
			for _, f := range fault.All(err) {
				told.Problems = append(told.Problems, problemJSON{Row: row.Number, Field: f.Field, Key: f.Key, Message: p.say(f.Key, f.Args...)})
			}
		}
		t.Rows = append(t.Rows, told)
	}
}

func (c planImport) print(p *program, told planImportJSON) error {
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(told)
	}
	n := told.Counts
	fmt.Fprintln(p.stdout, p.say("cli.plan.import.done", told.File, n.New, n.Update, n.Same, n.Problem))
	switch {
	case told.Rehearsed:
		fmt.Fprintln(p.stdout, p.say("cli.plan.import.rehearsed"))
	case told.Job != "":
		fmt.Fprintf(p.stdout, "kith import --undo %s\n", told.Job)
	}
	for _, r := range told.Rows {
		for _, w := range r.Problems {
			fmt.Fprintf(p.stdout, "%d\t%s\t%s\n", r.Row, r.Name, w.Message)
		}
		if what := strings.Join(r.What, " "); what != "same" && what != "" && told.Rehearsed {
			fmt.Fprintf(p.stdout, "%d\t%s\t%s\n", r.Row, r.Name, what)
		}
	}
	return nil
}
