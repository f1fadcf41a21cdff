package lunar

import "kith.app/internal/calendar"

// The new years of Cambodia and Laos are solar: they come when the sun of the
// old reckoning enters Aries, in the middle of April.
//
// The Khmer year begins at the moment called Moha Sangkran and ends its feast on
// the day called Lerng Sak, three or four days in all. Both follow from the mean
// year of the Sūrya Siddhānta, 292,207 days in 800 years, counted from the little
// era of 638. The moment computed here lies within forty minutes of those printed;
// its day agrees with the printed tables of 1950 to 2100 in every year but 2012,
// for which they have 14 April, a doubtful date: the rule gives the 13th.
//
// What is kept in a year is what the government decrees, so either may be set
// otherwise for a year.

// littleEra is the year from which the Khmer reckoning counts its days.
const littleEra = 638

// KhmerNewYear gives the first and the last day of the Khmer new year in a solar
// year.
func KhmerNewYear(year int) calendar.Period {
	days := 292207 * (year - littleEra)
	// Fifths of a minute since the beginning of 1970, at the meridian of Phnom Penh.
	moment := days*9 - 3502236242
	first := calendar.Day(floorDiv(moment, 5*24*60))
	// The day on which the mean sun returns, of the reckoning's own count of days.
	lerngSak := calendar.Day(floorDiv(days+499, 800) + 4 - 486424)
	return calendar.Period{From: first, To: max(lerngSak, first+2)}
}

// LaoNewYear gives the days of the Lao new year in a solar year as they are kept
// unless a decree says otherwise: 14 to 16 April.
func LaoNewYear(year int) calendar.Period {
	return calendar.Period{From: calendar.DayOf(year, 4, 14), To: calendar.DayOf(year, 4, 16)}
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}
