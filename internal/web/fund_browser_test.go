package web

import (
	"testing"

	"kith.app/internal/browsertest"
)

// clerk signs people in and out of a browser.
type clerk struct{ *browsertest.Browser }

func (b clerk) enter(login string) {
	b.Open("/more")
	if b.At() == "/more" {
		b.Click("Thoát")
	}
	b.Open("/sign-in?back=/fund")
	b.Fill("Tên đăng nhập", login)
	b.Fill("Mật khẩu", fundPassword)
	b.Press(browsertest.Enter)
}

// looks judges a page and keeps a picture of it.
func (b clerk) looks(name string) {
	b.Picture(name)
	b.Fine()
	b.Touchable()
}

func TestTheTreasurersDayInABrowser(t *testing.T) {
	o := fundOffice(t)
	browsertest.Run(t, o.base, func(browser *browsertest.Browser) {
		b := clerk{browser}
		b.enter("tien")
		b.takes()
		b.Phone()
		b.pays()
		b.Wide()
		b.enter("hung")
		b.Picture("fund-head")
		b.Click("Thăm ông Khoát nằm viện")
		b.Click("Duyệt phiếu này")
		b.See("đã duyệt")
		b.looks("fund-payment")
		b.enter("tien")
		b.takesBack()
	})
}

// takes money in on an old laptop.
func (b clerk) takes() {
	b.See("Chưa có phiếu nào")
	b.Picture("fund-empty")
	b.Click("Thu tiền")
	b.Click("Ủng hộ, quyên góp")
	b.Fill("Của ai?", "Bùi Quang Hải")
	b.Fill("Bao nhiêu?", "2 triệu")
	b.See("Hai triệu đồng")
	b.looks("fund-receipt-form")
	b.Click("Ghi vào sổ quỹ")
	b.See("Đã ghi PT 1/2026")
	b.looks("fund-receipt")
}

// pays on a phone.
func (b clerk) pays() {
	b.Open("/fund")
	b.looks("fund-phone")
	b.Click("Chi tiền")
	b.Click("Thăm hỏi ốm đau")
	b.Fill("Chi cho ai?", "khoat")
	b.Click("Vũ Đình Khoát")
	b.Fill("Bao nhiêu?", "300k")
	b.Fill("Về việc gì?", "Thăm ông Khoát nằm viện")
	b.See("Ba trăm nghìn đồng")
	b.looks("fund-payment-form-phone")
	b.Click("Ghi vào sổ quỹ")
	b.See("Đã ghi PC 1/2026")
	b.See("chưa duyệt")
	b.Picture("fund-payment-phone")
}

// takesBack takes the payment back and looks at the list.
func (b clerk) takesBack() {
	b.Click("Thăm ông Khoát nằm viện")
	b.Click("Hủy phiếu")
	b.Fill("Vì sao hủy?", "ghi nhầm số tiền")
	b.Picture("fund-reverse")
	b.Click("Hủy phiếu này")
	b.See("Đã hủy PC 1/2026 bằng KT 1/2026")
	b.Open("/fund/entries")
	b.See("PC 1/2026")
	b.looks("fund-entries")
	b.Phone()
	b.Open("/fund/entries")
	b.looks("fund-entries-phone")
}

func TestEveryPageOfTheFundFitsAndCanBeUsedByAll(t *testing.T) {
	o := fundOffice(t)
	v := o.as("tien")
	v.done("/fund/dues/rates", "amount", "120.000", "since", "2025")
	v.done("/fund/entries", "kind", "receipt", "heading", "donation", "who", "Bùi Quang Hải", "amount", "2tr", "day", "10/10/2026")
	v.done("/fund/entries", "kind", "payment", "heading", "gift", "who", "Trạm y tế phường", "amount", "400k", "day", "15/10/2026", "branch", decimal(o.him))
	v.done("/fund/stock", "way", "in", "item", "Chăn ấm", "quantity", "20")
	v.done("/fund/cash-count", "note-500000", "3", "day", "22/11/2026", "reason", "Đổi tiền lẻ chưa ghi sổ")
	loan := v.done("/fund/loans", "who", "Vũ Đình Khoát", "person", decimal(o.who["khoat"]), "amount", "500k", "rate", "6")
	o.as("lan").done("/settings/norms", "kind", "sick-visit", "amount", "300.000", "since", "01/01/2024")
	browsertest.Run(t, o.base, func(browser *browsertest.Browser) {
		b := clerk{browser}
		b.enter("tien")
		for name, path := range map[string]string{
			"home": "/fund", "statement": "/fund/statement", "dues": "/fund/dues", "take": "/fund/dues/take", "reminder": "/fund/dues/reminder", "budget": "/fund/budget", "donors": "/fund/donors",
			"closing": "/fund/closing", "loans": "/fund/loans", "loan": loan, "stock": "/fund/stock", "bank": "/fund/bank", "count": "/fund/cash-count", "opening": "/fund/opening",
			"transfer": "/fund/entries/new?kind=transfer", "journal": "/fund/entries/new?kind=journal", "headings": "/settings/headings", "purposes": "/settings/purposes", "norms": "/settings/norms",
		} {
			b.Wide()
			b.Open(path)
			b.looks("fund-" + name)
			b.Phone()
			b.Open(path)
			b.looks("fund-" + name + "-phone")
		}
	})
}

func TestTheYearIsClosedInABrowser(t *testing.T) {
	o := fundOffice(t)
	browsertest.Run(t, o.base, func(browser *browsertest.Browser) {
		b := clerk{browser}
		b.enter("tien")
		b.Click("Khóa sổ")
		b.Fill("Khóa đến hết ngày nào?", "31/10/2026")
		b.Click("Khóa sổ")
		b.See("Đã khóa sổ đến hết ngày 31/10/2026")
		b.Open("/fund/entries/new?kind=receipt")
		b.Click("Hội phí")
		b.Fill("Của ai?", "Bùi Quang Hải")
		b.Fill("Bao nhiêu?", "50k")
		b.Fill("Ngày nào?", "30/10/2026")
		b.Click("Ghi vào sổ quỹ")
		b.See("Sổ quỹ đã khóa đến hết ngày 31/10/2026")
		b.Hush("422")
		b.Fine()
	})
}
