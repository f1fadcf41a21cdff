package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/store"
	"kith.app/internal/tally"
)

type tallyCommand struct {
	Body     string `help:"Code of the body." placeholder:"CODE"`
	Measure  string `help:"Code of the measure, such as sick-visit.acts; a currency may follow a colon." placeholder:"CODE"`
	Period   string `help:"Period in EDTF: 2025, 2025-03, 2003-10/2024-05." default:"../.." placeholder:"EDTF"`
	Below    bool   `help:"With all bodies below." default:"true" negatable:""`
	Borders  string `help:"Borders of the figure: then, today, a day, or line:CODE for one body with all it came from and became." default:"then" placeholder:"BORDERS"`
	Measures bool   `help:"List the codes of measures."`
	As       string `help:"json or text." enum:"json,text" default:"text"`
}

// Help gives examples.
func (tallyCommand) Help() string {
	return `Examples:
  kith tally --body hai-duong-dien-bien --measure sick-visit.acts --period 2003-10/2024-05 --as json
  kith tally --body tinh-quang-nam --measure sick-visit.acts --borders today
  kith tally --measure sick-visit.acts --borders line:huyen-que-son-quang-nam
  kith tally --measures`
}

// figureJSON is a figure as other programs read it. Values are text, for they
// may not fit the numbers of every language.
type figureJSON struct {
	Body         string      `json:"body"`
	Measure      string      `json:"measure"`
	Period       string      `json:"period"`
	Borders      string      `json:"borders"`
	Of           []string    `json:"of,omitempty"` // who answers for the body on borders other than then
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
	Between  []string `json:"between"`
	Value    string   `json:"value"`
	Included bool     `json:"included"` // in the figure, for all of them lie in the body asked for
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
	borders, code, err := tally.ParseBorders(c.Borders)
	if err != nil {
		return err
	}
	if code != "" && c.Body != "" && code != c.Body {
		return usageError{key: "cli.tally.line", args: []any{code}}
	}
	c.Body = cmp.Or(c.Body, code)
	if c.Body == "" || c.Measure == "" {
		return usageError{key: "cli.tally.which"}
	}
	figures, err := c.figures(p, view, borders)
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
func (c tallyCommand) figures(p *program, view *store.View, borders tally.Borders) ([]figureJSON, error) {
	of, err := view.BodyByCode(p.ctx, c.Body)
	if err != nil {
		return nil, err
	}
	period, err := calendar.ParsePeriod(c.Period)
	if err != nil {
		return nil, err
	}
	answers, err := tally.Answer(p.ctx, view, tally.Question{Body: of.ID, Measure: c.Measure, Period: period, OwnOnly: !c.Below, Borders: borders})
	if err != nil {
		return nil, err
	}
	var all []figureJSON
	for _, a := range answers {
		codes, err := codesIn(p, view, a.Figure)
		if err != nil {
			return nil, err
		}
		all = append(all, c.asJSON(a, codes))
	}
	return all, nil
}

// codesIn reads the codes of the bodies that a figure names.
func codesIn(p *program, view *store.View, f tally.Figure) (map[body.ID]string, error) {
	ids := f.Of
	for _, r := range f.NotDivisible {
		ids = append(ids[:len(ids):len(ids)], r.Between...)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	bodies, err := view.BodiesByID(p.ctx, ids)
	codes := make(map[body.ID]string, len(bodies))
	for id, b := range bodies {
		codes[id] = b.Code
	}
	return codes, err
}

func (c tallyCommand) asJSON(a tally.Answered, codes map[body.ID]string) figureJSON {
	f := figureJSON{
		Body: c.Body, Measure: a.Code, Period: c.Period, Borders: c.Borders,
		Value: a.Value(a.Figure.Qty), Qualifier: a.Figure.Qualifier.String(), Unit: a.Unit, Currency: a.Currency,
		Deeds: a.Deeds, Across: []partJSON{}, Undated: a.Value(a.Figure.Undated), NotDivisible: []shareJSON{},
	}
	for _, part := range a.Figure.Across {
		f.Across = append(f.Across, partJSON{part.EDTF(), a.Value(part.Qty)})
	}
	for _, id := range a.Figure.Of {
		f.Of = append(f.Of, codes[id])
	}
	for _, rest := range a.Figure.NotDivisible {
		one := shareJSON{Between: []string{}, Value: a.Value(rest.Qty), Included: rest.Included}
		for _, id := range rest.Between {
			one.Between = append(one.Between, codes[id])
		}
		f.NotDivisible = append(f.NotDivisible, one)
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
		for _, r := range f.NotDivisible {
			fmt.Fprintln(p.stdout, "\t"+p.say("border.rest", strings.Join(r.Between, ", "), r.Value))
		}
	}
	return nil
}
