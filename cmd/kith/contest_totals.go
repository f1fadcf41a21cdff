package main

import (
	"fmt"
	"strconv"

	"kith.app/internal/appraisal"
	"kith.app/internal/body"
	"kith.app/internal/fault"
)

type contestTotals struct{ contestAsked }

func (contestTotals) Help() string {
	return `Sums that hold an “over” stay “over”. Examples:
  kith contest totals northern-border-cluster --year 2022
  kith contest totals northern-border-cluster --year 2022 --as json`
}

type amountJSON struct {
	Value     string `json:"value"` // empty: nothing in the book
	Qualifier string `json:"qualifier"`
}

type unitAmountJSON struct {
	Unit   string     `json:"unit"`
	Now    amountJSON `json:"now"`
	Before amountJSON `json:"before"`
}

type wholeJSON struct {
	Code     string           `json:"code"`
	Name     string           `json:"name"`
	Currency string           `json:"currency,omitempty"`
	Total    amountJSON       `json:"total"`
	Same     amountJSON       `json:"same"` // of comparable units, this year
	Last     amountJSON       `json:"last"` // of comparable units, the year before
	Units    []unitAmountJSON `json:"units"`
}

type memberJSON struct {
	Unit     string   `json:"unit"`
	Since    string   `json:"since"` // days of this year as a member; empty: none
	Until    string   `json:"until"`
	Likeness string   `json:"likeness"`
	Compared bool     `json:"compared"`
	Others   []string `json:"others"` // from outside, that became part of it
	From     []string `json:"from"`   // members it carries on
}

type totalsJSON struct {
	Cluster string       `json:"cluster"`
	Year    int          `json:"year"`
	Listed  bool         `json:"listed"` // the members of the year before are in the book
	Wholes  []wholeJSON  `json:"wholes"`
	Members []memberJSON `json:"members"`
}

// Run adds up the figures of a contest's units.
func (c contestTotals) Run(p *program) error {
	a, err := c.open(p)
	if err != nil {
		return err
	}
	defer a.book.Close()
	k := a.file.Contest
	var before *appraisal.Year
	f, err := a.view.ContestOf(p.ctx, k.Cluster, k.Year-1)
	switch {
	case err == nil:
		before = &appraisal.Year{Contest: f.Contest, Units: f.Units, Table: f.Table}
	case fault.KindOf(err) != fault.NotFound:
		return err
	}
	t, err := appraisal.Add(p.ctx, a.view, appraisal.Year{Contest: k, Units: a.file.Units, Table: a.file.Table}, before)
	if err != nil {
		return err
	}
	if err := a.know(t); err != nil {
		return err
	}
	out := totalsJSON{Cluster: c.Code, Year: k.Year, Listed: t.Listed, Wholes: []wholeJSON{}, Members: []memberJSON{}}
	for _, w := range t.Wholes {
		out.Wholes = append(out.Wholes, a.whole(w, t))
	}
	for _, u := range t.Units {
		m := memberJSON{Unit: a.code[u.Body], Likeness: string(u.Likeness), Compared: u.Likeness.Comparable(), Others: a.codes(u.Others), From: a.codes(u.From)}
		if u.Now.From <= u.Now.To {
			m.Since, m.Until = u.Now.From.String(), u.Now.To.String()
		}
		out.Members = append(out.Members, m)
	}
	return a.answer(c.As, out, func() {
		for _, w := range out.Wholes {
			fmt.Fprintf(p.stdout, "%s\t%s\t%s\t%s → %s\n", w.Code, w.Name, w.Total, w.Last, w.Same)
			for _, u := range w.Units {
				fmt.Fprintf(p.stdout, "\t%s\t%s\t%s\n", u.Unit, u.Now, u.Before)
			}
		}
		for _, m := range out.Members {
			fmt.Fprintf(p.stdout, "%s\t%s\t%s\n", m.Unit, m.Likeness, strconv.FormatBool(m.Compared))
		}
	})
}

// String writes an amount as text: "over 3200".
func (j amountJSON) String() string {
	switch {
	case j.Value == "":
		return "–"
	case j.Qualifier == "exact":
		return j.Value
	}
	return j.Qualifier + " " + j.Value
}

func amountOf(w appraisal.Whole, a appraisal.Amount) amountJSON {
	if a.None() {
		return amountJSON{}
	}
	return amountJSON{w.Plain(a), a.Qualifier().String()}
}

func (a *arena) whole(w appraisal.Whole, t appraisal.Totals) wholeJSON {
	out := wholeJSON{Code: w.Code, Name: w.Name(a.p.cli.Lang), Currency: string(w.Measure.Currency), Total: amountOf(w, w.Sum), Same: amountOf(w, w.Same), Last: amountOf(w, w.Last)}
	for i, u := range t.Units {
		out.Units = append(out.Units, unitAmountJSON{a.code[u.Body], amountOf(w, w.Now[i]), amountOf(w, w.Before[i])})
	}
	return out
}

// know finds the codes of bodies that took part in another year.
func (a *arena) know(t appraisal.Totals) error {
	var ids []body.ID
	for _, u := range t.Units {
		ids = append(append(append(ids, u.Body), u.Others...), u.From...)
	}
	bodies, err := a.view.BodiesByID(a.p.ctx, ids)
	for id, b := range bodies {
		a.code[id] = b.Code
	}
	return err
}

func (a *arena) codes(ids []body.ID) []string {
	all := []string{}
	for _, id := range ids {
		all = append(all, a.code[id])
	}
	return all
}
