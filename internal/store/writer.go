package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"time"

	"kith.app/internal/access"
)

// Writing says on whose behalf and why something is written.
type Writing struct {
	By  access.Actor
	Why string // what the history says of it
	Job int64  // the import it belongs to, or 0
	// Figures says that the work reads figures: what others in the same group
	// commit have changed is written before it begins.
	Figures bool
	// Once marks a form, so that the work is done once however often it is sent.
	Once Once
}

// job is one caller's work, waiting for the writer.
type job struct {
	how      Writing
	do       func(ctx context.Context, tx *Tx) error
	rehearse bool
	tx       *Tx
	err      error
	done     chan struct{}
}

// Write runs do in a transaction and returns once it is durably committed, or
// with the reason why nothing was. Many callers' transactions are committed
// together; each stands or falls alone.
func (b *Book) Write(ctx context.Context, how Writing, do func(ctx context.Context, tx *Tx) error) error {
	return b.submit(ctx, &job{how: how, do: do})
}

// Rehearse runs do like Write and takes everything back.
func (b *Book) Rehearse(ctx context.Context, how Writing, do func(ctx context.Context, tx *Tx) error) error {
	return b.submit(ctx, &job{how: how, do: do, rehearse: true})
}

// ErrClosed says that the book has been closed.
var ErrClosed = errors.New("the book is closed")

func (b *Book) submit(ctx context.Context, j *job) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer func() { // a book closed under a caller's feet
		if recover() != nil {
			err = ErrClosed
		}
	}()
	j.done = make(chan struct{})
	b.queue <- j
	<-j.done
	return NoRoom(j.err)
}

// batchMost bounds how many transactions share one commit.
const batchMost = 256

// write is the one writer: it takes whatever waits, runs it in one
// transaction of the engine and answers all when that is durable.
func (b *Book) write() {
	defer close(b.closed)
	// The writer's work must not die with one caller's context.
	ctx := context.Background()
	for j := b.next(); j != nil; j = b.next() {
		batch := b.gather(j)
		b.commit(ctx, batch)
		for _, j := range batch {
			close(j.done)
		}
	}
	if b.failed = b.caughtUp(ctx); b.failed == nil {
		b.tidy(ctx)
	}
}

// idleUsual is how long the writer waits for more work before it transcribes the daybook.
const idleUsual = 2 * time.Millisecond

// next waits for work; nil when the book is being closed.
func (b *Book) next() *job {
	if b.day != nil && b.day.pending.Load() > 0 {
		select {
		case j := <-b.queue:
			return j
		case <-time.After(b.idle):
			b.transcribe() //nolint:errcheck // tried again by who comes next, who is told
		}
	}
	return <-b.queue
}

// gather takes what else is waiting, giving callers that were just answered a
// chance to come back first.
func (b *Book) gather(first *job) []*job {
	batch := []*job{first}
	if b.crowd > 1 {
		runtime.Gosched()
	}
	defer func() { b.crowd = len(batch) }()
	for len(batch) < batchMost {
		select {
		case j, open := <-b.queue:
			if !open {
				return batch
			}
			batch = append(batch, j)
		default:
			return batch
		}
	}
	return batch
}

// commit runs a batch; when the engine's transaction itself fails, every
// caller hears so and nothing of it stays.
func (b *Book) commit(ctx context.Context, batch []*job) {
	defer b.disengage()
	fresh, err := b.try(ctx, batch)
	if err == nil {
		b.state.Store(fresh)
		return
	}
	b.undo(ctx) //nolint:errcheck // the first error is the one to tell
	for _, j := range batch {
		if isFull(j.err) { // the engine gave up the whole batch with the one for whom there was no room
			err = j.err
		}
	}
	for _, j := range batch {
		if j.err == nil {
			j.err = fmt.Errorf("commit: %w", err)
		}
	}
}

func (b *Book) try(ctx context.Context, batch []*job) (*state, error) {
	s, err := b.begin(ctx)
	if err != nil {
		return nil, err
	}
	b.began = s
	var good []*Tx
	for _, j := range batch {
		if j.how.Figures {
			if s, err = b.settle(ctx, good, s); err != nil {
				return nil, err
			}
		}
		if err := b.run(ctx, j, s, len(batch) == 1); err != nil {
			return nil, err
		}
		if j.err == nil && !j.rehearse {
			good = append(good, j.tx)
			s = j.tx.settled()
		}
	}
	if len(good) == 0 {
		return s, b.undo(ctx)
	}
	if s, err = b.finish(ctx, good, s); err != nil {
		return nil, err
	}
	if s.link > b.began.link { // what adds no link to the history could not be told from what was written before
		if err := b.enter(ctx, b.began); !errors.Is(err, errNotEntered) {
			return s, err
		}
	}
	if err := b.engage(ctx); err != nil {
		return nil, err
	}
	if _, err := b.w.exec(ctx, "COMMIT"); err != nil {
		return nil, err
	}
	b.ended()
	b.w.usual(ctx) //nolint:errcheck // only memory
	return s, nil
}

// undo takes back what a group of works did.
func (b *Book) undo(ctx context.Context) error {
	b.w.await() //nolint:errcheck // what failed is taken back here
	b.w.gathered.drop()
	clear(b.numbers)
	if b.day != nil && !b.engaged { // the engine has nothing of it
		return b.rest(ctx)
	}
	_, err := b.w.execNow(ctx, "ROLLBACK")
	b.ended()
	b.w.usual(ctx) //nolint:errcheck // only memory
	return err
}

// begin opens the engine's transaction so that no other writer is beside it, and gives
// what is kept in memory, read afresh when another program has written since.
func (b *Book) begin(ctx context.Context) (*state, error) {
	if b.day != nil {
		return b.beginDay(ctx)
	}
	if _, err := b.w.execNow(ctx, "BEGIN"); err != nil {
		return nil, err
	}
	// The row's lock makes writers of several programs take turns.
	if _, err := b.w.exec(ctx, `UPDATE lease SET expires = expires + 1 WHERE name = $1`, "writer"); err != nil {
		return nil, err
	}
	return b.noticed(ctx)
}

// noticed gives what is kept in memory, read afresh when another program has
// written since.
func (b *Book) noticed(ctx context.Context) (*state, error) {
	kept := b.state.Load()
	last, _, err := b.lastLink(ctx)
	if err != nil {
		return nil, err
	}
	if last == 0 || last == kept.link {
		return kept, nil
	}
	clear(b.numbers)
	return readState(ctx, b.w)
}

// lastLink reads the last link of the history and its head; nought before the first.
func (b *Book) lastLink(ctx context.Context) (n int64, head []byte, err error) {
	err = b.w.oneNow(ctx, `SELECT n, head FROM link ORDER BY n DESC LIMIT 1`, nil, &n, &head)
	if errors.Is(err, errNone) {
		return 0, nil, nil
	}
	return n, head, err
}

// run does one caller's work so that it can be taken back by itself: within a
// savepoint, if it writes anything before the group does; alone, the engine's
// transaction is that savepoint.
func (b *Book) run(ctx context.Context, j *job, s *state, alone bool) error {
	b.w.start(alone)
	j.tx = newTx(b, j.how, s)
	j.tx.alone = alone && !j.rehearse
	j.err = shielded(ctx, j)
	if err := b.w.gathered.broken; err != nil {
		return err
	}
	if j.err != nil || j.rehearse {
		return b.w.forget(ctx)
	}
	maps.Copy(b.numbers, j.tx.drawn)
	return b.w.settle(ctx)
}

// shielded keeps one caller's panic from ending the writer.
func shielded(ctx context.Context, j *job) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic in a transaction: %v\n%s", r, debug.Stack())
		}
	}()
	if err := j.tx.sent(ctx, j.how.By.Account, j.how.Once, j.tx.Today()); err != nil {
		return err
	}
	if err := j.do(ctx, j.tx); err != nil {
		return err
	}
	if err := j.tx.retally(ctx); err != nil {
		return err
	}
	if j.tx.unsaid != nil {
		return j.tx.unsaid
	}
	if j.rehearse {
		// A rehearsal must meet the same limits as the real thing.
		return j.tx.flush(ctx)
	}
	return j.tx.takeOnce(ctx)
}

// finish writes the tallies of the batch in key order and closes it with one
// link of the chain.
func (b *Book) finish(ctx context.Context, txs []*Tx, s *state) (*state, error) {
	if len(txs) == 0 {
		return s, nil
	}
	fresh, err := b.settle(ctx, txs, s)
	if err != nil {
		return nil, err
	}
	changes := 0
	for _, tx := range txs {
		changes += len(tx.changes)
		if tx.closing != nil {
			changes += int(tx.closing.n)
		}
	}
	if changes == 0 {
		return fresh, nil
	}
	return fresh, b.chain(ctx, txs, fresh)
}

// settle writes the tallies that transactions of the batch have pending.
func (b *Book) settle(ctx context.Context, txs []*Tx, s *state) (*state, error) {
	all := tallies{}
	for _, tx := range txs {
		if len(all.rows) == 0 {
			all = tx.deltas
		} else {
			all.merge(tx.deltas)
		}
		tx.deltas = tallies{}
	}
	fresh := *s
	err := b.keep(ctx, &all, &fresh)
	b.spare = all.emptied()
	return &fresh, err
}
