package store_test

import (
	"context"
	"slices"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tally"
)

// TestAReportFollowsItsBordersInEveryPart: two branches became one; on the borders
// of today its report tells the members, money, goods and deeds of both, on those
// of each time only its own.
func TestAReportFollowsItsBordersInEveryPart(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		north, south := founded(t, b, "Chi hội Bắc", b.Root(), longAgo), founded(t, b, "Chi hội Nam", b.Root(), longAgo)
		for i, of := range []body.ID{north.ID, south.ID} {
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
				_, err := person.Enrol(ctx, tx, storetest.Operator(), person.Person{Body: of, Name: []string{"Đỗ Thị Bắc", "Lê Văn Nam"}[i], Consent: person.Yes},
					&person.Membership{Body: of, Joined: on("2025-02-03")})
				return err
			})
			openFund(t, b, of)
			enter(t, b, fund.Draft{Body: of, Kind: fund.Receipt, Day: on("2025-03-01"), Parts: []fund.Part{dong("donation", 1_000_000*int64(i+1))}, Slip: fund.Slip{Name: "Nhà hảo tâm", Consent: person.Yes}})
			post(t, b, deed.Deed{Body: of, Kind: "relief-home", Day: on("2025-04-02"), Title: "Áo ấm về quê", Lines: []deed.Line{{Unit: deed.Things, Quantity: 10, Item: "Áo ấm"}}})
		}
		anew := storetest.Named("Chi hội Bắc Nam", body.Branch)
		e := did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Merge(ctx, tx, []body.ID{north.ID, south.ID}, body.Successor{New: &anew}, body.Decision{Day: merged})
		})
		heir := e.Edges[0].To
		view := b.As(storetest.Operator())
		for _, c := range []struct {
			borders                    tally.Borders
			joined, money, coats, told int64
		}{
			{tally.Borders{}, 0, 0, 0, 0},
			{tally.Borders{Extent: tally.Today}, 2, 3_000_000, 20, 2},
			{tally.Borders{Extent: tally.OwnLine}, 2, 3_000_000, 20, 2},
			{tally.Borders{Extent: tally.OnDay, Day: merged - 1}, 2, 3_000_000, 20, 2}, // both answer for it
		} {
			f, err := report.Gather(context.Background(), view, report.Ask{Body: heir, Kind: report.Annual, Period: calendar.Year(2025), Borders: c.borders})
			if err != nil {
				t.Fatal(err)
			}
			money, coats := int64(0), int64(0)
			if f.Fund != nil {
				money = f.Fund.Sheets[0].Receipts.Qty
			}
			for _, g := range f.Goods {
				coats += g.Given.Qty
			}
			if f.Roll.Joined.Qty != c.joined || money != c.money || coats != c.coats || int64(len(f.Deeds)) != c.told {
				t.Errorf("borders %s: %d came, %d received, %d coats, %d deeds; want %+v", c.borders, f.Roll.Joined.Qty, money, coats, len(f.Deeds), c)
			}
			if c.told > 0 && (f.Fund == nil || len(f.Fund.Donors) == 0) {
				t.Errorf("borders %s: no donor is named", c.borders)
			}
			movers, err := view.Movers(context.Background(), heir, report.RollJoined, calendar.Year(2025), c.borders)
			if err != nil || int64(len(movers)) != c.joined {
				t.Errorf("borders %s: %d people behind who came (%v), want %d", c.borders, len(movers), err, c.joined)
			}
			people, _, err := view.People(context.Background(), store.PeopleQuery{Status: store.IsMember, Branch: heir, Borders: c.borders})
			if err != nil || int64(len(people)) != c.joined {
				t.Errorf("borders %s: %d people listed (%v), want %d", c.borders, len(people), err, c.joined)
			}
		}
	})
}

// TestFiguresOfManyAreThoseOfEach: reading many bodies at once answers what asking
// for each does.
func TestFiguresOfManyAreThoseOfEach(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		d := newDivided(t, b)
		all := []body.ID{d.west.ID, d.east.ID, d.whole.ID, d.halved.ID, d.split.ID, d.kept.ID, d.north.ID, d.south.ID}
		for i, id := range all {
			post(t, b, visit(id, []string{"2024-05-01", "2024-06", "2023", ""}[i%4], int64(7*i+3)))
		}
		view := b.As(storetest.Operator())
		for kept := range 2 {
			for _, borders := range []tally.Borders{d.then, d.today, d.before, d.line} {
				for _, p := range []string{"../..", "2024", "2024-05-01/2024-06-10"} {
					period, err := calendar.ParsePeriod(p)
					if err != nil {
						t.Fatal(err)
					}
					figures, err := tally.OfEach(context.Background(), view, tally.Query{Measure: acts, Period: period, Borders: borders}, all)
					if err != nil {
						t.Fatal(err)
					}
					for i, id := range all {
						one, got := figureOn(t, b, id, borders, p), figures[i]
						if one.Qty != got.Qty || one.Undated != got.Undated || !slices.Equal(one.Across, got.Across) || !slices.Equal(one.Of, got.Of) || len(one.NotDivisible) != len(got.NotDivisible) {
							t.Errorf("kept %d, borders %s, %s: body %d together %+v, alone %+v", kept, borders, p, i, got, one)
						}
					}
				}
			}
			if kept == 0 {
				keep(t, b, d.day-1, d.day)
			}
		}
	})
}
