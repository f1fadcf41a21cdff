package sky

import (
	"math"

	"kith.app/internal/calendar"
)

// Meridian tells, for an instant, the day on which it falls where the calendar
// is made.
type Meridian func(instant float64) calendar.Day

// UTC gives the meridian so many hours east.
func UTC(hours int) Meridian {
	return func(instant float64) calendar.Day {
		return calendar.Day(math.Floor(instant + float64(hours)/24))
	}
}

// VietNam is the meridian of the calendar in use in Viet Nam: 7 hours east from
// 1968 on, before that 8 hours, as the calendars printed then were copied from
// the Chinese one.
func VietNam(instant float64) calendar.Day {
	if day := UTC(8)(instant); day < calendar.DayOf(1968, 1, 1) {
		return day
	}
	return UTC(7)(instant)
}

// Month is a month of the calendar.
type Month struct {
	Number int
	Leap   bool
	First  calendar.Day
}

// Year gives the months of a lunar year, in their order, and the first day of
// the next. The rules: a month begins on the day of a new moon; the solstice of
// winter is in month 11; between two such months, where there are thirteen, the
// first without a principal term is leap and takes the number of the one before.
func Year(year int, at Meridian) (months []Month, next calendar.Day) {
	begun := 0
	for _, month := range append(between(year, at), between(year+1, at)...) {
		if month.Number == 1 && !month.Leap {
			begun++
		}
		switch begun {
		case 1:
			months = append(months, month)
		case 2:
			return months, month.First
		}
	}
	return months, next
}

// between gives the months from month 11 of the year before to month 10, which
// may be leap, of a year.
func between(year int, at Meridian) []Month {
	first, end := eleventh(year-1, at), eleventh(year, at)
	leap := end-first == 13
	var months []Month
	number := 11
	for k := first; k < end; k++ {
		month := Month{Number: number, First: at(NewMoon(k))}
		if leap && k > first && !hasTerm(k, at) {
			leap = false
			month.Leap = true
			month.Number = (number+10)%12 + 1
		} else {
			number = number%12 + 1
		}
		months = append(months, month)
	}
	return months
}

// eleventh gives the number of the new moon of the month that has the winter
// solstice of a year.
func eleventh(year int, at Meridian) int {
	solstice := at(Term(270, float64(calendar.DayOf(year, 12, 21))))
	k := int(math.Round(float64(solstice-calendar.DayOf(2000, 1, 6))/29.530588861)) + 1
	for at(NewMoon(k)) > solstice {
		k--
	}
	return k
}

// hasTerm says that the month of a new moon has a principal term: that the sun
// passes a multiple of 30 degrees on one of its days.
func hasTerm(k int, at Meridian) bool {
	first, next := at(NewMoon(k)), at(NewMoon(k+1))
	degrees := math.Ceil(SunLongitude(float64(first)-1)/30) * 30
	for ; ; degrees += 30 {
		day := at(Term(math.Mod(degrees, 360), passing(degrees, float64(first))))
		if day >= next {
			return false
		}
		if day >= first {
			return true
		}
	}
}

// passing is about when, from an instant on, the sun comes to a longitude.
func passing(degrees, from float64) float64 {
	ahead := math.Mod(degrees-SunLongitude(from)+540, 360) - 180
	return from + ahead*365.2422/360
}

// Code packs a year as the table of package lunar has it: which months have 30
// days, the leap month, the days from 1 January to the first day.
func Code(year int, at Meridian) uint32 {
	months, next := Year(year, at)
	code := uint32(months[0].First-calendar.DayOf(year, 1, 1)) << 17
	for i, month := range months {
		end := next
		if i+1 < len(months) {
			end = months[i+1].First
		}
		if end-month.First == 30 {
			code |= 1 << i
		}
		if month.Leap {
			code |= uint32(month.Number) << 13
		}
	}
	return code
}
