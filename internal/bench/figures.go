package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/tally"
)

// The book that pages and figures are asked of.
const (
	bigMembers = 10_000
	bigDeeds   = 50_000
)

// big makes, once, a book of ten thousand members and fifty thousand deeds.
func (b *bench) big() (*store.Book, error) {
	at := b.place("big")
	if book, err := store.Open(b.ctx, at, store.Options{}); err == nil {
		return book, nil
	}
	book, _, err := begin(b.ctx, at)
	if err != nil {
		return nil, err
	}
	homes, err := branches(b.ctx, book, 40)
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(3, 4))
	err = book.Write(b.ctx, store.Writing{By: operator}, func(ctx context.Context, tx *store.Tx) error {
		for i := range bigMembers {
			at := homes[r.IntN(len(homes))]
			p := person.Person{Body: at, Name: someName(r), Birth: calendar.InYear(1930 + r.IntN(70)), Phone: fmt.Sprintf("0900 %06d", i)}
			m := person.Membership{Body: at, Category: person.Full, Joined: calendar.InYear(2003 + r.IntN(22)), Number: fmt.Sprintf("HV%05d", i)}
			if _, err := person.Enrol(ctx, tx, operator, p, &m); err != nil {
				return err
			}
		}
		for range bigDeeds {
			if _, err := deed.Post(ctx, tx, operator, someDeed(r, homes)); err != nil {
				return err
			}
		}
		return nil
	})
	return book, err
}

var (
	families = []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"}
	middles  = []string{"Văn", "Thị", "Đình", "Xuân", "Quang", "Kim", "Ngọc", "Hữu", "Đức", "Minh"}
	givens   = []string{"Anh", "Hương", "Lan", "Hùng", "Dũng", "Thược", "Sơn", "Hòa", "Bình", "Mai", "Nga", "Thảo", "Tiến", "Khoát", "Cường", "Yến"}
)

func someName(r *rand.Rand) string {
	return families[r.IntN(len(families))] + " " + middles[r.IntN(len(middles))] + " " + givens[r.IntN(len(givens))]
}

// figures asks for any measure of any body and any period.
func figures(b *bench) error {
	book, err := b.big()
	if err != nil {
		return err
	}
	defer book.Close()
	view := book.As(operator)
	bodies := append(view.Tree().ChildrenOn(book.Root(), view.Today()), book.Root())
	r := rand.New(rand.NewPCG(5, 6))
	ask := func(period calendar.Period) func() error {
		return func() error {
			_, err := tally.Of(b.ctx, view, tally.Query{
				Body: bodies[r.IntN(len(bodies))], Measure: deed.Measure{Kind: bulkKinds[r.IntN(len(bulkKinds))], Unit: deed.Acts}, Period: period,
			})
			return err
		}
	}
	for _, p := range []string{"2024", "2023-03/2025-04", "2023-03-10/2025-04-20", "../.."} {
		period, err := calendar.ParsePeriod(p)
		if err != nil {
			return err
		}
		took, err := median(400, ask(period))
		if err != nil {
			return err
		}
		b.took("a figure, period "+p, took, time.Millisecond)
		b.bare("a dense cube in memory 78ns", float64(took)/78)
	}
	rows := 0
	took, err := median(3, func() error {
		trouble, err := book.Check(b.ctx)
		rows = len(trouble)
		return err
	})
	b.add("kith check of 200,000 lines", fmt.Sprintf("%s, %d wrong", took.Round(time.Millisecond), rows), "", 0)
	return err
}
