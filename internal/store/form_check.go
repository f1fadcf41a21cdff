package store

import (
	"context"
	"database/sql"
	"fmt"

	"kith.app/internal/calendar"
	"kith.app/internal/reporting"
)

// checkReplies recounts from the replies themselves what is kept above each unit.
func (r reader) checkReplies(ctx context.Context) ([]Trouble, error) {
	forms, err := collect(ctx, r.runner, scanData[reporting.Form], `SELECT data FROM form WHERE root = $1`, r.book.root)
	if err != nil {
		return nil, err
	}
	every := map[reporting.ID]reporting.Form{}
	for _, f := range forms {
		every[f.ID] = f
	}
	counts, sums, err := r.recountReplies(ctx, every)
	if err != nil {
		return nil, err
	}
	var trouble []Trouble
	differ := func(what string, key [4]int64, kept, recounted any) {
		if kept != recounted {
			trouble = append(trouble, Trouble{"form", fmt.Sprintf("form %d, body %d, question %d, %s from day %d: kept %v, recounted %v", key[0], key[1], key[2], what, key[3], kept, recounted)})
		}
	}
	err = r.each(ctx, func(rows *sql.Rows) error {
		var key [4]int64
		var t reporting.Tale
		err := rows.Scan(&key[0], &key[1], &key[3], &t.Sent, &t.Late, &t.Approved, &t.Returned)
		differ("replies", key, t, counts[key])
		delete(counts, key)
		return err
	}, `SELECT form, body, period, sent, late, approved, returned FROM reply_count WHERE root = $1`, r.book.root)
	if err != nil {
		return nil, err
	}
	err = r.each(ctx, func(rows *sql.Rows) error {
		var key [4]int64
		s, err := scanShare(rows, &key[0], &key[1], &key[3])
		key[2] = s.Question
		differ("figures", key, sum{s.Qty, s.Counts}, sums[key])
		delete(sums, key)
		return err
	}, `SELECT `+shareColumns+`, form, body, period FROM reply_sum WHERE root = $1`, r.book.root)
	for key, t := range counts {
		differ("replies", key, reporting.Tale{}, t)
	}
	for key, s := range sums {
		differ("figures", key, sum{}, s)
	}
	return trouble, err
}

// recountReplies adds up every reply above its unit anew.
func (r reader) recountReplies(ctx context.Context, every map[reporting.ID]reporting.Form) (map[[4]int64]reporting.Tale, map[[4]int64]sum, error) {
	counts, sums := map[[4]int64]reporting.Tale{}, map[[4]int64]sum{}
	tree := r.book.Tree()
	err := r.each(ctx, func(rows *sql.Rows) error {
		one, err := scanReply(rows)
		if err != nil {
			return err
		}
		f := every[one.Form]
		for _, above := range tree.Ancestors(one.Unit, f.Every.Of(calendar.Day(one.Period)).To) {
			key := [4]int64{int64(one.Form), int64(above), 0, int64(one.Period)}
			counts[key] = counts[key].Add(one.Tally())
			for _, s := range one.Shares() {
				key[2] = s.Question
				was := sums[key]
				sums[key] = sum{was.qty + s.Qty, was.counts.Add(s.Counts)}
			}
		}
		return nil
	}, `SELECT form, period, unit, `+replyColumns+` FROM reply WHERE root = $1`, r.book.root)
	return counts, sums, err
}
