package web

import (
	"context"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// office is one desk of an association under test, with who sits at it.
type treasury struct {
	t    *testing.T
	book *store.Book
	base string
	him  body.ID // the branch Him Lam
	who  map[string]person.ID
}

// fundPassword opens every account under test.
const fundPassword = "mật khẩu của bác"

// fundOffice is an association with a fund, two branches, a head, a secretary,
// a treasurer, a member without office and two old members.
func fundOffice(t *testing.T) treasury {
	t.Helper()
	o := treasury{t: t, book: storetest.Open(t), who: map[string]person.ID{}}
	o.him = storetest.Branch(t, o.book, "Chi hội Him Lam").ID
	storetest.Branch(t, o.book, "Chi hội Noong Bua")
	storetest.Write(t, o.book, func(ctx context.Context, tx *store.Tx) error {
		for _, m := range []struct {
			login, name string
			kind        access.OfficeKind
		}{
			{"hung", "Phạm Quốc Hùng", access.Head}, {"lan", "Đặng Thị Lan", access.Secretary}, {"tien", "Lê Văn Tiến", access.Treasurer}, {"khoat", "Vũ Đình Khoát", ""}, {"thuoc", "Phạm Văn Thược", ""},
		} {
			p, err := o.enrol(ctx, tx, m.name)
			if err != nil {
				return err
			}
			o.who[m.login] = p.ID
			if err := o.seat(ctx, tx, p.ID, m.login, m.kind); err != nil {
				return err
			}
		}
		_, err := fund.Open(ctx, tx, storetest.Operator(), o.book.Root(), money.VND)
		return err
	})
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Book: o.book, Lang: locale.Vi, Words: words, Log: testLog(t)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	o.base = server.URL
	return o
}

func (o treasury) enrol(ctx context.Context, tx *store.Tx, name string) (person.Person, error) {
	p := person.Person{Body: o.book.Root(), Name: name, Birth: calendar.InYear(1949)}
	m := person.Membership{Body: o.him, Category: person.Full, Joined: calendar.InYear(2024)}
	return person.Enrol(ctx, tx, storetest.Operator(), p, &m)
}

// seat gives a person an account and, where a kind is named, an office.
func (o treasury) seat(ctx context.Context, tx *store.Tx, id person.ID, login string, kind access.OfficeKind) error {
	hash, err := access.HashPassword(fundPassword)
	if err != nil {
		return err
	}
	if _, err := store.Admit(ctx, tx, store.Account{Login: login, Person: id, Hash: hash, Lang: "vi"}); err != nil || kind == "" {
		return err
	}
	desk, err := person.Create(ctx, tx, storetest.Operator(), person.Office{Body: o.book.Root(), Kind: string(kind), Seats: 1, Since: calendar.Earliest, Until: calendar.Latest})
	if err != nil {
		return err
	}
	_, err = person.Appoint(ctx, tx, storetest.Operator(), person.Holding{Office: desk.ID, Person: id, From: calendar.InYear(2024)})
	return err
}

// teller is somebody at the pages of the fund.
type teller struct{ visitor }

// as signs somebody in.
func (o treasury) as(login string) teller {
	o.t.Helper()
	v := teller{visit(o.t, o.base)}
	if answer, body := v.ask("POST", "/sign-in", form("login", login, "password", fundPassword)); answer.StatusCode != 303 {
		o.t.Fatalf("%s cannot sign in: %d %s", login, answer.StatusCode, told(body))
	}
	return v
}

// page reads a page that must be there.
func (v teller) page(path string) string {
	v.t.Helper()
	answer, body := v.ask("GET", path, "")
	if answer.StatusCode != 200 {
		v.t.Fatalf("%s: status %d: %s", path, answer.StatusCode, told(body))
	}
	if i := strings.Index(body, "«fund"); i >= 0 {
		v.t.Errorf("%s: a sentence is missing: %.80s", path, body[i:])
	}
	return body
}

// done sends a form that must be taken and gives where it led.
func (v teller) done(path string, pairs ...string) string {
	v.t.Helper()
	answer, body := v.ask("POST", path, form(pairs...))
	if answer.StatusCode != 303 {
		v.t.Fatalf("%s: status %d: %s", path, answer.StatusCode, told(body))
	}
	return answer.Header.Get("Location")
}

// refused sends a form that must come back, saying something, with what was
// given kept.
func (v teller) refused(says, kept, path string, pairs ...string) {
	v.t.Helper()
	answer, body := v.ask("POST", path, form(pairs...))
	if answer.StatusCode != 422 || !strings.Contains(body, says) || !strings.Contains(body, kept) {
		v.t.Errorf("%s: status %d, want 422 with %q and %q: %s", path, answer.StatusCode, says, kept, told(body))
	}
}

var fundTags = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>`)

// told is what a page says, without its marks.
func told(page string) string {
	return strings.Join(strings.Fields(fundTags.ReplaceAllString(page, " ")), " ")
}

func (v teller) sees(path string, words ...string) {
	v.t.Helper()
	says := told(v.page(path))
	for _, w := range words {
		if !strings.Contains(says, w) {
			v.t.Errorf("%s does not say %q: %s", path, w, says)
		}
	}
}

// hidden makes sure that a page does not say something.
func (v teller) hidden(path string, words ...string) {
	v.t.Helper()
	body := v.page(path)
	for _, w := range words {
		if strings.Contains(body, w) {
			v.t.Errorf("%s says %q", path, w)
		}
	}
}

// sound proves the book.
func (o treasury) sound() {
	o.t.Helper()
	if trouble, err := o.book.Check(context.Background()); err != nil || len(trouble) != 0 {
		o.t.Fatalf("check: %v %v", trouble, err)
	}
}

func TestMoneyIsTakenPaidApprovedAndTakenBack(t *testing.T) {
	o := fundOffice(t)
	treasurer, head := o.as("tien"), o.as("hung")
	taken := treasurer.done("/fund/entries", "kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "2 triệu", "day", "12/11/2026", "consent", "yes")
	treasurer.sees(taken, "PT 1/2026", "+2.000.000 đ", "Hai triệu đồng", "Bùi Quang Hải")
	paid := treasurer.done("/fund/entries", "kind", "payment", "heading", "sick-visit", "who", "Vũ Đình Khoát", "person", decimal(o.who["khoat"]), "amount", "300k", "day", "21/11/2026", "branch", decimal(o.him))
	treasurer.sees(paid, "PC 1/2026", "300.000 đ", "chưa duyệt", "Chi hội Him Lam")
	treasurer.sees("/fund", "1.700.000 đ", "Thăm hỏi ốm đau", "chưa duyệt", "Thu tiền")
	treasurer.hidden(paid, paid+"/approve")
	head.done(paid + "/approve")
	treasurer.done(paid+"/voucher", "voucher", "DS 04")
	treasurer.sees(paid, "đã duyệt", "Phạm Quốc Hùng", "DS 04")
	treasurer.refused("Xin ghi lý do", "Hủy phiếu này", paid+"/reverse")
	back := treasurer.done(paid+"/reverse", "reason", "ghi nhầm người")
	treasurer.sees(back, "KT 1/2026", "ghi nhầm người")
	treasurer.sees("/fund", "2.000.000 đ")
	o.sound()
}

func TestWhatIsWrongIsSaidBesideItsField(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	give := func(pairs ...string) []string {
		all := url.Values{"kind": {"payment"}, "heading": {"gift"}, "who": {"Trần Văn Ngoài"}, "amount": {"300.000"}, "day": {"21/11/2026"}}
		for i := 0; i+1 < len(pairs); i += 2 {
			all.Set(pairs[i], pairs[i+1])
		}
		var flat []string
		for k, values := range all {
			flat = append(flat, k, values[0])
		}
		return flat
	}
	v.refused("Xin chọn khoản mục", "Trần Văn Ngoài", "/fund/entries", give("heading", "")...)
	v.refused("Xin nhập số tiền", "Trần Văn Ngoài", "/fund/entries", give("amount", "")...)
	v.refused("id=\"amount-wrong\"", "ba trăm rưỡi", "/fund/entries", give("amount", "ba trăm rưỡi")...)
	v.refused("id=\"amount-wrong\"", "99999999999999999999", "/fund/entries", give("amount", "99999999999999999999")...)
	v.refused("id=\"day-wrong\"", "31/02/2026", "/fund/entries", give("day", "31/02/2026")...)
	v.refused("ngày chưa đến", "01/01/2027", "/fund/entries", give("day", "01/01/2027")...)
	v.refused("Trong sổ có một người đúng tên này", "vu dinh khoat, người ngoài sổ", "/fund/entries", give("who", "vu dinh khoat")...)
	if path := v.done("/fund/entries", give("who", "Vũ Đình Khoát", "person", "0")...); !strings.HasPrefix(path, "/fund/entries/") {
		t.Errorf("an outsider of the same name led to %q", path)
	}
	o.sound()
}

func TestOnlyTheTreasurerTouchesMoneyAndOthersRead(t *testing.T) {
	o := fundOffice(t)
	treasurer, secretary, stranger := o.as("tien"), o.as("lan"), o.as("khoat")
	taken := treasurer.done("/fund/entries", "kind", "receipt", "heading", "dues", "who", "Nguyễn Văn Ngoài", "amount", "100000")
	secretary.sees("/fund", "100.000 đ")
	secretary.hidden("/fund", "/fund/entries/new")
	secretary.hidden(taken, "/reverse", "/approve", "/voucher")
	for path, v := range map[string]teller{"/fund/entries/new": secretary, "/fund": stranger, taken: stranger, "/fund/entries": stranger} {
		if answer, _ := v.ask("GET", path, ""); answer.StatusCode != 403 {
			t.Errorf("%s: status %d, want 403", path, answer.StatusCode)
		}
	}
	for _, path := range []string{"/fund/entries", taken + "/reverse", taken + "/approve", taken + "/voucher"} {
		answer, _ := secretary.ask("POST", path, form("kind", "receipt", "heading", "dues", "who", "X", "amount", "5", "reason", "x", "voucher", "x"))
		if answer.StatusCode != 403 {
			t.Errorf("POST %s by the secretary: status %d, want 403", path, answer.StatusCode)
		}
	}
	o.sound()
}

func TestTheListIsNarrowedPagedAndTakenAway(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	storetest.Write(t, o.book, func(ctx context.Context, tx *store.Tx) error {
		for i := range 60 {
			d := fund.Draft{Body: o.book.Root(), Kind: fund.Receipt, Day: calendar.OnDay(calendar.DayOf(2026, 1, 1) + calendar.Day(i)), Parts: []fund.Part{{Heading: "dues", Amount: money.Of(50_000, money.VND), Branch: o.him}}}
			if i%3 == 0 {
				d.Kind, d.Parts[0].Heading, d.Parts[0].Branch = fund.Payment, "gift", 0
			}
			if _, err := fund.Enter(ctx, tx, storetest.Operator(), d); err != nil {
				return err
			}
		}
		return nil
	})
	v.sees("/fund/entries", "PT 40/2026", "2.000.000 đ", "1.000.000 đ")
	next := regexp.MustCompile(`href="([^"]*after=[^"]*)"`).FindStringSubmatch(v.page("/fund/entries"))
	if next == nil {
		t.Fatal("no way to the next page")
	}
	v.sees(strings.ReplaceAll(next[1], "&amp;", "&"), "PT 1/2026", "PC 1/2026")
	v.sees("/fund/entries?heading=expense.gift", "PC 20/2026", "1.000.000 đ")
	v.hidden("/fund/entries?heading=expense.gift", "PT 40/2026")
	v.sees("/fund/entries?branch="+decimal(o.him), "PT 40/2026", "2.000.000 đ")
	v.sees("/fund/entries?from=1/2026&to=1/2026", "PT 20/2026")
	v.hidden("/fund/entries?from=1/2026&to=1/2026", "PT 40/2026")
	v.sees("/fund/entries?unapproved=yes", "PC 20/2026", "chưa duyệt")
	v.sees("/fund/entries?q=khong+co", "Không có phiếu nào khớp")
	answer, body := v.ask("GET", "/fund/entries.xlsx", "")
	if answer.StatusCode != 200 || !strings.HasPrefix(body, "PK") {
		t.Errorf("workbook: status %d", answer.StatusCode)
	}
}

func TestMoneyIsCarriedExchangedAndEnteredByLines(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	v.done("/fund/entries", "kind", "receipt", "heading", "sponsor", "who", "Công ty Ngoài", "amount", "5tr")
	v.done("/fund/entries", "kind", "receipt", "heading", "sponsor", "who", "Công ty Ngoài", "amount", "120", "currency", "USD")
	purses := regexp.MustCompile(`<option value="(\d+)"[^>]*>(Tiền [^<]*)`).FindAllStringSubmatch(v.page("/fund/entries/new?kind=transfer"), -1)
	id := map[string]string{}
	for _, p := range purses {
		id[p[2]] = p[1]
	}
	carried := v.done("/fund/entries", "kind", "transfer", "purse", id["Tiền mặt"], "into", id["Tiền gửi ngân hàng"], "amount", "3.000.000", "text", "gửi tiền vào ngân hàng")
	v.sees(carried, "KT 1/2026", "3.000.000 đ")
	v.refused("id=\"into-wrong\"", "1000", "/fund/entries", "kind", "transfer", "purse", id["Tiền mặt"], "into", "", "amount", "1000")
	changed := v.done("/fund/entries", "kind", "transfer", "purse", id["Tiền mặt (USD)"], "into", id["Tiền mặt"], "amount", "100", "rate", "25.400")
	v.sees(changed, "2.540.000 đ")
	accounts := regexp.MustCompile(`<option value="(\d+)"[^>]*>([^<]*)`).FindAllStringSubmatch(v.page("/fund/entries/new?kind=journal"), -1)
	for _, a := range accounts {
		id[a[2]] = a[1]
	}
	made := v.done("/fund/entries", "kind", "journal", "text", "chuyển khoản mục", "line-account", id["Khoản thu: Ủng hộ, quyên góp"], "line-into", "", "line-outof", "1000000", "line-account", id["Khoản thu: Tài trợ của doanh nghiệp, mạnh thường quân"], "line-into", "1000000", "line-outof", "")
	v.sees(made, "chuyển khoản mục", "1.000.000 đ")
	v.refused("chưa cân", "999", "/fund/entries", "kind", "journal", "line-account", id["Khoản thu: Ủng hộ, quyên góp"], "line-into", "", "line-outof", "999", "line-account", id["Khoản chi: Tặng quà"], "line-into", "1000", "line-outof", "")
	o.sound()
}
