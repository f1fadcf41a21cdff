package main

import (
	"io"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/dossier"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

type contestPaper struct {
	Kind   string `arg:"" help:"contract, criteria, sheet, matrix, cross-check, ballot, minutes, unit-submission, submission, decision, certificates, invitation, programme, seating, name-cards, hosting, speech-facts or file-list."`
	Code   string `arg:"" help:"Code of the cluster or block."`
	Year   int    `help:"Year of the contest." required:"" placeholder:"YEAR"`
	Unit   string `help:"Code of the unit whose sheet or submission it is." placeholder:"CODE"`
	As     string `help:"pdf, docx, xlsx, html or json." enum:"pdf,docx,xlsx,html,json" default:"pdf"`
	Output string `short:"o" help:"File to write; - for standard output." required:"" placeholder:"FILE" type:"path"`
}

// Help gives examples.
func (contestPaper) Help() string {
	return `The paper is in the language of --lang; what is not known is left as dots for the pen. sheet and unit-submission are those of one unit. Examples:
  kith contest paper contract northern-border-cluster --year 2023 -o giao-uoc.pdf
  kith contest paper sheet northern-border-cluster --year 2022 --unit mttq-lang-son --as docx -o tu-cham.docx
  kith contest paper matrix northern-border-cluster --year 2022 --as xlsx -o tong-hop.xlsx
  kith contest paper decision northern-border-cluster --year 2022 --lang en --as json -o -`
}

// Run writes a paper.
func (c contestPaper) Run(p *program) error {
	kind := dossier.Kind(c.Kind)
	known := false
	for _, k := range dossier.Kinds() {
		known = known || k == kind
	}
	if !known || kind.OfUnit() != (c.Unit != "") {
		var all []string
		for _, k := range dossier.Kinds() {
			all = append(all, string(k))
		}
		return usageError{key: "cli.contest.paper.which", args: []any{c.Kind, strings.Join(all, ", ")}}
	}
	a, err := contestAsked{Code: c.Code, Year: c.Year}.open(p)
	if err != nil {
		return err
	}
	defer a.book.Close()
	var unit body.ID
	if c.Unit != "" {
		if unit, err = a.unit(c.Unit); err != nil {
			return err
		}
	}
	to := p.words.In(p.lang())
	facts, err := a.view.ContestDossier(p.ctx, store.DossierAsked{Contest: a.file.Contest.ID, Kind: kind, Unit: unit, Lang: string(to.Lang)})
	if err != nil {
		return err
	}
	papers := dossier.Compose(to, kind, facts)
	return exportCommand{Output: c.Output}.to(p, func(w io.Writer) error { return report.WriteAll(w, papers, report.Format(c.As)) })
}

type contestStatistics struct {
	Year   int    `help:"Year of the forms." required:"" placeholder:"YEAR"`
	Body   string `help:"Code of the cluster whose forms they are; all without it." placeholder:"CODE"`
	As     string `help:"xlsx, pdf, docx, html or json." enum:"xlsx,pdf,docx,html,json" default:"xlsx"`
	Output string `short:"o" help:"File to write; - for standard output." required:"" placeholder:"FILE" type:"path"`
}

// Help gives examples.
func (contestStatistics) Help() string {
	return `Movements by who launched them, over whom, for how long and how; awards of the State, of ministries and provinces by form, recipient and manner; what the book does not know stays blank. Due on 15 December. Examples:
  kith contest statistics --year 2022 -o bieu-0601-0605.xlsx
  kith contest statistics --year 2022 --body northern-border-cluster --as json -o -`
}

// Run writes the forms.
func (c contestStatistics) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	to, view := p.words.In(p.lang()), book.As(p.operator())
	var of body.ID
	if c.Body != "" {
		b, err := view.BodyByCode(p.ctx, c.Body)
		if err != nil {
			return err
		}
		of = b.ID
	}
	found, err := view.ContestStatistics(p.ctx, c.Year, of, string(to.Lang))
	if err != nil {
		return err
	}
	return exportCommand{Output: c.Output}.to(p, func(w io.Writer) error { return report.Write(w, dossier.Forms(to, found), report.Format(c.As)) })
}
