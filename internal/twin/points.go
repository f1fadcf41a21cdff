package twin

import (
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
)

// Points are what a speech at a meeting under the tie may tell, each from the
// book: since when the tie is, its next round year, the last meeting before the
// one that is to come, what each side gave in all, what was promised and is open.
func (t Teller) Points(coming deed.ID) []string {
	f := t.File
	var all []string
	if !f.Tie.Origin.IsUnknown() {
		all = append(all, joined(" · ", t.Called(), t.Say("twin.point.since", f.Tie.Origin)))
	}
	if f.NextRound.Years > 0 {
		all = append(all, t.Say("tie.next.round")+": "+t.Say("tie.anniversary", f.NextRound.Years, f.NextRound.On))
	}
	for i := len(f.Visits) - 1; i >= 0; i-- {
		if v := f.Visits[i]; v.Deed.ID != coming {
			all = append(all, t.Say("twin.point.last", t.date(v.Deed.Day), or(v.Deed.Title, t.Say("twin.visit.untitled"))))
			break
		}
	}
	for _, g := range f.InAll {
		for _, s := range g.Sums {
			all = append(all, t.Say("twin.point.gave", t.side(g.Side), t.Sum(s)))
		}
	}
	for _, p := range f.Open() {
		due := ""
		if last, set := p.Due.Last(); set && last < calendar.Latest {
			due = t.dateOrNot(p.Due)
		}
		all = append(all, t.Say("twin.point.open", joined(" · ", t.Who(p), t.Promised(p), due)))
	}
	return all
}
