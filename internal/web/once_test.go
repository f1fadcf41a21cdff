package web

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"kith.app/internal/locale"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

var onceField = regexp.MustCompile(`name="once" value="([^"]+)"`)

// onceOn gives the token of the form on a page that sends to an address.
func (v teller) onceOn(path, action string) string {
	v.t.Helper()
	body := v.page(path)
	at := strings.Index(body, `action="`+action+`"`)
	if at < 0 {
		v.t.Fatalf("%s has no form for %s", path, action)
	}
	found := onceField.FindStringSubmatch(body[at:])
	if found == nil {
		v.t.Fatalf("the form for %s on %s carries no token", action, path)
	}
	return found[1]
}

// written is a form of the book with where it stands and what it says.
type written struct {
	page, action string
	answers      []string
	change       []string // the same form, saying something else
	count        string   // the sort of record whose new records are counted
}

func (o treasury) forms() map[string]written {
	branch := decimal(o.him)
	return map[string]written{
		"deed": {
			"/deeds/new?kind=sick-visit", "/deeds/new",
			[]string{"kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "21/11/2026", "amount", "300.000"},
			[]string{"kind", "sick-visit", "who", "Phạm Văn Thược", "day", "21/11/2026", "amount", "300.000"},
			"deed",
		},
		"entry": {
			"/fund/entries/new?kind=receipt", "/fund/entries",
			[]string{"kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "2 triệu", "day", "12/11/2026"},
			[]string{"kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "3 triệu", "day", "12/11/2026"},
			"entry",
		},
		"payment": {
			"/fund/entries/new?kind=payment", "/fund/entries",
			[]string{"kind", "payment", "heading", "meeting", "who", "Bùi Quang Hải", "amount", "200k", "day", "12/11/2026"},
			[]string{"kind", "payment", "heading", "meeting", "who", "Bùi Quang Hải", "amount", "300k", "day", "12/11/2026"},
			"entry",
		},
		"person": {
			"/people/new", "/people",
			[]string{"name", "Đỗ Thị Mận", "birth", "1951", "sex", "female", "body", branch},
			[]string{"name", "Đỗ Thị Mơ", "birth", "1953", "sex", "female", "body", branch},
			"person",
		},
		"payment of a loan": {
			"/fund/loans/new", "/fund/loans",
			[]string{"who", "Trần Thị Thơm", "amount", "500.000", "day", "20/11/2026", "due", "20/11/2027"},
			[]string{"who", "Trần Thị Thơm", "amount", "600.000", "day", "20/11/2026", "due", "20/11/2027"},
			"loan",
		},
	}
}

// newRecords counts how many records of a sort came into the book.
func (o treasury) newRecords(subject string) (n int) {
	o.t.Helper()
	changes, err := o.book.As(storetest.Operator()).Changes(context.Background(), store.ChangeQuery{Subject: subject, Most: 1000})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, c := range changes {
		if len(c.Before) == 0 {
			n++
		}
	}
	return n
}

func TestAFormSentTwiceIsWrittenOnce(t *testing.T) {
	for _, name := range []string{"deed", "entry", "payment", "person", "payment of a loan"} {
		t.Run(name, func(t *testing.T) {
			o := fundOffice(t)
			f := o.forms()[name]
			v := o.as(map[bool]string{true: "lan", false: "tien"}[name == "person"])
			o.as("tien").done("/fund/entries", "kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "9 triệu", "day", "10/11/2026")
			was := o.newRecords(f.count)
			token := v.onceOn(f.page, f.action)
			first := v.done(f.action, append(f.answers, "once", token)...)
			again := v.done(f.action, append(f.answers, "once", token)...)
			if !strings.HasPrefix(first, again) {
				t.Errorf("the second led to %s, want %s", again, first)
			}
			v.sees(again, "sổ không ghi thêm lần nữa")
			if got := o.newRecords(f.count) - was; got != 1 {
				t.Errorf("%d records, want 1", got)
			}
			answer, body := v.ask("POST", f.action, form(append(f.change, "once", token)...))
			if answer.StatusCode != 409 || !strings.Contains(body, "Biểu mẫu này đã gửi một lần rồi") {
				t.Fatalf("other answers under the same token: %d %s", answer.StatusCode, told(body))
			}
			fresh := onceField.FindStringSubmatch(body[strings.Index(body, `action="`+f.action+`"`):])[1]
			v.done(f.action, append(f.change, "once", fresh)...)
			if got := o.newRecords(f.count) - was; got != 2 {
				t.Errorf("%d records after it was said to be another, want 2", got)
			}
			o.sound()
		})
	}
}

func TestADoubleClickIsWrittenOnce(t *testing.T) {
	o := fundOffice(t)
	v, f := o.as("tien"), o.forms()["entry"]
	token := v.onceOn(f.page, f.action)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if answer, body := v.ask("POST", f.action, form(append(f.answers, "once", token)...)); answer.StatusCode != 303 {
				t.Errorf("%d %s", answer.StatusCode, told(body))
			}
		})
	}
	all.Wait()
	if got := o.newRecords("entry"); got != 1 {
		t.Errorf("%d entries, want 1", got)
	}
}

func TestARefusedFormMayBeSentAgain(t *testing.T) {
	o := fundOffice(t)
	v, f := o.as("tien"), o.forms()["entry"]
	token := v.onceOn(f.page, f.action)
	v.refused("số tiền", "Bùi Quang Hải", f.action, "kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "", "day", "12/11/2026", "once", token)
	v.done(f.action, append(f.answers, "once", token)...)
}

func TestATokenOutlivesTheServer(t *testing.T) {
	o := fundOffice(t)
	v, f := o.as("tien"), o.forms()["entry"]
	token := v.onceOn(f.page, f.action)
	first := v.done(f.action, append(f.answers, "once", token)...)
	book, err := store.Open(t.Context(), o.book.Place(), store.Options{Clock: o.book.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Book: book, Lang: locale.Vi, Words: words, Log: testLog(t)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	o.base = server.URL
	if again := o.as("tien").done(f.action, append(f.answers, "once", token)...); again != first {
		t.Errorf("led to %s, want %s", again, first)
	}
	if got := o.newRecords("entry"); got != 1 {
		t.Errorf("%d entries, want 1", got)
	}
}

func TestATokenOfAnOldPageAsksFirst(t *testing.T) {
	o := fundOffice(t)
	v, f := o.as("tien"), o.forms()["entry"]
	for _, token := range []string{store.NewOnce(storetest.Today() - 31), store.NewOnce(storetest.Today() + 9), "nonsense", "!.AAAAAAAAAAAAAAAAAAAAAAAAAA"} {
		answer, body := v.ask("POST", f.action, form(append(f.answers, "once", token)...))
		if answer.StatusCode != 409 || !strings.Contains(body, "Trang này mở đã quá lâu") || !strings.Contains(body, "Bùi Quang Hải") {
			t.Errorf("%s: %d %s", token, answer.StatusCode, told(body))
		}
	}
	if got := o.newRecords("entry"); got != 0 {
		t.Errorf("%d entries, want none", got)
	}
}

func TestATokenOfSomebodyElseTellsNothing(t *testing.T) {
	o := fundOffice(t)
	v, f := o.as("tien"), o.forms()["entry"]
	token := v.onceOn(f.page, f.action)
	v.done(f.action, append(f.answers, "once", token)...)
	answer, body := o.as("hung").ask("POST", f.action, form(append(f.answers, "once", token)...))
	if answer.StatusCode != 409 || strings.Contains(body, "/fund/entries/") {
		t.Errorf("%d %s", answer.StatusCode, told(body))
	}
}

// Signing out and choosing a language write nothing in the book.
var writesNothing = []string{"s.Person.SignOut", "s.TongueTo"}

func TestEveryFormThatWritesCarriesItsToken(t *testing.T) {
	files, err := filepath.Glob("../page/*.templ")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, rest := range strings.Split(string(source), `method="post"`)[1:] {
			form, _, _ := strings.Cut(rest, "</form>")
			free := strings.Contains(form, "@OnceOnly(")
			for _, w := range writesNothing {
				free = free || strings.Contains(form, w)
			}
			if !free {
				t.Errorf("%s: a form without @OnceOnly: %.80s", filepath.Base(file), form)
			}
		}
	}
}
