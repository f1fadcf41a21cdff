package raster

import (
	"math"

	"kith.app/internal/document/setting"
	"kith.app/internal/drawing"
)

// trace is a line from point to point.
type trace struct {
	points []drawing.Point
	closed bool
}

// flatten makes straight lines of a path.
func flatten(steps []drawing.Step) []trace {
	var all []trace
	var now trace
	end := func(closed bool) {
		if len(now.points) > 0 {
			now.closed = closed
			all = append(all, now)
		}
		now = trace{}
	}
	for _, s := range steps {
		switch s.Op {
		case drawing.Move:
			end(false)
			now.points = append(now.points, s.To)
		case drawing.Line:
			now.points = append(now.points, s.To)
		case drawing.Curve:
			now.points = curve(now.points, s)
		case drawing.Close:
			end(true)
		}
	}
	end(false)
	return all
}

// curve adds a curve in short straight pieces.
func curve(points []drawing.Point, s drawing.Step) []drawing.Point {
	if len(points) == 0 {
		return append(points, s.To)
	}
	from := points[len(points)-1]
	long := distance(from, s.A) + distance(s.A, s.B) + distance(s.B, s.To)
	pieces := min(max(4, int(long/3)), 60)
	for i := 1; i <= pieces; i++ {
		t := float64(i) / float64(pieces)
		u := 1 - t
		a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		points = append(points, drawing.Point{
			X: a*from.X + b*s.A.X + c*s.B.X + d*s.To.X,
			Y: a*from.Y + b*s.A.Y + c*s.B.Y + d*s.To.Y,
		})
	}
	return points
}

func distance(a, b drawing.Point) float64 { return math.Hypot(b.X-a.X, b.Y-a.Y) }

// stroke adds the area of a line: a box for each piece and a disc at each joint.
func (s *sheet) stroke(l trace, half, dash float64) {
	points := l.points
	if l.closed && len(points) > 1 {
		points = append(points[:len(points):len(points)], points[0])
	}
	if dash > 0 {
		for _, piece := range dashes(points, dash) {
			s.stroke(trace{points: piece}, half, 0)
		}
		return
	}
	for i := 1; i < len(points); i++ {
		s.piece(points[i-1], points[i], half)
		if half*s.dots > 0.8 && (i+1 < len(points) || l.closed) {
			s.joint(points[i], half)
		}
	}
}

// piece adds a box along a line, always turned the same way, so that boxes that
// overlap do not take each other out.
func (s *sheet) piece(a, b drawing.Point, half float64) {
	long := distance(a, b)
	if long == 0 {
		return
	}
	dx, dy := (b.Y-a.Y)/long*half, -(b.X-a.X)/long*half
	s.area([]drawing.Point{{X: a.X + dx, Y: a.Y + dy}, {X: b.X + dx, Y: b.Y + dy}, {X: b.X - dx, Y: b.Y - dy}, {X: a.X - dx, Y: a.Y - dy}})
}

// joint adds a disc, turned like the boxes.
func (s *sheet) joint(at drawing.Point, half float64) {
	const corners = 10
	disc := make([]drawing.Point, corners)
	for i := range disc {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		disc[i] = drawing.Point{X: at.X + half*cos, Y: at.Y + half*sin}
	}
	s.area(disc)
}

// dashes cuts a line into pieces as long as the gaps between them.
func dashes(points []drawing.Point, dash float64) [][]drawing.Point {
	var all [][]drawing.Point
	var now []drawing.Point
	left, drawn := dash, true
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		long := distance(a, b)
		if long == 0 {
			continue
		}
		for done := 0.0; done < long; {
			step := min(left, long-done)
			from, to := along(a, b, done/long), along(a, b, (done+step)/long)
			if drawn {
				if len(now) == 0 {
					now = append(now, from)
				}
				now = append(now, to)
			}
			done += step
			if left -= step; left <= 0 {
				if drawn {
					all, now = append(all, now), nil
				}
				left, drawn = dash, !drawn
			}
		}
	}
	if len(now) > 0 {
		all = append(all, now)
	}
	return all
}

func along(a, b drawing.Point, t float64) drawing.Point {
	return drawing.Point{X: a.X + (b.X-a.X)*t, Y: a.Y + (b.Y-a.Y)*t}
}

// step turns a move of a letter's outline into a step of a path. A curve with one
// handle gets two that lean on it.
func step(m setting.Move, from drawing.Point, at func(setting.Spot) drawing.Point) drawing.Step {
	last := at(m.Spots[len(m.Spots)-1])
	switch {
	case m.Lift:
		return drawing.Step{Op: drawing.Move, To: last}
	case len(m.Spots) == 1:
		return drawing.Step{Op: drawing.Line, To: last}
	case len(m.Spots) == 3:
		return drawing.Step{Op: drawing.Curve, A: at(m.Spots[0]), B: at(m.Spots[1]), To: last}
	}
	handle := at(m.Spots[0])
	return drawing.Step{Op: drawing.Curve, A: along(from, handle, 2.0/3), B: along(last, handle, 2.0/3), To: last}
}
