package web

import (
	"cmp"
	"slices"

	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/document"
	"kith.app/internal/fault"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// visitPaper prints a paper of a delegation: programme, members, gifts, report.
func (s *Server) visitPaper(q *request) error {
	t, err := q.visitAsked()
	if err != nil {
		return err
	}
	write, known := map[string]func(office.Desk, delegation.Printed) *document.Document{
		"programme": delegation.ProgrammePaper, "members": delegation.MembersPaper, "gifts": delegation.GiftsPaper, "report": delegation.ReportPaper, "speech": delegation.SpeechPaper, "plan": delegation.PlanPaper, "": delegation.ProgrammePaper,
	}[q.value("what")]
	if !known {
		return fault.Missing("fault.missing")
	}
	d, err := q.officeDesk(t.Deed.Body, q.today(), "")
	if err != nil {
		return err
	}
	// The paper speaks its own language, which need not be the reader's.
	in := *q
	in.reader = page.ReaderIn(d.To.Lang, q.server.words.Load())
	p, err := in.printedVisit(t)
	if err != nil {
		return err
	}
	return q.sendPaper(write(d, p), q.say("delegation.file"))
}

// seated lists the people of a delegation in their order of precedence, the head
// before all.
func (q *request) seated(d deed.Deed) ([]deed.Party, map[person.ID]union.Protocol, error) {
	members, _ := delegation.Members(d)
	ordered, known, err := q.byPrecedence(members)
	slices.SortStableFunc(ordered, func(a, b deed.Party) int {
		return cmp.Compare(flagOf(a.Role != deed.Head), flagOf(b.Role != deed.Head))
	})
	return ordered, known, err
}

// printedVisit gathers what the papers of a delegation say.
func (q *request) printedVisit(t delegation.Told) (delegation.Printed, error) {
	shown, err := q.named(t.Deed)
	if err != nil {
		return delegation.Printed{}, err
	}
	p := delegation.Printed{Told: t, Title: q.titleWith(t.Deed, shown.kind, shown.called), Countries: q.countriesSaid(t.Countries)}
	members, known, err := q.seated(t.Deed)
	if err != nil {
		return p, err
	}
	for _, m := range members {
		name, written := m.Name, known[m.Person]
		if m.Person != 0 {
			name = written.Beside(written.Called(q.lang(), shown.called.People[m.Person].Name))
		}
		p.Named = append(p.Named, delegation.Named{Name: name, Rank: cmp.Or(m.Detail.Rank, written.Title[q.lang()]), Head: m.Role == deed.Head, Note: m.Note})
	}
	for _, r := range t.Visit.Receptions {
		f := q.receptionFact(r)
		p.Met = append(p.Met, dotted(f.Text, f.Name, f.Note))
	}
	p.Paid = q.paidSaid(delegation.SumUp([]delegation.Told{t}, q.today()).Paid)
	if p.Gifts, err = q.view().Gifts(q.Context(), store.GiftsAsked{Deed: t.Deed.ID}); err != nil {
		return p, err
	}
	for _, g := range p.Gifts {
		p.Whose = append(p.Whose, q.giftOther(g))
	}
	if t.Deed.Status == deed.Planned {
		p.Paid, p.Points = q.paidSaid(delegation.Estimate(t, p.Gifts)), q.speechPoints(t.Deed)
	}
	return p, nil
}
