// Package lunar is the Vietnamese lunisolar calendar, for lunar years 1800 to
// 2199: the day of Tết, leap months, death anniversaries, the names of years.
//
// A month begins on the day of a new moon, month 11 has the winter solstice, and
// of thirteen months between two such the first without a principal term of the
// sun is leap. The day on which these fall depends on the meridian:
//
//   - From 1968-01-01 the calendar of Viet Nam is reckoned at UTC+7. So Tết 1968
//     was on 29 January, a day before the Chinese new year, Tết 1985 a month
//     before it, and Tết 2030 will be a day before.
//   - Before 1968 it is reckoned here at UTC+8, as the printed calendars then
//     agreed with the Chinese one. This also differs from what UTC+7 would give
//     in 1903, 1916, 1935 and 1965.
//
// History is richer than two rules. The south kept the calendar at UTC+8 until
// 1975, so that it had Tết 1968 on 30 January and Tết 1969 on 17 February. Before
// 1929 calendars were made for Peking's own noon (UTC+7:46) and in the 19th
// century by older reckonings: compared with the published tables of those years,
// some months begin here a day off (of the 20th century in April 1906, November
// 1914, February 1916, whose Tết was on the 3rd, November 1920 and January 1925),
// and until 1811 leap months differ too. A date that a family keeps is the
// family's: let it be entered in lunar form, and convert only to remind.
//
// Far ahead, a new moon within a minute of midnight depends on how the Earth will
// have turned: so for the months of May 2054, November 2077 and October 2085.
//
// Months and leap months come from a table, made and checked by package sky.
package lunar

import (
	"fmt"
	"strconv"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

//go:generate go run ./internal/tabulate

// FirstYear and LastYear bound the lunar years that are known here.
const (
	FirstYear = 1800
	LastYear  = 2199
)

// Date is a day of the lunar calendar. The zero Date is none.
type Date struct {
	Year, Month, Day int
	Leap             bool // the month is the leap one that follows the month of its number
}

// yearCode is one lunar year in 23 bits: from the lowest, thirteen bits that say
// which months, in their order, have 30 days; four bits with the number of the
// leap month, 0 for none; six bits with the days from 1 January to Tết.
type yearCode uint32

func (c yearCode) leap() int { return int(c >> 13 & 15) }

func (c yearCode) months() int {
	if c.leap() != 0 {
		return 13
	}
	return 12
}

func (c yearCode) length(index int) int { return 29 + int(c>>index&1) }

// index gives the place of a month in its year, from 0.
func (c yearCode) index(month int, leap bool) int {
	after := c.leap() != 0 && (month > c.leap() || leap)
	if after {
		return month
	}
	return month - 1
}

// month is the inverse of index.
func (c yearCode) month(index int) (number int, leap bool) {
	switch l := c.leap(); {
	case l == 0 || index < l:
		return index + 1, false
	default:
		return index, index == l
	}
}

func (c yearCode) tet(year int) calendar.Day {
	return calendar.DayOf(year, 1, 1) + calendar.Day(c>>17)
}

func codeOf(year int) (yearCode, bool) {
	if year < FirstYear || year > LastYear {
		return 0, false
	}
	return table[year-FirstYear], true
}

// Tet gives the first day of a lunar year. Outside the years known here it is
// calendar.Latest.
func Tet(year int) calendar.Day {
	code, ok := codeOf(year)
	if !ok {
		return calendar.Latest
	}
	return code.tet(year)
}

// YearOf gives the lunar year in which a day lies. Outside the years known here
// it is the solar year.
func YearOf(day calendar.Day) int {
	year := day.Year()
	if code, ok := codeOf(year); ok && day < code.tet(year) {
		return year - 1
	}
	if year == LastYear+1 && day <= YearPeriod(LastYear).To {
		return LastYear
	}
	return year
}

// From gives the lunar date of a day, or the zero Date when its year is not
// known here.
func From(day calendar.Day) Date {
	year := YearOf(day)
	code, ok := codeOf(year)
	if !ok {
		return Date{}
	}
	left := int(day - code.tet(year))
	for i := range code.months() {
		if left < code.length(i) {
			month, leap := code.month(i)
			return Date{Year: year, Month: month, Day: left + 1, Leap: leap}
		}
		left -= code.length(i)
	}
	return Date{} // only beyond the end of the last year
}

// IsZero says that it is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String writes the lunar date for logs and tests, a leap month with a plus:
// 2025-06+-15.
func (d Date) String() string {
	plus := ""
	if d.Leap {
		plus = "+"
	}
	return fmt.Sprintf("%04d-%02d%s-%02d", d.Year, d.Month, plus, d.Day)
}

// Solar gives the day of a lunar date. It refuses a date that its year does not
// have: a leap month that is none, the 30th of a month of 29 days.
func (d Date) Solar() (calendar.Day, error) {
	code, ok := codeOf(d.Year)
	if !ok {
		return 0, fault.Refuse("lunar.year", strconv.Itoa(d.Year), strconv.Itoa(FirstYear), strconv.Itoa(LastYear))
	}
	if d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 30 {
		return 0, fault.Refuse("lunar.impossible", d.Day, d.Month)
	}
	if d.Leap && code.leap() != d.Month {
		return 0, fault.Refuse("lunar.notLeap", d.Month, strconv.Itoa(d.Year))
	}
	index := code.index(d.Month, d.Leap)
	if d.Day > code.length(index) {
		return 0, fault.Refuse("lunar.shortMonth", d.Month, strconv.Itoa(d.Year))
	}
	day := code.tet(d.Year) + calendar.Day(d.Day-1)
	for i := range index {
		day += calendar.Day(code.length(i))
	}
	return day, nil
}

// InYear gives the day on which a yearly observance or a death anniversary of
// this date is kept in a lunar year: in the ordinary month although it was the
// leap one, unless the year has the same leap month; on the 29th where there is
// no 30th. It is false for a year or a date that there cannot be.
func (d Date) InYear(year int) (calendar.Day, bool) {
	code, ok := codeOf(year)
	if !ok || d.Month < 1 || d.Month > 12 {
		return 0, false
	}
	d.Year = year
	d.Leap = d.Leap && code.leap() == d.Month
	d.Day = min(d.Day, code.length(code.index(d.Month, d.Leap)))
	day, err := d.Solar()
	return day, err == nil
}

// LeapMonth gives the number of the month after which a year has a leap one, or
// 0.
func LeapMonth(year int) int {
	code, _ := codeOf(year)
	return code.leap()
}

// MonthLength gives the days of a month, 29 or 30, or 0 when the year has no
// such month.
func MonthLength(year, month int, leap bool) int {
	code, ok := codeOf(year)
	if !ok || month < 1 || month > 12 || leap && code.leap() != month {
		return 0
	}
	return code.length(code.index(month, leap))
}

// YearPeriod gives the days of a lunar year: from Tết to the eve of the next.
// Outside the years known here it is the solar year.
func YearPeriod(year int) calendar.Period {
	code, ok := codeOf(year)
	if !ok {
		return calendar.Year(year)
	}
	days := 0
	for i := range code.months() {
		days += code.length(i)
	}
	first := code.tet(year)
	return calendar.Period{From: first, To: first + calendar.Day(days) - 1}
}

// CountedAge gives the age as Vietnamese count it (tuổi mụ) on a day: one at
// birth and one more at every Tết. As for calendar.AgeOn it is a range where the
// birth, known to the month, may be on either side of Tết. Of a birth known only
// to the year the year is taken as the lunar one, as people say it. It is false
// when nothing can be said, or the birth is later.
func CountedAge(birth calendar.Date, on calendar.Day) (from, to int, ok bool) {
	first, begins := birth.First()
	last, ends := birth.Last()
	if !begins || !ends || first > on {
		return 0, 0, false
	}
	now := YearOf(on)
	if year, one := birth.Year(); one && birth.Precision() == calendar.ToYear {
		age := max(1, now-year+1)
		return age, age, true
	}
	return max(1, now-YearOf(last)+1), now - YearOf(first) + 1, true
}
