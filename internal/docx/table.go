package docx

import (
	"kith.app/internal/document"
	"kith.app/internal/document/setting"
)

// table writes a table: its head comes again on every page, its rows are not
// divided, its total stays with the row before.
func (c *composer) table(t document.Table, width, above float64) {
	size := t.Size
	if size == 0 {
		size = c.page.Size - 1
	}
	if t.Caption != "" {
		c.paragraph(look{size: c.page.Size, align: document.Centre, before: max(9, above), keep: true}, document.B(t.Caption))
	}
	if t.Unit != "" {
		c.paragraph(look{size: size, align: document.Right, before: 3, keep: true}, document.I(t.Unit))
	}
	c.space(1.4)
	c.bind() // else what is kept with this gap stays behind when the table goes to the next page
	borders := "4"
	if t.Open {
		borders = ""
	}
	g := grid{composer: c, table: t, size: size, wide: setting.Columns(t, size, width)}
	c.openTable(g.wide, borders, 0)
	g.head()
	for i, row := range t.Rows {
		next := i + 1
		total := next == len(t.Rows)-1 && t.Rows[next].Kind == document.TotalRow
		g.row(row, row.Kind == document.GroupRow || total)
	}
	c.put(`</w:tbl>`)
	c.space(0.4) // two tables with nothing between would become one
}

// grid is a table being written.
type grid struct {
	*composer
	table document.Table
	size  float64
	wide  []float64
}

func (g grid) span(from, to int) float64 {
	sum := 0.0
	for _, w := range g.wide[from:to] {
		sum += w
	}
	return sum
}

// head writes the head: one line of cells, or two when columns have a common
// head.
func (g grid) head() {
	named := false
	for _, col := range g.table.Columns {
		named = named || col.Head != "" || col.Group != ""
	}
	if !named {
		return
	}
	groups := g.table.HeadGroups()
	if groups != nil {
		g.openHead()
		for _, grp := range groups {
			if grp.Name != "" {
				g.headCell(grp.Name, grp.From, grp.To, "")
				continue
			}
			g.headCell(g.table.Columns[grp.From].Head, grp.From, grp.To, `<w:vMerge w:val="restart"/>`)
		}
		g.closeRow()
	}
	g.openHead()
	for i, col := range g.table.Columns {
		if groups != nil && col.Group == "" {
			g.headCell("", i, i+1, `<w:vMerge/>`)
			continue
		}
		g.headCell(col.Head, i, i+1, "")
	}
	g.closeRow()
}

func (g grid) openHead() { g.put(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`) }

func (g grid) headCell(text string, from, to int, merge string) {
	align := document.Centre
	if g.table.Open {
		align = g.table.Columns[from].Align
	}
	g.open(from, to, merge)
	lines := setting.Balance(text, setting.Bold, g.size, g.span(from, to)-2*setting.CellPad)
	g.paragraph(look{size: g.size, align: align, before: 2, after: 2, keep: true}, document.B(joined(lines)))
	g.closeCell()
}

// open begins a cell over columns, its text in the middle of its height.
func (g grid) open(from, to int, merge string) {
	g.put(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, twips(g.span(from, to)))
	if to-from > 1 {
		g.put(`<w:gridSpan w:val="%d"/>`, to-from)
	}
	g.put(`%s<w:vAlign w:val="center"/></w:tcPr>`, merge)
}

func (g grid) row(r document.Row, keep bool) {
	g.openRow()
	at := 0
	for _, cell := range r.Cells {
		g.open(at, at+cell.Width(), "")
		g.paragraph(look{size: g.size, align: g.table.AlignAt(at, cell), before: 2, after: 2, keep: keep}, dress(r.Kind, cell.Runs)...)
		g.closeCell()
		at += cell.Width()
	}
	g.closeRow()
}

// dress gives the runs of a cell the weight of its row.
func dress(kind document.RowKind, runs document.Runs) document.Runs {
	if kind == document.BodyRow {
		return runs
	}
	dressed := make(document.Runs, len(runs))
	for i, r := range runs {
		r.Bold = true
		r.Italic = r.Italic || kind == document.SumRow
		dressed[i] = r
	}
	return dressed
}
