package store_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/locale"
	"kith.app/internal/occasion"
	"kith.app/internal/report"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tie"
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
		laos := storetest.Named("Tổng Lãnh sự quán Lào", body.Authority)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			if laos, err = body.Found(ctx, tx, laos); err != nil {
				return err
			}
			d, err := occasion.Begin(ctx, tx, by, occasion.Duty{Body: of.ID, Do: occasion.Letter, To: laos.ID, Lang: "vi", Text: "Chúc mừng", For: occasion.Occurrence{Code: "national.LA", Kind: occasion.National, Country: "LA", Day: calendar.DayOf(2025, 12, 2)}})
			if err != nil {
				return err
			}
			for _, step := range []occasion.Step{occasion.Signed, occasion.Sent, occasion.Answered} {
				if d, err = occasion.Take(ctx, tx, by, d.ID, d.Revision, occasion.Took{Step: step, Day: calendar.DayOf(2025, 11, 28)}); err != nil {
					return err
				}
			}
			if _, err = tie.Enter(ctx, tx, by, tie.Tie{
				Kind: "twinning", Body: of.ID, Code: "thu-vientiane", Titles: []tie.Title{{Lang: "vi", Text: "Ghi nhớ với Viêng Chăn"}},
				Parties: []tie.Party{{Side: 1, Body: of.ID, Level: tie.City}, {Side: 2, Body: laos.ID, Level: tie.City}},
				Stages:  []tie.Stage{{Kind: tie.Signature, Date: calendar.On(2025, 3, 1)}, {Kind: tie.Contact, Date: calendar.On(2024, 3, 1)}},
			}); err != nil {
				return err
			}
			_, err = union.Hold(ctx, tx, by, union.Term{Body: of.ID, N: 3, From: calendar.On(2025, 8, 8), Planned: calendar.InYear(2030)}, 0)
			return err
		})
		acted(t, b, deed.Deed{Body: of.ID, Kind: report.KindOverseas, Title: "Tặng quà hộ từ Campuchia về", Day: calendar.On(2025, 6, 1), Lines: append(oneAct(), deed.Line{Unit: deed.Families, Quantity: 200})}, union.Activity{Part: union.Chaired})
		facts, err := report.Gather(ctx, b.As(by), report.Ask{Body: of.ID, Kind: report.Annual, Period: calendar.Year(2025)})
		if err != nil || facts.Friendship == nil || facts.Friendship.Counts.Total.Chaired != 2 || facts.Friendship.Outside != 2 {
			t.Fatalf("%+v, %v", facts.Friendship, err)
		}
		words, err := locale.Load()
		if err != nil {
			t.Fatal(err)
		}
		f := facts.Friendship
		if len(f.Wishes) != 1 || f.Wishes[0] != (report.Wish{Country: "LA", Kind: occasion.National, Letters: 1, Answered: 1}) || len(f.Agreed) != 1 || len(f.Congress) != 1 || len(f.Overseas) != 1 {
			t.Errorf("letters %+v, agreements %+v, congresses %+v, abroad %+v", f.Wishes, f.Agreed, f.Congress, f.Overseas)
		}
		var said bytes.Buffer
		if err := report.Write(&said, report.Compose(words.In(locale.Vi), facts, report.Paper{}), report.HTML); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"2 chủ trì", "Campuchia", "Việc năm nay", "Việc năm sau", "Ghi nhớ với Viêng Chăn", "lần thứ III", "Tặng quà hộ từ Campuchia về (01/06/2025): 200"} {
			if !strings.Contains(said.String(), want) {
				t.Errorf("the report lacks %q", want)
			}
		}
	})
}
