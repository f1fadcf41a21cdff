package tie

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/source"
)

// PromiseID identifies a promise for ever.
type PromiseID int64

// PromiseStatus says what became of a promise. Late is computed, never stored.
type PromiseStatus string

// The statuses of a promise.
const (
	PromiseOpen    PromiseStatus = "open"
	PromiseLate    PromiseStatus = "late"
	PromiseKept    PromiseStatus = "kept"
	PromiseDropped PromiseStatus = "dropped"
)

// PromiseStatuses lists the statuses in the order in which lists offer them.
func PromiseStatuses() []PromiseStatus {
	return []PromiseStatus{PromiseOpen, PromiseLate, PromiseKept, PromiseDropped}
}

// Promise is what somebody undertook under a tie: who, what, how much where it
// was stated, by when, and by which deeds it was done.
type Promise struct {
	ID       PromiseID     `json:"id"`
	Tie      ID            `json:"tie"`
	Side     int           `json:"side,omitempty"` // who promised: a side,
	Body     body.ID       `json:"body,omitempty"` // or one body of it,
	Who      string        `json:"who,omitempty"`  // or somebody in words
	Text     string        `json:"text"`
	Amount   money.Amount  `json:"amount,omitzero"`
	Quantity int64         `json:"quantity,omitempty"` // of things, where stated
	Unit     string        `json:"unit,omitempty"`     // what is counted, in words
	Gift     bool          `json:"gift,omitempty"`     // the amount or the things are to be handed over
	Made     calendar.Date `json:"made"`
	Due      calendar.Date `json:"due"`
	Paper    Paper         `json:"paper,omitzero"`
	Source   source.Source `json:"source,omitzero"`
	Status   PromiseStatus `json:"status"` // open, kept, dropped
	Ended    calendar.Date `json:"ended"`
	Deeds    []int64       `json:"deeds,omitempty"` // by which it was done, wholly or in part
	Reason   string        `json:"reason,omitempty"`
	Recorded int64         `json:"recorded"`
	Recorder person.ID     `json:"recorder,omitempty"`
	Revision int64         `json:"revision"`
}

// On tells what had become of a promise by a day.
func (p Promise) On(day calendar.Day) PromiseStatus {
	if p.Status != PromiseOpen && p.Ended.FirstOr(calendar.Earliest) <= day {
		return p.Status
	}
	if last, known := p.Due.Last(); known && last < day {
		return PromiseLate
	}
	return PromiseOpen
}

// Check tells what does not make sense in a promise by itself.
func (p Promise) Check() error {
	var found []error
	if strings.TrimSpace(p.Text) == "" {
		found = append(found, fault.Field("text", "tie.promise.text"))
	}
	if len([]rune(p.Text)) > 2000 {
		found = append(found, fault.Field("text", "tie.promise.long"))
	}
	if p.Side == 0 && p.Body == 0 && p.Who == "" {
		found = append(found, fault.Field("who", "tie.promise.who"))
	}
	if p.Amount.Minor < 0 || p.Quantity < 0 {
		found = append(found, fault.Field("amount", "tie.promise.negative"))
	}
	if p.Gift && p.Amount.Minor <= 0 && p.Quantity <= 0 {
		found = append(found, fault.Field("gift", "tie.promise.gift.amount"))
	}
	made, ok := p.Made.First()
	if due, known := p.Due.Last(); ok && known && due < made {
		found = append(found, fault.Field("due", "tie.promise.early"))
	}
	return fault.Gather(found...)
}

// PromiseTx is what promises need of a transaction.
type PromiseTx interface {
	Tx
	Promise(ctx context.Context, id PromiseID) (Promise, error)
	InsertPromise(ctx context.Context, p Promise) error
	UpdatePromise(ctx context.Context, p Promise) error
	// DeedUnder tells that a deed is in the book, done, and names the tie.
	DeedUnder(ctx context.Context, deed int64, id ID) error
}

// Undertake enters a promise under a tie.
func Undertake(ctx context.Context, tx PromiseTx, by access.Actor, p Promise) (Promise, error) {
	t, err := open(ctx, tx, by, p.Tie)
	if err != nil {
		return Promise{}, err
	}
	if err := promised(t, p); err != nil {
		return Promise{}, err
	}
	p.ID, p.Status, p.Ended, p.Deeds = PromiseID(tx.NewID()), PromiseOpen, calendar.Date{}, nil
	p.Recorded, p.Recorder, p.Revision = tx.NowMilli(), person.ID(by.Person), 1
	return p, tx.InsertPromise(ctx, p)
}

func promised(t Tie, p Promise) error {
	if err := p.Check(); err != nil {
		return err
	}
	if p.Side < 0 || p.Side > t.Sides() || p.Body != 0 && t.SideOf(p.Body) == 0 {
		return fault.Field("who", "tie.promise.stranger")
	}
	return nil
}

// AmendPromise changes what a promise says. based is the revision the actor saw.
func AmendPromise(ctx context.Context, tx PromiseTx, by access.Actor, p Promise, based int64) (Promise, error) {
	before, t, err := onPromise(ctx, tx, by, p.ID)
	if err != nil {
		return Promise{}, err
	}
	if before.Revision != based {
		return Promise{}, fault.Outdated("common.outdated")
	}
	p.Tie, p.Status, p.Ended, p.Deeds, p.Reason = before.Tie, before.Status, before.Ended, before.Deeds, before.Reason
	p.Recorded, p.Recorder, p.Revision = before.Recorded, before.Recorder, based+1
	if err := promised(t, p); err != nil {
		return Promise{}, err
	}
	return p, tx.UpdatePromise(ctx, p)
}

func onPromise(ctx context.Context, tx PromiseTx, by access.Actor, id PromiseID) (Promise, Tie, error) {
	p, err := tx.Promise(ctx, id)
	if err != nil {
		return Promise{}, Tie{}, err
	}
	t, err := open(ctx, tx, by, p.Tie)
	return p, t, err
}

// Fulfilment says when and by which deeds a promise was kept.
type Fulfilment struct {
	Day    calendar.Date // unknown: today
	Deeds  []int64
	Note   string
	Partly bool // the deeds count for it, but more is to come
}

// Keep says that a promise was kept, by which deeds. The deeds must name the
// tie, so that whoever reads the tie finds them.
func Keep(ctx context.Context, tx PromiseTx, by access.Actor, id PromiseID, f Fulfilment) (Promise, error) {
	p, _, err := onPromise(ctx, tx, by, id)
	if err != nil {
		return Promise{}, err
	}
	if p.Status != PromiseOpen {
		return Promise{}, fault.Refuse("tie.promise.ended")
	}
	if f.Day.IsUnknown() {
		f.Day = calendar.OnDay(tx.Today())
	}
	if f.Day.FirstOr(0) > tx.Today() {
		return Promise{}, fault.Field("day", "tie.stage.future")
	}
	for _, d := range f.Deeds {
		if err := tx.DeedUnder(ctx, d, p.Tie); err != nil {
			return Promise{}, err
		}
		if !slices.Contains(p.Deeds, d) {
			p.Deeds = append(slices.Clone(p.Deeds), d)
		}
	}
	if f.Partly && len(f.Deeds) == 0 {
		return Promise{}, fault.Field("deed", "tie.promise.deed")
	}
	if !f.Partly {
		p.Status, p.Ended = PromiseKept, f.Day
	}
	p.Reason = f.Note
	p.Revision++
	return p, tx.UpdatePromise(ctx, p)
}

// DropPromise says that a promise will not be kept, and why.
func DropPromise(ctx context.Context, tx PromiseTx, by access.Actor, id PromiseID, day calendar.Date, why string) (Promise, error) {
	if why = strings.TrimSpace(why); why == "" {
		return Promise{}, fault.Field("reason", "tie.promise.why")
	}
	p, _, err := onPromise(ctx, tx, by, id)
	if err != nil {
		return Promise{}, err
	}
	if p.Status != PromiseOpen {
		return Promise{}, fault.Refuse("tie.promise.ended")
	}
	if day.IsUnknown() {
		day = calendar.OnDay(tx.Today())
	}
	p.Status, p.Ended, p.Reason = PromiseDropped, day, why
	p.Revision++
	return p, tx.UpdatePromise(ctx, p)
}

// TakeUpPromise opens a promise again that was marked as kept or dropped.
func TakeUpPromise(ctx context.Context, tx PromiseTx, by access.Actor, id PromiseID) (Promise, error) {
	p, _, err := onPromise(ctx, tx, by, id)
	if err != nil {
		return Promise{}, err
	}
	p.Status, p.Ended, p.Reason = PromiseOpen, calendar.Date{}, ""
	p.Revision++
	return p, tx.UpdatePromise(ctx, p)
}
