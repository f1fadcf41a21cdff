package store_test

import (
	"context"
	"fmt"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func TestATermWrittenLaterDoesNotOverfillTheSeats(t *testing.T) {
	b, by := storetest.Open(t), storetest.Operator()
	people := enrol(t, b, person.Person{Name: "Lê Một", Body: b.Root()}, person.Person{Name: "Lê Hai", Body: b.Root()})
	var seat person.Office
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		if seat, err = person.Create(ctx, tx, by, person.Office{Body: b.Root(), Kind: string(access.Head), Seats: 1}); err != nil {
			return err
		}
		_, err = person.Appoint(ctx, tx, by, person.Holding{Office: seat.ID, Person: people[0].ID, From: calendar.InYear(2024)})
		return err
	})
	appoint := func(from, to calendar.Date) error {
		return as(b, by, func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Appoint(ctx, tx, by, person.Holding{Office: seat.ID, Person: people[1].ID, From: from, ActualEnd: to})
			return err
		})
	}
	if err := appoint(calendar.InYear(2020), calendar.Date{}); fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("a term from 2020 on, beside one from 2024 on, in one seat: %v", err)
	}
	if err := appoint(calendar.InYear(2020), calendar.InYear(2023)); err != nil {
		t.Errorf("the term before: %v", err)
	}
}

// Rights last from the recorded beginning to the recorded actual end: not a day
// longer, and not only until the end that was planned.
func TestRightsBeginAndEndWithTheOffice(t *testing.T) {
	b, by := storetest.Open(t), storetest.Operator()
	today := storetest.Today()
	day := func(d calendar.Day) calendar.Date { return calendar.OnDay(d) }
	tests := map[string]struct {
		held person.Holding
		may  bool
	}{
		"in office":                    {person.Holding{From: calendar.InYear(2020)}, true},
		"overrun the planned end":      {person.Holding{From: calendar.InYear(2020), PlannedEnd: calendar.InYear(2025)}, true},
		"last day today":               {person.Holding{From: calendar.InYear(2020), ActualEnd: day(today)}, true},
		"ended yesterday":              {person.Holding{From: calendar.InYear(2020), ActualEnd: day(today - 1)}, false},
		"begins tomorrow":              {person.Holding{From: day(today + 1)}, false},
		"begins today":                 {person.Holding{From: day(today)}, true},
		"ended in a year that is over": {person.Holding{From: calendar.InYear(2020), ActualEnd: calendar.InYear(2025)}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := enrol(t, b, person.Person{Name: "Cán bộ", Body: b.Root()})[0]
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
				seat, err := person.Create(ctx, tx, by, person.Office{Body: b.Root(), Kind: string(access.Head), Seats: 1})
				if err != nil {
					return err
				}
				test.held.Office, test.held.Person = seat.ID, p.ID
				_, err = person.Appoint(ctx, tx, by, test.held)
				return err
			})
			actor, err := b.Actor(context.Background(), store.Account{ID: 1, Person: p.ID})
			if err != nil {
				t.Fatal(err)
			}
			if got := actor.Can(access.ReadRoll, b.Root()); got != test.may {
				t.Errorf("may read the roll: %v, want %v", got, test.may)
			}
			seers, err := b.As(by).WhoMay(context.Background(), access.ReadRoll, b.Root())
			if err != nil {
				t.Fatal(err)
			}
			said := false
			for _, s := range seers {
				said = said || s.Person == p.ID
			}
			if said != test.may {
				t.Errorf("is said to see it: %v, want %v", said, test.may)
			}
		})
	}
}

// What was lent lasts as long as it was lent for, and no longer than the office.
func TestLentRightsExpire(t *testing.T) {
	b, by := storetest.Open(t), storetest.Operator()
	today := storetest.Today()
	tests := map[string]struct {
		since, until calendar.Day
		officeEnds   calendar.Date
		may          bool
	}{
		"lent this month":           {today - 9, today + 9, calendar.Date{}, true},
		"last day":                  {today - 9, today, calendar.Date{}, true},
		"expired yesterday":         {today - 9, today - 1, calendar.Date{}, false},
		"from tomorrow":             {today + 1, today + 9, calendar.Date{}, false},
		"of an office that is over": {today - 9, today + 9, calendar.OnDay(today - 1), false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			people := enrol(t, b, person.Person{Name: "Chủ tịch", Body: b.Root()}, person.Person{Name: "Giúp việc", Body: b.Root()})
			var held person.Holding
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
				seat, err := person.Create(ctx, tx, by, person.Office{Body: b.Root(), Kind: string(access.Head), Seats: 1})
				if err != nil {
					return err
				}
				held, err = person.Appoint(ctx, tx, by, person.Holding{Office: seat.ID, Person: people[0].ID, From: calendar.InYear(2020), ActualEnd: test.officeEnds})
				return err
			})
			lend := fmt.Sprintf(`INSERT INTO delegation (id, holding, person, since, until, revision) VALUES (%d, %d, %d, %d, %d, 1)`,
				held.ID+1, held.ID, people[1].ID, test.since, test.until)
			if err := store.Tamper(context.Background(), b, lend); err != nil {
				t.Fatal(err)
			}
			actor, err := b.Actor(context.Background(), store.Account{ID: 1, Person: people[1].ID})
			if err != nil {
				t.Fatal(err)
			}
			if got := actor.Can(access.ReadRoll, b.Root()); got != test.may {
				t.Errorf("may read the roll: %v, want %v", got, test.may)
			}
		})
	}
}
