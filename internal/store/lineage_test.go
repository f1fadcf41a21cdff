package store_test

import (
	"context"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// TestUnitIsHeldWithAllThatIsKnownOfIt: a district comes into the book with its
// fixed id, names, level, code and the province above it, once.
func TestUnitIsHeldWithAllThatIsKnownOfIt(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		m, err := place.Shipped()
		if err != nil {
			t.Fatal(err)
		}
		unit, ok := m.ByHandle("huyen-que-son-quang-nam")
		if !ok {
			t.Fatal("no unit is called huyen-que-son-quang-nam")
		}
		for range 2 {
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
				_, err := body.Hold(ctx, tx, m, unit)
				return err
			})
		}
		view := b.As(storetest.Operator())
		got, err := view.BodyByCode(context.Background(), "huyen-que-son-quang-nam")
		if err != nil {
			t.Fatal(err)
		}
		on := calendar.DayOf(2024, 8, 2)
		province, _ := view.Tree().ParentOn(got.ID, on)
		if got.ID != body.ID(unit) || got.NameOn("vi", on) != "Huyện Quế Sơn" || got.LevelOn(on) != body.District || got.Kind != body.Locality {
			t.Errorf("the district is %+v", got)
		}
		if p, err := view.Body(context.Background(), province); err != nil || p.NameOn("vi", on) != "Tỉnh Quảng Nam" {
			t.Errorf("the district stood under %+v (%v), want Quảng Nam", p, err)
		}
		coded, err := view.BodiesCoded(context.Background(), body.Official, unit.Code(), on)
		if err != nil || len(coded) != 1 || coded[0].ID != got.ID {
			t.Errorf("code %s on %s is %v (%v), want the district", unit.Code(), on, coded, err)
		}
		if view.Lineage().Stood(got.ID, place.Reform) {
			t.Error("the district stood after the reform")
		}
	})
}
