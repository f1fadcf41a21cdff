package calendar

import (
	"cmp"
	"time"

	"kith.app/internal/fault"
)

// Precision says how finely a date is known.
type Precision uint8

// The precisions, from nothing known to the day.
const (
	Unknown Precision = iota
	ToYear
	ToMonth
	ToDay
)

// end says how one end of a date was told: its precision, or that it is open or
// not known, and the two marks.
type end uint8

const (
	endOpen  end = 4 // written ".."
	endBlank end = 5 // written as nothing beside the slash
	endKind  end = 7 // mask of the above and of Precision

	markAbout   end = 8
	markDerived end = 16
	marks           = markAbout | markDerived
)

func (e end) precision() Precision {
	if kind := e & endKind; kind < endOpen {
		return Precision(kind)
	}
	return Unknown
}

// Date is a date or a span of dates as precisely as it is known. The zero Date
// is the unknown one. Dates are compared with == : equal dates say the same
// thing, so 2024-05 and 2024-05-01/2024-05-31 differ, although both begin and
// end on the same days.
type Date struct {
	first, last Day // 0 where the end is open or not known
	from        end
	to          end // 0 unless it is a span
}

// OnDay is the date known to the day. A day outside the calendar is unknown.
func OnDay(d Day) Date {
	if d < Earliest || d > Latest {
		return Date{}
	}
	return Date{first: d, last: d, from: end(ToDay)}
}

// On is the date known to the day, told by its numbers.
func On(year int, m time.Month, d int) Date { return OnDay(DayOf(year, m, d)) }

// InMonth is the date known to the month. A month outside the calendar is
// unknown.
func InMonth(year int, m time.Month) Date {
	first, ok := exact(year, int(m), 1)
	if !ok {
		return Date{}
	}
	return point(first, ToMonth)
}

// InYear is the date known to the year. A year outside the calendar is unknown.
func InYear(year int) Date {
	first, ok := exact(year, 1, 1)
	if !ok {
		return Date{}
	}
	return point(first, ToYear)
}

// point is the date of a precision that begins on its first day.
func point(first Day, p Precision) Date {
	last := first
	switch p {
	case ToYear:
		last = first.AddYears(1) - 1
	case ToMonth:
		last = first.AddMonths(1) - 1
	case ToDay, Unknown:
	}
	return Date{first: first, last: last, from: end(p)}
}

// Between is the span from one date to another; an unknown date leaves that end
// open, and two unknown dates are the unknown date. Of a date that is itself a
// span, the end that matters is taken. A span that ends before it begins is
// refused.
func Between(a, b Date) (Date, error) {
	span := Date{first: a.first, from: a.from, last: b.last, to: b.ending()}
	return span.checked()
}

// Since is the span from a date on, with its end open.
func (d Date) Since() Date {
	span, err := Between(d, Date{})
	if err != nil {
		return Date{} // cannot happen: an open end is never too early
	}
	return span
}

func (d Date) checked() (Date, error) {
	if d.from.precision() == Unknown {
		d.first = 0
		d.from = max(d.from&endKind, endOpen)
	}
	if d.to.precision() == Unknown {
		d.last = 0
		d.to = max(d.to&endKind, endOpen)
	}
	_, begins := d.First()
	_, ends := d.Last()
	switch {
	case !begins && !ends:
		return Date{}, nil
	case begins && ends && d.last < d.first:
		return Date{}, fault.Refuse("date.reversed", d.EDTF())
	}
	return d, nil
}

// ending tells how the last day is known.
func (d Date) ending() end {
	if d.to == 0 {
		return d.from
	}
	return d.to
}

// First gives the first day it may be; false when that is open or not known.
func (d Date) First() (Day, bool) { return d.first, d.from.precision() != Unknown }

// Last gives the last day it may be; false when that is open or not known.
func (d Date) Last() (Day, bool) { return d.last, d.ending().precision() != Unknown }

// FirstOr gives the first day it may be, or another where that is not known.
func (d Date) FirstOr(other Day) Day {
	if first, ok := d.First(); ok {
		return first
	}
	return other
}

// LastOr gives the last day it may be, or another where that is not known.
func (d Date) LastOr(other Day) Day {
	if last, ok := d.Last(); ok {
		return last
	}
	return other
}

// Columns gives a date as the store keeps it: the text, which alone reads back
// to the date, and the first and last day for searching, nil where not known.
func (d Date) Columns() (edtf string, first, last *int64) {
	if day, ok := d.First(); ok {
		n := int64(day)
		first = &n
	}
	if day, ok := d.Last(); ok {
		n := int64(day)
		last = &n
	}
	return d.EDTF(), first, last
}

// Day gives the day when the date is one day.
func (d Date) Day() (Day, bool) { return d.first, d.from&endKind == end(ToDay) && d.to == 0 }

// Year gives the year when the whole date lies in one.
func (d Date) Year() (int, bool) {
	if !d.bounded() || d.first.Year() != d.last.Year() {
		return 0, false
	}
	return d.first.Year(), true
}

// Month gives the year and month when the whole date lies in one month.
func (d Date) Month() (int, time.Month, bool) {
	if !d.bounded() {
		return 0, 0, false
	}
	y, m, _ := d.first.Civil()
	if toYear, toMonth, _ := d.last.Civil(); toYear != y || toMonth != m {
		return 0, 0, false
	}
	return y, m, true
}

// bounded says that both ends are known.
func (d Date) bounded() bool {
	return d.from.precision() != Unknown && d.ending().precision() != Unknown
}

// IsUnknown says that nothing is known of the date.
func (d Date) IsUnknown() bool { return d == Date{} }

// IsSpan says that the date was told as two ends.
func (d Date) IsSpan() bool { return d.to != 0 }

// Ends gives the two ends of a span, each as a date of its own; an end that is
// open or not known is the unknown date. The ends of a date that is no span are
// the date itself.
func (d Date) Ends() (from, to Date) {
	if d.to == 0 {
		return d, d
	}
	if p := d.from.precision(); p != Unknown {
		from = point(d.first, p)
		from.from |= d.from & marks
	}
	switch p := d.to.precision(); p {
	case ToDay:
		to = point(d.last, p)
	case ToMonth:
		to = point(d.last+1, p).shifted(-1)
	case ToYear:
		to = point(d.last+1, p).shifted(-12)
	case Unknown:
		return from, to
	}
	to.from |= d.to & marks
	return from, to
}

// shifted moves a month or a year by whole months.
func (d Date) shifted(months int) Date {
	return point(d.first.AddMonths(months), d.from.precision())
}

// Precision tells how finely the date is known; of a span, the coarser end that
// is known.
func (d Date) Precision() Precision {
	from, to := d.from.precision(), d.ending().precision()
	if from == Unknown || to == Unknown {
		return max(from, to)
	}
	return min(from, to)
}

// IsAbout says that the date, or an end of it, is approximate. The first and
// last day are those of the date as told: about 1989 runs from 1 January to 31
// December 1989.
func (d Date) IsAbout() bool { return (d.from|d.to)&markAbout != 0 }

// IsDerived says that the date, or an end of it, was reckoned from something else.
func (d Date) IsDerived() bool { return (d.from|d.to)&markDerived != 0 }

// About is the same date, marked as approximate.
func (d Date) About() Date { return d.marked(markAbout) }

// Derived is the same date, marked as reckoned from something else.
func (d Date) Derived() Date { return d.marked(markDerived) }

// Plain is the same date without marks.
func (d Date) Plain() Date {
	d.from &^= marks
	d.to &^= marks
	return d
}

func (d Date) marked(with end) Date {
	if d.from.precision() != Unknown {
		d.from |= with
	}
	if d.to.precision() != Unknown {
		d.to |= with
	}
	return d
}

// Within says that the date lies in the period, whatever day of it is meant. An
// end that is not known lies within a period open on that side; the unknown date
// lies in none.
func (d Date) Within(p Period) bool {
	return !d.IsUnknown() && d.FirstOr(Earliest) >= p.From && d.LastOr(Latest) <= p.To
}

// Overlaps says that some day the date may mean lies in the period. The unknown
// date overlaps none.
func (d Date) Overlaps(p Period) bool {
	return !d.IsUnknown() && p.From <= p.To && d.FirstOr(Earliest) <= p.To && d.LastOr(Latest) >= p.From
}

// Across says that the date may lie in the period and may lie outside: it is
// reported apart, never counted in by guess.
func (d Date) Across(p Period) bool { return d.Overlaps(p) && !d.Within(p) }

// Period gives all days the date may mean; every day, for the unknown date.
func (d Date) Period() Period { return Period{From: d.FirstOr(Earliest), To: d.LastOr(Latest)} }

// Compare orders dates for lists: by first day, then by last day, an end that is
// not known being furthest out, the unknown date after all others. It gives 0
// only for equal dates.
func (d Date) Compare(e Date) int {
	if d.IsUnknown() || e.IsUnknown() {
		return cmp.Compare(d.rank(), e.rank())
	}
	return cmp.Or(
		cmp.Compare(d.FirstOr(Earliest), e.FirstOr(Earliest)),
		cmp.Compare(d.LastOr(Latest), e.LastOr(Latest)),
		cmp.Compare(d.from, e.from),
		cmp.Compare(d.to, e.to),
	)
}

func (d Date) rank() int {
	if d.IsUnknown() {
		return 1
	}
	return 0
}

// Before says that the date stands before another in a list. For a rule, ask
// First and Last: they say what is certain.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After says that the date stands after another in a list.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }
