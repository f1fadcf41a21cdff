package body

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Undo takes an event back: every body is what it was before, those that the event
// made are gone. It is refused when something later depends on the event, or when
// anything in the book refers to what it made; then an event the other way has to
// say what became.
func Undo(ctx context.Context, tx LineTx, id int64, reason string) (Event, error) {
	e, err := tx.Event(ctx, id)
	if err != nil {
		return Event{}, err
	}
	if e.Undone != 0 {
		return Event{}, fault.Refuse("event.undo.already", tx.DayOf(e.Undone))
	}
	if strings.TrimSpace(reason) == "" {
		return Event{}, fault.Field("reason", "event.undo.reason")
	}
	if err := independent(ctx, tx, e); err != nil {
		return Event{}, err
	}
	e.Undone, e.Reason = tx.NowMilli(), reason
	if err := tx.UndoEvent(ctx, e); err != nil {
		return Event{}, err
	}
	for _, m := range e.Marks {
		if !m.Made {
			if err := putBack(ctx, tx, m); err != nil {
				return Event{}, err
			}
		}
	}
	for _, m := range e.Marks {
		if m.Made {
			if err := unmake(ctx, tx, m, e); err != nil {
				return Event{}, err
			}
		}
	}
	return e, nil
}

// independent refuses while something later in the book builds on the event. What
// a later renaming or moving changed is told apart when a body is put back.
func independent(ctx context.Context, tx LineTx, e Event) error {
	made := map[ID]bool{}
	concerned := e.Bodies()
	for _, m := range e.Marks {
		made[m.Body] = m.Made
		if !slices.Contains(concerned, m.Body) {
			concerned = append(concerned, m.Body)
		}
	}
	for _, id := range concerned {
		for _, later := range tx.Lineage().Events(id) {
			// What was recorded before it cannot build on it, whenever it was true.
			if later.ID <= e.ID || later.Day < e.Day || !made[id] && !later.Kind.divides() {
				continue
			}
			b, err := tx.Body(ctx, id)
			if err != nil {
				return err
			}
			return fault.Refuse("event.undo.later", b.Saying(later.Day-1), later.Day)
		}
	}
	return nil
}

// putBack makes a body what it was before an event, in what the event changed.
func putBack(ctx context.Context, tx LineTx, m Mark) error {
	b, err := tx.Body(ctx, m.Body)
	if err != nil {
		return err
	}
	now := &held{b: b, parents: tx.Tree().Parents(m.Body)}
	is, was, left := now.state(), m.Before, m.After
	back := is
	same := true
	same = restore(&back.Kind, was.Kind, left.Kind, func(a, b Kind) bool { return a == b }) && same
	same = restore(&back.Names, was.Names, left.Names, slices.Equal[[]Name]) && same
	same = restore(&back.Founded, was.Founded, left.Founded, sameDate) && same
	same = restore(&back.Ended, was.Ended, left.Ended, sameDate) && same
	same = restore(&back.Levels, was.Levels, left.Levels, slices.Equal[[]Standing]) && same
	same = restore(&back.Codes, was.Codes, left.Codes, slices.Equal[[]OfficialCode]) && same
	same = restore(&back.Parents, was.Parents, left.Parents, slices.Equal[[]Edge]) && same
	if !same {
		return fault.Refuse("event.undo.changed", b.Saying(tx.Today()))
	}
	if err := tx.SetParents(ctx, m.Body, back.Parents); err != nil {
		return err
	}
	back.Parents = is.Parents
	if back.equal(is) {
		return nil
	}
	b.Kind, b.Names, b.Founded, b.Ended, b.Levels, b.Codes = back.Kind, back.Names, back.Founded, back.Ended, back.Levels, back.Codes
	b.Revision++
	return tx.UpdateBody(ctx, b)
}

func sameDate(a, b calendar.Date) bool { return a == b }

// restore puts back what an event changed; false when somebody changed it since.
func restore[T any](is *T, was, left T, equal func(a, b T) bool) bool {
	if equal(was, left) {
		return true
	}
	if !equal(*is, left) {
		return false
	}
	*is = was
	return true
}

// unmake takes out a body that an event made, unless anything refers to it.
func unmake(ctx context.Context, tx LineTx, m Mark, e Event) error {
	b, err := tx.Body(ctx, m.Body)
	if err != nil {
		return err
	}
	uses, err := tx.BodyUses(ctx, m.Body, e.ID)
	if err != nil {
		return err
	}
	if len(uses) > 0 {
		total := 0
		for _, u := range uses {
			total += u.Count
		}
		return fault.Refuse("event.undo.used."+string(e.Kind), b.Saying(tx.Today()), total)
	}
	return tx.RemoveBody(ctx, m.Body)
}
