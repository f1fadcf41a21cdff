package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/place"
	"kith.app/internal/programme"
	"kith.app/internal/reporting"
)

// planFilter is the condition of a list of plans: figures are read, so that who may
// read a body's figures reads how its plans stand.
func (v *View) planFilter(q programme.Asked) *filter {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	if reach := v.reach(access.ReadFigures); !reach.All {
		f.and(`body ` + list(f, reach.Bodies))
	}
	words := foldedWords(q.Typed)
	for _, word := range words[:min(len(words), wordsMost)] {
		f.and(`INSTR(fold, ?) > 0`, word)
	}
	if q.Body != 0 && q.Below {
		f.and(`body ` + list(f, append(v.Tree().EverBelow(q.Body), q.Body)))
	} else if q.Body != 0 {
		f.and(`body = ?`, int64(q.Body))
	}
	if q.Kind != "" {
		f.and(`kind = ?`, string(q.Kind))
	}
	if q.Under != 0 {
		f.and(`under = ?`, int64(q.Under))
	}
	if q.Dated {
		f.and(`since >= ? AND until <= ?`, int64(q.Period.From), int64(q.Period.To))
	}
	return f
}

// TargetPlans lists the plans of targets that the actor may see, the latest first,
// and how many there are in all.
func (v *View) TargetPlans(ctx context.Context, q programme.Asked) (found []programme.Plan, all int, err error) {
	if !v.known() {
		return nil, 0, nil
	}
	f := v.planFilter(q)
	if err := v.r.one(ctx, `SELECT COUNT(*) FROM target_plan WHERE `+f.where(), f.args, &all); err != nil {
		return nil, 0, err
	}
	end := ` ORDER BY since DESC, until DESC, body, id`
	if q.Limit >= 0 {
		end += f.bind(` LIMIT ? OFFSET ?`, cmp.Or(q.Limit, 50), q.Skip)
	}
	found, err = collect(ctx, v.r.runner, scanData[programme.Plan], `SELECT data FROM target_plan WHERE `+f.where()+end, f.args...)
	return found, all, err
}

// PlanFiles reads the plans of a list with their targets and figures.
func (v *View) PlanFiles(ctx context.Context, q programme.Asked) ([]programme.PlanFile, error) {
	plans, _, err := v.TargetPlans(ctx, q)
	if err != nil {
		return nil, err
	}
	files, err := v.r.planFiles(ctx, plans)
	if err != nil {
		return nil, err
	}
	return files, v.feed(ctx, files)
}

// PlanFile reads one plan with its targets and figures.
func (v *View) PlanFile(ctx context.Context, code string) (programme.PlanFile, error) {
	p, err := v.r.TargetPlanByCode(ctx, code)
	if err != nil {
		return programme.PlanFile{}, v.planMissing(err)
	}
	return v.planFile(ctx, p)
}

// PlanFileByID reads the plan that an id names.
func (v *View) PlanFileByID(ctx context.Context, id programme.ID) (programme.PlanFile, error) {
	p, err := v.r.TargetPlan(ctx, id)
	if err != nil {
		return programme.PlanFile{}, v.planMissing(err)
	}
	return v.planFile(ctx, p)
}

func (v *View) planFile(ctx context.Context, p programme.Plan) (programme.PlanFile, error) {
	if err := v.actor.May(access.ReadFigures, p.Body); err != nil {
		return programme.PlanFile{}, err
	}
	files, err := v.r.planFiles(ctx, []programme.Plan{p})
	if err == nil {
		err = v.feed(ctx, files)
	}
	if err != nil {
		return programme.PlanFile{}, err
	}
	return files[0], nil
}

// PlanFeeders lists the questions of forms whose answers tell targets of a plan, by the
// code of the target.
func (v *View) PlanFeeders(ctx context.Context, id programme.ID) (map[string][]reporting.Feeder, error) {
	p, err := v.r.TargetPlan(ctx, id)
	if err != nil {
		return nil, v.planMissing(err)
	}
	if err := v.actor.May(access.ReadFigures, p.Body); err != nil {
		return nil, err
	}
	all, err := v.r.Feeders(ctx)
	own := map[string][]reporting.Feeder{}
	for target, told := range all {
		if code, found := strings.CutPrefix(target, p.Code+"/"); found {
			own[code] = told
		}
	}
	return own, err
}

// Standards lists the standards: those that ship, and those of the bodies whose
// figures the actor reads.
func (v *View) Standards(ctx context.Context) ([]programme.Standard, error) {
	if !v.known() {
		return nil, nil
	}
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	if reach := v.reach(access.ReadFigures); !reach.All {
		f.and(`body ` + list(f, reach.Bodies))
	}
	own, err := collect(ctx, v.r.runner, scanData[programme.Standard], `SELECT data FROM standard WHERE `+f.where()+` ORDER BY code`, f.args...)
	return append(programme.Shipped(), own...), err
}

// standardSeen finds a standard that the actor may see.
func (v *View) standardSeen(ctx context.Context, code string) (programme.Standard, []programme.Standard, error) {
	all, err := v.Standards(ctx)
	if err != nil {
		return programme.Standard{}, nil, err
	}
	i := slices.IndexFunc(all, func(s programme.Standard) bool { return s.Code == code })
	if i < 0 {
		return programme.Standard{}, nil, v.planMissing(fault.Missing("plan.standard.missing"))
	}
	return all[i], all, nil
}

// StandardByCode reads a standard that the actor may see.
func (v *View) StandardByCode(ctx context.Context, code string) (programme.Standard, error) {
	s, _, err := v.standardSeen(ctx, code)
	return s, err
}

// StandardPast lists who changed a standard of a body's own and when, the latest
// first, for who reads the history of that body.
func (v *View) StandardPast(ctx context.Context, code string) ([]Change, error) {
	s, _, err := v.standardSeen(ctx, code)
	if err != nil || s.Body == 0 || !v.actor.Can(access.ReadHistory, s.Body) {
		return nil, err
	}
	all, err := v.r.historyOf(ctx, "standard", int64(s.Body))
	return slices.DeleteFunc(all, func(c Change) bool {
		var said programme.Standard
		return json.Unmarshal(c.After, &said) != nil || said.Code != code
	}), err
}

// statuses reads what the actor may see of how units stand.
func (v *View) statuses(ctx context.Context, standard string, units []body.ID) ([]programme.Status, error) {
	if !v.known() {
		return nil, nil
	}
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	if reach := v.reach(access.ReadFigures); !reach.All {
		f.and(`body ` + list(f, reach.Bodies))
	}
	if standard != "" {
		f.and(`standard = ?`, standard)
	}
	if units != nil {
		f.and(`unit ` + list(f, units))
	}
	return collect(ctx, v.r.runner, scanData[programme.Status], `SELECT data FROM unit_status WHERE `+f.where()+` ORDER BY day, id`, f.args...)
}

// UnitStatuses lists all that was said of a unit, the earliest first.
func (v *View) UnitStatuses(ctx context.Context, unit body.ID) ([]programme.Status, error) {
	return v.statuses(ctx, "", []body.ID{unit})
}

// StandardBoard tells how the units of an area stand against a standard on a day:
// those that stood in it on that day, and whoever of them nothing is known of.
func (v *View) StandardBoard(ctx context.Context, of body.ID, standard string, on calendar.Day) (programme.Board, error) {
	s, all, err := v.standardSeen(ctx, standard)
	if err != nil {
		return programme.Board{}, err
	}
	b := programme.Board{Standard: s, On: min(on, s.Period.To)}
	for _, other := range all {
		if other.After == s.Code {
			b.Replaced = other.Code
		}
	}
	area, err := v.r.Body(ctx, of)
	if err != nil {
		return b, err
	}
	b.On = max(min(b.On, area.Life().To), area.Life().From)
	units, err := v.unitsIn(ctx, of, s, b.On)
	if err != nil {
		return b, err
	}
	ids := make([]body.ID, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	said, err := v.statuses(ctx, s.Code, ids)
	if err != nil {
		return b, err
	}
	last := programme.Latest(said, b.On)
	for _, u := range units {
		stands := programme.UnitStands{Unit: u.ID, Name: u.NameOn("vi", b.On)}
		if st, known := last[u.ID]; known {
			stands.Status = &st
		}
		b.Units = append(b.Units, stands)
	}
	b.Series = series(said, b.On, len(units), s.Code)
	return b, nil
}

// series counts who met a standard on each day on which that changed.
func series(said []programme.Status, until calendar.Day, of int, standard string) []programme.Mark {
	var marks []programme.Mark
	for _, s := range said {
		if s.On > until || len(marks) > 0 && marks[len(marks)-1].On == s.On {
			continue
		}
		m := programme.Mark{On: s.On, Of: of, From: standard}
		for _, one := range programme.Latest(said, s.On) {
			if one.Outcome == programme.Meets {
				m.Met++
			}
		}
		marks = append(marks, m)
	}
	return marks
}

// unitsIn lists the units of an area that a standard is for, as they were on a day.
func (v *View) unitsIn(ctx context.Context, of body.ID, s programme.Standard, on calendar.Day) ([]body.Body, error) {
	f := &filter{}
	f.and(`id ` + list(f, append(v.Tree().Below(of, on), of)))
	known, err := v.r.bodiesWhere(ctx, f.where(), f.args...)
	if err != nil {
		return nil, err
	}
	var units []body.Body
	for _, b := range known {
		if b.LevelOn(on) != s.Level || !b.Life().Contains(on) {
			continue
		}
		if part, _ := place.Part(b.NameOn("vi", on)); s.Only != "" && !strings.EqualFold(part, s.Only) {
			continue
		}
		units = append(units, b)
	}
	return units, nil
}

// StatusArea is an area of which the actor may read how its units stand.
type StatusArea struct {
	Of       body.ID
	Standard string
	Last     calendar.Day // of the last statement
}

// StatusAreas lists the areas and standards of which something is known.
func (v *View) StatusAreas(ctx context.Context) ([]StatusArea, error) {
	said, err := v.statuses(ctx, "", nil)
	if err != nil {
		return nil, err
	}
	at := map[StatusArea]calendar.Day{}
	for _, s := range said {
		of, ok := v.Tree().ParentOn(s.Unit, s.On)
		if !ok {
			of = s.Unit
		}
		key := StatusArea{Of: of, Standard: s.Standard}
		at[key] = max(at[key], s.On)
	}
	var all []StatusArea
	for key, last := range at {
		key.Last = last
		all = append(all, key)
	}
	slices.SortFunc(all, func(a, b StatusArea) int {
		return cmp.Or(cmp.Compare(b.Last, a.Last), cmp.Compare(a.Of, b.Of), cmp.Compare(a.Standard, b.Standard))
	})
	return all, nil
}
