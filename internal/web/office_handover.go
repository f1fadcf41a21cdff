package web

import (
	"cmp"
	"context"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

func handoverPath(id office.HandoverID) string { return "/office/handover/" + idText(id) }

// handoverDesk shows the state of the association on one page, and asks who
// hands over to whom.
func (s *Server) handoverDesk(q *request) error { return q.handoverPage(nil) }

func (q *request) handoverPage(refused error) error {
	of := q.bodyGivenOr()
	state, err := q.view().OfficeState(q.Context(), of, q.today())
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("desk.handover")), Tiles: q.stateTiles(state)}
	p.Shell.Crumbs, p.Shell.Lead = q.deskCrumbs(), q.say("handover.lead")
	p.Parts = []page.DeskPart{{Head: q.say("state.title"), Facts: q.stateFacts(state), Tools: q.paperTools("state.title", "/office/handover/state?body="+idText(of)+"&")}}
	if q.may(access.ManageBody, of) {
		form, err := q.handoverForm(state, refused)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("handover.new"), Form: &form})
	}
	past, err := q.view().Handovers(q.Context())
	if err != nil {
		return err
	}
	if len(past) > 0 {
		part := page.DeskPart{Head: q.say("handover.past")}
		if part.Table, err = q.handoverTable(past); err != nil {
			return err
		}
		p.Parts = append(p.Parts, part)
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

func (q *request) stateTiles(s office.State) []page.Tile {
	tiles := []page.Tile{
		{Figure: strconv.Itoa(s.Roll.Members), Text: q.say("handover.tile.members", len(s.Roll.Branches)), Href: "/people"},
		{Figure: strconv.Itoa(s.Seats-s.Vacant) + "/" + strconv.Itoa(s.Seats), Text: q.say("handover.tile.seats", s.Vacant), Href: "/offices"},
		{Figure: strconv.Itoa(len(s.Tasks) + len(s.Papers)), Text: q.say("handover.tile.work"), Href: "/office", Broad: true},
	}
	if s.Money == nil {
		return tiles
	}
	for _, purse := range s.Money.Purses {
		if purse.Amount.Minor != 0 {
			name := cmp.Or(purse.Names.In(q.lang()), q.say("state.purse."+purse.Class))
			tiles = append(tiles, page.Tile{Figure: q.speaker().Money(purse.Amount), Text: name, Href: "/fund", Broad: true})
		}
	}
	return tiles
}

// stateFacts says a state in a few lines; the paper has all of it.
func (q *request) stateFacts(s office.State) []page.Fact {
	facts := []page.Fact{
		{Name: q.say("state.roll"), Text: q.say("state.roll.line", s.Roll.Members, s.Roll.Households, len(s.Roll.Branches))},
		{Name: q.say("state.board"), Text: q.say("state.board.line", s.Seats, s.Seats-s.Vacant, s.Vacant)},
	}
	if m := s.Money; m != nil {
		facts = append(facts, page.Fact{Name: q.say("state.money"), Text: q.say("handover.money", m.Lacking, len(m.Loans), m.Owing)})
	}
	facts = append(facts,
		page.Fact{Name: q.say("handover.open"), Text: q.say("handover.work", len(s.Planned), len(s.Tasks), len(s.Papers))},
		page.Fact{Name: q.say("state.kept"), Text: q.say("state.kept.line", s.Archive.Deeds, s.Archive.Papers, s.Archive.Files)},
		page.Fact{Name: q.say("state.head"), Text: q.say("state.head.link", s.Link), Note: s.Head[:min(len(s.Head), 16)] + "…"},
	)
	return facts
}

// handoverForm asks which office passes from whom to whom.
func (q *request) handoverForm(s office.State, refused error) (page.DeskForm, error) {
	board, err := q.view().Board(q.Context(), s.Body, q.today())
	if err != nil {
		return page.DeskForm{}, err
	}
	var holders []page.Option
	for _, seats := range board.Seats {
		for _, h := range seats.Holders {
			holders = append(holders, page.Option{Value: idText(h.ID), Text: q.title(seats.Office) + ": " + h.Name})
		}
	}
	wrong := page.ProblemsOf(refused, q.reader)
	witness, seen := person.ID(q.id("witnessId")), q.value("witness")
	f := page.DeskForm{Head: page.FormHead{Action: "/office/handover", Draft: "handover", Rejected: refused != nil}, Wrong: wrong, Do: q.say("handover.do")}
	f.Fields = []templ.Component{
		page.Hidden("body", idText(s.Body)),
		page.Select(q.reader, wrong.Mark(page.Field{Name: "holding", Label: q.say("handover.holding"), Value: q.value("holding"), Whole: true}), holders),
		q.whoField(wrong.Mark(page.Field{Name: "taker", Label: q.say("handover.taker"), Hint: q.say("handover.taker.hint")}), person.ID(q.id("takerId")), q.value("taker")),
		q.whoField(wrong.Mark(page.Field{Name: "witness", Label: q.say("handover.witness")}), witness, seen),
		page.DateInput(q.reader, wrong.Mark(page.Field{Name: "day", Label: q.say("handover.day"), Value: cmp.Or(q.value("day"), dayTyped(q.today())), Short: true, Needed: true})),
		page.DateInput(q.reader, wrong.Mark(page.Field{Name: "since", Label: q.say("handover.since"), Value: cmp.Or(q.value("since"), dayTyped(q.today()+1)), Short: true})),
		page.TextInput(q.reader, page.Field{Name: "paper", Label: q.say("handover.decision"), Hint: q.say("handover.decision.hint"), Value: q.value("paper"), Whole: true}),
		page.TextArea(q.reader, page.Field{Name: "things", Label: q.say("handover.things"), Hint: q.say("handover.things.hint"), Value: q.value("things"), Whole: true}, 4),
	}
	return f, nil
}

// handOver records that an office passed on, with the state as it stood.
func (s *Server) handOver(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	h, err := q.handoverGiven()
	if err == nil {
		h.State, err = q.view().OfficeState(q.Context(), q.bodyGivenOr(), q.today())
	}
	if err == nil {
		err = q.officeWrite("handover", func(ctx context.Context, tx *store.Tx) error {
			h, err = office.HandOver(ctx, tx, q.actor, h)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.handoverPage(err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(handoverPath(h.ID), q.well("handover.done"))
}

func (q *request) handoverGiven() (office.Handover, error) {
	h := office.Handover{Holding: q.id("holding"), Paper: q.value("paper"), Things: q.lines("things")}
	var err1, err2, err3, err4 error
	h.Day, err1 = q.exactDay("day")
	h.Since, err2 = q.exactDay("since")
	if q.value("taker") != "" {
		h.Taker, err3 = q.personChosen("taker")
	}
	h.Witness, h.Seen, err4 = q.anybody("witness")
	if h.Since == 0 {
		h.Since = h.Day + 1
	}
	return h, fault.Gather(err1, err2, err3, err4)
}

func (q *request) handoverTable(all []office.Handover) (*page.Table, error) {
	t := &page.Table{ID: "handovers", Caption: q.say("handover.past"), Quiet: true, Columns: []page.Column{{Head: q.say("handover.day")}, {Head: q.say("office.one"), Chief: true}, {Head: q.say("handover.giver")}, {Head: q.say("handover.taker")}}}
	for _, h := range all {
		parties, err := q.handoverParties(h)
		if err != nil {
			return nil, err
		}
		t.Rows = append(t.Rows, page.Row{Href: handoverPath(h.ID), Cells: []page.Cell{{Text: q.daySaid(h.Day)}, {Text: parties.Office}, {Text: parties.Giver}, {Text: parties.Taker}}})
	}
	return t, nil
}

// handoverParties names the people of a handover and the office.
func (q *request) handoverParties(h office.Handover) (office.Parties, error) {
	names, err := q.view().OfficeNames(q.Context(), h.Giver, h.Taker, h.Witness)
	if err != nil {
		return office.Parties{}, err
	}
	o, err := q.view().Office(q.Context(), h.Office)
	if err != nil {
		return office.Parties{}, err
	}
	return office.Parties{Giver: names[h.Giver], Taker: names[h.Taker], Witness: cmp.Or(names[h.Witness], h.Seen), Office: q.title(o)}, nil
}

// handoverAsked reads the handover that the address names.
func (q *request) handoverAsked() (office.Handover, error) {
	id, err := q.number("id")
	if err != nil {
		return office.Handover{}, err
	}
	return q.view().Handover(q.Context(), office.HandoverID(id))
}

// handover shows one handover with its minutes to print.
func (s *Server) handover(q *request) error {
	h, err := q.handoverAsked()
	if err != nil {
		return err
	}
	parties, err := q.handoverParties(h)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("handover.one", parties.Office)), Tiles: q.stateTiles(h.State)}
	p.Shell.Crumbs = q.deskCrumbs(page.Link{Text: q.say("desk.handover"), Href: "/office/handover"})
	p.Parts = []page.DeskPart{
		{Head: q.say("handover.minutes"), Facts: []page.Fact{
			{Name: q.say("handover.giver"), Text: parties.Giver, Note: q.say("handover.until", q.daySaid(h.Day))},
			{Name: q.say("handover.taker"), Text: parties.Taker, Note: q.say("handover.from", q.daySaid(h.Since))},
			{Name: q.say("handover.witness"), Text: parties.Witness},
			{Name: q.say("handover.decision"), Text: h.Paper},
			{Name: q.say("handover.things"), Text: h.Things},
		}, Tools: q.paperTools("handover.minutes", handoverPath(h.ID)+"/paper?")},
		{Head: q.say("handover.state.then"), Facts: q.stateFacts(h.State)},
	}
	return q.show(page.Desk(p))
}

// handoverPaper writes the minutes of a handover.
func (s *Server) handoverPaper(q *request) error {
	h, err := q.handoverAsked()
	if err != nil {
		return err
	}
	parties, err := q.handoverParties(h)
	if err != nil {
		return err
	}
	desk, err := q.officeDesk(h.Body, h.Day, "")
	if err != nil {
		return err
	}
	return q.sendPaper(office.HandoverPaper(desk, h, parties), q.say("handover.minutes"))
}

// statePaper writes the state of the association as it is now.
func (s *Server) statePaper(q *request) error {
	of := q.bodyGivenOr()
	state, err := q.view().OfficeState(q.Context(), of, q.today())
	if err != nil {
		return err
	}
	desk, err := q.officeDesk(of, q.today(), "")
	if err != nil {
		return err
	}
	return q.sendPaper(office.StatePaper(desk, state), q.say("state.title"))
}
