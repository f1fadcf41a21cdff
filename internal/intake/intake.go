// Package intake brings outside material into the book: it recognises what the
// columns of a table are, reads what the cells say, compares every row with what
// the book knows, and proposes what would become of it. Nothing is written until
// a person has seen the proposal, and what is written goes through the verbs by
// which everything else enters the book.
//
// A row is matched by its member number, else by name, birth and origin. A blank
// cell never erases, a missing row never deletes, a date or place told less
// precisely never replaces a finer one; so the same file brought in again changes
// nothing. What cannot be read is listed with its row, its column and what would
// be right; what may be meant in several ways is asked, never guessed.
//
// The same headings serve both ways: an export has the columns that an import
// reads.
package intake

import (
	"context"
	"slices"
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/money"
)

// Subject says what a table is about.
type Subject string

// The subjects that can be brought in.
const (
	People     Subject = "people"
	Households Subject = "households"
	Bodies     Subject = "bodies"
	Deeds      Subject = "deeds"
	Entries    Subject = "entries"
	Ties       Subject = "ties"

	// Those that have a page of their own and are not offered among the others.
	Targets Subject = "targets" // targets of a plan with their figures
	Replies Subject = "replies" // many units' replies to a form
)

// Subjects lists the subjects in the order in which pages offer them.
func Subjects() []Subject { return []Subject{People, Households, Bodies, Deeds, Entries, Ties} }

// ParseSubject reads the name of a subject.
func ParseSubject(s string) (Subject, error) {
	for _, known := range Subjects() {
		if s == string(known) {
			return known, nil
		}
	}
	return "", fault.Field("subject", "intake.subject.unknown", s)
}

// DayOrder says which of day and month stands first in a table.
type DayOrder string

// The orders; unless told, the order is found out from the column.
const (
	FindOut    DayOrder = ""
	DayFirst   DayOrder = "dmy"
	MonthFirst DayOrder = "mdy"
)

// Options are what the person who brings a table in decides.
type Options struct {
	Body           body.ID       // whom it concerns; the book's root when 0
	DayOrder       DayOrder      // told when the table leaves it open
	Columns        map[int]Field // what columns are, in place of what was recognised
	GoodRows       bool          // bring in the good rows and leave out the others
	CreateBranches bool          // found branches and kinds of body the book does not know
	FiguresOnly    bool          // money of deeds is counted, and stays out of the fund
	Why            string        // why money is taken back that the table states otherwise
}

// Outcome says what becomes of a row.
type Outcome string

// The outcomes.
const (
	New     Outcome = "new"
	Update  Outcome = "update"  // some fields of a known record change
	Same    Outcome = "same"    // the book says so already
	Likely  Outcome = "likely"  // new, though it may be somebody the book knows
	Trouble Outcome = "problem" // left out
	Skipped Outcome = "skipped" // no record: a total, a line that groups others
)

// Outcomes lists the outcomes in the order in which they are told.
func Outcomes() []Outcome { return []Outcome{New, Update, Same, Likely, Trouble, Skipped} }

// Problem is what is wrong, or worth a look, in one cell.
type Problem struct {
	Row    int          // as the sheet counts
	Column int          // from 0; -1 for the row as a whole
	Title  string       // the heading of the column
	Field  Field        // what the column was taken for
	Fault  *fault.Fault // says what is wrong and what would be right
}

// Cell names the cell as spreadsheets do: C5.
func (p Problem) Cell() string {
	if p.Column < 0 {
		return ""
	}
	return ColumnName(p.Column) + strconv.Itoa(p.Row)
}

// Change is one field of a known record that a row would change.
type Change struct {
	Field  Field
	Before string
	After  string
}

// Alike is a record that a new row may be the same as.
type Alike struct {
	Ref  int64 // the record in the book, or 0
	Row  int   // the row of the same table, or 0
	Name string
}

// Row is what becomes of one row of the table.
type Row struct {
	Number   int
	What     Outcome
	Name     string // what the row is about, for lists
	Ref      int64  // the record it was matched with
	Changes  []Change
	Problems []Problem // why it is left out
	Remarks  []Problem // brought in all the same, but worth a look
	Alike    []Alike

	draft draft
	stage string // of a contest, whose column is concerned
}

// draft is what a row proposes to write.
type draft interface {
	// apply writes the proposal through the verbs of its subject.
	apply(ctx context.Context, w *writing) error
}

// Plan is what would become of a whole table.
type Plan struct {
	Subject  Subject
	Table    *Table
	DayOrder DayOrder // as found out or told
	Rows     []Row
	Create   []string            // names of branches that would be founded
	Lacked   []string            // names that no branch of the book has
	Missing  []contest.Criterion // of the contest's table that the file does not have

	options    Options
	branches   *branches
	households *households
	strike     bool // what is missing from a table of criteria is taken out
}

// Count tells how many rows have an outcome.
func (p *Plan) Count(what Outcome) int {
	n := 0
	for i := range p.Rows {
		if p.Rows[i].What == what {
			n++
		}
	}
	return n
}

// Counts tells how many rows have each outcome.
func (p *Plan) Counts() Counts {
	return Counts{
		Rows: len(p.Rows), New: p.Count(New), Update: p.Count(Update), Same: p.Count(Same),
		Likely: p.Count(Likely), Problem: p.Count(Trouble), Skipped: p.Count(Skipped),
	}
}

// Writes tells how many rows would change the book.
func (p *Plan) Writes() int { return p.Count(New) + p.Count(Update) + p.Count(Likely) }

// Money tells what the plan would enter in the fund: how many entries, and how
// much of each currency comes in and goes out.
func (p *Plan) Money() (entries int, in, out []money.Amount) {
	for i := range p.Rows {
		switch d := p.Rows[i].draft.(type) {
		case *deedDraft:
			if d.spent.IsZero() {
				continue
			}
			entries++
			if d.receipt {
				in = added(in, d.spent)
			} else {
				out = added(out, d.spent)
			}
		case *entryDraft:
			if d.voucher != "" {
				continue
			}
			entries++
			if d.draft.Kind == fund.Receipt {
				in = added(in, d.draft)
			} else {
				out = added(out, d.draft)
			}
		}
	}
	return entries, in, out
}

// added adds the money of a draft to sums in several currencies.
func added(sums []money.Amount, d fund.Draft) []money.Amount {
	for _, p := range d.Parts {
		at := slices.IndexFunc(sums, func(s money.Amount) bool { return s.Currency == p.Amount.Currency })
		if at < 0 {
			sums = append(sums, p.Amount)
			continue
		}
		sums[at].Minor += p.Amount.Minor
	}
	return sums
}

// Options are those with which the plan was made.
func (p *Plan) Options() Options { return p.options }

// Counts are the rows of a table by what became of them.
type Counts struct {
	Rows    int `json:"rows"`
	New     int `json:"new"`
	Update  int `json:"update"`
	Same    int `json:"same"`
	Likely  int `json:"likely"`
	Problem int `json:"problem"`
	Skipped int `json:"skipped"`
}

// ColumnName names a column counted from 0 as spreadsheets do: A, B, …, AA.
func ColumnName(n int) string {
	name := ""
	for n++; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// Title gives the heading of a field in a language, as an export writes it.
func Title(s Subject, f Field, lang locale.Lang) string {
	v, err := shipped()
	if err != nil {
		return string(f)
	}
	return v.title(s, f, lang)
}
