package body

import (
	"context"
	"slices"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// LineTx is what the verbs of lineage need of a transaction.
type LineTx interface {
	Tx
	NowMilli() int64
	DayOf(milli int64) calendar.Day
	InsertEvent(ctx context.Context, e Event) error
	UndoEvent(ctx context.Context, e Event) error
	Event(ctx context.Context, id int64) (Event, error)
	RemoveBody(ctx context.Context, id ID) error
	BodyUses(ctx context.Context, id ID, but int64) ([]Use, error)
}

// Use says that rows of a table refer to a body.
type Use struct {
	Table string `json:"table"`
	Count int    `json:"count"`
}

// Decision is what every verb of lineage is told: from which day, by which paper,
// on whose word, who records it.
type Decision struct {
	Day    calendar.Day // the first day of the new state
	Paper  Paper
	Note   string
	Source string
	Job    int64
	By     int64 // the person who records it
}

// Successor is an heir: a body of the book or a new one, what share of the giver
// went over to it, and which of the bodies below the giver.
type Successor struct {
	Body     ID
	New      *Body // when it begins by the event
	Share    Share
	Children []ID
}

// Rename names a body anew from a day on; the name before keeps its period, for
// papers print the name valid on their own date. Names in languages that are not given
// stay; a name that begins later in the book begins later still.
func Rename(ctx context.Context, tx LineTx, id ID, names []Name, d Decision) (Event, error) {
	w, err := begin(ctx, tx, Renaming, d)
	if err != nil {
		return Event{}, err
	}
	h, err := w.standing(id, "body")
	if err != nil {
		return Event{}, err
	}
	if len(names) == 0 || names[0].Full == "" {
		return Event{}, fault.Field("name", "body.name.missing")
	}
	for _, n := range names {
		if err := h.rename(n, d.Day); err != nil {
			return Event{}, err
		}
	}
	w.edge(id, id, Share{})
	return w.record()
}

// Merge lets bodies become one: a new one, one of them that goes on, or another
// that takes them in. What stood below them stands below the heir.
func Merge(ctx context.Context, tx LineTx, of []ID, into Successor, d Decision) (Event, error) {
	w, err := begin(ctx, tx, Merging, d)
	if err != nil {
		return Event{}, err
	}
	if err := w.mergeable(of, into.Body); err != nil {
		return Event{}, err
	}
	heir, err := w.heir(into, of)
	if err != nil {
		return Event{}, err
	}
	for _, id := range of {
		w.edge(id, heir.b.ID, Whole())
		if id == heir.b.ID {
			continue
		}
		giver, err := w.ending(id)
		if err != nil {
			return Event{}, err
		}
		if giver.b.Axis() != heir.b.Axis() {
			return Event{}, fault.Field("into", "event.merge.axis")
		}
		if err := w.moveChildren(tx.Tree().ChildrenOn(id, d.Day), heir.b.ID); err != nil {
			return Event{}, err
		}
	}
	if into.Body != 0 && !slices.Contains(of, into.Body) {
		w.edge(heir.b.ID, heir.b.ID, Whole())
	}
	return w.record()
}

// mergeable refuses a merger of a body with itself or with what it stands under.
func (w *work) mergeable(of []ID, into ID) error {
	all := slices.Clone(of)
	if into != 0 && !slices.Contains(all, into) {
		all = append(all, into)
	}
	if len(all) == 1 && into != 0 || len(slices.Compact(slices.Sorted(slices.Values(of)))) < len(of) {
		return fault.Field("with", "event.merge.itself")
	}
	if len(all) < 2 {
		return fault.Field("with", "event.merge.alone")
	}
	for _, a := range all {
		for _, b := range all {
			if a == b || !w.tx.Tree().Under(a, b, w.e.Day-1) {
				continue
			}
			low, err := w.hold(a)
			if err != nil {
				return err
			}
			high, err := w.hold(b)
			if err != nil {
				return err
			}
			return fault.Field("with", "event.merge.ancestor", w.name(low), w.name(high))
		}
	}
	return nil
}

// Split divides a body among heirs; keeps is the share that stays with it when it
// goes on, nil when it ends.
func Split(ctx context.Context, tx LineTx, of ID, among []Successor, keeps *Share, d Decision) (Event, error) {
	w, err := begin(ctx, tx, Splitting, d)
	if err != nil {
		return Event{}, err
	}
	if len(among) == 0 || len(among) == 1 && keeps == nil {
		return Event{}, fault.Field("heir", "event.split.few")
	}
	giver, err := w.standing(of, "body")
	if err != nil {
		return Event{}, err
	}
	if err := w.last(giver); err != nil {
		return Event{}, err
	}
	below := w.tx.Tree().ChildrenOn(of, d.Day)
	for _, s := range among {
		if s.Body == of {
			return Event{}, fault.Field("heir", "event.split.itself")
		}
		heir, err := w.heir(s, []ID{of})
		if err != nil {
			return Event{}, err
		}
		w.edge(of, heir.b.ID, s.Share)
		if s.Body != 0 {
			w.edge(heir.b.ID, heir.b.ID, Whole())
		}
		for _, child := range s.Children {
			if !slices.Contains(below, child) {
				return Event{}, fault.Field("children", "event.split.child")
			}
		}
		if err := w.moveChildren(s.Children, heir.b.ID); err != nil {
			return Event{}, err
		}
	}
	if keeps != nil {
		w.edge(of, of, *keeps)
		return w.record()
	}
	if _, err := w.ending(of); err != nil {
		return Event{}, err
	}
	return w.record()
}

// Move lets a body stand under another from a day on; 0 lets it stand alone.
func Move(ctx context.Context, tx LineTx, id, under ID, d Decision) (Event, error) {
	w, err := begin(ctx, tx, Moving, d)
	if err != nil {
		return Event{}, err
	}
	h, err := w.standing(id, "body")
	if err != nil {
		return Event{}, err
	}
	if under != 0 {
		above, err := w.hold(under)
		if err != nil {
			return Event{}, err
		}
		if above.b.Axis() != h.b.Axis() {
			return Event{}, fault.Field("under", "event.move.axis")
		}
		if !above.b.Life().Contains(d.Day) {
			return Event{}, fault.Field("under", "event.heir.absent", w.name(above), above.b.Life().Date())
		}
	}
	now, _ := parentIn(h.parents, d.Day)
	if now == under {
		return Event{}, fault.Field("under", "event.move.same")
	}
	if err := h.placeUnder(under, d.Day); err != nil {
		return Event{}, err
	}
	w.edge(id, id, Share{})
	return w.record()
}

// Grade is what a body becomes by a change of level: a level, a kind, and the name
// and official code that go with it where they change too.
type Grade struct {
	Level    Level
	Kind     Kind
	Name     Name
	Official string
}

// ChangeLevel lets a body stand on another level, or be of another kind, from a
// day on.
func ChangeLevel(ctx context.Context, tx LineTx, id ID, to Grade, d Decision) (Event, error) {
	w, err := begin(ctx, tx, Levelling, d)
	if err != nil {
		return Event{}, err
	}
	h, err := w.standing(id, "body")
	if err != nil {
		return Event{}, err
	}
	if to.Level != "" && !slices.Contains(Levels(), to.Level) || to.Level == "" && to.Kind == "" {
		return Event{}, fault.Field("level", "event.level.missing")
	}
	if err := h.level(Standing{Level: to.Level, Kind: to.Kind}, d.Day); err != nil {
		return Event{}, err
	}
	if to.Name.Full != "" {
		if err := h.rename(to.Name, d.Day); err != nil {
			return Event{}, err
		}
	}
	if to.Official != "" {
		if err := h.code(OfficialCode{Scheme: Official, Code: to.Official}, d.Day); err != nil {
			return Event{}, err
		}
	}
	w.edge(id, id, Share{})
	return w.record()
}

// End lets a body end without an heir. What stood below it stands under another
// from then on, or alone (0).
func End(ctx context.Context, tx LineTx, id, children ID, d Decision) (Event, error) {
	w, err := begin(ctx, tx, Ending, d)
	if err != nil {
		return Event{}, err
	}
	below := tx.Tree().ChildrenOn(id, d.Day)
	h, err := w.ending(id)
	if err != nil {
		return Event{}, err
	}
	if children != 0 {
		above, err := w.hold(children)
		if err != nil {
			return Event{}, err
		}
		if children == id || above.b.Axis() != h.b.Axis() || !above.b.Life().Contains(d.Day) {
			return Event{}, fault.Field("children", "event.heir.absent", w.name(above), above.b.Life().Date())
		}
	}
	if err := w.moveChildren(below, children); err != nil {
		return Event{}, err
	}
	w.edge(id, 0, Share{})
	return w.record()
}

// Refound founds a body again that had ended: a new body that carries it on. Who
// had taken it in goes on beside, with a share of what it had that nobody knows.
func Refound(ctx context.Context, tx LineTx, former ID, anew Body, d Decision) (Event, error) {
	w, err := begin(ctx, tx, Refounding, d)
	if err != nil {
		return Event{}, err
	}
	was, err := w.hold(former)
	if err != nil {
		return Event{}, err
	}
	if was.b.Ended.IsUnknown() || was.b.Life().To >= d.Day {
		return Event{}, fault.Field("body", "event.refound.stands", w.name(was))
	}
	if anew.Kind == "" {
		anew.Kind = was.b.Kind
	}
	heir, err := w.heir(Successor{New: &anew}, []ID{former})
	if err != nil {
		return Event{}, err
	}
	w.edge(former, heir.b.ID, Whole())
	for _, h := range tx.Lineage().Heirs(tx.Tree(), former, was.b.Life().To, d.Day-1) {
		if h.ID != former && !h.Below {
			w.edge(h.ID, h.ID, Share{})
			w.edge(h.ID, heir.b.ID, Share{})
		}
	}
	return w.record()
}
