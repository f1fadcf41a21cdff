package web

import (
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/browsertest"
)

func TestADelegationFromInvitationToThanks(t *testing.T) {
	w, _, _ := newUnion(t)
	w.officer(t, w.book.Root(), access.Inspector, "Lê Văn Soát", "soat")
	v := w.as(t, "lan")
	at := v.done("/union/delegations/new", form("kind", "delegation-in", "title", "Đoàn đại biểu tỉnh Sekong", "day", "6/10/2026-8/10/2026", "countries", "Lào", "head", "Ông Sivixay Phomma", "rank", "Bí thư, Tỉnh trưởng",
		"level", "province", "people", "12", "guests", "Ủy ban chính quyền tỉnh Sekong", "hosts", "Ủy ban nhân dân tỉnh", "due", "20/10/2026"))
	id := strings.TrimPrefix(at, "/union/delegations/")
	add := func(part string, pairs ...string) {
		t.Helper()
		revision := pieceOf(v.sees(at), `name="revision" value="`, `"`)
		v.done(at+"/"+part, form(append(pairs, "revision", revision)...))
	}
	add("member", "who", "Bà Chanthala Vong", "rank", "Giám đốc Sở Ngoại vụ")
	add("stop", "day", "6/10/2026", "hour", "14 giờ 00", "what", "Hội đàm", "where", "Trụ sở")
	add("stop", "day", "6/10/2026", "hour", "8 giờ 30", "what", "Đón đoàn tại cửa khẩu")
	add("reception", "host", "Bà Lò Thị Mai", "office", "Phó Chủ tịch tỉnh", "level", "province", "day", "6/10/2026")
	add("cost", "kind", "stay", "payer", "ours", "amount", "12 triệu", "amount-currency", "VND")
	add("cost", "kind", "travel", "payer", "theirs", "amount", "900", "amount-currency", "USD")
	add("promise", "promise", "Nhận 5 lưu học sinh năm 2027", "side", "ours", "due", "2027")
	v.done("/union/gift-limits", form("level", "province", "amount", "3 triệu", "amount-currency", "VND", "since", "1/1/2026"))
	if answer, got := v.ask("POST", "/union/gifts/new", form("deed", id, "way", "given", "item", "Tranh sơn mài", "value", "4 triệu", "value-currency", "VND", "level", "province", "who", "Ông Sivixay Phomma", "day", "6/10/2026")); answer.StatusCode != 422 || !strings.Contains(got, "Quà vượt mức") {
		t.Errorf("a gift beyond the limit: %d", answer.StatusCode)
	}
	v.done("/union/gifts/new", form("deed", id, "way", "received", "item", "Khèn Lào", "who", "Ông Sivixay Phomma", "day", "6/10/2026", "place", "Tủ trưng bày tầng 2"))
	v.sees(at, "Bí thư, Tỉnh trưởng", "Chanthala Vong", "Đón đoàn tại cửa khẩu", "Lò Thị Mai", "12.000.000", "Khèn Lào", "Tủ trưng bày tầng 2", "Chậm báo cáo", "Nhận 5 lưu học sinh")
	v.done("/union/rules", form("report", "15", "thanks", "7"))
	v.sees("/union/rules", "15 ngày sau khi kết thúc", "7 ngày sau khi kết thúc")
	v.sees("/union/delegations/new", "Để trống: 15 ngày sau khi kết thúc")
	if answer, got := v.ask("POST", "/union/rules", form("report", "900")); answer.StatusCode != 422 || !strings.Contains(got, "từ 0 đến 365") {
		t.Errorf("a report after 900 days: %d", answer.StatusCode)
	}
	v.sees(at, "Chuyển cam kết sang mối quan hệ theo dõi")
	if answer, got := v.ask("POST", at+"/entrust", form("which", "0")); answer.StatusCode != 422 || !strings.Contains(got, "Xin chọn mối quan hệ") {
		t.Errorf("a promise handed to no tie: %d", answer.StatusCode)
	}
	v.sees("/union/delegations?period=2026-36", "1 đoàn vào, 0 đoàn ra", "12 người", "Lào 1", "1 báo cáo, 0 thư cảm ơn")
	v.done(at+"/travel", form("who", "Bà Chanthala Vong", "kind", "passport", "number", "PA 998877", "country", "Lào", "expires", "1/10/2026"))
	v.sees(at+"/travel", "PA998877", "hết hạn trước khi về")
	inspector := w.as(t, "soat")
	if answer, got := inspector.ask("GET", at+"/travel", ""); answer.StatusCode != 403 || strings.Contains(got, "PA998877") {
		t.Errorf("an inspector asks for travel papers: %d", answer.StatusCode)
	}
	inspector.sees(at, "Chanthala Vong")
	for _, what := range []string{"programme", "members", "gifts", "report"} {
		for _, as := range []string{"docx", "pdf", "html&lang=en"} {
			if answer, got := v.ask("GET", at+"/paper?what="+what+"&as="+as, ""); answer.StatusCode != 200 || strings.Contains(got, "PA998877") {
				t.Errorf("%s as %s: %d", what, as, answer.StatusCode)
			}
		}
	}
	browsertest.Run(t, w.base, func(b *browsertest.Browser) { visitStory(b, at) })
}

// visitStory closes a visit: the report is there, the thanks are sent.
func visitStory(b *browsertest.Browser, at string) {
	b.Open("/sign-in?back=%2Funion%2Fdelegations%3Flate%3Dyes")
	b.Fill("Tên đăng nhập", "lan")
	b.Fill("Mật khẩu", password)
	b.Click("Đăng nhập")
	b.Click("Đoàn đại biểu tỉnh Sekong")
	b.Click("Hạn và kết quả báo cáo, thư cảm ơn")
	b.Fill("Ngày báo cáo", "21/11/2026")
	b.Fill("Số báo cáo", "45/BC-LH")
	b.Fill("Ngày gửi thư cảm ơn", "20/11/2026")
	b.Click("Lưu")
	b.See("45/BC-LH")
	for name, path := range map[string]string{
		"list": "/union/delegations?period=2026", "one": at, "new": "/union/delegations/new", "travel": at + "/travel", "gifts": "/union/gifts", "gift-new": "/union/gifts/new", "limits": "/union/gift-limits", "rules": "/union/rules",
	} {
		b.Wide()
		b.Open(path)
		b.Fine()
		b.Picture("visit-" + name + "-1366")
		b.Phone()
		b.Open(path)
		b.Fine()
		b.Touchable()
		b.Picture("visit-" + name + "-320")
	}
}
