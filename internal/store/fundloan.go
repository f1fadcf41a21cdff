package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
)

const loanColumns = `id, body, person, name, currency, amount, rate, since, due, note, revision`

func scanLoan(rows *sql.Rows) (fund.Loan, error) {
	var l fund.Loan
	err := rows.Scan((*int64)(&l.ID), (*int64)(&l.Body), (*int64)(&l.Person), &l.Name, (*string)(&l.Amount.Currency), &l.Amount.Minor, &l.Rate,
		(*int32)(&l.Since), (*int32)(&l.Due), &l.Note, &l.Revision)
	return l, err
}

// Loan reads one loan.
func (r reader) Loan(ctx context.Context, id fund.LoanID) (fund.Loan, error) {
	found, err := collect(ctx, r.runner, scanLoan, `SELECT `+loanColumns+` FROM loan WHERE id = $1`, int64(id))
	if err != nil {
		return fund.Loan{}, err
	}
	if len(found) == 0 {
		return fund.Loan{}, fault.Missing("fund.loan.missing")
	}
	return found[0], nil
}

// SaveLoan writes a loan, new or changed.
func (tx *Tx) SaveLoan(ctx context.Context, l fund.Loan) error {
	_, err := tx.exec(ctx, `
		INSERT INTO loan (`+loanColumns+`, account, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)
		ON CONFLICT (id) DO UPDATE SET rate = excluded.rate, due = excluded.due, note = excluded.note, revision = excluded.revision`,
		int64(l.ID), int64(l.Body), int64(l.Person), l.Name, string(l.Amount.Currency), l.Amount.Minor, l.Rate, int64(l.Since), int64(l.Due),
		l.Note, l.Revision, tx.book.root)
	if err == nil {
		tx.note("loan", int64(l.ID), l.Body, nil, l)
	}
	return err
}

// moveColumns read a posting of a loan as a movement of it.
const moveColumns = `p.loan, p.day, p.entry, CASE WHEN a.class = 'loans' THEN p.amount ELSE 0 END, CASE WHEN a.class = 'income' THEN -p.amount ELSE 0 END`

func scanMove(rows *sql.Rows) (fund.LoanID, fund.LoanMove, error) {
	var id fund.LoanID
	var m fund.LoanMove
	err := rows.Scan((*int64)(&id), (*int32)(&m.Day), (*int64)(&m.Entry), &m.Principal, &m.Interest)
	return id, m, err
}

// LoanMoves lists the movements of a loan, the earliest first.
func (r reader) LoanMoves(ctx context.Context, id fund.LoanID) ([]fund.LoanMove, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (fund.LoanMove, error) {
		_, m, err := scanMove(rows)
		return m, err
	}, `SELECT `+moveColumns+` FROM posting p JOIN fund_account a ON a.id = p.account
		WHERE p.loan = $1 AND a.class IN ('loans', 'income') ORDER BY p.day, p.entry, p.n`, int64(id))
}

// Loan reads one loan with its movements.
func (v *View) Loan(ctx context.Context, id fund.LoanID) (fund.Loan, []fund.LoanMove, error) {
	l, err := v.r.Loan(ctx, id)
	if err != nil {
		return l, nil, err
	}
	if err := v.actor.May(access.ReadFund, l.Body); err != nil {
		return fund.Loan{}, nil, err
	}
	moves, err := v.r.LoanMoves(ctx, id)
	return l, moves, err
}

// Loans tells how every loan of a fund stands on a day, those still out first.
func (v *View) Loans(ctx context.Context, of body.ID, on calendar.Day) ([]fund.LoanState, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return nil, err
	}
	loans, err := collect(ctx, v.r.runner, scanLoan, `SELECT `+loanColumns+` FROM loan WHERE root = $1 AND body = $2 AND since <= $3 ORDER BY since, id`,
		v.r.book.root, int64(of), int64(on))
	if err != nil {
		return nil, err
	}
	moves := map[fund.LoanID][]fund.LoanMove{}
	err = v.r.each(ctx, func(rows *sql.Rows) error {
		id, m, err := scanMove(rows)
		moves[id] = append(moves[id], m)
		return err
	}, `SELECT `+moveColumns+` FROM posting p JOIN fund_account a ON a.id = p.account
		WHERE p.loan IN (SELECT id FROM loan WHERE root = $1 AND body = $2) AND p.loan <> 0 AND a.class IN ('loans', 'income')
		ORDER BY p.loan, p.day, p.entry, p.n`, v.r.book.root, int64(of))
	if err != nil {
		return nil, err
	}
	var out, back []fund.LoanState
	for _, l := range loans {
		s := fund.StateOf(l, moves[l.ID], on)
		if s.Outstanding > 0 {
			out = append(out, s)
		} else {
			back = append(back, s)
		}
	}
	return append(out, back...), nil
}
