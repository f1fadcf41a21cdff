package store

import (
	"context"
	"errors"
	"sync"
)

// memo keeps what was derived from many rows (a census, how everybody stands with
// the dues) until the book is written to again, by this program or another: then the
// last link of its history is another one. What it gives is shared and not to be
// changed in place; rights are asked for before it is looked at.
type memo struct {
	mu   sync.Mutex
	link int64
	made map[any]any
}

// memosMost bounds how many answers are kept.
const memosMost = 64

// recall gives what was made under a key since the book was last written to, or makes
// it.
func recall[T any](ctx context.Context, v *View, key any, make func() (T, error)) (T, error) {
	var link int64
	if err := v.r.one(ctx, `SELECT n FROM link ORDER BY n DESC LIMIT 1`, nil, &link); err != nil && !errors.Is(err, errNone) {
		var none T
		return none, err
	}
	m := &v.r.book.memo
	if kept, ok := m.find(link, key); ok {
		return kept.(T), nil
	}
	made, err := make()
	if err == nil {
		m.keep(link, key, made)
	}
	return made, err
}

// find looks an answer up; one of an earlier link is none.
func (m *memo) find(link int64, key any) (any, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.link != link {
		m.link, m.made = link, nil
	}
	kept, ok := m.made[key]
	return kept, ok
}

// keep remembers an answer that was made of rows no older than a link.
func (m *memo) keep(link int64, key, made any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.link != link {
		return
	}
	if m.made == nil || len(m.made) >= memosMost {
		m.made = map[any]any{}
	}
	m.made[key] = made
}
