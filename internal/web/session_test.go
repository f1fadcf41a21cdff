package web

import (
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"kith.app/internal/locale"
)

func TestASessionEndsWithItsPassword(t *testing.T) {
	book := emptyBook(t)
	base := serve(t, Config{Book: book, Lang: locale.Vi}, nil)
	mine, stolen := visit(t, base), visit(t, base)
	mine.ask("POST", "/begin", form("name", "Hội", "officer", "Lan", "office", "secretary", "login", "lan", "password", "bác Lan giữ sổ"))
	stolen.ask("POST", "/sign-in", form("login", "lan", "password", "bác Lan giữ sổ"))
	if answer, _ := stolen.ask("GET", "/more", ""); answer.StatusCode != 200 {
		t.Fatalf("the second browser is not in: %d", answer.StatusCode)
	}
	if answer, got := mine.ask("POST", "/me", form("old", "bác Lan giữ sổ", "password", "một mật khẩu khác")); answer.StatusCode != 303 {
		t.Fatalf("new password: %d %s", answer.StatusCode, plainText(got))
	}
	if answer, _ := mine.ask("GET", "/more", ""); answer.StatusCode != 200 {
		t.Errorf("who changed the password was put out: %d", answer.StatusCode)
	}
	if answer, _ := stolen.ask("GET", "/more", ""); answer.StatusCode != 303 {
		t.Errorf("a session opened with the old password goes on: %d", answer.StatusCode)
	}
}

// A token that somebody planted in a browser before signing in opens nothing.
func TestSigningInGivesAFreshToken(t *testing.T) {
	book := emptyBook(t)
	base := serve(t, Config{Book: book, Lang: locale.Vi}, nil)
	visit(t, base).ask("POST", "/begin", form("name", "Hội", "officer", "Lan", "office", "secretary", "login", "lan", "password", "bác Lan giữ sổ"))
	v := visit(t, base)
	v.ask("POST", "/sign-in", form("login", "lan", "password", "bác Lan giữ sổ"))
	at, _ := url.Parse(base)
	first := sessionOf(v, at)
	v.ask("POST", "/sign-in", form("login", "lan", "password", "bác Lan giữ sổ"))
	if second := sessionOf(v, at); second == "" || second == first {
		t.Error("signing in again kept the token")
	}
	planted := visit(t, base)
	answer, _ := planted.ask("POST", "/sign-in", form("login", "lan", "password", "bác Lan giữ sổ"), "Cookie", "kith-session=planted-by-somebody-else-00000000000000000")
	if got := strings.Join(answer.Header["Set-Cookie"], " "); !strings.Contains(got, "kith-session=") || strings.Contains(got, "planted") ||
		!strings.Contains(got, "HttpOnly") || !strings.Contains(got, "SameSite=Lax") {
		t.Errorf("cookies %q", got)
	}
	if answer, _ := visit(t, base).ask("GET", "/more", "", "Cookie", "kith-session="+first); answer.StatusCode != 303 {
		t.Errorf("the token of before opens the book: %d", answer.StatusCode)
	}
}

func sessionOf(v visitor, at *url.URL) string {
	for _, c := range v.Jar.Cookies(at) {
		if c.Name == "kith-session" {
			return c.Value
		}
	}
	return ""
}

// Attempts made at the same moment are counted as many: none slips in between
// the asking and the counting.
func TestAttemptsAtTheSameMomentAreCounted(t *testing.T) {
	a := attempts{all: map[string]attempt{}}
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	var let sync.Map
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			if a.begin("lan", "192.0.2.1", now) == 0 {
				let.Store(i, true)
			}
		})
	}
	all.Wait()
	n := 0
	let.Range(func(any, any) bool { n++; return true })
	if n != freeLogin {
		t.Errorf("%d attempts were let through at once, want %d", n, freeLogin)
	}
	a.forget("lan", "192.0.2.1")
	if wait := a.begin("lan", "192.0.2.1", now); wait != 0 {
		t.Errorf("after signing in one waits %v", wait)
	}
}

func TestOneAddressDoesNotTryEveryLogin(t *testing.T) {
	a := attempts{all: map[string]attempt{}}
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for i := range freeRemote {
		if a.begin(strings.Repeat("x", i+1), "192.0.2.1", now) != 0 {
			t.Fatalf("attempt %d was made to wait", i+1)
		}
	}
	if a.begin("another", "192.0.2.1", now) == 0 {
		t.Error("one address tried more logins than a whole office would")
	}
	if a.begin("another", "192.0.2.2", now) != 0 {
		t.Error("another address is made to wait")
	}
}
