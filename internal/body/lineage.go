package body

import (
	"cmp"
	"maps"
	"slices"

	"kith.app/internal/calendar"
)

// Step is one succession of an event that stands.
type Step struct {
	Event int64        `json:"event"`
	Kind  EventKind    `json:"kind"`
	Day   calendar.Day `json:"day"`
	Succession
}

// Lineage holds in memory what became of all bodies of the book: the events that
// stand, who came from whom, from when to when each body stood, its levels and
// its official codes. It is never changed, so that many readers share it.
type Lineage struct {
	events map[int64]Event // those that stand, without their marks
	of     map[ID][]int64  // the events a body had part in, by day
	after  map[ID][]Step   // by From, in the order of time
	before map[ID][]Step   // by To, in the order of time
	lives  map[ID]calendar.Period
	levels map[ID][]Standing
	codes  map[ID][]OfficialCode
	coded  map[string][]ID // by scheme and code
}

// Known is what the book knows of one body beside events.
type Known struct {
	Body   ID
	Life   calendar.Period
	Levels []Standing
	Codes  []OfficialCode
}

// NewLineage builds the lineage from all events and all bodies. Events that were
// undone are left out.
func NewLineage(events []Event, bodies []Known) *Lineage {
	l := &Lineage{
		events: map[int64]Event{}, of: map[ID][]int64{}, after: map[ID][]Step{}, before: map[ID][]Step{},
		lives: map[ID]calendar.Period{}, levels: map[ID][]Standing{}, codes: map[ID][]OfficialCode{}, coded: map[string][]ID{},
	}
	for _, b := range bodies {
		l.know(b)
	}
	for _, e := range events {
		if e.Undone == 0 {
			l.put(e)
		}
	}
	for _, steps := range []map[ID][]Step{l.after, l.before} {
		for _, s := range steps {
			slices.SortStableFunc(s, inTime)
		}
	}
	for _, ids := range l.of {
		slices.SortStableFunc(ids, l.earlier)
	}
	return l
}

func inTime(a, b Step) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Event, b.Event)) }

func (l *Lineage) earlier(a, b int64) int {
	return cmp.Or(cmp.Compare(l.events[a].Day, l.events[b].Day), cmp.Compare(a, b))
}

// put adds an event at the end of the lists of its bodies.
func (l *Lineage) put(e Event) {
	e.Marks = nil
	l.events[e.ID] = e
	for _, id := range e.Bodies() {
		l.of[id] = append(l.of[id][:len(l.of[id]):len(l.of[id])], e.ID)
	}
	for _, s := range e.Edges {
		step := Step{e.ID, e.Kind, e.Day, s}
		if s.From != 0 {
			l.after[s.From] = append(l.after[s.From][:len(l.after[s.From]):len(l.after[s.From])], step)
		}
		if s.To != 0 {
			l.before[s.To] = append(l.before[s.To][:len(l.before[s.To]):len(l.before[s.To])], step)
		}
	}
}

func (l *Lineage) know(b Known) {
	for _, c := range l.codes[b.Body] {
		key := c.Scheme + " " + c.Code
		l.coded[key] = slices.DeleteFunc(slices.Clone(l.coded[key]), func(id ID) bool { return id == b.Body })
	}
	set(l.lives, b.Body, b.Life, b.Life != calendar.Always())
	set(l.levels, b.Body, b.Levels, len(b.Levels) > 0)
	set(l.codes, b.Body, b.Codes, len(b.Codes) > 0)
	for _, c := range b.Codes {
		key := c.Scheme + " " + c.Code
		if !slices.Contains(l.coded[key], b.Body) {
			l.coded[key] = append(l.coded[key][:len(l.coded[key]):len(l.coded[key])], b.Body)
		}
	}
}

func set[T any](m map[ID]T, id ID, to T, has bool) {
	if has {
		m[id] = to
		return
	}
	delete(m, id)
}

// With gives the lineage to which events and bodies have come. What was known of
// a body is replaced; an event of the same id too, and one undone goes out.
func (l *Lineage) With(events []Event, bodies []Known) *Lineage {
	grown := &Lineage{
		events: maps.Clone(l.events), of: maps.Clone(l.of), after: maps.Clone(l.after), before: maps.Clone(l.before),
		lives: l.lives, levels: l.levels, codes: l.codes, coded: l.coded,
	}
	if len(bodies) > 0 {
		grown.lives, grown.levels = maps.Clone(l.lives), maps.Clone(l.levels)
		grown.codes, grown.coded = maps.Clone(l.codes), maps.Clone(l.coded)
		for _, b := range bodies {
			grown.know(b)
		}
	}
	touched := map[ID]bool{}
	for _, e := range events {
		if was, ok := grown.events[e.ID]; ok {
			grown.take(was)
		}
		if e.Undone == 0 {
			grown.put(e)
		}
		for _, id := range e.Bodies() {
			touched[id] = true
		}
	}
	for id := range touched {
		grown.after[id] = slices.SortedStableFunc(slices.Values(grown.after[id]), inTime)
		grown.before[id] = slices.SortedStableFunc(slices.Values(grown.before[id]), inTime)
		grown.of[id] = slices.SortedStableFunc(slices.Values(grown.of[id]), grown.earlier)
	}
	return grown
}

// take takes an event out of the lists of its bodies.
func (l *Lineage) take(e Event) {
	delete(l.events, e.ID)
	of := func(s Step) bool { return s.Event == e.ID }
	for _, id := range e.Bodies() {
		l.of[id] = slices.DeleteFunc(slices.Clone(l.of[id]), func(n int64) bool { return n == e.ID })
		l.after[id] = slices.DeleteFunc(slices.Clone(l.after[id]), of)
		l.before[id] = slices.DeleteFunc(slices.Clone(l.before[id]), of)
	}
}

// Events lists the events that stand in which a body had part, by day.
func (l *Lineage) Events(id ID) []Event {
	all := make([]Event, 0, len(l.of[id]))
	for _, n := range l.of[id] {
		all = append(all, l.events[n])
	}
	return all
}

// AllEvents lists every event that stands, by day.
func (l *Lineage) AllEvents() []Event {
	all := slices.Collect(maps.Values(l.events))
	slices.SortFunc(all, func(a, b Event) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID)) })
	return all
}

// Life gives the days from the first to the last on which a body stood, as far
// as they are known: an end that is not known is open.
func (l *Lineage) Life(id ID) calendar.Period {
	if p, ok := l.lives[id]; ok {
		return p
	}
	return calendar.Always()
}

// Stood says whether a body stood on a day; where its beginning or its end is
// not known, it did.
func (l *Lineage) Stood(id ID, on calendar.Day) bool { return l.Life(id).Contains(on) }

// LevelOn gives the level a body stood on; after its end the last it had.
func (l *Lineage) LevelOn(id ID, on calendar.Day) Level { return standingOn(l.levels[id], on).Level }

// Standings lists the levels of a body in the order of time.
func (l *Lineage) Standings(id ID) []Standing { return slices.Clone(l.levels[id]) }

// Codes lists the official codes of a body in the order of time.
func (l *Lineage) Codes(id ID) []OfficialCode { return slices.Clone(l.codes[id]) }

// Coded finds who bore an official code on a day: codes are given out again, and
// the day says to whom it belonged.
func (l *Lineage) Coded(scheme, code string, on calendar.Day) []ID {
	var found []ID
	for _, id := range l.coded[scheme+" "+code] {
		for _, c := range l.codes[id] {
			if c.Scheme == scheme && c.Code == code && c.Since <= on && on <= c.Until {
				found = append(found, id)
				break
			}
		}
	}
	slices.Sort(found)
	return found
}

// Everyone lists the bodies that ever bore an official code.
func (l *Lineage) Everyone(scheme, code string) []ID { return slices.Clone(l.coded[scheme+" "+code]) }

// After lists what became of a body directly, in the order of time.
func (l *Lineage) After(id ID) []Step { return slices.Clone(l.after[id]) }

// Before lists what a body came from directly, in the order of time.
func (l *Lineage) Before(id ID) []Step { return slices.Clone(l.before[id]) }

// Origins lists every body that one came from, directly or through others.
func (l *Lineage) Origins(id ID) []ID {
	found := map[Step]bool{}
	l.walk(id, l.before, func(s Step) ID { return s.From }, found, map[ID]bool{})
	var all []ID
	for s := range found {
		if s.From != 0 && s.From != id && !slices.Contains(all, s.From) {
			all = append(all, s.From)
		}
	}
	slices.Sort(all)
	return all
}

// Line lists every succession that leads to a body from the first bodies known
// and on from it to the last, each once, in the order of time.
func (l *Lineage) Line(id ID) []Step {
	found := map[Step]bool{}
	l.walk(id, l.before, func(s Step) ID { return s.From }, found, map[ID]bool{})
	l.walk(id, l.after, func(s Step) ID { return s.To }, found, map[ID]bool{})
	return slices.SortedFunc(maps.Keys(found), func(a, b Step) int {
		return cmp.Or(inTime(a, b), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
}

func (l *Lineage) walk(id ID, steps map[ID][]Step, next func(Step) ID, found map[Step]bool, seen map[ID]bool) {
	if seen[id] {
		return
	}
	seen[id] = true
	for _, s := range steps[id] {
		found[s] = true
		if to := next(s); to != 0 {
			l.walk(to, steps, next, found, seen)
		}
	}
}

// Ended lists the bodies that had ended before a day.
func (l *Lineage) Ended(before calendar.Day) []ID {
	var all []ID
	for id, life := range l.lives {
		if life.To < before {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return all
}
