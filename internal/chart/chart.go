// Package chart draws what figures and facts look like: ties on a map of the
// world, periods along the years, what became of a body, bars of plan and
// result, months beside those of the year before.
//
// Each function takes data whose words are already said in the reader's language
// and gives a Picture: drawn once for a page and once for a phone, both from the
// same data, and told as a table, which a page or paper always shows beside. The
// same data gives the same picture, to the byte. What is told by colour is also
// told by shape, so that it survives a printer without colours. No words are ever
// cut off: they wrap, or a number stands for them that the table explains.
package chart

import (
	"kith.app/internal/drawing"
)

// Widths of the two drawings, in pixels of a page. The narrow one fits a phone of
// 320 pixels inside a card.
const (
	WideWidth   = 760
	NarrowWidth = 248
)

// Picture is a chart ready to be shown.
type Picture struct {
	Title  string // what it shows
	Told   string // the same in a sentence, for those who do not see it
	Wide   *drawing.Drawing
	Narrow *drawing.Drawing
	Table  Table
}

// Table is a picture's facts in rows.
type Table struct {
	Head []string
	Rows [][]Cell
}

// Cell is one fact of a row.
type Cell struct {
	Text   string
	Ref    string // address it leads to on a page; empty where none
	Figure bool   // a number: stands at the right
}

// Figure says whether a column holds numbers.
func (t Table) Figure(column int) bool {
	return len(t.Rows) > 0 && column < len(t.Rows[0]) && t.Rows[0][column].Figure
}

// Empty says whether there is nothing to show.
func (p Picture) Empty() bool { return p.Wide == nil }

// pictured draws both drawings.
func pictured(title, told string, table Table, draw func(width float64) *drawing.Drawing) Picture {
	p := Picture{Title: title, Told: told, Table: table}
	for width, to := range map[float64]**drawing.Drawing{WideWidth: &p.Wide, NarrowWidth: &p.Narrow} {
		d := draw(width)
		d.Title, d.Told = title, told
		*to = d
	}
	return p
}

// Tone says what stands behind a mark: how a tie is kept, how a target goes.
type Tone uint8

// The tones.
const (
	Plain Tone = iota // nothing special
	Home              // where everything starts from, or what the page is about
	Good              // alive, met, in force
	Warn              // needs somebody: quiet, over half, expiring
	Bad               // late, expired, at or under half
	Ended             // of the past
)

// Key explains a tone below a picture.
type Key struct {
	Tone Tone
	Name string
}

// colour is the colour of a tone for marks and lines.
func (t Tone) colour() drawing.Colour {
	switch t {
	case Home, Bad:
		return drawing.Lacquer
	case Good:
		return drawing.Jade
	case Warn:
		return drawing.Amber
	case Ended:
		return drawing.Edge
	}
	return drawing.Soft
}

// Type sizes, in pixels.
const (
	textSize  = 13.0
	smallSize = 12.0
	lineStep  = 17.0 // from one line of words to the next
)

// mark draws the sign of a tone: a disc, a diamond, a triangle, a ring, or the
// double ring of home.
func mark(t Tone, at drawing.Point, r float64) []drawing.Shape {
	edge := drawing.Ink{Fill: t.colour(), Line: drawing.Card, Width: 1}
	switch t {
	case Home:
		return []drawing.Shape{
			drawing.Circle{At: at, R: r + 1, Ink: edge},
			drawing.Circle{At: at, R: r * 0.45, Ink: drawing.Ink{Fill: drawing.Card}},
		}
	case Warn:
		return []drawing.Shape{drawing.Polygon(edge,
			drawing.Point{X: at.X, Y: at.Y - r*1.15}, drawing.Point{X: at.X + r*1.1, Y: at.Y + r*0.85}, drawing.Point{X: at.X - r*1.1, Y: at.Y + r*0.85})}
	case Bad:
		return []drawing.Shape{drawing.Polygon(edge,
			drawing.Point{X: at.X, Y: at.Y - r*1.2}, drawing.Point{X: at.X + r*1.2, Y: at.Y}, drawing.Point{X: at.X, Y: at.Y + r*1.2}, drawing.Point{X: at.X - r*1.2, Y: at.Y})}
	case Ended:
		return []drawing.Shape{drawing.Circle{At: at, R: r - 0.5, Ink: drawing.Ink{Fill: drawing.Card, Line: t.colour(), Width: 1.6}}}
	case Plain:
		return []drawing.Shape{drawing.Circle{At: at, R: r * 0.8, Ink: edge}}
	}
	return []drawing.Shape{drawing.Circle{At: at, R: r, Ink: edge}}
}

// sample draws what a key explains, at most twelve units wide.
type sample func(k Key, at drawing.Point) []drawing.Shape

// signs is the sample of marks.
func signs(k Key, at drawing.Point) []drawing.Shape { return mark(k.Tone, at, 5) }

// keyed writes the keys below a picture, as many side by side as fit, and gives
// where they end.
func keyed(d *drawing.Drawing, keys []Key, y float64, draw sample) float64 {
	if len(keys) == 0 {
		return y
	}
	x := 8.0
	y += lineStep
	for _, k := range keys {
		wide := 24 + drawing.Width(k.Name, smallSize, false)
		if x > 8 && x+wide > d.Width {
			x, y = 8, y+lineStep+3
		}
		d.Add(draw(k, drawing.Point{X: x + 4, Y: y - 4})...)
		lines := drawing.Wrap(k.Name, smallSize, false, d.Width-x-16)
		for i, line := range lines {
			if i > 0 {
				y += lineStep
			}
			d.Add(drawing.Text{At: drawing.Point{X: x + 16, Y: y}, Words: line, Size: smallSize, Fill: drawing.InkColour})
		}
		x += wide + 10
	}
	return y + 8
}

// written writes lines of words below each other and gives the baseline of the
// last.
func written(d *drawing.Drawing, lines []string, t drawing.Text) float64 {
	step := t.Size * 1.3
	for i, line := range lines {
		t.Words = line
		if i > 0 {
			t.At.Y += step
		}
		d.Add(t)
	}
	return t.At.Y
}
