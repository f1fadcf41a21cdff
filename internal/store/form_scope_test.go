package store_test

import (
	"context"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// forms is a form that the secret body asks of itself, sent and approved, with a
// key and a half-filled answer.
func (g *guarded) forms(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	f := monthly(g.home.ID)
	f.Names, f.Contact = reporting.Names{"vi": secret}, secret
	f.Senders = reporting.Senders{Named: []body.ID{g.home.ID}}
	f, err := reporting.Define(ctx, tx, by, f, 0)
	if err != nil {
		return err
	}
	answers := reporting.NewAnswers()
	answers.Figures[1], answers.Figures[2], answers.Words[4] = reporting.Figure{Qty: 3}, reporting.Figure{Qty: 77}, secret
	for _, words := range []string{secret, secret + " lần hai"} {
		answers.Words[4] = words
		if _, err := reporting.Send(ctx, tx, by, f.ID, october, reporting.Sending{Unit: g.home.ID, Based: reporting.Latest, By: secret, Way: reporting.Inside, Answers: answers}); err != nil {
			return err
		}
	}
	if _, err := reporting.Approve(ctx, tx, by, reporting.Judgement{Form: f.ID, Period: october, Unit: g.home.ID, Based: reporting.Latest}); err != nil {
		return err
	}
	if err := reporting.LockPeriod(ctx, tx, by, reporting.Locking{Form: f.ID, Period: october, On: true}); err != nil {
		return err
	}
	if _, err := reporting.Issue(ctx, tx, by, f.ID, []body.ID{g.home.ID}, tx.Today()+9); err != nil {
		return err
	}
	g.knows(f.ID, october, store.RepliesAsked{Form: f.ID, Period: october, Answers: true}, []int64{1, 2}, []calendar.Period{october})
	g.by["FormByCode"] = []any{f.Code}
	g.by["FormVersion"] = []any{f.ID, int64(1)}
	g.by["FormProgress"] = []any{f.ID, october, g.home.ID}
	g.by["FormReply"], g.by["FormPast"], g.by["FormDeeds"] = []any{f.ID, october, g.home.ID}, []any{f.ID, october, g.home.ID}, []any{f.ID, october, g.home.ID}
	g.by["FormSums"] = []any{f.ID, []body.ID{g.home.ID}, []int64{1, 2}, []calendar.Period{october}}
	g.by["FormPairs"] = []any{f.ID, g.home.ID, october}
	g.by["FormLock"] = []any{f.ID, october}
	return nil
}
