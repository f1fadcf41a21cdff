package store_test

import (
	"context"
	"reflect"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/dossier"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// contest is a contest of a cluster that the secret body keeps, with itself as the
// only unit: a score, a move, a contract.
func (g *guarded) contest(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	cluster := storetest.Named("Cụm kín", body.Cluster)
	cluster.Parent = g.home.ID
	cluster, err := body.Found(ctx, tx, cluster)
	if err != nil {
		return err
	}
	c, err := contest.Draw(ctx, tx, by, contest.Contest{
		Cluster: cluster.ID, Year: 2026, Titles: map[string]string{"vi": secret}, Period: calendar.Year(2026), Scale: contest.Scale{Base: contest.Point},
		Stages: []contest.Stage{{Code: "self", Names: map[string]string{"vi": "Tự chấm"}, By: contest.ByUnit, Edits: true}},
		Awards: []contest.Award{{Code: "flag", Names: map[string]string{"vi": secret}, Papers: []contest.Paper{{Code: "submission", Names: map[string]string{"vi": secret}}}}},
	})
	if err != nil {
		return err
	}
	if err := contest.Enlist(ctx, tx, by, contest.Unit{Contest: c.ID, Body: g.home.ID, Role: contest.Lead, Until: calendar.Latest, Note: secret}); err != nil {
		return err
	}
	row, err := contest.Put(ctx, tx, by, contest.Criterion{Contest: c.ID, No: "1", Names: map[string]string{"vi": secret}, Max: contest.Point, Method: contest.ByHand}, 0)
	if err != nil {
		return err
	}
	if _, err := contest.Sign(ctx, tx, by, contest.Contract{Contest: c.ID, Unit: g.home.ID, Signed: storetest.Today(), Signer: secret}, 0); err != nil {
		return err
	}
	if _, err := contest.Open(ctx, tx, by, c.ID); err != nil {
		return err
	}
	if _, err := contest.Enter(ctx, tx, by, contest.Score{Contest: c.ID, Unit: g.home.ID, Criterion: row.ID, Points: contest.Point, Reason: secret, Deeds: []deed.ID{g.answers[reflect.TypeFor[deed.ID]()].(deed.ID)}}, nil, 0); err != nil {
		return err
	}
	paper, err := contest.Attach(ctx, tx, by, c.ID, g.home.ID, source.Attachment{Digest: strings.Repeat("b", 64), Name: secret + ".pdf", Type: "application/pdf", Size: 1})
	if err != nil {
		return err
	}
	if _, err := contest.HandOn(ctx, tx, by, contest.Which{Contest: c.ID, Unit: g.home.ID, Based: 1}, secret); err != nil {
		return err
	}
	if _, err := contest.PutItem(ctx, tx, by, contest.Item{Contest: c.ID, Kind: contest.ASeat, Place: secret, Unit: g.home.ID}, 0); err != nil {
		return err
	}
	h, err := contest.ProposeAward(ctx, tx, by, contest.Honour{Contest: c.ID, Award: "flag", Unit: g.home.ID, For: secret})
	if err != nil {
		return err
	}
	scan := source.Attachment{Digest: strings.Repeat("c", 64), Name: secret + ".pdf", Type: "application/pdf", Size: 1}
	h, err = contest.FilePapers(ctx, tx, by, contest.Filing{Honour: h.ID, Based: h.Revision, Found: []contest.Filed{{Of: "submission", State: contest.OnFile, Note: secret}}, Scans: map[string][]source.Attachment{"submission": {scan}}})
	if err != nil {
		return err
	}
	g.knows(c.ID, row.ID, store.DossierAsked{Contest: c.ID, Kind: dossier.Contract, Lang: "vi"}, store.ChangesAsked{Contest: c.ID})
	g.by["ContestOf"] = []any{cluster.ID, 2026}
	g.by["ContestAcross"] = []any{c.ID, row.ID}
	g.by["ContestScores"] = []any{c.ID, "self", row.ID}
	g.by["ContestBodies"] = []any{c.ID, []contest.Unit{{Contest: c.ID, Body: g.home.ID}}}
	g.by["ContestFigures"] = []any{c.ID, []contest.Unit{{Body: g.home.ID}}, deed.Measure{Kind: "sick-visit", Unit: deed.Acts}, calendar.Always()}
	g.by["ContestProofs"] = []any{c.ID, g.home.ID, row.ID}
	g.by["ContestProofPaper"] = append([]any{c.ID, g.home.ID, row.ID}, g.by["DeedPaper"]...)
	g.by["ContestPaper"] = []any{paper.ID}
	g.by["HonourPaper"] = []any{h.File[0].Files[0]}
	g.by["ContestEvidence"] = []any{[]deed.ID{g.answers[reflect.TypeFor[deed.ID]()].(deed.ID)}}
	g.by["ClusterLife"] = []any{cluster.ID}
	return nil
}
