package fund

import (
	"context"
	"math/big"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// LoanID identifies a loan to a member.
type LoanID int64

// Loan is money lent to a member at simple interest.
type Loan struct {
	ID       LoanID       `json:"id"`
	Body     body.ID      `json:"body"`
	Person   person.ID    `json:"person,omitempty"`
	Name     string       `json:"name,omitempty"` // of someone outside the book
	Amount   money.Amount `json:"amount"`
	Rate     string       `json:"rate,omitempty"` // per cent a year, exact decimal; empty: none
	Since    calendar.Day `json:"since"`
	Due      calendar.Day `json:"due"` // last day for paying back; Latest: none agreed
	Note     string       `json:"note,omitempty"`
	Revision int64        `json:"revision"`
}

// Check tells what does not make sense in a loan by itself.
func (l Loan) Check() error {
	var found []error
	if l.Person == 0 && strings.TrimSpace(l.Name) == "" {
		found = append(found, fault.Field("person", "fund.loan.nobody"))
	}
	found = append(found, Part{Amount: l.Amount}.check(l.Amount.Currency))
	if l.Rate != "" {
		if _, err := money.ParseRate(l.Rate); err != nil {
			found = append(found, fault.Field("rate", "fund.loan.rate"))
		}
	}
	if l.Due < l.Since {
		found = append(found, fault.Field("due", "fund.loan.due"))
	}
	return fault.Gather(found...)
}

// LoanTx is what lending needs of a transaction.
type LoanTx interface {
	NewID() int64
	Loan(ctx context.Context, id LoanID) (Loan, error)
	SaveLoan(ctx context.Context, l Loan) error
	LoanMoves(ctx context.Context, id LoanID) ([]LoanMove, error)
}

// LendingTx is what paying out and taking back loans needs.
type LendingTx interface {
	Tx
	LoanTx
}

// newLoan writes a loan.
func newLoan(ctx context.Context, tx LoanTx, l Loan) (Loan, error) {
	if l.Due == 0 {
		l.Due = calendar.Latest
	}
	if err := l.Check(); err != nil {
		return Loan{}, err
	}
	l.ID, l.Revision = LoanID(tx.NewID()), 1
	return l, tx.SaveLoan(ctx, l)
}

// Payout says how the money of a loan or a repayment moved.
type Payout struct {
	Day   calendar.Date
	Purse AccountID
	Slip
}

// Lend pays out a loan to a member.
func Lend(ctx context.Context, tx LendingTx, by access.Actor, l Loan, how Payout) (Loan, Entry, error) {
	if err := by.May(access.KeepFund, l.Body); err != nil {
		return Loan{}, Entry{}, err
	}
	if l.Since == 0 {
		l.Since = how.Day.LastOr(tx.Today())
	}
	l, err := newLoan(ctx, tx, l)
	if err != nil {
		return Loan{}, Entry{}, err
	}
	how.Person, how.Name = l.Person, l.Name
	e, err := Enter(ctx, tx, by, Draft{
		Body: l.Body, Kind: Lending, Day: how.Day, Purse: how.Purse, Slip: how.Slip,
		Parts: []Part{{Heading: LoanCode, Amount: l.Amount, Loan: l.ID}},
	})
	return l, e, err
}

// Instalment is what comes back of a loan at once, in minor units of its
// currency; either part may be nothing.
type Instalment struct {
	Principal int64
	Interest  int64
	Payout
}

// Repay takes back an instalment of a loan. More principal than is out is
// refused.
func Repay(ctx context.Context, tx LendingTx, by access.Actor, id LoanID, how Instalment) (Entry, error) {
	principal, interest := how.Principal, how.Interest
	l, err := tx.Loan(ctx, id)
	if err != nil {
		return Entry{}, err
	}
	if err := by.May(access.KeepFund, l.Body); err != nil {
		return Entry{}, err
	}
	moves, err := tx.LoanMoves(ctx, id)
	if err != nil {
		return Entry{}, err
	}
	if out := StateOf(l, moves, tx.Today()).Outstanding; principal > out {
		return Entry{}, fault.Field("principal", "fund.loan.over", money.Of(out, l.Amount.Currency))
	}
	d := Draft{Body: l.Body, Kind: Repayment, Day: how.Day, Purse: how.Purse, Slip: how.Slip}
	d.Person, d.Name = l.Person, l.Name
	if principal != 0 {
		d.Parts = append(d.Parts, Part{Heading: LoanCode, Amount: money.Of(principal, l.Amount.Currency), Loan: id})
	}
	if interest != 0 {
		d.Parts = append(d.Parts, Part{Heading: InterestCode, Amount: money.Of(interest, l.Amount.Currency), Loan: id})
	}
	return Enter(ctx, tx, by, d)
}

// LoanMove is one movement of a loan, the earliest first.
type LoanMove struct {
	Day       calendar.Day
	Entry     EntryID
	Principal int64 // lent; below nought when it came back
	Interest  int64 // received
}

// LoanState is how a loan stands on a day.
type LoanState struct {
	Loan        Loan
	Outstanding int64
	Interest    int64 // accrued until the day and not yet received
	Received    int64 // interest received so far
	LastPaid    calendar.Day
	Overdue     bool // its last day has passed and something is still out
}

// daysOfYear is the year on which interest is reckoned, as local banks do.
const daysOfYear = 365

// StateOf tells how a loan stands on a day. Interest is simple, by the day, on
// what was out; a part of a minor unit is rounded down, in the member's favour.
func StateOf(l Loan, moves []LoanMove, on calendar.Day) LoanState {
	s := LoanState{Loan: l}
	unitDays, last := new(big.Int), l.Since
	until := func(day calendar.Day) {
		if day > last {
			unitDays.Add(unitDays, new(big.Int).Mul(big.NewInt(s.Outstanding), big.NewInt(int64(day-last))))
			last = day
		}
	}
	for _, m := range moves {
		if m.Day > on {
			break
		}
		until(m.Day)
		s.Outstanding += m.Principal
		s.Received += m.Interest
		if m.Principal < 0 || m.Interest > 0 {
			s.LastPaid = m.Day
		}
	}
	until(on)
	s.Interest = accrued(l.Rate, unitDays) - s.Received
	s.Overdue = s.Outstanding > 0 && l.Due < on
	return s
}

// accrued is the interest on so many unit-days at a rate per cent a year.
func accrued(rate string, unitDays *big.Int) int64 {
	percent, ok := new(big.Rat).SetString(rate)
	if !ok {
		return 0
	}
	exact := new(big.Rat).Mul(percent, new(big.Rat).SetInt(unitDays))
	exact.Quo(exact, big.NewRat(100*daysOfYear, 1))
	return new(big.Int).Quo(exact.Num(), exact.Denom()).Int64()
}
