package intake

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// UnitScores are the scores of one unit by stage.
type UnitScores = map[string]map[contest.CriterionID]contest.Score

// Held is what a contest has of the sheets of its units.
type Held struct {
	Sheets map[body.ID]contest.Sheet
	Scores map[body.ID]UnitScores
	// Proposed works out what the journal proposes for a unit, against which a
	// self-score is held.
	Proposed func(ctx context.Context, unit body.ID) (map[contest.CriterionID]contest.Proposal, error)
}

// scoreDraft proposes to give a score at the stage where a sheet is.
type scoreDraft struct {
	score contest.Score
	based int64
	self  bool // the first stage, whose scores are held against the journal
	told  bool // the row names evidence
	held  Held
}

func (d *scoreDraft) apply(ctx context.Context, w *writing) error {
	var proposed *contest.Points
	if d.self && d.held.Proposed != nil {
		if w.proposed[d.score.Unit] == nil {
			all, err := d.held.Proposed(ctx, d.score.Unit)
			if err != nil {
				return err
			}
			if w.proposed == nil {
				w.proposed = map[body.ID]map[contest.CriterionID]contest.Proposal{}
			}
			w.proposed[d.score.Unit] = all
		}
		if p, ok := w.proposed[d.score.Unit][d.score.Criterion]; ok {
			proposed = &p.Points
			if !d.told && p.Points == d.score.Points {
				d.score.Deeds = p.Deeds
			}
		}
	}
	_, err := contest.Enter(ctx, w.contest, w.by, d.score, proposed, d.based)
	return err
}

// ProposeScores compares score sheets with those of a contest. A score enters at the
// stage where the sheet of its unit stands; what the file has of other stages must
// be as the contest has it.
func ProposeScores(t *Table, a Arena, held Held) (*Plan, error) {
	words, err := shipped()
	if err != nil {
		return nil, err
	}
	p := &proposal{plan: &Plan{Subject: Scores, Table: t}, table: t, words: words, today: a.Today}
	p.orders = findOrders(t, FindOut)
	seen := map[[2]int64]int{}
	for _, raw := range t.rows {
		r := &reading{p: p, row: raw}
		if said := t.distinct(raw); totals(said[0].text) || len(said) == 1 {
			p.skip(raw.Number, said[0].text)
			continue
		}
		row := Row{Name: strings.TrimSpace(r.text("unit") + " · " + r.text("no")), What: Same}
		unit, c, ok := p.scored(r, a)
		if ok {
			key := [2]int64{int64(unit), int64(c.ID)}
			if before, twice := seen[key]; twice {
				r.refuse("no", fault.Field("no", "intake.criterion.twice", before))
			}
			seen[key] = raw.Number
			p.score(r, a, held, &row, contest.Score{Contest: a.Contest.ID, Unit: unit, Criterion: c.ID})
		}
		p.add(r, row)
	}
	return p.plan, nil
}

// scored finds the unit and the criterion of a row.
func (p *proposal) scored(r *reading, a Arena) (body.ID, contest.Criterion, bool) {
	said := r.text("unit")
	if said == "" {
		said = r.text("unitName")
	}
	unit, ok := a.unit(said)
	if !ok {
		r.refuse("unit", fault.Field("unit", "intake.contest.unit", said))
	}
	id, found := a.Table.Numbered(r.text("no"))
	c, _ := a.Table.Of(id)
	switch {
	case !found:
		r.refuse("no", fault.Field("no", "contest.criterion.unknown", r.text("no")))
	case c.Method == contest.Group:
		return unit, c, false // a heading of the form: nothing is scored in it
	case ok && !a.Table.For(c, unit):
		r.refuse("no", fault.Field("no", "intake.score.notput", c.No))
	}
	return unit, c, ok && found && len(r.problems) == 0
}

// score compares the columns of every stage with what the contest has.
func (p *proposal) score(r *reading, a Arena, held Held, row *Row, key contest.Score) {
	sheet, begun := held.Sheets[key.Unit]
	for i, stage := range a.scoring() {
		now, had := held.Scores[key.Unit][stage.Code][key.Criterion]
		told, ok := p.toldScore(r, stage.Code, now)
		if !ok || had && told.Points == now.Points && told.Bonus == now.Bonus && told.Reason == now.Reason && (stage.Code != sheet.Way.Stage || !p.otherEvidence(r, now)) {
			continue
		}
		if !begun || sheet.Way.Stage != stage.Code || sheet.Way.Ready {
			r.refuse(Field(pointsOf+stage.Code), elsewhere(a, stage, sheet))
			continue
		}
		told.Contest, told.Unit, told.Criterion, told.Stage = key.Contest, key.Unit, key.Criterion, stage.Code
		d := &scoreDraft{score: told, based: now.Revision, self: i == 0, told: r.text("deeds") != "", held: held}
		p.scoreEvidence(r, &d.score, p.before(a, held, key, stage.Code))
		row.draft, row.stage = d, stage.Code
		row.What = New
		if had {
			row.What = Update
		}
		noteScore(row, stage.Code, now, had, told)
	}
}

// elsewhere says that a sheet is not at a stage, and where it is as far as it may be
// told.
func elsewhere(a Arena, stage contest.Stage, s contest.Sheet) error {
	at, ok := a.Contest.StageOf(s.Way.Stage)
	if !ok || s.Way.Ready {
		return fault.Field("points", "intake.score.closed", fault.Saying(stage.Name))
	}
	return fault.Field("points", "intake.score.stage", fault.Saying(stage.Name), fault.Saying(at.Name))
}

// toldScore reads what a row says of one stage; false when it says no points.
func (p *proposal) toldScore(r *reading, stage string, now contest.Score) (contest.Score, bool) {
	s := now
	written := r.text(Field(pointsOf + stage))
	if written == "" {
		return s, false
	}
	var err error
	if s.Points, err = contest.ParsePoints("points", written); err != nil {
		r.refuse(Field(pointsOf+stage), err)
		return s, false
	}
	if written := r.text(Field(bonusOf + stage)); written != "" {
		if s.Bonus, err = contest.ParsePoints("bonus", written); err != nil {
			r.refuse(Field(bonusOf+stage), err)
			return s, false
		}
	}
	if reason := r.lines(Field(reasonOf + stage)); reason != "" {
		s.Reason = reason
	}
	if value := r.text("value"); value != "" {
		s.Input = value
	}
	return s, true
}

// before is the score whose evidence a new one takes over.
func (p *proposal) before(a Arena, held Held, key contest.Score, stage string) contest.Score {
	for i := slices.IndexFunc(a.Contest.Stages, func(s contest.Stage) bool { return s.Code == stage }); i >= 0; i-- {
		if s, ok := held.Scores[key.Unit][a.Contest.Stages[i].Code][key.Criterion]; ok {
			return s
		}
	}
	return contest.Score{}
}

// scoreEvidence reads the evidence of a row; a blank cell keeps what stands.
func (p *proposal) scoreEvidence(r *reading, s *contest.Score, before contest.Score) {
	s.Deeds, s.Papers = before.Deeds, before.Papers
	if ids, ok := r.ids("deeds"); ok {
		s.Deeds = nil
		for _, id := range ids {
			s.Deeds = append(s.Deeds, deed.ID(id))
		}
	}
	if ids, ok := r.ids("papers"); ok {
		s.Papers = ids
	}
}

// otherEvidence tells whether a row names other evidence than a score has.
func (p *proposal) otherEvidence(r *reading, s contest.Score) bool {
	then := s
	p.scoreEvidence(r, &then, s)
	return !slices.Equal(then.Deeds, s.Deeds) || !slices.Equal(then.Papers, s.Papers)
}

// ids reads the numbers of records; false when the cell is blank or makes no sense.
func (r *reading) ids(f Field) ([]int64, bool) {
	var all []int64
	for _, one := range strings.FieldsFunc(r.text(f), func(c rune) bool { return c == ';' || c == ',' || c == ' ' }) {
		id, err := strconv.ParseInt(one, 10, 64)
		if err != nil || id <= 0 {
			r.refuse(f, fault.Field(string(f), "intake.number.unreadable", one))
			return nil, false
		}
		all = append(all, id)
	}
	return all, len(all) > 0
}

func noteScore(row *Row, stage string, now contest.Score, had bool, told contest.Score) {
	before := ""
	if had {
		before = now.Points.String()
	}
	if before != told.Points.String() {
		row.Changes = append(row.Changes, Change{Field: Field(pointsOf + stage), Before: before, After: told.Points.String()})
	}
	if now.Bonus != told.Bonus {
		row.Changes = append(row.Changes, Change{Field: Field(bonusOf + stage), Before: now.Bonus.String(), After: told.Bonus.String()})
	}
	if now.Reason != told.Reason {
		row.Changes = append(row.Changes, Change{Field: Field(reasonOf + stage), Before: now.Reason, After: told.Reason})
	}
}
