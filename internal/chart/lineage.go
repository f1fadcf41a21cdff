package chart

import (
	"cmp"
	"slices"

	"kith.app/internal/drawing"
)

// Lineage is bodies and what became of them.
type Lineage struct {
	Title, Told string
	Bodies      []Body
	Steps       []Passage
	Keys        []Key
	Table       Table
}

// Body is one body for the time it stood. Tone is Home for the one the page is
// about, Good for one that stands, Ended for one that does not.
type Body struct {
	Name string
	When string // "1968 – 2025"; empty where nothing is known
	Tone Tone
}

// Passage is one event: what stood before it and what came of it, by their
// numbers in the list.
type Passage struct {
	Said     string // the day or year, and what happened: "01/07/2025 · chia"
	From, To []int
}

// Measures of a lineage, in pixels.
const (
	bodyPad   = 8.0
	bodyGap   = 10.0
	bodyLeast = 132.0
	bodyMost  = 250.0
	railMost  = 420.0
	passGap   = 44.0 // at least, between columns
	railStep  = 13.0
)

// placedBody is a body with its room and its words broken into lines.
type placedBody struct {
	Body
	box
	lines       []string
	over, under []string // what is said of the event it came of, and of the one it went into
	layer       int
}

// DrawLineage draws bodies from before to after: side by side where each finds
// room, else one below the other with the events along their left edge.
func DrawLineage(l Lineage) Picture {
	if len(l.Bodies) == 0 {
		return Picture{Title: l.Title, Told: l.Told, Table: l.Table}
	}
	return pictured(l.Title, l.Told, l.Table, func(width float64) *drawing.Drawing {
		bodies := l.layered()
		layers := slices.MaxFunc(bodies, func(a, b placedBody) int { return a.layer - b.layer }).layer + 1
		d := &drawing.Drawing{Width: width}
		bottom := 0.0
		if float64(layers)*bodyLeast+float64(layers-1)*passGap <= width {
			bottom = l.columns(d, bodies, layers)
		} else {
			bottom = l.rail(d, bodies, layers)
		}
		d.Height = keyed(d, l.Keys, bottom+4, bodySign)
		return d
	})
}

func bodySign(k Key, at drawing.Point) []drawing.Shape {
	return []drawing.Shape{drawing.Rect{X: at.X - 6, Y: at.Y - 5, W: 14, H: 10, Round: 2, Ink: framed(k.Tone)}}
}

// framed is the ink of a body's box.
func framed(t Tone) drawing.Ink {
	ink := drawing.Ink{Fill: drawing.Card, Line: t.colour(), Width: 1.2}
	switch t {
	case Home:
		ink.Width = 2.4
	case Ended:
		ink.Dash = 4
		ink.Fill = drawing.Paper
	}
	return ink
}

// layered puts each body behind all it came from.
func (l Lineage) layered() []placedBody {
	bodies := make([]placedBody, len(l.Bodies))
	for i, b := range l.Bodies {
		bodies[i].Body = b
	}
	for range bodies { // at most as many rounds as there are bodies, even in a circle
		moved := false
		for _, s := range l.Steps {
			for _, from := range s.From {
				for _, to := range s.To {
					if from != to && bodies[to].layer <= bodies[from].layer && bodies[from].layer+1 < len(bodies) {
						bodies[to].layer = bodies[from].layer + 1
						moved = true
					}
				}
			}
		}
		if !moved {
			break
		}
	}
	l.nearer(bodies)
	return bodies
}

// nearer moves bodies that came from nothing to the layer before what came of
// them.
func (l Lineage) nearer(bodies []placedBody) {
	came := map[int]bool{}
	for _, s := range l.Steps {
		for _, to := range s.To {
			came[to] = true
		}
	}
	for _, s := range l.Steps {
		for _, from := range s.From {
			if came[from] {
				continue
			}
			for _, to := range s.To {
				bodies[from].layer = max(bodies[from].layer, bodies[to].layer-1)
			}
		}
	}
}

// size breaks a body's words and gives its height.
func (b *placedBody) size(width float64) {
	bold := b.Tone == Home
	b.w = width
	b.lines = drawing.Wrap(b.Name, textSize, bold, width-2*bodyPad)
	lines := len(b.lines)
	if b.When != "" {
		lines += len(drawing.Wrap(b.When, smallSize, false, width-2*bodyPad))
	}
	b.h = float64(lines)*lineStep + bodyPad
}

func (b placedBody) draw(d *drawing.Drawing) {
	d.Add(drawing.Rect{X: b.x, Y: b.y, W: b.w, H: b.h, Round: 4, Ink: framed(b.Tone)})
	last := written(d, b.lines, drawing.Text{
		At: drawing.Point{X: b.x + bodyPad, Y: b.y + bodyPad/2 + textSize}, Size: textSize, Bold: b.Tone == Home, Fill: drawing.InkColour,
	})
	written(d, drawing.Wrap(b.When, smallSize, false, b.w-2*bodyPad), drawing.Text{
		At: drawing.Point{X: b.x + bodyPad, Y: last + 16}, Size: smallSize, Fill: drawing.Soft,
	})
}

func (b placedBody) left() drawing.Point  { return drawing.Point{X: b.x, Y: b.y + b.h/2} }
func (b placedBody) right() drawing.Point { return drawing.Point{X: b.x + b.w, Y: b.y + b.h/2} }

// columns draws the bodies side by side, before at the left, and gives where they
// end.
func (l Lineage) columns(d *drawing.Drawing, bodies []placedBody, layers int) float64 {
	wide := min((d.Width-4-float64(layers-1)*passGap)/float64(layers), bodyMost)
	gap := min((d.Width-4-float64(layers)*wide)/float64(max(layers-1, 1)), 150)
	l.tell(bodies, wide)
	heights := make([]float64, layers)
	for i := range bodies {
		b := &bodies[i]
		b.size(wide)
		b.x = 2 + float64(b.layer)*(wide+gap)
		heights[b.layer] += b.room()
	}
	bottom := slices.Max(heights)
	next := make([]float64, layers)
	for i := range bodies {
		b := &bodies[i]
		b.y = 2 + (bottom-heights[b.layer])/2 + next[b.layer] + float64(len(b.over))*lineStep
		next[b.layer] += b.room()
	}
	for _, s := range l.Steps {
		s.flow(d, bodies)
	}
	for _, b := range bodies {
		b.draw(d)
		words := drawing.Text{At: drawing.Point{X: b.x, Y: b.y - 6 - float64(len(b.over)-1)*smallSize*1.3}, Size: smallSize, Fill: drawing.InkColour, Halo: true}
		written(d, b.over, words)
		words.At.Y = b.y + b.h + smallSize + 3
		written(d, b.under, words)
	}
	return bottom
}

// room is the height a body takes in its column with what is said around it.
func (b placedBody) room() float64 {
	return b.h + bodyGap + float64(len(b.over)+len(b.under))*lineStep
}

// tell puts what is said of each event over the one body that came of it, or
// under the one that went into it; else over the first that came of it.
func (l Lineage) tell(bodies []placedBody, wide float64) {
	for _, s := range l.Steps {
		lines := drawing.Wrap(s.Said, smallSize, false, wide)
		switch {
		case len(s.To) == 0:
		case len(s.To) > 1 && len(s.From) == 1:
			bodies[s.From[0]].under = append(bodies[s.From[0]].under, lines...)
		default:
			bodies[s.To[0]].over = append(bodies[s.To[0]].over, lines...)
		}
	}
}

// passed is the ink of the lines of events.
var passed = drawing.Ink{Line: drawing.Soft, Width: 1.3}

// flow draws curves from what was before to what came after.
func (s Passage) flow(d *drawing.Drawing, bodies []placedBody) {
	for _, from := range s.From {
		for _, to := range s.To {
			a, b := bodies[from].right(), bodies[to].left()
			b.X -= 5
			half := (b.X - a.X) / 2
			d.Add(drawing.Path{Ink: passed, Steps: []drawing.Step{
				{Op: drawing.Move, To: a},
				{Op: drawing.Curve, A: drawing.Point{X: a.X + half, Y: a.Y}, B: drawing.Point{X: b.X - half, Y: b.Y}, To: b},
			}}, arrow(bodies[to].left()))
		}
	}
}

// arrow is the head of an arrow that ends at a point, pointing right.
func arrow(at drawing.Point) drawing.Shape {
	return drawing.Polygon(drawing.Ink{Fill: drawing.Soft}, at, drawing.Point{X: at.X - 8, Y: at.Y - 4}, drawing.Point{X: at.X - 8, Y: at.Y + 4})
}

// rail draws the bodies one below the other, each event as a line along their
// left edge, and gives where they end.
func (l Lineage) rail(d *drawing.Drawing, bodies []placedBody, layers int) float64 {
	order := make([]int, len(bodies))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(bodies[a].layer, bodies[b].layer) })
	left := 12 + float64(len(l.Steps))*railStep
	if len(l.Steps) > 6 {
		left = 12 + 6*railStep
	}
	told := make([]bool, len(l.Steps))
	y := 2.0
	for _, i := range order {
		b := &bodies[i]
		for n, s := range l.Steps {
			if !told[n] && slices.Contains(s.To, i) {
				told[n] = true
				lines := drawing.Wrap(s.Said, smallSize, false, d.Width-left-4)
				y = written(d, lines, drawing.Text{At: drawing.Point{X: left, Y: y + smallSize + 2}, Size: smallSize, Fill: drawing.Soft}) + 6
			}
		}
		b.size(min(d.Width-left-2, railMost))
		b.x, b.y = left, y
		y += b.h + bodyGap
	}
	for n, s := range l.Steps {
		s.along(d, bodies, left-railStep*float64(n%6+1)+1)
	}
	for _, b := range bodies {
		b.draw(d)
	}
	return y - bodyGap + 4
}

// along draws an event as an upright line with a branch to each body, an arrow at
// those that came of it and a dot at those before.
func (s Passage) along(d *drawing.Drawing, bodies []placedBody, x float64) {
	var top, bottom float64
	for n, i := range slices.Concat(s.From, s.To) {
		y := bodies[i].left().Y
		if n < len(s.From) {
			y += 5 // below the branch of what it came from itself
		} else {
			y -= 5
		}
		if n == 0 {
			top, bottom = y, y
		}
		top, bottom = min(top, y), max(bottom, y)
		end := drawing.Point{X: bodies[i].x, Y: y}
		d.Add(drawing.Polyline(passed, drawing.Point{X: x, Y: y}, end))
		if n < len(s.From) {
			d.Add(drawing.Circle{At: drawing.Point{X: x, Y: y}, R: 2.5, Ink: drawing.Ink{Fill: drawing.Soft}})
		} else {
			d.Add(arrow(end))
		}
	}
	d.Add(drawing.Polyline(passed, drawing.Point{X: x, Y: top}, drawing.Point{X: x, Y: bottom}))
}
