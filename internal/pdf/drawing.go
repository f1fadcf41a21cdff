package pdf

import (
	"kith.app/internal/document"
	"kith.app/internal/document/setting"
	"kith.app/internal/drawing"
)

// picture sets a drawing as lines and letters, its caption below.
func (p *press) picture(b document.Picture, width float64) []brick {
	wide, high := b.Size(width, p.doc.Room(b, p.page.Depth()))
	figure := p.part(tagFigure)
	figure.alt = b.Alt
	caption := p.captioned(b.Caption, width)
	drawn := brick{gap: gapText, height: high, keep: b.Caption != "", draw: func(x, y float64) {
		p.mark(figure, func() { p.sketch(b.Of, x+(width-wide)/2, y, wide/b.Of.Width) })
	}}
	if b.Caption == "" {
		return []brick{drawn}
	}
	return append([]brick{drawn}, caption...)
}

// captioned sets what stands below a picture.
func (p *press) captioned(words string, width float64) []brick {
	if words == "" {
		return nil
	}
	return p.as(p.part(tagText), p.setProse(document.Runs{document.I(words)}, width, prose{size: p.page.Size - 1, align: document.Centre, gap: 1}))
}

// sketch draws a drawing with its upper left corner at a place, so many
// millimetres to its unit, and leaves the colours as they were.
func (p *press) sketch(d *drawing.Drawing, x, y, scale float64) {
	at := func(to drawing.Point) (float64, float64) { return x + to.X*scale, y + to.Y*scale }
	p.SetLineJoinStyle("round")
	for _, shape := range d.Shapes {
		if words, is := shape.(drawing.Text); is {
			p.words(words, at, scale)
			continue
		}
		p.path(drawing.Outline(shape), at, scale)
	}
	p.SetDashPattern(nil, 0)
	p.SetLineJoinStyle("miter")
	p.SetDrawColor(0, 0, 0)
	p.SetFillColor(0, 0, 0)
	p.SetTextColor(0, 0, 0)
}

func (p *press) path(path drawing.Path, at func(drawing.Point) (float64, float64), scale float64) {
	if len(path.Steps) == 0 {
		return
	}
	style := ""
	if path.Fill != "" {
		r, g, b := path.Fill.RGB()
		p.SetFillColor(int(r), int(g), int(b))
		style = "F"
	}
	if path.Line != "" {
		r, g, b := path.Line.RGB()
		p.SetDrawColor(int(r), int(g), int(b))
		p.SetLineWidth(path.Width * scale)
		var dash []float64
		if path.Dash > 0 {
			dash = []float64{path.Dash * scale}
		}
		p.SetDashPattern(dash, 0)
		style += "D"
	}
	if style == "" {
		return
	}
	for _, s := range path.Steps {
		toX, toY := at(s.To)
		switch s.Op {
		case drawing.Move:
			p.MoveTo(toX, toY)
		case drawing.Line:
			p.LineTo(toX, toY)
		case drawing.Curve:
			aX, aY := at(s.A)
			bX, bY := at(s.B)
			p.CurveBezierCubicTo(aX, aY, bX, bY, toX, toY)
		case drawing.Close:
			p.ClosePath()
		}
	}
	p.DrawPath(style)
}

// words sets a line of words of a drawing.
func (p *press) words(t drawing.Text, at func(drawing.Point) (float64, float64), scale float64) {
	style := setting.Cut(t.Bold, false)
	size := t.Size * scale / setting.Point
	words := setting.Clean(t.Words)
	x, y := at(t.At)
	switch wide := setting.Width(words, style, size); t.Anchor {
	case drawing.Middle:
		x -= wide / 2
	case drawing.End:
		x -= wide
	}
	r, g, b := t.Fill.RGB()
	p.SetFillColor(int(r), int(g), int(b))
	p.SetTextColor(int(r), int(g), int(b))
	if t.Halo {
		p.halo(x, y, words, hand{style, size}, 3*scale)
	}
	p.text(x, y, words, style, size)
}

// halo draws a light edge around words, so that they can be read over lines. It is
// drawn as shapes, so that the words stand in the file only once.
func (p *press) halo(x, y float64, words string, h hand, width float64) {
	r, g, b := drawing.Card.RGB()
	p.SetDrawColor(int(r), int(g), int(b))
	p.SetLineWidth(width)
	p.SetDashPattern(nil, 0)
	for _, part := range setting.Stretches(words) {
		x += p.outline(x, y, part, h, "D")
	}
}
