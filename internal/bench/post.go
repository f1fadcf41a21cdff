package main

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // to make and drop the database of the comparison

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

var operator = access.Operator("kithbench")

// begin makes a book with one branch, one member and an open fund.
func begin(ctx context.Context, at store.Place) (*store.Book, home, error) {
	book, err := store.Create(ctx, at, store.Options{})
	if err != nil {
		return nil, home{}, err
	}
	root := body.Body{Code: "hoi", Kind: body.Association, Names: []body.Name{{Lang: "vi", Full: "Hội đo tốc độ", Since: calendar.Earliest, Until: calendar.Latest}}}
	if _, err := book.Begin(ctx, store.Writing{By: operator}, store.Beginning{Body: root}); err != nil {
		return nil, home{}, err
	}
	var h home
	err = book.Write(ctx, store.Writing{By: operator}, func(ctx context.Context, tx *store.Tx) error {
		if _, err := fund.Open(ctx, tx, operator, book.Root(), money.VND); err != nil {
			return err
		}
		branch, err := body.Found(ctx, tx, body.Body{Kind: body.Branch, Parent: book.Root(), Names: []body.Name{{Lang: "vi", Full: "Chi hội Một", Since: calendar.Earliest, Until: calendar.Latest}}})
		if err != nil {
			return err
		}
		p, err := person.Enrol(ctx, tx, operator, person.Person{Body: branch.ID, Name: "Phạm Văn Thược"}, nil)
		h = home{branch.ID, p.ID}
		return err
	})
	return book, h, err
}

// home is where the deeds of a measurement belong.
type home struct {
	branch body.ID
	member person.ID
}

// full posts one full deed: three lines, two parties, a fund entry, history.
func (h home) full(book *store.Book) func(ctx context.Context, tx *store.Tx) error {
	return func(ctx context.Context, tx *store.Tx) error {
		_, err := deed.PostPaid(ctx, tx, operator, deed.Deed{
			Body: h.branch, Kind: "sick-visit", Day: calendar.OnDay(tx.Today() - 1), Title: "Thăm ốm cụ Thược tại bệnh viện",
			Parties: []deed.Party{{Role: deed.Receiver, Person: h.member}, {Role: deed.Visitor, Name: "Bà Lan"}},
			Lines: []deed.Line{
				{Unit: deed.Acts, Quantity: 1},
				{Unit: deed.Money, Currency: money.VND, Quantity: 300_000},
				{Unit: deed.Things, Quantity: 2, Item: "hộp sữa"},
			},
		}, fund.Draft{Parts: []fund.Part{{Amount: money.Of(300_000, money.VND)}}})
		return err
	}
}

// posting measures durable full deeds, alone and from many at once.
func posting(b *bench) error {
	book, h, err := begin(b.ctx, b.place("post"))
	if err != nil {
		return err
	}
	defer book.Close()
	one, err := besideBare(b, book, h)
	if err != nil {
		return err
	}
	b.add("bare limit: 4 KiB write + fdatasync", fmt.Sprintf("%.0f/s", one.bare), "", 0)
	b.add("full deeds one by one", fmt.Sprintf("%.0f/s = %.2f of fdatasync (%.2f to %.2f), %d µs of processor each", one.ours, one.share, one.low, one.high, one.each.Microseconds()), "≥ 0.40 of fdatasync", one.share/0.4)
	b.bare("fdatasync alone", 1/one.share)
	many, eachOfMany, err := rate(b.ctx, 64, 5*time.Second, func(int) (*store.Book, home) { return book, h })
	if err != nil {
		return err
	}
	b.add("full deeds from 64 at once", fmt.Sprintf("%.0f/s, %d µs of processor each", many, eachOfMany.Microseconds()), "≥ 4000/s", many/4000)
	b.bare(fmt.Sprintf("a log of bare bytes %d/s", bareLog), bareLog/many)
	if b.postgres == "" {
		b.add("the same on PostgreSQL", "left out: no server named", "≥ 3×", 0)
		return nil
	}
	there, err := onPostgres(b)
	if err != nil {
		return err
	}
	b.add("the same verb, one transaction each on 64 PostgreSQL connections", fmt.Sprintf("%.0f/s; ours is %.1f×", there, many/there), "ours ≥ 3×", many/there/3)
	return nil
}

// bareLog is how many encoded deeds a second a log with checksums takes from 64
// waiting writers, one fdatasync a batch; measured on the machine of development.
const bareLog = 163_000

// rate counts how many full deeds a second a number of clients get confirmed, and
// how long a processor is busy with each.
func rate(ctx context.Context, clients int, during time.Duration, whose func(client int) (*store.Book, home)) (float64, time.Duration, error) {
	var done atomic.Int64
	var failed error
	var once sync.Once
	var wg sync.WaitGroup
	begun, busy := time.Now(), processor()
	for client := range clients {
		wg.Go(func() {
			book, h := whose(client)
			for time.Since(begun) < during {
				if err := book.Write(ctx, store.Writing{By: operator, Why: "đo"}, h.full(book)); err != nil {
					once.Do(func() { failed = err })
					return
				}
				done.Add(1)
			}
		})
	}
	wg.Wait()
	n := max(done.Load(), 1)
	return float64(n) / time.Since(begun).Seconds(), (processor() - busy) / time.Duration(n), failed
}

// beside is what deeds one by one come to beside bare writes of the same minute.
type beside struct {
	bare, ours       float64 // a second; medians
	share, low, high float64 // ours of the bare: the median and the middle half
	each             time.Duration
}

// besideRounds is how often deeds and bare writes take turns: what a disk answers
// changes from one second to the next, so both are measured within the same ones and
// the median of their ratios is what counts.
const besideRounds = 9

// besideBare measures deeds one by one between bare writes before and after them.
func besideBare(b *bench, book *store.Book, h home) (beside, error) {
	var bare, ours, shares []float64
	var each []time.Duration
	for range besideRounds {
		before, err := rawSyncs(b.dir, 200*time.Millisecond)
		if err != nil {
			return beside{}, err
		}
		got, cost, err := rate(b.ctx, 1, 600*time.Millisecond, func(int) (*store.Book, home) { return book, h })
		if err != nil {
			return beside{}, err
		}
		after, err := rawSyncs(b.dir, 200*time.Millisecond)
		if err != nil {
			return beside{}, err
		}
		raw := (before + after) / 2
		bare, ours, shares, each = append(bare, raw), append(ours, got), append(shares, got/raw), append(each, cost)
	}
	slices.Sort(bare)
	slices.Sort(ours)
	slices.Sort(shares)
	slices.Sort(each)
	const middle = besideRounds / 2
	return beside{bare[middle], ours[middle], shares[middle], shares[besideRounds/4], shares[besideRounds-1-besideRounds/4], each[middle]}, nil
}

// rawSyncs is the bare limit: writes of a page, each made durable alone.
func rawSyncs(dir string, during time.Duration) (float64, error) {
	f, err := os.Create(filepath.Join(dir, "raw"))
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	page := make([]byte, 4096)
	if _, err := f.Write(make([]byte, 4<<20)); err != nil {
		return 0, err
	}
	if err := f.Sync(); err != nil {
		return 0, err
	}
	n, begun := 0, time.Now()
	for time.Since(begun) < during {
		if _, err := f.WriteAt(page, int64(n%1024)*4096); err != nil {
			return 0, err
		}
		if err := syscall.Fdatasync(int(f.Fd())); err != nil {
			return 0, err
		}
		n++
	}
	return float64(n) / time.Since(begun).Seconds(), nil
}

// onPostgres runs the same verb from 64 programs, each with its own connection
// and its own transactions.
func onPostgres(b *bench) (float64, error) {
	address, drop, err := database(b.postgres)
	if err != nil {
		return 0, err
	}
	defer drop()
	at := store.Place{Dir: filepath.Join(b.dir, "pg"), Database: address}
	first, h, err := begin(b.ctx, at)
	if err != nil {
		return 0, err
	}
	books := []*store.Book{first}
	defer func() {
		for _, book := range books {
			book.Close()
		}
	}()
	for len(books) < 64 {
		book, err := store.Open(b.ctx, at, store.Options{})
		if err != nil {
			return 0, err
		}
		books = append(books, book)
	}
	each, _, err := rate(b.ctx, 64, 5*time.Second, func(client int) (*store.Book, home) { return books[client], h })
	return each, err
}

// database makes a database for the comparison.
func database(server string) (address string, drop func(), err error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, err
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		return "", nil, err
	}
	name := fmt.Sprintf("kithbench_%d", os.Getpid())
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	return u.String(), func() {
		admin.Exec("DROP DATABASE " + name + " WITH (FORCE)") //nolint:errcheck // only a leftover
		admin.Close()
	}, nil
}
