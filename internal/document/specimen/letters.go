package specimen

import (
	"fmt"

	"kith.app/internal/document"
)

// OfficialLetter is an official letter with its subject below the number and
// several addressees.
func OfficialLetter() *document.Document {
	p := document.Compose("vi", document.A4())
	p.Head(document.HeadOf(say, house, "12/BLL-VP", "Điện Biên Phủ, ngày 02 tháng 02 năm 2026").About("V/v phối hợp tổ chức mừng thọ đầu xuân Bính Ngọ năm 2026"))
	p.To("Kính gửi:", "Ủy ban nhân dân phường Mường Thanh", "Các chi hội trực thuộc")
	p.Say("Thực hiện kế hoạch công tác năm 2026, Ban Liên lạc tổ chức mừng thọ hội viên tròn 70, 75, 80, 85, 90, 95 và 100 tuổi vào ngày 04 tháng 3 năm 2026. Đề nghị quý cơ quan và các chi hội phối hợp rà soát danh sách, gửi về Ban Liên lạc trước ngày 20 tháng 02 năm 2026.")
	p.Say("Trân trọng cảm ơn./.")
	p.CopyTo("Nơi nhận:", "Như trên", "Lưu: VT")
	p.Sign(document.Signature{Capacity: []string{"KT. TRƯỞNG BAN"}, Position: "PHÓ TRƯỞNG BAN", Name: "Bùi Thị Hạnh"})
	return p.Paper()
}

// LetterEnglish is a letter to a sister city.
func LetterEnglish() *document.Document {
	p := document.Compose("en", document.Letter())
	by := document.Issuer{
		Family: document.Lettered, Parents: []string{"Hai Phong City Union of Friendship Organisations"},
		Name: "Viet Nam - Cambodia Friendship Association of Hai Phong City", Contact: []string{"Hai Phong, Viet Nam"},
	}
	p.Head(document.HeadOf(say, by, "24/VCFA", "2 January 2026"))
	p.Paper().Address = document.Address{Names: []string{"H.E. Mr Sok Dara", "Governor of Preah Sihanouk Province", "Kingdom of Cambodia"}}
	p.Add(document.Paragraph{Runs: document.Text("Your Excellency,")})
	p.Add(document.Paragraph{Runs: document.Runs{document.B("Subject: Anniversary of the agreement between our two cities")}})
	p.Say("On the anniversary of the friendship and co-operation agreement between our two cities, it is my pleasure to convey to you, and through you to the people of your province, the warm greetings of all members of our association.")
	p.Say("Over the past year our branches received three delegations and awarded 12 scholarships to Cambodian students in Hai Phong. We look forward to welcoming your delegation in May, and have prepared the following proposals:")
	p.Items(document.Text("a joint exhibition of photographs on the work of former volunteers and experts;"), document.Text("an exchange between the two youth unions, to be held in turn in each city every two years, with costs borne by the host."))
	p.Say("Please accept, Excellency, the assurances of my highest consideration.")
	p.Add(document.Paragraph{Runs: document.Text("Yours sincerely,"), Keep: true})
	p.Paper().Signed = []document.SignatureRow{{Left: true, Columns: []document.Signature{{Name: "Tran Van Minh", Position: "President"}}}}
	return p.Paper()
}

// LetterFrench is a letter to the mayor of a twin town.
func LetterFrench() *document.Document {
	p := document.Compose("fr", document.Letter())
	by := document.Issuer{
		Family: document.Lettered, Name: "Association d’amitié Viêt Nam - France",
		Contact: []string{"12, rue Lê Lợi, Đà Nẵng, Viêt Nam", "Téléphone : +84 236 000 000"},
	}
	p.Head(document.HeadOf(func(key string, args ...any) string { return "Réf. : " + fmt.Sprint(args...) }, by, "08/2024", "Đà Nẵng, le 2 août 2024"))
	p.Paper().Address = document.Address{Right: true, Names: []string{"Monsieur Pierre Lefort", "Maire de Saint-Aubin", "Hôtel de Ville", "76000 Saint-Aubin"}}
	p.Para(document.B("Objet : "), document.T("visite de votre délégation à l’automne"))
	p.Say("Monsieur le Maire,")
	p.Say("J’ai l’honneur d’accuser réception de votre courrier du 12 juillet et de vous confirmer que notre association sera heureuse d’accueillir la délégation de votre commune du 14 au 19 octobre 2024. Depuis la signature de notre accord, 120 millions de VND ont été consacrés aux bourses d’études.")
	p.Say("Vous trouverez ci-joint le programme provisoire du séjour.")
	p.Say("Je vous prie d’agréer, Monsieur le Maire, l’expression de ma haute considération.")
	p.Sign(document.Signature{Position: "La Présidente", Name: "Nguyễn Thị Lan Anh"})
	p.CopyTo("Copie à :", "Comité de jumelage", "Archives")
	return p.Paper()
}

// Invitation is an invitation to a meeting, with a blank for the guest.
func Invitation() *document.Document {
	p := document.Compose("vi", document.A4())
	p.Head(document.HeadOf(say, house, "03/GM-BLL", "Điện Biên Phủ, ngày 10 tháng 02 năm 2026"))
	p.Title("GIẤY MỜI", "Dự gặp mặt đồng hương đầu xuân Bính Ngọ năm 2026")
	p.Line(document.Blank("Kính gửi:"))
	p.Say("Ban Liên lạc đồng hương Hải Dương khu vực Điện Biên Phủ trân trọng kính mời ông (bà) dự buổi gặp mặt đầu xuân.")
	p.Add(document.Pairs{Items: []document.Pair{
		{Label: "Thời gian:", Value: document.Runs{document.B("08 giờ 00, Chủ nhật ngày 01 tháng 3 năm 2026"), document.T(" (tức ngày 13 tháng Giêng năm Bính Ngọ)")}},
		{Label: "Địa điểm:", Value: document.Text("Hội trường Nhà văn hóa phường Mường Thanh")},
		{Label: "Nội dung:", Value: document.Text("Báo cáo kết quả năm 2025; mừng thọ; khen thưởng học sinh giỏi")},
	}, Share: 0.2})
	p.Say("Sự có mặt của ông (bà) là niềm vinh dự của Hội./.")
	p.Sign(document.Signature{Capacity: []string{"TM. BAN LIÊN LẠC"}, Position: "TRƯỞNG BAN", Name: "Phạm Văn Khoát"})
	return p.Paper()
}

// Certificate is a certificate for a pupil, on its own layout.
func Certificate() *document.Document {
	T := document.T
	p := document.Compose("vi", document.Certificate())
	middle := func(size, space float64, runs ...document.Run) {
		p.Add(document.Paragraph{Runs: runs, Align: document.Centre, Size: size, Space: space})
	}
	p.Head(document.Head{Shape: document.Centred, Right: []document.Line{
		{Text: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Size: 14, Bold: true, Align: document.Centre},
		{Text: "Độc lập - Tự do - Hạnh phúc", Size: 15, Bold: true, Align: document.Centre, Rule: document.RuleText},
	}})
	middle(15, 14, document.B("HỘI ĐỒNG HƯƠNG HẢI DƯƠNG KHU VỰC ĐIỆN BIÊN PHỦ"))
	middle(15, 4, T("tặng"))
	middle(34, 4, document.B("GIẤY KHEN"))
	middle(20, 8, T("Em "), document.B("Nguyễn Bảo Ngọc"))
	middle(15, 6, T("Học sinh lớp 5A2, Trường Tiểu học Him Lam, con hội viên Chi hội Him Lam"))
	middle(15, 4, T("Đã đạt danh hiệu "), document.B("Học sinh xuất sắc"), T(" năm học 2024 - 2025"))
	p.Paper().Signed = []document.SignatureRow{{Place: "Điện Biên Phủ, ngày 20 tháng 8 năm 2025", Columns: []document.Signature{{Capacity: []string{"TM. BAN LIÊN LẠC"}, Position: "TRƯỞNG BAN", Name: "Phạm Văn Khoát"}}}}
	p.CopyTo("Số: 41/GK-BLL", "Vào sổ khen thưởng năm 2025")
	return p.Paper()
}

// DonorsBoard is a board of donors to hang up.
func DonorsBoard() *document.Document {
	page := document.A4Wide()
	page.Unnumbered = true
	p := document.Compose("vi", page)
	p.Paper().Title = document.Title{Kind: "BẢNG VÀNG TẤM LÒNG ĐỒNG HƯƠNG", Size: 24, Subject: "Ủng hộ quỹ khuyến học năm 2025", Rule: true}
	t := document.Table{Size: 15, Open: true, Columns: []document.Column{{Head: "TT", Share: 1, Align: document.Centre}, {Head: "Họ tên, đơn vị", Share: 6}, {Head: "Quê quán", Share: 5}, {Head: "Số tiền (đồng)", Share: 3, Align: document.Right}}}
	for i, name := range []string{"Công ty Xây dựng Thành Đạt", "Mạc Văn Giới", "Đặng Thị Hương", "Tiêu Công Dĩnh", "Gia đình cụ Vũ Thị Nhỡ", "Một hội viên xin không nêu tên"} {
		t.Add(document.C(fmt.Sprint(i+1)), document.C(name), document.C([]string{"Thanh Miện", "Nam Sách", "Tứ Kỳ", "Ninh Giang", "Kinh Môn", ""}[i]), money(fmt.Sprintf("%d.000.000", 20-3*i)))
	}
	t.AddTotal(document.CSpan(3, "Cộng"), money("75.000.000"))
	p.Add(t)
	p.Sign(document.Signature{Capacity: []string{"TM. BAN LIÊN LẠC"}, Position: "TRƯỞNG BAN", Name: "Phạm Văn Khoát"})
	return p.Paper()
}

// Decision is a decision with its legal bases and articles.
func Decision() *document.Document {
	p := document.Compose("vi", document.A4())
	p.Head(document.HeadOf(say, document.Issuer{Family: document.Front, Parents: []string{"Mặt trận Tổ quốc Việt Nam", "tỉnh Điện Biên"}, Name: "Ban Thường trực"}, "09/QĐ-MTTQ-BTT", "Điện Biên, ngày 15 tháng 7 năm 2025"))
	p.Title("QUYẾT ĐỊNH", "Về việc hỗ trợ hội viên gặp rủi ro")
	p.Add(document.Paragraph{Runs: document.Runs{document.B("BAN THƯỜNG TRỰC")}, Align: document.Centre, Space: 12})
	p.Add(document.Bases{Items: []string{"Căn cứ Điều lệ Hội", "Căn cứ Quy chế quản lý và sử dụng Quỹ ban hành kèm theo Quyết định số 02/QĐ-BLL ngày 10 tháng 01 năm 2024", "Theo đề nghị của Chi hội Thanh Xương"}})
	p.Add(document.Paragraph{Runs: document.Runs{document.B("QUYẾT ĐỊNH:")}, Align: document.Centre, Space: 12, Keep: true})
	p.Para(document.B("Điều 1."), document.T(" Hỗ trợ gia đình ông Lò Văn Hặc số tiền 10.000.000 đồng từ quỹ tương trợ."))
	p.Para(document.B("Điều 2."), document.T(" Thủ quỹ, Chi hội Thanh Xương và gia đình ông Lò Văn Hặc chịu trách nhiệm thi hành Quyết định này./."))
	p.CopyTo("Nơi nhận:", "Như Điều 2", "Lưu: VT")
	p.Sign(document.Signature{Capacity: []string{"TM. BAN THƯỜNG TRỰC"}, Position: "CHỦ TỊCH", Name: "Lường Thị Phương"})
	return p.Paper()
}
