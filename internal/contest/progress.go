package contest

import (
	"cmp"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
)

// Due is the last day on which a sheet should leave its stage; 0: nobody said.
// The stage says how many days there are, from when the sheet came to it or from the
// opening, as the contest says; where the first stage says nothing, the latest deadline
// of the unit's criteria holds.
func (c Contest) Due(t *Table, unit body.ID, w Way, arrived calendar.Day) calendar.Day {
	stage, ok := c.StageOf(w.Stage)
	switch {
	case !ok || w.Ready || c.Standing != Opened:
		return 0
	case stage.Days > 0 && c.Counts == FromOpening && c.Began != 0:
		return c.Began + calendar.Day(stage.Days)
	case stage.Days > 0:
		return arrived + calendar.Day(stage.Days)
	case stage.Code != c.Stages[0].Code:
		return 0
	}
	var last calendar.Day
	for _, row := range t.Leaves(unit) {
		last = max(last, row.Deadline)
	}
	return last
}

// Sent tells whether a unit has handed its sheet in: it left the first stage and
// was not returned there.
func (c Contest) Sent(w Way) bool {
	return w.Stage != "" && (w.Ready || w.Stage != c.Stages[0].Code)
}

// Led is one year of a cluster with who was in the lead and deputy.
type Led struct {
	Year   int
	Lead   body.ID
	Deputy body.ID
}

// LedBy reads from the units of a year who was in the lead.
func LedBy(year int, units []Unit) Led {
	led := Led{Year: year}
	for _, u := range units {
		switch u.Role {
		case Lead:
			led.Lead = u.Body
		case Deputy:
			led.Deputy = u.Body
		case Member:
		}
	}
	return led
}

// Turn is a unit waiting for its turn in the lead.
type Turn struct {
	Unit body.ID
	Last int // year in which it was last in the lead; 0: never, as far as the book knows
}

// Turns puts the units of a year in the order in which the lead comes to them
// next: who led longest ago before who led since, those who never led first, in
// the order of the units. It proposes; people decide.
func Turns(units []Unit, years []Led) []Turn {
	last := map[body.ID]int{}
	for _, y := range years {
		if y.Lead != 0 {
			last[y.Lead] = max(last[y.Lead], y.Year)
		}
	}
	turns := make([]Turn, 0, len(units))
	for _, u := range units {
		turns = append(turns, Turn{u.Body, last[u.Body]})
	}
	slices.SortStableFunc(turns, func(a, b Turn) int { return cmp.Compare(a.Last, b.Last) })
	return turns
}
