package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fund"
	"kith.app/internal/money"
)

// Funds lists the bodies that keep a fund which the actor may see, the root
// first.
func (v *View) Funds(ctx context.Context) ([]body.ID, error) {
	condition, args := v.within(access.ReadFund, "body", []any{v.r.book.root})
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (body.ID, error) {
		var id body.ID
		return id, rows.Scan((*int64)(&id))
	}, `SELECT body FROM fund WHERE root = $1 AND `+condition+` ORDER BY CASE WHEN body = $1 THEN 0 ELSE 1 END, body`, args...)
}

// EntryQuery narrows a list of entries further; what is zero narrows nothing.
type EntryQuery struct {
	EntriesAsked
	Accounts []fund.AccountID // that an entry moved: headings, purses
	Branch   body.ID
	Purpose  fund.PurposeID
	After    string // where the page before ended
}

// EntryPage lists entries, the latest first. next asks for the following page
// and is empty on the last.
func (v *View) EntryPage(ctx context.Context, q EntryQuery) (entries []fund.Entry, next string, err error) {
	condition, args := v.entryQuery(q)
	if day, id, ok := entryMark(q.After); ok {
		args = append(args, day, id)
		n := len(args)
		condition += ` AND (day < ` + dollar(n-1) + ` OR day = ` + dollar(n-1) + ` AND id < ` + dollar(n) + `)`
	}
	most := max(q.Most, 1)
	args = append(args, most+1)
	entries, err = v.r.entriesWhere(ctx, condition, args, `ORDER BY day DESC, id DESC LIMIT `+dollar(len(args)))
	if err != nil {
		return nil, "", err
	}
	if len(entries) > most {
		entries = entries[:most]
		last := entries[most-1]
		next = strconv.FormatInt(int64(last.Day), 10) + "." + strconv.FormatInt(int64(last.ID), 10)
	}
	return entries, next, v.r.nameEntries(ctx, entries)
}

// entryMark takes a mark of a page apart.
func entryMark(after string) (day, id int64, ok bool) {
	first, second, found := strings.Cut(after, ".")
	day, err1 := strconv.ParseInt(first, 10, 32)
	id, err2 := strconv.ParseInt(second, 10, 64)
	return day, id, found && err1 == nil && err2 == nil
}

// EntrySum is what the entries of a list received and paid in one currency.
type EntrySum struct {
	Currency money.Currency
	Count    int // entries with money in the currency
	In, Out  int64
}

// SumEntries sums up what the entries of a list say of receipts and payments.
// Where the list is narrowed to some accounts, a branch or a purpose, only what
// concerns those is summed. What was taken back lessens the side it was on.
func (v *View) SumEntries(ctx context.Context, q EntryQuery) ([]EntrySum, error) {
	condition, args := v.entryQuery(q)
	condition = `p.root = $1 AND p.entry IN (SELECT id FROM entry WHERE ` + condition + `) AND a.class IN ('income', 'expense', 'loans', 'between')`
	if headings := q.Accounts; len(headings) > 0 {
		var list string
		list, args = in(args, headings)
		condition += ` AND (p.account ` + list + ` OR EXISTS (SELECT 1 FROM fund_account c WHERE c.id ` + list + ` AND c.class IN ('cash', 'bank')))`
	}
	condition, args = concerning(condition, args, q, "p.")
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (EntrySum, error) {
		var s EntrySum
		err := rows.Scan((*string)(&s.Currency), &s.Count, &s.In, &s.Out)
		return s, err
	}, `SELECT a.currency, COUNT(DISTINCT p.entry),
		  SUM(CASE WHEN a.class = 'income' OR a.class <> 'expense' AND (p.amount < 0) = (p.back = 0) THEN -p.amount ELSE 0 END),
		  SUM(CASE WHEN a.class = 'expense' OR a.class <> 'income' AND (p.amount > 0) = (p.back = 0) THEN p.amount ELSE 0 END)
		FROM posting p JOIN fund_account a ON a.id = p.account WHERE `+condition+` GROUP BY a.currency ORDER BY a.currency`, args...)
}

func (v *View) entryQuery(q EntryQuery) (string, []any) {
	condition, args := v.entriesAsked(q.EntriesAsked)
	if len(q.Accounts) == 0 && q.Branch == 0 && q.Purpose == 0 {
		return condition, args
	}
	args = append(args, v.r.book.root)
	inner := `x.root = ` + dollar(len(args)) + ` AND x.entry = entry.id`
	if len(q.Accounts) > 0 {
		var list string
		list, args = in(args, q.Accounts)
		inner += ` AND x.account ` + list
	}
	inner, args = concerning(inner, args, q, "x.")
	return condition + ` AND EXISTS (SELECT 1 FROM posting x WHERE ` + inner + `)`, args
}

// concerning adds the conditions on branch and purpose of a posting.
func concerning(condition string, args []any, q EntryQuery, posting string) (string, []any) {
	if q.Branch != 0 {
		args = append(args, int64(q.Branch))
		condition += ` AND ` + posting + `branch = ` + dollar(len(args))
	}
	if q.Purpose != 0 {
		args = append(args, int64(q.Purpose))
		condition += ` AND ` + posting + `purpose = ` + dollar(len(args))
	}
	return condition, args
}
