package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fund"
)

// SaveBudget writes the budget of a heading for a year.
func (tx *Tx) SaveBudget(ctx context.Context, b fund.Budget) error {
	_, err := tx.exec(ctx, `
		INSERT INTO budget AS t (body, year, class, code, currency, root, amount, note, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (body, year, class, code, currency) DO UPDATE SET amount = excluded.amount, note = excluded.note, revision = t.revision + 1`,
		int64(b.Body), b.Year, string(b.Class), b.Code, string(b.Amount.Currency), tx.book.root, b.Amount.Minor, b.Note, b.Revision)
	if err == nil {
		tx.note("budget", int64(b.Body), b.Body, nil, b)
	}
	return err
}

// Budgets lists what a body means to receive and spend in a year.
func (v *View) Budgets(ctx context.Context, of body.ID, year int) ([]fund.Budget, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (fund.Budget, error) {
		b := fund.Budget{Body: of, Year: year}
		err := rows.Scan((*string)(&b.Class), &b.Code, (*string)(&b.Amount.Currency), &b.Amount.Minor, &b.Note, &b.Revision)
		return b, err
	}, `SELECT class, code, currency, amount, note, revision FROM budget WHERE body = $1 AND year = $2 AND amount <> 0 ORDER BY class, code, currency`,
		int64(of), year)
}

// AgainstBudget sets a year's budget beside what became of it.
func (v *View) AgainstBudget(ctx context.Context, of body.ID, year int) ([]fund.Planned, error) {
	budgets, err := v.Budgets(ctx, of, year)
	if err != nil {
		return nil, err
	}
	s, err := v.Statement(ctx, of, calendar.Year(year))
	if err != nil {
		return nil, err
	}
	accounts, err := v.r.FundAccounts(ctx, of)
	return fund.AgainstBudget(budgets, accounts, s), err
}

// Donors lists who gave to a fund in a period, by the order of the first gift.
// A page for the public shows only those who may be named.
func (v *View) Donors(ctx context.Context, of body.ID, p calendar.Period) ([]fund.Donor, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return nil, err
	}
	args := []any{v.r.book.root, int64(p.From), int64(p.To), int64(of)}
	codes := ""
	for _, c := range fund.DonorCodes() {
		args = append(args, c)
		codes += ", " + dollar(len(args))
	}
	gifts, err := collect(ctx, v.r.runner, func(rows *sql.Rows) (fund.Gift, error) {
		var g fund.Gift
		err := rows.Scan((*int64)(&g.Entry), (*int32)(&g.Day), (*int64)(&g.Person), &g.Name, &g.Address, (*string)(&g.Consent),
			(*string)(&g.Amount.Currency), &g.Amount.Minor)
		return g, err
	}, `SELECT e.id, e.day, e.person, COALESCE(n.name, e.name), COALESCE(n.address, e.address), COALESCE(n.consent, e.consent), a.currency, -SUM(p.amount)
		FROM fund_account a JOIN posting p ON p.account = a.id JOIN entry e ON e.id = p.entry LEFT JOIN person n ON n.id = e.person
		WHERE p.root = $1 AND p.day BETWEEN $2 AND $3 AND a.body = $4 AND a.class = 'income' AND a.code IN (`+codes[2:]+`)
		GROUP BY e.id, e.day, e.person, n.name, e.name, n.address, e.address, n.consent, e.consent, a.currency ORDER BY e.day, e.id`, args...)
	if err != nil {
		return nil, err
	}
	return fund.Donors(gifts), nil
}
