// Package fund keeps an association's money in double entry: accounts, entries
// with gapless numbers, approvals, closing, and what follows from them: dues,
// loans to members, norms of spending, goods in kind, the bank's statement and
// the count of the cash box. An entry is never changed and never deleted: it
// is reversed by another that says why. Every currency balances by itself;
// amounts are whole minor units, never fractions.
package fund

import (
	"context"
	"maps"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
)

// Fund is the money a body keeps: the association's, or a branch's own.
type Fund struct {
	Body     body.ID         `json:"body"`
	Currency money.Currency  `json:"currency"` // the one its chart was opened in
	Closed   calendar.Day    `json:"closed"`   // nothing may be dated until then; Earliest while nothing is closed
	Series   map[Kind]string `json:"series,omitempty"`
	Revision int64           `json:"revision"`
}

// SeriesOf names the series in which entries of a kind are numbered.
func (f Fund) SeriesOf(k Kind) string {
	if s := f.Series[k]; s != "" {
		return s
	}
	switch k {
	case Receipt, Repayment:
		return "PT" // phiếu thu
	case Payment, Lending:
		return "PC" // phiếu chi
	case Transfer, Opening, Journal, Reversal:
	}
	return "KT" // phiếu kế toán
}

// FirstOpen is the first day on which an entry may be dated.
func (f Fund) FirstOpen() calendar.Day {
	if f.Closed == calendar.Earliest {
		return calendar.Earliest
	}
	return f.Closed + 1
}

// Tx is what entering and reversing need of a transaction.
type Tx interface {
	NewID() int64
	Today() calendar.Day
	NowMilli() int64
	Job() int64
	NextNumber(ctx context.Context, of body.ID, series string, year int) (int64, error)
	Fund(ctx context.Context, of body.ID) (Fund, error)
	SaveFund(ctx context.Context, f Fund) error
	FundAccount(ctx context.Context, id AccountID) (Account, error)
	FundAccountFor(ctx context.Context, k Key) (Account, error)
	SaveFundAccount(ctx context.Context, a Account) error
	Entry(ctx context.Context, id EntryID) (Entry, error)
	InsertEntry(ctx context.Context, e Entry) error
	MarkEntry(ctx context.Context, e Entry) error
}

// Open gives a body a fund with the chart of accounts that ships. Accounts in
// other currencies are opened as money in them comes.
func Open(ctx context.Context, tx Tx, by access.Actor, of body.ID, c money.Currency) (Fund, error) {
	if !by.Can(access.ManageBody, of) {
		if err := by.May(access.KeepFund, of); err != nil {
			return Fund{}, err
		}
	}
	if !c.Valid() {
		return Fund{}, fault.Field("currency", "money.currency.unknown", string(c))
	}
	_, err := tx.Fund(ctx, of)
	if err == nil {
		return Fund{}, fault.Refuse("fund.open.already")
	}
	if fault.KindOf(err) != fault.NotFound {
		return Fund{}, err
	}
	f := Fund{Body: of, Currency: c, Closed: calendar.Earliest, Revision: 1}
	if err := tx.SaveFund(ctx, f); err != nil {
		return Fund{}, err
	}
	chart, err := Chart()
	if err != nil {
		return Fund{}, err
	}
	for _, a := range chart {
		a.ID, a.Body, a.Currency = AccountID(tx.NewID()), of, c
		if err := tx.SaveFundAccount(ctx, a); err != nil {
			return Fund{}, err
		}
	}
	return f, nil
}

// KeeperTx is what finding the fund that pays needs of a transaction.
type KeeperTx interface {
	Today() calendar.Day
	Tree() *body.Tree
	Fund(ctx context.Context, of body.ID) (Fund, error)
}

// Keeper finds the fund that pays for a body: its own, or that of the nearest
// body above it that keeps one.
func Keeper(ctx context.Context, tx KeeperTx, of body.ID) (Fund, error) {
	for _, id := range append([]body.ID{of}, tx.Tree().Ancestors(of, tx.Today())...) {
		f, err := tx.Fund(ctx, id)
		if err == nil || fault.KindOf(err) != fault.NotFound {
			return f, err
		}
	}
	return Fund{}, fault.Missing("fund.missing")
}

// NameSeries sets the series in which entries of each kind are numbered. Kinds
// that share a series share its numbers. based is the revision the actor saw.
func NameSeries(ctx context.Context, tx Tx, by access.Actor, of body.ID, series map[Kind]string, based int64) (Fund, error) {
	if err := by.May(access.CloseFund, of); err != nil {
		return Fund{}, err
	}
	f, err := tx.Fund(ctx, of)
	if err != nil {
		return Fund{}, err
	}
	if f.Revision != based {
		return Fund{}, fault.Outdated("common.outdated")
	}
	for _, s := range series {
		if !seriesForm.MatchString(s) {
			return Fund{}, fault.Field("series", "fund.series.form")
		}
	}
	f.Series, f.Revision = maps.Clone(series), based+1
	return f, tx.SaveFund(ctx, f)
}
