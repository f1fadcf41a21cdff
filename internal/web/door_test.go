package web

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kith.app/internal/locale"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// emptyBook is a book before its first page.
func emptyBook(t *testing.T) *store.Book {
	t.Helper()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	b, err := store.Create(context.Background(), store.Place{Dir: filepath.Join(t.TempDir(), "so")}, store.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func form(pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v.Encode()
}

func TestAnEmptyBookBeginsWithItsFirstOfficerSignedIn(t *testing.T) {
	book := emptyBook(t)
	v := visit(t, serve(t, Config{Book: book, Lang: locale.Vi}, nil))
	if answer, _ := v.ask("GET", "/more", ""); answer.Header.Get("Location") != "/begin" {
		t.Fatalf("an empty book leads to %q, want /begin", answer.Header.Get("Location"))
	}
	answer, body := v.ask("POST", "/begin", form("name", "", "officer", "Đặng Thị Lan", "login", "lan", "password", "ngắn"))
	if answer.StatusCode != 422 || !strings.Contains(body, "Đặng Thị Lan") || !strings.Contains(body, "8 ký tự") || book.Root() != 0 {
		t.Fatalf("status %d, root %d: the form must come back with what was given", answer.StatusCode, book.Root())
	}
	answer, body = v.ask("POST", "/begin", form("name", "Hội đồng hương Thử", "officer", "Đặng Thị Lan", "office", "secretary", "login", "bác lan", "password", "bác Lan giữ sổ"))
	if answer.StatusCode != 422 || !strings.Contains(body, `id="login-wrong"`) || book.Root() != 0 {
		t.Fatalf("status %d, root %d: a book begun without anybody who may enter is lost", answer.StatusCode, book.Root())
	}
	answer, _ = v.ask("POST", "/begin", form("lang", "vi", "name", "Hội đồng hương Thử", "officer", "Đặng Thị Lan", "office", "secretary", "login", "lan", "password", "bác Lan giữ sổ"))
	if answer.StatusCode != 303 {
		t.Fatalf("status %d, want a redirect", answer.StatusCode)
	}
	if _, body = v.ask("GET", "/more", ""); !strings.Contains(body, "Hội đồng hương Thử") || !strings.Contains(body, "Đặng Thị Lan") {
		t.Fatal("the first officer is not signed in")
	}
	if answer, _ = v.ask("POST", "/begin", form("name", "Khác", "officer", "X", "login", "x", "password", "mật khẩu khác")); answer.Header.Get("Location") != "/" {
		t.Fatalf("a second beginning gave %d, want the book that is there", answer.StatusCode)
	}
	if trouble, err := book.Check(context.Background()); err != nil || len(trouble) != 0 {
		t.Fatalf("check: %v %v", trouble, err)
	}
}

func TestTheDoorOpensToThePasswordOnly(t *testing.T) {
	book := emptyBook(t)
	base := serve(t, Config{Book: book, Lang: locale.Vi}, nil)
	visit(t, base).ask("POST", "/begin", form("name", "Hội", "officer", "Lan", "office", "secretary", "login", "lan", "password", "bác Lan giữ sổ"))
	v := visit(t, base)
	answer, _ := v.ask("GET", "/more?x=1", "")
	if got := answer.Header.Get("Location"); got != "/sign-in?back=%2Fmore%3Fx%3D1" {
		t.Fatalf("a stranger is led to %q", got)
	}
	if answer, body := v.ask("POST", "/sign-in", form("login", "lan", "password", "sai")); answer.StatusCode != 422 || !strings.Contains(body, "chưa đúng") {
		t.Fatalf("a wrong password gave %d", answer.StatusCode)
	}
	if answer, _ := v.ask("POST", "/sign-in", form("login", " LAN ", "password", "bác Lan giữ sổ", "back", "https://evil.example/")); answer.Header.Get("Location") != "/" {
		t.Fatalf("signed in and led to %q, want /", answer.Header.Get("Location"))
	}
	if answer, _ := v.ask("GET", "/more", ""); answer.StatusCode != 200 {
		t.Fatalf("inside: %d", answer.StatusCode)
	}
	v.ask("POST", "/sign-out", "")
	if answer, _ := v.ask("GET", "/more", ""); answer.StatusCode != 303 {
		t.Fatalf("after signing out: %d, want to be led to the door", answer.StatusCode)
	}
}

func TestTooManyAttemptsHaveToWait(t *testing.T) {
	v := visit(t, serve(t, Config{Book: storetest.Open(t), Lang: locale.Vi}, nil))
	for range freeLogin {
		if _, body := v.ask("POST", "/sign-in", form("login", "lan", "password", "đoán")); strings.Contains(body, "thử lại") {
			t.Fatal("made to wait too early")
		}
	}
	if _, body := v.ask("POST", "/sign-in", form("login", "lan", "password", "đoán")); !strings.Contains(body, "thử lại") {
		t.Fatal("the sixth attempt was answered")
	}
}

func TestAnAccountThatIsStoppedIsOutAtOnce(t *testing.T) {
	book := emptyBook(t)
	v := visit(t, serve(t, Config{Book: book, Lang: locale.Vi}, nil))
	v.ask("POST", "/begin", form("name", "Hội", "officer", "Lan", "office", "secretary", "login", "lan", "password", "bác Lan giữ sổ"))
	storetest.Write(t, book, func(ctx context.Context, tx *store.Tx) error {
		a, err := tx.AccountByLogin(ctx, "lan")
		if err != nil {
			return err
		}
		a.Disabled = true
		return tx.SaveAccount(ctx, a)
	})
	if answer, _ := v.ask("GET", "/more", ""); answer.StatusCode != 303 {
		t.Fatalf("a stopped account got %d", answer.StatusCode)
	}
}
