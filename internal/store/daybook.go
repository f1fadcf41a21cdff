package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"kith.app/internal/fault"
)

// daybook keeps what callers were told is written until it stands in the tables, as
// bookkeepers enter first into one book, in the order of time, and transcribe it into
// the others when there is a moment. One short record and one call for durability
// confirm a group of works; its rows go into the tables together with those of the
// groups after it, which costs a fraction.
//
// From the first record until all are transcribed the engine's transaction is open, so
// that no other program writes. Who reads has everything transcribed first. What a
// killed program left is transcribed when the book is opened next: a record says after
// which link of the history it comes, so that it goes into the tables once, and into
// those of no other book.
type daybook struct {
	path string

	// engine is held by whoever uses the writer's connection; it is taken before mu.
	engine sync.Mutex

	mu      sync.Mutex // guards what follows
	begun   bool       // the engine's transaction is open
	file    *recordFile
	lying   []*rows // whose rows are entered and not in the tables yet
	count   int     // such rows
	writing bool    // some of them are being written beside
	used    bool    // there is a file that this program may remove

	pending atomic.Int64 // records that are not durable in the tables yet
}

// daybookName is the daybook's file inside the book's folder.
const daybookName = "kith.daybook"

const (
	lyingSome = 1024  // rows from which on they are written beside
	lyingMost = 16384 // rows from which on work waits for them

	// roomLeast is how many bytes the disk must have free, and the engine in its file,
	// that something is confirmed before it stands in the tables.
	roomLeast = 64 << 20
)

// errNotEntered says that the daybook cannot take a group; the engine commits it.
var errNotEntered = errors.New("not for the daybook")

func newDaybook(place Place) *daybook {
	return &daybook{path: filepath.Join(place.Dir, daybookName)}
}

// caughtUp has everything that was confirmed transcribed, so that who reads sees it.
func (b *Book) caughtUp(context.Context) error {
	if b.day == nil || b.day.pending.Load() == 0 {
		return nil
	}
	return b.transcribe()
}

// transcribe brings everything that was confirmed into the tables, durably.
func (b *Book) transcribe() error {
	b.day.engine.Lock()
	defer b.day.engine.Unlock()
	b.day.mu.Lock()
	defer b.day.mu.Unlock()
	return b.transcribeAll()
}

// transcribeAll is transcribe for who holds both locks. What fails stays in the file,
// from where it is tried once more, now and whenever the book is used.
func (b *Book) transcribeAll() error {
	d, ctx := b.day, context.Background()
	if d.pending.Load() == 0 {
		return nil
	}
	lying, done := d.take(), false
	if d.begun {
		if b.writeLying(ctx, lying) == nil {
			_, err := b.w.execNow(ctx, "COMMIT")
			done = err == nil
		}
		if !done {
			b.abandon(ctx)
		}
	}
	if !done {
		if err := b.relay(ctx); err != nil {
			if isFull(err) {
				return &fault.Fault{Kind: fault.Busy, Key: "store.behind"}
			}
			return fmt.Errorf("transcribe the daybook: %w", err)
		}
	}
	d.begun = false
	d.shut()
	d.pending.Store(0)
	return nil
}

// shut closes the file, whose records stand in the tables. The next row of records
// opens it by its name: another program may have removed it.
func (d *daybook) shut() {
	d.file.close()
	d.file = nil
}

// abandon takes the engine's transaction back, if one is open. What was entered
// stands in the file.
func (b *Book) abandon(ctx context.Context) {
	if b.day.begun {
		b.day.begun = false
		b.w.execNow(ctx, "ROLLBACK") //nolint:errcheck // the engine may have done so by itself
	}
}

// take gives the rows that are not in the tables yet and forgets them.
func (d *daybook) take() []*rows {
	taken := make([]*rows, len(d.lying))
	for i, t := range d.lying {
		own := *t
		taken[i], t.all = &own, make([][]any, 0, len(own.all))
	}
	d.lying, d.count = d.lying[:0], 0
	return taken
}

// writeLying inserts rows that were entered; the engine's lock is held.
func (b *Book) writeLying(ctx context.Context, taken []*rows) error {
	for _, t := range taken {
		if err := b.w.insertAll(ctx, t, t.ready(t.all)); err != nil {
			return err
		}
	}
	return nil
}

// writeBeside writes the rows entered so far while the next works go on, on another
// processor.
func (b *Book) writeBeside() {
	d, ctx := b.day, context.Background()
	d.engine.Lock()
	defer d.engine.Unlock()
	d.mu.Lock()
	d.writing = false
	if !d.begun {
		d.mu.Unlock()
		return
	}
	taken := d.take()
	d.mu.Unlock()
	if b.writeLying(ctx, taken) == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	b.abandon(ctx)
}

// enter confirms a group of works by the daybook. errNotEntered says that it is to be
// committed by the engine instead. began is the state the works began with.
func (b *Book) enter(ctx context.Context, began *state) error {
	d := b.day
	if d == nil || b.engaged || slices.ContainsFunc(b.w.gathered.tables, func(t *rows) bool { return !t.sure }) {
		return errNotEntered
	}
	d.mu.Lock()
	for !d.begun || d.file == nil || d.count >= lyingMost || d.file.nearlyFull() {
		d.mu.Unlock()
		if err := b.resume(ctx, began); err != nil {
			return err
		}
		d.mu.Lock()
	}
	defer d.mu.Unlock()
	if err := d.file.write(began.link, began.head, b.w.gathered.tables); err != nil {
		return errNotEntered
	}
	b.w.gathered.moveTo(d)
	d.pending.Add(1)
	if d.count >= lyingSome && !d.writing {
		d.writing = true
		go b.writeBeside()
	}
	return nil
}

// beginDay opens the engine's transaction for a group of works, unless it is open for
// those before, and gives what is kept in memory.
func (b *Book) beginDay(ctx context.Context) (*state, error) {
	d := b.day
	d.mu.Lock()
	begun := d.begun
	d.mu.Unlock()
	if begun {
		return b.state.Load(), nil
	}
	d.engine.Lock()
	defer d.engine.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := b.transcribeAll(); err != nil {
		return nil, err
	}
	if err := b.beginEngine(ctx); err != nil {
		return nil, err
	}
	b.engaged = true
	s, err := b.noticed(ctx)
	b.engaged = false
	if err != nil {
		b.abandon(ctx)
	}
	return s, err
}

// resume makes room in the daybook for works that are under way, and opens the engine's
// transaction anew when all was transcribed meanwhile.
func (b *Book) resume(ctx context.Context, began *state) error {
	d := b.day
	d.engine.Lock()
	defer d.engine.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := b.transcribeAll(); err != nil {
		return err
	}
	if !d.begun {
		if err := b.beginAt(ctx, began); err != nil {
			return err
		}
	}
	if d.file != nil {
		return nil
	}
	if !b.roomy(ctx) {
		return errNotEntered
	}
	file, err := openRecords(d.path)
	if err != nil {
		return errNotEntered
	}
	d.file, d.used = file, true
	return nil
}

// roomy tells that what is confirmed will find room in the tables: of the disk, and of
// the engine's own limit.
func (b *Book) roomy(ctx context.Context) bool {
	free, err := freeBytes(b.place.Dir)
	if err != nil || free < roomLeast {
		return false
	}
	var size, pages, most int64
	for query, into := range map[string]*int64{"PRAGMA page_size": &size, "PRAGMA page_count": &pages, "PRAGMA max_page_count": &most} {
		if err := b.w.oneNow(ctx, query, nil, into); err != nil {
			return false
		}
	}
	return most-pages > roomLeast/max(size, 1)
}

// beginAt opens the engine's transaction under works that have begun already. That
// another program wrote in between is found here, before anything is confirmed; both
// locks are held.
func (b *Book) beginAt(ctx context.Context, began *state) error {
	if err := b.beginEngine(ctx); err != nil {
		return err
	}
	last, _, err := b.lastLink(ctx)
	if err == nil && last != began.link {
		err = &fault.Fault{Kind: fault.Busy, Key: "store.overtaken"}
	}
	if err != nil {
		b.abandon(ctx)
	}
	return err
}

// engage gives the writer's connection to the works of a group until their end: they
// read, or change what is no new row. What was confirmed before is transcribed first,
// for it must not be taken back with them.
func (b *Book) engage(ctx context.Context) error {
	if b.engaged || b.day == nil {
		return nil
	}
	d := b.day
	d.engine.Lock()
	b.engaged = true
	d.mu.Lock()
	defer d.mu.Unlock()
	err := b.transcribeAll()
	if err == nil && !d.begun {
		err = b.beginAt(ctx, b.began)
	}
	if err != nil {
		b.w.gathered.broken = err
	}
	return err
}

// ended notes that the engine's transaction of the works that had the connection has
// ended.
func (b *Book) ended() {
	if b.day != nil {
		b.day.mu.Lock()
		b.day.begun = false
		b.day.shut()
		b.day.mu.Unlock()
	}
}

// rest ends the engine's transaction when nothing waits in the daybook.
func (b *Book) rest(ctx context.Context) error {
	b.day.engine.Lock()
	defer b.day.engine.Unlock()
	b.day.mu.Lock()
	defer b.day.mu.Unlock()
	if b.day.pending.Load() == 0 {
		b.abandon(ctx)
		b.day.shut()
	}
	return nil
}

// disengage gives the connection back after the engine's transaction has ended.
func (b *Book) disengage() {
	if b.engaged && b.day != nil {
		b.engaged = false
		b.day.engine.Unlock()
	}
}

// beginEngine opens the engine's transaction so that no other writer is beside it, after
// what another program confirmed before it was killed; both locks are held.
func (b *Book) beginEngine(ctx context.Context) error {
	if _, err := b.w.execNow(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	b.day.begun = true
	left, err := b.leftBehind(ctx)
	if err == nil && !left {
		return nil
	}
	b.abandon(ctx)
	if err == nil {
		err = b.relay(ctx)
	}
	if err != nil {
		return err
	}
	_, err = b.w.execNow(ctx, "BEGIN IMMEDIATE")
	b.day.begun = err == nil
	return err
}

// leftBehind tells that the daybook's file begins with a record that comes next in the
// book: whoever wrote it came no further.
func (b *Book) leftBehind(ctx context.Context) (bool, error) {
	first, found := firstRecord(b.day.path)
	if !found {
		return false, nil
	}
	next, err := b.follows(ctx, []record{first})
	return next == 0, err
}

// moveTo hands the rows that are held back to the daybook.
func (g *gathered) moveTo(d *daybook) {
	for _, t := range g.tables {
		if t.twin == nil {
			t.twin = &rows{table: t.table, columns: t.columns, onClash: t.onClash, order: t.order, join: t.join, width: t.width, texts: map[int]string{}}
		}
		if len(t.twin.all) == 0 {
			d.lying = append(d.lying, t.twin)
		}
		t.twin.all = append(t.twin.all, t.all...)
		d.count += len(t.all)
		clear(t.all)
		t.all, t.settled = t.all[:0], 0
	}
	g.tables, g.held = g.tables[:0], 0
}

// relay writes into the tables what a daybook's file has beyond the last link of the
// history.
func (b *Book) relay(ctx context.Context) error {
	if b.day == nil {
		return nil
	}
	all, err := readRecords(b.day.path)
	if err != nil || len(all) == 0 {
		return err
	}
	b.day.used = true
	var tables int
	if err := b.w.oneNow(ctx, `SELECT COUNT(*) FROM sqlite_master WHERE name = 'link'`, nil, &tables); err != nil || tables == 0 {
		return err
	}
	if next, err := b.follows(ctx, all); err != nil || next < 0 {
		return err
	}
	if _, err := b.w.execNow(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	next, err := b.follows(ctx, all)             // asked again: another program may have been quicker
	for done := -1; err == nil && next > done; { // a record brings the book to its next link
		done = next
		if err = b.writeLying(ctx, all[next].tables); err == nil {
			next, err = b.follows(ctx, all)
		}
	}
	if err == nil {
		_, err = b.w.execNow(ctx, "COMMIT")
	}
	if err != nil {
		b.w.execNow(ctx, "ROLLBACK") //nolint:errcheck // the first error is the one to tell
	}
	return err
}

// follows finds the record that comes next in the book as it is; below nought when
// none does.
func (b *Book) follows(ctx context.Context, all []record) (int, error) {
	last, head, err := b.lastLink(ctx)
	if err != nil {
		return -1, err
	}
	return slices.IndexFunc(all, func(r record) bool { return last > 0 && r.link == last && bytes.Equal(r.head, head) }), nil
}

// tidy removes the file after everything was transcribed, unless another program is
// at work on the book.
func (b *Book) tidy(ctx context.Context) {
	if d := b.day; d != nil && d.used && d.pending.Load() == 0 {
		if _, err := b.w.execNow(ctx, "BEGIN IMMEDIATE"); err == nil {
			os.Remove(d.path)            //nolint:errcheck // it holds nothing any more
			b.w.execNow(ctx, "ROLLBACK") //nolint:errcheck // nothing was written
		}
	}
}
