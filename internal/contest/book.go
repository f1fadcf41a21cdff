package contest

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Sheet is a unit's way through the stages.
type Sheet struct {
	Contest  ID        `json:"contest"`
	Unit     body.ID   `json:"unit"`
	Way      Way       `json:"way"`
	Since    int64     `json:"since"` // Unix milliseconds: when it came to its stage
	Actor    person.ID `json:"actor"` // who moved it last
	Name     string    `json:"name"`
	Revision int64     `json:"revision"`
}

// Move is one step of a sheet.
type Move struct {
	Contest ID
	Unit    body.ID
	N       int64 // the sheet's revision after it
	At      int64
	Actor   person.ID
	Name    string
	Kind    string // MoveOn, MoveBack
	From    string
	To      string
	Reason  string
}

// The kinds of move.
const (
	MoveOn   = "on"
	MoveBack = "back"
)

// Change is one change of a score: what it was, what it became, who, when, why.
type Change struct {
	Contest   ID
	Unit      body.ID
	Criterion CriterionID
	ID        int64
	Stage     string
	At        int64
	Actor     person.ID
	Name      string
	Before    *Score // nil: there was none
	Stood     *Score // what stood for the criterion before, whichever stage gave it; nil: nothing, or not asked
	After     *Score // nil: it was taken away
	Reason    string
}

// Tx is what the verbs of a contest need of a transaction.
type Tx interface {
	NewID() int64
	NowMilli() int64
	Today() calendar.Day
	Tree() *body.Tree
	Body(ctx context.Context, id body.ID) (body.Body, error)

	Contest(ctx context.Context, id ID) (Contest, error)
	ContestOf(ctx context.Context, cluster body.ID, year int) (Contest, error)
	SaveContest(ctx context.Context, c Contest) error
	ContestUnits(ctx context.Context, id ID) ([]Unit, error)
	SaveUnit(ctx context.Context, u Unit) error
	RemoveUnit(ctx context.Context, id ID, unit body.ID) error
	Criteria(ctx context.Context, id ID) ([]Criterion, error)
	SaveCriterion(ctx context.Context, c Criterion) error
	RemoveCriterion(ctx context.Context, c Criterion) error
	Assessors(ctx context.Context, id ID) (map[string][]person.ID, error)
	SetAssessors(ctx context.Context, id ID, stage string, people []person.ID) error

	Sheet(ctx context.Context, id ID, unit body.ID) (Sheet, error)
	SaveSheet(ctx context.Context, s Sheet, m *Move) error
	Scores(ctx context.Context, id ID, unit body.ID) (map[string]map[CriterionID]Score, error)
	SaveScore(ctx context.Context, s Score, change Change, groups []CriterionID) error
	Totals(ctx context.Context, id ID) (map[body.ID]map[string]Total, error)

	Results(ctx context.Context, id ID) ([]Result, error)
	SaveResult(ctx context.Context, id ID, r Result) error
	SaveAmendment(ctx context.Context, a Amendment) error
	Amendments(ctx context.Context, id ID) ([]Amendment, error)
	Ballots(ctx context.Context, id ID) ([]Ballot, error)
	SaveBallot(ctx context.Context, b Ballot) error
	Honours(ctx context.Context, id ID) ([]Honour, error)
	Honour(ctx context.Context, id GivenID) (Honour, error)
	SaveHonour(ctx context.Context, h Honour) error
	Contract(ctx context.Context, id ID, unit body.ID) (Contract, error)
	SaveContract(ctx context.Context, c Contract) error
	SaveFlag(ctx context.Context, f Flag) error
	VoteRules(ctx context.Context, of body.ID) ([]VoteRule, error)
	SaveVoteRule(ctx context.Context, r VoteRule) error
}

// Seat is what somebody may do in a contest: it is found once for an actor, so
// that pages and verbs judge alike.
type Seat struct {
	actor    access.Actor
	contest  Contest
	units    []Unit
	assessor []string // stages for which the actor is named
	tree     *body.Tree
	today    calendar.Day
}

// SeatOf finds what an actor may do in a contest.
func SeatOf(by access.Actor, c Contest, units []Unit, assessors map[string][]person.ID, tree *body.Tree, today calendar.Day) Seat {
	s := Seat{actor: by, contest: c, units: units, tree: tree, today: today}
	for stage, people := range assessors {
		if by.Person != 0 && slices.Contains(people, person.ID(by.Person)) {
			s.assessor = append(s.assessor, stage)
		}
	}
	return s
}

// Keeps tells whether the actor keeps the contest: its table, stages, people,
// publication. That is who manages the cluster, or files reports for the unit in
// the lead, which does the cluster's work in its year.
func (s Seat) Keeps() bool {
	if s.actor.Can(access.ManageBody, s.contest.Cluster) {
		return true
	}
	return slices.ContainsFunc(s.units, func(u Unit) bool { return u.Role == Lead && s.actor.Can(access.FileReports, u.Body) })
}

// Own tells whether the actor scores for a unit.
func (s Seat) Own(unit body.ID) bool {
	return s.actor.Can(access.PostDeeds, unit)
}

// belongs tells whether the actor holds any office in a unit, and so may not
// assess it.
func (s Seat) belongs(unit body.ID) bool {
	return slices.ContainsFunc(s.actor.Grants, func(g access.Grant) bool {
		return g.Body == unit || s.tree.Belongs(g.Body, unit, s.today)
	})
}

// Acts tells whether the actor may act on a unit's sheet at a stage. Nobody but at
// a stage of the unit itself acts on the sheet of a unit they belong to.
func (s Seat) Acts(stage Stage, unit body.ID) error {
	if s.actor.Operator {
		return nil
	}
	if stage.By == ByUnit {
		if s.Own(unit) {
			return nil
		}
		return fault.Forbid("contest.forbidden.unit")
	}
	if s.belongs(unit) {
		return fault.Forbid("contest.forbidden.own")
	}
	allowed := false
	switch stage.By {
	case ByPeers:
		allowed = slices.ContainsFunc(s.units, func(u Unit) bool { return u.Body != unit && s.Own(u.Body) })
	case ByLead:
		allowed = s.leads(unit)
	case ByAssessors:
		allowed = slices.Contains(s.assessor, stage.Code)
	case ByUnit:
	}
	if !allowed {
		return fault.Forbid("contest.forbidden.stage", fault.Saying(stage.Name))
	}
	return nil
}

// leads tells whether the actor acts for the lead on a unit's sheet: the deputy
// does on that of the lead itself, which the lead may not assess.
func (s Seat) leads(unit body.ID) bool {
	role := Lead
	if slices.ContainsFunc(s.units, func(u Unit) bool { return u.Role == Lead && u.Body == unit }) {
		role = Deputy
	}
	return slices.ContainsFunc(s.units, func(u Unit) bool { return u.Role == role && s.Own(u.Body) })
}

// Sees tells whether the actor may read a unit's sheet, which stands where w says,
// with its scores and reasons: the unit itself, who keeps the contest, the assessors,
// and those whose turn it is to assess it.
func (s Seat) Sees(unit body.ID, w Way) bool {
	return s.Own(unit) || s.actor.Can(access.ReadDeeds, unit) || s.Proves(unit, w)
}

// Assesses tells whether it is the actor's turn to assess a unit's sheet, which
// stands where w says.
func (s Seat) Assesses(unit body.ID, w Way) bool {
	stage, ok := s.contest.StageOf(w.Stage)
	return ok && !w.Ready && stage.By != ByUnit && s.contest.Standing == Opened && s.Acts(stage, unit) == nil
}

// Proves tells whether the actor may look at what a unit claims as evidence: who
// keeps the contest, the assessors, and those whose turn it is. They are shown the
// deeds that are claimed, though they may read nothing else of the unit's journal.
func (s Seat) Proves(unit body.ID, w Way) bool {
	return s.actor.Operator || s.Keeps() || len(s.assessor) > 0 || s.Assesses(unit, w)
}

// Inside tells whether the actor may read who did what between the stages; a unit
// sees the reasons for changes to its scores, not the people, until the end.
func (s Seat) Inside() bool { return s.actor.Operator || s.Keeps() || len(s.assessor) > 0 }

// Takes tells whether the actor has anything to do with the contest.
func (s Seat) Takes() bool {
	if s.Inside() {
		return true
	}
	return slices.ContainsFunc(s.units, func(u Unit) bool { return s.actor.Can(access.ReadFigures, u.Body) })
}
