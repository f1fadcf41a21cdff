package lineage_test

import (
	"context"
	"strings"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/chart"
	"kith.app/internal/lineage"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func unsaid(key string, args ...any) string {
	for _, a := range args {
		if s, is := a.(string); is {
			key += " " + s
		}
	}
	return key
}

func pictured(t *testing.T, b *store.Book, code string) chart.Picture {
	t.Helper()
	m, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	view := b.As(storetest.Operator())
	one, err := view.BodyByCode(context.Background(), code)
	if err != nil {
		t.Fatal(err)
	}
	s, err := lineage.Show(context.Background(), view, m, one, min(view.Today(), one.Life().To), "vi")
	if err != nil {
		t.Fatal(err)
	}
	return s.Picture(m, unsaid, func(n lineage.Named) string { return "/" + n.Code })
}

// TestALineOfEventsIsDrawnWithItsTable: renamed, then merged, each with its day.
func TestALineOfEventsIsDrawnWithItsTable(t *testing.T) {
	b := storetest.Open(t)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		north, south := storetest.Named("Chi hội Bắc", body.Branch), storetest.Named("Chi hội Nam", body.Branch)
		north.Parent, south.Parent, north.Founded, south.Founded = b.Root(), b.Root(), calendar.InYear(1990), calendar.InYear(1992)
		north.Code, south.Code = "bac", "nam"
		north, err := body.Found(ctx, tx, north)
		if err != nil {
			return err
		}
		south, err = body.Found(ctx, tx, south)
		if err != nil {
			return err
		}
		if _, err := body.Rename(ctx, tx, north.ID, []body.Name{{Lang: "vi", Full: "Chi hội Bắc Sông"}}, body.Decision{Day: calendar.DayOf(2010, 3, 1)}); err != nil {
			return err
		}
		heir := storetest.Named("Chi hội Bắc Nam", body.Branch)
		_, err = body.Merge(ctx, tx, []body.ID{north.ID, south.ID}, body.Successor{New: &heir}, body.Decision{Day: calendar.DayOf(2025, 7, 1)})
		return err
	})
	p := pictured(t, b, "bac")
	if p.Empty() || len(p.Table.Rows) != 3 {
		t.Fatalf("drawn %v with %d rows, want the rename and two successions", !p.Empty(), len(p.Table.Rows))
	}
	svg := p.Wide.SVG("")
	for _, words := range []string{"Chi hội Bắc Sông", "Chi hội Nam", "Chi hội Bắc Nam", "01/03/2010 · lineage.kind.rename", "01/07/2025 ·", "lineage.kind.merge", "30/06/2025"} {
		if !strings.Contains(svg, words) {
			t.Errorf("the picture lacks %q", words)
		}
	}
	if ref := p.Table.Rows[2][2].Ref; ref != "/nam" {
		t.Errorf("the south leads to %q", ref)
	}
}

// TestADistrictThatEndedIsDrawnFromTheMap: the communes that stand for it today.
func TestADistrictThatEndedIsDrawnFromTheMap(t *testing.T) {
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
	p := pictured(t, b, "huyen-que-son-quang-nam")
	if p.Empty() || len(p.Table.Rows) != 5 {
		t.Fatalf("Quế Sơn is drawn with %d successions, want its five communes", len(p.Table.Rows))
	}
	if !strings.Contains(p.Wide.SVG(""), "Xã Quế Sơn") {
		t.Error("the picture lacks an heir")
	}
}

// TestABodyThatAlwaysStoodHasNoPicture: nothing is drawn where nothing happened.
func TestABodyThatAlwaysStoodHasNoPicture(t *testing.T) {
	b := storetest.Open(t)
	view := b.As(storetest.Operator())
	root, err := view.Body(context.Background(), b.Root())
	if err != nil {
		t.Fatal(err)
	}
	if p := pictured(t, b, root.Code); !p.Empty() {
		t.Error("a picture of nothing")
	}
}
