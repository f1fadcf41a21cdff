package locale

import (
	"strconv"
	"strings"
	"time"

	"kith.app/internal/calendar"
)

// DateShort writes a date as tables and lists show it, in figures and no more
// precisely than it is known: "21/11/2026", "tháng 10/2003", "năm 1949",
// "khoảng năm 1989", "10/2003 – 5/2024", "từ 10/2003", "không rõ".
func (s Speaker) DateShort(d calendar.Date) string {
	switch {
	case d.IsUnknown():
		return s.Say("date.unknown")
	case !d.IsSpan():
		return s.marked(d, s.short(d))
	}
	from, to := d.Ends()
	switch openFrom, openTo := open(d); {
	case openFrom:
		return s.sayEnd("date.until", to, s.shortEnd(to))
	case openTo:
		return s.sayEnd("date.since", from, s.shortEnd(from))
	}
	return s.shortEnd(from) + " – " + s.shortEnd(to)
}

// open says which end of a span is open, as against not known.
func open(d calendar.Date) (from, to bool) {
	written := d.EDTF()
	return strings.HasPrefix(written, "../"), strings.HasSuffix(written, "/..")
}

// short writes a plain date alone: "tháng 10/2003".
func (s Speaker) short(d calendar.Date) string {
	figures := shortFigures(d)
	switch d.Precision() {
	case calendar.ToMonth:
		return s.Say("date.short.month", figures)
	case calendar.ToYear:
		return s.Say("date.short.year", figures)
	}
	return figures
}

// shortEnd writes one end of a span: "10/2003".
func (s Speaker) shortEnd(d calendar.Date) string {
	if d.IsUnknown() {
		return s.Say("date.unknown")
	}
	return s.markedEnd(d, shortFigures(d))
}

// shortFigures writes 21/11/2026, 10/2003 or 1949.
func shortFigures(d calendar.Date) string {
	if day, ok := d.Day(); ok {
		return DayShort(day)
	}
	if year, month, ok := d.Month(); ok {
		return strconv.Itoa(int(month)) + "/" + strconv.Itoa(year)
	}
	year, _ := d.Year()
	return strconv.Itoa(year)
}

// DayShort writes a day as 02/12/2022, alike in the three languages.
func DayShort(day calendar.Day) string {
	year, month, d := day.Civil()
	written := make([]byte, 0, 10)
	written = appendTwo(written, d)
	written = appendTwo(append(written, '/'), int(month))
	return string(strconv.AppendInt(append(written, '/'), int64(year), 10))
}

// appendTwo appends a number with at least two digits.
func appendTwo(dst []byte, n int) []byte {
	if n < 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, int64(n), 10)
}

// marked adds to a date alone that it is about or derived.
func (s Speaker) marked(d calendar.Date, written string) string {
	switch {
	case d.IsAbout() && d.Precision() == calendar.ToDay:
		written = s.Say("date.about.day", written)
	case d.IsAbout():
		written = s.Say("date.about", written)
	}
	if d.IsDerived() {
		written = s.Say("date.derived", written)
	}
	return written
}

// markedEnd adds the marks to the end of a span.
func (s Speaker) markedEnd(d calendar.Date, written string) string {
	if d.IsAbout() {
		written = s.Say("date.about.end", written)
	}
	if d.IsDerived() {
		written = s.Say("date.derived", written)
	}
	return written
}

// sayEnd says a key about one end of a span, or its form ".day" for a date known
// to the day: French has "du 21 novembre" but "de novembre", Vietnamese "ngày
// 21" but "tháng 11". Before a vowel "de" becomes "d’".
func (s Speaker) sayEnd(key string, d calendar.Date, written string) string {
	switch {
	case d.IsUnknown():
		key += ".unknown"
	case d.Precision() == calendar.ToDay && !d.IsAbout():
		key += ".day"
	}
	said := s.Say(key, written)
	if s.Lang == Fr && vowelFirst(written) {
		return strings.Replace(said, "de "+written, "d’"+written, 1)
	}
	return said
}

func vowelFirst(word string) bool {
	return word != "" && strings.ContainsRune("aeiou", rune(word[0]))
}

// DateLong writes a date in words: "Chủ nhật 22 tháng 11 năm 2026", "tháng 10
// năm 2003", "từ ngày 21 đến ngày 23 tháng 11 năm 2026". Only a single day has
// its day of the week.
func (s Speaker) DateLong(d calendar.Date) string {
	switch {
	case d.IsUnknown():
		return s.Say("date.unknown")
	case !d.IsSpan():
		return s.marked(d, s.long(d))
	}
	from, to := d.Ends()
	switch openFrom, openTo := open(d); {
	case openFrom:
		return s.sayEnd("date.until", to, s.longEnd(to))
	case openTo:
		return s.sayEnd("date.since", from, s.longEnd(from))
	}
	if days, ok := s.daysOfMonth(from, to); ok {
		return days
	}
	return s.sayEnd("date.from", from, s.longEnd(from)) + " " + s.sayEnd("date.to", to, s.longEnd(to))
}

// long writes a plain date alone, in words.
func (s Speaker) long(d calendar.Date) string {
	if day, ok := d.Day(); ok && !d.IsAbout() {
		year, month, number := day.Civil()
		return s.Say("date.long.day", s.Weekday(day.Weekday()), s.dayNumber(number), s.MonthName(month), strconv.Itoa(year))
	}
	return s.longEnd(d.Plain())
}

// longEnd writes one end of a span in words: "21 tháng 11 năm 2026".
func (s Speaker) longEnd(d calendar.Date) string {
	if d.IsUnknown() {
		return s.Say("date.unknown")
	}
	var written string
	if day, ok := d.Day(); ok {
		year, month, number := day.Civil()
		written = s.Say("date.long.plain", s.dayNumber(number), s.MonthName(month), strconv.Itoa(year))
	} else if year, month, ok := d.Month(); ok {
		written = s.Say("date.long.month", s.MonthName(month), strconv.Itoa(year))
	} else {
		year, _ := d.Year()
		written = s.Say("date.short.year", strconv.Itoa(year))
	}
	return s.markedEnd(d, written)
}

// daysOfMonth writes a span of days within one month without saying it twice.
func (s Speaker) daysOfMonth(from, to calendar.Date) (string, bool) {
	first, ok := from.Day()
	last, okToo := to.Day()
	year, month, a := first.Civil()
	yearToo, monthToo, b := last.Civil()
	marks := from != from.Plain() || to != to.Plain()
	if !ok || !okToo || marks || year != yearToo || month != monthToo {
		return "", false
	}
	return s.Say("date.long.days", s.dayNumber(a), s.dayNumber(b), s.MonthName(month), strconv.Itoa(year)), true
}

// dayNumber writes the day of the month in running text: French says "1er".
func (s Speaker) dayNumber(day int) string {
	if s.Lang == Fr && day == 1 {
		return "1er"
	}
	return strconv.Itoa(day)
}

// Weekday names a day of the week: "Thứ hai", "Monday", "lundi".
func (s Speaker) Weekday(day time.Weekday) string {
	return s.Say("date.weekday." + strconv.Itoa(int(day)))
}

// MonthName names a month as it stands in a date: "11", "November", "novembre".
func (s Speaker) MonthName(m time.Month) string {
	return s.Say("date.month." + strconv.Itoa(int(m)))
}

// DateOfficial writes the line of place and date of an official paper: "Lạng
// Sơn, ngày 02 tháng 12 năm 2022". What is not known, the place too, is left
// as dots for the pen.
func (s Speaker) DateOfficial(place string, d calendar.Date) string {
	if place == "" {
		place = strings.Repeat("…", 8)
	}
	return s.Say("paper.placed", place, s.DatePaper(d))
}

// DatePaper writes the date of an official paper without its place: "ngày 02
// tháng 12 năm 2022". Vietnamese papers write days below ten and the months 1
// and 2 with a nought before them, so that nobody can write a figure there.
func (s Speaker) DatePaper(d calendar.Date) string {
	day, month, year := "……", "……", "20…"
	if y, ok := d.Year(); ok {
		year = strconv.Itoa(y)
	}
	if _, m, ok := d.Month(); ok {
		month = s.paperMonth(m)
	}
	if known, ok := d.Day(); ok {
		_, _, number := known.Civil()
		day = s.paperDay(number)
	}
	return s.Say("date.paper", day, month, year)
}

func (s Speaker) paperDay(day int) string {
	if s.Lang == En || s.Lang == Fr {
		return s.dayNumber(day)
	}
	return string(appendTwo(nil, day))
}

func (s Speaker) paperMonth(m time.Month) string {
	if s.Lang == En || s.Lang == Fr || m > time.February {
		return s.MonthName(m)
	}
	return string(appendTwo(nil, int(m)))
}
