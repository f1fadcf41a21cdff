package store

import (
	"context"
	"slices"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/occasion"
	"kith.app/internal/reporting"
)

// formsComing are the days until which reporting forms are due: for who asks, with
// how many are missing; for a unit of the actor's, while it has not sent its own.
func (v *View) formsComing(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	forms, err := v.Forms(ctx)
	if err != nil {
		return nil, err
	}
	var facts []occasion.Fact
	for _, f := range forms {
		for _, p := range dueWithin(f, asked.Period) {
			found, err := v.formDue(ctx, asked, f, p)
			if err != nil {
				return nil, err
			}
			facts = append(facts, found...)
		}
	}
	return facts, nil
}

// duesMost bounds how many periods of one form a list of days looks at.
const duesMost = 120

// dueWithin lists the periods of a form that are due within some days.
func dueWithin(f reporting.Form, days calendar.Period) []calendar.Period {
	var all []calendar.Period
	for p := f.Every.Of(max(days.From-calendar.Day(f.Due), f.Since)); p.From <= days.To && len(all) < duesMost; p = f.Every.After(p) {
		if f.Asks(p) && days.Contains(f.DueOn(p)) {
			all = append(all, p)
		}
	}
	return all
}

// formDue are the facts of one period: one for who asks, one for each unit in which
// the actor holds an office.
func (v *View) formDue(ctx context.Context, asked occasion.Asked, f reporting.Form, p calendar.Period) ([]occasion.Fact, error) {
	roster, err := v.r.roster(ctx, v.r.book.state.Load(), f, p)
	if err != nil {
		return nil, err
	}
	path := "/forms/" + f.Code
	fact := occasion.Fact{Kind: occasion.Form, Names: f.Names, On: calendar.OnDay(f.DueOn(p))}
	var facts []occasion.Fact
	if v.held(asked, f.Body) && v.actor.Can(access.FileReports, f.Body) {
		progress, err := v.FormProgress(ctx, f.ID, p, 0)
		if err != nil {
			return nil, err
		}
		if missing := progress.Tale.Missing(); missing > 0 {
			fact.ID, fact.Body, fact.Who, fact.Path = formDay(f.ID, 0, p), f.Body, strconv.FormatInt(missing, 10), path+"?period="+f.Every.Code(p)
			facts = append(facts, fact)
		}
	}
	var own []body.ID
	for _, g := range v.actor.Grants {
		if g.Right == access.PostDeeds && roster.Has(g.Body) && !slices.Contains(own, g.Body) && v.held(asked, g.Body) {
			own = append(own, g.Body)
		}
	}
	if len(own) == 0 {
		return facts, nil
	}
	sent, err := v.r.Replies(ctx, f, p, own)
	for _, unit := range own {
		if sent[unit].Counts() {
			continue
		}
		fact.ID, fact.Body, fact.Who, fact.Path = formDay(f.ID, unit, p), unit, "", path+"/unit/"+strconv.FormatInt(int64(unit), 10)+"?period="+f.Every.Code(p)
		facts = append(facts, fact)
	}
	return facts, err
}

// formDay names the day on which a form is due, for reminders that are told once.
func formDay(f reporting.ID, unit body.ID, p calendar.Period) int64 {
	return measureID("due " + strconv.FormatInt(int64(f), 10) + " " + strconv.FormatInt(int64(unit), 10) + " " + p.From.String())
}
