package store_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tie"
)

func came(t testing.TB, b *store.Book, title string, day calendar.Date, people int64) deed.Deed {
	t.Helper()
	d := deed.Deed{Body: b.Root(), Kind: delegation.KindIn, Title: title, Day: day, Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Persons, Quantity: people}}}
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		d, err = deed.Post(ctx, tx, storetest.Operator(), d)
		return err
	})
	return d
}

func TestDelegationsAreCountedAndWhatIsLateIsTold(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		governor := enrol(t, b, person.Person{Body: b.Root(), Name: "Sivixay Phomma"})[0]
		d := came(t, b, "Đoàn tỉnh Sekong", calendar.On(2026, 10, 6), 12)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			if err := delegation.Join(ctx, tx, by, d.ID, deed.Party{Role: deed.Head, Person: governor.ID, Detail: deed.Detail{Rank: "Tỉnh trưởng"}}); err != nil {
				return err
			}
			_, err := delegation.Keep(ctx, tx, by, delegation.Visit{
				Deed: d.ID, Level: delegation.Province, ReportDue: calendar.DayOf(2026, 10, 20), ThanksDue: calendar.DayOf(2026, 12, 1),
				Stops:      []delegation.Stop{{Day: calendar.DayOf(2026, 10, 6), Hour: "14 giờ", What: "Hội đàm"}, {Day: calendar.DayOf(2026, 10, 6), Hour: "8h30", What: "Đón đoàn"}},
				Receptions: []delegation.Reception{{Guest: governor.ID, HostName: "Bà Lò Thị Mai", Office: "Phó Chủ tịch tỉnh", Level: delegation.Province, Day: calendar.DayOf(2026, 10, 6)}},
				Costs:      []delegation.Cost{{Kind: "stay", Payer: delegation.Ours, Amount: money.Of(12_000_000, money.VND)}, {Kind: "travel", Payer: delegation.Theirs, Amount: money.Of(90_000, money.USD)}},
			}, 0)
			return err
		})
		told, err := b.As(by).Visits(ctx, store.DelegationsAsked{Period: calendar.Quarter(2026, 4), Dated: true, Person: governor.ID})
		if err != nil || len(told) != 1 {
			t.Fatalf("%d delegations, %v", len(told), err)
		}
		sum := delegation.SumUp(told, b.As(by).Today())
		if sum.In != 1 || sum.People != 12 || sum.ReportsLate != 1 || sum.ThanksLate != 0 || len(sum.Paid) != 2 {
			t.Errorf("summed %+v", sum)
		}
		if v := told[0].Visit; v.Stops[0].What != "Đón đoàn" || v.Receptions[0].Guest != governor.ID {
			t.Errorf("the programme is %v, received %v", v.Stops, v.Receptions)
		}
		if late, err := b.As(by).Visits(ctx, store.DelegationsAsked{Late: true}); err != nil || len(late) != 1 {
			t.Errorf("%d are late, %v", len(late), err)
		}
		key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			return delegation.Join(ctx, tx, by, d.ID, deed.Party{Role: deed.Head, Name: "Ông thứ hai"})
		})
		if key != "delegation.head.two" {
			t.Errorf("a second head: %s", key)
		}
	})
}

func TestAGiftBeyondItsLimitAsksAReasonAndItsPlaceIsKnown(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			for _, l := range []delegation.Limit{
				{Body: b.Root(), Level: delegation.Province, Amount: money.Of(3_000_000, money.VND), Since: calendar.DayOf(2024, 1, 1)},
				{Body: b.Root(), Level: delegation.Province, Amount: money.Of(5_000_000, money.VND), Since: calendar.DayOf(2026, 1, 1)},
			} {
				if _, err := delegation.SetLimit(ctx, tx, by, l); err != nil {
					return err
				}
			}
			return nil
		})
		give := func(day calendar.Day, level delegation.Level, reason string) (g delegation.Gift, key string) {
			err := b.Write(ctx, store.Writing{By: by}, func(ctx context.Context, tx *store.Tx) (err error) {
				g, err = delegation.EnterGift(ctx, tx, by, delegation.Gift{Body: b.Root(), Way: delegation.Given, Item: "Tranh sơn mài", Value: money.Of(4_000_000, money.VND), Level: level, Day: day, Name: "Ông Khamla", Reason: reason})
				return err
			})
			if err != nil {
				return g, fault.All(err)[0].Key
			}
			return g, ""
		}
		for _, c := range []struct {
			day    calendar.Day
			level  delegation.Level
			reason string
			want   string
		}{
			{calendar.DayOf(2025, 6, 1), delegation.Province, "", "gift.limit.over"},
			{calendar.DayOf(2025, 6, 1), delegation.Province, "Kỷ niệm 60 năm", ""},
			{calendar.DayOf(2026, 6, 1), delegation.Province, "", ""},
			{calendar.DayOf(2025, 6, 1), delegation.Commune, "", ""}, // no limit was set for it
		} {
			if _, got := give(c.day, c.level, c.reason); got != c.want {
				t.Errorf("%v %s %q: %q, want %q", c.day, c.level, c.reason, got, c.want)
			}
		}
		g, _ := give(calendar.DayOf(2026, 6, 2), delegation.Province, "")
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := delegation.MoveGift(ctx, tx, by, g.ID, delegation.Move{Day: calendar.DayOf(2026, 7, 1), Place: "Phòng truyền thống", Keeper: "Bà Lan"})
			return err
		})
		if kept, err := b.As(by).GiftKept(ctx, g.ID); err != nil || kept.Place != "Phòng truyền thống" {
			t.Errorf("the gift is at %q, %v", kept.Place, err)
		}
	})
}

func TestTravelPapersAreReadWithARightOfTheirOwn(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		d := came(t, b, "Đoàn Oudomxay", calendar.On(2026, 9, 1), 5)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			return delegation.KeepTravel(ctx, tx, by, delegation.Travel{Deed: d.ID, Name: "Khamphone", Kind: "passport", Number: "pa 12345 67", Country: "LA", Expires: calendar.DayOf(2030, 1, 1)})
		})
		found, err := b.As(by).TravelPapers(ctx, d.ID)
		if err != nil || len(found) != 1 || found[0].Number != "PA1234567" {
			t.Fatalf("%v, %v", found, err)
		}
		for kind, may := range map[access.OfficeKind]bool{access.Head: true, access.Secretary: true, access.Deputy: false, access.Inspector: false, access.Member: false} {
			if _, err := b.As(holder(b, kind, 5)).TravelPapers(ctx, d.ID); (err == nil) != may {
				t.Errorf("%s: %v", kind, err)
			}
		}
		history, err := b.As(by).History(ctx, "travel_paper", found[0].ID)
		if err != nil || len(history) != 1 {
			t.Fatal(history, err)
		}
		raw, err := json.Marshal(history)
		if err != nil || strings.Contains(string(raw), "1234567") || strings.Contains(string(raw), "Khamphone") {
			t.Errorf("the history tells %s, %v", raw, err)
		}
		var tables []string
		err = b.Dump(ctx, func(table string, _ []string) (func([]string) error, error) {
			tables = append(tables, table)
			return func([]string) error { return nil }, nil
		})
		if err != nil || slices.Contains(tables, "travel_paper") || !slices.Contains(tables, "visit") {
			t.Errorf("given out: %v, %v", tables, err)
		}
	})
}

func TestAVisitIsDueByTheRuleAndItsPromiseGoesToTheTie(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		thoXuan, queSon, one := districts(t, b)
		if key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			return delegation.SetDue(ctx, tx, by, b.Root(), delegation.Due{Report: 400})
		}); key != "delegation.due.range" {
			t.Errorf("a report after 400 days: %s", key)
		}
		var d deed.Deed
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			if err = delegation.SetDue(ctx, tx, by, b.Root(), delegation.Due{Report: 15, Thanks: 5}); err != nil {
				return err
			}
			d, err = deed.Post(ctx, tx, by, deed.Deed{
				Body: b.Root(), Kind: delegation.KindIn, Title: "Đoàn Quế Sơn", Day: calendar.On(2024, 8, 2), Lines: oneAct(),
				Parties: []deed.Party{{Role: deed.Guest, Body: queSon.ID}, {Role: deed.Host, Body: thoXuan.ID}},
			})
			if err != nil {
				return err
			}
			_, err = delegation.Keep(ctx, tx, by, delegation.Visit{Deed: d.ID, ThanksDue: calendar.DayOf(2024, 8, 30), Promises: []delegation.Promise{
				{Text: "Làm 2 ngôi nhà", Due: calendar.InYear(2024)}, {Text: "Mời sang thăm", Ours: true},
			}}, 0)
			return err
		})
		told, err := b.As(by).VisitOf(ctx, d.ID)
		if err != nil || told.Visit.ReportDue != calendar.DayOf(2024, 8, 17) || told.Visit.ThanksDue != calendar.DayOf(2024, 8, 30) {
			t.Errorf("due %v and %v, %v", told.Visit.ReportDue, told.Visit.ThanksDue, err)
		}
		var theirs, ours tie.Promise
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			if theirs, err = delegation.Entrust(ctx, tx, by, delegation.Handing{Deed: d.ID, Tie: one.ID}); err != nil {
				return err
			}
			ours, err = delegation.Entrust(ctx, tx, by, delegation.Handing{Deed: d.ID, N: 1, Tie: one.ID})
			return err
		})
		if theirs.Side != 2 || ours.Side != 1 || theirs.Text != "Làm 2 ngôi nhà" || theirs.Due != calendar.InYear(2024) {
			t.Errorf("handed on %+v and %+v", theirs, ours)
		}
		if told, err = b.As(by).VisitOf(ctx, d.ID); err != nil || told.Visit.Promises[0].Moved != int64(theirs.ID) {
			t.Errorf("the visit says %+v, %v", told.Visit.Promises, err)
		}
		for want, n := range map[string]int{"delegation.promise.moved": 0, "delegation.promise.missing": 7} {
			if key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
				_, err := delegation.Entrust(ctx, tx, by, delegation.Handing{Deed: d.ID, N: n, Tie: one.ID})
				return err
			}); key != want {
				t.Errorf("promise %d: %s, want %s", n, key, want)
			}
		}
		open, err := b.As(by).PromisesUnder(ctx, one.ID)
		if err != nil || len(open) != 2 {
			t.Errorf("the tie watches over %d promises, %v", len(open), err)
		}
	})
}

func TestAGiftIsPreparedAndThenHandedOver(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		today := b.As(by).Today()
		prepared := delegation.Gift{Body: b.Root(), Way: delegation.Given, Item: "Tranh đá", Day: today + 10, Planned: true, Value: money.Of(1_800_000, money.VND)}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			if _, err := delegation.EnterGift(ctx, tx, by, delegation.Gift{Body: b.Root(), Way: delegation.Received, Item: "Tranh lụa", Day: today, Planned: true}); fault.KindOf(err) != fault.Invalid {
				t.Errorf("a gift of theirs was prepared by us: %v", err)
			}
			prepared, err = delegation.EnterGift(ctx, tx, by, prepared)
			return err
		})
		if prepared.Late(today) || !prepared.Late(today+11) {
			t.Error("a prepared gift is late before its day, or not after it")
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			if _, err := delegation.HandGift(ctx, tx, by, prepared.ID, today+1); fault.KindOf(err) != fault.Invalid {
				t.Errorf("handed over tomorrow: %v", err)
			}
			if _, err := delegation.HandGift(ctx, tx, by, prepared.ID, today); err != nil {
				return err
			}
			if _, err := delegation.HandGift(ctx, tx, by, prepared.ID, today); fault.KindOf(err) != fault.Invalid {
				t.Errorf("handed over twice: %v", err)
			}
			return nil
		})
		kept, err := b.As(by).Gifts(ctx, store.GiftsAsked{From: today})
		if err != nil || len(kept) != 1 || kept[0].Planned || kept[0].Day != today {
			t.Errorf("after it was handed over: %+v, %v", kept, err)
		}
	})
}
