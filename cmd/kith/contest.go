package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"kith.app/internal/appraisal"
	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/store"
)

type contestCommand struct {
	Show       contestShow       `cmd:"" help:"Print a contest: its table, units, stages, and where every sheet stands."`
	Score      contestScore      `cmd:"" help:"Print a unit's sheet, with what the journal proposes; --accept takes it over as the self-score."`
	Rank       contestRank       `cmd:"" help:"Print the units in order, as the scores stand or as published."`
	Why        contestWhy        `cmd:"" help:"Tell why a unit has the points it has: where it lost some, by whom and for what reason."`
	Publish    contestPublish    `cmd:"" help:"Freeze the results; final."`
	Paper      contestPaper      `cmd:"" help:"Write a paper: contract, criteria, sheet, matrix, minutes, ballot, submission, decision, certificates …"`
	Statistics contestStatistics `cmd:"" help:"Write what the book knows for forms 0601 to 0605 of the State."`
	Export     contestExport     `cmd:"" help:"Write the table of criteria, the score sheets or the standings as a workbook."`
	Import     contestImport     `cmd:"" help:"Bring a table of criteria or score sheets in; the same columns as export writes."`
	Totals     contestTotals     `cmd:"" help:"Add up what the units did, by unit and against the year before on the same members."`
	List       contestList       `cmd:"" help:"Print who leads, who is missing, what changed, claims, awards, ballots."`
}

// Help gives examples.
func (contestCommand) Help() string {
	return `A contest is named by its cluster and year. Examples:
  kith contest show northern-border-cluster --year 2022 --as json
  kith contest rank northern-border-cluster --year 2022
  kith contest why northern-border-cluster --year 2022 --unit mttq-lang-son
  kith contest list missing northern-border-cluster --year 2026
  kith contest totals northern-border-cluster --year 2022 --as json
  kith contest publish northern-border-cluster --year 2022 --word PUBLISH`
}

// contestAsked names a contest and the form of the answer.
type contestAsked struct {
	Code string `arg:"" help:"Code of the cluster or block."`
	Year int    `help:"Year of the contest." required:"" placeholder:"YEAR"`
	As   string `help:"json or text." enum:"json,text" default:"text"`
}

type (
	contestShow  struct{ contestAsked }
	contestRank  struct{ contestAsked }
	contestScore struct {
		contestAsked
		Unit   string `help:"Code of the unit." required:"" placeholder:"CODE"`
		Accept bool   `help:"Take over what the journal proposes, where nothing was scored yet."`
	}
	contestWhy struct {
		contestAsked
		Unit string `help:"Code of the unit." required:"" placeholder:"CODE"`
	}
	contestPublish struct {
		contestAsked
		Word string `help:"PUBLISH, to confirm." placeholder:"WORD"`
	}
)

// arena is a contest opened for a command.
type arena struct {
	p    *program
	book *store.Book
	view *store.View
	file store.ContestFile
	code map[body.ID]string
}

func (c contestAsked) open(p *program) (*arena, error) {
	book, err := p.book()
	if err != nil {
		return nil, err
	}
	a := &arena{p: p, book: book, view: book.As(p.operator())}
	if err := a.read(c); err != nil {
		book.Close()
		return nil, err
	}
	return a, nil
}

func (a *arena) read(c contestAsked) error {
	cluster, err := a.view.BodyByCode(a.p.ctx, c.Code)
	if err != nil {
		return err
	}
	if a.file, err = a.view.ContestOf(a.p.ctx, cluster.ID, c.Year); err != nil {
		return err
	}
	var ids []body.ID
	for _, u := range a.file.Units {
		ids = append(ids, u.Body)
	}
	bodies, err := a.view.BodiesByID(a.p.ctx, ids)
	a.code = make(map[body.ID]string, len(bodies))
	for id, b := range bodies {
		a.code[id] = b.Code
	}
	return err
}

// unit finds a unit of the contest by its code.
func (a *arena) unit(code string) (body.ID, error) {
	for id, c := range a.code {
		if c == code {
			return id, nil
		}
	}
	return 0, fault.Missing("contest.unit.missing")
}

// answer prints an answer as json, or by its own writing.
func (a *arena) answer(as string, v any, text func()) error {
	if as == "json" {
		return json.NewEncoder(a.p.stdout).Encode(v)
	}
	text()
	return nil
}

type criterionJSON struct {
	No     string `json:"no"`
	Parent string `json:"parent"`
	Name   string `json:"name"`
	Max    string `json:"max"`
	Method string `json:"method"`
}

type unitJSON struct {
	Unit     string `json:"unit"`
	Role     string `json:"role"`
	Stage    string `json:"stage"`
	Round    int    `json:"round"`
	Ready    bool   `json:"ready"`
	Contract string `json:"signed"` // day of the contract, empty: not signed
}

type contestJSON struct {
	Cluster  string          `json:"cluster"`
	Year     int             `json:"year"`
	Title    string          `json:"title"`
	Standing string          `json:"standing"`
	Base     string          `json:"base"`
	Bonus    string          `json:"bonus"`
	Stages   []string        `json:"stages"`
	Criteria []criterionJSON `json:"criteria"`
	Units    []unitJSON      `json:"units"`
}

// Run prints a contest.
func (c contestShow) Run(p *program) error {
	a, err := c.open(p)
	if err != nil {
		return err
	}
	defer a.book.Close()
	k := a.file.Contest
	out := contestJSON{Cluster: c.Code, Year: k.Year, Title: k.Titles[p.cli.Lang], Standing: string(k.Standing), Base: k.Scale.Base.String(), Bonus: k.Scale.Bonus.String(), Stages: []string{}, Criteria: []criterionJSON{}, Units: []unitJSON{}}
	for _, s := range k.Stages {
		out.Stages = append(out.Stages, s.Code)
	}
	for _, row := range a.file.Table.All() {
		up, _ := a.file.Table.Of(row.Parent)
		out.Criteria = append(out.Criteria, criterionJSON{row.No, up.No, row.Name(p.cli.Lang), row.Max.String(), string(row.Method)})
	}
	if out.Units, err = a.units(); err != nil {
		return err
	}
	return a.answer(c.As, out, func() {
		fmt.Fprintf(p.stdout, "%s\t%d\t%s\n", out.Title, out.Year, out.Standing)
		for _, row := range out.Criteria {
			fmt.Fprintf(p.stdout, "%s\t%s\t%s\t%s\n", row.No, row.Name, row.Max, row.Method)
		}
		for _, u := range out.Units {
			fmt.Fprintf(p.stdout, "%s\t%s\t%s\t%s\n", u.Unit, u.Role, u.Stage, u.Contract)
		}
	})
}

func (a *arena) units() ([]unitJSON, error) {
	sheets, err := a.view.ContestSheets(a.p.ctx, a.file.Contest.ID)
	if err != nil {
		return nil, err
	}
	at := map[body.ID]contest.Sheet{}
	for _, s := range sheets {
		at[s.Unit] = s
	}
	outcome, err := a.view.ContestOutcome(a.p.ctx, a.file.Contest.ID)
	if err != nil {
		return nil, err
	}
	signed := map[body.ID]string{}
	for _, k := range outcome.Contracts {
		if k.Signed != 0 {
			signed[k.Unit] = k.Signed.String()
		}
	}
	all := []unitJSON{}
	for _, u := range a.file.Units {
		w := at[u.Body].Way
		all = append(all, unitJSON{a.code[u.Body], string(u.Role), w.Stage, w.Round, w.Ready, signed[u.Body]})
	}
	return all, nil
}

type rankJSON struct {
	Rank      int      `json:"rank"`
	Shared    bool     `json:"shared"`
	Unit      string   `json:"unit"`
	Total     string   `json:"total"`
	Base      string   `json:"base"`
	Bonus     string   `json:"bonus"`
	Deduction string   `json:"deduction"`
	Class     string   `json:"class"`
	Titles    []string `json:"titles"`
}

// Run prints the units in order.
func (c contestRank) Run(p *program) error {
	a, err := c.open(p)
	if err != nil {
		return err
	}
	defer a.book.Close()
	ranks, err := a.ranks()
	if err != nil {
		return err
	}
	return a.answer(c.As, ranks, func() {
		for _, r := range ranks {
			fmt.Fprintf(p.stdout, "%d\t%s\t%s\t%s\n", r.Rank, r.Unit, r.Total, r.Class)
		}
	})
}

// ranks are what was published and amended since, else the scores as they stand.
func (a *arena) ranks() ([]rankJSON, error) {
	k := a.file.Contest
	o, err := a.view.ContestOutcome(a.p.ctx, k.ID)
	if err != nil {
		return nil, err
	}
	titles := map[body.ID][]string{}
	for _, h := range o.Honours {
		if h.Status == contest.Given {
			titles[h.Unit] = append(titles[h.Unit], h.Award)
		}
	}
	all := []rankJSON{}
	if k.Standing == contest.Published {
		for _, r := range k.Amended(o.Results, o.Amendments) {
			all = append(all, rankJSON{r.Rank, r.Shared, a.code[r.Unit], orNothing(r.Total), orNothing(r.Base), orNothing(r.Bonus), orNothing(r.Deduction), r.Class, titles[r.Unit]})
		}
		return all, nil
	}
	places, err := a.view.ContestStandings(a.p.ctx, k.ID)
	if err != nil {
		return nil, err
	}
	for _, place := range places {
		class, _ := k.ClassOf(place.Total.Sum)
		t := place.Total
		all = append(all, rankJSON{place.Rank, place.Shared, a.code[t.Unit], t.Sum.String(), t.Base.String(), t.Bonus.String(), t.Deduction.String(), class.Code, titles[t.Unit]})
	}
	return all, nil
}

// orNothing writes points that may not be known.
func orNothing(p *contest.Points) string {
	if p == nil {
		return ""
	}
	return p.String()
}

type scoreJSON struct {
	No       string            `json:"no"`
	Name     string            `json:"name"`
	Max      string            `json:"max"`
	Proposed string            `json:"proposed"`
	Steps    []contest.Step    `json:"steps"`
	Deeds    []deed.ID         `json:"deeds"`
	Refused  string            `json:"refused"`
	Scores   map[string]string `json:"scores"` // by stage
}

// Run prints a unit's sheet, or takes over what is proposed.
func (c contestScore) Run(p *program) error {
	a, err := c.open(p)
	if err != nil {
		return err
	}
	defer a.book.Close()
	unit, err := a.unit(c.Unit)
	if err != nil {
		return err
	}
	file, err := a.view.ContestSheet(p.ctx, a.file.Contest.ID, unit)
	if err != nil {
		return err
	}
	stage := file.Sheet.Way.Stage
	proposed, failed, err := appraisal.Proposals(p.ctx, a.view, appraisal.Sheet{Contest: a.file.Contest, Table: a.file.Table, Unit: unit, Scores: file.Scores[stage]})
	if err != nil {
		return err
	}
	if c.Accept {
		return a.accept(unit, file, proposed)
	}
	var rows []scoreJSON
	for _, row := range a.file.Table.Leaves(unit) {
		s := scoreJSON{No: row.No, Name: row.Name(p.cli.Lang), Max: row.Max.String(), Steps: []contest.Step{}, Deeds: []deed.ID{}, Scores: map[string]string{}}
		if prop, ok := proposed[row.ID]; ok {
			s.Proposed, s.Steps, s.Deeds = prop.Points.String(), prop.Steps, append(s.Deeds, prop.Deeds...)
		}
		if err := failed[row.ID]; err != nil {
			for _, f := range fault.All(err) {
				s.Refused = p.say(f.Key, f.Args...)
			}
		}
		for _, code := range slices.Sorted(maps.Keys(file.Scores)) {
			if given, ok := file.Scores[code][row.ID]; ok {
				s.Scores[code] = given.Points.String()
			}
		}
		rows = append(rows, s)
	}
	return a.answer(c.As, rows, func() {
		for _, r := range rows {
			fmt.Fprintf(p.stdout, "%s\t%s\t%s\t%s\t%s\n", r.No, r.Name, r.Max, r.Proposed, r.Scores[stage])
		}
	})
}

// accept enters what the journal proposes where nothing was scored yet.
func (a *arena) accept(unit body.ID, file store.SheetFile, proposed map[contest.CriterionID]contest.Proposal) error {
	taken := 0
	err := a.book.Write(a.p.ctx, store.Writing{By: a.p.operator(), Why: "contest.why.accept"}, func(ctx context.Context, tx *store.Tx) error {
		for _, row := range a.file.Table.Leaves(unit) {
			prop, ok := proposed[row.ID]
			if _, scored := file.Scores[file.Sheet.Way.Stage][row.ID]; scored || !ok {
				continue
			}
			s := contest.Score{Contest: a.file.Contest.ID, Unit: unit, Criterion: row.ID, Points: prop.Points, Deeds: prop.Deeds}
			if _, err := contest.Enter(ctx, tx, a.p.operator(), s, &prop.Points, 0); err != nil {
				return err
			}
			taken++
		}
		return nil
	})
	if err == nil {
		fmt.Fprintln(a.p.stdout, strconv.Itoa(taken))
	}
	return err
}

type lossJSON struct {
	No     string `json:"no"`
	Name   string `json:"name"`
	Stage  string `json:"stage"`
	From   string `json:"from"`
	To     string `json:"to"`
	Reason string `json:"reason"`
	By     string `json:"by"`
}

// Run tells why a unit has the points it has.
func (c contestWhy) Run(p *program) error {
	a, err := c.open(p)
	if err != nil {
		return err
	}
	defer a.book.Close()
	unit, err := a.unit(c.Unit)
	if err != nil {
		return err
	}
	file, err := a.view.ContestSheet(p.ctx, a.file.Contest.ID, unit)
	if err != nil {
		return err
	}
	losses := []lossJSON{}
	for _, s := range appraisal.Why(a.file.Contest, a.file.Table, unit, file.Scores, file.Changes) {
		losses = append(losses, lossJSON{s.Criterion.No, s.Criterion.Name(p.cli.Lang), s.Stage.Code, s.From.String(), s.To.String(), s.Reason, s.Name})
	}
	return a.answer(c.As, losses, func() {
		for _, l := range losses {
			fmt.Fprintf(p.stdout, "%s\t%s\t%s → %s\t%s\t%s\n", l.No, l.Name, l.From, l.To, l.Stage, l.Reason)
		}
	})
}

// Run freezes the results.
func (c contestPublish) Run(p *program) error {
	a, err := c.open(p)
	if err != nil {
		return err
	}
	defer a.book.Close()
	k := a.file.Contest
	return a.book.Write(p.ctx, store.Writing{By: p.operator(), Why: "contest.why.publish"}, func(ctx context.Context, tx *store.Tx) error {
		_, err := contest.Publish(ctx, tx, p.operator(), k.ID, c.Word, k.Revision)
		return err
	})
}
