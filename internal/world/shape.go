package world

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"sync"

	"kith.app/internal/calendar"
	"kith.app/internal/place"
)

//go:embed shapes.bin.gz
var packedShapes []byte

// Ring is a closed line.
type Ring []Spot

// Polygon is an area: its outer ring first, holes after it.
type Polygon []Ring

// Shape is the area of a country or province.
type Shape struct {
	Code     string // two letters of the country, two digits of the province; empty for what has none
	Polygons []Polygon
}

// Outline is a map: the land, what it is divided into, and the lines between.
type Outline struct {
	Land    []Polygon
	Shapes  []Shape
	Borders [][]Spot // each line between two shapes, once
}

// Coarse is the world drawn for a whole page: small islands are left out.
func Coarse() *Outline { return outlines()[0]() }

// Fine is the world drawn for a part of it.
func Fine() *Outline { return outlines()[1]() }

// Provinces is Viet Nam with the provinces of a day: the 34 since the reform of
// 2025, the 63 before.
func Provinces(on calendar.Day) *Outline {
	if on >= place.Reform {
		return outlines()[2]()
	}
	return outlines()[3]()
}

// mapCount is how many maps the file holds.
const mapCount = 4

// outlines unpacks the file once and each map when it is asked for.
var outlines = sync.OnceValue(func() [mapCount]func() *Outline {
	unzip, err := gzip.NewReader(bytes.NewReader(packedShapes))
	if err != nil {
		panic(fmt.Sprintf("world: shapes: %v", err)) // the file is embedded and tested
	}
	content, err := io.ReadAll(unzip)
	if err != nil {
		panic(fmt.Sprintf("world: shapes: %v", err))
	}
	var all [mapCount]func() *Outline
	r := &unpacker{content}
	for i := range all {
		t := r.topology()
		all[i] = sync.OnceValue(t.outline)
	}
	return all
})

// unpacker reads what gen packed; the file is part of the program, so that a
// fault in it is a fault of the program.
type unpacker struct{ rest []byte }

func (r *unpacker) count() int {
	v, n := binary.Uvarint(r.rest)
	r.rest = r.rest[n:]
	return int(v)
}

func (r *unpacker) step() int {
	v, n := binary.Varint(r.rest)
	r.rest = r.rest[n:]
	return int(v)
}

func (r *unpacker) float() float64 {
	v := math.Float64frombits(binary.LittleEndian.Uint64(r.rest))
	r.rest = r.rest[8:]
	return v
}

// packed is a map whose shapes share their lines: a ring is a row of lines, a
// line read backwards where its number is below zero.
type packed struct {
	arcs   [][]Spot
	shapes []packedShape
}

type packedShape struct {
	code     string
	polygons [][][]int
}

func (r *unpacker) topology() packed {
	var scale, shift [2]float64
	for i := range 2 {
		scale[i], shift[i] = r.float(), r.float()
	}
	t := packed{arcs: make([][]Spot, r.count())}
	for i := range t.arcs {
		x, y := 0, 0
		t.arcs[i] = make([]Spot, r.count())
		for j := range t.arcs[i] {
			x, y = x+r.step(), y+r.step()
			t.arcs[i][j] = Spot{float64(y)*scale[1] + shift[1], float64(x)*scale[0] + shift[0]}
		}
	}
	t.shapes = make([]packedShape, r.count())
	for i := range t.shapes {
		size := r.count()
		t.shapes[i].code, r.rest = string(r.rest[:size]), r.rest[size:]
		t.shapes[i].polygons = make([][][]int, r.count())
		for j := range t.shapes[i].polygons {
			rings := make([][]int, r.count())
			for k := range rings {
				rings[k] = make([]int, r.count())
				for l := range rings[k] {
					rings[k][l] = r.step()
				}
			}
			t.shapes[i].polygons[j] = rings
		}
	}
	return t
}

// outline joins the lines to rings. A map that does not hold its land by itself
// is all land.
func (t packed) outline() *Outline {
	o := &Outline{}
	used := make([]int, len(t.arcs))
	for _, s := range t.shapes {
		var polygons []Polygon
		for _, rings := range s.polygons {
			var area Polygon
			for _, arcs := range rings {
				area = append(area, t.ring(arcs))
			}
			polygons = append(polygons, area)
		}
		if s.code == "land" {
			o.Land = polygons
			continue
		}
		o.Shapes = append(o.Shapes, Shape{s.code, polygons})
		t.count(used, s.polygons)
	}
	for i, n := range used {
		if n > 1 {
			o.Borders = append(o.Borders, t.arcs[i])
		}
	}
	if o.Land == nil {
		for _, s := range o.Shapes {
			o.Land = append(o.Land, s.Polygons...)
		}
	}
	return o
}

// count counts how many shapes a line is the edge of.
func (t packed) count(used []int, polygons [][][]int) {
	for _, rings := range polygons {
		for _, arcs := range rings {
			for _, at := range arcs {
				used[max(at, ^at)]++
			}
		}
	}
}

func (t packed) ring(arcs []int) Ring {
	var ring Ring
	for _, at := range arcs {
		line := t.arcs[max(at, ^at)]
		for i := range line {
			if at < 0 {
				i = len(line) - 1 - i
			}
			if len(ring) > 0 && ring[len(ring)-1] == line[i] {
				continue
			}
			ring = append(ring, line[i])
		}
	}
	return ring
}

// Holds says whether a spot lies in the shape.
func (s Shape) Holds(at Spot) bool {
	inside := false
	for _, polygon := range s.Polygons {
		for _, ring := range polygon {
			if ring.around(at) {
				inside = !inside
			}
		}
	}
	return inside
}

// around says whether a ring goes around a spot, by counting the lines it lies
// beneath.
func (r Ring) around(at Spot) bool {
	inside := false
	last := len(r) - 1
	for i, p := range r {
		q := r[last]
		if (p.Lat > at.Lat) != (q.Lat > at.Lat) && at.Lon < (q.Lon-p.Lon)*(at.Lat-p.Lat)/(q.Lat-p.Lat)+p.Lon {
			inside = !inside
		}
		last = i
	}
	return inside
}

// Middle gives the middle of the shape's largest part, so that a province with
// islands far out is shown on the mainland.
func (s Shape) Middle() Spot {
	var middle Spot
	most := 0.0
	for _, polygon := range s.Polygons {
		if area, at := polygon[0].middle(); area > most {
			most, middle = area, at
		}
	}
	return middle
}

func (r Ring) middle() (area float64, at Spot) {
	last := len(r) - 1
	var lat, lon, sum float64
	for i, p := range r {
		q := r[last]
		cross := q.Lon*p.Lat - p.Lon*q.Lat
		sum += cross
		lon += (p.Lon + q.Lon) * cross
		lat += (p.Lat + q.Lat) * cross
		last = i
	}
	if sum == 0 {
		return 0, r[0]
	}
	return math.Abs(sum / 2), Spot{lat / (3 * sum), lon / (3 * sum)}
}
