package web

import (
	"regexp"
	"strings"
	"testing"
)

func TestDuesAreSetTakenForManyRemindedAndForgiven(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	v.sees("/fund/dues", "Chưa đặt mức hội phí")
	v.refused("Xin nhập số tiền", "Đặt mức", "/fund/dues/rates", "amount", "", "since", "2024")
	v.done("/fund/dues/rates", "amount", "120.000", "since", "2024")
	v.sees("/fund/dues?year=2026", "Vũ Đình Khoát", "360.000 đ", "2024", "còn nợ", "1.800.000 đ")
	take := v.page("/fund/dues/take?year=2026")
	ids := regexp.MustCompile(`name="member" value="(\d+)"`).FindAllStringSubmatch(take, -1)
	if len(ids) != 5 {
		t.Fatalf("%d members to tick, want 5", len(ids))
	}
	v.refused("ít nhất một người", "Vũ Đình Khoát", "/fund/dues/take", "year", "2026", "mode", "each")
	v.done("/fund/dues/take", "year", "2026", "mode", "each", "member", ids[0][1], "member", ids[1][1], "day", "20/11/2026")
	v.sees("/fund/entries", "PT 2/2026", "720.000 đ")
	v.done("/fund/dues/take", "year", "2026", "mode", "one", "member", ids[2][1], "member", ids[3][1], "who", "Chi hội Him Lam")
	v.sees("/fund/entries", "PT 3/2026", "1.440.000 đ")
	v.sees("/fund/dues?year=2026&state=owes", "360.000 đ")
	last := "/fund/dues/" + ids[4][1]
	v.done(last+"/pay", "year", "2024", "amount", "20.000")
	v.sees(last, "nộp một phần", "340.000 đ")
	v.refused("Xin ghi lý do miễn", "2025", last+"/exempt", "since", "2025")
	if _, again := v.ask("POST", last+"/exempt", "since=2025"); strings.Count(again, `class="problems`) > 1 || !strings.Contains(again, `value="2024"`) {
		t.Error("the form of paying tells of another form, or has lost its year")
	}
	v.done(last+"/exempt", "since", "2025", "reason", "trên 75 tuổi")
	v.sees(last, "được miễn (trên 75 tuổi)", "100.000 đ")
	v.sees("/fund/dues/reminder?year=2026", "Danh sách chưa nộp đủ hội phí", "100.000 đ")
	if answer, body := v.ask("GET", "/fund/dues.xlsx?year=2026", ""); answer.StatusCode != 200 || !strings.HasPrefix(body, "PK") {
		t.Errorf("workbook: status %d", answer.StatusCode)
	}
	o.as("lan").hidden(last, "/pay")
	o.sound()
}

func TestAStatementOpensDownAndAPeriodIsClosed(t *testing.T) {
	o := fundOffice(t)
	v, head := o.as("tien"), o.as("hung")
	v.done("/fund/entries", "kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "consent", "yes", "amount", "5tr", "day", "10/10/2026")
	v.done("/fund/entries", "kind", "payment", "heading", "gift", "who", "Trạm y tế phường", "amount", "1tr2", "day", "15/10/2026", "branch", decimal(o.him))
	v.sees("/fund/statement", "Ủng hộ, quyên góp", "5.000.000 đ", "1.200.000 đ", "3.800.000 đ", "Chi hội Him Lam")
	v.sees("/fund/statement?from=1/2025&to=12/2025", "Kỳ này chưa có thu, chi")
	v.sees("/fund/entries?body="+decimal(o.book.Root())+"&period=2026&heading=gift", "Trạm y tế phường")
	ledger := regexp.MustCompile(`/fund/ledger/\d+`).FindString(v.page("/fund"))
	v.sees(ledger, "PT 1/2026", "PC 1/2026", "3.800.000 đ")
	v.sees("/fund/donors", "Bùi Quang Hải", "Đồng ý nêu tên")
	v.refused("Xin nhập số tiền", "Dự toán", "/fund/budget", "heading", "expense.gift", "year", "2026")
	v.done("/fund/budget", "heading", "expense.gift", "amount", "1tr", "year", "2026")
	v.sees("/fund/budget?year=2026", "120%", "vượt dự toán")
	v.refused("ngày chưa đến", "31/12/2026", "/fund/closing", "until", "31/12/2026")
	v.done("/fund/closing", "until", "31/10/2026")
	v.refused("đã khóa đến hết ngày 31/10/2026", "Bùi Quang Hải", "/fund/entries", "kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "1tr", "day", "30/10/2026")
	v.hidden("/fund/closing", "Mở lại những ngày đã khóa")
	head.done("/fund/closing", "until", "30/09/2026", "reason", "sót một phiếu")
	v.sees("/fund/closing", "mở lại, còn khóa đến 30/09/2026", "sót một phiếu", "Phạm Quốc Hùng")
	o.sound()
}
