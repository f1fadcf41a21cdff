package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"kith.app/internal/appraisal"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/locale"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// The contest that is measured: every commune of the country, 60 criteria, all of them
// scored at four stages.
const (
	contestUnits    = 3321
	contestGroups   = 6
	contestPerGroup = 10
)

// contests measures a contest of all communes: in order, one sheet, all sheets as one
// workbook.
func contests(b *bench) error {
	at := b.place("contest")
	id, unit, err := drawContest(b, at)
	if err != nil {
		return err
	}
	if err := fillContest(b.ctx, at.Dir); err != nil {
		return err
	}
	book, err := store.Open(b.ctx, at, store.Options{})
	if err != nil {
		return err
	}
	defer book.Close()
	view := book.As(operator)
	took, err := median(5, func() error {
		places, err := view.ContestStandings(b.ctx, id)
		if err == nil && len(places) != contestUnits {
			err = fmt.Errorf("%d units ranked", len(places))
		}
		return err
	})
	if err != nil {
		return err
	}
	b.took("3,321 units × 60 criteria × 4 stages ranked", took, 300*time.Millisecond)
	if took, err = median(50, func() error { return readSheet(b.ctx, view, id, unit) }); err != nil {
		return err
	}
	b.took("one unit's sheet with what the journal proposes", took, 20*time.Millisecond)
	if took, err = median(20, func() error { return readMatrix(b.ctx, view, id) }); err != nil {
		return err
	}
	b.took("a page of the matrix, 30 units × 60 criteria", took, 100*time.Millisecond)
	if took, err = median(5, func() error { return readChanges(b.ctx, view, id) }); err != nil {
		return err
	}
	b.took("a page of changed scores", took, 100*time.Millisecond)
	if took, err = median(3, func() error { return writeSheets(b.ctx, view, id) }); err != nil {
		return err
	}
	b.took("all score sheets as one xlsx", took, 5*time.Second)
	return nil
}

// drawContest draws up the contest with its units and criteria, and opens it.
func drawContest(b *bench, at store.Place) (id contest.ID, unit body.ID, err error) {
	book, _, err := begin(b.ctx, at)
	if err != nil {
		return 0, 0, err
	}
	defer book.Close()
	presets, err := contest.Presets()
	if err != nil {
		return 0, 0, err
	}
	stages := presets[2].Stages // four, all of which score
	for i := range stages {
		if stages[i].By == contest.ByAssessors {
			stages[i].By = contest.ByLead
		}
	}
	err = book.Write(b.ctx, store.Writing{By: operator}, func(ctx context.Context, tx *store.Tx) error {
		cluster, err := body.Found(ctx, tx, storetest.Named("Thi đua các xã, phường", body.Cluster))
		if err != nil {
			return err
		}
		c, err := contest.Draw(ctx, tx, operator, contest.Contest{
			Cluster: cluster.ID, Year: 2026, Titles: map[string]string{"vi": "Thi đua năm 2026"}, Period: calendar.Year(2026), Stages: stages,
			Scale: contest.Scale{Base: contestGroups * contestPerGroup * contest.Point, Decimals: 2}, Ranking: contest.Ranking{By: contest.ByPoints},
		})
		if err != nil {
			return err
		}
		id = c.ID
		for i := range contestUnits {
			u, err := body.Found(ctx, tx, storetest.Named(fmt.Sprintf("Mặt trận xã thứ %d", i+1), body.Front))
			if err != nil {
				return err
			}
			role := contest.Member
			if unit = u.ID; i == 0 {
				role = contest.Lead
			}
			if err := tx.SaveUnit(ctx, contest.Unit{Contest: id, Body: u.ID, Role: role, Order: i + 1, Until: calendar.Latest}); err != nil {
				return err
			}
		}
		if err := putCriteria(ctx, tx, id); err != nil {
			return err
		}
		_, err = contest.Open(ctx, tx, operator, id)
		return err
	})
	return id, unit, err
}

func putCriteria(ctx context.Context, tx *store.Tx, id contest.ID) error {
	for g := range contestGroups {
		group, err := contest.Put(ctx, tx, operator, contest.Criterion{
			Contest: id, No: fmt.Sprint(g + 1), Order: g + 1, Names: map[string]string{"vi": fmt.Sprintf("Nhóm tiêu chí thứ %d", g+1)}, Max: contestPerGroup * contest.Point, Method: contest.Group,
		}, 0)
		if err != nil {
			return err
		}
		for n := range contestPerGroup {
			c := contest.Criterion{
				Contest: id, Parent: group.ID, No: fmt.Sprintf("%d.%d", g+1, n+1), Order: n + 1, Max: contest.Point, Method: contest.ByHand,
				Names: map[string]string{"vi": fmt.Sprintf("Tiêu chí thứ %d của nhóm %d, có kế hoạch và kết quả", n+1, g+1)}, Evidence: contest.EvidenceOptional,
			}
			if n == 0 {
				c.Method, c.Value, c.Per = contest.PerCount, "[sick-visit.acts]", contest.Point/4
			}
			if _, err := contest.Put(ctx, tx, operator, c, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

// fillContest scores everything at once, as four stages would one after another.
func fillContest(ctx context.Context, dir string) error {
	const stages = `(SELECT 'self' AS stage UNION ALL SELECT 'department' UNION ALL SELECT 'council' UNION ALL SELECT 'board') s`
	for _, statement := range []string{
		`INSERT INTO score (contest, unit, stage, criterion, points, bonus, input, reason, deeds, papers, revision)
		 SELECT u.contest, u.body, s.stage, c.id, abs((u.body / 7 + c.id / 3) % 9) * 1250, 0, '', CASE WHEN s.stage = 'council' AND (u.ord + c.ord) % 17 = 0 THEN 'Thiếu văn bản kèm theo' ELSE '' END, '', '', 1
		 FROM contest_unit u, criterion c, ` + stages + ` WHERE c.parent <> 0`,
		`INSERT INTO sheet_total (contest, unit, stage, base, bonus, deduction, scored) SELECT contest, unit, stage, sum(points), 0, 0, count(*) FROM score GROUP BY contest, unit, stage`,
		`INSERT INTO sheet_group (contest, unit, stage, criterion, points) SELECT s.contest, s.unit, s.stage, c.parent, sum(s.points) FROM score s JOIN criterion c ON c.id = s.criterion GROUP BY s.contest, s.unit, s.stage, c.parent`,
		`INSERT INTO score_change (contest, unit, criterion, id, stage, at, actor, name, was, was_bonus, points, bonus, reason)
		 SELECT s.contest, s.unit, s.criterion, row_number() OVER (ORDER BY CASE s.stage WHEN 'self' THEN 1 WHEN 'department' THEN 2 WHEN 'council' THEN 3 ELSE 4 END, s.unit, s.criterion), s.stage, 0, 0, 'Bác Thơ', NULL, NULL,
		   s.points + CASE WHEN s.stage = 'council' AND (s.unit / 7 + s.criterion / 3) % 50 = 0 THEN 1 ELSE 0 END, 0, s.reason FROM score s`,
	} {
		if err := storetest.Tamper(ctx, dir, statement); err != nil {
			return err
		}
	}
	return nil
}

// readSheet reads what the page of a unit shows.
func readSheet(ctx context.Context, view *store.View, id contest.ID, unit body.ID) error {
	f, err := view.Contest(ctx, id)
	if err != nil {
		return err
	}
	file, err := view.ContestSheet(ctx, id, unit)
	if err != nil {
		return err
	}
	_, failed, err := appraisal.Proposals(ctx, view, appraisal.Sheet{Contest: f.Contest, Table: f.Table, Unit: unit, Scores: file.Scores["self"]})
	for _, one := range failed {
		if fault.KindOf(one) == fault.Internal {
			return one
		}
	}
	return err
}

// readMatrix reads what a page of the matrix shows.
func readMatrix(ctx context.Context, view *store.View, id contest.ID) error {
	f, err := view.Contest(ctx, id)
	if err != nil {
		return err
	}
	shown := f.Units[len(f.Units)/2 : len(f.Units)/2+30]
	if _, err := view.ContestBodies(ctx, id, shown); err != nil {
		return err
	}
	ids := make([]body.ID, len(shown))
	for i, u := range shown {
		ids[i] = u.Body
	}
	scores, err := view.ContestUnitScores(ctx, id, ids)
	if err == nil && len(scores) != len(shown) {
		err = fmt.Errorf("%d units in the matrix", len(scores))
	}
	return err
}

// readChanges reads what the page of changed scores shows.
func readChanges(ctx context.Context, view *store.View, id contest.ID) error {
	found, err := view.ContestChanges(ctx, store.ChangesAsked{Contest: id, Kind: store.Changed, Most: 101})
	if err == nil && len(found) != 101 {
		err = fmt.Errorf("%d changes", len(found))
	}
	return err
}

func writeSheets(ctx context.Context, view *store.View, id contest.ID) error {
	words, err := locale.Load()
	if err != nil {
		return err
	}
	a, err := view.ContestArena(ctx, id)
	if err != nil {
		return err
	}
	units, err := view.ContestSheetUnits(ctx, id)
	if err != nil {
		return err
	}
	t, failed, err := intake.ScoresTable(a, units, words.In(locale.Vi), func(batch []body.ID) (map[body.ID]intake.UnitScores, error) {
		return view.ContestUnitScores(ctx, id, batch)
	})
	if err != nil {
		return err
	}
	if err := sheet.WriteXLSX(io.Discard, t); err != nil {
		return err
	}
	return failed()
}
