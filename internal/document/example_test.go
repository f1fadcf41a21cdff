package document_test

import (
	"fmt"
	"strings"

	"kith.app/internal/document"
)

// words stands for the catalogue of one language.
func words(key string, args ...any) string {
	texts := map[string]string{
		"paper.nation": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "paper.motto": "Độc lập - Tự do - Hạnh phúc",
		"paper.number": "Số: {1}", "report.visits": "Hội đã thăm {1} lượt hội viên ốm, chi {2}.",
	}
	text := texts[key]
	for i, a := range args {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i+1), fmt.Sprint(a))
	}
	return text
}

// A report is composed once, from the top to the signature, and printed in any
// format. A figure keeps its exact value and what it opens down to.
func Example() {
	by := document.Issuer{Family: document.State, Parents: []string{"Hội đồng hương Hải Dương"}, Name: "Ban Liên lạc"}
	p := document.Compose("vi", document.A4())
	p.Head(document.HeadOf(words, by, "05/BC-BLL", "Điện Biên Phủ, ngày 05 tháng 01 năm 2026"))
	p.Title("BÁO CÁO", "Kết quả hoạt động năm 2025")

	p.Section("KẾT QUẢ HOẠT ĐỘNG")
	p.Part("Thăm hỏi, tương trợ")
	visits := document.Num("64", "64", "sick-visit.acts/2025").Of("Thăm hỏi ốm đau", "lượt")
	spent := document.Num("19.200.000 đồng", "19200000", "sick-visit.money/2025")
	p.Para(document.Sentence(words, "report.visits", visits, spent)...)

	table := document.Table{Unit: "Đơn vị tính: đồng", Columns: []document.Column{
		{Head: "TT", Align: document.Centre}, {Head: "Nội dung"}, {Head: "Số tiền", Align: document.Right},
	}}
	table.Add(document.C("1"), document.C("Thăm hỏi"), document.CR(document.Num("19.200.000", "19200000", "")))
	table.AddTotal(document.CSpan(2, "Cộng"), document.CR(document.Num("19.200.000", "19200000", "")))
	p.Add(table)

	p.CopyTo("Nơi nhận:", "Các chi hội", "Lưu: VT")
	p.Sign(document.Signature{Capacity: []string{"TM. BAN LIÊN LẠC"}, Position: "TRƯỞNG BAN", Name: "Phạm Văn Khoát"})

	paper := p.Paper()
	for _, block := range paper.Blocks {
		switch b := block.(type) {
		case document.Heading:
			fmt.Println(b.Number, b.Runs.Plain())
		case document.Paragraph:
			fmt.Println(b.Runs.Plain())
		}
	}
	fmt.Println(paper.KeyFigures()[0].Value, paper.KeyFigures()[0].Unit)
	// Output:
	// I. KẾT QUẢ HOẠT ĐỘNG
	// 1. Thăm hỏi, tương trợ
	// Hội đã thăm 64 lượt hội viên ốm, chi 19.200.000 đồng.
	// 64 lượt
}
