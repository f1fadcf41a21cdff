package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
)

// direct inserts rows with the driver itself: past database/sql, which would copy
// and look at every value once more. It belongs to the writer's only connection.
type direct struct {
	conn *sql.Conn
	kept map[string]driver.StmtExecContext
	args []driver.NamedValue
}

func newDirect(conn *sql.Conn) *direct {
	return &direct{conn: conn, kept: map[string]driver.StmtExecContext{}}
}

// argumentsKept bounds how much of the last statement's room is kept.
const argumentsKept = 4096

// insert runs one statement of many rows.
func (d *direct) insert(ctx context.Context, query string, rows [][]any) error {
	args := d.args[:0]
	for _, row := range rows {
		for _, v := range row {
			plain, err := plainly(v)
			if err != nil {
				return fmt.Errorf("%s: %w", firstWords(query), err)
			}
			args = append(args, driver.NamedValue{Ordinal: len(args) + 1, Value: plain})
		}
	}
	err := d.conn.Raw(func(conn any) error {
		s, err := d.statement(ctx, conn, query)
		if err != nil {
			return err
		}
		_, err = s.ExecContext(ctx, args)
		return err
	})
	clear(args)
	if cap(args) <= argumentsKept {
		d.args = args
	}
	if err != nil {
		return fmt.Errorf("%s: %w", firstWords(query), err)
	}
	return nil
}

// plainly gives a value as the driver takes it.
func plainly(v any) (driver.Value, error) {
	switch v.(type) {
	case int64, string, []byte, nil:
		return v, nil
	}
	return driver.DefaultParameterConverter.ConvertValue(v)
}

// statement prepares a statement once.
func (d *direct) statement(ctx context.Context, conn any, query string) (driver.StmtExecContext, error) {
	if s := d.kept[query]; s != nil {
		return s, nil
	}
	made, err := conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	d.kept[query] = made.(driver.StmtExecContext)
	return d.kept[query], nil
}

// close gives the kept statements back.
func (d *direct) close() error {
	if d == nil || len(d.kept) == 0 {
		return nil
	}
	return d.conn.Raw(func(any) error {
		for query, s := range d.kept {
			if err := s.(driver.Stmt).Close(); err != nil {
				return err
			}
			delete(d.kept, query)
		}
		return nil
	})
}
