package report

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
)

// Changed is what of an earlier report is no longer what it said.
type Changed struct {
	Report  int64           `json:"report"`
	Number  string          `json:"number"`
	Day     calendar.Day    `json:"day"` // on which it was filed
	Kind    Kind            `json:"kind"`
	Period  calendar.Period `json:"period"`
	Figures []Difference    `json:"figures,omitempty"`
	Deeds   []DeedChange    `json:"deeds,omitempty"`
}

// Difference is one figure as it was filed and as it is now.
type Difference struct {
	Key   string `json:"key"`
	Names Label  `json:"names,omitempty"` // of the kind of deed or heading, where it has one
	Was   Figure `json:"was"`
	Is    Figure `json:"is"`
}

// DeedChange is one deed written or corrected after a report was filed.
type DeedChange struct {
	Deed deed.ID       `json:"deed"`
	Kind string        `json:"kind"`
	Body string        `json:"body"` // its home's code
	Day  calendar.Date `json:"day"`
	Was  calendar.Date `json:"was"` // its date before, when it was corrected
	At   calendar.Day  `json:"at"`  // when it was written
	By   string        `json:"by"`
	Why  string        `json:"why,omitempty"`
	New  bool          `json:"new,omitempty"` // entered after the report, rather than corrected
	Ref  string        `json:"ref"`
}

// Since tells what of a filed report is no longer what it said, and by which
// deeds of its period.
func Since(ctx context.Context, b Book, filed Report) (*Changed, error) {
	now, err := Recount(ctx, b, filed.Ask)
	if err != nil {
		return nil, err
	}
	ch := &Changed{Report: int64(filed.ID), Number: filed.Symbol, Day: filed.Day, Kind: filed.Kind, Period: filed.Period}
	ch.Figures = Compare(filed.Frozen.Facts, now)
	if len(ch.Figures) == 0 || !b.Actor().Can(access.ReadDeeds, filed.Body) {
		return ch, nil
	}
	deeds, err := b.DeedsSince(ctx, filed)
	if err != nil {
		return nil, err
	}
	ch.Deeds = concerned(deeds, filed.Period)
	return ch, nil
}

// Compare finds the figures of the same question that differ. Figures by branch
// and the comparison with the period before are left out: they follow from the
// others.
func Compare(was, is *Facts) []Difference {
	old := map[string]Figure{}
	for _, f := range was.Figures() {
		old[f.Key] = f
	}
	names := is.names()
	var found []Difference
	for _, f := range is.Figures() {
		if !compared(f.Key) {
			continue
		}
		before, told := old[f.Key]
		if !told { // the report said nothing of it
			before = f
			before.Qty, before.Qualifier = 0, deed.Exact
		}
		if before.Qty != f.Qty || before.Qualifier != f.Qualifier {
			found = append(found, Difference{Key: f.Key, Names: names[f.Key], Was: before, Is: f})
		}
		delete(old, f.Key)
	}
	for _, f := range was.Figures() {
		if _, gone := old[f.Key]; gone && compared(f.Key) && f.Qty != 0 {
			nothing := f
			nothing.Qty, nothing.Qualifier = 0, deed.Exact
			found = append(found, Difference{Key: f.Key, Names: was.names()[f.Key], Was: f, Is: nothing})
		}
	}
	return slices.DeleteFunc(found, func(d Difference) bool { return d.Was.Qty == 0 && d.Is.Qty == 0 })
}

// compared tells which figures are told when they change.
func compared(key string) bool {
	for _, place := range []string{"now/", "roll/", "fund/", "goods/"} {
		if len(key) > len(place) && key[:len(place)] == place {
			return true
		}
	}
	return false
}

// names gives what figures are called where a kind or a heading names them.
func (f *Facts) names() map[string]Label {
	names := map[string]Label{}
	for _, r := range f.Results {
		for _, row := range r.Rows {
			names[row.Now.Key] = r.Names
		}
		if r.Named != nil {
			names[r.Named.People.Key] = r.Names
		}
	}
	if f.Fund != nil {
		for _, s := range f.Fund.Sheets {
			for _, h := range append(slices.Clone(s.In), s.Out...) {
				names[h.Amount.Key] = h.Names
			}
			for _, p := range s.Purses {
				names[p.Amount.Key] = p.Names
			}
		}
		for _, p := range f.Fund.Purposes {
			names[p.Received.Key], names[p.Spent.Key], names[p.Left.Key] = p.Names, p.Names, p.Names
		}
	}
	for _, g := range f.Goods {
		names[g.Received.Key], names[g.Given.Key] = Label{"vi": g.Item}, Label{"vi": g.Item}
	}
	return names
}

// concerned keeps the changed deeds that touch the period of a report.
func concerned(changes []DeedChange, p calendar.Period) []DeedChange {
	return slices.DeleteFunc(changes, func(c DeedChange) bool { return !c.Day.Overlaps(p) && (c.New || !c.Was.Overlaps(p)) })
}
