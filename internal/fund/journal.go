package fund

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
)

// Format is a dialect of plain-text accounting.
type Format string

// The dialects: hledger and ledger read one, Beancount another.
const (
	LedgerFormat    Format = "ledger"
	BeancountFormat Format = "beancount"
)

// Formats lists the dialects.
func Formats() []Format { return []Format{LedgerFormat, BeancountFormat} }

// JournalBook is what a plain-text journal is written from.
type JournalBook struct {
	Codes    map[body.ID]string // of every body that keeps a fund
	Purposes map[PurposeID]string
	Accounts []Account
	Each     func(do func(Entry) error) error // every entry, by day
}

// WriteJournal writes a fund as plain text: the same entries, accounts and
// amounts, so that programs which know nothing of the book can prove it.
func WriteJournal(w io.Writer, f Format, j JournalBook) error {
	if !slices.Contains(Formats(), f) {
		return fault.Field("format", "fund.journal.format", string(f))
	}
	out := &journal{Writer: bufio.NewWriter(w), book: j, names: map[AccountID]string{}}
	for _, a := range j.Accounts {
		out.names[a.ID] = AccountName(j.Codes[a.Body], a)
	}
	write := out.ledgerEntry
	if f == BeancountFormat {
		write = out.beancountEntry
		out.beancountHead()
	} else {
		out.ledgerHead()
	}
	if err := j.Each(func(e Entry) error { write(e); return nil }); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	return nil
}

// AccountName is the name of an account in plain-text journals, such as
// Expenses:Hai-duong-dien-bien:Sick-visit:VND. It is ASCII, for Beancount
// reads nothing else in names.
func AccountName(code string, a Account) string {
	top := map[Class]string{Cash: "Assets", Bank: "Assets", Loans: "Assets", Income: "Income", Expense: "Expenses"}[a.Class]
	if top == "" {
		top = "Equity"
	}
	parts := []string{top, capital(code)}
	if a.Class != Income && a.Class != Expense && string(a.Class) != a.Code {
		parts = append(parts, capital(string(a.Class)))
	}
	return strings.Join(append(parts, capital(a.Code), string(a.Currency)), ":")
}

// capital writes the first letter large; codes are ASCII.
func capital(s string) string {
	if s == "" {
		return "X"
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// journal writes one journal; bufio keeps the first error.
type journal struct {
	*bufio.Writer
	book  JournalBook
	names map[AccountID]string
}

func (j *journal) line(parts ...string) {
	for _, p := range parts {
		j.WriteString(p) //nolint:errcheck // told by Flush
	}
	j.WriteByte('\n') //nolint:errcheck // told by Flush
}

// currencies lists the currencies of the accounts in order.
func (j *journal) currencies() []money.Currency {
	var all []money.Currency
	for _, a := range j.book.Accounts {
		if !slices.Contains(all, a.Currency) {
			all = append(all, a.Currency)
		}
	}
	slices.Sort(all)
	return all
}

func (j *journal) ledgerHead() {
	for _, c := range j.currencies() {
		j.line("commodity ", string(c))
		if c.Digits() > 0 {
			// Shows that a point is never a mark between thousands.
			j.line("    format 1000.", strings.Repeat("0", c.Digits()), " ", string(c))
		}
	}
	j.line()
	for _, a := range j.book.Accounts {
		j.line("account ", j.names[a.ID])
	}
}

func (j *journal) ledgerEntry(e Entry) {
	j.line()
	said := plain(strings.Trim(e.Names.Who+" | "+e.Text, " |"))
	j.line(e.Day.String(), " * (", e.Label(), ") ", strings.ReplaceAll(said, ";", ","))
	for _, t := range j.tags(e) {
		j.line("    ; ", t[0], ": ", t[1])
	}
	for _, p := range e.Postings {
		j.line("    ", j.names[p.Account], "  ", decimal(p.Amount, p.Currency), " ", string(p.Currency))
		for _, t := range j.postingTags(p) {
			j.line("    ; ", t[0], ": ", t[1])
		}
	}
}

func (j *journal) beancountHead() {
	for _, a := range j.book.Accounts {
		j.line(firstDay, " open ", j.names[a.ID], " ", string(a.Currency))
	}
}

// firstDay opens every account before any entry can be.
const firstDay = "1900-01-01"

func (j *journal) beancountEntry(e Entry) {
	j.line()
	j.line(e.Day.String(), " * ", quoted(e.Names.Who), " ", quoted(e.Text))
	j.line("  number: ", quoted(e.Label()))
	for _, t := range j.tags(e) {
		j.line("  ", t[0], ": ", quoted(t[1]))
	}
	for _, p := range e.Postings {
		j.line("  ", j.names[p.Account], "  ", decimal(p.Amount, p.Currency), " ", string(p.Currency))
		for _, t := range j.postingTags(p) {
			j.line("    ", t[0], ": ", quoted(t[1]))
		}
	}
}

// tags are what an entry says besides its money, in codes and numbers only.
func (j *journal) tags(e Entry) [][2]string {
	all := [][2]string{{"kind", string(e.Kind)}}
	add := func(name string, id int64) {
		if id != 0 {
			all = append(all, [2]string{name, strconv.FormatInt(id, 10)})
		}
	}
	add("deed", e.Deed)
	add("reverses", int64(e.Reverses))
	if e.Refers != (calendar.Date{}) {
		all = append(all, [2]string{"refers", e.Refers.EDTF()})
	}
	if e.Rate != "" {
		all = append(all, [2]string{"rate", e.Rate})
	}
	return all
}

func (j *journal) postingTags(p Posting) [][2]string {
	var all [][2]string
	if code := j.book.Codes[p.Branch]; code != "" {
		all = append(all, [2]string{"branch", code})
	}
	if code := j.book.Purposes[p.Purpose]; code != "" {
		all = append(all, [2]string{"purpose", code})
	}
	if p.Year != 0 {
		all = append(all, [2]string{"dues", strconv.Itoa(p.Year)})
	}
	return all
}

// plain keeps a text on one line.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// quoted writes a text as Beancount reads it.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(plain(s)) + `"`
}

// decimal writes minor units with a point and without marks between thousands.
func decimal(minor int64, c money.Currency) string {
	digits := c.Digits()
	s := strconv.FormatInt(minor, 10)
	if digits == 0 {
		return s
	}
	sign := ""
	if minor < 0 {
		sign, s = "-", s[1:]
	}
	if len(s) <= digits {
		s = strings.Repeat("0", digits+1-len(s)) + s
	}
	return sign + s[:len(s)-digits] + "." + s[len(s)-digits:]
}
