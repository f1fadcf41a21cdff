package web

import (
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
)

// matrixUnits is how many units stand beside each other on one page.
const matrixUnits = 30

// matrixBatch is how many units are read at once for a workbook.
const matrixBatch = 200

// matrix is criteria by units: what stands for each now, and what the unit gave
// itself. It holds the scores of the units of one page only.
type matrix struct {
	contestSeen
	scores map[body.ID]intake.UnitScores
	stage  string // whose scores are shown; empty: those that count now
	skip   int    // units on the pages before
}

// matrixAsked reads the contest for those inside, with the names of those units only
// that the page shows.
func (q *request) matrixAsked() (matrix, []contest.Unit, error) {
	var m matrix
	id, err := q.number("id")
	if err != nil {
		return m, nil, err
	}
	f, err := q.view().Contest(q.Context(), contest.ID(id))
	if err != nil {
		return m, nil, err
	}
	if !f.Seat.Inside() {
		return m, nil, fault.Forbid("contest.forbidden.inside")
	}
	skip, _ := strconv.Atoi(q.value("skip"))
	skip = max(0, min(skip, len(f.Units)))
	shown := f.Units[skip:min(len(f.Units), skip+matrixUnits)]
	m.skip = skip
	m.stage = q.value("stage")
	m.contestSeen, err = q.contestNamed(f, shown)
	return m, shown, err
}

// read reads the scores of some units.
func (m *matrix) read(q *request, units []contest.Unit) error {
	ids := make([]body.ID, len(units))
	for i, u := range units {
		ids[i] = u.Body
	}
	var err error
	m.scores, err = q.view().ContestUnitScores(q.Context(), m.Contest.ID, ids)
	return err
}

// shown is the stage whose scores are shown for a unit.
func (m matrix) shown(unit body.ID) string {
	if m.stage != "" {
		return m.stage
	}
	stage, _ := m.Contest.Counting(m.Table, unit, func(stage string) int {
		n := 0
		for id := range m.scores[unit][stage] {
			if row, ok := m.Table.Of(id); ok && !row.Outside() {
				n++
			}
		}
		return n
	})
	return stage
}

// total sums what is shown of a unit.
func (m matrix) total(unit body.ID) contest.Total {
	return contest.Sum(m.Table, m.Contest.Scale, unit, m.scores[unit][m.shown(unit)])
}

// matrixTabs leads between what counts, what each stage gave, and what is claimed twice.
func (q *request) matrixTabs(c contestSeen, here string) []page.Tab {
	tabs := []page.Tab{{Text: q.say("contest.checked"), Href: c.path("/matrix"), Current: here == ""}}
	for _, stage := range c.Contest.Stages {
		if stage.Edits {
			tabs = append(tabs, page.Tab{Text: stage.Name(q.lang()), Href: c.path("/matrix?stage=" + stage.Code), Current: here == stage.Code})
		}
	}
	return append(tabs, page.Tab{Text: q.say("contest.claims.tab"), Href: c.path("/claims"), Current: here == "/claims"})
}

// contestMatrix shows criteria by units; on a telephone it scrolls within itself.
func (s *Server) contestMatrix(q *request) error {
	m, units, err := q.matrixAsked()
	if err != nil {
		return err
	}
	if err := m.read(q, units); err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.matrix"))}
	p.Shell.Crumbs, p.Shell.Lead = q.contestCrumbs(m.contestSeen), q.say("contest.matrix.lead")
	p.Tabs = q.matrixTabs(m.contestSeen, m.stage)
	table := q.matrixTable(m, units)
	p.Parts = []page.DeskPart{{Plain: true, Print: true, Table: &table, Tools: []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: m.path("/matrix.xlsx") + queryOf(q)}}}}
	return q.show(page.Desk(p))
}

func (q *request) matrixTable(m matrix, units []contest.Unit) page.Table {
	t := page.Table{
		ID: "matrix", Caption: q.say("contest.door.matrix"), Wide: true, Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.criterion"), Chief: true}, {Head: q.say("contest.max"), Figure: true}},
		Empty:   page.Empty{Glyph: page.GlyphReport, Head: q.say("contest.table.none"), Text: q.say("contest.table.none.text")},
	}
	totals := map[body.ID]contest.Total{}
	shown := map[body.ID]string{}
	for _, u := range units {
		t.Columns = append(t.Columns, page.Column{Head: m.called[u.Body], Figure: true})
		totals[u.Body], shown[u.Body] = m.total(u.Body), m.shown(u.Body)
	}
	for _, row := range m.Table.All() {
		r := page.Row{Cells: []page.Cell{{Text: strings.TrimSpace(row.No + " " + row.Name(q.lang())), Depth: m.Table.Depth(row.ID)}, {Text: q.points(row.Max)}}}
		if row.Method != contest.Group {
			r.Href = m.path("/criteria/" + idText(row.ID))
		}
		for _, u := range units {
			r.Cells = append(r.Cells, q.matrixCell(m, u.Body, shown[u.Body], row, totals[u.Body]))
		}
		t.Rows = append(t.Rows, r)
	}
	t.Total = []page.Cell{{Text: q.say("contest.total")}, {Text: q.points(m.Contest.Scale.Base)}}
	for _, u := range units {
		t.Total = append(t.Total, page.Cell{Text: q.points(totals[u.Body].Sum), Href: m.unitPath(u.Body)})
	}
	end := m.skip + len(units)
	if len(m.Units) > matrixUnits {
		t.Told = q.say("contest.told", m.skip+1, end, len(m.Units))
		if m.skip > 0 {
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
func (q *request) matrixCell(m matrix, unit body.ID, shown string, row contest.Criterion, total contest.Total) page.Cell {
	if row.Method == contest.Group {
		if total.Scored == 0 {
			return page.Cell{}
		}
		return page.Cell{Text: q.points(total.Groups[row.ID])}
	}
	if !m.Table.For(row, unit) {
		return page.Cell{Text: "–"}
	}
	s, ok := m.scores[unit][shown][row.ID]
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

// matrixColumn is what one unit has for each criterion, for a workbook.
type matrixColumn map[contest.CriterionID]contest.Points

// column is what is shown of a unit, groups and total among it.
func (m matrix) column(unit body.ID) matrixColumn {
	total, scores := m.total(unit), m.scores[unit][m.shown(unit)]
	all := matrixColumn{0: total.Sum}
	for _, row := range m.Table.All() {
		s, ok := scores[row.ID]
		switch {
		case row.Method == contest.Group:
			all[row.ID] = total.Groups[row.ID]
		case ok && row.Method == contest.Deduction:
			all[row.ID] = -s.Points
		case ok:
			all[row.ID] = s.Points + s.Bonus
		}
	}
	return all
}

// matrixSheet gives criteria by all units as a workbook.
func (s *Server) matrixSheet(q *request) error {
	m, _, err := q.matrixAsked()
	if err != nil {
		return err
	}
	if m.contestSeen, err = q.contestNamed(m.ContestFile, m.Units); err != nil {
		return err
	}
	var columns []matrixColumn
	for batch := range slices.Chunk(m.Units, matrixBatch) {
		if err := m.read(q, batch); err != nil {
			return err
		}
		for _, u := range batch {
			columns = append(columns, m.column(u.Body))
		}
	}
	t := sheet.Table{Name: q.say("contest.door.matrix"), Columns: []sheet.Column{{Title: q.say("contest.no")}, {Title: q.say("contest.criterion")}, {Title: q.say("contest.max")}}}
	for _, u := range m.Units {
		t.Columns = append(t.Columns, sheet.Column{Title: m.called[u.Body]})
	}
	points := func(p contest.Points) sheet.Value { return sheet.Decimal(p.String(), m.Contest.Scale.Decimals) }
	line := func(of contest.CriterionID, head ...sheet.Value) []sheet.Value {
		cells := head
		for _, column := range columns {
			if p, ok := column[of]; ok {
				cells = append(cells, points(p))
			} else {
				cells = append(cells, sheet.Value{})
			}
		}
		return cells
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, row := range m.Table.All() {
			if !yield(line(row.ID, sheet.Words(row.No), sheet.Words(row.Name(q.lang())), points(row.Max))) {
				return
			}
		}
		yield(line(0, sheet.Value{}, sheet.Words(q.say("contest.total")), points(m.Contest.Scale.Base)))
	}
	return q.sendSheet(q.say("contest.matrix.file")+"-"+strconv.Itoa(m.Contest.Year), t)
}
