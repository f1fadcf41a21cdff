package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// matrixUnits is how many units stand beside each other on one page.
const matrixUnits = 30

// matrix is criteria by units: what stands for each now, and what the unit gave
// itself.
type matrix struct {
	contestSeen
	places []contest.Place // in the order of the units
	scores map[body.ID]map[string]map[contest.CriterionID]contest.Score
	stage  string // whose scores are shown; empty: those that count now
}

// matrixAsked reads the scores of every unit, for those inside.
func (q *request) matrixAsked() (matrix, error) {
	var m matrix
	var err error
	if m.contestSeen, err = q.contestAsked(); err != nil {
		return m, err
	}
	if !m.Seat.Inside() {
		return m, fault.Forbid("contest.forbidden.inside")
	}
	places, err := q.view().ContestStandings(q.Context(), m.Contest.ID)
	if err != nil {
		return m, err
	}
	at := map[body.ID]contest.Place{}
	for _, p := range places {
		at[p.Total.Unit] = p
	}
	for _, u := range m.Units {
		m.places = append(m.places, at[u.Body])
	}
	m.stage = q.value("stage")
	all, err := q.view().ContestScores(q.Context(), m.Contest.ID, "", 0)
	m.scores = map[body.ID]map[string]map[contest.CriterionID]contest.Score{}
	for _, s := range all {
		if m.scores[s.Unit] == nil {
			m.scores[s.Unit] = map[string]map[contest.CriterionID]contest.Score{}
		}
		if m.scores[s.Unit][s.Stage] == nil {
			m.scores[s.Unit][s.Stage] = map[contest.CriterionID]contest.Score{}
		}
		m.scores[s.Unit][s.Stage][s.Criterion] = s
	}
	return m, err
}

// shown is the stage whose scores are shown for a unit.
func (m matrix) shown(i int) string {
	if m.stage != "" {
		return m.stage
	}
	return m.places[i].Total.Stage
}

// total sums what is shown of a unit.
func (m matrix) total(i int) contest.Total {
	unit := m.Units[i].Body
	return contest.Sum(m.Table, m.Contest.Scale, unit, m.scores[unit][m.shown(i)])
}

// contestMatrix shows criteria by units; on a telephone it scrolls within itself.
func (s *Server) contestMatrix(q *request) error {
	m, err := q.matrixAsked()
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.matrix"))}
	p.Shell.Crumbs, p.Shell.Lead = q.contestCrumbs(m.contestSeen), q.say("contest.matrix.lead")
	p.Tabs = []page.Tab{{Text: q.say("contest.checked"), Href: m.path("/matrix"), Current: m.stage == ""}}
	for _, stage := range m.Contest.Stages {
		if stage.Edits {
			p.Tabs = append(p.Tabs, page.Tab{Text: stage.Name(q.lang()), Href: m.path("/matrix?stage=" + stage.Code), Current: m.stage == stage.Code})
		}
	}
	table := q.matrixTable(m)
	p.Parts = []page.DeskPart{{Plain: true, Print: true, Table: &table, Tools: []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: m.path("/matrix.xlsx") + queryOf(q)}}}}
	if twice := q.claimsTable(m); len(twice.Rows) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("contest.claims"), Lines: []string{q.say("contest.claims.text")}, Table: &twice})
	}
	return q.show(page.Desk(p))
}

func (q *request) matrixTable(m matrix) page.Table {
	t := page.Table{
		ID: "matrix", Caption: q.say("contest.door.matrix"), Wide: true, Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.criterion"), Chief: true}, {Head: q.say("contest.max"), Figure: true}},
		Empty:   page.Empty{Glyph: page.GlyphReport, Head: q.say("contest.table.none"), Text: q.say("contest.table.none.text")},
	}
	skip, _ := strconv.Atoi(q.value("skip"))
	skip = max(0, min(skip, len(m.Units)))
	end := min(len(m.Units), skip+matrixUnits)
	totals := make([]contest.Total, len(m.Units))
	for i := skip; i < end; i++ {
		t.Columns = append(t.Columns, page.Column{Head: m.called[m.Units[i].Body], Figure: true})
		totals[i] = m.total(i)
	}
	for _, row := range m.Table.All() {
		r := page.Row{Cells: []page.Cell{{Text: strings.TrimSpace(row.No + " " + row.Name(q.lang())), Depth: m.Table.Depth(row.ID)}, {Text: q.points(row.Max)}}}
		if row.Method != contest.Group {
			r.Href = m.path("/criteria/" + idText(row.ID))
		}
		for i := skip; i < end; i++ {
			r.Cells = append(r.Cells, q.matrixCell(m, i, row, totals[i]))
		}
		t.Rows = append(t.Rows, r)
	}
	t.Total = []page.Cell{{Text: q.say("contest.total")}, {Text: q.points(m.Contest.Scale.Base)}}
	for i := skip; i < end; i++ {
		t.Total = append(t.Total, page.Cell{Text: q.points(totals[i].Sum), Href: m.unitPath(m.Units[i].Body)})
	}
	if len(m.Units) > matrixUnits {
		t.Told = q.say("contest.told", skip+1, end, len(m.Units))
		if skip > 0 {
			t.First = q.with("skip", "")
		}
		if end < len(m.Units) {
			t.Next = q.with("skip", strconv.Itoa(end))
		}
	}
	return t
}

// matrixCell is what one unit has for one criterion; beneath it what it gave
// itself, where that differs.
func (q *request) matrixCell(m matrix, i int, row contest.Criterion, total contest.Total) page.Cell {
	unit := m.Units[i].Body
	if row.Method == contest.Group {
		if total.Scored == 0 {
			return page.Cell{}
		}
		return page.Cell{Text: q.points(total.Groups[row.ID])}
	}
	if !m.Table.For(row, unit) {
		return page.Cell{Text: "–"}
	}
	s, ok := m.scores[unit][m.shown(i)][row.ID]
	if !ok {
		return page.Cell{}
	}
	cell := page.Cell{Text: q.points(s.Points + s.Bonus)}
	if row.Method == contest.Deduction {
		cell.Text = q.signedPoints(-s.Points)
	}
	if own, ok := m.scores[unit][m.Contest.Stages[0].Code][row.ID]; ok && own.Points != s.Points {
		cell.Note = q.say("contest.matrix.self", q.points(own.Points))
	}
	return cell
}

// claimed are deeds that are evidence for the same criteria of the same units.
type claimed struct {
	by    []contest.Claim
	deeds []deed.ID
}

// claimsOf gathers the deeds that are evidence more than once, those of several
// units first.
func claimsOf(m matrix) []claimed {
	var scores []contest.Score
	for _, stages := range m.scores {
		for _, s := range stages[m.Contest.Stages[0].Code] {
			scores = append(scores, s)
		}
	}
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

// claimsTable lists the deeds that are evidence more than once.
func (q *request) claimsTable(m matrix) page.Table {
	t := page.Table{ID: "claims", Caption: q.say("contest.claims"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.claims.for"), Chief: true}, {Head: q.say("contest.claims.deed")}, {Head: q.say("contest.claims.count"), Figure: true}}}
	for _, c := range claimsOf(m) {
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

// matrixSheet gives criteria by units as a workbook.
func (s *Server) matrixSheet(q *request) error {
	m, err := q.matrixAsked()
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("contest.door.matrix"), Columns: []sheet.Column{{Title: q.say("contest.no")}, {Title: q.say("contest.criterion")}, {Title: q.say("contest.max")}}}
	for _, u := range m.Units {
		t.Columns = append(t.Columns, sheet.Column{Title: m.called[u.Body]})
	}
	points := func(p contest.Points) sheet.Value { return sheet.Decimal(p.String(), m.Contest.Scale.Decimals) }
	t.Rows = func(yield func([]sheet.Value) bool) {
		totals := make([]contest.Total, len(m.Units))
		for i := range m.Units {
			totals[i] = m.total(i)
		}
		for _, row := range m.Table.All() {
			cells := []sheet.Value{sheet.Words(row.No), sheet.Words(row.Name(q.lang())), points(row.Max)}
			for i, u := range m.Units {
				score, ok := m.scores[u.Body][m.shown(i)][row.ID]
				switch {
				case row.Method == contest.Group:
					cells = append(cells, points(totals[i].Groups[row.ID]))
				case ok && row.Method == contest.Deduction:
					cells = append(cells, points(-score.Points))
				case ok:
					cells = append(cells, points(score.Points+score.Bonus))
				default:
					cells = append(cells, sheet.Value{})
				}
			}
			if !yield(cells) {
				return
			}
		}
		last := []sheet.Value{{}, sheet.Words(q.say("contest.total")), points(m.Contest.Scale.Base)}
		for i := range m.Units {
			last = append(last, points(totals[i].Sum))
		}
		yield(last)
	}
	return q.sendSheet(q.say("contest.matrix.file")+"-"+strconv.Itoa(m.Contest.Year), t)
}

// changesOnPage is how many changes stand on one page.
const changesOnPage = 100

// contestChanges lists every change of a score: old, new, who, when, why.
func (s *Server) contestChanges(q *request) error {
	c, asked, err := q.changesAsked()
	if err != nil {
		return err
	}
	asked.Most = changesOnPage + 1
	found, err := q.view().ContestChanges(q.Context(), asked)
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("contest.door.changes"))}
	p.Shell.Crumbs, p.Shell.Lead = q.contestCrumbs(c), q.say("contest.changes.lead")
	p.Filter = page.FilterHead{Action: c.path("/changes"), Results: "listed", NoBox: true}
	if asked.Unit != 0 || asked.Criterion != 0 {
		p.Filter.Clear = c.path("/changes")
	}
	units, criteria := []page.Option{{Text: q.say("contest.changes.units")}}, []page.Option{{Text: q.say("contest.changes.criteria")}}
	for _, u := range c.Units {
		units = append(units, page.Option{Value: idText(u.Body), Text: c.called[u.Body]})
	}
	for _, row := range c.Table.Leaves(0) {
		criteria = append(criteria, page.Option{Value: idText(row.ID), Text: strings.TrimSpace(row.No + " " + shortened(row.Name(q.lang())))})
	}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "unit", Label: q.say("contest.unit"), Value: q.value("unit")}, Options: units},
		{Field: page.Field{Name: "criterion", Label: q.say("contest.criterion"), Value: q.value("criterion")}, Options: criteria},
	}
	p.Table = q.changesTable(c, found)
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: c.path("/changes.xlsx") + queryOf(q)}}
	return q.show(page.Listed(p))
}

// changesAsked reads the contest and to what its changes are narrowed.
func (q *request) changesAsked() (contestSeen, store.ChangesAsked, error) {
	c, err := q.contestAsked()
	if err != nil {
		return c, store.ChangesAsked{}, err
	}
	return c, store.ChangesAsked{Contest: c.Contest.ID, Unit: body.ID(q.id("unit")), Criterion: contest.CriterionID(q.id("criterion")), After: q.id("after")}, nil
}

func (q *request) changesTable(c contestSeen, found []contest.Change) page.Table {
	t := page.Table{
		ID: "changes", Caption: q.say("contest.door.changes"), Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.changes.when")}, {Head: q.say("contest.unit"), Chief: true}, {Head: q.say("contest.criterion")}, {Head: q.say("contest.changes.from"), Figure: true}, {Head: q.say("contest.changes.to"), Figure: true}, {Head: q.say("contest.changes.who")}, {Head: q.say("common.reason")}},
		Empty:   page.Empty{Glyph: page.GlyphHistory, Head: q.say("contest.changes.none"), Text: q.say("contest.changes.none.text")},
	}
	for _, change := range found[:min(len(found), changesOnPage)] {
		row, _ := c.Table.Of(change.Criterion)
		stage, _ := c.Contest.StageOf(change.Stage)
		before, after := q.changedScore(change.Before), q.changedScore(change.After)
		t.Rows = append(t.Rows, page.Row{Href: c.unitPath(change.Unit), Cells: []page.Cell{
			{Text: q.when(change.At)}, {Text: c.called[change.Unit]}, {Text: strings.TrimSpace(row.No + " " + row.Name(q.lang()))}, {Text: before}, {Text: after}, {Text: change.Name, Note: stage.Name(q.lang())}, {Text: change.Reason},
		}})
	}
	if len(found) > changesOnPage {
		t.Next = q.with("after", strconv.FormatInt(found[changesOnPage-1].ID, 10))
	}
	if q.value("after") != "" {
		t.First = q.with("after", "")
	}
	return t
}

// changedScore writes a score with its bonus; none is a dash.
func (q *request) changedScore(s *contest.Score) string {
	if s == nil {
		return "–"
	}
	if s.Bonus > 0 {
		return q.points(s.Points) + " + " + q.points(s.Bonus)
	}
	return q.points(s.Points)
}

// changesSheet gives the changes of scores as a workbook.
func (s *Server) changesSheet(q *request) error {
	c, asked, err := q.changesAsked()
	if err != nil {
		return err
	}
	asked.After = 0
	found, err := q.view().ContestChanges(q.Context(), asked)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("contest.door.changes")}
	for _, key := range []string{"contest.changes.when", "contest.unit", "contest.no", "contest.criterion", "contest.stage", "contest.changes.from", "contest.changes.to", "contest.changes.who", "common.reason"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, change := range found {
			row, _ := c.Table.Of(change.Criterion)
			stage, _ := c.Contest.StageOf(change.Stage)
			if !yield([]sheet.Value{
				sheet.Words(q.when(change.At)), sheet.Words(c.called[change.Unit]), sheet.Words(row.No), sheet.Words(row.Name(q.lang())), sheet.Words(stage.Name(q.lang())),
				sheet.Words(q.changedScore(change.Before)), sheet.Words(q.changedScore(change.After)), sheet.Words(change.Name), sheet.Words(change.Reason),
			}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("contest.changes.file")+"-"+strconv.Itoa(c.Contest.Year), t)
}
