// Package deed is the journal: what was done, by whom, for whom, when, and how
// much of what. A deed keeps one id for ever; a correction takes its lines back
// and writes new ones as the next revision. Figures are never typed: they are
// the sums of lines, kept as tallies that change in the same transaction.
package deed

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/tie"
)

// ID identifies a deed for ever.
type ID int64

// Status says how far a deed is.
type Status string

// The statuses of a deed.
const (
	Planned   Status = "planned"
	Done      Status = "done"
	Cancelled Status = "cancelled"
)

// Role says what a party did in a deed.
type Role string

// The roles.
const (
	Receiver    Role = "receiver"
	Giver       Role = "giver"
	Host        Role = "host"
	Guest       Role = "guest"
	Visitor     Role = "visitor"
	Organiser   Role = "organiser"
	Coordinator Role = "coordinator"
	Participant Role = "participant"
	Head        Role = "head"
	Witness     Role = "witness"
)

// Roles lists the roles in the order in which forms offer them.
func Roles() []Role {
	return []Role{Receiver, Giver, Visitor, Organiser, Coordinator, Participant, Host, Guest, Head, Witness}
}

// Party is a body, a person or a described group in a role. At most one of
// Body and Person is set; with neither, Name says who.
type Party struct {
	Role   Role      `json:"role"`
	Body   body.ID   `json:"body,omitempty"`
	Person person.ID `json:"person,omitempty"`
	Name   string    `json:"name,omitempty"`
	Note   string    `json:"note,omitempty"` // class and school, kinship, position
	Detail Detail    `json:"detail,omitzero"`
}

// Detail is what concerns one party alone, such as a pupil's prize.
type Detail struct {
	Kin    string       `json:"kin,omitempty"`    // to the member for whose sake it was done
	Step   int          `json:"step,omitempty"`   // the age celebrated
	Amount money.Amount `json:"amount,omitzero"`  // this party's share of the money
	Goods  string       `json:"goods,omitempty"`  // this party's gift in kind
	Prize  string       `json:"prize,omitempty"`  // for which merit
	School string       `json:"school,omitempty"` // class and school
	Rank   string       `json:"rank,omitempty"`   // position and rank of a delegate
	Came   string       `json:"came,omitempty"`   // to a meeting: yes, no; empty while only invited
}

// Deed is one thing done, or planned.
type Deed struct {
	ID        ID            `json:"id"`
	Body      body.ID       `json:"body"` // its home: figures are counted here
	Kind      string        `json:"kind"`
	Status    Status        `json:"status"`
	Title     string        `json:"title,omitempty"`
	Day       calendar.Date `json:"day"`
	Place     int64         `json:"place,omitempty"`
	PlaceNote string        `json:"placeNote,omitempty"`
	Series    int64         `json:"series,omitempty"` // 12 of "the 12th"
	Brought   bool          `json:"brought,omitempty"`
	Programme int64         `json:"programme,omitempty"`
	Ties      []tie.ID      `json:"ties,omitempty"` // under which it was done
	Parties   []Party       `json:"parties,omitempty"`
	Lines     []Line        `json:"lines,omitempty"`
	Reason    string        `json:"reason,omitempty"` // why the norm was exceeded
	Approver  person.ID     `json:"approver,omitempty"`
	Note      string        `json:"note,omitempty"`
	Source    source.Source `json:"source,omitzero"`
	Entry     int64         `json:"entry,omitempty"` // the fund entry that paid
	Job       int64         `json:"job,omitempty"`   // the import it came with
	Recorded  int64         `json:"recorded"`        // Unix milliseconds
	Recorder  person.ID     `json:"recorder,omitempty"`
	Revision  int64         `json:"revision"`
}

// Check tells what does not make sense in a deed by itself. Only what, who and
// when are asked for, and when may be unknown.
func (d Deed) Check(today calendar.Day) error {
	var found []error
	if d.Kind == "" {
		found = append(found, fault.Field("kind", "deed.kind.missing"))
	}
	if d.Body == 0 {
		found = append(found, fault.Field("body", "deed.body.missing"))
	}
	if first, ok := d.Day.First(); ok && first > today && d.Status == Done {
		found = append(found, fault.Field("day", "deed.day.future"))
	}
	if len([]rune(d.Title)) > 500 {
		found = append(found, fault.Field("title", "deed.title.long"))
	}
	for _, l := range d.Lines {
		found = append(found, l.check())
	}
	for _, p := range d.Parties {
		if p.Body == 0 && p.Person == 0 && p.Name == "" {
			found = append(found, fault.Field("parties", "deed.party.nobody"))
		}
	}
	return fault.Gather(found...)
}

// Tx is what the verbs of this package need of a transaction.
type Tx interface {
	NewID() int64
	Today() calendar.Day
	NowMilli() int64
	DayOf(milli int64) calendar.Day // of an instant, where the association lives
	Tree() *body.Tree
	Deed(ctx context.Context, id ID) (Deed, error)
	Kind(ctx context.Context, code string) (Kind, error)
	InsertDeed(ctx context.Context, d Deed) error
	UpdateDeed(ctx context.Context, d Deed) error
	AppendLines(ctx context.Context, d Deed, lines []Line) error
	Tally(deltas []Delta)
	KnownTie(ctx context.Context, id tie.ID) error
}

// Post enters a deed in the journal. Money that moved has been entered in the
// fund before, and the deed names the entry.
func Post(ctx context.Context, tx Tx, by access.Actor, d Deed) (Deed, error) {
	if err := by.May(access.PostDeeds, d.Body); err != nil {
		return Deed{}, err
	}
	if d.Status == "" {
		d.Status = Done
	}
	if err := d.Check(tx.Today()); err != nil {
		return Deed{}, err
	}
	if _, err := tx.Kind(ctx, d.Kind); err != nil {
		return Deed{}, err
	}
	if err := underTies(ctx, tx, d); err != nil {
		return Deed{}, err
	}
	if d.ID == 0 {
		d.ID = ID(tx.NewID())
	}
	d.Recorded, d.Recorder, d.Revision = tx.NowMilli(), person.ID(by.Person), 1
	number(d, 1)
	if err := tx.InsertDeed(ctx, d); err != nil {
		return Deed{}, err
	}
	return d, write(ctx, tx, d, counted(d))
}

// underTies checks that the ties a deed names are in the book, each once.
func underTies(ctx context.Context, tx Tx, d Deed) error {
	for i, id := range d.Ties {
		if slices.Contains(d.Ties[:i], id) {
			return fault.Field("ties", "deed.tie.twice")
		}
		if err := tx.KnownTie(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// counted gives the lines a deed has in the journal: none until it is done.
func counted(d Deed) []Line {
	if d.Status != Done {
		return nil
	}
	return d.Lines
}

// write appends lines to the journal and moves the tallies with them.
func write(ctx context.Context, tx Tx, d Deed, lines []Line) error {
	if len(lines) == 0 {
		return nil
	}
	if err := tx.AppendLines(ctx, d, lines); err != nil {
		return err
	}
	tx.Tally(Deltas(d.Body, d.Kind, lines, tx.Tree(), tx.DayOf(d.Recorded)))
	return nil
}

// Correct replaces what a deed says: the lines it had are taken back and the
// new ones written under the same id as its next revision. based is the
// revision the actor saw. The money it cost stays as it was entered: see
// CorrectPaid.
func Correct(ctx context.Context, tx Tx, by access.Actor, d Deed, based int64) (Deed, error) {
	before, err := tx.Deed(ctx, d.ID)
	if err != nil {
		return Deed{}, err
	}
	if d.Status == Cancelled && before.Status != Cancelled && before.Entry != 0 {
		return Deed{}, fault.Refuse("deed.cancel.paid") // CancelPaid takes the money back too
	}
	d.Entry = before.Entry
	return replace(ctx, tx, by, before, d, based)
}

// replace writes the next revision of a deed in place of the one before.
func replace(ctx context.Context, tx Tx, by access.Actor, before, d Deed, based int64) (Deed, error) {
	for _, home := range []body.ID{before.Body, d.Body} {
		if err := by.May(access.PostDeeds, home); err != nil {
			return Deed{}, err
		}
	}
	if before.Revision != based {
		return Deed{}, fault.Outdated("common.outdated")
	}
	if err := d.Check(tx.Today()); err != nil {
		return Deed{}, err
	}
	if _, err := tx.Kind(ctx, d.Kind); err != nil {
		return Deed{}, err
	}
	if err := underTies(ctx, tx, d); err != nil {
		return Deed{}, err
	}
	d.Revision, d.Recorded, d.Recorder, d.Job = based+1, before.Recorded, before.Recorder, before.Job
	back := takenBack(counted(before), lastNumber(before.Lines), d.Revision)
	if err := write(ctx, tx, before, back); err != nil {
		return Deed{}, err
	}
	number(d, lastNumber(before.Lines)+int64(len(back))+1)
	if err := tx.UpdateDeed(ctx, d); err != nil {
		return Deed{}, err
	}
	return d, write(ctx, tx, d, counted(d))
}

// Cancel takes a deed back that cost nothing: its lines leave the figures, the
// record stays.
func Cancel(ctx context.Context, tx Tx, by access.Actor, id ID, based int64) (Deed, error) {
	d, err := tx.Deed(ctx, id)
	if err != nil {
		return Deed{}, err
	}
	d.Status = Cancelled
	return Correct(ctx, tx, by, d, based)
}
