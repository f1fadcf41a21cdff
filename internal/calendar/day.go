// Package calendar holds dates as a register knows them: to the day, the month
// or the year, about or derived, a span open at either end, or not known at all.
//
// Nothing is guessed. A Date keeps exactly what was said and gives the first and
// the last day it may mean; a question about a Period is answered with "within",
// "across" or neither, and an unknown date is in no period. Dates are written in
// EDTF (ISO 8601-2, levels 0 and 1), which reads back to the same value:
//
//	1968-11-20           the day
//	2003-10              some time in the month
//	1989                 some time in the year
//	1989~                about that year
//	1989?                derived: reckoned from something else that was said
//	1989%                about and derived
//	2003-10/2024-05      from some time in one to some time in the other
//	2003-10/..           since; the end is open
//	2003-10/             the end is not known
//	                     nothing is known
//
// EDTF calls the second mark "uncertain". A date that the book reckoned ("31
// years old in 2020, so founded in 1989") is the uncertain date that occurs here,
// and the source kept beside it says how it was reckoned.
//
// The calendar is the proleptic Gregorian one, years 1 to 9999. There is no
// clock and no time zone in it, except in FromTime.
package calendar

import (
	"fmt"
	"time"

	"kith.app/internal/fault"
)

// Day is one day of the calendar, counted from 1970-01-01, which is 0. Days are
// compared and subtracted as numbers.
type Day int32

// Earliest and Latest are the first and the last day there is. As the end of a
// Period they mean that this end is open.
const (
	Earliest Day = -719162 // 0001-01-01
	Latest   Day = 2932896 // 9999-12-31
)

// DayOf gives the day of a year, month and day of the month. As with time.Date,
// what is too much runs over: 31 February is 2 or 3 March. What people typed
// goes through ReadInput, which refuses it.
func DayOf(year int, m time.Month, d int) Day {
	month := int(m) - 1
	year += floorDiv(month, 12)
	month -= floorDiv(month, 12) * 12
	// Years are counted from March, so that the leap day is the last of the year;
	// 153 days are five months from March on, and 146097 days are 400 years.
	if month < 2 {
		year--
		month += 12
	}
	era := floorDiv(year, 400)
	ofEra := year - era*400
	ofYear := (153*(month-2)+2)/5 + d - 1
	return Day(era*146097 + ofEra*365 + ofEra/4 - ofEra/100 + ofYear - 719468)
}

// Civil gives the year, month and day of the month.
func (day Day) Civil() (y int, m time.Month, d int) {
	n := int(day) + 719468
	era := floorDiv(n, 146097)
	n -= era * 146097
	ofEra := (n - n/1460 + n/36524 - n/146096) / 365
	ofYear := n - (365*ofEra + ofEra/4 - ofEra/100)
	month := (5*ofYear + 2) / 153
	d = ofYear - (153*month+2)/5 + 1
	y = era*400 + ofEra
	if month >= 10 {
		return y + 1, time.Month(month - 9), d
	}
	return y, time.Month(month + 3), d
}

// Year gives the year alone.
func (day Day) Year() int {
	y, _, _ := day.Civil()
	return y
}

// Weekday gives the day of the week.
func (day Day) Weekday() time.Weekday {
	n := int(day) + int(time.Thursday) // 1970-01-01 was a Thursday
	return time.Weekday(n - floorDiv(n, 7)*7)
}

// String writes the day as 2024-08-02.
func (day Day) String() string { return string(day.write(make([]byte, 0, 10))) }

// write appends the day, as often as lines are stored: without fmt. Years
// outside 0 to 9999 occur in no Date and are written as they are.
func (day Day) write(b []byte) []byte {
	y, m, d := day.Civil()
	if y < 0 || y > 9999 {
		return fmt.Appendf(b, "%d-%02d-%02d", y, m, d)
	}
	return append(b, digit(y/1000), digit(y/100), digit(y/10), digit(y), '-',
		digit(int(m)/10), digit(int(m)), '-', digit(d/10), digit(d))
}

func digit(n int) byte { return '0' + byte(n%10) }

// ParseDay reads a day written as 2024-08-02.
func ParseDay(s string) (Day, error) {
	at, precision, err := parsePoint(s)
	if err != nil {
		return 0, err
	}
	if precision != ToDay {
		return 0, fault.Refuse("date.notDay", s)
	}
	return at, nil
}

// MarshalText writes the day as 2024-08-02.
func (day Day) MarshalText() ([]byte, error) { return []byte(day.String()), nil }

// UnmarshalText reads a day written as 2024-08-02.
func (day *Day) UnmarshalText(text []byte) error {
	read, err := ParseDay(string(text))
	if err != nil {
		return err
	}
	*day = read
	return nil
}

// FromTime gives the civil date of an instant, at the place the instant is told
// for: set its location before asking.
func FromTime(t time.Time) Day {
	y, m, d := t.Date()
	return DayOf(y, m, d)
}

// Midnight gives the instant at which the day begins in a place, for what needs
// a time: calendars, file stamps.
func (day Day) Midnight(in *time.Location) time.Time {
	y, m, d := day.Civil()
	return time.Date(y, m, d, 0, 0, 0, 0, in)
}

// AddMonths goes so many months on, or back. Where the month has no such day it
// is the month's last: a month after 31 January is 28 or 29 February.
func (day Day) AddMonths(n int) Day {
	y, m, d := day.Civil()
	first := DayOf(y, m+time.Month(n), 1)
	y, m, _ = first.Civil()
	return first + Day(min(d, DaysIn(y, m))) - 1
}

// AddYears goes so many years on, or back; from 29 February to 28 February where
// the year is common.
func (day Day) AddYears(n int) Day { return day.AddMonths(12 * n) }

// DaysIn gives the number of days of a month.
func DaysIn(year int, m time.Month) int {
	return int(DayOf(year, m+1, 1) - DayOf(year, m, 1))
}

// exact gives the day only when the three numbers name one of the calendar.
func exact(year, month, d int) (Day, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || d < 1 {
		return 0, false
	}
	if d > DaysIn(year, time.Month(month)) {
		return 0, false
	}
	return DayOf(year, time.Month(month), d), true
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
