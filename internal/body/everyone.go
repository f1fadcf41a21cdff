package body

import (
	"maps"
	"slices"

	"kith.app/internal/calendar"
)

// Bodies lists, by id, every body that ever stood under another or had another
// under it.
func (t *Tree) Bodies() []ID {
	all := make([]ID, 0, len(t.up)+len(t.down))
	for id := range t.up {
		all = append(all, id)
	}
	for id := range t.down {
		all = append(all, id)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Bodies lists, by id, every body of which the lineage knows more than that it
// always stood by itself.
func (l *Lineage) Bodies() []ID {
	all := slices.Collect(maps.Keys(l.lives))
	for id := range l.of {
		all = append(all, id)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// AxisOf tells on which axis a body stands or stood, above others or under them;
// false when it always stood alone.
func (t *Tree) AxisOf(id ID) (Axis, bool) {
	for _, edges := range [][]Edge{t.up[id], t.down[id]} {
		if len(edges) > 0 {
			return edges[0].Axis, true
		}
	}
	return "", false
}

// Turns lists the days on which any body came to stand elsewhere, in no order.
func (t *Tree) Turns() []calendar.Day {
	var days []calendar.Day
	for _, edges := range t.up {
		for _, e := range edges {
			days = append(days, e.Since, e.Until+1)
		}
	}
	return days
}

// Turns lists the days on which any body began, ended, or became another, in no
// order. A new name moves no borders, and who came to stand elsewhere the tree tells.
func (l *Lineage) Turns() []calendar.Day {
	var days []calendar.Day
	for _, life := range l.lives {
		days = append(days, life.From, life.To+1)
	}
	for _, e := range l.events {
		if e.Kind != Renaming && e.Kind != Moving {
			days = append(days, e.Day)
		}
	}
	return days
}
