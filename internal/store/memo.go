package store

import (
	"context"
	"errors"
	"maps"
	"sync"

	"kith.app/internal/deed"
	"kith.app/internal/person"
)

// memo keeps what was derived from many rows (a census, how everybody stands with
// the dues) until the book is written to again, by this program or another: then the
// last link of its history is another one. An answer that says which records leave
// it as it is outlives the writes that changed nothing else. What it gives is shared
// and not to be changed in place; rights are asked for before it is looked at. What a
// transaction reads is its own until it is committed, and is not remembered.
type memo struct {
	mu   sync.Mutex
	made map[any]recalled

	enrolments rowsKept[*enrolment]
	drawings   rowsKept[*person.Drawn]
	compared   *person.Resemblance           // of all drawings
	deeds      map[string]*rowsKept[deed.ID] // counted by a question
}

// recalled is an answer made of rows no older than a link.
type recalled struct {
	link   int64
	answer any
}

// memosMost bounds how many answers are kept.
const memosMost = 24

// Records of which neither the roll, nor what is owed for being on it, nor the units
// of a contest, nor how many deeds there are tell anything, by the subject under which history has them. A subject
// that is not named is taken to matter.
const (
	besideDues  = `'deed', 'activity', 'visit', 'protocol_gift', 'travel_paper', 'paper', 'task', 'meeting', 'attachment', 'duty', 'promise'`
	besideRoll  = besideDues + `, 'entry', 'loan', 'bank_line', 'stock_move', 'cash_count'`
	besideUnits = besideRoll + `, 'score', 'sheet', 'person', 'membership'`
	besideDeeds = `'person', 'membership', 'entry', 'loan', 'bank_line', 'stock_move', 'cash_count', 'paper', 'task', 'meeting', 'attachment'`
)

// recall gives what was made under a key since the book was last written to, or makes
// it. beside lists the subjects of records that leave the answer as it is; none when
// empty.
func recall[T any](ctx context.Context, v *View, key any, beside string, make func() (T, error)) (T, error) {
	if v.r.gathered != nil {
		return make()
	}
	var none T
	link, err := v.r.lastLink(ctx)
	if err != nil {
		return none, err
	}
	m := &v.r.book.memo
	kept, ok := m.find(key)
	if ok && kept.link < link && beside != "" {
		still, err := v.r.onlyBeside(ctx, kept.link, beside)
		if err != nil {
			return none, err
		}
		if still {
			kept.link = link
			m.keep(key, kept)
		}
	}
	if ok && kept.link == link {
		return kept.answer.(T), nil
	}
	// The tree is that of the last link this program took notice of; rows may be newer.
	known := v.r.book.state.Load().link
	made, err := make()
	if err == nil && known == link {
		m.keep(key, recalled{link, made})
	}
	return made, err
}

// onlyBeside tells whether nothing but records of some subjects changed after a link.
func (r reader) onlyBeside(ctx context.Context, link int64, beside string) (bool, error) {
	var n int64
	err := r.one(ctx, `SELECT link FROM change WHERE link > $1 AND subject NOT IN (`+beside+`) LIMIT 1`, []any{link}, &n)
	if errors.Is(err, errNone) {
		return true, nil
	}
	return false, err
}

// find looks an answer up.
func (m *memo) find(key any) (recalled, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept, ok := m.made[key]
	return kept, ok
}

// keep remembers an answer; when there are too many, those that are older go.
func (m *memo) keep(key any, made recalled) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.made == nil {
		m.made = map[any]recalled{}
	}
	if len(m.made) >= memosMost {
		maps.DeleteFunc(m.made, func(_ any, old recalled) bool { return old.link < made.link })
	}
	if len(m.made) >= memosMost {
		clear(m.made)
	}
	m.made[key] = made
}
