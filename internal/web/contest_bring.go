package web

import (
	"errors"
	"net/http"
	"path"
	"strconv"
	"strings"

	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// contestBook is one of the workbooks that come into a contest.
type contestBook struct {
	subject intake.Subject
	name    string // in addresses
}

// tableTools take a table of criteria away as a workbook and bring one in.
func (q *request) tableTools(c contestSeen) []page.Tool {
	tools := []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: c.path("/table.xlsx")}}
	if c.Seat.Keeps() && c.Contest.Standing != contest.Published {
		tools = append(tools, page.Tool{Glyph: page.GlyphUpload, Text: q.say("contest.bring.link"), Href: c.path("/bring/table")})
	}
	return tools
}

// sheetsTools take the score sheets away as a workbook and bring scores in.
func (q *request) sheetsTools(c contestSeen) []page.Tool {
	tools := []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("contest.sheets.xlsx"), Href: c.path("/sheets.xlsx")}}
	if _, err := q.contestInto(contestBook{intake.Scores, "sheets"}); err == nil && c.Contest.Standing == contest.Opened {
		tools = append(tools, page.Tool{Glyph: page.GlyphUpload, Text: q.say("contest.bring.link"), Href: c.path("/bring/sheets")})
	}
	return tools
}

// contestTableSheet gives the table of criteria as a workbook.
func (s *Server) contestTableSheet(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	a, err := q.view().ContestArena(q.Context(), c.Contest.ID)
	if err != nil {
		return err
	}
	t, err := intake.CriteriaTable(a, q.speaker())
	if err != nil {
		return err
	}
	return q.sendSheet(q.say("contest.table.file")+"-"+strconv.Itoa(c.Contest.Year), t)
}

// contestSheetsSheet gives the score sheets that the reader may see as one workbook.
func (s *Server) contestSheetsSheet(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	units, err := q.view().ContestSheetUnits(q.Context(), c.Contest.ID)
	if err != nil {
		return err
	}
	if len(units) == 0 {
		return fault.Forbid("contest.forbidden.inside")
	}
	return q.sendScores(c, units, q.say("contest.sheet.file")+"-"+strconv.Itoa(c.Contest.Year))
}

// contestInto reads the contest into which the asker may bring a workbook.
func (q *request) contestInto(w contestBook) (contestSeen, error) {
	c, err := q.contestAsked()
	if err != nil {
		return c, err
	}
	if w.subject == intake.Criteria {
		if !c.Seat.Keeps() {
			return c, fault.Forbid("contest.forbidden.keep")
		}
		return c, nil
	}
	for _, u := range c.Units {
		if stage, ok := c.Contest.StageOf(c.sheets[u.Body].Way.Stage); ok && c.Seat.Acts(stage, u.Body) == nil {
			return c, nil
		}
	}
	if len(c.Units) == 0 && c.Seat.Keeps() {
		return c, nil
	}
	return c, fault.Forbid("contest.forbidden.inside")
}

func (w contestBook) path(c contestSeen, token string) string {
	href := c.path("/bring/" + w.name)
	if token != "" {
		href += "/" + token
	}
	return href
}

// contestBring asks for the file.
func (s *Server) contestBring(w contestBook) func(q *request) error {
	return func(q *request) error {
		c, err := q.contestInto(w)
		if err != nil {
			return err
		}
		return q.contestBringPage(c, w, nil)
	}
}

func (q *request) contestBringPage(c contestSeen, w contestBook, refused error) error {
	wrong := page.ProblemsOf(refused, q.reader)
	p := page.DeskPage{Shell: q.shell(q.say("contest.bring." + w.name))}
	p.Shell.Crumbs = q.contestCrumbs(c)
	p.Shell.Lead = q.say("contest.bring." + w.name + ".text")
	file := wrong.Mark(page.Field{Name: "file", Label: q.say("contest.bring.file"), Hint: q.say("contest.bring.file.hint"), Whole: true, Needed: true})
	p.Parts = []page.DeskPart{
		{Tools: []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("contest.bring.take"), Href: c.path("/" + w.name + ".xlsx")}}, Head: q.say("contest.bring.first")},
		{Head: q.say("contest.bring.then"), Form: &page.DeskForm{Head: page.FormHead{Action: w.path(c, ""), Files: true, Rejected: refused != nil}, Wrong: wrong, Fields: []templComponent{page.FileInput(q.reader, file, ".xlsx,.csv")}, Do: q.say("contest.bring.look")}},
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// contestBringFile takes the file in and leads to what it would do.
func (s *Server) contestBringFile(w contestBook) func(q *request) error {
	return func(q *request) error {
		readErr := q.read()
		c, err := q.contestInto(w)
		if err != nil {
			return err
		}
		b, err := q.workbookSent(c, w, readErr)
		if err == nil {
			return q.goTo(w.path(c, b.token))
		}
		if len(fault.All(err)) == 0 {
			return err
		}
		return q.contestBringPage(c, w, err)
	}
}

// workbookSent keeps the workbook that was sent, if it is one.
func (q *request) workbookSent(c contestSeen, w contestBook, readErr error) (*brought, error) {
	var large *http.MaxBytesError
	if errors.As(readErr, &large) {
		return nil, fault.Field("file", "importweb.large", fileBytesMax>>20)
	}
	if readErr != nil {
		return nil, readErr
	}
	from, head, err := q.FormFile("file")
	if err != nil {
		return nil, fault.Field("file", "importweb.file.missing")
	}
	defer from.Close()
	b := &brought{Subject: w.subject, Contest: c.Contest.ID, File: intake.File{Name: path.Base(strings.ReplaceAll(head.Filename, `\`, "/"))}}
	if err := q.keepBrought(b, from); err != nil {
		return nil, err
	}
	read, err := b.cells()
	if err == nil {
		var a intake.Arena
		if a, err = q.view().ContestArena(q.Context(), c.Contest.ID); err == nil {
			_, err = intake.RecogniseContest(read, w.subject, a)
		}
	}
	if err != nil {
		b.forget()
		return nil, besideFile(err)
	}
	return b, nil
}

// broughtInto finds a kept workbook of a contest.
func (q *request) broughtInto(w contestBook) (contestSeen, *brought, error) {
	c, err := q.contestInto(w)
	if err != nil {
		return c, nil, err
	}
	b, err := q.brought()
	if err == nil && (b.Contest != c.Contest.ID || b.Subject != w.subject) {
		err = fault.Missing("importweb.gone")
	}
	return c, b, err
}

// bringBook rehearses a kept workbook or carries it out.
func (q *request) bringBook(c contestSeen, b *brought, rehearse bool) (*intake.Plan, error) {
	read, err := b.cells()
	if err != nil {
		return nil, err
	}
	how := store.Writing{By: q.actor, Why: q.say("contest.import.why", b.File.Name)}
	if !rehearse {
		how.Once = q.once()
	}
	return q.server.Book.BringContest(q.Context(), how, store.Workbook{Contest: c.Contest.ID, Subject: b.Subject, Sheet: read, Strike: q.value("strike") == "yes", Rehearse: rehearse})
}

// contestBringLook shows what a workbook would do; nothing is written.
func (s *Server) contestBringLook(w contestBook) func(q *request) error {
	return func(q *request) error {
		c, b, err := q.broughtInto(w)
		if err != nil {
			return err
		}
		plan, err := q.bringBook(c, b, true)
		if plan == nil {
			return err
		}
		return q.contestPlanPage(c, w, b, plan, nil)
	}
}

// contestBringDo brings a workbook in.
func (s *Server) contestBringDo(w contestBook) func(q *request) error {
	return func(q *request) error {
		c, b, err := q.broughtInto(w)
		if err != nil {
			return err
		}
		plan, err := q.bringBook(c, b, false)
		if plan == nil || err != nil && len(fault.All(err)) == 0 {
			return err
		}
		if err != nil {
			return q.contestPlanPage(c, w, b, plan, err)
		}
		b.forget()
		after := c.path("")
		if w.subject == intake.Criteria {
			after = c.path("/table")
		}
		return q.doneAt(after, q.well("contest.bring.done", plan.Count(intake.New), plan.Count(intake.Update)))
	}
}

// contestPlanPage shows what becomes of every row.
func (q *request) contestPlanPage(c contestSeen, w contestBook, b *brought, plan *intake.Plan, refused error) error {
	p := page.DeskPage{Shell: q.shell(q.say("importweb.look.title", b.File.Name))}
	p.Shell.Crumbs = append(q.contestCrumbs(c), page.Link{Text: q.say("contest.bring." + w.name), Href: w.path(c, "")})
	n := plan.Counts()
	for _, t := range []struct {
		n   int
		key string
	}{{n.New, "new"}, {n.Update, "update"}, {n.Same, "same"}, {n.Problem, "problem"}} {
		p.Tiles = append(p.Tiles, page.Tile{Figure: q.speaker().Number(int64(t.n)), Text: q.say("contest.bring.rows." + t.key)})
	}
	if n.Problem > 0 {
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Late, Text: q.say("contest.bring.trouble", n.Problem)})
		trouble := q.contestTrouble(plan)
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("contest.bring.rows.problem"), Table: &trouble})
	}
	if changed := q.contestChanges(plan); len(changed.Rows) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("contest.bring.rows.update"), Table: &changed})
	}
	if do := q.contestBringForm(c, w, b, plan); n.Problem == 0 && do != nil {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("contest.bring.do"), Form: do})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// contestBringForm offers to carry a plan out; nothing when it would change nothing.
func (q *request) contestBringForm(c contestSeen, w contestBook, b *brought, plan *intake.Plan) *page.DeskForm {
	missing := len(plan.Missing) > 0 && c.Contest.Standing == contest.Drafted
	if plan.Writes() == 0 && !missing {
		return nil
	}
	form := &page.DeskForm{Head: page.FormHead{Action: w.path(c, b.token)}, Do: q.say("contest.bring.do"), Leave: page.Link{Text: q.say("common.cancel"), Href: w.path(c, "")}}
	if missing {
		var numbers []string
		for _, m := range plan.Missing {
			numbers = append(numbers, c.Table.Path(m))
		}
		form.Fields = append(form.Fields, page.Tick(page.Field{Name: "strike", Label: q.say("contest.bring.strike", len(plan.Missing)), Hint: strings.Join(numbers, ", "), Whole: true}))
	}
	return form
}

// contestTrouble lists the rows that are wrong, with the cell and what would be right.
func (q *request) contestTrouble(plan *intake.Plan) page.Table {
	t := page.Table{ID: "trouble", Caption: q.say("contest.bring.rows.problem"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.bring.cell")}, {Head: q.say("contest.bring.row"), Chief: true}, {Head: q.say("contest.bring.wrong")}}}
	for _, row := range plan.Rows {
		for _, one := range row.Problems {
			cell := one.Cell()
			if cell == "" {
				cell = strconv.Itoa(row.Number)
			}
			if len(t.Rows) < troubleRows {
				t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: cell}, {Text: row.Name, Note: one.Title}, {Text: q.say(one.Fault.Key, one.Fault.Args...)}}})
			}
		}
	}
	return t
}

// contestChanges lists what known rows become.
func (q *request) contestChanges(plan *intake.Plan) page.Table {
	t := page.Table{ID: "changes", Caption: q.say("contest.bring.rows.update"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.bring.row"), Chief: true}, {Head: q.say("contest.bring.before")}, {Head: q.say("contest.bring.after")}}}
	titles := map[intake.Field]string{}
	for _, c := range plan.Table.Columns {
		titles[c.Field] = c.Title
	}
	for _, row := range plan.Rows {
		if row.What != intake.Update {
			continue
		}
		for _, change := range row.Changes {
			if len(t.Rows) < troubleRows {
				t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: row.Name, Note: titles[change.Field]}, {Text: change.Before}, {Text: change.After}}})
			}
		}
	}
	return t
}
