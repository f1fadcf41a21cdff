// Package storetest hands out real books for tests, on every engine that is
// there: SQLite always, PostgreSQL when KITH_TEST_POSTGRES names a server.
package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // to make and drop test databases

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/store"
)

// PostgresVariable names the server on which tests may make databases.
const PostgresVariable = "KITH_TEST_POSTGRES"

// Now is the instant at which test books stand still: 22 November 2026.
var now = time.Date(2026, 11, 22, 9, 30, 0, 0, time.FixedZone("UTC+7", 7*3600))

// Today is the day on which test books stand still.
func Today() calendar.Day { return calendar.FromTime(now) }

// OnEveryEngine runs a test once for each engine, each time with a new book.
func OnEveryEngine(t *testing.T, test func(t *testing.T, b *store.Book)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, Open(t)) })
	if os.Getenv(PostgresVariable) != "" {
		t.Run("postgres", func(t *testing.T) { test(t, OpenPostgres(t)) })
	}
}

// Open gives a begun book in a file of its own.
func Open(t testing.TB) *store.Book {
	t.Helper()
	return begin(t, store.Place{Dir: t.TempDir()})
}

var databases atomic.Int64

// OpenPostgres gives a begun book in a PostgreSQL database of its own.
func OpenPostgres(t testing.TB) *store.Book {
	t.Helper()
	return begin(t, store.Place{Dir: t.TempDir(), Database: NewDatabase(t)})
}

// NewDatabase makes an empty PostgreSQL database that is dropped after the test.
func NewDatabase(t testing.TB) string {
	t.Helper()
	server, err := url.Parse(os.Getenv(PostgresVariable))
	if err != nil {
		t.Fatalf("read %s: %v", PostgresVariable, err)
	}
	admin, err := sql.Open("pgx", server.String())
	if err != nil {
		t.Fatalf("reach PostgreSQL: %v", err)
	}
	name := fmt.Sprintf("kith_%d_%d", os.Getpid(), databases.Add(1))
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatalf("create a test database: %v", err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
		admin.Close()
	})
	server.Path = "/" + name
	return server.String()
}

func begin(t testing.TB, place store.Place) *store.Book {
	t.Helper()
	ctx := context.Background()
	b, err := store.Create(ctx, place, store.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatalf("create a book: %v", err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Errorf("close the book: %v", err)
		}
	})
	_, err = b.Begin(ctx, store.Writing{By: Operator(), Why: "test"}, store.Beginning{Body: Named("Hội đồng hương thử", body.Association)})
	if err != nil {
		t.Fatalf("begin the book: %v", err)
	}
	return b
}

// Operator is the actor of the machine.
func Operator() access.Actor { return access.Operator("test") }

// Named is a body with a Vietnamese name for all time.
func Named(name string, kind body.Kind) body.Body {
	return body.Body{
		Kind:  kind,
		Code:  strings.Trim(body.CodeFrom(name), "-"),
		Names: []body.Name{{Lang: "vi", Full: name, Since: calendar.Earliest, Until: calendar.Latest}},
	}
}

// Write runs work as the operator and fails the test when it is refused.
func Write(t testing.TB, b *store.Book, do func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := b.Write(context.Background(), store.Writing{By: Operator(), Why: "test"}, do); err != nil {
		t.Fatalf("write: %v", err)
	}
}

// Branch founds a branch under the root.
func Branch(t testing.TB, b *store.Book, name string) body.Body {
	t.Helper()
	branch := Named(name, body.Branch)
	branch.Parent = b.Root()
	Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		branch, err = body.Found(ctx, tx, branch)
		return err
	})
	return branch
}

// Beside founds an organisation that shares the book with the one that opened it.
func Beside(t testing.TB, b *store.Book, name string) body.Body {
	t.Helper()
	other := Named(name, body.Friendship)
	Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		other, err = body.Found(ctx, tx, other)
		return err
	})
	return other
}

// Tamper runs a statement on the file of a closed book, as someone with the
// file and without the program could.
func Tamper(ctx context.Context, dir, statement string) error {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, store.FileName)+"?mode=rw&_pragma=busy_timeout(10000)")
	if err != nil {
		return fmt.Errorf("open the file: %w", err)
	}
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}
