package web

import (
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// provesAt tells whether the reader may look at what a unit claims as evidence.
func (c contestSeen) provesAt(q *request, unit body.ID) bool {
	return q.may(access.ReadDeeds, unit) || c.Seat.Proves(unit, c.sheets[unit].Way)
}

// sees tells whether the reader may open the sheet of a unit.
func (c contestSeen) sees(unit body.ID) bool { return c.Seat.Sees(unit, c.sheets[unit].Way) }

// proofsAt leads to the deeds that a unit claims for a criterion.
func (c contestSeen) proofsAt(unit body.ID, criterion contest.CriterionID) string {
	return c.unitPath(unit) + "/evidence/" + idText(criterion)
}

// proofName is what a deed that proves is called: its title, else its kind.
func (q *request) proofName(p store.Proof, kinds map[string]deed.Kind) string {
	if p.Title != "" {
		return p.Title
	}
	if k, ok := kinds[p.Kind]; ok {
		return k.Short(q.lang())
	}
	return p.Kind
}

// proofAmount is how much of what the criterion counts a deed brings.
func (q *request) proofAmount(p store.Proof, kinds map[string]deed.Kind) string {
	k, ok := kinds[p.Kind]
	if !ok {
		k.Code = p.Kind
	}
	said := ""
	for _, l := range p.Lines {
		said = dotted(said, q.lineText(l, k))
	}
	return said
}

// proofLine is a deed that proves as one line of a sheet. Only who reads the unit's
// journal is led on to the deed itself.
func (q *request) proofLine(u contestUnitSeen, criterion contest.CriterionID, p store.Proof) page.ProofLine {
	line := page.ProofLine{Text: q.proofName(p, u.kinds), Note: dotted(q.dated(p.Day), q.proofAmount(p, u.kinds))}
	if q.may(access.ReadDeeds, u.unit) {
		line.Href = deedPath(p.ID)
	}
	for _, a := range p.Papers {
		line.Papers = append(line.Papers, page.Link{Text: a.Name, Href: u.proofsAt(u.unit, criterion) + "/files/" + strconv.FormatInt(a.ID, 10)})
	}
	return line
}

// contestProofs lists every deed that a unit claims for one criterion.
func (s *Server) contestProofs(q *request) error {
	u, row, err := q.proofsAsked()
	if err != nil {
		return err
	}
	found, err := q.view().ContestProofs(q.Context(), u.Contest.ID, u.unit, row.ID)
	if err != nil {
		return err
	}
	proofs := found[row.ID]
	p := page.DeskPage{Shell: q.shell(q.say("contest.proofs", q.numbered(row)))}
	p.Shell.Crumbs = append(q.contestCrumbs(u.contestSeen), page.Link{Text: u.called[u.unit], Href: u.href("#" + contest.CriterionField(row.ID))})
	p.Shell.Lead = dotted(u.called[u.unit], q.say("contest.proofs.lead"))
	t := page.Table{
		ID: "proofs", Caption: p.Shell.Title, Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.twice.deed"), Chief: true}, {Head: q.say("common.day")}, {Head: q.say("contest.proofs.amount")}, {Head: q.say("contest.proofs.papers")}},
		Empty:   page.Empty{Glyph: page.GlyphDeed, Head: q.say("contest.proofs.none"), Text: q.say("contest.proofs.none.text")},
	}
	skip, _ := strconv.Atoi(q.value("skip"))
	skip = max(0, min(skip, len(proofs)))
	end := min(len(proofs), skip+unitsOnPage)
	for _, one := range proofs[skip:end] {
		line := q.proofLine(u, row.ID, one)
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: line.Text, Href: line.Href}, {Text: q.dated(one.Day)}, {Text: q.proofAmount(one, u.kinds)}, {Part: page.PaperLinks(line.Papers)}}})
	}
	if len(proofs) > unitsOnPage {
		t.Told = q.say("contest.proofs.told", skip+1, end, len(proofs))
		if skip > 0 {
			t.First = q.with("skip", "")
		}
		if end < len(proofs) {
			t.Next = q.with("skip", strconv.Itoa(end))
		}
	}
	p.Parts = []page.DeskPart{{Plain: true, Print: true, Table: &t}}
	return q.show(page.Desk(p))
}

// proofsAsked reads the sheet and the criterion that the address names.
func (q *request) proofsAsked() (contestUnitSeen, contest.Criterion, error) {
	u, err := q.contestUnitAsked()
	if err != nil {
		return u, contest.Criterion{}, err
	}
	id, err := q.number("criterion")
	if err != nil {
		return u, contest.Criterion{}, err
	}
	row, ok := u.Table.Of(contest.CriterionID(id))
	if !ok || row.Method == contest.Group {
		return u, row, fault.Missing("contest.criterion.missing")
	}
	return u, row, nil
}

// contestProofFile hands out a paper kept with a deed that a unit claims as evidence.
func (s *Server) contestProofFile(q *request) error {
	u, row, err := q.proofsAsked()
	if err != nil {
		return err
	}
	id, err := q.number("paper")
	if err != nil {
		return err
	}
	a, err := q.view().ContestProofPaper(q.Context(), u.Contest.ID, u.unit, row.ID, id)
	if err != nil {
		return err
	}
	return s.handOut(q, a)
}
