package intake

import (
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/sheet"
	"kith.app/internal/text"
)

// orders knows for each column of dates which of day and month stands first.
type orders struct {
	told     DayOrder // by the person who brings the table in
	columns  map[Field]evidence
	together evidence // of all columns, for those that say nothing themselves
}

// evidence counts the dates that can be read in one order only.
type evidence struct{ dayFirst, monthFirst int }

// order tells what the evidence says; nothing when it says nothing, the order of
// most when it contradicts itself.
func (e evidence) order() DayOrder {
	switch {
	case e.dayFirst > e.monthFirst:
		return DayFirst
	case e.monthFirst > 0:
		return MonthFirst
	}
	return FindOut
}

// sound tells that no date speaks against the others.
func (e evidence) sound() bool { return (e.dayFirst == 0) != (e.monthFirst == 0) }

// findOrders reads the columns of dates once for what their order is: a number
// above twelve is no month. A heading may say it too.
func findOrders(t *Table, told DayOrder, fields ...Field) *orders {
	o := &orders{told: told, columns: map[Field]evidence{}}
	for _, f := range fields {
		at, ok := t.at[f]
		if !ok {
			continue
		}
		e := headingSays(t.Columns[at].Title)
		for _, r := range t.rows {
			if c := r.At(at); c.Kind == sheet.Text {
				e.weigh(c.Text)
			}
		}
		o.columns[f] = e
		o.together.dayFirst += e.dayFirst
		o.together.monthFirst += e.monthFirst
	}
	return o
}

// headingSays reads the order from a heading such as "Ngày sinh (ngày/tháng/năm)".
func headingSays(title string) evidence {
	folded := text.Fold(title)
	for _, order := range []string{"ngay thang", "dd mm", "day month", "jour mois", "jj mm"} {
		if strings.Contains(folded, order) {
			return evidence{dayFirst: 1}
		}
	}
	for _, order := range []string{"mm dd", "month day", "thang ngay"} {
		if strings.Contains(folded, order) {
			return evidence{monthFirst: 1}
		}
	}
	return evidence{}
}

func (e *evidence) weigh(said string) {
	first, second, ok := twoNumbers(said)
	switch {
	case !ok:
	case first > 12 && second <= 12:
		e.dayFirst++
	case second > 12 && first <= 12:
		e.monthFirst++
	}
}

// twoNumbers gives the first two numbers of 21/11/2026.
func twoNumbers(said string) (first, second int, ok bool) {
	parts := strings.FieldsFunc(said, func(c rune) bool { return c == '/' || c == '.' || c == '-' || c == ' ' })
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return 0, 0, false
	}
	first, err1 := strconv.Atoi(parts[0])
	second, err2 := strconv.Atoi(parts[1])
	return first, second, err1 == nil && err2 == nil
}

// of gives the order of a column, and whether it is certain.
func (o *orders) of(f Field) (DayOrder, bool) {
	e := o.columns[f]
	switch {
	case o.told != FindOut:
		return o.told, true
	case e.order() != FindOut:
		return e.order(), e.sound()
	}
	return o.together.order(), o.together.sound()
}

// whole gives the order of the table as it is told to people.
func (o *orders) whole() DayOrder {
	if o.told != FindOut {
		return o.told
	}
	return o.together.order()
}

// read reads a date of a column. A date that may be two is refused unless the
// column, or somebody, says which. Of a year in two figures only the last
// century is taken, and only where this one has not come so far.
func (o *orders) read(f Field, said string, thisYear int) (calendar.Date, error) {
	order, certain := o.of(f)
	if first, second, ok := twoNumbers(said); ok && !certain && first <= 12 && second <= 12 && first != second && first > 0 && second > 0 {
		return calendar.Date{}, fault.Field(string(f), "intake.date.order", said)
	}
	how := calendar.Reading{MonthFirst: order == MonthFirst}
	d, err := calendar.ReadInput(said, how)
	if isShortYear(err) {
		how.Pivot = thisYear
		if old, again := calendar.ReadInput(said, how); again == nil && old.FirstOr(calendar.Latest) < calendar.DayOf(thisYear/100*100, 1, 1) {
			return old, nil
		}
	}
	if err == nil && d.FirstOr(calendar.Latest) < calendar.DayOf(1000, 1, 1) {
		return calendar.Date{}, fault.Field(string(f), "date.unreadable", said)
	}
	return d, err
}

func isShortYear(err error) bool {
	all := fault.All(err)
	return len(all) == 1 && all[0].Key == "date.shortYear"
}

// agree says how what a table tells of a date stands to what the book knows.
type agreement uint8

const (
	conflict agreement = iota
	unknown            // one of the two is not known
	coarser            // the table says the same less precisely
	finer              // the table says the same more precisely
	equal
)

// agrees compares a date of a table with the book's.
func agrees(told, known calendar.Date) agreement {
	switch {
	case told == known:
		return equal
	case told.IsUnknown() || known.IsUnknown():
		return unknown
	}
	t, k := told.Period(), known.Period()
	switch {
	case t == k && told == told.Plain():
		return finer // about 1949 in the book, 1949 in the table
	case t.Covers(k):
		return coarser
	case k.Covers(t):
		return finer
	}
	return conflict
}
