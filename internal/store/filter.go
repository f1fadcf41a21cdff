package store

import "strings"

// filter gathers the conditions of a list with their values. In a condition
// each ? stands for the next value; the values are numbered when it is added.
type filter struct {
	driver     string // the few ids to begin with, or empty
	conditions []string
	args       []any
}

// among makes the list begin with a few ids instead of with its order; the
// piece of SQL gives them as ref. What it is told first leads, the next narrows.
func (f *filter) among(piece string, values ...any) {
	bound := f.bind(piece, values...)
	if f.driver == "" {
		f.driver = bound
		return
	}
	f.conditions = append(f.conditions, `id IN (`+bound+`)`)
}

// from names what is read. The cross join is taken in its order by SQLite, which
// would rather read the whole list in the order asked for.
func (f *filter) from(table string) string {
	if f.driver == "" {
		return table
	}
	return "(" + f.driver + ") AS few CROSS JOIN " + table
}

// and adds a condition.
func (f *filter) and(condition string, values ...any) {
	f.conditions = append(f.conditions, f.bind(condition, values...))
}

// bind numbers the values of a piece of SQL.
func (f *filter) bind(piece string, values ...any) string {
	for _, v := range values {
		f.args = append(f.args, v)
		piece = strings.Replace(piece, "?", dollar(len(f.args)), 1)
	}
	return piece
}

// few keeps to some records that are named by id. They are looked up one by one: the
// engine would rather read all of a root in its order.
func few[T ~int64](f *filter, ids []T) {
	for i, c := range f.conditions {
		if strings.HasPrefix(c, "root = ") {
			f.conditions[i] = "+" + c
		}
	}
	f.and(`id ` + list(f, ids))
}

// wholly keeps the engine from an index by root where all that it leads to is
// read anyway: row after row the table costs half as much.
func wholly(all bool, condition string) string {
	if all {
		return "+" + condition
	}
	return condition
}

// list writes "IN (…)" for ids; a list without ids fits nothing.
func list[T ~int64](f *filter, ids []T) string {
	if len(ids) == 0 {
		return "IN (0)"
	}
	text, args := in(f.args, ids)
	f.args = args
	return text
}

// where joins what has been gathered.
func (f *filter) where() string {
	if len(f.conditions) == 0 {
		return "1 = 1"
	}
	all := strings.Join(f.conditions, "\n  AND ")
	if f.driver != "" {
		all = "id = few.ref AND " + all
	}
	return all
}

// copied is the filter so far, to be continued in another way.
func (f *filter) copied() *filter {
	return &filter{driver: f.driver, conditions: append([]string(nil), f.conditions...), args: append([]any(nil), f.args...)}
}
