package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"kith.app/internal/access"
	"kith.app/internal/asset"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// sessionLife is how long a browser stays signed in: two weeks, so that an old
// secretary on her own laptop is not asked each morning.
const sessionLife = 14 * 24 * time.Hour

// accountKey is where a session keeps its account.
const accountKey = "account"

// homeKey is where a session keeps the organisation chosen by somebody who holds
// offices in several.
const homeKey = "home"

// passwordKey is where a session keeps the mark of the password that opened it.
const passwordKey = "password"

// newSessions prepares the keeping of who is signed in.
func (s *Server) newSessions() *scs.SessionManager {
	m := scs.New()
	m.Store = s.Book.Sessions()
	m.HashTokenInStore = true
	m.Lifetime = sessionLife
	m.Cookie.Name = s.cookieName("session")
	m.Cookie.HttpOnly = true
	m.Cookie.Secure = s.Secure
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Path = "/"
	return m
}

// remembered loads who is signed in, except for the files that all pages share.
func (s *Server) remembered(next http.Handler) http.Handler {
	sessions := s.sessions.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, asset.Prefix) {
			next.ServeHTTP(w, r)
			return
		}
		sessions.ServeHTTP(w, r)
	})
}

// recognise finds out who asks: the person signed in, with the rights of this
// very instant.
func (q *request) recognise() error {
	id := q.server.sessions.GetInt64(q.Context(), accountKey)
	if id == 0 {
		return nil
	}
	account, err := q.server.Book.Account(q.Context(), id)
	if fault.KindOf(err) == fault.NotFound {
		return q.server.sessions.Destroy(q.Context())
	}
	if err != nil {
		return err
	}
	if account.Disabled || q.server.sessions.GetString(q.Context(), passwordKey) != passwordMark(account) {
		return q.server.sessions.Destroy(q.Context())
	}
	if q.actor, err = q.server.Book.Actor(q.Context(), account); err != nil {
		return err
	}
	if chosen := body.ID(q.server.sessions.GetInt64(q.Context(), homeKey)); slices.Contains(q.actor.Homes(), chosen) {
		q.actor.Home = chosen
	}
	if lang, ok := locale.Parse(account.Lang); ok && !q.choseLang() {
		q.reads(lang)
	}
	return q.greet()
}

// choseLang tells whether a language was chosen on this very machine.
func (q *request) choseLang() bool {
	c, err := q.Cookie(q.server.cookieName("lang"))
	return err == nil && c.Value != ""
}

// greet gives the frame the person's name and the book's.
func (q *request) greet() error {
	root, err := q.view().Body(q.Context(), q.root())
	if err != nil && fault.KindOf(err) == fault.Internal {
		return err
	}
	q.keeper = root.Kind
	q.book = page.Book{Name: cmp.Or(root.NameOn(string(q.reader.Lang), q.today()), "Kith"), Href: "/"}
	q.person = page.Person{Mark: markOf(q.actor.Account), Name: q.actor.Name, Href: "/me", SignOut: "/sign-out"}
	return nil
}

// today is the day where the association lives.
func (q *request) today() calendar.Day { return calendar.FromTime(q.server.Book.Now()) }

// view is the book as the person who asks may see it.
func (q *request) view() *store.View { return q.server.Book.As(q.actor) }

// write does work in one transaction on behalf of the person who asks. why is
// the key of what the history says of it.
func (q *request) write(why string, do func(ctx context.Context, tx *store.Tx) error) error {
	return q.writeAs(store.Writing{By: q.actor, Why: why}, do)
}

// writeFigures is write for work that reads figures itself.
func (q *request) writeFigures(why string, do func(ctx context.Context, tx *store.Tx) error) error {
	return q.writeAs(store.Writing{By: q.actor, Why: why, Figures: true}, do)
}

// writeAs is write for work that says how itself. The first thing a form writes
// keeps its token.
func (q *request) writeAs(how store.Writing, do func(ctx context.Context, tx *store.Tx) error) error {
	how.Once = q.once()
	err := q.server.Book.Write(q.Context(), how, do)
	q.onceTaken = q.onceTaken || err == nil && how.Once.Token != ""
	return err
}

// root is the organisation for which the person who asks works: a book may hold
// several side by side.
func (q *request) root() body.ID { return q.view().Root() }

// bookRoot is the organisation that opened the book: its officers keep what all
// organisations in it share, such as kinds of deed, own words and backups.
func (q *request) bookRoot() body.ID { return q.server.Book.Root() }

// may tells whether the person who asks has a right on a body.
func (q *request) may(r access.Right, on body.ID) bool { return q.actor.Can(r, on) }

// inside answers a pattern for people who are signed in; others are led to the
// sign-in page and back. A book without its first body leads to the first page.
func (s *Server) inside(pattern string, h func(*request) error) {
	s.handle(pattern, s.guarded(h))
}

// insideUpload is inside for patterns by which files come in.
func (s *Server) insideUpload(pattern string, h func(*request) error) {
	s.upload(pattern, s.guarded(h))
}

func (s *Server) guarded(h func(*request) error) func(*request) error {
	return func(q *request) error {
		if s.Book.Root() == 0 {
			return q.goTo("/begin")
		}
		if err := q.recognise(); err != nil {
			return err
		}
		if q.actor.Account == 0 {
			return q.goTo(signInPath(q.Request))
		}
		if err := q.notTwice(); err != nil {
			return err
		}
		return h(q)
	}
}
