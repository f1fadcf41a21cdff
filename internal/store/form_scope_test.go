package store_test

import (
	"context"
	"slices"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/occasion"
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

// What units beside it sent to the body that asks is its to count, though it reads
// nothing else of theirs.
func TestWhoAsksCountsWhatUnitsBesideItSent(t *testing.T) {
	b := storetest.Open(t)
	ctx, by := context.Background(), storetest.Operator()
	asker, unit := storetest.Beside(t, b, "Cụm thi đua"), storetest.Beside(t, b, "Mặt trận tỉnh")
	var f reporting.Form
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		f = monthly(asker.ID)
		f.Senders = reporting.Senders{Named: []body.ID{unit.ID}}
		if f, err = reporting.Define(ctx, tx, by, f, 0); err != nil {
			return err
		}
		answers := reporting.NewAnswers()
		answers.Figures[1], answers.Words[4] = reporting.Figure{Qty: 7}, secret
		_, err = reporting.Send(ctx, tx, by, f.ID, october, reporting.Sending{Unit: unit.ID, Based: reporting.Latest, Way: reporting.ByLink, Answers: answers})
		return err
	})
	head := officer(b, access.Head, asker.ID)
	view := b.As(head)
	progress, err := view.FormProgress(ctx, f.ID, october, 0)
	if err != nil || progress.Tale.Sent != 1 || len(progress.Below) != 1 {
		t.Errorf("progress %+v %v", progress, err)
	}
	sums, err := view.FormSums(ctx, f.ID, []body.ID{unit.ID}, []int64{1}, []calendar.Period{october})
	if err != nil || len(sums) != 1 || sums[0].Qty != 7 {
		t.Errorf("sums %+v %v", sums, err)
	}
	err = b.Write(ctx, store.Writing{By: head}, func(ctx context.Context, tx *store.Tx) error {
		_, err := reporting.Approve(ctx, tx, head, reporting.Judgement{Form: f.ID, Period: october, Unit: unit.ID, Based: reporting.Latest})
		return err
	})
	if err != nil {
		t.Errorf("approve: %v", err)
	}
	if _, err := view.TallyRows(ctx, unit.ID, acts, false); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("other figures of the unit: %v", err)
	}
	due, err := b.As(officer(b, access.Head, unit.ID)).Occasions(ctx, occasion.Asked{Period: calendar.MonthOf(2026, 12)})
	if err != nil || !slices.ContainsFunc(due.Facts, func(o occasion.Fact) bool { return o.Kind == occasion.Form && o.Body == unit.ID }) {
		t.Errorf("the unit's calendar of December: %v", err)
	}
}
