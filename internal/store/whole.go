package store

import (
	"context"
	"database/sql"
	"sync"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
)

// others remembers whether organisations stand beside the one at the top of the
// book. It is asked once for each state in which bodies, offices or edges changed.
type others struct {
	once  sync.Once
	found bool
}

// partners are the kinds of body that keep no records of their own until somebody
// holds an office in them: one deals with them.
const partners = `('household', 'locality', 'authority', 'company', 'school', 'other')`

// whole gives the body whose tree is the whole book; 0 when several
// organisations keep one book side by side, so that nobody's rights cover all.
func (b *Book) whole() body.ID {
	o := b.state.Load().others
	o.once.Do(func() {
		var id int64
		err := b.r.each(context.Background(), func(rows *sql.Rows) error { return rows.Scan(&id) }, `
			SELECT id FROM body
			WHERE id <> $1 AND NOT EXISTS (SELECT 1 FROM edge WHERE axis = $2 AND child = body.id)
			  AND (kind NOT IN `+partners+` OR EXISTS (SELECT 1 FROM office WHERE office.body = body.id))
			LIMIT 1`, b.root, string(body.Organisational))
		o.found = err != nil || id != 0
	})
	if o.found {
		return 0
	}
	return b.Root()
}

// SideBySide tells whether several organisations keep the book.
func (b *Book) SideBySide() bool { return b.whole() == 0 }

// standAnew has the book look again whether organisations stand side by side.
func (tx *Tx) standAnew() {
	fresh := *tx.state
	fresh.others = &others{}
	tx.state = &fresh
}

// Organisation gives the organisation a body belongs to: the top of its tree.
func (b *Book) Organisation(of body.ID) body.ID {
	return b.Tree().Top(of, calendar.FromTime(b.Now()))
}

// Root is the organisation for which the actor works: the one chosen, the one of
// the first office held, or the one that opened the book.
func (v *View) Root() body.ID {
	if v.actor.Home != 0 {
		return v.actor.Home
	}
	return v.r.book.Root()
}

// all tells whether a body with what is below it is everything in the book.
func (v *View) all(id body.ID) bool { return id != 0 && id == v.r.book.whole() }

// reach lists where the actor has a right.
func (v *View) reach(right access.Right) access.Reach {
	return v.actor.Reach(right, v.r.book.whole())
}
