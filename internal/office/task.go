package office

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// TaskID identifies a task for ever.
type TaskID int64

// TaskStatus says how far a task is.
type TaskStatus string

// The statuses of a task.
const (
	Open    TaskStatus = "open"
	Done    TaskStatus = "done"
	Dropped TaskStatus = "dropped"
)

// TaskStatuses lists the statuses in the order in which lists offer them.
func TaskStatuses() []TaskStatus { return []TaskStatus{Open, Done, Dropped} }

// Task is something resolved to be done: what, by whom, by when.
type Task struct {
	ID       TaskID       `json:"id"`
	Body     body.ID      `json:"body"`
	Text     string       `json:"text"`
	Person   person.ID    `json:"person,omitempty"` // who is to do it
	Name     string       `json:"name,omitempty"`   // or somebody outside the book: "Chi hội Him Lam"
	Due      calendar.Day `json:"due,omitempty"`    // 0: no day was set
	Meeting  deed.ID      `json:"meeting,omitempty"`
	Paper    PaperID      `json:"paper,omitempty"` // the one that came and asks for it
	Status   TaskStatus   `json:"status"`
	Ended    calendar.Day `json:"ended,omitempty"` // on which it was done or dropped
	Deed     deed.ID      `json:"deed,omitempty"`  // by which it was done
	Note     string       `json:"note,omitempty"`  // outcome, or why it was dropped
	Recorded int64        `json:"recorded"`
	Recorder person.ID    `json:"recorder,omitempty"`
	Revision int64        `json:"revision"`
}

// Late tells whether an open task should have been done before today.
func (t Task) Late(today calendar.Day) bool { return t.Status == Open && t.Due != 0 && t.Due < today }

// Check tells what does not make sense in a task by itself.
func (t Task) Check() error {
	var found []error
	if t.Body == 0 {
		found = append(found, fault.Field("body", "task.body.missing"))
	}
	if strings.TrimSpace(t.Text) == "" {
		found = append(found, fault.Field("text", "task.text.missing"))
	}
	if len([]rune(t.Text)) > 2000 {
		found = append(found, fault.Field("text", "task.text.long"))
	}
	return fault.Gather(found...)
}

// TaskTx is what tasks need of a transaction.
type TaskTx interface {
	NewID() int64
	Today() calendar.Day
	NowMilli() int64
	Task(ctx context.Context, id TaskID) (Task, error)
	Deed(ctx context.Context, id deed.ID) (deed.Deed, error)
	InsertTask(ctx context.Context, t Task) error
	UpdateTask(ctx context.Context, t Task) error
}

// Resolve enters a task: from a meeting, from a paper, or alone.
func Resolve(ctx context.Context, tx TaskTx, by access.Actor, t Task) (Task, error) {
	if t.Meeting != 0 {
		d, err := tx.Deed(ctx, t.Meeting)
		if err != nil {
			return Task{}, err
		}
		t.Body = d.Body
	}
	if err := t.Check(); err != nil {
		return Task{}, err
	}
	if err := may(by, t.Body); err != nil {
		return Task{}, err
	}
	t.ID, t.Status, t.Recorded, t.Recorder, t.Revision = TaskID(tx.NewID()), Open, tx.NowMilli(), person.ID(by.Person), 1
	return t, tx.InsertTask(ctx, t)
}

// ReviseTask changes what a task says. based is the revision the actor saw.
func ReviseTask(ctx context.Context, tx TaskTx, by access.Actor, t Task, based int64) (Task, error) {
	before, err := tx.Task(ctx, t.ID)
	if err != nil {
		return Task{}, err
	}
	if err := may(by, before.Body); err != nil {
		return Task{}, err
	}
	if before.Revision != based {
		return Task{}, fault.Outdated("common.outdated")
	}
	text, who, name, due := t.Text, t.Person, t.Name, t.Due
	t = before
	t.Text, t.Person, t.Name, t.Due, t.Revision = text, who, name, due, based+1
	if err := t.Check(); err != nil {
		return Task{}, err
	}
	return t, tx.UpdateTask(ctx, t)
}

// Outcome is how a task ended.
type Outcome struct {
	Day  calendar.Day // 0: today
	Deed deed.ID      // by which it was done
	Note string
}

// Finish says that a task was done. Who was to do it may say so without any
// office.
func Finish(ctx context.Context, tx TaskTx, by access.Actor, id TaskID, o Outcome) error {
	if o.Deed != 0 {
		if _, err := tx.Deed(ctx, o.Deed); err != nil {
			return err
		}
	}
	return end(ctx, tx, by, id, Done, o)
}

// Drop says that a task will not be done, and why.
func Drop(ctx context.Context, tx TaskTx, by access.Actor, id TaskID, why string) error {
	if why = strings.TrimSpace(why); why == "" {
		return fault.Field("note", "task.why.missing")
	}
	return end(ctx, tx, by, id, Dropped, Outcome{Note: why})
}

func end(ctx context.Context, tx TaskTx, by access.Actor, id TaskID, as TaskStatus, o Outcome) error {
	t, err := tx.Task(ctx, id)
	if err != nil {
		return err
	}
	own := as == Done && by.Person != 0 && t.Person == person.ID(by.Person)
	if err := may(by, t.Body); err != nil && !own {
		return err
	}
	if o.Day == 0 {
		o.Day = tx.Today()
	}
	switch {
	case t.Status != Open:
		return fault.Refuse("task.ended.already")
	case o.Day > tx.Today():
		return fault.Field("day", "task.day.future")
	}
	t.Status, t.Ended, t.Deed, t.Note = as, o.Day, o.Deed, o.Note
	t.Revision++
	return tx.UpdateTask(ctx, t)
}

// TakeUp opens a task again that was ended.
func TakeUp(ctx context.Context, tx TaskTx, by access.Actor, id TaskID) error {
	t, err := tx.Task(ctx, id)
	if err != nil {
		return err
	}
	if err := may(by, t.Body); err != nil {
		return err
	}
	t.Status, t.Ended, t.Deed, t.Note = Open, 0, 0, ""
	t.Revision++
	return tx.UpdateTask(ctx, t)
}
