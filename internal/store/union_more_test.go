package store_test

import (
	"context"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/occasion"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/union"
)

// convened enters a term with its congress.
func convened(t *testing.T, b *store.Book, term union.Term) union.Term {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		term, err = union.Hold(ctx, tx, storetest.Operator(), term, 0)
		return err
	})
	return term
}

func TestCongressesAreNumberedInTheLifeOfTheirBody(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		old, heir := storetest.Beside(t, b, "Hội cũ"), storetest.Beside(t, b, "Hội kế tục")
		second := convened(t, b, union.Term{Body: old.ID, N: 2, From: calendar.On(2012, 5, 10), Planned: calendar.InYear(2017)})
		third := convened(t, b, union.Term{Body: old.ID, From: calendar.On(2017, 6, 1), Planned: calendar.InYear(2022)})
		first := convened(t, b, union.Term{Body: heir.ID, From: calendar.On(2025, 8, 20), Planned: calendar.On(2030, 8, 20)})
		if second.N != 2 || third.N != 3 || first.N != 1 {
			t.Errorf("numbered %d, %d and, of the successor, %d", second.N, third.N, first.N)
		}
		for _, wrong := range []struct {
			term union.Term
			want string
		}{
			{union.Term{Body: old.ID, N: 3, From: calendar.On(2022, 6, 1)}, "register.term.order.after"},
			{union.Term{Body: old.ID, N: 4, From: calendar.On(2013, 6, 1)}, "register.term.order.before"},
			{union.Term{Body: heir.ID, From: calendar.On(2026, 6, 1), Deed: second.Deed}, "register.term.deed"},
		} {
			key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
				_, err := union.Convene(ctx, tx, by, wrong.term, 0)
				return err
			})
			if key != wrong.want {
				t.Errorf("%+v: %s, want %s", wrong.term, key, wrong.want)
			}
		}
		view := b.As(by)
		d, err := view.Deed(ctx, third.Deed)
		if err != nil || d.Kind != union.KindCongress || d.Series != 3 || d.Status != deed.Done {
			t.Errorf("the congress is the deed %+v, %v", d, err)
		}
		found, err := view.RegisteredBy(ctx, third.Deed)
		if err != nil || len(found) != 1 || found[0].ID != third.ID || found[0].Register != union.Terms {
			t.Errorf("the deed stands in the registers %+v, %v", found, err)
		}
		all, err := store.RegisterOf[union.Term](ctx, view, old.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		if next, followed := union.Followed(second, all); !followed || next.ID != third.ID {
			t.Errorf("the second congress was followed by %+v", next)
		}
		reading, err := view.Occasions(ctx, occasion.Asked{Period: calendar.Period{From: calendar.DayOf(2030, 1, 1), To: calendar.DayOf(2030, 12, 31)}})
		if err != nil {
			t.Fatal(err)
		}
		due := 0
		for _, o := range reading.Between(calendar.Year(2030)) {
			if o.Kind == occasion.Congress {
				due++
				if o.Body != heir.ID || o.Number != 2 || o.Day != calendar.DayOf(2030, 8, 20) {
					t.Errorf("a congress is due: %+v", o)
				}
			}
		}
		if due != 1 {
			t.Errorf("%d congresses are due in 2030", due)
		}
		sound(t, b)
	})
}

func TestScholarsAreGivenMoneyYearByYearAndChangeFamilies(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		openFund(t, b, b.Root())
		enter(t, b, fund.Draft{Body: b.Root(), Kind: fund.Receipt, Day: on("2025-01-10"), Parts: []fund.Part{dong("donation", 90_000_000)}})
		spent := enter(t, b, fund.Draft{Body: b.Root(), Kind: fund.Payment, Day: on("2025-10-15"), Parts: []fund.Part{dong("study-award", 12_000_000)}})
		var s union.Scholar
		pay := func(p union.Payment) func(ctx context.Context, tx *store.Tx) error {
			return func(ctx context.Context, tx *store.Tx) (err error) {
				s, err = union.Pay(ctx, tx, by, s.ID, p)
				return err
			}
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			s, err = union.Enter(ctx, tx, by, union.Scholar{Body: b.Root(), Name: "Khamla", From: calendar.InMonth(2024, 9), Family: "Gia đình ông Mẫu", Hosted: calendar.InYear(2024)}, 0)
			return err
		})
		storetest.Write(t, b, pay(union.Payment{Year: 2025, Entry: spent.ID}))
		storetest.Write(t, b, pay(union.Payment{Year: 2024, Day: calendar.DayOf(2024, 10, 1), Amount: money.Of(10_000_000, money.VND)}))
		if len(s.Payments) != 2 || s.Payments[1].Amount != money.Of(12_000_000, money.VND) || s.Payments[1].Day != calendar.DayOf(2025, 10, 15) {
			t.Errorf("paid %+v", s.Payments)
		}
		if sums, years := s.Given(); years != 2 || len(sums) != 1 || sums[0] != money.Of(22_000_000, money.VND) {
			t.Errorf("in all %v in %d years", sums, years)
		}
		kept := s
		for want, p := range map[string]union.Payment{
			"register.scholar.pay.twice":  {Year: 2025, Entry: spent.ID},
			"register.scholar.pay.amount": {Year: 2026},
			"register.scholar.pay.range":  {Year: 2019, Amount: money.Of(1, money.VND)},
		} {
			if key := refused(t, b, pay(p)); key != want {
				t.Errorf("%+v: %s, want %s", p, key, want)
			}
			s = kept
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			s, err = union.Lodge(ctx, tx, by, s.ID, union.Hosting{Family: "Gia đình bà Mơ", During: calendar.InYear(2026)})
			return err
		})
		found, err := store.RegisterOf[union.Scholar](ctx, b.As(by), 0, "mo")
		if err != nil || len(found) != 1 || len(found[0].Families()) != 2 || found[0].Families()[1].Family != "Gia đình bà Mơ" {
			t.Errorf("found by its family %+v, %v", found, err)
		}
	})
}

func TestLargeUnitsComeFromTheListAndTheRule(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		m, err := place.Shipped()
		if err != nil {
			t.Fatal(err)
		}
		unit := func(handle string) int64 {
			id, ok := m.ByHandle(handle)
			if !ok {
				t.Fatalf("no unit %q", handle)
			}
			return int64(id)
		}
		city, err := m.ByCode(place.Province, "31", storetest.Today())
		if err != nil {
			t.Fatal(err)
		}
		a := storetest.Beside(t, b, "Hội Hữu nghị thử")
		branch := storetest.Named("Chi hội Lê Chân", body.Branch)
		branch.Parent, branch.Seat = a.ID, unit("phuong-le-chan-hai-phong")
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			if _, err := body.Found(ctx, tx, branch); err != nil {
				return err
			}
			for _, at := range []string{"phuong-le-chan-hai-phong", "phuong-an-bien-hai-phong", "phuong-an-bien-hai-phong", "phuong-hai-an-hai-phong"} {
				p := person.Person{Body: a.ID, Name: "Lê Văn Thử", Residence: unit(at)}
				if _, err := person.Enrol(ctx, tx, by, p, &person.Membership{Body: a.ID, Category: person.Full, Joined: calendar.InYear(2010), Lasts: true}); err != nil {
					return err
				}
			}
			if _, err := union.Enter(ctx, tx, by, union.Large{Body: a.ID, Place: unit("phuong-le-chan-hai-phong"), Name: "Phường Lê Chân"}, 0); err != nil {
				return err
			}
			return union.SetLargeRule(ctx, tx, by, a.ID, union.LargeRule{In: int64(city), Kind: "place.ward", Members: 2})
		})
		found, err := b.As(by).LargeUnits(ctx, a.ID)
		if err != nil || len(found) != 2 || found[0].Name != "Phường An Biên" || !found[0].ByRule || found[0].Members != 2 || union.Reached(found) != 1 {
			t.Errorf("large units %+v, %v", found, err)
		}
		key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			return union.SetLargeRule(ctx, tx, by, a.ID, union.LargeRule{Kind: "place.ward", Members: 2})
		})
		if key != "register.large.unknown" {
			t.Errorf("a rule of nowhere: %s", key)
		}
		item := union.Item{Body: a.ID, Year: 2026, Text: "Các địa phương lớn có hội", Gauge: union.ByPlaces}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			item, err = union.Intend(ctx, tx, by, item)
			return err
		})
		l, err := b.As(by).PlanLine(ctx, item.ID)
		if err != nil || l.Places != 1 || l.Of != 2 || l.State != union.Begun {
			t.Errorf("the plan has come to %d of %d, %s, %v", l.Places, l.Of, l.State, err)
		}
	})
}

func TestServiceAbroadIsCountedOncePerPerson(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		p := enrol(t, b, person.Person{Body: b.Root(), Name: "Trần Văn Lính"})[0]
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			for _, from := range []int{1979, 1984} {
				s := union.Service{Body: b.Root(), Person: p.ID, As: union.Volunteer, Country: "KH", From: calendar.InYear(from), Until: calendar.InYear(from + 2), Medal: union.HasNot}
				if _, err := union.Enter(ctx, tx, by, s, 0); err != nil {
					return err
				}
			}
			return person.Die(ctx, tx, by, p.ID, calendar.InYear(2020))
		})
		view := b.As(by)
		found, err := view.ServiceOf(ctx, p.ID)
		if err != nil || len(found) != 2 || found[0].From != calendar.InYear(1979) {
			t.Errorf("served %+v, %v", found, err)
		}
		alive, err := view.Living(ctx, b.Root())
		if err != nil {
			t.Fatal(err)
		}
		if c := union.CountServed(found, alive); len(c) != 1 || c[0].People != 1 || c[0].Alive != 0 || c[0].LackMedal != 1 {
			t.Errorf("counted %+v", c)
		}
		key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := union.Enter(ctx, tx, by, union.Service{Body: b.Root(), As: union.Expert, From: calendar.InYear(1979)}, 0)
			return err
		})
		if key != "register.service.who.missing" {
			t.Errorf("nobody served: %s", key)
		}
		if _, err := view.ServiceOf(ctx, p.ID); err != nil {
			t.Error(err)
		}
		if _, err := b.As(holder(b, access.Honorary, 3)).ServiceOf(ctx, p.ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an honorary officer reads where somebody served: %v", err)
		}
	})
}

func TestWhoSpeaksForAConsulateIsWrittenByWhoDealsWithIt(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, root := context.Background(), b.Root()
		people := enrol(t, b, person.Person{Body: root, Name: "Somchit Vong"}, person.Person{Body: root, Name: "Khamphone Sy"}, person.Person{Body: root, Name: "Thư ký"})
		laos, rival := storetest.Named("Tổng Lãnh sự quán Lào", body.Authority), storetest.Beside(t, b, "Hội khác")
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			laos, err = body.Found(ctx, tx, laos)
			return err
		})
		appointed(t, b, people[2].ID)
		by, err := b.Actor(ctx, store.Account{ID: 1, Person: people[2].ID})
		if err != nil {
			t.Fatal(err)
		}
		assign := func(s person.Station) error {
			return b.Write(ctx, store.Writing{By: by}, func(ctx context.Context, tx *store.Tx) error {
				_, err := person.Assign(ctx, tx, by, s)
				return err
			})
		}
		if err := assign(person.Station{Person: people[0].ID, Body: laos.ID, Title: "Tổng Lãnh sự", From: calendar.On(2022, 3, 1)}); err != nil {
			t.Fatal(err)
		}
		if err := assign(person.Station{Person: people[1].ID, Body: laos.ID, Title: "Tổng Lãnh sự", From: calendar.On(2026, 1, 5)}); err != nil {
			t.Fatal(err)
		}
		board, err := b.As(by).Board(ctx, laos.ID, storetest.Today())
		if err != nil || len(board.Seats) != 1 || len(board.Seats[0].Holders) != 1 || board.Seats[0].Holders[0].Person != people[1].ID {
			t.Errorf("the consulate is spoken for by %+v, %v", board.Seats, err)
		}
		if board, err = b.As(by).Board(ctx, laos.ID, calendar.DayOf(2024, 1, 1)); err != nil || board.Seats[0].Holders[0].Person != people[0].ID {
			t.Errorf("in 2024 it was %+v, %v", board.Seats, err)
		}
		for want, s := range map[string]person.Station{
			"station.own":     {Person: people[0].ID, Body: rival.ID, Title: "Chủ tịch", From: calendar.InYear(2024)},
			"station.title":   {Person: people[0].ID, Body: laos.ID, From: calendar.InYear(2024)},
			"station.already": {Person: people[1].ID, Body: laos.ID, Title: "Tổng Lãnh sự", From: calendar.On(2026, 6, 1)},
			"station.early":   {Person: people[0].ID, Body: laos.ID, Title: "Tổng Lãnh sự", From: calendar.InYear(2020)},
		} {
			if found := fault.All(assign(s)); len(found) == 0 || found[0].Key != want {
				t.Errorf("%+v: %v, want %s", s, found, want)
			}
		}
	})
}
