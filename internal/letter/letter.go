// Package letter makes the papers of single deeds: receipts and vouchers,
// handover minutes, invitations, lists to sign, boards of donors, certificates
// and letters. Each takes plain data and gives a paper; what is not known is
// left as dots for the pen, never guessed.
package letter

import (
	"strconv"
	"strings"
	"unicode"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/report"
)

// Who is somebody named on a paper.
type Who struct {
	Name     string
	Position string // or the body they speak for
	Birth    calendar.Date
	Address  string
	Phone    string
	Origin   string
	Branch   string
	Number   string // of the membership card
	Note     string // kinship, class and school, situation
}

// Sheet is what all papers share: who writes, number and date.
type Sheet struct {
	House  report.House
	Number string        // whole; empty prints dots where the paper has a number
	Date   calendar.Date // of the paper; unknown prints dots
}

// writer words one paper.
type writer struct {
	locale.Speaker
	sheet Sheet
	b     *document.Builder
}

// on begins a paper with the head of the house.
func (s Sheet) on(to locale.Speaker, page document.Page) *writer {
	return &writer{Speaker: to, sheet: s, b: s.House.Sheet(to, page, s.Number, s.Date)}
}

// plainly begins a paper that has a number only where one is given, as lists
// have none.
func (s Sheet) plainly(to locale.Speaker, page document.Page) *writer {
	w := s.on(to, page)
	if s.Number == "" {
		w.b.Paper().Head.Number = nil
	}
	return w
}

// field is a label with a value, or with dots when there is none.
func (w *writer) field(key, value string) document.Field {
	if value == "" {
		return document.Blank(w.Say(key))
	}
	return document.F(w.Say(key), document.T(value))
}

// line adds one line of a form.
func (w *writer) line(fields ...document.Field) { w.b.Line(fields...) }

// pen is a signature left to the pen.
func (w *writer) pen(key, name string) document.Signature {
	return document.Signature{Position: w.Say(key), Note: w.Say("paper.sign"), Name: name}
}

// amount writes a sum of money as sentences do: "300.000 đồng".
func (w *writer) amount(a money.Amount) string {
	if w.Lang == locale.Vi && a.Currency == money.VND {
		return money.Figure(a.Minor, a.Currency, w.Lang) + "\u00a0" + w.Say("report.unit.dong")
	}
	return money.Format(a, w.Lang)
}

// amounts joins sums in several currencies.
func (w *writer) amounts(all []money.Amount) string {
	written := make([]string, len(all))
	for i, a := range all {
		written[i] = w.amount(a)
	}
	return w.List(written...)
}

// inWords joins sums in words.
func (w *writer) inWords(all []money.Amount) string {
	written := make([]string, len(all))
	for i, a := range all {
		written[i] = money.Words(a, w.Lang)
	}
	return strings.Join(written, "; ")
}

// figure is a sum that sheets can add up.
func (w *writer) figure(a money.Amount) document.Run {
	return document.Num(w.amount(a), exact(a), "")
}

// exact writes a sum for machines, as a plain decimal.
func exact(a money.Amount) string {
	return strings.ReplaceAll(locale.Decimal(a.Minor, a.Currency.Digits(), locale.En), ",", "")
}

// born writes a year of birth, or the date as far as it is known.
func (w *writer) born(d calendar.Date) string {
	if d.IsUnknown() {
		return ""
	}
	if y, ok := d.Year(); ok {
		return strconv.Itoa(y)
	}
	return w.DateShort(d)
}

// capital begins a text with a capital.
func capital(text string) string {
	for _, r := range text {
		return string(unicode.ToUpper(r)) + text[len(string(r)):]
	}
	return text
}
