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
	After     int64 // id of the last change of the page before: older ones follow
	Most      int
}

// ContestChanges lists changes of scores over all units, the latest first, for
// those inside.
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
	where, limit := q.where(), ""
	if asked.Most > 0 {
		limit = q.bind(` LIMIT ?`, int64(asked.Most))
	}
	return collect(ctx, v.r.runner, scanScoreChange, `SELECT `+scoreChangeColumns+` FROM score_change WHERE `+where+` ORDER BY id DESC`+limit, q.args...)
}

const scoreChangeColumns = `contest, unit, criterion, id, stage, at, actor, name, was, was_bonus, points, bonus, reason`

func scanScoreChange(rows *sql.Rows) (contest.Change, error) {
	var c contest.Change
	var was, wasBonus, now, bonus sql.NullInt64
	err := rows.Scan((*int64)(&c.Contest), (*int64)(&c.Unit), (*int64)(&c.Criterion), &c.ID, &c.Stage, &c.At, (*int64)(&c.Actor), &c.Name, &was, &wasBonus, &now, &bonus, &c.Reason)
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
