package body

import (
	"cmp"
	"maps"
	"slices"

	"kith.app/internal/calendar"
)

// Axis names one way of standing under another body.
type Axis string

// The axes: what an organisation belongs to, and where a place lies.
const (
	Organisational Axis = "org"
	Administrative Axis = "admin"
)

// Edge says that Child stood under Parent from Since to Until, days included.
type Edge struct {
	Axis   Axis         `json:"axis"`
	Child  ID           `json:"child"`
	Parent ID           `json:"parent"`
	Since  calendar.Day `json:"since"`
	Until  calendar.Day `json:"until"`
}

// Tree holds the parents of all bodies of the book in memory: every edge, asked
// by day. A body stands on one axis only, localities in localities and all others
// in organisations, so that one forest holds both and every question is put to it
// in one way. It is built once and never changed: many readers share it.
type Tree struct {
	up   map[ID][]Edge
	down map[ID][]Edge
}

// NewTree builds the tree from its edges, of either axis or of both.
func NewTree(edges []Edge) *Tree {
	t := &Tree{up: make(map[ID][]Edge, len(edges)), down: make(map[ID][]Edge)}
	for _, e := range edges {
		t.up[e.Child] = append(t.up[e.Child], e)
		t.down[e.Parent] = append(t.down[e.Parent], e)
	}
	return t
}

// With gives the tree in which edges begin: each ends the one in force before it.
func (t *Tree) With(edges []Edge) *Tree {
	grown := &Tree{up: maps.Clone(t.up), down: maps.Clone(t.down)}
	for _, e := range edges {
		grown.begin(e)
	}
	return grown
}

// Replaced gives the tree in which some bodies have other parents than before:
// for each, all it ever had.
func (t *Tree) Replaced(parents map[ID][]Edge) *Tree {
	grown := &Tree{up: maps.Clone(t.up), down: maps.Clone(t.down)}
	for child, edges := range parents {
		for _, old := range grown.up[child] {
			grown.down[old.Parent] = slices.DeleteFunc(slices.Clone(grown.down[old.Parent]), func(o Edge) bool { return o == old })
		}
		grown.up[child] = slices.Clone(edges)
		for _, e := range edges {
			grown.down[e.Parent] = append(grown.down[e.Parent][:len(grown.down[e.Parent]):len(grown.down[e.Parent])], e)
		}
	}
	return grown
}

// Parents lists everything a body ever stood under, in the order of time.
func (t *Tree) Parents(id ID) []Edge { return slices.Clone(t.up[id]) }

// Without gives the tree in which some bodies never stood under others.
func (t *Tree) Without(ids []ID) *Tree {
	out := make(map[ID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	var kept []Edge
	for child, edges := range t.up {
		if !out[child] {
			kept = append(kept, edges...)
		}
	}
	return NewTree(kept)
}

// begin puts an edge into a tree that is still its maker's own.
func (t *Tree) begin(e Edge) {
	up := make([]Edge, 0, len(t.up[e.Child])+1)
	for _, old := range t.up[e.Child] {
		t.down[old.Parent] = slices.DeleteFunc(slices.Clone(t.down[old.Parent]), func(o Edge) bool { return o == old })
		if old.Since == e.Since {
			continue
		}
		if old.Since < e.Since && old.Until >= e.Since {
			old.Until = e.Since - 1
		}
		t.down[old.Parent] = append(t.down[old.Parent], old)
		up = append(up, old)
	}
	up = append(up, e)
	slices.SortFunc(up, func(a, b Edge) int { return cmp.Compare(a.Since, b.Since) })
	t.up[e.Child] = up
	t.down[e.Parent] = append(t.down[e.Parent][:len(t.down[e.Parent]):len(t.down[e.Parent])], e)
}

// ParentOn gives the body above id on a day; false when it stood alone.
func (t *Tree) ParentOn(id ID, on calendar.Day) (ID, bool) {
	for _, e := range t.up[id] {
		if e.Since <= on && on <= e.Until {
			return e.Parent, true
		}
	}
	return 0, false
}

// maxDepth stops a walk through a tree that a damaged book made circular.
const maxDepth = 64

// Ancestors lists the bodies above id on a day, the nearest first.
func (t *Tree) Ancestors(id ID, on calendar.Day) []ID {
	var above []ID
	for len(above) < maxDepth {
		parent, ok := t.ParentOn(id, on)
		if !ok {
			break
		}
		above = append(above, parent)
		id = parent
	}
	return above
}

// ChildrenOn lists the bodies directly under id on a day, by id.
func (t *Tree) ChildrenOn(id ID, on calendar.Day) []ID {
	var children []ID
	for _, e := range t.down[id] {
		if e.Since <= on && on <= e.Until {
			children = append(children, e.Child)
		}
	}
	slices.Sort(children)
	return children
}

// Under tells whether id is ancestor itself or stood below it on a day.
func (t *Tree) Under(id, ancestor ID, on calendar.Day) bool {
	for range maxDepth {
		if id == ancestor {
			return true
		}
		parent, ok := t.ParentOn(id, on)
		if !ok {
			return false
		}
		id = parent
	}
	return false
}

// Belongs tells whether id is ancestor itself or belongs to it on a day: a body
// that no longer stands under any belongs to the one it stood under last, whose
// past it is.
func (t *Tree) Belongs(id, ancestor ID, on calendar.Day) bool {
	for range maxDepth {
		if id == ancestor {
			return true
		}
		parent, ok := t.lastParent(id, on)
		if !ok {
			return false
		}
		id = parent
	}
	return false
}

// lastParent gives the body above id on a day, or the last one before it.
func (t *Tree) lastParent(id ID, on calendar.Day) (parent ID, ok bool) {
	last := calendar.Earliest
	for _, e := range t.up[id] {
		if e.Since <= on && (!ok || e.Since >= last) {
			parent, last, ok = e.Parent, e.Since, true
		}
	}
	return parent, ok
}

// Top gives the body at the top of the tree in which id stands on a day, or
// stood last before it: id itself when it never stood under another.
func (t *Tree) Top(id ID, on calendar.Day) ID {
	for range maxDepth {
		parent, ok := t.lastParent(id, on)
		if !ok {
			return id
		}
		id = parent
	}
	return id
}

// Below lists every body strictly under id on a day, parents before children.
func (t *Tree) Below(id ID, on calendar.Day) []ID {
	all := t.ChildrenOn(id, on)
	for i := 0; i < len(all) && i < 1_000_000; i++ {
		all = append(all, t.ChildrenOn(all[i], on)...)
	}
	return all
}

// EverBelow lists every body that stood under id on any day, without repeats.
func (t *Tree) EverBelow(id ID) []ID {
	seen := map[ID]bool{id: true}
	queue := []ID{id}
	for i := 0; i < len(queue); i++ {
		for _, e := range t.down[queue[i]] {
			if !seen[e.Child] {
				seen[e.Child] = true
				queue = append(queue, e.Child)
			}
		}
	}
	return queue[1:]
}
