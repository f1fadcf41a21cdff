package contest_test

import (
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/contest"
)

// ranked are published results: unit, rank, points (0: not known).
func ranked(of ...[3]int64) []contest.Result {
	var all []contest.Result
	for _, r := range of {
		one := contest.Result{Unit: body.ID(r[0]), Rank: int(r[1])}
		if r[2] > 0 {
			p := contest.Points(r[2]) * contest.Point
			one.Total = &p
		}
		all = append(all, one)
	}
	return all
}

func TestAnAppealMovesOnlyWhatItMoves(t *testing.T) {
	c := contest.Contest{Classes: []contest.Class{{Code: "good", From: 90 * contest.Point}, {Code: "fair"}}}
	to := func(unit, points int64) contest.Amendment {
		return contest.Amendment{Unit: body.ID(unit), To: contest.Points(points) * contest.Point}
	}
	for name, x := range map[string]struct {
		published []contest.Result
		appeals   []contest.Amendment
		want      map[body.ID]int
	}{
		"over one":                              {ranked([3]int64{1, 1, 95}, [3]int64{2, 2, 94}), []contest.Amendment{to(2, 96)}, map[body.ID]int{2: 1, 1: 2}},
		"equal units told apart stay so":        {ranked([3]int64{1, 1, 95}, [3]int64{2, 2, 95}, [3]int64{3, 3, 80}), []contest.Amendment{to(3, 81)}, map[body.ID]int{1: 1, 2: 2, 3: 3}},
		"equal by the appeal share":             {ranked([3]int64{1, 1, 95}, [3]int64{2, 2, 94}), []contest.Amendment{to(2, 95)}, map[body.ID]int{1: 1, 2: 1}},
		"of which only the rank was ever known": {ranked([3]int64{1, 1, 95}, [3]int64{2, 2, 94}, [3]int64{3, 0, 0}), []contest.Amendment{to(2, 93)}, map[body.ID]int{1: 1, 2: 2, 3: 0}},
	} {
		for _, r := range c.Amended(x.published, x.appeals) {
			if r.Rank != x.want[r.Unit] {
				t.Errorf("%s: unit %d has rank %d, want %d", name, r.Unit, r.Rank, x.want[r.Unit])
			}
		}
	}
	now := c.Amended(ranked([3]int64{1, 1, 95}, [3]int64{2, 2, 89}), []contest.Amendment{to(2, 91)})
	if now[1].Class != "good" {
		t.Errorf("the class does not follow the amended total: %+v", now[1])
	}
}
