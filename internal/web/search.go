package web

import (
	"net/url"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/page"
	"kith.app/internal/place"
	"kith.app/internal/store"
)

// foundMost is how many of each sort a search shows.
const foundMost = 8

// search finds people, deeds and bodies by the words of their names.
func (s *Server) search(q *request) error {
	typed := q.value("q")
	p := page.FoundPage{Shell: q.shell(q.say("search.head")), Filter: page.FilterHead{Action: "/search", Results: "found", Label: q.say("shell.find"), Query: typed}}
	p.Empty = page.Empty{Glyph: page.GlyphSearch, Head: q.say("search.none"), Text: q.say("search.none.text"), Do: page.Link{Text: q.say("deed.form.head"), Href: "/deeds/new"}}
	if typed == "" {
		p.Empty.Head, p.Empty.Text = q.say("search.what"), q.say("search.what.text")
		return q.show(page.Found(p))
	}
	for _, find := range []func(string) (page.FoundGroup, error){q.foundPeople, q.foundDeeds, q.foundBodies, q.foundUnits} {
		g, err := find(typed)
		if err != nil {
			return err
		}
		if len(g.Rows) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	return q.show(page.Found(p))
}

func (q *request) foundPeople(typed string) (page.FoundGroup, error) {
	g := page.FoundGroup{Head: q.say("menu.people")}
	if !q.actor.Somewhere(access.ReadRoll) {
		return g, nil
	}
	people, next, err := q.view().People(q.Context(), store.PeopleQuery{Typed: typed, Limit: foundMost})
	for _, p := range people {
		g.Rows = append(g.Rows, page.Entry{Text: p.Name, Note: q.personNote(p), Href: personPath(p.ID)})
	}
	if next != "" {
		g.More = page.Link{Text: q.say("common.all"), Href: "/people?status=all&q=" + url.QueryEscape(typed)}
	}
	return g, err
}

func (q *request) foundDeeds(typed string) (page.FoundGroup, error) {
	g := page.FoundGroup{Head: q.say("menu.deeds")}
	found, next, err := q.view().Deeds(q.Context(), store.DeedQuery{Typed: typed, Limit: foundMost})
	if err != nil {
		return g, err
	}
	called, err := q.view().CalledIn(q.Context(), found...)
	if err != nil {
		return g, err
	}
	kinds, err := q.kindsByCode()
	for _, d := range found {
		g.Rows = append(g.Rows, page.Entry{Text: q.titleWith(d, kinds[d.Kind], called), Note: q.speaker().DateShort(d.Day), Href: deedPath(d.ID), Figure: q.figureOf(d, kinds[d.Kind])})
	}
	if next != "" {
		g.More = page.Link{Text: q.say("common.all"), Href: "/deeds?q=" + url.QueryEscape(typed)}
	}
	return g, err
}

func (q *request) foundBodies(typed string) (page.FoundGroup, error) {
	g := page.FoundGroup{Head: q.say("menu.bodies")}
	bodies, err := q.view().BodiesNamed(q.Context(), typed, foundMost)
	for _, b := range bodies {
		g.Rows = append(g.Rows, page.Entry{Text: b.NameOn(q.lang(), q.today()), Note: q.bodyNote(b), Href: bodyPath(b)})
	}
	return g, err
}

// foundUnits finds administrative units that the book does not hold, by any name
// they ever bore.
func (q *request) foundUnits(typed string) (page.FoundGroup, error) {
	g := page.FoundGroup{Head: q.say("search.units")}
	if !q.actor.Somewhere(access.ReadFigures) {
		return g, nil
	}
	m, err := place.Shipped()
	if err != nil {
		return g, err
	}
	hits := m.Find(typed, q.today(), foundMost)
	ids := make([]body.ID, len(hits))
	for i, h := range hits {
		ids[i] = body.ID(h.ID)
	}
	held, err := q.view().BodiesByID(q.Context(), ids)
	if err != nil {
		return g, err
	}
	for _, h := range hits {
		if _, is := held[body.ID(h.ID)]; !is {
			g.Rows = append(g.Rows, page.Entry{Text: h.Name, Note: joinDots([]string{h.Path, h.As}), Href: "/bodies/" + m.Handle(h.ID)})
		}
	}
	return g, nil
}
