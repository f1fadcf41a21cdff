package twin

import (
	"cmp"
	"slices"

	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/tie"
)

// Sum is how much of one unit was given, with how exactly it is known.
type Sum struct {
	Unit     deed.Unit      `json:"unit"`
	Stage    deed.Stage     `json:"stage,omitempty"`
	Currency money.Currency `json:"currency,omitempty"`
	Quantity int64          `json:"quantity"`
	Counts   deed.Counts    `json:"-"`
	Deeds    []deed.ID      `json:"-"` // that it is made of
}

// Qualifier is how exactly the sum is known.
func (s Sum) Qualifier() deed.Qualifier { return s.Counts.Qualifier() }

// Sums are amounts of several units; those of different units, stages and
// currencies are never added to each other.
type Sums []Sum

// add adds a line where its like stands.
func (all Sums) add(l deed.Line, of deed.ID) Sums {
	at := slices.IndexFunc(all, func(s Sum) bool { return s.Unit == l.Unit && s.Stage == l.Stage && s.Currency == l.Currency })
	if at < 0 {
		at, all = len(all), append(all, Sum{Unit: l.Unit, Stage: l.Stage, Currency: l.Currency})
	}
	all[at].Quantity += l.Quantity
	all[at].Counts = all[at].Counts.Add(deed.CountOf(l.Qualifier))
	if !slices.Contains(all[at].Deeds, of) {
		all[at].Deeds = append(all[at].Deeds, of)
	}
	return all
}

// Of gives the amounts of some units, in a steady order.
func (all Sums) Of(units ...deed.Unit) Sums {
	found := slices.DeleteFunc(slices.Clone(all), func(s Sum) bool { return !slices.Contains(units, s.Unit) })
	slices.SortFunc(found, func(a, b Sum) int {
		return cmp.Or(slices.Index(units, a.Unit)-slices.Index(units, b.Unit), cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Currency, b.Currency))
	})
	return found
}

// GivenIn is what one side gave in one year; year 0 holds what has no one year,
// side 0 what the deeds do not say who gave.
type GivenIn struct {
	Year  int       `json:"year,omitempty"`
	Side  int       `json:"side"`
	Sums  Sums      `json:"sums"`
	Deeds []deed.ID `json:"deeds"`
}

// gifts are the units in which something is given. How many acts there were is no
// gift; how many people came or were helped is told beside.
var gifts = []deed.Unit{deed.Money, deed.Things, deed.GoodsValue, deed.Built, deed.Repaired, deed.WorkDays, deed.Persons, deed.Families}

// Gave adds up what each side gave by year: of deeds done, each line as often as
// it stands in the journal.
func Gave(t tie.Tie, deeds []deed.Deed, g Ground) []GivenIn {
	return gave(t, deeds, g, func(d deed.Deed) int {
		year, _ := d.Day.Year()
		return year
	})
}

// InAll adds up what each side gave over all years.
func InAll(t tie.Tie, deeds []deed.Deed, g Ground) []GivenIn {
	return gave(t, deeds, g, func(deed.Deed) int { return 0 })
}

func gave(t tie.Tie, deeds []deed.Deed, g Ground, yearOf func(deed.Deed) int) []GivenIn {
	type key struct{ year, side int }
	at := map[key]int{}
	var all []GivenIn
	for _, d := range deeds {
		if d.Status != deed.Done {
			continue
		}
		lines := slices.DeleteFunc(slices.Clone(d.Lines), func(l deed.Line) bool { return !slices.Contains(gifts, l.Unit) })
		if len(lines) == 0 {
			continue
		}
		k := key{yearOf(d), g.Giver(t, d)}
		i, known := at[k]
		if !known {
			i, all = len(all), append(all, GivenIn{Year: k.year, Side: k.side})
			at[k] = i
		}
		for _, l := range lines {
			all[i].Sums = all[i].Sums.add(l, d.ID)
		}
		all[i].Deeds = append(all[i].Deeds, d.ID)
	}
	slices.SortFunc(all, func(a, b GivenIn) int { return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Side, b.Side)) })
	return all
}
