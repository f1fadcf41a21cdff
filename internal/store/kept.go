package store

import (
	"context"
	"sync"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
)

// kept holds small rows that every posting asks for and hardly anyone changes:
// kinds of deed, funds, their accounts, norms. It belongs to one state of the book: a
// transaction that changes such a row leaves the next ones an empty kept.
// What it gives is shared and not to be changed in place.
type kept struct {
	mu   sync.Mutex
	rows map[any]any
}

func newKept() *kept { return &kept{rows: map[any]any{}} }

// answer is a row, or that there is none.
type answer[T any] struct {
	row  T
	none error
}

// remember gives the row kept under a key, or reads it. That there is no such row
// is remembered too.
func remember[T any](tx *Tx, key any, read func() (T, error)) (T, error) {
	if tx.touched {
		return read()
	}
	k := tx.state.kept
	k.mu.Lock()
	row, ok := k.rows[key]
	k.mu.Unlock()
	if ok {
		a := row.(answer[T])
		return a.row, a.none
	}
	v, err := read()
	if err == nil || fault.KindOf(err) == fault.NotFound {
		k.mu.Lock()
		k.rows[key] = answer[T]{v, err}
		k.mu.Unlock()
	}
	return v, err
}

// touch says that this transaction changes rows that are kept: it reads the
// table from now on, and who comes after it begins anew.
func (tx *Tx) touch() {
	fresh := *tx.state
	fresh.kept = newKept()
	tx.state, tx.touched = &fresh, true
}

// Kind reads one kind of deed.
func (tx *Tx) Kind(ctx context.Context, code string) (deed.Kind, error) {
	return remember(tx, kindKey(code), func() (deed.Kind, error) { return tx.reader.Kind(ctx, code) })
}

// Fund reads the fund a body keeps.
func (tx *Tx) Fund(ctx context.Context, of body.ID) (fund.Fund, error) {
	return remember(tx, of, func() (fund.Fund, error) { return tx.reader.Fund(ctx, of) })
}

// FundAccount reads one account of a fund.
func (tx *Tx) FundAccount(ctx context.Context, id fund.AccountID) (fund.Account, error) {
	return remember(tx, id, func() (fund.Account, error) { return tx.reader.FundAccount(ctx, id) })
}

// FundAccountFor reads the account that a key names.
func (tx *Tx) FundAccountFor(ctx context.Context, k fund.Key) (fund.Account, error) {
	return remember(tx, k, func() (fund.Account, error) { return tx.reader.FundAccountFor(ctx, k) })
}

// kindKey names a kind of deed.
type kindKey string

// normKey names the norms that one body set for one kind of deed.
type normKey struct {
	of   body.ID
	kind string
}

// Norms lists the norms a body set for a kind of deed.
func (tx *Tx) Norms(ctx context.Context, of body.ID, kind string) ([]fund.Norm, error) {
	return remember(tx, normKey{of, kind}, func() ([]fund.Norm, error) { return tx.reader.Norms(ctx, of, kind) })
}

// NormsFor lists the norms for a kind of deed that bind a body, the nearest
// body's first.
func (tx *Tx) NormsFor(ctx context.Context, of body.ID, kind string, on calendar.Day) ([]fund.Norm, error) {
	return bindingNorms(tx.Tree(), of, on, func(id body.ID) ([]fund.Norm, error) { return tx.Norms(ctx, id, kind) })
}
