package calendar

import (
	"iter"
	"strings"
	"time"

	"kith.app/internal/fault"
)

// Period is a run of days, both ends included, with which dates are asked about:
// a year of report, a term of office. An end is open when it is Earliest or
// Latest, so that a period can stand in a query as it is. A period whose To is
// before its From has no days.
//
// The zero Period is the single day 1970-01-01: a period that someone forgot to
// fill gives no rights and counts nothing. Say Always for all days.
type Period struct {
	From, To Day
}

// Always is the period of all days, open at both ends.
func Always() Period { return Period{From: Earliest, To: Latest} }

// Since is the period from a day on, with its end open.
func Since(d Day) Period { return Period{From: d, To: Latest} }

// Until is the period to a day, that day included, with its beginning open.
func Until(d Day) Period { return Period{From: Earliest, To: d} }

// Year is the period of one year.
func Year(y int) Period { return months(y, time.January, 12) }

// Quarter is the period of a quarter, 1 to 4, of a year.
func Quarter(y, q int) Period { return months(y, time.Month(3*q-2), 3) }

// MonthOf is the period of one month.
func MonthOf(y int, m time.Month) Period { return months(y, m, 1) }

func months(y int, m time.Month, n int) Period {
	return Period{From: DayOf(y, m, 1), To: DayOf(y, m+time.Month(n), 1) - 1}
}

// ParsePeriod reads a period written in EDTF, or a quarter (2025-33 to 2025-36)
// or half-year (2025-40, 2025-41) as ISO 8601-2 numbers them. "../.." is Always.
func ParsePeriod(s string) (Period, error) {
	if p, ok := parsePart(s); ok {
		return p, nil
	}
	if s == "../.." {
		return Always(), nil
	}
	d, err := ParseEDTF(s)
	if err != nil {
		return Period{}, err
	}
	if d.IsUnknown() {
		return Period{}, fault.Refuse("date.edtf", s)
	}
	return d.Period(), nil
}

func parsePart(s string) (Period, bool) {
	year, part, _ := strings.Cut(s, "-")
	y, ok := digits(year)
	n, isPart := digits(part)
	if !ok || !isPart || len(year) != 4 || y == 0 || len(part) != 2 {
		return Period{}, false
	}
	switch {
	case n >= 33 && n <= 36:
		return Quarter(y, n-32), true
	case n == 40:
		return months(y, time.January, 6), true
	case n == 41:
		return months(y, time.July, 6), true
	}
	return Period{}, false
}

// Date is the date that says the same: as short as the period allows, a year, a
// month, a day, or a span of them.
func (p Period) Date() Date {
	from, to := p.coarse()
	if from == to {
		return from
	}
	span, err := Between(from, to)
	if err != nil {
		return Date{}
	}
	return span
}

// coarse gives the two ends, both as years, or both as months, or as they are.
func (p Period) coarse() (from, to Date) {
	openFrom, openTo := p.From <= Earliest, p.To >= Latest
	fromYear, fromMonth, fromDay := p.From.Civil()
	toYear, toMonth, toDay := p.To.Civil()
	wholeMonths := (openFrom || fromDay == 1) && (openTo || toDay == DaysIn(toYear, toMonth))
	wholeYears := wholeMonths && (openFrom || fromMonth == time.January) && (openTo || toMonth == time.December)
	switch {
	case wholeYears:
		from, to = InYear(fromYear), InYear(toYear)
	case wholeMonths:
		from, to = InMonth(fromYear, fromMonth), InMonth(toYear, toMonth)
	default:
		from, to = OnDay(p.From), OnDay(p.To)
	}
	if openFrom {
		from = Date{}
	}
	if openTo {
		to = Date{}
	}
	return from, to
}

// String writes the period in EDTF, as short as it allows; ParsePeriod reads it
// back. A period without days is written as the two days, in their order.
func (p Period) String() string {
	if p.From <= Earliest && p.To >= Latest {
		return "../.."
	}
	if p.IsEmpty() {
		return p.From.String() + "/" + p.To.String()
	}
	return p.Date().EDTF()
}

// MarshalText writes the period in EDTF.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a period written in EDTF.
func (p *Period) UnmarshalText(text []byte) error {
	read, err := ParsePeriod(string(text))
	if err != nil {
		return err
	}
	*p = read
	return nil
}

// Contains says that a day lies in the period.
func (p Period) Contains(d Day) bool { return p.From <= d && d <= p.To }

// Covers says that the whole of another period lies in this one.
func (p Period) Covers(q Period) bool { return q.IsEmpty() || p.From <= q.From && q.To <= p.To }

// Overlaps says that the two periods share a day.
func (p Period) Overlaps(q Period) bool { return !p.Overlap(q).IsEmpty() }

// Overlap is the period of the days that both have; it may have none.
func (p Period) Overlap(q Period) Period {
	return Period{From: max(p.From, q.From), To: min(p.To, q.To)}
}

// IsEmpty says that the period has no days.
func (p Period) IsEmpty() bool { return p.To < p.From }

// IsOpen says that the period has no end yet.
func (p Period) IsOpen() bool { return p.To >= Latest }

// Days counts the days of a period; of an open one the count means nothing.
func (p Period) Days() int { return max(0, int(p.To-p.From)+1) }

// Months goes through the months that the period touches, each whole. An open
// period is cut to the years 1 to 9999: bound it first.
func (p Period) Months() iter.Seq[Period] {
	return func(yield func(Period) bool) {
		if p.IsEmpty() {
			return
		}
		y, m, _ := max(p.From, Earliest).Civil()
		for month := MonthOf(y, m); month.From <= min(p.To, Latest); month = MonthOf(y, m) {
			if !yield(month) {
				return
			}
			y, m, _ = (month.To + 1).Civil()
		}
	}
}

// Years goes through the years that the period touches, each whole. An open
// period is cut to the years 1 to 9999: bound it first.
func (p Period) Years() iter.Seq[Period] {
	return func(yield func(Period) bool) {
		if p.IsEmpty() {
			return
		}
		last := min(p.To, Latest).Year()
		for y := max(p.From, Earliest).Year(); y <= last; y++ {
			if !yield(Year(y)) {
				return
			}
		}
	}
}

// Before is the period of the same kind just before: the year before a year, the
// quarter before a quarter, otherwise as many days. It compares a report with
// the one before. A period with an open end has none and gives itself.
func (p Period) Before() Period {
	if p.IsEmpty() || p.From <= Earliest || p.IsOpen() {
		return p
	}
	fromYear, fromMonth, fromDay := p.From.Civil()
	toYear, toMonth, _ := (p.To + 1).Civil()
	if _, _, after := (p.To + 1).Civil(); fromDay == 1 && after == 1 {
		n := (toYear-fromYear)*12 + int(toMonth-fromMonth)
		return Period{From: p.From.AddMonths(-n), To: p.From - 1}
	}
	return Period{From: p.From - Day(p.Days()), To: p.From - 1}
}

// YearsEarlier is the same period so many years before, month by month: this
// quarter last year. Open ends stay open.
func (p Period) YearsEarlier(n int) Period {
	q := p
	if p.From > Earliest {
		q.From = p.From.AddYears(-n)
	}
	if !p.IsOpen() {
		q.To = (p.To + 1).AddYears(-n) - 1
	}
	return q
}
