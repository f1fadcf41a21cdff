// Package border says where the past of bodies lies on the borders of any day.
// Bodies merge, split and end, and what they did is never rewritten; so a figure
// is asked on the borders of some day, and the amounts of every body of the book
// are read as lying where that body's heirs, or its givers, stood on that day.
//
// The rules are few. A body that stood on the day is itself. One that had ended
// is followed through its heirs, one that was not yet founded through those it
// came from. A known share is exact. Where shares are not known nothing is
// guessed: the amount lies somewhere among the heirs, and is counted at the lowest
// body that stands above them all, as "not divisible between" them. A body with
// no heir or giver stays itself, under those who follow the one it stood under.
// So the sum over the roots is the same on all borders.
package border

import (
	"math/big"
	"slices"
	"sync"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
)

// Part is a part of what a body did, and where it lies.
type Part struct {
	Share *big.Rat  // of the whole; the parts of a body add up to one
	To    []body.ID // the one body it lies in, or those among which it cannot be divided
	At    body.ID   // where it is counted: that one, or the lowest above them all; 0 when none is
}

// Exact says that a part lies in one body.
func (p Part) Exact() bool { return len(p.To) == 1 }

// Map is the borders of one day. What it says never changes once it is drawn, so that
// many readers may share it.
type Map struct {
	Day calendar.Day

	tree  *body.Tree
	lines *body.Lineage

	parts   map[body.ID][]Part    // of the bodies that did not stand on the day
	up      map[body.ID]body.ID   // whoever stands under another on these borders
	down    map[body.ID][]body.ID // by id
	exact   map[body.ID][]portion // by the body in which a part lies
	between map[body.ID][]portion // by each of the bodies among which a part lies
	working map[body.ID]bool      // while it is drawn: whose parts are being found

	grounds sync.Map // body.ID to Ground: found when first asked for
}

// portion is one of the parts of a body.
type portion struct {
	of   body.ID
	part int
}

// Draw draws the borders of a day for some bodies, among which are all that ever
// stood above or under them, came from them or became them.
func Draw(tree *body.Tree, lines *body.Lineage, day calendar.Day, all []body.ID) *Map {
	m := &Map{
		Day: day, tree: tree, lines: lines,
		parts: map[body.ID][]Part{}, up: make(map[body.ID]body.ID, len(all)), down: map[body.ID][]body.ID{},
		exact: map[body.ID][]portion{}, between: map[body.ID][]portion{}, working: map[body.ID]bool{},
	}
	m.hang(all)
	for _, id := range all {
		m.enter(id)
	}
	m.working = nil
	return m
}

// Everyone lists, by id, the localities or the other bodies that have, or had,
// anything to do with another. The two have nothing to do with each other, but
// that the lineage leads from one to the other: such bodies are among both.
func Everyone(tree *body.Tree, lines *body.Lineage, localities bool) []body.ID {
	all := slices.Concat(tree.Bodies(), lines.Bodies())
	slices.Sort(all)
	all = slices.Compact(all)
	with := make(map[body.ID]bool, len(all))
	for _, id := range all {
		if axis, _ := tree.AxisOf(id); (axis == body.Administrative) == localities {
			with[id] = true
		}
	}
	for again := true; again; {
		again = false
		for id := range with {
			for _, s := range slices.Concat(lines.After(id), lines.Before(id)) {
				for _, other := range []body.ID{s.From, s.To} {
					if other != 0 && !with[other] {
						with[other], again = true, true
					}
				}
			}
		}
	}
	return slices.DeleteFunc(all, func(id body.ID) bool { return !with[id] })
}

// Turns lists, in order, the days on which anything of the borders changed: from
// one to the next they are the same.
func Turns(tree *body.Tree, lines *body.Lineage) []calendar.Day {
	days := slices.Concat(tree.Turns(), lines.Turns())
	slices.Sort(days)
	return slices.Compact(days)
}

// Since gives the first day from which the borders were as they were on a day.
func Since(turns []calendar.Day, day calendar.Day) calendar.Day {
	at, found := slices.BinarySearch(turns, day)
	switch {
	case found:
		return day
	case at == 0:
		return calendar.Earliest
	}
	return turns[at-1]
}

// hang puts every body of these borders under the one above it.
func (m *Map) hang(all []body.ID) {
	for _, id := range all {
		if !m.lines.Stood(id, m.Day) {
			m.partsOf(id)
		}
	}
	for _, id := range all {
		if !m.here(id) {
			continue
		}
		above, has := m.parent(id)
		if has && !m.reaches(above, id) {
			m.up[id] = above
			m.down[above] = append(m.down[above], id)
		}
	}
}

// here says whether a body is one of those that stand on these borders, or stays
// on them because nobody took its place.
func (m *Map) here(id body.ID) bool {
	parts, gone := m.parts[id]
	return !gone || len(parts) == 1 && parts[0].Exact() && parts[0].To[0] == id
}

// reaches says whether a walk upwards from one body comes by another, as where a
// body became part of one that stood under it.
func (m *Map) reaches(from, to body.ID) bool {
	for {
		if from == to {
			return true
		}
		above, ok := m.up[from]
		if !ok {
			return false
		}
		from = above
	}
}

// parent finds the body above one that is here: its parent of the day, or of its
// last or first day when it did not stand, or who follows that one.
func (m *Map) parent(id body.ID) (body.ID, bool) {
	up, ok := m.tree.ParentOn(id, m.Day)
	if !ok && !m.lines.Stood(id, m.Day) {
		up, ok = m.nearest(id)
	}
	if !ok {
		return 0, false
	}
	if m.lines.Stood(up, m.Day) {
		return up, true
	}
	to := targets(m.partsOf(up))
	if len(to) == 1 {
		return to[0], true
	}
	return m.common(to)
}

// nearest gives the parent that a body had nearest to the day.
func (m *Map) nearest(id body.ID) (body.ID, bool) {
	var found body.ID
	var first bool
	for _, e := range m.tree.Parents(id) {
		if e.Since <= m.Day || !first {
			found, first = e.Parent, true
		}
	}
	return found, first
}

// targets joins the bodies in which any of some parts lie, sorted.
func targets(parts []Part) []body.ID {
	var all []body.ID
	for _, p := range parts {
		all = append(all, p.To...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// common finds the lowest body that stands above all of some, on the tree of the
// day; one of them may be above the others.
func (m *Map) common(ids []body.ID) (body.ID, bool) {
	line := m.line(ids[0])
	for _, id := range ids[1:] {
		other := m.line(id)
		at := slices.IndexFunc(line, func(above body.ID) bool { return slices.Contains(other, above) })
		if at < 0 {
			return 0, false
		}
		line = line[at:]
	}
	return line[0], true
}

// line is a body and all above it, the nearest first.
func (m *Map) line(id body.ID) []body.ID {
	return append([]body.ID{id}, m.Above(id)...)
}

// enter notes where the parts of a body lie, for those who ask by the place.
func (m *Map) enter(id body.ID) {
	parts, gone := m.parts[id]
	if !gone {
		return
	}
	for i := range parts {
		p := &parts[i]
		if p.Exact() {
			p.At = p.To[0]
			m.exact[p.At] = append(m.exact[p.At], portion{id, i})
			continue
		}
		p.At, _ = m.common(p.To)
		for _, to := range p.To {
			m.between[to] = append(m.between[to], portion{id, i})
		}
	}
}

// Of gives the parts of what a body did, and where they lie on these borders.
func (m *Map) Of(id body.ID) []Part {
	if parts, gone := m.parts[id]; gone {
		return parts
	}
	return []Part{{Share: whole(), To: []body.ID{id}, At: id}}
}

func whole() *big.Rat { return big.NewRat(1, 1) }

// mostDepth stops a walk through a tree that a damaged book made circular.
const mostDepth = 64

// Above lists the bodies above one on these borders, the nearest first.
func (m *Map) Above(id body.ID) []body.ID {
	var all []body.ID
	for len(all) < mostDepth {
		up, ok := m.up[id]
		if !ok {
			break
		}
		all = append(all, up)
		id = up
	}
	return all
}

// Children lists the bodies directly under one on these borders, by id; under 0,
// those that stand under none.
func (m *Map) Children(id body.ID) []body.ID {
	if id != 0 {
		return slices.Clone(m.down[id])
	}
	var roots []body.ID
	for above := range m.down {
		if _, under := m.up[above]; !under {
			roots = append(roots, above)
		}
	}
	slices.Sort(roots)
	return roots
}

// Stands says whether a body stood on the day.
func (m *Map) Stands(id body.ID) bool { return m.lines.Stood(id, m.Day) }

// Instead gives who stands on these borders where a body is: itself, its heirs,
// or those it came from, by id.
func (m *Map) Instead(id body.ID) []body.ID { return targets(m.Of(id)) }

// Counted lists the bodies in whose figures of what lies below them everything that
// a body did is counted.
func (m *Map) Counted(id body.ID) []body.ID {
	parts, gone := m.parts[id]
	if !gone {
		return m.Above(id)
	}
	if len(parts) == 1 && parts[0].Exact() {
		return m.Above(parts[0].To[0])
	}
	common, ok := m.common(targets(parts))
	if !ok {
		return nil
	}
	return m.line(common)
}
