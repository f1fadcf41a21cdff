package intake

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/person"
	"kith.app/internal/programme"
	"kith.app/internal/tie"
)

// Record names one record of the book as the history does.
type Record struct {
	Subject string
	Ref     int64
}

// Touched is a record that an import wrote: what it was before, empty for one it
// created, and after.
type Touched struct {
	Record
	Before json.RawMessage
	After  json.RawMessage
}

// Kept is a record that taking an import back leaves as it is.
type Kept struct {
	Record
	Name string
	Why  string // key of the sentence that says why
}

// Undone is what taking an import back did.
type Undone struct {
	Job      Job
	Removed  int // records it had created, gone
	Restored int // records it had changed, as they were before
	Reversed int // deeds cancelled and entries reversed
	Kept     []Kept
}

// UndoTx is what taking back needs of a transaction.
type UndoTx interface {
	Tx
	programme.Tx
	Import(ctx context.Context, id int64) (Job, error)
	MarkUndone(ctx context.Context, j Job) error
	Touched(ctx context.Context, job int64) ([]Touched, error)
	// Changes lists every change of records of a subject that an import wrote, in their order.
	Changes(ctx context.Context, job int64, subject string) ([]Touched, error)
	InUse(ctx context.Context, subject string) (map[int64]bool, error)
	RemoveTie(ctx context.Context, id tie.ID) error
	RemovePerson(ctx context.Context, id person.ID) error
	RemoveMembership(ctx context.Context, id int64) error
	RemoveBody(ctx context.Context, id body.ID) error
}

// Undo takes a whole import back: what it created goes, what it changed becomes
// as it was. A record that was changed since, or that something else has come to
// rest on, is kept and listed. Money goes back by reversal, which why is told.
// The history keeps everything.
func Undo(ctx context.Context, tx UndoTx, by access.Actor, id int64, why string) (Undone, error) {
	j, err := tx.Import(ctx, id)
	if err != nil {
		return Undone{}, err
	}
	if err := by.May(j.Subject.Right(), j.Body); err != nil {
		return Undone{}, err
	}
	if j.Undone != 0 {
		return Undone{}, fault.Refuse("intake.job.undone")
	}
	touched, err := tx.Touched(ctx, id)
	if err != nil {
		return Undone{}, err
	}
	u := &undoing{tx: tx, by: by, why: why}
	// What rests on others goes first: memberships before people, people before
	// the branches and households they are in.
	for _, subject := range []string{"entry", "deed", "tie", "membership", "person", "body"} {
		if err := u.all(ctx, of(subject, touched)); err != nil {
			return Undone{}, err
		}
	}
	if err := u.targets(ctx, id); err != nil {
		return Undone{}, err
	}
	j.Undone = tx.NowMilli()
	u.done.Job = j
	return u.done, tx.MarkUndone(ctx, j)
}

// Right is the right that an import of the subject, and taking it back, needs.
func (s Subject) Right() access.Right {
	switch s {
	case Deeds, Targets:
		return access.PostDeeds
	case Replies:
		return access.FileReports
	case Entries:
		return access.KeepFund
	case Ties:
		return access.KeepOffice
	case Bodies:
		return access.ManageBody
	case People, Households:
	}
	return access.KeepRoll
}

// undoing is an import being taken back.
type undoing struct {
	tx   UndoTx
	by   access.Actor
	why  string
	used map[int64]bool // records of the subject at hand that something points to
	done Undone
}

// of gives the records of a subject, the last written first.
func of(subject string, touched []Touched) []Touched {
	var all []Touched
	for _, t := range slices.Backward(touched) {
		if t.Subject == subject {
			all = append(all, t)
		}
	}
	return all
}

// errUsed says that something rests on a record.
var errUsed = errors.New("in use")

// all takes back the records of one subject, again as long as one of them set
// others free: a household before the branch it stood in.
func (u *undoing) all(ctx context.Context, pending []Touched) error {
	for len(pending) > 0 {
		var err error
		if u.used, err = u.tx.InUse(ctx, pending[0].Subject); err != nil {
			return err
		}
		var left []Touched
		for _, t := range pending {
			err := u.takeBack(ctx, t)
			switch {
			case errors.Is(err, errUsed):
				left = append(left, t)
			case err != nil:
				return fmt.Errorf("take back %s %d: %w", t.Subject, t.Ref, err)
			}
		}
		if len(left) == len(pending) {
			for _, t := range left {
				u.keep(t, nameIn(t.After), "intake.kept.used")
			}
			return nil
		}
		pending = left
	}
	return nil
}

// nameIn reads what a record is called from the history.
func nameIn(after json.RawMessage) string {
	var r struct {
		Name, Number, Title string
		Names               []struct{ Full string }
	}
	if json.Unmarshal(after, &r) != nil {
		return ""
	}
	if len(r.Names) > 0 {
		return r.Names[0].Full
	}
	return cmp.Or(r.Name, r.Title, r.Number)
}

func (u *undoing) takeBack(ctx context.Context, t Touched) error {
	switch t.Subject {
	case "entry":
		return u.entry(ctx, t)
	case "deed":
		return u.deed(ctx, t)
	case "tie":
		return u.tie(ctx, t)
	case "person":
		return u.person(ctx, t)
	case "membership":
		return u.membership(ctx, t)
	case "body":
		return u.body(ctx, t)
	}
	return nil
}

func (u *undoing) keep(t Touched, name, why string) {
	u.done.Kept = append(u.done.Kept, Kept{Record: t.Record, Name: name, Why: why})
}

// gone notes a record that the import created and that was merged or taken back
// since.
func gone(err error) bool { return fault.KindOf(err) == fault.NotFound }

func (u *undoing) person(ctx context.Context, t Touched) error {
	now, err := u.tx.Person(ctx, person.ID(t.Ref))
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if same, err := unchanged(t.After, now, func(p *person.Person) { p.Revision = 0 }); err != nil || !same {
		u.keep(t, now.Name, "intake.kept.edited")
		return err
	}
	if len(t.Before) > 0 {
		return u.restorePerson(ctx, t, now)
	}
	if u.used[t.Ref] {
		return errUsed
	}
	u.done.Removed++
	return u.tx.RemovePerson(ctx, now.ID)
}

// tie takes a tie back that the import entered, or gives it back what it said
// before.
func (u *undoing) tie(ctx context.Context, t Touched) error {
	now, err := u.tx.Tie(ctx, tie.ID(t.Ref))
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	var after tie.Tie
	if err := json.Unmarshal(t.After, &after); err != nil {
		return err
	}
	if now.Revision != after.Revision {
		u.keep(t, now.Code, "intake.kept.edited")
		return nil
	}
	if len(t.Before) > 0 {
		var before tie.Tie
		if err := json.Unmarshal(t.Before, &before); err != nil {
			return err
		}
		before.Revision = now.Revision + 1
		u.done.Restored++
		return u.tx.UpdateTie(ctx, before)
	}
	if u.used[t.Ref] {
		return errUsed
	}
	u.done.Removed++
	return u.tx.RemoveTie(ctx, now.ID)
}

func (u *undoing) restorePerson(ctx context.Context, t Touched, now person.Person) error {
	var before person.Person
	if err := json.Unmarshal(t.Before, &before); err != nil {
		return err
	}
	before.Revision = now.Revision + 1
	u.done.Restored++
	return u.tx.UpdatePerson(ctx, before)
}

// deed cancels a deed the import posted, or gives it back what it said before.
func (u *undoing) deed(ctx context.Context, t Touched) error {
	now, err := u.tx.Deed(ctx, deed.ID(t.Ref))
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	var after deed.Deed
	if err := json.Unmarshal(t.After, &after); err != nil {
		return err
	}
	if now.Revision != after.Revision {
		u.keep(t, now.Title, "intake.kept.edited")
		return nil
	}
	c := deed.Correction{Based: now.Revision, Reason: u.why}
	if len(t.Before) == 0 {
		u.done.Reversed++
		_, err := deed.CancelPaid(ctx, u.tx, u.by, now.ID, c)
		return err
	}
	var before deed.Deed
	if err := json.Unmarshal(t.Before, &before); err != nil {
		return err
	}
	u.done.Restored++
	spent := fund.Draft{}
	if before.Entry != 0 {
		spent, _ = moneyOf(before)
	}
	_, err = deed.CorrectPaid(ctx, u.tx, u.by, before, spent, c)
	return err
}

// entry reverses an entry the import made, and enters anew one it had reversed.
// What a deed cost goes with the deed.
func (u *undoing) entry(ctx context.Context, t Touched) error {
	now, err := u.tx.Entry(ctx, fund.EntryID(t.Ref))
	if err != nil {
		return err
	}
	var after fund.Entry
	if err := json.Unmarshal(t.After, &after); err != nil {
		return err
	}
	switch {
	case now.Deed != 0 || now.Reverses != 0:
		return nil
	case now.Revision != after.Revision:
		u.keep(t, now.Label(), "intake.kept.edited")
		return nil
	case len(t.Before) == 0:
		u.done.Reversed++
		_, err = fund.Reverse(ctx, u.tx, u.by, now.ID, u.why)
		return err
	case now.Reversed == 0:
		u.keep(t, now.Label(), "intake.kept.voucher")
		return nil
	}
	u.done.Restored++
	again := fund.Draft{Body: now.Body, Kind: now.Kind, Day: now.About(), Slip: now.Slip, Rate: now.Rate, Postings: now.Postings}
	again.Approver, again.Second = 0, 0
	again.Refers = calendar.Date{}
	_, err = fund.Enter(ctx, u.tx, u.by, again)
	return err
}

func (u *undoing) membership(ctx context.Context, t Touched) error {
	now, err := u.tx.Membership(ctx, t.Ref)
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if same, err := unchanged(t.After, now, func(m *person.Membership) { m.Revision = 0 }); err != nil || !same {
		u.keep(t, now.Number, "intake.kept.edited")
		return err
	}
	if len(t.Before) > 0 {
		var before person.Membership
		if err := json.Unmarshal(t.Before, &before); err != nil {
			return err
		}
		before.Revision = now.Revision + 1
		u.done.Restored++
		return u.tx.UpdateMembership(ctx, before)
	}
	if u.used[t.Ref] {
		return errUsed
	}
	u.done.Removed++
	return u.tx.RemoveMembership(ctx, now.ID)
}

func (u *undoing) body(ctx context.Context, t Touched) error {
	now, err := u.tx.Body(ctx, body.ID(t.Ref))
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	name := now.NameOn("vi", calendar.Latest)
	if same, err := unchanged(t.After, now, func(b *body.Body) { b.Revision, b.Parent = 0, 0 }); err != nil || !same {
		u.keep(t, name, "intake.kept.edited")
		return err
	}
	if len(t.Before) > 0 {
		var before body.Body
		if err := json.Unmarshal(t.Before, &before); err != nil {
			return err
		}
		before.Revision = now.Revision + 1
		u.done.Restored++
		return u.tx.UpdateBody(ctx, before)
	}
	if u.used[t.Ref] {
		return errUsed
	}
	u.done.Removed++
	return u.tx.RemoveBody(ctx, now.ID)
}

// unchanged tells whether a record says what the import left it saying.
func unchanged[T any](after json.RawMessage, now T, forget func(*T)) (bool, error) {
	var then T
	if err := json.Unmarshal(after, &then); err != nil {
		return false, err
	}
	forget(&then)
	forget(&now)
	a, err := json.Marshal(then)
	if err != nil {
		return false, err
	}
	b, err := json.Marshal(now)
	return bytes.Equal(a, b), err
}
