package store

import (
	"context"
	"database/sql"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/tally"
)

// turnovers sums what went through accounts in a period: whole months from
// their kept sums, the broken ones at its ends from the postings.
func (r reader) turnovers(ctx context.Context, accounts []fund.AccountID, p calendar.Period) ([]fund.Turnover, error) {
	if len(accounts) == 0 || p.IsEmpty() {
		return nil, nil
	}
	sums := &turnoverSums{at: map[turnoverKey]int{}}
	first, last, broken := wholeMonths(p)
	if first <= last {
		list, args := in([]any{r.book.root, first, last}, accounts)
		err := r.each(ctx, sums.scan, `SELECT account, purpose, branch, SUM(debit), SUM(credit) FROM turnover
			WHERE root = $1 AND month BETWEEN $2 AND $3 AND account `+list+` GROUP BY account, purpose, branch`, args...)
		if err != nil {
			return nil, err
		}
	}
	for _, b := range broken {
		list, args := in([]any{r.book.root, int64(b.From), int64(b.To)}, accounts)
		err := r.each(ctx, sums.scan, `
			SELECT account, purpose, branch, SUM(CASE WHEN (amount > 0) = (back = 0) THEN amount ELSE 0 END),
			  SUM(CASE WHEN (amount > 0) = (back = 0) THEN 0 ELSE -amount END)
			FROM posting WHERE root = $1 AND day BETWEEN $2 AND $3 AND account `+list+` GROUP BY account, purpose, branch`, args...)
		if err != nil {
			return nil, err
		}
	}
	return sums.all, nil
}

// wholeMonths splits a period into the months it wholly covers and what is left
// at its ends.
func wholeMonths(p calendar.Period) (first, last int64, broken []calendar.Period) {
	first, last = deed.NoMonth, deed.LastMonth
	if p.From > calendar.Earliest {
		first = deed.MonthOf(p.From)
		if _, _, day := p.From.Civil(); day > 1 {
			first++
		}
	}
	if p.To < calendar.Latest {
		last = deed.MonthOf(p.To + 1)
		last--
	}
	if first > last {
		return first, last, []calendar.Period{p}
	}
	if begin := firstDay(first); p.From > calendar.Earliest && p.From < begin {
		broken = append(broken, calendar.Period{From: p.From, To: begin - 1})
	}
	if end := firstDay(last + 1); p.To < calendar.Latest && p.To >= end {
		broken = append(broken, calendar.Period{From: end, To: p.To})
	}
	return first, last, broken
}

// firstDay is the first day of a month, counted as deed.MonthOf counts.
func firstDay(month int64) calendar.Day {
	return calendar.DayOf(int(month/12), time.Month(month%12+1), 1)
}

type turnoverKey struct {
	account fund.AccountID
	purpose fund.PurposeID
	branch  body.ID
}

// turnoverSums adds up rows of the same account, purpose and branch.
type turnoverSums struct {
	at  map[turnoverKey]int
	all []fund.Turnover
}

func (s *turnoverSums) scan(rows *sql.Rows) error {
	var t fund.Turnover
	err := rows.Scan((*int64)(&t.Account), (*int64)(&t.Purpose), (*int64)(&t.Branch), &t.Debit, &t.Credit)
	if err != nil {
		return err
	}
	key := turnoverKey{t.Account, t.Purpose, t.Branch}
	i, known := s.at[key]
	if !known {
		s.at[key] = len(s.all)
		s.all = append(s.all, t)
		return nil
	}
	s.all[i].Debit += t.Debit
	s.all[i].Credit += t.Credit
	return nil
}

// Statement is what a body's fund received and paid in a period.
func (v *View) Statement(ctx context.Context, of body.ID, p calendar.Period) (fund.Statement, error) {
	return v.statement(ctx, of, p, []body.ID{of})
}

// StatementBelow is the statement of a body's fund and those of all its
// branches together.
func (v *View) StatementBelow(ctx context.Context, of body.ID, p calendar.Period) (fund.Statement, error) {
	return v.StatementOn(ctx, of, p, tally.Borders{})
}

// StatementOn is the statement of all funds that are a body's, or lie below it, on
// some borders.
func (v *View) StatementOn(ctx context.Context, of body.ID, p calendar.Period, b tally.Borders) (fund.Statement, error) {
	bodies, _, err := v.lying(access.ReadFund, of, b)
	if err != nil {
		return fund.Statement{}, err
	}
	return v.statement(ctx, of, p, bodies)
}

func (v *View) statement(ctx context.Context, of body.ID, p calendar.Period, bodies []body.ID) (fund.Statement, error) {
	for _, id := range bodies {
		if err := v.actor.May(access.ReadFund, id); err != nil {
			return fund.Statement{}, err
		}
	}
	accounts, err := v.r.FundAccounts(ctx, bodies...)
	if err != nil {
		return fund.Statement{}, err
	}
	var all, purses []fund.AccountID
	for _, a := range accounts {
		all = append(all, a.ID)
		if a.Class.IsPurse() {
			purses = append(purses, a.ID)
		}
	}
	var before []fund.Turnover
	if p.From > calendar.Earliest {
		if before, err = v.r.turnovers(ctx, purses, calendar.Until(p.From-1)); err != nil {
			return fund.Statement{}, err
		}
	}
	during, err := v.r.turnovers(ctx, all, p)
	if err != nil {
		return fund.Statement{}, err
	}
	return fund.Compose(of, p, accounts, before, during), nil
}

// FundBalances lists what every account of a fund holds at the end of a day.
func (v *View) FundBalances(ctx context.Context, of body.ID, on calendar.Day) ([]fund.Balance, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return nil, err
	}
	return v.r.fundBalances(ctx, of, on)
}

func (r reader) fundBalances(ctx context.Context, of body.ID, on calendar.Day) ([]fund.Balance, error) {
	accounts, err := r.FundAccounts(ctx, of)
	if err != nil {
		return nil, err
	}
	ids := make([]fund.AccountID, len(accounts))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	turned, err := r.turnovers(ctx, ids, calendar.Until(on))
	if err != nil {
		return nil, err
	}
	held := map[fund.AccountID]int64{}
	for _, t := range turned {
		held[t.Account] += t.Net()
	}
	balances := make([]fund.Balance, len(accounts))
	for i, a := range accounts {
		balances[i] = fund.Balance{Account: a, Amount: money.Of(held[a.ID], a.Currency)}
	}
	return balances, nil
}

// AccountBalance is what one account holds at the end of a day.
func (r reader) AccountBalance(ctx context.Context, id fund.AccountID, on calendar.Day) (int64, error) {
	turned, err := r.turnovers(ctx, []fund.AccountID{id}, calendar.Until(on))
	total := int64(0)
	for _, t := range turned {
		total += t.Net()
	}
	return total, err
}

// PurposeBalances lists what is left for each restricted purpose at the end of
// a day, in each currency.
func (v *View) PurposeBalances(ctx context.Context, of body.ID, on calendar.Day) ([]fund.PurposeBalance, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return nil, err
	}
	purposes, err := v.Purposes(ctx, of)
	if err != nil {
		return nil, err
	}
	accounts, err := v.r.FundAccounts(ctx, of)
	if err != nil {
		return nil, err
	}
	ids := make([]fund.AccountID, len(accounts))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	turned, err := v.r.turnovers(ctx, ids, calendar.Until(on))
	if err != nil {
		return nil, err
	}
	return fund.Restricted(purposes, accounts, turned), nil
}

// PurposesOn lists the same of the funds that are the body's own on some borders.
func (v *View) PurposesOn(ctx context.Context, of body.ID, on calendar.Day, b tally.Borders) ([]fund.PurposeBalance, error) {
	own, err := v.lyingOwn(access.ReadFund, of, b)
	var all []fund.PurposeBalance
	for _, id := range own {
		some, err := v.PurposeBalances(ctx, id, on)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, err
}

// Ledger reads one account line by line: what it held before the period and
// every posting in it, the earliest first.
func (v *View) Ledger(ctx context.Context, id fund.AccountID, p calendar.Period) (fund.Ledger, error) {
	a, err := v.r.FundAccount(ctx, id)
	if err != nil {
		return fund.Ledger{}, err
	}
	if err := v.actor.May(access.ReadFund, a.Body); err != nil {
		return fund.Ledger{}, err
	}
	l := fund.Ledger{Account: a, Period: p}
	if p.From > calendar.Earliest {
		if l.Opening, err = v.r.AccountBalance(ctx, id, p.From-1); err != nil {
			return fund.Ledger{}, err
		}
	}
	l.Closing = l.Opening
	err = v.r.each(ctx, func(rows *sql.Rows) error {
		var line fund.LedgerLine
		err := rows.Scan((*int32)(&line.Day), (*int64)(&line.Entry), &line.Amount, (*int64)(&line.Purpose), (*int64)(&line.Branch),
			(*string)(&line.Kind), &line.Series, &line.Year, &line.Number, (*int64)(&line.Person), &line.Name, &line.Text)
		l.Closing += line.Amount
		line.Balance = l.Closing
		l.Lines = append(l.Lines, line)
		return err
	}, `SELECT p.day, p.entry, p.amount, p.purpose, p.branch, e.kind, e.series, e.year, e.number, e.person, e.name, e.text
		FROM posting p JOIN entry e ON e.id = p.entry
		WHERE p.root = $1 AND p.account = $2 AND p.day BETWEEN $3 AND $4 ORDER BY p.day, p.entry, p.n`,
		v.r.book.root, int64(id), int64(p.From), int64(p.To))
	return l, err
}
