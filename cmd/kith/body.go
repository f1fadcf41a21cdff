package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/lineage"
	"kith.app/internal/place"
	"kith.app/internal/store"
)

type bodyCommand struct {
	Show bodyShow `cmd:"" help:"Print a body on a day: its name then and today, what it stood under, its line, who stands there today."`
	Find bodyFind `cmd:"" help:"Find bodies and administrative units by any name they ever bore."`
}

// Help gives examples.
func (bodyCommand) Help() string {
	return `CODE is the body's code, an administrative unit's (huyen-que-son-quang-nam), or an official code (20656), of which the day says whose it was. Examples:
  kith body show huyen-que-son-quang-nam --on 2024-08-02 --as json
  kith body find "que son"`
}

type bodyShow struct {
	Code string `arg:"" help:"Code of the body, of a unit, or an official code."`
	On   string `help:"The day asked, such as 2024-08-02; today without it." placeholder:"DATE"`
	As   string `help:"json or text." enum:"json,text" default:"text"`
}

// namedJSON is a body by its name on the day that matters.
type namedJSON struct {
	Code   string `json:"code,omitempty"`
	ID     string `json:"id"`
	Name   string `json:"name"`
	Path   string `json:"path,omitempty"`
	Share  string `json:"share,omitempty"` // empty: not known
	Below  bool   `json:"below,omitempty"`
	Within bool   `json:"within,omitempty"`
}

type stepJSON struct {
	Event string     `json:"event"`
	Kind  string     `json:"kind"`
	Day   string     `json:"day"`
	From  *namedJSON `json:"from,omitempty"`
	To    *namedJSON `json:"to,omitempty"`
	Share string     `json:"share,omitempty"`
}

type periodJSON struct {
	Value string `json:"value"`
	Lang  string `json:"lang,omitempty"`
	Since string `json:"since,omitempty"`
	Until string `json:"until,omitempty"`
}

type eventJSON struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind"`
	Day    string     `json:"day"`
	Paper  body.Paper `json:"paper"`
	Source string     `json:"source,omitempty"`
}

// bodyJSON is a body as other programs read it.
type bodyJSON struct {
	Code         string       `json:"code"`
	ID           string       `json:"id"`
	Kind         string       `json:"kind"`
	On           string       `json:"on"`
	NameThen     string       `json:"nameThen"`
	NameToday    string       `json:"nameToday"`
	StoodThen    bool         `json:"stoodThen"`
	StandsToday  bool         `json:"standsToday"`
	Founded      string       `json:"founded,omitempty"`
	Ended        string       `json:"ended,omitempty"`
	LevelThen    string       `json:"levelThen,omitempty"`
	OfficialThen string       `json:"officialThen,omitempty"`
	UnderThen    []namedJSON  `json:"underThen"`
	Then         []namedJSON  `json:"then,omitempty"` // who stood there, when it did not itself
	Today        []namedJSON  `json:"today"`
	Line         []stepJSON   `json:"line"`
	Events       []eventJSON  `json:"events"`
	Names        []periodJSON `json:"names"`
	Levels       []periodJSON `json:"levels,omitempty"`
	Codes        []periodJSON `json:"codes,omitempty"`
}

// Run shows one body.
func (c bodyShow) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	s, err := c.shown(p, book.As(p.operator()))
	if err != nil {
		return err
	}
	told := bodyAsJSON(s)
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(told)
	}
	told.print(p)
	return nil
}

func (c bodyShow) shown(p *program, view *store.View) (lineage.Shown, error) {
	on := view.Today()
	if c.On != "" {
		day, err := calendar.ParseDay(c.On)
		if err != nil {
			return lineage.Shown{}, err
		}
		on = day
	}
	m, err := place.Shipped()
	if err != nil {
		return lineage.Shown{}, err
	}
	b, err := view.BodyByCode(p.ctx, c.Code)
	if err == nil {
		return lineage.Show(p.ctx, view, m, b, on, p.cli.Lang)
	}
	if fault.KindOf(err) != fault.NotFound {
		return lineage.Shown{}, err
	}
	coded, codeErr := view.BodiesCoded(p.ctx, body.Official, c.Code, on)
	if codeErr != nil {
		return lineage.Shown{}, codeErr
	}
	if len(coded) > 0 {
		return lineage.Show(p.ctx, view, m, coded[0], on, p.cli.Lang)
	}
	if unit, ok := m.ByHandle(c.Code); ok {
		return lineage.FromMap(p.ctx, view, m, unit, on, p.cli.Lang)
	}
	for _, level := range []place.Level{place.Commune, place.District, place.Province} {
		if unit, err := m.ByCode(level, c.Code, on); err == nil && unit.Code() == c.Code {
			return lineage.FromMap(p.ctx, view, m, unit, on, p.cli.Lang)
		}
	}
	return lineage.Shown{}, err
}

func bodyAsJSON(s lineage.Shown) bodyJSON {
	b := bodyJSON{
		Code: s.Body.Code, ID: fmt.Sprint(int64(s.Body.ID)), Kind: string(s.Body.KindOn(s.On)), On: s.On.String(),
		NameThen: s.NameThen, NameToday: s.NameToday, StoodThen: s.Stood, StandsToday: s.Stands,
		Founded: s.Body.Founded.EDTF(), Ended: s.Body.Ended.EDTF(), LevelThen: string(s.Level), OfficialThen: s.Official,
		UnderThen: namesAsJSON(s.Under), Then: namesAsJSON(s.Then), Today: namesAsJSON(s.Now), Line: []stepJSON{}, Events: []eventJSON{}, Names: []periodJSON{},
	}
	for _, step := range s.Line {
		one := stepJSON{Event: fmt.Sprint(step.Event), Kind: string(step.Kind), Day: step.Day.String(), Share: shareText(step.Share)}
		if step.Succession.From != 0 {
			one.From = &namesAsJSON([]lineage.Named{step.From})[0]
		}
		if step.Succession.To != 0 {
			one.To = &namesAsJSON([]lineage.Named{step.To})[0]
		}
		b.Line = append(b.Line, one)
	}
	for _, e := range s.Events {
		b.Events = append(b.Events, eventJSON{fmt.Sprint(e.ID), string(e.Kind), e.Day.String(), e.Paper, e.Source})
	}
	for _, n := range s.Body.Names {
		b.Names = append(b.Names, periodAsJSON(n.Full, n.Lang, n.Since, n.Until))
	}
	for _, l := range s.Body.Levels {
		b.Levels = append(b.Levels, periodAsJSON(cmp.Or(string(l.Level), string(l.Kind)), "", l.Since, l.Until))
	}
	for _, c := range s.Body.Codes {
		b.Codes = append(b.Codes, periodAsJSON(c.Scheme+":"+c.Code, "", c.Since, c.Until))
	}
	return b
}

func namesAsJSON(all []lineage.Named) []namedJSON {
	out := make([]namedJSON, 0, len(all))
	for _, n := range all {
		out = append(out, namedJSON{n.Code, strconv.FormatInt(int64(n.ID), 10), n.Name, n.Path, shareText(n.Share), n.Below, n.Within})
	}
	return out
}

// shareText writes a share as 1/3; nothing where it is not known.
func shareText(s body.Share) string {
	if !s.Known() {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Num, s.Den)
}

func periodAsJSON(value, lang string, since, until calendar.Day) periodJSON {
	p := periodJSON{Value: value, Lang: lang}
	if since > calendar.Earliest {
		p.Since = since.String()
	}
	if until < calendar.Latest {
		p.Until = until.String()
	}
	return p
}

// print writes a body as lines of text.
func (b bodyJSON) print(p *program) {
	fmt.Fprintf(p.stdout, "%s\t%s\n", b.On, b.NameThen)
	for _, u := range b.UnderThen {
		fmt.Fprintf(p.stdout, "\t↑ %s\n", u.Name)
	}
	for _, n := range b.Today {
		fmt.Fprintf(p.stdout, "=\t%s\n", strings.Join(nonEmpty(cmp.Or(n.Path, n.Name), n.Share, n.Code), "\t"))
	}
	for _, s := range b.Line {
		from, to := "–", "–"
		if s.From != nil {
			from = s.From.Name
		}
		if s.To != nil {
			to = s.To.Name
		}
		fmt.Fprintf(p.stdout, "%s\t%s\n", s.Day, strings.Join(nonEmpty(s.Kind, from+" → "+to, s.Share), "\t"))
	}
}

func nonEmpty(all ...string) []string {
	var some []string
	for _, s := range all {
		if s != "" {
			some = append(some, s)
		}
	}
	return some
}

type bodyFind struct {
	Words []string `arg:"" help:"Words of any name it ever bore, with or without accents."`
	As    string   `help:"json or text." enum:"json,text" default:"text"`
}

// foundMost bounds what a search on the command line prints.
const foundMost = 50

// Run finds bodies.
func (c bodyFind) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	view, typed := book.As(p.operator()), strings.Join(c.Words, " ")
	found, err := view.BodiesNamed(p.ctx, typed, foundMost)
	if err != nil {
		return err
	}
	all, held := []namedJSON{}, map[body.ID]bool{}
	for _, b := range found {
		held[b.ID] = true
		all = append(all, namedJSON{Code: b.Code, ID: fmt.Sprint(int64(b.ID)), Name: b.NameOn(p.cli.Lang, view.Today())})
	}
	m, err := place.Shipped()
	if err != nil {
		return err
	}
	for _, h := range m.Find(typed, view.Today(), foundMost) {
		if !held[body.ID(h.ID)] {
			all = append(all, namedJSON{Code: m.Handle(h.ID), ID: fmt.Sprint(int64(h.ID)), Name: h.Name, Path: h.Path})
		}
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(all)
	}
	for _, n := range all {
		fmt.Fprintf(p.stdout, "%s\t%s\n", n.Code, cmp.Or(n.Path, n.Name))
	}
	return nil
}
