package web

import (
	"bytes"
	"html"
	"net/url"
	"strings"
	"testing"

	"kith.app/internal/access"
)

// badForm is a form that is right in all but one answer.
type badForm struct {
	role, pattern string
	good          []string
	field         string
	bad           []string
}

// Answers that cannot be, by what is asked.
var (
	noDays    = []string{"31/02/2026", "hôm nào đó", "99/99/9999"}
	noFuture  = []string{"31/02/2026", "1/1/2099", "hôm nào đó"}
	noAmounts = []string{"", "nhiều lắm", "-5", "99999999999999999999", "9223372036854775807000"}
	noCounts  = []string{"-3", "nhiều lắm", "99999999999999999999"}
	noNames   = []string{"", strings.Repeat("dài ", 30_000)}
)

// badForms lists the forms of the roll, the bodies, the deeds, the fund and the
// office, one question at a time.
func (r *rights) badForms() []badForm {
	branch, someone := idText(r.branch.ID), r.ids["/people/"]
	head, money := string(access.Head), string(access.Treasurer)
	person := []string{"name", "Phùng Văn Thử", "birth", "1950", "body", branch, "joined", "2020", "note", "giữ lại chữ này"}
	gift := []string{"kind", "sick-visit", "who", "Phùng Văn Thử", "day", "1/5/2026", "amount", "300 nghìn", "note", "giữ lại chữ này"}
	receipt := []string{"kind", "receipt", "heading", "donation", "who", "Phùng Văn Thử", "amount", "5tr", "day", "1/5/2026", "text", "giữ lại chữ này"}
	paper := []string{"way", "in", "kind", "letter", "subject", "Giữ lại chữ này", "from", "Sở", "day", "1/5/2026", "dated", "1/5/2026", "deadline", "1/6/2026"}
	return []badForm{
		{head, "POST /people", person, "name", noNames},
		{head, "POST /people", person, "birth", noFuture},
		{head, "POST /people", append(person, "phone", "0900 000 001"), "phone", []string{"không có"}},
		{head, "POST /people", person, "joined", noFuture},
		{head, "POST /people/{id}/death", []string{"death", "1/5/2026"}, "death", noFuture},
		{head, "POST /people/{id}/join", []string{"body", idText(r.book.Root()), "joined", "2020", "category", "full"}, "joined", noFuture},
		{head, "POST /bodies", []string{"name", "Chi hội Thử", "parent", idText(r.book.Root()), "kind", "branch", "founded", "2020", "note", "giữ lại chữ này"}, "name", noNames},
		{head, "POST /bodies", []string{"name", "Chi hội Thử", "parent", idText(r.book.Root()), "kind", "branch", "founded", "2020", "note", "giữ lại chữ này"}, "founded", append([]string{"2206", "1/1/2099"}, noDays...)},
		{head, "POST /offices", []string{"body", idText(r.book.Root()), "kind", "treasurer", "seats", "1", "rank", "1"}, "seats", noCounts},
		{head, "POST /offices/{id}/appoint", []string{"personId", someone, "from", "1/9/2024"}, "from", noDays},
		{head, "POST /offices/{id}/appoint", []string{"personId", someone, "from", "1/9/2024", "plannedEnd", "1/9/2029"}, "plannedEnd", []string{"31/02/2029", "1/9/2020"}},
		{head, "POST /holdings/{id}/release", []string{"actualEnd", "1/5/2026"}, "actualEnd", []string{"31/02/2026", "1/1/2019", "hôm nào đó"}},
		{head, "POST /deeds/new", gift, "who", noNames},
		{head, "POST /deeds/new", gift, "day", noFuture},
		{head, "POST /deeds/new", gift, "amount", noAmounts[1:]},
		{head, "POST /deeds/new", append(gift, "kind", "home-trip"), "count", noCounts},
		{head, "POST /deeds/new", gift, "series", noCounts},
		{money, "POST /fund/entries", receipt, "amount", noAmounts},
		{money, "POST /fund/entries", receipt, "day", noFuture},
		{money, "POST /fund/entries", receipt, "heading", []string{"", "999"}},
		{money, "POST /fund/dues/rates", []string{"amount", "100000", "since", "2024"}, "amount", noAmounts},
		{money, "POST /fund/dues/rates", []string{"amount", "100000", "since", "2024"}, "since", []string{"", "bao giờ"}},
		{money, "POST /fund/loans", []string{"who", "Đặng Thị Hương", "person", someone, "amount", "5tr", "day", "1/5/2026", "due", "1/5/2027", "note", "giữ lại chữ này"}, "amount", noAmounts},
		{money, "POST /fund/loans", []string{"who", "Đặng Thị Hương", "person", someone, "amount", "5tr", "day", "1/5/2026", "note", "giữ lại chữ này"}, "day", noFuture},
		{money, "POST /fund/loans", []string{"who", "Đặng Thị Hương", "person", someone, "amount", "5tr", "day", "1/5/2026", "due", "1/5/2027", "note", "giữ lại chữ này"}, "due", []string{"31/02/2027", "1/1/2020"}},
		{money, "POST /fund/loans", []string{"who", "Đặng Thị Hương", "person", someone, "amount", "5tr", "rate", "6,5", "day", "1/5/2026", "note", "giữ lại chữ này"}, "rate", []string{"sáu"}},
		{money, "POST /fund/stock", []string{"way", "in", "item", "Chăn ấm", "quantity", "5", "day", "1/5/2026", "note", "giữ lại chữ này"}, "item", noNames},
		{money, "POST /fund/stock", []string{"way", "in", "item", "Chăn ấm", "quantity", "5", "day", "1/5/2026", "note", "giữ lại chữ này"}, "quantity", noCounts},
		{money, "POST /fund/cash-count", []string{"note-500000", "2", "day", "1/5/2026", "reason", "giữ lại chữ này"}, "note-500000", noCounts},
		{money, "POST /fund/cash-count", []string{"note-500000", "2", "day", "1/5/2026", "reason", "giữ lại chữ này"}, "day", noFuture},
		{money, "POST /fund/closing", []string{"until", "30/4/2026"}, "until", noFuture},
		{money, "POST /fund/budget", []string{"heading", "expense.gift", "year", "2026", "amount", "5tr"}, "amount", noAmounts},
		{head, "POST /office/papers/new", paper, "subject", noNames},
		{head, "POST /office/papers/new", paper, "day", noDays},
		{head, "POST /office/papers/new", paper, "deadline", noDays},
		{head, "POST /office/meetings/new", []string{"title", "Họp thử", "day", "1/5/2026", "board", "board", "place", "giữ lại chữ này", "kind", "meeting-board"}, "day", append([]string{""}, noDays...)},
		{head, "POST /office/tasks", []string{"text", "Việc thử", "due", "1/6/2026"}, "text", noNames},
		{head, "POST /office/tasks", []string{"text", "Việc thử", "due", "1/6/2026"}, "due", noDays},
		{head, "POST /reports", []string{"kind", "annual", "lang", "vi", "period", "2025"}, "period", []string{"bao giờ", "31/02/2026", "2099"}},
	}
}

// Every answer that cannot be is refused beside its question in the reader's
// language, everything typed is kept, and nothing of it reaches the book.
func TestEveryFormRefusesBesideTheQuestionAndKeepsWhatWasTyped(t *testing.T) {
	r := newRights(t)
	in := map[string]visitor{string(access.Head): r.as("head"), string(access.Treasurer): r.as("treasurer")}
	_, before := r.book.Head()
	for _, f := range r.badForms() {
		for _, bad := range f.bad {
			answers, err := url.ParseQuery(form(f.good...))
			if err != nil {
				t.Fatal(err)
			}
			for name, values := range answers { // the last of a name counts
				answers.Set(name, values[len(values)-1])
			}
			answers.Set(f.field, bad)
			answer, got := in[f.role].ask("POST", r.path(f.pattern), answers.Encode())
			told := f.pattern + " " + f.field + "=" + bad[:min(len(bad), 30)]
			switch {
			case answer.StatusCode != 422:
				t.Errorf("%s: %d", told, answer.StatusCode)
			case !strings.Contains(got, `id="`+f.field+`-wrong"`):
				t.Errorf("%s: nothing is said beside the question: %.300s", told, plainText(got[strings.Index(got, "<main"):]))
			case !strings.Contains(got, html.EscapeString(strings.TrimSpace(bad))):
				t.Errorf("%s: what was typed is gone", told)
			case strings.Contains(strings.Join(f.good, " "), "giữ lại chữ này") && !strings.Contains(got, "giữ lại chữ này"):
				t.Errorf("%s: the other answers are gone", told)
			}
			if _, head := r.book.Head(); !bytes.Equal(head, before) {
				t.Errorf("%s: the book changed", told)
				before = head
			}
		}
	}
	if trouble, err := r.book.Check(t.Context()); err != nil || len(trouble) > 0 {
		t.Errorf("check: %v %v", trouble, err)
	}
}

// What no form of this server sends is turned away in words, whatever it asks for,
// and leaves nothing behind.
func TestWhatNoFormSendsIsTurnedAwayInWords(t *testing.T) {
	r := newRights(t)
	v := r.as("head")
	_, before := r.book.Head()
	person := form("name", "Phùng Văn Thử", "body", idText(r.branch.ID))
	for name, c := range map[string]struct {
		path, answers string
		headers       []string
		status        int
		says          string
	}{
		"from another site":       {"/people", person, []string{"Sec-Fetch-Site", "cross-site"}, 403, "trang mạng khác"},
		"from another origin":     {"/people", person, []string{"Origin", "https://kẻ-gian.example"}, 403, "trang mạng khác"},
		"more than a form holds":  {"/people", form("name", strings.Repeat("dài ", 1<<19)), nil, 413, "quá lớn"},
		"a person who is not":     {"/people/123456/death", form("death", "1/5/2026"), nil, 404, "Không"},
		"an address of no number": {"/people/không-số/death", form("death", "1/5/2026"), nil, 404, "Không"},
		"a deed that is not":      {"/deeds/123456/cancel", form("reason", "phá", "revision", "1"), nil, 404, "Không"},
		"a body that is not":      {"/people", form("name", "Phùng Văn Thử", "body", "99999"), nil, 403, "Chưa được giao quyền"},
		"a branch of a stranger":  {"/offices", form("body", "99999", "kind", "treasurer", "seats", "1"), nil, 403, "Chưa được giao quyền"},
		"an unknown office":       {"/offices", form("body", idText(r.book.Root()), "kind", "vua", "seats", "1"), nil, 422, "chức vụ"},
		"an unknown sort of deed": {"/deeds/new", form("kind", "không-có", "who", "A", "day", "1/5/2026"), nil, 422, "Không có loại việc"},
	} {
		answer, got := v.ask("POST", c.path, c.answers, c.headers...)
		if answer.StatusCode != c.status || !strings.Contains(plainText(got), c.says) {
			t.Errorf("%s: %d, want %d and %q: %.300s", name, answer.StatusCode, c.status, c.says, plainText(got[max(0, strings.Index(got, "<main")):]))
		}
		if strings.Contains(got, "SQL") || strings.Contains(got, "sqlite") {
			t.Errorf("%s: speaks of the engine", name)
		}
		if _, head := r.book.Head(); !bytes.Equal(head, before) {
			t.Errorf("%s: the book changed", name)
			before = head
		}
	}
}
