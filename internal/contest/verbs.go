package contest

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// seatIn finds a contest, its units and what the actor may do in it.
func seatIn(ctx context.Context, tx Tx, by access.Actor, id ID) (Contest, []Unit, Seat, error) {
	c, err := tx.Contest(ctx, id)
	if err != nil {
		return c, nil, Seat{}, err
	}
	units, err := tx.ContestUnits(ctx, id)
	if err != nil {
		return c, nil, Seat{}, err
	}
	assessors, err := tx.Assessors(ctx, id)
	return c, units, SeatOf(by, c, units, assessors, tx.Tree(), tx.Today()), err
}

// kept is seatIn for those who keep the contest, and until a unit takes the lead for those
// who lead in the year before, who draw it up; standings are those in which the work may be
// done.
func kept(ctx context.Context, tx Tx, by access.Actor, id ID, standings ...Standing) (Contest, []Unit, error) {
	c, units, seat, err := seatIn(ctx, tx, by, id)
	if err != nil {
		return c, nil, err
	}
	if !seat.Keeps() && !(c.Standing == Drafted && LedBy(c.Year, units).Lead == 0 && leadsBefore(ctx, tx, by, c)) {
		return c, nil, fault.Forbid("contest.forbidden.keep")
	}
	if !slices.Contains(standings, c.Standing) {
		return c, nil, fault.Refuse("contest.standing." + string(c.Standing))
	}
	return c, units, nil
}

// Draw begins the contest of a cluster for a year.
func Draw(ctx context.Context, tx Tx, by access.Actor, c Contest) (Contest, error) {
	cluster, err := tx.Body(ctx, c.Cluster)
	if err != nil {
		return Contest{}, err
	}
	if !by.Can(access.ManageBody, cluster.ID) && !leadsBefore(ctx, tx, by, c) {
		return Contest{}, fault.Forbid("contest.forbidden.keep")
	}
	if err := c.Check(); err != nil {
		return Contest{}, err
	}
	if _, err := tx.ContestOf(ctx, c.Cluster, c.Year); err == nil {
		return Contest{}, fault.Field("year", "contest.year.taken", strconv.Itoa(c.Year))
	} else if fault.KindOf(err) != fault.NotFound {
		return Contest{}, err
	}
	c.ID, c.Standing, c.Began, c.Revision = ID(tx.NewID()), Drafted, 0, 1
	return c, tx.SaveContest(ctx, c)
}

// leadsBefore tells whether the actor's unit leads in the year before: it draws
// up the contract of the next.
func leadsBefore(ctx context.Context, tx Tx, by access.Actor, c Contest) bool {
	before, err := tx.ContestOf(ctx, c.Cluster, c.Year-1)
	if err != nil {
		return false
	}
	_, _, seat, err := seatIn(ctx, tx, by, before.ID)
	return err == nil && seat.Keeps()
}

// Amend changes what a contest is while it is being drawn up; its stages and table
// are fixed once it is open. based is the revision the actor saw.
func Amend(ctx context.Context, tx Tx, by access.Actor, c Contest, based int64) (Contest, error) {
	before, _, err := kept(ctx, tx, by, c.ID, Drafted, Opened)
	if err != nil {
		return Contest{}, err
	}
	if before.Revision != based {
		return Contest{}, fault.Outdated("common.outdated")
	}
	c.Cluster, c.Year, c.Standing, c.Began, c.Revision = before.Cluster, before.Year, before.Standing, before.Began, based+1
	if before.Standing == Opened {
		c.Stages, c.Scale, c.Period, c.Counts = before.Stages, before.Scale, before.Period, before.Counts
	}
	if err := c.Check(); err != nil {
		return Contest{}, err
	}
	return c, tx.SaveContest(ctx, c)
}

// Enlist has a unit take part, or changes its role or place in the order. There is
// one lead; the one before becomes a member.
func Enlist(ctx context.Context, tx Tx, by access.Actor, u Unit) error {
	c, units, err := kept(ctx, tx, by, u.Contest, Drafted, Opened)
	if err != nil {
		return err
	}
	if _, err := tx.Body(ctx, u.Body); err != nil {
		return err
	}
	if u.Body == c.Cluster {
		return fault.Field("unit", "contest.unit.cluster")
	}
	if u.Until < u.Since {
		return fault.Field("until", "contest.period.order")
	}
	for _, other := range units {
		if u.Role != Member && other.Role == u.Role && other.Body != u.Body {
			other.Role = Member
			if err := tx.SaveUnit(ctx, other); err != nil {
				return err
			}
		}
	}
	if err := tx.SaveUnit(ctx, u); err != nil || c.Standing != Opened {
		return err
	}
	if _, err := tx.Sheet(ctx, c.ID, u.Body); fault.KindOf(err) != fault.NotFound {
		return err
	}
	return begin(ctx, tx, by, c, u.Body)
}

// Release takes a unit out of a contest that is being drawn up. One that ends
// within the year stays, until its last day.
func Release(ctx context.Context, tx Tx, by access.Actor, id ID, unit body.ID) error {
	if _, _, err := kept(ctx, tx, by, id, Drafted); err != nil {
		return err
	}
	return tx.RemoveUnit(ctx, id, unit)
}

// Put writes a criterion, new or changed, while the table is being made. While
// scores are reviewed a criterion may only be added, with a reason.
func Put(ctx context.Context, tx Tx, by access.Actor, c Criterion, based int64) (Criterion, error) {
	contest, _, err := kept(ctx, tx, by, c.Contest, Drafted, Opened)
	if err != nil {
		return Criterion{}, err
	}
	if contest.Standing == Opened {
		if c.ID != 0 {
			return Criterion{}, fault.Refuse("contest.table.open")
		}
		c.Added = true
	}
	if err := c.Check(); err != nil {
		return Criterion{}, err
	}
	all, err := tx.Criteria(ctx, c.Contest)
	if err != nil {
		return Criterion{}, err
	}
	if c.ID == 0 {
		c.ID, c.Revision = CriterionID(tx.NewID()), 1
		all = append(all, c)
	} else {
		i := slices.IndexFunc(all, func(o Criterion) bool { return o.ID == c.ID })
		if i < 0 {
			return Criterion{}, fault.Missing("contest.criterion.missing")
		}
		if all[i].Revision != based {
			return Criterion{}, fault.Outdated("common.outdated")
		}
		c.Revision = based + 1
		all[i] = c
	}
	table, err := NewTable(all)
	if err != nil {
		return Criterion{}, err
	}
	if err := table.loops(c); err != nil {
		return Criterion{}, err
	}
	return c, tx.SaveCriterion(ctx, c)
}

// Write puts a criterion that somebody writes by itself: the measures that it names
// must be known, the criteria that it names must stand in the table already.
func Write(ctx context.Context, tx Tx, by access.Actor, c Criterion, based int64, known func(measure string) error) (Criterion, error) {
	put, err := Put(ctx, tx, by, c, based)
	if err != nil {
		return Criterion{}, err
	}
	all, err := tx.Criteria(ctx, c.Contest)
	if err != nil {
		return Criterion{}, err
	}
	table, err := NewTable(all)
	if err != nil {
		return Criterion{}, err
	}
	return put, fault.Gather(table.unnumbered(put), put.each(func(field string, measures, _ []string) error {
		for _, m := range measures {
			if err := known(m); fault.KindOf(err) == fault.Invalid {
				return fault.Field(field, "contest.measure.unknown", m)
			} else if err != nil {
				return err
			}
		}
		return nil
	}))
}

// Strike takes a criterion out of a table that is being made, with all that
// stands in it.
func Strike(ctx context.Context, tx Tx, by access.Actor, id ID, criterion CriterionID) error {
	if _, _, err := kept(ctx, tx, by, id, Drafted); err != nil {
		return err
	}
	all, err := tx.Criteria(ctx, id)
	if err != nil {
		return err
	}
	out := map[CriterionID]bool{criterion: true}
	for range all {
		for _, c := range all {
			if out[c.Parent] {
				out[c.ID] = true
			}
		}
	}
	for _, c := range all {
		if out[c.ID] {
			if err := tx.RemoveCriterion(ctx, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// CopyTable fills an empty table with another contest's, last year's above all.
func CopyTable(ctx context.Context, tx Tx, by access.Actor, from, to ID) error {
	if _, _, err := kept(ctx, tx, by, to, Drafted); err != nil {
		return err
	}
	if _, _, seat, err := seatIn(ctx, tx, by, from); err != nil {
		return err
	} else if !seat.Takes() {
		return fault.Forbid("contest.forbidden.keep")
	}
	present, err := tx.Criteria(ctx, to)
	if err != nil {
		return err
	}
	if len(present) > 0 {
		return fault.Refuse("contest.table.filled")
	}
	all, err := tx.Criteria(ctx, from)
	if err != nil {
		return err
	}
	table, err := NewTable(all)
	if err != nil {
		return err
	}
	ids := map[CriterionID]CriterionID{}
	for _, c := range table.All() {
		if c.Added {
			c.Added, c.Reason = false, ""
		}
		was := c.ID
		c.ID, c.Contest, c.Parent, c.Deadline, c.Revision = CriterionID(tx.NewID()), to, ids[c.Parent], 0, 1
		ids[was] = c.ID
		if err := tx.SaveCriterion(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// Open has the units begin to score: the table must add up and somebody must act
// at every stage.
func Open(ctx context.Context, tx Tx, by access.Actor, id ID) (Contest, error) {
	c, units, err := kept(ctx, tx, by, id, Drafted)
	if err != nil {
		return Contest{}, err
	}
	all, err := tx.Criteria(ctx, id)
	if err != nil {
		return Contest{}, err
	}
	table, err := NewTable(all)
	if err != nil {
		return Contest{}, err
	}
	assessors, err := tx.Assessors(ctx, id)
	if err != nil {
		return Contest{}, err
	}
	found := []error{table.Check(c.Scale)}
	if len(units) == 0 {
		found = append(found, fault.Field("units", "contest.units.none"))
	}
	leads := slices.ContainsFunc(units, func(u Unit) bool { return u.Role == Lead })
	for _, s := range c.Stages {
		if s.By == ByAssessors && len(assessors[s.Code]) == 0 {
			found = append(found, fault.Field("assessors", "contest.assessors.none", fault.Saying(s.Name)))
		}
		if s.By == ByLead && !leads {
			found = append(found, fault.Field("units", "contest.lead.none"))
		}
	}
	if err := fault.Gather(found...); err != nil {
		return Contest{}, err
	}
	c.Standing, c.Began = Opened, tx.Today()
	c.Revision++
	if err := tx.SaveContest(ctx, c); err != nil {
		return Contest{}, err
	}
	for _, u := range units {
		if err := begin(ctx, tx, by, c, u.Body); err != nil {
			return Contest{}, err
		}
	}
	return c, nil
}

// begin puts a unit's sheet at the first stage.
func begin(ctx context.Context, tx Tx, by access.Actor, c Contest, unit body.ID) error {
	return tx.SaveSheet(ctx, Sheet{Contest: c.ID, Unit: unit, Way: c.Begin(), Since: tx.NowMilli(), Actor: person.ID(by.Person), Name: by.Name, Revision: 1}, nil)
}

// Name names the people who act at a stage of assessors.
func Name(ctx context.Context, tx Tx, by access.Actor, id ID, stage string, people []person.ID) error {
	c, _, err := kept(ctx, tx, by, id, Drafted, Opened)
	if err != nil {
		return err
	}
	s, ok := c.StageOf(stage)
	if !ok || s.By != ByAssessors {
		return fault.Field("stage", "contest.stage.assessors")
	}
	return tx.SetAssessors(ctx, id, stage, people)
}

// PublishWords are what must be typed to publish, so that nobody does it by a slip; in each
// language it is the word on the button.
func PublishWords() []string { return []string{"CÔNG BỐ", "PUBLISH", "PUBLIER"} }

// typed tells whether what was typed is the word that publishes.
func typed(word string) bool {
	return slices.ContainsFunc(PublishWords(), func(w string) bool { return strings.EqualFold(strings.TrimSpace(word), w) })
}
