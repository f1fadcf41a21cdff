package intake

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/sheet"
	"kith.app/internal/text"
)

// The workbooks of a contest: its table of criteria, and the score sheets of its
// units. They are brought into one contest, not into the book as a whole.
const (
	Criteria Subject = "criteria"
	Scores   Subject = "scores"
)

// Arena is the contest that a workbook is written from or compared with.
type Arena struct {
	Contest contest.Contest
	Table   *contest.Table
	Units   []contest.Unit
	Bodies  map[body.ID]body.Body // its units
	Today   calendar.Day
}

// RecogniseContest finds the heading of a workbook of a contest and what each of
// its columns is. The columns of stages bear the names that the contest gives them.
func RecogniseContest(s *sheet.Sheet, subject Subject, a Arena) (*Table, error) {
	if subject == Criteria {
		return Recognise(s, Criteria, Options{})
	}
	return recognise(s, subject, Options{}, func(title string) (Field, bool) {
		f, ok := a.stageColumns()[text.Fold(title)]
		return f, ok
	})
}

// The parts of a stage's score that have a column each.
const (
	pointsOf = "points:"
	bonusOf  = "bonus:"
	reasonOf = "reason:"
)

// stageColumns gives the columns of the stages by their folded titles in every
// language.
func (a Arena) stageColumns() map[string]Field {
	columns := map[string]Field{}
	v, err := shipped()
	if err != nil {
		return columns
	}
	for _, s := range a.scoring() {
		for _, lang := range locale.Langs() {
			for _, part := range []string{pointsOf, bonusOf, reasonOf} {
				if title := text.Fold(stageTitle(v, s, part, lang)); columns[title] == "" {
					columns[title] = Field(part + s.Code)
				}
			}
		}
	}
	return columns
}

// stageTitle names the column of one part of a stage's scores.
func stageTitle(v *vocabulary, s contest.Stage, part string, lang locale.Lang) string {
	return s.Name(string(lang)) + ": " + v.say("part", strings.TrimSuffix(part, ":"), lang)
}

// scoring lists the stages that give scores.
func (a Arena) scoring() []contest.Stage {
	var all []contest.Stage
	for _, s := range a.Contest.Stages {
		if s.Edits {
			all = append(all, s)
		}
	}
	return all
}

// unit finds a unit of the contest by its code or one of its names.
func (a Arena) unit(said string) (body.ID, bool) {
	folded := text.Fold(said)
	var found []body.ID
	for _, u := range a.Units {
		b := a.Bodies[u.Body]
		if b.Code == said {
			return u.Body, true
		}
		for _, n := range b.Names {
			if text.Fold(n.Full) == folded || n.Short != "" && text.Fold(n.Short) == folded {
				found = append(found, u.Body)
				break
			}
		}
	}
	if len(found) != 1 {
		return 0, false
	}
	return found[0], true
}

// ApplyContest carries the plan of a workbook out in one transaction. Every row
// that a verb refuses is told; when there is one, nothing may stay done, so that the
// caller must take the transaction back with the error given.
func (p *Plan) ApplyContest(ctx context.Context, tx contest.Tx, by access.Actor) error {
	w := &writing{contest: tx, by: by, plan: p}
	for i := range p.Rows {
		row := &p.Rows[i]
		if row.draft == nil {
			continue
		}
		if err := row.draft.apply(ctx, w); err != nil {
			if len(fault.All(err)) == 0 {
				return err
			}
			p.refuse(row, err)
		}
	}
	if p.strike {
		for _, c := range p.Missing {
			if _, stands := w.struck[c.Parent]; stands {
				w.strike(c.ID)
				continue
			}
			if err := contest.Strike(ctx, tx, by, c.Contest, c.ID); err != nil {
				return err
			}
			w.strike(c.ID)
		}
	}
	return p.Refusal()
}

// strike remembers a criterion that went, for what stood in it went with it.
func (w *writing) strike(id contest.CriterionID) {
	if w.struck == nil {
		w.struck = map[contest.CriterionID]bool{}
	}
	w.struck[id] = true
}

// refuse notes in a row what a verb refused, in the column that it concerns.
func (p *Plan) refuse(row *Row, err error) {
	row.What = Trouble
	for _, one := range fault.All(err) {
		problem := Problem{Row: row.Number, Column: -1, Field: Field(one.Field), Fault: one}
		for _, f := range []Field{Field(one.Field + ":" + row.stage), Field(one.Field)} {
			if at, ok := p.Table.at[f]; ok {
				problem.Column, problem.Title, problem.Field = at, p.Table.Columns[at].Title, f
				break
			}
		}
		row.Problems = append(row.Problems, problem)
	}
}
