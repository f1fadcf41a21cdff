package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
)

const bankColumns = `id, account, day, amount, text, ref, balance, same, entry, job, revision`

func scanBankLine(rows *sql.Rows) (fund.BankLine, error) {
	var l fund.BankLine
	var balance sql.NullInt64
	err := rows.Scan(&l.ID, (*int64)(&l.Account), (*int32)(&l.Day), &l.Amount, &l.Text, &l.Ref, &balance, &l.Same, (*int64)(&l.Entry), &l.Job, &l.Revision)
	l.Balance, l.HasBalance = balance.Int64, balance.Valid
	return l, err
}

// BankLine reads one line of a bank's statement.
func (r reader) BankLine(ctx context.Context, id int64) (fund.BankLine, error) {
	found, err := collect(ctx, r.runner, scanBankLine, `SELECT `+bankColumns+` FROM bank_line WHERE id = $1`, id)
	if err != nil {
		return fund.BankLine{}, err
	}
	if len(found) == 0 {
		return fund.BankLine{}, fault.Missing("fund.bank.missing")
	}
	return found[0], nil
}

// BankLineOf finds the line that an entry was reconciled with on an account;
// 0 when there is none.
func (r reader) BankLineOf(ctx context.Context, account fund.AccountID, id fund.EntryID) (int64, error) {
	var line int64
	err := r.one(ctx, `SELECT id FROM bank_line WHERE entry = $1 AND entry <> 0 AND account = $2`, []any{int64(id), int64(account)}, &line)
	if errors.Is(err, errNone) {
		return 0, nil
	}
	return line, err
}

// InsertBankLine writes a line of a bank's statement unless it is already
// there.
func (tx *Tx) InsertBankLine(ctx context.Context, l fund.BankLine) (bool, error) {
	balance := sql.NullInt64{Int64: l.Balance, Valid: l.HasBalance}
	n, err := tx.exec(ctx, `
		INSERT INTO bank_line (`+bankColumns+`, n, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)
		ON CONFLICT (account, day, amount, ref, text, same) DO NOTHING`,
		l.ID, int64(l.Account), int64(l.Day), l.Amount, l.Text, l.Ref, balance, l.Same, int64(l.Entry), l.Job, l.Revision, tx.book.root)
	if err != nil || n == 0 {
		return false, err
	}
	return true, tx.noteBankLine(ctx, nil, l)
}

// MarkBankLine writes with which entry a line was reconciled.
func (tx *Tx) MarkBankLine(ctx context.Context, l fund.BankLine) error {
	before, err := tx.BankLine(ctx, l.ID)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `UPDATE bank_line SET entry = $2, revision = $3 WHERE id = $1`, l.ID, int64(l.Entry), l.Revision); err != nil {
		return err
	}
	return tx.noteBankLine(ctx, before, l)
}

func (tx *Tx) noteBankLine(ctx context.Context, before any, l fund.BankLine) error {
	a, err := tx.FundAccount(ctx, l.Account)
	if err == nil {
		tx.note("bank_line", l.ID, a.Body, before, l)
	}
	return err
}

// BankLines lists the lines of a bank's statement in a period, the earliest
// first.
func (v *View) BankLines(ctx context.Context, account fund.AccountID, p calendar.Period) ([]fund.BankLine, error) {
	if _, err := v.bankAccount(ctx, account); err != nil {
		return nil, err
	}
	return v.r.bankLines(ctx, account, p)
}

func (v *View) bankAccount(ctx context.Context, id fund.AccountID) (fund.Account, error) {
	a, err := v.r.FundAccount(ctx, id)
	if err != nil {
		return a, err
	}
	if err := v.actor.May(access.ReadFund, a.Body); err != nil {
		return fund.Account{}, err
	}
	return a, nil
}

func (r reader) bankLines(ctx context.Context, account fund.AccountID, p calendar.Period) ([]fund.BankLine, error) {
	return collect(ctx, r.runner, scanBankLine, `SELECT `+bankColumns+` FROM bank_line WHERE account = $1 AND day BETWEEN $2 AND $3 ORDER BY day, id`,
		int64(account), int64(p.From), int64(p.To))
}

// BankDifferences sets a bank's statement until a day beside the book: what
// each knows and the other does not, with proposals of what belongs together.
// Entries are asked for from the first line of the statement on.
func (v *View) BankDifferences(ctx context.Context, account fund.AccountID, until calendar.Day) (fund.Differences, error) {
	a, err := v.bankAccount(ctx, account)
	if err != nil {
		return fund.Differences{}, err
	}
	d := fund.Differences{Account: a, Until: until}
	lines, err := v.r.bankLines(ctx, account, calendar.Until(until))
	if err != nil {
		return d, err
	}
	if d.Booked, err = v.r.AccountBalance(ctx, account, until); err != nil {
		return d, err
	}
	for _, l := range lines {
		if l.HasBalance {
			d.Stated, d.Known = l.Balance, true
		}
		if l.Entry == 0 {
			d.Lines = append(d.Lines, l)
		}
	}
	if len(lines) == 0 {
		return d, nil
	}
	begins := lines[0].Day
	d.Entries, err = v.r.unreconciled(ctx, account, calendar.Period{From: begins - fund.DaysApart, To: until})
	d.Matches = fund.Propose(d.Lines, d.Entries)
	d.Entries = slices.DeleteFunc(d.Entries, func(c fund.Candidate) bool {
		proposed := slices.ContainsFunc(d.Matches, func(m fund.Match) bool { return m.Entry.Entry == c.Entry })
		return c.Day < begins && !proposed
	})
	return d, err
}

// unreconciled lists the entries that moved money of a bank account and no
// line was found for. What was taken back, and what took it back, is nothing.
func (r reader) unreconciled(ctx context.Context, account fund.AccountID, p calendar.Period) ([]fund.Candidate, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (fund.Candidate, error) {
		var c fund.Candidate
		var e fund.Entry
		err := rows.Scan((*int64)(&c.Entry), (*int32)(&c.Day), &c.Amount, &e.Series, &e.Year, &e.Number, &c.Who, &c.Text)
		c.Label = e.Label()
		return c, err
	}, `SELECT e.id, e.day, SUM(p.amount), e.series, e.year, e.number, COALESCE(n.name, e.name), e.text
		FROM posting p JOIN entry e ON e.id = p.entry LEFT JOIN person n ON n.id = e.person LEFT JOIN bank_line b ON b.entry = e.id AND b.account = p.account
		WHERE p.root = $1 AND p.account = $2 AND p.day BETWEEN $3 AND $4 AND e.reversed = 0 AND e.reverses = 0 AND e.kind <> 'opening' AND b.id IS NULL
		GROUP BY e.id, e.day, e.series, e.year, e.number, n.name, e.name, e.text HAVING SUM(p.amount) <> 0 ORDER BY e.day, e.id`,
		r.book.root, int64(account), int64(p.From), int64(p.To))
}

// InsertCount writes a count of a cash box.
func (tx *Tx) InsertCount(ctx context.Context, c fund.Count) error {
	notes, err := pack(c.Notes, len(c.Notes) == 0)
	if err != nil {
		return err
	}
	people, err := pack(c.People, len(c.People) == 0)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO cash_count (id, root, body, account, day, notes, counted, booked, reason, people, recorded, recorder)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		c.ID, tx.book.root, int64(c.Body), int64(c.Account), int64(c.Day), notes, c.Counted, c.Booked, c.Reason, people, c.Recorded, int64(c.Recorder))
	if err == nil {
		tx.note("cash_count", c.ID, c.Body, nil, c)
	}
	return err
}

// Counts lists the counts of a body's cash boxes, the latest first.
func (v *View) Counts(ctx context.Context, of body.ID) ([]fund.Count, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (fund.Count, error) {
		c := fund.Count{Body: of}
		var notes, people string
		err := rows.Scan(&c.ID, (*int64)(&c.Account), (*int32)(&c.Day), &notes, &c.Counted, &c.Booked, &c.Reason, &people, &c.Recorded, (*int64)(&c.Recorder))
		if err != nil {
			return c, err
		}
		if err := unpack(notes, &c.Notes); err != nil {
			return c, err
		}
		return c, unpack(people, &c.People)
	}, `SELECT id, account, day, notes, counted, booked, reason, people, recorded, recorder FROM cash_count
		WHERE root = $1 AND body = $2 ORDER BY day DESC, id DESC`, v.r.book.root, int64(of))
}
