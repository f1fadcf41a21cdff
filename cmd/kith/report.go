package main

import (
	"bytes"
	"fmt"
	"os"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/report"
	"kith.app/internal/store"
	"kith.app/internal/tally"
)

type reportCommand struct {
	Body    string `help:"Code of the body." required:"" placeholder:"CODE"`
	Kind    string `help:"What it is about: annual, quarterly, term, founding or period." enum:"annual,quarterly,term,founding,period" default:"annual"`
	Period  string `help:"Period in EDTF: 2025, 2025-33 (first quarter), 2020-06/2025-05." placeholder:"EDTF"`
	Borders string `help:"Borders of the figures: then, today, a day, or line for the body with all it came from and became." default:"then" placeholder:"BORDERS"`
	As      string `help:"docx, pdf, xlsx, html or json." enum:"docx,pdf,xlsx,html,json" default:"json"`
	Output  string `short:"o" help:"File to write; html and json go to the terminal without one." placeholder:"FILE" type:"path"`
}

// Help gives examples.
func (reportCommand) Help() string {
	return `Without a period the last one that is over is taken; a report since the founding goes to today. Examples:
  kith report --body hai-duong-dien-bien --kind annual --period 2025 --lang vi --as docx -o bao-cao-2025.docx
  kith report --body hai-duong-dien-bien --kind term --as pdf -o nhiem-ky.pdf        (the term of the board in office)
  kith report --body hai-duong-dien-bien --kind founding --as json`
}

// Run composes a report that has not been filed and writes it.
func (c reportCommand) Run(p *program) error {
	as, err := report.ParseFormat(c.As)
	if err != nil {
		return err
	}
	if c.Output == "" && !as.IsText() {
		return usageError{key: "report.output.missing"}
	}
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	paper, err := c.compose(p, book.As(p.operator()))
	if err != nil {
		return err
	}
	var written bytes.Buffer
	if err := report.Write(&written, paper, as); err != nil {
		return err
	}
	if c.Output == "" || c.Output == "-" {
		_, err = p.stdout.Write(written.Bytes())
		return err
	}
	if err := os.WriteFile(c.Output, written.Bytes(), 0o600); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func (c reportCommand) compose(p *program, view *store.View) (*document.Document, error) {
	of, err := view.BodyByCode(p.ctx, c.Body)
	if err != nil {
		return nil, err
	}
	period := c.Period
	if period == "" && report.Kind(c.Kind) == report.Term {
		board, err := view.Board(p.ctx, of.ID, view.Today())
		if err != nil {
			return nil, err
		}
		period, _ = report.TermOf(board, view.Today())
	}
	ask, err := report.AskFor(of, report.Kind(c.Kind), period, view.Today())
	if err != nil {
		return nil, err
	}
	if ask.Borders, _, err = tally.ParseBorders(c.Borders); err != nil {
		return nil, err
	}
	facts, err := report.Gather(p.ctx, view, ask)
	if err != nil {
		return nil, err
	}
	house, err := report.HouseOf(p.ctx, view, of.ID, view.Today())
	if err != nil {
		return nil, err
	}
	return report.Compose(p.words.In(p.lang()), facts, report.Paper{House: house, Date: calendar.OnDay(view.Today())}), nil
}
