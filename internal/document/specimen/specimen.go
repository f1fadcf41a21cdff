// Package specimen holds papers as associations write them, with invented
// people, for looking at what the writers make of them.
package specimen

import (
	"fmt"
	"strings"

	"kith.app/internal/document"
)

// Papers gives every specimen by name.
func Papers() map[string]*document.Document {
	return map[string]*document.Document{
		"annual-report": AnnualReport(),
		"voucher":       Voucher(),
		"receipt":       Receipt(),
		"handover":      Handover(),
		"letter-vi":     OfficialLetter(),
		"letter-en":     LetterEnglish(),
		"letter-fr":     LetterFrench(),
		"invitation":    Invitation(),
		"certificate":   Certificate(),
		"board":         DonorsBoard(),
		"cash-count":    CashCount(),
		"decision":      Decision(),
		"pictures":      Pictures(),
	}
}

// say gives the words of heads in Vietnamese.
func say(key string, args ...any) string {
	words := map[string]string{
		"paper.nation":       "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
		"paper.motto":        "Độc lập - Tự do - Hạnh phúc",
		"paper.number":       "Số: {1}",
		"paper.number.party": "Số {1}",
		"paper.party":        "ĐẢNG CỘNG SẢN VIỆT NAM",
		"paper.youth":        "ĐOÀN TNCS HỒ CHÍ MINH",
		"paper.reference":    "Ref.: {1}",
	}
	text := words[key]
	for i, a := range args {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i+1), fmt.Sprint(a))
	}
	return text
}

// house is the body that writes most of the specimens.
var house = document.Issuer{
	Family:  document.State,
	Parents: []string{"Hội đồng hương Hải Dương"},
	Name:    "Ban Liên lạc\nkhu vực Điện Biên Phủ",
}

func figure(text, value, label, unit string) document.Run {
	return document.Num(text, value, "figure/"+value).Of(label, unit)
}

func money(text string) document.Cell {
	value := strings.ReplaceAll(text, ".", "")
	return document.CR(document.Num(text, value, "entry/"+value))
}

// AnnualReport is a year of an association: text, tables, an annex on its
// side, recipients beside the signature.
func AnnualReport() *document.Document {
	T := document.T
	p := document.Compose("vi", document.A4())
	p.Paper().Dated, p.Paper().Author = "2026-01-05", "Ban Liên lạc đồng hương Hải Dương khu vực Điện Biên Phủ"
	p.Head(document.HeadOf(say, house, "05/BC-BLL", "Điện Biên Phủ, ngày 05 tháng 01 năm 2026"))
	p.Title("BÁO CÁO", "Kết quả hoạt động năm 2025 và phương hướng, nhiệm vụ năm 2026 của Hội đồng hương Hải Dương khu vực Điện Biên Phủ")
	p.Say("Thực hiện Điều lệ Hội và Nghị quyết hội nghị toàn thể hội viên đầu xuân năm 2025, Ban Liên lạc báo cáo kết quả hoạt động năm 2025 và phương hướng, nhiệm vụ năm 2026 như sau:")
	p.Section("TÌNH HÌNH CHUNG")
	p.Para(T("Tính đến ngày 31 tháng 12 năm 2025, Hội có "), figure("527", "527", "Hội viên", "người"),
		T(" hội viên sinh hoạt tại "), figure("12", "12", "Chi hội", "chi hội"), T(" chi hội; Ban Chấp hành gồm "),
		figure("29", "29", "Ủy viên Ban Chấp hành", "người"), T(" ủy viên, làm việc theo nguyên tắc "), document.I("tự nguyện, không hưởng lương"), T("."))
	p.Section("KẾT QUẢ HOẠT ĐỘNG")
	p.Part("Công tác thăm hỏi, tương trợ")
	p.Para(T("Trong năm, Hội đã tổ chức thăm hỏi "), figure("64", "64", "Thăm hỏi ốm đau", "lượt"),
		T(" lượt hội viên ốm đau, tăng 8 lượt so với năm 2024; phúng viếng 9 gia đình; mừng thọ "),
		figure("31", "31", "Mừng thọ", "lượt"), T(" hội viên ở các độ tuổi 70, 75, 80, 85, 90 và 95."))
	p.Add(deedsTable())
	p.Add(document.Note{Runs: document.Text("Ghi chú: số lượt thăm hỏi tính theo từng lần; một hội viên có thể được thăm nhiều lần trong năm.")})
	p.Part("Công tác khuyến học")
	p.Items(document.Text("Khen thưởng 96 cháu đạt danh hiệu học sinh giỏi các cấp, học sinh đỗ đại học, kinh phí 28.800.000 đồng;"),
		document.Text("Tặng 5 suất học bổng cho con em hội viên có hoàn cảnh khó khăn."))
	p.Part("Công tác hướng về quê hương")
	p.Point("Ủng hộ đồng bào quê hương bị thiệt hại do mưa bão")
	p.Say("Vận động hội viên ủng hộ được 37.450.000 đồng, đã chuyển đến nơi nhận ngày 20 tháng 9 năm 2025 có biên bản bàn giao kèm theo.")
	p.Point("Tổ chức đoàn về thăm quê")
	p.Say("Đoàn gồm 38 hội viên về thăm quê từ ngày 12 đến ngày 15 tháng 4 năm 2025.")
	p.Section("THU, CHI QUỸ HỘI")
	p.Add(fundTable())
	p.Section("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026")
	p.Say("Tiếp tục duy trì nền nếp sinh hoạt chi hội; hoàn thành việc rà soát danh sách hội viên theo địa giới hành chính mới; tổ chức mừng thọ đầu xuân đúng đối tượng, đúng định mức; chuẩn bị tổng kết nhiệm kỳ.")
	p.Say("Trên đây là báo cáo kết quả hoạt động năm 2025 và phương hướng, nhiệm vụ năm 2026 của Ban Liên lạc./.")
	p.CopyTo("Nơi nhận:", "Thường trực Hội", "Các chi hội", "Lưu: VT")
	p.Sign(document.Signature{Capacity: []string{"TM. BAN LIÊN LẠC"}, Position: "TRƯỞNG BAN", Name: "Phạm Văn Khoát"})
	wide := document.A4Wide()
	p.Annex("Phụ lục I", "KẾT QUẢ HOẠT ĐỘNG THEO CHI HỘI", "(Kèm theo Báo cáo số 05/BC-BLL ngày 05 tháng 01 năm 2026 của Ban Liên lạc)", &wide)
	p.Add(branchTable())
	p.Add(document.SignatureRow{Columns: []document.Signature{
		{Position: "NGƯỜI LẬP BIỂU", Note: "(Ký, ghi rõ họ tên)", Name: "Vũ Thị Ngần"},
		{Position: "THỦ QUỸ", Note: "(Ký, ghi rõ họ tên)", Name: "Đoàn Thị Lựu"},
		{Position: "TRƯỞNG BAN", Note: "(Ký, ghi rõ họ tên)", Name: "Phạm Văn Khoát"},
	}})
	return p.Paper()
}

func deedsTable() document.Table {
	t := document.Table{
		Caption: "Bảng 1. Kết quả thăm hỏi, tương trợ năm 2025",
		Columns: []document.Column{
			{Head: "TT", Align: document.Centre},
			{Head: "Nội dung"},
			{Head: "Số lượt", Group: "Năm 2024", Align: document.Right},
			{Head: "Kinh phí (đồng)", Group: "Năm 2024", Align: document.Right},
			{Head: "Số lượt", Group: "Năm 2025", Align: document.Right},
			{Head: "Kinh phí (đồng)", Group: "Năm 2025", Align: document.Right},
		},
	}
	t.Add(document.C("1"), document.C("Thăm hỏi hội viên ốm đau"), money("56"), money("16.800.000"), money("64"), money("19.200.000"))
	t.Add(document.C("2"), document.C("Phúng viếng"), money("11"), money("5.500.000"), money("9"), money("4.500.000"))
	t.Add(document.C("3"), document.C("Mừng thọ hội viên từ 70 tuổi trở lên"), money("27"), money("10.800.000"), money("31"), money("12.400.000"))
	t.Add(document.C("4"), document.C("Hỗ trợ gia đình hội viên gặp rủi ro, khó khăn"), money("2"), money("4.000.000"), money("3"), money("6.000.000"))
	t.AddTotal(document.CSpan(2, "Cộng"), money("96"), money("37.100.000"), money("107"), money("42.100.000"))
	return t
}

func fundTable() document.Table {
	t := document.Table{
		Caption: "Bảng 2. Tổng hợp thu, chi quỹ năm 2025", Unit: "Đơn vị tính: đồng",
		Columns: []document.Column{{Head: "TT", Align: document.Centre}, {Head: "Nội dung"}, {Head: "Số tiền", Align: document.Right}, {Head: "Ghi chú"}},
	}
	t.AddGroup(document.C("A"), document.C("Số dư đầu kỳ"), money("61.250.000"), document.C(""))
	t.AddGroup(document.C("B"), document.C("Thu trong kỳ"), money("128.900.000"), document.C(""))
	t.Add(document.C("1"), document.C("Hội phí"), money("52.700.000"), document.C("527 hội viên"))
	t.Add(document.C("2"), document.C("Ủng hộ của hội viên, doanh nghiệp"), money("38.750.000"), document.C(""))
	t.Add(document.C("3"), document.C("Ủng hộ đồng bào quê hương bị thiệt hại do mưa bão"), money("37.450.000"), document.C("Thu hộ"))
	t.AddGroup(document.C("C"), document.C("Chi trong kỳ"), money("121.350.000"), document.C(""))
	t.Add(document.C("1"), document.C("Thăm hỏi, tương trợ"), money("42.100.000"), document.C("Bảng 1"))
	t.Add(document.C("2"), document.C("Khuyến học"), money("28.800.000"), document.C(""))
	t.Add(document.C("3"), document.C("Hướng về quê hương"), money("37.450.000"), document.C(""))
	t.Add(document.C("4"), document.C("Hội nghị, văn phòng phẩm"), money("13.000.000"), document.C(""))
	t.AddTotal(document.C("D"), document.C("Số dư cuối kỳ (A + B - C)"), money("68.800.000"), document.C(""))
	return t
}

func branchTable() document.Table {
	t := document.Table{Columns: []document.Column{
		{Head: "TT", Align: document.Centre},
		{Head: "Chi hội"},
		{Head: "Hội viên", Align: document.Right},
		{Head: "Thăm ốm", Group: "Số lượt", Align: document.Right},
		{Head: "Phúng viếng", Group: "Số lượt", Align: document.Right},
		{Head: "Mừng thọ", Group: "Số lượt", Align: document.Right},
		{Head: "Khuyến học (cháu)", Align: document.Right},
		{Head: "Thu hội phí (đồng)", Align: document.Right},
		{Head: "Chi (đồng)", Align: document.Right},
		{Head: "Trưởng chi hội"},
	}}
	names := []string{"Mường Thanh", "Him Lam", "Noong Bua", "Tân Thanh", "Thanh Bình", "Nam Thanh", "Thanh Trường", "Thanh Xương", "Thanh Hưng", "Thanh Yên", "Mường Ảng", "Tuần Giáo"}
	heads := []string{"Nguyễn Đức Toản", "Bùi Thị Hạnh", "Lê Văn Cơ", "Đỗ Xuân Sắc", "Trần Thị Mận", "Vũ Đình Quỳnh", "Hoàng Văn Nhã", "Phạm Thị Thoa", "Ngô Quang Lịch", "Đặng Thị Hương", "Mạc Văn Giới", "Tiêu Công Dĩnh"}
	for i, name := range names {
		members := 38 + i*7%13
		t.Add(document.C(fmt.Sprint(i+1)), document.C(name), money(fmt.Sprint(members)), money(fmt.Sprint(3+i%5)), money(fmt.Sprint(i%3)),
			money(fmt.Sprint(1+i%4)), money(fmt.Sprint(6+i%6)), money(fmt.Sprintf("%d.%d00.000", members/10, members%10)), money(fmt.Sprintf("%d.%d50.000", 1+i%4, i%10)), document.C(heads[i]))
	}
	t.AddTotal(document.CSpan(2, "Cộng"), money("527"), money("64"), money("9"), money("31"), money("96"), money("52.700.000"), money("42.100.000"), document.C(""))
	return t
}

// Roll is a roll of so many members: one long table.
func Roll(members int) *document.Document {
	p := document.Compose("vi", document.A4Wide())
	p.Head(document.HeadOf(say, house, "", "Điện Biên Phủ, ngày 31 tháng 12 năm 2025"))
	p.Title("DANH SÁCH", "Hội viên")
	t := document.Table{Columns: []document.Column{{Head: "TT", Align: document.Right}, {Head: "Họ và tên"}, {Head: "Năm sinh", Align: document.Centre}, {Head: "Quê quán"}, {Head: "Nơi cư trú"}, {Head: "Chi hội"}, {Head: "Hội phí (đồng)", Align: document.Right}}}
	family, middle, given := []string{"Nguyễn", "Trần", "Đặng", "Phạm", "Vũ"}, []string{"Thị", "Văn", "Đức", "Thị Ngọc"}, []string{"Hương", "An", "Khoát", "Lựu", "Ngần", "Quỳnh", "Giới"}
	for i := range members {
		name := family[i%5] + " " + middle[i%4] + " " + given[i%7]
		t.Add(money(fmt.Sprint(i+1)), document.C(name), document.C(fmt.Sprint(1940+i%60)), document.C("xã Thanh Miện, thành phố Hải Phòng"),
			document.C("tổ dân phố "+fmt.Sprint(i%30+1)+", phường Mường Thanh, tỉnh Điện Biên"), document.C("Him Lam"), money("100.000"))
	}
	p.Add(t)
	return p.Paper()
}
