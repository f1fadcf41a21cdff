package calendar

import (
	"strings"

	"kith.app/internal/fault"
)

// ParseEDTF reads a date as EDTF writes it. It accepts one spelling for each
// date, so that what it accepts, EDTF writes again letter by letter.
func ParseEDTF(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	left, right, isSpan := strings.Cut(s, "/")
	if !isSpan {
		return parseMarked(s)
	}
	from, err := parseEnd(left)
	if err != nil {
		return Date{}, err
	}
	to, err := parseEnd(right)
	if err != nil {
		return Date{}, err
	}
	span, err := Date{first: from.first, from: from.from, last: to.last, to: to.from}.checked()
	if err != nil {
		return Date{}, err
	}
	if span.IsUnknown() {
		return Date{}, fault.Refuse("date.edtf", s) // "../..": write nothing instead
	}
	return span, nil
}

func parseEnd(s string) (Date, error) {
	switch s {
	case "":
		return Date{from: endBlank}, nil
	case "..":
		return Date{from: endOpen}, nil
	}
	return parseMarked(s)
}

func parseMarked(s string) (Date, error) {
	plain, mark := s, end(0)
	if s != "" {
		switch s[len(s)-1] {
		case '~':
			mark = markAbout
		case '?':
			mark = markDerived
		case '%':
			mark = marks
		}
	}
	if mark != 0 {
		plain = s[:len(s)-1]
	}
	first, precision, err := parsePoint(plain)
	if err != nil {
		return Date{}, err
	}
	return point(first, precision).marked(mark), nil
}

// parsePoint reads 2024, 2024-08 or 2024-08-02 and gives the first day of it.
func parsePoint(s string) (Day, Precision, error) {
	var year, month, day int
	ok := false
	precision := Unknown
	switch {
	case len(s) == 4:
		year, ok = digits(s)
		month, day, precision = 1, 1, ToYear
	case len(s) == 7 && s[4] == '-':
		year, ok = digits(s[:4] + s[5:])
		year, month, day, precision = year/100, year%100, 1, ToMonth
	case len(s) == 10 && s[4] == '-' && s[7] == '-':
		year, ok = digits(s[:4] + s[5:7] + s[8:])
		year, month, day, precision = year/10000, year/100%100, year%100, ToDay
	}
	if !ok {
		return 0, Unknown, fault.Refuse("date.edtf", s)
	}
	first, ok := exact(year, month, day)
	if !ok {
		return 0, Unknown, fault.Refuse("date.impossible", s)
	}
	return first, precision, nil
}

// digits reads a number of up to nine digits and nothing else.
func digits(s string) (int, bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// EDTF writes the date; ParseEDTF reads it back to an equal one. The unknown
// date is written as nothing.
func (d Date) EDTF() string {
	if d.IsUnknown() {
		return ""
	}
	b := writeEnd(make([]byte, 0, len("2003-10-01~/2024-05-31~")), d.first, d.from)
	if d.to != 0 {
		b = writeEnd(append(b, '/'), d.last, d.to)
	}
	return string(b)
}

// String is EDTF: for logs and tests. People read what locale makes of it.
func (d Date) String() string { return d.EDTF() }

func writeEnd(b []byte, at Day, e end) []byte {
	start := len(b)
	switch e & endKind {
	case endOpen:
		return append(b, ".."...)
	case end(ToDay):
		b = at.write(b)
	case end(ToMonth):
		b = at.write(b)[:start+len("2024-08")]
	case end(ToYear):
		b = at.write(b)[:start+len("2024")]
	}
	switch e & marks {
	case markAbout:
		b = append(b, '~')
	case markDerived:
		b = append(b, '?')
	case marks:
		b = append(b, '%')
	}
	return b
}

// MarshalText writes the date as EDTF.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.EDTF()), nil }

// UnmarshalText reads a date written as EDTF.
func (d *Date) UnmarshalText(text []byte) error {
	read, err := ParseEDTF(string(text))
	if err != nil {
		return err
	}
	*d = read
	return nil
}
