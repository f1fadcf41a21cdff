package drawing

import "math"

// Frame draws the frame of a certificate for a sheet of a size, all in
// millimetres: bands of circles joined by tangents and of saw teeth between
// lines, as on the bronze drums of Đông Sơn, and in each corner the face of a drum
// with its sun. It is drawn anew, after the way those drums are made up, not after
// any one of them.
func Frame(width, height float64) *Drawing {
	d := &Drawing{Width: width, Height: height}
	rails := []struct {
		in, line float64
	}{{7, 0.9}, {8.6, 0.25}, {11.2, 0.35}, {16.4, 0.35}, {18.4, 0.25}}
	for _, r := range rails {
		d.Add(Rect{X: r.in, Y: r.in, W: width - 2*r.in, H: height - 2*r.in, Ink: Ink{Line: Lacquer, Width: r.line}})
	}
	const corner = 28.0 // from the edge of the sheet to where the bands begin
	teeth(d, width, height, 8.6, 11.2, corner)
	circles(d, width, height, 13.8, corner)
	for _, at := range []Point{{18, 18}, {width - 18, 18}, {18, height - 18}, {width - 18, height - 18}} {
		drum(d, at, 11)
	}
	return d
}

// along runs a motif in even steps along the four sides of a sheet: where each
// comes to stand, and which way is along and inwards there.
func along(width, height, in, corner, step float64, motif func(at, ahead, inwards Point)) {
	side := func(from Point, ahead, inwards Point, long float64) {
		count := math.Round(long / step)
		for i := range int(count) {
			t := (float64(i) + 0.5) * long / count
			motif(Point{from.X + ahead.X*t, from.Y + ahead.Y*t}, Point{ahead.X * long / count, ahead.Y * long / count}, inwards)
		}
	}
	across, down := width-2*corner, height-2*corner
	side(Point{corner, in}, Point{1, 0}, Point{0, 1}, across)
	side(Point{corner, height - in}, Point{1, 0}, Point{0, -1}, across)
	side(Point{in, corner}, Point{0, 1}, Point{1, 0}, down)
	side(Point{width - in, corner}, Point{0, 1}, Point{-1, 0}, down)
}

// teeth draws a row of triangles between two rails, pointing inwards.
func teeth(d *Drawing, width, height, from, to, corner float64) {
	saw := Path{Ink: Ink{Fill: Lacquer}}
	along(width, height, from, corner, 2.4, func(at, ahead, inwards Point) {
		deep := to - from - 0.5
		saw.Steps = append(saw.Steps,
			Step{Op: Move, To: Point{at.X - ahead.X*0.42, at.Y - ahead.Y*0.42}},
			Step{Op: Line, To: Point{at.X + ahead.X*0.42, at.Y + ahead.Y*0.42}},
			Step{Op: Line, To: Point{at.X + inwards.X*deep, at.Y + inwards.Y*deep}},
			Step{Op: Close})
	})
	d.Add(saw)
}

// circles draws a row of double circles with a dot, each joined to the next by a
// line from its far side to the next one's near side.
func circles(d *Drawing, width, height, in, corner float64) {
	ink := Ink{Line: Amber, Width: 0.3}
	joins := Path{Ink: ink}
	const r = 1.75
	along(width, height, in, corner, 6.2, func(at, ahead, inwards Point) {
		d.Add(Circle{At: at, R: r, Ink: ink}, Circle{At: at, R: r * 0.58, Ink: ink}, Circle{At: at, R: 0.42, Ink: Ink{Fill: Amber}})
		joins.Steps = append(joins.Steps, tangent(at, ahead, inwards, r)...)
	})
	d.Add(joins)
}

// tangent is the line that touches a circle on its outer side and the next one on
// its inner side.
func tangent(at, ahead, inwards Point, r float64) []Step {
	long := math.Hypot(ahead.X, ahead.Y)
	sin := 2 * r / long
	cos := math.Sqrt(1 - sin*sin)
	ux, uy := ahead.X/long, ahead.Y/long
	touch := func(c Point, side float64) Point {
		// The radius to where the line touches leans along it and across.
		return Point{c.X + r*side*(ux*sin-inwards.X*cos), c.Y + r*side*(uy*sin-inwards.Y*cos)}
	}
	next := Point{at.X + ahead.X, at.Y + ahead.Y}
	return []Step{{Op: Move, To: touch(at, 1)}, {Op: Line, To: touch(next, -1)}}
}

// drum draws the face of a drum: a sun of fourteen rays, rings, a band of circles
// and one of teeth.
func drum(d *Drawing, at Point, r float64) {
	ring := func(part, line float64, colour Colour) Circle {
		return Circle{At: at, R: r * part, Ink: Ink{Line: colour, Width: line}}
	}
	face := Circle{At: at, R: r, Ink: Ink{Fill: "#ffffff", Line: Lacquer, Width: 0.7}}
	d.Add(face, ring(0.94, 0.2, Lacquer), ring(0.8, 0.25, Lacquer), ring(0.77, 0.2, Lacquer), ring(0.56, 0.25, Amber), ring(0.5, 0.2, Amber))
	band := Path{Ink: Ink{Fill: Lacquer}}
	const teethOf = 36
	for i := range teethOf {
		middle := 2 * math.Pi * (float64(i) + 0.5) / teethOf
		half := math.Pi / teethOf * 0.8
		band.Steps = append(band.Steps, ray(at, r*0.925, r*0.815, middle, half)...)
	}
	d.Add(band)
	const dots = 20
	for i := range dots {
		c := polar(at, r*0.665, 2*math.Pi*float64(i)/dots)
		d.Add(Circle{At: c, R: r * 0.075, Ink: Ink{Line: Amber, Width: 0.22}}, Circle{At: c, R: r * 0.022, Ink: Ink{Fill: Amber}})
	}
	sun := Path{Ink: Ink{Fill: Lacquer}}
	const rays = 14
	for i := range rays {
		middle := 2*math.Pi*float64(i)/rays - math.Pi/2
		half := math.Pi / rays * 0.86
		sun.Steps = append(sun.Steps, ray(at, r*0.19, r*0.47, middle, half)...)
		v := polar(at, r*0.36, middle+math.Pi/rays)
		d.Add(Circle{At: v, R: r * 0.028, Ink: Ink{Fill: Amber}})
	}
	d.Add(sun, Circle{At: at, R: r * 0.2, Ink: Ink{Fill: Lacquer}}, Circle{At: at, R: r * 0.1, Ink: Ink{Fill: "#ffffff"}}, Circle{At: at, R: r * 0.05, Ink: Ink{Fill: Lacquer}})
}

// ray is a triangle around a middle: its foot at one distance, so wide to both
// sides of an angle, its point at another.
func ray(at Point, foot, point, angle, half float64) []Step {
	return []Step{
		{Op: Move, To: polar(at, foot, angle-half)},
		{Op: Line, To: polar(at, foot, angle+half)},
		{Op: Line, To: polar(at, point, angle)},
		{Op: Close},
	}
}

func polar(at Point, r, angle float64) Point {
	sin, cos := math.Sincos(angle)
	return Point{at.X + r*cos, at.Y + r*sin}
}
