package store

import (
	"context"
	"database/sql"

	"kith.app/internal/body"
	"kith.app/internal/contest"
)

// SaveScore writes a score with the change that led to it, and what it adds to
// the totals of its unit and to the groups it stands in.
func (tx *Tx) SaveScore(ctx context.Context, s contest.Score, change contest.Change, groups []contest.CriterionID) error {
	deeds, err := pack(s.Deeds, len(s.Deeds) == 0)
	if err != nil {
		return err
	}
	papers, err := pack(s.Papers, len(s.Papers) == 0)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO score (`+scoreColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (contest, unit, stage, criterion) DO UPDATE SET points = excluded.points, bonus = excluded.bonus, input = excluded.input,
		  reason = excluded.reason, deeds = excluded.deeds, papers = excluded.papers, revision = excluded.revision`,
		int64(s.Contest), int64(s.Unit), s.Stage, int64(s.Criterion), int64(s.Points), int64(s.Bonus), s.Input, s.Reason, deeds, papers, s.Revision)
	if err != nil {
		return err
	}
	if err := tx.addTotals(ctx, s, change, groups); err != nil {
		return err
	}
	was, wasBonus := pointsOf(change.Before)
	now, bonus := pointsOf(change.After)
	_, err = tx.exec(ctx, `
		INSERT INTO score_change (contest, unit, criterion, id, stage, at, actor, name, was, was_bonus, points, bonus, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		int64(s.Contest), int64(s.Unit), int64(s.Criterion), change.ID, s.Stage, change.At, int64(change.Actor), change.Name, was, wasBonus, now, bonus, change.Reason)
	if err != nil {
		return err
	}
	return tx.noteIn(ctx, s.Contest, "score", int64(s.Criterion), change.Before, s)
}

// pointsOf gives the points and bonus of a score as columns, null for none.
func pointsOf(s *contest.Score) (points, bonus any) {
	if s == nil {
		return nil, nil
	}
	return int64(s.Points), int64(s.Bonus)
}

// addTotals keeps the totals of a unit at a stage.
func (tx *Tx) addTotals(ctx context.Context, s contest.Score, change contest.Change, groups []contest.CriterionID) error {
	found, err := collect(ctx, tx.runner, scanData[contest.Criterion], `SELECT data FROM criterion WHERE id = $1`, int64(s.Criterion))
	c, err := only(found, err, "contest.criterion.missing")
	if err != nil {
		return err
	}
	var before contest.Score
	scored := int64(flag(!c.Outside()))
	if change.Before != nil {
		before, scored = *change.Before, 0
	}
	points, bonus := int64(s.Points-before.Points), int64(s.Bonus-before.Bonus)
	base, deduction, inGroup := points, int64(0), points+bonus
	switch c.Method {
	case contest.Bonus:
		base, bonus = 0, bonus+points
	case contest.Deduction:
		base, deduction, inGroup = 0, points, bonus-points
	}
	_, err = tx.exec(ctx, `
		INSERT INTO sheet_total AS t (contest, unit, stage, base, bonus, deduction, scored) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (contest, unit, stage) DO UPDATE SET base = t.base + excluded.base, bonus = t.bonus + excluded.bonus,
		  deduction = t.deduction + excluded.deduction, scored = t.scored + excluded.scored`,
		int64(s.Contest), int64(s.Unit), s.Stage, base, bonus, deduction, scored)
	if err != nil {
		return err
	}
	for _, g := range groups {
		_, err = tx.exec(ctx, `
			INSERT INTO sheet_group AS t (contest, unit, stage, criterion, points) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (contest, unit, stage, criterion) DO UPDATE SET points = t.points + excluded.points`,
			int64(s.Contest), int64(s.Unit), s.Stage, int64(g), inGroup)
		if err != nil {
			return err
		}
	}
	return nil
}

// Totals reads what every unit of a contest has at each stage, caps not yet
// applied.
func (r reader) Totals(ctx context.Context, id contest.ID) (map[body.ID]map[string]contest.Total, error) {
	all := map[body.ID]map[string]contest.Total{}
	err := r.each(ctx, func(rows *sql.Rows) error {
		var t contest.Total
		var stage string
		if err := rows.Scan((*int64)(&t.Unit), &stage, (*int64)(&t.Base), (*int64)(&t.Bonus), (*int64)(&t.Deduction), &t.Scored); err != nil {
			return err
		}
		if all[t.Unit] == nil {
			all[t.Unit] = map[string]contest.Total{}
		}
		t.Groups = map[contest.CriterionID]contest.Points{}
		all[t.Unit][stage] = t
		return nil
	}, `SELECT unit, stage, base, bonus, deduction, scored FROM sheet_total WHERE contest = $1`, int64(id))
	if err != nil {
		return nil, err
	}
	return all, r.each(ctx, func(rows *sql.Rows) error {
		var unit body.ID
		var stage string
		var criterion contest.CriterionID
		var points contest.Points
		if err := rows.Scan((*int64)(&unit), &stage, (*int64)(&criterion), (*int64)(&points)); err != nil {
			return err
		}
		all[unit][stage].Groups[criterion] = points
		return nil
	}, `SELECT unit, stage, criterion, points FROM sheet_group WHERE contest = $1`, int64(id))
}

// changesOf lists the changes of a unit's scores, the first first; criterion 0
// asks for all.
func (r reader) changesOf(ctx context.Context, id contest.ID, unit body.ID, criterion contest.CriterionID) ([]contest.Change, error) {
	f := &filter{}
	f.and(`contest = ?`, int64(id))
	f.and(`unit = ?`, int64(unit))
	if criterion != 0 {
		f.and(`criterion = ?`, int64(criterion))
	}
	// With a plain id the index of the latest would be walked, over all units.
	return collect(ctx, r.runner, scanScoreChange, `SELECT `+scoreChangeColumns+` FROM score_change WHERE `+f.where()+` ORDER BY +id`, f.args...)
}
