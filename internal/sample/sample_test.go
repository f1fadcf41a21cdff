package sample_test

import (
	"context"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/sample"
	"kith.app/internal/store"
	"kith.app/internal/tally"
)

func TestTheSampleHoldsTheStatedFiguresAndIsWhole(t *testing.T) {
	ctx := context.Background()
	at := store.Place{Dir: t.TempDir()}
	if err := sample.Build(ctx, at, nil); err != nil {
		t.Fatal(err)
	}
	book, err := store.Open(ctx, at, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if trouble, err := book.Check(ctx); err != nil || len(trouble) != 0 {
		t.Fatalf("check: %v %v", trouble, err)
	}
	view := book.As(access.Operator("test"))
	root, err := view.BodyByCode(ctx, sample.Code)
	if err != nil {
		t.Fatal(err)
	}
	if got := root.Founded.EDTF(); got != "2003-10" {
		t.Errorf("founded %s, want 2003-10", got)
	}
	span, err := calendar.ParsePeriod("2003-10/2024-05")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{
		"home-trip.acts": 3, "home-trip.persons": 115, "longevity.acts": 372, "sick-visit.acts": 1094,
		"study-award.persons": 2325, "hardship.families": 28, "relief-home.money:VND": 50_000_000,
	}
	for code, n := range want {
		answers, err := tally.Answer(ctx, view, tally.Question{Body: root.ID, Measure: code, Period: span})
		if err != nil || len(answers) != 1 || answers[0].Figure.Qty != n || len(answers[0].Figure.Across) != 0 {
			t.Errorf("%s = %+v %v, want %d", code, answers, err, n)
		}
	}
	may := calendar.DayOf(2024, 5, 31)
	if n, err := view.MembersOn(ctx, root.ID, may); err != nil || n <= 500 {
		t.Errorf("%d members %v, want more than 500", n, err)
	}
	if n := len(view.Tree().ChildrenOn(root.ID, may)); n != 12 {
		t.Errorf("%d branches, want 12", n)
	}
	clusterYear(t, view)
	afterReform(t, view)
}
