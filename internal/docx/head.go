package docx

import (
	"kith.app/internal/document"
	"kith.app/internal/document/setting"
)

// main writes the paper without its annexes.
func (c *composer) main(label string) {
	d := c.doc
	if c.page.Frame {
		c.frame()
	}
	if room := c.above(); room > 0 {
		c.space(room)
	}
	c.head(d.Head)
	c.title(d.Title, label)
	c.address(d.Address)
	c.blocks(d.Blocks, c.page.Breadth(), 12)
	c.closing()
}

// annex writes an annex: number, title and note centred on top.
func (c *composer) annex(a document.Annex) {
	c.column(a.Lines(c.page.Size), c.page.Breadth(), c.page.Size)
	c.blocks(a.Blocks, c.page.Breadth(), 12)
}

// column writes the lines of a head or title in a column of a width: centred
// ones with breaks that make them even.
func (c *composer) column(lines []document.Line, width, size float64) {
	for _, l := range lines {
		at := l.Size
		if at == 0 {
			at = size
		}
		style := setting.Cut(l.Bold, l.Italic)
		wrapped := []string{l.Text} // Word breaks it by itself
		if l.Align == document.Centre {
			wrapped = setting.Balance(l.Text, style, at, width)
		}
		c.paragraph(look{size: at, align: l.Align, keep: true}, document.Run{Text: joined(wrapped), Bold: l.Bold, Italic: l.Italic})
		c.rule(setting.RuleLength(l, wrapped, at, width), width, l.Align)
	}
}

// cell writes a cell of lines; a cell without any still needs a paragraph.
func (c *composer) cell(lines []document.Line, wide, size float64) {
	c.openCell(wide)
	c.column(lines, wide, size)
	if len(lines) == 0 {
		c.space(0.4)
	}
	c.closeCell()
}

// head writes who writes: a table of two columns and two rows without lines,
// or the letterhead across the page.
func (c *composer) head(h document.Head) {
	if len(h.Left)+len(h.Right)+len(h.Number)+len(h.Place) == 0 {
		return
	}
	if h.Shape == document.Centred {
		c.column(h.Stacked(), c.page.Breadth(), 12)
		return
	}
	share := h.Share
	if share == 0 {
		share = 0.42
	}
	width := c.page.Breadth()
	left, right := width*share, width*(1-share)
	if h.Shape == document.Letterhead {
		c.column(h.Left, width, 12)
		c.space(3)
	}
	c.openTable([]float64{left, right}, "", 0)
	if h.Shape == document.TwoColumns {
		c.openRow()
		c.cell(h.Left, left, 12)
		c.cell(h.Right, right, 12)
		c.closeRow()
	}
	if len(h.Number)+len(h.Place) > 0 {
		c.openRow()
		c.cell(h.Number, left, 13)
		c.cell(h.Place, right, 13)
		c.closeRow()
	}
	c.put(`</w:tbl>`)
}

// title writes kind, subject and rule, and what stands below and beside them.
func (c *composer) title(t document.Title, label string) {
	if t.Empty() && label == "" {
		return
	}
	width, size := c.page.Breadth(), c.page.Size
	c.space(gapTitle)
	if len(t.Beside) > 0 {
		side := width * 0.26
		c.openTable([]float64{side, width - 2*side, side}, "", 0)
		c.openRow()
		c.cell(nil, side, size)
		c.cell(t.Lines(label, size), width-2*side, size)
		c.cell(t.Beside, side, size-1)
		c.closeRow()
		c.put(`</w:tbl>`)
		return
	}
	lines := t.Lines(label, size)
	for i := range lines {
		// A title keeps clear of the margins, so that its lines look centred.
		lines[i].Text = joined(setting.Balance(lines[i].Text, setting.Cut(lines[i].Bold, lines[i].Italic), max(lines[i].Size, 1), width*0.86))
	}
	c.column(lines, width, size)
}

func joined(lines []string) string {
	all := ""
	for i, l := range lines {
		if i > 0 {
			all += "\n"
		}
		all += l
	}
	return all
}

// gapTitle is the room above the title.
const gapTitle = 6

// address writes to whom the paper goes.
func (c *composer) address(a document.Address) {
	size, width := c.page.Size, c.page.Breadth()
	before := 14.0
	line := func(text string, l look) {
		l.size, l.before, l.keep, l.multi = size, before, true, true
		c.paragraph(l, document.T(text))
		before = 0
	}
	switch {
	case a.Label == "":
		for _, name := range a.Names {
			l := look{}
			if a.Right {
				l.left = width / 2
			}
			line(name, l)
		}
	case len(a.Names) == 1:
		for _, text := range setting.Balance(a.Label+" "+a.Names[0], setting.Upright, size, width*0.8) {
			line(text, look{align: document.Centre})
		}
	default:
		from := width * 0.16
		line(a.Label, look{left: from})
		for _, text := range a.Lines() {
			line(text, look{left: from + setting.Width(a.Label, setting.Upright, size)})
		}
	}
}
