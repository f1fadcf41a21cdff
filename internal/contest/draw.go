package contest

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
)

// Shift moves a criterion by some places among those beside it, up when they are
// negative, while the table is being made.
func Shift(ctx context.Context, tx Tx, by access.Actor, id ID, criterion CriterionID, places int) error {
	if _, _, err := kept(ctx, tx, by, id, Drafted); err != nil {
		return err
	}
	all, err := tx.Criteria(ctx, id)
	if err != nil {
		return err
	}
	table, err := NewTable(all)
	if err != nil {
		return err
	}
	c, ok := table.Of(criterion)
	if !ok {
		return fault.Missing("contest.criterion.missing")
	}
	beside := slices.Clone(table.Children(c.Parent))
	at := slices.Index(beside, criterion)
	to := max(0, min(at+places, len(beside)-1))
	beside = slices.Insert(slices.Delete(beside, at, at+1), to, criterion)
	for i, sibling := range beside {
		s, _ := table.Of(sibling)
		if s.Order == i+1 {
			continue
		}
		s.Order = i + 1
		s.Revision++
		if err := tx.SaveCriterion(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// CopyUnits has the units of another contest take part, in their order and as
// members: who leads this year is decided anew.
func CopyUnits(ctx context.Context, tx Tx, by access.Actor, from, to ID) error {
	c, present, err := kept(ctx, tx, by, to, Drafted)
	if err != nil {
		return err
	}
	_, units, seat, err := seatIn(ctx, tx, by, from)
	if err != nil {
		return err
	}
	if !seat.Takes() {
		return fault.Forbid("contest.forbidden.keep")
	}
	for _, u := range units {
		if slices.ContainsFunc(present, func(p Unit) bool { return p.Body == u.Body }) {
			continue
		}
		b, err := tx.Body(ctx, u.Body)
		if err != nil {
			return err
		}
		if last, ended := b.Ended.Last(); ended && last < c.Period.From {
			continue
		}
		u.Contest, u.Role, u.Since, u.Until, u.Note = to, Member, c.Period.From, c.Period.To, ""
		if err := tx.SaveUnit(ctx, u); err != nil {
			return err
		}
	}
	return nil
}

// Decide puts units whose points are equal in an order, for a reason; the first
// is placed highest. A decision on the same units replaces the one before.
func Decide(ctx context.Context, tx Tx, by access.Actor, id ID, d Decision, based int64) (Contest, error) {
	c, units, err := kept(ctx, tx, by, id, Drafted, Opened)
	if err != nil {
		return Contest{}, err
	}
	if c.Revision != based {
		return Contest{}, fault.Outdated("common.outdated")
	}
	d.Reason = strings.TrimSpace(d.Reason)
	var found []error
	if d.Reason == "" {
		found = append(found, fault.Field("reason", "contest.reason.missing"))
	}
	if len(d.Units) < 2 || !distinct(d.Units) {
		found = append(found, fault.Field("order", "contest.decide.order"))
	}
	for _, unit := range d.Units {
		if !slices.ContainsFunc(units, func(u Unit) bool { return u.Body == unit }) {
			found = append(found, fault.Field("order", "contest.unit.missing"))
		}
	}
	if err := fault.Gather(found...); err != nil {
		return Contest{}, err
	}
	c.Ranking.Decisions = slices.DeleteFunc(slices.Clone(c.Ranking.Decisions), func(o Decision) bool { return sameUnits(o.Units, d.Units) })
	c.Ranking.Decisions = append(c.Ranking.Decisions, d)
	if !slices.Contains(c.Ranking.Ties, KeyDecided) {
		c.Ranking.Ties = append(slices.Clone(c.Ranking.Ties), KeyDecided)
	}
	c.Revision++
	return c, tx.SaveContest(ctx, c)
}

func distinct(units []body.ID) bool {
	sorted := slices.Sorted(slices.Values(units))
	return len(slices.Compact(sorted)) == len(units)
}

func sameUnits(a, b []body.ID) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
