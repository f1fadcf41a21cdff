package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

type (
	contestExport struct {
		Code   string `arg:"" help:"Code of the cluster or block."`
		Year   int    `help:"Year of the contest." required:"" placeholder:"YEAR"`
		What   string `help:"table (of criteria), sheets (scores of every unit) or standings." enum:"table,sheets,standings" default:"table"`
		As     string `help:"xlsx or csv." enum:"xlsx,csv" default:"xlsx"`
		Output string `short:"o" help:"File to write; - for standard output." required:"" placeholder:"FILE" type:"path"`
	}
	contestImport struct {
		What     string `arg:"" help:"table (of criteria) or sheets (scores)." enum:"table,sheets"`
		File     string `arg:"" help:"An xlsx workbook or a csv text." type:"path"`
		Code     string `arg:"" help:"Code of the cluster or block."`
		Year     int    `help:"Year of the contest." required:"" placeholder:"YEAR"`
		Rehearse bool   `help:"Say what would happen and change nothing."`
		Strike   bool   `help:"Take criteria out that the file does not have."`
		Sheet    string `help:"Name of the sheet in a workbook of several." placeholder:"NAME"`
		As       string `help:"json or text." enum:"json,text" default:"text"`
	}
)

// Help gives examples.
func (contestExport) Help() string {
	return `The columns are those that kith contest import reads, their headings in the language of --lang. Examples:
  kith contest export northern-border-cluster --year 2022 --what table -o bang-tieu-chi.xlsx
  kith contest export northern-border-cluster --year 2022 --what sheets -o bang-cham.xlsx
  kith contest export northern-border-cluster --year 2022 --what standings --as csv -o -`
}

// Help gives examples.
func (contestImport) Help() string {
	return `The headings may be in Vietnamese, English or French. A blank cell never erases; when a row is wrong nothing is brought in.
A score enters at the stage where the sheet of its unit stands. Exit status 1 when rows are wrong. With --as json: subject, file, rehearsed, done,
counts {rows, new, update, same, problem, skipped}, columns, rows [{row, what, name, changes, problems [{cell, heading, key, message}]}], missing
(criteria of the contest that the file does not have). Examples:
  kith contest import table bang-tieu-chi.xlsx northern-border-cluster --year 2023 --rehearse
  kith contest import sheets bang-cham.xlsx northern-border-cluster --year 2022 --as json`
}

// Run writes what was asked for.
func (c contestExport) Run(p *program) error {
	a, err := contestAsked{Code: c.Code, Year: c.Year}.open(p)
	if err != nil {
		return err
	}
	defer a.book.Close()
	t, failed, err := a.table(c.What)
	if err != nil {
		return err
	}
	write := sheet.WriteXLSX
	if c.As == "csv" {
		write = sheet.WriteCSV
	}
	return exportCommand{Output: c.Output}.to(p, func(w io.Writer) error {
		return errors.Join(write(w, t), failed())
	})
}

// table is one of the workbooks of a contest; failed tells what went wrong while its
// rows were read.
func (a *arena) table(what string) (t sheet.Table, failed func() error, err error) {
	fine := func() error { return nil }
	to, id := a.p.words.In(a.p.lang()), a.file.Contest.ID
	from, err := a.view.ContestArena(a.p.ctx, id)
	if err != nil {
		return t, fine, err
	}
	switch what {
	case "sheets":
		units, err := a.view.ContestSheetUnits(a.p.ctx, id)
		if err != nil {
			return t, fine, err
		}
		return intake.ScoresTable(from, units, to, func(batch []body.ID) (map[body.ID]intake.UnitScores, error) {
			return a.view.ContestUnitScores(a.p.ctx, id, batch)
		})
	case "standings":
		all, err := a.view.ContestPlaces(a.p.ctx, id)
		if err != nil {
			return t, fine, err
		}
		return intake.StandingsTable(from, all, to), fine, nil
	}
	t, err = intake.CriteriaTable(from, to)
	return t, fine, err
}

// contestImportJSON is what became of a workbook, as other programs read it.
type contestImportJSON struct {
	importJSON
	Missing []string `json:"missing"` // numbers of criteria that the file does not have
}

// Run brings a workbook in or rehearses it.
func (c contestImport) Run(p *program) error {
	a, err := contestAsked{Code: c.Code, Year: c.Year}.open(p)
	if err != nil {
		return err
	}
	defer a.book.Close()
	w := store.Workbook{Contest: a.file.Contest.ID, Subject: intake.Criteria, Strike: c.Strike, Rehearse: c.Rehearse}
	if c.What == "sheets" {
		w.Subject = intake.Scores
	}
	if w.Sheet, err = c.read(); err != nil {
		return err
	}
	name := filepath.Base(c.File)
	plan, refused := a.book.BringContest(p.ctx, store.Writing{By: p.operator(), Why: p.say("contest.import.why", name)}, w)
	if plan == nil {
		return refused
	}
	told := contestImportJSON{importJSON: importJSON{File: name, Subject: string(w.Subject), Rehearsed: c.Rehearse, Done: refused == nil && !c.Rehearse}, Missing: missingNumbers(plan.Missing, a.file.Table)}
	told.fill(p, plan)
	if err := c.print(p, told); err != nil {
		return err
	}
	return refused
}

func missingNumbers(all []contest.Criterion, t *contest.Table) []string {
	numbers := []string{}
	for _, m := range all {
		numbers = append(numbers, t.Path(m))
	}
	return numbers
}

func (c contestImport) read() (*sheet.Sheet, error) {
	f, err := os.Open(c.File)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.Refuse("cli.import.nofile", c.File)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	about, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if c.Sheet != "" {
		return sheet.OpenNamed(filepath.Base(c.File), c.Sheet, f, about.Size())
	}
	return sheet.Open(filepath.Base(c.File), f, about.Size())
}

func (c contestImport) print(p *program, told contestImportJSON) error {
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(told)
	}
	n := told.Counts
	fmt.Fprintln(p.stdout, p.say("cli.contest.import.done", told.File, n.New, n.Update, n.Same, n.Problem))
	if told.Rehearsed {
		fmt.Fprintln(p.stdout, p.say("cli.contest.import.rehearsed"))
	}
	if len(told.Missing) > 0 {
		fmt.Fprintln(p.stdout, p.say("contest.import.missing", len(told.Missing)))
	}
	for _, r := range told.Rows {
		for _, w := range r.Problems {
			fmt.Fprintf(p.stdout, "%d\t%s\t%s\t%s\n", r.Row, w.Cell, r.Name, w.Message)
		}
	}
	return nil
}
