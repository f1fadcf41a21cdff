package web

import (
	"cmp"
	"context"
	"slices"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

func householdPath(id body.ID) string { return "/households/" + idText(id) }

// householdRows bounds the list of households on one page.
const householdRows = 300

// households lists the households with their people.
func (s *Server) households(q *request) error {
	all, err := q.view().Households(q.Context(), q.value("q"), householdRows)
	if err != nil {
		return err
	}
	t := page.Table{
		ID: "households", Caption: q.say("household.title"), Quiet: true,
		Columns: []page.Column{{Head: q.say("household.one"), Chief: true}, {Head: q.say("household.people")}, {Head: q.say("common.quantity"), Figure: true}, {Head: q.say("person.address")}},
		Empty:   page.Empty{Glyph: page.GlyphHome, Head: q.say("household.none.head"), Text: q.say("household.none.text"), Do: page.Link{Text: q.say("people.title"), Href: "/people"}},
		Told:    q.say("household.count", len(all)),
	}
	for _, h := range all {
		line := ""
		for _, p := range h.People {
			line = joinDots([]string{line, p.Name})
		}
		t.Rows = append(t.Rows, page.Row{Href: householdPath(h.Body.ID), Cells: []page.Cell{
			{Text: h.Body.NameOn("vi", q.today())}, {Text: line}, {Text: q.speaker().Number(int64(len(h.People)))}, {Text: h.Body.Address},
		}})
	}
	p := page.HouseholdsPage{Shell: q.shell(q.say("household.title")), Table: t, Filter: page.FilterHead{Action: "/households", Results: "households", Query: q.value("q"), Label: q.say("household.search")}}
	p.Shell.Crumbs = []page.Link{{Text: q.say("people.title"), Href: "/people"}}
	if q.actor.Somewhere(access.ReadRoll) {
		p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/households.xlsx"}}
	}
	return q.show(page.Households(p))
}

// household shows one household.
func (s *Server) household(q *request) error {
	id, err := q.number("id")
	if err != nil {
		return err
	}
	h, err := q.view().Body(q.Context(), body.ID(id))
	if err != nil {
		return err
	}
	people, err := q.view().HouseholdOf(q.Context(), h.ID)
	if err != nil {
		return err
	}
	if h.Kind != body.Household || len(people) == 0 {
		return fault.Missing("household.none")
	}
	p := page.HouseholdPage{Shell: q.shell(h.NameOn("vi", q.today())), About: []page.Fact{{Name: q.say("person.address"), Text: h.Address}, {Name: q.say("person.phone"), Text: h.Phone, Href: telephone(h.Phone)}}}
	p.About = slices.DeleteFunc(p.About, func(f page.Fact) bool { return f.Text == "" })
	p.Shell.Crumbs = []page.Link{{Text: q.say("household.title"), Href: "/households"}}
	if q.actor.Somewhere(access.KeepRoll) {
		p.Shell.Lead = q.say("household.add")
	}
	for _, r := range people {
		line := page.Belonging{Text: r.Name, Href: personPath(r.ID), Note: joinDots([]string{q.relation(r.Relation), q.dated(r.Birth)})}
		if q.may(access.KeepRoll, r.Body) {
			line.Do = []page.Doing{{Text: q.say("household.change"), Href: personPath(r.ID) + "/household"}}
		}
		p.People = append(p.People, line)
	}
	return q.show(page.HouseholdWhole(p))
}

// relation words what somebody is to the head of the household.
func (q *request) relation(r string) string {
	if r == "" {
		return ""
	}
	return q.say("household.relation." + r)
}

// askHousehold asks in whose household somebody lives.
func (s *Server) askHousehold(q *request) error {
	p, err := q.kept()
	if err != nil {
		return err
	}
	return q.show(page.AskFor(q.householdPage(p, nil)))
}

func (q *request) householdPage(p person.Person, refused error) page.AskPage {
	a := q.askPage(p, q.say("household.join"), personPath(p.ID)+"/household", refused)
	a.Do = q.say("common.save")
	choice := orElse(q.value("how"), "new")
	if p.Household != 0 {
		choice = orElse(q.value("how"), "other")
	}
	hows := q.options("household.how.", "", "new", "other")
	if p.Household != 0 {
		hows = q.options("household.how.", "", "other", "none")
	}
	a.Fields = []templ.Component{
		page.Radios(q.reader, page.Field{Name: "how", Label: q.say("household.how"), Value: choice}, hows),
		page.Combobox(q.reader, a.Wrong.Mark(page.Field{Name: "with", Label: q.say("household.with"), Hint: q.say("household.with.hint"), Value: q.value("with")}),
			page.Search{Href: "/people/find", IDName: "withId", ID: idOrNone(q.id("withId"))}),
		page.Select(q.reader, page.Field{Name: "relation", Label: q.say("household.relation"), Value: orElse(q.value("relation"), orElse(p.Relation, "other"))}, q.options("household.relation.", "", person.Relations()...)),
	}
	return a
}

// settle founds a household for somebody, moves them into another's, or out.
func (s *Server) settle(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	p, err := q.kept()
	if err != nil {
		return err
	}
	with := person.Person{}
	if q.value("how") == "other" {
		with, err = q.hostOf()
	}
	if err == nil {
		err = q.write("household.why", func(ctx context.Context, tx *store.Tx) error { return q.house(ctx, tx, p, with) })
	}
	return q.answered(err,
		func() error { return q.doneAt(personPath(p.ID), q.well("household.done", p.Name)) },
		func(err error) page.AskPage { return q.householdPage(p, err) })
}

// hostOf reads with whom somebody lives.
func (q *request) hostOf() (person.Person, error) {
	id, err := q.personChosen("with")
	if err != nil {
		return person.Person{}, err
	}
	return q.view().Person(q.Context(), id)
}

// house does what the form of a household asks. Who lives with somebody who has
// no household yet makes that person the head of a new one.
func (q *request) house(ctx context.Context, tx *store.Tx, p, with person.Person) error {
	switch q.value("how") {
	case "none":
		return person.MoveIn(ctx, tx, q.actor, p.ID, 0, "")
	case "new":
		_, err := person.House(ctx, tx, q.actor, p.ID, q.say("household.named", p.Name))
		return err
	}
	household := with.Household
	if household == 0 {
		h, err := person.House(ctx, tx, q.actor, with.ID, q.say("household.named", with.Name))
		if err != nil {
			return err
		}
		household = h.ID
	}
	return person.MoveIn(ctx, tx, q.actor, p.ID, household, cmp.Or(q.value("relation"), "other"))
}
