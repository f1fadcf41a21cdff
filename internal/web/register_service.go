package web

import (
	"cmp"
	"context"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// serviceView lists who served abroad: as what, when, where, and whether it was
// honoured; those who lack a medal or a benefit first.
func serviceView() registerView {
	return registerView{
		heads: []string{"register.service.who", "register.service.as", "register.service.period", "register.service.place", "register.service.medal", "register.service.benefit", "union.teller"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Service](q, "")
			if err != nil {
				return nil, err
			}
			names, err := q.names()
			if err != nil {
				return nil, err
			}
			people, err := q.servicePeople(found)
			var lack, others []registerLine
			for _, s := range found {
				who := page.Cell{Text: people[s.Person], Note: s.Note, Href: personPath(s.Person)}
				line := registerLine{s.ID, s.Body, []page.Cell{
					who, {Text: q.say("register.service.as." + string(s.As))}, {Text: q.sinceUntil(s.From, s.Until)}, {Text: dotted(s.Place, q.countryTyped(s.Country)), Note: s.Unit}, q.hasCell(s.Medal), q.hasCell(s.Benefit), {Text: names[s.Body]},
				}}
				if !fits(typed, who.Text, s.Place, s.Unit, s.Note, names[s.Body], line.cells[1].Text) {
					continue
				}
				if s.Lacks() {
					lack = append(lack, line)
				} else {
					others = append(others, line)
				}
			}
			return append(lack, others...), err
		},
		fields: serviceFields,
		take:   takeService,
		sums:   (*request).servedParts,
	}
}

// servicePeople names those who served.
func (q *request) servicePeople(all []union.Service) (map[person.ID]string, error) {
	var ids []person.ID
	for _, s := range all {
		ids = append(ids, s.Person)
	}
	return q.view().OfficeNames(q.Context(), ids...)
}

func (q *request) hasCell(h union.Has) page.Cell {
	c := page.Cell{Text: q.say("register.service.has." + cmp.Or(string(h), "unasked"))}
	if h == union.HasNot || h == union.HasAsked {
		c.Tone = page.Late
	}
	return c
}

func serviceFields(q *request, a asker, id int64) ([]templ.Component, int64, error) {
	s, err := one[union.Service](q, id)
	if err != nil {
		return nil, 0, err
	}
	home, err := q.homeField(a, s.Body)
	var as, has []page.Option
	for _, one := range union.ServedAses() {
		as = append(as, page.Option{Value: string(one), Text: q.say("register.service.as." + string(one))})
	}
	for _, one := range union.Hases() {
		has = append(has, page.Option{Value: string(one), Text: q.say("register.service.has." + cmp.Or(string(one), "unasked"))})
	}
	return []templ.Component{
		home, q.whoField(a.field("who", "register.service.who", ""), s.Person, q.value("who")), a.choose("as", "register.service.as", string(cmp.Or(s.As, union.Volunteer)), as), a.day("from", "register.from", typed(s.From)), a.day("until", "register.until", typed(s.Until)),
		a.text("place", "register.service.place", s.Place), a.text("country", "union.country", q.countryTyped(s.Country)), a.text("unit", "register.service.unit", s.Unit),
		a.choose("medal", "register.service.medal", string(s.Medal), has), a.choose("benefit", "register.service.benefit", string(s.Benefit), has), a.text("note", "common.note", s.Note),
	}, s.Revision, err
}

func takeService(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
	s, err := one[union.Service](q, id)
	if err != nil {
		return nil, err
	}
	s.Body, s.As, s.Place, s.Unit, s.Note = cmp.Or(s.Body, q.homeOf(body.ID(q.id("body")))), union.ServedAs(q.value("as")), q.value("place"), q.value("unit"), q.value("note")
	s.Medal, s.Benefit = union.Has(q.value("medal")), union.Has(q.value("benefit"))
	var e [4]error
	var name string
	s.Person, name, e[0] = q.anybody("who")
	if s.Person == 0 && name != "" {
		e[0] = fault.Field("who", "register.service.who.unknown")
	}
	s.Country, e[1] = q.countryGiven("country")
	s.From, e[2] = q.date("from")
	s.Until, e[3] = q.date("until")
	return registering(q, s), fault.Gather(e[:]...)
}

// servedParts counts those who served by branch.
func (q *request) servedParts() ([]page.DeskPart, error) {
	found, err := all[union.Service](q, "")
	if err != nil || len(found) == 0 {
		return nil, err
	}
	alive, err := q.view().Living(q.Context(), q.organisationShown())
	if err != nil {
		return nil, err
	}
	names, err := q.names()
	t := page.Table{ID: "served", Caption: q.say("register.service.counted"), Columns: []page.Column{
		{Head: q.say("union.teller"), Chief: true},
		{Head: q.say("register.service.people"), Figure: true},
		{Head: q.say("register.service.alive"), Figure: true},
		{Head: q.say("register.service.as.volunteer"), Figure: true},
		{Head: q.say("register.service.as.expert"), Figure: true},
		{Head: q.say("register.service.lack.medal"), Figure: true},
		{Head: q.say("register.service.lack.benefit"), Figure: true},
	}}
	var sum [6]int
	for _, c := range union.CountServed(found, alive) {
		row := page.Row{Cells: []page.Cell{{Text: names[c.Body]}}}
		for i, n := range [6]int{c.People, c.Alive, c.Volunteers, c.Experts, c.LackMedal, c.LackBenefit} {
			sum[i] += n
			row.Cells = append(row.Cells, page.Cell{Text: strconv.Itoa(n)})
		}
		t.Rows = append(t.Rows, row)
	}
	t.Total = []page.Cell{{Text: q.say("common.total")}}
	for _, n := range sum {
		t.Total = append(t.Total, page.Cell{Text: strconv.Itoa(n)})
	}
	return []page.DeskPart{{Plain: true, Table: &t}}, err
}

// serviceFacts says on somebody's page when and where they served.
func (q *request) serviceFacts(p person.Person) ([]page.Fact, error) {
	found, err := q.view().ServiceOf(q.Context(), p.ID)
	var facts []page.Fact
	for _, s := range found {
		f := page.Fact{Name: q.say("register.service.one"), Text: dotted(q.say("register.service.as."+string(s.As)), q.sinceUntil(s.From, s.Until)), Note: dotted(s.Place, q.countryTyped(s.Country), s.Unit)}
		if q.view().MayActivity() == nil {
			f.Href = registerPath(union.Services) + "/" + idText(s.ID)
		}
		facts = append(facts, f)
	}
	return facts, err
}
