package specimen

import (
	"kith.app/internal/chart/specimen"
	"kith.app/internal/document"
)

// Pictures is a paper with a map, a timeline and bars, each with its table.
func Pictures() *document.Document {
	p := document.Compose("vi", document.A4())
	p.Head(document.HeadOf(say, house, "", "Điện Biên Phủ, ngày 15 tháng 11 năm 2026"))
	p.Title("PHỤ LỤC HÌNH VẼ", "Các mối kết nghĩa và kết quả năm 2026")
	p.Section("Các địa phương kết nghĩa")
	p.Add(specimen.Union().Blocks()...)
	p.Section("Theo thời gian")
	p.Add(specimen.Ties().Blocks()...)
	p.Section("Nguồn gốc")
	p.Add(specimen.Line().Blocks()...)
	p.Section("Kết quả so với kế hoạch")
	p.Add(specimen.Plan().Blocks()...)
	p.Add(specimen.Targets().Blocks()...)
	return p.Paper()
}
