package store

import (
	"context"
	"fmt"

	"kith.app/internal/access"
)

// ChangeQuery asks for what was written, the latest first.
type ChangeQuery struct {
	Link, N int64  // before this change; 0 for the latest
	Subject string // of one sort of record, or empty
	Actor   int64  // by one person, or 0
	Most    int
}

// Changes lists what was written to the book, as far as the actor may read its
// history.
func (v *View) Changes(ctx context.Context, q ChangeQuery) ([]Change, error) {
	condition, args := v.within(access.ReadHistory, "body", nil)
	and := func(text string, values ...any) {
		marks := make([]any, len(values))
		for i, value := range values {
			args = append(args, value)
			marks[i] = dollar(len(args))
		}
		condition += " AND " + fmt.Sprintf(text, marks...)
	}
	if q.Link > 0 {
		and(`(link < %s OR link = %s AND n < %s)`, q.Link, q.Link, q.N)
	}
	if q.Subject != "" {
		and(`subject = %s`, q.Subject)
	}
	if q.Actor != 0 {
		and(`actor = %s`, q.Actor)
	}
	args = append(args, q.Most)
	return collect(ctx, v.r.runner, scanChange, `
		SELECT `+changeColumns+` FROM change WHERE `+condition+` ORDER BY link DESC, n DESC LIMIT `+dollar(len(args)), args...)
}

// OfficesOf lists the offices that give the actor what they may do today.
func (v *View) OfficesOf(ctx context.Context) ([]Seer, error) {
	var own []Seer
	if !v.known() {
		return own, nil
	}
	homes := v.actor.Homes()
	for _, home := range homes {
		homes = append(homes, v.Tree().EverBelow(home)...)
	}
	all, err := v.WhoMay(ctx, access.ReadFigures, homes...)
	for _, s := range all {
		if int64(s.Person) == v.actor.Person {
			own = append(own, s)
		}
	}
	return own, err
}
