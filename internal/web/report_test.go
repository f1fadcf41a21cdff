package web

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// given gives the association some money, from one who agreed to be named and
// from others who did not.
func (r roll) given() {
	r.t.Helper()
	by := storetest.Operator()
	storetest.Write(r.t, r.book, func(ctx context.Context, tx *store.Tx) error {
		if _, err := fund.Open(ctx, tx, by, r.book.Root(), money.VND); err != nil {
			return err
		}
		for i, slip := range []fund.Slip{
			{Name: "Công ty Thành Đạt", Consent: person.Yes}, {Person: r.huong.ID}, {Name: "Người Giấu Tên", Address: "phố Kín"},
		} {
			_, err := fund.Enter(ctx, tx, by, fund.Draft{
				Body: r.book.Root(), Kind: fund.Receipt, Day: calendar.On(2026, 5, 2+i), Slip: slip,
				Parts: []fund.Part{{Heading: "donation", Amount: money.Of(int64(i+1)*1_000_000, money.VND)}},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func TestTheSecretaryFilesTheAnnualReport(t *testing.T) {
	r := newRoll(t)
	r.given()
	v := r.as("secretary")
	v.get("/reports", "Chưa có báo cáo nào", "Lập báo cáo")
	v.get("/reports/new", "Báo cáo năm", "Để trống là kỳ vừa qua")
	v.refused(422, "/reports", form("kind", "annual", "period", "bao giờ", "lang", "vi"), "không đọc được thành kỳ báo cáo", "bao giờ")
	v.refused(422, "/reports", form("kind", "annual", "period", "2027", "lang", "vi"), "chưa bắt đầu")

	draft := v.post("/reports", "kind", "annual", "period", "2026", "lang", "vi")
	got := v.get(draft, "Bản nháp", "Thăm hỏi ốm đau", "TÌNH HÌNH TỔ CHỨC", "Công ty Thành Đạt", "Những người ủng hộ khác")
	if strings.Contains(got, "Người Giấu Tên") {
		t.Error("who did not agree is named")
	}
	for _, ref := range figureRefs(got) {
		v.get(ref)
	}
	v.refused(422, draft+"/file", form("revision", "1"), "chưa kết thúc")
	v.post(draft+"/words", "revision", "1", "limits", "Sổ ghi còn chậm.")
	v.get(draft, "Sổ ghi còn chậm.", "Hạn chế, khó khăn")
	v.post(draft+"/drop", "revision", "2")

	v.get("/reports/head", "Nhân danh", "Nơi đề ngày")
	v.post("/reports/head", "family", "informal", "symbol", "BLL", "place", "Điện Biên Phủ", "voice", "Ban Liên lạc", "recipients", "Các chi hội\nThường trực Hội")
	past := v.post("/reports", "kind", "annual", "period", "2025", "lang", "vi")
	filed := v.post(past+"/file", "revision", "1")
	v.get(filed, "vẫn khớp", "01/BC-BLL", "Điện Biên Phủ, ngày 22 tháng 11", "TM. BAN LIÊN LẠC", "- Các chi hội;")
	v.get("/reports", "Đã ban hành", "năm 2025")
	for as, begins := range map[string]string{"docx": "PK", "xlsx": "PK", "pdf": "%PDF", "json": "{"} {
		if file := v.get(filed + "/as/" + as); !strings.HasPrefix(file, begins) {
			t.Errorf("%s begins with %q", as, file[:min(8, len(file))])
		}
	}
	if answer, _ := v.ask("GET", filed+"/as/exe", ""); answer.StatusCode != 404 {
		t.Errorf("an unknown format: %d", answer.StatusCode)
	}
	storetest.Write(t, r.book, func(ctx context.Context, tx *store.Tx) error {
		_, err := deed.Post(ctx, tx, storetest.Operator(), deed.Deed{Body: r.one.ID, Kind: "sick-visit", Day: calendar.On(2025, 8, 1), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}})
		return err
	})
	v.get(filed, "Thay đổi sau khi ban hành", "1 số liệu trong sổ đã thay đổi", "Do các việc", "01/08/2025")
}

var inPaper = regexp.MustCompile(`href="(/(?:deeds|reports|fund|people)[^"]*)"`)

// figureRefs are what the figures of a page open.
func figureRefs(html string) []string {
	var all []string
	_, paper, _ := strings.Cut(html, `class="paper`)
	for _, m := range inPaper.FindAllStringSubmatch(paper, -1) {
		all = append(all, strings.ReplaceAll(m[1], "&amp;", "&"))
	}
	return all
}

func TestAReportIsSeenByThoseWhoMayAndFiledByThoseWhoMust(t *testing.T) {
	r := newRoll(t)
	r.given()
	v := r.as("secretary")
	path := v.post("/reports", "kind", "annual", "period", "2025", "lang", "vi")
	filed := v.post(path+"/file", "revision", "1")
	member := r.as("member")
	for asked, want := range map[string]int{filed: 403, filed + "/as/pdf": 403, "/reports/new": 403, "/reports/public": 403, "/reports/roll?what=members&period=2026-01-01": 403} {
		if answer, _ := member.ask("GET", asked, ""); answer.StatusCode != want {
			t.Errorf("a member of the board, %s: %d, want %d", asked, answer.StatusCode, want)
		}
	}
	if answer, _ := member.ask("POST", "/reports", form("kind", "annual", "period", "2025")); answer.StatusCode != 403 {
		t.Errorf("a member of the board begins a report: %d", answer.StatusCode)
	}
	if answer, _ := visit(t, r.base).ask("GET", filed, ""); answer.StatusCode != 303 {
		t.Errorf("a stranger asks for a report: %d", answer.StatusCode)
	}
	v.get("/reports/roll?what=members&period=2026-01-01", "Đặng Thị Hương", "Nguyễn Văn An")
	v.get("/reports/roll?what=joined&period=2010", "Nguyễn Văn An")
}

func TestBranchesThatHaveNotReportedStandInRed(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	v.get("/reports/branches?period=2025", "Chưa báo cáo, đã quá hạn", "2 trong 2 chi hội chưa báo cáo")
	v.refused(422, "/reports/branches/settings", form("expected", "annual", "days", "1000"), "từ 0 đến 366")
	v.post("/reports/branches/settings", "expected", "annual", "days", "30")
	v.post("/reports/branches", "branch", idText(r.one.ID), "kind", "annual", "period", "2025")
	v.get("/reports/branches?period=2025", "Đã nhận bản giấy", "1 trong 2 chi hội", "30/01/2026")
	v.get("/reports/branches?period="+url.QueryEscape("quý 1/2026"), "30/04/2026")
	draft := v.post("/reports", "kind", "annual", "period", "2025", "lang", "vi")
	v.get(draft, "1/2 chi hội đã báo cáo; chưa báo cáo: Chi hội Him Lam")
}

func TestThePublicPageIsOffUntilSwitchedOnAndTellsNothingPrivate(t *testing.T) {
	r := newRoll(t)
	r.given()
	stranger := visit(t, r.base)
	root, err := r.book.As(storetest.Operator()).Body(context.Background(), r.book.Root())
	if err != nil {
		t.Fatal(err)
	}
	path := "/p/" + root.Code
	for _, asked := range []string{path, "/p/" + r.one.Code, "/p/khong-co"} {
		if answer, _ := stranger.ask("GET", asked, ""); answer.StatusCode != 404 {
			t.Errorf("%s before it is on: %d", asked, answer.StatusCode)
		}
	}
	v := r.as("secretary")
	v.post("/reports/public", "on", "yes")
	v.get("/reports/public", path)
	got := stranger.get(path, "hội viên hiện nay", "Thăm hỏi ốm đau", "Công ty Thành Đạt", "Những người ủng hộ khác", "5.000.000", "6.000.000")
	for _, private := range []string{
		"Đặng Thị Hương", "Nguyễn Văn An", "Người Giấu Tên", "phố Kín", "0912", "Noong Bua", "Cán bộ", "1946", "/people", "/deeds", "/fund",
	} {
		if strings.Contains(got, private) {
			t.Errorf("the public page tells %q", private)
		}
	}
	if answer, _ := stranger.ask("GET", "/p/"+r.one.Code, ""); answer.StatusCode != 404 {
		t.Errorf("a branch's page is on with the association's: %d", answer.StatusCode)
	}
	v.post("/reports/public", "on", "no")
	if answer, _ := stranger.ask("GET", path, ""); answer.StatusCode != 404 {
		t.Errorf("after it is off again: %d", answer.StatusCode)
	}
	storetest.Write(t, r.book, func(ctx context.Context, tx *store.Tx) error {
		return tx.SetSetting(ctx, r.book.Root(), report.SettingPublic, "yes")
	})
	stranger.get(path)
}

// What pages of papers, meetings and reports say of who can see them is who is
// shown them.
func TestWhoCanSeeAReportIsWhoIsShownIt(t *testing.T) {
	r := newRoll(t)
	r.given()
	v := r.as("secretary")
	draft := v.post("/reports", "kind", "annual", "period", "2024", "lang", "vi")
	filed := v.post("/reports", "kind", "annual", "period", "2025", "lang", "vi")
	filed = v.post(filed+"/file", "revision", "1")
	letter := v.post("/office/papers/new", "way", "in", "kind", "", "subject", "Mời họp", "from", "Phường", "day", "20/11/2026")
	for _, path := range []string{draft, filed, letter} {
		got := v.get(path, "Ai xem được trang này")
		for _, login := range []string{"secretary", "head1", "head2", "member"} {
			answer, _ := r.as(login).ask("GET", path, "")
			if told := strings.Contains(got, "Cán bộ "+login+" – "); told != (answer.StatusCode == 200) {
				t.Errorf("%s: %s is told to see it: %v, and is answered %d", path, login, told, answer.StatusCode)
			}
		}
	}
}
