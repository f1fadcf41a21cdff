package web

import (
	"cmp"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// lang is the reader's language as records keep it.
func (q *request) lang() string { return string(q.reader.Lang) }

// deedWho finds people, households and other bodies while a name is typed.
func (s *Server) deedWho(q *request) error {
	typed := q.value("q")
	people, _, err := q.view().People(q.Context(), store.PeopleQuery{Typed: typed, Limit: 8})
	if err != nil {
		return err
	}
	var found []page.Choice
	for _, p := range people {
		found = append(found, page.Choice{ID: personMark(p.ID), Text: p.Name, Note: q.personNote(p)})
	}
	bodies, err := q.view().BodiesNamed(q.Context(), typed, 4)
	if err != nil {
		return err
	}
	for _, b := range bodies {
		found = append(found, page.Choice{ID: bodyMark(b.ID), Text: b.NameOn(q.lang(), q.today()), Note: q.bodyNote(b)})
	}
	return q.choices(found)
}

// personMark and bodyMark tell people and bodies apart in one hidden box.
func personMark(id person.ID) string { return "p" + strconv.FormatInt(int64(id), 10) }

func bodyMark(id body.ID) string { return "b" + strconv.FormatInt(int64(id), 10) }

// personNote says by what people know somebody: year of birth, branch, origin.
func (q *request) personNote(p store.PersonRow) string {
	var said []string
	if year, ok := p.Birth.Year(); ok {
		said = append(said, q.say("deed.who.born", strconv.Itoa(year)))
	}
	if p.Dead {
		said = append(said, q.say("deed.who.dead"))
	}
	if at := lastingBody(p); at != 0 && at != q.root() {
		if b, err := q.view().Body(q.Context(), at); err == nil {
			said = append(said, b.NameOn(q.lang(), q.today()))
		}
	}
	if from := q.originNote(p.Person); from != "" {
		said = append(said, from)
	}
	return strings.Join(said, " · ")
}

// lastingBody is the body somebody belongs to now, or that keeps their record.
func lastingBody(p store.PersonRow) body.ID {
	for _, m := range p.Memberships {
		if m.Lasts {
			return m.Body
		}
	}
	return p.Body
}

// originNote says where somebody is from, then and now.
func (q *request) originNote(p person.Person) string {
	if p.Origin == 0 {
		return p.OriginNote
	}
	places, err := place.Shipped()
	if err != nil {
		return p.OriginNote
	}
	id := place.ID(p.Origin)
	then := places.PathOn(id, place.Reform-1)
	if places.Stood(id, q.today()) && !places.Stood(id, place.Reform-1) {
		then = places.PathOn(id, q.today())
	}
	now := ""
	if heirs := places.Now(id, q.today()); len(heirs) > 0 {
		now = places.PathOn(heirs[0].ID, q.today())
	}
	if now == "" || now == then {
		return q.say("deed.who.from", then)
	}
	return q.say("deed.who.from.now", then, now)
}

func (q *request) bodyNote(b body.Body) string {
	said := q.say("deed.who.body")
	if b.Kind == body.Household {
		said = q.say("deed.who.household")
	}
	if b.Parent != 0 && b.Parent != q.root() {
		if above, err := q.view().Body(q.Context(), b.Parent); err == nil {
			said += " · " + above.NameOn(q.lang(), q.today())
		}
	}
	return said
}

// found is whom an answer means.
type found struct {
	party  deed.Party // without its role
	home   body.ID    // the branch they belong to
	person store.PersonRow
}

// resolve finds out whom an answer means: whoever was chosen, the only one of
// that very name, or somebody who is not in the book. When several bear the
// name, the answer asks which.
func (q *request) resolve(a *page.DeedPerson) (found, error) {
	if chosen := q.value("among-" + a.N); chosen != "" {
		a.ID = chosen
	}
	switch id, err := strconv.ParseInt(strings.TrimLeft(a.ID, "pb"), 10, 64); {
	case a.ID == "name":
		return found{party: deed.Party{Name: a.Name}}, nil
	case err != nil:
	case strings.HasPrefix(a.ID, "p"):
		return q.resolvePerson(a, person.ID(id))
	case strings.HasPrefix(a.ID, "b"):
		return q.resolveBody(a, body.ID(id))
	}
	return q.resolveName(a)
}

func (q *request) resolvePerson(a *page.DeedPerson, id person.ID) (found, error) {
	p, err := q.view().DeedPerson(q.Context(), id)
	if err != nil {
		return found{}, err
	}
	a.Name, a.ID, a.Echo = p.Name, personMark(id), q.personNote(p)
	return found{party: deed.Party{Person: id}, home: lastingBody(p), person: p}, nil
}

func (q *request) resolveBody(a *page.DeedPerson, id body.ID) (found, error) {
	b, err := q.view().Body(q.Context(), id)
	if err != nil {
		return found{}, err
	}
	a.Name, a.ID, a.Echo = b.NameOn(q.lang(), q.today()), bodyMark(id), q.bodyNote(b)
	return found{party: deed.Party{Body: id}, home: cmp.Or(b.Parent, 0)}, nil
}

// resolveName looks for who bears exactly the name that was typed.
func (q *request) resolveName(a *page.DeedPerson) (found, error) {
	var among []store.PersonRow
	for _, name := range []string{a.Name, withoutAddress(a.Name)} {
		people, _, err := q.view().People(q.Context(), store.PeopleQuery{Typed: name, Limit: 20})
		if err != nil {
			return found{}, err
		}
		among = nil
		for _, p := range people {
			if text.Fold(p.Name) == text.Fold(name) && strings.Contains(name, " ") {
				among = append(among, p)
			}
		}
		if len(among) > 0 {
			break
		}
	}
	switch len(among) {
	case 0:
		return found{party: deed.Party{Name: a.Name}}, nil
	case 1:
		return q.resolvePerson(a, among[0].ID)
	}
	a.Wrong = q.say("deed.form.among.wrong", len(among))
	for _, p := range among {
		a.Among = append(a.Among, page.Option{Value: personMark(p.ID), Text: p.Name, Note: q.personNote(p)})
	}
	a.Among = append(a.Among, page.Option{Value: "name", Text: q.say("deed.form.among.none")})
	return found{party: deed.Party{Name: a.Name}}, fault.Field("who", "deed.form.among.wrong", len(among))
}

// withoutAddress takes off the word by which people are addressed.
func withoutAddress(name string) string {
	first, rest, _ := strings.Cut(name, " ")
	switch strings.ToLower(first) {
	case "ông", "bà", "cụ", "bác", "cô", "chú", "anh", "chị", "cháu", "em", "dì", "cậu", "mợ", "thím":
		if strings.Contains(rest, " ") {
			return rest
		}
	}
	return name
}

// people reads names that were typed in one line, "Lan, Tiến": whoever bears
// the full name, or is the only officer called so, is meant.
func (q *request) people(typed string, role deed.Role) ([]deed.Party, error) {
	var parties []deed.Party
	officers, err := q.view().Officers(q.Context())
	if err != nil {
		return nil, err
	}
	for _, name := range splitNames(typed) {
		p := deed.Party{Role: role, Name: name}
		if o, ok := onlyOfficer(officers, name); ok {
			p = deed.Party{Role: role, Person: o.ID}
		} else if strings.Contains(name, " ") {
			a := page.DeedPerson{Name: name}
			if who, err := q.resolveName(&a); err == nil {
				p = who.party
				p.Role = role
			}
		}
		parties = append(parties, p)
	}
	return parties, nil
}

// splitNames parts names at commas, semicolons and "và".
func splitNames(typed string) []string {
	typed = strings.NewReplacer(";", ",", " và ", ",", " and ", ",", " et ", ",", "\n", ",").Replace(typed)
	var names []string
	for name := range strings.SplitSeq(typed, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names[:min(len(names), 100)]
}

// onlyOfficer finds the one officer whom a name can mean.
func onlyOfficer(officers []store.Brief, name string) (store.Brief, bool) {
	folded := text.Fold(withoutAddress(name))
	if before, rest, two := strings.Cut(text.Fold(name), " "); two && !strings.Contains(rest, " ") && strings.Contains(" bac ong ba co chu anh chi ", " "+before+" ") {
		folded = rest
	}
	var only store.Brief
	n := 0
	for _, o := range officers {
		full := text.Fold(o.Name)
		if full == folded || strings.HasSuffix(full, " "+folded) {
			only, n = o, n+1
		}
	}
	return only, n == 1
}

// echoPeople says whom the names in a line are taken for.
func (s *Server) echoPeople(q *request) error {
	parties, err := q.people(q.value("value"), deed.Visitor)
	if err != nil {
		return err
	}
	return q.echo(q.peopleLine(parties))
}

// peopleLine names people who were found; nothing when all stand as typed.
func (q *request) peopleLine(parties []deed.Party) string {
	officers, _ := q.view().Officers(q.Context()) //nolint:errcheck // an echo only
	var names []string
	for _, p := range parties {
		name := p.Name
		for _, o := range officers {
			if o.ID == p.Person && p.Person != 0 {
				name = o.Name
			}
		}
		if name == "" {
			if row, err := q.view().DeedPerson(q.Context(), p.Person); err == nil {
				name = row.Name
			}
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// calledOf names a person as one speaks of them: cụ, ông, bà, cháu.
func (q *request) calledOf(p store.Brief, on calendar.Day) string {
	if _, age, ok := calendar.AgeOn(p.Birth, on); ok {
		switch {
		case age >= 80:
			return q.say("deed.call.elder", p.Name)
		case age < 18:
			return q.say("deed.call.child", p.Name)
		}
	}
	switch p.Sex {
	case person.Male:
		return q.say("deed.call.man", p.Name)
	case person.Female:
		return q.say("deed.call.woman", p.Name)
	}
	return p.Name
}

// partyName names a party of a deed.
func (q *request) partyName(p deed.Party, c store.Called, on calendar.Day) string {
	switch {
	case p.Person != 0:
		return q.calledOf(c.People[p.Person], on)
	case p.Body != 0:
		b := c.Bodies[p.Body]
		return b.NameOn(q.lang(), on)
	}
	return p.Name
}

// homeOf chooses whose deed it is: the receiver's branch where the reader may
// write for it, or else the body of their own office.
func (q *request) homeOf(receiver body.ID) body.ID {
	if receiver != 0 && q.may(access.PostDeeds, receiver) {
		return receiver
	}
	for _, g := range q.actor.Grants {
		if g.Right == access.PostDeeds {
			return g.Body
		}
	}
	return q.root()
}

// briefOf gives as much of a person as naming them needs.
func briefOf(p person.Person) store.Brief {
	return store.Brief{ID: p.ID, Name: p.Name, Sex: p.Sex, Birth: p.Birth, Dead: p.Dead}
}
