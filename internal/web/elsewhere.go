package web

import (
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// elsewhere lists the members who are in another association too, and counts
// everybody once.
func (s *Server) elsewhere(q *request) error {
	also, memberships, people, names, err := q.elsewhereRows()
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("elsewhere.title"))}
	p.Shell.Crumbs = []page.Link{{Text: q.say("people.title"), Href: "/people"}, {Text: q.say("census.title"), Href: "/people/census"}}
	p.Shell.Lead = q.say("elsewhere.lead", people, len(also))
	number := q.speaker().Number
	p.Totals = []page.Fact{
		{Name: q.say("elsewhere.people"), Text: number(int64(people))}, {Name: q.say("elsewhere.memberships"), Text: number(int64(memberships))}, {Name: q.say("elsewhere.also"), Text: number(int64(len(also)))},
	}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/people/elsewhere.xlsx"}}
	p.Table = page.Table{
		ID: "elsewhere", Caption: q.say("elsewhere.title"), Quiet: true, Columns: []page.Column{{Head: q.say("person.name"), Chief: true}, {Head: q.say("elsewhere.here")}, {Head: q.say("elsewhere.there")}},
		Empty: page.Empty{Glyph: page.GlyphPeople, Head: q.say("elsewhere.none"), Text: q.say("elsewhere.none.text")},
	}
	for _, one := range also {
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: personPath(one.Person.ID), Cells: []page.Cell{{Text: one.Person.Name}, stackedCell(theirNames(names, one.Here)), stackedCell(theirNames(names, one.There))}})
	}
	return q.show(page.Listed(p))
}

// theirNames gives the names of bodies.
func theirNames(names map[body.ID]string, ids []body.ID) []string {
	var all []string
	for _, id := range ids {
		all = append(all, names[id])
	}
	return all
}

func (q *request) elsewhereRows() (also []store.Elsewhere, memberships, people int, names map[body.ID]string, err error) {
	of := q.root()
	if !q.may(access.ReadRoll, of) {
		of = q.own()
	}
	if also, memberships, people, err = q.view().AlsoElsewhere(q.Context(), of, q.today()); err != nil {
		return nil, 0, 0, nil, err
	}
	var ids []body.ID
	for _, one := range also {
		ids = append(append(ids, one.Here...), one.There...)
	}
	bodies, err := q.view().BodiesByID(q.Context(), ids)
	names = make(map[body.ID]string, len(bodies))
	for id, b := range bodies {
		names[id] = b.NameOn(q.lang(), q.today())
	}
	return also, memberships, people, names, err
}

// elsewhereSheet gives the list as a workbook.
func (s *Server) elsewhereSheet(q *request) error {
	also, _, _, names, err := q.elsewhereRows()
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("elsewhere.title")}
	for _, key := range []string{"person.name", "elsewhere.here", "elsewhere.there"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, one := range also {
			if !yield([]sheet.Value{sheet.Words(one.Person.Name), sheet.Words(strings.Join(theirNames(names, one.Here), "; ")), sheet.Words(strings.Join(theirNames(names, one.There), "; "))}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("elsewhere.title"), t)
}
