// Package progress tells how plans of targets stand: it takes the figures of those
// targets that the journal counts from the journal, with the deeds that prove them,
// sets the year before beside every figure, and puts plans of many bodies together.
// It draws them, writes the paper, and keeps nothing.
package progress

import (
	"context"
	"math/big"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/programme"
	"kith.app/internal/tally"
)

// Book is what progress is read from.
type Book interface {
	tally.Roll
	Tree() *body.Tree
	PlanFiles(ctx context.Context, asked programme.Asked) ([]programme.PlanFile, error)
	ContestDeeds(ctx context.Context, unit body.ID, m deed.Measure, p calendar.Period) ([]deed.ID, error)
}

// On checks the day for which somebody asks how a plan stands: none that is yet to
// come, none before the plan begins.
func On(p programme.Plan, asked, today calendar.Day) (calendar.Day, error) {
	switch {
	case asked == 0:
		return max(p.Held(today), p.Period.From), nil
	case asked > today:
		return 0, fault.Field("on", "plan.actual.future")
	case asked < p.Period.From:
		return 0, fault.Field("on", "plan.actual.early", p.Period.From)
	}
	return p.Held(asked), nil
}

// Of tells how a plan stands on a day.
func Of(ctx context.Context, b Book, file programme.PlanFile, on calendar.Day) (programme.Review, error) {
	counted, err := counted(ctx, b, file, on)
	if err != nil {
		return programme.Review{}, err
	}
	r := programme.Reckon(counted.Plan, counted.Targets, on)
	before, found, err := yearBefore(ctx, b, file.Plan)
	if err != nil {
		return r, err
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.LastYear != nil || l.Actual == nil {
			continue
		}
		if l.Def.Measure != "" {
			if err := lastYear(ctx, b, file.Plan, l, r.On); err != nil {
				return r, err
			}
			continue
		}
		if found {
			if was := reported(before, *l, l.Actual.On.AddYears(-1)); was != nil {
				l.CompareWith(was)
				r.Before = &before.Plan
			}
		}
	}
	return r, nil
}

// counted is a plan of which the targets that the journal counts have what it
// counted until a day as their figure.
func counted(ctx context.Context, b Book, file programme.PlanFile, on calendar.Day) (programme.PlanFile, error) {
	on = file.Plan.Held(on)
	file.Targets = slices.Clone(file.Targets)
	for i := range file.Targets {
		f := &file.Targets[i]
		v, there := f.On(on)
		if !there || v.Def.Measure == "" {
			continue
		}
		a, err := measured(ctx, b, file.Plan, v.Def.Measure, calendar.Period{From: file.Plan.Period.From, To: on})
		if err != nil {
			return file, err
		}
		f.Actuals = nil
		if a != nil {
			a.Target = f.ID
			f.Actuals = []programme.Actual{*a}
		}
	}
	return file, nil
}

// measured is what the journal counted of a measure in a period, with its deeds; nil
// where it cannot tell one figure.
func measured(ctx context.Context, b Book, p programme.Plan, code string, during calendar.Period) (*programme.Actual, error) {
	answers, err := tally.Answer(ctx, b, tally.Question{Body: p.Body, Measure: code, Period: during})
	if fault.KindOf(err) == fault.Invalid {
		return nil, nil // nothing was ever counted under this measure
	}
	if err != nil || len(answers) != 1 {
		return nil, err
	}
	a := answers[0]
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(a.Decimals)), nil)
	told := programme.Actual{On: during.To, Computed: new(big.Rat).SetFrac(big.NewInt(a.Figure.Qty), scale), Qualifier: a.Figure.Qualifier}
	m, err := deed.ParseMeasure(code)
	if err != nil || programme.StockMeasure(code) {
		return &told, nil
	}
	// Who reads figures only is told the figure without its deeds.
	if told.Deeds, err = b.ContestDeeds(ctx, p.Body, m, during); fault.KindOf(err) == fault.Forbidden {
		err = nil
	}
	return &told, err
}

// lastYear sets what the journal counted in the same days a year before beside a
// line. A year of which the journal has no deed says nothing.
func lastYear(ctx context.Context, b Book, p programme.Plan, l *programme.Progress, on calendar.Day) error {
	if programme.StockMeasure(l.Def.Measure) {
		return nil
	}
	was, err := measured(ctx, b, p, l.Def.Measure, calendar.Period{From: p.Period.From.AddYears(-1), To: on.AddYears(-1)})
	if err == nil && was != nil && was.Computed.Sign() != 0 {
		l.CompareWith(was.Computed)
	}
	return err
}

// yearBefore finds the plan of the same body for the same days a year before.
func yearBefore(ctx context.Context, b Book, p programme.Plan) (programme.PlanFile, bool, error) {
	files, err := b.PlanFiles(ctx, programme.Asked{Body: p.Body, Kind: p.Kind, Period: p.Period.YearsEarlier(1), Dated: true, Limit: 2})
	if err != nil || len(files) != 1 || files[0].Plan.Period != p.Period.YearsEarlier(1) {
		return programme.PlanFile{}, false, err
	}
	return files[0], true, nil
}

// reported is what the plan of the year before had for the same target on a day.
// Where units or what is counted differ, nothing is set beside each other.
func reported(before programme.PlanFile, l programme.Progress, on calendar.Day) *big.Rat {
	for _, f := range before.Targets {
		if f.Code != l.Target.Code {
			continue
		}
		v, there := f.On(on)
		if !there || v.Def.Units.In("vi") != l.Def.Units.In("vi") || v.Def.Per != l.Def.Per || l.Version.Breaks {
			return nil
		}
		for _, a := range f.Actuals {
			if a.On == on {
				return a.Rat(v.Def.Per)
			}
		}
	}
	return nil
}

// RollUp puts the plans of all below a body together, each as it stood on a day. A
// plan of a body holds what lies below it, so of bodies that stand under each other
// only the upper ones' plans are taken; the body's own plan is none of the parts.
func RollUp(ctx context.Context, b Book, of body.ID, files []programme.PlanFile, on calendar.Day) (programme.RolledUp, error) {
	files = slices.DeleteFunc(slices.Clone(files), func(f programme.PlanFile) bool {
		return f.Plan.Body == of || f.Plan.Standing != programme.Adopted || f.Plan.Kind != programme.Plain || f.Plan.Period.From > on
	})
	var reviews []programme.Review
	for _, f := range files {
		if slices.ContainsFunc(files, func(o programme.PlanFile) bool {
			return o.Plan.Body != f.Plan.Body && b.Tree().Under(f.Plan.Body, o.Plan.Body, f.Plan.Held(on))
		}) {
			continue
		}
		c, err := counted(ctx, b, f, on)
		if err != nil {
			return programme.RolledUp{}, err
		}
		reviews = append(reviews, programme.Reckon(c.Plan, c.Targets, on))
	}
	return programme.RollUp(reviews), nil
}
