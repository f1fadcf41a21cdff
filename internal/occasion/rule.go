package occasion

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/lunar"
)

// Rule finds the days of a feast in a year. It is written in a few words:
//
//	09-02                  every year on 2 September
//	04-27 sun-1            but a day earlier when that is a Sunday
//	lunar 01-01 +2         the first three days of the lunar year
//	06 sat 2               the second Saturday of June
//	khmer, lao             the new years of Cambodia and Laos
//	iyar                   5 Iyar as it is kept in Israel
//	once 2026-11-26        on one day only
//	none                   no day is known: a decree must set it
//
// "from 2022" and "to 2021" bound the years; several rules are joined by a
// semicolon, and the first that fits a year is taken.
type Rule []clause

// clause is one of the rules joined by a semicolon.
type clause struct {
	base     string // solar, lunar, weekday, khmer, lao, iyar, once, none
	month    int
	day      int
	nth      int
	weekday  time.Weekday
	shift    int // days, when it falls on avoid
	avoid    time.Weekday
	more     int // days that follow
	from, to int
	once     calendar.Day
}

var weekdays = map[string]time.Weekday{
	"sun": time.Sunday, "mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday, "thu": time.Thursday, "fri": time.Friday, "sat": time.Saturday,
}

// ParseRule reads a rule.
func ParseRule(text string) (Rule, error) {
	var r Rule
	for part := range strings.SplitSeq(text, ";") {
		c, ok := parseClause(strings.Fields(part))
		if !ok {
			return nil, fault.Field("rule", "occasion.rule.unreadable", strings.TrimSpace(part))
		}
		r = append(r, c)
	}
	return r, nil
}

func parseClause(words []string) (clause, bool) {
	if len(words) == 0 {
		return clause{}, false
	}
	c := clause{to: 9999}
	rest, ok := c.begin(words)
	for ok && len(rest) > 0 {
		rest, ok = c.narrow(rest)
	}
	return c, ok
}

// begin reads what the rule counts by, and gives the words that follow.
func (c *clause) begin(words []string) ([]string, bool) {
	switch words[0] {
	case "khmer", "lao", "iyar", "none":
		c.base = words[0]
		return words[1:], true
	case "once":
		if len(words) < 2 {
			return nil, false
		}
		day, err := calendar.ParseDay(words[1])
		c.base, c.once = "once", day
		return words[2:], err == nil
	case "lunar":
		if len(words) < 2 {
			return nil, false
		}
		c.base = "lunar"
		return words[2:], c.monthDay(words[1], 30)
	}
	if len(words) >= 3 && len(words[0]) == 2 {
		return words[3:], c.weekdayOf(words)
	}
	c.base = "solar"
	return words[1:], c.monthDay(words[0], 31)
}

// monthDay reads "09-02".
func (c *clause) monthDay(word string, most int) bool {
	month, day, found := strings.Cut(word, "-")
	m, err1 := strconv.Atoi(month)
	d, err2 := strconv.Atoi(day)
	c.month, c.day = m, d
	if !found || err1 != nil || err2 != nil || m < 1 || m > 12 || d < 1 || d > most {
		return false
	}
	return c.base == "lunar" || d <= calendar.DaysIn(2024, time.Month(m)) // a leap year
}

// weekdayOf reads "06 sat 2"; -1 is the last.
func (c *clause) weekdayOf(words []string) bool {
	m, err1 := strconv.Atoi(words[0])
	on, known := weekdays[words[1]]
	n, err2 := strconv.Atoi(words[2])
	c.base, c.month, c.weekday, c.nth = "weekday", m, on, n
	return err1 == nil && err2 == nil && known && m >= 1 && m <= 12 && n != 0 && n >= -1 && n <= 4
}

// narrow reads one addition to a rule.
func (c *clause) narrow(words []string) ([]string, bool) {
	word := words[0]
	if (word == "from" || word == "to") && len(words) > 1 {
		year, err := strconv.Atoi(words[1])
		if word == "from" {
			c.from = year
		} else {
			c.to = year
		}
		return words[2:], err == nil
	}
	if n, ok := strings.CutPrefix(word, "+"); ok {
		more, err := strconv.Atoi(n)
		c.more = more
		return words[1:], err == nil && more >= 0 && more <= 60
	}
	if len(word) > 4 {
		if on, known := weekdays[word[:3]]; known {
			shift, err := strconv.Atoi(word[3:])
			c.avoid, c.shift = on, shift
			return words[1:], err == nil && shift >= -6 && shift <= 6
		}
	}
	return nil, false
}

// In gives the days of the feast that begin in a solar year; false when it has
// none that year, or none is known.
func (r Rule) In(year int) (calendar.Period, bool) {
	for _, c := range r {
		if year < c.from || year > c.to {
			continue
		}
		if p, ok := c.in(year); ok {
			return p, true
		}
	}
	return calendar.Period{}, false
}

func (c clause) in(year int) (calendar.Period, bool) {
	switch c.base {
	case "khmer":
		return lunar.KhmerNewYear(year), true
	case "lao":
		return lunar.LaoNewYear(year), true
	case "iyar":
		return c.span(independenceOfIsrael(year)), true
	case "once":
		return c.span(c.once), c.once.Year() == year
	case "lunar":
		return c.lunar(year)
	case "weekday":
		return c.span(c.nthWeekday(year)), true
	case "solar":
		on := calendar.DayOf(year, time.Month(c.month), min(c.day, calendar.DaysIn(year, time.Month(c.month))))
		if c.shift != 0 && on.Weekday() == c.avoid {
			on += calendar.Day(c.shift)
		}
		return c.span(on), true
	}
	return calendar.Period{}, false
}

func (c clause) span(on calendar.Day) calendar.Period {
	return calendar.Period{From: on, To: on + calendar.Day(c.more)}
}

// lunar finds the day of a lunar feast in a solar year: the last month of a
// lunar year lies mostly in the next solar one, so that a solar year may have
// the feast of two lunar years or of none; the first is taken.
func (c clause) lunar(year int) (calendar.Period, bool) {
	for _, y := range []int{year - 1, year} {
		on, ok := lunar.Date{Year: y, Month: c.month, Day: c.day}.InYear(y)
		if ok && on.Year() == year {
			return c.span(on), true
		}
	}
	return calendar.Period{}, false
}

func (c clause) nthWeekday(year int) calendar.Day {
	month := calendar.MonthOf(year, time.Month(c.month))
	if c.nth < 0 {
		back := (int(month.To.Weekday()) - int(c.weekday) + 7) % 7
		return month.To - calendar.Day(back)
	}
	ahead := (int(c.weekday) - int(month.From.Weekday()) + 7) % 7
	return month.From + calendar.Day(ahead+7*(c.nth-1))
}

// hebrewEpoch is the day before 1 Tishri of the year 1, counted from 1970.
const hebrewEpoch = -1373427 - 719163

// hebrewNewYear gives 1 Tishri of a Hebrew year by the fixed calendar: the mean
// new moon, put off when that falls late or on a Sunday, Wednesday or Friday.
func hebrewNewYear(year int) calendar.Day {
	elapsed := func(y int) int {
		months := (235*y - 234) / 19
		parts := 12084 + 13753*months
		day := 29*months + parts/25920
		if 3*(day+1)%7 < 3 {
			day++
		}
		return day
	}
	before, this, next := elapsed(year-1), elapsed(year), elapsed(year+1)
	late := 0
	switch {
	case next-this == 356:
		late = 2
	case this-before == 382:
		late = 1
	}
	return calendar.Day(hebrewEpoch + this + late)
}

// independenceOfIsrael gives the day on which 5 Iyar is kept: 143 days before
// the new year, on the Thursday before when it touches the Sabbath, and since
// 2004 on Tuesday instead of Monday.
func independenceOfIsrael(year int) calendar.Day {
	on := hebrewNewYear(year+3761) - 143
	switch on.Weekday() {
	case time.Friday:
		return on - 1
	case time.Saturday:
		return on - 2
	case time.Monday:
		if year >= 2004 {
			return on + 1
		}
	case time.Sunday, time.Tuesday, time.Wednesday, time.Thursday:
	}
	return on
}

// SolarRule writes the rule of a day of every year.
func SolarRule(m time.Month, d int) string { return fmt.Sprintf("%02d-%02d", int(m), d) }

// LunarRule writes the rule of a day of every lunar year.
func LunarRule(m, d int) string { return fmt.Sprintf("lunar %02d-%02d", m, d) }

// OnceRule writes the rule of one day.
func OnceRule(on calendar.Day) string { return "once " + on.String() }
