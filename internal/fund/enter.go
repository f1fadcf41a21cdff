package fund

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// Enter records an entry and draws its number. Who keeps the fund may enter
// anything; who posts deeds may enter what a deed cost or brought, which stays
// unapproved until someone else approves it.
func Enter(ctx context.Context, tx Tx, by access.Actor, d Draft) (Entry, error) {
	if err := mayEnter(by, d); err != nil {
		return Entry{}, err
	}
	if err := d.Check(); err != nil {
		return Entry{}, err
	}
	f, err := tx.Fund(ctx, d.Body)
	if err != nil {
		return Entry{}, err
	}
	e, err := prepare(ctx, tx, f, d)
	if err != nil {
		return Entry{}, err
	}
	return record(ctx, tx, by, f, e)
}

// mayEnter asks for the rights that a draft needs.
func mayEnter(by access.Actor, d Draft) error {
	if !by.Can(access.KeepFund, d.Body) {
		ofDeed := d.Deed != 0 && (d.Kind == Payment || d.Kind == Receipt)
		if !ofDeed || !by.Can(access.PostDeeds, d.Body) {
			return by.May(access.KeepFund, d.Body)
		}
	}
	if err := asking(d.Slip); err != nil || d.Approver == 0 {
		return err
	}
	if err := by.May(access.Approve, d.Body); err != nil {
		return err
	}
	if !by.Operator && d.Approver != person.ID(by.Person) {
		return fault.Field("approver", "fund.approver.other")
	}
	return twoHands(d.Approver, d.Payer)
}

// asking refuses that one person is asked for two of the hands that an entry
// passes through.
func asking(s Slip) error {
	switch {
	case s.Asked != 0 && s.Asked == s.Payer:
		return fault.Field("asked", "fund.approver.payer")
	case s.AskedToo != 0 && (s.AskedToo == s.Payer || s.AskedToo == s.Asked || s.AskedToo == s.Approver):
		return fault.Field("asked-too", "fund.second.same")
	}
	return nil
}

// twoHands refuses that one person both approves and hands out.
func twoHands(approver, payer person.ID) error {
	if approver != 0 && approver == payer {
		return fault.Field("approver", "fund.approver.payer")
	}
	return nil
}

// prepare turns a draft into an entry without number: the day put where it may
// stand, accounts found, postings balanced.
func prepare(ctx context.Context, tx Tx, f Fund, d Draft) (Entry, error) {
	e := Entry{Body: d.Body, Kind: d.Kind, Slip: d.Slip, Rate: d.Rate}
	var err error
	if e.Day, e.Refers, err = place(f, d.Day, d.Refers, tx.Today()); err != nil {
		return Entry{}, err
	}
	e.Postings, err = lines(ctx, tx, f, d)
	return e, err
}

// lines gives the postings of a draft, numbered and balanced.
func lines(ctx context.Context, tx Tx, f Fund, d Draft) ([]Posting, error) {
	all := slices.Clone(d.Postings)
	if len(d.Parts) > 0 {
		var err error
		if all, err = twoSides(ctx, tx, f, d); err != nil {
			return nil, err
		}
	} else if err := own(ctx, tx, d.Body, all); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].N = i + 1
		if all[i].Branch == d.Body {
			all[i].Branch = 0
		}
	}
	return all, balanced(all)
}

// earliest is 1 January 1900: an entry before it is a slip of the pen.
const earliest calendar.Day = -25567

// place finds the day of an entry. A stated day must be open and not in the
// future. Otherwise the matter's own date decides: its last day when the book
// is open then, or else the first open day, and the entry keeps what it refers
// to.
func place(f Fund, stated, refers calendar.Date, today calendar.Day) (calendar.Day, calendar.Date, error) {
	if day, exact := stated.Day(); exact {
		switch {
		case day > today:
			return 0, refers, fault.Field("day", "fund.day.future")
		case day < earliest:
			return 0, refers, fault.Field("day", "fund.day.early")
		case day < f.FirstOpen():
			return 0, refers, fault.Field("day", "fund.day.closed", f.Closed)
		}
		return day, refers, nil
	}
	if !stated.IsUnknown() {
		refers = stated
	}
	day := min(refers.LastOr(today), today)
	if refers.IsUnknown() {
		day = today
	}
	day = max(day, f.FirstOpen(), earliest)
	if day > today {
		return 0, refers, fault.Field("day", "fund.day.closed", f.Closed)
	}
	if exact, ok := refers.Day(); ok && exact == day {
		refers = calendar.Date{}
	}
	return day, refers, nil
}

// twoSides makes the postings of a receipt, payment or loan from its parts.
func twoSides(ctx context.Context, tx Tx, f Fund, d Draft) ([]Posting, error) {
	c := d.Parts[0].Amount.Currency
	purse, err := purse(ctx, tx, f, d.Purse, c)
	if err != nil {
		return nil, err
	}
	sign := int64(1) // into the purse
	if d.Kind == Payment || d.Kind == Lending {
		sign = -1
	}
	all := make([]Posting, 0, 2*len(d.Parts))
	for _, p := range d.Parts {
		a, err := heading(ctx, tx, f, d.Kind, p)
		if err != nil {
			return nil, err
		}
		line := Posting{Account: purse.ID, Amount: sign * p.Amount.Minor, Currency: c, Purpose: p.Purpose, Branch: p.Branch}
		all = join(all, line)
		line.Account, line.Amount = a.ID, -line.Amount
		line.Member, line.Year, line.Loan, line.Note = p.Member, p.Year, p.Loan, p.Note
		all = append(all, line)
	}
	return all, nil
}

// join adds a posting to one alike, so that a payment of many parts takes the
// money out of the purse once.
func join(all []Posting, line Posting) []Posting {
	for i := range all {
		p := &all[i]
		if p.Account == line.Account && p.Purpose == line.Purpose && p.Branch == line.Branch && p.Member == 0 {
			p.Amount += line.Amount
			return all
		}
	}
	return append(all, line)
}

// purse finds the cash or bank account that pays or is paid.
func purse(ctx context.Context, tx Tx, f Fund, id AccountID, c money.Currency) (Account, error) {
	if id == 0 {
		return account(ctx, tx, f, Key{f.Body, Cash, CashCode, c})
	}
	a, err := tx.FundAccount(ctx, id)
	switch {
	case err != nil:
		return Account{}, err
	case a.Body != f.Body || !a.Class.IsPurse():
		return Account{}, fault.Field("purse", "fund.purse.unknown")
	case a.Currency != c:
		return Account{}, fault.Field("purse", "fund.currency.mixed", string(a.Currency), string(c))
	}
	return a, nil
}

// heading finds the account that says what a part is for.
func heading(ctx context.Context, tx Tx, f Fund, k Kind, p Part) (Account, error) {
	key := Key{f.Body, Income, p.Heading, p.Amount.Currency}
	switch {
	case p.Heading == LoanCode && (k == Lending || k == Repayment):
		key.Class = Loans
	case p.Heading == BetweenCode:
		key.Class = Between
	case k == Payment:
		key.Class = Expense
	case k == Receipt, k == Repayment:
	case k == Lending, k == Transfer, k == Opening, k == Journal, k == Reversal:
		return Account{}, fault.Field("heading", "fund.heading.unknown", p.Heading)
	}
	if p.Heading == "" {
		key.Code = OtherCode
	}
	return account(ctx, tx, f, key)
}

// own makes sure that given postings stay within one fund and its currencies.
func own(ctx context.Context, tx Tx, of body.ID, postings []Posting) error {
	for i := range postings {
		p := &postings[i]
		a, err := tx.FundAccount(ctx, p.Account)
		if err != nil {
			return err
		}
		if a.Body != of {
			return fault.Field("postings", "fund.account.foreign")
		}
		p.Currency = a.Currency
	}
	return nil
}

// NumberPrefix keeps the fund's numbers apart from those of papers that are
// registered under the same letters.
const NumberPrefix = "fund:"

// record draws the number of an entry and writes it.
func record(ctx context.Context, tx Tx, by access.Actor, f Fund, e Entry) (Entry, error) {
	var err error
	e.ID = EntryID(tx.NewID())
	e.Series, e.Year = f.SeriesOf(e.Kind), e.Day.Year()
	if e.Number, err = tx.NextNumber(ctx, e.Body, NumberPrefix+e.Series, e.Year); err != nil {
		return Entry{}, err
	}
	e.Job, e.Recorded, e.Recorder, e.Revision = tx.Job(), tx.NowMilli(), person.ID(by.Person), 1
	return e, tx.InsertEntry(ctx, e)
}

// Agrees tells whether an entry already says what a draft would: the same
// money on the same accounts, so that a correction of other things leaves it.
func Agrees(ctx context.Context, tx Tx, e Entry, d Draft) (bool, error) {
	if e.Body != d.Body || e.Kind != d.Kind || e.Reversed != 0 {
		return false, nil
	}
	f, err := tx.Fund(ctx, d.Body)
	if err != nil {
		return false, err
	}
	fresh, err := lines(ctx, tx, f, d)
	if err != nil {
		return false, err
	}
	about := d.Refers
	if !d.Day.IsUnknown() {
		about = d.Day
	}
	return e.About() == about && slices.Equal(fresh, e.Postings) && d.Person == e.Person && d.Name == e.Name, nil
}

// Knows tells whether a fund has the heading of a part, or the shipped chart.
func Knows(ctx context.Context, tx Tx, d Draft, p Part) (bool, error) {
	f, err := tx.Fund(ctx, d.Body)
	if err != nil {
		return false, err
	}
	_, err = heading(ctx, tx, f, d.Kind, p)
	if fault.KindOf(err) == fault.Invalid {
		return false, nil
	}
	return err == nil, err
}
