package web

import (
	"cmp"
	"slices"
	"strconv"

	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/page"
)

// claimed are deeds that are evidence for the same criteria of the same units.
type claimed struct {
	by    []contest.Claim
	deeds []deed.ID
}

// claimsOf gathers the deeds that are evidence more than once, those of several
// units first.
func claimsOf(scores []contest.Score) []claimed {
	var all []claimed
	for _, claims := range contest.DoubleClaims(scores) {
		one := claims[0].Deed
		for i := range claims {
			claims[i].Deed = 0
		}
		if at := slices.IndexFunc(all, func(c claimed) bool { return slices.Equal(c.by, claims) }); at >= 0 {
			all[at].deeds = append(all[at].deeds, one)
			continue
		}
		all = append(all, claimed{claims, []deed.ID{one}})
	}
	several := func(c claimed) int {
		if c.by[0].Unit != c.by[len(c.by)-1].Unit {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b claimed) int { return cmp.Compare(several(a), several(b)) })
	return all
}

// contestClaims shows the deeds that are evidence more than once.
func (s *Server) contestClaims(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	scores, err := q.view().ContestClaims(q.Context(), c.Contest.ID)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("contest.claims"))}
	p.Shell.Crumbs, p.Shell.Lead = q.contestCrumbs(c), q.say("contest.claims.text")
	p.Tabs = q.matrixTabs(c, "/claims")
	table := q.claimsTable(c, claimsOf(scores))
	p.Parts = []page.DeskPart{{Plain: true, Print: true, Table: &table}}
	return q.show(page.Desk(p))
}

// claimsTable lists the deeds that are evidence more than once, a page of them.
func (q *request) claimsTable(m contestSeen, all []claimed) page.Table {
	t := page.Table{ID: "claims", Empty: page.Empty{Glyph: page.GlyphDeed, Head: q.say("contest.claims.none"), Text: q.say("contest.claims.none.text")}, Caption: q.say("contest.claims"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.claims.for"), Chief: true}, {Head: q.say("contest.claims.deed")}, {Head: q.say("contest.claims.count"), Figure: true}}}
	skip, _ := strconv.Atoi(q.value("skip"))
	skip = max(0, min(skip, len(all)))
	end := min(len(all), skip+matrixUnits)
	if len(all) > matrixUnits {
		t.Told = q.say("contest.proofs.told", skip+1, end, len(all))
		if skip > 0 {
			t.First = q.with("skip", "")
		}
		if end < len(all) {
			t.Next = q.with("skip", strconv.Itoa(end))
		}
	}
	for _, c := range all[skip:end] {
		said := ""
		for i, claim := range c.by {
			row, _ := m.Table.Of(claim.Criterion)
			if i > 0 && claim.Unit == c.by[i-1].Unit {
				said += ", " + row.No
				continue
			}
			said = dotted(said, m.called[claim.Unit]+" "+row.No)
		}
		first := page.Cell{Text: q.say("contest.claims.one")}
		if proofs, err := q.view().ContestProofs(q.Context(), m.Contest.ID, c.by[0].Unit, c.by[0].Criterion); err == nil {
			for _, p := range proofs[c.by[0].Criterion] {
				if p.ID == c.deeds[0] {
					first = page.Cell{Text: dotted(q.proofName(p, m.kinds), q.dated(p.Day)), Href: m.proofsAt(c.by[0].Unit, c.by[0].Criterion)}
				}
			}
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: said}, first, {Text: strconv.Itoa(len(c.deeds))}}})
	}
	return t
}
