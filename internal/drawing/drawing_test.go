package drawing

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestSVGIsWellFormedWhateverTheWords(t *testing.T) {
	d := &Drawing{Width: 100, Height: 50, Title: `<script>"&'`, Told: "a<b"}
	d.Add(Text{Words: `</text><script>alert(1)</script>`, Size: 12, Fill: InkColour, Halo: true},
		Rect{W: 10, H: 5, Round: 2, Ink: Ink{Fill: Jade}}, Circle{R: 3, Ink: Ink{Line: Lacquer, Width: 1, Dash: 3}})
	svg := d.SVG(`wide" onload="x`)
	for dec := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		if start, is := token.(xml.StartElement); is && start.Name.Local == "script" {
			t.Errorf("a script came through: %s", svg)
		}
	}
}

func TestPathsDoNotDrift(t *testing.T) {
	var points []Point
	for i := range 40 {
		points = append(points, Point{float64(i) * 0.333, float64(i%2) * 0.049})
	}
	svg := (&Drawing{Width: 20, Height: 2, Shapes: []Shape{Polyline(Ink{Line: Jade, Width: 1}, points...)}}).SVG("")
	if !strings.Contains(svg, `d="m0 0l.3 0 .4 0 .3 0 .3 0 .4 0`) {
		t.Errorf("steps are not rounded as points are: %s", svg)
	}
}

func TestWidthAndWrap(t *testing.T) {
	if Width("Nguyễn", 10, false) != Width("Nguyen", 10, false) {
		t.Error("marks make a name wider")
	}
	if got := strings.Join(Wrap("Ban liên lạc đồng hương Hải Dương", 13, false, 110), "|"); got != "Ban liên lạc đồng|hương Hải Dương" {
		t.Errorf("wrapped %q", got)
	}
	if got := Wrap("Donaudampfschifffahrt", 13, false, 20); len(got) != 1 || got[0] != "Donaudampfschifffahrt" {
		t.Errorf("a long word became %q", got)
	}
}
