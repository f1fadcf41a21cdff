package store_test

import (
	"context"
	"testing"

	"kith.app/internal/contest"
	"kith.app/internal/money"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func TestUnitsReadTheProgrammeButNotWhatTheHostPays(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		m := newMatch(t, b, "one-step-back")
		by := storetest.Operator()
		m.must(by, func(ctx context.Context, tx *store.Tx) error {
			for _, i := range []contest.Item{
				{Kind: contest.AStep, Hour: "14:00", Text: "Khai mạc"},
				{Kind: contest.ASeat, Place: "Hàng A", Unit: m.units[1].ID},
				{Kind: contest.AGift, Text: "Tranh", Who: "Các đoàn"},
				{Kind: contest.ACost, Text: "Hội trường", Amount: money.Of(2_000_000, money.VND)},
				{Kind: contest.ACost, Text: "Tài liệu", Amount: money.Of(500_000, money.VND)},
			} {
				i.Contest = m.c.ID
				if _, err := contest.PutItem(ctx, tx, by, i, 0); err != nil {
					return err
				}
			}
			return nil
		})
		all, err := b.As(by).Conference(context.Background(), m.c.ID)
		if err != nil || len(all) != 5 {
			t.Fatalf("those inside read %d items, %v", len(all), err)
		}
		if sums, err := contest.Spent(all); err != nil || len(sums) != 1 || sums[0] != money.Of(2_500_000, money.VND) {
			t.Errorf("the host pays %v, %v", sums, err)
		}
		if costs := contest.OfKind(all, contest.ACost); costs[0].Order != 1 || costs[1].Order != 2 {
			t.Errorf("costs stand in the order %d, %d", costs[0].Order, costs[1].Order)
		}
		seen, err := b.As(m.officer(1)).Conference(context.Background(), m.c.ID)
		if err != nil || len(seen) != 2 {
			t.Errorf("a unit reads %d items, %v", len(seen), err)
		}
		err = m.as(m.officer(1), func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.PutItem(ctx, tx, m.officer(1), contest.Item{Contest: m.c.ID, Kind: contest.AStep, Text: "Chen vào"}, 0)
			return err
		})
		if err == nil {
			t.Error("a unit changes the programme of the cluster")
		}
	})
}
