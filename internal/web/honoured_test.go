package web

import (
	"net/url"
	"strings"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

func TestAgesArePlannedWithOneClickAndThoseMissedAreShown(t *testing.T) {
	w := newTown(t)
	w.norm(t, fund.Norm{Kind: "longevity", Step: 80, Amount: money.Of(500_000, money.VND), Goods: "lụa", Since: calendar.DayOf(2024, 1, 1)})
	sen := w.enrol(t, w.himLam.ID, "Trần Thị Sen", "1946", person.Female)
	w.enrol(t, w.noongBua.ID, "Lê Thị Gấm", "1940", person.Female) // 85 in 2025, not celebrated
	v := w.as(t, "lan")
	_, body := v.ask("GET", "/longevity?year=2026", "")
	for _, want := range []string{"Chi hội Him Lam: 2 cụ", "Phạm Văn Thược", "25/11/2026", "lụa", "Năm 2025 còn sót", "Lê Thị Gấm", "chưa lên lịch"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	picks := url.Values{"pick": {personID64(w.thuoc) + "-80", personID64(sen) + "-80"}, "group": {"branch"}, "also": {"Lan"}}
	bad := url.Values{"pick": picks["pick"][:1], "day": {"31/02/2026"}, "also": {"Người Đi Thăm"}, "group": {"each"}}
	answer, again := v.ask("POST", "/longevity?year=2026&way=solar", bad.Encode())
	if answer.StatusCode != 422 {
		t.Errorf("a day that is not: status %d", answer.StatusCode)
	}
	for _, kept := range []string{`id="day-wrong"`, `value="31/02/2026"`, `value="Người Đi Thăm"`, bad.Get("pick")} {
		if !strings.Contains(again, kept) {
			t.Errorf("the form that comes back lacks %s", kept)
		}
	}
	if ticked := strings.Count(again, `name="pick"`); strings.Count(again, " checked aria-label") != 1 || ticked < 1 {
		t.Errorf("of %d ticks other than the one sent are set", ticked)
	}
	if answer, body := v.ask("POST", "/longevity?year=2026&way=solar", picks.Encode()); answer.StatusCode != 303 {
		t.Fatalf("status %d: %s", answer.StatusCode, body)
	}
	plans := w.deeds(t, store.DeedQuery{Status: deed.Planned})
	if len(plans) != 1 || len(plans[0].Parties) != 3 || moneyOf(plans[0]) != money.Of(1_000_000, money.VND) || plans[0].Body != w.himLam.ID || plans[0].Parties[0].Detail.Step != 80 {
		t.Fatalf("plans: %+v", plans)
	}
	if _, body = v.ask("GET", "/longevity?year=2026", ""); strings.Contains(body, "chưa lên lịch") || !strings.Contains(body, "dự định") {
		t.Error("what is planned is still said to be open")
	}
	if answer, _ := v.ask("POST", "/longevity?year=2026", "group=each"); answer.StatusCode != 422 {
		t.Errorf("nobody ticked: %d", answer.StatusCode)
	}
	if answer, _ := w.as(t, "mo").ask("GET", "/longevity", ""); answer.StatusCode != 403 {
		t.Errorf("an honorary member reads the roll's ages: %d", answer.StatusCode)
	}
}

func TestWhoWasVisitedRewardedAndTravelled(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	post := func(pairs ...string) {
		t.Helper()
		if answer, body := v.ask("POST", "/deeds/new", form(pairs...)); answer.StatusCode != 303 {
			t.Fatalf("%v: %d %s", pairs, answer.StatusCode, body)
		}
	}
	post("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "02/03/2026", "amount", "300.000", "also", "Lan")
	post("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "05/06/2026", "amount", "200.000", "also", "Tiến")
	post("kind", "sick-visit", "who", "Phạm Văn Thược", "day", "01/07/2026", "status", "planned")
	post("kind", "study-award", "row", "Vũ Thị Mai", "row_school", "4A", "day", "10/2025", "amount", "100.000")
	post("kind", "study-award", "row", "Vũ Thị Mai", "row_school", "5A", "row_prize", "giỏi", "day", "10/2026", "amount", "150.000")
	post("kind", "home-trip", "row", "Vũ Đình Khoát", "day", "04/2026", "amount", "9.000.000", "count", "38")
	for path, wants := range map[string][]string{
		"/deeds/visited?year=2026": {"500.000", "02/03/2026, 05/06/2026", "bà Đặng Thị Lan, bà Nguyễn Hữu Tiến", "1 người, 2 việc", "Đã dự định mà chưa thăm", "Phạm Văn Thược"},
		"/deeds/pupils?year=2026":  {"Vũ Thị Mai", "5A", "giỏi", "150.000", "đã nhận", "1 cháu có ghi tên, 1 cháu năm trước"},
		"/deeds/trips":             {"38 người", "9.000.000", "ông Vũ Đình Khoát", "Chưa thấy tên trong chuyến nào: 5 hội viên"},
	} {
		_, body := v.ask("GET", path, "")
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
		if answer, body := w.as(t, "mo").ask("GET", path, ""); answer.StatusCode != 403 {
			t.Errorf("%s opens to figures only: %d %v", path, answer.StatusCode, strings.Contains(body, "Khoát"))
		}
	}
	answer, body := v.ask("GET", "/deeds.xlsx?kind=sick-visit", "")
	if answer.StatusCode != 200 || !strings.HasPrefix(body, "PK") {
		t.Errorf("the workbook: %d", answer.StatusCode)
	}
}

func TestFiguresFromBeforeTheBookNeedTheirSource(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	before := []string{"kind", "sick-visit", "body", idText(w.book.Root()), "period", "10/2003 - 5/2024", "acts", "trên 1.094"}
	if answer, body := v.ask("POST", "/deeds/brought", form(before...)); answer.StatusCode != 422 || !strings.Contains(body, "trên 1.094") {
		t.Fatalf("without a source: %d", answer.StatusCode)
	}
	answer, body := v.ask("POST", "/deeds/brought", form(append(before, "source", "Báo cáo tháng 5/2024")...))
	if answer.StatusCode != 303 {
		t.Fatalf("status %d: %s", answer.StatusCode, body)
	}
	d := w.deeds(t, store.DeedQuery{})[0]
	if !d.Brought || d.Day.EDTF() != "2003-10/2024-05" || d.Lines[0].Quantity != 1094 || d.Lines[0].Qualifier != deed.Over || d.Entry != 0 {
		t.Errorf("written: %+v", d)
	}
	_, body = v.ask("GET", "/deeds?kind=sick-visit&measure=sick-visit.acts&period=2003-10/2024-05", "")
	if !strings.Contains(body, "trên 1.094 lượt thăm") || !strings.Contains(body, "Tính trong kỳ") {
		t.Errorf("the figure opened: %s", body)
	}
	if _, body = v.ask("GET", "/deeds?kind=sick-visit&measure=sick-visit.acts&period=2024", ""); !strings.Contains(body, "Vắt sang kỳ khác") {
		t.Error("what lies across the year is not told apart")
	}
}

func TestKindsAreNamedAddedAndRetired(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	kind := []string{"name", "Tặng xe lăn", "units", "things", "roles", "receiver", "rank", "3", "revision", "0"}
	if answer, body := v.ask("POST", "/settings/kinds/new", form(kind...)); answer.StatusCode != 303 {
		t.Fatalf("status %d: %s", answer.StatusCode, body)
	}
	if answer, _ := v.ask("POST", "/settings/kinds/new", form(kind...)); answer.StatusCode != 422 {
		t.Errorf("the same again: %d", answer.StatusCode)
	}
	if _, body := v.ask("GET", "/deeds/new", ""); !strings.Contains(body, "Tặng xe lăn") {
		t.Error("the form does not offer it")
	}
	if answer, _ := v.ask("POST", "/settings/kinds/tang-xe-lan", form(append(kind[:8:8], "revision", "1", "retired", "yes")...)); answer.StatusCode != 303 {
		t.Errorf("retiring: %d", answer.StatusCode)
	}
	if _, body := v.ask("GET", "/deeds/new", ""); strings.Contains(body, "Tặng xe lăn") {
		t.Error("a retired kind is offered")
	}
	if answer, _ := w.as(t, "hai").ask("GET", "/settings/kinds", ""); answer.StatusCode != 403 {
		t.Errorf("a branch edits kinds: %d", answer.StatusCode)
	}
}
