package contest

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// desk is a unit's sheet on the desk of whoever acts on it.
type desk struct {
	contest Contest
	seat    Seat
	sheet   Sheet
	stage   Stage
	table   *Table
	scores  map[string]map[CriterionID]Score
}

// deskOf lays a unit's sheet before an actor who may act on it now.
func deskOf(ctx context.Context, tx Tx, by access.Actor, id ID, unit body.ID) (desk, error) {
	var d desk
	var err error
	var units []Unit
	if d.contest, units, d.seat, err = seatIn(ctx, tx, by, id); err != nil {
		return d, err
	}
	if d.contest.Standing != Opened {
		return d, fault.Refuse("contest.standing." + string(d.contest.Standing))
	}
	if !slices.ContainsFunc(units, func(u Unit) bool { return u.Body == unit }) {
		return d, fault.Missing("contest.unit.missing")
	}
	if d.sheet, err = tx.Sheet(ctx, id, unit); err != nil {
		return d, err
	}
	d.stage, _ = d.contest.StageOf(d.sheet.Way.Stage)
	if err := d.seat.Acts(d.stage, unit); err != nil {
		return d, err
	}
	all, err := tx.Criteria(ctx, id)
	if err != nil {
		return d, err
	}
	if d.table, err = NewTable(all); err != nil {
		return d, err
	}
	d.scores, err = tx.Scores(ctx, id, unit)
	return d, err
}

// before is what stood for a criterion before the stage at hand: its own score,
// else that of the nearest stage before it that has one.
func (d desk) before(criterion CriterionID) (Score, bool) {
	for i := slices.IndexFunc(d.contest.Stages, func(s Stage) bool { return s.Code == d.stage.Code }); i >= 0; i-- {
		if s, ok := d.scores[d.contest.Stages[i].Code][criterion]; ok {
			return s, true
		}
	}
	return Score{}, false
}

// Enter gives a score at the stage a sheet is at. What differs from what was
// proposed or given before needs a reason; proposed is what the journal says, nil
// where it says nothing. based is the revision of the score the actor saw, 0 when
// there was none.
func Enter(ctx context.Context, tx Tx, by access.Actor, s Score, proposed *Points, based int64) (Score, error) {
	d, err := deskOf(ctx, tx, by, s.Contest, s.Unit)
	if err != nil {
		return Score{}, err
	}
	if !d.stage.Edits {
		return Score{}, fault.Refuse("contest.stage.looks", fault.Saying(d.stage.Name))
	}
	c, ok := d.table.Of(s.Criterion)
	if !ok || c.Method == Group || !d.table.For(c, s.Unit) {
		return Score{}, fault.Missing("contest.criterion.missing")
	}
	s.Stage, s.Reason = d.stage.Code, strings.TrimSpace(s.Reason)
	own, had := d.scores[s.Stage][s.Criterion]
	if own.Revision != based {
		return Score{}, fault.Outdated("common.outdated")
	}
	against := proposed
	if was, ok := d.before(s.Criterion); ok && was.Stage != d.contest.Stages[0].Code {
		against = &was.Points
	} else if ok && d.stage.Code != d.contest.Stages[0].Code {
		against = &was.Points
	}
	if err := s.Check(c, d.contest.Scale, against); err != nil {
		return Score{}, err
	}
	s.Revision = based + 1
	change := Change{Contest: s.Contest, Unit: s.Unit, Criterion: s.Criterion, ID: tx.NewID(), Stage: s.Stage, At: tx.NowMilli(), Actor: person.ID(by.Person), Name: by.Name, After: &s, Reason: s.Reason}
	if had {
		change.Before = &own
	}
	return s, tx.SaveScore(ctx, s, change, d.groupsOf(c))
}

// groupsOf lists the groups a criterion stands in, the nearest first.
func (d desk) groupsOf(c Criterion) []CriterionID {
	var groups []CriterionID
	for up, ok := d.table.Of(c.Parent); ok; up, ok = d.table.Of(up.Parent) {
		groups = append(groups, up.ID)
	}
	return groups
}

// Accept takes over, at the stage at hand, every score of the stages before it
// that the stage has not given itself: "accept as proposed" is one step.
func Accept(ctx context.Context, tx Tx, by access.Actor, id ID, unit body.ID) (int, error) {
	d, err := deskOf(ctx, tx, by, id, unit)
	if err != nil {
		return 0, err
	}
	if !d.stage.Edits {
		return 0, fault.Refuse("contest.stage.looks", fault.Saying(d.stage.Name))
	}
	taken := 0
	for _, c := range d.table.Leaves(unit) {
		if _, own := d.scores[d.stage.Code][c.ID]; own {
			continue
		}
		s, ok := d.before(c.ID)
		if !ok {
			continue
		}
		s.Stage, s.Reason, s.Revision = d.stage.Code, "", 1
		change := Change{Contest: id, Unit: unit, Criterion: c.ID, ID: tx.NewID(), Stage: s.Stage, At: tx.NowMilli(), Actor: person.ID(by.Person), Name: by.Name, After: &s}
		if err := tx.SaveScore(ctx, s, change, d.groupsOf(c)); err != nil {
			return taken, err
		}
		taken++
	}
	return taken, nil
}

// Which names a unit's sheet and the revision of it that the actor saw.
type Which struct {
	Contest ID
	Unit    body.ID
	Based   int64
}

// HandOn sends a sheet to the next stage. A stage that scores must have scored
// everything. Of two who act at once the second hears who was first.
func HandOn(ctx context.Context, tx Tx, by access.Actor, of Which, note string) (Sheet, error) {
	d, err := deskOf(ctx, tx, by, of.Contest, of.Unit)
	if err != nil {
		return Sheet{}, raced(ctx, tx, err, of)
	}
	if d.sheet.Revision != of.Based {
		return Sheet{}, fault.Outdated("contest.sheet.moved", d.sheet.Name)
	}
	if d.sheet.Way.Ready {
		return Sheet{}, fault.Refuse("contest.sheet.ready")
	}
	if d.stage.Explains && strings.TrimSpace(note) == "" {
		return Sheet{}, fault.Field("reason", "contest.explanation.missing")
	}
	if d.stage.Edits {
		if _, err := Accept(ctx, tx, by, of.Contest, of.Unit); err != nil && d.stage.Code != d.contest.Stages[0].Code {
			return Sheet{}, err
		}
		if d.scores, err = tx.Scores(ctx, of.Contest, of.Unit); err != nil {
			return Sheet{}, err
		}
		if err := d.complete(of.Unit); err != nil {
			return Sheet{}, err
		}
	}
	return d.move(ctx, tx, by, MoveOn, d.contest.Onward(d.sheet.Way), note)
}

// raced words a refusal for who came second: the sheet was moved while it lay open.
func raced(ctx context.Context, tx Tx, err error, of Which) error {
	if fault.KindOf(err) != fault.Forbidden {
		return err
	}
	if s, missing := tx.Sheet(ctx, of.Contest, of.Unit); missing == nil && s.Revision != of.Based {
		return fault.Outdated("contest.sheet.moved", s.Name)
	}
	return err
}

// complete tells everything that a sheet lacks at its stage.
func (d desk) complete(unit body.ID) error {
	unscored, unproved := Lacks(d.table, unit, d.scores[d.stage.Code])
	var found []error
	for _, c := range unscored {
		found = append(found, fault.Field(CriterionField(c.ID), "contest.score.missing", c.No, fault.Saying(c.Name)))
	}
	if d.stage.Code == d.contest.Stages[0].Code {
		for _, c := range unproved {
			found = append(found, fault.Field(CriterionField(c.ID), "contest.evidence.missing", c.No, fault.Saying(c.Name)))
		}
	}
	return fault.Gather(found...)
}

// SendBack returns a sheet for a reason.
func SendBack(ctx context.Context, tx Tx, by access.Actor, of Which, reason string) (Sheet, error) {
	d, err := deskOf(ctx, tx, by, of.Contest, of.Unit)
	if err != nil {
		return Sheet{}, raced(ctx, tx, err, of)
	}
	if d.sheet.Revision != of.Based {
		return Sheet{}, fault.Outdated("contest.sheet.moved", d.sheet.Name)
	}
	if strings.TrimSpace(reason) == "" {
		return Sheet{}, fault.Field("reason", "contest.reason.missing")
	}
	way, err := d.contest.Backward(d.sheet.Way)
	if err != nil {
		return Sheet{}, err
	}
	return d.move(ctx, tx, by, MoveBack, way, reason)
}

func (d desk) move(ctx context.Context, tx Tx, by access.Actor, kind string, to Way, reason string) (Sheet, error) {
	s := d.sheet
	from := s.Way.Stage
	s.Way, s.Since, s.Actor, s.Name = to, tx.NowMilli(), person.ID(by.Person), by.Name
	s.Revision++
	m := Move{Contest: s.Contest, Unit: s.Unit, N: s.Revision, At: s.Since, Actor: s.Actor, Name: s.Name, Kind: kind, From: from, To: to.Stage, Reason: strings.TrimSpace(reason)}
	return s, tx.SaveSheet(ctx, s, &m)
}
