package web

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/person"
)

// census counts the members of a body on a day, beside another day where one is
// given.
func (s *Server) census(q *request) error {
	of, on := body.ID(q.id("branch")), q.day("on")
	if of == 0 {
		of = q.root()
	}
	now, err := q.view().Census(q.Context(), of, on)
	if err != nil {
		return err
	}
	var then *person.Census
	if q.value("with") != "" {
		c, err := q.view().Census(q.Context(), of, q.day("with"))
		if err != nil {
			return err
		}
		then = &c
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	p := page.CensusPage{
		Shell: q.shell(q.say("census.title")), Filter: page.FilterHead{Action: "/people/census", NoBox: true, Results: "census"},
		On:    page.Field{Name: "on", Label: q.say("office.on"), Value: locale.DayShort(on), Short: true},
		With:  page.Field{Name: "with", Label: q.say("census.with"), Value: q.value("with"), Short: true},
		Tiles: q.censusTiles(now, of), Tables: q.censusTables(now, then, names),
	}
	p.Shell.Crumbs = []page.Link{{Text: q.say("people.title"), Href: "/people"}}
	p.Shell.Lead = names[of] + " · " + q.speaker().DateShort(calendar.OnDay(on))
	if q.may(access.ReadRoll, of) {
		p.Tools = []page.Tool{{Glyph: page.GlyphPeople, Text: q.say("elsewhere.title"), Href: "/people/elsewhere"}}
	}
	if now.Unsure > 0 {
		p.Note = q.say("census.unsure", now.Unsure)
	}
	options, err := q.bodyChoices(names)
	p.Body = page.Pick{Field: page.Field{Name: "branch", Label: q.say("person.branch"), Value: idText(of)}, Options: options}
	if err != nil {
		return err
	}
	return q.show(page.CensusWhole(p))
}

// censusRow is one line of a census: what, how many then and now, and who.
type censusRow struct {
	text, note, href string
	now, then        int
}

// censusTables lays a census out by branch, origin, age and sex.
func (q *request) censusTables(now person.Census, then *person.Census, names map[body.ID]string) []page.Table {
	if then == nil {
		then = &person.Census{}
	}
	compared := then.On != 0
	branch := func() (rows []censusRow) {
		stood := append([]body.ID{q.root()}, q.view().Tree().Below(q.root(), now.On)...)
		if compared { // those that have ended since
			for _, id := range q.view().Tree().Below(q.root(), then.On) {
				if !slices.Contains(stood, id) {
					stood = append(stood, id)
				}
			}
		}
		for _, id := range stood {
			if n := now.ByBody[id]; n > 0 || then.ByBody[id] > 0 {
				rows = append(rows, censusRow{text: names[id], href: "/people?branch=" + idText(id), now: n, then: then.ByBody[id]})
			}
		}
		return rows
	}
	band := func() (rows []censusRow) {
		for _, from := range append(person.Bands(), -1) {
			href := "/people?age=" + strconv.Itoa(from)
			if from < 0 {
				href = "/people?missing=birth"
			}
			rows = append(rows, censusRow{text: q.band(from), href: href, now: now.ByBand[from], then: then.ByBand[from]})
		}
		return rows
	}
	sex := func() (rows []censusRow) {
		for _, one := range []person.Sex{person.Male, person.Female, ""} {
			row := censusRow{text: q.sex(string(one)), href: "/people?sex=" + string(one), now: now.BySex[one], then: then.BySex[one]}
			if one == "" {
				row.text, row.href = q.say("census.unknown"), "/people?missing=sex"
			}
			rows = append(rows, row)
		}
		return rows
	}
	return []page.Table{
		q.censusTable("census.bybranch", branch(), compared, now, *then),
		q.censusTable("census.byage", band(), compared, now, *then),
		q.censusTable("census.bysex", sex(), compared, now, *then),
		q.censusTable("census.byorigin", q.originRows(now, *then), compared, now, *then),
	}
}

// originRows counts by place of origin, then and now, the commonest first.
func (q *request) originRows(now, then person.Census) []censusRow {
	all := maps.Clone(now.ByOrigin)
	for id := range then.ByOrigin {
		all[id] += 0
	}
	var rows []censusRow
	for id, n := range all {
		text, note := q.placed(id, "")
		row := censusRow{text: text, note: note, href: "/people?originId=" + idText(id), now: n, then: then.ByOrigin[id]}
		if id == 0 {
			row.text, row.href = q.say("census.unknown"), "/people?missing=origin"
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b censusRow) int { return cmp.Or(cmp.Compare(b.now, a.now), cmp.Compare(a.text, b.text)) })
	return rows
}

// censusTable lays rows out, with the other day and the difference where asked.
func (q *request) censusTable(head string, rows []censusRow, compared bool, now, then person.Census) page.Table {
	number := q.speaker().Number
	t := page.Table{Caption: q.say(head), Columns: []page.Column{{Head: q.say(head + ".head"), Chief: true}, {Head: q.speaker().DateShort(calendar.OnDay(now.On)), Figure: true}}}
	if compared {
		t.Columns = append(t.Columns, page.Column{Head: q.speaker().DateShort(calendar.OnDay(then.On)), Figure: true}, page.Column{Head: q.say("census.change"), Figure: true})
	}
	for _, r := range rows {
		if !strings.Contains(r.href, "branch=") {
			r.href += branchAsked(body.ID(q.id("branch")))
		}
		cells := []page.Cell{{Text: r.text, Note: r.note}, {Text: number(int64(r.now))}}
		if compared {
			cells = append(cells, page.Cell{Text: number(int64(r.then))}, page.Cell{Text: signed(q, r.now-r.then)})
		}
		t.Rows = append(t.Rows, page.Row{Href: r.href, Cells: cells})
	}
	return t
}

// signed writes a change with its sign.
func signed(q *request, n int) string {
	text := q.speaker().Number(int64(n))
	if n > 0 {
		return "+" + text
	}
	return text
}
