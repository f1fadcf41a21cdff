package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/occasion"
	"kith.app/internal/tie"
)

// tieAnniversaries are the ties signed on a day of the year that lies in the
// period. Thousands may be in the book, so only those are read whole.
func (v *View) tieAnniversaries(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	if !v.actor.Somewhere(access.ReadDeeds) {
		return nil, nil
	}
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	f.and(`signed_first > ? AND signed_first < ?`, int64(calendar.DayOf(1800, 1, 1)), int64(asked.Period.To))
	v.tiesWithin(f, `id`)
	var ids []tie.ID
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var signed int32
		if err := rows.Scan(&id, &signed); err != nil {
			return err
		}
		if remembered(calendar.Day(signed), asked.Period) {
			ids = append(ids, tie.ID(id))
		}
		return nil
	}, `SELECT id, signed_first FROM tie WHERE `+f.where(), f.args...)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	rows, err := v.TiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	called, err := v.tieNames(ctx, rows)
	var facts []occasion.Fact
	for _, row := range rows {
		if row.Standing.Status == tie.Ended || !v.heldTie(asked, row.Tie) {
			continue
		}
		facts = append(facts, occasion.Fact{
			Kind: occasion.Tie, ID: int64(row.ID), Names: called(row.Tie), On: row.Origin, Yearly: true, Body: row.Body, Path: tiePath(row.Tie),
		})
	}
	return facts, err
}

// remembered tells whether an anniversary of a signing may fall in a period. The
// first of a month or of a year may stand for all of it.
func remembered(signed calendar.Day, p calendar.Period) bool {
	_, m, d := signed.Civil()
	if d == 1 && m == time.January {
		return true
	}
	for year := p.From.Year(); year <= p.To.Year(); year++ {
		on := calendar.DayOf(year, m, min(d, calendar.DaysIn(year, m)))
		if p.Contains(on) || d == 1 && p.Overlaps(calendar.MonthOf(year, m)) {
			return true
		}
	}
	return false
}

// tiesFalling are the ties that expire, must be given notice of or are reviewed
// in the period.
func (v *View) tiesFalling(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	if !v.actor.Somewhere(access.ReadDeeds) {
		return nil, nil
	}
	due, err := v.TiesDue(ctx, asked.Period.To)
	if err != nil {
		return nil, err
	}
	rows := make([]TieRow, 0, len(due))
	for _, d := range due {
		rows = append(rows, d.Tie)
	}
	called, err := v.tieNames(ctx, rows)
	var facts []occasion.Fact
	for _, d := range due {
		if !d.Day.Overlaps(asked.Period) || !v.heldTie(asked, d.Tie.Tie) {
			continue
		}
		f := occasion.Fact{Kind: occasion.Expiry, ID: int64(d.Tie.ID), Names: called(d.Tie.Tie), On: d.Day, Body: d.Tie.Body, Path: tiePath(d.Tie.Tie)}
		switch d.What {
		case DueReview:
			f.Kind = occasion.Review
		case DueNotice:
			f.Kind = occasion.Notice
		case DueExpiry:
		}
		facts = append(facts, f)
	}
	return facts, err
}

// promisesFalling are the open promises that are due in the period.
func (v *View) promisesFalling(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	if !v.actor.Somewhere(access.ReadDeeds) {
		return nil, nil
	}
	promises, err := v.Promises(ctx, PromiseQuery{Status: tie.PromiseOpen, Until: asked.Period.To})
	var facts []occasion.Fact
	for _, p := range promises {
		if !p.Due.Overlaps(asked.Period) || !v.heldTie(asked, p.Under.Tie) {
			continue
		}
		facts = append(facts, occasion.Fact{
			Kind: occasion.Promise, ID: int64(p.ID), Names: every(p.Text), On: p.Due, Body: p.Under.Body, Who: p.Who, Path: tiePath(p.Under.Tie),
		})
	}
	return facts, err
}

func tiePath(t tie.Tie) string { return "/tie/" + t.Code }

// heldTie tells whether a tie stands on the books of a body whose calendar is
// asked for, or binds one.
func (v *View) heldTie(asked occasion.Asked, t tie.Tie) bool {
	if v.held(asked, t.Body) {
		return true
	}
	for _, p := range t.Parties {
		if v.held(asked, p.Body) {
			return true
		}
	}
	return false
}

// tieNames gives what ties are called: by their titles, or by their parties.
func (v *View) tieNames(ctx context.Context, rows []TieRow) (func(tie.Tie) map[string]string, error) {
	var ids []body.ID
	for _, r := range rows {
		if len(r.Titles) == 0 {
			ids = append(ids, r.Bodies()...)
		}
	}
	bodies, err := v.BodiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	return func(t tie.Tie) map[string]string {
		names := map[string]string{}
		for _, lang := range []string{"vi", "en", "fr"} {
			if names[lang] = t.Called(lang); names[lang] == "" {
				var parties []string
				for _, p := range t.On(0, v.Today()) {
					b := bodies[p.Body]
					parties = append(parties, b.ShortOn(lang, v.Today()))
				}
				names[lang] = strings.Join(parties, " – ")
			}
		}
		return names
	}, nil
}
