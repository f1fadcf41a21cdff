package intake

import (
	"context"
	"iter"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/sheet"
	"kith.app/internal/text"
)

// Export gives everything of a subject that the actor may see as a table with
// the columns that an import reads. plain says that the table is for a text
// file, where a date is digits: its heading then says which is the day. Entries
// are those of the fund that pays for the book's root; EntriesOf names another.
func Export(ctx context.Context, b Book, s Subject, to locale.Speaker, plain bool) (sheet.Table, error) {
	if s == Entries {
		return EntriesOf(ctx, b, b.Root(), to, plain)
	}
	x, err := newExport(ctx, b, s, to)
	if err != nil {
		return sheet.Table{}, err
	}
	switch s {
	case People:
		err = x.people(ctx, b)
	case Bodies:
		err = x.allBodies(ctx, b)
	case Households:
		err = x.allHouseholds(ctx, b)
	case Deeds:
		err = x.deeds(ctx, b)
	default:
		err = fault.Field("subject", "intake.subject.unknown", string(s))
	}
	if err != nil {
		return sheet.Table{}, err
	}
	return x.table(plain), nil
}

// EntriesOf gives the receipts and payments of the fund that pays for a body.
func EntriesOf(ctx context.Context, b Book, of body.ID, to locale.Speaker, plain bool) (sheet.Table, error) {
	x, err := newExport(ctx, b, Entries, to)
	if err != nil {
		return sheet.Table{}, err
	}
	if err := x.entries(ctx, b, of); err != nil {
		return sheet.Table{}, err
	}
	return x.table(plain), nil
}

// export is a table in the making.
type export struct {
	subject    Subject
	to         locale.Speaker
	words      *vocabulary
	atlas      *place.Map
	today      calendar.Day
	root       body.ID
	bodies     map[body.ID]body.Body
	named      map[string]int // how many bodies bear a folded name
	households *households
	columns    []Field
	rows       iter.Seq[[]sheet.Value]
}

func newExport(ctx context.Context, b Book, s Subject, to locale.Speaker) (*export, error) {
	words, err := shipped()
	if err != nil {
		return nil, err
	}
	atlas, err := place.Shipped()
	if err != nil {
		return nil, err
	}
	all, err := b.KnownBodies(ctx)
	if err != nil {
		return nil, err
	}
	x := &export{
		subject: s, to: to, words: words, atlas: atlas, today: b.Today(), root: b.Root(),
		bodies: make(map[body.ID]body.Body, len(all)), named: map[string]int{}, households: knownHouseholds(all),
	}
	for _, one := range all {
		x.bodies[one.ID] = one
		if one.Kind != body.Household {
			x.named[text.Fold(x.name(one))]++
		}
	}
	return x, nil
}

// dates are the fields whose heading in a text file says the order of day and
// month.
var dates = map[Field]bool{"birth": true, "joined": true, "left": true, "death": true, "day": true, "founded": true, "ended": true}

func (x *export) table(plain bool) sheet.Table {
	t := sheet.Table{Name: x.to.Say("intake.subject." + string(x.subject)), Rows: x.rows}
	for _, f := range x.columns {
		title := x.words.title(x.subject, f, x.to.Lang)
		if plain && dates[f] {
			title += " " + x.to.Say("intake.export.order")
		}
		t.Columns = append(t.Columns, sheet.Column{Title: title})
	}
	return t
}

func (x *export) name(b body.Body) string { return b.NameOn("vi", x.today) }

// body writes a body by its name, by its code where another has the same name,
// and the book's root as nothing.
func (x *export) body(id body.ID) sheet.Value {
	b, ok := x.bodies[id]
	if !ok || id == x.root {
		return sheet.Value{}
	}
	if x.named[text.Fold(x.name(b))] > 1 {
		return sheet.Words(b.Code)
	}
	return sheet.Words(x.name(b))
}

// coded writes a coded value by its word.
func (x *export) coded(set, code string) sheet.Value {
	return sheet.Words(x.words.say(set, code, x.to.Lang))
}

func (x *export) place(id int64, note string) sheet.Value {
	return sheet.Words(placeText(x.atlas, place.ID(id), note, x.today))
}

// own tells whether a body belongs to the organisation whose tables are given
// out: others may keep the same book.
func (x *export) own(b Book, of body.ID) bool { return b.Tree().Top(of, x.today) == x.root }

// people writes everybody of the organisation, by given name.
func (x *export) people(ctx context.Context, b Book) error {
	all, err := b.KnownPeople(ctx)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(m Member) bool {
		member := slices.ContainsFunc(m.Memberships, func(one person.Membership) bool { return x.own(b, one.Body) })
		return !member && !x.own(b, m.Person.Body)
	})
	x.columns = []Field{
		"number", "name", "sex", "birth", "phone", "email", "address", "origin", "residence", "branch", "household", "head", "relation",
		"category", "joined", "left", "leftReason", "death", "consent", "note",
	}
	x.rows = func(yield func([]sheet.Value) bool) {
		for i := range all {
			if !yield(x.person(&all[i])) {
				return
			}
		}
	}
	return nil
}

func (x *export) person(m *Member) []sheet.Value {
	one := m.shown()
	household, head := x.households.told(m.Person.Household)
	var left calendar.Date
	reason := ""
	if !one.Lasts {
		left, reason = one.Left, one.Reason
	}
	return []sheet.Value{
		sheet.Words(one.Number), sheet.Words(m.Name), x.coded("sex", string(m.Sex)), sheet.On(m.Birth), sheet.Words(m.Phone), sheet.Words(m.Email),
		sheet.Words(m.Address), x.place(m.Origin, m.OriginNote), x.place(m.Residence, m.ResidenceNote), x.body(one.Body), sheet.Words(household),
		sheet.Words(head), x.coded("relation", m.Relation), x.coded("category", string(one.Category)), sheet.On(m.joined()), sheet.On(left),
		x.coded("reason", reason), x.death(m), x.coded("truth", string(m.Consent)), sheet.Words(m.Note),
	}
}

func (x *export) death(m *Member) sheet.Value {
	if m.Dead && m.Death.IsUnknown() {
		return x.coded("reason", "died")
	}
	return sheet.On(m.Death)
}
