package store

import (
	"cmp"
	"context"
	"math/big"
	"slices"
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/programme"
	"kith.app/internal/reporting"
	"kith.app/internal/source"
)

// Feeders lists the questions of all forms that tell targets, by the target.
func (r reader) Feeders(ctx context.Context) (map[string][]reporting.Feeder, error) {
	forms, err := collect(ctx, r.runner, scanData[reporting.Form], `SELECT data FROM form WHERE root = $1 ORDER BY code`, r.book.root)
	if err != nil {
		return nil, err
	}
	all := map[string][]reporting.Feeder{}
	for _, f := range forms {
		for _, q := range f.Questions {
			if _, _, tells := q.TargetCodes(); tells {
				all[q.Target] = append(all[q.Target], reporting.Feeder{Form: f, Question: q})
			}
		}
	}
	return all, nil
}

// feed adds to the targets of plans what the answers of units tell of them, period by
// period. Where somebody entered a figure for the same day, that one stands.
func (v *View) feed(ctx context.Context, files []programme.PlanFile) error {
	if len(files) == 0 {
		return nil
	}
	all, err := v.r.Feeders(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	for i := range files {
		for j := range files[i].Targets {
			t := &files[i].Targets[j]
			told := all[files[i].Plan.Code+"/"+t.Code]
			if len(told) == 0 || t.Def.Measure != "" || t.Def.Per > 0 {
				continue
			}
			fed, err := v.r.fed(ctx, files[i].Plan, told[0], v.Today())
			if err != nil {
				return err
			}
			for _, a := range fed {
				if !slices.ContainsFunc(t.Actuals, func(o programme.Actual) bool { return o.On == a.On }) {
					a.Target = t.ID
					t.Actuals = append(t.Actuals, a)
				}
			}
			slices.SortStableFunc(t.Actuals, func(a, b programme.Actual) int { return cmp.Compare(a.On, b.On) })
		}
	}
	return nil
}

// fed is what the answers of the periods of a plan that have ended tell of a target,
// each as of the last day of its period.
func (r reader) fed(ctx context.Context, p programme.Plan, from reporting.Feeder, today calendar.Day) ([]programme.Actual, error) {
	f, q := from.Form, from.Question
	var periods []calendar.Period
	for one := f.Every.Of(max(p.Period.From, f.Since)); one.To <= min(today, p.Period.To); one = f.Every.After(one) {
		if one.From >= p.Period.From && f.Asks(one) {
			periods = append(periods, one)
		}
	}
	if len(periods) == 0 {
		return nil, nil
	}
	sums := map[calendar.Day]sum{}
	put := func(one FormFigure) {
		was := sums[one.Period]
		sums[one.Period] = sum{was.qty + one.Qty, was.counts.Add(one.Counts)}
	}
	below, own := r.tellers(p, f)
	if err := r.sumsBelow(ctx, f, below, []int64{q.N}, periods, put); err != nil {
		return nil, err
	}
	if err := r.sumsOwn(ctx, f, own, []int64{q.N}, periods, put); err != nil {
		return nil, err
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(q.Decimals())), nil)
	var all []programme.Actual
	var total sum
	for _, one := range periods {
		s, told := sums[one.From]
		if !told || s.counts.Lines() == 0 {
			continue
		}
		if q.As == reporting.AsLast {
			total = sum{}
		}
		total = sum{total.qty + s.qty, total.counts.Add(s.counts)}
		all = append(all, programme.Actual{
			On: one.To, Computed: new(big.Rat).SetFrac(big.NewInt(total.qty), scale), Qualifier: total.counts.Qualifier(), Units: s.counts.Lines(),
			Source: source.Source{Kind: source.Form, Title: f.Names.In("vi"), Where: f.Code + " " + f.Every.Code(one), Day: one.To.String()},
			Fed:    "/forms/" + f.Code + "/figures?question=" + strconv.FormatInt(q.N, 10) + "&period=" + f.Every.Code(one),
		})
	}
	return all, nil
}

// tellers are the bodies below whom the kept figures of a form tell a plan, and those
// whose own replies do: the plan's body with all below it; of who asks, all who are asked.
func (r reader) tellers(p programme.Plan, f reporting.Form) (below, own []body.ID) {
	at := p.Body
	if p.Body == f.Body {
		if len(f.Senders.Named) > 0 {
			return nil, f.Senders.Named
		}
		at = f.Senders.Under
	}
	return []body.ID{at}, []body.ID{at}
}
