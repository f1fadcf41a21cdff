package reporting

import (
	"strconv"
	"strings"
)

// What a column of the platform's file may hold besides the answers to a
// question, which it names by its field: q12.
const (
	PlatformUnit   = "unit"   // the body's name
	PlatformCode   = "code"   // the body's code
	PlatformPeriod = "period" // as the form writes it: 2026-W45
	PlatformFrom   = "from"   // first day
	PlatformTo     = "to"     // last day
)

// FieldNumber gives the number of the question that a field names.
func FieldNumber(field string) (int64, bool) {
	digits, is := strings.CutPrefix(field, "q")
	if !is {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil && n > 0
}

// PlatformColumns are the columns of the file for a national platform: those of
// the form, or the body, the period and every figure where none are set.
func (f Form) PlatformColumns(lang string) []Column {
	if len(f.Platform) > 0 {
		return f.Platform
	}
	columns := []Column{{Title: PlatformCode, What: PlatformCode}, {Title: PlatformUnit, What: PlatformUnit}, {Title: PlatformPeriod, What: PlatformPeriod}}
	for _, q := range f.Figures() {
		columns = append(columns, Column{Title: q.Names.In(lang), What: q.Field()})
	}
	return columns
}

// known tells whether a column of the platform's file says what the form has.
func (f Form) known(c Column) bool {
	if n, is := FieldNumber(c.What); is {
		q, found := f.Question(n)
		return found && q.Kind.Figure()
	}
	switch c.What {
	case PlatformUnit, PlatformCode, PlatformPeriod, PlatformFrom, PlatformTo, "":
		return true
	}
	return false
}
