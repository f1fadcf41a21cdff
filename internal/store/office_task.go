package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/office"
	"kith.app/internal/person"
	"kith.app/internal/text"
)

const taskColumns = `id, body, text, person, name, due, meeting, paper, status, ended, deed, note, recorded, recorder, revision`

func scanTask(rows *sql.Rows) (office.Task, error) {
	var t office.Task
	err := rows.Scan((*int64)(&t.ID), (*int64)(&t.Body), &t.Text, (*int64)(&t.Person), &t.Name, (*int32)(&t.Due), (*int64)(&t.Meeting), (*int64)(&t.Paper),
		(*string)(&t.Status), (*int32)(&t.Ended), (*int64)(&t.Deed), &t.Note, &t.Recorded, (*int64)(&t.Recorder), &t.Revision)
	return t, err
}

// Task reads one task.
func (r reader) Task(ctx context.Context, id office.TaskID) (office.Task, error) {
	found, err := collect(ctx, r.runner, scanTask, `SELECT `+taskColumns+` FROM task WHERE id = $1`, int64(id))
	if err != nil {
		return office.Task{}, err
	}
	if len(found) == 0 {
		return office.Task{}, fault.Missing("task.missing")
	}
	return found[0], nil
}

func (tx *Tx) taskArgs(t office.Task) ([]any, string) {
	fold := text.Fold(t.Text) + " " + text.Fold(t.Name) + " " + text.Fold(t.Note)
	return []any{
		int64(t.ID), int64(t.Body), t.Text, int64(t.Person), t.Name, int64(t.Due), int64(t.Meeting), int64(t.Paper), string(t.Status), int64(t.Ended),
		int64(t.Deed), t.Note, t.Recorded, int64(t.Recorder), t.Revision, fold, tx.book.root,
	}, fold
}

// InsertTask writes a new task.
func (tx *Tx) InsertTask(ctx context.Context, t office.Task) error {
	args, fold := tx.taskArgs(t)
	_, err := tx.exec(ctx, `INSERT INTO task (`+taskColumns+`, fold, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`, args...)
	if err != nil {
		return err
	}
	tx.note("task", int64(t.ID), t.Body, nil, t)
	return tx.indexNew(ctx, "task", int64(t.ID), fold)
}

// UpdateTask writes what changed of a task.
func (tx *Tx) UpdateTask(ctx context.Context, t office.Task) error {
	before, err := tx.Task(ctx, t.ID)
	if err != nil {
		return err
	}
	args, fold := tx.taskArgs(t)
	was, err := tx.foldKept(ctx, "task", int64(t.ID))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE task SET body = $2, text = $3, person = $4, name = $5, due = $6, meeting = $7, paper = $8, status = $9, ended = $10, deed = $11,
		note = $12, recorded = $13, recorder = $14, revision = $15, fold = $16 WHERE id = $1 AND root = $17`, args...)
	if err != nil {
		return err
	}
	tx.note("task", int64(t.ID), t.Body, before, t)
	return tx.index(ctx, "task", int64(t.ID), was, fold)
}

// Task reads a task the actor may see; everybody sees their own.
func (v *View) Task(ctx context.Context, id office.TaskID) (office.TaskLine, error) {
	found, err := v.tasksWhere(ctx, `t.id = ?`, int64(id))
	if err != nil {
		return office.TaskLine{}, err
	}
	if len(found) > 0 {
		return found[0], nil
	}
	t, err := v.r.Task(ctx, id)
	if err != nil {
		return office.TaskLine{}, err
	}
	return office.TaskLine{}, v.actor.May(access.ReadOffice, t.Body)
}

// TasksAsked narrows a list of tasks; what is zero narrows nothing.
type TasksAsked struct {
	Body    body.ID
	Status  office.TaskStatus
	Late    bool
	Person  person.ID
	Meeting deed.ID
	Typed   string
	Most    int // 200 when nothing was asked
}

// tasksMost bounds one list of tasks.
const tasksMost = 200

// Tasks lists tasks the actor may see: open ones by their day, those without a
// day last; then what was ended, the latest first.
func (v *View) Tasks(ctx context.Context, asked TasksAsked) ([]office.TaskLine, error) {
	f := v.tasksFilter()
	if asked.Body != 0 {
		f.and(`t.body = ?`, int64(asked.Body))
	}
	if asked.Status != "" {
		f.and(`t.status = ?`, string(asked.Status))
	}
	if asked.Late {
		f.and(`t.status = 'open' AND t.due <> 0 AND t.due < ?`, int64(v.Today()))
	}
	if asked.Person != 0 {
		f.and(`t.person = ?`, int64(asked.Person))
	}
	if asked.Meeting != 0 {
		f.and(`t.meeting = ?`, int64(asked.Meeting))
	}
	if found, args := match("task", asked.Typed, "t.id", "t.fold", v.r.book.root, f.args); found != "" {
		f.args = args
		f.and(found)
	}
	return v.tasks(ctx, f, asked.Most)
}

// TasksDue lists open tasks that are to be done until a day, the most urgent
// first, those that are late among them.
func (v *View) TasksDue(ctx context.Context, until calendar.Day) ([]office.TaskLine, error) {
	return v.tasksWhere(ctx, `t.status = 'open' AND t.due <> 0 AND t.due <= ?`, int64(until))
}

func (v *View) tasksWhere(ctx context.Context, condition string, values ...any) ([]office.TaskLine, error) {
	f := v.tasksFilter()
	f.and(condition, values...)
	return v.tasks(ctx, f, 0)
}

// tasksFilter keeps to tasks within the actor's reach and the actor's own.
func (v *View) tasksFilter() *filter {
	f := &filter{}
	f.and(`t.root = ?`, v.r.book.root)
	reach, args := v.within(access.ReadOffice, "t.body", f.args)
	f.args = args
	f.and(`(`+reach+` OR t.person <> 0 AND t.person = ?)`, v.actor.Person)
	return f
}

func (v *View) tasks(ctx context.Context, f *filter, most int) ([]office.TaskLine, error) {
	if most <= 0 {
		most = tasksMost
	}
	end := f.bind(` ORDER BY CASE WHEN t.status = 'open' THEN 0 ELSE 1 END, CASE WHEN t.due = 0 THEN 1 ELSE 0 END,
		CASE WHEN t.status = 'open' THEN t.due ELSE -t.ended END, t.id LIMIT ?`, most)
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (office.TaskLine, error) {
		var l office.TaskLine
		t := &l.Task
		err := rows.Scan((*int64)(&t.ID), (*int64)(&t.Body), &t.Text, (*int64)(&t.Person), &t.Name, (*int32)(&t.Due), (*int64)(&t.Meeting), (*int64)(&t.Paper),
			(*string)(&t.Status), (*int32)(&t.Ended), (*int64)(&t.Deed), &t.Note, &t.Recorded, (*int64)(&t.Recorder), &t.Revision, &l.Who)
		if l.Who == "" {
			l.Who = t.Name
		}
		return l, err
	}, `SELECT t.id, t.body, t.text, t.person, t.name, t.due, t.meeting, t.paper, t.status, t.ended, t.deed, t.note, t.recorded, t.recorder, t.revision,
		  COALESCE(p.name, '')
		FROM task t LEFT JOIN person p ON p.id = t.person AND t.person <> 0 WHERE `+f.where()+end, f.args...)
}
