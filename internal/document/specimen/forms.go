package specimen

import "kith.app/internal/document"

func pen(position string) document.Signature {
	return document.Signature{Position: position, Note: "(Ký, ghi rõ họ tên)"}
}

func slip(kind, number string) *document.Builder {
	p := document.Compose("vi", document.Form())
	p.Paper().Copies = document.Copies{Labels: []string{"Liên 1: Lưu", "Liên 2: Giao cho người nộp, nhận tiền"}, TwoUp: true}
	p.Head(document.Head{
		Left: []document.Line{
			{Text: "HỘI ĐỒNG HƯƠNG HẢI DƯƠNG KHU VỰC ĐIỆN BIÊN PHỦ", Size: 11, Bold: true, Align: document.Centre},
			{Text: "Phường Mường Thanh, tỉnh Điện Biên", Size: 11, Align: document.Centre},
		},
		Right: []document.Line{
			{Text: "Quyển số: 01", Size: 11, Align: document.Right},
			{Text: "Số: " + number, Size: 11, Align: document.Right},
		},
		Share: 0.6,
	})
	p.Paper().Title = document.Title{Kind: kind, Size: 16, Under: []document.Line{{Text: "Ngày 12 tháng 3 năm 2025", Italic: true}}}
	return p
}

// Voucher is a payment voucher in two copies on one sheet.
func Voucher() *document.Document {
	p := slip("PHIẾU CHI", "PC 018/2025")
	p.Line(document.F("Họ và tên người nhận tiền:", document.B("Đặng Thị Hương")))
	p.Line(document.F("Địa chỉ:", document.T("Chi hội Noong Bua")))
	p.Line(document.F("Lý do chi:", document.T("Thăm hội viên Nguyễn Văn Trọng ốm, điều trị tại Bệnh viện đa khoa tỉnh, theo định mức chi năm 2025")))
	p.Line(document.F("Số tiền:", document.Num("300.000 đồng", "300000", "entry/18").Strong()), document.F("(Viết bằng chữ:", document.I("Ba trăm nghìn đồng chẵn"), document.T(")")))
	p.Line(document.Blank("Kèm theo:"), document.Blank("chứng từ gốc:"))
	p.Add(document.SignatureRow{Columns: []document.Signature{pen("TRƯỞNG BAN"), pen("KẾ TOÁN"), pen("THỦ QUỸ"), pen("NGƯỜI NHẬN TIỀN")}})
	p.Line(document.F("Đã nhận đủ số tiền (viết bằng chữ):"))
	return p.Paper()
}

// Receipt is a receipt in two copies on one sheet.
func Receipt() *document.Document {
	p := slip("PHIẾU THU", "PT 007/2025")
	p.Line(document.F("Họ và tên người nộp tiền:", document.B("Mạc Văn Giới")), document.F("Điện thoại:"))
	p.Line(document.F("Địa chỉ:", document.T("Chi hội Mường Ảng")))
	p.Line(document.F("Lý do nộp:", document.T("Ủng hộ quỹ khuyến học năm 2025")))
	p.Line(document.F("Số tiền:", document.Num("5.000.000 đồng", "5000000", "entry/7").Strong()))
	p.Line(document.F("Viết bằng chữ:", document.I("Năm triệu đồng chẵn")))
	p.Add(document.SignatureRow{Columns: []document.Signature{pen("TRƯỞNG BAN"), pen("THỦ QUỸ"), pen("NGƯỜI NỘP TIỀN")}})
	return p.Paper()
}

// Handover is the minutes of handing over money and goods to a family, with
// blanks for the pen and two witnesses.
func Handover() *document.Document {
	T := document.T
	page := document.A4()
	page.Size = 13
	p := document.Compose("vi", page)
	p.Head(document.HeadOf(say, document.Issuer{Family: document.State, Name: "Hội đồng hương Hải Dương khu vực Điện Biên Phủ"}, "12/BB-BLL", ""))
	p.Title("BIÊN BẢN", "Bàn giao tiền và hiện vật hỗ trợ gia đình hội viên gặp rủi ro")
	p.Say("Hôm nay, ngày 18 tháng 7 năm 2025, tại nhà ông Lò Văn Hặc, bản Noong Nhai, xã Thanh Xương, tỉnh Điện Biên, chúng tôi gồm:")
	p.Part("Bên giao")
	p.Line(document.F("Ông (bà):", T("Phạm Văn Khoát")), document.F("Chức vụ:", T("Trưởng ban")))
	p.Line(document.F("Ông (bà):", T("Đoàn Thị Lựu")), document.F("Chức vụ:", T("Thủ quỹ")))
	p.Part("Bên nhận")
	p.Line(document.F("Ông (bà):", T("Lò Văn Hặc")), document.Blank("Năm sinh:"))
	p.Line(document.Blank("Căn cước số:"), document.Blank("Ngày cấp:"), document.Blank("Nơi cấp:"))
	p.Line(document.F("Địa chỉ:", T("bản Noong Nhai, xã Thanh Xương, tỉnh Điện Biên")))
	p.Part("Người làm chứng")
	p.Line(document.F("Ông (bà):"), document.F("Chức vụ:", T("Trưởng bản")))
	p.Line(document.F("Ông (bà):"), document.F("Chức vụ:", T("Chi hội trưởng")))
	p.Say("Căn cứ Quyết định số 09/QĐ-BLL ngày 15 tháng 7 năm 2025, hai bên cùng bàn giao, nhận số tiền và hiện vật sau:")
	t := document.Table{Columns: []document.Column{{Head: "TT", Align: document.Centre}, {Head: "Tên hàng"}, {Head: "Đơn vị", Align: document.Centre}, {Head: "Số lượng", Align: document.Right}, {Head: "Đơn giá (đồng)", Align: document.Right}, {Head: "Thành tiền (đồng)", Align: document.Right}, {Head: "Ghi chú"}}}
	t.Add(document.C("1"), document.C("Tiền mặt"), document.C(""), document.C(""), document.C(""), money("10.000.000"), document.C("Quỹ Hội"))
	t.Add(document.C("2"), document.C("Tấm lợp"), document.C("tấm"), money("120"), money("65.000"), money("7.800.000"), document.C(""))
	t.Add(document.C("3"), document.C("Ngày công"), document.C("công"), money("24"), document.C(""), document.C(""), document.C("Chi hội giúp"))
	t.AddTotal(document.CSpan(5, "Cộng"), money("17.800.000"), document.C(""))
	p.Add(t)
	p.Para(T("Số tiền bằng chữ: "), document.BI("Mười bảy triệu tám trăm nghìn đồng chẵn"), T("."))
	p.Say("Bên nhận cam kết sử dụng đúng mục đích sửa chữa nhà ở, hoàn thành trước ngày 30 tháng 9 năm 2025.")
	p.Add(document.Fields{Items: []document.Field{document.Blank("Ý kiến khác:")}, Extra: 1})
	p.Say("Biên bản được lập thành 02 bản, mỗi bên giữ 01 bản có giá trị như nhau.")
	p.Sign(pen("BÊN GIAO"), pen("BÊN NHẬN"))
	p.Sign(pen("NGƯỜI LÀM CHỨNG THỨ NHẤT"), pen("NGƯỜI LÀM CHỨNG THỨ HAI"))
	return p.Paper()
}

// CashCount is the minutes of counting the cash box.
func CashCount() *document.Document {
	p := document.Compose("vi", document.A4())
	p.Paper().Page.Size = 13
	p.Head(document.HeadOf(say, house, "", "Điện Biên Phủ, ngày 31 tháng 12 năm 2025"))
	p.Title("BIÊN BẢN", "Kiểm kê quỹ tiền mặt")
	p.Say("Hôm nay, vào 16 giờ 30 phút ngày 31 tháng 12 năm 2025, chúng tôi cùng kiểm kê quỹ tiền mặt như sau:")
	t := document.Table{Columns: []document.Column{{Head: "TT", Align: document.Centre, Share: 1}, {Head: "Loại tiền", Align: document.Right, Share: 3}, {Head: "Số tờ", Align: document.Right, Share: 2}, {Head: "Thành tiền (đồng)", Align: document.Right, Share: 4}}}
	for i, note := range []string{"500.000", "200.000", "100.000", "50.000", "20.000", "10.000"} {
		t.Add(document.C([]string{"1", "2", "3", "4", "5", "6"}[i]), money(note), document.C(""), document.C(""))
	}
	t.AddTotal(document.CSpan(3, "Cộng"), document.C(""))
	p.Add(t)
	p.Line(document.F("Số dư theo sổ quỹ:", document.Num("18.450.000 đồng", "18450000", "book")), document.Blank("Chênh lệch:"))
	p.Line(document.Blank("Lý do chênh lệch:"))
	p.Sign(pen("TRƯỞNG BAN"), pen("KẾ TOÁN"), pen("THỦ QUỸ"))
	return p.Paper()
}
