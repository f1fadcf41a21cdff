package tally

import (
	"context"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/border"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// Extent says on which borders a figure is asked.
type Extent string

// The borders. Then, the zero value, counts each deed on the tree of its own
// date; Line takes one body, those it came from and those it became as one.
const (
	Then    Extent = ""
	Today   Extent = "today"
	OnDay   Extent = "day"
	OwnLine Extent = "line"
)

// Borders are the borders on which a figure is asked.
type Borders struct {
	Extent Extent       `json:"extent,omitempty"`
	Day    calendar.Day `json:"day,omitempty"` // of OnDay
}

// String writes borders as commands and addresses take them; those of a line
// also name the body.
func (b Borders) String() string {
	switch b.Extent {
	case Then:
		return "then"
	case Today, OwnLine:
		return string(b.Extent)
	case OnDay:
	}
	return calendar.OnDay(b.Day).EDTF()
}

// lineOf introduces the code of the body whose line is meant.
const lineOf = "line:"

// ParseBorders reads then, today, a day, or line:CODE. The code is given back: a
// line is the line of one body, which is then the one asked for.
func ParseBorders(typed string) (Borders, string, error) {
	switch typed {
	case "", "then":
		return Borders{}, "", nil
	case string(Today):
		return Borders{Extent: Today}, "", nil
	case string(OwnLine):
		return Borders{Extent: OwnLine}, "", nil
	}
	if code, is := strings.CutPrefix(typed, lineOf); is && code != "" {
		return Borders{Extent: OwnLine}, code, nil
	}
	day, err := calendar.ParseDay(typed)
	if err != nil {
		return Borders{}, "", fault.Field("borders", "tally.borders.unknown", typed)
	}
	return Borders{Extent: OnDay, Day: day}, "", nil
}

// Source is what was counted of some bodies, by month, and the lines of the months
// that a period only touches.
type Source struct {
	Rows  []Row
	Lines []Line
}

// Share is a source of which only some parts are meant.
type Share struct {
	Source
	Of border.Portion
}

// Undivided is what lies somewhere among several bodies.
type Undivided struct {
	Between  []body.ID
	Included bool // in the figure of the body asked for
	From     []Share
}

// Takings is everything of which a figure on borders is made.
type Takings struct {
	Of     []body.ID // who answers: the body itself, who stood in its place, or its line
	Whole  Source
	Shares []Share
	Rests  []Undivided
}

// Rest is an amount that cannot be divided between some bodies.
type Rest struct {
	Between  []body.ID
	Included bool // it is part of the figure, for all of them lie in the body asked for
	Qty      int64
}

// onBorders computes one figure on borders other than those of each deed's time.
func onBorders(ctx context.Context, b Book, q Query) (Figure, error) {
	t, err := b.Takings(ctx, q)
	if err != nil {
		return Figure{}, err
	}
	return t.figure(q), nil
}

// figure adds up what a figure is made of.
func (t Takings) figure(q Query) Figure {
	s := sum{query: q, across: map[deed.Span]int64{}}
	s.source(t.Whole)
	for _, share := range t.Shares {
		s.share(share)
	}
	f := s.figure()
	f.Of = t.Of
	for _, u := range t.Rests {
		rest := Rest{Between: u.Between, Included: u.Included}
		for _, share := range u.From {
			one := sum{query: q, across: map[deed.Span]int64{}}
			one.source(share.Source)
			rest.Qty += share.Of.Of(one.found.Qty)
		}
		if rest.Qty != 0 {
			f.NotDivisible = append(f.NotDivisible, rest)
		}
	}
	return f
}

// source adds all of a source.
func (s *sum) source(from Source) {
	m := monthsOf(s.query.Period)
	for _, r := range from.Rows {
		s.place(r, m)
	}
	s.days(from.Lines)
}

// share adds the parts of a source that are meant. They are taken of its sum, so
// that nothing is lost by rounding line by line.
func (s *sum) share(from Share) {
	one := sum{query: s.query, across: map[deed.Span]int64{}}
	one.source(from.Source)
	s.found.Qty += from.Of.Of(one.found.Qty)
	s.found.Undated += from.Of.Of(one.found.Undated)
	s.found.Counts = s.found.Counts.Add(one.found.Counts)
	for span, qty := range one.across {
		s.across[span] += from.Of.Of(qty)
	}
}
