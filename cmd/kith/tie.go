package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/report"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
)

type tieCommand struct {
	Show tieShowCommand `cmd:"" help:"Print everything of one tie, or write the twin's file as a paper."`
}

type tieShowCommand struct {
	Code string `arg:"" help:"Code of the tie."`
	As   string `help:"text, json, docx, pdf, html or xlsx." enum:"text,json,docx,pdf,html,xlsx" default:"text"`
	Out  string `help:"Where to write; - for standard output." short:"o" default:"-" type:"path" placeholder:"FILE"`
}

// Help gives examples.
func (tieShowCommand) Help() string {
	return `With --as json: code, kind, title, keeper, status, since, reason, contact, days (null where no contact is known), signed, origin, first,
expiry, nextRound {on, years}, parties [{side, body, name, level, country, from, until, before}], stages [{kind, side, date, others, paper, place, source}],
promises [{who, what, due, status, deeds}], reviews, visits [{deed, day, from, to, heads}], gave [{year, side, unit, quantity, currency, stage, qualifier}],
answers [{side, body, office, name, ended}], answered. Sides of visits and gifts are 0 where the deeds do not say. Examples:
  kith tie show tho-xuan-que-son --as json
  kith tie show tho-xuan-que-son --as pdf -o ho-so.pdf --lang fr`
}

// tieJSON is a tie as other programs read it.
type tieJSON struct {
	Code      string        `json:"code"`
	Kind      string        `json:"kind"`
	Title     string        `json:"title"`
	Keeper    string        `json:"keeper"`
	Status    tie.Status    `json:"status"`
	Since     string        `json:"since,omitempty"`
	Reason    string        `json:"reason,omitempty"`
	Contact   string        `json:"contact,omitempty"`
	Days      *int          `json:"days"`
	Signed    string        `json:"signed,omitempty"`
	Origin    string        `json:"origin,omitempty"`
	Expiry    string        `json:"expiry,omitempty"`
	NextRound *nextJSON     `json:"nextRound,omitempty"`
	Parties   []partyJSON   `json:"parties"`
	Stages    []stageJSON   `json:"stages,omitempty"`
	Promises  []promiseJSON `json:"promises,omitempty"`
	Reviews   []tie.Review  `json:"reviews,omitempty"`
	Visits    []visitJSON   `json:"visits,omitempty"`
	Gave      []gaveJSON    `json:"gave,omitempty"`
	Answers   []answerJSON  `json:"answers,omitempty"`
	Answered  *bool         `json:"answered,omitempty"`
	Handed    []tie.Handing `json:"handed,omitempty"`
	Figures   []deed.Stated `json:"figures,omitempty"`
}

type nextJSON struct {
	On    string `json:"on"`
	Years int    `json:"years"`
}

type partyJSON struct {
	Side    int    `json:"side"`
	Body    string `json:"body"`
	Name    string `json:"name"`
	Level   string `json:"level,omitempty"`
	Country string `json:"country,omitempty"`
	From    string `json:"from,omitempty"`
	Until   string `json:"until,omitempty"`
	Before  string `json:"before,omitempty"`
	Ended   string `json:"ended,omitempty"`
}

type stageJSON struct {
	Kind   tie.StageKind `json:"kind"`
	Side   int           `json:"side,omitempty"`
	Date   string        `json:"date,omitempty"`
	Others []claimJSON   `json:"others,omitempty"`
	Paper  string        `json:"paper,omitempty"`
	Place  string        `json:"place,omitempty"`
	Source string        `json:"source,omitempty"`
	Reason string        `json:"reason,omitempty"`
}

type claimJSON struct {
	Date   string `json:"date"`
	Source string `json:"source,omitempty"`
}

type promiseJSON struct {
	ID     string            `json:"id"`
	Who    string            `json:"who"`
	What   string            `json:"what"`
	Due    string            `json:"due,omitempty"`
	Status tie.PromiseStatus `json:"status"`
	Deeds  []string          `json:"deeds,omitempty"`
	Reason string            `json:"reason,omitempty"`
}

type visitJSON struct {
	Deed  string `json:"deed"`
	Day   string `json:"day,omitempty"`
	From  int    `json:"from"`
	To    int    `json:"to"`
	Heads string `json:"heads,omitempty"`
}

type gaveJSON struct {
	Year      int    `json:"year,omitempty"`
	Side      int    `json:"side"`
	Unit      string `json:"unit"`
	Quantity  int64  `json:"quantity"`
	Currency  string `json:"currency,omitempty"`
	Stage     string `json:"stage,omitempty"`
	Qualifier string `json:"qualifier"`
}

type answerJSON struct {
	Side   int    `json:"side,omitempty"`
	Body   string `json:"body,omitempty"`
	Office string `json:"office,omitempty"`
	Name   string `json:"name,omitempty"`
	Ended  bool   `json:"ended,omitempty"`
}

// Run prints the tie or writes its file.
func (c tieShowCommand) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	view := book.As(p.operator())
	row, err := view.TieByCode(p.ctx, c.Code)
	if err != nil {
		return err
	}
	f, err := twin.Gather(p.ctx, view, row.ID)
	if err != nil {
		return err
	}
	var written bytes.Buffer
	if err := c.write(p, view, &written, f); err != nil {
		return err
	}
	if c.Out == "-" {
		_, err = p.stdout.Write(written.Bytes())
		return err
	}
	if err := os.WriteFile(c.Out, written.Bytes(), 0o600); err != nil {
		return fmt.Errorf("write the file of a tie: %w", err)
	}
	return nil
}

func (c tieShowCommand) write(p *program, view *store.View, to io.Writer, f twin.File) error {
	t := twin.Tell(p.words.In(p.lang()), f)
	switch c.As {
	case "json":
		return json.NewEncoder(to).Encode(tieTold(t))
	case "text":
		printTie(to, t)
		return nil
	}
	as, err := report.ParseFormat(c.As)
	if err != nil {
		return err
	}
	house, err := report.HouseOf(p.ctx, view, f.Tie.Body, view.Today())
	if err != nil {
		return err
	}
	return report.Write(to, twin.Paper(t.Speaker, house, f), as)
}

// printTie prints the file in words, part by part.
func printTie(to io.Writer, t twin.Teller) {
	fmt.Fprintln(to, t.Called())
	for _, part := range t.Parts() {
		fmt.Fprintf(to, "\n%s\n", part.Head)
		for _, f := range part.Facts {
			if strings.TrimSpace(f.Text) != "" {
				fmt.Fprintf(to, "  %s: %s\n", f.Name, f.Text)
			}
		}
		for _, line := range part.Lines {
			fmt.Fprintf(to, "  %s\n", line)
		}
		if part.Table == nil {
			continue
		}
		for _, row := range append(part.Table.Rows, part.Table.Totals...) {
			var cells []string
			for _, c := range row {
				cells = append(cells, strings.ReplaceAll(c.Text, "\n", "; "))
			}
			fmt.Fprintf(to, "  %s\n", strings.Join(cells, "\t"))
		}
	}
}

// rowTold gives what a list says of a tie.
func rowTold(row store.TieRow, called string, bodies map[body.ID]body.Body, lang string) tieJSON {
	told := tieJSON{
		Code: row.Code, Kind: row.Kind, Title: called, Keeper: bodies[row.Body].Code, Status: row.Standing.Status, Since: row.Standing.Since.EDTF(), Reason: row.Standing.Reason,
		Contact: row.Standing.Contact.EDTF(), Signed: row.Signed().EDTF(), Origin: row.Origin.EDTF(), Expiry: row.Standing.Expiry.EDTF(),
	}
	if row.Standing.Days >= 0 {
		told.Days = &row.Standing.Days
	}
	for _, p := range row.Parties {
		b := bodies[p.Body]
		told.Parties = append(told.Parties, partyJSON{
			p.Side, b.Code, b.NameOn(lang, b.Ended.LastOr(calendar.Latest)), string(p.Level), p.Land, p.From.EDTF(), p.Until.EDTF(), bodies[p.Before].Code, b.Ended.EDTF(),
		})
	}
	return told
}

// tieTold gives everything of a tie.
func tieTold(t twin.Teller) tieJSON {
	f := t.File
	told := rowTold(f.Tie, t.Called(), f.Bodies, string(t.Lang))
	if f.NextRound.Years > 0 {
		told.NextRound = &nextJSON{f.NextRound.On.EDTF(), f.NextRound.Years}
	}
	for _, s := range f.Tie.InOrder() {
		one := stageJSON{Kind: s.Kind, Side: s.Side, Date: s.Date.EDTF(), Paper: t.Paper(s.Paper), Place: s.Place, Source: t.Source(s.Source), Reason: s.Reason}
		for _, c := range s.Others {
			one.Others = append(one.Others, claimJSON{c.Date.EDTF(), t.Source(c.Source)})
		}
		told.Stages = append(told.Stages, one)
	}
	for _, p := range f.Promises {
		one := promiseJSON{ID: refOf(int64(p.ID)), Who: t.Who(p), What: t.Promised(p), Due: p.Due.EDTF(), Status: p.On(f.On), Reason: p.Reason}
		for _, d := range p.Deeds {
			one.Deeds = append(one.Deeds, refOf(d))
		}
		told.Promises = append(told.Promises, one)
	}
	told.Reviews, told.Handed = f.Reviews, f.Tie.Handed
	for _, v := range f.Visits {
		told.Visits = append(told.Visits, visitJSON{refOf(int64(v.Deed.ID)), v.Deed.Day.EDTF(), v.From, v.To, t.Heads(v)})
	}
	for _, g := range f.Gave {
		for _, s := range g.Sums {
			told.Gave = append(told.Gave, gaveJSON{g.Year, g.Side, string(s.Unit), s.Quantity, string(s.Currency), string(s.Stage), s.Qualifier().String()})
		}
	}
	for _, row := range f.Figures {
		for side := 1; side <= f.Tie.Sides(); side++ {
			told.Figures = append(told.Figures, row.Of[side]...)
		}
	}
	for _, a := range f.Answers {
		if a.Name != "" || a.Ended {
			told.Answers = append(told.Answers, answerJSON{a.Side, f.Bodies[a.Body].Code, a.Office, a.Name, a.Ended})
		}
	}
	answered := f.Answered()
	told.Answered = &answered
	return told
}

type tiesCommand struct {
	Quiet  int    `help:"Only those without contact for so many months, and those on which no contact is recorded." placeholder:"MONTHS"`
	Status string `help:"active, quiet, dormant, unheard, expiring, expired, proposed, paused or ended." placeholder:"STATUS"`
	Body   string `help:"Code of a party, or of the body on whose books they stand." placeholder:"CODE"`
	Kind   string `help:"Code of a kind of tie." placeholder:"KIND"`
	Under  string `help:"Code of the tie under which they hang: of fronts, youth unions, schools, firms." placeholder:"CODE"`
	Left   bool   `help:"Only the places that bodies which have ended left in ties."`
	As     string `help:"json or text." enum:"json,text" default:"text"`
}

// Help gives examples.
func (tiesCommand) Help() string {
	return `With --as json a list of ties, each with code, kind, title, keeper, status, contact, days, signed, origin, expiry and parties as in "kith tie show".
A tie on which no contact is recorded has days null. Examples:
  kith ties --quiet 24 --as json
  kith ties --body binh-duong-friendship-union
  kith ties --under tho-xuan-que-son
  kith ties --left --as json`
}

// Run prints the list.
func (c tiesCommand) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	view := book.As(p.operator())
	q := store.TieQuery{Quiet: c.Quiet, Status: tie.Status(c.Status), Kind: c.Kind, Limit: -1}
	if c.Body != "" {
		of, err := view.BodyByCode(p.ctx, c.Body)
		if err != nil {
			return err
		}
		q.Body = of.ID
	}
	if c.Under != "" {
		above, err := view.TieByCode(p.ctx, c.Under)
		if err != nil {
			return err
		}
		q.Parent = above.ID
	}
	var rows []store.TieRow
	if c.Left {
		left, err := view.TiesLeft(p.ctx, q.Body)
		if err != nil {
			return err
		}
		for _, l := range left {
			if n := len(rows); n == 0 || rows[n-1].ID != l.Tie.ID {
				rows = append(rows, l.Tie)
			}
		}
	} else if rows, _, err = view.Ties(p.ctx, q); err != nil {
		return err
	}
	return c.print(p, view, rows)
}

func (c tiesCommand) print(p *program, view *store.View, rows []store.TieRow) error {
	bodies, err := view.KnownBodies(p.ctx)
	if err != nil {
		return err
	}
	by := make(map[body.ID]body.Body, len(bodies))
	for _, b := range bodies {
		by[b.ID] = b
	}
	to := p.words.In(p.lang())
	told := make([]tieJSON, len(rows))
	for i, row := range rows {
		told[i] = rowTold(row, twin.CalledTie(to, row.Tie, by), by, string(p.lang()))
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(told)
	}
	for i, row := range rows {
		days := ""
		if told[i].Days != nil {
			days = strconv.Itoa(*told[i].Days)
		}
		if _, err := fmt.Fprintf(p.stdout, "%s\t%s\t%s\t%s\t%s\n", row.Code, told[i].Title, to.Say("tie.status."+string(row.Standing.Status)), told[i].Contact, days); err != nil {
			return err
		}
	}
	return nil
}
