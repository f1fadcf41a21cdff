package store_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"kith.app/internal/deed"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func full(b *store.Book) deed.Deed {
	d := visit(b.Root(), "2026-11-21", 1)
	d.Lines = append(d.Lines, deed.Line{Unit: deed.Things, Quantity: 2, Item: "hộp sữa"})
	d.Parties = append(d.Parties, deed.Party{Role: deed.Visitor, Name: "Bà Lan"})
	return d
}

func BenchmarkPostAlone(b *testing.B) {
	book := storetest.Open(b)
	for b.Loop() {
		err := book.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Post(ctx, tx, storetest.Operator(), full(book))
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPostFrom64(b *testing.B) {
	book := storetest.Open(b)
	var n atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for range 64 {
		wg.Go(func() {
			for n.Add(1) <= int64(b.N) {
				err := book.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
					_, err := deed.Post(ctx, tx, storetest.Operator(), full(book))
					return err
				})
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}
