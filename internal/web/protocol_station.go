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
	"kith.app/internal/union"
)

// stationPart shows for which bodies somebody speaks, and takes a new post.
func (q *request) stationPart(who person.Person) (page.DeskPart, error) {
	part := page.DeskPart{Head: q.say("station.head")}
	held, err := q.view().HoldingsBy(q.Context(), who.ID)
	if err != nil {
		return part, err
	}
	for _, h := range held {
		b, err := q.view().Body(q.Context(), h.At.Body)
		if err != nil {
			return part, err
		}
		part.Facts = append(part.Facts, page.Fact{Name: q.title(h.At), Text: b.NameOn(q.lang(), q.today()), Note: q.term(h.Holding), Href: "/offices?body=" + idText(b.ID)})
	}
	if len(part.Facts) == 0 {
		part.Lines = []string{q.say("station.none")}
	}
	if q.may(access.KeepRoll, who.Body) {
		part.Form, err = q.stationForm(who)
	}
	return part, err
}

// stationForm asks for which body somebody speaks: consulates and the like first.
func (q *request) stationForm(who person.Person) (*page.DeskForm, error) {
	found, err := q.view().Bodies(q.Context(), person.Partners()...)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b body.Body) int {
		return cmp.Compare(flagOf(a.Kind != body.Authority), flagOf(b.Kind != body.Authority))
	})
	options := []page.Option{{Text: q.say("station.body.choose")}}
	for _, b := range found {
		if b.Ended.IsUnknown() && len(options) < stationsMost {
			options = append(options, page.Option{Value: idText(b.ID), Text: b.NameOn(q.lang(), q.today())})
		}
	}
	a := q.partAsker("station")
	return &page.DeskForm{
		Head: page.FormHead{Action: protocolPath(who.ID) + "/station", Rejected: len(a.wrong) > 0}, Wrong: a.wrong, Open: len(a.wrong) > 0, Fold: q.say("station.new"), Do: q.say("common.save"), Quiet: true,
		Fields: []templ.Component{a.choose("body", "station.body.label", "", options), a.needed("title", "station.title.label", ""), a.day("from", "station.from", ""), a.text("paper", "station.paper", "")},
	}, nil
}

// stationsMost bounds the bodies that are offered.
const stationsMost = 400

// assignStation says for which body somebody speaks.
func (s *Server) assignStation(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	p, _, err := q.view().ProtocolOf(q.Context(), person.ID(id))
	if err != nil {
		return err
	}
	post := person.Station{Person: p.Person, Body: body.ID(q.id("body")), Title: q.value("title"), Paper: q.value("paper")}
	if post.From, err = q.date("from"); err == nil {
		err = q.write("union.why.protocol", func(ctx context.Context, tx *store.Tx) error {
			if _, err := person.Assign(ctx, tx, q.actor, post); err != nil {
				return err
			}
			p.Other = post.Body
			return union.Receive(ctx, tx, q.actor, p, p.Revision)
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		q.partRefused = partRefused{"station", err}
		return q.protocolPage(p.Person, nil)
	}
	if err != nil {
		return err
	}
	return q.doneAt(protocolPath(p.Person), q.well("common.saved"))
}
