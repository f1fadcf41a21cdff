package web

import (
	"net/url"
	"strings"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/money"
)

func TestTodayTellsWhatComesIsLateAndWasWritten(t *testing.T) {
	w := newTown(t)
	w.norm(t, fund.Norm{Kind: "longevity", Step: 80, Amount: money.Of(500_000, money.VND), Since: calendar.DayOf(2024, 1, 1)})
	v := w.as(t, "lan")
	v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "21/11/2026", "amount", "300.000"))
	v.ask("POST", "/deeds/new", form("kind", "meeting-board", "day", "05/12/2026", "status", "planned", "title", "Họp bàn Tết"))
	v.ask("POST", "/deeds/new", form("kind", "gift", "who", "Lớp 5A", "day", "01/11/2026", "status", "planned", "title", "Tặng vở"))
	_, body := v.ask("GET", "/", "")
	body = strings.ReplaceAll(body, "\u00a0", " ")
	for _, want := range []string{
		"Chào bác Lan", "Chủ nhật 22 tháng 11 năm 2026 · 14 tháng Mười, Bính Ngọ", "lượt thăm hội viên ốm · năm 2025: 0", "-300.000 đ",
		"Mừng thọ 80 tuổi cụ Phạm Văn Thược", "quà theo định mức 500.000 đ", "còn 3 ngày", "Họp bàn Tết", "còn 13 ngày",
		"Việc dự định đã quá ngày", "Phiếu quỹ chưa đủ duyệt", "Thăm ốm ông Vũ Đình Khoát", "người ghi: Lan",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("today lacks %q", want)
		}
	}
	if strings.Contains(body[strings.Index(body, "60 ngày tới"):strings.Index(body, "Còn thiếu")], "Tặng vở") {
		t.Error("what is past stands among what is coming")
	}
	if _, body = w.as(t, "hai").ask("GET", "/", ""); strings.Contains(body, "Khoát") || !strings.Contains(body, "Phạm Văn Thược") {
		t.Error("a branch sees another's, or not its own")
	}
	if answer, body := w.as(t, "mo").ask("GET", "/", ""); answer.StatusCode != 200 || strings.Contains(body, "Khoát") || !strings.Contains(body, "lượt thăm") {
		t.Errorf("figures only: %d", answer.StatusCode)
	}
}

func TestSearchFindsPeopleDeedsAndBodiesWithinReach(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "21/11/2026"))
	for typed, wants := range map[string][]string{
		"khoat": {"Vũ Đình Khoát", "Thăm ốm ông Vũ Đình Khoát"}, "noong bua": {"Chi hội Noong Bua"}, "khongthayai": {"Không thấy gì khớp"}, "": {"Tìm gì?"},
	} {
		_, body := v.ask("GET", "/search?q="+url.QueryEscape(typed), "")
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%q lacks %q", typed, want)
			}
		}
	}
	if _, body := w.as(t, "hai").ask("GET", "/search?q=khoat", ""); strings.Contains(body, "Vũ Đình") {
		t.Error("another branch finds him")
	}
	if _, body := w.as(t, "mo").ask("GET", "/search?q=khoat", ""); strings.Contains(body, "Vũ Đình") {
		t.Error("an honorary member finds him")
	}
}

func TestTodayTellsAUnitWhatIsAskedOfIt(t *testing.T) {
	w := newAskingTown(t)
	w.as(t, "hai").sees("/", "Báo cáo tháng", "Chi hội Him Lam", "chậm 17 ngày")
}
