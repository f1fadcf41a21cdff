package store

import (
	"context"
	"database/sql"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/programme"
	"kith.app/internal/text"
)

// TargetPlan reads one plan of targets.
func (r reader) TargetPlan(ctx context.Context, id programme.ID) (programme.Plan, error) {
	found, err := collect(ctx, r.runner, scanData[programme.Plan], `SELECT data FROM target_plan WHERE id = $1`, int64(id))
	return only(found, err, "plan.missing")
}

// TargetPlanByCode reads the plan that a code names.
func (r reader) TargetPlanByCode(ctx context.Context, code string) (programme.Plan, error) {
	found, err := collect(ctx, r.runner, scanData[programme.Plan], `SELECT data FROM target_plan WHERE code = $1`, code)
	return only(found, err, "plan.missing")
}

// SaveTargetPlan writes a plan, new or changed.
func (tx *Tx) SaveTargetPlan(ctx context.Context, p programme.Plan) error {
	var before any
	if p.Revision > 1 {
		was, err := tx.TargetPlan(ctx, p.ID)
		if err != nil {
			return err
		}
		before = was
	}
	data, err := pack(p, false)
	if err != nil {
		return err
	}
	fold := p.Code
	for _, title := range p.Titles {
		fold += " " + text.Fold(title)
	}
	_, err = tx.exec(ctx, `
		INSERT INTO target_plan (id, root, body, code, kind, under, since, until, standing, data, fold, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET under = excluded.under, since = excluded.since, until = excluded.until, standing = excluded.standing,
		  data = excluded.data, fold = excluded.fold, revision = excluded.revision`,
		int64(p.ID), tx.book.root, int64(p.Body), p.Code, string(p.Kind), int64(p.Under), int64(p.Period.From), int64(p.Period.To), string(p.Standing), data, fold, p.Revision)
	if err == nil {
		tx.note("target_plan", int64(p.ID), p.Body, before, p)
	}
	return err
}

const targetColumns = `t.id, t.plan, t.code, t.ord, t.version, t.revision, v.data`

// scanTarget reads a target with its newest definition.
func scanTarget(rows *sql.Rows) (programme.Target, error) {
	var t programme.Target
	var raw string
	if err := rows.Scan((*int64)(&t.ID), (*int64)(&t.Plan), &t.Code, &t.Order, &t.Version, &t.Revision, &raw); err != nil {
		return t, err
	}
	var v programme.Version
	err := unpack(raw, &v)
	t.Def = v.Def
	return t, err
}

// Targets lists the targets of a plan in their order.
func (r reader) Targets(ctx context.Context, of programme.ID) ([]programme.Target, error) {
	return collect(ctx, r.runner, scanTarget, `
		SELECT `+targetColumns+` FROM plan_target t JOIN target_version v ON v.target = t.id AND v.n = t.version
		WHERE t.plan = $1 ORDER BY t.ord, t.id`, int64(of))
}

// Target reads one target.
func (r reader) Target(ctx context.Context, id programme.TargetID) (programme.Target, error) {
	found, err := collect(ctx, r.runner, scanTarget, `
		SELECT `+targetColumns+` FROM plan_target t JOIN target_version v ON v.target = t.id AND v.n = t.version WHERE t.id = $1`, int64(id))
	return only(found, err, "plan.target.missing")
}

// TargetVersions lists the definitions of a target, the first first.
func (r reader) TargetVersions(ctx context.Context, id programme.TargetID) ([]programme.Version, error) {
	return collect(ctx, r.runner, scanData[programme.Version], `SELECT data FROM target_version WHERE target = $1 ORDER BY n`, int64(id))
}

// SaveTarget writes a target with the version it has now.
func (tx *Tx) SaveTarget(ctx context.Context, p programme.Plan, t programme.Target, v programme.Version) error {
	var before any
	if t.Revision > 1 {
		was, err := tx.Target(ctx, t.ID)
		if err != nil {
			return err
		}
		before = was
	}
	v.Name = tx.how.By.Name
	data, err := pack(v, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO plan_target (id, root, plan, code, ord, version, revision) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET ord = excluded.ord, version = excluded.version, revision = excluded.revision`,
		int64(t.ID), tx.book.root, int64(t.Plan), t.Code, t.Order, t.Version, t.Revision)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO target_version (target, n, since, data) VALUES ($1, $2, $3, $4)
		ON CONFLICT (target, n) DO UPDATE SET since = excluded.since, data = excluded.data`, int64(t.ID), v.N, int64(v.Since), data)
	if err == nil {
		tx.note("plan_target", int64(t.ID), p.Body, before, t)
	}
	return err
}

// RemoveTarget takes a target out of a plan that is being drawn up.
func (tx *Tx) RemoveTarget(ctx context.Context, p programme.Plan, t programme.Target) error {
	if _, err := tx.exec(ctx, `DELETE FROM target_version WHERE target = $1`, int64(t.ID)); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM plan_target WHERE id = $1`, int64(t.ID)); err != nil {
		return err
	}
	tx.note("plan_target", int64(t.ID), p.Body, t, nil)
	return nil
}

// Actual reads one reported figure.
func (r reader) Actual(ctx context.Context, id programme.ActualID) (programme.Actual, error) {
	found, err := collect(ctx, r.runner, scanData[programme.Actual], `SELECT data FROM target_actual WHERE id = $1`, int64(id))
	return only(found, err, "plan.actual.none")
}

// ActualsOf lists what was reported of a target, the earliest day first.
func (r reader) ActualsOf(ctx context.Context, id programme.TargetID) ([]programme.Actual, error) {
	return collect(ctx, r.runner, scanData[programme.Actual], `SELECT data FROM target_actual WHERE target = $1 ORDER BY day`, int64(id))
}

// SaveActual writes a reported figure, new or corrected.
func (tx *Tx) SaveActual(ctx context.Context, p programme.Plan, a programme.Actual) error {
	var before any
	if a.Revision > 1 {
		was, err := tx.Actual(ctx, a.ID)
		if err != nil {
			return err
		}
		before = was
	}
	data, err := pack(a, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO target_actual (id, target, day, data, revision) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET data = excluded.data, revision = excluded.revision`, int64(a.ID), int64(a.Target), int64(a.On), data, a.Revision)
	if err == nil {
		// Beside its target, so that one history tells of both.
		tx.note("plan_target", int64(a.Target), p.Body, before, a)
	}
	return err
}

// RemoveActual takes back a figure entered by mistake.
func (tx *Tx) RemoveActual(ctx context.Context, p programme.Plan, a programme.Actual) error {
	_, err := tx.exec(ctx, `DELETE FROM target_actual WHERE id = $1`, int64(a.ID))
	if err == nil {
		tx.note("plan_target", int64(a.Target), p.Body, a, nil)
	}
	return err
}

// Standard reads a standard: one that ships, or the book's own.
func (r reader) Standard(ctx context.Context, code string) (programme.Standard, error) {
	for _, s := range programme.Shipped() {
		if s.Code == code {
			return s, nil
		}
	}
	found, err := collect(ctx, r.runner, scanData[programme.Standard], `SELECT data FROM standard WHERE code = $1`, code)
	return only(found, err, "plan.standard.missing")
}

// StandardsOf lists the standards that a body keeps.
func (r reader) StandardsOf(ctx context.Context, keeper body.ID) ([]programme.Standard, error) {
	return collect(ctx, r.runner, scanData[programme.Standard], `SELECT data FROM standard WHERE body = $1 ORDER BY code`, int64(keeper))
}

// StatusesUnder lists all that anybody said under a standard, by day.
func (r reader) StatusesUnder(ctx context.Context, standard string) ([]programme.Status, error) {
	return collect(ctx, r.runner, scanData[programme.Status], `SELECT data FROM unit_status WHERE standard = $1 ORDER BY day, id`, standard)
}

// SaveStandard writes a standard of the book's own.
func (tx *Tx) SaveStandard(ctx context.Context, s programme.Standard) error {
	var before any
	if s.Revision > 1 {
		was, err := tx.Standard(ctx, s.Code)
		if err != nil {
			return err
		}
		before = was
	}
	data, err := pack(s, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO standard (code, root, body, data, revision) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (code) DO UPDATE SET data = excluded.data, revision = excluded.revision`, s.Code, tx.book.root, int64(s.Body), data, s.Revision)
	if err == nil {
		tx.note("standard", int64(s.Body), s.Body, before, s)
	}
	return err
}

// Status reads one statement of how a unit stands.
func (r reader) Status(ctx context.Context, id programme.StatusID) (programme.Status, error) {
	found, err := collect(ctx, r.runner, scanData[programme.Status], `SELECT data FROM unit_status WHERE id = $1`, int64(id))
	return only(found, err, "plan.status.missing")
}

// StatusesOf lists what a body has on its books of a unit under a standard.
func (r reader) StatusesOf(ctx context.Context, keeper, unit body.ID, standard string) ([]programme.Status, error) {
	return collect(ctx, r.runner, scanData[programme.Status], `
		SELECT data FROM unit_status WHERE body = $1 AND unit = $2 AND standard = $3 ORDER BY day`, int64(keeper), int64(unit), standard)
}

// SaveStatus writes a statement of how a unit stands.
func (tx *Tx) SaveStatus(ctx context.Context, s programme.Status) error {
	var before any
	if s.Revision > 1 {
		was, err := tx.Status(ctx, s.ID)
		if err != nil {
			return err
		}
		before = was
	}
	data, err := pack(s, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO unit_status (id, root, body, unit, standard, day, data, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET data = excluded.data, revision = excluded.revision`,
		int64(s.ID), tx.book.root, int64(s.Body), int64(s.Unit), s.Standard, int64(s.On), data, s.Revision)
	if err == nil {
		tx.note("unit_status", int64(s.Unit), s.Body, before, s)
	}
	return err
}

// RemoveStatus takes back what was said of a unit by mistake.
func (tx *Tx) RemoveStatus(ctx context.Context, s programme.Status) error {
	_, err := tx.exec(ctx, `DELETE FROM unit_status WHERE id = $1`, int64(s.ID))
	if err == nil {
		tx.note("unit_status", int64(s.Unit), s.Body, s, nil)
	}
	return err
}

// planFiles reads the targets of plans with all their versions and figures.
func (r reader) planFiles(ctx context.Context, plans []programme.Plan) ([]programme.PlanFile, error) {
	files := make([]programme.PlanFile, len(plans))
	if len(plans) == 0 {
		return files, nil
	}
	at, ids := map[programme.ID]int{}, make([]programme.ID, len(plans))
	for i, p := range plans {
		files[i].Plan, at[p.ID], ids[i] = p, i, p.ID
	}
	among, args := in(nil, ids)
	place := map[programme.TargetID]*programme.File{}
	err := r.each(ctx, func(rows *sql.Rows) error {
		var t programme.Target
		if err := rows.Scan((*int64)(&t.ID), (*int64)(&t.Plan), &t.Code, &t.Order, &t.Version, &t.Revision); err != nil {
			return err
		}
		f := &files[at[t.Plan]]
		f.Targets = append(f.Targets, programme.File{Target: t})
		return nil
	}, `SELECT id, plan, code, ord, version, revision FROM plan_target WHERE plan `+among+` ORDER BY plan, ord, id`, args...)
	if err != nil {
		return nil, err
	}
	for i := range files {
		for j := range files[i].Targets {
			f := &files[i].Targets[j]
			place[f.ID] = f
		}
	}
	of := `WHERE target IN (SELECT id FROM plan_target WHERE plan ` + among + `) ORDER BY target, `
	versions, err := collect(ctx, r.runner, scanData[programme.Version], `SELECT data FROM target_version `+of+`n`, args...)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		f := place[v.Target]
		f.Versions = append(f.Versions, v)
		f.Def = v.Def
	}
	actuals, err := collect(ctx, r.runner, scanData[programme.Actual], `SELECT data FROM target_actual `+of+`day`, args...)
	for _, a := range actuals {
		f := place[a.Target]
		f.Actuals = append(f.Actuals, a)
	}
	return files, err
}

// planMissing words that a plan is not there: to a stranger it is forbidden, so
// that codes cannot be tried.
func (v *View) planMissing(err error) error {
	if fault.KindOf(err) == fault.NotFound && !v.known() {
		return fault.Forbid("access.forbidden.read_figures")
	}
	return err
}

// foldedWords are the words that a search must find.
func foldedWords(typed string) []string { return strings.Fields(text.Fold(typed)) }
