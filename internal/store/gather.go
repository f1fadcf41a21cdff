package store

import (
	"context"
	"slices"
	"strings"
)

// rows gathers rows of one table that are inserted together: a statement of many
// rows costs the engine a third less than as many statements, and rows in the
// order of their key touch each page of the table once.
type rows struct {
	table   string // with alias, as after INSERT INTO
	columns string
	onClash string // ON CONFLICT …, or empty
	order   func(a, b []any) int
	width   int
	all     [][]any
	texts   map[int]string // statements by their number of rows
}

// gathered is what a writer holds back, by table. It is written before anything
// else is read or written, so that nobody ever sees it missing.
type gathered struct {
	tables []*rows
	held   int
}

// heldMost is how many rows are held back at most.
const heldMost = 8192

// group sizes in which rows are inserted; what is left over goes in smaller
// ones.
var groupSizes = []int{64, 16, 4, 1}

// insert holds a row back to be inserted with others of its table.
func (r *runner) insert(ctx context.Context, into *rows, row ...any) error {
	if len(into.all) == 0 {
		r.gathered.tables = append(r.gathered.tables, into)
	}
	into.width = len(row)
	into.all = append(into.all, row)
	if r.gathered.held++; r.gathered.held < heldMost {
		return nil
	}
	return r.release(ctx)
}

// release writes every row that was held back.
func (r *runner) release(ctx context.Context) error {
	if r.gathered == nil || r.gathered.held == 0 {
		return nil
	}
	tables := r.gathered.tables
	r.gathered.tables, r.gathered.held = nil, 0
	var failed error
	for _, t := range tables {
		all := t.all
		t.all = t.all[:0]
		if failed == nil {
			failed = r.insertAll(ctx, t, all)
		}
		clear(all)
	}
	return failed
}

// forget drops every row that was held back, for work that is taken back.
func (r *runner) forget() {
	for _, t := range r.gathered.tables {
		clear(t.all)
		t.all = t.all[:0]
	}
	r.gathered.tables, r.gathered.held = nil, 0
}

// insertAll inserts the rows of one table in the order of its key.
func (r *runner) insertAll(ctx context.Context, t *rows, all [][]any) error {
	if t.order != nil {
		slices.SortFunc(all, t.order)
	}
	for _, size := range groupSizes {
		for len(all) >= size {
			args := make([]any, 0, size*t.width)
			for _, row := range all[:size] {
				args = append(args, row...)
			}
			if _, err := r.execNow(ctx, t.text(size), args...); err != nil {
				return err
			}
			all = all[size:]
		}
	}
	return nil
}

// text writes the statement that inserts n rows.
func (t *rows) text(n int) string {
	if kept := t.texts[n]; kept != "" {
		return kept
	}
	var b strings.Builder
	b.WriteString("INSERT INTO " + t.table + " (" + t.columns + ") VALUES ")
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		for j := range t.width {
			b.WriteString(map[bool]string{true: "(", false: ", "}[j == 0] + dollar(i*t.width+j+1))
		}
		b.WriteByte(')')
	}
	b.WriteString(t.onClash)
	if t.texts == nil {
		t.texts = map[int]string{}
	}
	t.texts[n] = b.String()
	return b.String()
}

// tables are the tables whose rows come in numbers.
type tables struct {
	line, party, word, change, tally, deed rows
}

func newTables() *tables {
	return &tables{
		line: rows{
			table: "line", columns: "root, body, deed, n, measure, qty, qualifier, day_first, day_last, revision, undoes, item",
			order: byColumns(1, 2, 3),
		},
		party:  rows{table: "party", columns: "deed, n, root, role, body, person, name, note, detail", order: byColumns(0, 1)},
		word:   rows{table: "word", columns: "root, subject, word, ref", order: byWord},
		change: rows{table: "change", columns: "link, n, at, actor, name, subject, ref, body, job, why, payload, salt, digest"},
		tally: rows{
			table: "tally AS t", columns: "root, edition, body, measure, below, since, until, qty, exact, atleast, over, about, nearly",
			onClash: ` ON CONFLICT (root, edition, body, measure, below, since, until) DO UPDATE SET
			  qty = t.qty + excluded.qty, exact = t.exact + excluded.exact, atleast = t.atleast + excluded.atleast,
			  over = t.over + excluded.over, about = t.about + excluded.about, nearly = t.nearly + excluded.nearly`,
		},
		deed: rows{table: "deed", columns: deedColumns + ", day_first, day_last, fold, root"},
	}
}

// byColumns orders rows by columns of whole numbers.
func byColumns(columns ...int) func(a, b []any) int {
	return func(a, b []any) int {
		for _, c := range columns {
			x, y := a[c].(int64), b[c].(int64)
			switch {
			case x < y:
				return -1
			case x > y:
				return 1
			}
		}
		return 0
	}
}

// byWord orders rows of words as their key does.
func byWord(a, b []any) int {
	if n := strings.Compare(a[1].(string), b[1].(string)); n != 0 {
		return n
	}
	if n := strings.Compare(a[2].(string), b[2].(string)); n != 0 {
		return n
	}
	return byColumns(3)(a, b)
}
