package chart

import (
	"math"

	"kith.app/internal/drawing"
	"kith.app/internal/world"
)

// window is the part of the globe that a map shows, and how it becomes flat.
type window struct {
	wide, high float64 // of the drawing
	equal      bool    // equal areas over the whole world; a part of it is drawn straight
	centre     world.Spot
	scale      float64 // pixels to a radian
	shrink     float64 // of lengths east and west, where it is drawn straight
	atX, atY   float64 // where the centre comes to lie
}

// seam is the meridian along which a map of the world is cut: through the
// Atlantic, so that Viet Nam looks over the Pacific, or through the Pacific when
// nothing lies in the Americas.
func seam(spots []world.Spot) (middle float64) {
	for _, s := range spots {
		if s.Lon < -30 {
			return 150
		}
	}
	return 65
}

// turned gives a longitude counted from the middle of the map.
func turned(lon, middle float64) float64 {
	return math.Mod(lon-middle+540, 360) - 180
}

// limits are the outermost degrees of some spots, east counted from the middle.
type limits struct{ south, north, west, east float64 }

func bounds(spots []world.Spot, middle float64) limits {
	b := limits{90, -90, 180, -180}
	for _, s := range spots {
		east := turned(s.Lon, middle)
		b.south, b.north = min(b.south, s.Lat), max(b.north, s.Lat)
		b.west, b.east = min(b.west, east), max(b.east, east)
	}
	return b
}

// worldSpan is from how many degrees on the whole world is drawn.
const worldSpan = 105.0

// looking chooses the window for some spots in a drawing of a width: as close as
// they allow, never closer than some hundred kilometres.
func looking(spots []world.Spot, wide float64) window {
	high := math.Round(wide * 0.58)
	if wide < 500 {
		high = math.Round(wide * 0.95)
	}
	middle := seam(spots)
	b := bounds(spots, middle)
	if b.east-b.west > worldSpan || b.north-b.south > 75 {
		return wholeWorld(wide, middle, b)
	}
	w := window{wide: wide, high: high, centre: world.Spot{Lat: (b.south + b.north) / 2, Lon: middle + (b.west+b.east)/2}}
	w.shrink = math.Cos(w.centre.Lat * math.Pi / 180)
	const nearest = 1.6 // degrees between the edges, at least
	tall, broad := max((b.north-b.south)*1.35, nearest), max((b.east-b.west)*1.35, nearest)
	w.scale = min(high/tall, wide/(broad*w.shrink)) * 180 / math.Pi
	w.atX, w.atY = wide/2, high/2
	return w
}

// wholeWorld shows all longitudes, and latitudes without the ice of the south.
func wholeWorld(wide, middle float64, b limits) window {
	w := window{wide: wide, equal: true, centre: world.Spot{Lon: middle}}
	// The widest parallel, the equator, just fits; a phone looks closer and lets
	// the empty ends of the world go.
	w.scale = wide / (2 * equalX(math.Pi, 0))
	w.atX = wide / 2
	if wide < 500 {
		west, east := max(b.west-12, -180), min(b.east+12, 180)
		across := equalX((east-west)*math.Pi/180, 0)
		w.scale = wide / across
		w.atX = -equalX(west*math.Pi/180, 0) * w.scale
	}
	south, north := min(b.south-8, -32), max(b.north+6, 70)
	if wide < 500 {
		south, north = min(south, -48), max(north, 74)
	}
	_, top := equalArea(0, north*math.Pi/180)
	_, bottom := equalArea(0, south*math.Pi/180)
	w.atY = top * w.scale
	w.high = math.Round((top - bottom) * w.scale)
	return w
}

// The polynomial of the Equal Earth projection (Šavrič, Patterson, Jenny 2018).
const (
	equalA1 = 1.340264
	equalA2 = -0.081106
	equalA3 = 0.000893
	equalA4 = 0.003796
)

// equalArea flattens the globe so that areas stay true.
func equalArea(lon, lat float64) (x, y float64) {
	t := math.Asin(math.Sqrt(3) / 2 * math.Sin(lat))
	t2 := t * t
	t6 := t2 * t2 * t2
	y = t * (equalA1 + equalA2*t2 + t6*(equalA3+equalA4*t2))
	x = 2 * math.Sqrt(3) * lon * math.Cos(t) / (3 * (equalA1 + 3*equalA2*t2 + t6*(7*equalA3+9*equalA4*t2)))
	return x, y
}

func equalX(lon, lat float64) float64 {
	x, _ := equalArea(lon, lat)
	return x
}

// at gives where a spot lies; east is counted from the middle of the map.
func (w window) at(lat, east float64) drawing.Point {
	if w.equal {
		x, y := equalArea(east*math.Pi/180, lat*math.Pi/180)
		return drawing.Point{X: w.atX + x*w.scale, Y: w.atY - y*w.scale}
	}
	return drawing.Point{
		X: w.atX + east*math.Pi/180*w.shrink*w.scale,
		Y: w.atY - (lat-w.centre.Lat)*math.Pi/180*w.scale,
	}
}

// spot gives where a spot lies.
func (w window) spot(s world.Spot) drawing.Point { return w.at(s.Lat, turned(s.Lon, w.centre.Lon)) }

// holds says whether a point lies on the drawing.
func (w window) holds(p drawing.Point) bool {
	return p.X >= 0 && p.X <= w.wide && p.Y >= 0 && p.Y <= w.high
}

// degrees gives how many degrees of latitude the drawing is high.
func (w window) degrees() float64 { return w.high / w.scale * 180 / math.Pi }

// area adds a ring of the globe to a path: cut at the seam, flattened, cut at
// the edges of the drawing, and thinned to what can be seen.
func (w window) area(steps []drawing.Step, ring world.Ring) []drawing.Step {
	whole := joined(ring)
	for _, shift := range []float64{-360, 0, 360} {
		turn := make([]drawing.Point, len(whole)) // in degrees: east from the middle, north
		for i, s := range whole {
			turn[i] = drawing.Point{X: s.Lon - w.centre.Lon + shift, Y: s.Lat}
		}
		turn = clip(clip(turn, -180, false, true), 180, true, true)
		flat := make([]drawing.Point, 0, len(turn))
		for _, p := range turn {
			at := w.at(p.Y, p.X)
			if n := len(flat); n == 0 || math.Hypot(at.X-flat[n-1].X, at.Y-flat[n-1].Y) > fineness {
				flat = append(flat, at)
			}
		}
		flat = clip(clip(flat, 0, false, true), w.wide, true, true)
		flat = clip(clip(flat, 0, false, false), w.high, true, false)
		if len(flat) < 3 {
			continue
		}
		for i, p := range flat {
			op := drawing.Line
			if i == 0 {
				op = drawing.Move
			}
			steps = append(steps, drawing.Step{Op: op, To: p})
		}
		steps = append(steps, drawing.Step{Op: drawing.Close})
	}
	return steps
}

// fineness is the shortest step of a coast that is drawn, in pixels.
const fineness = 0.8

// clip cuts a closed line at an upright or level line (Sutherland and Hodgman):
// what lies beyond its far side is taken off.
func clip(points []drawing.Point, edge float64, far, upright bool) []drawing.Point {
	if len(points) == 0 {
		return nil
	}
	coordinate := func(p drawing.Point) float64 {
		if upright {
			return p.X
		}
		return p.Y
	}
	inside := func(p drawing.Point) bool {
		if far {
			return coordinate(p) <= edge
		}
		return coordinate(p) >= edge
	}
	var kept []drawing.Point
	last := points[len(points)-1]
	for _, p := range points {
		if inside(p) != inside(last) {
			t := (edge - coordinate(last)) / (coordinate(p) - coordinate(last))
			kept = append(kept, drawing.Point{X: last.X + (p.X-last.X)*t, Y: last.Y + (p.Y-last.Y)*t})
		}
		if inside(p) {
			kept = append(kept, p)
		}
		last = p
	}
	return kept
}

// joined gives a ring without its jump from the far east to the far west, which
// Fiji has and the ice of the south, which is never shown.
func joined(ring world.Ring) world.Ring {
	whole := make(world.Ring, 0, len(ring))
	shift := 0.0
	for i, s := range ring {
		if s.Lat < -65 {
			return nil
		}
		if i > 0 {
			switch step := s.Lon - ring[i-1].Lon; {
			case step > 180:
				shift -= 360
			case step < -180:
				shift += 360
			}
		}
		whole = append(whole, world.Spot{Lat: s.Lat, Lon: s.Lon + shift})
	}
	return whole
}

// line adds a line of the globe to a path, as far as it is on the drawing.
func (w window) line(steps []drawing.Step, spots []world.Spot) []drawing.Step {
	var last drawing.Point
	lastEast := 0.0
	for i, s := range spots {
		east := turned(s.Lon, w.centre.Lon)
		at := w.at(s.Lat, east)
		if i > 0 && i < len(spots)-1 && math.Hypot(at.X-last.X, at.Y-last.Y) < fineness {
			continue
		}
		if from, to, seen := w.cut(last, at); i > 0 && math.Abs(east-lastEast) < 180 && seen {
			if n := len(steps); n == 0 || steps[n-1].To != from {
				steps = append(steps, drawing.Step{Op: drawing.Move, To: from})
			}
			steps = append(steps, drawing.Step{Op: drawing.Line, To: to})
		}
		last, lastEast = at, east
	}
	return steps
}

// cut gives the part of a straight line that is on the drawing (Liang and
// Barsky), and whether there is one.
func (w window) cut(a, b drawing.Point) (from, to drawing.Point, seen bool) {
	dx, dy := b.X-a.X, b.Y-a.Y
	enter, leave := 0.0, 1.0
	for _, edge := range [4][2]float64{{-dx, a.X}, {dx, w.wide - a.X}, {-dy, a.Y}, {dy, w.high - a.Y}} {
		step, room := edge[0], edge[1]
		switch {
		case step == 0 && room < 0:
			return a, b, false
		case step < 0:
			enter = max(enter, room/step)
		case step > 0:
			leave = min(leave, room/step)
		}
	}
	if enter >= leave {
		return a, b, false
	}
	from, to = a, b
	if enter > 0 {
		from = drawing.Point{X: a.X + dx*enter, Y: a.Y + dy*enter}
	}
	if leave < 1 {
		to = drawing.Point{X: a.X + dx*leave, Y: a.Y + dy*leave}
	}
	return from, to, true
}
