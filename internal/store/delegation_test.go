package store_test

import (
	"context"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func TestAnOfficerLendsAndTakesBack(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, today := context.Background(), storetest.Today()
		people := enrol(t, b, person.Person{Name: "Thư ký", Body: b.Root()}, person.Person{Name: "Giúp việc", Body: b.Root()})
		held := appointed(t, b, people[0].ID)
		actor := func(i int) access.Actor {
			t.Helper()
			a, err := b.Actor(ctx, store.Account{ID: int64(i + 1), Person: people[i].ID})
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		lend := func(by access.Actor, d person.Delegation) (got person.Delegation, err error) {
			err = b.Write(ctx, store.Writing{By: by}, func(ctx context.Context, tx *store.Tx) error {
				got, err = person.Lend(ctx, tx, by, d)
				return err
			})
			return got, err
		}
		d := person.Delegation{Holding: held.ID, Person: people[1].ID, Until: today + 30, Rights: []access.Right{access.ReadRoll, access.KeepRoll}}
		for name, bad := range map[string]func(*person.Delegation){
			"until yesterday":            func(d *person.Delegation) { d.Since, d.Until = today-5, today-1 },
			"for two years":              func(d *person.Delegation) { d.Until = today + 700 },
			"to oneself":                 func(d *person.Delegation) { d.Person = people[0].ID },
			"nothing":                    func(d *person.Delegation) { d.Rights = nil },
			"what the office has not":    func(d *person.Delegation) { d.Rights = []access.Right{access.KeepFund} },
			"to nobody who is in a book": func(d *person.Delegation) { d.Person = 77 },
		} {
			one := d
			bad(&one)
			if _, err := lend(actor(0), one); len(fault.All(err)) == 0 {
				t.Errorf("%s: lent, %v", name, err)
			}
		}
		if _, err := lend(actor(1), d); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the helper lends to themself: %v", err)
		}
		d, err := lend(actor(0), d)
		if err != nil {
			t.Fatal(err)
		}
		helper := actor(1)
		if !helper.Can(access.KeepRoll, b.Root()) || helper.Can(access.ManageBody, b.Root()) || helper.Can(access.PostDeeds, b.Root()) {
			t.Errorf("grants %+v", helper.Grants)
		}
		if _, err := lend(helper, person.Delegation{Holding: held.ID, Person: people[1].ID, Until: today + 3, Rights: d.Rights}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("what was lent is lent on: %v", err)
		}
		seen := func(right access.Right) int {
			t.Helper()
			all, err := b.As(storetest.Operator()).WhoMay(ctx, right, b.Root())
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		if seen(access.KeepRoll) != 2 || seen(access.ManageBody) != 1 {
			t.Errorf("%d keep the roll, want 2; %d manage, want 1", seen(access.KeepRoll), seen(access.ManageBody))
		}
		if all, err := b.As(helper).Delegations(ctx); err != nil || len(all) != 1 || all[0].From != "Thư ký" || !all[0].InForce(today) {
			t.Errorf("the helper sees %+v, %v", all, err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Withdraw(ctx, tx, actor(0), d.ID)
			return err
		})
		if helper := actor(1); helper.Can(access.KeepRoll, b.Root()) || seen(access.KeepRoll) != 1 {
			t.Error("withdrawn rights go on")
		}
		if past, err := b.As(storetest.Operator()).History(ctx, "delegation", d.ID); err != nil || len(past) != 2 {
			t.Errorf("history %+v, %v", past, err)
		}
	})
}

// appointed makes somebody the secretary.
func appointed(t *testing.T, b *store.Book, who person.ID) (held person.Holding) {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		seat, err := person.Create(ctx, tx, storetest.Operator(), person.Office{Body: b.Root(), Kind: string(access.Secretary), Seats: 1})
		if err != nil {
			return err
		}
		held, err = person.Appoint(ctx, tx, storetest.Operator(), person.Holding{Office: seat.ID, Person: who, From: calendar.InYear(2020)})
		return err
	})
	return held
}
