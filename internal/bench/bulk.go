package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/store"
)

const (
	bulkLines   = 1_000_000
	bulkPerDeed = 4
	bulkHomes   = 200
)

// bareRows is how many rows a second the engine itself takes from a file into one
// table without index; measured on the machine of development.
const bareRows = 500_000

// bulk brings a million lines in through the real verb, with tallies, in one
// transaction: an import stands or falls as a whole.
func bulk(b *bench) error {
	book, _, err := begin(b.ctx, b.place("bulk"))
	if err != nil {
		return err
	}
	defer book.Close()
	homes, err := branches(b.ctx, book, bulkHomes)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(1, 2))
	begun, busy := time.Now(), processor()
	err = book.Write(b.ctx, store.Writing{By: operator, Job: 1}, func(ctx context.Context, tx *store.Tx) error {
		for range bulkLines / bulkPerDeed {
			if _, err := deed.Post(ctx, tx, operator, someDeed(r, homes)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	took := time.Since(begun)
	b.add("1,000,000 lines through the real verb", fmt.Sprintf("%s = %.0fk lines/s, %.1f µs of processor a line", took.Round(time.Millisecond), bulkLines/took.Seconds()/1000, (processor()-busy).Seconds()*1e6/bulkLines), "≤ 20s", took.Seconds()/20)
	b.bare(fmt.Sprintf("rows into a bare table without index by C %dk/s", bareRows/1000), bareRows*took.Seconds()/bulkLines)
	return nil
}

// branches founds many branches under the root.
func branches(ctx context.Context, book *store.Book, n int) ([]body.ID, error) {
	var homes []body.ID
	err := book.Write(ctx, store.Writing{By: operator}, func(ctx context.Context, tx *store.Tx) error {
		for i := range n {
			f, err := body.Found(ctx, tx, body.Body{
				Code: fmt.Sprintf("chi-hoi-%d", i), Kind: body.Branch, Parent: book.Root(),
				Names: []body.Name{{Lang: "vi", Full: fmt.Sprintf("Chi hội số %d", i), Since: calendar.Earliest, Until: calendar.Latest}},
			})
			if err != nil {
				return err
			}
			homes = append(homes, f.ID)
		}
		return nil
	})
	return homes, err
}

var bulkKinds = []string{"sick-visit", "longevity", "study-award", "hardship", "gift", "condolence"}

// someDeed is a deed of four lines on any day of three years.
func someDeed(r *rand.Rand, homes []body.ID) deed.Deed {
	day := calendar.DayOf(2023, 1, 1) + calendar.Day(r.IntN(1095))
	return deed.Deed{
		Body: homes[r.IntN(len(homes))], Kind: bulkKinds[r.IntN(len(bulkKinds))], Day: calendar.OnDay(day), Title: "Việc đưa vào hàng loạt",
		Lines: []deed.Line{
			{Unit: deed.Acts, Quantity: int64(1 + r.IntN(40))},
			{Unit: deed.Persons, Quantity: int64(1 + r.IntN(40))},
			{Unit: deed.Money, Currency: money.VND, Quantity: int64(r.IntN(500)) * 100_000},
			{Unit: deed.Things, Quantity: int64(1 + r.IntN(9)), Item: "suất quà"},
		},
	}
}
