package web

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/reporting"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// asking is a town whose branches are asked a monthly form.
type askingTown struct {
	town
	f reporting.Form
}

func newAskingTown(t *testing.T) askingTown {
	t.Helper()
	w := askingTown{town: newTown(t)}
	least, most := int64(0), int64(1000)
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) (err error) {
		w.f, err = reporting.Define(ctx, tx, storetest.Operator(), reporting.Form{
			Code: "bao-cao-thang", Body: w.book.Root(), Names: reporting.Names{"vi": "Báo cáo tháng"}, Every: reporting.Month, Due: 5, Since: calendar.DayOf(2025, 1, 1),
			Senders: reporting.Senders{Under: w.book.Root(), Kinds: []body.Kind{body.Branch}}, Posting: reporting.OnApproval, Contact: "Bà Lan, 0912 000 111",
			Groups: []reporting.Group{{Code: "p1", Names: reporting.Names{"vi": "Hội viên"}}, {Code: "p2", Names: reporting.Names{"vi": "Vận động"}}},
			Questions: []reporting.Question{
				{Group: "p1", Kind: reporting.Text, Needed: true, Names: reporting.Names{"vi": "Tình hình hội viên"}},
				{Group: "p2", Kind: reporting.Number, Needed: true, Min: &least, Max: &most, Feeds: "campaign.acts", Names: reporting.Names{"vi": "Số buổi tuyên truyền"}},
				{Group: "p2", Kind: reporting.Number, Feeds: "campaign.persons", Names: reporting.Names{"vi": "Số lượt người dự"}},
				{Group: "p2", Kind: reporting.Money, Cur: "VND", Names: reporting.Names{"vi": "Số tiền vận động"}},
				{Group: "p2", Kind: reporting.YesNo, Names: reporting.Names{"vi": "Có mô hình mới không?"}},
			},
		}, 0)
		return err
	})
	return w
}

var keyAddress = regexp.MustCompile(`(Chi hội [^:<\n]+): http[^<\n]*(/r/[a-z0-9]+)`)

// keys gives every unit its address.
func (w askingTown) keys(t *testing.T) map[string]string {
	t.Helper()
	answer, got := w.as(t, "lan").ask("POST", "/forms/bao-cao-thang/keys", form("whom", "all", "expires", "31/12/2026"))
	all := map[string]string{}
	for _, m := range keyAddress.FindAllStringSubmatch(got, -1) {
		all[m[1]] = m[2]
	}
	if answer.StatusCode != 200 || len(all) != 2 {
		t.Fatalf("keys: %d %v", answer.StatusCode, all)
	}
	return all
}

func TestAUnitSendsByItsOwnAddressWithoutAnAccount(t *testing.T) {
	w := newAskingTown(t)
	at := w.keys(t)["Chi hội Noong Bua"]
	v := visit(t, w.base)
	v.sees(at, "Báo cáo tháng", "Chi hội Noong Bua", "Tình hình hội viên", "Bà Lan, 0912 000 111")
	if page := v.sees(at); strings.Contains(page, "Him Lam") || strings.Contains(page, "/people") {
		t.Error("the page of a unit tells of others or leads inside")
	}
	answer, got := v.ask("POST", at, form("period", "2026-10", "version", "1", "n", "0", "q1", "Phấn khởi", "q2", "nhiều", "q3", "khoảng 30"))
	if answer.StatusCode != 422 || !strings.Contains(got, "khoảng 30") || !strings.Contains(got, "nhiều") || !strings.Contains(got, "q2-wrong") {
		t.Errorf("a number that is none: %d", answer.StatusCode)
	}
	v.sees(at, "khoảng 30", "Đã lưu lúc") // kept, though it was refused
	if answer, got := v.ask("POST", at, form("period", "2026-10", "version", "1", "n", "0", "q2", "1.001")); answer.StatusCode != 422 || !strings.Contains(got, "không được quá 1.000") || !strings.Contains(got, "câu này cần trả lời") {
		t.Errorf("beyond its limit, and one missing: %d", answer.StatusCode)
	}
	to := v.done(at, form("period", "2026-10", "version", "1", "n", "0", "q1", "Phấn khởi", "q2", "0", "q3", "trên 200", "q4", "1,5 triệu", "q5", "yes", "by", "Bà Hoa"))
	v.sees(to, "Đã nhận báo cáo", "trên 200", "1.500.000")
	if again := v.done(at, form("period", "2026-10", "version", "1", "n", "0", "q1", "Phấn khởi", "q2", "0", "q3", "trên 200", "q4", "1,5 triệu", "q5", "yes", "by", "Bà Hoa")); again != to {
		t.Errorf("sent twice leads to %s", again)
	}
	if answer, got := v.ask("POST", at, form("period", "2026-10", "version", "1", "n", "0", "q1", "Khác", "q2", "3")); answer.StatusCode != 422 || !strings.Contains(got, "đã có một bản khác được gửi (Bà Hoa)") || !strings.Contains(got, "Khác") {
		t.Errorf("from a page opened before: %d", answer.StatusCode)
	}
	w.as(t, "lan").sees("/forms/bao-cao-thang?period=2026-10", "1/2", "Chưa gửi, quá hạn 17 ngày", "Chưa gửi (1): Chi hội Him Lam.", "Bà Hoa", "Gửi muộn")
}

func TestAnAddressThatEndedSaysSoAndKeepsWhatWasTyped(t *testing.T) {
	w := newAskingTown(t)
	at := w.keys(t)["Chi hội Noong Bua"]
	w.as(t, "lan").done("/forms/bao-cao-thang/keys/withdraw", form("unit", idText(w.noongBua.ID)))
	v := visit(t, w.base)
	answer, got := v.ask("POST", at, form("period", "2026-10", "version", "1", "n", "0", "q1", "Đã điền rất dài", "q2", "3"))
	if answer.StatusCode != 410 || !strings.Contains(got, "đã hết hạn hoặc đã bị thu hồi") || !strings.Contains(got, "Đã điền rất dài") {
		t.Errorf("%d %.300s", answer.StatusCode, plainText(got))
	}
	if answer, _ := v.ask("GET", "/r/khongcogi", ""); answer.StatusCode != 404 {
		t.Errorf("an address that never was: %d", answer.StatusCode)
	}
	for range keyWrongMost {
		v.ask("GET", "/r/doan", "")
	}
	if answer, _ := v.ask("GET", "/r/doan", ""); answer.StatusCode != 429 {
		t.Errorf("guessing goes on: %d", answer.StatusCode)
	}
}

func TestAFormChangedMeanwhileKeepsWhatWasTyped(t *testing.T) {
	w := newAskingTown(t)
	at := w.keys(t)["Chi hội Noong Bua"]
	w.as(t, "lan").done("/forms/bao-cao-thang/questions/0", form("revision", "1", "name", "Số hộ được giúp", "kind", "number", "group", "Vận động", "needed", "yes", "feeds", ""))
	v := visit(t, w.base)
	answer, got := v.ask("POST", at, form("period", "2026-10", "version", "1", "n", "0", "q1", "Ổn định", "q2", "3", "q6", "2"))
	if answer.StatusCode != 422 || !strings.Contains(got, "vừa được sửa") || !strings.Contains(got, "Ổn định") || !strings.Contains(got, "Số hộ được giúp") {
		t.Errorf("%d %.400s", answer.StatusCode, plainText(got))
	}
	v.done(at, form("period", "2026-10", "version", "2", "n", "0", "q1", "Ổn định", "q2", "3", "q6", "2"))
}

func TestTheSecretaryReturnsApprovesAndLocks(t *testing.T) {
	w := newAskingTown(t)
	at := w.keys(t)["Chi hội Noong Bua"]
	unit, lan := "/forms/bao-cao-thang/unit/"+idText(w.noongBua.ID), w.as(t, "lan")
	visit(t, w.base).done(at, form("period", "2026-10", "version", "1", "n", "0", "q1", "Ổn định", "q2", "3", "q3", "trên 200"))
	if answer, got := lan.ask("POST", unit+"/return", form("period", "2026-10", "n", "1", "reason", "")); answer.StatusCode != 422 || !strings.Contains(got, "Hãy ghi lý do trả lại") {
		t.Errorf("returned without a reason: %d", answer.StatusCode)
	}
	lan.done(unit+"/return", form("period", "2026-10", "n", "1", "reason", "Số người dự nhiều hơn số hội viên"))
	visit(t, w.base).sees(at+"?period=2026-10", "Số người dự nhiều hơn số hội viên")
	visit(t, w.base).done(at, form("period", "2026-10", "version", "1", "n", "1", "q1", "Ổn định", "q2", "3", "q3", "khoảng 40"))
	if answer, got := lan.ask("POST", unit+"/approve", form("period", "2026-10", "n", "1")); answer.StatusCode != 422 || !strings.Contains(plainText(got), "đã có một bản khác được gửi") {
		t.Errorf("approving what was not read: %d", answer.StatusCode)
	}
	lan.done(unit+"/approve", form("period", "2026-10", "n", "2"))
	if answer, got := w.as(t, "tien").ask("POST", unit+"/approve", form("period", "2026-10", "n", "2")); answer.StatusCode != 422 || !strings.Contains(got, "đã được Đặng Thị Lan duyệt") {
		t.Errorf("the second approver: %d %.200s", answer.StatusCode, plainText(got))
	}
	lan.sees(unit+"?period=2026-10", "Đã duyệt", "Đã vào sổ việc", "Các lần gửi trước", "trên 200 → khoảng 40")
	lan.done("/forms/bao-cao-thang/lock", form("period", "2026-10", "on", "yes"))
	if answer, _ := visit(t, w.base).ask("POST", at, form("period", "2026-10", "version", "1", "n", "2", "q1", "x", "q2", "9")); answer.StatusCode != 422 {
		t.Errorf("sent into a locked period: %d", answer.StatusCode)
	}
	for _, login := range []string{"hai", "mo"} { // head of a branch, honorary
		if answer, _ := w.as(t, login).ask("POST", unit+"/approve", form("period", "2026-10", "n", "2")); answer.StatusCode != 403 {
			t.Errorf("%s approves: %d", login, answer.StatusCode)
		}
	}
}

func TestAWorkbookOfManyUnitsIsRehearsedAndTaken(t *testing.T) {
	w := newAskingTown(t)
	lan := w.as(t, "lan")
	_, blank := lan.ask("GET", "/forms/bao-cao-thang/blank.xlsx?period=2026-10", "")
	read, err := sheet.Open("blank.xlsx", strings.NewReader(blank), int64(len(blank)))
	if err != nil || len(read.Rows) != 3 || read.Rows[0].At(5).Text != "[2] Số buổi tuyên truyền" {
		t.Fatalf("blank: %v %+v", err, read)
	}
	table := "Mã đơn vị,Đơn vị,Người điền,[1] Tình hình,[2] Số buổi tuyên truyền,[3] Số lượt người dự\n" +
		w.noongBua.Code + ",,Bà Hoa,Ổn định,4,trên 50\n,Chi hội Him Lam,Ông Hải,Tốt,năm,20\nkhong-co,,,Tốt,1,1\n"
	answer := lan.upload("/forms/bao-cao-thang/sheet", "file", "bao-cao.csv", table, "period", "2026-10")
	look := answer.Header.Get("Location")
	if answer.StatusCode != 303 {
		t.Fatalf("upload: %d", answer.StatusCode)
	}
	lan.sees(look, "Số buổi tuyên truyền", "Không có đơn vị “khong-co”", "1 dòng sẽ được nhận")
	lan.sees("/forms/bao-cao-thang?period=2026-10", "0/2") // nothing was taken yet
	lan.done(look, form())
	lan.sees("/forms/bao-cao-thang?period=2026-10", "1/2", "Bà Hoa")
	_, csv := lan.ask("GET", "/forms/bao-cao-thang/platform?period=2026-10&as=csv", "")
	if !strings.Contains(csv, w.noongBua.Code+",Chi hội Noong Bua,2026-10,4,50,") {
		t.Errorf("platform file:\n%s", csv)
	}
	var out bytes.Buffer
	_, book := lan.ask("GET", "/forms/bao-cao-thang/figures.xlsx?period=2026-10", "")
	out.WriteString(book)
	sums, err := sheet.Open("figures.xlsx", bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || len(sums.Rows) != 4 || sums.Rows[3].At(3).Text != "50" || !strings.Contains(sums.Rows[3].At(5).Text, "trên 50") {
		t.Errorf("figures: %v %+v", err, sums)
	}
}
