package main

import (
	"io"

	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

type platformCommand struct {
	Form   string `help:"Code of the reporting form." required:"" placeholder:"CODE"`
	Period string `help:"Period: 2026-W45, 2026-10, 2026-Q3 or 2026; the last that has ended unless told." placeholder:"PERIOD"`
	At     string `help:"Only this body and what stands below it." placeholder:"CODE"`
	As     string `help:"csv or xlsx." enum:"csv,xlsx" default:"csv"`
	Output string `short:"o" help:"File to write; standard output without it." placeholder:"FILE" type:"path" default:"-"`
}

// Help gives examples.
func (platformCommand) Help() string {
	return `Writes the totals of a period in the columns that the form names for a national platform, so that nothing is typed again. Examples:
  kith platform --form bao-cao-tuan --period 2026-W43
  kith platform --form bao-cao-tuan --period 2026-W43 --as xlsx -o tuan-43.xlsx`
}

// Run writes the file for the platform.
func (c platformCommand) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	view := book.As(p.operator())
	f, period, at, err := formAsked(p, view, c.Form, c.Period, c.At)
	if err != nil {
		return err
	}
	t, err := store.PlatformFile(p.ctx, view, store.PlatformAsked{Form: f, Period: period, At: at, Lang: p.lang()})
	if err != nil {
		return err
	}
	return exportCommand{Output: c.Output}.to(p, func(w io.Writer) error {
		if c.As == "xlsx" {
			return sheet.WriteXLSX(w, t)
		}
		return sheet.WriteCSV(w, t)
	})
}
