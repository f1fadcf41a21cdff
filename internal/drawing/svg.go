package drawing

import (
	"math"
	"strconv"
	"strings"
)

// SVG writes the drawing as an element for a page. Its class is given to the
// element; the drawing names itself and says what it shows.
func (d *Drawing) SVG(class string) string {
	var b svg
	b.raw(`<svg xmlns="http://www.w3.org/2000/svg" role="img"`)
	if class != "" {
		b.raw(` class="`)
		b.words(class)
		b.raw(`"`)
	}
	b.raw(` viewBox="0 0 `)
	b.number(d.Width)
	b.raw(" ")
	b.number(d.Height)
	b.raw(`"`)
	b.attribute("width", d.Width)
	b.attribute("height", d.Height)
	b.raw(">")
	if d.Title != "" {
		b.raw("<title>")
		b.words(d.Title)
		b.raw("</title>")
	}
	if d.Told != "" {
		b.raw("<desc>")
		b.words(d.Told)
		b.raw("</desc>")
	}
	for _, s := range d.Shapes {
		b.shape(s)
	}
	b.raw("</svg>")
	return b.String()
}

// svg writes elements, numbers to a tenth.
type svg struct{ strings.Builder }

func (b *svg) raw(s string) { b.WriteString(s) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func (b *svg) words(s string) { b.raw(escaper.Replace(s)) }

func (b *svg) number(v float64) { b.raw(strconv.FormatFloat(tenths(v)/10, 'f', -1, 64)) }

// tenths rounds to whole tenths, never to minus nought.
func tenths(v float64) float64 { return math.Round(v*10) + 0 }

func (b *svg) attribute(name string, v float64) {
	b.raw(" " + name + `="`)
	b.number(v)
	b.raw(`"`)
}

func (b *svg) shape(s Shape) {
	switch s := s.(type) {
	case Rect:
		b.raw("<rect")
		b.attribute("x", s.X)
		b.attribute("y", s.Y)
		b.attribute("width", s.W)
		b.attribute("height", s.H)
		if s.Round > 0 {
			b.attribute("rx", s.Round)
		}
		b.ink(s.Ink)
		b.raw("/>")
	case Circle:
		b.raw("<circle")
		b.attribute("cx", s.At.X)
		b.attribute("cy", s.At.Y)
		b.attribute("r", s.R)
		b.ink(s.Ink)
		b.raw("/>")
	case Path:
		b.raw(`<path d="`)
		b.steps(s.Steps)
		b.raw(`"`)
		b.ink(s.Ink)
		b.raw("/>")
	case Text:
		b.text(s)
	}
}

func (b *svg) ink(ink Ink) {
	fill := ink.Fill
	if fill == "" {
		fill = "none"
	}
	b.raw(` fill="` + string(fill) + `"`)
	if ink.Line == "" {
		return
	}
	b.raw(` stroke="` + string(ink.Line) + `"`)
	b.attribute("stroke-width", ink.Width)
	if ink.Dash > 0 {
		b.attribute("stroke-dasharray", ink.Dash)
	}
	b.raw(` stroke-linejoin="round"`)
}

func (b *svg) text(t Text) {
	b.raw("<text")
	b.attribute("x", t.At.X)
	b.attribute("y", t.At.Y)
	b.attribute("font-size", t.Size)
	if t.Bold {
		b.raw(` font-weight="600"`)
	}
	if t.Anchor != Start {
		b.raw(` text-anchor="` + map[Anchor]string{Middle: "middle", End: "end"}[t.Anchor] + `"`)
	}
	b.raw(` fill="` + string(t.Fill) + `"`)
	if t.Halo {
		b.raw(` stroke="` + string(Card) + `" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`)
	}
	b.raw(">")
	b.words(t.Words)
	b.raw("</text>")
}

// steps writes a path in steps from point to point, each a whole number of
// tenths from where the last one ended, so that nothing drifts.
func (b *svg) steps(steps []Step) {
	var x, y, startX, startY float64
	var last Op
	pair := func(p Point, first bool) {
		dx, dy := tenths(p.X)-x, tenths(p.Y)-y
		b.step(dx, first)
		b.step(dy, false)
	}
	for _, s := range steps {
		if s.Op == Close {
			b.raw("z")
			x, y, last = startX, startY, Close
			continue
		}
		const lower = 'a' - 'A' // small letters count from the point before
		first := s.Op != last || s.Op == Move
		if first {
			b.WriteByte(byte(s.Op) + lower)
		}
		if s.Op == Curve {
			pair(s.A, first)
			pair(s.B, false)
			first = false
		}
		pair(s.To, first)
		x, y, last = tenths(s.To.X), tenths(s.To.Y), s.Op
		if s.Op == Move {
			startX, startY = x, y
		}
	}
}

// step writes a number of tenths; a minus parts it from what stands before.
func (b *svg) step(tenths float64, first bool) {
	if !first && tenths >= 0 {
		b.raw(" ")
	}
	written := strconv.FormatFloat(tenths/10, 'f', -1, 64)
	if less, is := strings.CutPrefix(written, "0."); is {
		written = "." + less
	} else if less, is := strings.CutPrefix(written, "-0."); is {
		written = "-." + less
	}
	b.raw(written)
}
