package drawing

// round is how far the handles of a curve stand from its ends, of the radius, to
// make a quarter of a circle.
const round = 0.5523

// Outline gives a rectangle or circle as a path, for writers that know no other
// shapes.
func Outline(s Shape) Path {
	switch s := s.(type) {
	case Rect:
		return s.outline()
	case Circle:
		return arcs(s.At, s.R, s.Ink)
	case Path:
		return s
	}
	return Path{}
}

func (r Rect) outline() Path {
	x, y, right, bottom := r.X, r.Y, r.X+r.W, r.Y+r.H
	if r.Round <= 0 {
		return Polygon(r.Ink, Point{x, y}, Point{right, y}, Point{right, bottom}, Point{x, bottom})
	}
	c := min(r.Round, r.W/2, r.H/2)
	h := c * (1 - round)
	return Path{Ink: r.Ink, Steps: []Step{
		{Op: Move, To: Point{x + c, y}},
		{Op: Line, To: Point{right - c, y}},
		{Op: Curve, A: Point{right - h, y}, B: Point{right, y + h}, To: Point{right, y + c}},
		{Op: Line, To: Point{right, bottom - c}},
		{Op: Curve, A: Point{right, bottom - h}, B: Point{right - h, bottom}, To: Point{right - c, bottom}},
		{Op: Line, To: Point{x + c, bottom}},
		{Op: Curve, A: Point{x + h, bottom}, B: Point{x, bottom - h}, To: Point{x, bottom - c}},
		{Op: Line, To: Point{x, y + c}},
		{Op: Curve, A: Point{x, y + h}, B: Point{x + h, y}, To: Point{x + c, y}},
		{Op: Close},
	}}
}

func arcs(c Point, r float64, ink Ink) Path {
	h := r * round
	return Path{Ink: ink, Steps: []Step{
		{Op: Move, To: Point{c.X + r, c.Y}},
		{Op: Curve, A: Point{c.X + r, c.Y + h}, B: Point{c.X + h, c.Y + r}, To: Point{c.X, c.Y + r}},
		{Op: Curve, A: Point{c.X - h, c.Y + r}, B: Point{c.X - r, c.Y + h}, To: Point{c.X - r, c.Y}},
		{Op: Curve, A: Point{c.X - r, c.Y - h}, B: Point{c.X - h, c.Y - r}, To: Point{c.X, c.Y - r}},
		{Op: Curve, A: Point{c.X + h, c.Y - r}, B: Point{c.X + r, c.Y - h}, To: Point{c.X + r, c.Y}},
		{Op: Close},
	}}
}
