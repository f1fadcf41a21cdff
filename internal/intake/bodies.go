package intake

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/text"
)

// bodyDraft proposes to found a body or to describe anew one the book knows.
type bodyDraft struct {
	body       body.Body
	parentSaid string // the name of one that stands further up in the same table
	based      int64  // revision of the body that changes, 0 for a new one
}

// knownBodies finds the bodies, or the households, that rows name.
type knownBodies struct {
	code, called map[string]*body.Body
	ids          map[body.ID]*body.Body
	told         map[string]int // rows before, by what they are called
}

// row finds the body that a row is about, nil when the book does not know it.
func (k *knownBodies) row(code, key string) *body.Body {
	if known := k.code[code]; known != nil {
		return known
	}
	return k.called[key]
}

// names tells whether a text is the code or any name of a body.
func (k *knownBodies) names(of body.ID, said string) bool {
	b := k.ids[of]
	if b == nil {
		return false
	}
	return b.Code == said || slices.ContainsFunc(b.Names, func(n body.Name) bool { return text.Fold(n.Full) == text.Fold(said) })
}

// bodies proposes what becomes of every row of a table of bodies or households.
func (p *proposal) bodies(ctx context.Context, b Book) error {
	all, err := b.KnownBodies(ctx)
	if err != nil {
		return err
	}
	k := &knownBodies{code: map[string]*body.Body{}, called: map[string]*body.Body{}, ids: map[body.ID]*body.Body{}, told: map[string]int{}}
	for i := range all {
		one := &all[i]
		k.ids[one.ID] = one
		if (one.Kind == body.Household) != (p.table.Subject == Households) {
			continue
		}
		k.code[one.Code] = one
		for _, n := range one.Names {
			k.called[text.Fold(n.Full)] = one
		}
	}
	for _, row := range p.table.rows {
		if said, ok := p.table.group(row, "name", "head", "number"); ok {
			p.skip(row.Number, said)
			continue
		}
		p.body(&reading{p: p, row: row}, k)
	}
	return nil
}

// body proposes what becomes of one row.
func (p *proposal) body(r *reading, k *knownBodies) {
	told, parentSaid := p.toldBody(r, k)
	name := told.NameOn("vi", calendar.Latest)
	row := Row{Name: name, What: Trouble}
	if name == "" {
		r.refuse("name", fault.Field("name", "body.name.missing"))
	}
	if strings.ContainsAny(name, "<>{}[]|\\") {
		field, key := Field("name"), "intake.body.signs"
		if p.table.Subject == Households {
			field, key = "head", "intake.name.signs"
		}
		r.refuse(field, fault.Field("name", key, name))
	}
	key := told.Code
	if number := r.text("number"); key == "" && number != "" {
		key = text.Fold(number)
	} else if key == "" {
		key = text.Fold(name)
	}
	if before, ok := k.told[key]; ok && name != "" {
		r.refuse("name", fault.Field("name", "intake.same.twice", before))
	}
	k.told[key] = r.row.Number
	if len(r.problems) == 0 {
		p.compareBody(r, k.row(told.Code, key), &bodyDraft{body: told, parentSaid: parentSaid}, &row)
	}
	p.add(r, row)
}

// toldBody reads what a row tells of a body or a household.
func (p *proposal) toldBody(r *reading, k *knownBodies) (told body.Body, parentSaid string) {
	told = body.Body{Code: r.text("code"), Address: r.text("address"), Phone: r.phone("phone"), Note: r.lines("note")}
	at := r.place("place", "", "", "")
	r.told("place", at)
	told.Seat = int64(at.id)
	if p.table.Subject == Households {
		told.Kind = body.Household
		said, head := r.text("number"), r.text("head")
		if said == "" {
			said = head
		}
		if said != "" {
			told.Names = householdNames(said, head)
		}
		return told, ""
	}
	told.Kind, told.Founded, told.Ended = body.Kind(r.coded("kind", "body")), r.date("founded"), r.date("ended")
	for _, n := range []struct {
		lang string
		name Field
	}{{"vi", "name"}, {"en", "english"}, {"fr", "french"}} {
		if full := r.text(n.name); full != "" {
			one := body.Name{Lang: n.lang, Full: full, Since: calendar.Earliest, Until: calendar.Latest}
			if n.lang == "vi" {
				one.Short = r.text("short")
			}
			told.Names = append(told.Names, one)
		}
	}
	if known := k.row(told.Code, text.Fold(r.text("name"))); known != nil {
		p.keptParent(r, known, k)
		return told, ""
	}
	told.Parent, parentSaid = p.parent(r)
	return told, parentSaid
}

// keptParent tells that a body the book knows stays where it stands, when the row
// names another: such a move is an event with its day and its decision.
func (p *proposal) keptParent(r *reading, known *body.Body, k *knownBodies) {
	said := r.text("parent")
	if said != "" && !k.names(known.Parent, said) {
		r.remark("parent", "intake.body.parent.kept", said, known.NameOn("vi", p.today))
	}
}

// parent finds what a body stands under: the body whose table it is, one the
// book knows, or one that stands further up in the same table.
func (p *proposal) parent(r *reading) (body.ID, string) {
	said := r.text("parent")
	if said == "" {
		return p.home, ""
	}
	for _, before := range p.plan.Rows {
		if before.What == New && text.Fold(before.Name) == text.Fold(said) {
			return 0, said
		}
	}
	id, err := p.branches.find(said)
	switch {
	case err == nil && id != 0:
		return id, ""
	case err == nil:
		return 0, said
	}
	r.refuse("parent", err)
	return 0, ""
}

func (p *proposal) compareBody(r *reading, known *body.Body, d *bodyDraft, row *Row) {
	right := p.table.Subject.Right()
	if err := p.actor.May(right, p.home); err != nil {
		r.refuse("name", err)
		return
	}
	if known == nil {
		if d.body.Kind == "" {
			d.body.Kind = body.Branch
		}
		r.refuseFields(d.body.CheckAhead(p.today))
		row.What, row.draft = New, d
		return
	}
	c := &comparison{p: p, row: row}
	after := *known
	c.text("kind", string(d.body.Kind), (*string)(&after.Kind))
	if c.date("founded", d.body.Founded, &after.Founded); after.Founded != known.Founded {
		r.refuseFields(after.CheckAhead(p.today))
	}
	c.date("ended", d.body.Ended, &after.Ended)
	c.text("address", d.body.Address, &after.Address)
	if !samePhone(d.body.Phone, after.Phone) {
		c.text("phone", d.body.Phone, &after.Phone)
	}
	c.text("note", d.body.Note, &after.Note)
	if d.body.Seat != 0 && d.body.Seat != after.Seat && text.Fold(r.text("place")) != text.Fold(p.placed(after.Seat)) {
		c.note("place", p.placed(after.Seat), p.placed(d.body.Seat))
		after.Seat = d.body.Seat
	}
	row.Ref, row.What = int64(known.ID), Same
	if len(row.Changes) > 0 {
		row.What, row.draft = Update, &bodyDraft{body: after, based: known.Revision}
	}
}

func (p *proposal) placed(id int64) string {
	return placeText(p.atlas, placeID(id), "", p.today)
}

// apply founds the body or describes it anew.
func (d *bodyDraft) apply(ctx context.Context, w *writing) error {
	if d.based != 0 {
		_, err := body.Describe(ctx, w.tx, d.body, d.based)
		return err
	}
	if err := w.by.May(w.plan.Subject.Right(), w.plan.branches.home); err != nil {
		return err
	}
	one := d.body
	if d.parentSaid != "" {
		one.Parent = w.plan.branches.made[text.Fold(d.parentSaid)]
	}
	made, err := body.Found(ctx, w.tx, one)
	if err == nil {
		w.plan.branches.made[text.Fold(made.NameOn("vi", calendar.Latest))] = made.ID
	}
	return err
}
