package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// town is an association with two branches, a fund, members and officers, as
// the stories about deeds need it.
type town struct {
	book             *store.Book
	base             string
	noongBua, himLam body.Body
	khoat, thuoc     person.Person
}

const password = "bác Lan giữ sổ"

func newTown(t *testing.T) town {
	t.Helper()
	w := town{book: storetest.Open(t)}
	w.noongBua, w.himLam = storetest.Branch(t, w.book, "Chi hội Noong Bua"), storetest.Branch(t, w.book, "Chi hội Him Lam")
	w.khoat = w.enrol(t, w.noongBua.ID, "Vũ Đình Khoát", "1949", person.Male)
	w.thuoc = w.enrol(t, w.himLam.ID, "Phạm Văn Thược", "1946-11-25", person.Male)
	w.officer(t, w.book.Root(), access.Secretary, "Đặng Thị Lan", "lan")
	w.officer(t, w.book.Root(), access.Head, "Nguyễn Hữu Tiến", "tien")
	w.officer(t, w.himLam.ID, access.Head, "Bùi Quang Hải", "hai")
	w.officer(t, w.book.Root(), access.Honorary, "Trần Thị Mơ", "mo")
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		_, err := fund.Open(ctx, tx, storetest.Operator(), w.book.Root(), money.VND)
		return err
	})
	w.base = serve(t, Config{Book: w.book, Lang: locale.Vi}, nil)
	return w
}

func (w town) enrol(t *testing.T, at body.ID, name, birth string, sex person.Sex) (p person.Person) {
	t.Helper()
	born, err := calendar.ParseEDTF(birth)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		p, err = person.Enrol(ctx, tx, storetest.Operator(), person.Person{Body: at, Name: name, Birth: born, Sex: sex}, &person.Membership{Body: at, Category: person.Full})
		return err
	})
	return p
}

func (w town) officer(t *testing.T, at body.ID, kind access.OfficeKind, name, login string) {
	t.Helper()
	p := w.enrol(t, at, name, "1958", person.Female)
	hash, err := access.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		o, err := person.Create(ctx, tx, storetest.Operator(), person.Office{Body: at, Kind: string(kind), Seats: 1, Since: calendar.Earliest, Until: calendar.Latest})
		if err != nil {
			return err
		}
		if _, err = person.Appoint(ctx, tx, storetest.Operator(), person.Holding{Office: o.ID, Person: p.ID, From: calendar.InYear(2024)}); err != nil {
			return err
		}
		_, err = store.Admit(ctx, tx, store.Account{Login: login, Person: p.ID, Hash: hash, Lang: "vi"})
		return err
	})
}

// as signs somebody in.
func (w town) as(t *testing.T, login string) visitor {
	t.Helper()
	v := visit(t, w.base)
	if answer, _ := v.ask("POST", "/sign-in", form("login", login, "password", password)); answer.StatusCode != 303 {
		t.Fatalf("%s cannot sign in: %d", login, answer.StatusCode)
	}
	return v
}

func (w town) deeds(t *testing.T, q store.DeedQuery) []deed.Deed {
	t.Helper()
	all, _, err := w.book.As(storetest.Operator()).Deeds(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func personID64(p person.Person) string { return "p" + strconv.FormatInt(int64(p.ID), 10) }

func TestASickVisitIsWrittenWithItsMoney(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	_, page := v.ask("GET", "/deeds/new", "")
	for _, want := range []string{"Thăm ốm", "Việc khác…", "Cho ai?", "Ngày nào?", "Ai đi thăm?", "22/11/2026", "chủ nhật · âm lịch 14 tháng Mười, Bính Ngọ"} {
		if !strings.Contains(page, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	answer, body := v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "21/11/2026", "amount", "300.000 đ", "also", "Lan, bác Tiến", "draft", "deed-new"))
	if answer.StatusCode != 303 {
		t.Fatalf("status %d: %s", answer.StatusCode, body)
	}
	all := w.deeds(t, store.DeedQuery{})
	if len(all) != 1 {
		t.Fatalf("%d deeds", len(all))
	}
	d := all[0]
	if d.Body != w.noongBua.ID || d.Day.EDTF() != "2026-11-21" || d.Entry == 0 || len(d.Lines) != 2 || len(d.Parties) != 3 || d.Parties[0].Person != w.khoat.ID || d.Parties[1].Person == 0 || d.Parties[2].Person == 0 {
		t.Errorf("written: %+v", d)
	}
	_, body = v.ask("GET", answer.Header.Get("Location"), "")
	for _, want := range []string{"Đã ghi: Thăm ốm ông Vũ Đình Khoát 300.000", "Ghi nhầm, bỏ đi", "Ba trăm nghìn đồng", "PC 1/2026", "chờ duyệt", "bà Đặng Thị Lan, bà Nguyễn Hữu Tiến", `data-draft-done="deed-new"`, "ghi việc"} {
		if !strings.Contains(body, want) && !strings.Contains(strings.ReplaceAll(strings.Join(strings.Fields(plainText(body)), " "), " ,", ","), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	_, body = v.ask("GET", "/deeds?q="+url.QueryEscape("khoat tham om"), "")
	if !strings.Contains(body, "Thăm ốm ông Vũ Đình Khoát") || !strings.Contains(body, "1 việc") || !strings.Contains(body, "300.000") {
		t.Errorf("the list: %s", body)
	}
}

func TestWhoMayApproveApprovesWhatTheyWrite(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "tien")
	answer, _ := v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "x", "who_id", personID64(w.khoat), "day", "11/2026", "amount", "300k"))
	if _, body := v.ask("GET", answer.Header.Get("Location"), ""); !strings.Contains(body, "thiếu chứng từ") {
		t.Error("only the voucher should be missing")
	}
}

func TestBadAnswersComeBackBesideTheirFields(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	cases := []struct{ name, value, want string }{
		{"day", "31/02/2026", "không có ngày"},
		{"amount", "-5", ""},
		{"amount", "99999999999999999999999", ""},
		{"amount", "ba xu", ""},
		{"count", "-3", "không được âm"},
		{"count", "99999999999999999999", "lớn quá"},
		{"day", "01/01/2030", "sau hôm nay"},
		{"gift_count", "-2", "không được âm"},
		{"body", strconv.FormatInt(int64(w.book.Root())+99, 10), "giao quyền"},
		{"kind", "không-có", "Không có loại việc"},
	}
	for _, c := range cases {
		answers := map[string]string{"kind": "sick-visit", "who": "Vũ Đình Khoát", "day": "21/11/2026", "amount": "300.000", "gift": "gạo", "gift_count": "1", "note": "bệnh viện <b>tỉnh</b>"}
		answers[c.name] = c.value
		var pairs []string
		for k, v := range answers {
			pairs = append(pairs, k, v)
		}
		answer, body := v.ask("POST", "/deeds/new", form(pairs...))
		if answer.StatusCode != 422 {
			t.Errorf("%s=%s: status %d", c.name, c.value, answer.StatusCode)
			continue
		}
		if !strings.Contains(strings.ToLower(body), strings.ToLower(c.want)) || !strings.Contains(body, `class="wrong"`) && c.name != "body" {
			t.Errorf("%s=%s: no word of what would be right", c.name, c.value)
		}
		if !strings.Contains(body, "bệnh viện &lt;b&gt;tỉnh&lt;/b&gt;") || c.name != "kind" && c.name != "body" && !strings.Contains(body, `value="`+c.value+`"`) {
			t.Errorf("%s=%s: the answers were not kept", c.name, c.value)
		}
	}
	if n := len(w.deeds(t, store.DeedQuery{})); n != 0 {
		t.Errorf("%d deeds were written", n)
	}
}

func TestHTMLInNamesIsText(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	answer, _ := v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "<script>alert(1)</script>", "day", "2026"))
	if _, body := v.ask("GET", answer.Header.Get("Location"), ""); strings.Contains(body, "<script>alert") || !strings.Contains(body, "&lt;script&gt;") {
		t.Error("a name was drawn as markup")
	}
}

func TestTwoOfOneNameAreAskedApart(t *testing.T) {
	w := newTown(t)
	w.enrol(t, w.himLam.ID, "Vũ Đình Khoát", "1990", person.Male)
	v := w.as(t, "lan")
	answer, body := v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "2026"))
	if answer.StatusCode != 422 || !strings.Contains(body, "2 người tên này") || !strings.Contains(body, `name="among-0"`) || !strings.Contains(body, "Chi hội Him Lam") {
		t.Fatalf("status %d: %s", answer.StatusCode, body)
	}
	answer, _ = v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "2026", "among-0", personID64(w.khoat)))
	if answer.StatusCode != 303 || w.deeds(t, store.DeedQuery{})[0].Parties[0].Person != w.khoat.ID {
		t.Errorf("the choice was not taken: %d", answer.StatusCode)
	}
}

func TestPupilsArePastedFromASheet(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	pasted := "1\tVũ Thị Mai\tLớp 5A, Tiểu học Noong Bua\tHọc sinh giỏi\t200.000\r\n2\tLê Văn An\tLớp 9\tGiải nhì Toán tỉnh\t\n"
	_, page := v.ask("POST", "/deeds/new", form("kind", "study-award", "day", "15/11/2026", "amount", "150.000", "paste", pasted, "more", "paste"))
	for _, want := range []string{`value="Vũ Thị Mai"`, `value="Lớp 9"`, `value="Giải nhì Toán tỉnh"`, "Mỗi người bao nhiêu"} {
		if !strings.Contains(page, want) {
			t.Errorf("the table lacks %q", want)
		}
	}
	values := url.Values{
		"kind": {"study-award"}, "day": {"15/11/2026"}, "amount": {"150.000"}, "row": {"Vũ Thị Mai", "", "Lê Văn An"}, "row_id": {"", "", ""},
		"row_school": {"5A", "", "9"}, "row_prize": {"", "", "Giải nhì"}, "row_amount": {"200.000", "", ""},
	}
	if answer, body := v.ask("POST", "/deeds/new", values.Encode()); answer.StatusCode != 303 {
		t.Fatalf("status %d: %s", answer.StatusCode, body)
	}
	d := w.deeds(t, store.DeedQuery{})[0]
	if len(d.Parties) != 2 || d.Parties[1].Detail.Amount != money.Of(150_000, money.VND) || moneyOf(d) != money.Of(350_000, money.VND) || d.Lines[0].Unit != deed.Persons || d.Lines[0].Quantity != 2 {
		t.Errorf("written: %+v", d)
	}
}

func TestAStaleEditShowsBothVersions(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	answer, _ := v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "21/11/2026", "amount", "300.000"))
	path := answer.Header.Get("Location")
	_, page := v.ask("GET", path+"/edit", "")
	if !strings.Contains(page, `value="300.000"`) || !strings.Contains(page, `name="revision" value="1"`) || !strings.Contains(page, `value="21/11/2026"`) {
		t.Fatalf("the form does not hold the deed: %s", page)
	}
	edit := func(revision, amount string) (int, string) {
		answer, body := v.ask("POST", path+"/edit", form("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "21/11/2026", "amount", amount, "revision", revision))
		return answer.StatusCode, body
	}
	if status, body := edit("1", "400.000"); status != 303 {
		t.Fatalf("status %d: %s", status, body)
	}
	status, body := edit("1", "500.000")
	if status != 409 || !strings.Contains(body, "400.000") || !strings.Contains(body, "500.000") || !strings.Contains(body, "Trong sổ bây giờ") || !strings.Contains(body, `name="revision" value="2"`) {
		t.Fatalf("status %d: %s", status, body)
	}
	if status, _ := edit("2", "500.000"); status != 303 {
		t.Errorf("based on what is there now: %d", status)
	}
	_, body = v.ask("GET", path, "")
	if !strings.Contains(body, "400.000") || !strings.Contains(body, "→") {
		t.Error("the history does not tell what was changed")
	}
	if trouble, err := w.book.Check(context.Background()); err != nil || len(trouble) > 0 {
		t.Errorf("check: %v %v", trouble, err)
	}
}

func TestADeedIsTakenBackWithItsMoney(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	answer, _ := v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "21/11/2026", "amount", "300.000"))
	path := answer.Header.Get("Location")
	if answer, body := v.ask("POST", path+"/cancel", form("revision", "1")); answer.StatusCode != 422 || !strings.Contains(body, "lý do") {
		t.Errorf("without a reason: %d", answer.StatusCode)
	}
	if answer, _ := v.ask("POST", path+"/cancel", form("revision", "1", "reason", "ghi trùng")); answer.StatusCode != 303 {
		t.Fatalf("status %d", answer.StatusCode)
	}
	_, body := v.ask("GET", path, "")
	if !strings.Contains(body, "đã bỏ") || !strings.Contains(body, "ghi trùng") || !strings.Contains(body, "đã hủy") {
		t.Errorf("the page: %s", body)
	}
	if n := len(w.deeds(t, store.DeedQuery{})); n != 0 {
		t.Errorf("%d deeds remain in the list", n)
	}
}

func TestAPlanIsDoneInOneStep(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	answer, _ := v.ask("POST", "/deeds/new", form("kind", "longevity", "row", "Phạm Văn Thược", "row_school", "80", "day", "25/11/2026", "amount", "500.000", "status", "planned"))
	path := answer.Header.Get("Location")
	_, body := v.ask("GET", path, "")
	if !strings.Contains(body, "Đã làm xong") || !strings.Contains(body, "dự định") {
		t.Fatalf("the page: %s", body)
	}
	if answer, body := v.ask("POST", path+"/done", form("revision", "1")); answer.StatusCode != 303 {
		t.Fatalf("status %d: %s", answer.StatusCode, body)
	}
	d := w.deeds(t, store.DeedQuery{})[0]
	if d.Status != deed.Done || d.Entry == 0 || d.Day.EDTF() != "2026-11-22" || d.Parties[0].Detail.Step != 80 {
		t.Errorf("done: %+v", d)
	}
}

func TestEverybodySeesTheirOwnDeedsOnly(t *testing.T) {
	w := newTown(t)
	lan := w.as(t, "lan")
	answer, _ := lan.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "21/11/2026"))
	path := answer.Header.Get("Location")
	hai := w.as(t, "hai") // of the other branch
	if answer, _ := hai.ask("GET", path, ""); answer.StatusCode != 403 {
		t.Errorf("another branch reads it: %d", answer.StatusCode)
	}
	if _, body := hai.ask("GET", "/deeds", ""); strings.Contains(body, "Khoát") {
		t.Error("another branch lists it")
	}
	if answer, _ := hai.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Phạm Văn Thược", "day", "2026")); answer.StatusCode != 303 {
		t.Errorf("a branch writes its own: %d", answer.StatusCode)
	}
	mo := w.as(t, "mo") // figures only
	for _, p := range []string{path, "/deeds/new", path + "/edit", path + "/cancel"} {
		if answer, _ := mo.ask("GET", p, ""); answer.StatusCode != 403 {
			t.Errorf("an honorary member opens %s: %d", p, answer.StatusCode)
		}
	}
	if answer, _ := mo.ask("POST", path+"/cancel", form("revision", "1", "reason", "x")); answer.StatusCode != 403 {
		t.Errorf("an honorary member takes it back: %d", answer.StatusCode)
	}
	if answer, _ := visit(t, w.base).ask("GET", path, ""); answer.StatusCode != 303 {
		t.Errorf("a stranger: %d", answer.StatusCode)
	}
}

func TestEchoesSayWhatWasUnderstood(t *testing.T) {
	v := newTown(t).as(t, "lan")
	cases := []struct{ path, want string }{
		{"/deeds/echo/day?value=21/11/2026", "thứ bảy · âm lịch 13 tháng Mười, Bính Ngọ"},
		{"/deeds/echo/day?value=11/2026", "tháng 11/2026"},
		{"/deeds/echo/amount?value=300k", "Ba trăm nghìn đồng"},
		{"/deeds/echo/people?value=" + url.QueryEscape("Lan, Tiến"), "Đặng Thị Lan, Nguyễn Hữu Tiến"},
	}
	for _, c := range cases {
		if _, body := v.ask("GET", c.path, ""); body != c.want {
			t.Errorf("%s = %q, want %q", c.path, body, c.want)
		}
	}
	if _, body := v.ask("GET", "/deeds/who?q=khoat", ""); !strings.Contains(body, "Vũ Đình Khoát") || !strings.Contains(body, "sinh 1949 · Chi hội Noong Bua") {
		t.Errorf("who = %s", body)
	}
}
