package store

import (
	"context"
	"database/sql"
	"fmt"

	"kith.app/internal/deed"
)

// Trouble is one thing that a check found wrong.
type Trouble struct {
	Part string // history, tally, fund, number
	What string // for the operator, in English; figures and ids
}

// Check proves the book from its own rows: the chain of history is unbroken,
// every tally equals its recount from the journal, and the money balances.
func (b *Book) Check(ctx context.Context) ([]Trouble, error) {
	r := reader{runner: b.r, book: b}
	var all []Trouble
	history, err := r.checkHistory(ctx)
	if err != nil {
		return nil, err
	}
	for _, h := range history {
		all = append(all, Trouble{"history", fmt.Sprintf("link %d: %s", h.Link, h.What)})
	}
	for _, part := range []func(context.Context) ([]Trouble, error){r.checkTallies, r.checkFund, r.checkReports, r.checkPapers, r.checkReplies, r.checkAnswers} {
		found, err := part(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// checkTallies recounts every figure from the lines of the journal.
func (r reader) checkTallies(ctx context.Context) ([]Trouble, error) {
	recount, err := r.recount(ctx)
	if err != nil {
		return nil, err
	}
	var trouble []Trouble
	err = r.each(ctx, func(rows *sql.Rows) error {
		var edition int64
		t, err := scanTally(rows, &edition)
		if err != nil {
			return err
		}
		key := tallyKey{edition, int64(t.Body), t.Measure, t.Below, t.Span}
		want := recount.rows[key]
		delete(recount.rows, key)
		if got := (sum{t.Qty, t.Counts}); got != want {
			trouble = append(trouble, Trouble{"tally", fmt.Sprintf("edition %d, body %d, measure %d, months %d to %d: kept %d, recounted %d",
				edition, t.Body, t.Measure, t.Span.Since, t.Span.Until, t.Qty, want.qty)})
		}
		return nil
	}, `SELECT `+tallyColumns+`, edition FROM tally WHERE root = $1`, r.book.root)
	if err != nil {
		return nil, err
	}
	for k, s := range recount.rows {
		if s != (sum{}) {
			trouble = append(trouble, Trouble{"tally", fmt.Sprintf("edition %d, body %d, measure %d: %d recounted, no tally kept", k.edition, k.body, k.measure, s.qty)})
		}
	}
	return trouble, nil
}

// recount sums the whole journal anew.
func (r reader) recount(ctx context.Context) (tallies, error) {
	all := tallies{}
	tree := r.book.Tree()
	err := r.each(ctx, func(rows *sql.Rows) error {
		of, measure, span, on, l, err := scanCounted(rows, r.book)
		if err != nil {
			return err
		}
		for _, d := range deed.Spread(of, l, span, on, tree) {
			all.put(tallyKey{0, int64(d.Body), measure, d.Below, d.Span}, sum{d.Qty, d.Counts})
		}
		return nil
	}, countedLines, r.book.root)
	s := r.book.state.Load()
	for _, e := range s.editions {
		all.spread(e, r.book.atlas.of(s.localities, true))
	}
	return all, err
}
