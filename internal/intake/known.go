package intake

import (
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/text"
)

// personDraft proposes to enrol a person or to correct one the book knows.
type personDraft struct {
	told   *toldPerson
	person person.Person // as it would be

	known   *Member
	correct bool // the person's own fields change
	member  person.Membership
	amend   bool // the membership's own fields change
	move    bool // to the branch told
	join    bool // known, but never a member
	leave   bool
	die     bool
}

// known proposes what changes of a person the book knows.
func (p *proposal) known(r *reading, m *Member, t *toldPerson, row *Row) {
	c := &comparison{p: p, row: row}
	d := &personDraft{told: t, person: m.Person, known: m}
	c.ownFields(d, m, t)
	d.correct = len(row.Changes) > 0
	c.householdOf(d, m, t)
	c.membership(r, d, p.inOurs(m), t)
	row.Ref, row.What, row.draft = int64(m.ID), Same, nil
	if len(row.Changes) > 0 {
		row.What, row.draft = Update, d
		r.refuseFields(d.person.Check(p.today))
		r.refuseFields(t.checkMembership(p.today))
	}
}

// comparison gathers the fields that a row would change.
type comparison struct {
	p   *proposal
	row *Row
}

func (c *comparison) note(f Field, before, after string) {
	c.row.Changes = append(c.row.Changes, Change{Field: f, Before: before, After: after})
}

// text compares a text: a blank tells nothing.
func (c *comparison) text(f Field, told string, known *string) {
	if told == "" || told == *known {
		return
	}
	c.note(f, *known, told)
	*known = told
}

// date compares a date: one told less precisely tells nothing new.
func (c *comparison) date(f Field, told calendar.Date, known *calendar.Date) bool {
	if told.IsUnknown() {
		return false
	}
	if a := agrees(told, *known); a == equal || a == coarser {
		return false
	}
	c.note(f, known.EDTF(), told.EDTF())
	*known = told
	return true
}

// place compares a place: what the book says more precisely stays.
func (c *comparison) place(f Field, told located, id *int64, note *string) {
	before := placeText(c.p.atlas, place.ID(*id), *note, c.p.today)
	if told.said == "" || text.Fold(told.said) == text.Fold(before) {
		return
	}
	switch {
	case told.id == 0 && *id != 0:
		return // a place on the map is not given up for words
	case told.id == 0:
		c.text(f, told.note, note)
		return
	case int64(told.id) == *id:
		c.text(f, told.note, note)
		return
	case *id != 0 && told.id != place.ID(*id) && c.p.atlas.Lies(place.ID(*id), told.id):
		return // the book knows the commune, the table only the district
	}
	*id, *note = int64(told.id), told.note
	c.note(f, before, placeText(c.p.atlas, told.id, told.note, c.p.today))
}

// ownFields compares the fields of the person, writing what changes into the
// draft.
func (c *comparison) ownFields(d *personDraft, m *Member, t *toldPerson) {
	p := &d.person
	if spelling(t.name) != spelling(m.Name) && !(plainName(t.name) && text.Fold(t.name) == text.Fold(m.Name)) {
		c.text("name", t.name, &p.Name)
	}
	c.text("sex", string(t.sex), (*string)(&p.Sex))
	c.date("birth", t.birth, &p.Birth)
	if strings.Join(phoneKeys(t.phone), " ") != strings.Join(phoneKeys(m.Phone), " ") || len(phoneKeys(t.phone)) == 0 {
		c.text("phone", t.phone, &p.Phone)
	}
	c.text("email", t.email, &p.Email)
	c.text("address", t.address, &p.Address)
	c.place("origin", t.origin, &p.Origin, &p.OriginNote)
	c.place("residence", t.residence, &p.Residence, &p.ResidenceNote)
	c.text("relation", t.relation, &p.Relation)
	c.text("consent", string(t.consent), (*string)(&p.Consent))
	c.text("note", t.note, &p.Note)
	if t.dead && !m.Dead {
		d.die = true
		before := ""
		c.note("death", before, t.death.EDTF())
	} else if t.dead {
		c.date("death", t.death, &p.Death)
	}
}

// membership compares number, category, branch and the days of joining and
// leaving.
func (c *comparison) membership(r *reading, d *personDraft, m *Member, t *toldPerson) {
	lasting, ok := m.current(t.branch)
	if !ok {
		c.noMembership(r, d, m, t)
		return
	}
	d.member = lasting
	if t.branchSaid != "" && (t.branch == 0 || lasting.Body != t.branch) {
		d.move = true
		c.note("branch", c.p.branches.names[lasting.Body], t.branchSaid)
	}
	before := len(c.row.Changes)
	c.text("number", t.number, &d.member.Number)
	c.text("category", string(t.category), (*string)(&d.member.Category))
	joined := m.joined()
	if c.date("joined", t.joined, &joined) {
		d.member.Joined = joined
	}
	d.amend = len(c.row.Changes) > before
	if !d.die && (!t.left.IsUnknown() || t.reason != "") {
		d.leave = true
		c.note("left", "", t.left.EDTF())
	}
}

// noMembership handles people whose membership ended, or who never had one. Who
// left is not taken in again unasked: the table may be older than the leaving.
func (c *comparison) noMembership(r *reading, d *personDraft, m *Member, t *toldPerson) {
	if len(m.Memberships) == 0 {
		d.join, d.member = true, t.membership()
		c.note("branch", "", c.p.branches.names[t.branch])
		return
	}
	if t.left.IsUnknown() && t.reason == "" && !t.dead && !m.Dead {
		r.remark("name", "intake.member.ended", m.Name)
	}
}

// householdOf compares the household by its number or its head.
func (c *comparison) householdOf(d *personDraft, m *Member, t *toldPerson) {
	if t.household == "" || c.p.households.called(m.Person.Household, t.household) {
		return
	}
	d.correct = true
	c.note("household", c.p.households.names[m.Person.Household], t.household)
}
