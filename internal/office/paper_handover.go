package office

import (
	"kith.app/internal/calendar"
	"kith.app/internal/document"
)

// Parties are the people of a handover by name, and the office by title.
type Parties struct {
	Giver   string
	Taker   string
	Witness string
	Office  string
	Board   string // what the witness is, where known
}

// HandoverPaper is the minutes of a handover with the state of the association
// as an annex: two signatures and a witness.
func HandoverPaper(d Desk, h Handover, p Parties) *document.Document {
	say := d.To.Say
	d.Sheet.Title(d.upper(say("handover.minutes")), say("handover.subject", p.Office, d.Voice))
	d.Sheet.Say(say("handover.today", d.To.DatePaper(calendar.OnDay(h.Day))))
	d.side("handover.giver", p.Giver, say("handover.office.until", p.Office, d.day(h.Day)))
	until := ""
	if h.Taker != 0 {
		until = say("handover.office.since", p.Office, d.day(h.Since))
	}
	d.side("handover.taker", p.Taker, until)
	d.side("handover.witness", p.Witness, p.Board)
	d.Sheet.Say(say("handover.agree"))
	d.section("handover.state")
	d.items(d.summary(h.State))
	d.section("handover.things")
	d.items(lines(h.Things))
	d.dots(say("handover.things.more"), 1)
	d.section("handover.open")
	d.dots(say("handover.open.blank"), 2)
	d.head(h.State)
	d.Sheet.Say(say("handover.copies"))
	d.Sheet.Sign(d.pen("handover.giver", p.Giver), d.pen("handover.witness", p.Witness), d.pen("handover.taker", p.Taker))
	d.Sheet.Annex(say("paper.annex", "I"), d.upper(say("state.title")), say("handover.annex", d.To.DatePaper(calendar.OnDay(h.State.On))), nil)
	d.state(h.State)
	return d.Sheet.Paper()
}

// side names one who takes part; who is not known is left to the pen.
func (d Desk) side(key, name, office string) {
	d.Sheet.Part(d.To.Say(key))
	field := func(label, value string) document.Field {
		if value == "" {
			return document.Blank(label)
		}
		return document.F(label, document.T(value))
	}
	d.Sheet.Line(field(d.To.Say("handover.person"), name), field(d.To.Say("handover.post"), office))
}

// summary says a state in a few lines.
func (d Desk) summary(s State) []string {
	say := d.To.Say
	all := []string{
		say("state.roll.line", s.Roll.Members, s.Roll.Households, len(s.Roll.Branches)),
		say("state.board.line", s.Seats, s.Seats-s.Vacant, s.Vacant),
	}
	if m := s.Money; m != nil {
		for _, p := range m.Purses {
			if p.Amount.Minor != 0 {
				all = append(all, say("handover.purse", d.purseName(p), d.To.Money(p.Amount)))
			}
		}
		all = append(all, say("handover.money", m.Lacking, len(m.Loans), m.Owing))
	}
	return append(all, say("handover.work", len(s.Planned), len(s.Tasks), len(s.Papers)), say("state.kept.line", s.Archive.Deeds, s.Archive.Papers, s.Archive.Files))
}

func (d Desk) purseName(p Purse) string {
	if name := p.Names.In(string(d.To.Lang)); name != "" {
		return name
	}
	return d.To.Say("state.purse." + p.Class)
}
