package intake

import (
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/place"
	"kith.app/internal/sheet"
	"kith.app/internal/text"
)

// reading reads the cells of one row and gathers what is wrong with them.
type reading struct {
	p        *proposal
	row      sheet.Row
	problems []Problem
	remarks  []Problem
}

// cell gives the cell of a field, a blank one where the table has no such column.
func (r *reading) cell(f Field) sheet.Cell {
	at, ok := r.p.table.at[f]
	if !ok {
		return sheet.Cell{}
	}
	return r.row.At(at)
}

// text gives what the cell of a field says, on one line.
func (r *reading) text(f Field) string {
	return strings.Join(strings.Fields(r.cell(f).Text), " ")
}

// lines gives what the cell of a field says, with its lines.
func (r *reading) lines(f Field) string { return r.cell(f).Text }

// refuse notes what is wrong in the cell of a field.
func (r *reading) refuse(f Field, err error) {
	r.problems = append(r.problems, r.at(f, err)...)
}

// remark notes what is worth a look in the cell of a field.
func (r *reading) remark(f Field, key string, args ...any) {
	r.remarks = append(r.remarks, r.at(f, fault.Field(string(f), key, args...))...)
}

// at places faults in the column of a field.
func (r *reading) at(f Field, err error) []Problem {
	var all []Problem
	for _, one := range fault.All(err) {
		p := Problem{Row: r.row.Number, Column: -1, Field: f, Fault: one}
		if at, ok := r.p.table.at[f]; ok {
			p.Column, p.Title = at, r.p.table.Columns[at].Title
		}
		all = append(all, p)
	}
	return all
}

// date reads the date in the cell of a field.
func (r *reading) date(f Field) calendar.Date {
	c := r.cell(f)
	switch c.Kind {
	case sheet.Blank:
		return calendar.Date{}
	case sheet.Date:
		return c.Date
	case sheet.Text, sheet.Number:
	}
	d, err := r.p.orders.read(f, c.Text, r.p.today.Year())
	if err != nil {
		r.refuse(f, err)
	}
	return d
}

// coded reads the code that the cell of a field says with a word of a set.
func (r *reading) coded(f Field, set string) string {
	said := r.text(f)
	if said == "" {
		return ""
	}
	code, ok := r.p.words.code(set, said)
	if !ok {
		r.refuse(f, fault.Field(string(f), "intake.word.unknown", said, choices(func(lang locale.Lang) []string { return r.p.words.values[set].labels(lang) })))
	}
	return code
}

// choices are words one may write, told in the language of whoever reads.
func choices(in func(lang locale.Lang) []string) fault.Saying {
	return func(lang string) string { return strings.Join(in(locale.Lang(lang)), ", ") }
}

// choicesOf are the names that things have in the language of whoever reads.
func choicesOf[T any](all []T, name func(T, string) string) fault.Saying {
	return choices(func(lang locale.Lang) []string {
		names := make([]string, len(all))
		for i, one := range all {
			names[i] = name(one, string(lang))
		}
		return names
	})
}

// phone reads telephone numbers, one or several, as they are dialled inside the
// country.
func (r *reading) phone(f Field) string {
	c := r.cell(f)
	var all []string
	for _, one := range strings.FieldsFunc(c.Text, func(c rune) bool { return c == '/' || c == ';' || c == ',' || c == '\n' }) {
		all = append(all, dialled(one, c.Kind == sheet.Number))
	}
	return strings.Join(all, "; ")
}

// dialled gives one number without what groups it. A sheet that took a number
// for a figure has lost the nought at its head.
func dialled(said string, figure bool) string {
	said = strings.TrimSpace(said)
	digits := strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, said)
	if strings.Trim(said, "0123456789 .-()+") != "" || len(digits) < 8 {
		return text.Clean(said)
	}
	switch {
	case strings.HasPrefix(digits, "84") && len(digits) >= 11 && len(digits) <= 12 && (said[0] == '+' || figure || digits[2] != '0'):
		return "0" + digits[2:]
	case said[0] == '+':
		return "+" + digits
	case digits[0] != '0' && len(digits) == 9:
		return "0" + digits
	}
	return digits
}

// whole reads a whole number, not below nought.
func (r *reading) whole(f Field) (int64, bool) {
	said := strings.ReplaceAll(r.text(f), " ", "")
	if said == "" {
		return 0, false
	}
	n, err := strconv.ParseInt(said, 10, 64)
	if err != nil {
		n, err = strconv.ParseInt(thousands(said), 10, 64)
	}
	switch {
	case err != nil:
		r.refuse(f, fault.Field(string(f), "intake.number.unreadable", r.text(f)))
	case n < 0:
		r.refuse(f, fault.Field(string(f), "deed.count.negative"))
	default:
		return n, true
	}
	return 0, false
}

// thousands drops the marks between thousands: 1.234 and 1,234,567.
func thousands(s string) string {
	for _, mark := range []string{".", ","} {
		parts := strings.Split(s, mark)
		if len(parts) < 2 || len(parts[0]) > 3 {
			continue
		}
		whole := true
		for _, p := range parts[1:] {
			whole = whole && len(p) == 3
		}
		if whole {
			return strings.Join(parts, "")
		}
	}
	return s
}

// located is a place as a row tells it: a unit of the map with what stands
// before it, or only words.
type located struct {
	said  string
	units []place.ID // none: not on the map; several: somebody must choose
	id    place.ID
	note  string
}

// place reads a place from one column with a path, or from the columns of its
// commune, district and province. What is not on the map stays as words.
func (r *reading) place(path, commune, district, province Field) located {
	said := r.text(path)
	for _, f := range []Field{commune, district, province} {
		if part := r.text(f); part != "" {
			said = strings.Trim(said+", "+part, ", ")
		}
	}
	if said == "" {
		return located{}
	}
	read := r.p.places.Read(said)
	l := located{said: said, units: read.Units, note: read.Rest}
	id, ok := read.Only()
	if ok {
		l.id = id
		return l
	}
	l.note = said
	return l
}

// told flags a place that could not be read, or that may be several.
func (r *reading) told(f Field, l located) {
	switch {
	case l.said == "" || l.id != 0:
	case len(l.units) == 0:
		r.remark(f, "intake.place.unknown", l.said)
	default:
		r.remark(f, "intake.place.several", l.said, r.p.choices(l.units))
	}
}
