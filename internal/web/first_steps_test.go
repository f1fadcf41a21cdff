package web

import (
	"regexp"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/locale"
)

// A book of one hour: the first page says what to do first, a roll founds the
// branches it names, and the first deed with money opens the fund it needs.
func TestANewBookIsLedFromTheRollToTheFirstVoucher(t *testing.T) {
	book := emptyBook(t)
	v := visit(t, serve(t, Config{Book: book, Lang: locale.Vi}, nil))
	v.ask("POST", "/begin", form("name", "Hội thử", "officer", "Đặng Thị Lan", "office", "secretary", "login", "lan", "password", "bác Lan giữ sổ"))
	v.get("/", "Bắt đầu từ đâu?", "/import?what=people", "Mở sổ quỹ")
	at := v.brings("people", "ds.csv", "Họ và tên,Năm sinh,Chi hội\nTrần Văn Bình,1950,Him Lam\nVũ Thị Nga,1948,Noong Bua\n")
	v.get(at, "Sẽ tạo chi hội mới: Him Lam, Noong Bua", "2", "dòng mới")
	v.post(at, "do", "bring", "create", "yes")
	v.get("/people", "Vũ Thị Nga", "Noong Bua")
	v.get("/", "đã xong")

	v.get("/deeds/new", `name="openfund"`)
	answer, _ := v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Trần Văn Bình", "day", "1/5/2026", "amount", "300 nghìn", "openfund", "yes"))
	path := answer.Header.Get("Location")
	got := v.get(path, "PC 1/", "In phiếu chi")
	if !regexp.MustCompile(`/print/payment\?as=docx`).MatchString(got) {
		t.Error("the voucher is not offered as Word")
	}
	v.get("/", "Quỹ đang âm")
	if got := v.get("/deeds/new"); strings.Contains(got, `name="openfund"`) {
		t.Error("the fund is asked for again")
	}
	if trouble, err := book.Check(t.Context()); err != nil || len(trouble) > 0 {
		t.Errorf("check: %v %v", trouble, err)
	}
}

// Without the tick the deed alone is written, and its page says how its money gets
// into the fund.
func TestMoneyWithoutAFundSaysHowItGetsThere(t *testing.T) {
	book := emptyBook(t)
	v := visit(t, serve(t, Config{Book: book, Lang: locale.Vi}, nil))
	v.ask("POST", "/begin", form("name", "Hội thử", "officer", "Đặng Thị Lan", "office", string(access.Secretary), "login", "lan", "password", "bác Lan giữ sổ"))
	answer, _ := v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Trần Văn Bình", "day", "1/5/2026", "amount", "300 nghìn"))
	path := answer.Header.Get("Location")
	v.get(path, "Chưa ghi vào quỹ", path+"/edit")
	v.get(path+"/edit", `name="openfund"`)
}
