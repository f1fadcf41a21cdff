package intake

import (
	"context"
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/sheet"
)

// entries writes the entries of one fund by their day: one row for each heading
// an entry has, all with the number of the entry. Of other movements than receipts
// and payments the purses are told: an opening has a row for each, what went from
// one to another names both. An import leaves them.
func (x *export) entries(ctx context.Context, b Book, of body.ID) error {
	f, err := b.FundKeeper(ctx, of)
	if err != nil {
		return err
	}
	at := &entryNames{accounts: map[fund.AccountID]fund.Account{}, purposes: map[fund.PurposeID]string{}, people: map[person.ID]*Member{}, members: map[int64]*Member{}}
	accounts, err := b.FundAccounts(ctx, f.Body)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		at.accounts[a.ID] = a
	}
	purposes, err := b.Purposes(ctx, f.Body)
	if err != nil {
		return err
	}
	for _, p := range purposes {
		at.purposes[p.ID] = p.Name(string(x.to.Lang))
	}
	people, err := b.KnownPeople(ctx)
	if err != nil {
		return err
	}
	for i := range people {
		at.people[people[i].ID] = &people[i]
		for _, one := range people[i].Memberships {
			at.members[one.ID] = &people[i]
		}
	}
	all, err := b.KnownEntries(ctx, f.Body)
	if err != nil {
		return err
	}
	x.columns = []Field{
		"ref", "slip", "day", "kind", "heading", "amount", "currency", "purse", "purpose", "branch", "who", "number", "year", "address", "text",
		"voucher", "approver", "status",
	}
	x.rows = func(yield func([]sheet.Value) bool) {
		for _, e := range all {
			for _, row := range x.entry(e, at) {
				if !yield(row) {
					return
				}
			}
		}
	}
	return nil
}

// entryNames are what entries point to, by what they are called.
type entryNames struct {
	accounts map[fund.AccountID]fund.Account
	purposes map[fund.PurposeID]string
	people   map[person.ID]*Member
	members  map[int64]*Member // by membership
}

// entry writes the rows of one entry.
func (x *export) entry(e KnownEntry, at *entryNames) [][]sheet.Value {
	var rows [][]sheet.Value
	if e.Kind != fund.Receipt && e.Kind != fund.Payment {
		for _, m := range x.moved(e, at) {
			rows = append(rows, x.entryRow(e, fund.Part{Amount: m.amount}, m.purse, at))
		}
		return rows
	}
	book := &entryBook{accounts: at.accounts}
	d := book.draftOf(e.Entry)
	for _, p := range d.Parts {
		rows = append(rows, x.entryRow(e, p, at.accounts[d.Purse].Name(string(x.to.Lang)), at))
	}
	return rows
}

// movement is an amount that came into a purse, or went from one to another.
type movement struct {
	amount money.Amount
	purse  string
}

// moved tells what an entry did to the purses.
func (x *export) moved(e KnownEntry, at *entryNames) []movement {
	var from, into []movement
	for _, p := range e.Postings {
		a := at.accounts[p.Account]
		if !a.Class.IsPurse() {
			continue
		}
		m := movement{money.Of(p.Amount, p.Currency), a.Name(string(x.to.Lang))}
		if p.Amount < 0 {
			m.amount.Minor = -m.amount.Minor
			from = append(from, m)
		} else {
			into = append(into, m)
		}
	}
	if len(from) == 1 && len(into) == 1 {
		from[0].purse += " → " + into[0].purse
		if from[0].amount.Currency == into[0].amount.Currency {
			return from
		}
		into[0].purse = from[0].purse
	}
	if all := append(from, into...); len(all) > 0 {
		return all
	}
	for _, total := range e.Total() {
		into = append(into, movement{amount: total})
	}
	return into
}

// entryRow writes one row of an entry.
func (x *export) entryRow(e KnownEntry, p fund.Part, purse string, at *entryNames) []sheet.Value {
	row := make([]sheet.Value, len(x.columns))
	row[0], row[1], row[2], row[3] = sheet.Words(strconv.FormatInt(int64(e.ID), 10)), sheet.Words(e.Label()), sheet.On(e.About()), x.coded("entry", string(e.Kind))
	row[4] = x.heading(p, e.Kind, at)
	row[5], row[6] = sheet.Sum(p.Amount), sheet.Words(string(p.Amount.Currency))
	row[7] = sheet.Words(purse)
	row[8], row[9] = sheet.Words(at.purposes[p.Purpose]), x.body(p.Branch)
	x.entryPeople(row, e, p, at)
	row[13], row[14], row[15] = sheet.Words(e.Address), sheet.Words(e.Text), sheet.Words(e.Voucher)
	if e.Reversed != 0 || e.Reverses != 0 {
		row[17] = x.coded("status", "cancelled")
	}
	return row
}

// entryPeople writes who paid or received, whose dues they are, who approved.
func (x *export) entryPeople(row []sheet.Value, e KnownEntry, p fund.Part, at *entryNames) {
	row[10] = sheet.Words(e.Name)
	if m := at.people[e.Person]; m != nil {
		row[10], row[11] = sheet.Words(m.Name), sheet.Words(m.shown().Number)
	}
	if p.Year != 0 {
		if m := at.members[p.Member]; m != nil {
			row[11] = sheet.Words(m.shown().Number)
		}
		row[12] = sheet.Count(int64(p.Year))
	}
	if m := at.people[e.Approver]; m != nil {
		row[16] = sheet.Words(m.Name)
	}
}

// heading writes what a part is for.
func (x *export) heading(p fund.Part, kind fund.Kind, at *entryNames) sheet.Value {
	class := fund.Income
	if kind == fund.Payment {
		class = fund.Expense
	}
	for _, a := range at.accounts {
		if a.Code == p.Heading && (a.Class == class || a.Class == fund.Between) {
			return sheet.Words(a.Name(string(x.to.Lang)))
		}
	}
	return sheet.Value{}
}

// sumText is an amount as the list of changes shows it.
func sumText(a money.Amount) string {
	return strconv.FormatInt(a.Minor, 10) + " " + string(a.Currency)
}
