package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith.app/internal/browsertest"
)

// The way of a secretary through a day: the roll from a sheet, a visit with its money, the voucher on
// paper, the visit in this year's total, the report in Word. On an old laptop,
// and on the smallest telephone.
func TestAVisitGoesFromTheFormToTheReport(t *testing.T) {
	base := open(t, demonstration(t))
	for i, screen := range []struct {
		name string
		set  func(b *browsertest.Browser)
		who  string
	}{
		{"laptop", (*browsertest.Browser).Wide, "Trương Văn Bảo"},
		{"phone", (*browsertest.Browser).Phone, "Nguyễn Công Bảo"},
	} {
		t.Run(screen.name, func(t *testing.T) {
			browsertest.Run(t, base, func(b *browsertest.Browser) {
				screen.set(b)
				signIn(b, "thuky")
				bringRoll(b, t, screen.name)
				recordVisit(b, screen.who)
				printVoucher(b, t)
				b.Open("/")
				b.See(fmt.Sprintf("%d lượt", 48+i+1))
				b.Fine()
				takeReport(b, t, 48+i+1)
			})
		})
	}
}

// bringRoll brings two new members in from a sheet.
func bringRoll(b *browsertest.Browser, t *testing.T, name string) {
	file := filepath.Join(t.TempDir(), name+".csv")
	rows := "Họ và tên,Năm sinh,Chi hội\nPhùng Thị Thử " + name + ",1951,Him Lam\nLưu Văn Mẫu " + name + ",1948,Noong Bua\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Open("/people")
	b.Click("Nhập từ tệp Excel")
	b.Fine()
	b.Upload("Tệp", file)
	b.Click("Đọc thử tệp này")
	b.See("Đưa vào sổ")
	b.Fine()
	b.Click("Đưa vào sổ")
	b.See("Lấy lại cả lần nhập này")
	b.Fine()
	b.Open("/")
}

// recordVisit writes a sick visit with its money by the short form.
func recordVisit(b *browsertest.Browser, who string) {
	b.Fine()
	b.Click("Ghi một việc đã làm")
	b.Fine()
	b.Click("Thăm ốm")
	b.Fill("Cho ai?", who)
	b.Click(who)
	b.See("Theo định mức")
	b.See("Ba trăm nghìn đồng") // proposed, and read back in words
	b.Fine()
	b.Click("Ghi vào sổ")
	b.See("Đã ghi")
	b.See("PC ")
	b.Fine()
}

// printVoucher takes the voucher of the deed that is shown, to print and in Word.
func printVoucher(b *browsertest.Browser, t *testing.T) {
	if got := fetched(b, "In phiếu chi"); !strings.HasPrefix(got, "application/pdf %PDF") {
		t.Errorf("the voucher is %s", got)
	}
}

// takeReport makes the report of this year and takes it as a Word file.
func takeReport(b *browsertest.Browser, t *testing.T, visits int) {
	b.Open("/reports")
	b.Fine()
	b.Click("Lập báo cáo")
	b.Fine()
	b.Click("Báo cáo năm")
	b.Fill("Thời gian", "2026")
	b.Click("Lập bản nháp")
	b.See("Kết quả hoạt động năm 2026")
	b.See(fmt.Sprintf("Thăm hỏi ốm đau: %d lượt thăm", visits))
	b.Fine()
	if got := fetched(b, "Tải bản Word"); !strings.HasPrefix(got, "application/vnd.openxmlformats-officedocument.wordprocessingml.document PK") {
		t.Errorf("the report is %s", got)
	}
}

// fetched follows a link to a file, and gives its type and first letters.
func fetched(b *browsertest.Browser, link string) string {
	b.See(link)
	return b.Script(fmt.Sprintf(`(async () => {
		const a = [...document.querySelectorAll("a")].find((a) => a.innerText.trim().startsWith(%q));
		if (!a) return "no link";
		const answer = await fetch(a.href);
		const text = await answer.text();
		return (answer.headers.get("Content-Type") || "").split(";")[0] + " " + text.slice(0, 4);
	})()`, link))
}
