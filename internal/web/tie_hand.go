package web

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
)

// mayHandOn refuses whoever keeps neither the tie nor the body that hands it on.
func (q *request) mayHandOn(row store.TieRow) error {
	for _, id := range row.Bodies() {
		if q.may(access.KeepOffice, id) {
			return nil
		}
	}
	return tie.MayKeep(q.actor, row.Tie, q.today())
}

// tieHand asks to whom the place of a party passes, by which paper.
func (s *Server) tieHand(q *request) error {
	row, err := q.tieAsked()
	if err != nil {
		return err
	}
	if err := q.mayHandOn(row); err != nil {
		return err
	}
	from := body.ID(q.id("from"))
	var heirs []partyRow
	if heirs, err = q.heirsProposed(row, from); err != nil {
		return err
	}
	return q.tieHandPage(row, heirs, nil)
}

// heirsProposed gives the heirs that the lineage knows of a party, to be checked:
// nothing passes before somebody says so.
func (q *request) heirsProposed(row store.TieRow, from body.ID) ([]partyRow, error) {
	if from == 0 {
		for _, p := range row.On(0, q.today()) {
			if b, err := q.view().Body(q.Context(), p.Body); err == nil && !b.Ended.IsUnknown() {
				from = p.Body
				break
			}
		}
	}
	if from == 0 {
		return nil, nil
	}
	var ids []body.ID
	line := q.view().Lineage()
	for _, h := range line.Heirs(q.view().Tree(), from, line.Life(from).To, q.today()) {
		if h.ID != from {
			ids = append(ids, h.ID)
		}
	}
	bodies, err := q.view().BodiesByID(q.Context(), ids)
	var rows []partyRow
	for _, id := range ids {
		if b, ok := bodies[id]; ok {
			rows = append(rows, q.partyWritten(tie.Party{Body: id}, b, 0))
		}
	}
	return rows, err
}

func (q *request) tieHandPage(row store.TieRow, heirs []partyRow, refused error) error {
	p := q.tieAsk(row, "tie.do.hand", "/hand", refused)
	p.Text, p.Do = q.say("tie.hand.text"), q.say("tie.hand.do")
	bodies, err := q.tieBodiesOf([]store.TieRow{row})
	if err != nil {
		return err
	}
	var from []page.Option
	for _, party := range row.On(0, q.today()) {
		b := bodies[party.Body]
		from = append(from, page.Option{Value: idText(party.Body), Text: dotted(b.NameOn(q.lang(), b.Ended.LastOr(q.today())), endedSaid(q, b)), Chosen: !b.Ended.IsUnknown()})
	}
	keepers, err := q.bodyOptions(access.KeepOffice, q.say("tie.hand.keeper.same"))
	if err != nil {
		return err
	}
	r, w := q.reader, p.Wrong
	var heirLines []templ.Component
	for i, h := range append(slices.Clone(heirs), partyRow{}) {
		heirLines = append(heirLines, q.heirLine(strconv.Itoa(i+1), h))
	}
	p.Fields = []templ.Component{
		page.Select(r, w.Mark(page.Field{Name: "from", Label: q.say("tie.hand.from"), Value: q.value("from"), Needed: true}), from),
		page.Lines(page.LinesHead{Name: "side1", Label: q.say("tie.hand.to"), Hint: q.say("tie.hand.to.hint"), Add: q.say("tie.party.add"), Wrong: firstOf(w.At("to"), w.At("side1"))}, heirLines, q.heirLine("{n}", partyRow{})),
		page.DateInput(r, w.Mark(page.Field{Name: "day", Label: q.say("tie.hand.when"), Value: q.value("day"), Needed: true})),
		page.TextInput(r, page.Field{Name: "paper", Label: q.say("tie.paper.number"), Hint: q.say("tie.hand.paper.hint"), Value: q.value("paper"), Wrong: w.At("paper"), Needed: true, Max: 200}),
		page.TextInput(r, page.Field{Name: "paperTitle", Label: q.say("tie.paper.title"), Value: q.value("paperTitle"), Max: 300}),
		page.TextInput(r, page.Field{Name: "issuer", Label: q.say("tie.paper.issuer"), Value: q.value("issuer"), Max: 200}),
		page.Select(r, page.Field{Name: "keeper", Label: q.say("tie.keeper"), Hint: q.say("tie.hand.keeper.hint"), Value: q.value("keeper")}, keepers),
		page.TextInput(r, page.Field{Name: "note", Label: q.say("common.note"), Value: q.value("note"), Whole: true, Max: 1000}),
	}
	if refused != nil {
		return q.again(page.AskFor(p))
	}
	if len(row.Handed) > 0 {
		return q.show(page.HandWhole(page.HandPage{Ask: p, Head: q.say("tie.handed"), Acts: q.handedActs(row, bodies)}))
	}
	return q.show(page.AskFor(p))
}

func firstOf(all ...string) string {
	for _, one := range all {
		if one != "" {
			return one
		}
	}
	return ""
}

func endedSaid(q *request, b body.Body) string {
	if b.Ended.IsUnknown() {
		return ""
	}
	return q.say("tie.party.gone", b.Ended)
}

// heirLine asks about one heir.
func (q *request) heirLine(n string, row partyRow) templ.Component {
	parts := []templ.Component{page.Combobox(q.reader, page.Field{Name: "side1", ID: "side1-" + n, Label: q.say("tie.heir"), Value: row.name, Wrong: row.wrong, Whole: true}, page.Search{Href: "/ties/bodies", IDName: "side1_id", ID: row.id})}
	if len(row.among) > 0 {
		var options []page.Option
		for _, c := range row.among {
			options = append(options, page.Option{Value: c.ID, Text: c.Text, Note: c.Note})
		}
		parts = append(parts, page.Radios(q.reader, page.Field{Name: "among-side1-" + n, Label: q.say("deed.form.among")}, options))
	}
	return page.Together(parts)
}

// handedActs lists the acts by which a tie was handed on, each with a way back.
func (q *request) handedActs(row store.TieRow, bodies map[body.ID]body.Body) []page.ClaimLine {
	t := twin.Tell(q.speaker(), twin.File{Tie: row, Bodies: bodies, On: q.today()})
	var acts []page.ClaimLine
	for _, h := range row.Handed {
		var to []string
		for _, id := range h.To {
			to = append(to, bodies[id].NameOn(q.lang(), q.today()))
		}
		from := bodies[h.From]
		acts = append(acts, page.ClaimLine{
			Text: q.say("twin.handed", from.NameOn(q.lang(), from.Ended.LastOr(q.today()))), Note: dotted(q.say("twin.handed.to", q.speaker().List(to...)), q.dated(h.Day), t.Paper(h.Paper)),
			Action: tiePath(row.Code) + "/hand/back", Do: q.say("tie.hand.back"), Carry: []page.Option{{Value: "handing", Text: strconv.FormatInt(h.ID, 10)}},
		})
	}
	return acts
}

// tieHandSave hands the place of a party on.
func (s *Server) tieHandSave(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	row, err := q.tieAsked()
	if err != nil {
		return err
	}
	if err := q.mayHandOn(row); err != nil {
		return err
	}
	heirs := q.partyRows(1)
	if q.value("more") != "" {
		return q.tieHandPage(row, append(heirs, partyRow{}), nil)
	}
	h := tie.Handing{From: body.ID(q.id("from")), Keeper: body.ID(q.id("keeper")), Note: q.value("note"), Paper: tie.Paper{Number: q.value("paper"), Title: q.value("paperTitle"), Issuer: q.value("issuer")}}
	var found []partyFound
	var wrong []error
	for i := range heirs {
		f, err := q.resolveParty(1, &heirs[i])
		found, wrong = append(found, f), append(wrong, err)
	}
	h.Day, err = q.readDay(q.value("day"))
	err = fault.Gather(append(wrong, at("day", err))...)
	if err == nil {
		err = q.write("tie.why.hand", func(ctx context.Context, tx *store.Tx) error {
			parties, err := q.foundParties(ctx, tx, firstKeeper(q, row), found)
			if err != nil {
				return err
			}
			for _, p := range parties {
				h.To = append(h.To, p.Body)
			}
			_, err = tie.HandOn(ctx, tx, q.actor, row.ID, h)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.tieHandPage(row, heirs, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(tiePath(row.Code), q.well("tie.handed.on"))
}

// firstKeeper is the body for whose office the reader may enter a partner: the one
// on whose books the tie stands, or the reader's own.
func firstKeeper(q *request, row store.TieRow) body.ID {
	if q.may(access.KeepOffice, row.Body) {
		return row.Body
	}
	return q.keeps()
}

// tieHandBack takes an act back.
func (s *Server) tieHandBack(q *request) error {
	return q.onTie("hand.back", "common.saved", func(ctx context.Context, tx *store.Tx, row store.TieRow) error {
		_, err := tie.TakeBack(ctx, tx, q.actor, row.ID, q.id("handing"))
		return err
	}, nil)
}

// tiesLeft lists the places in ties that ended bodies left.
func (s *Server) tiesLeft(q *request) error {
	if !q.actor.Somewhere(access.ReadDeeds) {
		return fault.Forbid("access.forbidden.read_deeds")
	}
	left, err := q.view().TiesLeft(q.Context(), body.ID(q.id("body")))
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("tie.tab.left")), Tabs: q.tieTabs("/ties/left")}
	p.Shell.Lead = q.say("tie.left.lead", len(left))
	var rows []store.TieRow
	for _, l := range left {
		rows = append(rows, l.Tie)
	}
	bodies, err := q.tieBodiesOf(rows)
	if err != nil {
		return err
	}
	p.Table = page.Table{
		Caption: p.Shell.Title, Quiet: true, Columns: []page.Column{{Head: q.say("tie.left.party"), Chief: true}, {Head: q.say("tie.one")}, {Head: q.say("body.ended")}, {Head: q.say("tie.hand.do")}},
		Empty: page.Empty{Glyph: page.GlyphTie, Head: q.say("tie.left.none"), Text: q.say("tie.left.none.text")},
	}
	for _, l := range left {
		b := bodies[l.Party.Body]
		r := page.Row{Cells: []page.Cell{
			{Text: b.NameOn(q.lang(), l.Ended.LastOr(calendar.Latest)), Href: bodyPath(b)}, {Text: twin.CalledTie(q.speaker(), l.Tie.Tie, bodies), Href: tiePath(l.Tie.Code)}, {Text: q.dated(l.Ended)}, {},
		}}
		if q.mayHandOn(l.Tie) == nil {
			r.Cells[3].Part = page.Actions(q.reader, []page.Action{{Text: q.say("tie.hand.do"), Href: tiePath(l.Tie.Code) + "/hand?from=" + idText(l.Party.Body)}})
		}
		p.Table.Rows = append(p.Table.Rows, r)
	}
	return q.show(page.Listed(p))
}
