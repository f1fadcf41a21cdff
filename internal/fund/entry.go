package fund

import (
	"fmt"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// EntryID identifies an entry for ever.
type EntryID int64

// Kind says what sort of entry it is.
type Kind string

// The kinds of entry.
const (
	Receipt   Kind = "receipt"
	Payment   Kind = "payment"
	Transfer  Kind = "transfer" // from one purse to another, also between currencies
	Lending   Kind = "lending"  // a loan paid out to a member
	Repayment Kind = "repayment"
	Opening   Kind = "opening" // brought forward on the change-over day
	Journal   Kind = "journal" // anything else that balances
	Reversal  Kind = "reversal"
)

// Kinds lists the kinds in the order in which forms offer them.
func Kinds() []Kind {
	return []Kind{Receipt, Payment, Transfer, Lending, Repayment, Opening, Journal, Reversal}
}

// Slip is what stands on the paper beside the money. None of it is forced:
// what is missing is listed, never refused.
type Slip struct {
	Person   person.ID      `json:"person,omitempty"` // who paid or received, when in the book
	Name     string         `json:"name,omitempty"`   // otherwise
	Address  string         `json:"address,omitempty"`
	Consent  person.Consent `json:"consent,omitempty"` // of someone outside the book, to be named
	Text     string         `json:"text,omitempty"`    // what for
	Approver person.ID      `json:"approver,omitempty"`
	Payer    person.ID      `json:"payer,omitempty"`    // who handed out or took in the money
	Second   person.ID      `json:"second,omitempty"`   // the second signature
	Asked    person.ID      `json:"asked,omitempty"`    // who is asked to approve, while nobody has
	AskedToo person.ID      `json:"askedToo,omitempty"` // who is asked for the second signature
	Voucher  string         `json:"voucher,omitempty"`  // number of the invoice, signed list or bank advice
	Papers   []int64        `json:"papers,omitempty"`   // the same, kept in the archive
	Refers   calendar.Date  `json:"refers"`             // the date it is about, when entered later
	Deed     int64          `json:"deed,omitempty"`
	Reason   string         `json:"reason,omitempty"` // why it was reversed or exceeds the norm
}

// Posting is one line of an entry: so much into an account, or out of it when
// below nought.
type Posting struct {
	N        int            `json:"n"`
	Account  AccountID      `json:"account"`
	Amount   int64          `json:"amount"` // minor units
	Currency money.Currency `json:"currency"`
	Purpose  PurposeID      `json:"purpose,omitempty"` // for which the money was given, and nothing else
	Branch   body.ID        `json:"branch,omitempty"`  // 0: the fund's own body
	Member   int64          `json:"member,omitempty"`  // membership whose dues these are
	Year     int            `json:"year,omitempty"`    // of the dues
	Loan     LoanID         `json:"loan,omitempty"`
	Note     string         `json:"note,omitempty"`
}

// Entry is one movement of money, or of figures between accounts.
type Entry struct {
	ID     EntryID      `json:"id"`
	Body   body.ID      `json:"body"` // whose fund
	Kind   Kind         `json:"kind"`
	Series string       `json:"series"`
	Year   int          `json:"year"`
	Number int64        `json:"number"`
	Day    calendar.Day `json:"day"`
	Slip
	Rate     string    `json:"rate,omitempty"` // units of the currency got for one given
	Postings []Posting `json:"postings"`
	Reverses EntryID   `json:"reverses,omitempty"`
	Reversed EntryID   `json:"reversed,omitempty"` // by which it was taken back
	Job      int64     `json:"job,omitempty"`
	Recorded int64     `json:"recorded"` // Unix milliseconds
	Recorder person.ID `json:"recorder,omitempty"`
	Revision int64     `json:"revision"`
	Names    Names     `json:"-"` // filled in where an entry is read for people
}

// Names are what the people of an entry are called today.
type Names struct {
	Who, Approver, Payer, Second, Recorder, Asked, AskedToo string
}

// Label is the entry's number as papers and lists print it: "PC 17/2025".
func (e Entry) Label() string { return fmt.Sprintf("%s %d/%d", e.Series, e.Number, e.Year) }

// Lacks says what an entry still needs before nobody can question it: an
// approver where money was spent, and a voucher for it. What has been taken
// back needs nothing.
func (e Entry) Lacks() (approver, voucher bool) {
	if e.Reversed != 0 {
		return false, false
	}
	switch e.Kind {
	case Payment, Lending:
		return e.Approver == 0, e.Voucher == "" && len(e.Papers) == 0
	case Journal, Reversal:
		return e.Approver == 0, false
	case Receipt, Transfer, Repayment, Opening:
	}
	return false, false
}

// Approved tells that nothing is lacking.
func (e Entry) Approved() bool {
	approver, voucher := e.Lacks()
	return !approver && !voucher
}

// About is the date of what the entry is about: its own day, or the one it
// refers to.
func (e Entry) About() calendar.Date {
	if e.Refers.IsUnknown() {
		return calendar.OnDay(e.Day)
	}
	return e.Refers
}

// Total is what the entry moved: the sum of what went in, in each currency.
func (e Entry) Total() []money.Amount {
	var total []money.Amount
	for _, p := range e.Postings {
		if (p.Amount > 0) == (e.Reverses == 0) {
			total = addTo(total, money.Of(p.Amount, p.Currency))
		}
	}
	return total
}

// addTo adds an amount to sums in several currencies, kept in order of coming.
// Sums stay far from overflow: every posting is below maxMinor.
func addTo(sums []money.Amount, a money.Amount) []money.Amount {
	for i := range sums {
		if sums[i].Currency == a.Currency {
			sums[i].Minor += a.Minor
			return sums
		}
	}
	return append(sums, a)
}

// maxMinor bounds one posting, so that a hundred thousand of them cannot
// overflow a sum.
const maxMinor = 90_000_000_000_000

// Part is one heading of a receipt or payment.
type Part struct {
	Heading string       `json:"heading"` // code of the income or expense account
	Amount  money.Amount `json:"amount"`
	Purpose PurposeID    `json:"purpose,omitempty"`
	Branch  body.ID      `json:"branch,omitempty"`
	Member  int64        `json:"member,omitempty"`
	Year    int          `json:"year,omitempty"`
	Loan    LoanID       `json:"loan,omitempty"`
	Note    string       `json:"note,omitempty"`
}

// Draft is an entry as a person states it. Receipts and payments name a purse
// and parts; anything else may give its postings.
type Draft struct {
	Body     body.ID       `json:"body"`
	Kind     Kind          `json:"kind"`
	Day      calendar.Date `json:"day"`             // unknown: where the matter's own date puts it
	Purse    AccountID     `json:"purse,omitempty"` // 0: the cash box of the currency
	Parts    []Part        `json:"parts,omitempty"`
	Postings []Posting     `json:"postings,omitempty"`
	Rate     string        `json:"rate,omitempty"`
	Slip
}

// IsZero tells that the draft moves no money.
func (d Draft) IsZero() bool { return len(d.Parts) == 0 && len(d.Postings) == 0 }

// Check tells what does not make sense in a draft by itself.
func (d Draft) Check() error {
	var found []error
	if d.Body == 0 {
		found = append(found, fault.Field("body", "fund.body.missing"))
	}
	if !slices.Contains(Kinds(), d.Kind) || d.Kind == Reversal { // which only Reverse makes
		found = append(found, fault.Field("kind", "fund.kind.unknown"))
	}
	if d.IsZero() {
		found = append(found, fault.Field("amount", "fund.amount.missing"))
	}
	for _, p := range d.Parts {
		found = append(found, p.check(d.Parts[0].Amount.Currency))
	}
	if len([]rune(d.Text)) > 1000 {
		found = append(found, fault.Field("text", "fund.text.long"))
	}
	return fault.Gather(found...)
}

// check tells what does not make sense in one part of an entry whose first
// part is in a currency.
func (p Part) check(c money.Currency) error {
	switch {
	case p.Amount.IsNone() || p.Amount.IsZero():
		return fault.Field("amount", "fund.amount.missing")
	case p.Amount.IsNegative():
		return fault.Field("amount", "fund.amount.negative")
	case p.Amount.Minor > maxMinor:
		return fault.Field("amount", "money.large")
	case !p.Amount.Currency.Valid():
		return fault.Field("currency", "money.currency.unknown", string(p.Amount.Currency))
	case p.Amount.Currency != c:
		return fault.Field("amount", "fund.currency.mixed", string(c), string(p.Amount.Currency))
	case p.Member != 0 && (p.Year < 1900 || p.Year > LastYear):
		return fault.Field("year", "fund.dues.years")
	}
	return nil
}

// balanced refuses postings that do not come to nought in every currency.
func balanced(postings []Posting) error {
	if len(postings) < 2 {
		return fault.Field("postings", "fund.postings.few")
	}
	var sums []money.Amount
	for _, p := range postings {
		if p.Amount == 0 {
			return fault.Field("amount", "fund.amount.missing")
		}
		if p.Amount > maxMinor || p.Amount < -maxMinor {
			return fault.Field("amount", "money.large")
		}
		sums = addTo(sums, money.Of(p.Amount, p.Currency))
	}
	for _, s := range sums {
		if s.Minor != 0 {
			return fault.Field("postings", "fund.unbalanced", s)
		}
	}
	return nil
}
