// Package qr draws the square codes by which a telephone opens an address.
package qr

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// Code is a square code as one path of an SVG picture: black squares of side 1,
// with the white edge that readers need.
type Code struct {
	Side int // of the picture, the edge included
	Path string
}

// edge is the white edge on every side: readers ask for four squares.
const edge = 4

// Draw makes the code of a text. A quarter of it may be worn away before it can
// no longer be read, for it hangs on notice boards.
func Draw(text string) (Code, error) {
	drawn, err := qr.Encode(text, qr.Q, qr.Auto)
	if err != nil {
		return Code{}, fmt.Errorf("draw a code: %w", err)
	}
	n := drawn.Bounds().Dx()
	var path strings.Builder
	for y := range n {
		for x := 0; x < n; x++ {
			if !black(drawn.At(x, y)) {
				continue
			}
			from := x
			for x < n && black(drawn.At(x, y)) {
				x++
			}
			wide := strconv.Itoa(x - from)
			path.WriteString("M" + strconv.Itoa(from+edge) + " " + strconv.Itoa(y+edge) + "h" + wide + "v1h-" + wide + "z")
		}
	}
	return Code{Side: n + 2*edge, Path: path.String()}, nil
}

// black tells a black square from a white one.
func black(c interface{ RGBA() (r, g, b, a uint32) }) bool {
	r, _, _, _ := c.RGBA()
	return r == 0
}
