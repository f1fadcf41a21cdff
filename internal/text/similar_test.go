package text

import (
	"testing"

	"pgregory.net/rapid"
)

func TestSimilarityOfNames(t *testing.T) {
	cases := []struct {
		a, b      string
		low, high int
	}{
		{"Đặng Thị Hương", "Đặng Thị Hương", 100, 100},
		{"Đặng Thị Hoà", "ĐẶNG THỊ HÒA", 100, 100},
		{"Đặng Thị Hương", "dang thi huong", 90, 90},
		{"Đặng Thị Hương", "Đặng Hương", 80, 95},
		{"Đặng Thị Hương", "Hương Đặng Thị", 95, 100},
		{"Đặng Thị Hương", "Đ. T. Hương", 70, 90},
		{"Nguyễn Văn Sinh", "Nguyễn Văn Xinh", 60, 80},
		{"Nguyễn Văn An", "Nguyễn Văn Hùng", 0, 40},
		{"Nguyễn Thị Hương", "Trần Thị Hương", 70, 90},
		{"Lê Văn Tám", "Phạm Thị Hoa", 0, 10},
		{"", "Lê", 0, 0},
		{"", "", 0, 0},
		{"—", "— —", 0, 0},
	}
	for _, c := range cases {
		if got := Similarity(c.a, c.b); got < c.low || got > c.high {
			t.Errorf("Similarity(%q, %q) = %d, want %d to %d", c.a, c.b, got, c.low, c.high)
		}
	}
}

func TestSimilarityStaysInBounds(t *testing.T) {
	word := rapid.SampledFrom([]string{"Nguyễn", "Nguyên", "Văn", "Thị", "Sinh", "Xinh", "S.", "An", "Hoà", "Hòa", "ດີ", "—"})
	rapid.Check(t, func(t *rapid.T) {
		a := join(rapid.SliceOfN(word, 0, 4).Draw(t, "a"))
		if got := Similarity(a, a); got != 100 && Fold(a) != "" {
			t.Fatalf("Similarity(%q) with itself = %d", a, got)
		}
		b := join(rapid.SliceOfN(word, 0, 4).Draw(t, "b"))
		if got := Similarity(a, b); got < 0 || got > 100 {
			t.Fatalf("Similarity(%q, %q) = %d", a, b, got)
		}
	})
}

func join(words []string) string {
	all := ""
	for _, w := range words {
		all += w + " "
	}
	return all
}
