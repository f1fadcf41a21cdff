// Package raster turns a drawing into dots, for files that cannot hold lines and
// letters: a Word file opened by any program shows the same picture.
package raster

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"

	"golang.org/x/image/vector"

	"kith.app/internal/document/setting"
	"kith.app/internal/drawing"
)

// PNG draws at so many dots to a unit of the drawing, on white.
func PNG(d *drawing.Drawing, dots float64) ([]byte, error) {
	wide, high := int(math.Ceil(d.Width*dots)), int(math.Ceil(d.Height*dots))
	const most = 8192
	if wide < 1 || high < 1 || wide > most || high > most {
		return nil, fmt.Errorf("draw %d by %d dots: too large or empty", wide, high)
	}
	s := sheet{
		to: image.NewRGBA(image.Rect(0, 0, wide, high)), pen: vector.NewRasterizer(wide, high), dots: dots,
	}
	for i := range s.to.Pix {
		s.to.Pix[i] = 0xff
	}
	for _, shape := range d.Shapes {
		s.draw(shape)
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&b, s.to); err != nil {
		return nil, fmt.Errorf("write picture: %w", err)
	}
	return b.Bytes(), nil
}

// sheet is what is drawn on.
type sheet struct {
	to    *image.RGBA
	pen   *vector.Rasterizer
	dots  float64
	areas [][]drawing.Point // gathered, to be filled together
}

func (s *sheet) draw(shape drawing.Shape) {
	switch shape := shape.(type) {
	case drawing.Text:
		s.text(shape)
	case drawing.Path:
		s.path(shape)
	default:
		s.path(drawing.Outline(shape))
	}
}

func (s *sheet) path(p drawing.Path) {
	lines := flatten(p.Steps)
	if p.Fill != "" {
		for _, l := range lines {
			s.area(l.points)
		}
		s.pour(p.Fill)
	}
	if p.Line != "" && p.Width > 0 {
		for _, l := range lines {
			s.stroke(l, p.Width/2, p.Dash)
		}
		s.pour(p.Line)
	}
}

// area adds a closed area to what the pen fills next.
func (s *sheet) area(points []drawing.Point) {
	if len(points) >= 3 {
		s.areas = append(s.areas, points)
	}
}

// pour fills what was gathered, looking only at the dots around it.
func (s *sheet) pour(c drawing.Colour) {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, points := range s.areas {
		for _, p := range points {
			left, right = min(left, p.X*s.dots), max(right, p.X*s.dots)
			top, bottom = min(top, p.Y*s.dots), max(bottom, p.Y*s.dots)
		}
	}
	around := image.Rect(int(math.Floor(left)), int(math.Floor(top)), int(math.Ceil(right))+1, int(math.Ceil(bottom))+1)
	around = around.Intersect(s.to.Bounds())
	if len(s.areas) > 0 && !around.Empty() {
		s.pen.Reset(around.Dx(), around.Dy())
		at := func(p drawing.Point) (float32, float32) {
			return float32(p.X*s.dots - float64(around.Min.X)), float32(p.Y*s.dots - float64(around.Min.Y))
		}
		for _, points := range s.areas {
			s.pen.MoveTo(at(points[0]))
			for _, p := range points[1:] {
				s.pen.LineTo(at(p))
			}
			s.pen.ClosePath()
		}
		s.pen.Draw(s.to, around, image.NewUniform(rgb(c)), image.Point{})
	}
	s.areas = s.areas[:0]
}

// rgb is a colour as pictures hold it.
func rgb(c drawing.Colour) color.RGBA {
	r, g, b := c.RGB()
	return color.RGBA{r, g, b, 0xff}
}

// text draws a line of words as outlines of the typeface of papers.
func (s *sheet) text(t drawing.Text) {
	style := setting.Cut(t.Bold, false)
	size := t.Size / setting.Point // so that it is as high as its size in units
	words := setting.Clean(t.Words)
	x := t.At.X
	switch wide := setting.Width(words, style, size); t.Anchor {
	case drawing.Middle:
		x -= wide / 2
	case drawing.End:
		x -= wide
	}
	for _, part := range setting.Stretches(words) {
		shaped := setting.Shape(part, style)
		p := drawing.Path{Ink: drawing.Ink{Fill: t.Fill}}
		at := func(s setting.Spot) drawing.Point { return drawing.Point{X: x + s.X*t.Size, Y: t.At.Y - s.Y*t.Size} }
		var pen drawing.Point
		for _, m := range shaped.Moves {
			next := step(m, pen, at)
			p.Steps = append(p.Steps, next)
			pen = next.To
		}
		if t.Halo {
			edge := p
			edge.Ink = drawing.Ink{Line: drawing.Card, Width: 3}
			s.path(edge)
		}
		s.path(p)
		x += shaped.Advance * t.Size
	}
}
