package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestSignaturesAreNamedOnTheFormAndOnThePaper(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	v.sees("/fund/entries/new?kind=payment", "Đề nghị ai duyệt", "Phạm Quốc Hùng", "Ai xem được trang này", "chữ ký thứ hai")
	paid := v.done("/fund/entries", "kind", "payment", "heading", "meeting", "who", "Cửa hàng sách", "amount", "200k", "day", "12/11/2026",
		"payer", decimal(o.who["tien"]), "asked", decimal(o.who["hung"]))
	v.sees(paid, "Phạm Quốc Hùng", "được đề nghị, chưa ký", "Lê Văn Tiến", "Ai xem được trang này")
	v.refused("hai người khác nhau", "Cửa hàng sách", "/fund/entries", "kind", "payment", "heading", "meeting", "who", "Cửa hàng sách", "amount", "200k", "day", "12/11/2026",
		"payer", decimal(o.who["hung"]), "asked", decimal(o.who["hung"]))
	o.as("hung").done(paid + "/approve")
	v.hidden(paid, "được đề nghị, chưa ký")
	o.sound()
}

func TestAScanVouchesForAnEntry(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	paid := v.done("/fund/entries", "kind", "payment", "heading", "meeting", "who", "Cửa hàng sách", "amount", "200k", "day", "12/11/2026")
	v.sees(paid, "Ảnh, bản chụp chứng từ")
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("paper", "hoa-don.pdf")
	if err == nil {
		_, err = part.Write([]byte("%PDF-1.4 hoá đơn"))
	}
	if err != nil || m.Close() != nil {
		t.Fatal(err)
	}
	answer, body := v.ask("POST", paid+"/papers", b.String(), "Content-Type", m.FormDataContentType())
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", answer.StatusCode, told(body))
	}
	page := v.page(paid)
	scan := regexp.MustCompile(`/fund/entries/\d+/papers/\d+`).FindString(page)
	if !strings.Contains(page, "hoa-don.pdf") || scan == "" {
		t.Fatal(told(page))
	}
	if answer, body := v.ask("GET", scan, ""); answer.StatusCode != 200 || !strings.HasPrefix(body, "%PDF") || answer.Header.Get("Content-Disposition") == "" {
		t.Errorf("%d %v", answer.StatusCode, answer.Header)
	}
	if answer, _ := o.as("khoat").ask("GET", scan, ""); answer.StatusCode != 403 {
		t.Errorf("somebody without the right: %d", answer.StatusCode)
	}
	v.done(scan + "/remove")
	v.hidden(paid, "hoa-don.pdf")
	o.sound()
}

func TestSeriesAreNamed(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	if page := v.page("/settings/series"); !strings.Contains(page, `value="PT"`) {
		t.Error(told(page))
	}
	v.refused("ký hiệu", "P C", "/settings/series", "revision", "1", "series-receipt", "BT", "series-payment", "P C", "series-journal", "KT")
	v.done("/settings/series", "revision", "1", "series-receipt", "BT", "series-payment", "BC", "series-journal", "KT")
	taken := v.done("/fund/entries", "kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "2 triệu", "day", "12/11/2026")
	v.sees(taken, "BT 1/2026")
	o.sound()
}

func TestArrearsAreBroughtForwardWithTheMoney(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	v.refused("Không thấy đúng một hội viên", "Người Lạ", "/fund/opening", "day", "1/1/2026", "owed-name", "Người Lạ", "owed-year", "2025", "owed-amount", "60.000")
	v.done("/fund/opening", "day", "1/1/2026", "owed-name", "Vũ Đình Khoát", "owed-year", "2025", "owed-amount", "60.000", "good-item", "Áo mưa", "good-quantity", "5")
	v.sees("/fund/dues", "60.000")
	v.sees("/fund/stock", "Áo mưa")
	o.sound()
}
