package report

import (
	"cmp"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
	"kith.app/internal/tally"
)

// ground is a body on some borders.
type ground struct {
	body    body.ID
	borders tally.Borders
}

func (a Ask) on(of body.ID) ground { return ground{of, a.Borders} }

// moves counts who came to a set of bodies and who went in a period. Somebody
// who passes from one branch to another of the set neither came nor went. A day
// known too coarsely to lie in the period or out of it is counted apart.
func moves(place string, of ground, stays []Stay, p calendar.Period) (joined, left, died Figure) {
	joined = count(place+"/joined", 0, rollRef(of.body, RollJoined, p, of.borders))
	left = count(place+"/left", 0, rollRef(of.body, RollLeft, p, of.borders))
	died = count(place+"/died", 0, rollRef(of.body, RollDied, p, of.borders))
	by := map[person.ID][]Stay{}
	for _, s := range stays {
		if s.Person != 0 {
			by[s.Person] = append(by[s.Person], s)
		}
	}
	for _, own := range by {
		for _, t := range together(own) {
			joined.place(t.Joined, p)
			switch {
			case t.Lasts:
			case t.Reason == person.ReasonDied:
				died.place(t.Left, p)
			default:
				left.place(t.Left, p)
			}
		}
	}
	joined.sort()
	left.sort()
	died.sort()
	return joined, left, died
}

// together joins the stays of one person that follow each other without a gap,
// or of which the first ended because they moved on within the set.
func together(stays []Stay) []Stay {
	slices.SortFunc(stays, func(a, b Stay) int {
		return cmp.Compare(a.Joined.FirstOr(calendar.Earliest), b.Joined.FirstOr(calendar.Earliest))
	})
	joined := stays[:1:1]
	for _, s := range stays[1:] {
		last := &joined[len(joined)-1]
		moved := last.Reason == person.ReasonMoved || last.Reason == person.ReasonMerged
		if !last.Lasts && !moved && s.Joined.FirstOr(calendar.Earliest) > last.Left.LastOr(calendar.Earliest)+1 {
			joined = append(joined, s)
			continue
		}
		if s.Lasts || !last.Lasts && s.Left.LastOr(calendar.Earliest) >= last.Left.LastOr(calendar.Earliest) {
			last.Lasts, last.Left, last.Reason = s.Lasts, s.Left, s.Reason
		}
	}
	return joined
}

// place counts one dated thing in, over the edge of, or out of a period.
func (f *Figure) place(d calendar.Date, p calendar.Period) {
	switch {
	case d.IsUnknown():
	case d.Within(p):
		f.Qty++
	case d.Overlaps(p):
		f.across(d.EDTF(), 1)
	}
}

func (f *Figure) across(period string, qty int64) {
	for i := range f.Across {
		if f.Across[i].Period == period {
			f.Across[i].Qty += qty
			return
		}
	}
	f.Across = append(f.Across, Across{period, qty})
}

func (f *Figure) sort() {
	slices.SortFunc(f.Across, func(a, b Across) int { return cmp.Compare(a.Period, b.Period) })
}

// Movers lists who came or went in a period, as a reference to the roll asks;
// those whose day is too coarsely known to lie in the period are not among them.
func Movers(stays []Stay, what string, p calendar.Period) []Stay {
	by := map[person.ID][]Stay{}
	for _, s := range stays {
		by[s.Person] = append(by[s.Person], s)
	}
	var found []Stay
	for _, own := range by {
		for _, t := range together(own) {
			died := t.Reason == person.ReasonDied
			went := !t.Lasts && t.Left.Within(p) && !t.Left.IsUnknown()
			switch {
			case what == RollJoined && t.Joined.Within(p) && !t.Joined.IsUnknown(),
				what == RollLeft && went && !died, what == RollDied && went && died, what == RollGone && went:
				found = append(found, t)
			}
		}
	}
	return found
}
