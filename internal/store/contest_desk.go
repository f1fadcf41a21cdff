package store

import (
	"context"
	"database/sql"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
)

// ContestTotals reads what every unit has at each stage, caps applied, for those
// inside.
func (v *View) ContestTotals(ctx context.Context, id contest.ID) (map[body.ID]map[string]contest.Total, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	if !f.Seat.Inside() {
		return nil, fault.Forbid("contest.forbidden.inside")
	}
	all, err := v.r.Totals(ctx, id)
	for unit, stages := range all {
		for stage, total := range stages {
			stages[stage] = f.Contest.Settle(f.Table, unit, total)
		}
	}
	return all, err
}

// ChangesAsked narrows the changes of scores of a contest; zero asks for all.
type ChangesAsked struct {
	Contest   contest.ID
	Unit      body.ID
	Criterion contest.CriterionID
	Kind      ChangeKind
	After     int64 // id of the last change of the page before: older ones follow
	Most      int
}

// ChangeKind tells what an entry of a score did to what stood before it, whichever
// stage had given that.
type ChangeKind string

// The kinds of entries; empty asks for all.
const (
	Changed ChangeKind = "changed" // it stands otherwise now
	First   ChangeKind = "first"   // nothing stood before
	Kept    ChangeKind = "kept"    // a stage left what stood
)

// condition is what a kind asks of an entry, beside what stood before it.
func (k ChangeKind) condition() string {
	switch k {
	case Changed:
		return `stood IS NOT NULL AND (points IS NULL OR points <> stood OR bonus <> stood_bonus)`
	case First:
		return `stood IS NULL`
	case Kept:
		return `stood IS NOT NULL AND points = stood AND bonus = stood_bonus`
	}
	return `1 = 1`
}

// ContestChanges lists changes of scores over all units, the latest first, each with
// what stood before it, for those inside.
func (v *View) ContestChanges(ctx context.Context, asked ChangesAsked) ([]contest.Change, error) {
	f, err := v.Contest(ctx, asked.Contest)
	if err != nil {
		return nil, err
	}
	if !f.Seat.Inside() {
		return nil, fault.Forbid("contest.forbidden.inside")
	}
	q := &filter{}
	q.and(`contest = ?`, int64(asked.Contest))
	if asked.Unit != 0 {
		q.and(`unit = ?`, int64(asked.Unit))
	}
	if asked.Criterion != 0 {
		q.and(`criterion = ?`, int64(asked.Criterion))
	}
	if asked.After != 0 {
		q.and(`id < ?`, asked.After)
	}
	where, limit, order := q.where(), "", "id"
	if asked.Unit != 0 {
		order = "+id" // those of one unit are few and lie together: the index of the latest is not walked
	}
	if asked.Most > 0 {
		limit = q.bind(` LIMIT ?`, int64(asked.Most))
	}
	before := func(column string) string {
		return `(SELECT p.` + column + ` FROM score_change p WHERE p.contest = c.contest AND p.unit = c.unit AND p.criterion = c.criterion AND p.id < c.id ORDER BY p.id DESC LIMIT 1)`
	}
	return collect(ctx, v.r.runner, scanStoodChange, `
		SELECT `+scoreChangeColumns+`, stood, stood_bonus FROM (
		  SELECT c.*, CASE WHEN c.was IS NULL THEN `+before("points")+` ELSE c.was END AS stood, CASE WHEN c.was IS NULL THEN `+before("bonus")+` ELSE c.was_bonus END AS stood_bonus
		  FROM score_change c WHERE `+where+`) x
		WHERE `+asked.Kind.condition()+` ORDER BY `+order+` DESC`+limit, q.args...)
}

// scanStoodChange reads a change with what stood before it.
func scanStoodChange(rows *sql.Rows) (contest.Change, error) {
	var stood, bonus sql.NullInt64
	c, err := readScoreChange(rows, &stood, &bonus)
	if stood.Valid {
		c.Stood = &contest.Score{Points: contest.Points(stood.Int64), Bonus: contest.Points(bonus.Int64)}
	}
	return c, err
}

const scoreChangeColumns = `contest, unit, criterion, id, stage, at, actor, name, was, was_bonus, points, bonus, reason`

func scanScoreChange(rows *sql.Rows) (contest.Change, error) { return readScoreChange(rows) }

// readScoreChange reads a change, and more columns after it.
func readScoreChange(rows *sql.Rows, more ...any) (contest.Change, error) {
	var c contest.Change
	var was, wasBonus, now, bonus sql.NullInt64
	err := rows.Scan(append([]any{(*int64)(&c.Contest), (*int64)(&c.Unit), (*int64)(&c.Criterion), &c.ID, &c.Stage, &c.At, (*int64)(&c.Actor), &c.Name, &was, &wasBonus, &now, &bonus, &c.Reason}, more...)...)
	if was.Valid {
		c.Before = &contest.Score{Points: contest.Points(was.Int64), Bonus: contest.Points(wasBonus.Int64)}
	}
	if now.Valid {
		c.After = &contest.Score{Points: contest.Points(now.Int64), Bonus: contest.Points(bonus.Int64)}
	}
	return c, err
}

// ContestAcross reads the scores of one criterion over all units, by unit and
// stage: those inside read all of them, others those of the sheets on which they
// act now.
func (v *View) ContestAcross(ctx context.Context, id contest.ID, criterion contest.CriterionID) (map[body.ID]map[string]contest.Score, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	sheets, err := collect(ctx, v.r.runner, scanSheet, `SELECT `+sheetColumns+` FROM sheet WHERE contest = $1`, int64(id))
	if err != nil {
		return nil, err
	}
	all := map[body.ID]map[string]contest.Score{}
	for _, s := range sheets {
		stage, ok := f.Contest.StageOf(s.Way.Stage)
		if f.Seat.Inside() || ok && stage.By != contest.ByUnit && f.Contest.Standing == contest.Opened && f.Seat.Acts(stage, s.Unit) == nil {
			all[s.Unit] = map[string]contest.Score{}
		}
	}
	if len(all) == 0 && !f.Seat.Inside() {
		return nil, fault.Forbid("contest.forbidden.inside")
	}
	scores, err := collect(ctx, v.r.runner, scanScore, `SELECT `+scoreColumns+` FROM score WHERE contest = $1 AND criterion = $2`, int64(id), int64(criterion))
	for _, s := range scores {
		if byStage := all[s.Unit]; byStage != nil {
			byStage[s.Stage] = s
		}
	}
	return all, err
}

// ContestClaims reads which deeds the units claim as evidence in their own scores, for
// those inside: the scores with deeds of the first stage, without what they gave.
func (v *View) ContestClaims(ctx context.Context, id contest.ID) ([]contest.Score, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	if !f.Seat.Inside() {
		return nil, fault.Forbid("contest.forbidden.inside")
	}
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (contest.Score, error) {
		var s contest.Score
		var deeds string
		if err := rows.Scan((*int64)(&s.Unit), (*int64)(&s.Criterion), &deeds); err != nil {
			return s, err
		}
		return s, unpack(deeds, &s.Deeds)
	}, `SELECT unit, criterion, deeds FROM score WHERE contest = $1 AND stage = $2 AND deeds <> '' ORDER BY unit, criterion`, int64(id), f.Contest.Stages[0].Code)
}
