package web

import (
	"cmp"
	"context"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

func giftPath(id delegation.GiftID) string { return "/union/gifts/" + idText(id) }

// giftSaid names a gift with how many pieces and its value.
func (q *request) giftSaid(g delegation.Gift) string {
	item := g.Item
	if g.Count > 1 {
		item = q.speaker().Number(g.Count) + " " + item
	}
	return dotted(item, q.moneySaid(g.Value))
}

// giftOther names who gave a gift or received it.
func (q *request) giftOther(g delegation.Gift) string {
	if g.Person != 0 {
		if names, err := q.view().OfficeNames(q.Context(), g.Person); err == nil && names[g.Person] != "" {
			return names[g.Person]
		}
	}
	if g.Other != 0 {
		if b, err := q.view().Body(q.Context(), g.Other); err == nil {
			return b.NameOn(q.lang(), g.Day)
		}
	}
	return g.Name
}

func (q *request) giftsAsked() store.GiftsAsked {
	return store.GiftsAsked{Way: delegation.Way(q.value("way")), Typed: q.value("q")}
}

// gifts is the register of gifts given and received, with where they are.
func (s *Server) gifts(q *request) error {
	if err := q.view().MayActivity(); err != nil {
		return err
	}
	asked := q.giftsAsked()
	found, err := q.view().Gifts(q.Context(), asked)
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("gift.list"))}
	p.Shell.Crumbs, p.Shell.Lead = q.unionCrumbs(), q.say("gift.count", len(found))
	if q.mayPost() {
		p.Shell.Actions = page.FirstLink(q.say("gift.new"), "/union/gifts/new")
	}
	p.Filter = page.FilterHead{Action: "/union/gifts", Results: "listed", Query: asked.Typed, Label: q.say("gift.find")}
	p.Selects = []page.SelectField{{Field: page.Field{Name: "way", Label: q.say("gift.way"), Value: string(asked.Way)}, Options: []page.Option{
		{Text: q.say("gift.way.any")}, {Value: string(delegation.Given), Text: q.say("gift.way.given")}, {Value: string(delegation.Received), Text: q.say("gift.way.received")},
	}}}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/union/gifts.xlsx" + queryOf(q)}, {Glyph: page.GlyphSettings, Text: q.say("gift.limits"), Href: "/union/gift-limits"}}
	p.Table = page.Table{
		ID: "gifts", Caption: q.say("gift.list"), Quiet: true,
		Columns: []page.Column{{Head: q.say("gift.item"), Chief: true}, {Head: q.say("gift.way")}, {Head: q.say("gift.other")}, {Head: q.say("common.date")}, {Head: q.say("gift.value"), Figure: true}, {Head: q.say("gift.place")}},
		Empty:   page.Empty{Glyph: page.GlyphGift, Head: q.say("gift.none"), Text: q.say("gift.none.text")},
	}
	limits, err := q.view().GiftLimits(q.Context(), q.organisationShown())
	if err != nil {
		return err
	}
	for _, g := range found {
		planned := q.plannedMark(g)
		where := page.Cell{Text: g.Place, Note: planned.Text, Tone: planned.Tone}
		if g.Place == "" && g.Way == delegation.Received {
			where = page.Cell{Text: q.say("gift.place.unknown"), Tone: page.Late}
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: giftPath(g.ID), Cells: []page.Cell{
			{Text: g.Item, Note: g.Occasion}, {Text: q.say("gift.way." + string(g.Way))}, {Text: q.giftOther(g), Note: q.levelSaid(g.Level)}, {Text: q.daySaid(g.Day)}, q.valueCell(g, limits), where,
		}})
	}
	return q.show(page.Listed(p))
}

// valueCell says what a gift is worth, whether it went beyond the limit and why.
func (q *request) valueCell(g delegation.Gift, limits []delegation.Limit) page.Cell {
	c := page.Cell{Text: q.moneySaid(g.Value), Note: g.Reason}
	if said, beyond := q.beyondLimit(g, limits); beyond {
		c.Tone, c.Note = page.Late, dotted(said, g.Reason)
	}
	return c
}

// giftsSheet gives the register of gifts as a workbook.
func (s *Server) giftsSheet(q *request) error {
	if err := q.view().MayActivity(); err != nil {
		return err
	}
	found, err := q.view().Gifts(q.Context(), q.giftsAsked())
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("gift.list")}
	for _, key := range []string{"common.date", "gift.way", "gift.item", "gift.pieces", "gift.value", "gift.other", "gift.occasion", "gift.place", "gift.reason", "common.note"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, g := range found {
			value := sheet.Value{}
			if !g.Value.IsNone() {
				value = sheet.Sum(g.Value)
			}
			if !yield([]sheet.Value{
				sheet.On(calendar.OnDay(g.Day)), sheet.Words(q.say("gift.way." + string(g.Way))), sheet.Words(g.Item), sheet.Count(max(1, g.Count)), value,
				sheet.Words(q.giftOther(g)), sheet.Words(g.Occasion), sheet.Words(g.Place), sheet.Words(g.Reason), sheet.Words(g.Note),
			}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("gift.file"), t)
}

// newGift asks for a gift given or received.
func (s *Server) newGift(q *request) error {
	a, err := q.giftForm(nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

func (q *request) giftForm(refused error) (page.AskPage, error) {
	home := q.homeOf(body.ID(q.id("body")))
	if err := q.actor.May(access.PostDeeds, home); err != nil {
		return page.AskPage{}, err
	}
	homes, err := q.bodyOptions(access.PostDeeds, "")
	if err != nil {
		return page.AskPage{}, err
	}
	a := asker{q, page.ProblemsOf(refused, q.reader), ""}
	leave := "/union/gifts"
	if id := q.id("deed"); id != 0 {
		leave = visitPath(deed.ID(id))
	}
	p := page.AskPage{Shell: q.shell(q.say("gift.new")), Wrong: a.wrong, Do: q.say("gift.enter"), Leave: leave, Carry: []page.Option{{Value: "deed", Text: idText(q.id("deed"))}}}
	p.Shell.Crumbs = q.unionCrumbs(page.Link{Text: q.say("gift.list"), Href: "/union/gifts"})
	p.Head = page.FormHead{Action: "/union/gifts/new", Draft: "gift-new", Rejected: refused != nil}
	reason := a.field("reason", "gift.reason", "")
	reason.Hint, reason.Whole = q.say("gift.reason.hint"), true
	count := a.field("count", "gift.pieces", "")
	count.Short = true
	p.Fields = []templ.Component{
		page.Chips(q.reader, a.field("way", "gift.way", cmp.Or(q.value("way"), string(delegation.Received))), []page.Option{{Value: string(delegation.Received), Text: q.say("gift.way.received")}, {Value: string(delegation.Given), Text: q.say("gift.way.given")}}),
		a.needed("item", "gift.item", ""), page.NumberInput(q.reader, count),
	}
	value := a.field("value", "gift.value", "")
	value.Hint = q.limitHint(deed.Deed{Body: home})
	p.Fields = append(p.Fields, page.MoneyInput(q.reader, value), a.sum("value", "gift.value", money.Amount{})[1])
	p.Fields = append(p.Fields,
		a.who("who", "gift.other"), a.choose("level", "gift.level", "", q.levelOptions(q.say("delegation.level.none"))), a.day("day", "common.date", cmp.Or(q.value("day"), dayTyped(q.today()))), a.text("occasion", "gift.occasion", ""),
		a.choose("body", "union.teller", idText(home), homes), a.text("place", "gift.place", ""), page.Tick(a.field("planned", "gift.planned.tick", q.value("planned"))), page.TextInput(q.reader, reason), a.text("note", "common.note", ""),
	)
	return p, nil
}

// enterGift enters a gift.
func (s *Server) enterGift(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	g := delegation.Gift{
		Body: q.homeOf(body.ID(q.id("body"))), Deed: deed.ID(q.id("deed")), Way: delegation.Way(q.value("way")), Item: q.value("item"), Level: delegation.Level(q.value("level")),
		Occasion: q.value("occasion"), Place: q.value("place"), Reason: q.value("reason"), Note: q.value("note"), Planned: q.value("planned") == "yes",
	}
	var err [4]error
	g.Count, _, err[0] = countOr(q.value("count"), 0)
	err[0] = at("count", err[0])
	g.Value, err[1] = q.amountGiven("value")
	g.Person, g.Name, err[2] = q.anybody("who")
	g.Day, err[3] = q.exactDay("day")
	wrong := fault.Gather(err[:]...)
	if wrong == nil {
		wrong = q.write("union.why.gift", func(ctx context.Context, tx *store.Tx) (err error) {
			g, err = delegation.EnterGift(ctx, tx, q.actor, g)
			return err
		})
	}
	if wrong != nil && fault.KindOf(wrong) == fault.Invalid {
		form, err := q.giftForm(wrong)
		if err != nil {
			return err
		}
		return q.again(page.AskFor(form))
	}
	if wrong != nil {
		return wrong
	}
	if g.Deed != 0 {
		return q.doneAt(visitPath(g.Deed), q.well("gift.entered"))
	}
	return q.doneAt(giftPath(g.ID), q.well("gift.entered"))
}

// plannedMark says of a gift that it is still to be handed over, or late.
func (q *request) plannedMark(g delegation.Gift) page.Mark {
	switch {
	case g.Late(q.today()):
		return page.Mark{Tone: page.Late, Text: q.say("gift.planned.late")}
	case g.Planned:
		return page.Mark{Tone: page.Waiting, Text: q.say("gift.planned")}
	}
	return page.Mark{}
}

// handGift says that a planned gift was handed over.
func (s *Server) handGift(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	g, err := q.giftAsked()
	if err != nil {
		return err
	}
	day, err := q.exactDay("handed")
	if err == nil {
		err = at("handed", q.write("union.why.gift", func(ctx context.Context, tx *store.Tx) error {
			_, err := delegation.HandGift(ctx, tx, q.actor, g.ID, day)
			return err
		}))
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.giftPage(g, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(giftPath(g.ID), q.well("gift.handed"))
}

// giftAsked reads the gift that the address names.
func (q *request) giftAsked() (delegation.Gift, error) {
	id, err := q.number("id")
	if err != nil {
		return delegation.Gift{}, err
	}
	return q.view().GiftKept(q.Context(), delegation.GiftID(id))
}

// gift shows one gift with its movements.
func (s *Server) gift(q *request) error {
	g, err := q.giftAsked()
	if err != nil {
		return err
	}
	return q.giftPage(g, nil)
}

func (q *request) giftPage(g delegation.Gift, refused error) error {
	p := page.DeskPage{Shell: q.shell(g.Item)}
	p.Shell.Lead = q.say("gift.way." + string(g.Way))
	p.Shell.Crumbs = q.unionCrumbs(page.Link{Text: q.say("gift.list"), Href: "/union/gifts"})
	facts := []page.Fact{
		{Name: q.say("gift.other"), Text: q.giftOther(g), Note: q.levelSaid(g.Level)},
		{Name: q.say("common.date"), Text: q.daySaid(g.Day), Note: g.Occasion, Mark: q.plannedMark(g)},
		{Name: q.say("gift.value"), Text: q.giftSaid(g), Note: g.Reason},
		{Name: q.say("gift.place"), Text: q.giftPlace(g)},
		{Name: q.say("common.note"), Text: g.Note},
	}
	if g.Deed != 0 {
		facts = append(facts, page.Fact{Name: q.say("gift.deed"), Text: q.say("union.activity.deed"), Href: deedPath(g.Deed)})
	}
	limits, err := q.view().GiftLimits(q.Context(), g.Body)
	if err != nil {
		return err
	}
	if said, beyond := q.beyondLimit(g, limits); beyond {
		facts[2].Mark = page.Mark{Tone: page.Due, Text: said}
	}
	p.Parts = []page.DeskPart{{Facts: facts}}
	if len(g.Moves) > 0 {
		part := page.DeskPart{Head: q.say("gift.moves")}
		for _, m := range g.Moves {
			part.Past = append(part.Past, page.Past{When: q.daySaid(m.Day), Text: m.Place, Note: dotted(m.Keeper, m.Note, m.By)})
		}
		p.Parts = append(p.Parts, part)
	}
	if q.may(access.PostDeeds, g.Body) {
		a := asker{q, page.ProblemsOf(refused, q.reader), ""}
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("gift.move"), Form: &page.DeskForm{
			Head: page.FormHead{Action: giftPath(g.ID), Rejected: refused != nil}, Wrong: a.wrong, Do: q.say("gift.move.do"),
			Fields: []templ.Component{a.day("day", "common.date", dayTyped(q.today())), a.needed("place", "gift.move.to", ""), a.text("keeper", "gift.keeper", ""), a.text("note", "common.note", "")},
		}})
	}
	if g.Planned && q.may(access.PostDeeds, g.Body) {
		a := asker{q, page.ProblemsOf(refused, q.reader), ""}
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("gift.hand"), Form: &page.DeskForm{
			Head: page.FormHead{Action: giftPath(g.ID) + "/hand", Rejected: refused != nil}, Wrong: a.wrong, Do: q.say("gift.hand.do"),
			Fields: []templ.Component{a.day("handed", "gift.handed.on", dayTyped(q.today()))},
		}})
	}
	past, err := q.officePast("protocol_gift", int64(g.ID))
	if err != nil {
		return err
	}
	if len(past) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("common.history"), Past: past})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// giftPlace says where a gift is: what is ours to keep must be somewhere.
func (q *request) giftPlace(g delegation.Gift) string {
	if g.Way == delegation.Received {
		return cmp.Or(g.Place, q.say("gift.place.unknown"))
	}
	return g.Place
}

// moveGift says where a gift went.
func (s *Server) moveGift(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	g, err := q.giftAsked()
	if err != nil {
		return err
	}
	m := delegation.Move{Place: q.value("place"), Keeper: q.value("keeper"), Note: q.value("note")}
	if m.Day, err = q.exactDay("day"); err == nil {
		err = q.write("union.why.gift", func(ctx context.Context, tx *store.Tx) error {
			_, err := delegation.MoveGift(ctx, tx, q.actor, g.ID, m)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.giftPage(g, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(giftPath(g.ID), q.well("common.saved"))
}

// giftLimits lists the limits of gifts, and takes new ones.
func (s *Server) giftLimits(q *request) error { return q.limitsPage(nil) }

func (q *request) limitsPage(refused error) error {
	of := q.organisationShown()
	found, err := q.view().GiftLimits(q.Context(), of)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("gift.limits"))}
	p.Shell.Crumbs, p.Shell.Lead = q.unionCrumbs(page.Link{Text: q.say("gift.list"), Href: "/union/gifts"}), q.say("gift.limits.lead")
	table := page.Table{
		ID: "limits", Caption: q.say("gift.limits"), Quiet: true,
		Columns: []page.Column{{Head: q.say("gift.level"), Chief: true}, {Head: q.say("common.amount"), Figure: true}, {Head: q.say("gift.limit.from")}, {Head: q.say("gift.limit.until")}, {Head: q.say("gift.limit.paper")}},
		Empty:   page.Empty{Glyph: page.GlyphGift, Head: q.say("gift.limits.none"), Text: q.say("gift.limits.none.text")},
	}
	for _, l := range found {
		level, until := q.levelSaid(l.Level), ""
		if l.Until < calendar.Latest {
			until = q.daySaid(l.Until)
		}
		table.Rows = append(table.Rows, page.Row{Cells: []page.Cell{{Text: cmp.Or(level, q.say("gift.level.any"))}, {Text: q.moneySaid(l.Amount)}, {Text: q.daySaid(l.Since)}, {Text: until}, {Text: l.Paper}}})
	}
	p.Parts = []page.DeskPart{{Plain: true, Table: &table}}
	if q.may(access.ManageBody, of) {
		a := asker{q, page.ProblemsOf(refused, q.reader), ""}
		fields := append([]templ.Component{a.choose("level", "gift.level", "", q.levelOptions(q.say("gift.level.any")))}, a.sum("amount", "common.amount", delegation.Gift{}.Value)...)
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &page.DeskForm{
			Head: page.FormHead{Action: "/union/gift-limits", Rejected: refused != nil}, Wrong: a.wrong, Fold: q.say("gift.limit.new"), Open: len(found) == 0, Do: q.say("gift.limit.set"),
			Fields: append(fields, a.day("since", "gift.limit.from", dayTyped(q.today())), a.text("paper", "gift.limit.paper", "")),
		}})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// setGiftLimit sets a limit of gifts from a day on.
func (s *Server) setGiftLimit(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	l := delegation.Limit{Body: q.organisationShown(), Level: delegation.Level(q.value("level")), Paper: q.value("paper")}
	var err1, err2 error
	l.Amount, err1 = q.amountGiven("amount")
	l.Since, err2 = q.exactDay("since")
	err := fault.Gather(err1, err2)
	if err == nil {
		err = q.write("union.why.gift", func(ctx context.Context, tx *store.Tx) error {
			_, err := delegation.SetLimit(ctx, tx, q.actor, l)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.limitsPage(err)
	}
	if err != nil {
		return err
	}
	return q.doneAt("/union/gift-limits", q.well("common.saved"))
}
