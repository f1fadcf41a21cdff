package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// BenchmarkBulk posts deeds of four lines, five thousand to a transaction, as an
// import does; it tells the time of one line.
func BenchmarkBulk(b *testing.B) {
	book := storetest.Open(b)
	var homes []body.ID
	for i := range 50 {
		homes = append(homes, storetest.Branch(b, book, fmt.Sprintf("Chi hội số %d", i)).ID)
	}
	r := rand.New(rand.NewPCG(1, 2))
	lines := 0
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		err := book.Write(context.Background(), store.Writing{By: storetest.Operator(), Job: 1}, func(ctx context.Context, tx *store.Tx) error {
			for range 5000 {
				lines += 4
				if _, err := deed.Post(ctx, tx, storetest.Operator(), anyDeed(r, homes)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(lines), "ns/line")
}

func anyDeed(r *rand.Rand, homes []body.ID) deed.Deed {
	kinds := []string{"sick-visit", "longevity", "study-award", "hardship", "gift", "condolence"}
	return deed.Deed{
		Body: homes[r.IntN(len(homes))], Kind: kinds[r.IntN(len(kinds))], Title: "Việc đưa vào hàng loạt",
		Day: calendar.OnDay(calendar.DayOf(2023, 1, 1) + calendar.Day(r.IntN(1095))),
		Lines: []deed.Line{
			{Unit: deed.Acts, Quantity: int64(1 + r.IntN(40))},
			{Unit: deed.Persons, Quantity: int64(1 + r.IntN(40))},
			{Unit: deed.Money, Currency: "VND", Quantity: int64(r.IntN(500)) * 100_000},
			{Unit: deed.Things, Quantity: int64(1 + r.IntN(9)), Item: "suất quà"},
		},
	}
}
