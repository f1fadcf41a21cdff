package page

import "strconv"

// Bar is one bar of a chart.
type Bar struct {
	Name  string  // the period: "T3", "2025"
	Value float64 // its height, from zero; never below it
	Said  string  // the value as people write it
	Now   bool    // this period: the one in colour
}

// Series is a row of bars.
type Series struct {
	Title string // what is counted
	Told  string // in a sentence: first, last, highest
	Good  bool   // this period in jade instead of lacquer: money that is there
	Bars  []Bar
}

// The geometry of a small chart, in its own units.
const (
	sparkWidth, sparkHeight = 300.0, 26.0
	barsWidth, barsHeight   = 640.0, 200.0
	barsTop, barsFoot       = 22.0, 24.0
)

// highest finds what the tallest bar stands for.
func (s Series) highest() float64 {
	most := 0.0
	for _, b := range s.Bars {
		most = max(most, b.Value)
	}
	return most
}

// box is a rectangle as SVG wants it.
type box struct{ X, Y, W, H, Mid, Above string }

// place puts the n-th bar into an area: bars from zero, a gap of a fifth.
func (s Series) place(n int, width, top, height float64) box {
	step := width / float64(len(s.Bars))
	tall := 0.0
	if most := s.highest(); most > 0 {
		tall = max(0, s.Bars[n].Value) / most * height
	}
	if s.Bars[n].Value > 0 {
		tall = max(tall, 1.5) // something is never drawn as nothing
	}
	x := float64(n)*step + step*0.09
	y := top + height - tall
	return box{
		X: coord(x), Y: coord(y), W: coord(step * 0.82), H: coord(tall),
		Mid: coord(x + step*0.41), Above: coord(y - 6),
	}
}

// tone gives the class of one bar.
func (s Series) tone(b Bar) string {
	switch {
	case b.Now && s.Good:
		return "b good"
	case b.Now:
		return "b now"
	}
	return "b"
}

// coord writes a coordinate shortly.
func coord(v float64) string {
	return strconv.FormatFloat(v, 'f', 1, 64)
}
