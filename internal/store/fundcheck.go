package store

import (
	"context"
	"database/sql"
	"fmt"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
)

// checkFund proves the money: every entry balances in every currency, numbers
// have no gaps, what was taken back was taken back whole, kept turnovers equal
// their recount, nothing was slipped into a closed period, and deeds and
// entries name each other.
func (r reader) checkFund(ctx context.Context) ([]Trouble, error) {
	var all []Trouble
	for _, part := range []func(context.Context) ([]Trouble, error){
		r.checkBalance, r.checkNumbers, r.checkReversals, r.checkTurnovers, r.checkClosed, r.checkPaidDeeds,
	} {
		found, err := part(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// troubles runs a query whose every row is one trouble, told with its columns.
func (r reader) troubles(ctx context.Context, form string, columns int, query string, args ...any) ([]Trouble, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (Trouble, error) {
		values, into := make([]any, columns), make([]any, columns)
		for i := range values {
			into[i] = &values[i]
		}
		err := rows.Scan(into...)
		return Trouble{"fund", fmt.Sprintf(form, values...)}, err
	}, query, args...)
}

func (r reader) checkBalance(ctx context.Context) ([]Trouble, error) {
	all, err := r.troubles(ctx, "entry %v does not balance in %v: %v", 3, `
		SELECT p.entry, a.currency, SUM(p.amount) FROM posting p JOIN fund_account a ON a.id = p.account
		WHERE p.root = $1 GROUP BY p.entry, a.currency HAVING SUM(p.amount) <> 0 ORDER BY p.entry`, r.book.root)
	if err != nil {
		return nil, err
	}
	lost, err := r.troubles(ctx, "entry %v has no postings, or on other days", 1, `
		SELECT e.id FROM entry e LEFT JOIN posting p ON p.entry = e.id AND p.day = e.day
		WHERE e.root = $1 GROUP BY e.id HAVING COUNT(p.n) < 2 ORDER BY e.id`, r.book.root)
	if err != nil {
		return nil, err
	}
	foreign, err := r.troubles(ctx, "entry %v posts to account %v of another fund", 2, `
		SELECT e.id, a.id FROM posting p JOIN entry e ON e.id = p.entry JOIN fund_account a ON a.id = p.account
		WHERE p.root = $1 AND a.body <> e.body ORDER BY e.id`, r.book.root)
	if err != nil {
		return nil, err
	}
	all = append(all, foreign...)
	strays, err := r.troubles(ctx, "postings of entry %v, which is not there", 1, `
		SELECT DISTINCT p.entry FROM posting p LEFT JOIN entry e ON e.id = p.entry WHERE p.root = $1 AND e.id IS NULL`, r.book.root)
	return append(append(all, lost...), strays...), err
}

// checkNumbers finds gaps: in each series and year there are as many entries as
// the last number drawn.
func (r reader) checkNumbers(ctx context.Context) ([]Trouble, error) {
	all, err := r.troubles(ctx, "numbers of fund %v, series %v of %v: %v entries, numbered %v to %v, drawn %v", 7, `
		SELECT e.body, e.series, e.year, COUNT(*), MIN(e.number), MAX(e.number), COALESCE(MAX(s.last), 0)
		FROM entry e LEFT JOIN number_series s ON s.body = e.body AND s.series = $2 || e.series AND s.year = e.year
		WHERE e.root = $1 GROUP BY e.body, e.series, e.year
		HAVING COUNT(*) <> MAX(e.number) OR MIN(e.number) <> 1 OR COALESCE(MAX(s.last), 0) <> MAX(e.number)
		ORDER BY e.body, e.series, e.year`, r.book.root, fund.NumberPrefix)
	if err != nil {
		return nil, err
	}
	// A series of which no entry is left shows only in the numbers drawn.
	gone, err := r.troubles(ctx, "numbers of fund %v, series %v of %v: %v drawn, no entry is there", 4, `
		SELECT s.body, s.series, s.year, s.last
		FROM number_series s LEFT JOIN entry e ON e.body = s.body AND $1 || e.series = s.series AND e.year = s.year
		WHERE s.series LIKE $1 || '%' AND s.last > 0 AND e.id IS NULL ORDER BY s.body, s.series, s.year`, fund.NumberPrefix)
	return append(all, gone...), err
}

func (r reader) checkReversals(ctx context.Context) ([]Trouble, error) {
	all, err := r.troubles(ctx, "entry %v is not what takes back entry %v", 2, `
		SELECT e.id, e.reverses FROM entry e LEFT JOIN entry o ON o.id = e.reverses
		WHERE e.root = $1 AND e.reverses <> 0 AND (o.id IS NULL OR o.reversed <> e.id) ORDER BY e.id`, r.book.root)
	if err != nil {
		return nil, err
	}
	half, err := r.troubles(ctx, "entry %v was not taken back whole: account %v is left with %v", 3, `
		SELECT o.id, p.account, SUM(p.amount) FROM entry o JOIN posting p ON p.entry = o.id OR p.entry = o.reversed
		WHERE o.root = $1 AND o.reversed <> 0 GROUP BY o.id, p.account, p.purpose, p.branch, p.member, p.year, p.loan
		HAVING SUM(p.amount) <> 0 ORDER BY o.id`, r.book.root)
	return append(all, half...), err
}

// checkTurnovers recounts what went through every account in every month.
func (r reader) checkTurnovers(ctx context.Context) ([]Trouble, error) {
	type row struct{ account, month, purpose, branch int64 }
	recount := map[row][2]int64{}
	err := r.each(ctx, func(rows *sql.Rows) error {
		var k row
		var day, amount, back int64
		if err := rows.Scan(&k.account, &day, &k.purpose, &k.branch, &amount, &back); err != nil {
			return err
		}
		k.month = deed.MonthOf(calendar.Day(day))
		debit, credit := fund.Sides(amount, back != 0)
		was := recount[k]
		recount[k] = [2]int64{was[0] + debit, was[1] + credit}
		return nil
	}, `SELECT account, day, purpose, branch, amount, back FROM posting WHERE root = $1`, r.book.root)
	if err != nil {
		return nil, err
	}
	var trouble []Trouble
	err = r.each(ctx, func(rows *sql.Rows) error {
		var k row
		var kept [2]int64
		if err := rows.Scan(&k.account, &k.month, &k.purpose, &k.branch, &kept[0], &kept[1]); err != nil {
			return err
		}
		if want := recount[k]; kept != want {
			trouble = append(trouble, Trouble{"fund", fmt.Sprintf("account %d, month %d: kept %v, recounted %v", k.account, k.month, kept, want)})
		}
		delete(recount, k)
		return nil
	}, `SELECT account, month, purpose, branch, debit, credit FROM turnover WHERE root = $1`, r.book.root)
	for k, sums := range recount {
		trouble = append(trouble, Trouble{"fund", fmt.Sprintf("account %d, month %d: %v recounted, nothing kept", k.account, k.month, sums)})
	}
	return trouble, err
}

// checkClosed finds entries dated in days that were closed when they were
// written.
func (r reader) checkClosed(ctx context.Context) ([]Trouble, error) {
	return r.troubles(ctx, "entry %v is dated in a period that was closed before it was written", 1, `
		SELECT e.id FROM entry e JOIN fund f ON f.body = e.body
		JOIN (SELECT body, MAX(at) AS at FROM closing GROUP BY body) c ON c.body = e.body
		WHERE e.root = $1 AND e.day <= f.closed AND e.recorded > c.at ORDER BY e.id`, r.book.root)
}

// checkPaidDeeds finds deeds and entries that do not name each other, and
// deeds taken back whose money stands.
func (r reader) checkPaidDeeds(ctx context.Context) ([]Trouble, error) {
	return r.troubles(ctx, "deed %v and entry %v do not agree", 2, `
		SELECT d.id, d.entry FROM deed d LEFT JOIN entry e ON e.id = d.entry
		WHERE d.root = $1 AND d.entry <> 0 AND (e.id IS NULL OR e.deed <> d.id OR (d.status = 'cancelled') <> (e.reversed <> 0)) ORDER BY d.id`, r.book.root)
}
