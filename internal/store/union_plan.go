package store

import (
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/text"
	"kith.app/internal/union"
)

// Plan reads the paper of a year's plan.
func (r reader) Plan(ctx context.Context, of body.ID, year int) (union.Plan, error) {
	found, err := collect(ctx, r.runner, scanData[union.Plan], `SELECT data FROM union_plan WHERE body = $1 AND year = $2`, int64(of), year)
	if err != nil {
		return union.Plan{}, err
	}
	if len(found) == 0 {
		return union.Plan{}, fault.Missing("union.plan.missing")
	}
	return found[0], nil
}

// SavePlan writes the paper of a year's plan.
func (tx *Tx) SavePlan(ctx context.Context, p union.Plan) error {
	raw, err := pack(p, false)
	if err != nil {
		return err
	}
	var before any
	if was, err := tx.Plan(ctx, p.Body, p.Year); err == nil {
		before = was
	} else if fault.KindOf(err) != fault.NotFound {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO union_plan (body, year, root, data, revision) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (body, year) DO UPDATE SET data = excluded.data, revision = excluded.revision`, int64(p.Body), p.Year, tx.book.root, raw, p.Revision)
	if err == nil {
		tx.note("union_plan", int64(p.Year), p.Body, before, p)
	}
	return err
}

// PlanItem reads one item of a plan with the deeds that fulfil it.
func (r reader) PlanItem(ctx context.Context, id union.ItemID) (union.Item, error) {
	found, err := r.planItems(ctx, `id = $1`, int64(id))
	if err != nil {
		return union.Item{}, err
	}
	if len(found) == 0 {
		return union.Item{}, fault.Missing("union.plan.item.missing")
	}
	return found[0], nil
}

// PlanItems lists the items of a body's plan for a year.
func (r reader) PlanItems(ctx context.Context, of body.ID, year int) ([]union.Item, error) {
	return r.planItems(ctx, `root = $1 AND body = $2 AND year = $3`, r.book.root, int64(of), year)
}

func (r reader) planItems(ctx context.Context, where string, args ...any) ([]union.Item, error) {
	found, err := collect(ctx, r.runner, scanPlanItem, `SELECT data, person FROM union_plan_item WHERE `+where+` ORDER BY n, id`, args...)
	if err != nil || len(found) == 0 {
		return found, err
	}
	at := make(map[union.ItemID]*union.Item, len(found))
	ids := make([]union.ItemID, len(found))
	for i := range found {
		ids[i], at[found[i].ID] = found[i].ID, &found[i]
		found[i].Deeds = nil
	}
	list, linked := in(nil, ids)
	return found, r.each(ctx, func(rows *sql.Rows) error {
		var item union.ItemID
		var d deed.ID
		if err := rows.Scan((*int64)(&item), (*int64)(&d)); err != nil {
			return err
		}
		at[item].Deeds = append(at[item].Deeds, d)
		return nil
	}, `SELECT item, deed FROM union_plan_deed WHERE item `+list+` ORDER BY item, deed`, linked...)
}

// scanPlanItem reads an item; who answers for it stands in a column of its own,
// which follows when two records of one person are merged.
func scanPlanItem(rows *sql.Rows) (union.Item, error) {
	var i union.Item
	var raw string
	var who int64
	if err := rows.Scan(&raw, &who); err != nil {
		return i, err
	}
	err := unpack(raw, &i)
	i.Person = person.ID(who)
	return i, err
}

// SavePlanItem writes an item of a plan, new or changed, with its deeds.
func (tx *Tx) SavePlanItem(ctx context.Context, i union.Item) error {
	raw, err := pack(i, false)
	if err != nil {
		return err
	}
	var before any
	if was, err := tx.PlanItem(ctx, i.ID); err == nil {
		before = was
	} else if fault.KindOf(err) != fault.NotFound {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO union_plan_item (id, root, body, year, n, person, data, fold, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET n = excluded.n, person = excluded.person, data = excluded.data, fold = excluded.fold, revision = excluded.revision`,
		int64(i.ID), tx.book.root, int64(i.Body), i.Year, i.N, int64(i.Person), raw, text.Fold(i.Text)+" "+text.Fold(i.Target), i.Revision)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM union_plan_deed WHERE item = $1`, int64(i.ID)); err != nil {
		return err
	}
	for _, d := range i.Deeds {
		if _, err := tx.exec(ctx, `INSERT INTO union_plan_deed (item, deed, root) VALUES ($1, $2, $3)`, int64(i.ID), int64(d), tx.book.root); err != nil {
			return err
		}
	}
	tx.note("union_plan_item", int64(i.ID), i.Body, before, i)
	return nil
}

// PlanLine reads one item with how far it is.
func (v *View) PlanLine(ctx context.Context, id union.ItemID) (union.Line, error) {
	i, err := v.r.PlanItem(ctx, id)
	if err != nil {
		return union.Line{}, err
	}
	if err := v.actor.May(access.ReadDeeds, i.Body); err != nil {
		return union.Line{}, err
	}
	lines, err := v.planLines(ctx, []union.Item{i})
	if err != nil {
		return union.Line{}, err
	}
	return lines[0], nil
}

// PlanReview holds the plan of a body's year against what was done.
func (v *View) PlanReview(ctx context.Context, of body.ID, year int) (union.Review, error) {
	if err := v.actor.May(access.ReadDeeds, of); err != nil {
		return union.Review{}, err
	}
	var r union.Review
	var err error
	if r.Plan, err = v.r.Plan(ctx, of, year); fault.KindOf(err) == fault.NotFound {
		r.Plan, err = union.Plan{Body: of, Year: year}, nil
	}
	if err != nil {
		return r, err
	}
	items, err := v.r.PlanItems(ctx, of, year)
	if err != nil {
		return r, err
	}
	if r.Lines, err = v.planLines(ctx, items); err != nil || len(items) == 0 {
		return r, err
	}
	r.Outside, err = v.Activities(ctx, ActivitiesAsked{Body: of, Period: calendar.Year(year), Dated: true, Planning: union.Outside})
	return r, err
}

// planLines says how far items are.
func (v *View) planLines(ctx context.Context, items []union.Item) ([]union.Line, error) {
	var ids []deed.ID
	var people []person.ID
	for _, i := range items {
		ids, people = append(ids, i.Deeds...), append(people, i.Person)
	}
	by := map[deed.ID]deed.Deed{}
	if len(ids) > 0 {
		list, args := in(nil, ids)
		deeds, err := collect(ctx, v.r.runner, scanDeed, `SELECT `+deedColumns+` FROM deed WHERE id `+list, args...)
		if err != nil {
			return nil, err
		}
		for _, d := range deeds {
			by[d.ID] = d
		}
	}
	names, err := v.r.namesOf(ctx, people)
	if err != nil {
		return nil, err
	}
	lines := make([]union.Line, len(items))
	for n, i := range items {
		l := union.Line{Item: i, Name: names[i.Person]}
		for _, id := range i.Deeds {
			d := by[id]
			if d.Status == deed.Done {
				l.Progress.Done++
			}
			if d.ID != 0 && v.actor.Can(access.ReadDeeds, d.Body) {
				l.Shown = append(l.Shown, d)
			}
		}
		if i.Gauge == union.ByPlaces {
			units, err := v.r.largeUnits(ctx, i.Body, v.Today())
			if err != nil {
				return nil, err
			}
			l.Progress.Places, l.Progress.Of = union.Reached(units), len(units)
		}
		slices.SortFunc(l.Shown, func(a, b deed.Deed) int { return a.Day.Compare(b.Day) })
		l.State = i.State(l.Progress, v.Today())
		lines[n] = l
	}
	return lines, nil
}

// namesOf gives the names of some people.
func (r reader) namesOf(ctx context.Context, ids []person.ID) (map[person.ID]string, error) {
	names := map[person.ID]string{}
	ids = slices.DeleteFunc(ids, func(id person.ID) bool { return id == 0 })
	if len(ids) == 0 {
		return names, nil
	}
	list, args := in(nil, ids)
	return names, r.each(ctx, func(rows *sql.Rows) error {
		var id person.ID
		var name string
		if err := rows.Scan((*int64)(&id), &name); err != nil {
			return err
		}
		names[id] = name
		return nil
	}, `SELECT id, name FROM person WHERE id `+list, args...)
}

// PlanYears lists the years for which a body has a plan, the latest first.
func (v *View) PlanYears(ctx context.Context, of body.ID) ([]int, error) {
	if err := v.actor.May(access.ReadDeeds, of); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (int, error) {
		var year int
		return year, rows.Scan(&year)
	}, `SELECT DISTINCT year FROM union_plan_item WHERE root = $1 AND body = $2 ORDER BY year DESC`, v.r.book.root, int64(of))
}
