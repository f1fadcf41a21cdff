package web

import (
	"cmp"
	"context"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

func taskPath(id office.TaskID) string { return "/office/tasks/" + idText(id) }

// tasksAsked reads to what the list of tasks is narrowed: open ones unless told
// otherwise.
func (q *request) tasksAsked() store.TasksAsked {
	asked := store.TasksAsked{Status: office.TaskStatus(q.value("status")), Late: q.value("late") != "", Typed: q.value("q")}
	if q.value("mine") != "" {
		asked.Person = person.ID(q.actor.Person)
	}
	if asked.Status == "" {
		asked.Status = office.Open
	}
	if q.value("status") == "all" {
		asked.Status = ""
	}
	return asked
}

// tasks lists what was resolved to be done.
func (s *Server) tasks(q *request) error { return q.tasksPage(office.Task{}, nil) }

func (q *request) tasksPage(given office.Task, refused error) error {
	asked := q.tasksAsked()
	found, err := q.view().Tasks(q.Context(), asked)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("desk.todo"))}
	p.Shell.Crumbs, p.Shell.Lead = q.deskCrumbs(), q.say("task.count", len(found))
	table := q.taskTable(found)
	p.Parts = []page.DeskPart{{Plain: true, Print: true, Table: &table, Tools: []page.Tool{
		{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/office/tasks.xlsx" + queryOf(q)},
	}}}
	p.Tabs = q.taskTabs(asked)
	if q.actor.Somewhere(access.KeepOffice) {
		form, err := q.taskForm(given, "/office/tasks", refused)
		if err != nil {
			return err
		}
		form.Fold, form.Open = q.say("task.new"), len(found) == 0
		p.Parts = append([]page.DeskPart{{Plain: true, Form: &form}}, p.Parts...)
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

func (q *request) taskTabs(asked store.TasksAsked) []page.Tab {
	mine, all := asked.Person != 0, asked.Status == ""
	return []page.Tab{
		{Text: q.say("task.tab.open"), Href: "/office/tasks", Current: !asked.Late && !mine && !all},
		{Text: q.say("task.late"), Href: "/office/tasks?late=yes", Current: asked.Late},
		{Text: q.say("task.mine"), Href: "/office/tasks?mine=yes", Current: mine},
		{Text: q.say("task.all"), Href: "/office/tasks?status=all", Current: all},
	}
}

// queryOf is the question mark of an address with what follows it.
func queryOf(q *request) string {
	if q.URL.RawQuery == "" {
		return ""
	}
	return "?" + q.URL.RawQuery
}

func (q *request) taskTable(tasks []office.TaskLine) page.Table {
	t := page.Table{
		ID: "tasks", Caption: q.say("desk.todo"), Quiet: true,
		Columns: []page.Column{{Head: q.say("task.text"), Chief: true}, {Head: q.say("task.who")}, {Head: q.say("task.due")}, {Head: q.say("common.status")}},
		Empty:   page.Empty{Glyph: page.GlyphCheck, Head: q.say("task.none"), Text: q.say("task.none.text")},
	}
	for _, one := range tasks {
		mark := q.taskMark(one.Task)
		t.Rows = append(t.Rows, page.Row{Href: taskPath(one.ID), Cells: []page.Cell{
			{Text: one.Text}, {Text: one.Who}, {Text: q.daySaid(one.Due)}, page.Marked(mark),
		}})
	}
	return t
}

// taskMark says how a task stands.
func (q *request) taskMark(t office.Task) page.Mark {
	switch {
	case t.Status == office.Done:
		return page.Mark{Tone: page.Done, Text: q.say("task.status.done")}
	case t.Status == office.Dropped:
		return page.Mark{Tone: page.Plain, Text: q.say("task.status.dropped")}
	case t.Due != 0:
		return q.dueMark(t.Due)
	}
	return page.Mark{Tone: page.Waiting, Text: q.say("task.status.open")}
}

// taskForm asks what, who, by when.
func (q *request) taskForm(t office.Task, action string, refused error) (page.DeskForm, error) {
	return q.taskFormWrong(t, action, page.ProblemsOf(refused, q.reader))
}

func (q *request) taskFormWrong(t office.Task, action string, wrong page.Problems) (page.DeskForm, error) {
	f := page.DeskForm{Head: page.FormHead{Action: action, Rejected: len(wrong) > 0}, Wrong: wrong, Do: q.say("task.enter")}
	f.Fields = []templ.Component{
		page.TextArea(q.reader, wrong.Mark(page.Field{Name: "text", Label: q.say("task.text"), Value: t.Text, Needed: true, Whole: true}), 2),
		q.whoField(wrong.Mark(page.Field{Name: "who", Label: q.say("task.who"), Hint: q.say("task.who.hint")}), t.Person, t.Name),
		page.DateInput(q.reader, wrong.Mark(page.Field{Name: "due", Label: q.say("task.due"), Value: cmp.Or(q.value("due"), dayTyped(t.Due)), Short: true})),
	}
	if t.ID != 0 || t.Meeting != 0 {
		return f, nil
	}
	bodies, err := q.officeBodies(t.Body)
	f.Fields = append(f.Fields, bodies)
	return f, err
}

// taskGiven reads the answers about a task.
func (q *request) taskGiven(t office.Task) (office.Task, error) {
	var err1, err2 error
	t.Text = q.lines("text")
	t.Person, t.Name, err1 = q.anybody("who")
	t.Due, err2 = q.exactDay("due")
	return t, fault.Gather(err1, err2)
}

// enterTask enters a task of its own.
func (s *Server) enterTask(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	t, err := q.taskGiven(office.Task{Body: q.bodyGivenOr()})
	if err == nil {
		err = q.officeWrite("task", func(ctx context.Context, tx *store.Tx) error {
			_, err := office.Resolve(ctx, tx, q.actor, t)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.tasksPage(t, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt("/office/tasks", q.well("task.entered"))
}

// taskAsked reads the task that the address names.
func (q *request) taskAsked() (office.TaskLine, error) {
	id, err := q.number("id")
	if err != nil {
		return office.TaskLine{}, err
	}
	return q.view().Task(q.Context(), office.TaskID(id))
}

// task shows one task with its history.
func (s *Server) task(q *request) error {
	t, err := q.taskAsked()
	if err != nil {
		return err
	}
	return q.taskPage(t, nil)
}

func (q *request) taskPage(t office.TaskLine, refused error) error {
	p := page.DeskPage{Shell: q.shell(q.say("task.one"))}
	p.Shell.Crumbs = q.deskCrumbs(page.Link{Text: q.say("desk.todo"), Href: "/office/tasks"})
	facts, err := q.taskFacts(t)
	if err != nil {
		return err
	}
	p.Parts = []page.DeskPart{{Head: t.Text, Facts: facts}}
	forms, err := q.taskForms(t, refused)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, forms...)
	if t.Status != office.Open && q.may(access.KeepOffice, t.Body) {
		p.Actions = []page.Action{{Glyph: page.GlyphUndo, Text: q.say("task.again"), Href: taskPath(t.ID) + "/again", Post: true}}
	}
	past, err := q.officePast("task", int64(t.ID))
	if err != nil {
		return err
	}
	if len(past) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("common.history"), Past: past})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

func (q *request) taskFacts(t office.TaskLine) ([]page.Fact, error) {
	facts := []page.Fact{
		{Name: q.say("task.who"), Text: t.Who},
		{Name: q.say("task.due"), Text: q.daySaid(t.Due), Mark: q.taskMark(t.Task)},
		{Name: q.say("task.ended"), Text: q.daySaid(t.Ended)},
		{Name: q.say("task.outcome"), Text: t.Note},
	}
	for id, key := range map[deed.ID]string{t.Meeting: "task.meeting", t.Deed: "task.deed"} {
		if id == 0 {
			continue
		}
		d, err := q.view().Deed(q.Context(), id)
		if err != nil && fault.KindOf(err) != fault.Forbidden {
			return nil, err
		}
		href := deedPath(id)
		if key == "task.meeting" {
			href = meetingPath(id)
		}
		shown, err := q.named(d)
		if err != nil {
			return nil, err
		}
		facts = append(facts, page.Fact{Name: q.say(key), Text: dotted(q.titleWith(d, shown.kind, shown.called), q.dated(d.Day)), Href: href})
	}
	return facts, nil
}

// taskForms asks how a task ended, or what of it is otherwise.
func (q *request) taskForms(t office.TaskLine, refused error) ([]page.DeskPart, error) {
	keeps, own := q.may(access.KeepOffice, t.Body), t.Person != 0 && int64(t.Person) == q.actor.Person
	if t.Status != office.Open || !keeps && !own {
		return nil, nil
	}
	wrong, edited := page.ProblemsOf(refused, q.reader), page.Problems(nil)
	given := t.Task
	if q.Method == "POST" && q.URL.Path == taskPath(t.ID) { // what was refused is the form to change it
		wrong, edited = nil, wrong
		given, _ = q.taskGiven(given)
	}
	parts := []page.DeskPart{{Head: q.say("task.finish"), Form: &page.DeskForm{
		Head: page.FormHead{Action: taskPath(t.ID) + "/done"}, Wrong: wrong, Do: q.say("task.finish.do"),
		Fields: []templ.Component{
			page.DateInput(q.reader, wrong.Mark(page.Field{Name: "day", Label: q.say("task.ended"), Value: cmp.Or(q.value("day"), dayTyped(q.today())), Short: true})),
			page.TextInput(q.reader, page.Field{Name: "note", Label: q.say("task.outcome"), Hint: q.say("task.outcome.hint"), Value: q.value("note"), Whole: true}),
		},
	}}}
	if !keeps {
		return parts, nil
	}
	edit, err := q.taskFormWrong(given, taskPath(t.ID), edited)
	if err != nil {
		return nil, err
	}
	edit.Head.Revision, edit.Fold, edit.Do, edit.Quiet = idText(t.Revision), q.say("common.edit"), q.say("common.save"), true
	return append(parts, page.DeskPart{Plain: true, Form: &edit}, page.DeskPart{Plain: true, Form: &page.DeskForm{
		Head: page.FormHead{Action: taskPath(t.ID) + "/drop"}, Fold: q.say("task.drop"), Do: q.say("task.drop.do"), Danger: true,
		Fields: []templ.Component{page.TextInput(q.reader, page.Field{Name: "note", ID: "why", Label: q.say("task.drop.why"), Whole: true})},
	}}), nil
}

// onTask reads the form and the task, and does something with it.
func (q *request) onTask(why, done string, do func(ctx context.Context, tx *store.Tx, t office.Task) error) error {
	if err := q.read(); err != nil {
		return err
	}
	t, err := q.taskAsked()
	if err != nil {
		return err
	}
	err = q.officeWrite(why, func(ctx context.Context, tx *store.Tx) error { return do(ctx, tx, t.Task) })
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.taskPage(t, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(taskPath(t.ID), q.well(done))
}

// reviseTask changes what a task says.
func (s *Server) reviseTask(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	was, err := q.taskAsked()
	if err != nil {
		return err
	}
	given, refused := q.taskGiven(was.Task)
	return q.onTask("task.revise", "common.saved", func(ctx context.Context, tx *store.Tx, _ office.Task) error {
		if refused != nil {
			return refused
		}
		_, err := office.ReviseTask(ctx, tx, q.actor, given, q.id("revision"))
		return err
	})
}

// finishTask says that a task was done.
func (s *Server) finishTask(q *request) error {
	return q.onTask("task.done", "task.finished", func(ctx context.Context, tx *store.Tx, t office.Task) error {
		on, err := q.exactDay("day")
		if err != nil {
			return err
		}
		return office.Finish(ctx, tx, q.actor, t.ID, office.Outcome{Day: on, Deed: deed.ID(q.id("deed")), Note: q.value("note")})
	})
}

// dropTask says that a task will not be done.
func (s *Server) dropTask(q *request) error {
	return q.onTask("task.drop", "common.saved", func(ctx context.Context, tx *store.Tx, t office.Task) error {
		return office.Drop(ctx, tx, q.actor, t.ID, q.value("note"))
	})
}

// takeUpTask opens a task again.
func (s *Server) takeUpTask(q *request) error {
	return q.onTask("task.again", "common.saved", func(ctx context.Context, tx *store.Tx, t office.Task) error {
		return office.TakeUp(ctx, tx, q.actor, t.ID)
	})
}

// tasksSheet gives the tasks as a workbook.
func (s *Server) tasksSheet(q *request) error {
	asked := q.tasksAsked()
	asked.Most = sheetPapersMost
	found, err := q.view().Tasks(q.Context(), asked)
	if err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("desk.todo")}
	for _, key := range []string{"task.text", "task.who", "task.due", "common.status", "task.ended", "task.outcome", "desk.body"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, one := range found {
			if !yield(q.taskCells(one, names)) {
				return
			}
		}
	}
	return q.sendSheet(q.say("desk.todo"), t)
}

func (q *request) taskCells(t office.TaskLine, names map[body.ID]string) []sheet.Value {
	day := func(d calendar.Day) sheet.Value {
		if d == 0 {
			return sheet.Value{}
		}
		return sheet.On(calendar.OnDay(d))
	}
	return []sheet.Value{sheet.Words(t.Text), sheet.Words(t.Who), day(t.Due), sheet.Words(q.say("task.status." + string(t.Status))), day(t.Ended), sheet.Words(t.Note), sheet.Words(names[t.Body])}
}
