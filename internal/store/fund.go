package store

import (
	"context"
	"database/sql"
	"errors"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
)

// Fund reads the fund a body keeps.
func (r reader) Fund(ctx context.Context, of body.ID) (fund.Fund, error) {
	f := fund.Fund{Body: of}
	var series string
	err := r.one(ctx, `SELECT currency, closed, series, revision FROM fund WHERE body = $1`, []any{int64(of)},
		(*string)(&f.Currency), (*int32)(&f.Closed), &series, &f.Revision)
	if errors.Is(err, errNone) {
		return f, fault.Missing("fund.missing")
	}
	if err != nil {
		return f, err
	}
	return f, unpack(series, &f.Series)
}

// SaveFund writes a fund, new or changed.
func (tx *Tx) SaveFund(ctx context.Context, f fund.Fund) error {
	tx.touch()
	var before any
	if f.Revision > 1 {
		was, err := tx.Fund(ctx, f.Body)
		if err != nil {
			return err
		}
		before = was
	}
	series, err := pack(f.Series, len(f.Series) == 0)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO fund (body, root, currency, closed, series, revision) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (body) DO UPDATE SET closed = excluded.closed, series = excluded.series, revision = excluded.revision`,
		int64(f.Body), tx.book.root, string(f.Currency), int64(f.Closed), series, f.Revision)
	if err == nil {
		tx.note("fund", int64(f.Body), f.Body, before, f)
	}
	return err
}

const fundAccountColumns = `id, body, class, code, currency, names, bank, number, holder, rank, retired, revision`

func scanFundAccount(rows *sql.Rows) (fund.Account, error) {
	var a fund.Account
	var names string
	var retired int64
	err := rows.Scan((*int64)(&a.ID), (*int64)(&a.Body), (*string)(&a.Class), &a.Code, (*string)(&a.Currency), &names, &a.Bank, &a.Number, &a.Holder,
		&a.Rank, &retired, &a.Revision)
	if err != nil {
		return a, err
	}
	a.Retired = retired != 0
	return a, unpack(names, &a.Names)
}

// FundAccount reads one account of a fund.
func (r reader) FundAccount(ctx context.Context, id fund.AccountID) (fund.Account, error) {
	return r.fundAccountWhere(ctx, `id = $1`, int64(id))
}

// FundAccountFor reads the account that a key names.
func (r reader) FundAccountFor(ctx context.Context, k fund.Key) (fund.Account, error) {
	return r.fundAccountWhere(ctx, `body = $1 AND class = $2 AND code = $3 AND currency = $4`, int64(k.Body), string(k.Class), k.Code, string(k.Currency))
}

func (r reader) fundAccountWhere(ctx context.Context, condition string, args ...any) (fund.Account, error) {
	found, err := collect(ctx, r.runner, scanFundAccount, `SELECT `+fundAccountColumns+` FROM fund_account WHERE `+condition, args...)
	if err != nil {
		return fund.Account{}, err
	}
	if len(found) == 0 {
		return fund.Account{}, fault.Missing("fund.account.missing")
	}
	return found[0], nil
}

// FundAccounts lists the accounts of some bodies' funds by rank.
func (r reader) FundAccounts(ctx context.Context, of ...body.ID) ([]fund.Account, error) {
	if len(of) == 0 {
		return nil, nil
	}
	list, args := in(nil, of)
	return collect(ctx, r.runner, scanFundAccount, `SELECT `+fundAccountColumns+` FROM fund_account WHERE body `+list+` ORDER BY rank, id`, args...)
}

// SaveFundAccount writes an account of a fund, new or changed.
func (tx *Tx) SaveFundAccount(ctx context.Context, a fund.Account) error {
	tx.touch()
	var before any
	if a.Revision > 1 {
		was, err := tx.FundAccount(ctx, a.ID)
		if err != nil {
			return err
		}
		before = was
	}
	names, err := pack(a.Names, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO fund_account (`+fundAccountColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (id) DO UPDATE SET names = excluded.names, bank = excluded.bank, number = excluded.number, holder = excluded.holder,
		  rank = excluded.rank, retired = excluded.retired, revision = excluded.revision`,
		int64(a.ID), int64(a.Body), string(a.Class), a.Code, string(a.Currency), names, a.Bank, a.Number, a.Holder, a.Rank, flag(a.Retired), a.Revision, tx.book.root)
	if err == nil {
		tx.note("fund_account", int64(a.ID), a.Body, before, a)
	}
	return err
}

const purposeColumns = `id, body, code, names, since, until, note, revision`

func scanPurpose(rows *sql.Rows) (fund.Purpose, error) {
	var p fund.Purpose
	var names, since, until string
	err := rows.Scan((*int64)(&p.ID), (*int64)(&p.Body), &p.Code, &names, &since, &until, &p.Note, &p.Revision)
	if err != nil {
		return p, err
	}
	if err := unpack(names, &p.Names); err != nil {
		return p, err
	}
	return p, dates(&p.Since, since, &p.Until, until)
}

// Purpose reads one restricted purpose.
func (r reader) Purpose(ctx context.Context, id fund.PurposeID) (fund.Purpose, error) {
	found, err := collect(ctx, r.runner, scanPurpose, `SELECT `+purposeColumns+` FROM purpose WHERE id = $1`, int64(id))
	if err != nil {
		return fund.Purpose{}, err
	}
	if len(found) == 0 {
		return fund.Purpose{}, fault.Missing("fund.purpose.missing")
	}
	return found[0], nil
}

// SavePurpose writes a restricted purpose, new or changed.
func (tx *Tx) SavePurpose(ctx context.Context, p fund.Purpose) error {
	names, err := pack(p.Names, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO purpose (`+purposeColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET names = excluded.names, since = excluded.since, until = excluded.until, note = excluded.note, revision = excluded.revision`,
		int64(p.ID), int64(p.Body), p.Code, names, p.Since.EDTF(), p.Until.EDTF(), p.Note, p.Revision, tx.book.root)
	if err == nil {
		tx.note("purpose", int64(p.ID), p.Body, nil, p)
	}
	return err
}

// InsertClosing writes one act of closing or reopening.
func (tx *Tx) InsertClosing(ctx context.Context, c fund.Closing) error {
	_, err := tx.exec(ctx, `INSERT INTO closing (id, root, body, until, was, reason, at, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.ID, tx.book.root, int64(c.Body), int64(c.Until), int64(c.Before), c.Reason, c.At, int64(c.By))
	if err == nil {
		tx.note("closing", c.ID, c.Body, nil, c)
	}
	return err
}

// Fund reads the fund of a body whose money the actor may see.
func (v *View) Fund(ctx context.Context, of body.ID) (fund.Fund, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return fund.Fund{}, err
	}
	return v.r.Fund(ctx, of)
}

// FundKeeper finds the fund that pays for a body: its own or that of the
// nearest body above it. Who may post deeds for the body may know which.
func (v *View) FundKeeper(ctx context.Context, of body.ID) (fund.Fund, error) {
	f, err := fund.Keeper(ctx, keeping{v.r, v.Today()}, of)
	if err != nil {
		return f, err
	}
	if v.actor.Can(access.PostDeeds, of) {
		return f, nil
	}
	if err := v.actor.May(access.ReadFund, f.Body); err != nil {
		return fund.Fund{}, err
	}
	return f, nil
}

// keeping lets a view ask which fund pays.
type keeping struct {
	reader
	today calendar.Day
}

func (k keeping) Today() calendar.Day { return k.today }
func (k keeping) Tree() *body.Tree    { return k.book.Tree() }

// FundAccounts lists the accounts of a body's fund by rank, where the actor
// may see the money or spend it on deeds.
func (v *View) FundAccounts(ctx context.Context, of body.ID) ([]fund.Account, error) {
	if !v.actor.Can(access.PostDeeds, of) {
		if err := v.actor.May(access.ReadFund, of); err != nil {
			return nil, err
		}
	}
	return v.r.FundAccounts(ctx, of)
}

// Purposes lists the restricted purposes of a body by code.
func (v *View) Purposes(ctx context.Context, of body.ID) ([]fund.Purpose, error) {
	if !v.actor.Can(access.PostDeeds, of) {
		if err := v.actor.May(access.ReadFund, of); err != nil {
			return nil, err
		}
	}
	return collect(ctx, v.r.runner, scanPurpose, `SELECT `+purposeColumns+` FROM purpose WHERE body = $1 ORDER BY code`, int64(of))
}

// Closings lists how a fund was closed and reopened, the latest first.
func (v *View) Closings(ctx context.Context, of body.ID) ([]fund.Closing, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (fund.Closing, error) {
		c := fund.Closing{Body: of}
		err := rows.Scan(&c.ID, (*int32)(&c.Until), (*int32)(&c.Before), &c.Reason, &c.At, (*int64)(&c.By))
		return c, err
	}, `SELECT id, until, was, reason, at, actor FROM closing WHERE body = $1 ORDER BY id DESC`, int64(of))
}
