package web

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/lineage"
	"kith.app/internal/page"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

// registerLinePapers: papers kept with events of lineage and with the acts by which
// what ended bodies left was settled.
func (s *Server) registerLinePapers() {
	s.inside("GET /settlements/{id}", s.settlement)
	for subject, at := range map[string]string{lineage.EventPapers: "/events/{id}/papers", lineage.SettlementPapers: "/settlements/{id}/papers"} {
		f := linePapers{s, subject}
		s.inside("POST "+at, f.attach)
		s.inside("GET "+at+"/{paper}", f.handOut)
		s.inside("GET "+at+"/{paper}/remove", f.detachAsk)
		s.inside("POST "+at+"/{paper}/remove", f.detach)
	}
}

// linePapers are the papers of one subject.
type linePapers struct {
	s       *Server
	subject string
}

func linePath(subject string, ref int64) string {
	if subject == lineage.SettlementPapers {
		return "/settlements/" + number10(ref)
	}
	return eventPath(ref)
}

// linePapersPart shows the papers of an event or a settlement, and where more may
// be sent; who may not read them is shown none.
func (q *request) linePapersPart(subject string, ref int64, keeps bool) (page.PapersPart, error) {
	var p page.PapersPart
	kept, err := q.view().LinePapers(q.Context(), subject, ref)
	if fault.KindOf(err) == fault.Forbidden {
		return p, nil
	}
	at := linePath(subject, ref) + "/papers"
	for _, a := range kept {
		line := page.PaperLine{Name: a.Name, Note: q.say("deed.paper.size", (a.Size+1023)/1024), Href: at + "/" + number10(a.ID)}
		if keeps {
			line.Drop = line.Href + "/remove"
		}
		p.Papers = append(p.Papers, line)
	}
	if keeps {
		p.Upload = at
	}
	return p, err
}

// attachLine keeps the files that came with a form with an event or a settlement.
func attachLine(ctx context.Context, tx *store.Tx, q *request, subject string, ref int64, papers []source.Attachment) error {
	for _, a := range papers {
		if _, err := lineage.Attach(ctx, tx, q.actor, subject, ref, a); err != nil {
			return err
		}
	}
	return nil
}

func (f linePapers) attach(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	papers, err := q.sentPapers()
	if err != nil {
		return err
	}
	err = q.write("event.why.paper", func(ctx context.Context, tx *store.Tx) error { return attachLine(ctx, tx, q, f.subject, id, papers) })
	if err != nil {
		return err
	}
	return q.doneAt(linePath(f.subject, id), q.well("deed.paper.kept", len(papers)))
}

// asked reads the paper that the address names.
func (f linePapers) asked(q *request) (source.Attachment, error) {
	id, err := q.number("id")
	if err != nil {
		return source.Attachment{}, err
	}
	n, err := q.number("paper")
	if err != nil {
		return source.Attachment{}, err
	}
	a, err := q.view().LinePaper(q.Context(), f.subject, n)
	if err == nil && a.Ref != id {
		err = fault.Missing("deed.paper.missing")
	}
	return a, err
}

func (f linePapers) handOut(q *request) error {
	a, err := f.asked(q)
	if err != nil {
		return err
	}
	return f.s.handOut(q, a)
}

// detachAsk asks before a paper is taken off.
func (f linePapers) detachAsk(q *request) error {
	a, err := f.asked(q)
	if err == nil {
		err = q.actor.May(access.ManageBody, body.ID(a.Body))
	}
	if err != nil {
		return err
	}
	back := linePath(f.subject, a.Ref)
	return q.show(page.Asking(q.shell(a.Name), page.Asked{
		Title: q.say("deed.paper.remove", a.Name), Text: q.say("deed.paper.remove.text"), Action: back + "/papers/" + number10(a.ID) + "/remove",
		Do: q.say("common.remove"), Danger: true, Leave: back,
	}))
}

func (f linePapers) detach(q *request) error {
	a, err := f.asked(q)
	if err != nil {
		return err
	}
	err = q.write("event.why.unpaper", func(ctx context.Context, tx *store.Tx) error {
		return lineage.Detach(ctx, tx, q.actor, f.subject, a.Ref, a.ID)
	})
	if err != nil {
		return err
	}
	return q.doneAt(linePath(f.subject, a.Ref), q.well("deed.paper.removed", a.Name))
}

// settlement shows one act by which something left was settled, with its papers.
func (s *Server) settlement(q *request) error {
	id, err := q.number("id")
	if err != nil {
		return err
	}
	a, err := q.view().Settlement(q.Context(), id)
	if err != nil {
		return err
	}
	by, err := q.view().BodiesByID(q.Context(), []body.ID{a.Body, a.Heir})
	if err != nil {
		return err
	}
	of := by[a.Body]
	p := page.SettlementPage{Shell: q.shell(q.say("unsettled.act", q.say("unsettled."+string(a.What)), of.NameOn(q.lang(), of.Life().To)))}
	p.Shell.Crumbs = []page.Link{{Text: q.say("unsettled.title"), Href: "/unsettled"}, {Text: of.NameOn(q.lang(), of.Life().To), Href: "/unsettled/" + of.Code}}
	heir := page.Fact{Name: q.say("unsettled.heir"), Text: q.say("unsettled.closed")}
	if to, ok := by[a.Heir]; ok {
		heir.Text, heir.Href = to.NameOn(q.lang(), a.Day), bodyPath(to)
	}
	p.About = []page.Fact{
		{Name: q.say("unsettled.what.head"), Text: q.say("unsettled."+string(a.What)+".count", a.Count)},
		heir,
		{Name: q.say("line.day"), Text: q.dated(calendar.OnDay(a.Day))},
		{Name: q.say("event.number"), Text: a.Paper.Number},
		{Name: q.say("event.decided"), Text: q.dated(a.Paper.Date)},
		{Name: q.say("event.issuer"), Text: a.Paper.Issuer},
		{Name: q.say("event.paper.title"), Text: a.Paper.Title},
		{Name: q.say("event.recorded"), Text: q.when(a.Recorded)},
		{Name: q.say("common.note"), Text: a.Note},
	}
	for _, l := range q.settledPapers(a) {
		p.Made = append(p.Made, page.Belonging{Text: l.Text, Href: l.Href})
	}
	p.Papers, err = q.linePapersPart(lineage.SettlementPapers, a.ID, q.may(access.ManageBody, a.Body) || a.Heir != 0 && q.may(access.ManageBody, a.Heir))
	if err != nil {
		return err
	}
	return q.show(page.SettlementWhole(p))
}

// settledPapers leads to the entries that an act wrote.
func (q *request) settledPapers(a lineage.Settlement) []page.Link {
	var papers []page.Link
	for i, entry := range a.Made {
		label := "unsettled.paper.out"
		if i%2 == 1 {
			label = "unsettled.paper.in"
		}
		papers = append(papers, page.Link{Text: q.say(label), Href: "/fund/entries/" + idText(fund.EntryID(entry))})
	}
	if a.What == lineage.Money {
		papers = append(papers, page.Link{Text: q.say("unsettled.paper.statement"), Href: "/fund/statement?body=" + idText(a.Body)})
	}
	return papers
}
