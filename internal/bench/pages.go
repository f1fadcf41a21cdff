package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/asset"
	"kith.app/internal/calendar"
	"kith.app/internal/locale"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/web"
)

// visitor asks a server for pages as a signed-in secretary.
type visitor struct {
	handler http.Handler
	cookie  string
	pages   []string
}

func (v visitor) get(path string) (int, int, error) {
	status, content, err := v.body(path)
	return status, len(content), err
}

// body asks for a page and gives all of it.
func (v visitor) body(path string) (int, []byte, error) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Cookie", v.cookie)
	w := httptest.NewRecorder()
	v.handler.ServeHTTP(w, r)
	return w.Code, w.Body.Bytes(), nil
}

// pages measures first pages, search and files at the server.
func pages(b *bench) error {
	book, err := b.big()
	if err != nil {
		return err
	}
	defer book.Close()
	v, err := admitted(b.ctx, book)
	if err != nil {
		return err
	}
	typed := []string{"h", "hu", "huo", "huong", "dang thi", "dang thi huong", "nguyen van a", "thuoc", "ng v an", "0900 0012"}
	n := 0
	const static, page = "static bytes through the same server", 30 * time.Microsecond
	cases := []struct {
		what, path string
		budget     time.Duration
		times      int
		bare       string
		limit      time.Duration
	}{
		{"today", "/", 50 * time.Millisecond, 15, static, page},
		{"first page of 10,000 members", "/people", 20 * time.Millisecond, 31, static, page},
		{"search as one types", "/people?q=", 20 * time.Millisecond, 40, "reading the folded names through in memory", 110 * time.Microsecond},
		{"first page of 50,000 deeds", "/deeds", 50 * time.Millisecond, 31, static, page},
		{"xlsx of 10,000 members", "/people.xlsx", 500 * time.Millisecond, 3, "bare XML, deflated", 9 * time.Millisecond},
	}
	for _, c := range cases {
		size := 0
		took, err := median(c.times, func() error {
			path := c.path
			if strings.HasSuffix(path, "q=") {
				path += url.QueryEscape(typed[n%len(typed)])
				n++
			}
			status, bytes, err := v.get(path)
			size = bytes
			if err == nil && status != http.StatusOK {
				return fmt.Errorf("%s answered %d", path, status)
			}
			return err
		})
		if err != nil {
			b.add(c.what, err.Error(), "≤ "+c.budget.String(), 0)
			continue
		}
		b.took(fmt.Sprintf("%s (%d kB)", c.what, size/1000), took, c.budget)
		b.bare(c.bare+" "+c.limit.String(), float64(took)/float64(c.limit))
	}
	return styleSize(b)
}

// admitted signs a secretary in through the door.
func admitted(ctx context.Context, book *store.Book) (visitor, error) {
	if err := seat(ctx, book); err != nil {
		return visitor{}, err
	}
	words, err := locale.Load()
	if err != nil {
		return visitor{}, err
	}
	s, err := web.New(web.Config{Book: book, Words: words, Lang: locale.Vi, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		return visitor{}, err
	}
	v := visitor{handler: s.Handler(), pages: s.Pages()}
	r := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader("login=thuky&password=do+toc+do"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	v.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		v.cookie += c.Name + "=" + c.Value + "; "
	}
	if w.Code != http.StatusSeeOther {
		return v, fmt.Errorf("signing in answered %d", w.Code)
	}
	return v, nil
}

// seat gives one member the secretary's office and an account.
func seat(ctx context.Context, book *store.Book) error {
	if _, err := book.AccountByLogin(ctx, "thuky"); err == nil {
		return nil
	}
	hash, err := access.HashPassword("do toc do")
	if err != nil {
		return err
	}
	return book.Write(ctx, store.Writing{By: operator}, func(ctx context.Context, tx *store.Tx) error {
		p, err := person.Enrol(ctx, tx, operator, person.Person{Body: book.Root(), Name: "Đặng Thị Lan"}, nil)
		if err != nil {
			return err
		}
		o, err := person.Create(ctx, tx, operator, person.Office{Body: book.Root(), Kind: string(access.Secretary), Seats: 1})
		if err != nil {
			return err
		}
		if _, err := person.Appoint(ctx, tx, operator, person.Holding{Office: o.ID, Person: p.ID, From: calendar.InYear(2020)}); err != nil {
			return err
		}
		_, err = store.Admit(ctx, tx, store.Account{Login: "thuky", Person: p.ID, Hash: hash, Lang: "vi"})
		return err
	})
}

// styleSize adds up what a browser loads beside the page.
func styleSize(b *bench) error {
	total := 0
	for _, f := range asset.All() {
		if strings.Contains(f.Type, "css") || strings.Contains(f.Type, "javascript") {
			total += len(f.Gzipped)
		}
	}
	b.add("CSS + JS, compressed", fmt.Sprintf("%.1f kB", float64(total)/1000), "≤ 60 kB", float64(total)/60_000)
	return nil
}

// start measures the built program from its start to its first page.
func start(b *bench) error {
	if b.binary == "" {
		b.add("start to first page", "left out: no built program named", "≤ 100ms", 0)
		return nil
	}
	book, err := b.big()
	if err != nil {
		return err
	}
	if err := book.Close(); err != nil {
		return err
	}
	var resident int64
	took, err := median(5, func() error {
		resident, err = startOnce(b.binary, b.place("big").Dir)
		return err
	})
	if err != nil {
		return err
	}
	b.took("start to first page, 10,000 members and 50,000 deeds", took, 100*time.Millisecond)
	b.bare("an engine opened and asked 16ms", float64(took)/16e6)
	b.add("resident after the first page", fmt.Sprintf("%.0f MB", float64(resident)/1e6), "≤ 60 MB", float64(resident)/60e6)
	b.bare("an engine opened and asked 13 MB", float64(resident)/13e6)
	return nil
}

// startOnce starts the program, asks for the first page and reads how much
// memory it keeps.
func startOnce(binary, dir string) (int64, error) {
	command := exec.Command(binary, "serve", "--data", dir, "--addr", "127.0.0.1:0")
	out, err := command.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := command.Start(); err != nil {
		return 0, err
	}
	defer command.Wait()                       //nolint:errcheck // it is told to stop
	defer command.Process.Signal(os.Interrupt) //nolint:errcheck // it may be gone
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return 0, err
	}
	at := line[strings.Index(line, "http://"):]
	answer, err := http.Get(strings.Fields(at)[0] + "sign-in")
	if err != nil {
		return 0, err
	}
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return 0, err
	}
	answer.Body.Close()
	return residentOf(command.Process.Pid)
}

// residentOf reads the memory of a process from the kernel.
func residentOf(pid int) (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(raw)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseInt(strings.Fields(value)[0], 10, 64)
			return kb * 1024, err
		}
	}
	return 0, fmt.Errorf("no VmRSS of %d", pid)
}
