package letter_test

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/letter"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/pdf"
	"kith.app/internal/report"
)

var update = flag.Bool("update", false, "write golden files")

func catalogue(t testing.TB) *locale.Catalogue {
	t.Helper()
	c, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func sheet(number string) letter.Sheet {
	return letter.Sheet{Number: number, Date: calendar.On(2025, 7, 18), House: report.House{
		Names: report.Label{
			"vi": "Hội đồng hương Hải Dương khu vực Điện Biên Phủ", "en": "Association of Hai Duong Fellow-Countrymen in Dien Bien Phu",
			"fr": "Amicale des originaires de Hai Duong à Diên Biên Phu",
		},
		Family: document.State, Foreign: document.Lettered, Parents: []string{"Hội đồng hương Hải Dương"}, Name: "Ban Liên lạc\nkhu vực Điện Biên Phủ",
		Symbol: "BLL", Place: "Điện Biên Phủ", Voice: "Ban Liên lạc", Contact: []string{"Phường Mường Thanh, tỉnh Điện Biên"},
		Signer: report.Signer{Name: "Phạm Văn Khoát", Kind: "head", Title: "Trưởng ban"},
	}}
}

func dong(n int64) money.Amount { return money.Of(n, money.VND) }

func rows() []letter.Row {
	return []letter.Row{
		{
			Who:  letter.Who{Name: "Đặng Thị Hương", Birth: calendar.InYear(1945), Address: "tổ 5, phường Mường Thanh", Branch: "Chi hội Mường Thanh", Phone: "0900 000 001", Note: "Lớp 5A2, Trường Tiểu học Him Lam", Position: "Chi hội trưởng"},
			Step: 80, Amount: dong(500_000), Gift: "1 áo lụa", Prize: "Học sinh xuất sắc", Helper: "Bùi Thị Hạnh",
		},
		{Who: letter.Who{Name: "Mạc Văn Giới", Birth: calendar.InYear(1955), Address: "tổ 7, phường Him Lam", Branch: "Chi hội Him Lam"}, Step: 70, Amount: dong(300_000), Prize: "Giải Ba cấp tỉnh môn Toán"},
	}
}

// papers are one of each, with invented people.
func papers(to locale.Speaker) map[string]*document.Document {
	slip := letter.Slip{
		Sheet: sheet("PC 18/2025"), Who: letter.Who{Name: "Đặng Thị Hương", Address: "Chi hội Noong Bua"},
		Text: "Thăm hội viên ốm, điều trị tại bệnh viện tỉnh, theo định mức năm 2025", Amounts: []money.Amount{dong(300_000)}, Treasurer: "Đoàn Thị Lựu",
	}
	list := letter.List{Sheet: sheet(""), Title: "đầu xuân Ất Tỵ năm 2025", Rows: rows()}
	return map[string]*document.Document{
		"receipt": letter.Receipt(to, slip), "voucher": letter.Voucher(to, slip),
		"handover": letter.Minutes(to, letter.Handover{
			Sheet: sheet("12/BB-BLL"), Day: calendar.On(2025, 7, 18), Place: "nhà ông Lò Văn Hặc, bản Noong Nhai", About: "tiền và hiện vật hỗ trợ gia đình hội viên gặp rủi ro",
			Givers:    []letter.Who{{Name: "Phạm Văn Khoát", Position: "Trưởng ban"}, {Name: "Đoàn Thị Lựu", Position: "Thủ quỹ"}},
			Receivers: []letter.Who{{Name: "Lò Văn Hặc", Address: "bản Noong Nhai, xã Thanh Xương", Note: "nhà bị sập do mưa lũ"}},
			Witnesses: []letter.Who{{Name: "Cà Thị Pâng", Position: "Trưởng bản"}}, Decision: "Quyết định số 09/QĐ-BLL ngày 15 tháng 7 năm 2025",
			Money: []money.Amount{dong(10_000_000)}, WorkDays: 240, Purpose: "sửa chữa nhà ở",
			Goods: []letter.Goods{{Name: "Tấm lợp", Unit: "tấm", Count: 120, Price: dong(65_000), Value: dong(7_800_000)}},
		}),
		"handover-blank": letter.Minutes(to, letter.Handover{Sheet: sheet("")}),
		"invitation": letter.Invitation(to, letter.Meeting{
			Sheet: sheet("08/GM-BLL"), Title: "gặp mặt đồng hương đầu xuân Bính Ngọ năm 2026", Day: calendar.On(2026, 3, 1), Hour: "08 giờ 00",
			Place: "Hội trường Nhà văn hóa phường Mường Thanh", Agenda: "Báo cáo kết quả năm 2025\nMừng thọ, khen thưởng",
		}, letter.Who{Name: "ông Ngô Quang Lịch", Position: "Chi hội trưởng Chi hội Him Lam"}),
		"invited": letter.Invited(to, list), "attendance": letter.Attendance(to, list), "participants": letter.Participants(to, list),
		"longevity-list": letter.Longevity(to, list), "study-list": letter.Pupils(to, list), "receivers": letter.Receivers(to, list),
		"roll": letter.Roll(to, sheet(""), calendar.DayOf(2025, 12, 31), []letter.Group{{Name: "Chi hội Him Lam", Rows: rows()}, {Name: "Chi hội Noong Bua", Rows: rows()[:1]}}),
		"donors": letter.Donors(to, letter.Board{Sheet: sheet(""), Subject: "Ủng hộ quỹ khuyến học năm 2025", Gifts: []report.Gift{
			{Name: "Công ty Xây dựng Thành Đạt", Amount: dong(20_000_000)}, {Name: "Tiêu Công Dĩnh", Amount: dong(5_000_000)}, {Amount: dong(6_000_000)},
		}}),
		"certificate": letter.Certificate(to, letter.Award{
			Sheet: sheet("41/GK-BLL"), Name: "Nguyễn Bảo Ngọc", Pupil: true,
			Note: "Lớp 5A2, Trường Tiểu học Him Lam", Prize: "Học sinh xuất sắc năm học 2024 - 2025", Book: "41/2025",
		}),
		"longevity": letter.LongevityLetter(to, letter.Greeting{Sheet: sheet("20/TCM-BLL"), Name: "Đặng Thị Hương", Age: 80, Amount: dong(500_000), Gift: "1 áo lụa"}),
		"thanks": letter.ThankYou(to, letter.Thanks{
			Sheet: sheet("21/BLL"), Giver: letter.Who{Name: "Công ty Xây dựng Thành Đạt"}, Day: calendar.On(2025, 7, 2),
			Amounts: []money.Amount{dong(20_000_000)}, Goods: "150 áo ấm", Purpose: "khuyến học năm 2025",
		}),
	}
}

func TestPapersInThreeLanguages(t *testing.T) {
	c := catalogue(t)
	for _, lang := range locale.Langs() {
		for name, d := range papers(c.In(lang)) {
			var got bytes.Buffer
			if err := document.WriteJSON(&got, d); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			file := filepath.Join("testdata", name+"."+string(lang)+".json")
			if *update {
				write(t, file, got.Bytes())
				look(t, name+"."+string(lang), d)
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("%s differs (-want +got):\n%s", file, cmp.Diff(string(want), got.String()))
			}
		}
	}
}

func write(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// look writes a paper to be looked at where KITH_LOOK says.
func look(t *testing.T, name string, d *document.Document) {
	dir := os.Getenv("KITH_LOOK")
	if dir == "" {
		return
	}
	for _, as := range []report.Format{report.PDF, report.Docx} {
		var b bytes.Buffer
		if err := report.Write(&b, d, as); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name+"."+string(as)), b.Bytes())
	}
}

func TestBlanksAreLeftToThePen(t *testing.T) {
	var b bytes.Buffer
	if err := document.WriteJSON(&b, letter.Minutes(catalogue(t).In(locale.Vi), letter.Handover{Sheet: sheet("")})); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Căn cước số:", "NGƯỜI LÀM CHỨNG THỨ HAI", "……", "Số: ………"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("empty minutes have no %q", want)
		}
	}
}

func TestBoardOfDonorsAddsUpThoseWhoDidNotAgree(t *testing.T) {
	d := papers(catalogue(t).In(locale.Vi))["donors"]
	told := ""
	d.Walk(func(b document.Block) {
		if table, ok := b.(document.Table); ok {
			for _, r := range table.Rows {
				for _, c := range r.Cells {
					told += c.Runs.Plain() + "|"
				}
			}
		}
	})
	if !strings.HasSuffix(told, "|Những người ủng hộ khác|6.000.000\u00a0đồng|") {
		t.Errorf("board: %s", told)
	}
}

// A branch's secretary prints the whole roll on an old machine: five seconds at
// most.
func BenchmarkRollOfTenThousandAsPDF(b *testing.B) {
	var groups []letter.Group
	for g := range 12 {
		group := letter.Group{Name: "Chi hội Him Lam"}
		for i := range 834 {
			r := rows()[i%2]
			r.Name += " " + string(rune('A'+g))
			group.Rows = append(group.Rows, r)
		}
		groups = append(groups, group)
	}
	to := catalogue(b).In(locale.Vi)
	for b.Loop() {
		if err := pdf.Write(io.Discard, letter.Roll(to, sheet(""), calendar.DayOf(2025, 12, 31), groups)); err != nil {
			b.Fatal(err)
		}
	}
}
