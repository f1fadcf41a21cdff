package body

import (
	"cmp"
	"slices"

	"kith.app/internal/calendar"
)

// Heir is a body that stood, on the day asked, where another one is.
type Heir struct {
	ID    ID    `json:"id"`
	Share Share `json:"share"` // of the body asked for; not known when zero

	// Below says that no heir of the body itself is recorded: this is what became
	// of a body that stood under it.
	Below bool `json:"below,omitempty"`
}

// Heirs tells who stands on a day where a body stood on another, which is asked:
// the body itself, or those it became, each with its share as far as that is
// known. Where the day is the earlier one it tells who stood there before. A body
// that ended without an heir, as when a whole level was abolished, is followed by
// the children that it had on the day asked: a district with the communes that
// joined it later or without them, as that day says.
func (l *Lineage) Heirs(t *Tree, id ID, asked, on calendar.Day) []Heir {
	life := l.Life(id)
	asked = min(max(asked, life.From), life.To)
	var all []Heir
	if on < asked {
		all = l.back(id, asked, on, Whole(), 0)
	} else {
		all = l.onward(t, id, asked, on, Whole(), 0)
	}
	return joined(all)
}

// mostSteps stops a walk along a line that a damaged book made circular.
const mostSteps = 256

// onward follows a body from a day to a later one.
func (l *Lineage) onward(t *Tree, id ID, from, on calendar.Day, share Share, depth int) []Heir {
	if depth > mostSteps {
		return nil
	}
	if again, ok := l.refounded(id, from, on); ok {
		return l.onward(t, again.To, again.Day, on, share, depth+1)
	}
	steps := l.next(id, from, on)
	if len(steps) > 0 {
		var all []Heir
		for _, s := range steps {
			part := s.Share
			if len(steps) == 1 && !part.Known() {
				part = Whole()
			}
			all = append(all, l.onward(t, s.To, s.Day, on, share.Times(part), depth+1)...)
		}
		return all
	}
	life := l.Life(id)
	if on <= life.To {
		return []Heir{{ID: id, Share: share}}
	}
	return l.throughChildren(t, id, min(from, life.To), on, depth)
}

// refounded gives the step by which a body that had ended was founded again.
func (l *Lineage) refounded(id ID, from, on calendar.Day) (Step, bool) {
	for _, s := range slices.Backward(l.after[id]) {
		if s.Kind == Refounding && s.From != s.To && from < s.Day && s.Day <= on && !l.Stood(id, s.Day-1) {
			return s, true
		}
	}
	return Step{}, false
}

// next gives the successions of the first event after a day by which a body
// became something; none where it went on as it was.
func (l *Lineage) next(id ID, from, on calendar.Day) []Step {
	var first []Step
	for _, s := range l.after[id] {
		if s.Day <= from || s.Day > on || s.To == 0 || !s.Kind.divides() {
			continue
		}
		if len(first) > 0 && s.Event != first[0].Event {
			break
		}
		first = append(first, s)
	}
	if len(first) == 1 && first[0].To == id {
		return l.next(id, first[0].Day, on)
	}
	return first
}

// throughChildren gives what became of the bodies that stood under one on a day,
// raised to the level of that one where there still is one above them.
func (l *Lineage) throughChildren(t *Tree, id ID, asked, on calendar.Day, depth int) []Heir {
	level := l.LevelOn(id, asked)
	var all []Heir
	for _, child := range t.ChildrenOn(id, asked) {
		for _, h := range l.onward(t, child, asked, on, Share{}, depth+1) {
			all = append(all, Heir{ID: l.raised(t, h.ID, level, on), Below: true})
		}
	}
	return all
}

// raised gives the body of a level that stands above one, or the one itself.
func (l *Lineage) raised(t *Tree, id ID, level Level, on calendar.Day) ID {
	if level == "" {
		return id
	}
	for _, above := range t.Ancestors(id, on) {
		if l.LevelOn(above, on) == level {
			return above
		}
	}
	return id
}

// back follows a body from a day to an earlier one.
func (l *Lineage) back(id ID, from, on calendar.Day, share Share, depth int) []Heir {
	if depth > mostSteps {
		return nil
	}
	var last []Step
	for _, s := range slices.Backward(l.before[id]) {
		if s.Day > from || s.Day <= on || s.From == 0 || !s.Kind.divides() {
			continue
		}
		if len(last) > 0 && s.Event != last[0].Event {
			break
		}
		last = append(last, s)
	}
	if len(last) == 1 && last[0].From == id {
		return l.back(id, last[0].Day-1, on, share, depth+1)
	}
	if len(last) == 0 {
		if l.Stood(id, on) {
			return []Heir{{ID: id, Share: share}}
		}
		return nil
	}
	var all []Heir
	for _, s := range last {
		if s.Kind == Refounding && !l.Stood(s.From, s.Day-1) {
			if on <= l.Life(s.From).To {
				return l.back(s.From, l.Life(s.From).To, on, Share{}, depth+1)
			}
			continue
		}
		all = append(all, l.back(s.From, s.Day-1, on, Share{}, depth+1)...)
	}
	return all
}

// joined puts together what reached the same body by several ways.
func joined(all []Heir) []Heir {
	slices.SortStableFunc(all, func(a, b Heir) int { return cmp.Compare(a.ID, b.ID) })
	var out []Heir
	for _, h := range all {
		if n := len(out); n > 0 && out[n-1].ID == h.ID {
			out[n-1].Share = out[n-1].Share.Plus(h.Share)
			out[n-1].Below = out[n-1].Below || h.Below
			continue
		}
		out = append(out, h)
	}
	return out
}
