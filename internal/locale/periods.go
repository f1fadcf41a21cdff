package locale

import (
	"strconv"

	"kith.app/internal/calendar"
	"kith.app/internal/lunar"
)

// Period names a period as the title of a report does: "năm 2025", "quý III năm
// 2025", "6 tháng đầu năm 2025", "giai đoạn 2021 – 2025", "tháng 5 năm 2025", or
// its first and last day.
func (s Speaker) Period(p calendar.Period) string {
	if p == calendar.Always() {
		return s.Say("period.always")
	}
	if named := s.namedPeriod(p); named != "" {
		return named
	}
	return s.DateLong(spanOf(p))
}

// namedPeriod names years, halves and quarters; a month names itself as a date.
func (s Speaker) namedPeriod(p calendar.Period) string {
	if p.From == calendar.Earliest || p.To == calendar.Latest {
		return ""
	}
	first, last := p.From.Year(), p.To.Year()
	year := strconv.Itoa(first)
	whole := p.From == calendar.Year(first).From && p.To == calendar.Year(last).To
	switch {
	case whole && first == last:
		return s.Say("period.year", year)
	case whole:
		return s.Say("period.years", year, strconv.Itoa(last))
	case p.From == calendar.Quarter(first, 1).From && p.To == calendar.Quarter(first, 2).To:
		return s.Say("period.firstHalf", year)
	case p.From == calendar.Quarter(first, 3).From && p.To == calendar.Quarter(first, 4).To:
		return s.Say("period.secondHalf", year)
	}
	for quarter := 1; quarter <= 4; quarter++ {
		if p == calendar.Quarter(first, quarter) {
			return s.Say("period.quarter."+strconv.Itoa(quarter), year)
		}
	}
	return ""
}

// spanOf gives a period as the date that says it most shortly.
func spanOf(p calendar.Period) calendar.Date {
	from, to := calendar.OnDay(p.From), calendar.OnDay(p.To)
	switch {
	case p.From == p.To:
		return from
	case p.From == calendar.Earliest:
		from = calendar.Date{}
	case p.To == calendar.Latest:
		to = calendar.Date{}
	default:
		yearA, a, _ := p.From.Civil()
		yearB, b, _ := p.To.Civil()
		wholeMonths := p.From == calendar.MonthOf(yearA, a).From && p.To == calendar.MonthOf(yearB, b).To
		if wholeMonths && yearA == yearB && a == b {
			return calendar.InMonth(yearA, a)
		}
		if wholeMonths {
			from, to = calendar.InMonth(yearA, a), calendar.InMonth(yearB, b)
		}
	}
	span, err := calendar.Between(from, to)
	if err != nil {
		return calendar.Date{} // a period without days
	}
	return span
}

// LunarLine writes a date of the lunar calendar as calendars print it under the
// solar one: "14 tháng Mười, Bính Ngọ", "mùng 4 tháng Giêng, Bính Ngọ".
func (s Speaker) LunarLine(d lunar.Date) string {
	if d.IsZero() {
		return s.Say("date.unknown")
	}
	return s.Say("lunar.line", s.lunarDay(d.Day), s.lunarMonth(d), lunar.CanChiOf(d.Year).String())
}

func (s Speaker) lunarDay(day int) string {
	number := strconv.Itoa(day)
	switch s.Lang {
	case En:
		number = OrdinalEnglish(day)
	case Fr:
		number += choose(day == 1, "er", "e")
	}
	if day <= 10 { // the first ten days of a month are counted as new
		return s.Say("lunar.early", number)
	}
	return number
}

func (s Speaker) lunarMonth(d lunar.Date) string {
	month := s.Say("lunar.month." + strconv.Itoa(d.Month))
	if d.Leap {
		return s.Say("lunar.leap", month)
	}
	return month
}
