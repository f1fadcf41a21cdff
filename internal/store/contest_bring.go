package store

import (
	"context"

	"kith.app/internal/appraisal"
	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/intake"
	"kith.app/internal/sheet"
)

// Workbook is a workbook that comes into a contest.
type Workbook struct {
	Contest  contest.ID
	Subject  intake.Subject // intake.Criteria or intake.Scores
	Sheet    *sheet.Sheet
	Strike   bool // criteria that it does not have are taken out
	Rehearse bool // say what would happen and change nothing
}

// BringContest compares a workbook with a contest and carries out what it says in one
// transaction. When a row is in trouble nothing stays; the plan tells every such row,
// and the error that there are some.
func (b *Book) BringContest(ctx context.Context, how Writing, w Workbook) (*intake.Plan, error) {
	var plan *intake.Plan
	how.Figures = w.Subject == intake.Scores
	do := b.Write
	if w.Rehearse {
		do = b.Rehearse
	}
	err := do(ctx, how, func(ctx context.Context, tx *Tx) error {
		var err error
		if plan, err = tx.workbook(ctx, w); err != nil {
			return err
		}
		return plan.ApplyContest(ctx, tx, how.By)
	})
	return plan, err
}

// workbook compares a workbook with its contest as the transaction sees it.
func (tx *Tx) workbook(ctx context.Context, w Workbook) (*intake.Plan, error) {
	view := tx.View()
	arena, err := view.ContestArena(ctx, w.Contest)
	if err != nil {
		return nil, err
	}
	table, err := intake.RecogniseContest(w.Sheet, w.Subject, arena)
	if err != nil {
		return nil, err
	}
	if w.Subject == intake.Criteria {
		return intake.ProposeCriteria(table, arena, w.Strike)
	}
	held, err := view.ContestHeld(ctx, w.Contest)
	if err != nil {
		return nil, err
	}
	held.Proposed = func(ctx context.Context, unit body.ID) (map[contest.CriterionID]contest.Proposal, error) {
		first := arena.Contest.Stages[0].Code
		all, _, err := appraisal.Proposals(ctx, view, appraisal.Sheet{Contest: arena.Contest, Table: arena.Table, Unit: unit, Scores: held.Scores[unit][first]})
		return all, err
	}
	return intake.ProposeScores(table, arena, held)
}
