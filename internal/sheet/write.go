package sheet

import (
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kith.app/internal/calendar"
	"kith.app/internal/money"
)

// Column is one column of a table to be written.
type Column struct {
	Title string
	Width int // in characters; 0 for as wide as its cells need
}

// Table is a table to be written: what its columns are, and its rows, which are
// asked for once and need not be in memory.
type Table struct {
	Name    string // of the sheet, in the reader's language
	Columns []Column
	Rows    iter.Seq[[]Value]
}

// Value is what is written in one cell. The zero Value leaves it blank.
type Value struct {
	kind  valueKind
	said  string // a text, or a number in plain digits
	day   calendar.Day
	zeros int // digits of the currency's smaller unit
}

type valueKind uint8

const (
	nothing valueKind = iota
	isText
	isNumber
	isMoney
	isDay
)

// Words writes a text. It stays a text whatever it begins with; characters that
// stand for nothing on paper are left out.
func Words(s string) Value {
	if strings.ContainsFunc(s, unwritten) {
		s = strings.Map(func(r rune) rune {
			if unwritten(r) {
				return -1
			}
			return r
		}, s)
	}
	if s == "" {
		return Value{}
	}
	return Value{kind: isText, said: s}
}

// unwritten says whether a character has no place in a table.
func unwritten(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == utf8.RuneError
}

// Count writes a whole number.
func Count(n int64) Value { return Value{kind: isNumber, said: strconv.FormatInt(n, 10)} }

// Decimal writes an exact decimal with a full stop, as 12.5, that can be reckoned
// with; a workbook shows it with so many decimals, three at most.
func Decimal(plain string, decimals int) Value {
	return Value{kind: isMoney, said: plain, zeros: decimals}
}

// Sum writes an amount of money as a number; its currency belongs in the title or
// in a column of its own. No amount is a blank cell.
func Sum(a money.Amount) Value {
	if a.IsNone() {
		return Value{}
	}
	digits := a.Currency.Digits()
	return Value{kind: isMoney, said: decimal(a.Minor, digits), zeros: digits}
}

// decimal writes minor units with their point.
func decimal(minor int64, digits int) string {
	s := strconv.FormatInt(minor, 10)
	if digits == 0 {
		return s
	}
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	if len(s) <= digits {
		s = strings.Repeat("0", digits+1-len(s)) + s
	}
	return sign + s[:len(s)-digits] + "." + s[len(s)-digits:]
}

// On writes a date as precisely as it is known: a day as a date that sheets can
// reckon with, a month as 10/2003, a year as its number, all else as EDTF. An
// unknown date is a blank cell.
func On(d calendar.Date) Value {
	if d.IsUnknown() {
		return Value{}
	}
	certain := !d.IsAbout() && !d.IsDerived() && !d.IsSpan()
	if day, is := d.Day(); is && certain {
		return Value{kind: isDay, day: day}
	}
	if year, is := d.Year(); is && certain && d.Precision() == calendar.ToYear {
		return Count(int64(year))
	}
	if year, month, is := d.Month(); is && certain && d.Precision() == calendar.ToMonth {
		return Words(pad(int(month), 2) + "/" + pad(year, 4))
	}
	return Words(d.EDTF())
}

// plain gives a value as text files show it.
func (v Value) plain() string {
	if v.kind == isDay {
		return written(v.day)
	}
	return v.said
}

// written gives a day as it is written in Viet Nam and France.
func written(d calendar.Day) string {
	year, month, day := d.Civil()
	return pad(day, 2) + "/" + pad(int(month), 2) + "/" + pad(year, 4)
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

// width says how many characters a value takes.
func (v Value) width() int {
	switch v.kind {
	case isDay:
		return 10
	case isMoney:
		return len(v.said) * 4 / 3
	}
	longest := 0
	for line := range strings.Lines(v.said) {
		longest = max(longest, utf8.RuneCountInString(line))
	}
	return longest
}

// leapThatNeverWas is the day before which sheets count days one off.
var leapThatNeverWas = calendar.DayOf(1900, time.March, 1)

// serial gives the number by which a workbook knows a day, false for the days
// that it does not know or counts wrongly.
func serial(d calendar.Day) (int, bool) {
	if d < leapThatNeverWas {
		return 0, false
	}
	return int(d - calendar.DayOf(1899, time.December, 30)), true
}
