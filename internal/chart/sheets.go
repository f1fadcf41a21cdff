package chart

import (
	"kith.app/internal/drawing"
)

// Leaf is the room for drawings on a page of a paper, in pixels of a drawing: so
// wide that its words are printed large enough to read, and so deep that it fills
// the page.
type Leaf struct {
	Width, Depth float64
	Last         float64 // depth of the last page, where people sign
}

// columnGap stands between two columns of bars.
const columnGap = 36.0

// Sheets draws the bars in two columns on as many pages as they take; all have the
// same scale. The last ones stand in columns of the same length.
func (b Bars) Sheets(l Leaf) []Picture {
	wide := (l.Width - columnGap) / 2
	s := b.scaled(wide)
	tall := make([]float64, len(b.Rows))
	for i, r := range b.Rows {
		tall[i] = r.draw(&drawing.Drawing{}, s, 0)
	}
	frame := b.top() + keyed(&drawing.Drawing{Width: l.Width}, b.Keys, 2, bands)
	var sheets []Picture
	for from := 0; from < len(b.Rows); {
		middle, to := columns(tall[from:], l.Depth-frame, l.Last-frame)
		middle, to = from+middle, from+to
		part := b
		part.Rows, part.Table = b.Rows[from:to], Table{}
		p := DrawBars(part) // a page on a phone shows these one below the other
		p.Wide = b.columned(l.Width, wide, s, from, middle, to)
		p.Wide.Title, p.Wide.Told = b.Title, b.Told
		sheets = append(sheets, p)
		from = to
	}
	return sheets
}

// columns tells how many rows stand in the first column of a page and how many in
// both: all that are left, evenly, where they fit the last page.
func columns(tall []float64, depth, last float64) (middle, both int) {
	whole := 0.0
	for _, h := range tall {
		whole += h
	}
	middle, height := 0, 0.0
	for middle < len(tall) && height < whole/2 {
		height += tall[middle]
		middle++
	}
	if max(height, whole-height) <= last {
		return middle, len(tall)
	}
	middle = fitting(tall, depth)
	both = middle + fitting(tall[middle:], depth)
	if both == len(tall) && both > 1 && last < depth { // too deep for those who sign: one more page
		both = middle
		middle = (both + 1) / 2
	}
	return middle, max(both, 1)
}

// fitting tells how many fit below each other; the first always does.
func fitting(tall []float64, depth float64) int {
	n, height := 0, 0.0
	for n < len(tall) && (n == 0 || height+tall[n] <= depth) {
		height += tall[n]
		n++
	}
	return n
}

// columned draws some of the bars in two columns of a width.
func (b Bars) columned(full, wide float64, s scale, from, middle, to int) *drawing.Drawing {
	d := &drawing.Drawing{Width: full}
	top, deep := b.top(), 0.0
	var rows drawing.Drawing
	for i, part := range [][]BarRow{b.Rows[from:middle], b.Rows[middle:to]} {
		if len(part) == 0 {
			continue
		}
		at, y := s, top
		at.left += float64(i) * (wide + columnGap)
		at.full += float64(i) * (wide + columnGap)
		for _, r := range part {
			y = r.draw(&rows, at, y)
		}
		for _, g := range b.Guides {
			g.draw(d, at.x(g.At), top, y)
		}
		deep = max(deep, y)
	}
	d.Add(rows.Shapes...)
	d.Height = keyed(d, b.Keys, deep+2, bands)
	return d
}

// Sheets draws the small charts on as many pages as they take.
func (m Months) Sheets(l Leaf) []Picture {
	rows := m.rows(l.Width)
	frame := 2 + m.explained(&drawing.Drawing{Width: l.Width}, -4)
	var tall []float64
	for _, r := range rows {
		tall = append(tall, r.high())
	}
	var sheets []Picture
	for from := 0; from < len(rows); {
		n := fitting(tall[from:], l.Depth-frame)
		if n > 1 && from+n == len(rows) && fitting(tall[from:], l.Last-frame) < n {
			n-- // room for those who sign
		}
		part := m
		part.Panels, part.Table = nil, Table{}
		for _, r := range rows[from : from+n] {
			part.Panels = append(part.Panels, r.panels...)
		}
		p := DrawMonths(part)
		p.Wide = m.drawn(l.Width, rows[from:from+n])
		p.Wide.Title, p.Wide.Told = m.Title, m.Told
		sheets = append(sheets, p)
		from += n
	}
	return sheets
}
