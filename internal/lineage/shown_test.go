package lineage_test

import (
	"context"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/lineage"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// TestWhoTheDistrictIsTodayDependsOnTheDayAsked: Quế Sơn with what had come back
// to it by then.
func TestWhoTheDistrictIsTodayDependsOnTheDayAsked(t *testing.T) {
	b := storetest.Open(t)
	m, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	unit, _ := m.ByHandle("huyen-que-son-quang-nam")
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		_, err := body.Hold(ctx, tx, m, unit)
		return err
	})
	view := b.As(storetest.Operator())
	held, err := view.BodyByCode(context.Background(), "huyen-que-son-quang-nam")
	if err != nil {
		t.Fatal(err)
	}
	communes := map[string]int{}
	for _, day := range []calendar.Day{calendar.DayOf(2024, 8, 2), calendar.DayOf(2025, 6, 30)} {
		s, err := lineage.Show(context.Background(), view, m, held, day, "vi")
		if err != nil {
			t.Fatal(err)
		}
		if s.NameThen != "Huyện Quế Sơn" || !s.Stood || s.Stands || len(s.Under) != 1 || s.Under[0].Name != "Tỉnh Quảng Nam" {
			t.Errorf("on %s the district is %+v", day, s)
		}
		communes[day.String()] = len(s.Now)
		for _, n := range s.Now {
			if n.Name == "" || n.Path == "" || !n.Below {
				t.Errorf("an heir without a name: %+v", n)
			}
		}
		unheld, err := lineage.FromMap(context.Background(), view, m, unit, day, "vi")
		if err != nil || len(unheld.Now) != len(s.Now) {
			t.Errorf("from the map %d heirs (%v), from the book %d", len(unheld.Now), err, len(s.Now))
		}
	}
	if communes["2024-08-02"] >= communes["2025-06-30"] || communes["2025-06-30"] != 5 {
		t.Errorf("communes %v, want fewer as of 2024-08-02 and 5 as of 2025-06-30", communes)
	}
}
