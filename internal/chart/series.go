package chart

import (
	"strconv"
	"unicode/utf8"
)

// Bar is one bar of a row whose words stand in the page around it.
type Bar struct {
	Name  string  // the period or thing: "T3", "2025"
	Value float64 // its height, from zero; never below it
	Said  string  // the value as people write it
	Now   bool    // this period: the one in colour
}

// Series is a row of bars drawn into whatever room the page gives: under a figure,
// beside a name. Its words are the page's own, so that they never stretch.
type Series struct {
	Title string // what is counted
	Told  string // in a sentence: first, last, highest
	Good  bool   // this period in jade instead of lacquer: money that is there
	Bars  []Bar
}

// The area of a chart in its own units; the page stretches it.
const (
	seriesWidth, seriesHeight = 300.0, 100.0
	leastShown                = 3.0 // something is never drawn as nothing
	shortLetters              = 4   // values up to this long stand under their bars
)

// Spot is a rectangle as SVG wants it.
type Spot struct{ X, Y, W, H string }

// share gives how long a bar is, of the highest.
func (s Series) share(n int, full float64) float64 {
	most := 0.0
	for _, b := range s.Bars {
		most = max(most, b.Value)
	}
	if s.Bars[n].Value <= 0 {
		return 0
	}
	return max(s.Bars[n].Value/most*full, leastShown)
}

// Place puts the n-th bar into its area: from zero, a gap of a fifth.
func (s Series) Place(n int) Spot {
	step := seriesWidth / float64(len(s.Bars))
	tall := s.share(n, seriesHeight)
	return Spot{
		X: coordinate(float64(n)*step + step*0.09),
		Y: coordinate(seriesHeight - tall),
		W: coordinate(step * 0.82),
		H: coordinate(tall),
	}
}

// Length gives how long the n-th bar of a list is, in per cent.
func (s Series) Length(n int) string { return coordinate(s.share(n, 100)) }

// Short tells whether every value is short enough to stand under its bar.
func (s Series) Short() bool {
	for _, b := range s.Bars {
		if utf8.RuneCountInString(b.Said) > shortLetters {
			return false
		}
	}
	return true
}

// Spoken says what the drawing shows.
func (s Series) Spoken() string {
	if s.Told == "" {
		return s.Title
	}
	return s.Title + ": " + s.Told
}

// Class gives the class of one bar.
func (s Series) Class(b Bar) string {
	switch {
	case b.Now && s.Good:
		return "b good"
	case b.Now:
		return "b now"
	}
	return "b"
}

// coordinate writes a number as SVG wants it, shortly.
func coordinate(v float64) string {
	return strconv.FormatFloat(v, 'f', 1, 64)
}
