package store_test

import (
	"context"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/union"
)

func TestRegistersKeepTermsScholarsAndGrants(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		var term union.Term
		var aid union.Aid
		student := enrol(t, b, person.Person{Body: b.Root(), Name: "Souk Vilay"})[0]
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			if term, err = union.Enter(ctx, tx, by, union.Term{Body: b.Root(), N: 2, From: calendar.On(2019, 12, 5), Planned: calendar.On(2024, 12, 5)}, 0); err != nil {
				return err
			}
			if _, err = union.Enter(ctx, tx, by, union.Scholar{Body: b.Root(), Person: student.ID, Country: "LA", School: "Đại học Sĩ quan", From: calendar.InMonth(2023, 9)}, 0); err != nil {
				return err
			}
			aid, err = union.Grant(ctx, tx, by, union.Aid{
				Body: b.Root(), Donor: "Quỹ Bàn tay ấm", Field: "y tế", From: calendar.On(2026, 2, 1), Pledged: money.Of(10_000_00, money.USD), Paid: money.Of(4_000_00, money.USD),
				Rate: money.Of(25_000, money.VND), RateDay: calendar.On(2026, 2, 1), Due: calendar.DayOf(2026, 12, 31),
			}, 0)
			return err
		})
		view := b.As(by)
		terms, err := store.RegisterOf[union.Term](ctx, view, b.Root(), "")
		if err != nil || len(terms) != 1 || terms[0].Overrun(view.Today()) < 700 {
			t.Errorf("terms %+v, %v", terms, err)
		}
		scholars, err := store.RegisterOf[union.Scholar](ctx, view, 0, "si quan")
		if err != nil || len(scholars) != 1 || scholars[0].Years(view.Today()) != 4 {
			t.Errorf("scholars %+v, %v", scholars, err)
		}
		if dong, ok := aid.Dong(aid.Paid); !ok || dong != money.Of(100_000_000, money.VND) {
			t.Errorf("in đồng %v, %v", dong, ok)
		}
		d, err := view.Deed(ctx, aid.Deed)
		if err != nil || len(d.Lines) != 2 || d.Lines[0].Stage != deed.Pledged || d.Lines[1].Stage != deed.Paid {
			t.Errorf("the grant counts %+v, %v", d.Lines, err)
		}
		term.Ended = calendar.On(2018, 1, 1)
		key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := union.Enter(ctx, tx, by, term, 1)
			return err
		})
		if key != "register.term.early" {
			t.Errorf("a term that ends before it begins: %s", key)
		}
		if _, err := store.RegisterOne[union.Aid](ctx, b.As(holder(b, access.Honorary, 3)), aid.ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an honorary officer reads a grant: %v", err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			return union.Receive(ctx, tx, by, union.Protocol{Person: student.ID, Precedence: 3, Country: "LA", Script: "ສຸກ ວິໄລ", Tongues: []union.Tongue{{Lang: "lo", Interprets: true}}}, 0)
		})
		friends, err := view.Friends(ctx)
		if err != nil || len(friends) != 1 || friends[0].Touch != 0 || friends[0].Script != "ສຸກ ວິໄລ" {
			t.Errorf("contacts %+v, %v", friends, err)
		}
	})
}
