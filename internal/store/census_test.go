package store_test

import (
	"context"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// Who is counted on a day stood under the body on that day: not those of a branch that
// came under it only later or had left it by then; but nobody of a branch that ended, or
// that was not founded yet, is lost.
func TestACensusCountsWhoStoodThereOnTheDay(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		east, west := storetest.Branch(t, b, "Chi hội Đông"), storetest.Branch(t, b, "Chi hội Tây")
		moved, ended, young := storetest.Named("Tổ Chuyển", body.Branch), storetest.Named("Tổ Giải thể", body.Branch), storetest.Named("Tổ Mới", body.Branch)
		moved.Parent, ended.Parent, young.Parent = east.ID, east.ID, east.ID
		young.Founded = calendar.On(2020, 1, 1)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			for _, one := range []*body.Body{&moved, &ended, &young} {
				if *one, err = body.Found(ctx, tx, *one); err != nil {
					return err
				}
			}
			return nil
		})
		joined := calendar.InYear(2010)
		enrol(t, b, person.Person{Name: "Đặng Thị Hương", Body: east.ID})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			for _, in := range []body.Body{moved, ended, young} {
				if _, err := person.Enrol(ctx, tx, by, person.Person{Name: "Người của " + in.NameOn("vi", storetest.Today()), Body: in.ID}, &person.Membership{Body: in.ID, Category: person.Full, Joined: joined}); err != nil {
					return err
				}
			}
			return nil
		})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			if _, err := body.Move(ctx, tx, moved.ID, west.ID, body.Decision{Day: calendar.DayOf(2018, 1, 1)}); err != nil {
				return err
			}
			_, err := body.End(ctx, tx, ended.ID, 0, body.Decision{Day: calendar.DayOf(2022, 1, 1)})
			return err
		})
		view := b.As(by)
		for _, c := range []struct {
			of            body.ID
			on            calendar.Day
			members, here int
		}{
			{east.ID, calendar.DayOf(2015, 6, 1), 4, 3}, // she, moved, ended, and young that was not founded yet
			{east.ID, calendar.DayOf(2019, 6, 1), 3, 2}, // moved stands elsewhere
			{west.ID, calendar.DayOf(2015, 6, 1), 0, 0}, // and was not here before
			{west.ID, calendar.DayOf(2019, 6, 1), 1, 1},
			{east.ID, calendar.DayOf(2023, 6, 1), 3, 2}, // ended was handed to nobody
			{b.Root(), calendar.DayOf(2015, 6, 1), 4, 3},
			{b.Root(), calendar.DayOf(2023, 6, 1), 4, 3},
		} {
			census, err := view.Census(ctx, c.of, c.on)
			if err != nil || census.Members != c.members || census.ByBody[c.of] != c.here {
				t.Errorf("census of %d on %s: %d members, %d standing below, %v; want %d and %d", c.of, c.on, census.Members, census.ByBody[c.of], err, c.members, c.here)
			}
			by, err := view.MembersByBody(ctx, c.of, c.on)
			if err != nil || by[c.of] != c.here {
				t.Errorf("members by body of %d on %s: %d %v, want %d", c.of, c.on, by[c.of], err, c.here)
			}
		}
	})
}

// What a transaction reads of its own work, taken back or not committed yet, is not
// remembered for anybody else.
func TestWhatATransactionReadsIsNotRemembered(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by, on := context.Background(), storetest.Operator(), storetest.Today()
		branch := storetest.Branch(t, b, "Chi hội Một")
		enrol(t, b, person.Person{Name: "Đặng Thị Hương", Body: branch.ID})
		err := b.Rehearse(ctx, store.Writing{By: by}, func(ctx context.Context, tx *store.Tx) error {
			if _, err := person.Enrol(ctx, tx, by, person.Person{Name: "Bùi Văn Nam", Body: branch.ID}, &person.Membership{Body: branch.ID, Category: person.Full, Joined: calendar.InYear(2010)}); err != nil {
				return err
			}
			c, err := tx.View().Census(ctx, b.Root(), on)
			if err != nil || c.Members != 2 {
				t.Errorf("inside: %d members %v, want its own too", c.Members, err)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if c, err := b.As(by).Census(ctx, b.Root(), on); err != nil || c.Members != 1 {
			t.Errorf("%d members %v, want 1: the other was taken back", c.Members, err)
		}
	})
}
