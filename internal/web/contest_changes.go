package web

import (
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

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
	for _, kind := range []store.ChangeKind{store.Changed, store.First, store.Kept, allChanges} {
		p.Tabs = append(p.Tabs, page.Tab{Text: q.say("contest.changes.kind." + string(kind)), Href: q.with("kind", string(kind), "after", ""), Current: changeKind(q.value("kind")) == kind})
	}
	p.Filter = page.FilterHead{Action: c.path("/changes"), Results: "listed", NoBox: true}
	if asked.Unit != 0 || asked.Criterion != 0 {
		p.Filter.Clear = c.path("/changes") + "?kind=" + string(changeKind(q.value("kind")))
	}
	p.Hidden = []page.Option{{Value: "kind", Text: string(changeKind(q.value("kind")))}}
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
	asked := store.ChangesAsked{Contest: c.Contest.ID, Unit: body.ID(q.id("unit")), Criterion: contest.CriterionID(q.id("criterion")), After: q.id("after")}
	if kind := changeKind(q.value("kind")); kind != allChanges {
		asked.Kind = kind
	}
	return c, asked, nil
}

// allChanges stands in an address for every kind of entry.
const allChanges store.ChangeKind = "all"

// changeKind is the kind that an address asks for: what was changed, unless it says
// otherwise.
func changeKind(asked string) store.ChangeKind {
	switch kind := store.ChangeKind(asked); kind {
	case store.First, store.Kept, allChanges:
		return kind
	}
	return store.Changed
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
		before, after := q.changedScore(change.Stood), q.changedScore(change.After)
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
				sheet.Words(q.changedScore(change.Stood)), sheet.Words(q.changedScore(change.After)), sheet.Words(change.Name), sheet.Words(change.Reason),
			}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("contest.changes.file")+"-"+strconv.Itoa(c.Contest.Year), t)
}
