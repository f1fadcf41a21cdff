package fund

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
)

// Start is what there was on the day on which the book takes over from what
// was kept before: money, loans still out, dues still owed.
type Start struct {
	Body  body.ID
	Day   calendar.Date
	Held  []Holding
	Loans []Loan // with what is still to be paid back as their amount
	Owed  []Charge
	Slip
}

// Holding is what one purse held on the day of change-over.
type Holding struct {
	Purse   AccountID // 0: the cash box of the currency
	Amount  money.Amount
	Purpose PurposeID
}

// OpeningTx is what bringing forward needs of a transaction.
type OpeningTx interface {
	Tx
	LoanTx
	DuesTx
	ClosingTx
}

// BringForward records what there was on the day of change-over as one entry,
// with the loans and arrears it stands for, and closes the days before: what
// happened then is already in it. The entry has number 0 where only arrears
// were brought.
func BringForward(ctx context.Context, tx OpeningTx, by access.Actor, s Start) (Entry, error) {
	if err := by.May(access.KeepFund, s.Body); err != nil {
		return Entry{}, err
	}
	f, err := tx.Fund(ctx, s.Body)
	if err != nil {
		return Entry{}, err
	}
	day, exact := s.Day.Day()
	if !exact {
		return Entry{}, fault.Field("day", "fund.opening.day")
	}
	for _, c := range s.Owed {
		if err := SetCharge(ctx, tx, by, c); err != nil {
			return Entry{}, err
		}
	}
	d := Draft{Body: s.Body, Kind: Opening, Day: s.Day, Slip: s.Slip}
	for _, h := range s.Held {
		if d.Postings, err = brought(ctx, tx, f, d.Postings, h); err != nil {
			return Entry{}, err
		}
	}
	for _, l := range s.Loans {
		if d.Postings, err = lent(ctx, tx, f, d.Postings, l, day); err != nil {
			return Entry{}, err
		}
	}
	if len(d.Postings) == 0 && len(s.Owed) > 0 {
		return Entry{}, nil
	}
	e, err := Enter(ctx, tx, by, d)
	if err != nil || f.Closed >= day-1 {
		return e, err
	}
	_, err = move(ctx, tx, by, f, day-1, "")
	return e, err
}

// brought adds the two sides of a holding.
func brought(ctx context.Context, tx Tx, f Fund, all []Posting, h Holding) ([]Posting, error) {
	c := h.Amount.Currency
	if err := (Part{Amount: h.Amount}).check(c); err != nil {
		return nil, err
	}
	held, err := purse(ctx, tx, f, h.Purse, c)
	if err != nil {
		return nil, err
	}
	source, err := account(ctx, tx, f, Key{f.Body, Brought, BroughtCode, c})
	if err != nil {
		return nil, err
	}
	return append(all,
		Posting{Account: held.ID, Amount: h.Amount.Minor, Currency: c, Purpose: h.Purpose},
		Posting{Account: source.ID, Amount: -h.Amount.Minor, Currency: c, Purpose: h.Purpose}), nil
}

// lent enters a loan that was out on the day of change-over.
func lent(ctx context.Context, tx OpeningTx, f Fund, all []Posting, l Loan, day calendar.Day) ([]Posting, error) {
	l.Body = f.Body
	if l.Since == 0 {
		l.Since = day
	}
	l, err := newLoan(ctx, tx, l)
	if err != nil {
		return nil, err
	}
	c := l.Amount.Currency
	out, err := account(ctx, tx, f, Key{f.Body, Loans, LoanCode, c})
	if err != nil {
		return nil, err
	}
	source, err := account(ctx, tx, f, Key{f.Body, Brought, BroughtCode, c})
	if err != nil {
		return nil, err
	}
	return append(all,
		Posting{Account: out.ID, Amount: l.Amount.Minor, Currency: c, Loan: l.ID},
		Posting{Account: source.ID, Amount: -l.Amount.Minor, Currency: c, Loan: l.ID}), nil
}
