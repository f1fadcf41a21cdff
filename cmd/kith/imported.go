package main

import (
	"encoding/json"
	"fmt"
	"strconv"

	"kith.app/internal/intake"
	"kith.app/internal/money"
)

// importJSON is what became of an import, as other programs read it.
type importJSON struct {
	Job       string        `json:"job,omitempty"` // for --undo
	Subject   string        `json:"subject"`
	File      string        `json:"file"`
	Before    string        `json:"before,omitempty"` // the import by which the same file came in already
	Rehearsed bool          `json:"rehearsed"`
	Done      bool          `json:"done"`
	DayOrder  string        `json:"dayOrder,omitempty"`
	Counts    intake.Counts `json:"counts"`
	Create    []string      `json:"create,omitempty"` // branches founded
	Money     *moneyJSON    `json:"money,omitempty"`
	Columns   []columnJSON  `json:"columns"`
	Rows      []rowJSON     `json:"rows"` // those worth a look
}

// moneyJSON is what enters the fund: minor units by currency.
type moneyJSON struct {
	Entries int               `json:"entries"`
	In      map[string]string `json:"in"`
	Out     map[string]string `json:"out"`
}

func byCurrency(sums []money.Amount) map[string]string {
	all := map[string]string{}
	for _, s := range sums {
		all[string(s.Currency)] = strconv.FormatInt(s.Minor, 10)
	}
	return all
}

type columnJSON struct {
	Column  string `json:"column"`
	Heading string `json:"heading"`
	Field   string `json:"field"` // empty: not recognised
}

type rowJSON struct {
	Row      int           `json:"row"`
	What     string        `json:"what"`
	Name     string        `json:"name"`
	Ref      string        `json:"ref,omitempty"`
	Changes  []changeJSON  `json:"changes,omitempty"`
	Problems []problemJSON `json:"problems,omitempty"`
	Remarks  []problemJSON `json:"remarks,omitempty"`
	Alike    []alikeJSON   `json:"alike,omitempty"`
}

type changeJSON struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

type problemJSON struct {
	Row     int    `json:"row"`
	Cell    string `json:"cell,omitempty"`
	Column  string `json:"column,omitempty"`
	Heading string `json:"heading,omitempty"`
	Field   string `json:"field,omitempty"`
	Key     string `json:"key"`
	Message string `json:"message"`
}

type alikeJSON struct {
	Ref  string `json:"ref,omitempty"` // in the book
	Row  int    `json:"row,omitempty"` // in the same file
	Name string `json:"name"`
}

type undoneJSON struct {
	Job      string     `json:"job"`
	Removed  int        `json:"removed"`
	Restored int        `json:"restored"`
	Reversed int        `json:"reversed"`
	Kept     []keptJSON `json:"kept"`
}

type keptJSON struct {
	Subject string `json:"subject"`
	Ref     string `json:"ref"`
	Name    string `json:"name"`
	Why     string `json:"why"`
}

// fill takes over what the plan says.
func (t *importJSON) fill(p *program, plan *intake.Plan) {
	t.DayOrder, t.Counts, t.Create = string(plan.DayOrder), plan.Counts(), plan.Create
	t.Columns, t.Rows = []columnJSON{}, []rowJSON{}
	if n, in, out := plan.Money(); n > 0 {
		t.Money = &moneyJSON{n, byCurrency(in), byCurrency(out)}
	}
	for _, c := range plan.Table.Columns {
		t.Columns = append(t.Columns, columnJSON{intake.ColumnName(c.At), c.Title, string(c.Field)})
	}
	for _, r := range plan.Rows {
		plain := (r.What == intake.New || r.What == intake.Same) && len(r.Remarks) == 0
		if !plain {
			t.Rows = append(t.Rows, p.rowOf(r))
		}
	}
}

func (p *program) rowOf(r intake.Row) rowJSON {
	told := rowJSON{Row: r.Number, What: string(r.What), Name: r.Name, Ref: refOf(r.Ref)}
	for _, c := range r.Changes {
		told.Changes = append(told.Changes, changeJSON{string(c.Field), c.Before, c.After})
	}
	told.Problems, told.Remarks = p.problemsOf(r.Problems), p.problemsOf(r.Remarks)
	for _, a := range r.Alike {
		told.Alike = append(told.Alike, alikeJSON{refOf(a.Ref), a.Row, a.Name})
	}
	return told
}

func refOf(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

func (p *program) problemsOf(all []intake.Problem) []problemJSON {
	var told []problemJSON
	for _, one := range all {
		j := problemJSON{
			Row: one.Row, Cell: one.Cell(), Heading: one.Title, Field: string(one.Field),
			Key: one.Fault.Key, Message: p.words.In(p.lang()).Fault(one.Fault),
		}
		if one.Column >= 0 {
			j.Column = intake.ColumnName(one.Column)
		}
		told = append(told, j)
	}
	return told
}

// print tells what became of the import.
func (c importCommand) print(p *program, t importJSON) error {
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(t)
	}
	n := t.Counts
	fmt.Fprintln(p.stdout, p.say("cli.import.counts", n.Rows, n.New, n.Update, n.Same, n.Likely, n.Problem))
	for _, r := range t.Rows {
		for _, one := range append(r.Problems, r.Remarks...) {
			fmt.Fprintf(p.stdout, "%d\t%s\t%s\t%s\n", r.Row, one.Cell, r.Name, one.Message)
		}
		for _, a := range r.Alike {
			fmt.Fprintf(p.stdout, "%d\t\t%s\t%s\n", r.Row, r.Name, p.say("cli.import.alike", a.Name))
		}
	}
	if t.Money != nil {
		fmt.Fprintln(p.stdout, p.say("cli.import.money", t.Money.Entries))
	}
	if t.Before != "" {
		fmt.Fprintln(p.stdout, p.say("cli.import.again", t.Before))
	}
	if t.Done {
		fmt.Fprintln(p.stdout, p.say("cli.import.done", t.Job))
	}
	return nil
}

// progress shows how far an import is when a person is watching.
func (p *program) progress() func(done, all int) {
	show := p.watch()
	if show == nil {
		return nil
	}
	return func(done, all int) {
		step := "cli.import.rows"
		if done == all {
			step = "" // wipes the line
		}
		show(step, done, all)
	}
}
