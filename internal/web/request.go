package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// request is one request with what every handler needs to answer it.
type request struct {
	*http.Request
	w      http.ResponseWriter
	server *Server
	reader page.Reader
	actor  access.Actor // who asks, with the rights of this instant
	book   page.Book    // whose book it is, as the frame names it
	keeper body.Kind    // what kind of organisation it is the book of
	person page.Person  // who is signed in; empty name when nobody is
	flash  []page.Flash
	done   string // mark of the draft that was just taken

	partRefused partRefused // the smaller form that was refused, on the page that answers it

	unread    error // why the form could not be read
	onceTaken bool  // the form's token was kept with what it wrote first
}

// answer makes a handler out of a function: whatever goes wrong ends in refuse.
func (s *Server) answer(h func(*request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := s.open(w, r)
		err := h(q)
		if sent, before := asSent(err); before {
			err = q.sentBefore(sent)
		}
		if err != nil {
			s.refuse(q, store.NoRoom(err))
		}
	})
}

// open finds out who asks and in what language.
func (s *Server) open(w http.ResponseWriter, r *http.Request) *request {
	q := &request{Request: r, w: w, server: s, book: page.Book{Name: "Kith", Href: "/"}}
	q.reads(s.langOf(r))
	return q
}

// reads has pages drawn in a language from here on.
func (q *request) reads(lang locale.Lang) {
	q.reader = page.ReaderIn(lang, q.server.words.Load())
	if q.server.Book != nil {
		q.reader.Once = func() string { return store.NewOnce(q.today()) }
	}
}

// say gives a sentence in the reader's language.
func (q *request) say(key string, args ...any) string { return q.reader.Say(key, args...) }

// value gives one answer of a form or an address, cleaned: no stray spaces, no
// control characters, letters composed as everywhere in the book.
func (q *request) value(name string) string { return text.Clean(q.FormValue(name)) }

// lines gives a long answer with its line breaks, each line cleaned.
func (q *request) lines(name string) string {
	all := strings.Split(strings.ReplaceAll(q.FormValue(name), "\r\n", "\n"), "\n")
	for i, line := range all {
		all[i] = text.Clean(line)
	}
	return strings.TrimSpace(strings.Join(all, "\n"))
}

// values gives every answer of a name, such as ticks, cleaned.
func (q *request) values(name string) []string {
	q.FormValue(name) // reads the form
	all := make([]string, 0, len(q.Form[name]))
	for _, v := range q.Form[name] {
		if v = text.Clean(v); v != "" {
			all = append(all, v)
		}
	}
	return all
}

// read takes the form in, saying what is wrong when it is too large or broken.
// Handlers of POST call it before value.
func (q *request) read() error {
	if q.unread != nil {
		return q.unread // read a second time it would pass for an empty form
	}
	// ParseMultipartForm keeps quiet about a plain form that is too large.
	if err := q.ParseForm(); err != nil {
		q.unread = fmt.Errorf("read form: %w", err)
		return q.unread
	}
	if err := q.ParseMultipartForm(memoryBytesMax); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		q.unread = fmt.Errorf("read form: %w", err)
	}
	return q.unread
}

// number gives a part of the address that is an id; anything else leads nowhere.
func (q *request) number(name string) (int64, error) {
	n, err := strconv.ParseInt(q.PathValue(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.Missing("fault.missing")
	}
	return n, nil
}

// shell is the frame of a page with the given head, with what the page before
// had to say.
func (q *request) shell(title string) page.Shell {
	path := q.URL.Path
	q.takeFlash()
	return page.Shell{
		Reader:    q.reader,
		Title:     title,
		Book:      q.book,
		Menu:      menu(q.reader, q.keeper, path),
		MoreHref:  "/more",
		MoreHere:  path == "/more",
		FindHref:  q.findHref(),
		Person:    q.person,
		Tongues:   tongues(q.reader.Lang),
		TongueTo:  "/language",
		Here:      q.URL.RequestURI(),
		Flashes:   q.flash,
		DraftDone: q.done,
	}
}

// findHref is where anything is found, for who is signed in.
func (q *request) findHref() string {
	if q.actor.Account == 0 {
		return ""
	}
	return "/search"
}

// show answers with a page.
func (q *request) show(c templ.Component) error { return q.showAs(http.StatusOK, c) }

// again answers a refused form with the same form, what was given kept.
func (q *request) again(c templ.Component) error {
	return q.showAs(http.StatusUnprocessableEntity, c)
}

// showAs draws a page completely, then sends it.
func (q *request) showAs(status int, c templ.Component) error {
	var drawn bytes.Buffer
	if err := c.Render(q.Context(), &drawn); err != nil {
		return fmt.Errorf("draw page: %w", err)
	}
	return q.send(status, "text/html; charset=utf-8", drawn.Bytes())
}

// choices answers a combobox.
func (q *request) choices(found []page.Choice) error {
	if found == nil {
		found = []page.Choice{}
	}
	data, err := json.Marshal(found)
	if err != nil {
		return fmt.Errorf("encode choices: %w", err)
	}
	return q.send(http.StatusOK, "application/json", data)
}

// echo answers a field with what the book understood.
func (q *request) echo(line string) error {
	return q.send(http.StatusOK, "text/plain; charset=utf-8", []byte(line))
}

func (q *request) send(status int, kind string, data []byte) error {
	h := q.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	q.w.WriteHeader(status)
	// Whoever went away before the page arrived is nobody's trouble.
	_, _ = q.w.Write(data)
	return nil
}

// swaps tells whether the answer replaces a part of a page already shown.
func (q *request) swaps() bool { return q.Header.Get("HX-Request") == "true" }

// goTo sends the browser to another page after something was done, so that
// loading that page again does nothing twice.
func (q *request) goTo(path string) error {
	if q.swaps() {
		q.w.Header().Set("HX-Redirect", path)
		return q.send(http.StatusOK, "text/plain; charset=utf-8", nil)
	}
	http.Redirect(q.w, q.Request, path, http.StatusSeeOther)
	return nil
}

// sendFile hands a file to the browser to keep under a name.
func (q *request) sendFile(path, name, kind string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("hand out a file: %w", err)
	}
	defer f.Close()
	h := q.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	http.ServeContent(q.w, q.Request, "", time.Time{}, f)
	return nil
}
