package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/tie"
)

// standingTie is as much of a tie as tells how it stands.
type standingTie struct {
	id    tie.ID
	body  body.ID
	plain bool
	heard calendar.Day
	days  int
}

// tiesStandingNow lists ties by how they stand today. Of plain ties, the most of any
// book, a few numbers tell; the others are read whole.
func (v *View) tiesStandingNow(ctx context.Context, f *filter, q TieQuery) ([]TieRow, int, error) {
	all, err := v.standingTies(ctx, f, q)
	if err != nil {
		return nil, 0, err
	}
	done, err := v.tiesWithDeeds(ctx)
	if err != nil {
		return nil, 0, err
	}
	var others []tie.ID
	for i := range all {
		if all[i].plain = all[i].plain && !done[all[i].id]; !all[i].plain {
			others = append(others, all[i].id)
		}
	}
	whole, err := v.tieRowsByID(ctx, others, q.On)
	if err != nil {
		return nil, 0, err
	}
	rules := map[body.ID]tie.Rule{}
	var kept []standingTie
	for _, s := range all {
		stands, err := v.standsNow(ctx, &s, q, whole, rules)
		if err != nil {
			return nil, 0, err
		}
		if stands {
			kept = append(kept, s)
		}
	}
	if q.Order == TiesByContact {
		slices.SortStableFunc(kept, func(a, b standingTie) int { return cmp.Compare(b.days, a.days) })
	}
	if q.Falling {
		slices.Reverse(kept)
	}
	n := len(kept)
	kept = kept[min(q.Skip, n):]
	if q.Limit > 0 {
		kept = kept[:min(q.Limit, len(kept))]
	}
	rows, err := v.tiesInOrder(ctx, kept, whole, q.On)
	return rows, n, err
}

// standingTies reads the numbers by which ties are judged, in the order asked.
func (v *View) standingTies(ctx context.Context, f *filter, q TieQuery) ([]standingTie, error) {
	order := `sort`
	if q.Order == TiesBySigning {
		order = `signed_first`
	}
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (standingTie, error) {
		var s standingTie
		var plain int64
		err := rows.Scan((*int64)(&s.id), (*int64)(&s.body), &plain, (*int32)(&s.heard))
		s.plain = plain != 0
		return s, err
	}, `SELECT id, body, plain, heard FROM tie WHERE `+f.where()+` ORDER BY `+order+`, id`, f.args...)
}

// tiesWithDeeds tells under which ties deeds were done.
func (v *View) tiesWithDeeds(ctx context.Context) (map[tie.ID]bool, error) {
	done := map[tie.ID]bool{}
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var id tie.ID
		err := rows.Scan((*int64)(&id))
		done[id] = true
		return err
	}, `SELECT DISTINCT tie FROM tie_deed WHERE root = $1`, v.r.book.root)
	return done, err
}

// standsNow judges one tie, and notes since when it is silent.
func (v *View) standsNow(ctx context.Context, s *standingTie, q TieQuery, whole map[tie.ID]TieRow, rules map[body.ID]tie.Rule) (bool, error) {
	if !s.plain {
		row := whole[s.id]
		s.days = row.Standing.Days
		return row.ID != 0 && q.stands(row), nil
	}
	rule, known := rules[s.body]
	if !known {
		var err error
		if rule, err = v.r.tieRule(ctx, s.body); err != nil {
			return false, err
		}
		rules[s.body] = rule
	}
	var status tie.Status
	status, s.days = tie.StandPlainly(q.On, s.heard, rule)
	if q.Status != "" && status != q.Status {
		return false, nil
	}
	return q.Quiet <= 0 || s.heard == calendar.Earliest || s.heard.AddMonths(q.Quiet) < q.On, nil
}

// tieRowsByID reads ties whole with how they stand on a day.
func (v *View) tieRowsByID(ctx context.Context, ids []tie.ID, on calendar.Day) (map[tie.ID]TieRow, error) {
	by := make(map[tie.ID]TieRow, len(ids))
	for some := range slices.Chunk(ids, listMost) {
		f := &filter{}
		f.and(`id ` + list(f, some))
		ties, err := collect(ctx, v.r.runner, scanTie, `SELECT data, recorder FROM tie WHERE `+f.where(), f.args...)
		if err != nil {
			return nil, err
		}
		rows, err := v.tieStandings(ctx, ties, on)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			by[row.ID] = row
		}
	}
	return by, nil
}

// tiesInOrder reads those of some ties that were not read yet, and gives all in
// their order.
func (v *View) tiesInOrder(ctx context.Context, kept []standingTie, whole map[tie.ID]TieRow, on calendar.Day) ([]TieRow, error) {
	var ids []tie.ID
	for _, s := range kept {
		if s.plain {
			ids = append(ids, s.id)
		}
	}
	read, err := v.tieRowsByID(ctx, ids, on)
	if err != nil {
		return nil, err
	}
	rows := make([]TieRow, 0, len(kept))
	for _, s := range kept {
		row, ok := read[s.id]
		if !ok {
			row = whole[s.id]
		}
		rows = append(rows, row)
	}
	return rows, nil
}
