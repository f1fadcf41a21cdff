package web

import (
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// peopleColumn is one column that the roll can show beside the name.
type peopleColumn struct {
	key, head string
	shown     bool // until somebody chooses
	cell      func(q *request, r store.PersonRow, names map[body.ID]string) page.Cell
}

// peopleColumns lists the columns in their order.
func peopleColumns() []peopleColumn {
	return []peopleColumn{
		{"birth", "person.birth", true, func(q *request, r store.PersonRow, _ map[body.ID]string) page.Cell {
			return page.Cell{Text: q.dated(r.Birth)}
		}},
		{"branch", "person.branch", true, branchCell},
		{"origin", "person.origin", true, func(q *request, r store.PersonRow, _ map[body.ID]string) page.Cell {
			then, now := q.placed(r.Origin, r.OriginNote)
			return page.Cell{Text: then, Note: now}
		}},
		{"residence", "person.residence", false, func(q *request, r store.PersonRow, _ map[body.ID]string) page.Cell {
			then, now := q.placed(r.Residence, r.ResidenceNote)
			return page.Cell{Text: then, Note: now}
		}},
		{"address", "person.address", false, func(_ *request, r store.PersonRow, _ map[body.ID]string) page.Cell {
			return page.Cell{Text: r.Address}
		}},
		{"death", "person.death", false, func(q *request, r store.PersonRow, _ map[body.ID]string) page.Cell {
			if !r.Dead {
				return page.Cell{}
			}
			f := q.death(r.Death)
			return page.Cell{Text: f.Text, Note: f.Note}
		}},
		{"phone", "person.phone", true, func(_ *request, r store.PersonRow, _ map[body.ID]string) page.Cell {
			return page.Cell{Text: r.Phone, Href: telephone(r.Phone)}
		}},
		{"sex", "person.sex", false, func(q *request, r store.PersonRow, _ map[body.ID]string) page.Cell {
			return page.Cell{Text: q.sex(string(r.Sex))}
		}},
		{"number", "person.number", false, func(_ *request, r store.PersonRow, _ map[body.ID]string) page.Cell {
			if len(r.Memberships) == 0 {
				return page.Cell{}
			}
			return page.Cell{Text: r.Memberships[0].Number}
		}},
		{"category", "person.category", false, func(q *request, r store.PersonRow, _ map[body.ID]string) page.Cell {
			if len(r.Memberships) == 0 || r.Memberships[0].Category == "" {
				return page.Cell{}
			}
			return page.Cell{Text: q.say("person.category." + string(r.Memberships[0].Category))}
		}},
		{"joined", "person.joined", false, func(q *request, r store.PersonRow, _ map[body.ID]string) page.Cell {
			if len(r.Memberships) == 0 {
				return page.Cell{}
			}
			return page.Cell{Text: q.dated(r.Memberships[0].Joined)}
		}},
	}
}

// branchCell names the branches somebody belongs to, or how they stand.
func branchCell(q *request, r store.PersonRow, names map[body.ID]string) page.Cell {
	c := page.Cell{}
	for _, m := range r.Memberships {
		if !m.Lasts && r.Status() == store.IsMember {
			continue
		}
		if name := names[m.Body]; c.Text == "" {
			c.Text = name
		} else if name != "" && m.Lasts {
			c.Text += ", " + name
		}
	}
	if status := r.Status(); status != store.IsMember {
		c.Note = q.say("people.status.is." + string(status))
	}
	return c
}

// columns are the columns that the reader wants to see.
func (q *request) columns() []string {
	if chosen := q.values("col"); len(chosen) > 0 {
		return chosen
	}
	var shown []string
	for _, c := range peopleColumns() {
		if c.shown || c.key == "death" && store.Status(q.value("status")) == store.HasDied {
			shown = append(shown, c.key)
		}
	}
	return shown
}

// peopleTable lays people out in the columns chosen.
func (q *request) peopleTable(rows []store.PersonRow, query store.PeopleQuery) (page.Table, error) {
	names, err := q.names()
	if err != nil {
		return page.Table{}, err
	}
	t := page.Table{
		Caption: q.say("people.title"), Quiet: true, Empty: q.nobody(query),
		Columns: []page.Column{{Head: q.say("person.name"), Chief: true}},
	}
	chosen := q.columns()
	for _, c := range peopleColumns() {
		if slices.Contains(chosen, c.key) {
			t.Columns = append(t.Columns, page.Column{Head: q.say(c.head)})
		}
	}
	t.Wide = len(t.Columns) > 7
	for _, r := range rows {
		cells := []page.Cell{{Text: r.Name}}
		for _, c := range peopleColumns() {
			if slices.Contains(chosen, c.key) {
				cells = append(cells, c.cell(q, r, names))
			}
		}
		t.Rows = append(t.Rows, page.Row{Href: "/people/" + idText(r.ID), Cells: cells})
	}
	return t, nil
}

// nobody says what to do where the list is empty: widen it, or begin the roll.
func (q *request) nobody(query store.PeopleQuery) page.Empty {
	query.Limit = 0
	if (query != store.PeopleQuery{Status: store.IsMember}) {
		e := page.Empty{Glyph: page.GlyphSearch, Head: q.say("people.none"), Text: q.say("people.none.text"), Do: page.Link{Text: q.say("people.none.wider"), Href: q.turned("status", string(store.Everybody))}}
		if query.Status == store.Everybody {
			e.Do = page.Link{Text: q.say("filter.clear"), Href: "/people"}
		}
		return e
	}
	e := page.Empty{Glyph: page.GlyphPeople, Head: q.say("people.empty"), Text: q.say("people.empty.text")}
	if q.actor.Somewhere(access.KeepRoll) {
		e.Do = page.Link{Text: q.say("people.new"), Href: "/people/new"}
		e.Or = page.Link{Text: q.say("people.import"), Href: "/import?what=people"}
	}
	return e
}

// sex words what was recorded.
func (q *request) sex(s string) string {
	if s == "" {
		return ""
	}
	return q.say("person.sex." + s)
}

// telephone makes a number one that a phone can dial.
func telephone(number string) string {
	if number == "" {
		return ""
	}
	dial := []rune{}
	for _, r := range number {
		if r >= '0' && r <= '9' || r == '+' && len(dial) == 0 {
			dial = append(dial, r)
		}
	}
	return "tel:" + string(dial)
}

// findPeople answers a combobox that asks for a person.
func (s *Server) findPeople(q *request) error {
	query := store.PeopleQuery{Typed: q.value("q"), Status: store.Everybody, Limit: 12}
	if query.Typed == "" {
		return q.choices(nil)
	}
	rows, _, err := q.view().People(q.Context(), query)
	if err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	var found []page.Choice
	for _, r := range rows {
		found = append(found, page.Choice{ID: idText(r.ID), Text: r.Name, Note: q.sketch(r, names)})
	}
	return q.choices(found)
}

// sketch tells namesakes apart: born, branch, origin then and now, status.
func (q *request) sketch(r store.PersonRow, names map[body.ID]string) string {
	var parts []string
	if !r.Birth.IsUnknown() {
		parts = append(parts, q.say("person.born", q.dated(r.Birth)))
	}
	if c := branchCell(q, r, names); c.Text != "" {
		parts = append(parts, c.Text)
	}
	if then, now := q.placed(r.Origin, r.OriginNote); then != "" {
		line := q.say("person.from", then)
		if now != "" {
			line += " (" + now + ")"
		}
		parts = append(parts, line)
	}
	if status := r.Status(); status != store.IsMember {
		parts = append(parts, q.say("people.status.is."+string(status)))
	}
	return joinDots(parts)
}

// joinDots sets short remarks side by side.
func joinDots(parts []string) string {
	line := ""
	for _, p := range parts {
		if line != "" && p != "" {
			line += " · "
		}
		line += p
	}
	return line
}
