package lineage

import (
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/money"
	"kith.app/internal/tie"
)

// State is what a body was on a day, in figures: before it became something else,
// or after it took others in.
type State struct {
	Body     body.Body
	On       calendar.Day
	Seen     bool // whether its figures may be read
	Members  int
	Branches int
	Seats    int
	Held     int
	Heads    []string
	HasFund  bool           // whether its fund may be read and there is one
	Funds    []money.Amount // what it held, by currency
	HasTies  bool           // whether its ties may be read
	Ties     []tie.Row
	Partners []body.ID // on the other sides of its ties, each once
}

// Comparison is what an event changed: each body as it was on the last day before,
// and each that came of it as it was on a later day.
type Comparison struct {
	Before []State
	After  []State
}

// Sides gives the bodies that went into an event and those that came of it, each
// once.
func Sides(e body.Event) (from, to []body.ID) {
	seen := map[[2]int64]bool{}
	for _, s := range e.Edges {
		if s.From != 0 && !seen[[2]int64{0, int64(s.From)}] {
			seen[[2]int64{0, int64(s.From)}] = true
			from = append(from, s.From)
		}
		if s.To != 0 && !seen[[2]int64{1, int64(s.To)}] {
			seen[[2]int64{1, int64(s.To)}] = true
			to = append(to, s.To)
		}
	}
	return from, to
}
