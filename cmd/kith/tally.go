package main

import (
	"encoding/json"
	"fmt"
	"strconv"

	"kith.app/internal/calendar"
	"kith.app/internal/store"
	"kith.app/internal/tally"
)

type tallyCommand struct {
	Body     string `help:"Code of the body." placeholder:"CODE"`
	Measure  string `help:"Code of the measure, such as sick-visit.acts; a currency may follow a colon." placeholder:"CODE"`
	Period   string `help:"Period in EDTF: 2025, 2025-03, 2003-10/2024-05." default:"../.." placeholder:"EDTF"`
	Below    bool   `help:"With all bodies below." default:"true" negatable:""`
	Measures bool   `help:"List the codes of measures."`
	As       string `help:"json or text." enum:"json,text" default:"text"`
}

// Help gives examples.
func (tallyCommand) Help() string {
	return `Examples:
  kith tally --body hai-duong-dien-bien --measure sick-visit.acts --period 2003-10/2024-05 --as json
  kith tally --measures`
}

// figureJSON is a figure as other programs read it. Values are text, for they
// may not fit the numbers of every language.
type figureJSON struct {
	Body         string      `json:"body"`
	Measure      string      `json:"measure"`
	Period       string      `json:"period"`
	Borders      string      `json:"borders"`
	Value        string      `json:"value"`
	Qualifier    string      `json:"qualifier"`
	Unit         string      `json:"unit"`
	Currency     string      `json:"currency"`
	Deeds        int64       `json:"deeds"`
	Across       []partJSON  `json:"across"`
	Undated      string      `json:"undated"`
	NotDivisible []shareJSON `json:"notDivisible"`
}

type partJSON struct {
	Period string `json:"period"`
	Value  string `json:"value"`
}

type shareJSON struct {
	Between []string `json:"between"`
	Value   string   `json:"value"`
}

// Run prints one figure.
func (c tallyCommand) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	view := book.As(p.operator())
	if c.Measures {
		return c.list(p, view)
	}
	if c.Body == "" || c.Measure == "" {
		return usageError{key: "cli.tally.which"}
	}
	figures, err := c.figures(p, view)
	if err != nil {
		return err
	}
	return c.print(p, figures)
}

// list prints the codes of the measures that have been used, and of the stock
// that is computed from the roll.
func (c tallyCommand) list(p *program, view *store.View) error {
	measures, err := view.Measures(p.ctx)
	if err != nil {
		return err
	}
	codes := []string{}
	for _, m := range measures {
		codes = append(codes, m.Key())
	}
	codes = append(codes, tally.Members, tally.Households)
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(codes)
	}
	for _, code := range codes {
		fmt.Fprintln(p.stdout, code)
	}
	return nil
}

// figures answers the question; a measure of money without its currency has
// one figure for each.
func (c tallyCommand) figures(p *program, view *store.View) ([]figureJSON, error) {
	of, err := view.BodyByCode(p.ctx, c.Body)
	if err != nil {
		return nil, err
	}
	period, err := calendar.ParsePeriod(c.Period)
	if err != nil {
		return nil, err
	}
	answers, err := tally.Answer(p.ctx, view, tally.Question{Body: of.ID, Measure: c.Measure, Period: period, OwnOnly: !c.Below})
	if err != nil {
		return nil, err
	}
	var all []figureJSON
	for _, a := range answers {
		all = append(all, asJSON(a, c))
	}
	return all, nil
}

func asJSON(a tally.Answered, c tallyCommand) figureJSON {
	f := figureJSON{
		Body: c.Body, Measure: a.Code, Period: c.Period, Borders: "then",
		Value: a.Value(a.Figure.Qty), Qualifier: a.Figure.Qualifier.String(), Unit: a.Unit, Currency: a.Currency,
		Deeds: a.Deeds, Across: []partJSON{}, Undated: a.Value(a.Figure.Undated), NotDivisible: []shareJSON{},
	}
	for _, part := range a.Figure.Across {
		f.Across = append(f.Across, partJSON{part.EDTF(), a.Value(part.Qty)})
	}
	return f
}

func (c tallyCommand) print(p *program, figures []figureJSON) error {
	if c.As == "json" {
		enc := json.NewEncoder(p.stdout)
		if len(figures) == 1 {
			return enc.Encode(figures[0])
		}
		return enc.Encode(figures)
	}
	for _, f := range figures {
		fmt.Fprintf(p.stdout, "%s\t%s\t%s %s\t%s\n", f.Measure, f.Value, f.Unit, f.Currency, strconv.FormatInt(f.Deeds, 10))
	}
	return nil
}
