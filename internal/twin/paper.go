package twin

import (
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/report"
)

// Paper composes the twin's file: the whole of what the book knows of a tie, on
// the letterhead of who keeps it.
func Paper(to locale.Speaker, house report.House, f File) *document.Document {
	t := Tell(to, f)
	page := document.A4()
	page.Size = 13
	b := house.Sheet(to, page, "", calendar.OnDay(f.On))
	b.Paper().Head.Number = nil
	b.Title(strings.ToUpper(to.Say("twin.title")), t.Called())
	for _, p := range t.Parts() {
		t.section(b, p)
	}
	b.Sign(house.Signature(to))
	return b.Paper()
}

// section sets one part of the file.
func (t Teller) section(b *document.Builder, p Part) {
	empty := len(p.Facts) == 0 && len(p.Lines) == 0 && (p.Table == nil || len(p.Table.Rows) == 0)
	if empty && p.Empty == "" {
		return
	}
	b.Section(strings.ToUpper(p.Head))
	if empty {
		b.Say(p.Empty)
		return
	}
	if p.Key == "twin.papers" {
		for _, f := range p.Facts {
			b.Items(document.Text(f.Name))
		}
		return
	}
	for _, f := range p.Facts {
		if f.Text != "" {
			b.Add(document.Paragraph{Runs: document.Runs{document.B(f.Name + ": "), document.T(joined(" · ", f.Text, f.Note))}, Align: document.Left})
		}
	}
	for _, line := range p.Lines {
		b.Say(line)
	}
	if p.Table != nil && len(p.Table.Rows) > 0 {
		b.Add(t.table(*p.Table))
	}
}

// table sets a part's rows; columns in which nothing stands are left out.
func (t Teller) table(in Table) document.Table {
	used := make([]bool, len(in.Columns))
	for _, rows := range [][][]Cell{in.Rows, in.Totals} {
		for _, row := range rows {
			for i, c := range row {
				used[i] = used[i] || c.Text != "" || c.Note != ""
			}
		}
	}
	out := document.Table{Size: 11}
	for i, c := range in.Columns {
		if !used[i] {
			continue
		}
		column := document.Column{Head: c.Head, Share: c.Share}
		if c.Figure {
			column.Align = document.Right
		}
		out.Columns = append(out.Columns, column)
	}
	cells := func(row []Cell) []document.Cell {
		var all []document.Cell
		for i, c := range row {
			if used[i] {
				all = append(all, t.cell(c))
			}
		}
		return all
	}
	for _, row := range in.Rows {
		out.Add(cells(row)...)
	}
	for _, row := range in.Totals {
		out.AddTotal(cells(row)...)
	}
	return out
}

func (t Teller) cell(c Cell) document.Cell {
	var runs document.Runs
	switch {
	case c.Exact != "":
		runs = append(runs, document.Num(c.Text, c.Exact, ""))
	case c.Text != "":
		runs = append(runs, document.T(c.Text))
	}
	if c.Note != "" {
		note := c.Note
		if c.Text != "" {
			note = "\n" + note
		}
		runs = append(runs, document.I(note))
	}
	return document.CR(runs...)
}
