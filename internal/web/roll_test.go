package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// roll is a small book with officers who can sign in.
type roll struct {
	t        *testing.T
	book     *store.Book
	base     string
	one, two body.Body
	huong    person.Person // of the first branch
	an       person.Person // of the second
}

// newRoll makes the book: a secretary of the association, a head of each branch
// and a board member, each signing in under the name of their office.
func newRoll(t *testing.T) roll {
	t.Helper()
	r := roll{t: t, book: storetest.Open(t)}
	r.one, r.two = storetest.Branch(t, r.book, "Chi hội Noong Bua"), storetest.Branch(t, r.book, "Chi hội Him Lam")
	hash, err := access.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	kimAnh := placeNamed(t, "Kim Anh Kim Thành")
	by := storetest.Operator()
	storetest.Write(t, r.book, func(ctx context.Context, tx *store.Tx) error {
		for login, o := range map[string]person.Office{
			"secretary": {Body: r.book.Root(), Kind: "secretary", Seats: 1}, "head1": {Body: r.one.ID, Kind: "head", Seats: 1},
			"head2": {Body: r.two.ID, Kind: "head", Seats: 1}, "member": {Body: r.book.Root(), Kind: "board_member", Seats: 3, Board: "executive"},
		} {
			p, err := person.Enrol(ctx, tx, by, person.Person{Body: o.Body, Name: "Cán bộ " + login}, nil)
			if err != nil {
				return err
			}
			o.Since, o.Until = calendar.Earliest, calendar.Latest
			if o, err = person.Create(ctx, tx, by, o); err != nil {
				return err
			}
			h := person.Holding{Office: o.ID, Person: p.ID, From: calendar.InYear(2020), PlannedEnd: calendar.InYear(2025)}
			if _, err = person.Appoint(ctx, tx, by, h); err != nil {
				return err
			}
			if err = tx.SaveAccount(ctx, store.Account{ID: tx.NewID(), Login: login, Person: p.ID, Hash: hash, Lang: "vi", Revision: 1}); err != nil {
				return err
			}
		}
		var err error
		r.huong, err = person.Enrol(ctx, tx, by, person.Person{
			Body: r.one.ID, Name: "Đặng Thị Hương", Birth: calendar.On(1946, 11, 20), Sex: person.Female, Phone: "0912 345 678", Origin: int64(kimAnh), Address: "Tổ 5, phường Noong Bua",
		}, &person.Membership{Body: r.one.ID, Category: person.Full, Joined: calendar.InMonth(2003, 10), Number: "017"})
		if err != nil {
			return err
		}
		r.an, err = person.Enrol(ctx, tx, by, person.Person{Body: r.two.ID, Name: "Nguyễn Văn An", Birth: calendar.InYear(1960), Sex: person.Male},
			&person.Membership{Body: r.two.ID, Category: person.Full, Joined: calendar.InYear(2010)})
		if err != nil {
			return err
		}
		_, err = deed.Post(ctx, tx, by, deed.Deed{
			Body: r.one.ID, Kind: "sick-visit", Day: calendar.On(2026, 3, 4), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}},
			Parties: []deed.Party{{Role: deed.Receiver, Person: r.huong.ID}},
		})
		return err
	})
	r.base = serve(t, Config{Book: r.book, Lang: locale.Vi}, nil)
	return r
}

func placeNamed(t *testing.T, name string) place.ID {
	t.Helper()
	m, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	hits := m.Find(name, calendar.DayOf(2024, 5, 1), 1)
	if len(hits) == 0 {
		t.Fatalf("no place %q", name)
	}
	return hits[0].ID
}

// as is a visitor signed in under a login.
func (r roll) as(login string) visitor {
	r.t.Helper()
	v := visit(r.t, r.base)
	if answer, body := v.ask("POST", "/sign-in", form("login", login, "password", password)); answer.StatusCode != 303 {
		r.t.Fatalf("sign in as %s: %d\n%s", login, answer.StatusCode, body)
	}
	return v
}

// get asks for a page that must be there and hold every piece.
func (v visitor) get(path string, pieces ...string) string {
	v.t.Helper()
	answer, got := v.ask("GET", path, "")
	if answer.StatusCode != 200 {
		v.t.Fatalf("GET %s: %d\n%s", path, answer.StatusCode, got)
	}
	for _, piece := range pieces {
		if !strings.Contains(got, piece) {
			v.t.Errorf("GET %s lacks %q:\n%s", path, piece, plainText(got))
		}
	}
	return got
}

var tags = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>|\s+`)

func plainText(html string) string { return tags.ReplaceAllString(html, " ") }

// post sends a form that must be taken, and gives where it led.
func (v visitor) post(path string, pairs ...string) string {
	v.t.Helper()
	answer, got := v.ask("POST", path, form(pairs...))
	if answer.StatusCode != 303 {
		v.t.Fatalf("POST %s: %d, want it taken\n%s", path, answer.StatusCode, plainText(got))
	}
	return answer.Header.Get("Location")
}

// refused sends a form that must come back with a status and hold every piece.
func (v visitor) refused(status int, path, form string, pieces ...string) {
	v.t.Helper()
	answer, got := v.ask("POST", path, form)
	if answer.StatusCode != status {
		v.t.Fatalf("POST %s: %d, want %d\n%s", path, answer.StatusCode, status, plainText(got))
	}
	for _, piece := range pieces {
		if !strings.Contains(got, piece) {
			v.t.Errorf("POST %s lacks %q:\n%s", path, piece, plainText(got))
		}
	}
}

func TestTheSecretaryKeepsTheRoll(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	v.get("/people", "Đặng Thị Hương", "20/11/1946", "Noong Bua", "xã Kim Anh, Kim Thành, Hải Dương", "nay xã", "2 người", "/people.xlsx")
	v.get("/people?q=dang+huong", "Đặng Thị Hương")
	if got := v.get("/people?q=" + url.QueryEscape("hải phòng")); strings.Contains(got, "Nguyễn Văn An") {
		t.Error("somebody without an origin is found by Hải Phòng")
	}
	to := v.post("/people", "name", "Phạm Văn Thược", "birth", "3/1949", "sex", "m", "body", idText(r.one.ID), "category", "full", "joined", "2004", "number", "018", "origin", "Kim Anh, Kim Thành, Hải Dương")
	v.get(to, "Phạm Văn Thược", "3/1949", "thẻ số 018", "vào hội năm 2004", "Đã ghi Phạm Văn Thược vào sổ", "Thêm vào sổ", "Cán bộ secretary")
	v.post(to, "revision", "1", "name", "Phạm Văn Thược", "birth", "3/1949", "sex", "m", "phone", "0987", "consent", "no", "body", idText(r.one.ID))
	v.get(to, "0987", "Xin không nêu tên", "điện thoại: (trống) → 0987")
	v.post(to+"/household", "how", "new")
	v.get(to, "quan hệ với chủ hộ: (trống) → chủ hộ")
	v.get("/people?col=number&col=phone", "018", "Cột hiện")
	v.get("/people?missing=birth&status=all", "Cán bộ head1")
}

func TestWhatIsWrongStandsBesideItsFieldAndTheRestIsKept(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	v.refused(422, "/people", form("name", "", "birth", "31/02/1949", "phone", "0911", "body", idText(r.one.ID)),
		`id="name-wrong"`, `id="birth-wrong"`, `value="31/02/1949"`, `value="0911"`)
	v.refused(422, "/people", form("name", "Ai Đó", "birth", "2030", "body", idText(r.one.ID)), `id="birth-wrong"`, "sau hôm nay")
	v.refused(422, personPath(r.huong.ID)+"/death", form("death", "1/1/2030"), `id="death-wrong"`)
	v.refused(422, "/people", form("name", "Ai Đó"), `id="body-wrong"`)
}

func TestNamesOfMarkupAreHarmless(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	nasty := `<script>alert(1)</script>`
	to := v.post("/people", "name", nasty, "address", nasty, "note", nasty, "body", idText(r.one.ID))
	for _, path := range []string{to, "/people", to + "/edit", to + "/death", "/people/duplicates"} {
		if got := v.get(path); strings.Contains(got, "<script>alert") {
			t.Errorf("%s carries markup from a name", path)
		}
	}
}

func TestASecondEditorSeesBothVersions(t *testing.T) {
	r := newRoll(t)
	one, two := r.as("secretary"), r.as("head1")
	at := personPath(r.huong.ID)
	same := []string{"revision", "1", "name", "Đặng Thị Hương", "birth", "20/11/1946", "sex", "f", "body", idText(r.one.ID)}
	one.post(at, append(same, "phone", "0111")...)
	two.refused(409, at, form(append(same, "phone", "0222")...), "0111", "0222", "Trong sổ hiện nay", `name="revision" value="2"`)
	two.post(at, append([]string{"revision", "2", "phone", "0222"}, same[2:]...)...)
	one.get(at, "0222")
}

func TestEverybodySeesOnlyWhatTheirOfficeLets(t *testing.T) {
	r := newRoll(t)
	huong, an := personPath(r.huong.ID), personPath(r.an.ID)
	tests := []struct {
		login, path string
		want        int
	}{
		{"secretary", huong, 200},
		{"secretary", an, 200},
		{"head1", huong, 200},
		{"head1", an, 403},
		{"head2", huong, 403},
		{"member", huong, 403},
		{"secretary", huong + "/edit", 200},
		{"head2", huong + "/edit", 403},
		{"head1", huong + "/death", 200},
		{"member", "/people/new", 403},
		{"member", "/bodies", 200},
		{"member", "/offices", 200},
		{"member", "/bodies/new", 403},
		{"head1", "/people/duplicates", 200},
		{"member", "/people", 403},
		{"member", "/people/duplicates", 403},
		{"secretary", "/people/999", 404},
		{"head1", "/people/longevity/settings", 403},
	}
	visitors := map[string]visitor{}
	for _, test := range tests {
		v, known := visitors[test.login]
		if !known {
			v = r.as(test.login)
			visitors[test.login] = v
		}
		if answer, _ := v.ask("GET", test.path, ""); answer.StatusCode != test.want {
			t.Errorf("%s asks for %s: %d, want %d", test.login, test.path, answer.StatusCode, test.want)
		}
	}
	if got := visitors["head1"].get("/people"); strings.Contains(got, "Nguyễn Văn An") {
		t.Error("the head of one branch sees members of another in the list")
	}
	if _, got := visitors["head1"].ask("GET", "/people/find?q=an", ""); strings.Contains(got, "Nguyễn Văn An") {
		t.Error("the head of one branch finds members of another by the combobox")
	}
	for _, path := range []string{huong, huong + "/death", huong + "/leave"} {
		if answer, _ := visitors["head2"].ask("POST", path, form("name", "X", "revision", "1", "body", idText(r.two.ID))); answer.StatusCode != 403 {
			t.Errorf("the head of another branch posts to %s: %d, want 403", path, answer.StatusCode)
		}
	}
	visitors["secretary"].get(huong, "Cán bộ secretary", "Cán bộ head1", "Ai xem được trang này: 2 người")
}

func TestPeopleMoveLeaveAndDie(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	at := personPath(r.huong.ID)
	page := v.get(at, "Chuyển chi hội")
	membership := regexp.MustCompile(`move\?membership=(\d+)`).FindStringSubmatch(page)[1]
	v.get(at+"/move?membership="+membership, "Chuyển đến", "Him Lam")
	v.post(at+"/move", "membership", membership, "body", idText(r.two.ID), "joined", "2026")
	page = v.get(at, "Chi hội Him Lam", "chuyển đi")
	membership = regexp.MustCompile(`leave\?membership=(\d+)`).FindStringSubmatch(page)[1]
	v.refused(422, at+"/move", form("membership", membership, "joined", "2026"), `id="body-wrong"`)
	v.post(at+"/death", "death", "4/11/2026")
	v.get(at, "đã mất", "âm lịch: 26 tháng Chín, Bính Ngọ", "giỗ tới")
	v.get("/people?status=died", "Đặng Thị Hương")
	v.post(personPath(r.an.ID)+"/join", "body", idText(r.one.ID), "joined", "2026", "category", "associate")
	v.refused(422, personPath(r.an.ID)+"/join", form("body", idText(r.one.ID)), "đang là hội viên ở đây rồi")
}

func TestLikelyDuplicatesAreMergedAndTakenBack(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	to := v.post("/people", "name", "Đặng Hương", "birth", "1946", "phone", "0912345678", "body", idText(r.one.ID))
	other := strings.TrimPrefix(to, "/people/")
	v.get("/people/duplicates", "Đặng Hương", "cùng năm sinh", "cùng số điện thoại", "một bên thiếu tên đệm")
	v.get(personPath(r.huong.ID)+"/merge?with="+other, "Giữ lại", "Đặng Hương", "1 lần sinh hoạt hội")
	at := v.post("/people/merge", "keep", idText(r.huong.ID), "goes", other)
	v.get(at, "Đặng Hương", "Tách lại")
	if answer, _ := v.ask("GET", to, ""); answer.Header.Get("Location") != at {
		t.Errorf("the record that went leads to %q", answer.Header.Get("Location"))
	}
	v.post(to + "/unmerge")
	v.get(to, "Đặng Hương")
	v.post("/people/apart", "a", idText(r.huong.ID), "b", other)
	v.get("/people/duplicates", "Không thấy hồ sơ trùng")
}

func TestTheBoardShowsSeatsAndTakesAppointments(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	board := v.get("/offices", "Ban chấp hành", "Cán bộ member", "Còn trống 2 ghế", "quá nhiệm kỳ")
	office := regexp.MustCompile(`/offices/(\d+)/appoint`).FindStringSubmatch(board)[1]
	v.get("/offices/"+office+"/appoint", "Giao cho ai?")
	v.post("/offices/"+office+"/appoint", "personId", idText(r.an.ID), "from", "1/6/2026", "plannedEnd", "2031", "represents", idText(r.two.ID), "paper", "05/QĐ-BLL")
	v.get("/offices?on=30/6/2026", "Nguyễn Văn An", "Him Lam", "05/QĐ-BLL")
	v.refused(422, "/offices/"+office+"/appoint", form("personId", idText(r.an.ID), "from", "1/9/2026"), "đã giữ chức vụ này")
	v.refused(422, "/offices/"+office+"/appoint", form("person", "không có ai", "from", "2026"), "Không thấy ai tên")
	if got := v.get("/offices?on=1/1/2026"); strings.Contains(got, "Nguyễn Văn An") {
		t.Error("the board of before the appointment shows it")
	}
	page := v.get("/offices/"+office, "Nguyễn Văn An", "xem số liệu")
	holding := regexp.MustCompile(`/holdings/(\d+)/release`).FindStringSubmatch(page)[1]
	v.post("/holdings/"+holding+"/release", "actualEnd", "31/10/2026")
	v.post("/offices", "body", idText(r.one.ID), "kind", "treasurer", "seats", "1", "title", "Thủ quỹ chi hội")
	v.get("/offices?body="+idText(r.one.ID), "Thủ quỹ chi hội", "Còn trống 1 ghế")
	v.refused(422, "/offices", form("body", idText(r.one.ID), "kind", "treasurer", "seats", "-3"), `id="seats-wrong"`)
}

func TestBodiesAreShownFoundedAndDescribed(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	v.get("/bodies", "Chi hội Noong Bua", "1 người", "2 người")
	v.get("/bodies/"+r.one.Code, "Tên gọi qua các thời kỳ", "Trưởng ban, chủ tịch", "hội viên")
	to := v.post("/bodies", "name", "Chi hội Thanh Trường", "short", "Thanh Trường", "kind", "branch", "parent", idText(r.book.Root()), "founded", "2010")
	v.get(to, "Chi hội Thanh Trường", "2010")
	v.post(to, "revision", "1", "name", "Chi hội Thanh Trường", "nameEn", "Thanh Truong branch", "address", "Tổ 1", "founded", "2010")
	v.get(to, "Thanh Truong branch", "Tổ 1")
	v.refused(409, to, form("revision", "1", "name", "Khác"), `value="Khác"`, `name="revision" value="2"`)
	v.post(to+"/become/rename", "name", "Chi hội Mường Thanh", "day", "1/7/2025", "number", "05/QĐ-BLL", "step", "do")
	v.get(to, "Chi hội Mường Thanh", "đến 6/2025", "từ 7/2025", "Chi hội Thanh Trường")
	v.refused(422, to+"/become/rename", form("name", "Chi hội Khác", "day", "1/1/2009"), `id="day-wrong"`)
	v.refused(422, to+"/become/rename", form("name", "Chi hội Khác", "day", "1/1/2030"), `id="day-wrong"`)
	v.refused(422, "/bodies", form("name", ""), `id="name-wrong"`)
}

func TestHouseholdsCensusAndLadder(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	at := personPath(r.huong.ID)
	v.post(at+"/household", "how", "new")
	v.post(personPath(r.an.ID)+"/household", "how", "other", "withId", idText(r.huong.ID), "relation", "child")
	v.get(at, "Nguyễn Văn An", "con · năm 1960")
	v.get("/households", "Hộ Đặng Thị Hương", "Nguyễn Văn An")
	v.get("/people/census?on=31/12/2005", "Theo chi hội", "01/01/2005"[6:])
	v.get("/people/census?with=31/12/2005", "+1")
	v.get("/longevity", "Đặng Thị Hương", "80", "20/11/2026", "Tổ 5")
	v.post("/people/longevity/settings", "steps", "81, 90", "counting", "counted", "year", "lunar")
	v.get("/longevity", "Đặng Thị Hương", "81", "tuổi mụ")
	v.refused(422, "/people/longevity/settings", form("steps", "bảy mươi"), `id="steps-wrong"`)
}

func TestComboboxesAnswer(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	var found, places []page.Choice
	if err := json.Unmarshal([]byte(v.get("/people/find?q=huong")), &found); err != nil || len(found) != 1 || !strings.Contains(found[0].Note, "Kim Anh") {
		t.Errorf("people: %+v %v", found, err)
	}
	if err := json.Unmarshal([]byte(v.get("/places?q=kim+anh+kim+thanh+hai+duong")), &places); err != nil || len(places) == 0 || !strings.HasPrefix(places[0].Text, "xã Kim Anh") || !strings.HasPrefix(places[0].Note, "nay ") {
		t.Errorf("places: %+v %v", places, err)
	}
	v.get("/people/echo/birth?value=20/11/1946", "80 tuổi, tuổi mụ 81")
}

func TestTheRollReadsInThreeLanguages(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	for lang, pieces := range map[string][]string{"en": {"Members", "now "}, "fr": {"Membres", "aujourd’hui"}, "vi": {"Hội viên", "nay "}} {
		v.post("/language", "lang", lang, "back", "/people")
		v.get("/people", pieces...)
		for _, path := range []string{personPath(r.huong.ID), personPath(r.huong.ID) + "/edit", "/people/census", "/longevity", "/bodies", "/offices", "/households", "/people/duplicates", "/bodies/" + r.one.Code} {
			if got := v.get(path); strings.Contains(got, "⟦") || regexp.MustCompile(`>(person|people|body|office|member|household|census|longevity|access|deed)\.[a-z.]+<`).MatchString(got) {
				t.Errorf("%s in %s shows a key", path, lang)
			}
		}
	}
}

func BenchmarkPageOf10000Members(b *testing.B) {
	words, err := locale.Load()
	if err != nil {
		b.Fatal(err)
	}
	book := storetest.Open(b)
	branch := storetest.Branch(b, book, "Chi hội Noong Bua")
	families, givens := []string{"Nguyễn", "Trần", "Lê", "Phạm", "Đặng"}, []string{"An", "Bình", "Hương", "Lan", "Minh", "Sơn", "Yến"}
	m, err := place.Shipped()
	if err != nil {
		b.Fatal(err)
	}
	communes := m.Standing(place.Commune, calendar.DayOf(2024, 5, 1))
	for from := 0; from < 10_000; from += 1000 {
		storetest.Write(b, book, func(ctx context.Context, tx *store.Tx) error {
			for i := from; i < from+1000; i++ {
				p := person.Person{Body: branch.ID, Name: families[i%5] + " Văn " + givens[i/5%7], Birth: calendar.InYear(1930 + i%75), Origin: int64(communes[i%200])}
				if _, err := person.Enrol(ctx, tx, storetest.Operator(), p, &person.Membership{Body: branch.ID, Category: person.Full}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	s, err := New(Config{Book: book, Words: words, Lang: locale.Vi, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	for _, address := range []string{"/people", "/people?q=huong", "/people/find?q=dang+h", "/people/census", "/longevity", "/people/duplicates", "/places?q=kim+anh"} {
		b.Run(address, func(b *testing.B) {
			for b.Loop() {
				q := s.open(httptest.NewRecorder(), httptest.NewRequest("GET", address, nil))
				q.actor = access.Operator("bench")
				h := map[string]func(*request) error{"/people": s.people, "/people/find": s.findPeople, "/people/census": s.census, "/longevity": s.honouredPage, "/people/duplicates": s.duplicates, "/places": s.findPlaces}
				if err := h[q.URL.Path](q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
