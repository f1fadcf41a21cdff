package fund

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/text"
)

// BankRow is one line of a bank's statement as read from a sheet.
type BankRow struct {
	Day        calendar.Day `json:"day"`
	Amount     int64        `json:"amount"` // minor units, below nought when it went out
	Text       string       `json:"text,omitempty"`
	Ref        string       `json:"ref,omitempty"`     // the bank's own number
	Balance    int64        `json:"balance,omitempty"` // after the line, where the bank states it
	HasBalance bool         `json:"hasBalance,omitempty"`
}

// BankLine is a line of a bank's statement in the book.
type BankLine struct {
	ID      int64     `json:"id"`
	Account AccountID `json:"account"`
	BankRow
	Same     int     `json:"same,omitempty"`  // counts lines of a day that read alike
	Entry    EntryID `json:"entry,omitempty"` // the entry it was reconciled with
	Job      int64   `json:"job,omitempty"`
	Revision int64   `json:"revision"`
}

// BankTx is what bank statements need of a transaction.
type BankTx interface {
	NewID() int64
	Job() int64
	FundAccount(ctx context.Context, id AccountID) (Account, error)
	Entry(ctx context.Context, id EntryID) (Entry, error)
	BankLine(ctx context.Context, id int64) (BankLine, error)
	InsertBankLine(ctx context.Context, l BankLine) (fresh bool, err error)
	MarkBankLine(ctx context.Context, l BankLine) error
	BankLineOf(ctx context.Context, account AccountID, id EntryID) (line int64, err error)
}

// TakeStatement enters the lines of a bank's statement. Lines that are already
// there, from an earlier file or an overlapping one, are not entered twice.
func TakeStatement(ctx context.Context, tx BankTx, by access.Actor, id AccountID, rows []BankRow) (fresh, known int, err error) {
	a, err := tx.FundAccount(ctx, id)
	if err != nil {
		return 0, 0, err
	}
	if err := by.May(access.KeepFund, a.Body); err != nil {
		return 0, 0, err
	}
	if a.Class != Bank {
		return 0, 0, fault.Field("account", "fund.bank.account")
	}
	if len(rows) > 0 && rows[0].Day > rows[len(rows)-1].Day { // many banks put the latest first
		rows = slices.Clone(rows)
		slices.Reverse(rows)
	}
	seen := map[BankRow]int{}
	for _, r := range rows {
		r.Text, r.Ref = plain(r.Text), plain(r.Ref)
		alike := r
		alike.Balance, alike.HasBalance = 0, false
		seen[alike]++
		isNew, err := tx.InsertBankLine(ctx, BankLine{ID: tx.NewID(), Account: id, BankRow: r, Same: seen[alike], Job: tx.Job(), Revision: 1})
		if err != nil {
			return 0, 0, err
		}
		if isNew {
			fresh++
		} else {
			known++
		}
	}
	return fresh, known, nil
}

// Candidate is an entry that moved money of a bank account and no line of the
// statement has been found for yet.
type Candidate struct {
	Entry  EntryID
	Day    calendar.Day
	Amount int64
	Label  string
	Who    string
	Text   string
}

// Match proposes that a line and an entry are the same money.
type Match struct {
	Line  BankLine
	Entry Candidate
	Sure  bool // no other line and no other entry would do
}

// DaysApart is how far a bank's day may be from the book's.
const DaysApart = 3

// Propose finds for each line the entry of the same amount, at most three days
// apart, that reads most like it.
func Propose(lines []BankLine, entries []Candidate) []Match {
	type pair struct {
		line, entry, score int
	}
	var pairs []pair
	ofLine, ofEntry := make([]int, len(lines)), make([]int, len(entries))
	for i, l := range lines {
		for k, e := range entries {
			apart := max(l.Day-e.Day, e.Day-l.Day)
			if l.Entry != 0 || l.Amount != e.Amount || apart > DaysApart {
				continue
			}
			pairs = append(pairs, pair{i, k, 10*alike(l.Text+" "+l.Ref, e.Who+" "+e.Text+" "+e.Label) - int(apart)})
			ofLine[i]++
			ofEntry[k]++
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	lineDone, entryDone := make([]bool, len(lines)), make([]bool, len(entries))
	var found []Match
	for _, p := range pairs {
		if lineDone[p.line] || entryDone[p.entry] {
			continue
		}
		lineDone[p.line], entryDone[p.entry] = true, true
		found = append(found, Match{lines[p.line], entries[p.entry], ofLine[p.line] == 1 && ofEntry[p.entry] == 1})
	}
	slices.SortStableFunc(found, func(a, b Match) int { return cmp.Compare(a.Line.Day, b.Line.Day) })
	return found
}

// alike counts the words that two texts share, however they are accented.
func alike(a, b string) int {
	words := map[string]bool{}
	for w := range strings.FieldsSeq(text.Fold(a)) {
		words[w] = true
	}
	n := 0
	for w := range strings.FieldsSeq(text.Fold(b)) {
		if words[w] {
			n++
			delete(words, w)
		}
	}
	return n
}

// Reconcile says that a line of the statement and an entry are the same money.
func Reconcile(ctx context.Context, tx BankTx, by access.Actor, line int64, id EntryID) error {
	l, a, err := bankLine(ctx, tx, by, line)
	if err != nil {
		return err
	}
	e, err := tx.Entry(ctx, id)
	if err != nil {
		return err
	}
	moved := int64(0)
	for _, p := range e.Postings {
		if p.Account == a.ID {
			moved += p.Amount
		}
	}
	other, err := tx.BankLineOf(ctx, a.ID, id)
	switch {
	case err != nil:
		return err
	case l.Entry != 0 || other != 0:
		return fault.Refuse("fund.bank.done")
	case moved != l.Amount:
		return fault.Refuse("fund.bank.differs", money.Of(l.Amount, a.Currency), money.Of(moved, a.Currency))
	}
	l.Entry, l.Revision = id, l.Revision+1
	return tx.MarkBankLine(ctx, l)
}

// Release takes back that a line and an entry are the same money.
func Release(ctx context.Context, tx BankTx, by access.Actor, line int64) error {
	l, _, err := bankLine(ctx, tx, by, line)
	if err != nil {
		return err
	}
	if l.Entry == 0 {
		return fault.Refuse("fund.bank.free")
	}
	l.Entry, l.Revision = 0, l.Revision+1
	return tx.MarkBankLine(ctx, l)
}

// bankLine reads a line that the actor may reconcile.
func bankLine(ctx context.Context, tx BankTx, by access.Actor, id int64) (BankLine, Account, error) {
	l, err := tx.BankLine(ctx, id)
	if err != nil {
		return BankLine{}, Account{}, err
	}
	a, err := tx.FundAccount(ctx, l.Account)
	if err != nil {
		return BankLine{}, Account{}, err
	}
	return l, a, by.May(access.KeepFund, a.Body)
}

// DraftOf makes the draft of an entry from a line that has none: money in
// under other receipts, money out under other payments, to be looked at.
func DraftOf(l BankLine, a Account) Draft {
	d := Draft{Body: a.Body, Kind: Receipt, Day: calendar.OnDay(l.Day), Purse: a.ID}
	d.Text, d.Voucher = l.Text, l.Ref
	amount := l.Amount
	if amount < 0 {
		d.Kind, amount = Payment, -amount
	}
	d.Parts = []Part{{Heading: OtherCode, Amount: money.Of(amount, a.Currency)}}
	return d
}

// Differences is what stands between a bank's statement and the book.
type Differences struct {
	Account Account
	Until   calendar.Day
	Lines   []BankLine  // at the bank and not in the book
	Entries []Candidate // in the book and not at the bank
	Matches []Match     // proposals among them
	Booked  int64       // what the book says is there
	Stated  int64       // what the bank says is there
	Known   bool        // the bank said it
}

// Explained tells whether what is missing on either side accounts for the
// whole difference between the two balances.
func (d Differences) Explained() bool {
	booked := d.Booked
	for _, l := range d.Lines {
		booked += l.Amount
	}
	for _, e := range d.Entries {
		booked -= e.Amount
	}
	return d.Known && booked == d.Stated
}
