package docx

import (
	"fmt"
	"strings"

	"kith.app/internal/document"
	"kith.app/internal/document/setting"
)

// blocks writes the text. The first of them keeps at least so many points from
// what stands above.
func (c *composer) blocks(blocks document.Blocks, width, above float64) {
	for _, b := range blocks {
		c.block(b, width, above)
		above = 0
	}
}

func (c *composer) block(b document.Block, width, above float64) {
	size := c.page.Size
	switch b := b.(type) {
	case document.Heading:
		c.heading(b, above)
	case document.Paragraph:
		c.prose(b, above)
	case document.Bases:
		for _, l := range b.Lines() {
			c.paragraph(look{size: size, align: document.Justify, before: max(3, above), first: c.page.Indent, multi: true}, document.I(l))
			above = 0
		}
	case document.List:
		c.list(b.Items, b.Marker, 0)
	case document.Fields:
		c.fields(b, width, above)
	case document.Pairs:
		c.pairs(b, width)
	case document.Table:
		c.table(b, width, above)
	case document.Box:
		c.box(b, width)
	case document.Image:
		c.image(b, width)
	case document.Picture:
		c.drawn(b, width)
	case document.Note:
		c.paragraph(look{size: size - 2, align: document.Justify, before: 3}, b.Runs...)
	case document.PageBreak:
		c.put(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
	case document.SignatureRow:
		c.signatures(b, document.Recipients{}, width)
	}
}

func (c *composer) heading(h document.Heading, above float64) {
	runs := make([]document.Run, 0, len(h.Runs)+1)
	if h.Number != "" {
		runs = append(runs, document.T(h.Number+" "))
	}
	runs = append(runs, h.Runs...)
	for i := range runs {
		runs[i].Bold = true
		runs[i].Italic = runs[i].Italic || h.Level > 2
	}
	before := 6.0
	if h.Level == 1 {
		before = 11
	}
	c.paragraph(look{
		style: fmt.Sprintf("Heading%d", min(max(h.Level, 1), 3)), size: c.page.Size, before: max(before, above),
		first: c.page.Indent, keep: true, multi: true,
	}, runs...)
}

func (c *composer) prose(b document.Paragraph, above float64) {
	l := look{size: b.Size, align: b.Align, before: 6, first: c.page.Indent, keep: b.Keep, multi: true}
	if l.size == 0 {
		l.size = c.page.Size
	}
	if l.align == document.Natural {
		l.align = document.Justify
	}
	if b.Flush || l.align == document.Centre || l.align == document.Right {
		l.first = 0
	}
	if c.page.Indent == 0 {
		l.before = 8.4
	}
	if b.Space > 0 {
		l.before = b.Space
	}
	l.before = max(l.before, above)
	c.paragraph(l, b.Runs...)
}

func (c *composer) list(items []document.Item, mark string, level int) {
	if mark == "" {
		mark = "-"
	}
	for _, it := range items {
		l := look{size: c.page.Size, align: document.Justify, before: 6, first: c.page.Indent, multi: true}
		if c.page.Indent == 0 {
			hang := setting.Width(mark+" ", setting.Upright, c.page.Size)
			l.left, l.first, l.before = 4+5*float64(level)+hang, -hang, 3
		}
		c.paragraph(l, append([]document.Run{document.T(mark + " ")}, it.Runs...)...)
		c.list(it.Sub, "+", level+1)
	}
}

// fields writes a line of a form: blanks are tabs that leave dots.
func (c *composer) fields(f document.Fields, width, above float64) {
	places, fit := setting.Places(f.Items, c.page.Size, width)
	if fit {
		c.fieldLine(f.Items, places, max(3, above))
	} else {
		for _, item := range f.Items {
			c.longField(item, width, max(3, above))
			above = 0
		}
	}
	for range f.Extra {
		c.fieldLine([]document.Field{{}}, []setting.Place{{End: width}}, 3)
	}
}

func (c *composer) fieldLine(items []document.Field, places []setting.Place, before float64) {
	var tabs strings.Builder
	stop := func(at float64, leader string) {
		fmt.Fprintf(&tabs, `<w:tab w:val="left"%s w:pos="%d"/>`, leader, twips(at))
	}
	for i, item := range items {
		if i > 0 {
			stop(places[i].Label, "")
		}
		if len(item.Value) == 0 {
			stop(places[i].End, ` w:leader="dot"`)
		}
	}
	c.open(look{size: c.page.Size, before: before, multi: true, tabs: tabs.String()})
	for i, item := range items {
		if i > 0 {
			c.tab()
		}
		c.run(document.T(item.Label+" "), c.page.Size)
		for _, r := range item.Value {
			c.run(r, c.page.Size)
		}
		if len(item.Value) == 0 {
			c.tab()
		}
	}
	c.close()
}

func (c *composer) longField(item document.Field, width, before float64) {
	if places, fit := setting.Places([]document.Field{item}, c.page.Size, width); fit {
		c.fieldLine([]document.Field{item}, places, before)
		return
	}
	c.paragraph(look{size: c.page.Size, align: document.Justify, before: before, multi: true},
		append([]document.Run{document.T(item.Label + " ")}, item.Value...)...)
}

// pairs writes labels and values in two columns without lines.
func (c *composer) pairs(b document.Pairs, width float64) {
	share := b.Share
	if share == 0 {
		share = 0.35
	}
	c.space(1)
	c.openTable([]float64{width * share, width * (1 - share)}, "", 0)
	for _, pair := range b.Items {
		c.openRow()
		c.openCell(width * share)
		c.paragraph(look{size: c.page.Size, before: 2, multi: true}, document.T(pair.Label))
		c.closeCell()
		c.openCell(width * (1 - share))
		c.paragraph(look{size: c.page.Size, before: 2, multi: true}, pair.Value...)
		c.closeCell()
		c.closeRow()
	}
	c.put(`</w:tbl>`)
	c.space(0.4)
}

// box writes a framed part: a table of one cell.
func (c *composer) box(b document.Box, width float64) {
	c.space(2)
	c.openTable([]float64{width}, "4", 0)
	c.put(`<w:tr>`)
	c.openCell(width)
	if b.Title != "" {
		c.paragraph(look{size: c.page.Size, align: document.Centre, before: 3, keep: true}, document.B(b.Title))
	}
	c.blocks(b.Blocks, width-2*setting.CellPad, 0)
	c.space(1)
	c.closeCell()
	c.closeRow()
	c.put(`</w:tbl>`)
	c.space(0.4)
}
