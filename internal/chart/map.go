package chart

import (
	"math"
	"slices"
	"strconv"

	"kith.app/internal/calendar"
	"kith.app/internal/drawing"
	"kith.app/internal/world"
)

// Map is places and what joins them.
type Map struct {
	Title, Told string
	Places      []MapPlace
	Links       []MapLink
	Keys        []Key
	On          calendar.Day // the provinces of Viet Nam are drawn as of this day
	Islands     [2]string    // what Hoàng Sa and Trường Sa are called; drawn on every map that shows them
	Table       Table        // a row for each place, its number first
}

// MapPlace is one place on a map.
type MapPlace struct {
	Name string
	At   world.Spot
	Tone Tone
	Size float64 // from 0 to 1
}

// MapLink joins two places, by their numbers in the list.
type MapLink struct{ From, To int }

// DrawMap draws places on as much of the world as they need. Places that would
// hide each other share a mark with their number; a name that finds no room gives
// way to the number that its place has in the table. Places whose spot is not
// known are left to the table.
func DrawMap(m Map) Picture {
	var spots []world.Spot
	for _, p := range m.Places {
		if p.At.Known() {
			spots = append(spots, p.At)
		}
	}
	if len(spots) == 0 {
		return Picture{Title: m.Title, Told: m.Told, Table: m.Table}
	}
	return pictured(m.Title, m.Told, m.Table, func(width float64) *drawing.Drawing {
		w := looking(spots, width)
		d := &drawing.Drawing{Width: width, Height: w.high}
		m.ground(d, w, spots)
		marks := m.marks(w)
		m.links(d, marks)
		taken := m.inset(d, w, marks)
		for _, k := range slices.Backward(marks) {
			k.draw(d)
		}
		labels(d, w, marks, taken)
		d.Height = keyed(d, m.Keys, w.high, signs)
		return d
	})
}

// Colours of the ground.
const (
	sea    = drawing.Paper
	land   = drawing.Hair
	border = drawing.EdgeSoft
)

// vietNam is around all provinces.
var vietNam = limits{south: 8.3, north: 23.5, west: 102, east: 109.6}

// ground draws sea, land and borders: the provinces too where all lies in Viet
// Nam, the countries otherwise.
func (m Map) ground(d *drawing.Drawing, w window, spots []world.Spot) {
	d.Add(drawing.Rect{W: w.wide, H: w.high, Ink: drawing.Ink{Fill: sea}})
	outline := world.Coarse()
	if w.degrees() < 70 {
		outline = world.Fine()
	}
	earth := drawing.Path{Ink: drawing.Ink{Fill: land}}
	for _, polygon := range outline.Land {
		for _, ring := range polygon {
			earth.Steps = w.area(earth.Steps, ring)
		}
	}
	lines := drawing.Path{Ink: drawing.Ink{Line: border, Width: 0.8}}
	for _, b := range outline.Borders {
		lines.Steps = w.line(lines.Steps, b)
	}
	d.Add(earth)
	if inVietNam(spots) {
		m.provinces(d, w)
	} else {
		m.islands(d, w)
	}
	d.Add(lines, drawing.Rect{X: 0.5, Y: 0.5, W: w.wide - 1, H: w.high - 1, Ink: drawing.Ink{Line: drawing.Hair, Width: 1}})
}

func inVietNam(spots []world.Spot) bool {
	for _, s := range spots {
		if s.Lat < vietNam.south || s.Lat > vietNam.north || s.Lon < vietNam.west || s.Lon > vietNam.east {
			return false
		}
	}
	return true
}

// provinces draws Viet Nam's provinces over the land, the islands among them.
func (m Map) provinces(d *drawing.Drawing, w window) {
	area := drawing.Path{Ink: drawing.Ink{Fill: drawing.Card, Line: border, Width: 0.9}}
	for _, polygon := range world.Provinces(m.On).Land {
		area.Steps = w.area(area.Steps, polygon[0])
	}
	d.Add(area)
	m.islands(d, w)
}

// archipelagos are where Hoàng Sa and Trường Sa lie, and where their names do.
var archipelagos = [2]struct {
	around limits
	middle world.Spot
}{
	{limits{15.4, 17.4, 110.9, 113}, world.Spot{Lat: 16.4, Lon: 111.9}},
	{limits{6.5, 12.2, 111, 118}, world.Spot{Lat: 9.7, Lon: 114.3}},
}

// islets gives the spots of the islands of an archipelago.
func islets(of limits) []world.Spot {
	var all []world.Spot
	for _, polygon := range world.Provinces(calendar.Latest).Land {
		at := polygon[0][0]
		if at.Lat > of.south && at.Lat < of.north && at.Lon > of.west && at.Lon < of.east {
			all = append(all, at)
		}
	}
	return all
}

// islands draws the two archipelagos where the map shows them, at least as dots,
// with their names where there is room.
func (m Map) islands(d *drawing.Drawing, w window) {
	for i, a := range archipelagos {
		if !w.holds(w.spot(a.middle)) {
			continue
		}
		grid := 2.0
		if w.degrees() > 60 {
			grid = 4
		}
		dots(d, islets(a.around), grid, w.spot)
		at := w.spot(a.middle)
		at.Y += (a.middle.Lat-a.around.south)*math.Pi/180*w.scale + 10
		half := drawing.Width(m.Islands[i], 11, false) / 2
		at.X, at.Y = min(max(at.X, half+4), w.wide-half-4), min(at.Y, w.high-5)
		if w.degrees() < 60 && m.Islands[i] != "" {
			d.Add(drawing.Text{At: at, Words: m.Islands[i], Size: 11, Anchor: drawing.Middle, Fill: drawing.Soft})
		}
	}
}

// dots draws islands, one for each square of a grid in which some lie.
func dots(d *drawing.Drawing, spots []world.Spot, grid float64, place func(world.Spot) drawing.Point) {
	seen := map[drawing.Point]bool{}
	for _, s := range spots {
		at := place(s)
		at = drawing.Point{X: math.Round(at.X/grid) * grid, Y: math.Round(at.Y/grid) * grid}
		if !seen[at] {
			seen[at] = true
			d.Add(drawing.Circle{At: at, R: 0.8, Ink: drawing.Ink{Fill: drawing.Edge}})
		}
	}
}

// inset draws the archipelagos in a corner when a map of Viet Nam is too close to
// hold them, and gives the room it takes.
func (m Map) inset(d *drawing.Drawing, w window, marks []spotMark) box {
	coast := w.spot(world.Spot{Lat: min(max(w.centre.Lat, vietNam.south), vietNam.north), Lon: 106.5})
	if w.degrees() > 40 || !w.holds(coast) || w.holds(w.spot(archipelagos[0].middle)) && w.holds(w.spot(archipelagos[1].middle)) {
		return box{}
	}
	const wide, high = 98.0, 96.0
	b := freest(w, marks, wide, high)
	d.Add(drawing.Rect{X: b.x, Y: b.y, W: wide, H: high, Ink: drawing.Ink{Fill: drawing.Paper, Line: border, Width: 1}})
	names := [2]float64{b.y + 30, b.y + 90}
	for i, a := range archipelagos {
		dots(d, islets(a.around), 2, func(s world.Spot) drawing.Point {
			return drawing.Point{X: b.x + 8 + (s.Lon-110)*9.5, Y: b.y + 8 + (17.4-s.Lat)*6.6}
		})
		d.Add(drawing.Text{At: drawing.Point{X: b.x + wide/2, Y: names[i]}, Words: m.Islands[i], Size: 11, Anchor: drawing.Middle, Fill: drawing.Soft})
	}
	return b
}

// freest gives the corner in which a box hides the fewest marks, those of the sea
// first.
func freest(w window, marks []spotMark, wide, high float64) box {
	const gap = 6.0
	right, bottom := w.wide-wide-gap, w.high-high-gap
	best, least := box{}, len(marks)+1
	for _, b := range []box{{right, bottom, wide, high}, {right, gap, wide, high}, {gap, bottom, wide, high}, {gap, gap, wide, high}} {
		hidden := 0
		for _, k := range marks {
			if b.meets(box{k.at.X - k.r - gap, k.at.Y - k.r - gap, 2*k.r + 2*gap, 2*k.r + 2*gap}) {
				hidden++
			}
		}
		if hidden < least {
			best, least = b, hidden
		}
	}
	return best
}

// spotMark is one mark: a place, or several that would hide each other.
type spotMark struct {
	at      drawing.Point
	r       float64
	tone    Tone
	members []int // of the places, in their order
	name    string
}

// marks gathers places into marks.
func (m Map) marks(w window) []spotMark {
	var marks []spotMark
	for i, p := range m.Places {
		if !p.At.Known() {
			continue
		}
		at := w.spot(p.At)
		joined := false
		for j := range marks {
			k := &marks[j]
			if math.Hypot(k.at.X-at.X, k.at.Y-at.Y) < 13 && (k.tone == Home) == (p.Tone == Home) {
				k.members = append(k.members, i)
				k.r = 8.5
				joined = true
				break
			}
		}
		if !joined {
			marks = append(marks, spotMark{at: at, r: 4.5 + 3*min(max(p.Size, 0), 1), tone: p.Tone, members: []int{i}, name: p.Name})
		}
	}
	for j := range marks {
		if more := len(marks[j].members) - 1; more > 0 {
			marks[j].name += " +" + strconv.Itoa(more)
		}
	}
	return m.mixed(marks)
}

// mixed gives a mark whose places differ the plain tone.
func (m Map) mixed(marks []spotMark) []spotMark {
	for j := range marks {
		for _, i := range marks[j].members {
			if m.Places[i].Tone != marks[j].tone {
				marks[j].tone = Plain
			}
		}
	}
	return marks
}

func (k spotMark) draw(d *drawing.Drawing) {
	if len(k.members) == 1 {
		d.Add(mark(k.tone, k.at, k.r)...)
		return
	}
	d.Add(drawing.Circle{At: k.at, R: k.r, Ink: drawing.Ink{Fill: k.tone.colour(), Line: drawing.Card, Width: 1}},
		drawing.Text{
			At: drawing.Point{X: k.at.X, Y: k.at.Y + 4}, Words: strconv.Itoa(len(k.members)), Size: 11, Bold: true,
			Anchor: drawing.Middle, Fill: drawing.Card,
		})
}

// links draws a thin arc between marks, once however many places it joins.
func (m Map) links(d *drawing.Drawing, marks []spotMark) {
	of := map[int]int{}
	for j, k := range marks {
		for _, i := range k.members {
			of[i] = j
		}
	}
	drawn := map[[2]int]bool{}
	for _, l := range m.Links {
		from, known := of[l.From]
		to, knownToo := of[l.To]
		if !known || !knownToo || from == to || drawn[[2]int{from, to}] {
			continue
		}
		drawn[[2]int{from, to}] = true
		tone := marks[to].tone
		if tone == Home {
			tone = marks[from].tone
		}
		d.Add(arc(marks[from].at, marks[to].at, tone))
	}
}

// arc bends a line upwards, as flights are drawn.
func arc(a, b drawing.Point, tone Tone) drawing.Path {
	dx, dy := b.X-a.X, b.Y-a.Y
	bend := 0.16
	if dx < 0 {
		bend = -bend
	}
	lift := func(t float64) drawing.Point {
		return drawing.Point{X: a.X + dx*t + dy*bend, Y: a.Y + dy*t - dx*bend}
	}
	ink := drawing.Ink{Line: tone.colour(), Width: 1.1}
	if tone == Ended || tone == Warn {
		ink.Dash = 4
	}
	return drawing.Path{Ink: ink, Steps: []drawing.Step{
		{Op: drawing.Move, To: a}, {Op: drawing.Curve, A: lift(0.3), B: lift(0.7), To: b},
	}}
}
