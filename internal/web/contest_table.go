package web

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// contestTablePage shows the criteria of a contest as a tree.
func (s *Server) contestTablePage(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	return q.criteriaPage(c, nil)
}

func (q *request) criteriaPage(c contestSeen, refused error) error {
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.table"))}
	p.Shell.Crumbs = q.contestCrumbs(c)
	p.Shell.Lead = q.scaleSaid(c.Contest.Scale)
	edits := c.Seat.Keeps() && c.Contest.Standing == contest.Drafted
	p.Notes = q.tableNotes(c, edits, refused)
	if c.Seat.Keeps() && c.Contest.Standing != contest.Published {
		key := "contest.criterion.new"
		if c.Contest.Standing == contest.Opened {
			key = "contest.criterion.added"
		}
		p.Actions = append(p.Actions, page.Action{Glyph: page.GlyphAdd, Text: q.say(key), Href: c.path("/table/new"), First: true})
	}
	table := q.criteriaTable(c, edits)
	part := page.DeskPart{Plain: true, Print: true, Table: &table}
	part.Tools = q.tableTools(c)
	others, err := q.otherYears(c)
	if err != nil {
		return err
	}
	if len(others) > 0 && len(c.Table.All()) > 0 {
		part.Tools = append(part.Tools, page.Tool{Glyph: page.GlyphHistory, Text: q.say("contest.compare"), Href: c.path("/table/compare")})
	}
	p.Parts = append(p.Parts, part)
	if edits && len(c.Table.All()) == 0 && len(others) > 0 {
		p.Parts = append([]page.DeskPart{q.copyPart(c, others, refused)}, p.Parts...)
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// scaleSaid says what the table as a whole gives.
func (q *request) scaleSaid(s contest.Scale) string {
	said := q.say("contest.scale.base", q.points(s.Base))
	if s.Bonus > 0 {
		said = dotted(said, q.say("contest.scale.bonus", q.points(s.Bonus)))
	}
	if s.Deduction > 0 {
		said = dotted(said, q.say("contest.scale.deduction", q.points(s.Deduction)))
	}
	if s.Most != nil {
		said = dotted(said, q.say("contest.scale.most", q.points(*s.Most)))
	}
	return said
}

// tableNotes says what does not add up in a table that is being made.
func (q *request) tableNotes(c contestSeen, edits bool, refused error) []page.NoteLine {
	var notes []page.NoteLine
	for _, f := range fault.All(refused) {
		notes = append(notes, page.NoteLine{Tone: page.Late, Text: q.say(f.Key, f.Args...)})
	}
	if !edits || len(c.Table.All()) == 0 {
		return notes
	}
	for _, f := range fault.All(c.Table.Check(c.Contest.Scale)) {
		notes = append(notes, page.NoteLine{Tone: page.Due, Text: q.say(f.Key, f.Args...)})
	}
	if len(notes) == 0 {
		notes = append(notes, page.NoteLine{Tone: page.Done, Text: q.say("contest.table.fits")})
	}
	return notes
}

func (q *request) criteriaTable(c contestSeen, edits bool) page.Table {
	t := page.Table{
		ID: "criteria", Caption: q.say("contest.door.table"), Quiet: true,
		Columns: []page.Column{
			{Head: q.say("contest.no")},
			{Head: q.say("contest.criterion"), Chief: true},
			{Head: q.say("contest.max"), Figure: true},
			{Head: q.say("contest.bonus"), Figure: true},
			{Head: q.say("contest.way")},
			{Head: q.say("contest.evidence")},
			{Head: q.say("contest.due")},
		},
		Empty: page.Empty{Glyph: page.GlyphReport, Head: q.say("contest.table.none"), Text: q.say("contest.table.none.text")},
	}
	if edits {
		t.Columns = append(t.Columns, page.Column{Head: q.say("contest.move")})
	}
	for _, row := range c.Table.All() {
		t.Rows = append(t.Rows, q.criterionRow(c, row, edits))
	}
	if len(t.Rows) > 0 {
		t.Total = []page.Cell{{}, {Text: q.say("contest.scale.sum")}, {Text: q.points(tableSum(c.Table))}}
	}
	return t
}

// tableSum is what the top of a table adds up to, bonuses and deductions apart.
func tableSum(t *contest.Table) contest.Points {
	var sum contest.Points
	for _, id := range t.Children(0) {
		if row, _ := t.Of(id); !row.Outside() {
			sum += row.Max
		}
	}
	return sum
}

func (q *request) criterionRow(c contestSeen, row contest.Criterion, edits bool) page.Row {
	r := page.Row{Cells: []page.Cell{
		{Text: row.No},
		{Text: row.Name(q.lang()), Note: q.criterionNote(c, row), Depth: c.Table.Depth(row.ID)},
		{Text: q.points(row.Max)},
		{Text: q.pointsOrNone(row.BonusMax)},
		{Text: q.wayShort(row), Note: q.waySaidOf(row, c.kinds)},
		{Text: q.evidenceSaid(row)},
		{Text: q.daySaid(row.Deadline), Note: row.Handler},
	}}
	switch {
	case edits:
		r.Href = c.path("/table/" + idText(row.ID))
		r.Cells = append(r.Cells, page.Cell{Part: q.movers(c, row)})
	case row.Method != contest.Group && c.Seat.Inside() && c.Contest.Standing != contest.Drafted:
		r.Href = c.path("/criteria/" + idText(row.ID))
	}
	return r
}

func (q *request) pointsOrNone(p contest.Points) string {
	if p == 0 {
		return ""
	}
	return q.points(p)
}

// criterionNote says what the points are given for, to whom, and why it was added.
func (q *request) criterionNote(c contestSeen, row contest.Criterion) string {
	note := row.ConditionIn(q.lang())
	if len(row.Assigned) > 0 {
		var names []string
		for _, unit := range row.Assigned {
			names = append(names, c.called[unit])
		}
		note = dotted(note, q.say("contest.assigned.only", strings.Join(names, ", ")))
	}
	if row.Added {
		note = dotted(note, q.say("contest.added.said", row.Reason))
	}
	return note
}

// wayShort names a way of scoring.
func (q *request) wayShort(row contest.Criterion) string {
	return q.say("contest.method." + string(row.Method))
}

// waySaidOf says how a criterion comes to its points, in figures and by the names
// of what is counted.
func (q *request) waySaidOf(row contest.Criterion, kinds map[string]deed.Kind) string {
	said := q.measuresNamed(row.Value, kinds)
	switch row.Method {
	case contest.PerCount, contest.Bonus, contest.Deduction:
		said = dotted(q.say("contest.per.said", q.points(row.Per)), said)
	case contest.ToTarget:
		said = dotted(said, q.say("contest.target.said", q.decimalSaid(row.Target)))
	case contest.Tiers:
		var steps []string
		for _, t := range row.Tiers {
			steps = append(steps, "≥ "+q.decimalSaid(t.From)+": "+q.points(t.Points))
		}
		said = dotted(strings.Join(steps, "; "), said)
	case contest.Group, contest.ByHand, contest.YesNo, contest.Formula:
	}
	return said
}

// bracketed finds the measures of an expression: [solidarity-house.built@last].
var bracketed = regexp.MustCompile(`\[[^\[\]]+\]`)

// measuresNamed writes an expression with the names of its measures.
func (q *request) measuresNamed(text string, kinds map[string]deed.Kind) string {
	return bracketed.ReplaceAllStringFunc(text, func(code string) string {
		if name, ok := q.measureCalled(code[1:len(code)-1], kinds); ok {
			return name
		}
		return code
	})
}

// measureCalled names a measure of an expression, last year's as such.
func (q *request) measureCalled(code string, kinds map[string]deed.Kind) (string, bool) {
	code, last := strings.CutSuffix(code, "@last")
	m, err := deed.ParseMeasure(code)
	if err != nil {
		return "", false
	}
	name := q.measureName(m, kinds)
	if last {
		name = q.say("contest.step.last", name)
	}
	return name, true
}

func (q *request) evidenceSaid(row contest.Criterion) string {
	if row.Method == contest.Group || row.Evidence == "" {
		return ""
	}
	return q.say("contest.evidence." + string(row.Evidence))
}

// movers are the buttons that move a criterion among those beside it.
func (q *request) movers(c contestSeen, row contest.Criterion) templ.Component {
	beside := c.Table.Children(row.Parent)
	at := slices.Index(beside, row.ID)
	var pieces []templ.Component
	for _, way := range []struct {
		glyph  page.Glyph
		key    string
		places int
		offer  bool
	}{{page.GlyphUp, "contest.move.up", -1, at > 0}, {page.GlyphDown, "contest.move.down", 1, at < len(beside)-1}} {
		if way.offer {
			pieces = append(pieces, page.MiniPost(q.reader, way.glyph, q.say(way.key, row.No, row.Name(q.lang())), c.path("/table/"+idText(row.ID)+"/move"), "places", strconv.Itoa(way.places)))
		}
	}
	return page.Joined(pieces)
}

// shiftCriterion moves a criterion up or down.
func (s *Server) shiftCriterion(q *request) error {
	c, row, err := q.criterionAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	places := 1
	if q.value("places") == "-1" {
		places = -1
	}
	err = q.write("contest.why.table", func(ctx context.Context, tx *store.Tx) error {
		return contest.Shift(ctx, tx, q.actor, c.Contest.ID, row.ID, places)
	})
	if err != nil {
		return err
	}
	return q.goTo(c.path("/table"))
}

// criterionAsked reads the contest and the criterion that the address names.
func (q *request) criterionAsked() (contestSeen, contest.Criterion, error) {
	c, err := q.contestAsked()
	if err != nil {
		return c, contest.Criterion{}, err
	}
	id, err := q.number("criterion")
	if err != nil {
		return c, contest.Criterion{}, err
	}
	row, ok := c.Table.Of(contest.CriterionID(id))
	if !ok {
		return c, row, fault.Missing("contest.criterion.missing")
	}
	return c, row, nil
}

// strikeCriterion takes a criterion out with all that stands in it.
func (s *Server) strikeCriterion(q *request) error {
	c, row, err := q.criterionAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	err = q.write("contest.why.table", func(ctx context.Context, tx *store.Tx) error {
		return contest.Strike(ctx, tx, q.actor, c.Contest.ID, row.ID)
	})
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/table"), q.well("contest.struck", row.No, row.Name(q.lang())))
}

// strikeAsk asks before a criterion is taken out.
func (s *Server) strikeAsk(q *request) error {
	c, row, err := q.criterionAsked()
	if err != nil {
		return err
	}
	if !c.Seat.Keeps() {
		return fault.Forbid("contest.forbidden.keep")
	}
	within := 0
	for _, other := range c.Table.All() {
		for up, ok := c.Table.Of(other.Parent); ok; up, ok = c.Table.Of(up.Parent) {
			if up.ID == row.ID {
				within++
			}
		}
	}
	p := page.AskPage{Shell: q.shell(q.say("contest.strike")), Text: q.say("contest.strike.text", row.Name(q.lang()), within), Do: q.say("contest.strike.do"), Danger: true, Leave: c.path("/table/" + idText(row.ID))}
	p.Shell.Crumbs = append(q.contestCrumbs(c), page.Link{Text: q.say("contest.door.table"), Href: c.path("/table")})
	p.Head = page.FormHead{Action: c.path("/table/" + idText(row.ID) + "/strike")}
	return q.show(page.AskFor(p))
}
