package store

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/source"
)

// ContestArena reads a contest as its workbooks are written from and compared with.
func (v *View) ContestArena(ctx context.Context, id contest.ID) (intake.Arena, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return intake.Arena{}, err
	}
	a := intake.Arena{Contest: f.Contest, Table: f.Table, Units: f.Units, Today: v.Today()}
	ids := make([]body.ID, len(f.Units))
	for i, u := range f.Units {
		ids[i] = u.Body
	}
	a.Bodies, err = v.contestBodies(ctx, f, ids)
	return a, err
}

// ContestSheetUnits lists the units whose sheets the actor may read, in their order.
func (v *View) ContestSheetUnits(ctx context.Context, id contest.ID) ([]body.ID, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	ways, err := v.r.ways(ctx, id)
	var units []body.ID
	for _, u := range f.Units {
		if f.Seat.Sees(u.Body, ways[u.Body]) {
			units = append(units, u.Body)
		}
	}
	return units, err
}

// ways reads where every sheet of a contest stands.
func (r reader) ways(ctx context.Context, id contest.ID) (map[body.ID]contest.Way, error) {
	all, err := collect(ctx, r.runner, scanSheet, `SELECT `+sheetColumns+` FROM sheet WHERE contest = $1`, int64(id))
	ways := make(map[body.ID]contest.Way, len(all))
	for _, s := range all {
		ways[s.Unit] = s.Way
	}
	return ways, err
}

// ContestUnitScores reads the scores of some units by stage: those inside read all of
// them, a unit its own as far as it may know them.
func (v *View) ContestUnitScores(ctx context.Context, id contest.ID, units []body.ID) (map[body.ID]intake.UnitScores, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	all := make(map[body.ID]intake.UnitScores, len(units))
	if !f.Seat.Inside() {
		for _, unit := range units {
			file, err := v.ContestSheet(ctx, id, unit)
			if fault.KindOf(err) == fault.Forbidden || fault.KindOf(err) == fault.NotFound {
				continue
			}
			if err != nil {
				return nil, err
			}
			all[unit] = file.Scores
		}
		return all, nil
	}
	q := &filter{}
	q.and(`contest = ?`, int64(id))
	q.and(`unit ` + list(q, units))
	found, err := collect(ctx, v.r.runner, scanScore, `SELECT `+scoreColumns+` FROM score WHERE `+q.where(), q.args...)
	for _, s := range found {
		if all[s.Unit] == nil {
			all[s.Unit] = intake.UnitScores{}
		}
		if all[s.Unit][s.Stage] == nil {
			all[s.Unit][s.Stage] = make(map[contest.CriterionID]contest.Score, 64)
		}
		all[s.Unit][s.Stage][s.Criterion] = s
	}
	return all, err
}

// ContestHeld reads where the sheets of a contest stand and what they hold, as far as
// the actor may see, for a workbook to be compared with.
func (v *View) ContestHeld(ctx context.Context, id contest.ID) (intake.Held, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return intake.Held{}, err
	}
	units, err := v.ContestSheetUnits(ctx, id)
	if err != nil {
		return intake.Held{}, err
	}
	held := intake.Held{Sheets: map[body.ID]contest.Sheet{}}
	sheets, err := collect(ctx, v.r.runner, scanSheet, `SELECT `+sheetColumns+` FROM sheet WHERE contest = $1`, int64(id))
	if err != nil {
		return held, err
	}
	for _, s := range sheets {
		if !slices.Contains(units, s.Unit) {
			continue
		}
		if !f.Seat.Proves(s.Unit, s.Way) {
			s, _ = f.Contest.Veiled(s, nil)
		}
		held.Sheets[s.Unit] = s
	}
	held.Scores, err = v.ContestUnitScores(ctx, id, units)
	return held, err
}

// ContestPlaces gives the units in order as everybody who may read the standings sees
// them: what was published and amended since, else the scores as they stand, with the
// awards given.
func (v *View) ContestPlaces(ctx context.Context, id contest.ID) ([]intake.Standing, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	o, err := v.ContestOutcome(ctx, id)
	if err != nil {
		return nil, err
	}
	results := f.Contest.Amended(o.Results, o.Amendments)
	if f.Contest.Standing != contest.Published {
		places, err := v.ContestStandings(ctx, id)
		if err != nil {
			return nil, err
		}
		results = nil
		for _, p := range places {
			results = append(results, f.Contest.ResultOf(p))
		}
	}
	titles := map[body.ID][]string{}
	for _, h := range o.Honours {
		for _, a := range f.Contest.Awards {
			if h.Status == contest.Given && a.Code == h.Award {
				titles[h.Unit] = append(titles[h.Unit], a.Name("vi"))
			}
		}
	}
	var all []intake.Standing
	for _, r := range results {
		all = append(all, intake.Standing{Unit: r.Unit, Result: r, Titles: titles[r.Unit]})
	}
	return all, nil
}

// ContestPapers lists the files of evidence kept with a unit's sheet.
func (v *View) ContestPapers(ctx context.Context, id contest.ID, unit body.ID) ([]source.Attachment, error) {
	if _, err := v.ContestSheet(ctx, id, unit); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, scanAttachment, `SELECT `+attachmentColumns+` FROM attachment WHERE subject = 'sheet' AND removed = 0 AND ref = $1 AND body = $2 ORDER BY id`, int64(id), int64(unit))
}

// ContestPaper reads one file of evidence of a sheet that the actor may read.
func (v *View) ContestPaper(ctx context.Context, paper int64) (source.Attachment, error) {
	a, err := v.r.Attachment(ctx, paper)
	if err != nil {
		return a, err
	}
	if a.Subject != contest.AttachSubject || a.Removed {
		if !v.known() {
			return source.Attachment{}, fault.Forbid("contest.forbidden.see")
		}
		return source.Attachment{}, fault.Missing("deed.paper.missing")
	}
	if _, err := v.ContestSheet(ctx, contest.ID(a.Ref), body.ID(a.Body)); err != nil {
		return source.Attachment{}, err
	}
	return a, nil
}

// HonourPaper reads one paper of the proposal of an award, for those inside and, once
// the result is published, for everybody who takes part.
func (v *View) HonourPaper(ctx context.Context, paper int64) (source.Attachment, error) {
	a, err := v.r.Attachment(ctx, paper)
	if err != nil {
		return a, err
	}
	if a.Subject != contest.HonourSubject || a.Removed {
		if !v.known() {
			return source.Attachment{}, fault.Forbid("contest.forbidden.see")
		}
		return source.Attachment{}, fault.Missing("deed.paper.missing")
	}
	h, err := v.r.Honour(ctx, contest.GivenID(a.Ref))
	if err != nil {
		return source.Attachment{}, err
	}
	f, err := v.Contest(ctx, h.Contest)
	if err != nil {
		return source.Attachment{}, err
	}
	if f.Contest.Standing != contest.Published && !f.Seat.Inside() {
		return source.Attachment{}, fault.Forbid("contest.forbidden.inside")
	}
	return a, nil
}

// ContestEvidence reads those of some deeds that the actor may read, the first first.
func (v *View) ContestEvidence(ctx context.Context, ids []deed.ID) ([]deed.Deed, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	f.and(`id ` + list(f, ids))
	if reach := v.reach(access.ReadDeeds); !reach.All {
		f.and(`body ` + list(f, reach.Bodies))
	}
	found, err := collect(ctx, v.r.runner, scanDeed, `SELECT `+deedColumns+` FROM deed WHERE `+f.where()+` ORDER BY day_first, id`, f.args...)
	if err != nil {
		return nil, err
	}
	return found, v.r.fillDeeds(ctx, found)
}
