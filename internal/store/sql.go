package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"kith.app/internal/schema"
)

// runner runs statements on one engine. Each text is written once with $1,
// $2, …, prepared once and kept; loops go through each, which cannot forget to
// close rows or to ask for their error.
type runner struct {
	engine  schema.Engine
	prepare func(ctx context.Context, query string) (*sql.Stmt, error)
	kept    *statements

	gathered *gathered                       // rows held back; nil for readers
	direct   *direct                         // where rows can be inserted past database/sql
	first    func(ctx context.Context) error // what must be done before a statement, if anything
}

// statements keeps prepared statements by their text.
type statements struct {
	mu  sync.Mutex
	all map[string]*sql.Stmt
}

// close gives the kept statements back.
func (r *runner) close() error {
	r.kept.mu.Lock()
	defer r.kept.mu.Unlock()
	errs := []error{r.direct.close()}
	for text, s := range r.kept.all {
		errs = append(errs, s.Close())
		delete(r.kept.all, text)
	}
	return errors.Join(errs...)
}

// keptMost bounds how many statements are kept; texts with lists in them vary
// without end.
const keptMost = 400

func (r *runner) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	r.kept.mu.Lock()
	defer r.kept.mu.Unlock()
	if s := r.kept.all[query]; s != nil {
		return s, nil
	}
	s, err := r.prepare(ctx, spell(r.engine, query))
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", firstWords(query), err)
	}
	if len(r.kept.all) >= keptMost {
		for text, old := range r.kept.all {
			if strings.Contains(text, "IN (") {
				delete(r.kept.all, text)
				defer old.Close()
			}
		}
	}
	r.kept.all[query] = s
	return s, nil
}

// spell writes a statement in the engine's own way: SQLite numbers parameters
// ?1, PostgreSQL calls INSTR otherwise.
func spell(e schema.Engine, query string) string {
	if e == schema.SQLite {
		return unnumbered(strings.ReplaceAll(query, "$", "?"))
	}
	return strings.ReplaceAll(query, "INSTR(", "STRPOS(")
}

// unnumbered drops the numbers of parameters that stand in their order, each
// once: the engine looks a numbered one up by walking along all before it, which
// is felt where many rows are inserted at once.
func unnumbered(query string) string {
	var b strings.Builder
	for n, rest := 1, query; ; n++ {
		before, after, found := strings.Cut(rest, "?")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		number := strconv.Itoa(n)
		rest = strings.TrimPrefix(after, number)
		if rest == after || rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return query
		}
		b.WriteByte('?')
	}
}

// firstWords names a statement in errors without its values.
func firstWords(query string) string {
	fields := strings.Fields(query)
	return strings.Join(fields[:min(4, len(fields))], " ")
}

// exec runs a statement and tells how many rows it touched.
func (r *runner) exec(ctx context.Context, query string, args ...any) (int64, error) {
	if err := r.before(ctx, query); err != nil {
		return 0, err
	}
	return r.execNow(ctx, query, args...)
}

// before makes sure that a statement finds every row and can be taken back.
func (r *runner) before(ctx context.Context, query string) error {
	if r.first != nil {
		if err := r.first(ctx); err != nil {
			return err
		}
	}
	if err := r.release(ctx); err != nil {
		return err
	}
	if strings.HasPrefix(strings.TrimSpace(query), "SELECT") {
		return nil
	}
	return r.save(ctx)
}

// execNow runs a statement before rows that are held back.
func (r *runner) execNow(ctx context.Context, query string, args ...any) (int64, error) {
	s, err := r.statement(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", firstWords(query), err)
	}
	return result.RowsAffected()
}

// each runs a query and hands every row to scan.
func (r *runner) each(ctx context.Context, scan func(*sql.Rows) error, query string, args ...any) error {
	if err := r.before(ctx, query); err != nil {
		return err
	}
	s, err := r.statement(ctx, query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", firstWords(query), err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", firstWords(query), err)
	}
	return nil
}

// one runs a query for a single row; errNone when there is none.
func (r *runner) one(ctx context.Context, query string, args []any, into ...any) error {
	if err := r.before(ctx, query); err != nil {
		return err
	}
	return r.oneNow(ctx, query, args, into...)
}

// oneNow runs a query before rows that are held back.
func (r *runner) oneNow(ctx context.Context, query string, args []any, into ...any) error {
	s, err := r.statement(ctx, query)
	if err != nil {
		return err
	}
	err = s.QueryRowContext(ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return errNone
	}
	if err != nil {
		return fmt.Errorf("%s: %w", firstWords(query), err)
	}
	return nil
}

// errNone says that a query found no row; methods turn it into the refusal
// that names what is missing.
var errNone = errors.New("no such row")

// collect runs a query and gathers what scan makes of each row.
func collect[T any](ctx context.Context, r *runner, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	var all []T
	err := r.each(ctx, func(rows *sql.Rows) error {
		v, err := scan(rows)
		if err == nil {
			all = append(all, v)
		}
		return err
	}, query, args...)
	return all, err
}

// in writes a list for IN (…) that begins after the arguments given so far,
// and appends its values to them.
func in[T ~int64](args []any, list []T) (string, []any) {
	var b strings.Builder
	b.WriteString("IN (")
	for i, v := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		args = append(args, int64(v))
		fmt.Fprintf(&b, "$%d", len(args))
	}
	b.WriteByte(')')
	return b.String(), args
}

// optional is a day or nothing.
func optional[T ~int32](day T, known bool) sql.NullInt64 {
	return sql.NullInt64{Int64: int64(day), Valid: known}
}

// flag stores a truth as 0 or 1, alike on both engines.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// dollar writes the nth parameter.
func dollar(n int) string { return "$" + strconv.Itoa(n) }
