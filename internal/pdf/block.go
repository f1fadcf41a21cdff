package pdf

import (
	"fmt"
	"strings"

	"kith.app/internal/document"
	"kith.app/internal/document/setting"
)

// blocks gives the bricks of the text.
func (p *press) blocks(blocks document.Blocks, width float64) []brick {
	var bricks []brick
	fresh := false
	for _, b := range blocks {
		if _, isBreak := b.(document.PageBreak); isBreak {
			fresh = true
			continue
		}
		more := p.block(b, width)
		if len(more) > 0 {
			more[0].fresh = more[0].fresh || fresh
			fresh = false
		}
		bricks = append(bricks, more...)
	}
	return bricks
}

// block gives the bricks of one block.
func (p *press) block(b document.Block, width float64) []brick {
	size := p.page.Size
	switch b := b.(type) {
	case document.Heading:
		return p.as(p.part(fmt.Sprintf("H%d", min(b.Level+1, 6))), p.heading(b, width))
	case document.Paragraph:
		return p.as(p.part(tagText), p.paragraph(b, width))
	case document.Bases:
		var bricks []brick
		for _, l := range b.Lines() {
			bricks = append(bricks, p.as(p.part(tagText), p.setProse(document.Runs{document.I(l)}, width,
				prose{size: size, indent: p.page.Indent, align: document.Justify, gap: gapText / 2}))...)
		}
		return bricks
	case document.List:
		return p.list(b.Items, marker(b.Marker), 0, width)
	case document.Fields:
		return p.as(p.part(tagText), p.fields(b, width))
	case document.Pairs:
		return p.as(p.part(tagText), p.pairs(b, width))
	case document.Table:
		return p.table(b, width)
	case document.Box:
		return p.box(b, width)
	case document.Image:
		return p.image(b, width)
	case document.Picture:
		return p.picture(b, width)
	case document.Note:
		return p.as(p.part(tagText), p.setProse(b.Runs, width, prose{size: size - 2, gap: gapText / 2, align: document.Justify, tight: true}))
	case document.SignatureRow:
		return p.signatures(b, nil, width)
	}
	return nil
}

func (p *press) heading(h document.Heading, width float64) []brick {
	runs := make(document.Runs, 0, len(h.Runs)+1)
	if h.Number != "" {
		runs = append(runs, document.T(h.Number+" "))
	}
	runs = append(runs, h.Runs...)
	for i := range runs {
		runs[i].Bold = true
		runs[i].Italic = runs[i].Italic || h.Level > 2
	}
	gap := gapText
	if h.Level == 1 {
		gap = gapText * 1.8
	}
	return p.setProse(runs, width, prose{size: p.page.Size, indent: p.page.Indent, gap: gap, keep: true})
}

func (p *press) paragraph(b document.Paragraph, width float64) []brick {
	s := prose{size: b.Size, indent: p.page.Indent, align: b.Align, gap: gapText, keep: b.Keep}
	if s.size == 0 {
		s.size = p.page.Size
	}
	if s.align == document.Natural {
		s.align = document.Justify
	}
	if b.Flush || s.align == document.Centre || s.align == document.Right {
		s.indent = 0
	}
	if p.page.Indent == 0 {
		s.gap = gapText * 1.4
	}
	if b.Space > 0 {
		s.gap = b.Space * setting.Point
	}
	return p.setProse(b.Runs, width, s)
}

func marker(m string) string {
	if m == "" {
		return "-"
	}
	return m
}

// list sets items: in Vietnamese papers as paragraphs that begin with the
// marker, elsewhere hanging from it.
func (p *press) list(items []document.Item, mark string, level int, width float64) []brick {
	return p.within(p.part(tagList), func() []brick { return p.items(items, mark, level, width) })
}

func (p *press) items(items []document.Item, mark string, level int, width float64) []brick {
	var bricks []brick
	for _, it := range items {
		runs := append(document.Runs{document.T(mark + " ")}, it.Runs...)
		s := prose{size: p.page.Size, indent: p.page.Indent, align: document.Justify, gap: gapText}
		if p.page.Indent == 0 {
			s.indent = 4 + 5*float64(level)
			s.hang = s.indent + setting.Width(mark+" ", setting.Upright, p.page.Size)
			s.gap = gapText / 2
		}
		bricks = append(bricks, p.within(p.part(tagItem), func() []brick {
			own := p.as(p.part(tagBody), p.setProse(runs, width, s))
			if len(it.Sub) > 0 {
				own = append(own, p.list(it.Sub, "+", level+1, width)...)
			}
			return own
		})...)
	}
	return bricks
}

// fields sets a line of a form. When the fields do not fit side by side each
// gets its own line.
func (p *press) fields(f document.Fields, width float64) []brick {
	size := p.page.Size
	places, fit := setting.Places(f.Items, size, width)
	var bricks []brick
	if fit {
		bricks = []brick{p.fieldLine(f.Items, places, width)}
	} else {
		for _, item := range f.Items {
			bricks = append(bricks, p.longField(item, width)...)
		}
	}
	for range f.Extra {
		bricks = append(bricks, p.fieldLine([]document.Field{{}}, []setting.Place{{End: width}}, width))
	}
	if len(bricks) > 0 {
		bricks[0].gap = gapText / 2
	}
	return bind(bricks)
}

func (p *press) fieldLine(items []document.Field, places []setting.Place, width float64) brick {
	size, pitch := p.page.Size, p.page.Pitch(p.page.Size)*1.08
	down := baseline(size, pitch)
	return brick{height: pitch, draw: func(x, y float64) {
		for i, item := range items {
			at := places[i]
			p.text(x+at.Label, y+down, setting.Clean(item.Label), setting.Upright, size)
			if len(item.Value) == 0 {
				p.dots(x+at.Value, x+at.End, y+down, size)
				continue
			}
			for _, l := range breakLines(wordsOf(item.Value, size), width, 0) {
				p.setLine(l, x+at.Value, y+down, width, document.Left)
			}
		}
	}}
}

// longField sets a field that fills lines of its own.
func (p *press) longField(item document.Field, width float64) []brick {
	if places, fit := setting.Places([]document.Field{item}, p.page.Size, width); fit {
		return []brick{p.fieldLine([]document.Field{item}, places, width)}
	}
	runs := append(document.Runs{document.T(item.Label + " ")}, item.Value...)
	return p.setProse(runs, width, prose{size: p.page.Size, align: document.Justify})
}

// dots draws a row of dots to write on. They end at the same place on every
// line.
func (p *press) dots(from, to, y, size float64) {
	dot := setting.Width(".", setting.Upright, size)
	n := int((to - from) / dot)
	if n > 0 {
		p.text(to-float64(n)*dot, y, strings.Repeat(".", n), setting.Upright, size)
	}
}

// pairs sets labels and values in two columns.
func (p *press) pairs(b document.Pairs, width float64) []brick {
	share := b.Share
	if share == 0 {
		share = 0.35
	}
	left := width * share
	bricks := make([]brick, 0, len(b.Items))
	for _, pair := range b.Items {
		label := p.setProse(document.Text(pair.Label), left-3, prose{size: p.page.Size})
		value := p.setProse(pair.Value, width-left, prose{size: p.page.Size})
		bricks = append(bricks, brick{gap: gapText / 3, height: max(tall(label), tall(value)), draw: func(x, y float64) {
			p.stack(label, x, y)
			p.stack(value, x+left, y)
		}})
	}
	if len(bricks) > 0 {
		bricks[0].gap = gapText
	}
	return bricks
}

// box frames its blocks. One that is longer than a page loses its frame rather
// than its end.
func (p *press) box(b document.Box, width float64) []brick {
	const pad = 3.5
	inner := p.within(p.part(tagBox), func() []brick {
		var title []brick
		if b.Title != "" {
			title = p.as(p.part(tagText), p.setProse(document.Runs{document.B(b.Title)}, width-2*pad, prose{size: p.page.Size, align: document.Centre, keep: true}))
		}
		return append(title, p.blocks(b.Blocks, width-2*pad)...)
	})
	height := tall(inner) + 2*pad
	if height > p.page.Depth() {
		return inner
	}
	return []brick{{gap: gapText, height: height, draw: func(x, y float64) {
		p.aside(func() {
			p.SetLineWidth(0.25)
			p.Rect(x, y, width, height, "D")
		})
		p.stack(inner, x+pad, y+pad)
	}}}
}
