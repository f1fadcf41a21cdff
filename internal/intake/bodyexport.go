package intake

import (
	"context"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/place"
	"kith.app/internal/sheet"
)

func placeID(id int64) place.ID { return place.ID(id) }

// allBodies writes every body but the book's own and the households, a parent
// before what stands under it.
func (x *export) allBodies(ctx context.Context, b Book) error {
	all, err := b.KnownBodies(ctx)
	if err != nil {
		return err
	}
	depth := func(one body.Body) int { return len(b.Tree().Ancestors(one.ID, x.today)) }
	slices.SortStableFunc(all, func(a, c body.Body) int { return depth(a) - depth(c) })
	x.columns = []Field{"code", "name", "short", "english", "french", "kind", "parent", "founded", "ended", "address", "phone", "place", "note"}
	x.rows = func(yield func([]sheet.Value) bool) {
		for _, one := range all {
			if one.ID == x.root || one.Kind == body.Household {
				continue
			}
			if !yield(x.bodyRow(one)) {
				return
			}
		}
	}
	return nil
}

func (x *export) bodyRow(b body.Body) []sheet.Value {
	names := map[string]body.Name{}
	for _, n := range b.Names {
		if !n.Alias && n.Until >= x.today {
			names[n.Lang] = n
		}
	}
	if names["vi"].Full == "" {
		names["vi"] = body.Name{Full: x.name(b), Short: b.ShortOn("vi", x.today)}
	}
	return []sheet.Value{
		sheet.Words(b.Code), sheet.Words(names["vi"].Full), sheet.Words(names["vi"].Short), sheet.Words(names["en"].Full), sheet.Words(names["fr"].Full),
		x.coded("body", string(b.Kind)), x.body(b.Parent), sheet.On(b.Founded), sheet.On(b.Ended), sheet.Words(b.Address), sheet.Words(b.Phone),
		x.place(b.Seat, ""), sheet.Words(b.Note),
	}
}

// allHouseholds writes every household with its number and its head.
func (x *export) allHouseholds(ctx context.Context, b Book) error {
	all, err := b.KnownBodies(ctx)
	if err != nil {
		return err
	}
	x.columns = []Field{"number", "head", "address", "phone", "place", "note"}
	x.rows = func(yield func([]sheet.Value) bool) {
		for _, one := range all {
			if one.Kind != body.Household {
				continue
			}
			number, head := x.households.told(one.ID)
			if head == "" {
				number, head = "", number
			}
			if !yield([]sheet.Value{
				sheet.Words(number), sheet.Words(head), sheet.Words(one.Address), sheet.Words(one.Phone), x.place(one.Seat, ""), sheet.Words(one.Note),
			}) {
				return
			}
		}
	}
	return nil
}
