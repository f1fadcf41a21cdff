package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// signInPath leads to signing in and back again.
func signInPath(r *http.Request) string {
	if r.Method != http.MethodGet || r.URL.Path == "/" {
		return "/sign-in"
	}
	return "/sign-in?back=" + url.QueryEscape(r.URL.RequestURI())
}

// markOf is an opaque mark of an account, under which a browser keeps drafts.
func markOf(account int64) string {
	sum := sha256.Sum256([]byte("draft" + strconv.FormatInt(account, 10)))
	return hex.EncodeToString(sum[:6])
}

// signInForm shows the door.
func (s *Server) signInForm(q *request) error {
	if s.Book.Root() == 0 {
		return q.goTo("/begin")
	}
	return q.show(page.SignIn(q.signInPage("", nil)))
}

func (q *request) signInPage(login string, wrong page.Problems) page.SignInPage {
	return page.SignInPage{Shell: q.shell(q.say("door.signin")), Login: login, Back: inside(q.value("back")), Wrong: wrong}
}

// signIn opens the door to who knows the password. The answer does not tell
// whether the login exists, and takes as long either way.
func (s *Server) signIn(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	login := strings.ToLower(q.value("login"))
	if wait := s.attempts.begin(login, remote(q.Request), s.Book.Now()); wait > 0 {
		return q.refuseSignIn(login, fault.Refuse("door.wait", int(wait.Minutes())+1))
	}
	account, err := s.Book.AccountByLogin(q.Context(), login)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	fits := access.PasswordFits(account.Hash, q.FormValue("password"))
	if !fits || account.Disabled {
		return q.refuseSignIn(login, fault.Refuse("door.wrong"))
	}
	s.attempts.forget(login, remote(q.Request))
	if err := q.letIn(account); err != nil {
		return err
	}
	return q.goTo(inside(q.value("back")))
}

// letIn signs an account in. The token is a fresh one: what was planted before
// signing in must not be worth anything.
func (q *request) letIn(account store.Account) error {
	if err := q.server.sessions.RenewToken(q.Context()); err != nil {
		return err
	}
	q.server.sessions.Put(q.Context(), accountKey, account.ID)
	q.server.sessions.Put(q.Context(), passwordKey, passwordMark(account))
	return nil
}

// passwordMark tells one password of an account from the next, so that a session
// ends with the password it was opened with.
func passwordMark(a store.Account) string {
	sum := sha256.Sum256([]byte("session" + a.Hash))
	return hex.EncodeToString(sum[:8])
}

func (q *request) refuseSignIn(login string, why error) error {
	return q.again(page.SignIn(q.signInPage(login, page.ProblemsOf(why, q.reader))))
}

// signOut closes the door behind.
func (s *Server) signOut(q *request) error {
	if err := s.sessions.Destroy(q.Context()); err != nil {
		return err
	}
	q.w.Header().Set("Clear-Site-Data", `"cache"`) // nothing of before is left to go back to
	return q.goTo("/sign-in")
}

// remote is where a request came from, without its port.
func remote(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// attempts remembers failed attempts to sign in, by login and by address.
type attempts struct {
	mu  sync.Mutex
	all map[string]attempt
}

type attempt struct {
	count int
	last  time.Time
}

const (
	freeLogin  = 5  // attempts at one login before waiting begins
	freeRemote = 20 // attempts from one address, which may be a whole office
	waitMost   = 15 * time.Minute
	memoryMost = 10_000
)

// begin is how long a login or an address has to wait: a minute, then twice as
// long after each further failure. Who need not wait is counted at once, before
// the password is looked at, so that many attempts at the same moment are many.
func (a *attempts) begin(login, from string, now time.Time) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	wait := max(a.all[ofLogin(login)].wait(freeLogin, now), a.all["r:"+from].wait(freeRemote, now))
	if wait > 0 {
		return wait
	}
	a.tidy(now)
	for _, key := range []string{ofLogin(login), "r:" + from} {
		a.all[key] = attempt{a.all[key].count + 1, now}
	}
	return 0
}

// ofLogin is the key of a login, no longer than one can be.
func ofLogin(login string) string { return "l:" + login[:min(len(login), 64)] }

func (t attempt) wait(free int, now time.Time) time.Duration {
	if t.count < free {
		return 0
	}
	wait := min(time.Minute<<min(t.count-free, 10), waitMost)
	return max(0, t.last.Add(wait).Sub(now))
}

// tidy forgets what is over, and everything when there is too much of it.
func (a *attempts) tidy(now time.Time) {
	for key, t := range a.all {
		if now.Sub(t.last) > time.Hour || len(a.all) > memoryMost {
			delete(a.all, key)
		}
	}
}

// forget takes back the attempt that succeeded, and those at its login.
func (a *attempts) forget(login, from string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.all, ofLogin(login))
	t := a.all["r:"+from]
	a.all["r:"+from] = attempt{max(0, t.count-1), t.last}
}
