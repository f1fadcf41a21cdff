package store

import (
	"context"
	"errors"

	"kith.app/internal/body"
)

// numberKey names a series of numbers.
type numberKey struct {
	of     body.ID
	series string
	year   int
}

// numbersMost bounds how many series are remembered.
const numbersMost = 10_000

// NextNumber draws the next number of a series in a year, without gaps: when
// the transaction fails, the number was never given.
func (tx *Tx) NextNumber(ctx context.Context, of body.ID, series string, year int) (int64, error) {
	k := numberKey{of, series, year}
	last, err := tx.lastNumber(ctx, k)
	if err != nil {
		return 0, err
	}
	return last + 1, tx.draw(ctx, k, last+1)
}

// RaiseNumber makes a series go on after a number that was given by hand.
func (tx *Tx) RaiseNumber(ctx context.Context, of body.ID, series string, year int, to int64) error {
	k := numberKey{of, series, year}
	last, err := tx.lastNumber(ctx, k)
	if err != nil || last >= to {
		return err
	}
	return tx.draw(ctx, k, to)
}

// lastNumber gives the number a series has come to.
func (tx *Tx) lastNumber(ctx context.Context, k numberKey) (int64, error) {
	if n, ok := tx.drawn[k]; ok {
		return n, nil
	}
	if n, ok := tx.book.numbers[k]; ok {
		return n, nil
	}
	var n int64
	err := tx.one(ctx, `SELECT last FROM number_series WHERE body = $1 AND series = $2 AND year = $3`, []any{int64(k.of), k.series, int64(k.year)}, &n)
	if errors.Is(err, errNone) {
		return 0, nil
	}
	return n, err
}

// draw notes how far a series has come.
func (tx *Tx) draw(ctx context.Context, k numberKey, n int64) error {
	if tx.drawn == nil {
		tx.drawn = map[numberKey]int64{}
		if len(tx.book.numbers) > numbersMost {
			clear(tx.book.numbers)
		}
	}
	tx.drawn[k] = n
	return tx.insert(ctx, &tx.book.tables.number, int64(k.of), int64(k.year), n, k.series)
}
