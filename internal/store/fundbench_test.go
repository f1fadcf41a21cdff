package store_test

import (
	"context"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// busyYear is a book with many entries of one year over branches and headings.
func busyYear(b *testing.B, entries int) *store.Book {
	b.Helper()
	book := storetest.Open(b)
	openFund(b, book, book.Root())
	headings := []string{"sick-visit", "condolence", "wedding", "longevity", "study-award", "hardship", "gift"}
	var branches []body.ID
	for i := range 12 {
		branches = append(branches, storetest.Branch(b, book, "Chi hội "+string(rune('A'+i))).ID)
	}
	const most = 2_000 // in one transaction
	for from := 0; from < entries; from += most {
		storetest.Write(b, book, func(ctx context.Context, tx *store.Tx) error {
			for i := from; i < min(from+most, entries); i++ {
				part := dong(headings[i%len(headings)], 300_000)
				part.Branch = branches[i%len(branches)]
				_, err := fund.Enter(ctx, tx, storetest.Operator(), fund.Draft{
					Body: book.Root(), Kind: fund.Payment, Day: calendar.OnDay(calendar.DayOf(2025, 1, 1) + calendar.Day(i%365)), Parts: []fund.Part{part},
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	return book
}

func BenchmarkStatement(b *testing.B) {
	book := busyYear(b, 50_000)
	view := book.As(storetest.Operator())
	for name, p := range map[string]calendar.Period{
		"year": calendar.Year(2025), "broken": {From: calendar.DayOf(2025, 1, 11), To: calendar.DayOf(2025, 12, 20)}, "days": {From: calendar.DayOf(2025, 3, 11), To: calendar.DayOf(2025, 3, 20)},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := view.Statement(context.Background(), book.Root(), p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			if trouble, err := book.Check(context.Background()); err != nil || len(trouble) > 0 {
				b.Fatal(trouble, err)
			}
		}
	})
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if _, err := view.Entries(context.Background(), store.EntriesAsked{Body: book.Root(), Period: calendar.Year(2025), Most: 50}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkPostPaid(b *testing.B) {
	book := storetest.Open(b)
	openFund(b, book, book.Root())
	const most = 200 // deeds in one transaction, as a full group has
	for name, paid := range map[string]bool{"paid": true, "unpaid": false} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				storetest.Write(b, book, func(ctx context.Context, tx *store.Tx) error {
					for range most {
						d, spent := visit(book.Root(), "2026-03-04", 1), fund.Draft{}
						if paid {
							spent.Parts = []fund.Part{dong("", 300_000)}
						}
						if _, err := deed.PostPaid(ctx, tx, storetest.Operator(), d, spent); err != nil {
							return err
						}
					}
					return nil
				})
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*most), "µs/deed")
		})
	}
}
