package intake

import (
	"path"
	"strconv"
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/sheet"
	"kith.app/internal/text"
)

// Column is one column of a table and what it was taken for.
type Column struct {
	At    int // from 0
	Title string
	Field Field // empty: not recognised, left out
}

// Table is a sheet whose columns have been recognised.
type Table struct {
	Subject  Subject
	Sheet    *sheet.Sheet
	Heading  int // the number of the row that names the columns, as the sheet counts
	Columns  []Column
	Examples [][]string // a few cells of each column, for whoever checks the columns

	rows []sheet.Row // below the heading
	at   map[Field]int
}

// Recognise finds the heading of a sheet and what each column is. What the
// options say of columns goes before what their titles say.
func Recognise(s *sheet.Sheet, subject Subject, o Options) (*Table, error) {
	return recognise(s, subject, o, func(string) (Field, bool) { return "", false })
}

// recognise also knows titles that no vocabulary has, which go before those that it
// has.
func recognise(s *sheet.Sheet, subject Subject, o Options, more func(title string) (Field, bool)) (*Table, error) {
	v, err := shipped()
	if err != nil {
		return nil, err
	}
	field := func(title string) (Field, bool) {
		if f, ok := more(title); ok {
			return f, true
		}
		return v.field(subject, title)
	}
	heading, found := s.Heading(func(title string) bool {
		_, ok := field(title)
		return ok
	})
	if !found && s.Separator != 0 && strings.HasPrefix(strings.ToLower(path.Ext(s.Name)), ".xls") {
		return nil, fault.Refuse("sheet.notbook", s.Name)
	}
	if !found {
		return nil, fault.Refuse("intake.heading.missing", choices(func(lang locale.Lang) []string { return needed(v, subject, lang) }))
	}
	t := &Table{Subject: subject, Sheet: s, Heading: s.Rows[heading.Last].Number, rows: s.Rows[heading.Last+1:], at: map[Field]int{}}
	for i, title := range heading.Titles {
		c := Column{At: i, Title: title}
		c.Field, _ = field(title)
		if told, ok := o.Columns[i]; ok {
			c.Field = told
		}
		t.Columns = append(t.Columns, c)
	}
	t.rows = withoutNumbering(t.rows)
	if len(t.rows) == 0 {
		return nil, fault.Refuse("intake.rows.none")
	}
	t.Examples = t.examples()
	return t, t.place()
}

// place notes where each field stands; two columns for one field are refused.
func (t *Table) place() error {
	var found []error
	for i, c := range t.Columns {
		if c.Field == "" || c.Field == Ignored {
			continue
		}
		if at, ok := t.at[c.Field]; ok {
			found = append(found, fault.Field("columns", "intake.column.twice", t.Columns[at].label(), t.Columns[i].label()))
			continue
		}
		t.at[c.Field] = c.At
	}
	return fault.Gather(found...)
}

// label names a column by its letter and its title.
func (c Column) label() string {
	if c.Title == "" {
		return ColumnName(c.At)
	}
	return ColumnName(c.At) + " “" + c.Title + "”"
}

// needed names the headings without which a subject makes no sense, for the
// sentence that says that none was found.
func needed(v *vocabulary, s Subject, lang locale.Lang) []string {
	fields := map[Subject][]Field{
		People: {"name", "birth", "branch"}, Households: {"head", "address"}, Bodies: {"name", "kind"},
		Criteria: {"name", "max"}, Scores: {"unit", "no"},
		Deeds: {"kind", "day", "who"}, Entries: {"day", "text", "amount"}, Bank: {"day", "out", "in"},
	}[s]
	var all []string
	for _, f := range fields {
		all = append(all, v.title(s, f, lang))
	}
	return all
}

// Has tells whether any column holds a field.
func (t *Table) Has(f Field) bool {
	_, ok := t.at[f]
	return ok
}

// Unknown lists the columns that were not recognised though they hold something.
func (t *Table) Unknown() []Column {
	var all []Column
	for i, c := range t.Columns {
		if c.Field == "" && (c.Title != "" || len(t.Examples[i]) > 0) {
			all = append(all, c)
		}
	}
	return all
}

// examples gives up to three different cells of each column.
func (t *Table) examples() [][]string {
	all := make([][]string, len(t.Columns))
	for i := range t.Columns {
		seen := map[string]bool{}
		for _, r := range t.rows {
			said := r.At(i).Text
			if said == "" || seen[said] {
				continue
			}
			seen[said] = true
			if all[i] = append(all[i], said); len(all[i]) == 3 {
				break
			}
		}
	}
	return all
}

// withoutNumbering drops the row "(1) (2) (3)" that official forms have under
// their heading.
func withoutNumbering(rows []sheet.Row) []sheet.Row {
	if len(rows) == 0 {
		return rows
	}
	filled := 0
	for i, c := range rows[0].Cells {
		if c.Text == "" {
			continue
		}
		filled++
		said := strings.Trim(c.Text, "() ")
		if said != strconv.Itoa(i+1) && said != strconv.Itoa(filled) && said != string(rune('A'+i)) {
			return rows
		}
	}
	if filled < 3 {
		return rows
	}
	return rows[1:]
}

// group tells a row that only names a group of the rows below it, such as
// "II. Chi hội Noong Bua", or sums them up: its one text stands outside the
// column of names, is spread over several, or follows a Roman number or letter.
func (t *Table) group(r sheet.Row, names ...Field) (string, bool) {
	said := t.distinct(r)
	switch {
	case len(said) == 0:
		return "", false
	case totals(said[0].text), len(said) > 1 && ordinal(said[0].text) && totals(said[1].text):
		return said[0].text, true
	case len(said) == 1:
		return said[0].text, !ordinal(said[0].text) && (said[0].spread || !t.holds(said[0].column, names))
	case len(said) == 2 && ordinal(said[0].text):
		_, err := strconv.Atoi(strings.Trim(said[0].text, ".)( "))
		return said[1].text, said[1].spread || err != nil
	}
	return "", false
}

// saidCell is a text of a row, once however many cells it is spread over.
type saidCell struct {
	column int
	text   string
	spread bool
}

func (t *Table) distinct(r sheet.Row) []saidCell {
	var all []saidCell
	for i, c := range r.Cells {
		if c.Text == "" {
			continue
		}
		if n := len(all); n > 0 && c.Spread && all[n-1].text == c.Text {
			all[n-1].spread = true
			continue
		}
		all = append(all, saidCell{column: i, text: c.Text})
	}
	return all
}

// holds tells whether a column is one of those given.
func (t *Table) holds(column int, fields []Field) bool {
	for _, f := range fields {
		if at, ok := t.at[f]; ok && at == column {
			return true
		}
	}
	return false
}

// ordinal tells a number of a group: II, 3, B, a).
func ordinal(s string) bool {
	s = strings.Trim(s, ".)( ")
	if _, err := strconv.Atoi(s); err == nil {
		return true
	}
	return s != "" && (strings.Trim(s, "IVX") == "" || len(s) == 1)
}

// totals tells a row that sums up: "Tổng cộng: 25 người". Folded, the word for a
// sum is written like a family name, a company and the beginning of codes.
func totals(s string) bool {
	folded, lower := text.Fold(s), strings.ToLower(text.Clean(s))
	for _, other := range []string{"công", "tổng công", "cong ty", "cong ti", "tong cong ty", "tong cong ti"} {
		if strings.HasPrefix(lower, other) {
			return false
		}
	}
	if strings.Contains(lower, "-") && !strings.Contains(lower, " ") {
		return false
	}
	for _, start := range []string{"tong cong", "tong so", "cong", "total", "sum"} {
		if folded == start || strings.HasPrefix(folded, start+" ") && !strings.Contains(folded, "cong hoa") {
			return true
		}
	}
	return false
}

// withoutOrdinal drops "II." or "3)" before the name of a group.
func withoutOrdinal(s string) string {
	first, rest, ok := strings.Cut(s, " ")
	if ok && strings.ContainsAny(first, ".)") && ordinal(first) {
		return strings.TrimSpace(rest)
	}
	return s
}
