package qr_test

import (
	"strconv"
	"strings"
	"testing"

	"kith.app/internal/qr"
)

func TestACodeHasItsThreeCornersAndAWhiteEdge(t *testing.T) {
	c, err := qr.Draw("https://so.example.vn/r/abcdefghijklmnopqrstuvwxyz")
	if err != nil {
		t.Fatal(err)
	}
	// The corners are squares of seven: their upper edges.
	right := c.Side - 4 - 7
	for _, want := range []string{"M4 4h7v1h-7z", "M" + strconv.Itoa(right) + " 4h7v1h-7z", "M4 " + strconv.Itoa(right) + "h7v1h-7z"} {
		if !strings.Contains(c.Path, want) {
			t.Errorf("no corner %s in %s", want, c.Path)
		}
	}
	if c.Side < 21+8 || strings.Contains(c.Path, "M3 ") || strings.Contains(c.Path, "M0 ") {
		t.Errorf("side %d, path %s", c.Side, c.Path)
	}
	if _, err := qr.Draw(strings.Repeat("dài", 2000)); err == nil {
		t.Error("a text too long for any code was drawn")
	}
}
