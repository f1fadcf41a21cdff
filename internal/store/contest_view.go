package store

import (
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// ContestFile is a contest as its reader may see it: the rules are for everybody
// who takes part, the sheets are not in it.
type ContestFile struct {
	Contest   contest.Contest
	Units     []contest.Unit
	Table     *contest.Table
	Assessors map[string][]person.ID
	Seat      contest.Seat
}

// Contest reads a contest that the actor has something to do with.
func (v *View) Contest(ctx context.Context, id contest.ID) (ContestFile, error) {
	var f ContestFile
	var err error
	if f.Contest, err = v.r.Contest(ctx, id); err != nil {
		return f, err
	}
	if f.Units, err = v.contestUnits(ctx, id); err != nil {
		return f, err
	}
	if f.Assessors, err = v.r.Assessors(ctx, id); err != nil {
		return f, err
	}
	f.Seat = contest.SeatOf(v.actor, f.Contest, f.Units, f.Assessors, v.Tree(), v.Today())
	if !f.Seat.Takes() {
		return ContestFile{}, fault.Forbid("contest.forbidden.see")
	}
	criteria, err := v.r.Criteria(ctx, id)
	if err != nil {
		return f, err
	}
	f.Table, err = contest.NewTable(criteria)
	return f, err
}

// contestUnits reads the units of a contest: they may be thousands, are asked for on
// each of its pages, and change seldom.
func (v *View) contestUnits(ctx context.Context, id contest.ID) ([]contest.Unit, error) {
	if v.r.gathered != nil { // what a transaction wrote itself is not in the history yet
		return v.r.ContestUnits(ctx, id)
	}
	type key struct{ units contest.ID }
	all, err := recall(ctx, v, key{id}, besideUnits, func() ([]contest.Unit, error) { return v.r.ContestUnits(ctx, id) })
	return slices.Clone(all), err
}

// ContestOf reads the contest of a cluster in a year.
func (v *View) ContestOf(ctx context.Context, cluster body.ID, year int) (ContestFile, error) {
	c, err := v.r.ContestOf(ctx, cluster, year)
	if err != nil {
		return ContestFile{}, err
	}
	return v.Contest(ctx, c.ID)
}

// Contests lists the contests the actor has something to do with, the latest year
// first.
func (v *View) Contests(ctx context.Context) ([]ContestFile, error) {
	if !v.known() && !v.named(ctx) {
		return nil, nil
	}
	all, err := collect(ctx, v.r.runner, scanData[contest.Contest], `SELECT data FROM contest WHERE root = $1 ORDER BY year DESC, cluster`, v.r.book.root)
	if err != nil {
		return nil, err
	}
	var mine []ContestFile
	for _, c := range all {
		f, err := v.Contest(ctx, c.ID)
		if fault.KindOf(err) == fault.Forbidden {
			continue
		}
		if err != nil {
			return nil, err
		}
		mine = append(mine, f)
	}
	return mine, nil
}

// named tells whether the actor, who holds no office, is named for a stage of a contest.
func (v *View) named(ctx context.Context) bool {
	if v.actor.Person == 0 {
		return false
	}
	found, err := collect(ctx, v.r.runner, func(rows *sql.Rows) (n int64, err error) { return n, rows.Scan(&n) }, `SELECT count(*) FROM assessor WHERE person = $1`, v.actor.Person)
	return err == nil && found[0] > 0
}

// ContestBodies reads the cluster and some units of a contest, by which they are named,
// for everybody who has to do with it: who assesses may hold no office in any of them.
func (v *View) ContestBodies(ctx context.Context, id contest.ID, units []contest.Unit) (map[body.ID]body.Body, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	ids := []body.ID{f.Contest.Cluster}
	for _, u := range units {
		if u.Contest == id {
			ids = append(ids, u.Body)
		}
	}
	return v.contestBodies(ctx, f, ids)
}

// contestBodies reads bodies that take part in a contest that the actor may read.
func (v *View) contestBodies(ctx context.Context, f ContestFile, ids []body.ID) (map[body.ID]body.Body, error) {
	part := map[body.ID]bool{f.Contest.Cluster: true}
	for _, u := range f.Units {
		part[u.Body] = true
	}
	q := &filter{}
	q.and(`id ` + list(q, slices.DeleteFunc(ids, func(id body.ID) bool { return !part[id] })))
	found, err := v.r.bodiesWhere(ctx, q.where(), q.args...)
	by := make(map[body.ID]body.Body, len(found))
	for _, b := range found {
		by[b.ID] = b
	}
	return by, err
}

// SheetFile is a unit's sheet with all that happened to it.
type SheetFile struct {
	Sheet    contest.Sheet
	Seen     contest.Seen // what the unit is told of where it stands
	Scores   map[string]map[contest.CriterionID]contest.Score
	Moves    []contest.Move
	Changes  []contest.Change
	Contract contest.Contract
}

// ContestSheet reads the sheet of a unit: its own people read the scores and reasons
// of the stages of which they are told, but not who did what inside.
func (v *View) ContestSheet(ctx context.Context, id contest.ID, unit body.ID) (SheetFile, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return SheetFile{}, err
	}
	if !slices.ContainsFunc(f.Units, func(u contest.Unit) bool { return u.Body == unit }) {
		return SheetFile{}, fault.Missing("contest.unit.missing")
	}
	var s SheetFile
	if s.Sheet, err = v.r.Sheet(ctx, id, unit); err != nil && fault.KindOf(err) != fault.NotFound {
		return s, err
	}
	if !f.Seat.Sees(unit, s.Sheet.Way) {
		return SheetFile{}, fault.Forbid("contest.forbidden.unit")
	}
	s.Seen = f.Contest.SeenByUnit(s.Sheet.Way)
	if s.Scores, err = v.r.Scores(ctx, id, unit); err != nil {
		return s, err
	}
	if s.Moves, err = v.r.moves(ctx, id, unit); err != nil {
		return s, err
	}
	if s.Changes, err = v.r.changesOf(ctx, id, unit, 0); err != nil {
		return s, err
	}
	if s.Contract, err = v.r.Contract(ctx, id, unit); err != nil && fault.KindOf(err) != fault.NotFound {
		return s, err
	}
	if !f.Seat.Proves(unit, s.Sheet.Way) {
		s.veil(f.Contest)
	}
	return s, nil
}

// veil hides from a unit what is not its business before the end: where its sheet is
// and what it was given at stages of which it is not told, and for ever the people
// inside.
func (s *SheetFile) veil(c contest.Contest) {
	way := s.Sheet.Way
	s.Sheet, s.Moves = c.Veiled(s.Sheet, s.Moves)
	for stage := range s.Scores {
		if !c.Shows(stage, way) {
			delete(s.Scores, stage)
		}
	}
	s.Changes = slices.DeleteFunc(s.Changes, func(change contest.Change) bool { return !c.Shows(change.Stage, way) })
	for i := range s.Changes {
		if stage, _ := c.StageOf(s.Changes[i].Stage); stage.By != contest.ByUnit {
			s.Changes[i].Actor, s.Changes[i].Name = 0, ""
		}
	}
}

// ContestStandings puts the units in order as the scores stand, for those inside;
// once published, everybody who takes part reads what was published.
func (v *View) ContestStandings(ctx context.Context, id contest.ID) ([]contest.Place, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	if f.Contest.Standing != contest.Published && !f.Seat.Inside() {
		return nil, fault.Forbid("contest.forbidden.inside")
	}
	totals, err := v.r.Totals(ctx, id)
	if err != nil {
		return nil, err
	}
	return contest.Standings(f.Contest, f.Units, f.Table, totals), nil
}

// Outcome is what was published of a contest and decided since.
type Outcome struct {
	Results    []contest.Result
	Amendments []contest.Amendment
	Ballots    []contest.Ballot
	Honours    []contest.Honour
	Contracts  []contest.Contract
}

// ContestOutcome reads what a contest led to: results once published, ballots and
// awards, the contracts signed.
func (v *View) ContestOutcome(ctx context.Context, id contest.ID) (Outcome, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return Outcome{}, err
	}
	var o Outcome
	if o.Results, err = v.r.Results(ctx, id); err != nil {
		return o, err
	}
	if o.Amendments, err = v.r.Amendments(ctx, id); err != nil {
		return o, err
	}
	if o.Contracts, err = v.r.Contracts(ctx, id); err != nil {
		return o, err
	}
	if o.Ballots, err = v.r.Ballots(ctx, id); err != nil {
		return o, err
	}
	o.Honours, err = v.r.Honours(ctx, id)
	if f.Contest.Standing != contest.Published && !f.Seat.Inside() {
		o.Ballots, o.Honours = nil, nil
	}
	return o, err
}

// ContestScores reads the scores of every unit at one stage for one criterion, or
// for all with criterion 0, for those inside.
func (v *View) ContestScores(ctx context.Context, id contest.ID, stage string, criterion contest.CriterionID) ([]contest.Score, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	if !f.Seat.Inside() {
		return nil, fault.Forbid("contest.forbidden.inside")
	}
	q := &filter{}
	q.and(`contest = ?`, int64(id))
	if stage != "" {
		q.and(`stage = ?`, stage)
	}
	if criterion != 0 {
		q.and(`criterion = ?`, int64(criterion))
	}
	return collect(ctx, v.r.runner, scanScore, `SELECT `+scoreColumns+` FROM score WHERE `+q.where()+` ORDER BY unit, criterion`, q.args...)
}

// ContestSheets lists where every unit's sheet stands: those inside see all of them,
// others those whose turn it is to assess, and a unit its own as it is told of it.
func (v *View) ContestSheets(ctx context.Context, id contest.ID) ([]contest.Sheet, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := collect(ctx, v.r.runner, scanSheet, `SELECT `+sheetColumns+` FROM sheet WHERE contest = $1 ORDER BY unit`, int64(id))
	if err != nil || f.Seat.Inside() {
		return all, err
	}
	var seen []contest.Sheet
	for _, s := range all {
		switch {
		case f.Seat.Assesses(s.Unit, s.Way):
		case f.Seat.Own(s.Unit):
			moves, err := v.r.moves(ctx, id, s.Unit)
			if err != nil {
				return nil, err
			}
			s, _ = f.Contest.Veiled(s, moves)
		default:
			continue
		}
		seen = append(seen, s)
	}
	return seen, nil
}

// ClusterLife is how a cluster went through its years: who took part, led, won,
// and how the flag went on.
type ClusterLife struct {
	Years   []ContestFile
	Flags   []contest.Flag
	Honours []contest.Honour
}

// ClusterLife reads the years of a cluster, the latest first.
func (v *View) ClusterLife(ctx context.Context, cluster body.ID) (ClusterLife, error) {
	var life ClusterLife
	all, err := v.Contests(ctx)
	if err != nil {
		return life, err
	}
	for _, f := range all {
		if f.Contest.Cluster == cluster {
			life.Years = append(life.Years, f)
		}
	}
	if len(life.Years) == 0 {
		return life, v.actor.May(access.ReadFigures, cluster)
	}
	for _, f := range life.Years {
		o, err := v.ContestOutcome(ctx, f.Contest.ID)
		if err != nil {
			return life, err
		}
		life.Honours = append(life.Honours, o.Honours...)
	}
	life.Flags, err = v.r.Flags(ctx, cluster)
	return life, err
}

// ContestDeeds lists the deeds of a unit in a period that a measure counts: the
// evidence behind a proposal.
func (v *View) ContestDeeds(ctx context.Context, unit body.ID, m deed.Measure, p calendar.Period) ([]deed.ID, error) {
	if err := v.actor.May(access.ReadDeeds, unit); err != nil {
		return nil, err
	}
	f := &filter{}
	f.and(`d.root = ?`, v.r.book.root)
	f.and(`d.kind = ?`, m.Kind)
	f.and(`d.status = 'done'`)
	f.and(`d.day_first >= ?`, int64(p.From))
	f.and(`d.day_last <= ?`, int64(p.To))
	f.and(`d.body ` + list(f, append(v.Tree().EverBelow(unit), unit)))
	f.and(`l.measure = ?`, measureID(m.Key()))
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (deed.ID, error) {
		var id int64
		err := rows.Scan(&id)
		return deed.ID(id), err
	}, `
		SELECT DISTINCT d.id FROM deed d
		JOIN line l ON l.root = d.root AND l.body = d.body AND l.deed = d.id AND l.revision = d.revision AND l.undoes = 0
		WHERE `+f.where()+` ORDER BY d.id`, f.args...)
}
