package store_test

import (
	"context"
	"maps"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// What lists of a large book read instead of everything tells the same.
func TestShortReadingsTellWhatLongOnesDo(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by, on := context.Background(), storetest.Operator(), storetest.Today()
		one, two := storetest.Branch(t, b, "Chi hội Một"), storetest.Branch(t, b, "Chi hội Hai")
		people := enrol(t, b,
			person.Person{Name: "Đặng Thị Hương", Body: one.ID, Birth: calendar.On(1946, 11, 20)},
			person.Person{Name: "Bùi Văn Nam", Body: two.ID, Birth: calendar.InYear(1946)},
			person.Person{Name: "Lê Không Rõ", Body: two.ID},
		)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Join(ctx, tx, by, person.Membership{Body: two.ID, Person: people[0].ID, Category: person.Full, Joined: calendar.InYear(2015)})
			return err
		})
		view := b.As(by)
		census, err := view.Census(ctx, b.Root(), on)
		if err != nil {
			t.Fatal(err)
		}
		members, err := view.MembersByBody(ctx, b.Root(), on)
		if err != nil || !maps.Equal(members, census.ByBody) || members[b.Root()] != 3 || members[two.ID] != 3 {
			t.Errorf("members %v %v, the census has %v", members, err, census.ByBody)
		}
		turning, err := view.TurningIn(ctx, 0, person.LadderFrom(nil), 2026, nil)
		if err != nil {
			t.Fatal(err)
		}
		roll, err := view.TurningRoll(ctx, 0, person.LadderFrom(nil), 2026, "")
		if err != nil || len(roll) != len(turning) || len(roll) != 2 {
			t.Fatalf("roll %+v %v, want %+v", roll, err, turning)
		}
		for i, r := range roll {
			if r.Person != turning[i].ID || r.Home != turning[i].Memberships[0].Body || r.Turning != turning[i].Turning {
				t.Errorf("%+v, want %+v", r, turning[i])
			}
		}
		if roll, err = view.TurningRoll(ctx, 0, person.LadderFrom(nil), 2026, "huong"); err != nil || len(roll) != 1 {
			t.Errorf("by name %+v %v", roll, err)
		}
		if all, err := view.Dues(ctx, b.Root(), 2026); err != nil || len(all) != 3 || all[0].Member.Name != "Đặng Thị Hương" || len(all[0].Member.Memberships) != 2 {
			t.Errorf("dues by name %+v %v", all, err)
		}
	})
}

// Of a census nothing is kept over a write that changes the roll; one that only
// posts a deed leaves it as it is.
func TestWhatIsRememberedFollowsTheRoll(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by, on := context.Background(), storetest.Operator(), storetest.Today()
		branch := storetest.Branch(t, b, "Chi hội Một")
		count := func(want int) {
			t.Helper()
			if c, err := b.As(by).Census(ctx, b.Root(), on); err != nil || c.Members != want {
				t.Errorf("%d members %v, want %d", c.Members, err, want)
			}
		}
		count(0)
		people := enrol(t, b, person.Person{Name: "Đặng Thị Hương", Body: branch.ID})
		count(1)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			d := visit(branch.ID, "2025-03-04", 1)
			d.Parties = []deed.Party{{Role: deed.Receiver, Person: people[0].ID}}
			_, err := deed.Post(ctx, tx, by, d)
			return err
		})
		count(1)
		enrol(t, b, person.Person{Name: "Bùi Văn Nam", Body: branch.ID})
		count(2)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			return person.Die(ctx, tx, by, people[0].ID, calendar.InYear(2025))
		})
		count(1)
		found, _, err := b.As(by).Deeds(ctx, store.DeedQuery{Typed: "huong"})
		if err != nil || len(found) != 1 {
			t.Errorf("deeds that name her: %d %v", len(found), err)
		}
		if found, _, err = b.As(by).Deeds(ctx, store.DeedQuery{Typed: "huong", Kind: found[0].Kind, With: deed.Receiver, Period: calendar.Year(2025), Dated: true, Fit: store.Within}); err != nil || len(found) != 1 {
			t.Errorf("and that she received: %d %v", len(found), err)
		}
	})
}
