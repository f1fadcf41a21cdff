package store

import (
	"context"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/delegation"
	"kith.app/internal/report"
	"kith.app/internal/union"
)

// FriendshipIn reads what a union tells of a period.
func (v *View) FriendshipIn(ctx context.Context, of body.ID, p calendar.Period) (*report.Friendship, error) {
	if err := v.actor.May(access.ReadDeeds, of); err != nil {
		return nil, err
	}
	told, err := v.Activities(ctx, ActivitiesAsked{Body: of, Period: p, Dated: true})
	if err != nil {
		return nil, err
	}
	f := &report.Friendship{Counts: union.CountUp(told), Names: map[string]report.Label{}}
	for _, b := range f.Counts.Bodies {
		named, err := v.r.Body(ctx, b.Body)
		if err != nil {
			return nil, err
		}
		f.Names[strconv.FormatInt(int64(b.Body), 10)] = report.Label{"vi": named.NameOn("vi", p.To), "en": named.NameOn("en", p.To), "fr": named.NameOn("fr", p.To)}
	}
	visits, err := v.Visits(ctx, DelegationsAsked{Body: of, Period: p, Dated: true})
	if err != nil {
		return nil, err
	}
	sum := delegation.SumUp(visits, v.Today())
	f.In, f.Out, f.People, f.From, f.Late = sum.In, sum.Out, sum.People, sum.Countries, sum.ReportsLate
	for _, read := range []func(context.Context, *report.Friendship, body.ID, calendar.Period) error{v.friendshipRegisters, v.friendshipPlans} {
		if err := read(ctx, f, of, p); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// friendshipRegisters reads grants, awards and congresses of a period.
func (v *View) friendshipRegisters(ctx context.Context, f *report.Friendship, of body.ID, p calendar.Period) error {
	grants, err := RegisterOf[union.Aid](ctx, v, of, "")
	if err != nil {
		return err
	}
	for _, g := range grants {
		if from, known := g.From.First(); known && p.Contains(from) {
			f.Grants = append(f.Grants, g)
		}
	}
	awards, err := RegisterOf[union.Award](ctx, v, of, "")
	if err != nil {
		return err
	}
	for _, a := range awards {
		if a.Day.Period().Overlaps(p) && !a.Day.IsUnknown() {
			f.Awards = append(f.Awards, a)
		}
	}
	terms, err := RegisterOf[union.Term](ctx, v, of, "")
	for _, t := range terms {
		if from, known := t.From.First(); known && p.Contains(from) {
			f.Congress = append(f.Congress, t)
		}
	}
	return err
}

// friendshipPlans reads the plans of the years of a period, where it is whole
// years, and the plan of the year that follows.
func (v *View) friendshipPlans(ctx context.Context, f *report.Friendship, of body.ID, p calendar.Period) error {
	year := p.To.Year()
	if p != calendar.Year(year) {
		return nil
	}
	this, err := v.PlanReview(ctx, of, year)
	if err != nil {
		return err
	}
	next, err := v.PlanReview(ctx, of, year+1)
	if err != nil {
		return err
	}
	f.Outside, f.NextYear = len(this.Outside), year+1
	f.Plan, f.Next = intendedIn(this), intendedIn(next)
	return nil
}

func intendedIn(r union.Review) []report.Intended {
	var all []report.Intended
	for _, l := range r.Lines {
		all = append(all, report.Intended{Text: l.Text, Target: l.Target, State: l.State, Note: l.Note})
	}
	return all
}
