package union

import (
	"cmp"
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// KindCongress is the kind of deed that a congress is.
const KindCongress = "congress"

// Term is the time between two congresses of a body, opened by the congress of
// its number. The number counts the body's own congresses: it begins again with
// one for a body that succeeds another, and goes on where only the name changed.
type Term struct {
	ID       int64         `json:"id"`
	Body     body.ID       `json:"body"`
	N        int           `json:"n"` // of the congress
	From     calendar.Date `json:"from"`
	Planned  calendar.Date `json:"planned"` // end, as decided
	Ended    calendar.Date `json:"ended"`   // in fact
	Place    string        `json:"place,omitempty"`
	Note     string        `json:"note,omitempty"`
	Deed     deed.ID       `json:"deed,omitempty"` // the congress that opened it
	Revision int64         `json:"revision"`
}

// Overrun is for how many days a term has lasted longer than planned, by a day.
func (t Term) Overrun(today calendar.Day) int {
	planned, known := t.Planned.Last()
	if !known {
		return 0
	}
	end := today
	if last, ended := t.Ended.Last(); ended {
		end = last
	}
	return max(0, int(end-planned))
}

// Entry implements Kept.
func (t Term) Entry() Entry {
	e := Entry{ID: t.ID, Body: t.Body, Register: Terms, Day: t.From.FirstOr(0), Deed: t.Deed, Words: t.Place + " " + t.Note, Revision: t.Revision}
	if t.Ended.IsUnknown() {
		e.Due = t.Planned.LastOr(0)
	}
	return e
}

// With implements Kept.
func (t Term) With(e Entry) Term {
	t.ID, t.Body, t.Deed, t.Revision = e.ID, e.Body, e.Deed, e.Revision
	return t
}

// Check implements Kept.
func (t Term) Check() error {
	var found []error
	if t.N < 1 || t.N > 500 {
		found = append(found, fault.Field("n", "register.term.n"))
	}
	if t.From.IsUnknown() {
		found = append(found, fault.Field("from", "register.term.from"))
	}
	for _, end := range []struct {
		name string
		date calendar.Date
	}{{"planned", t.Planned}, {"ended", t.Ended}} {
		first, ok1 := t.From.First()
		last, ok2 := end.date.Last()
		if ok1 && ok2 && last < first {
			found = append(found, fault.Field(end.name, "register.term.early"))
		}
	}
	return fault.Gather(found...)
}

// Followed gives the term of the same body that came after another: the congress
// that opened it ended the one before, whether or not anybody said so.
func Followed(t Term, all []Term) (Term, bool) {
	var next Term
	for _, o := range all {
		if o.Body == t.Body && o.ID != t.ID && o.N > t.N && (next.ID == 0 || o.N < next.N) {
			next = o
		}
	}
	return next, next.ID != 0
}

// TermTx is what congresses need of a transaction.
type TermTx interface {
	RegisterTx
	deed.Tx
	Terms(ctx context.Context, of body.ID) ([]Term, error)
}

// Numbered gives a term the number of its congress among the others of the same
// body: one more than that of the congress before it, the first where none is
// known. A number that was given must lie between its neighbours'.
func Numbered(t Term, others []Term) (Term, error) {
	others = slices.DeleteFunc(slices.Clone(others), func(o Term) bool { return o.ID == t.ID })
	slices.SortStableFunc(others, func(a, b Term) int {
		return cmp.Or(cmp.Compare(a.From.FirstOr(0), b.From.FirstOr(0)), cmp.Compare(a.N, b.N))
	})
	var before, after Term
	for _, o := range others {
		if o.From.FirstOr(0) <= t.From.FirstOr(0) {
			before = o
		} else if after.N == 0 {
			after = o
		}
	}
	if t.N == 0 {
		t.N = before.N + 1
	}
	if t.N <= before.N {
		return t, fault.Field("n", "register.term.order.after", before.N)
	}
	if after.N != 0 && t.N >= after.N {
		return t, fault.Field("n", "register.term.order.before", after.N)
	}
	return t, nil
}

// Convene enters a term with the number of its congress, or changes it. A deed
// that it names must be a meeting of the same body.
func Convene(ctx context.Context, tx TermTx, by access.Actor, t Term, based int64) (Term, error) {
	t, err := numbered(ctx, tx, by, t)
	if err != nil {
		return Term{}, err
	}
	if t.Deed != 0 {
		d, err := tx.Deed(ctx, t.Deed)
		if err != nil {
			return Term{}, err
		}
		k, err := tx.Kind(ctx, d.Kind)
		if err != nil {
			return Term{}, err
		}
		if !k.Meeting || d.Body != t.Body || d.Status == deed.Cancelled {
			return Term{}, fault.Field("deed", "register.term.deed")
		}
	}
	return Enter(ctx, tx, by, t, based)
}

// Hold enters a term together with its congress, as a deed: done, or planned
// when its day is to come.
func Hold(ctx context.Context, tx TermTx, by access.Actor, t Term, based int64) (Term, error) {
	t, err := numbered(ctx, tx, by, t)
	if err != nil {
		return Term{}, err
	}
	d := deed.Deed{Body: t.Body, Kind: KindCongress, Day: t.From, Series: int64(t.N), PlaceNote: t.Place, Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}, Status: deed.Done}
	if first, ok := t.From.First(); ok && first > tx.Today() {
		d.Status = deed.Planned
	}
	if d, err = deed.Post(ctx, tx, by, d); err != nil {
		return Term{}, err
	}
	t.Deed = d.ID
	return Enter(ctx, tx, by, t, based)
}

// numbered asks whether the actor may, and numbers a term among those of its body.
func numbered(ctx context.Context, tx TermTx, by access.Actor, t Term) (Term, error) {
	if t.ID != 0 {
		kept, err := tx.RegisterEntry(ctx, t.ID)
		if err != nil {
			return t, err
		}
		t.Body = kept.Body
	}
	if err := by.May(access.PostDeeds, t.Body); err != nil {
		return t, err
	}
	if t.From.IsUnknown() {
		return t, fault.Field("from", "register.term.from")
	}
	others, err := tx.Terms(ctx, t.Body)
	if err != nil {
		return t, err
	}
	return Numbered(t, others)
}
