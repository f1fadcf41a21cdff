package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/place"
	"kith.app/internal/reform"
	"kith.app/internal/store"
)

type reformCommand struct {
	Apply    reformApply    `cmd:"" help:"Play a reform of administrative units into the book; goes on where it was broken off."`
	Rehearse reformRehearse `cmd:"" help:"Play it into a copy that is thrown away, and tell what would happen."`
	Undo     reformUndo     `cmd:"" help:"Take a reform back, with all that it brought in."`
}

// Help tells of the reforms.
func (reformCommand) Help() string {
	return `vn-2025 is the reform of 1 July 2025 in Viet Nam: 63 provinces, 696 districts and 10,035 communes became
34 provinces and 3,321 communes; with it come the changes of the years before, since November 2021, and of
April 2026. Examples:
  kith reform rehearse vn-2025 --held
  kith reform apply vn-2025
  kith reform undo vn-2025`
}

// reformChoice is which reform is meant, and of what.
type reformChoice struct {
	Name string `arg:"" help:"Name of the reform: vn-2025."`
	Held bool   `help:"Only what touches units that the book holds."`
	As   string `help:"json or text." enum:"json,text" default:"text"`
}

type (
	reformApply    struct{ reformChoice }
	reformRehearse struct{ reformChoice }
	reformUndo     struct {
		Name string `arg:"" help:"Name of the reform: vn-2025."`
		As   string `help:"json or text." enum:"json,text" default:"text"`
	}
)

// player plays on behalf of the operator and shows how far it is on a terminal.
func (p *program) player(book *store.Book, why string) (*reform.Player, error) {
	m, err := place.Shipped()
	if err != nil {
		return nil, err
	}
	by := p.operator()
	player := &reform.Player{Map: m, By: by, Write: book.ReformWriter(store.Writing{By: by, Why: why})}
	if watched(p.stderr) {
		player.Tell = func(s reform.State) {
			end := ""
			if s.Done >= s.Steps {
				end = "\n"
			}
			fmt.Fprintf(p.stderr, "\r%s %s %d%%%s", s.Name, bar(s.Done, s.Steps), 100*s.Done/max(s.Steps, 1), end)
		}
	}
	return player, nil
}

// bar draws how far a work is.
func bar(done, steps int) string {
	const width = 30
	full := width * done / max(steps, 1)
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", width-full) + "]"
}

// Run plays a reform.
func (c reformApply) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	player, err := p.player(book, "reform.why.apply")
	if err != nil {
		return err
	}
	s, err := player.Apply(p.ctx, c.Name, c.Held)
	if p.alreadyDone(err) {
		return c.say(p, reformJSON{Name: c.Name, Status: string(reform.Standing), Already: true})
	}
	if err != nil {
		return err
	}
	return c.say(p, asReform(player.Findings(c.Name), string(s.Status)))
}

// alreadyDone says that a reform stands already: that is said, and is no failure.
func (p *program) alreadyDone(err error) bool {
	for _, f := range fault.All(err) {
		if f.Key == "reform.standing" {
			return true
		}
	}
	return false
}

// Run rehearses a reform.
func (c reformRehearse) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	player, err := p.player(book, "reform.why.apply")
	if err != nil {
		return err
	}
	f, err := book.RehearseReform(p.ctx, store.Writing{By: p.operator(), Why: "reform.why.apply"}, *player, c.Name, c.Held)
	if p.alreadyDone(err) {
		return c.say(p, reformJSON{Name: c.Name, Status: string(reform.Standing), Already: true})
	}
	if err != nil {
		return err
	}
	return c.say(p, asReform(f, "rehearsed"))
}

// Run takes a reform back.
func (c reformUndo) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	player, err := p.player(book, "reform.why.undo")
	if err != nil {
		return err
	}
	if _, err := player.Undo(p.ctx, c.Name); err != nil {
		return err
	}
	return reformChoice{Name: c.Name, As: c.As}.say(p, reformJSON{Name: c.Name, Status: "undone"})
}

// reformJSON is what became of a reform, as other programs read it.
type reformJSON struct {
	Name    string         `json:"name"`
	Status  string         `json:"status"` // standing, rehearsed, undone
	Already bool           `json:"already"`
	Units   map[string]int `json:"units"`
	Events  map[string]int `json:"events"`
	Divided int            `json:"divided"`
	Untold  int            `json:"untold"`
	Clashes []string       `json:"clashes"`
	Wrong   []string       `json:"wrong"`

	clashes []reform.Clash
}

func asReform(f reform.Findings, status string) reformJSON {
	r := reformJSON{Name: f.Name, Status: status, Units: map[string]int{}, Events: map[string]int{}, Divided: f.Divided, Untold: f.Untold, Clashes: []string{}, Wrong: append([]string{}, f.Wrong...), clashes: f.Clashes}
	for level, n := range f.Units {
		r.Units[string(body.LevelOf(level))] = n
	}
	for kind, n := range f.Events {
		r.Events[string(kind)] = n
	}
	return r
}

func (c reformChoice) say(p *program, r reformJSON) error {
	for _, clash := range r.clashes {
		r.Clashes = append(r.Clashes, p.say(clash.Key, clash.Named))
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(r)
	}
	if r.Already {
		fmt.Fprintln(p.stdout, p.say("reform.standing", r.Name))
		return nil
	}
	fmt.Fprintln(p.stdout, p.say("reform.said."+r.Status, r.Name))
	if r.Status == "undone" {
		return nil
	}
	fmt.Fprintln(p.stdout, p.say("reform.units", r.Units["province"], r.Units["district"], r.Units["commune"]))
	fmt.Fprintln(p.stdout, p.say("reform.events", r.Events["merge"], r.Events["split"], r.Events["end"], r.Events["rename"]+r.Events["move"]))
	fmt.Fprintln(p.stdout, p.say("reform.divided", r.Divided))
	fmt.Fprintln(p.stdout, p.say("reform.untold", r.Untold))
	for _, line := range append(r.Clashes, r.Wrong...) {
		fmt.Fprintln(p.stdout, "  "+line)
	}
	return nil
}
