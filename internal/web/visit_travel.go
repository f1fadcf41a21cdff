package web

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// travelPapers lists the travel papers of a delegation, for who may read them.
func (s *Server) travelPapers(q *request) error {
	id, err := q.number("id")
	if err != nil {
		return err
	}
	return q.travelPage(deed.ID(id), nil)
}

func (q *request) travelPage(id deed.ID, refused error) error {
	found, err := q.view().TravelPapers(q.Context(), id)
	if err != nil {
		return err
	}
	t, err := q.view().VisitOf(q.Context(), id)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("travel.papers"))}
	p.Shell.Lead = t.Deed.Title
	p.Shell.Crumbs = q.unionCrumbs(page.Link{Text: q.say("delegation.list"), Href: "/union/delegations"}, page.Link{Text: q.say("delegation.one"), Href: visitPath(id)})
	p.Notes = []page.NoteLine{{Tone: page.Plain, Text: q.say("travel.note")}}
	table := page.Table{
		ID: "travel", Caption: q.say("travel.papers"), Quiet: true,
		Columns: []page.Column{{Head: q.say("delegation.member.name"), Chief: true}, {Head: q.say("travel.kind")}, {Head: q.say("travel.number")}, {Head: q.say("union.country")}, {Head: q.say("travel.expires")}},
		Empty:   page.Empty{Glyph: page.GlyphKey, Head: q.say("travel.none"), Text: q.say("travel.none.text")},
	}
	var drop []page.Option
	leaves := t.Deed.Day.LastOr(q.today())
	for _, one := range found {
		cell := page.Cell{Text: q.daySaid(one.Expires)}
		if one.Expired(leaves) {
			cell.Tone, cell.Note = page.Late, q.say("travel.expired")
		}
		country := one.Country
		if country != "" {
			country = q.speaker().Country(country)
		}
		table.Rows = append(table.Rows, page.Row{Cells: []page.Cell{{Text: one.Name, Note: one.Note}, {Text: q.say("travel.kind." + one.Kind)}, {Text: one.Number}, {Text: country}, cell}})
		drop = append(drop, page.Option{Value: idText(one.ID), Text: dotted(one.Name, one.Number)})
	}
	a := asker{q, page.ProblemsOf(refused, q.reader), ""}
	var kinds []page.Option
	for _, k := range delegation.TravelKinds() {
		kinds = append(kinds, page.Option{Value: k, Text: q.say("travel.kind." + k)})
	}
	p.Parts = []page.DeskPart{{Plain: true, Table: &table}, {Plain: true, Form: &page.DeskForm{
		Head: page.FormHead{Action: visitPath(id) + "/travel", Rejected: refused != nil}, Wrong: a.wrong, Fold: q.say("travel.new"), Open: len(found) == 0, Do: q.say("travel.enter"),
		Fields: []templ.Component{
			a.who("who", "delegation.member.name"), a.choose("kind", "travel.kind", "passport", kinds), a.needed("number", "travel.number", ""), a.text("country", "travel.country", ""), a.day("expires", "travel.expires", ""), a.text("note", "common.note", ""),
		},
	}}}
	if len(drop) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &page.DeskForm{
			Head: page.FormHead{Action: visitPath(id) + "/travel"}, Fold: q.say("travel.drop"), Do: q.say("travel.drop.do"), Danger: true,
			Fields: []templ.Component{page.Select(q.reader, page.Field{Name: "drop", Label: q.say("travel.drop.which")}, drop)},
		}})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// keepTravel writes a travel paper, or takes one out of the book.
func (s *Server) keepTravel(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	d, err := q.view().Deed(q.Context(), deed.ID(id))
	if err != nil {
		return err
	}
	if err := q.actor.May(access.TravelPapers, d.Body); err != nil {
		return err
	}
	t, err := q.travelGiven(d.ID)
	if drop := q.id("drop"); drop != 0 {
		err = q.write("union.why.travel", func(ctx context.Context, tx *store.Tx) error { return delegation.DropTravel(ctx, tx, q.actor, drop) })
	} else if err == nil {
		err = q.write("union.why.travel", func(ctx context.Context, tx *store.Tx) error { return delegation.KeepTravel(ctx, tx, q.actor, t) })
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.travelPage(d.ID, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(visitPath(d.ID)+"/travel", q.well("common.saved"))
}

func (q *request) travelGiven(id deed.ID) (delegation.Travel, error) {
	t := delegation.Travel{Deed: id, Kind: q.value("kind"), Number: q.value("number"), Note: q.value("note")}
	var err1, err2 error
	t.Person, t.Name, err1 = q.anybody("who")
	codes, err := locale.ReadCountries(q.value("country"))
	if len(codes) > 0 {
		t.Country = codes[0]
	}
	t.Expires, err2 = q.exactDay("expires")
	if !strings.Contains(" "+strings.Join(delegation.TravelKinds(), " ")+" ", " "+t.Kind+" ") {
		t.Kind = "passport"
	}
	return t, fault.Gather(err1, at("country", err), err2)
}
