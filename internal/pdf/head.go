package pdf

import (
	"kith.app/internal/document"
	"kith.app/internal/document/setting"
)

// Distances between the parts of a paper, in millimetres.
const (
	gapHead      = 3.5 // between head and number line
	gapTitle     = 7.0
	gapAddress   = 5.0
	gapText      = 2.1 // six points
	gapSignature = 6.0
)

// main gives the bricks of the paper without its annexes.
func (p *press) main(label string) []brick {
	d := p.doc
	p.page = d.Page
	width := d.Page.Breadth()
	bricks := p.head(d.Head, width)
	bricks = append(bricks, p.title(d.Title, label, width)...)
	bricks = append(bricks, p.address(d.Address, width)...)
	if len(bricks) > 0 {
		first := len(bricks)
		bricks = append(bricks, p.blocks(d.Blocks, width)...)
		if len(bricks) > first {
			bricks[first].gap = max(bricks[first].gap, gapAddress)
		}
	} else {
		bricks = p.blocks(d.Blocks, width)
	}
	return append(bricks, p.closing(bricks, width)...)
}

// annex gives the bricks of an annex: number, title and note centred on top.
func (p *press) annex(page document.Page, a document.Annex) []brick {
	p.page = page
	width := page.Breadth()
	c := p.asColumn(tagTitle, p.column(a.Lines(page.Size), width*0.9, page.Size))
	title := brick{height: c.height, keep: true, draw: func(x, y float64) { c.draw(x+width*0.05, y) }}
	bricks := append([]brick{title}, p.blocks(a.Blocks, width)...)
	if len(bricks) > 1 {
		bricks[1].gap = max(bricks[1].gap, gapAddress)
	}
	return bricks
}

// column is lines set one below the other.
type column struct {
	height float64
	draw   func(x, y float64)
}

// column sets the lines of a head or title in a width, evened out where they
// are centred.
func (p *press) column(lines []document.Line, width, size float64) column {
	type set struct {
		down float64
		text string
		line document.Line
		size float64
	}
	var all []set
	type stroke struct{ down, length float64 }
	var strokes []stroke
	height := 0.0
	for _, l := range lines {
		at := l.Size
		if at == 0 {
			at = size
		}
		style := setting.Cut(l.Bold, l.Italic)
		wrapped := setting.Balance(l.Text, style, at, width)
		if l.Align != document.Centre {
			wrapped = setting.Wrap(l.Text, style, at, width)
		}
		pitch := at * 1.18 * setting.Point
		for _, text := range wrapped {
			all = append(all, set{height + baseline(at, pitch), text, l, at})
			height += pitch
		}
		if length := setting.RuleLength(l, wrapped, at, width); length > 0 {
			strokes = append(strokes, stroke{height + 0.9, length})
			height += 1.9
		}
	}
	return column{height, func(x, y float64) {
		for _, s := range all {
			style := setting.Cut(s.line.Bold, s.line.Italic)
			wide := setting.Width(s.text, style, s.size)
			from := x + offset(s.line.Align, width, wide)
			p.text(from, y+s.down, s.text, style, s.size)
			p.parted(from+wide, y+s.down)
		}
		for _, s := range strokes {
			p.rule(x+(width-s.length)/2, y+s.down, s.length)
		}
	}}
}

func offset(align document.Align, room, wide float64) float64 {
	switch align {
	case document.Centre:
		return (room - wide) / 2
	case document.Right:
		return room - wide
	}
	return 0
}

// head sets who writes: two columns above, number and place below them on one
// line; or the letterhead across the page.
func (p *press) head(h document.Head, width float64) []brick {
	if len(h.Left)+len(h.Right)+len(h.Number)+len(h.Place) == 0 {
		return nil
	}
	if h.Shape == document.Centred {
		c := p.asColumn(tagText, p.column(h.Stacked(), width, 12))
		return []brick{{height: c.height, keep: true, draw: c.draw}}
	}
	share := h.Share
	if share == 0 {
		share = 0.42
	}
	left, right := width*share, width*(1-share)
	upper := []column{{draw: func(x, y float64) {}}, {draw: func(x, y float64) {}}}
	if h.Shape == document.Letterhead {
		upper[0] = p.asColumn(tagText, p.column(h.Left, width, 12))
	} else {
		upper[0], upper[1] = p.asColumn(tagText, p.column(h.Left, left, 12)), p.asColumn(tagText, p.column(h.Right, right, 12))
	}
	lower := []column{p.asColumn(tagText, p.column(h.Number, left, 13)), p.asColumn(tagText, p.column(h.Place, right, 13))}
	above := max(upper[0].height, upper[1].height)
	below := max(lower[0].height, lower[1].height)
	gap := 0.0
	if above > 0 && below > 0 {
		gap = gapHead
		if h.Shape == document.TwoColumns {
			gap = 1.8
		}
	}
	return []brick{{height: above + gap + below, keep: true, draw: func(x, y float64) {
		upper[0].draw(x, y)
		upper[1].draw(x+left, y)
		lower[0].draw(x, y+above+gap)
		lower[1].draw(x+left, y+above+gap)
	}}}
}

// title sets the kind, the subject with its rule, and what stands below and
// beside them.
func (p *press) title(t document.Title, label string, width float64) []brick {
	if t.Empty() && label == "" {
		return nil
	}
	c := p.asColumn(tagTitle, p.column(t.Lines(label, p.page.Size), width*0.86, p.page.Size))
	side := p.asColumn(tagText, p.column(t.Beside, width*0.3, p.page.Size-1))
	return []brick{{gap: gapTitle, height: max(c.height, side.height), keep: true, draw: func(x, y float64) {
		c.draw(x+width*0.07, y)
		side.draw(x+width*0.7, y)
	}}}
}

// address sets to whom the paper goes.
func (p *press) address(a document.Address, width float64) []brick {
	size := p.page.Size
	plain := func(text string, from float64) []brick {
		return p.setProse(document.Text(text), width-from, prose{size: size})
	}
	var bricks []brick
	switch {
	case len(a.Names) == 0 && a.Label == "":
		return nil
	case a.Label == "":
		from := 0.0
		if a.Right {
			from = width * 0.5
		}
		for _, name := range a.Names {
			bricks = append(bricks, shifted(plain(name, from), from)...)
		}
	case len(a.Names) == 1:
		lines := setting.Balance(a.Label+" "+a.Names[0], setting.Upright, size, width*0.8)
		for _, l := range lines {
			bricks = append(bricks, p.setProse(document.Text(l), width, prose{size: size, align: document.Centre})...)
		}
	default:
		from := width * 0.16
		under := from + setting.Width(a.Label, setting.Upright, size)
		bricks = shifted(plain(a.Label, from), from)
		for _, l := range a.Lines() {
			bricks = append(bricks, shifted(plain(l, under), under)...)
		}
	}
	bricks[0].gap = gapAddress
	return bind(p.as(p.part(tagText), bricks))
}

// shifted moves bricks to the right.
func shifted(bricks []brick, by float64) []brick {
	for i := range bricks {
		draw := bricks[i].draw
		bricks[i].draw = func(x, y float64) { draw(x+by, y) }
	}
	return bricks
}
