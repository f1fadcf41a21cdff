package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/agenda"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/locale"
	"kith.app/internal/occasion"
	"kith.app/internal/store"
	"kith.app/internal/tie"
)

// calendars measures the next sixty days of a body with a hundred ties, and a
// feed of two thousand events.
func calendars(b *bench) error {
	book, err := b.big()
	if err != nil {
		return err
	}
	defer book.Close()
	union, err := tied(b.ctx, book, 100)
	if err != nil {
		return err
	}
	view := book.As(access.Operator("bench"))
	from := view.Today()
	found := 0
	took, err := median(31, func() error {
		items, err := agenda.Of(b.ctx, view, occasion.Asked{Body: union, Period: calendar.Period{From: from, To: from + 60}})
		found = len(items)
		return err
	})
	if err != nil {
		return err
	}
	b.took(fmt.Sprintf("60-day calendar of a body with 100 ties (%d occasions)", found), took, 20*time.Millisecond)
	words, err := locale.Load()
	if err != nil {
		return err
	}
	feed := agenda.Feed{To: words.In(locale.Vi), Name: "kith", Book: "bench", Stamp: book.Now(), Zone: "Asia/Ho_Chi_Minh"}
	took, err = median(11, func() error {
		items, err := agenda.Of(b.ctx, view, occasion.Asked{World: true, Period: calendar.Period{From: from, To: from + 6*366}})
		if err != nil {
			return err
		}
		if len(items) < feedEvents {
			return fmt.Errorf("only %d events", len(items))
		}
		return feed.Write(io.Discard, items[:feedEvents])
	})
	if err != nil {
		return err
	}
	b.took("feed of 2,000 events, read and written", took, 200*time.Millisecond)
	return nil
}

// feedEvents is how many events the feed has.
const feedEvents = 2000

// tied enters a union with ties, signed on days all over the year.
func tied(ctx context.Context, book *store.Book, ties int) (body.ID, error) {
	by := access.Operator("bench")
	union := body.Body{Kind: body.Union, Code: "lien-hiep-thu", Names: []body.Name{{Lang: "vi", Full: "Liên hiệp thử", Since: calendar.Earliest, Until: calendar.Latest}}}
	err := book.Write(ctx, store.Writing{By: by, Why: "bench"}, func(ctx context.Context, tx *store.Tx) (err error) {
		if union, err = body.Found(ctx, tx, union); err != nil {
			return err
		}
		for i := range ties {
			twin := body.Body{Kind: body.Locality, Code: fmt.Sprintf("ban-%d", i), Names: []body.Name{{Lang: "vi", Full: fmt.Sprintf("Thành phố bạn %d", i+1), Since: calendar.Earliest, Until: calendar.Latest}}}
			if twin, err = body.Found(ctx, tx, twin); err != nil {
				return err
			}
			signed := calendar.OnDay(calendar.DayOf(1990+i%30, time.Month(1+i%12), 1+i%28))
			_, err = tie.Enter(ctx, tx, by, tie.Tie{
				Code: fmt.Sprintf("thu-%d", i), Kind: "twinning", Body: union.ID, Parties: []tie.Party{{Side: 1, Body: union.ID}, {Side: 2, Body: twin.ID}},
				Stages: []tie.Stage{{Kind: tie.Signature, Date: signed}}, ReviewMonths: 60,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return union.ID, err
}
