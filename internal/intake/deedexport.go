package intake

import (
	"context"
	"slices"
	"strconv"

	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/sheet"
)

// deeds writes every deed of the organisation by its day: one row for each line or party it has, all
// with the number of the deed.
func (x *export) deeds(ctx context.Context, b Book) error {
	all, err := b.KnownDeeds(ctx)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(d deed.Deed) bool { return !x.own(b, d.Body) })
	people, err := b.KnownPeople(ctx)
	if err != nil {
		return err
	}
	kinds, err := b.Kinds(ctx)
	if err != nil {
		return err
	}
	at := &deedNames{people: map[person.ID]*Member{}, kinds: map[string]string{}}
	for i := range people {
		at.people[people[i].ID] = &people[i]
	}
	for _, k := range kinds {
		at.kinds[k.Code] = k.Name(string(x.to.Lang))
	}
	x.columns = []Field{
		"ref", "kind", "day", "title", "branch", "role", "who", "number", "quantity", "unit", "qualifier", "amount", "currency", "item", "stage", "status",
		"brought", "place", "series", "note",
	}
	x.rows = func(yield func([]sheet.Value) bool) {
		for _, d := range all {
			for i := range max(1, len(d.Lines), len(d.Parties)) {
				if !yield(x.deed(d, i, at)) {
					return
				}
			}
		}
	}
	return nil
}

// deedNames are what deeds point to, by what they are called.
type deedNames struct {
	people map[person.ID]*Member
	kinds  map[string]string
}

// deed writes the nth line and the nth party of a deed.
func (x *export) deed(d deed.Deed, n int, at *deedNames) []sheet.Value {
	row := make([]sheet.Value, 20)
	row[0], row[1], row[2], row[3] = sheet.Words(strconv.FormatInt(int64(d.ID), 10)), sheet.Words(at.kinds[d.Kind]), sheet.On(d.Day), sheet.Words(d.Title)
	row[4] = x.body(d.Body)
	if n < len(d.Parties) {
		party := d.Parties[n]
		row[5], row[6] = x.coded("role", string(party.Role)), sheet.Words(party.Name)
		if b, ok := x.bodies[party.Body]; ok {
			row[6] = sheet.Words(x.name(b))
		}
		if m := at.people[party.Person]; m != nil {
			row[6], row[7] = sheet.Words(m.Name), sheet.Words(m.shown().Number)
		}
	}
	if n < len(d.Lines) {
		x.line(row, d.Lines[n])
	}
	row[15] = x.coded("status", string(d.Status))
	if d.Brought {
		row[16] = x.coded("truth", "yes")
	}
	row[17] = x.place(d.Place, d.PlaceNote)
	if d.Series != 0 {
		row[18] = sheet.Count(d.Series)
	}
	row[19] = sheet.Words(d.Note)
	return row
}

func (x *export) line(row []sheet.Value, l deed.Line) {
	row[9] = x.coded("unit", string(l.Unit))
	if l.Unit.HasCurrency() {
		row[11], row[12] = sheet.Sum(money.Of(l.Quantity, l.Currency)), sheet.Words(string(l.Currency))
	} else {
		row[8] = sheet.Count(l.Quantity)
	}
	if l.Qualifier != deed.Exact {
		row[10] = x.coded("qualifier", qualifiers[l.Qualifier])
	}
	row[13], row[14] = sheet.Words(l.Item), x.coded("stage", string(l.Stage))
}
