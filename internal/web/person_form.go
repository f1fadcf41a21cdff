package web

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/lunar"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/store"
)

// newPerson shows the empty form.
func (s *Server) newPerson(q *request) error {
	if !q.actor.Somewhere(access.KeepRoll) {
		return fault.Forbid("access.forbidden.keep_roll")
	}
	form, err := q.personForm(person.Person{Body: body.ID(q.id("branch"))}, person.Membership{Category: person.Full}, nil)
	if err != nil {
		return err
	}
	return q.show(page.PersonEdit(form))
}

// enrol enters a new person, a member of the branch chosen.
func (s *Server) enrol(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	p, m, err := q.personGiven(person.Person{})
	if err == nil {
		err = q.write("person.why.enrol", func(ctx context.Context, tx *store.Tx) error {
			made, err := person.Enrol(ctx, tx, q.actor, p, &m)
			if err == nil { // refused, what was given is shown again
				p = made
			}
			return err
		})
	}
	if fault.KindOf(err) == fault.Invalid && err != nil {
		form, formErr := q.personForm(p, m, err)
		if formErr != nil {
			return formErr
		}
		return q.again(page.PersonEdit(form))
	}
	if err != nil {
		return err
	}
	said := q.well("person.enrolled", p.Name)
	said.Link = page.Link{Text: q.say("common.open"), Href: personPath(p.ID)}
	if q.value("next") != "" {
		return q.doneAt("/people/new?branch="+idText(m.Body), said)
	}
	return q.doneAt(personPath(p.ID), q.well("person.enrolled", p.Name))
}

func personPath(id person.ID) string { return "/people/" + idText(id) }

// personGiven reads the form into a person; what cannot be read is refused
// beside its field, and the rest is kept.
func (q *request) personGiven(p person.Person) (person.Person, person.Membership, error) {
	var birthErr, joinedErr error
	p.Name, p.Phone, p.Email, p.Address, p.Note = q.value("name"), q.value("phone"), q.value("email"), q.value("address"), q.lines("note")
	p.Sex, p.Consent = person.Sex(q.value("sex")), person.Consent(q.value("consent"))
	p.Birth, birthErr = q.date("birth")
	p.Origin, p.OriginNote = q.place("origin")
	p.Residence, p.ResidenceNote = q.place("residence")
	p.OtherNames = nil
	for _, name := range strings.Split(q.value("others"), ";") {
		if name = strings.TrimSpace(name); name != "" {
			p.OtherNames = append(p.OtherNames, person.OtherName{Name: name})
		}
	}
	if keeper := body.ID(q.id("body")); keeper != 0 {
		p.Body = keeper
	}
	m := person.Membership{Body: p.Body, Category: person.Category(q.value("category")), Number: q.value("number")}
	m.Joined, joinedErr = q.date("joined")
	var bodyErr error
	if p.Body == 0 {
		bodyErr = fault.Field("body", "member.body.missing")
	}
	refused := fault.Gather(bodyErr, birthErr, joinedErr)
	if refused != nil {
		refused = fault.Gather(refused, p.Check(q.today()))
	}
	return p, m, refused
}

// personForm fills the form with a person, and with what was given and refused.
func (q *request) personForm(p person.Person, m person.Membership, refused error) (page.PersonForm, error) {
	isNew := p.ID == 0
	keepers, err := q.bodyOptions(access.KeepRoll, "")
	if err != nil {
		return page.PersonForm{}, err
	}
	if isNew && len(keepers) > 1 {
		keepers = append([]page.Option{{Text: q.say("common.choose")}}, keepers...)
	}
	branch := page.Pick{Field: page.Field{Name: "body", Label: q.say("person.branch"), Value: idOrNone(p.Body), Needed: isNew}, Options: keepers}
	keeper := branch
	keeper.Label, keeper.Hint = q.say("person.keeper"), q.say("person.keeper.hint")
	f := page.PersonForm{
		Shell: q.shell(q.say("people.new")), Head: page.FormHead{Action: "/people", Draft: "person"}, New: isNew, Leave: "/people",
		Wrong: page.ProblemsOf(refused, q.reader), FoldOpen: refused != nil,
		Name:   page.Field{Name: "name", Label: q.say("person.name"), Value: p.Name, Needed: true, Focus: isNew && refused == nil, Max: 200, Autofill: "off"},
		Birth:  page.Field{Name: "birth", Label: q.say("person.birth"), Value: typed(p.Birth), Hint: q.say("person.birth.hint"), EchoFrom: "/people/echo/birth", Echo: q.ageLine(p.Birth)},
		Sex:    page.Pick{Field: page.Field{Name: "sex", Label: q.say("person.sex"), Value: string(p.Sex)}, Options: q.options("person.sex.", "", "m", "f")},
		Phone:  page.Field{Name: "phone", Label: q.say("person.phone"), Value: p.Phone, Max: 60, Autofill: "off"},
		Branch: branch, Keeper: keeper,
		Category: page.Pick{Field: page.Field{Name: "category", Label: q.say("person.category"), Value: string(m.Category)}, Options: q.options("person.category.", "", strs(person.Categories())...)},
		Number:   page.Field{Name: "number", Label: q.say("person.number"), Value: m.Number, Short: true, Max: 40},
		Joined:   page.Field{Name: "joined", Label: q.say("person.joined"), Value: typed(m.Joined), Hint: q.say("person.joined.hint")},
		Address:  page.Field{Name: "address", Label: q.say("person.address"), Hint: q.say("person.address.hint"), Value: p.Address, Max: 300, Autofill: "off"},
		Email:    page.Field{Name: "email", Label: q.say("person.email"), Value: p.Email, Max: 200, Autofill: "off"},
		Others:   page.Field{Name: "others", Label: q.say("person.others"), Hint: q.say("person.others.hint"), Value: otherNames(p), Max: 300},
		Consent:  page.Pick{Field: page.Field{Name: "consent", Label: q.say("person.consent")}, Options: q.consents(p.Consent)},
		Note:     page.Field{Name: "note", Label: q.say("common.note"), Value: p.Note, Whole: true, Max: 4000},
	}
	if refused != nil {
		f.Birth.Value, f.Joined.Value = q.value("birth"), q.value("joined")
	}
	f.Origin, f.OriginBy = q.placeField("origin", p.Origin, p.OriginNote)
	f.Residence, f.LivesBy = q.placeField("residence", p.Residence, p.ResidenceNote)
	f.Origin.Hint, f.Residence.Hint = q.say("person.origin.hint"), q.say("person.residence.hint")
	return f, nil
}

// idOrNone writes an id, nothing for none.
func idOrNone[T ~int64](id T) string {
	if id == 0 {
		return ""
	}
	return idText(id)
}

func otherNames(p person.Person) string {
	var names []string
	for _, n := range p.OtherNames {
		names = append(names, n.Name)
	}
	return strings.Join(names, "; ")
}

// consents offers the answers to whether somebody may be named; without an
// answer nobody is.
func (q *request) consents(now person.Consent) []page.Option {
	var all []page.Option
	for _, c := range []person.Consent{person.Unasked, person.Yes, person.No} {
		key := string(c)
		if c == person.Unasked {
			key = "unasked"
		}
		all = append(all, page.Option{Value: string(c), Text: q.say("person.consent." + key), Chosen: c == now})
	}
	return all
}

// placeField asks for a place: chosen from the map, or as it was written.
func (q *request) placeField(name string, id int64, note string) (page.Field, page.Search) {
	f := page.Field{Name: name, Label: q.say("person." + name), Value: note, Autofill: "off"}
	search := page.Search{Href: "/places", IDName: name + "Id"}
	if m, err := place.Shipped(); err == nil && id != 0 {
		f.Value = shortPath(m, place.ID(id), lastDay(m, place.ID(id), q.today()))
		_, f.Echo = q.thenNow(m, place.ID(id))
		search.ID = idText(id)
	}
	return f, search
}

// echoBirth answers the form with what a date of birth means.
func (s *Server) echoBirth(q *request) error {
	d, err := calendar.ReadInput(q.value("value"), calendar.Reading{})
	if err != nil {
		return q.echo("")
	}
	return q.echo(q.ageLine(d))
}

// ageLine says how old somebody born then is, in both ways of counting.
func (q *request) ageLine(birth calendar.Date) string {
	from, to, ok := calendar.AgeOn(birth, q.today())
	counted, countedTo, ok2 := lunar.CountedAge(birth, q.today())
	if !ok || !ok2 {
		return ""
	}
	return q.say("person.age", between(from, to), between(counted, countedTo))
}

// between writes an age that may be one of two.
func between(from, to int) string {
	if from == to {
		return idText(int64(from))
	}
	return idText(int64(from)) + "–" + idText(int64(to))
}
