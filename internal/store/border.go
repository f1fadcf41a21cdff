package store

import (
	"slices"
	"sync"

	"kith.app/internal/body"
	"kith.app/internal/border"
	"kith.app/internal/calendar"
)

// land is a tree and what became of its bodies: all that borders are drawn from.
type land struct {
	tree    *body.Tree
	lineage *body.Lineage
}

// atlas keeps the borders that were drawn of lands: drawing them takes some time,
// and the same few are asked for again and again. The latest are kept.
type atlas struct {
	mu     sync.Mutex
	sheets []*sheets
}

// sheets are the borders drawn of one land, of localities or of all others.
type sheets struct {
	of         land
	localities bool

	mu    sync.Mutex
	all   []body.ID
	among map[body.ID]bool
	turns []calendar.Day
	maps  map[calendar.Day]*border.Map
}

// sheetsMost is how many lands are kept: a few states of the book, each with its
// localities and its other bodies.
const sheetsMost = 6

// of gives the sheets of a land.
func (a *atlas) of(l land, localities bool) *sheets {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, s := range a.sheets {
		if s.of == l && s.localities == localities {
			a.sheets = append(slices.Delete(a.sheets, i, i+1), s)
			return s
		}
	}
	s := &sheets{of: l, localities: localities, maps: map[calendar.Day]*border.Map{}}
	a.sheets = append(a.sheets, s)
	if len(a.sheets) > sheetsMost {
		a.sheets = slices.Delete(a.sheets, 0, 1)
	}
	return s
}

// survey finds whom the sheets show, once.
func (s *sheets) survey() {
	if s.among != nil {
		return
	}
	s.all = border.Everyone(s.of.tree, s.of.lineage, s.localities)
	s.among = make(map[body.ID]bool, len(s.all))
	for _, id := range s.all {
		s.among[id] = true
	}
	s.turns = border.Turns(s.of.tree, s.of.lineage)
}

// shows says whether a body is on these sheets.
func (s *sheets) shows(id body.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.survey()
	return s.among[id]
}

// bodies lists all bodies on these sheets, by id.
func (s *sheets) bodies() []body.ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.survey()
	return s.all
}

// since gives the first day of the borders that a day has.
func (s *sheets) since(day calendar.Day) calendar.Day {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.survey()
	return border.Since(s.turns, day)
}

// mapsMost is how many days are kept of one land.
const mapsMost = 8

// on gives the borders of a day.
func (s *sheets) on(day calendar.Day) *border.Map {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.survey()
	day = border.Since(s.turns, day)
	if m := s.maps[day]; m != nil {
		return m
	}
	for old := range s.maps {
		if len(s.maps) < mapsMost {
			break
		}
		delete(s.maps, old)
	}
	m := border.Draw(s.of.tree, s.of.lineage, day, s.all)
	s.maps[day] = m
	return m
}
