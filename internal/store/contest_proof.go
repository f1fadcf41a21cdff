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
	"kith.app/internal/source"
)

// Proof is a deed as it proves a score, and no more of it than that: what it is called,
// its day, how much of what the criterion counts, the papers kept with it. Who took part,
// where, notes and other figures stay in the journal of the unit.
type Proof struct {
	ID     deed.ID
	Kind   string
	Title  string // empty: it has none but its kind
	Day    calendar.Date
	Lines  []deed.Line
	Papers []source.Attachment
}

// ContestProofs reads the deeds that a unit claims as evidence for a criterion, or with
// criterion 0 for each of them, the first first: for the unit itself, who keeps the
// contest, the assessors, and those whose turn it is to assess its sheet. A deed that
// is not the unit's own proves nothing.
func (v *View) ContestProofs(ctx context.Context, id contest.ID, unit body.ID, criterion contest.CriterionID) (map[contest.CriterionID][]Proof, error) {
	f, err := v.proving(ctx, id, unit)
	if err != nil {
		return nil, err
	}
	file, err := v.ContestSheet(ctx, id, unit)
	if err != nil {
		return nil, err
	}
	claimed := map[contest.CriterionID][]deed.ID{}
	var all []deed.ID
	for _, scores := range file.Scores {
		for row, s := range scores {
			if criterion == 0 || criterion == row {
				claimed[row] = append(claimed[row], s.Deeds...)
				all = append(all, s.Deeds...)
			}
		}
	}
	slices.Sort(all)
	deeds, papers, err := v.claimedDeeds(ctx, unit, slices.Compact(all))
	proofs := map[contest.CriterionID][]Proof{}
	for id, ids := range claimed {
		row, _ := f.Table.Of(id)
		for _, d := range deeds {
			if slices.Contains(ids, d.ID) {
				proofs[id] = append(proofs[id], proofOf(d, row, papers[d.ID]))
			}
		}
	}
	return proofs, err
}

// proving is the contest for who may look at what a unit claims as evidence.
func (v *View) proving(ctx context.Context, id contest.ID, unit body.ID) (ContestFile, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return f, err
	}
	s, err := v.r.Sheet(ctx, id, unit)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return f, err
	}
	if !v.actor.Can(access.ReadDeeds, unit) && !f.Seat.Proves(unit, s.Way) {
		return ContestFile{}, fault.Forbid("contest.forbidden.unit")
	}
	return f, err
}

// claimedDeeds reads deeds of a unit, or of bodies below it, with the papers kept with
// them.
func (v *View) claimedDeeds(ctx context.Context, unit body.ID, ids []deed.ID) ([]deed.Deed, map[deed.ID][]source.Attachment, error) {
	if len(ids) == 0 {
		return nil, nil, nil
	}
	q := &filter{}
	q.and(`root = ?`, v.r.book.root)
	q.and(`id ` + list(q, ids))
	q.and(`body ` + list(q, append(v.Tree().EverBelow(unit), unit)))
	deeds, err := collect(ctx, v.r.runner, scanDeed, `SELECT `+deedColumns+` FROM deed WHERE `+q.where()+` ORDER BY day_first, id`, q.args...)
	if err != nil || len(deeds) == 0 {
		return nil, nil, err
	}
	if err := v.r.fillDeeds(ctx, deeds); err != nil {
		return nil, nil, err
	}
	own := make([]deed.ID, len(deeds))
	for i, d := range deeds {
		own[i] = d.ID
	}
	q = &filter{}
	q.and(`subject = 'deed'`)
	q.and(`removed = 0`)
	q.and(`ref ` + list(q, own))
	found, err := collect(ctx, v.r.runner, scanAttachment, `SELECT `+attachmentColumns+` FROM attachment WHERE `+q.where()+` ORDER BY id`, q.args...)
	papers := map[deed.ID][]source.Attachment{}
	for _, a := range found {
		papers[deed.ID(a.Ref)] = append(papers[deed.ID(a.Ref)], a)
	}
	return deeds, papers, err
}

// proofOf is what of a deed proves a criterion: of its figures those that the criterion
// counts, all of them where people judge.
func proofOf(d deed.Deed, row contest.Criterion, papers []source.Attachment) Proof {
	p := Proof{ID: d.ID, Kind: d.Kind, Title: d.Title, Day: d.Day, Papers: papers}
	counted := countedBy(row)
	for _, l := range d.Lines {
		m := deed.MeasureOf(d.Kind, l)
		if len(counted) == 0 || slices.Contains(counted, m.Key()) || slices.Contains(counted, m.Code()) {
			p.Lines = append(p.Lines, l)
		}
	}
	return p
}

// countedBy lists the measures that a criterion reads; none: people judge.
func countedBy(row contest.Criterion) []string {
	var all []string
	for _, text := range []string{row.Value, row.Target} {
		if measures, _, err := contest.References(text); text != "" && err == nil {
			all = append(all, measures...)
		}
	}
	return all
}

// ContestProofPaper reads one paper kept with a deed that a unit claims as evidence for
// a criterion.
func (v *View) ContestProofPaper(ctx context.Context, id contest.ID, unit body.ID, criterion contest.CriterionID, paper int64) (source.Attachment, error) {
	proofs, err := v.ContestProofs(ctx, id, unit, criterion)
	if err != nil {
		return source.Attachment{}, err
	}
	for _, p := range proofs[criterion] {
		for _, a := range p.Papers {
			if a.ID == paper {
				return a, nil
			}
		}
	}
	return source.Attachment{}, fault.Missing("deed.paper.missing")
}
