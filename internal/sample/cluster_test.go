package sample_test

import (
	"context"
	"testing"

	"kith.app/internal/appraisal"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/sample"
	"kith.app/internal/store"
)

// yearOfCluster reads a contest of the sample's cluster.
func yearOfCluster(t *testing.T, view *store.View, year int) store.ContestFile {
	t.Helper()
	cluster, err := view.BodyByCode(context.Background(), sample.ClusterCode)
	if err != nil {
		t.Fatal(err)
	}
	f, err := view.ContestOf(context.Background(), cluster.ID, year)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// clusterYear holds the sample of the cluster to what was told of it.
func clusterYear(t *testing.T, view *store.View) {
	ctx := context.Background()
	f := yearOfCluster(t, view, 2022)
	if len(f.Units) != 7 || f.Contest.Standing != contest.Published {
		t.Fatalf("%d units, %s; want 7, published", len(f.Units), f.Contest.Standing)
	}
	o, err := view.ContestOutcome(ctx, f.Contest.ID)
	if err != nil {
		t.Fatal(err)
	}
	first, err := view.Body(ctx, o.Results[0].Unit)
	if err != nil || first.Code != "mttq-lang-son" || o.Results[0].Rank != 1 || o.Results[0].Shared {
		t.Errorf("first is %s %+v %v, want Lạng Sơn alone", first.Code, o.Results[0], err)
	}
	if h := o.Honours[0]; h.Unit != first.ID || h.Award != "comprehensive-excellent" || h.Status != contest.Given {
		t.Errorf("the title %+v", h)
	}
	next := yearOfCluster(t, view, 2023)
	signed, err := view.ContestOutcome(ctx, next.Contest.ID)
	if err != nil || len(signed.Contracts) != 7 || signed.Contracts[0].Signed.String() != "2022-12-02" || len(signed.Contracts[0].Targets) == 0 {
		t.Errorf("contracts of 2023: %+v %v", signed.Contracts, err)
	}
	for _, u := range next.Units {
		if b, _ := view.Body(ctx, u.Body); (b.Code == "mttq-dien-bien") != (u.Role == contest.Lead) {
			t.Errorf("%s is %s in 2023", b.Code, u.Role)
		}
	}
	totals, err := appraisal.Add(ctx, view, appraisal.Year{Contest: f.Contest, Units: f.Units, Table: f.Table}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range totals.Wholes {
		want, told := map[string]int64{"resources": 200_000_000_000, "houses": 3200}[w.Code]
		if !told {
			continue
		}
		exact := 0
		for i, a := range w.Now {
			if a.Qualifier() == deed.Exact {
				exact++
			}
			for _, o := range w.Now[:i] {
				if a.Qty == o.Qty {
					t.Errorf("%s: two inputs of %d", w.Code, a.Qty)
				}
			}
		}
		if w.Sum.Qty != want || w.Sum.Qualifier() != deed.Over || exact == 0 || exact == 7 {
			t.Errorf("%s: %s %d with %d exact inputs, want over %d of some exact and some not", w.Code, w.Sum.Qualifier(), w.Sum.Qty, exact, want)
		}
	}
}

// afterReform holds the sample to what the reform of 2025 did to the cluster.
func afterReform(t *testing.T, view *store.View) {
	ctx := context.Background()
	year := func(y int) *appraisal.Year {
		f := yearOfCluster(t, view, y)
		return &appraisal.Year{Contest: f.Contest, Units: f.Units, Table: f.Table}
	}
	totals, err := appraisal.Add(ctx, view, *year(2025), year(2024))
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range totals.Units {
		b, err := view.Body(ctx, u.Body)
		if err != nil {
			t.Fatal(err)
		}
		changed := map[string]bool{"mttq-ha-giang": true, "mttq-lao-cai": true, "mttq-tuyen-quang-2025": true, "mttq-lao-cai-2025": true}[b.Code]
		if changed == u.Likeness.Comparable() {
			t.Errorf("%s is %s", b.Code, u.Likeness)
		}
	}
}
