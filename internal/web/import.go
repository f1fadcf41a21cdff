package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"path"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// registerImport lists the addresses by which tables come in: choose a file,
// look it through, bring it in, take it back.
func (s *Server) registerImport() {
	s.inside("GET /import", s.importForm)
	s.insideUpload("POST /import", s.importFile)
	s.inside("GET /import/{token}/look", s.importPlan)
	s.inside("POST /import/{token}/look", s.importBring)
	s.inside("GET /import/{id}", s.imported)
	s.inside("GET /import/{id}/undo", s.importUndoAsk)
	s.inside("POST /import/{id}/undo", s.importUndo)
}

// importable lists the subjects that the person who asks may bring in.
func (q *request) importable() []intake.Subject {
	all := []intake.Subject{intake.People, intake.Households, intake.Bodies, intake.Deeds, intake.Entries, intake.Ties}
	return slices.DeleteFunc(all, func(s intake.Subject) bool { return !q.actor.Somewhere(s.Right()) })
}

// importForm asks what is brought in and from which file, and lists what came
// in before.
func (s *Server) importForm(q *request) error {
	p, err := q.importPage(nil)
	if err != nil {
		return err
	}
	return q.show(page.Import(p))
}

func (q *request) importPage(refused error) (page.ImportPage, error) {
	may := q.importable()
	if len(may) == 0 {
		return page.ImportPage{}, fault.Forbid("access.forbidden.keep_roll")
	}
	p := page.ImportPage{Shell: q.shell(q.say("importweb.title")), Wrong: page.ProblemsOf(refused, q.reader), Steps: q.importSteps(0), What: q.value("what")}
	p.Shell.Lead = q.say("importweb.lead")
	for _, subject := range may {
		p.Subjects = append(p.Subjects, page.Option{Value: string(subject), Text: q.say("intake.subject." + string(subject)), Note: q.say("importweb.what." + string(subject))})
		if q.hasSample(subject) {
			p.Samples = append(p.Samples, page.Link{Text: q.say("intake.subject." + string(subject)), Href: "/" + string(subject) + ".xlsx"})
		}
	}
	p.What = cmp.Or(p.What, string(may[0]))
	jobs, err := q.view().Imports(q.Context())
	if err != nil {
		return p, err
	}
	p.Past = q.importedTable(jobs)
	return p, nil
}

// hasSample tells whether what the book has of a subject can be taken as a
// pattern for a table.
func (q *request) hasSample(subject intake.Subject) bool {
	if subject == intake.Entries {
		_, err := q.view().FundKeeper(q.Context(), q.root())
		return err == nil
	}
	return subject != intake.Deeds
}

// importSteps shows how far the import has come.
func (q *request) importSteps(at int) []page.Step {
	var steps []page.Step
	for i, key := range []string{"importweb.step.file", "importweb.step.look", "importweb.step.done"} {
		steps = append(steps, page.Step{Text: q.say(key), Done: i < at || at == 2, Current: i == at})
	}
	return steps
}

// importedTable lists past imports.
func (q *request) importedTable(jobs []intake.Job) page.Table {
	t := page.Table{Caption: q.say("importweb.past"), Columns: []page.Column{
		{Head: q.say("importweb.file"), Chief: true}, {Head: q.say("common.kind")}, {Head: q.say("importweb.when")}, {Head: q.say("importweb.written"), Figure: true}, {Head: q.say("common.status")},
	}}
	for _, j := range jobs {
		state := q.say("importweb.stands")
		if j.Undone != 0 {
			state = q.say("importweb.undone.at", q.when(j.Undone))
		}
		t.Rows = append(t.Rows, page.Row{Href: importPath(j.ID), Cells: []page.Cell{
			{Text: j.File},
			{Text: q.say("intake.subject." + string(j.Subject))},
			{Text: q.when(j.At), Note: j.Name},
			{Text: q.speaker().Number(int64(j.Counts.New + j.Counts.Update + j.Counts.Likely))},
			{Text: state},
		}})
	}
	return t
}

func importPath(id int64) string { return "/import/" + idText(id) }

// importFile takes a file in and leads to the page where it is looked through.
func (s *Server) importFile(q *request) error {
	if len(q.importable()) == 0 {
		return fault.Forbid("access.forbidden.keep_roll")
	}
	b, err := q.receive()
	if err == nil {
		return q.goTo(b.href())
	}
	if len(fault.All(err)) == 0 || fault.KindOf(err) == fault.Forbidden {
		return err
	}
	p, pageErr := q.importPage(err)
	if pageErr != nil {
		return pageErr
	}
	return q.again(page.Import(p))
}

// receive keeps the file that was sent if it is a table; what is wrong with it
// is said beside the file.
func (q *request) receive() (*brought, error) {
	if err := q.read(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, fault.Field("file", "importweb.large", fileBytesMax>>20)
		}
		return nil, err
	}
	subject, err := intake.ParseSubject(q.value("what"))
	if err != nil {
		return nil, fault.Field("what", "importweb.what.missing")
	}
	if !q.actor.Somewhere(subject.Right()) {
		return nil, fault.Forbid("access.forbidden." + string(subject.Right()))
	}
	from, head, err := q.FormFile("file")
	if err != nil {
		return nil, fault.Field("file", "importweb.file.missing")
	}
	defer from.Close()
	name := path.Base(strings.ReplaceAll(head.Filename, `\`, "/"))
	b := &brought{Subject: subject, File: intake.File{Name: name}, Body: q.importBody(subject)}
	// Where there is no branch yet, all that a table names are new.
	b.Create = subject == intake.People && q.may(access.ManageBody, b.Body) && len(q.view().Tree().Below(b.Body, q.today())) == 0
	if err := q.keepBrought(b, from); err != nil {
		return nil, err
	}
	if err := b.find(); err != nil {
		b.forget()
		return nil, besideFile(err)
	}
	return b, b.save()
}

// besideFile puts faults of a file beside the question for it.
func besideFile(err error) error {
	var all []error
	for _, f := range fault.All(err) {
		all = append(all, fault.Field("file", f.Key, f.Args...))
	}
	if len(all) == 0 {
		return err
	}
	return fault.Gather(all...)
}

// importBody is the first body on which the person who asks may bring a subject
// in: the whole book where that is allowed.
func (q *request) importBody(subject intake.Subject) body.ID {
	for _, id := range append([]body.ID{q.root()}, q.view().Tree().Below(q.root(), q.today())...) {
		if q.may(subject.Right(), id) {
			return id
		}
	}
	return q.root()
}

// importBring takes what was corrected on the page; with "bring" it brings the
// table in.
func (s *Server) importBring(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	b, err := q.brought()
	if err != nil {
		return err
	}
	was := b.Sheet
	q.decide(b)
	if b.Sheet != was {
		if table, err := b.table(); table == nil {
			b.Sheet = was // where there is a table
			table, _ = b.table()
			return q.planAgain(b, table, nil, err)
		}
	}
	if err := b.save(); err != nil {
		return err
	}
	if q.value("do") != "bring" {
		return q.goTo(b.href())
	}
	table, err := b.table()
	if err != nil {
		return q.planAgain(b, table, nil, err)
	}
	var plan *intake.Plan
	how := store.Writing{By: q.actor, Why: q.say("intake.why", b.File.Name), Job: s.Book.NewID()}
	err = q.writeAs(how, func(ctx context.Context, tx *store.Tx) error {
		if plan, err = intake.Propose(ctx, tx.View(), table, b.options(how.Why)); err != nil {
			return err
		}
		_, err := plan.Apply(ctx, tx, q.actor, b.File, nil)
		return err
	})
	if err != nil {
		return q.planAgain(b, table, plan, err)
	}
	b.forget()
	return q.goTo(importPath(how.Job))
}

// decide takes over what the page asked.
func (q *request) decide(b *brought) {
	b.GoodRows, b.Create, b.Figures, b.Sheet = q.value("good") != "", q.value("create") != "" || q.value("do") == "create", q.value("figures") != "", q.FormValue("sheet")
	b.DayOrder = intake.FindOut
	if order := intake.DayOrder(q.value("order")); order == intake.DayFirst || order == intake.MonthFirst {
		b.DayOrder = order
	}
	if id := body.ID(q.id("body")); id != 0 && q.may(b.Subject.Right(), id) {
		b.Body = id
	}
	b.Columns = map[int]intake.Field{}
	if q.FormValue("sheet") != q.FormValue("sheet-was") {
		return // the columns are those of another sheet
	}
	known := append(intake.Fields(b.Subject), intake.Ignored)
	for i := range columnsMost {
		if f := intake.Field(q.value(columnName(i))); slices.Contains(known, f) {
			b.Columns[i] = f
		}
	}
}

// columnsMost is how many columns of a table are told apart on the page.
const columnsMost = 200

func columnName(i int) string { return "column" + idText(int64(i)) }

// planAgain shows the page of a table that was refused, with why.
func (q *request) planAgain(b *brought, table *intake.Table, plan *intake.Plan, refused error) error {
	if len(fault.All(refused)) == 0 || fault.KindOf(refused) == fault.Forbidden {
		return refused
	}
	p, err := q.planPage(looked{b, table, plan}, refused)
	if err != nil {
		return err
	}
	return q.again(page.ImportLook(p))
}

// importJob reads an import that the person who asks may see: by the history,
// or because it is their own.
func (q *request) importJob() (intake.Job, error) {
	id, err := q.number("id")
	if err != nil {
		return intake.Job{}, err
	}
	j, err := q.view().Import(q.Context(), id)
	if fault.KindOf(err) != fault.Forbidden || err == nil {
		return j, err
	}
	var own intake.Job
	refused := err
	err = q.server.Book.Rehearse(q.Context(), store.Writing{By: q.actor, Why: "intake.why"}, func(ctx context.Context, tx *store.Tx) error {
		own, err = tx.Import(ctx, id)
		return err
	})
	if err == nil && (own.Person == 0 || own.Person != q.actor.Person) {
		err = refused
	}
	return own, err
}

// imported shows what an import did, and offers to take it back.
func (s *Server) imported(q *request) error {
	j, err := q.importJob()
	if err != nil {
		return err
	}
	p := page.ImportedPage{Shell: q.shell(q.say("importweb.done.title")), Steps: q.importSteps(2), Counts: q.importTiles(j.Counts)}
	p.Shell.Crumbs = []page.Link{{Text: q.say("importweb.title"), Href: "/import"}}
	p.About = []page.Fact{
		{Name: q.say("importweb.file"), Text: j.File},
		{Name: q.say("common.kind"), Text: q.say("intake.subject." + string(j.Subject))},
		{Name: q.say("importweb.when"), Text: q.when(j.At), Note: j.Name},
	}
	p.See = page.Link{Text: q.say("importweb.see." + string(j.Subject)), Href: importedAt(j.Subject)}
	if j.Counts.Problem > 0 && j.Undone == 0 {
		p.LeftOut = q.say("importweb.leftout", j.Counts.Problem)
	}
	switch {
	case j.Undone != 0:
		p.Undone = q.say("importweb.undone.at", q.when(j.Undone))
	case q.may(j.Subject.Right(), j.Body):
		p.Undo = importPath(j.ID) + "/undo"
	}
	return q.show(page.Imported(p))
}

// importedAt is the list in which what came in stands.
func importedAt(s intake.Subject) string {
	switch s {
	case intake.Targets:
		return "/programmes"
	case intake.Replies:
		return "/forms"
	case intake.People, intake.Households, intake.Bodies, intake.Deeds, intake.Entries, intake.Ties:
	}
	return "/" + string(s)
}

// importTiles shows the rows of a table by what becomes of them.
func (q *request) importTiles(n intake.Counts) []page.Tile {
	var tiles []page.Tile
	for _, one := range []struct {
		outcome intake.Outcome
		n       int
	}{{intake.New, n.New}, {intake.Update, n.Update}, {intake.Same, n.Same}, {intake.Likely, n.Likely}, {intake.Trouble, n.Problem}} {
		tiles = append(tiles, page.Tile{Figure: q.speaker().Number(int64(one.n)), Text: q.say("importweb.count." + string(one.outcome))})
	}
	return tiles
}

// importUndoAsk says what taking an import back would do, and asks.
func (s *Server) importUndoAsk(q *request) error {
	j, err := q.importJob()
	if err != nil {
		return err
	}
	if err := q.actor.May(j.Subject.Right(), j.Body); err != nil {
		return err
	}
	var would intake.Undone
	err = s.Book.Rehearse(q.Context(), store.Writing{By: q.actor, Why: "intake.undo.why"}, func(ctx context.Context, tx *store.Tx) error {
		would, err = intake.Undo(ctx, tx, q.actor, j.ID, q.say("intake.undo.why", j.File))
		return err
	})
	if err != nil {
		return err
	}
	a := page.AskPage{
		Shell: q.shell(q.say("importweb.undo")), Head: page.FormHead{Action: importPath(j.ID) + "/undo"},
		Text: q.say("importweb.undo.text", j.File, would.Removed, would.Restored, would.Reversed),
		Do:   q.say("importweb.undo.do"), Danger: true, Leave: importPath(j.ID),
	}
	for _, k := range would.Kept {
		a.Facts = append(a.Facts, page.Fact{Name: cmp.Or(k.Name, q.say("importweb.nameless")), Text: q.say(k.Why)})
	}
	return q.show(page.AskFor(a))
}

// importUndo takes an import back and says what was kept.
func (s *Server) importUndo(q *request) error {
	j, err := q.importJob()
	if err != nil {
		return err
	}
	var done intake.Undone
	err = q.write(q.say("intake.undo.why", j.File), func(ctx context.Context, tx *store.Tx) error {
		done, err = intake.Undo(ctx, tx, q.actor, j.ID, q.say("intake.undo.why", j.File))
		return err
	})
	if err != nil {
		return err
	}
	said := []page.Flash{q.well("importweb.undone", j.File, done.Removed, done.Restored, done.Reversed)}
	if n := len(done.Kept); n > 0 {
		var names []string
		for _, k := range done.Kept[:min(n, keptNamed)] {
			names = append(names, cmp.Or(k.Name, q.say("importweb.nameless")))
		}
		if n > keptNamed {
			names = append(names, "…")
		}
		said = append(said, page.Flash{Tone: page.Waiting, Text: q.say("importweb.kept", n, strings.Join(names, ", "))})
	}
	return q.doneAt("/import", said...)
}

// keptNamed is how many records that stay are named after taking an import back.
const keptNamed = 12

// importTool leads from a list to the page that brings in more of it.
func (q *request) importTool(tools []page.Tool, subject intake.Subject) []page.Tool {
	if !q.actor.Somewhere(subject.Right()) {
		return tools
	}
	return append(tools, page.Tool{Glyph: page.GlyphUpload, Text: q.say("people.import"), Href: "/import?what=" + string(subject)})
}
