package store

import (
	"context"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
)

// Tx is one transaction: one instant, one actor, one reason. It reads the
// whole book, for the verbs ask for rights themselves; pages read through a
// View.
type Tx struct {
	reader
	book    *Book
	how     Writing
	now     time.Time
	state   *state
	touched bool // it changed rows that are kept in memory
	deltas  tallies
	changes []change
	leads   []change            // the first change of each subject
	alone   bool                // nobody shares its commit: what is long may be written before its end
	closing *closing            // the link under which changes were written already; only when alone
	unsaid  error               // why changes could not be written
	drawn   map[numberKey]int64 // numbers given out by this transaction
	placed  []body.Edge         // written, not yet in the tree of the state
	removed []body.ID           // taken out, still in the tree of the state

	replaced map[body.ID][]body.Edge // the same: all that bodies ever stood under
	learned  []body.Known            // written, not yet in the lineage of the state
	events   []body.Event            // the same
	born     map[body.ID]bool        // entered by this transaction
	grafts   map[body.ID]bool        // bodies that came to stand elsewhere
	planted  *body.Tree              // the tree before they did
	bodies   map[body.ID]body.Body   // read during an import, which asks for the same ones thousands of times
}

func newTx(b *Book, how Writing, s *state) *Tx {
	tx := &Tx{book: b, how: how, now: b.Now(), state: s, deltas: b.spare, born: map[body.ID]bool{}}
	b.spare = tallies{}
	tx.reader = reader{runner: b.w, book: b, tx: tx}
	return tx
}

// NewID makes an id that no other record has, in this book or another.
func (tx *Tx) NewID() int64 { return tx.book.ids.next(tx.now) }

// Now is the transaction's one instant.
func (tx *Tx) Now() time.Time { return tx.now }

// NowMilli is the instant in Unix milliseconds.
func (tx *Tx) NowMilli() int64 { return tx.now.UnixMilli() }

// Today is the day of the instant, where the association lives.
func (tx *Tx) Today() calendar.Day { return calendar.FromTime(tx.now) }

// DayOf is the day of an instant in Unix milliseconds, where the association
// lives.
func (tx *Tx) DayOf(milli int64) calendar.Day { return tx.book.dayOf(milli) }

func (b *Book) dayOf(milli int64) calendar.Day {
	return calendar.FromTime(time.UnixMilli(milli).In(b.opts.Zone))
}

// Actor is on whose behalf the transaction runs.
func (tx *Tx) Actor() access.Actor { return tx.how.By }

// Job is the import the transaction belongs to, or 0.
func (tx *Tx) Job() int64 { return tx.how.Job }

// Tree holds what every body stands and stood under, as this transaction sees it.
func (tx *Tx) Tree() *body.Tree { return tx.settled().tree }

// settled gives the state with everything that was written of trees and lineage
// in it. Edges are gathered first, for an import writes thousands of them.
func (tx *Tx) settled() *state {
	edges, gone, replaced := tx.placed, tx.removed, tx.replaced
	events, learned := tx.events, tx.learned
	if len(edges) == 0 && len(gone) == 0 && len(replaced) == 0 && len(events) == 0 && len(learned) == 0 {
		return tx.state
	}
	tx.placed, tx.removed, tx.replaced, tx.events, tx.learned = nil, nil, nil, nil, nil
	fresh := *tx.state
	fresh.others = &others{}
	before := fresh.tree
	if len(edges) > 0 {
		fresh.tree = fresh.tree.With(edges)
	}
	if len(replaced) > 0 {
		fresh.tree = fresh.tree.Replaced(replaced)
	}
	if len(gone) > 0 {
		fresh.tree = fresh.tree.Without(gone)
	}
	if len(events) > 0 || len(learned) > 0 {
		fresh.lineage = fresh.lineage.With(events, learned)
	}
	if (moves{edges, replaced, gone, events, learned}).rebound(before, fresh.tree) {
		fresh.localities = land{fresh.tree, fresh.lineage}
	}
	tx.state = &fresh
	return tx.state
}

// RootBody is the body at the top of the book.
func (tx *Tx) RootBody() int64 { return tx.book.root }

// Tally notes changes to figures; they are written before the commit.
func (tx *Tx) Tally(deltas []deed.Delta) { tx.deltas.add(deltas) }

// flush writes this transaction's tallies at once, for work that reads figures
// it has just changed.
func (tx *Tx) flush(ctx context.Context) error {
	fresh := *tx.settled()
	if err := tx.book.keep(ctx, &tx.deltas, &fresh); err != nil {
		return err
	}
	tx.deltas, tx.state = tallies{}, &fresh
	return nil
}

// reader reads subjects without asking who reads; Tx and View build on it.
type reader struct {
	*runner
	book *Book
	tx   *Tx // whose reading it is; nil for a view
}

// tree is the one that goes with the rows read.
func (r reader) tree() *body.Tree {
	if r.tx != nil {
		return r.tx.Tree()
	}
	return r.book.Tree()
}

// lineage is the one that goes with the rows read.
func (r reader) lineage() *body.Lineage {
	if r.tx != nil {
		return r.tx.Lineage()
	}
	return r.book.Lineage()
}
