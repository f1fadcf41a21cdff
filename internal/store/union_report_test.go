package store_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/locale"
	"kith.app/internal/report"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/union"
)

func TestTheReportOfAnAssociationTellsItsActivitiesAndPlan(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		of := storetest.Beside(t, b, "Hội Hữu nghị thử")
		acted(t, b, deed.Deed{Body: of.ID, Kind: "exchange", Title: "Giao lưu", Day: calendar.On(2025, 4, 14), Lines: oneAct()}, union.Activity{Part: union.Chaired, Countries: []string{"KH"}})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			for year, what := range map[int]string{2025: "Việc năm nay", 2026: "Việc năm sau"} {
				if _, err := union.Intend(ctx, tx, by, union.Item{Body: of.ID, Year: year, Text: what}); err != nil {
					return err
				}
			}
			return nil
		})
		facts, err := report.Gather(ctx, b.As(by), report.Ask{Body: of.ID, Kind: report.Annual, Period: calendar.Year(2025)})
		if err != nil || facts.Friendship == nil || facts.Friendship.Counts.Total.Chaired != 1 || facts.Friendship.Outside != 1 {
			t.Fatalf("%+v, %v", facts.Friendship, err)
		}
		words, err := locale.Load()
		if err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		if err := report.Write(&said, report.Compose(words.In(locale.Vi), facts, report.Paper{}), report.HTML); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"1 chủ trì", "Campuchia", "Việc năm nay", "Việc năm sau"} {
			if !strings.Contains(said.String(), want) {
				t.Errorf("the report lacks %q", want)
			}
		}
	})
}
