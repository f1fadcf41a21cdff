package intake

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/text"
)

// toldPerson is what one row tells of a person; a blank tells nothing.
type toldPerson struct {
	row        int
	number     string
	name       string
	sex        person.Sex
	birth      calendar.Date
	death      calendar.Date
	dead       bool
	phone      string
	email      string
	address    string
	origin     located
	residence  located
	branchSaid string
	branch     body.ID // 0 while the branch is still to be founded
	household  string  // its number, else the name of its head
	head       string
	relation   string
	category   person.Category
	joined     calendar.Date
	left       calendar.Date
	reason     string
	consent    person.Consent
	note       string

	atlas *place.Map
	today calendar.Day
	isNew bool
}

// people proposes what becomes of every row of a table of people.
func (p *proposal) people(ctx context.Context, b Book) error {
	known, err := b.KnownPeople(ctx)
	if err != nil {
		return err
	}
	if !p.table.Has("name") && !p.table.Has("given") {
		return fault.Field("columns", "intake.people.name", p.words.title(People, "name", "vi"))
	}
	for i := range known {
		p.households.housed(known[i].Person.Household, known[i].shown().Body)
	}
	all, section := newRoll(known, p.ours), ""
	for _, row := range p.table.rows {
		if said, ok := p.table.group(row, "name", "given", "family", "familyMiddle"); ok {
			section = p.section(row.Number, said)
			continue
		}
		r := &reading{p: p, row: row}
		p.person(r, all, section)
	}
	return nil
}

// section reads a row that names the group of the rows below it: a branch, where
// the table has no column for branches.
func (p *proposal) section(number int, said string) string {
	p.skip(number, said)
	name := withoutOrdinal(said)
	if before, _, ok := strings.Cut(name, ":"); ok {
		name = before
	}
	if p.table.Has("branch") || !p.branches.known(name) {
		return ""
	}
	return strings.TrimSpace(name)
}

// person proposes what becomes of one row.
func (p *proposal) person(r *reading, all *roll, section string) {
	t := p.told(r, section)
	if t.name == "" && len(r.problems) == 0 {
		r.refuse("name", fault.Field("name", "person.name.missing"))
	}
	row := Row{Name: t.name}
	if row.Name != "" && len(r.problems) == 0 {
		p.compare(r, all, t, &row)
	}
	if row.What == "" {
		row.What = Trouble
	}
	all.enter(t)
	p.add(r, row)
}

// compare finds out whether the book knows the person and proposes the rest.
func (p *proposal) compare(r *reading, all *roll, t *toldPerson, row *Row) {
	if before, ok := all.twin(t); ok {
		r.refuse("name", fault.Field("name", "intake.row.twice", before))
		return
	}
	if before, ok := all.card(t); ok {
		r.refuse("number", fault.Field("number", "intake.number.row", t.number, before))
		return
	}
	m, several := all.numbered(t)
	if several {
		r.refuse("number", fault.Field("number", "intake.number.several", t.number))
		return
	}
	if m != nil && text.Similarity(m.Name, t.name) < 60 {
		r.refuse("number", fault.Field("number", "intake.number.other", t.number, m.Name))
		return
	}
	if m == nil {
		m = all.byIdentity(t)
	}
	if m == nil {
		p.newPerson(r, all, t, row)
		return
	}
	if other := all.taken[m]; other != 0 {
		r.refuse("name", fault.Field("name", "intake.row.twice", other))
		return
	}
	all.taken[m] = t.row
	p.known(r, m, t, row)
}

// newPerson proposes a person the book does not know.
func (p *proposal) newPerson(r *reading, all *roll, t *toldPerson, row *Row) {
	t.isNew = true
	d := &personDraft{told: t, person: t.fresh()}
	if err := d.person.Check(p.today); err != nil {
		r.refuseFields(err)
	}
	r.refuseFields(t.checkMembership(p.today))
	row.What, row.draft = New, d
	if row.Alike = all.alike(t); len(row.Alike) > 0 {
		row.What = Likely
	}
}

// refuseFields places the faults of a rule in the columns of their fields.
func (r *reading) refuseFields(err error) {
	for _, f := range fault.All(err) {
		r.refuse(Field(f.Field), f)
	}
}

// told reads what a row tells of a person.
func (p *proposal) told(r *reading, section string) *toldPerson {
	t := &toldPerson{row: r.row.Number, atlas: p.atlas, today: p.today}
	t.name = p.nameOf(r)
	t.number, t.email, t.address = r.text("number"), r.text("email"), r.text("address")
	t.phone, t.note = r.phone("phone"), r.lines("note")
	t.sex, t.birth = r.sexAndBirth()
	t.death, t.dead = r.death()
	t.origin = r.place("origin", "originCommune", "originDistrict", "originProvince")
	r.told("origin", t.origin)
	t.residence = r.place("residence", "residenceCommune", "residenceDistrict", "residenceProvince")
	r.told("residence", t.residence)
	if t.residence.said == "" && t.address != "" {
		t.residence = p.fromAddress(t.address)
	}
	t.household, t.head, t.relation = r.household()
	t.category = person.Category(r.coded("category", "category"))
	t.joined, t.left = r.date("joined"), r.date("left")
	t.reason = r.reason()
	t.consent = person.Consent(r.coded("consent", "truth"))
	p.branchOf(r, t, section)
	return t
}

// nameOf reads the name from its one column or from those of its parts.
func (p *proposal) nameOf(r *reading) string {
	name := r.text("name")
	if name == "" {
		parts := []string{r.text("family"), r.text("middle")}
		if both := r.text("familyMiddle"); both != "" {
			parts = []string{both, r.text("middle")}
		}
		name = text.Clean(strings.Join(append(parts, r.text("given")), " "))
	}
	if strings.ContainsAny(name, "<>{}[]=|\\") || strings.ContainsAny(name, "0123456789") {
		r.refuse("name", fault.Field("name", "intake.name.signs", name))
	}
	return decapitalised(name)
}

// decapitalised writes a name told in capitals as names are written. Every
// syllable of a Vietnamese name has a capital, so that nothing is lost.
func decapitalised(name string) string {
	if len([]rune(name)) < 4 || name != strings.ToUpper(name) || name == strings.ToLower(name) {
		return name
	}
	words := strings.Fields(strings.ToLower(name))
	for i, w := range words {
		first := []rune(w)
		words[i] = strings.ToUpper(string(first[:1])) + string(first[1:])
	}
	return strings.Join(words, " ")
}

// sexAndBirth reads sex and birth, which many lists tell by one of two columns:
// the year of birth stands under Nam or under Nữ, or a mark does.
func (r *reading) sexAndBirth() (person.Sex, calendar.Date) {
	sex, birth := person.Sex(r.coded("sex", "sex")), r.date("birth")
	for _, one := range []struct {
		mark, year Field
		sex        person.Sex
	}{{"male", "birthMale", person.Male}, {"female", "birthFemale", person.Female}} {
		switch {
		case r.text(one.year) != "":
			sex, birth = one.sex, r.date(one.year)
		case r.text(one.mark) != "":
			sex = one.sex
			if len(r.text(one.mark)) >= 4 && birth.IsUnknown() {
				birth = r.date(one.mark) // the year itself stands under the sex
			}
		}
	}
	return sex, birth
}

// death reads when somebody died, or only that they did.
func (r *reading) death() (calendar.Date, bool) {
	said := r.text("death")
	if said == "" {
		return calendar.Date{}, false
	}
	if code, ok := r.p.words.code("truth", said); ok {
		return calendar.Date{}, code == "yes"
	}
	if code, ok := r.p.words.code("reason", said); ok && code == person.ReasonDied {
		return calendar.Date{}, true
	}
	return r.date("death"), true
}

// reason reads why a membership ended; what is no known reason is kept as told.
func (r *reading) reason() string {
	said := r.text("leftReason")
	if code, ok := r.p.words.code("reason", said); ok {
		return code
	}
	return said
}

// household reads which household somebody belongs to, by its number or its
// head, and how they stand to the head; unknown words for that are kept.
func (r *reading) household() (name, head, relation string) {
	name, head, relation = r.text("household"), r.text("head"), r.text("relation")
	if name == "" {
		name = head
	}
	if code, ok := r.p.words.code("relation", relation); ok {
		relation = code
	}
	return name, head, relation
}

// fromAddress reads the place of residence out of an address that tells it to
// the commune; an address that does not leaves it unknown.
func (p *proposal) fromAddress(address string) located {
	read := p.places.Read(address)
	if id, ok := read.Only(); ok && id.Level() != place.Province {
		return located{said: address, units: read.Units, id: id}
	}
	return located{}
}

// branchOf finds the branch that a row or the section it stands in names.
func (p *proposal) branchOf(r *reading, t *toldPerson, section string) {
	t.branchSaid = r.text("branch")
	if t.branchSaid == "" {
		t.branchSaid = section
	}
	if t.branchSaid == "" {
		t.branch = p.home
	} else {
		id, err := p.branches.find(t.branchSaid)
		if err != nil {
			r.refuse("branch", err)
			return
		}
		t.branch = id
	}
	if t.branch != 0 {
		if err := p.actor.May(access.KeepRoll, t.branch); err != nil {
			r.refuse("branch", err)
		}
	}
}

// fresh gives the person that a row tells of, as the book would first hold it.
func (t *toldPerson) fresh() person.Person {
	return person.Person{
		Body: t.branch, Name: t.name, Sex: t.sex, Birth: t.birth, Death: t.death, Dead: t.dead, Phone: t.phone, Email: t.email, Address: t.address,
		Origin: int64(t.origin.id), OriginNote: t.origin.note, Residence: int64(t.residence.id), ResidenceNote: t.residence.note,
		Relation: t.relation, Consent: t.consent, Note: t.note,
	}
}

// membership gives the membership that a row tells of.
func (t *toldPerson) membership() person.Membership {
	m := person.Membership{Body: t.branch, Number: t.number, Category: t.category, Joined: t.joined, Left: t.left, Reason: t.reason}
	if m.Category == "" {
		m.Category = person.Full
	}
	if t.dead && m.Reason == "" {
		m.Left, m.Reason = t.death, person.ReasonDied
	}
	if !m.Left.IsUnknown() && m.Reason == "" {
		m.Reason = person.ReasonLeft
	}
	return m
}

// checkMembership finds what the verb would refuse, so that the rehearsal tells
// it with its row and column.
func (t *toldPerson) checkMembership(today calendar.Day) error {
	var found []error
	if first, ok := t.joined.First(); ok && first > today {
		found = append(found, fault.Field("joined", "member.joined.future"))
	}
	m := t.membership()
	joined, ok1 := m.Joined.First()
	left, ok2 := m.Left.Last()
	if ok1 && ok2 && left < joined {
		found = append(found, fault.Field("left", "member.left.early"))
	}
	return fault.Gather(found...)
}

// originText tells whether a row writes the origin exactly as the book does.
func (t *toldPerson) originText(m *Member) bool {
	return text.Fold(t.origin.said) == text.Fold(placeText(t.atlas, place.ID(m.Origin), m.OriginNote, t.today))
}

// within tells whether one of the two origins lies in the other.
func (t *toldPerson) within(m *Member) bool {
	return t.atlas.Lies(t.origin.id, place.ID(m.Origin)) || t.atlas.Lies(place.ID(m.Origin), t.origin.id)
}
