package calendar

// CompletedYears counts the whole years from one day to another. Who is born on
// 29 February completes a common year on 28 February. It is negative when the
// second day is the earlier.
func CompletedYears(from, to Day) int {
	n := to.Year() - from.Year()
	if from.AddYears(n) > to {
		n--
	}
	return n
}

// AgeOn gives the age in completed years on a day, as the least and the most it
// can be: the two differ where the birth is not known to the day. It is false
// when nothing can be said, or the birth is later than the day.
func AgeOn(birth Date, on Day) (from, to int, ok bool) {
	first, begins := birth.First()
	last, ends := birth.Last()
	if !begins || !ends || first > on {
		return 0, 0, false
	}
	return max(0, CompletedYears(last, on)), CompletedYears(first, on), true
}

// Anniversary gives the date in a year on which a past date is remembered, as
// precisely as that date is known and with its marks, and how many years it is
// then. 29 February is kept on 28 February of a common year. It is false for an
// unknown date, for a span, and for a year that is not later.
func Anniversary(d Date, year int) (on Date, count int, ok bool) {
	then, known := d.Year()
	if !known || d.IsSpan() || year <= then || year > Latest.Year() {
		return Date{}, 0, false
	}
	count = year - then
	on = point(d.first.AddYears(count), d.from.precision())
	return on.marked(d.from & marks), count, true
}
