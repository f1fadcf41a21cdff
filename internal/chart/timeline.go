package chart

import (
	"strconv"

	"kith.app/internal/calendar"
	"kith.app/internal/drawing"
)

// Timeline is what lasted and what happened along the years.
type Timeline struct {
	Title, Told string
	Lanes       []Lane
	Keys        []Key
	Today       calendar.Day // a line is drawn there; 0 draws none
	TodaySaid   string       // what stands at that line
	Table       Table
}

// Lane is a line of its own: a tie, a term, a programme.
type Lane struct {
	Name  string
	Spans []Span
	Dots  []Dot
}

// Span is what lasted. An end that is not known is open: it runs to the edge and
// fades there.
type Span struct {
	During calendar.Period
	Tone   Tone
}

// Dot is what happened on a day, or some time within a longer span.
type Dot struct {
	On   calendar.Date
	Tone Tone
}

// Measures of a timeline, in pixels.
const (
	trackHigh = 10.0
	laneGap   = 12.0
	axisHigh  = 22.0
	margin    = 10.0
)

// years is the axis: its first and last day, and where they lie.
type years struct {
	from, to calendar.Day
	wide     float64
}

func (a years) x(d calendar.Day) float64 {
	d = min(max(d, a.from), a.to)
	return margin + (a.wide-2*margin)*float64(d-a.from)/float64(a.to-a.from)
}

// DrawTimeline draws lanes one below the other, each under its name, above them
// the years. A date known only to the month or year is drawn as long as it may
// be, so that nothing looks surer than it is.
func DrawTimeline(t Timeline) Picture {
	from, to, any := t.extent()
	if !any {
		return Picture{Title: t.Title, Told: t.Told, Table: t.Table}
	}
	return pictured(t.Title, t.Told, t.Table, func(width float64) *drawing.Drawing {
		d := &drawing.Drawing{Width: width}
		a := years{from, to, width}
		y := axisHigh
		var lanes drawing.Drawing // above the lines of the years
		for _, lane := range t.Lanes {
			y = lane.draw(&lanes, a, y+laneGap)
		}
		y += laneGap
		a.ticks(d, y)
		if t.Today != 0 && t.Today >= from && t.Today <= to {
			x := a.x(t.Today)
			d.Add(drawing.Polyline(drawing.Ink{Line: drawing.Lacquer, Width: 1.2, Dash: 3}, drawing.Point{X: x, Y: axisHigh}, drawing.Point{X: x, Y: y}))
			y += 13
			words := drawing.Text{At: drawing.Point{X: x, Y: y}, Words: t.TodaySaid, Size: smallSize, Fill: drawing.Lacquer, Anchor: drawing.Middle}
			if half := drawing.Width(t.TodaySaid, smallSize, false) / 2; x+half > width-2 {
				words.At.X, words.Anchor = width-2, drawing.End
			}
			d.Add(words)
		}
		d.Add(lanes.Shapes...)
		d.Height = keyed(d, t.Keys, y, timeSigns) + 2
		return d
	})
}

// timeSigns shows a period and a dot of the tone.
func timeSigns(k Key, at drawing.Point) []drawing.Shape { return mark(k.Tone, at, 4.5) }

// extent gives the first and last day of all that is drawn, whole years.
func (t Timeline) extent() (from, to calendar.Day, any bool) {
	from, to = calendar.Latest, calendar.Earliest
	see := func(d calendar.Day) {
		if d > calendar.Earliest && d < calendar.Latest {
			from, to, any = min(from, d), max(to, d), true
		}
	}
	for _, lane := range t.Lanes {
		for _, s := range lane.Spans {
			see(s.During.From)
			see(s.During.To)
		}
		for _, dot := range lane.Dots {
			if first, known := dot.On.First(); known {
				see(first)
			}
			if last, known := dot.On.Last(); known {
				see(last)
			}
		}
	}
	if any && t.Today != 0 {
		see(t.Today)
	}
	if !any {
		return 0, 0, false
	}
	return calendar.DayOf(from.Year(), 1, 1), calendar.DayOf(to.Year(), 12, 31), true
}

// ticks draws the years: every one, or every second, fifth, tenth and so on, as
// many as can be read.
func (a years) ticks(d *drawing.Drawing, bottom float64) {
	count := a.to.Year() - a.from.Year() + 1
	step := 1
	for _, s := range []int{1, 2, 5, 10, 20, 25, 50, 100, 200} {
		step = s
		if float64(count)/float64(s)*46 <= a.wide-2*margin {
			break
		}
	}
	line := drawing.Ink{Line: drawing.Hair, Width: 1}
	for year := (a.from.Year() + step - 1) / step * step; year <= a.to.Year(); year += step {
		x := a.x(calendar.DayOf(year, 1, 1))
		d.Add(drawing.Polyline(line, drawing.Point{X: x, Y: axisHigh - 4}, drawing.Point{X: x, Y: bottom}))
		anchor := drawing.Middle
		if x < 20 {
			x, anchor = 2, drawing.Start
		} else if x > a.wide-20 {
			x, anchor = a.wide-2, drawing.End
		}
		d.Add(drawing.Text{At: drawing.Point{X: x, Y: axisHigh - 8}, Words: strconv.Itoa(year), Size: smallSize, Anchor: anchor, Fill: drawing.Soft})
	}
	d.Add(drawing.Polyline(drawing.Ink{Line: drawing.EdgeSoft, Width: 1}, drawing.Point{X: 0, Y: axisHigh}, drawing.Point{X: a.wide, Y: axisHigh}))
}

// draw draws the lane below a height and gives where it ends.
func (l Lane) draw(d *drawing.Drawing, a years, y float64) float64 {
	y += textSize
	y = written(d, drawing.Wrap(l.Name, textSize, false, a.wide-2*margin), drawing.Text{
		At: drawing.Point{X: margin, Y: y}, Size: textSize, Fill: drawing.InkColour, Halo: true,
	})
	y += 7
	d.Add(drawing.Polyline(drawing.Ink{Line: drawing.EdgeSoft, Width: 1}, drawing.Point{X: margin, Y: y + trackHigh/2}, drawing.Point{X: a.wide - margin, Y: y + trackHigh/2}))
	for _, s := range l.Spans {
		s.draw(d, a, y)
	}
	for _, dot := range l.Dots {
		dot.draw(d, a, y+trackHigh/2)
	}
	return y + trackHigh
}

func (s Span) draw(d *drawing.Drawing, a years, y float64) {
	from, to := a.x(s.During.From), a.x(s.During.To)
	r := drawing.Rect{X: from, Y: y, W: max(to-from, 2), H: trackHigh, Round: 2, Ink: tinted(s.Tone)}
	d.Add(r)
	d.Add(hatch(s.Tone, r)...)
	fade := drawing.Ink{Line: s.Tone.colour(), Width: 1.6, Dash: 3}
	if s.During.From <= calendar.Earliest || s.During.From < a.from {
		d.Add(drawing.Polyline(fade, drawing.Point{X: from, Y: y + trackHigh/2}, drawing.Point{X: 0, Y: y + trackHigh/2}))
	}
	if s.During.To >= calendar.Latest || s.During.To > a.to {
		d.Add(drawing.Polygon(drawing.Ink{Fill: s.Tone.colour()}, drawing.Point{X: to, Y: y}, drawing.Point{X: to + margin - 2, Y: y + trackHigh/2}, drawing.Point{X: to, Y: y + trackHigh}))
	}
}

// tinted is the ink of an area of a tone: its edge dark, its inside light.
func tinted(t Tone) drawing.Ink {
	fill := map[Tone]drawing.Colour{Good: drawing.JadeTint, Warn: drawing.AmberTint, Bad: drawing.Card, Home: drawing.Lacquer, Ended: drawing.Card, Plain: drawing.Bar}[t]
	return drawing.Ink{Fill: fill, Line: t.colour(), Width: 1.2}
}

func (o Dot) draw(d *drawing.Drawing, a years, y float64) {
	first, known := o.On.First()
	last, knownToo := o.On.Last()
	if !known || !knownToo {
		return
	}
	from, to := a.x(first), a.x(last)
	if to-from > 9 {
		d.Add(drawing.Rect{X: from, Y: y - 3, W: to - from, H: 6, Round: 3, Ink: drawing.Ink{Fill: drawing.Card, Line: o.Tone.colour(), Width: 1.2}})
	}
	d.Add(mark(o.Tone, drawing.Point{X: (from + to) / 2, Y: y}, 4.5)...)
}
