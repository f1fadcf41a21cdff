package store

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/tally"
)

// ContestFigures reads one measure of some units of a contest for a period. Who
// keeps or assesses the contest reads figures of its units, though it reads nothing
// else of them; others once the result is published, and a unit its own.
func (v *View) ContestFigures(ctx context.Context, id contest.ID, of []contest.Unit, m deed.Measure, p calendar.Period) ([]tally.Figure, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	open := f.Seat.Inside() || f.Contest.Standing == contest.Published
	bodies := make([]body.ID, len(of))
	for i, u := range of {
		bodies[i] = u.Body
		switch {
		case !slices.ContainsFunc(f.Units, func(o contest.Unit) bool { return o.Body == u.Body }):
			return nil, fault.Missing("contest.unit.missing")
		case !open && !f.Seat.Own(u.Body):
			return nil, fault.Forbid("contest.forbidden.inside")
		}
	}
	// The contest itself gives the right, for its units alone.
	lent := &View{r: v.r, actor: access.Operator(v.actor.Name)}
	return tally.OfEach(ctx, lent, tally.Query{Measure: m, Period: p}, bodies)
}
