package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"kith.app/internal/schema"
)

// rows gathers rows of one table that are inserted together: a statement of many
// rows costs the engine a third less than as many statements, and rows in the
// order of their key touch each page of the table once.
type rows struct {
	table   string // with alias, as after INSERT INTO
	columns string
	onClash string // ON CONFLICT …, or empty
	order   func(a, b []any) int
	join    func(into, row []any) // rows that order calls equal become one; nil where none are
	width   int
	all     [][]any
	settled int            // so many of them belong to callers whose work stands
	texts   map[int]string // statements by their number of rows
	sure    bool           // the engine cannot refuse what the verbs let through: the daybook may have them
	twin    *rows          // those of them that the daybook has
}

// gathered is what the writer holds back, by table: the rows of all callers of a
// group together, so that each table is written in a few statements. It is
// written before anything else is read or written, so that nobody ever sees it
// missing; what one caller brought goes again when its work is taken back.
type gathered struct {
	tables []*rows
	held   int
	alone  bool  // one caller has the engine's transaction to itself
	job    bool  // a caller's work is under way
	saved  bool  // and began with a savepoint
	roomy  bool  // a long work has more memory
	broken error // why what others of the group brought could not be written

	under chan error // answers when rows of a long work are written; nil while none are
}

// heldMost is how many rows are held back at most.
const heldMost = 16384

// groupSizes are the numbers of rows in one statement; what is left over goes in
// smaller ones.
var groupSizes = []int{64, 16, 8, 4, 3, 2, 1}

// insert holds a row back to be inserted with others of its table.
func (r *runner) insert(ctx context.Context, into *rows, row ...any) error {
	if r.engine == schema.Postgres {
		if err := sayable(into, row); err != nil {
			return err
		}
	}
	if len(into.all) == 0 {
		r.gathered.tables = append(r.gathered.tables, into)
	}
	if into.texts == nil {
		into.width, into.texts = len(row), map[int]string{}
	}
	into.all = append(into.all, row)
	if r.gathered.held++; r.gathered.held < heldMost {
		return nil
	}
	if r.first != nil {
		if err := r.first(ctx); err != nil {
			return err
		}
	}
	if !r.gathered.alone {
		return r.release(ctx)
	}
	return r.hand(ctx)
}

// hand has the rows of a long work written while the work goes on, on another
// processor: what comes next waits for them as soon as it needs the engine.
func (r *runner) hand(ctx context.Context) error {
	if err := r.await(); err != nil {
		return err
	}
	if err := r.roomy(ctx); err != nil {
		return err
	}
	g := r.gathered
	taken := make([]*rows, len(g.tables))
	for i, t := range g.tables {
		own := *t
		own.all = t.ready(t.all)
		taken[i], t.all, t.settled = &own, make([][]any, 0, cap(t.all)), 0
	}
	g.tables, g.held = nil, 0
	under := make(chan error, 1)
	g.under = under
	go func() {
		var failed error
		for _, t := range taken {
			if failed == nil {
				failed = r.insertAll(ctx, t, t.all)
			}
		}
		under <- failed
	}()
	return nil
}

// cachePages is how much of the book the writer keeps in memory, in KiB, and how
// much while a long work is under way: what does not fit is written and read twice.
const (
	cacheUsual = 16_000
	cacheRoomy = 128_000
)

// roomy gives a long work more memory for the pages it changes.
func (r *runner) roomy(ctx context.Context) error {
	if r.gathered.roomy || r.engine != schema.SQLite {
		return nil
	}
	r.gathered.roomy = true
	_, err := r.execNow(ctx, fmt.Sprintf("PRAGMA cache_size = -%d", cacheRoomy))
	return err
}

// usual takes the memory of a long work back.
func (r *runner) usual(ctx context.Context) error {
	if !r.gathered.roomy {
		return nil
	}
	r.gathered.roomy = false
	if _, err := r.execNow(ctx, fmt.Sprintf("PRAGMA cache_size = -%d", cacheUsual)); err != nil {
		return err
	}
	_, err := r.execNow(ctx, "PRAGMA shrink_memory")
	return err
}

// await waits until rows that were handed on are written.
func (r *runner) await() error {
	g := r.gathered
	if g == nil || g.under == nil {
		return nil
	}
	err := <-g.under
	g.under = nil
	return err
}

// sayable refuses text that PostgreSQL would only refuse when the row is written:
// then it would take back the rows of other callers too.
func sayable(into *rows, row []any) error {
	for _, v := range row {
		if s, ok := v.(string); ok && (!utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0) {
			return fmt.Errorf("insert into %s: text with a byte that is no letter", into.table)
		}
	}
	return nil
}

// release writes every row that was held back: first those of callers whose work
// stands, then, within a savepoint, those of the one at work.
func (r *runner) release(ctx context.Context) error {
	if err := r.await(); err != nil {
		return err
	}
	g := r.gathered
	if g == nil || g.held == 0 {
		return nil
	}
	if err := r.write(ctx, func(t *rows) int { return t.settled }); err != nil {
		g.broken = err
		return err
	}
	if g.held == 0 {
		return nil
	}
	if err := r.save(ctx); err != nil {
		return err
	}
	return r.write(ctx, func(t *rows) int { return len(t.all) })
}

// write inserts the first rows of each table.
func (r *runner) write(ctx context.Context, how func(*rows) int) error {
	kept := r.gathered.tables[:0]
	var failed error
	for _, t := range r.gathered.tables {
		n := how(t)
		if failed == nil {
			failed = r.insertAll(ctx, t, t.ready(t.all[:n]))
		}
		t.settled = 0
		t.all = slices.Delete(t.all, 0, n)
		r.gathered.held -= n
		if len(t.all) > 0 {
			kept = append(kept, t)
		}
	}
	r.gathered.tables = kept
	return failed
}

// start begins the work of one caller of a group.
func (r *runner) start(alone bool) {
	g := r.gathered
	for _, t := range g.tables {
		t.settled = len(t.all)
	}
	g.job, g.saved, g.alone = true, false, alone
}

// save opens the savepoint of the caller at work, unless it has one or needs none.
func (r *runner) save(ctx context.Context) error {
	g := r.gathered
	if g == nil || !g.job || g.saved || g.alone {
		return nil
	}
	g.saved = true
	_, err := r.execNow(ctx, "SAVEPOINT job")
	return err
}

// settle keeps what the caller at work brought.
func (r *runner) settle(ctx context.Context) error {
	g := r.gathered
	for _, t := range g.tables {
		t.settled = len(t.all)
	}
	saved := g.saved
	g.job, g.saved = false, false
	if !saved {
		return nil
	}
	_, err := r.execNow(ctx, "RELEASE SAVEPOINT job")
	return err
}

// forget takes back what the caller at work brought.
func (r *runner) forget(ctx context.Context) error {
	g := r.gathered
	kept := g.tables[:0]
	for _, t := range g.tables {
		g.held -= len(t.all) - t.settled
		clear(t.all[t.settled:])
		t.all = t.all[:t.settled]
		if t.settled > 0 {
			kept = append(kept, t)
		}
	}
	g.tables = kept
	saved := g.saved
	g.job, g.saved = false, false
	if !saved {
		return nil
	}
	if _, err := r.execNow(ctx, "ROLLBACK TO SAVEPOINT job"); err != nil {
		return err
	}
	_, err := r.execNow(ctx, "RELEASE SAVEPOINT job")
	return err
}

// drop forgets everything, for a group that comes to nothing.
func (g *gathered) drop() {
	for _, t := range g.tables {
		clear(t.all)
		t.all, t.settled = t.all[:0], 0
	}
	*g = gathered{tables: g.tables[:0], roomy: g.roomy}
}

// ready puts rows into the order of their key, those with the same key together.
func (t *rows) ready(all [][]any) [][]any {
	if t.order != nil {
		slices.SortStableFunc(all, t.order)
	}
	if t.join != nil {
		all = joined(t, all)
	}
	return all
}

// insertAll inserts rows of one table that are ready.
func (r *runner) insertAll(ctx context.Context, t *rows, all [][]any) error {
	for _, size := range groupSizes {
		for len(all) >= size {
			if r.direct != nil {
				if err := r.direct.insert(ctx, t.text(size, r.engine), all[:size]); err != nil {
					return err
				}
				all = all[size:]
				continue
			}
			args := make([]any, 0, size*t.width)
			for _, row := range all[:size] {
				args = append(args, row...)
			}
			if _, err := r.execNow(ctx, t.text(size, r.engine), args...); err != nil {
				return err
			}
			all = all[size:]
		}
	}
	return nil
}

// joined makes one row of those that have the same key.
func joined(t *rows, all [][]any) [][]any {
	var one [][]any
	for _, row := range all {
		if n := len(one); n > 0 && t.order(one[n-1], row) == 0 {
			t.join(one[n-1], row)
			continue
		}
		one = append(one, row)
	}
	return one
}

// text writes the statement that inserts n rows. SQLite would keep a copy of every
// page it changes, to take one statement back by itself; here a failed statement
// always takes the whole work with it.
func (t *rows) text(n int, e schema.Engine) string {
	if kept := t.texts[n]; kept != "" {
		return kept
	}
	var b strings.Builder
	b.WriteString("INSERT ")
	if e == schema.SQLite && t.onClash == "" {
		b.WriteString("OR FAIL ")
	}
	b.WriteString("INTO " + t.table + " (" + t.columns + ") VALUES ")
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
	t.texts[n] = b.String()
	if e == schema.SQLite {
		t.texts[n] = spell(e, t.texts[n])
	}
	return t.texts[n]
}

// tables are the tables whose rows come in numbers.
type tables struct {
	line, party, word, change, link, tally, deed, entry, posting, turnover, number, tie, tieParty, tieDeed, reformUnit, reply, replyCount, replySum rows
}

func newTables() *tables {
	all := &tables{
		line: rows{
			table: "line", columns: "root, body, deed, n, measure, qty, qualifier, day_first, day_last, revision, undoes, item",
			order: byColumns(1, 2, 3),
		},
		party:      rows{table: "party", columns: "deed, n, root, role, body, person, name, note, detail", order: byColumns(0, 1)},
		word:       rows{table: "word", columns: "root, subject, word, ref", order: byWord},
		reformUnit: rows{table: "reform_unit", columns: "job, body, made", order: byColumns(0, 1)},
		link:       rows{table: "link", columns: "n, at, head"},
		change:     rows{table: "change", columns: "link, n, at, actor, name, subject, ref, body, job, why, payload, salt, digest"},
		tally: rows{
			table: "tally AS t", columns: "root, edition, body, measure, below, since, until, qty, exact, atleast, over, about, nearly",
			onClash: ` ON CONFLICT (root, edition, body, measure, below, since, until) DO UPDATE SET
			  qty = t.qty + excluded.qty, exact = t.exact + excluded.exact, atleast = t.atleast + excluded.atleast,
			  over = t.over + excluded.over, about = t.about + excluded.about, nearly = t.nearly + excluded.nearly`,
			order: byColumns(1, 2, 3, 4, 5, 6), join: addColumns(7, 8, 9, 10, 11, 12),
		},
		deed:    rows{table: "deed", columns: deedColumns + ", day_first, day_last, fold, root"},
		entry:   rows{table: "entry", columns: entryColumns + ", lacks, fold, root"},
		posting: rows{table: "posting", columns: "root, account, day, entry, n, amount, back, purpose, branch, member, year, loan, note", order: byColumns(1, 2, 3, 4)},
		turnover: rows{
			table: "turnover AS t", columns: "root, account, month, purpose, branch, debit, credit",
			onClash: ` ON CONFLICT (root, account, month, purpose, branch) DO UPDATE SET debit = t.debit + excluded.debit, credit = t.credit + excluded.credit`,
			order:   byColumns(1, 2, 3, 4), join: addColumns(5, 6),
		},
		tie:      rows{table: "tie", columns: "id, root, code, kind, body, data, signed_first, fields, term, hangs, outside, job, recorded, recorder, sort, fold, revision, countries, plain, heard"},
		tieParty: rows{table: "tie_party", columns: "tie, n, root, side, body, since, until", order: byColumns(0, 1)},
		tieDeed:  rows{table: "tie_deed", columns: "tie, day_first, deed, root", order: byColumns(0, 1, 2)},
		reply:    rows{table: "reply", columns: "root, form, period, unit, " + replyColumns, order: byColumns(1, 2, 3)},
		replyCount: rows{
			table: "reply_count AS c", columns: "root, form, period, body, sent, late, approved, returned",
			onClash: ` ON CONFLICT (root, form, period, body) DO UPDATE SET sent = c.sent + excluded.sent, late = c.late + excluded.late,
			  approved = c.approved + excluded.approved, returned = c.returned + excluded.returned`,
			order: byColumns(1, 2, 3), join: addColumns(4, 5, 6, 7),
		},
		replySum: rows{
			table: "reply_sum AS s", columns: "root, form, body, question, period, qty, exact, atleast, over, about, nearly",
			onClash: ` ON CONFLICT (root, form, body, question, period) DO UPDATE SET qty = s.qty + excluded.qty, exact = s.exact + excluded.exact,
			  atleast = s.atleast + excluded.atleast, over = s.over + excluded.over, about = s.about + excluded.about, nearly = s.nearly + excluded.nearly`,
			order: byColumns(1, 2, 3, 4), join: addColumns(5, 6, 7, 8, 9, 10),
		},
		number: rows{
			table: "number_series AS s", columns: "body, year, last, series",
			onClash: ` ON CONFLICT (body, series, year) DO UPDATE SET last = excluded.last`,
			order: func(a, b []any) int {
				return cmp.Or(byColumns(0, 1)(a, b), strings.Compare(a[3].(string), b[3].(string)))
			},
			join: func(into, row []any) { into[2] = row[2] },
		},
	}
	for _, t := range []*rows{&all.deed, &all.line, &all.party, &all.word, &all.entry, &all.posting, &all.turnover, &all.number, &all.tally, &all.change, &all.link} {
		t.sure = true
	}
	return all
}

// addColumns adds up columns of whole numbers.
func addColumns(columns ...int) func(into, row []any) {
	return func(into, row []any) {
		for _, c := range columns {
			into[c] = into[c].(int64) + row[c].(int64)
		}
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
