package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

// papersSaid lists the papers of a proposal.
func papersSaid(papers []contest.Paper, lang string) string {
	var names []string
	for _, p := range papers {
		names = append(names, p.Name(lang))
	}
	return strings.Join(names, "; ")
}

// lacking lists the papers that a proposal still lacks.
func lacking(c contest.Contest, h contest.Honour, lang string) []string {
	var names []string
	for _, w := range c.Wanted(h) {
		if w.State == contest.Lacking {
			names = append(names, w.Name(lang))
		}
	}
	return names
}

func (q *request) lackingSaid(c contestSeen, h contest.Honour) string {
	return strings.Join(lacking(c.Contest, h, q.lang()), "; ")
}

// fileCell says how far the file of a proposal is, and what it lacks.
func (q *request) fileCell(c contestSeen, h contest.Honour) page.Cell {
	wanted := c.Contest.Wanted(h)
	if len(wanted) == 0 {
		return page.Cell{}
	}
	missing := lacking(c.Contest, h, q.lang())
	cell := page.Cell{Text: q.say("contest.file.of", len(wanted)-len(missing), len(wanted)), Tone: page.Done}
	if len(missing) > 0 {
		cell.Tone, cell.Note = page.Late, q.say("contest.file.lacks", strings.Join(missing, "; "))
	}
	return cell
}

// fileParts show the papers of a proposal, and let who keeps the contest say what
// was found; below it the grade of the award can be corrected.
func (q *request) fileParts(c contestSeen, h contest.Honour, refused error) []page.DeskPart {
	wanted := c.Contest.Wanted(h)
	var parts []page.DeskPart
	if len(wanted) > 0 {
		table := q.fileTable(c, h, wanted)
		form := q.fileForm(c, h, wanted, refused)
		parts = append(parts, page.DeskPart{Head: q.say("contest.file.title"), Plain: true, Table: &table}, page.DeskPart{Plain: true, Form: &form})
	}
	var wrong page.Problems
	if q.value("part") == "grade" {
		wrong = page.ProblemsOf(refused, q.reader)
	}
	g := c.Contest.Graded(h)
	field := func(name, value string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say("contest.grade." + name), Value: q.refilled(wrong, name, value)})
	}
	return append(parts, page.DeskPart{Plain: true, Form: &page.DeskForm{
		Head: page.FormHead{Action: c.path("/awards/" + idText(h.ID) + "/grade"), Revision: idText(h.Revision), Rejected: len(wrong) > 0}, Wrong: wrong, Fold: q.say("contest.grade.edit"), Open: len(wrong) > 0, Do: q.say("common.save"), Quiet: true,
		Fields: []templ.Component{
			page.Hidden("part", "grade"),
			page.Select(q.reader, field("level", string(g.Level)), graded(q, "contest.level.", contest.Levels())),
			page.Select(q.reader, field("form", string(g.Form)), graded(q, "contest.form.", contest.Forms())),
			page.Select(q.reader, field("manner", string(g.Manner)), graded(q, "contest.manner.", contest.Manners())),
		},
	}})
}

// fileTable lists the papers of a proposal with their state and files.
func (q *request) fileTable(c contestSeen, h contest.Honour, wanted []contest.Wanted) page.Table {
	t := page.Table{ID: "file", Caption: q.say("contest.file.title"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.papers.paper"), Chief: true}, {Head: q.say("common.status")}, {Head: q.say("common.note")}, {Head: q.say("contest.file.scans")}}}
	tones := map[contest.FileState]page.Tone{contest.OnFile: page.Done, contest.Lacking: page.Late, contest.NotNeeded: page.Plain}
	for _, w := range wanted {
		var scans []templ.Component
		for i, id := range w.Files {
			scans = append(scans, page.ButtonLink("", q.say("contest.file.scan", i+1), c.path("/awards/"+idText(h.ID)+"/files/"+strconv.FormatInt(id, 10))))
		}
		cell := page.Cell{}
		if len(scans) > 0 {
			cell.Part = page.Joined(scans)
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: w.Name(q.lang())}, {Part: page.Badge(tones[w.State], q.say("contest.file.state."+string(w.State)))}, {Text: w.Note}, cell}})
	}
	return t
}

// fileForm asks of each paper whether it is there.
func (q *request) fileForm(c contestSeen, h contest.Honour, wanted []contest.Wanted, refused error) page.DeskForm {
	var wrong page.Problems
	if q.value("part") == "file" {
		wrong = page.ProblemsOf(refused, q.reader)
	}
	fields := []templ.Component{page.Hidden("part", "file")}
	var which []page.Option
	for _, w := range wanted {
		state := wrong.Mark(page.Field{Name: "state-" + w.Code, Label: q.say("common.status"), Value: q.refilled(wrong, "state-"+w.Code, string(w.State))})
		note := wrong.Mark(page.Field{Name: "note-" + w.Code, Label: q.say("common.note"), Value: q.refilled(wrong, "note-"+w.Code, w.Note)})
		fields = append(fields, page.FieldLine(w.Name(q.lang()), []templ.Component{page.Select(q.reader, state, q.options("contest.file.state.", "", texts(contest.FileStates())...)), page.TextInput(q.reader, note)}))
		which = append(which, page.Option{Value: w.Code, Text: w.Name(q.lang())})
	}
	paper := wrong.Mark(page.Field{Name: "paper", Label: q.say("contest.file.add"), Hint: q.say("deed.paper.hint"), Whole: true, Extra: map[string]any{"multiple": true}})
	of := wrong.Mark(page.Field{Name: "of", Label: q.say("contest.file.which"), Value: q.value("of")})
	return page.DeskForm{
		Head:  page.FormHead{Action: c.path("/awards/" + idText(h.ID) + "/file"), Revision: idText(h.Revision), Files: true, Rejected: len(wrong) > 0},
		Wrong: wrong, Fold: q.say("contest.file.edit"), Open: len(wrong) > 0, Do: q.say("common.save"), Quiet: true,
		Fields: append(fields, page.FileInput(q.reader, paper, ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.txt"), page.Select(q.reader, of, which)),
	}
}

// fileHonour records how the papers of a proposal stand.
func (s *Server) fileHonour(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	c, h, err := q.honourAsked()
	if err != nil {
		return err
	}
	scans := map[string][]source.Attachment{}
	papers, err := q.sentPapers()
	if len(papers) > 0 {
		scans[q.value("of")] = papers
	}
	if err == nil && len(papers) > 0 && !slices.ContainsFunc(c.Contest.Wanted(h), func(w contest.Wanted) bool { return w.Code == q.value("of") }) {
		err = fault.Field("of", "contest.file.unknown") // what was sent is not lost without a word
	}
	var found []contest.Filed
	for _, w := range c.Contest.Wanted(h) {
		f := contest.Filed{Of: w.Code, State: contest.FileState(q.value("state-" + w.Code)), Note: q.value("note-" + w.Code)}
		if f.State == contest.Lacking && len(scans[w.Code]) > 0 {
			f.State = contest.OnFile // what comes with the form is there
		}
		found = append(found, f)
	}
	if err == nil {
		err = q.write("contest.why.file", func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.FilePapers(ctx, tx, q.actor, contest.Filing{Honour: h.ID, Found: found, Scans: scans, Based: q.id("revision")})
			return err
		})
	}
	return q.honourDone(c, h, err)
}

// honourDone leads back to an award, with what was refused beside its field.
func (q *request) honourDone(c contestSeen, h contest.Honour, err error) error {
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.honourPageOf(c, h, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/awards/"+idText(h.ID)), q.well("common.saved"))
}

// gradeHonour corrects level, form and manner of an award.
func (s *Server) gradeHonour(q *request) error {
	c, h, err := q.honourAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	g := contest.Grade{Level: contest.Level(q.value("level")), Form: contest.Form(q.value("form")), Manner: contest.Manner(q.value("manner"))}
	return q.honourDone(c, h, q.write("contest.why.award", func(ctx context.Context, tx *store.Tx) error {
		_, err := contest.Regrade(ctx, tx, q.actor, h.ID, g, q.id("revision"))
		return err
	}))
}

// honourFile hands out a paper of a proposal.
func (s *Server) honourFile(q *request) error {
	_, h, err := q.honourAsked()
	if err != nil {
		return err
	}
	id, err := q.number("paper")
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(h.File, func(f contest.Filed) bool { return slices.Contains(f.Files, id) }) {
		return fault.Missing("deed.paper.missing")
	}
	a, err := q.view().HonourPaper(q.Context(), id)
	if err != nil {
		return err
	}
	return s.handOut(q, a)
}
