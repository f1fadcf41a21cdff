package web

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/lineage"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/reform"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// eventsShown bounds the list of events on one page; a search narrows it.
const eventsShown = 200

// eventRow is an event as the list tells it.
type eventRow struct {
	body.Event
	from, to []string
}

// eventRows reads the events that fit what is searched, the latest first.
func (q *request) eventRows() ([]eventRow, error) {
	all, err := q.view().Events(q.Context())
	if err != nil {
		return nil, err
	}
	var ids []body.ID
	for _, e := range all {
		ids = append(ids, e.Bodies()...)
	}
	slices.Sort(ids)
	by, err := q.view().BodiesByID(q.Context(), slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	typed, kind := text.Fold(q.value("q")), q.value("kind")
	var rows []eventRow
	for _, e := range slices.Backward(all) {
		row := eventRow{Event: e}
		for _, s := range e.Edges {
			if b, ok := by[s.From]; ok {
				row.from = appendName(row.from, b.NameOn(q.lang(), e.Day-1))
			}
			if b, ok := by[s.To]; ok && s.To != s.From {
				row.to = appendName(row.to, b.NameOn(q.lang(), e.Day))
			}
		}
		if e.Kind == body.Renaming && len(e.Edges) > 0 {
			if b, ok := by[e.Edges[0].To]; ok {
				row.to = appendName(row.to, b.NameOn(q.lang(), e.Day))
			}
		}
		said := text.Fold(joinComma(row.from) + " " + joinComma(row.to) + " " + e.Paper.Number + " " + e.Paper.Title)
		if (kind == "" || kind == string(e.Kind)) && (typed == "" || strings.Contains(said, typed)) {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func appendName(all []string, name string) []string {
	if slices.Contains(all, name) {
		return all
	}
	return append(all, name)
}

// events lists what became of bodies.
func (s *Server) events(q *request) error {
	rows, err := q.eventRows()
	if err != nil {
		return err
	}
	var kinds []string
	for _, k := range body.EventKinds() {
		kinds = append(kinds, string(k))
	}
	p := page.ListPage{
		Shell: q.shell(q.say("event.title")), Filter: page.FilterHead{Action: "/events", Results: "events", Query: q.value("q"), Label: q.say("event.find")},
		Selects: []page.SelectField{{Field: page.Field{Name: "kind", Label: q.say("event.kind"), Value: q.value("kind")}, Options: q.options("event.kind.", q.say("common.all"), kinds...)}},
		Tools:   []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/events.xlsx"}, {Glyph: page.GlyphBody, Text: q.say("unsettled.title"), Href: "/unsettled"}},
	}
	p.Shell.Crumbs = []page.Link{{Text: q.say("body.title"), Href: "/bodies"}}
	p.Shell.Lead = q.say("event.lead")
	p.Table = page.Table{
		ID: "events", Caption: q.say("event.title"), Quiet: true, Told: q.say("event.count", len(rows)),
		Columns: []page.Column{{Head: q.say("line.day")}, {Head: q.say("event.kind"), Chief: true}, {Head: q.say("line.from")}, {Head: q.say("line.to")}, {Head: q.say("event.number")}},
		Empty:   page.Empty{Glyph: page.GlyphBody, Head: q.say("event.none"), Text: q.say("event.none.text"), Do: page.Link{Text: q.say("body.title"), Href: "/bodies"}},
	}
	for _, e := range rows[:min(len(rows), eventsShown)] {
		kind := page.Cell{Text: q.say("event.kind." + string(e.Kind))}
		if e.Undone != 0 {
			kind.Part = page.Badge(page.Plain, q.say("event.undone"))
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: eventPath(e.ID), Cells: []page.Cell{
			{Text: q.dated(calendar.OnDay(e.Day))}, kind, {Text: joinComma(e.from)}, {Text: joinComma(e.to)}, {Text: e.Paper.Number},
		}})
	}
	return q.show(page.Listed(p))
}

// eventsSheet gives the list of events as a workbook.
func (s *Server) eventsSheet(q *request) error {
	rows, err := q.eventRows()
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("event.title")}
	for _, head := range []string{"line.day", "event.kind", "line.from", "line.to", "event.number", "event.decided", "event.issuer", "event.state"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(head)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, e := range rows {
			state := ""
			if e.Undone != 0 {
				state = q.say("event.undone")
			}
			cells := []sheet.Value{}
			for _, said := range []string{
				q.dated(calendar.OnDay(e.Day)), q.say("event.kind." + string(e.Kind)), joinComma(e.from), joinComma(e.to),
				e.Paper.Number, q.dated(e.Paper.Date), e.Paper.Issuer, state,
			} {
				cells = append(cells, sheet.Words(said))
			}
			if !yield(cells) {
				return
			}
		}
	}
	return q.sendSheet("thay-doi-to-chuc", t)
}

// event shows one event.
func (s *Server) event(q *request) error { return q.showEvent(nil) }

func (q *request) showEvent(refused error) error {
	id, err := q.number("id")
	if err != nil {
		return err
	}
	e, err := q.view().Event(q.Context(), id)
	if err != nil {
		return err
	}
	p, err := q.eventPage(e, refused)
	if err != nil {
		return err
	}
	if refused != nil {
		return q.again(page.EventWhole(p))
	}
	return q.show(page.EventWhole(p))
}

func (q *request) eventPage(e body.Event, refused error) (page.EventPage, error) {
	p := page.EventPage{Shell: q.shell(q.say("event.head", q.say("event.kind."+string(e.Kind)), e.Day))}
	p.Shell.Crumbs = []page.Link{{Text: q.say("body.title"), Href: "/bodies"}, {Text: q.say("event.title"), Href: "/events"}}
	p.About = []page.Fact{
		{Name: q.say("line.day"), Text: q.dated(calendar.OnDay(e.Day))},
		{Name: q.say("event.number"), Text: e.Paper.Number},
		{Name: q.say("event.decided"), Text: q.dated(e.Paper.Date)},
		{Name: q.say("event.issuer"), Text: e.Paper.Issuer},
		{Name: q.say("event.paper.title"), Text: e.Paper.Title},
		{Name: q.say("event.source"), Text: e.Source},
		{Name: q.say("event.recorded"), Text: q.when(e.Recorded)},
		{Name: q.say("common.note"), Text: reform.NoteSaid(e.Note, q.say)},
	}
	var err error
	if p.Papers, err = q.linePapersPart(lineage.EventPapers, e.ID, q.mayAny(access.ManageBody, e.Bodies())); err != nil {
		return p, err
	}
	if p.Bodies, err = q.changes(q.Context(), q.view(), e); err != nil {
		return p, err
	}
	if e.Undone != 0 {
		p.Note = q.say("event.undone.note", q.when(e.Undone), e.Reason)
		return p, nil
	}
	m, err := place.Shipped()
	if err != nil {
		return p, err
	}
	steps, err := lineage.Successions(q.Context(), q.view(), m, e, q.lang())
	if err != nil {
		return p, err
	}
	if p.Twice, err = q.twice(e); err != nil {
		return p, err
	}
	if p.Compared, err = q.compared(e); err != nil {
		return p, err
	}
	p.Line = q.linePicture(steps, 0, p.Shell.Title)
	for _, id := range e.Bodies() {
		r, err := q.view().UnsettledOf(q.Context(), id)
		if err != nil {
			return p, err
		}
		if len(r.Left) > 0 {
			p.Left = append(p.Left, page.Belonging{Text: r.Body.NameOn(q.lang(), e.Day-1), Note: q.say("unsettled.some", len(r.Left)), Href: "/unsettled/" + r.Body.Code})
		}
	}
	if q.mayAll(e) == nil {
		wrong := page.ProblemsOf(refused, q.reader)
		p.Undo = &page.UndoForm{
			Head: page.FormHead{Action: eventPath(e.ID) + "/undo", Rejected: refused != nil}, Wrong: wrong, Text: q.say("event.undo.text"), Do: q.say("event.undo.do"),
			Field: wrong.Mark(page.Field{Name: "reason", Label: q.say("event.undo.why"), Value: q.value("reason"), Needed: true, Whole: true, Max: 300}),
		}
	}
	return p, nil
}

// twice shows the records that a merger brought together and that are likely one
// person: for those who keep the roll, until they are merged or told apart.
func (q *request) twice(e body.Event) ([]page.Pair, error) {
	if e.Kind != body.Merging || !q.mayAny(access.KeepRoll, e.Bodies()) {
		return nil, nil
	}
	members, err := q.view().EverMembers(q.Context(), e.Bodies())
	if err != nil || len(members) == 0 {
		return nil, err
	}
	alike, err := q.view().Alike(q.Context())
	if err != nil {
		return nil, err
	}
	names, err := q.names()
	if err != nil {
		return nil, err
	}
	alike = slices.DeleteFunc(alike, func(l person.Likeness) bool { return !members[l.A] || !members[l.B] })
	return q.pairs(alike[:min(len(alike), pairsShown)], names)
}

// mayAny says whether the reader has a right on one of some bodies.
func (q *request) mayAny(right access.Right, ids []body.ID) bool {
	return slices.ContainsFunc(ids, func(id body.ID) bool { return q.may(right, id) })
}

// undoEvent takes an event back.
func (s *Server) undoEvent(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	e, err := q.view().Event(q.Context(), id)
	if err != nil {
		return err
	}
	if err := q.mayAll(e); err != nil {
		return err
	}
	err = q.write("event.why.undo", func(ctx context.Context, tx *store.Tx) error {
		_, err := body.Undo(ctx, tx, id, q.value("reason"))
		return err
	})
	if fault.KindOf(err) == fault.Invalid {
		return q.showEvent(err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(eventPath(id), q.well("event.undo.done"))
}
