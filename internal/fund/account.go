package fund

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"sync"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/money"
)

// AccountID identifies an account of a fund.
type AccountID int64

// Class says what an account holds.
type Class string

// The classes. Cash and bank are purses: what is in them is what there is.
const (
	Cash     Class = "cash"
	Bank     Class = "bank"
	Loans    Class = "loans"    // lent to members
	Income   Class = "income"   // headings of receipts
	Expense  Class = "expense"  // headings of payments
	Brought  Class = "brought"  // what there was before the book
	Exchange Class = "exchange" // between two currencies
	Between  Class = "between"  // between the association and its branches
)

// Classes lists the classes in the order in which statements show them.
func Classes() []Class {
	return []Class{Cash, Bank, Loans, Income, Expense, Brought, Exchange, Between}
}

// IsPurse tells whether the account holds money itself.
func (c Class) IsPurse() bool { return c == Cash || c == Bank }

// Account is one account of a fund, in one currency. What its code means is
// alike in every fund of the book, so that headings add up across branches.
type Account struct {
	ID       AccountID         `json:"id"`
	Body     body.ID           `json:"body"`
	Class    Class             `json:"class"`
	Code     string            `json:"code"`
	Currency money.Currency    `json:"currency"`
	Names    map[string]string `json:"names"`
	Bank     string            `json:"bank,omitempty"`
	Number   string            `json:"number,omitempty"` // at the bank
	Holder   string            `json:"holder,omitempty"`
	Rank     int               `json:"rank"`
	Retired  bool              `json:"retired,omitempty"` // no longer offered
	Revision int64             `json:"revision"`
}

// Name gives the account's name in a language, or in Vietnamese.
func (a Account) Name(lang string) string {
	if n := a.Names[lang]; n != "" {
		return n
	}
	return a.Names["vi"]
}

// Key names an account without its id; no two accounts share one.
type Key struct {
	Body     body.ID
	Class    Class
	Code     string
	Currency money.Currency
}

// The codes of accounts that the program itself asks for.
const (
	CashCode     = "cash"
	BankCode     = "bank"
	LoanCode     = "loan"
	DuesCode     = "dues"
	DonationCode = "donation"
	EntryCode    = "entry"
	InterestCode = "loan-interest"
	HomeGiftCode = "home-gift"
	SponsorCode  = "sponsor"
	OtherCode    = "other"
	BroughtCode  = "brought"
	ExchangeCode = "exchange"
	BetweenCode  = "between"
)

//go:embed chart.json
var shipped []byte

// Chart gives the accounts with which every fund begins.
func Chart() ([]Account, error) {
	var chart []Account
	if err := json.Unmarshal(shipped, &chart); err != nil {
		return nil, fmt.Errorf("read chart.json: %w", err)
	}
	for i := range chart {
		chart[i].Rank, chart[i].Revision = i+1, 1
	}
	return chart, nil
}

// repaid is what the heading of loans is called among receipts, where it is money
// that came back.
var repaid = sync.OnceValue(func() map[string]string {
	var chart []struct {
		Code   string
		Repaid map[string]string
	}
	if json.Unmarshal(shipped, &chart) == nil {
		for _, a := range chart {
			if a.Code == LoanCode {
				return a.Repaid
			}
		}
	}
	return nil
})

var (
	codeForm   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seriesForm = regexp.MustCompile(`^[\p{L}0-9][\p{L}0-9./-]{0,11}$`)
)

// Check tells what does not make sense in an account by itself.
func (a Account) Check() error {
	var found []error
	if !codeForm.MatchString(a.Code) || len(a.Code) > 60 {
		found = append(found, fault.Field("code", "fund.account.code"))
	}
	if a.Name("vi") == "" {
		found = append(found, fault.Field("name", "fund.account.name"))
	}
	if !a.Currency.Valid() {
		found = append(found, fault.Field("currency", "money.currency.unknown", string(a.Currency)))
	}
	return fault.Gather(found...)
}

// AddAccount opens one more account: another bank, another heading.
func AddAccount(ctx context.Context, tx Tx, by access.Actor, a Account) (Account, error) {
	if err := mayArrange(by, a.Body); err != nil {
		return Account{}, err
	}
	if err := a.Check(); err != nil {
		return Account{}, err
	}
	if _, err := tx.Fund(ctx, a.Body); err != nil {
		return Account{}, err
	}
	_, err := tx.FundAccountFor(ctx, Key{a.Body, a.Class, a.Code, a.Currency})
	if err == nil {
		return Account{}, fault.Field("code", "fund.account.taken", a.Code)
	}
	if fault.KindOf(err) != fault.NotFound {
		return Account{}, err
	}
	a.ID, a.Revision = AccountID(tx.NewID()), 1
	return a, tx.SaveFundAccount(ctx, a)
}

// Describe changes what an account is called and what the bank calls it; what
// it holds, its code and its currency stay. based is the revision the actor saw.
func Describe(ctx context.Context, tx Tx, by access.Actor, a Account, based int64) (Account, error) {
	before, err := tx.FundAccount(ctx, a.ID)
	if err != nil {
		return Account{}, err
	}
	if err := mayArrange(by, before.Body); err != nil {
		return Account{}, err
	}
	if before.Revision != based {
		return Account{}, fault.Outdated("common.outdated")
	}
	a.Body, a.Class, a.Code, a.Currency, a.Revision = before.Body, before.Class, before.Code, before.Currency, based+1
	if err := a.Check(); err != nil {
		return Account{}, err
	}
	return a, tx.SaveFundAccount(ctx, a)
}

// mayArrange tells whether the actor may change the chart of a fund.
func mayArrange(by access.Actor, of body.ID) error {
	if by.Can(access.ManageBody, of) {
		return nil
	}
	return by.May(access.KeepFund, of)
}

// account finds an account, opening it where the fund has it in another
// currency or the shipped chart knows it.
func account(ctx context.Context, tx Tx, f Fund, k Key) (Account, error) {
	a, err := tx.FundAccountFor(ctx, k)
	if err == nil || fault.KindOf(err) != fault.NotFound {
		return a, err
	}
	model, err := tx.FundAccountFor(ctx, Key{k.Body, k.Class, k.Code, f.Currency})
	if fault.KindOf(err) == fault.NotFound {
		model, err = fromChart(k)
	}
	if err != nil {
		return Account{}, err
	}
	a = Account{
		ID: AccountID(tx.NewID()), Body: k.Body, Class: k.Class, Code: k.Code, Currency: k.Currency,
		Names: model.Names, Rank: model.Rank, Revision: 1,
	}
	return a, tx.SaveFundAccount(ctx, a)
}

// fromChart finds an account in the shipped chart.
func fromChart(k Key) (Account, error) {
	chart, err := Chart()
	if err != nil {
		return Account{}, err
	}
	for _, a := range chart {
		if a.Class == k.Class && a.Code == k.Code {
			return a, nil
		}
	}
	return Account{}, fault.Field("heading", "fund.heading.unknown", k.Code)
}
