package store_test

import (
	"context"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/occasion"
	"kith.app/internal/person"
	"kith.app/internal/reform"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/union"
)

// calendar is a feast of the secret body's own, and a letter it owes for it.
func (g *guarded) calendar(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	f, err := occasion.Keep(ctx, tx, by, occasion.Feast{Kind: occasion.Day, Names: map[string]string{"vi": secret}, Rule: "12-12", Body: g.home.ID}, 0)
	if err != nil {
		return err
	}
	d, err := occasion.Begin(ctx, tx, by, occasion.Duty{
		Body: g.home.ID, Do: occasion.Letter, ToName: secret, Lang: "vi",
		For: occasion.Occurrence{Code: f.Code, Kind: occasion.Day, Day: calendar.DayOf(2026, 12, 12)},
	})
	if err != nil {
		return err
	}
	g.knows(d.ID, d, func(person.Turning) bool { return true })
	if err := tx.SaveReform(ctx, reform.State{Name: reform.VietNam2025, Status: reform.Standing}); err != nil {
		return err
	}
	g.by["Reform"] = []any{reform.VietNam2025}
	g.by["Feast"], g.by["FeastPast"] = []any{f.Code}, []any{f.Code}
	return nil
}

// yearOfUnion is a planned item of the secret body and an activity that fulfils it.
func (g *guarded) yearOfUnion(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	item, err := union.Intend(ctx, tx, by, union.Item{Body: g.home.ID, Year: 2026, Text: secret, When: calendar.InYear(2026)})
	if err != nil {
		return err
	}
	d, err := deed.Post(ctx, tx, by, deed.Deed{Body: g.home.ID, Kind: "seminar", Title: secret, Day: calendar.InYear(2026), Status: deed.Done, Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}})
	if err != nil {
		return err
	}
	if _, err := union.Describe(ctx, tx, by, union.Activity{Deed: d.ID, Part: union.Chaired}, 0); err != nil {
		return err
	}
	g.knows(item.ID)
	g.by["ActivityOf"] = []any{d.ID}
	g.by["Editions"] = []any{int64(1)}
	return nil
}

// visit is a delegation that the secret body sent, with a travel paper and a gift.
func (g *guarded) visit(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	d, err := deed.Post(ctx, tx, by, deed.Deed{
		Body: g.home.ID, Kind: "delegation-out", Title: secret, Day: calendar.On(2026, 3, 3), Status: deed.Done, Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}},
		Parties: []deed.Party{{Role: deed.Head, Name: secret}},
	})
	if err != nil {
		return err
	}
	if _, err := delegation.Keep(ctx, tx, by, delegation.Visit{Deed: d.ID, Purpose: secret}, 0); err != nil {
		return err
	}
	if err := delegation.KeepTravel(ctx, tx, by, delegation.Travel{Deed: d.ID, Name: secret, Kind: "passport", Number: "B1234567"}); err != nil {
		return err
	}
	gift, err := delegation.EnterGift(ctx, tx, by, delegation.Gift{Body: g.home.ID, Deed: d.ID, Way: delegation.Received, Item: secret, Day: calendar.DayOf(2026, 3, 3), Place: secret})
	if err != nil {
		return err
	}
	g.knows(gift.ID)
	g.by["VisitOf"], g.by["TravelPapers"] = []any{d.ID}, []any{d.ID}
	return nil
}
