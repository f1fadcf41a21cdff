package web

import (
	"bytes"
	"mime/multipart"
	"regexp"
	"strings"
	"testing"

	"kith.app/internal/locale"
)

// send sends a form with a file.
func (v teller) send(path, file, content string, pairs ...string) (status int, body string) {
	v.t.Helper()
	var made bytes.Buffer
	m := multipart.NewWriter(&made)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := m.WriteField(pairs[i], pairs[i+1]); err != nil {
			v.t.Fatal(err)
		}
	}
	part, err := m.CreateFormFile("file", file)
	if err != nil {
		v.t.Fatal(err)
	}
	part.Write([]byte(content)) //nolint:errcheck // into memory
	m.Close()
	r, err := v.Post(v.base+path, m.FormDataContentType(), &made)
	if err != nil {
		v.t.Fatal(err)
	}
	defer r.Body.Close()
	var answer bytes.Buffer
	if _, err := answer.ReadFrom(r.Body); err != nil {
		v.t.Fatal(err)
	}
	return r.StatusCode, answer.String()
}

func TestWhatTheOldBooksHeldIsBroughtForward(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	purses := regexp.MustCompile(`name="held-(\d+)"`).FindAllStringSubmatch(v.page("/fund/opening"), -1)
	if len(purses) != 0 && len(purses) != 2 {
		t.Fatalf("%d purses, want 2", len(purses))
	}
	fields := regexp.MustCompile(`id="(held-\d+)"`).FindAllStringSubmatch(v.page("/fund/opening"), -1)
	v.refused("Xin ghi đủ ngày, tháng, năm", "2026", "/fund/opening", "day", "2026", fields[0][1], "1tr")
	v.refused("id=\"loan-amount-0-wrong\"", "Vũ Đình Khoát", "/fund/opening", "day", "01/01/2026", "loan-name", "Vũ Đình Khoát", "loan-amount", "nhiều")
	done := v.done("/fund/opening", "day", "01/01/2026", fields[0][1], "12.350.000", fields[1][1], "30tr", "loan-name", "Vũ Đình Khoát", "loan-amount", "4tr", "loan-rate", "6", "good-item", "Chăn ấm", "good-quantity", "12", "voucher", "BB 01")
	v.sees(done, "12.350.000 đ", "30.000.000 đ", "4.000.000 đ", "BB 01")
	v.sees("/fund", "42.350.000 đ", "đến hết ngày 31/12/2025")
	v.sees("/fund/stock", "Chăn ấm", "12")
	v.sees("/fund/loans", "Vũ Đình Khoát", "4.000.000 đ")
	o.sound()
}

func TestMembersBorrowAndPayBack(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	v.done("/fund/entries", "kind", "receipt", "heading", "sponsor", "who", "Công ty Ngoài", "amount", "10tr", "day", "01/10/2026")
	v.refused("id=\"who-wrong\"", "5tr", "/fund/loans", "who", "", "amount", "5tr")
	v.refused("Trong sổ có một người đúng tên này", "5tr", "/fund/loans", "who", "Vũ Đình Khoát", "amount", "5tr", "day", "02/10/2026")
	v.refused("Không đọc được lãi suất", "5tr", "/fund/loans", "who", "Vũ Đình Khoát", "person", decimal(o.who["khoat"]), "amount", "5tr", "day", "02/10/2026", "rate", "sáu")
	loan := v.done("/fund/loans", "who", "Vũ Đình Khoát", "person", decimal(o.who["khoat"]), "amount", "5tr", "day", "02/10/2026", "rate", "6,5", "due", "02/10/2027")
	v.sees(loan, "6,5 %", "Vũ Đình Khoát", "5.000.000 đ", "02/10/2027", "đang vay")
	v.refused("id=\"principal-wrong\"", "9tr", loan, "principal", "9tr")
	v.done(loan, "principal", "2tr", "interest", "40000", "day", "20/11/2026")
	v.sees(loan, "3.000.000 đ", "40.000 đ")
	v.sees("/fund/loans", "Vũ Đình Khoát", "3.000.000 đ")
	o.sound()
}

func TestGoodsAreMovedAndCashIsCounted(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	v.refused("id=\"item-wrong\"", "5", "/fund/stock", "way", "in", "item", "", "quantity", "5")
	for _, none := range []string{"12,5", "1.5", "1.2345", "-8", "năm", "3 4"} {
		v.refused(`id="quantity-wrong"`, "Chăn ấm", "/fund/stock", "way", "in", "item", "Chăn ấm", "quantity", none)
	}
	v.done("/fund/stock", "way", "in", "item", "Chăn ấm", "quantity", "20", "day", "01/11/2026")
	v.done("/fund/stock", "way", "out", "item", "chăn ấm", "quantity", "8", "day", "05/11/2026")
	v.sees("/fund/stock", "20", "8", "12")
	undo := regexp.MustCompile(`/fund/stock/\d+/undo`).FindString(v.page("/fund/stock"))
	v.done(undo, "reason", "ghi nhầm")
	v.done("/fund/entries", "kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "1tr2")
	v.done("/fund/cash-count", "note-500000", "2", "note-100000", "2", "day", "22/11/2026", "people", "Lê Văn Tiến, thủ quỹ\nĐặng Thị Lan, thư ký")
	v.sees("/fund/cash-count", "1.200.000 đ", "khớp")
	v.refused("id=\"reason-wrong\"", `value="3"`, "/fund/cash-count", "note-500000", "3", "day", "22/11/2026")
	v.sees("/fund/cash-count", "khớp")
	v.refused("id=\"note-500000-wrong\"", "hai", "/fund/cash-count", "note-500000", "hai", "day", "22/11/2026")
	minutes := regexp.MustCompile(`/fund/cash-count/\d+/paper/docx`).FindString(v.page("/fund/cash-count"))
	if answer, body := v.ask("GET", minutes, ""); answer.StatusCode != 200 || !strings.HasPrefix(body, "PK") {
		t.Errorf("minutes: status %d", answer.StatusCode)
	}
	o.sound()
}

func TestTheBankIsSetBesideTheBook(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	bank := regexp.MustCompile(`name="purse" value="(\d+)"[^>]*>\s*<span>Tiền gửi`).FindStringSubmatch(v.page("/fund/entries/new?kind=receipt"))
	if bank == nil {
		t.Fatal("no bank account is offered")
	}
	v.done("/fund/entries", "kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "2tr", "day", "10/11/2026", "purse", bank[1])
	if status, body := v.send("/fund/bank", "saoke.csv", "không phải sao kê", "account", bank[1]); status != 422 || !strings.Contains(body, "Đưa sao kê vào") {
		t.Errorf("nonsense gave %d: %s", status, told(body))
	}
	file := "Ngày giao dịch,Nội dung,Ghi nợ,Ghi có,Số dư\n11/11/2026,BUI QUANG HAI ung ho,,\"2,000,000\",\"2,000,000\"\n12/11/2026,Phi tin nhan,\"11,000\",,\"1,989,000\"\n"
	if status, body := v.send("/fund/bank", "saoke.csv", file, "account", bank[1], "order", "dmy"); status != 303 {
		t.Fatalf("statement gave %d: %s", status, told(body))
	}
	v.sees("/fund/bank", "BUI QUANG HAI", "PT 1/2026", "Phi tin nhan", "1.989.000 đ")
	match := regexp.MustCompile(`name="match" value="([\d.]+)" checked`).FindStringSubmatch(v.page("/fund/bank"))
	if match == nil {
		t.Fatal("nothing is proposed")
	}
	v.done("/fund/bank/reconcile", "account", bank[1], "match", match[1])
	v.sees("/fund", "đến 11/11/2026")
	release := regexp.MustCompile(`/fund/bank/\d+/release`).FindString(v.page("/fund/bank"))
	v.done(release)
	v.sees("/fund/bank", "Có lẽ là cùng một khoản")
	o.sound()
}

func TestHeadingsPurposesAndNormsAreSet(t *testing.T) {
	o := fundOffice(t)
	v, secretary := o.as("tien"), o.as("lan")
	v.refused("Xin ghi tên tài khoản", "Thêm", "/settings/headings", "class", "expense", "name", "", "currency", "VND")
	v.done("/settings/headings", "class", "expense", "name", "Sửa nhà văn hóa", "currency", "VND")
	v.done("/settings/headings", "class", "bank", "name", "Ngân hàng Nông nghiệp", "number", "8100205123456", "currency", "VND")
	v.sees("/settings/headings", "Sửa nhà văn hóa", "Ngân hàng Nông nghiệp …3456")
	one := regexp.MustCompile(`href="(/settings/headings/\d+)"[^>]*>Sửa nhà`).FindStringSubmatch(v.page("/settings/headings"))
	v.done(one[1], "name", "Tu sửa nhà văn hóa", "revision", "1", "retired", "yes")
	v.sees("/settings/headings", "Tu sửa nhà văn hóa", "thôi dùng")
	v.done("/settings/purposes", "name", "Giúp gia đình bị lũ")
	purpose := regexp.MustCompile(`<option value="(\d+)"[^>]*>Giúp gia đình`).FindStringSubmatch(v.page("/fund/entries/new"))
	v.done("/fund/entries", "kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "3tr", "purpose", purpose[1])
	v.sees("/fund", "Giúp gia đình bị lũ", "nhận 3.000.000 đ")
	secretary.refused("id=\"kind-wrong\"", "300.000", "/settings/norms", "kind", "", "amount", "300.000", "since", "01/01/2024")
	secretary.done("/settings/norms", "kind", "sick-visit", "amount", "300.000", "times", "2", "since", "01/01/2024")
	secretary.done("/settings/norms", "kind", "sick-visit", "amount", "500.000", "times", "2", "since", "01/01/2026")
	secretary.sees("/settings/norms", "500.000 đ", "31/12/2025", "300.000 đ")
	end := regexp.MustCompile(`/settings/norms/\d+/end`).FindString(secretary.page("/settings/norms"))
	secretary.done(end)
	if answer, _ := v.ask("POST", "/settings/norms", form("kind", "sick-visit", "amount", "1", "since", "01/01/2026")); answer.StatusCode != 403 {
		t.Errorf("a norm set by the treasurer: %d, want 403", answer.StatusCode)
	}
	o.sound()
}

func TestPapersOfTheFundAreWritten(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	taken := v.done("/fund/entries", "kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "2tr")
	for path, begins := range map[string]string{
		taken + "/paper.pdf": "%PDF", taken + "/paper.docx": "PK", "/fund/statement/paper/pdf": "%PDF", "/fund/statement/paper/docx": "PK", "/fund/statement/paper/xlsx": "PK", "/fund/donors/paper/pdf?period=2026": "%PDF", "/fund/donors/paper/docx": "PK", "/fund/statement.xlsx": "PK",
	} {
		if answer, body := v.ask("GET", path, ""); answer.StatusCode != 200 || !strings.HasPrefix(body, begins) {
			t.Errorf("%s: status %d: %.200s", path, answer.StatusCode, body)
		}
	}
	if answer, _ := o.as("khoat").ask("GET", taken+"/paper.pdf", ""); answer.StatusCode != 403 {
		t.Errorf("a stranger prints: %d", answer.StatusCode)
	}
}

func TestABookWithoutAFundOpensOne(t *testing.T) {
	v := teller{visit(t, serve(t, Config{Book: emptyBook(t), Lang: locale.Vi}, nil))}
	v.done("/begin", "name", "Hội thử", "officer", "Đặng Thị Lan", "office", "secretary", "login", "lan", "password", fundPassword)
	v.sees("/fund", "Chưa mở sổ quỹ", "Mở sổ quỹ")
	v.sees("/fund/statement", "Chưa mở sổ quỹ")
	v.done("/fund/open", "currency", "VND")
	v.sees("/fund", "0 đ", "Chưa có phiếu nào")
	v.hidden("/fund", "/fund/entries/new")
}
