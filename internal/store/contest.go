package store

import (
	"context"
	"database/sql"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/person"
)

// Contest reads one contest.
func (r reader) Contest(ctx context.Context, id contest.ID) (contest.Contest, error) {
	found, err := collect(ctx, r.runner, scanData[contest.Contest], `SELECT data FROM contest WHERE id = $1`, int64(id))
	return only(found, err, "contest.missing")
}

// ContestOf reads the contest of a cluster in a year.
func (r reader) ContestOf(ctx context.Context, cluster body.ID, year int) (contest.Contest, error) {
	found, err := collect(ctx, r.runner, scanData[contest.Contest], `SELECT data FROM contest WHERE cluster = $1 AND year = $2`, int64(cluster), year)
	return only(found, err, "contest.missing")
}

// SaveContest writes a contest, new or changed.
func (tx *Tx) SaveContest(ctx context.Context, c contest.Contest) error {
	var before any
	if c.Revision > 1 {
		was, err := tx.Contest(ctx, c.ID)
		if err != nil {
			return err
		}
		before = was
	}
	data, err := pack(c, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO contest (id, root, cluster, year, standing, data, revision) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET standing = excluded.standing, data = excluded.data, revision = excluded.revision`,
		int64(c.ID), tx.book.root, int64(c.Cluster), c.Year, string(c.Standing), data, c.Revision)
	if err == nil {
		tx.note("contest", int64(c.ID), c.Cluster, before, c)
	}
	return err
}

func scanUnit(rows *sql.Rows) (contest.Unit, error) {
	var u contest.Unit
	err := rows.Scan((*int64)(&u.Contest), (*int64)(&u.Body), (*string)(&u.Role), &u.Order, (*int32)(&u.Since), (*int32)(&u.Until), &u.Note)
	return u, err
}

// ContestUnits lists the units of a contest in their order.
func (r reader) ContestUnits(ctx context.Context, id contest.ID) ([]contest.Unit, error) {
	return collect(ctx, r.runner, scanUnit, `SELECT contest, body, role, ord, since, until, note FROM contest_unit WHERE contest = $1 ORDER BY ord, body`, int64(id))
}

// SaveUnit writes a unit of a contest.
func (tx *Tx) SaveUnit(ctx context.Context, u contest.Unit) error {
	_, err := tx.exec(ctx, `
		INSERT INTO contest_unit (contest, body, role, ord, since, until, note) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (contest, body) DO UPDATE SET role = excluded.role, ord = excluded.ord, since = excluded.since, until = excluded.until, note = excluded.note`,
		int64(u.Contest), int64(u.Body), string(u.Role), u.Order, int64(u.Since), int64(u.Until), u.Note)
	if err == nil {
		err = tx.noteIn(ctx, u.Contest, "contest_unit", int64(u.Body), nil, u)
	}
	return err
}

// noteIn notes a change that whoever reads the cluster's history may see.
func (tx *Tx) noteIn(ctx context.Context, id contest.ID, subject string, ref int64, before, after any) error {
	c, err := tx.Contest(ctx, id)
	if err != nil {
		return err
	}
	tx.note(subject, ref, c.Cluster, before, after)
	return nil
}

// RemoveUnit takes a unit out of a contest.
func (tx *Tx) RemoveUnit(ctx context.Context, id contest.ID, unit body.ID) error {
	_, err := tx.exec(ctx, `DELETE FROM contest_unit WHERE contest = $1 AND body = $2`, int64(id), int64(unit))
	if err == nil {
		err = tx.noteIn(ctx, id, "contest_unit", int64(unit), contest.Unit{Contest: id, Body: unit}, nil)
	}
	return err
}

// Criteria lists the criteria of a contest.
func (r reader) Criteria(ctx context.Context, id contest.ID) ([]contest.Criterion, error) {
	return collect(ctx, r.runner, scanData[contest.Criterion], `SELECT data FROM criterion WHERE contest = $1 ORDER BY parent, ord, id`, int64(id))
}

// SaveCriterion writes a criterion, new or changed.
func (tx *Tx) SaveCriterion(ctx context.Context, c contest.Criterion) error {
	data, err := pack(c, false)
	if err != nil {
		return err
	}
	was, err := collect(ctx, tx.runner, scanData[contest.Criterion], `SELECT data FROM criterion WHERE id = $1`, int64(c.ID))
	if err != nil {
		return err
	}
	var before any
	if len(was) > 0 {
		before = was[0]
	}
	_, err = tx.exec(ctx, `
		INSERT INTO criterion (id, contest, parent, ord, data, revision) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, ord = excluded.ord, data = excluded.data, revision = excluded.revision`,
		int64(c.ID), int64(c.Contest), int64(c.Parent), c.Order, data, c.Revision)
	if err != nil {
		return err
	}
	return tx.noteIn(ctx, c.Contest, "criterion", int64(c.ID), before, c)
}

// RemoveCriterion takes a criterion out of its table.
func (tx *Tx) RemoveCriterion(ctx context.Context, c contest.Criterion) error {
	if _, err := tx.exec(ctx, `DELETE FROM criterion WHERE id = $1`, int64(c.ID)); err != nil {
		return err
	}
	return tx.noteIn(ctx, c.Contest, "criterion", int64(c.ID), c, nil)
}

// Assessors lists who is named for each stage of a contest.
func (r reader) Assessors(ctx context.Context, id contest.ID) (map[string][]person.ID, error) {
	named := map[string][]person.ID{}
	err := r.each(ctx, func(rows *sql.Rows) error {
		var stage string
		var who int64
		err := rows.Scan(&stage, &who)
		named[stage] = append(named[stage], person.ID(who))
		return err
	}, `SELECT stage, person FROM assessor WHERE contest = $1 ORDER BY stage, person`, int64(id))
	return named, err
}

// SetAssessors names who acts at a stage.
func (tx *Tx) SetAssessors(ctx context.Context, id contest.ID, stage string, people []person.ID) error {
	before, err := tx.Assessors(ctx, id)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM assessor WHERE contest = $1 AND stage = $2`, int64(id), stage); err != nil {
		return err
	}
	for _, p := range people {
		_, err := tx.exec(ctx, `INSERT INTO assessor (id, contest, stage, person) VALUES ($1, $2, $3, $4)`, tx.NewID(), int64(id), stage, int64(p))
		if err != nil {
			return err
		}
	}
	after := map[string][]person.ID{stage: people}
	return tx.noteIn(ctx, id, "assessor", int64(id), map[string][]person.ID{stage: before[stage]}, after)
}

func scanSheet(rows *sql.Rows) (contest.Sheet, error) {
	var s contest.Sheet
	var ready int64
	err := rows.Scan((*int64)(&s.Contest), (*int64)(&s.Unit), &s.Way.Stage, &s.Way.Resume, &s.Way.Round, &ready, &s.Since, (*int64)(&s.Actor), &s.Name, &s.Revision)
	s.Way.Ready = ready != 0
	return s, err
}

const sheetColumns = `contest, unit, stage, resume, round, ready, since, actor, name, revision`

// Sheet reads where a unit's sheet stands.
func (r reader) Sheet(ctx context.Context, id contest.ID, unit body.ID) (contest.Sheet, error) {
	found, err := collect(ctx, r.runner, scanSheet, `SELECT `+sheetColumns+` FROM sheet WHERE contest = $1 AND unit = $2`, int64(id), int64(unit))
	return only(found, err, "contest.sheet.missing")
}

// SaveSheet writes where a sheet stands and, when it moved, the step.
func (tx *Tx) SaveSheet(ctx context.Context, s contest.Sheet, m *contest.Move) error {
	_, err := tx.exec(ctx, `
		INSERT INTO sheet (`+sheetColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (contest, unit) DO UPDATE SET stage = excluded.stage, resume = excluded.resume, round = excluded.round, ready = excluded.ready,
		  since = excluded.since, actor = excluded.actor, name = excluded.name, revision = excluded.revision`,
		int64(s.Contest), int64(s.Unit), s.Way.Stage, s.Way.Resume, s.Way.Round, flag(s.Way.Ready), s.Since, int64(s.Actor), s.Name, s.Revision)
	if err != nil {
		return err
	}
	if m != nil {
		_, err = tx.exec(ctx, `INSERT INTO sheet_move (contest, unit, n, at, actor, name, kind, origin, stage, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			int64(m.Contest), int64(m.Unit), m.N, m.At, int64(m.Actor), m.Name, m.Kind, m.From, m.To, m.Reason)
		if err != nil {
			return err
		}
	}
	return tx.noteIn(ctx, s.Contest, "sheet", int64(s.Unit), nil, s)
}

// moves lists the steps of a sheet, the first first.
func (r reader) moves(ctx context.Context, id contest.ID, unit body.ID) ([]contest.Move, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (contest.Move, error) {
		var m contest.Move
		err := rows.Scan((*int64)(&m.Contest), (*int64)(&m.Unit), &m.N, &m.At, (*int64)(&m.Actor), &m.Name, &m.Kind, &m.From, &m.To, &m.Reason)
		return m, err
	}, `SELECT contest, unit, n, at, actor, name, kind, origin, stage, reason FROM sheet_move WHERE contest = $1 AND unit = $2 ORDER BY n`, int64(id), int64(unit))
}

const scoreColumns = `contest, unit, stage, criterion, points, bonus, input, reason, deeds, papers, revision`

func scanScore(rows *sql.Rows) (contest.Score, error) {
	var s contest.Score
	var deeds, papers string
	err := rows.Scan((*int64)(&s.Contest), (*int64)(&s.Unit), &s.Stage, (*int64)(&s.Criterion), (*int64)(&s.Points), (*int64)(&s.Bonus), &s.Input, &s.Reason, &deeds, &papers, &s.Revision)
	if err != nil {
		return s, err
	}
	if err := unpack(deeds, &s.Deeds); err != nil {
		return s, err
	}
	return s, unpack(papers, &s.Papers)
}

// Scores reads the scores of a unit by stage.
func (r reader) Scores(ctx context.Context, id contest.ID, unit body.ID) (map[string]map[contest.CriterionID]contest.Score, error) {
	all, err := collect(ctx, r.runner, scanScore, `SELECT `+scoreColumns+` FROM score WHERE contest = $1 AND unit = $2`, int64(id), int64(unit))
	byStage := map[string]map[contest.CriterionID]contest.Score{}
	for _, s := range all {
		if byStage[s.Stage] == nil {
			byStage[s.Stage] = map[contest.CriterionID]contest.Score{}
		}
		byStage[s.Stage][s.Criterion] = s
	}
	return byStage, err
}
