package programme

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Tx is what keeping plans needs of a transaction.
type Tx interface {
	NewID() int64
	Today() calendar.Day
	NowMilli() int64
	Body(ctx context.Context, id body.ID) (body.Body, error)
	TargetPlan(ctx context.Context, id ID) (Plan, error)
	TargetPlanByCode(ctx context.Context, code string) (Plan, error)
	SaveTargetPlan(ctx context.Context, p Plan) error
	Targets(ctx context.Context, of ID) ([]Target, error)
	Target(ctx context.Context, id TargetID) (Target, error)
	TargetVersions(ctx context.Context, id TargetID) ([]Version, error)
	SaveTarget(ctx context.Context, p Plan, t Target, v Version) error
	RemoveTarget(ctx context.Context, p Plan, t Target) error
	Actual(ctx context.Context, id ActualID) (Actual, error)
	ActualsOf(ctx context.Context, id TargetID) ([]Actual, error)
	SaveActual(ctx context.Context, p Plan, a Actual) error
	RemoveActual(ctx context.Context, p Plan, a Actual) error
}

// targetsMost bounds how many targets a plan has, far above the 47 of New Rural.
const targetsMost = 500

// Draw begins a plan.
func Draw(ctx context.Context, tx Tx, by access.Actor, p Plan) (Plan, error) {
	if err := by.May(access.KeepOffice, p.Body); err != nil {
		return Plan{}, err
	}
	of, err := tx.Body(ctx, p.Body)
	if err != nil {
		return Plan{}, err
	}
	if p.Kind == "" {
		p.Kind = Plain
	}
	if p.Code == "" {
		p.Code = body.CodeFrom(p.Titles["vi"])
	}
	if err := p.Check(); err != nil {
		return Plan{}, err
	}
	if !of.Life().Overlaps(p.Period) {
		return Plan{}, fault.Field("period", "plan.period.unlived")
	}
	if err := under(ctx, tx, p); err != nil {
		return Plan{}, err
	}
	if _, err := tx.TargetPlanByCode(ctx, p.Code); err == nil {
		return Plan{}, fault.Field("code", "plan.code.taken", p.Code)
	} else if fault.KindOf(err) != fault.NotFound {
		return Plan{}, err
	}
	p.ID, p.Standing, p.Adopted, p.Revision = ID(tx.NewID()), Drafted, 0, 1
	return p, tx.SaveTargetPlan(ctx, p)
}

// under tells what is wrong with the programme that a plan carries out.
func under(ctx context.Context, tx Tx, p Plan) error {
	if p.Under == 0 {
		return nil
	}
	over, err := tx.TargetPlan(ctx, p.Under)
	if err != nil {
		return err
	}
	if over.Kind != Programme || over.ID == p.ID {
		return fault.Field("under", "plan.under.kind")
	}
	if !over.Period.Overlaps(p.Period) {
		return fault.Field("under", "plan.under.period")
	}
	return nil
}

// kept finds a plan that the actor may change.
func kept(ctx context.Context, tx Tx, by access.Actor, id ID, right access.Right) (Plan, error) {
	p, err := tx.TargetPlan(ctx, id)
	if err != nil {
		return Plan{}, err
	}
	return p, by.May(right, p.Body)
}

// Amend changes what stands at the head of a plan. Once it is adopted its period
// and the authorities that planned stay; others may be added. based is the revision
// the actor saw.
func Amend(ctx context.Context, tx Tx, by access.Actor, p Plan, based int64) (Plan, error) {
	before, err := kept(ctx, tx, by, p.ID, access.KeepOffice)
	if err != nil {
		return Plan{}, err
	}
	if before.Revision != based {
		return Plan{}, fault.Outdated("common.outdated")
	}
	p.Body, p.Code, p.Kind, p.Standing, p.Adopted, p.Revision = before.Body, before.Code, before.Kind, before.Standing, before.Adopted, based+1
	if err := p.Check(); err != nil {
		return Plan{}, err
	}
	if err := under(ctx, tx, p); err != nil {
		return Plan{}, err
	}
	if before.Standing == Adopted {
		if p.Period != before.Period {
			return Plan{}, fault.Field("period", "plan.frozen.period")
		}
		if p.Lead() != before.Lead() {
			return Plan{}, fault.Field("authority", "plan.frozen.lead")
		}
	}
	targets, err := tx.Targets(ctx, p.ID)
	if err != nil {
		return Plan{}, err
	}
	for _, t := range targets {
		for _, v := range t.Def.Values {
			if _, ok := p.Authority(v.Authority); !ok {
				return Plan{}, fault.Field("authority", "plan.authority.used", v.Authority, t.Def.No)
			}
		}
	}
	return p, tx.SaveTargetPlan(ctx, p)
}

// Adopt freezes the targets of a plan: from now on a change is a new version with
// its reason. Every target needs the value of the plan's own authority.
func Adopt(ctx context.Context, tx Tx, by access.Actor, id ID, on calendar.Day, based int64) (Plan, error) {
	p, err := kept(ctx, tx, by, id, access.KeepOffice)
	if err != nil {
		return Plan{}, err
	}
	if p.Revision != based {
		return Plan{}, fault.Outdated("common.outdated")
	}
	if p.Standing == Adopted {
		return Plan{}, fault.Refuse("plan.adopted.already")
	}
	if on > tx.Today() {
		return Plan{}, fault.Field("adopted", "plan.actual.future")
	}
	targets, err := tx.Targets(ctx, id)
	if err != nil {
		return Plan{}, err
	}
	var found []error
	if len(targets) == 0 && p.Kind == Plain {
		found = append(found, fault.Refuse("plan.targets.none"))
	}
	lead, _ := p.Authority(p.Lead())
	for _, t := range targets {
		if _, ok := t.Def.By(p.Lead()); !ok {
			found = append(found, fault.Field("target-"+t.Code, "plan.value.lead", t.Def.No, lead.Names.In("vi")))
		}
	}
	if err := fault.Gather(found...); err != nil {
		return Plan{}, err
	}
	p.Standing, p.Adopted, p.Revision = Adopted, on, based+1
	return p, tx.SaveTargetPlan(ctx, p)
}

// Set writes a target, new or changed, while the plan is drawn up. based is the
// revision the actor saw, 0 for a new target.
func Set(ctx context.Context, tx Tx, by access.Actor, t Target, based int64) (Target, error) {
	p, err := kept(ctx, tx, by, t.Plan, access.KeepOffice)
	if err != nil {
		return Target{}, err
	}
	if p.Standing != Drafted {
		return Target{}, fault.Refuse("plan.frozen")
	}
	return put(ctx, tx, p, t, based, Version{Since: p.Period.From})
}

// Change gives a target of an adopted plan a new version, or adds one: from a day
// on, with the reason. What held before stays readable.
func Change(ctx context.Context, tx Tx, by access.Actor, t Target, based int64, v Version) (Target, error) {
	p, err := kept(ctx, tx, by, t.Plan, access.KeepOffice)
	if err != nil {
		return Target{}, err
	}
	if p.Standing != Adopted {
		return Target{}, fault.Refuse("plan.drafted")
	}
	var found []error
	if strings.TrimSpace(v.Reason) == "" {
		found = append(found, fault.Field("reason", "plan.change.reason"))
	}
	if !p.Period.Contains(v.Since) {
		found = append(found, fault.Field("since", "plan.change.since", p.Period.From, p.Period.To))
	}
	if _, ok := t.Def.By(p.Lead()); !ok {
		lead, _ := p.Authority(p.Lead())
		found = append(found, fault.Field("value-"+p.Lead(), "plan.value.lead", t.Def.No, lead.Names.In("vi")))
	}
	if based > 0 {
		before, err := tx.TargetVersions(ctx, t.ID)
		if err != nil {
			return Target{}, err
		}
		if n := len(before); n > 0 && v.Since < before[n-1].Since {
			found = append(found, fault.Field("since", "plan.change.order", before[n-1].Since))
		}
	}
	if err := fault.Gather(found...); err != nil {
		return Target{}, err
	}
	return put(ctx, tx, p, t, based, v)
}

// put writes a target with the version that it gets: the next one once the plan is
// adopted, the same one over again before.
func put(ctx context.Context, tx Tx, p Plan, t Target, based int64, v Version) (Target, error) {
	all, err := tx.Targets(ctx, p.ID)
	if err != nil {
		return Target{}, err
	}
	if based == 0 {
		if len(all) >= targetsMost {
			return Target{}, fault.Refuse("plan.too.many")
		}
		t.ID, t.Version, t.Revision = TargetID(tx.NewID()), 1, 1
		if t.Code == "" {
			t.Code = free(body.CodeFrom(t.Def.Names["vi"]), all)
		}
		if t.Order == 0 {
			t.Order = len(all) + 1
		}
		if t.Def.No == "" {
			t.Def.No = strconv.Itoa(t.Order)
		}
	} else {
		i := slices.IndexFunc(all, func(o Target) bool { return o.ID == t.ID })
		if i < 0 {
			return Target{}, fault.Missing("plan.target.missing")
		}
		before := all[i]
		if before.Revision != based {
			return Target{}, fault.Outdated("common.outdated")
		}
		t.Code, t.Version, t.Revision = before.Code, before.Version, based+1
		if p.Standing == Adopted {
			t.Version++
		}
	}
	found := []error{checkCode("target-code", t.Code), t.Def.Check(p)}
	for _, o := range all {
		if o.ID != t.ID && o.Code == t.Code {
			found = append(found, fault.Field("target-code", "plan.target.taken", t.Code))
		}
	}
	if err := fault.Gather(found...); err != nil {
		return Target{}, err
	}
	v.Target, v.N, v.Def, v.At = t.ID, t.Version, t.Def, tx.NowMilli()
	return t, tx.SaveTarget(ctx, p, t, v)
}

// free gives a code that no target of the plan has yet.
func free(code string, all []Target) string {
	if code == "" {
		code = "chi-tieu"
	}
	taken := func(c string) bool { return slices.ContainsFunc(all, func(t Target) bool { return t.Code == c }) }
	if !taken(code) {
		return code
	}
	for n := 2; ; n++ {
		if next := code + "-" + strconv.Itoa(n); !taken(next) {
			return next
		}
	}
}

// Strike takes a target out of a plan that is being drawn up.
func Strike(ctx context.Context, tx Tx, by access.Actor, id TargetID) error {
	t, err := tx.Target(ctx, id)
	if err != nil {
		return err
	}
	p, err := kept(ctx, tx, by, t.Plan, access.KeepOffice)
	if err != nil {
		return err
	}
	if p.Standing != Drafted {
		return fault.Refuse("plan.frozen")
	}
	return tx.RemoveTarget(ctx, p, t)
}

// Report writes what a target had reached on a day. One figure stands for a day: a
// correction carries the revision the actor saw, a new one 0.
func Report(ctx context.Context, tx Tx, by access.Actor, a Actual, based int64) (Actual, error) {
	t, err := tx.Target(ctx, a.Target)
	if err != nil {
		return Actual{}, err
	}
	p, err := kept(ctx, tx, by, t.Plan, access.PostDeeds)
	if err != nil {
		return Actual{}, err
	}
	if p.Standing != Adopted {
		return Actual{}, fault.Refuse("plan.drafted")
	}
	versions, err := tx.TargetVersions(ctx, t.ID)
	if err != nil {
		return Actual{}, err
	}
	def := t.Def
	if v, ok := (File{Versions: versions}).On(a.On); ok {
		def = v.Def
	}
	if err := a.Check(p, def, tx.Today()); err != nil {
		return Actual{}, err
	}
	before, err := tx.ActualsOf(ctx, t.ID)
	if err != nil {
		return Actual{}, err
	}
	i := slices.IndexFunc(before, func(o Actual) bool { return o.On == a.On })
	switch {
	case i < 0 && based == 0:
		a.ID, a.Revision = ActualID(tx.NewID()), 1
	case i < 0:
		return Actual{}, fault.Outdated("common.outdated")
	case before[i].Revision != based:
		if based == 0 {
			return Actual{}, fault.Field("on", "plan.actual.taken", a.On)
		}
		return Actual{}, fault.Outdated("common.outdated")
	default:
		a.ID, a.Revision = before[i].ID, based+1
	}
	return a, tx.SaveActual(ctx, p, a)
}

// Unreport takes back a figure entered by mistake; the history keeps it.
func Unreport(ctx context.Context, tx Tx, by access.Actor, id ActualID) error {
	a, err := tx.Actual(ctx, id)
	if err != nil {
		return err
	}
	t, err := tx.Target(ctx, a.Target)
	if err != nil {
		return err
	}
	p, err := kept(ctx, tx, by, t.Plan, access.PostDeeds)
	if err != nil {
		return err
	}
	return tx.RemoveActual(ctx, p, a)
}
