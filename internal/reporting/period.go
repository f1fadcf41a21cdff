package reporting

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Every says how often a form is sent.
type Every string

// How often.
const (
	Week    Every = "week"
	Month   Every = "month"
	Quarter Every = "quarter"
	Year    Every = "year"
)

// Everies lists how often a form may be sent.
func Everies() []Every { return []Every{Week, Month, Quarter, Year} }

// Of is the period in which a day lies; a week begins on Monday.
func (e Every) Of(d calendar.Day) calendar.Period {
	y, m, _ := d.Civil()
	switch e {
	case Week:
		monday := d - calendar.Day((int(d.Weekday())+6)%7)
		return calendar.Period{From: monday, To: monday + 6}
	case Quarter:
		return calendar.Quarter(y, (int(m)+2)/3)
	case Year:
		return calendar.Year(y)
	}
	return calendar.MonthOf(y, m)
}

// After is the period that follows.
func (e Every) After(p calendar.Period) calendar.Period { return e.Of(p.To + 1) }

// Before is the period before.
func (e Every) Before(p calendar.Period) calendar.Period { return e.Of(p.From - 1) }

// YearEarlier is the same period of the year before: the week of the same
// number, or the last one where that year has fewer weeks.
func (e Every) YearEarlier(p calendar.Period) calendar.Period {
	if e != Week {
		return p.YearsEarlier(1)
	}
	y, w := isoWeek(p.From)
	return week(y-1, w)
}

// isoWeek gives the year and number of the week that begins on a Monday.
func isoWeek(monday calendar.Day) (year, number int) {
	return monday.Midnight(time.UTC).ISOWeek()
}

// week is the week of a number; the last of the year when it has fewer.
func week(year, number int) calendar.Period {
	fourth := calendar.DayOf(year, time.January, 4) // always in the first week
	p := Week.Of(fourth)
	p.From += calendar.Day(7 * (number - 1))
	p.To = p.From + 6
	if y, _ := isoWeek(p.From); y != year {
		return week(year, number-1)
	}
	return p
}

// Code writes a period as people type it in an address: 2026-W45, 2026-10,
// 2026-Q3, 2026.
func (e Every) Code(p calendar.Period) string {
	y, m, _ := p.From.Civil()
	switch e {
	case Week:
		y, w := isoWeek(p.From)
		return fmt.Sprintf("%04d-W%02d", y, w)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", y, (int(m)+2)/3)
	case Year:
		return fmt.Sprintf("%04d", y)
	}
	return fmt.Sprintf("%04d-%02d", y, int(m))
}

// Parse reads a period of a form: its code, or any period as the book writes
// them that is one of the form's.
func (e Every) Parse(code string) (calendar.Period, error) {
	wrong := fault.Field("period", "form.period.wrong", code)
	code = strings.ToUpper(strings.TrimSpace(code))
	var p calendar.Period
	if year, number, found := strings.Cut(code, "-W"); found {
		y, err1 := strconv.Atoi(year)
		w, err2 := strconv.Atoi(number)
		if err1 != nil || err2 != nil || y < 1 || y > 9998 || w < 1 || w > 53 {
			return p, wrong
		}
		p = week(y, w)
		if _, is := isoWeek(p.From); is != w {
			return p, wrong
		}
	} else if year, number, found := strings.Cut(code, "-Q"); found {
		y, err1 := strconv.Atoi(year)
		n, err2 := strconv.Atoi(number)
		if err1 != nil || err2 != nil || y < 1 || y > 9998 || n < 1 || n > 4 {
			return p, wrong
		}
		p = calendar.Quarter(y, n)
	} else {
		read, err := calendar.ParsePeriod(code)
		if err != nil || read.From <= calendar.Earliest || read.IsOpen() {
			return p, wrong
		}
		p = read
	}
	if e.Of(p.From) != p {
		return p, wrong
	}
	return p, nil
}

// Lately lists the periods of a form that have begun by a day, the latest first.
func (f Form) Lately(today calendar.Day, most int) []calendar.Period {
	if f.Since > today {
		return nil
	}
	last := today
	if f.Until != 0 {
		last = min(last, f.Until)
	}
	var all []calendar.Period
	for p := f.Every.Of(last); p.From >= f.Since && len(all) < most; p = f.Every.Before(p) {
		if f.Asks(p) {
			all = append(all, p)
		}
	}
	return all
}

// Current is the period that is looked at first on a day: the last that has
// ended, or the first of all.
func (f Form) Current(today calendar.Day) calendar.Period {
	recent := f.Lately(today, 2)
	if len(recent) == 0 {
		return f.Every.Of(f.Since)
	}
	if len(recent) > 1 && recent[0].To >= today {
		return recent[1]
	}
	return recent[0]
}

// YearOf lists the periods of the form that end within the twelve months up to
// the end of a period, the first first.
func (f Form) YearOf(p calendar.Period) []calendar.Period {
	start := (p.To + 1).AddYears(-1)
	var all []calendar.Period
	for q := p; q.To > start; q = f.Every.Before(q) {
		all = append(all, q)
	}
	slices.Reverse(all)
	return all
}

// ToDate lists the periods of a calendar year up to one of them: those that end
// in its year, the first first.
func (e Every) ToDate(p calendar.Period) []calendar.Period {
	all := []calendar.Period{p}
	for q := e.Before(p); q.To.Year() == p.To.Year(); q = e.Before(q) {
		all = append(all, q)
	}
	slices.Reverse(all)
	return all
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
