package fund

import (
	"cmp"
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/money"
)

// Budget is what a body means to receive or spend under a heading in a year.
type Budget struct {
	Body     body.ID      `json:"body"`
	Year     int          `json:"year"`
	Class    Class        `json:"class"` // income or expense
	Code     string       `json:"code"`
	Amount   money.Amount `json:"amount"`
	Note     string       `json:"note,omitempty"`
	Revision int64        `json:"revision"`
}

// BudgetTx is what budgeting needs of a transaction.
type BudgetTx interface {
	FundAccountFor(ctx context.Context, k Key) (Account, error)
	Fund(ctx context.Context, of body.ID) (Fund, error)
	SaveBudget(ctx context.Context, b Budget) error
}

// SetBudget sets the budget of a heading for a year; nought takes it away.
func SetBudget(ctx context.Context, tx BudgetTx, by access.Actor, b Budget) error {
	if err := mayArrange(by, b.Body); err != nil {
		return err
	}
	f, err := tx.Fund(ctx, b.Body)
	switch {
	case err != nil:
		return err
	case b.Class != Income && b.Class != Expense:
		return fault.Field("class", "fund.heading.unknown", b.Code)
	case b.Amount.IsNone() || b.Amount.Minor > maxMinor:
		return fault.Field("amount", "fund.amount.missing")
	case b.Amount.IsNegative():
		return fault.Field("amount", "fund.amount.negative")
	case b.Year < 1900 || b.Year > LastYear:
		return fault.Field("year", "fund.dues.years")
	}
	_, err = tx.FundAccountFor(ctx, Key{b.Body, b.Class, b.Code, f.Currency})
	if fault.KindOf(err) == fault.NotFound {
		return fault.Field("heading", "fund.heading.unknown", b.Code)
	}
	if err != nil {
		return err
	}
	b.Revision++
	return tx.SaveBudget(ctx, b)
}

// Planned is a heading's budget beside what became of it.
type Planned struct {
	Class  Class
	Code   string
	Names  map[string]string
	Budget money.Amount
	Actual money.Amount
}

// Left is what may still be spent, or is still to come.
func (p Planned) Left() money.Amount {
	return money.Of(p.Budget.Minor-p.Actual.Minor, p.Actual.Currency)
}

// AgainstBudget sets a year's statement beside its budget, heading by heading:
// every one that was budgeted or used, receipts first, as the chart has them.
func AgainstBudget(budgets []Budget, accounts []Account, s Statement) []Planned {
	var all []Planned
	at := func(class Class, code string, c money.Currency) *Planned {
		for i := range all {
			p := &all[i]
			if p.Class == class && p.Code == code && p.Actual.Currency == c {
				return p
			}
		}
		all = append(all, Planned{Class: class, Code: code, Budget: money.Of(0, c), Actual: money.Of(0, c)})
		return &all[len(all)-1]
	}
	for _, b := range budgets {
		at(b.Class, b.Code, b.Amount.Currency).Budget.Minor += b.Amount.Minor
	}
	for _, sheet := range s.Sheets {
		for _, r := range append(slices.Clone(sheet.In), sheet.Out...) {
			if r.Class == Income || r.Class == Expense {
				at(r.Class, r.Code, sheet.Currency).Actual.Minor += r.Amount.Minor
			}
		}
	}
	rank := map[string]int{}
	for _, a := range accounts {
		rank[string(a.Class)+" "+a.Code] = a.Rank
		for i := range all {
			if all[i].Class == a.Class && all[i].Code == a.Code {
				all[i].Names = a.Names
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Planned) int {
		return cmp.Or(cmp.Compare(slices.Index(Classes(), a.Class), slices.Index(Classes(), b.Class)),
			cmp.Compare(rank[string(a.Class)+" "+a.Code], rank[string(b.Class)+" "+b.Code]))
	})
	return all
}
