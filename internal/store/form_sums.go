package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/reporting"
)

// FormFigure is what a body and all below it reported to one question in one
// period.
type FormFigure struct {
	Body     body.ID
	Question int64
	Period   calendar.Day
	Qty      int64
	Counts   deed.Counts
}

// FormSums reads what bodies, each with all below it, reported in some periods.
func (v *View) FormSums(ctx context.Context, id reporting.ID, of []body.ID, questions []int64, periods []calendar.Period) ([]FormFigure, error) {
	f, err := v.Form(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, one := range of {
		if v.asks(f) {
			break
		}
		if err := v.actor.May(access.ReadFigures, one); err != nil {
			return nil, err
		}
	}
	if len(of) == 0 || len(questions) == 0 || len(periods) == 0 {
		return nil, nil
	}
	sums := map[[3]int64]FormFigure{}
	put := func(one FormFigure) {
		k := [3]int64{int64(one.Body), one.Question, int64(one.Period)}
		was := sums[k]
		one.Qty, one.Counts = one.Qty+was.Qty, one.Counts.Add(was.Counts)
		sums[k] = one
	}
	if err := v.r.sumsBelow(ctx, f, of, questions, periods, put); err != nil {
		return nil, err
	}
	if err := v.r.sumsOwn(ctx, f, of, questions, periods, put); err != nil {
		return nil, err
	}
	all := make([]FormFigure, 0, len(sums))
	for _, one := range sums {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b FormFigure) int {
		return cmp.Or(cmp.Compare(a.Body, b.Body), cmp.Compare(a.Question, b.Question), cmp.Compare(a.Period, b.Period))
	})
	return all, nil
}

// sumsBelow reads the kept figures of what stands below bodies.
func (r reader) sumsBelow(ctx context.Context, f reporting.Form, of []body.ID, questions []int64, periods []calendar.Period, put func(FormFigure)) error {
	for some := range slices.Chunk(of, listMost) {
		q := &filter{}
		q.and(`root = ? AND form = ? AND period >= ? AND period <= ?`, r.book.root, int64(f.ID), int64(periods[0].From), int64(periods[len(periods)-1].From))
		q.conditions = append(q.conditions, `body `+list(q, some), `question `+list(q, questions))
		err := r.each(ctx, func(rows *sql.Rows) error {
			var one FormFigure
			s, err := scanShare(rows, (*int64)(&one.Body), (*int32)(&one.Period))
			one.Question, one.Qty, one.Counts = s.Question, s.Qty, s.Counts
			if s.Counts.Lines() != 0 {
				put(one)
			}
			return err
		}, `SELECT `+shareColumns+`, body, period FROM reply_sum WHERE `+q.where(), q.args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// sumsOwn reads what the bodies themselves replied.
func (r reader) sumsOwn(ctx context.Context, f reporting.Form, of []body.ID, questions []int64, periods []calendar.Period, put func(FormFigure)) error {
	for some := range slices.Chunk(of, listMost) {
		q := &filter{}
		q.and(`root = ? AND form = ? AND period >= ? AND period <= ? AND status <> 'returned'`, r.book.root, int64(f.ID), int64(periods[0].From), int64(periods[len(periods)-1].From))
		q.conditions = append(q.conditions, `unit `+list(q, some))
		err := r.each(ctx, func(rows *sql.Rows) error {
			var unit, period int64
			var figures string
			if err := rows.Scan(&unit, &period, &figures); err != nil {
				return err
			}
			all, err := reporting.ParseFigures(figures)
			for _, n := range questions {
				if one, given := all[n]; given {
					put(FormFigure{body.ID(unit), n, calendar.Day(period), one.Qty, deed.CountOf(one.Qualifier)})
				}
			}
			return err
		}, `SELECT unit, period, figures FROM reply WHERE `+q.where(), q.args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// FormPairs reads, for units below a body, what each reported in a period and in
// the one a year earlier.
func (v *View) FormPairs(ctx context.Context, id reporting.ID, at body.ID, p calendar.Period) (map[body.ID]reporting.Pair, error) {
	f, err := v.Form(ctx, id)
	if err != nil {
		return nil, err
	}
	if at != 0 && !v.asks(f) {
		if err := v.actor.May(access.ReadFigures, at); err != nil {
			return nil, err
		}
	}
	tree, reach := v.Tree(), v.reach(access.ReadFigures)
	reach.All = reach.All || v.asks(f)
	then := f.Every.YearEarlier(p)
	pairs := map[body.ID]reporting.Pair{}
	return pairs, v.r.each(ctx, func(rows *sql.Rows) error {
		var unit, period int64
		var figures string
		if err := rows.Scan(&unit, &period, &figures); err != nil {
			return err
		}
		u := body.ID(unit)
		if at != 0 && u != at && !tree.Under(u, at, p.To) || at == 0 && !reach.Has(u) {
			return nil
		}
		all, err := reporting.ParseFigures(figures)
		pair := pairs[u]
		if calendar.Day(period) == p.From {
			pair.Now = all
		} else {
			pair.Then = all
		}
		pairs[u] = pair
		return err
	}, `SELECT unit, period, figures FROM reply WHERE root = $1 AND form = $2 AND period IN ($3, $4) AND status <> 'returned'`,
		v.r.book.root, int64(id), int64(p.From), int64(then.From))
}
