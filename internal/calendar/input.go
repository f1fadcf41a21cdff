package calendar

import (
	"strings"
	"time"

	"kith.app/internal/fault"
)

// Reading says how to read what is ambiguous in a date that someone typed. The
// zero Reading is how dates are written in Viet Nam and France: day first; two
// digits are no year.
type Reading struct {
	// MonthFirst reads 9/20/2024 as 20 September.
	MonthFirst bool
	// Pivot is the latest year that two digits may mean: with 2026, "26" is 2026
	// and "27" is 1927. At 0 such a year is refused as ambiguous.
	Pivot int
}

// longestInput bounds what is looked at: no date needs so many bytes.
const longestInput = 120

// ReadInput reads a date as people type it in forms and sheets: 21/11/2026,
// 11/2026, 2026, "ngày 2 tháng 12 năm 2024", "2 December 2024", "1er août 2024",
// 00/00/1945 where day and month are not known, "khoảng 1989", "10/2003 - 5/2024",
// "từ 2003", "quý I/2025", EDTF. Case, accents and spaces do not matter. Nothing
// typed, or "không rõ", is the unknown date. What cannot be a date, or may be two,
// is refused with a key that says why; the caller adds the field.
func ReadInput(s string, how Reading) (Date, error) {
	said := strings.TrimSpace(s)
	if len(said) > longestInput {
		return Date{}, fault.Refuse("date.unreadable", shortened(said))
	}
	d, err := ParseEDTF(said)
	if err == nil || isReversed(err) {
		return d, err
	}
	r := reader{Reading: how, said: said}
	if n := slashed(said); n != nil {
		return r.told(n, false)
	}
	return r.whole(folded(said))
}

func isReversed(err error) bool {
	faults := fault.All(err)
	return len(faults) == 1 && faults[0].Key == "date.reversed"
}

// slashed takes 21/11/2026, 21.11.2026 or 11/2026 apart: nearly all that sheets
// hold, and ten times faster so. It gives nil for anything else.
func slashed(s string) []string {
	n := strings.FieldsFunc(s, func(c rune) bool { return c == '/' || c == '.' })
	if len(n) < 2 || len(n) > 3 || len(strings.Join(n, "/")) != len(s) {
		return nil
	}
	for _, part := range n {
		if _, ok := digits(part); !ok {
			return nil
		}
	}
	if len(n) == 2 && len(n[0]) == 4 && len(n[1]) == 4 {
		return nil // 2003/2024 is a span of years
	}
	return n
}

// reader reads one input; said is what its refusals quote.
type reader struct {
	Reading
	said string
}

func (r reader) refuse(why string) (Date, error) { return Date{}, fault.Refuse(why, r.said) }

// whole reads a date or a span of two.
func (r reader) whole(s string) (Date, error) {
	s = clockAfter.ReplaceAllString(s, "$1")
	if notKnown.MatchString(s) {
		return Date{}, nil
	}
	if until := after(untilWord, s); until != "" {
		return r.span("", until)
	}
	since := after(sinceWord, s)
	from := since
	if from == "" {
		from = s
	}
	if at := spanWord.FindStringIndex(from); at != nil {
		return r.span(from[:at[0]], from[at[1]:])
	}
	if two := dashSpan.FindStringSubmatch(from); two != nil && isSpan(two[1], two[2]) {
		return r.span(two[1], two[2])
	}
	if since != "" {
		return r.span(since, "")
	}
	return r.one(s)
}

// isSpan tells 2003-2024, 10/2003-5/2024 and 2003-nay from 11-2026.
func isSpan(left, right string) bool {
	return strings.ContainsAny(left+right, "/.") || len(left) == 4 && len(right) == 4 || nowWord.MatchString(right)
}

// span reads a span from its two ends; an empty end is open.
func (r reader) span(left, right string) (Date, error) {
	left, right = ofWord.ReplaceAllString(strings.TrimSpace(left), ""), strings.TrimSpace(right)
	if nowWord.MatchString(right) {
		right = ""
	}
	var from, to Date
	var err error
	if right != "" {
		if to, err = r.one(right); err != nil {
			return Date{}, err
		}
	}
	if left != "" {
		if from, err = r.begin(left, to); err != nil {
			return Date{}, err
		}
	}
	if from.IsUnknown() && to.IsUnknown() {
		return r.refuse("date.unreadable")
	}
	span, err := Between(from, to)
	if err != nil {
		return r.refuse("date.reversed")
	}
	return span, nil
}

// begin reads the left end of a span, which may leave to the right end what both
// have: 2-4/12/2024, 30/11 - 2/12/2024, 10 - 12/2024.
func (r reader) begin(s string, to Date) (Date, error) {
	n, left := numbers(s)
	year, month, known := to.Month()
	if left != "" || !known || to.IsSpan() || len(n) == 0 || len(n[len(n)-1]) > 2 {
		return r.one(s)
	}
	switch {
	case to.Precision() == ToDay && len(n) == 2:
		d, m := number(n[0]), number(n[1])
		if r.MonthFirst {
			d, m = m, d
		}
		return r.day(year, m, d)
	case to.Precision() == ToDay && len(n) == 1:
		return r.day(year, int(month), number(n[0]))
	case to.Precision() == ToMonth && len(n) == 1:
		return r.month(year, number(n[0]))
	}
	return r.one(s)
}

// one reads one date.
func (r reader) one(s string) (Date, error) {
	if rest := after(aboutWord, s); rest != "" {
		d, err := r.one(rest)
		return d.About(), err
	}
	s = ofWord.ReplaceAllString(weekday.ReplaceAllString(s, ""), "")
	if d, err := ParseEDTF(s); err == nil && !d.IsUnknown() {
		return d, nil // also with marks, inside a span
	}
	if d, ok := readQuarter(s); ok {
		return d, nil
	}
	s, named := nameMonth(blankPart.ReplaceAllString(s, "0/"))
	n, left := numbers(s)
	if left != "" {
		return r.refuse("date.unreadable")
	}
	return r.told(n, named)
}

// told reads one to three numbers; named says that the month was told by name,
// so that there is no doubt which number is the day.
func (r reader) told(n []string, named bool) (Date, error) {
	switch len(n) {
	case 1:
		return r.inYear(n[0])
	case 2:
		return r.inMonth(n[0], n[1])
	case 3:
		return r.onDay(n, named)
	}
	return r.refuse("date.unreadable")
}

func (r reader) inYear(s string) (Date, error) {
	year, err := r.year(s)
	if err != nil {
		return Date{}, err
	}
	return InYear(year), nil
}

func (r reader) inMonth(month, year string) (Date, error) {
	if len(month) == 4 {
		month, year = year, month
	}
	switch {
	case len(month) > 2:
		return r.refuse("date.unreadable")
	case len(year) <= 2: // 27/11 or 11/26: which of them is not for us to say
		return r.refuse("date.noYear")
	}
	y, err := r.year(year)
	if err != nil {
		return Date{}, err
	}
	return r.month(y, number(month))
}

func (r reader) onDay(n []string, named bool) (Date, error) {
	day, month, year := n[0], n[1], n[2]
	switch {
	case len(day) == 4:
		day, year = year, day
	case r.MonthFirst && !named:
		day, month = month, day
	}
	if len(day) > 2 || len(month) > 2 {
		return r.refuse("date.unreadable")
	}
	y, err := r.year(year)
	if err != nil {
		return Date{}, err
	}
	return r.day(y, number(month), number(day))
}

func (r reader) year(s string) (int, error) {
	year := number(s)
	switch {
	case len(s) == 4 && year > 0:
		return year, nil
	case len(s) != 2:
		return 0, fault.Refuse("date.unreadable", r.said)
	case r.Pivot == 0:
		return 0, fault.Refuse("date.shortYear", r.said)
	}
	year += r.Pivot / 100 * 100
	if year > r.Pivot {
		year -= 100
	}
	return year, nil
}

// month is the month of a year; month 0 was not known, which leaves the year.
func (r reader) month(year, month int) (Date, error) {
	if month == 0 {
		return InYear(year), nil
	}
	if _, ok := exact(year, month, 1); !ok {
		return r.refuse("date.impossible")
	}
	return InMonth(year, time.Month(month)), nil
}

// day is the day of a month; day 0 was not known, which leaves the month.
func (r reader) day(year, month, day int) (Date, error) {
	if day == 0 {
		return r.month(year, month)
	}
	if at, ok := exact(year, month, day); ok {
		return OnDay(at), nil
	}
	if _, ok := exact(year, day, month); !ok {
		return r.refuse("date.impossible")
	}
	if r.MonthFirst {
		return r.refuse("date.dayFirst")
	}
	return r.refuse("date.monthFirst")
}
