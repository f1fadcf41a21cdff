// Package store keeps the book: all SQL lives here, one file for each subject,
// one text for SQLite and PostgreSQL. Writing goes through one writer that
// commits whatever is waiting as a group; reading goes through views that
// cannot return what their actor may not see.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	_ "modernc.org/sqlite"             // the SQLite driver

	"kith.app/internal/body"
	"kith.app/internal/schema"
)

// FileName is the book's file inside its folder.
const FileName = "kith.db"

// Place says where a book lives: a folder, or the address of a PostgreSQL
// database with a folder for its papers.
type Place struct {
	Dir      string // holds kith.db, papers and backups
	Database string // postgres://…; empty for the file in Dir
}

// Options are what a book needs from outside.
type Options struct {
	Clock func() time.Time // the present instant; time.Now when nil
	Zone  *time.Location   // where the association lives; UTC+7 when nil
}

// Book is an open book.
type Book struct {
	place  Place
	opts   Options
	engine schema.Engine
	root   int64
	number int64

	writer  *sql.DB
	conn    *sql.Conn // the writer's only connection
	readers *sql.DB
	w       *runner
	tables  *tables // the writer's alone
	r       *runner

	day     *daybook // nil where the engine itself confirms everything
	engaged bool     // the works of a group have the writer's connection; the writer's alone
	began   *state   // what the works of a group began with; the writer's alone

	state atomic.Pointer[state]
	atlas atlas
	ids   idMaker

	spare tallies // room for those of the next transaction; the writer's alone

	numbers map[numberKey]int64 // the last ones drawn, as far as known; the writer's alone

	rosters    rosters  // who must send which form
	placeFolds sync.Map // place.ID to what search compares of it

	memo memo

	queue  chan *job
	idle   time.Duration // how long the writer waits for more work before it transcribes
	crowd  int           // how many works the last group had; the writer's alone
	closed chan struct{}
	failed error // why the writer could not end well; read after closed
	stop   sync.Once
}

// state is what of the book is kept in memory; it is replaced, never changed.
type state struct {
	link    int64 // the last link it has seen
	head    []byte
	tree    *body.Tree
	lineage *body.Lineage

	localities land // as of when localities last came to stand elsewhere
	surveyed   land // the same, as of when figures were last kept
	editions   []edition

	measures map[int64]string // keys known to be in the table
	kept     *kept
	others   *others
}

// Open opens a book that exists, bringing its tables up to date after a
// verified backup. A book written by a newer program is refused.
func Open(ctx context.Context, place Place, opts Options) (*Book, error) {
	if place.Database == "" {
		if _, err := os.Stat(filepath.Join(place.Dir, FileName)); err != nil {
			return nil, ErrNoBook
		}
	}
	return open(ctx, place, opts)
}

// ErrNoBook says that there is no book at the place given.
var ErrNoBook = errors.New("no book here")

// Create makes an empty book at a place that has none; Begin then gives it its
// first body.
func Create(ctx context.Context, place Place, opts Options) (*Book, error) {
	if place.Database == "" {
		if err := os.MkdirAll(place.Dir, 0o700); err != nil {
			return nil, fmt.Errorf("make the book's folder: %w", err)
		}
	}
	return open(ctx, place, opts)
}

func open(ctx context.Context, place Place, opts Options) (*Book, error) {
	if opts.Clock == nil {
		opts.Clock = time.Now
	}
	if opts.Zone == nil {
		opts.Zone = time.FixedZone("UTC+7", 7*3600)
	}
	b := &Book{place: place, opts: opts, queue: make(chan *job, 256), idle: idleUsual, numbers: map[numberKey]int64{}, closed: make(chan struct{})}
	if err := b.connect(ctx); err != nil {
		b.disconnect()
		return nil, err
	}
	if err := b.relay(ctx); err != nil {
		b.disconnect()
		return nil, err
	}
	if err := b.migrate(ctx); err != nil {
		b.disconnect()
		return nil, err
	}
	if err := b.load(ctx); err != nil {
		b.disconnect()
		return nil, err
	}
	if b.day != nil {
		b.w.first = b.engage
	}
	go b.write()
	return b, nil
}

// connect opens the writer's connection and the readers' pool.
func (b *Book) connect(ctx context.Context) error {
	driver, write, read := b.addresses()
	var err error
	if b.writer, err = sql.Open(driver, write); err != nil {
		return fmt.Errorf("open the book: %w", err)
	}
	b.writer.SetMaxOpenConns(1)
	if b.conn, err = b.writer.Conn(ctx); err != nil {
		return fmt.Errorf("open the book: %w", err)
	}
	if b.readers, err = sql.Open(driver, read); err != nil {
		return fmt.Errorf("open the book for reading: %w", err)
	}
	b.readers.SetMaxOpenConns(readerCount)
	b.readers.SetMaxIdleConns(readerCount)
	b.w = &runner{engine: b.engine, prepare: b.conn.PrepareContext, kept: &statements{all: map[string]*sql.Stmt{}}, gathered: &gathered{}}
	b.tables = newTables()
	b.r = &runner{engine: b.engine, prepare: b.readers.PrepareContext, kept: &statements{all: map[string]*sql.Stmt{}}}
	if b.engine == schema.SQLite {
		b.w.direct = newDirect(b.conn)
		b.day = newDaybook(b.place)
		b.r.first = b.caughtUp
	}
	return nil
}

// readerCount bounds the read-only connections: each keeps its own cache.
const readerCount = 4

// addresses gives the driver and what to open for writing and for reading.
// busy_timeout stands first: opening under contention fails otherwise.
func (b *Book) addresses() (driver, write, read string) {
	if b.place.Database != "" {
		b.engine = schema.Postgres
		return "pgx", b.place.Database, b.place.Database
	}
	b.engine = schema.SQLite
	file := "file:" + strings.ReplaceAll(filepath.ToSlash(filepath.Join(b.place.Dir, FileName)), "?", "%3f")
	const common = "?_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)"
	write = file + common + "&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=wal_autocheckpoint(4000)&_pragma=temp_store(memory)&_pragma=cache_size(-" + strconv.Itoa(cacheUsual) + ")"
	return "sqlite", write, file + common + "&_pragma=query_only(1)&_pragma=cache_size(-4000)"
}

// load reads what the book keeps in memory.
func (b *Book) load(ctx context.Context) error {
	err := b.w.one(ctx, `SELECT number, root FROM book WHERE id = 1`, nil, &b.number, &b.root)
	if err != nil && !errors.Is(err, errNone) {
		return err
	}
	b.ids.book = b.number
	s, err := readState(ctx, b.w)
	if err != nil {
		return err
	}
	b.state.Store(s)
	return nil
}

// readState reads the tree, the lineage, measures and last link afresh.
func readState(ctx context.Context, r *runner) (*state, error) {
	s := &state{measures: map[int64]string{}, kept: newKept(), others: &others{}}
	err := r.one(ctx, `SELECT n, head FROM link ORDER BY n DESC LIMIT 1`, nil, &s.link, &s.head)
	if err != nil && !errors.Is(err, errNone) {
		return nil, err
	}
	edges, err := readEdges(ctx, r)
	if err != nil {
		return nil, err
	}
	s.tree = body.NewTree(edges)
	if s.lineage, err = readLineage(ctx, r); err != nil {
		return nil, err
	}
	s.localities = land{s.tree, s.lineage}
	s.surveyed = s.localities
	if s.editions, err = readEditions(ctx, r); err != nil {
		return nil, err
	}
	err = r.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var code string
		if err := rows.Scan(&id, &code); err != nil {
			return err
		}
		s.measures[id] = code
		return nil
	}, `SELECT id, code FROM measure`)
	return s, err
}

// Refresh takes notice of what another program wrote to the same book.
func (b *Book) Refresh(ctx context.Context) error {
	var n int64
	err := b.r.one(ctx, `SELECT n FROM link ORDER BY n DESC LIMIT 1`, nil, &n)
	if errors.Is(err, errNone) || err == nil && n == b.state.Load().link {
		return nil
	}
	if err != nil {
		return err
	}
	return b.Write(ctx, Writing{}, func(context.Context, *Tx) error { return nil })
}

// Root is the body at the top of the book; 0 before Begin.
func (b *Book) Root() body.ID { return body.ID(b.root) }

// Place tells where the book lives.
func (b *Book) Place() Place { return b.place }

// Tree is the tree as last committed: organisations and localities alike.
func (b *Book) Tree() *body.Tree { return b.state.Load().tree }

// Now is the present instant in the association's zone.
func (b *Book) Now() time.Time { return b.opts.Clock().In(b.opts.Zone) }

// Close lets the writer finish what is waiting and closes the book.
func (b *Book) Close() error {
	b.stop.Do(func() { close(b.queue) })
	<-b.closed
	return errors.Join(b.failed, b.disconnect())
}

func (b *Book) disconnect() error {
	var errs []error
	// Statements that stay open keep their connection half alive.
	for _, r := range []*runner{b.r, b.w} {
		if r != nil {
			errs = append(errs, r.close())
		}
	}
	// Readers first: the last connection to close folds the log into the file,
	// and a read-only one may not.
	if b.readers != nil {
		errs = append(errs, b.readers.Close())
	}
	if b.conn != nil {
		errs = append(errs, b.conn.Close())
	}
	if b.writer != nil {
		errs = append(errs, b.writer.Close())
	}
	return errors.Join(errs...)
}
