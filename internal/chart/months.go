package chart

import (
	"math"

	"kith.app/internal/drawing"
)

// Months is a small chart for each target: twelve months of this year as bars,
// those of last year as dots on a line.
type Months struct {
	Title, Told string
	Names       [12]string // of the months, as short as they are said: "1", "T1"
	Panels      []Panel
	Now, Before string // what bars and line are called, below
	BreakSaid   string // what the break mark means; empty where no panel has one
	Table       Table
}

// Panel is one small chart.
type Panel struct {
	Name   string
	Said   string      // the year so far, in words
	Now    [12]float64 // NaN where nothing is known yet
	Before [12]float64
	Break  int // number of the month from which another standard counts, 1 to 12; 0 for none
}

// Measures of small charts, in pixels.
const (
	panelHigh  = 74.0
	panelLeast = 220.0
	panelGap   = 20.0
)

// DrawMonths draws the panels side by side, as many as fit, each on its own
// scale from nought.
func DrawMonths(m Months) Picture {
	if len(m.Panels) == 0 {
		return Picture{Title: m.Title, Told: m.Told, Table: m.Table}
	}
	return pictured(m.Title, m.Told, m.Table, func(width float64) *drawing.Drawing { return m.drawn(width, m.rows(width)) })
}

// panelRow is small charts beside each other.
type panelRow struct {
	panels     []Panel
	wide, head float64 // width of each, and how high its words stand
}

// high is how much of a drawing a row takes.
func (r panelRow) high() float64 { return r.head + panelHigh + 24 + panelGap/2 }

// rows puts as many panels beside each other as fit a width.
func (m Months) rows(width float64) []panelRow {
	columns := min(max(1, int((width+panelGap)/(panelLeast+panelGap))), len(m.Panels))
	wide := (width - float64(columns-1)*panelGap) / float64(columns)
	var rows []panelRow
	for from := 0; from < len(m.Panels); from += columns {
		r := panelRow{panels: m.Panels[from:min(from+columns, len(m.Panels))], wide: wide}
		lines := 0
		for _, p := range r.panels {
			lines = max(lines, len(drawing.Wrap(p.Name, textSize, true, wide-4))+len(drawing.Wrap(p.Said, smallSize, false, wide-4)))
		}
		r.head = float64(lines)*lineStep + 6
		rows = append(rows, r)
	}
	return rows
}

// drawn draws rows of panels below each other, and what their signs mean.
func (m Months) drawn(width float64, rows []panelRow) *drawing.Drawing {
	d := &drawing.Drawing{Width: width}
	y := 2.0
	for _, r := range rows {
		for i, p := range r.panels {
			m.panel(d, p, box{float64(i) * (r.wide + panelGap), y, r.wide, r.head})
		}
		y += r.high()
	}
	d.Height = m.explained(d, y-4)
	return d
}

// panel draws one small chart: its words in the box, the bars below it.
func (m Months) panel(d *drawing.Drawing, p Panel, head box) {
	last := written(d, drawing.Wrap(p.Name, textSize, true, head.w-4), drawing.Text{
		At: drawing.Point{X: head.x, Y: head.y + textSize}, Size: textSize, Bold: true, Fill: drawing.InkColour,
	})
	written(d, drawing.Wrap(p.Said, smallSize, false, head.w-4), drawing.Text{
		At: drawing.Point{X: head.x, Y: last + lineStep - 1}, Size: smallSize, Fill: drawing.Soft,
	})
	most := 0.0
	for _, v := range append(p.Now[:], p.Before[:]...) {
		if !math.IsNaN(v) {
			most = max(most, v)
		}
	}
	if most == 0 {
		most = 1
	}
	floor := head.y + head.h + panelHigh
	step := head.w / 12
	middle := func(i int) float64 { return head.x + step*(float64(i)+0.5) }
	high := func(v float64) float64 { return v / most * (panelHigh - 6) }
	for i, v := range p.Now {
		if !math.IsNaN(v) && v > 0 {
			tall := max(high(v), 1.5)
			d.Add(drawing.Rect{X: middle(i) - step*0.34, Y: floor - tall, W: step * 0.68, H: tall, Ink: drawing.Ink{Fill: drawing.Lacquer}})
		}
		d.Add(drawing.Text{At: drawing.Point{X: middle(i), Y: floor + 13}, Words: m.Names[i], Size: 10.5, Anchor: drawing.Middle, Fill: drawing.Soft})
	}
	d.Add(drawing.Polyline(drawing.Ink{Line: drawing.Edge, Width: 1}, drawing.Point{X: head.x, Y: floor}, drawing.Point{X: head.x + head.w, Y: floor}))
	before(d, p.Before, func(i int, v float64) drawing.Point { return drawing.Point{X: middle(i), Y: floor - high(v)} })
	if p.Break >= 1 && p.Break <= 12 {
		breakMark(d, head.x+step*float64(p.Break-1), floor-panelHigh, floor+4)
	}
}

// before draws last year: dots, joined where months follow each other.
func before(d *drawing.Drawing, values [12]float64, at func(int, float64) drawing.Point) {
	line := drawing.Ink{Line: drawing.InkColour, Width: 1.1}
	for i := 1; i < 12; i++ {
		if !math.IsNaN(values[i-1]) && !math.IsNaN(values[i]) {
			d.Add(drawing.Polyline(line, at(i-1, values[i-1]), at(i, values[i])))
		}
	}
	for i, v := range values {
		if !math.IsNaN(v) {
			d.Add(drawing.Circle{At: at(i, v), R: 2, Ink: drawing.Ink{Fill: drawing.Card, Line: drawing.InkColour, Width: 1.1}})
		}
	}
}

// breakMark draws two slanting strokes on an upright line: what stands left of
// it and right of it is not measured alike.
func breakMark(d *drawing.Drawing, x, top, bottom float64) {
	ink := drawing.Ink{Line: drawing.Amber, Width: 1.4}
	dashed := ink
	dashed.Dash = 3
	d.Add(drawing.Polyline(dashed, drawing.Point{X: x, Y: top}, drawing.Point{X: x, Y: bottom}))
	for _, dx := range []float64{-1.5, 2.5} {
		d.Add(drawing.Polyline(ink, drawing.Point{X: x + dx - 3, Y: bottom}, drawing.Point{X: x + dx + 2, Y: bottom - 9}))
	}
}

// explained writes below what bars, line and break mean.
func (m Months) explained(d *drawing.Drawing, y float64) float64 {
	keys := []Key{{Home, m.Now}, {Plain, m.Before}}
	if m.BreakSaid != "" {
		keys = append(keys, Key{Warn, m.BreakSaid})
	}
	return keyed(d, keys, y, func(k Key, at drawing.Point) []drawing.Shape {
		switch k.Tone {
		case Home:
			return []drawing.Shape{drawing.Rect{X: at.X - 4, Y: at.Y - 5, W: 8, H: 10, Ink: drawing.Ink{Fill: drawing.Lacquer}}}
		case Warn:
			var mark drawing.Drawing
			breakMark(&mark, at.X, at.Y-6, at.Y+5)
			return mark.Shapes
		}
		return []drawing.Shape{
			drawing.Polyline(drawing.Ink{Line: drawing.InkColour, Width: 1.1}, drawing.Point{X: at.X - 6, Y: at.Y}, drawing.Point{X: at.X + 6, Y: at.Y}),
			drawing.Circle{At: at, R: 2, Ink: drawing.Ink{Fill: drawing.Card, Line: drawing.InkColour, Width: 1.1}},
		}
	})
}
