package reform

import (
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/place"
)

// Findings tell what a reform brings into a book.
type Findings struct {
	Name    string
	Units   map[place.Level]int    // brought in
	Events  map[body.EventKind]int // of what became of whom
	Divided int                    // communes that went to several, with no share known
	Untold  int                    // communes that ended, and nobody says what they became part of
	Clashes []Clash
	Wrong   []string // what a check of the book found afterwards
}

// Findings counts what the player has to do, or did.
func (p *Player) Findings(name string) Findings {
	f := Findings{Name: name, Units: map[place.Level]int{}, Events: map[body.EventKind]int{}, Clashes: p.Clashes}
	for _, id := range p.units {
		f.Units[id.Level()]++
	}
	silent := p.Map.Untold()
	for _, e := range p.events {
		f.Events[e.Kind]++
		for _, s := range e.Edges {
			if _, is := slices.BinarySearch(silent, place.ID(s.From)); is && s.To == 0 {
				f.Untold++
			}
		}
		heirs := map[body.ID]int{}
		for _, s := range e.Edges {
			if place.ID(s.From).Level() == place.Commune && s.From != s.To {
				heirs[s.From]++
			}
		}
		for _, n := range heirs {
			if n > 1 {
				f.Divided++
			}
		}
	}
	return f
}
