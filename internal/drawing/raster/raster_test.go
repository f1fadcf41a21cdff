package raster

import (
	"bytes"
	"image/png"
	"testing"

	"kith.app/internal/drawing"
)

func TestShapesBecomeDots(t *testing.T) {
	d := &drawing.Drawing{Width: 60, Height: 20}
	d.Add(drawing.Rect{X: 10, Y: 5, W: 10, H: 10, Ink: drawing.Ink{Fill: drawing.Lacquer}},
		drawing.Polyline(drawing.Ink{Line: drawing.Jade, Width: 2}, drawing.Point{X: 30, Y: 10}, drawing.Point{X: 50, Y: 10}),
		drawing.Text{At: drawing.Point{X: 22, Y: 18}, Words: "Ế ລາວ", Size: 8, Fill: drawing.InkColour, Halo: true})
	data, err := PNG(d, 2)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != 120 || size.Y != 40 {
		t.Errorf("%v dots, want 120 by 40", size)
	}
	for at, want := range map[[2]int]drawing.Colour{{30, 20}: drawing.Lacquer, {80, 20}: drawing.Jade, {2, 2}: "#ffffff", {116, 20}: "#ffffff"} {
		r, g, b, _ := picture.At(at[0], at[1]).RGBA()
		if c := rgb(want); uint8(r>>8) != c.R || uint8(g>>8) != c.G || uint8(b>>8) != c.B {
			t.Errorf("at %v %x %x %x, want %s", at, r>>8, g>>8, b>>8, want)
		}
	}
	again, _ := PNG(d, 2)
	if !bytes.Equal(data, again) {
		t.Error("drawn twice, two pictures")
	}
}

func TestTooLargeIsRefused(t *testing.T) {
	for _, d := range []drawing.Drawing{{}, {Width: 1e6, Height: 1}} {
		if _, err := PNG(&d, 2); err == nil {
			t.Errorf("%v by %v was drawn", d.Width, d.Height)
		}
	}
}
