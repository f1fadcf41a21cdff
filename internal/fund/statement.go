package fund

import (
	"cmp"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/money"
)

// Turnover is what went through one account in a period, for one purpose and
// one branch. What takes an entry back lessens the side it was on.
type Turnover struct {
	Account AccountID
	Purpose PurposeID
	Branch  body.ID
	Debit   int64
	Credit  int64
}

// Net is what the period added to the account.
func (t Turnover) Net() int64 { return t.Debit - t.Credit }

// Balance is what an account holds on a day.
type Balance struct {
	Account Account
	Amount  money.Amount
}

// Row is one line of a statement: a heading, for a branch and a purpose.
type Row struct {
	Class   Class
	Code    string
	Names   map[string]string
	Branch  body.ID // 0: the body itself
	Purpose PurposeID
	Amount  money.Amount
}

// Sheet is a statement in one currency. Always
// Opening + Brought + Receipts - Payments + Moved = Closing.
type Sheet struct {
	Currency money.Currency
	Opening  int64
	Brought  int64 // opening balances entered within the period
	Receipts int64
	Payments int64
	Moved    int64 // exchanged for another currency, or passed between funds
	Closing  int64
	In       []Row
	Out      []Row
	Other    []Row // what Moved consists of
	Purses   []Held
}

// Held is one purse within a statement.
type Held struct {
	Account          Account
	Opening, Closing int64
}

// Statement is what was received and paid in a period.
type Statement struct {
	Period calendar.Period
	Sheets []Sheet
}

// Compose makes the statement of a body from the accounts concerned, its own
// and perhaps those of its branches, what they held before the period and what
// went through them during it.
func Compose(home body.ID, period calendar.Period, accounts []Account, before, during []Turnover) Statement {
	s := Statement{Period: period}
	at := map[money.Currency]int{}
	by := make(map[AccountID]Account, len(accounts))
	ordered := slices.Clone(accounts)
	slices.SortStableFunc(ordered, func(a, b Account) int { return cmp.Compare(a.Rank, b.Rank) })
	for _, a := range ordered {
		by[a.ID] = a
		if _, ok := at[a.Currency]; !ok {
			at[a.Currency] = len(s.Sheets)
			s.Sheets = append(s.Sheets, Sheet{Currency: a.Currency})
		}
		if a.Class.IsPurse() {
			sheet := &s.Sheets[at[a.Currency]]
			sheet.Purses = append(sheet.Purses, Held{Account: a})
		}
	}
	for _, t := range before {
		a := by[t.Account]
		if a.Class.IsPurse() {
			s.Sheets[at[a.Currency]].hold(a.ID, t.Net(), t.Net())
		}
	}
	for _, t := range during {
		a := by[t.Account]
		if t.Branch == 0 && a.Body != home {
			t.Branch = a.Body
		}
		if a.Class == Between {
			t.Branch = 0 // what one fund passed to another cancels out
		}
		s.Sheets[at[a.Currency]].add(a, t)
	}
	for i := range s.Sheets {
		s.Sheets[i].order(by)
	}
	s.Sheets = slices.DeleteFunc(s.Sheets, func(sheet Sheet) bool { return sheet.empty() })
	return s
}

// hold adds to what a purse held at the beginning and at the end.
func (s *Sheet) hold(id AccountID, opening, closing int64) {
	s.Opening += opening
	s.Closing += closing
	for i := range s.Purses {
		if s.Purses[i].Account.ID == id {
			s.Purses[i].Opening += opening
			s.Purses[i].Closing += closing
		}
	}
}

// add puts a turnover where a statement shows it.
func (s *Sheet) add(a Account, t Turnover) {
	row := Row{Class: a.Class, Code: a.Code, Names: a.Names, Branch: t.Branch, Purpose: t.Purpose, Amount: money.Of(-t.Net(), a.Currency)}
	switch a.Class {
	case Cash, Bank:
		s.hold(a.ID, 0, t.Net())
	case Income:
		s.Receipts -= t.Net()
		s.In = gather(s.In, row)
	case Expense:
		s.Payments += t.Net()
		row.Amount.Minor = t.Net()
		s.Out = gather(s.Out, row)
	case Loans: // what was lent is paid, what came back is received
		s.Payments += t.Debit
		s.Receipts += t.Credit
		row.Amount.Minor = t.Debit
		s.Out = gather(s.Out, row)
		row.Amount.Minor, row.Names = t.Credit, repaid()
		s.In = gather(s.In, row)
	case Brought:
		s.Brought -= t.Net()
	case Exchange, Between:
		s.Moved -= t.Net()
		s.Other = gather(s.Other, row)
	}
}

// gather adds a row to the one alike.
func gather(rows []Row, r Row) []Row {
	for i := range rows {
		o := &rows[i]
		if o.Class == r.Class && o.Code == r.Code && o.Branch == r.Branch && o.Purpose == r.Purpose {
			o.Amount.Minor += r.Amount.Minor
			return rows
		}
	}
	return append(rows, r)
}

// order sorts rows as the chart has them and drops those without money.
func (s *Sheet) order(by map[AccountID]Account) {
	rank := map[string]int{}
	for _, a := range by {
		key := string(a.Class) + " " + a.Code
		if was, ok := rank[key]; !ok || a.Rank < was {
			rank[key] = a.Rank
		}
	}
	for _, rows := range []*[]Row{&s.In, &s.Out, &s.Other} {
		*rows = slices.DeleteFunc(*rows, func(r Row) bool { return r.Amount.IsZero() })
		slices.SortStableFunc(*rows, func(a, b Row) int {
			return cmp.Or(cmp.Compare(rank[string(a.Class)+" "+a.Code], rank[string(b.Class)+" "+b.Code]), cmp.Compare(a.Branch, b.Branch), cmp.Compare(a.Purpose, b.Purpose))
		})
	}
}

// empty tells that nothing ever moved in this currency.
func (s *Sheet) empty() bool {
	for _, p := range s.Purses {
		if p.Opening != 0 || p.Closing != 0 {
			return false
		}
	}
	return s.Opening == 0 && s.Closing == 0 && s.Brought == 0 && len(s.In)+len(s.Out)+len(s.Other) == 0
}

// ByHeading sums rows over branches and purposes, in the same order.
func ByHeading(rows []Row) []Row {
	var sums []Row
	for _, r := range rows {
		r.Branch, r.Purpose = 0, 0
		sums = gather(sums, r)
	}
	return sums
}

// ByBranch sums rows over headings and purposes, by branch.
func ByBranch(rows []Row) []Row {
	var sums []Row
	for _, r := range rows {
		r.Class, r.Code, r.Names, r.Purpose = "", "", nil, 0
		sums = gather(sums, r)
	}
	slices.SortStableFunc(sums, func(a, b Row) int { return cmp.Compare(a.Branch, b.Branch) })
	return sums
}

// Sides says how an amount posted turns an account over: on the debit side
// when it goes in, on the credit side when it goes out; one that takes another
// back lessens the side the other was on.
func Sides(amount int64, back bool) (debit, credit int64) {
	if (amount > 0) != back {
		return amount, 0
	}
	return 0, -amount
}
