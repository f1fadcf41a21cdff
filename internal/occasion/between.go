package occasion

import (
	"cmp"
	"slices"
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/lunar"
)

// Fact is something of the book that has a day: a tie signed, a term that ends,
// a task. Yearly ones return as anniversaries.
type Fact struct {
	Kind    Kind
	ID      int64
	Names   map[string]string
	On      calendar.Date
	Yearly  bool
	ByMoon  bool // a yearly day that follows the lunar calendar
	Number  int  // an age; of yearly ones it is counted
	Body    body.ID
	Who     string
	Path    string
	Country string
}

// Code identifies the fact among occasions.
func (f Fact) Code() string { return string(f.Kind) + "." + strconv.FormatInt(f.ID, 10) }

// Asked says whose calendar is read and for which days.
type Asked struct {
	Body   body.ID // with what is below it; 0: everything the reader may see
	Period calendar.Period
	World  bool // every country, not only those the organisation has to do with
}

// DutiesAsked narrows a list of duties; what is zero narrows nothing.
type DutiesAsked struct {
	Period calendar.Period // of the occasion
	Code   string
	Target body.ID
	Waits  bool
	Most   int
}

// Reading is everything a calendar is made of.
type Reading struct {
	Feasts  []Feast
	Decrees []Decree
	Facts   []Fact
	Leads   map[Kind]int // where the book sets another lead
}

// Between lists what falls in a period, by its day; on one day the round
// anniversaries first. Something known only by its month stands on the first day
// of it and is marked vague; by its year alone it is told when the anniversary is
// round.
func (r Reading) Between(p calendar.Period) []Occurrence {
	var all []Occurrence
	decrees := map[string]map[int]Decree{}
	for _, d := range r.Decrees {
		if decrees[d.Feast] == nil {
			decrees[d.Feast] = map[int]Decree{}
		}
		decrees[d.Feast][d.Year] = d
	}
	from, to := p.From.Year(), p.To.Year()
	for _, f := range r.Feasts {
		if f.Retired {
			continue
		}
		// A feast of several days may have begun last year.
		for year := from - 1; year <= to; year++ {
			if o, ok := f.in(year, decrees[f.Code]); ok && o.within(p) {
				all = append(all, r.lead(o, f.Lead))
			}
		}
	}
	for _, f := range r.Facts {
		for year := from; year <= to; year++ {
			if o, ok := f.in(year); ok && o.within(p) && o.kept() {
				all = append(all, r.lead(o, 0))
			}
			if !f.Yearly {
				break
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Occurrence) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(Roundness(b.Number), Roundness(a.Number)), cmp.Compare(a.Code, b.Code))
	})
	return all
}

// kept leaves out the death anniversaries that a family keeps by itself: an
// association remembers the first two and the round ones.
func (o Occurrence) kept() bool {
	return o.Kind != Memorial || o.Number > 0 && o.Number <= 2 || o.Round()
}

func (o Occurrence) within(p calendar.Period) bool { return o.Day <= p.To && o.Until >= p.From }

// lead sets how many days ahead an occurrence is prepared.
func (r Reading) lead(o Occurrence, own int) Occurrence {
	o.Lead = own
	if own == 0 {
		o.Lead = o.Kind.Lead()
		if set, ok := r.Leads[o.Kind]; ok {
			o.Lead = set
		}
	}
	return o
}

// in gives the occurrence of a feast in a year, by decree or by its rule.
func (f Feast) in(year int, decrees map[int]Decree) (Occurrence, bool) {
	o := Occurrence{Code: f.Code, Kind: f.Kind, Names: f.Names, Country: f.Country, Body: f.Body, Check: f.Check}
	if f.Since != 0 && year > f.Since {
		o.Number = year - f.Since
	}
	if f.Since != 0 && year < f.Since {
		return o, false
	}
	if d, ok := decrees[year]; ok {
		o.Day, o.Until, o.Decreed, o.Check = d.From, d.To, true, false
		return o, true
	}
	days, ok := f.rule.In(year)
	o.Day, o.Until = days.From, days.To
	return o, ok
}

// In gives the occurrence of a feast in a year.
func (f Feast) In(year int, decrees []Decree) (Occurrence, bool) {
	own := map[int]Decree{}
	for _, d := range decrees {
		if d.Feast == f.Code {
			own[d.Year] = d
		}
	}
	return f.in(year, own)
}

// in gives the occurrence of a fact in a year; of one that does not return its
// own day, whatever the year.
func (f Fact) in(year int) (Occurrence, bool) {
	o := Occurrence{Code: f.Code(), Kind: f.Kind, Names: f.Names, Body: f.Body, Who: f.Who, Path: f.Path, Country: f.Country, Number: f.Number}
	on := f.On
	if f.Yearly {
		var known bool
		if on, o.Number, known = calendar.Anniversary(f.On, year); !known {
			return o, false
		}
	}
	if f.ByMoon {
		return f.byMoon(o, year)
	}
	first, ok := on.First()
	last, ends := on.Last()
	if !ok || !ends {
		return o, false
	}
	o.Day, o.Until, o.Derived = first, last, on.IsDerived() || on.IsAbout()
	o.Vague = first != last
	if o.Vague && f.Yearly && on.Precision() == calendar.ToYear && !o.Round() {
		return o, false
	}
	return o, true
}

// byMoon keeps a day by the lunar calendar, as death anniversaries are.
func (f Fact) byMoon(o Occurrence, year int) (Occurrence, bool) {
	day, known := f.On.Day()
	if !known {
		return o, false
	}
	date := lunar.From(day)
	if date.IsZero() {
		return o, false
	}
	for _, y := range []int{year - 1, year} {
		on, ok := date.InYear(y)
		if ok && on.Year() == year && on > day {
			o.Day, o.Until, o.Number = on, on, y-date.Year
			return o, true
		}
	}
	return o, false
}
