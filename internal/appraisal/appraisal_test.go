package appraisal_test

import (
	"context"
	"testing"
	"time"

	"kith.app/internal/appraisal"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// stage is a contest of one unit with deeds of this year and the last.
func stage(t *testing.T, b *store.Book, rows ...contest.Criterion) (store.ContestFile, body.ID) {
	t.Helper()
	var id contest.ID
	unit := storetest.Beside(t, b, "Mặt trận Một")
	cluster := storetest.Beside(t, b, "Cụm thi đua")
	by := storetest.Operator()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		for _, day := range []calendar.Date{calendar.On(2026, time.March, 3), calendar.On(2026, time.May, 5), calendar.On(2025, time.April, 4)} {
			d := deed.Deed{Body: unit.ID, Kind: "campaign", Title: "Nhà đại đoàn kết", Day: day, Status: deed.Done, Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Built, Quantity: 7, Qualifier: deed.Over}}}
			if _, err := deed.Post(ctx, tx, by, d); err != nil {
				return err
			}
		}
		c, err := contest.Draw(ctx, tx, by, contest.Contest{
			Cluster: cluster.ID, Year: 2026, Titles: map[string]string{"vi": "Thi đua 2026"}, Period: calendar.Year(2026), Scale: contest.Scale{Base: 10 * contest.Point, Decimals: 2},
			Stages: []contest.Stage{{Code: "self", Names: map[string]string{"vi": "Tự chấm"}, By: contest.ByUnit, Edits: true}, {Code: "check", Names: map[string]string{"vi": "Thẩm định"}, By: contest.ByUnit, Edits: true}},
		})
		if err != nil {
			return err
		}
		id = c.ID
		if err := contest.Enlist(ctx, tx, by, contest.Unit{Contest: id, Body: unit.ID, Role: contest.Lead, Until: calendar.Latest}); err != nil {
			return err
		}
		for i, row := range rows {
			row.Contest, row.Order, row.Names = id, i, map[string]string{"vi": "Tiêu chí " + row.No}
			if _, err := contest.Put(ctx, tx, by, row, 0); err != nil {
				return err
			}
		}
		return nil
	})
	f, err := b.As(by).Contest(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return f, unit.ID
}

func TestTheJournalProposesPointsWithTheDeedsBehindThem(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		f, unit := stage(t, b,
			contest.Criterion{No: "1", Max: 4 * contest.Point, Method: contest.PerCount, Per: contest.Point + contest.Point/2, Value: "[campaign.acts]"},
			contest.Criterion{No: "2", Max: 3 * contest.Point, Method: contest.Formula, Value: "[campaign.acts] / [campaign.acts@last] + 0 * {1}"},
			contest.Criterion{No: "3", Max: 3 * contest.Point, Method: contest.ByHand},
		)
		s := appraisal.Sheet{Contest: f.Contest, Table: f.Table, Unit: unit}
		proposed, failed, err := appraisal.Proposals(context.Background(), b.As(storetest.Operator()), s)
		if err != nil || len(failed) != 0 || len(proposed) != 2 {
			t.Fatalf("proposed %v, failed %v, %v", proposed, failed, err)
		}
		one, two := proposed[f.Table.All()[0].ID], proposed[f.Table.All()[1].ID]
		if one.Points != 3*contest.Point || len(one.Deeds) != 2 {
			t.Errorf("two campaigns give %s with %d deeds, want 3 with 2", one.Points, len(one.Deeds))
		}
		if two.Points != 2*contest.Point {
			t.Errorf("twice as many as last year give %s, want 2: %v", two.Points, two.Steps)
		}
	})
}

func TestFormulasThatLeadBackToThemselvesAreRefused(t *testing.T) {
	b := storetest.Open(t)
	f, unit := stage(t, b,
		contest.Criterion{No: "1", Max: contest.Point, Method: contest.Formula, Value: "{2} + 1"},
		contest.Criterion{No: "2", Max: contest.Point, Method: contest.Formula, Value: "1 + 1"},
		contest.Criterion{No: "3", Max: contest.Point, Method: contest.Formula, Value: "[campaign.built] / [campaign.repaired]"},
	)
	circle := f.Table.All()[1]
	circle.Value = "{1} + 1"
	err := b.Write(context.Background(), store.Writing{By: storetest.Operator(), Why: "test"}, func(ctx context.Context, tx *store.Tx) error {
		_, err := contest.Put(ctx, tx, storetest.Operator(), circle, circle.Revision)
		return err
	})
	if all := fault.All(err); len(all) != 1 || all[0].Key != "contest.formula.loop" || all[0].Field != "value" {
		t.Errorf("written in a circle: %v", err)
	}
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error { // as an older book may hold it
		circle.Revision++
		return tx.SaveCriterion(ctx, circle)
	})
	if f, err = b.As(storetest.Operator()).Contest(context.Background(), f.Contest.ID); err != nil {
		t.Fatal(err)
	}
	_, failed, err := appraisal.Proposals(context.Background(), b.As(storetest.Operator()), appraisal.Sheet{Contest: f.Contest, Table: f.Table, Unit: unit})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"contest.formula.loop", "contest.formula.loop", "contest.formula.zero"} {
		all := fault.All(failed[f.Table.All()[i].ID])
		if len(all) != 1 || all[0].Key != want {
			t.Errorf("criterion %d: %v, want %s", i+1, all, want)
		}
	}
}

func TestWhyTellsEveryLossWithItsReason(t *testing.T) {
	c := contest.Contest{Stages: []contest.Stage{{Code: "self"}, {Code: "check"}}}
	table, err := contest.NewTable([]contest.Criterion{{ID: 1, No: "1", Max: 10 * contest.Point, Method: contest.ByHand}, {ID: 2, No: "2", Max: 5 * contest.Point, Method: contest.ByHand}})
	if err != nil {
		t.Fatal(err)
	}
	score := func(id contest.CriterionID, points contest.Points, why string) contest.Score {
		return contest.Score{Criterion: id, Points: points, Reason: why}
	}
	scores := map[string]map[contest.CriterionID]contest.Score{
		"self":  {1: score(1, 10*contest.Point, ""), 2: score(2, 4*contest.Point, "thiếu một bài quý IV")},
		"check": {1: score(1, 8*contest.Point+contest.Point/2, "chưa có kế hoạch"), 2: score(2, 4*contest.Point, "")},
	}
	changes := []contest.Change{{Stage: "check", Criterion: 1, Name: "Lò Văn Một"}}
	steps := appraisal.Why(c, table, 9, scores, changes)
	if len(steps) != 2 || steps[0].From-steps[0].To != contest.Point+contest.Point/2 || steps[0].Reason != "chưa có kế hoạch" || steps[0].Name != "Lò Văn Một" || steps[1].Criterion.No != "2" {
		t.Errorf("why: %+v", steps)
	}
}
