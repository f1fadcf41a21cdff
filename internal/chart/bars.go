package chart

import (
	"math"

	"kith.app/internal/drawing"
)

// Bars is named quantities below each other: results against plans, units in the
// order of their rank.
type Bars struct {
	Title, Told string
	Rows        []BarRow
	Guides      []Guide // upright lines through all bars: the plan, half of it
	Keys        []Key
	Table       Table
}

// BarRow is one bar. A quantity that is not known is NaN: its place stays empty
// and Said tells why.
type BarRow struct {
	Rank   string  // "1", "2="; empty where nothing is ranked
	Name   string  // what is measured
	Value  float64 // how long the bar is
	Plan   float64 // where its plan stands; NaN where there is none
	Said   string  // value and plan as people write them: "11/12 xã"
	Tone   Tone
	Strong bool // the row the page is about
}

// Guide is a line at a value.
type Guide struct {
	At   float64
	Name string
}

// Measures of bars, in pixels.
const (
	barHigh = 16.0
	barGap  = 14.0
)

// DrawBars draws each bar below its name, the value behind it, from nought.
func DrawBars(b Bars) Picture {
	if len(b.Rows) == 0 {
		return Picture{Title: b.Title, Told: b.Told, Table: b.Table}
	}
	return pictured(b.Title, b.Told, b.Table, func(width float64) *drawing.Drawing {
		d := &drawing.Drawing{Width: width}
		s := b.scaled(width)
		top := b.top()
		y := top
		var rows drawing.Drawing
		for _, r := range b.Rows {
			y = r.draw(&rows, s, y)
		}
		for _, g := range b.Guides {
			g.draw(d, s.x(g.At), top, y)
		}
		d.Add(rows.Shapes...)
		d.Height = keyed(d, b.Keys, y+2, bands)
		return d
	})
}

// top is where the first bar begins: below the names of the guides.
func (b Bars) top() float64 {
	if len(b.Guides) > 0 {
		return lineStep + 2
	}
	return 4
}

// bands shows the bar of a tone.
func bands(k Key, at drawing.Point) []drawing.Shape {
	r := drawing.Rect{X: at.X - 6, Y: at.Y - 5, W: 14, H: 10, Ink: filled(k.Tone)}
	return append([]drawing.Shape{r}, hatch(k.Tone, r)...)
}

// scale turns a value into a length.
type scale struct{ left, wide, most, full float64 }

func (s scale) x(v float64) float64 { return s.left + s.wide*min(v, s.most)/s.most }

// scaled leaves room for ranks at the left and for the longest value at the
// right.
func (b Bars) scaled(width float64) scale {
	s := scale{left: 2, full: width}
	said := 0.0
	for _, r := range b.Rows {
		if r.Rank != "" {
			s.left = max(s.left, drawing.Width(r.Rank, textSize, true)+12)
		}
		said = max(said, drawing.Width(r.Said, textSize, r.Strong))
		for _, v := range []float64{r.Value, r.Plan} {
			if !math.IsNaN(v) {
				s.most = max(s.most, v)
			}
		}
	}
	for _, g := range b.Guides {
		s.most = max(s.most, g.At)
	}
	if s.most <= 0 {
		s.most = 1
	}
	s.wide = width - s.left - 12
	if room := s.wide - said - 8; room > width*0.35 {
		s.wide = room
	}
	return s
}

// draw draws the row below a height and gives where it ends.
func (r BarRow) draw(d *drawing.Drawing, s scale, y float64) float64 {
	y += textSize + 1
	if r.Rank != "" {
		d.Add(drawing.Text{At: drawing.Point{X: s.left - 10, Y: y}, Words: r.Rank, Size: textSize, Bold: true, Anchor: drawing.End, Fill: drawing.Soft})
	}
	y = written(d, drawing.Wrap(r.Name, textSize, r.Strong, s.full-s.left-4), drawing.Text{
		At: drawing.Point{X: s.left, Y: y}, Size: textSize, Bold: r.Strong, Fill: drawing.InkColour, Halo: true,
	})
	y += 5
	end := s.left
	if !math.IsNaN(r.Value) {
		bar := drawing.Rect{X: s.left, Y: y, W: max(s.x(r.Value)-s.left, 1.5), H: barHigh, Ink: filled(r.Tone)}
		d.Add(bar)
		d.Add(hatch(r.Tone, bar)...)
		end = bar.X + bar.W
	} else {
		d.Add(drawing.Rect{X: s.left, Y: y, W: s.wide, H: barHigh, Ink: drawing.Ink{Line: drawing.EdgeSoft, Width: 1, Dash: 3}})
	}
	if !math.IsNaN(r.Plan) {
		x := s.x(r.Plan)
		d.Add(drawing.Polyline(drawing.Ink{Line: drawing.InkColour, Width: 2}, drawing.Point{X: x, Y: y - 3}, drawing.Point{X: x, Y: y + barHigh + 3}))
		end = max(end, x)
	}
	words := drawing.Text{At: drawing.Point{X: end + 7, Y: y + 12.5}, Words: r.Said, Size: textSize, Bold: r.Strong, Fill: drawing.InkColour, Halo: true}
	if math.IsNaN(r.Value) {
		words.At.X = s.left + 8
	}
	if words.At.X+drawing.Width(r.Said, textSize, r.Strong) > s.full-2 {
		for _, line := range drawing.Wrap(r.Said, textSize, r.Strong, s.full-s.left-4) {
			y += lineStep
			words.At, words.Words = drawing.Point{X: s.left, Y: y + 14}, line
			d.Add(words)
		}
	} else {
		d.Add(words)
	}
	return y + barHigh + barGap - 4
}

func (g Guide) draw(d *drawing.Drawing, x, top, bottom float64) {
	d.Add(drawing.Polyline(drawing.Ink{Line: drawing.Edge, Width: 1, Dash: 4}, drawing.Point{X: x, Y: top}, drawing.Point{X: x, Y: bottom - 4}))
	anchor := drawing.Middle
	if half := drawing.Width(g.Name, smallSize, false) / 2; x+half > d.Width {
		x, anchor = d.Width-2, drawing.End
	} else if x < half {
		x, anchor = 2, drawing.Start
	}
	d.Add(drawing.Text{At: drawing.Point{X: x, Y: top - 5}, Words: g.Name, Size: smallSize, Anchor: anchor, Fill: drawing.Soft})
}

// filled is the ink of a bar of a tone. Without colours they still differ: dark,
// striped, crossed, empty and light.
func filled(t Tone) drawing.Ink {
	switch t {
	case Good, Home:
		return drawing.Ink{Fill: t.colour()}
	case Warn:
		return drawing.Ink{Fill: drawing.AmberTint, Line: t.colour(), Width: 1.2}
	case Bad, Ended:
		return drawing.Ink{Fill: drawing.Card, Line: t.colour(), Width: 1.2}
	}
	return drawing.Ink{Fill: drawing.Bar}
}

// hatch draws the stripes of a tone inside an area: leaning for Warn, crossed for
// Bad.
func hatch(t Tone, r drawing.Rect) []drawing.Shape {
	if t != Warn && t != Bad {
		return nil
	}
	ink := drawing.Ink{Line: t.colour(), Width: 0.9}
	lines := drawing.Path{Ink: ink}
	const step = 6.0
	for at := r.X - r.H + step; at < r.X+r.W; at += step {
		lines.Steps = append(lines.Steps, stripe(r, at, false)...)
		if t == Bad {
			lines.Steps = append(lines.Steps, stripe(r, at, true)...)
		}
	}
	if len(lines.Steps) == 0 {
		return nil
	}
	return []drawing.Shape{lines}
}

// stripe is one line across an area, rising or falling from a place on its lower
// or upper edge, cut at its sides.
func stripe(r drawing.Rect, at float64, falling bool) []drawing.Step {
	from, to := max(at, r.X), min(at+r.H, r.X+r.W)
	if to <= from {
		return nil
	}
	y := func(x float64) float64 {
		if falling {
			return r.Y + (x - at)
		}
		return r.Y + r.H - (x - at)
	}
	return []drawing.Step{{Op: drawing.Move, To: drawing.Point{X: from, Y: y(from)}}, {Op: drawing.Line, To: drawing.Point{X: to, Y: y(to)}}}
}
