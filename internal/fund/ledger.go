package fund

import (
	"fmt"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// Ledger is one account line by line.
type Ledger struct {
	Account          Account
	Period           calendar.Period
	Opening, Closing int64
	Lines            []LedgerLine
}

// LedgerLine is one posting in a ledger.
type LedgerLine struct {
	Day     calendar.Day
	Entry   EntryID
	Kind    Kind
	Series  string
	Year    int
	Number  int64
	Person  person.ID
	Name    string
	Text    string
	Purpose PurposeID
	Branch  body.ID
	Amount  int64
	Balance int64 // of the account after it
}

// Label is the number of the line's entry: "PC 17/2025".
func (l LedgerLine) Label() string { return fmt.Sprintf("%s %d/%d", l.Series, l.Number, l.Year) }

// PurposeBalance is what is left for a restricted purpose.
type PurposeBalance struct {
	Purpose  Purpose
	Received money.Amount
	Spent    money.Amount
	Left     money.Amount
}

// Restricted sums up restricted purposes from all that went through accounts.
func Restricted(purposes []Purpose, accounts []Account, turned []Turnover) []PurposeBalance {
	by := make(map[AccountID]Account, len(accounts))
	for _, a := range accounts {
		by[a.ID] = a
	}
	var all []PurposeBalance
	for _, p := range purposes {
		all = append(all, restricted(p, by, turned)...)
	}
	return all
}

// restricted sums up one purpose in each currency it knows. What was lent for
// it is neither spent nor left.
func restricted(p Purpose, by map[AccountID]Account, turned []Turnover) []PurposeBalance {
	var sums []PurposeBalance
	for _, t := range turned {
		a := by[t.Account]
		if t.Purpose != p.ID {
			continue
		}
		i := 0
		for i < len(sums) && sums[i].Left.Currency != a.Currency {
			i++
		}
		if i == len(sums) {
			none := money.Of(0, a.Currency)
			sums = append(sums, PurposeBalance{p, none, none, none})
		}
		switch {
		case a.Class.IsPurse():
			sums[i].Left.Minor += t.Net()
		case a.Class == Expense:
			sums[i].Spent.Minor += t.Net()
		case a.Class != Loans:
			sums[i].Received.Minor -= t.Net()
		}
	}
	return sums
}
