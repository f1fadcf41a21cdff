package web

import (
	"cmp"
	"context"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// programmeView lists programmes; each shows its editions as table and chart.
func programmeView() registerView {
	return registerView{
		heads: []string{"register.programme.name.label", "register.since.label", "register.programme.editions", "common.note"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Programme](q, typed)
			var lines []registerLine
			for _, p := range found {
				editions, err := q.view().Editions(q.Context(), p.ID)
				if err != nil {
					return nil, err
				}
				lines = append(lines, registerLine{p.ID, p.Body, []page.Cell{{Text: p.In(q.lang())}, {Text: q.dated(p.Since)}, {Text: strconv.Itoa(len(editions))}, {Text: p.Note}}})
			}
			return lines, err
		},
		fields: func(q *request, a asker, id int64) ([]templ.Component, int64, error) {
			p, err := one[union.Programme](q, id)
			if err != nil {
				return nil, 0, err
			}
			home, err := q.homeField(a, p.Body)
			return []templ.Component{
				home, a.needed("name", "register.programme.name.label", p.Name), a.text("english", "register.programme.english", p.English), a.text("french", "register.programme.french", p.French), a.day("since", "register.since.label", typed(p.Since)), a.text("note", "common.note", p.Note),
			}, p.Revision, err
		},
		take: func(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
			p, err := one[union.Programme](q, id)
			if err != nil {
				return nil, err
			}
			p.Body, p.Name, p.English, p.French, p.Note = cmp.Or(p.Body, q.homeOf(body.ID(q.id("body")))), q.value("name"), q.value("english"), q.value("french"), q.value("note")
			p.Since, err = q.date("since")
			return registering(q, p), err
		},
		more: (*request).editions,
	}
}

// editions shows the editions of a programme: participants, cost, partners.
func (q *request) editions(id int64) ([]page.DeskPart, error) {
	found, err := q.view().Editions(q.Context(), id)
	if err != nil {
		return nil, err
	}
	called, err := q.view().CalledIn(q.Context(), found...)
	if err != nil {
		return nil, err
	}
	t := page.Table{ID: "editions", Caption: q.say("register.programme.editions"), Columns: []page.Column{
		{Head: q.say("union.activity.series"), Chief: true}, {Head: q.say("common.date")}, {Head: q.say("union.activity.people"), Figure: true}, {Head: q.say("register.programme.cost"), Figure: true}, {Head: q.say("register.programme.partners")},
	}, Empty: page.Empty{Glyph: page.GlyphProgramme, Head: q.say("register.programme.none"), Text: q.say("register.programme.none.text")}}
	chart := page.Series{Title: q.say("union.activity.people")}
	for _, d := range found {
		people, cost, partners := int64(0), "", []string{}
		for _, l := range d.Lines {
			switch {
			case l.Unit == deed.Persons:
				people = l.Quantity
			case l.Unit == deed.Money && l.Stage == deed.Given:
				cost = dotted(cost, q.speaker().Money(money.Of(l.Quantity, l.Currency)))
			}
		}
		for _, p := range d.Parties {
			partners = append(partners, q.partyName(p, called, q.dayOf(d)))
		}
		n := q.say("register.programme.nth", q.speaker().Ordinal(int(d.Series)))
		said := ""
		if people > 0 {
			said = q.speaker().Number(people)
		}
		t.Rows = append(t.Rows, page.Row{Href: deedPath(d.ID), Cells: []page.Cell{{Text: n, Note: d.Title}, {Text: q.speaker().DateShort(d.Day)}, {Text: said}, {Text: cost}, {Text: joined(partners)}}})
		chart.Bars = append(chart.Bars, page.Bar{Name: strconv.FormatInt(d.Series, 10), Value: float64(people), Said: q.speaker().Number(people)})
	}
	part := page.DeskPart{Plain: true, Table: &t}
	if len(found) > 1 {
		chart.Bars[len(chart.Bars)-1].Now = true
		chart.Told = q.say("register.programme.told", len(found))
		part.Chart = &chart
	}
	parts := []page.DeskPart{part}
	if q.mayPost() {
		form, err := q.editionForm(id, found)
		if err != nil {
			return nil, err
		}
		parts = append(parts, page.DeskPart{Plain: true, Form: &form})
	}
	return parts, nil
}

// editionForm offers deeds that may be a further edition.
func (q *request) editionForm(id int64, known []deed.Deed) (page.DeskForm, error) {
	found, _, err := q.view().Deeds(q.Context(), store.DeedQuery{Limit: offeredMost})
	if err != nil {
		return page.DeskForm{}, err
	}
	called, err := q.view().CalledIn(q.Context(), found...)
	if err != nil {
		return page.DeskForm{}, err
	}
	kinds, err := q.kindsByCode()
	options := []page.Option{{Text: q.say("union.plan.link.choose")}}
	next := int64(1)
	for _, d := range known {
		next = max(next, d.Series+1)
	}
	for _, d := range found {
		if d.Programme == 0 && kinds[d.Kind].Activity {
			options = append(options, page.Option{Value: idText(d.ID), Text: dotted(q.speaker().DateShort(d.Day), shortened(q.titleWith(d, kinds[d.Kind], called)))})
		}
	}
	return page.DeskForm{
		Head: page.FormHead{Action: "/union/editions/" + idText(id)}, Fold: q.say("register.programme.link"), Open: len(known) == 0, Do: q.say("union.plan.link.do"), Quiet: true,
		Fields: []templ.Component{
			page.Select(q.reader, page.Field{Name: "deed", ID: "edition-deed", Label: q.say("union.plan.link.which"), Whole: true}, options),
			page.NumberInput(q.reader, page.Field{Name: "series", ID: "edition-series", Label: q.say("union.activity.series"), Value: strconv.FormatInt(next, 10), Short: true}),
		},
	}, err
}

// linkEdition says that a deed is an edition of a programme.
func (s *Server) linkEdition(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	if _, err := one[union.Programme](q, id); err != nil {
		return err
	}
	err = q.write("union.why.register", func(ctx context.Context, tx *store.Tx) error {
		d, err := tx.Deed(ctx, deed.ID(q.id("deed")))
		if err != nil {
			return fault.Refuse("union.plan.link.missing")
		}
		d.Programme, d.Series = id, q.id("series")
		_, err = deed.Correct(ctx, tx, q.actor, d, d.Revision)
		return err
	})
	if err != nil {
		return err
	}
	return q.doneAt(registerPath(union.Programmes)+"/"+idText(id), q.well("common.saved"))
}
