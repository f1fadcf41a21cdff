// Package drawing holds a picture as data: shapes of lines, areas and words in
// colours of the house. Charts and ornaments are drawn with it once and then
// written as SVG for pages, set as lines and letters in PDF, and turned into dots
// for Word (package raster).
//
// Lengths are in units of the drawing, one of them a pixel of a page; y grows
// downwards. Nothing of it is styled by the page, so that it needs neither script
// nor style where it stands.
package drawing

import (
	"strconv"
	"strings"
)

// Colour is a colour as the style sheet writes it, "#9b1c1f"; empty draws
// nothing.
type Colour string

// The colours of the house, as they stand in the style sheet.
const (
	Paper     Colour = "#fbf9f4"
	Card      Colour = "#fffefb"
	InkColour Colour = "#1f1c18"
	Soft      Colour = "#655e54"
	Hair      Colour = "#e3dccf"
	Edge      Colour = "#91887a"
	EdgeSoft  Colour = "#c9bfae"
	Bar       Colour = "#d8cfbd"
	Lacquer   Colour = "#9b1c1f"
	Jade      Colour = "#22674a"
	JadeTint  Colour = "#e4efe6"
	Amber     Colour = "#815400"
	AmberTint Colour = "#f7ecd6"
	PlainTint Colour = "#f1ebe0"
)

// RGB gives the parts of a colour; one that is no colour is black.
func (c Colour) RGB() (r, g, b uint8) {
	v, err := strconv.ParseUint(strings.TrimPrefix(string(c), "#"), 16, 32)
	if err != nil {
		return 0, 0, 0
	}
	return uint8(v >> 16), uint8(v >> 8), uint8(v)
}

// Tokens gives the colours by their names in the style sheet.
func Tokens() map[string]Colour {
	return map[string]Colour{
		"paper": Paper, "card": Card, "ink": InkColour, "soft": Soft, "hair": Hair, "edge": Edge, "edge-soft": EdgeSoft,
		"bar": Bar, "lacquer": Lacquer, "jade": Jade, "jade-tint": JadeTint, "amber": Amber, "amber-tint": AmberTint,
		"plain-tint": PlainTint,
	}
}

// Point is a place in the drawing.
type Point struct{ X, Y float64 }

// Ink is how a shape is drawn.
type Ink struct {
	Fill  Colour
	Line  Colour
	Width float64 // of the line
	Dash  float64 // length of dashes and of the gaps between; 0 is unbroken
}

// Shape is one shape. The set is closed: every writer knows them all.
type Shape interface{ shape() }

// Rect is a rectangle, its corners perhaps round.
type Rect struct {
	X, Y, W, H float64
	Round      float64
	Ink
}

// Circle is a circle.
type Circle struct {
	At Point
	R  float64
	Ink
}

// Path is lines and curves, filled or not.
type Path struct {
	Steps []Step
	Ink
}

// Op says what a step of a path does.
type Op byte

// The steps: to a point with the pen lifted, by a line, by a curve over two
// handles, and back to where the pen came down.
const (
	Move  Op = 'M'
	Line  Op = 'L'
	Curve Op = 'C'
	Close Op = 'Z'
)

// Step is one step of a path. To is where it ends; A and B are the handles of a
// curve.
type Step struct {
	Op       Op
	A, B, To Point
}

// Anchor says which part of a line of words stands at its point.
type Anchor byte

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// Text is a line of words; the point lies on its baseline.
type Text struct {
	At     Point
	Words  string
	Size   float64
	Bold   bool
	Anchor Anchor
	Fill   Colour
	Halo   bool // a light edge around the letters, over lines and land
}

func (Rect) shape()   {}
func (Circle) shape() {}
func (Path) shape()   {}
func (Text) shape()   {}

// Drawing is a picture.
type Drawing struct {
	Width, Height float64
	Title         string // what it shows, for those who do not see it
	Told          string // the same in a sentence or two
	Shapes        []Shape
}

// Add puts shapes on top of those already there.
func (d *Drawing) Add(shapes ...Shape) { d.Shapes = append(d.Shapes, shapes...) }

// Polyline is a path from point to point.
func Polyline(ink Ink, points ...Point) Path {
	p := Path{Ink: ink}
	for i, at := range points {
		op := Line
		if i == 0 {
			op = Move
		}
		p.Steps = append(p.Steps, Step{Op: op, To: at})
	}
	return p
}

// Polygon is a closed path from point to point.
func Polygon(ink Ink, points ...Point) Path {
	p := Polyline(ink, points...)
	p.Steps = append(p.Steps, Step{Op: Close})
	return p
}
