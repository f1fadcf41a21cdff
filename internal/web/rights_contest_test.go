package web

import (
	"context"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// contest is a contest of a cluster that the branch keeps, in which the branch
// takes part, being scored.
func (r *rights) contest(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	cluster := storetest.Named("Cụm thi đua thử", body.Cluster)
	cluster.Parent = r.branch.ID
	cluster, err := body.Found(ctx, tx, cluster)
	if err != nil {
		return err
	}
	c, err := contest.Draw(ctx, tx, by, contest.Contest{
		Cluster: cluster.ID, Year: 2026, Titles: map[string]string{"vi": "Thi đua thử"}, Period: calendar.Year(2026), Scale: contest.Scale{Base: contest.Point},
		Stages: []contest.Stage{{Code: "self", Names: map[string]string{"vi": "Tự chấm"}, By: contest.ByUnit, Edits: true}},
	})
	if err != nil {
		return err
	}
	if err := contest.Enlist(ctx, tx, by, contest.Unit{Contest: c.ID, Body: r.branch.ID, Role: contest.Member, Until: calendar.Latest}); err != nil {
		return err
	}
	row, err := contest.Put(ctx, tx, by, contest.Criterion{Contest: c.ID, No: "1", Names: map[string]string{"vi": "Tiêu chí thử"}, Max: contest.Point, Method: contest.ByHand}, 0)
	if err != nil {
		return err
	}
	if _, err := contest.Open(ctx, tx, by, c.ID); err != nil {
		return err
	}
	r.ids["/contests/"], r.ids["{criterion}"], r.ids["{unit}"], r.ids["{body}"] = idText(c.ID), idText(row.ID), r.branch.Code, idText(r.branch.ID)
	return nil
}
