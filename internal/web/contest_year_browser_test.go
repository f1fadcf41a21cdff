package web

import (
	"context"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/browsertest"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// yearlong is a contest that one secretary brings through its year in a browser.
type yearlong struct {
	b     *browsertest.Browser
	units []body.Body
	path  string // of the contest of this year
}

func TestAWholeContestYearInABrowser(t *testing.T) {
	o := fundOffice(t)
	y := yearlong{}
	storetest.Write(t, o.book, func(ctx context.Context, tx *store.Tx) error {
		cluster := storetest.Named("Cụm thi đua số 1", body.Cluster)
		cluster.Parent = o.book.Root()
		_, err := body.Found(ctx, tx, cluster)
		return err
	})
	for _, name := range []string{"Chi hội Một", "Chi hội Hai"} {
		y.units = append(y.units, storetest.Branch(t, o.book, name))
	}
	browsertest.Run(t, o.base, func(b *browsertest.Browser) {
		y.b = b
		b.Open("/sign-in?back=%2Fcontests")
		b.Fill("Tên đăng nhập", "lan")
		b.Fill("Mật khẩu", fundPassword)
		b.Click("Đăng nhập")
		b.See("Chưa có kỳ thi đua nào")
		y.drawn()
		y.signed()
		y.table()
		y.selfScored()
		y.checked()
		y.published()
		y.handedOver()
	})
}

// drawn opens the year, enlists its units and names who speaks for the conference.
func (y *yearlong) drawn() {
	b := y.b
	b.Open("/contests/new")
	b.Fill("Năm", "2026")
	b.Fill("Tổng điểm chuẩn", "20")
	b.Click("Cụm giao ước: tự chấm, chấm chéo, bỏ phiếu")
	b.Click("Mở kỳ thi đua")
	b.See("Đang soạn")
	y.path = b.At()
	for i, u := range y.units {
		b.Open(y.path + "/members")
		if i > 0 {
			b.Click("Thêm đơn vị")
		}
		name := u.NameOn("vi", storetest.Today())
		b.Fill("Đơn vị", name)
		b.Click(name)
		b.Click([]string{"Cụm trưởng", "Cụm phó"}[i])
		b.Click("Ghi vào danh sách")
		b.See(name)
	}
	b.Open(y.path + "/stages")
	b.Fill("Hoặc người khác", "Đặng Thị Lan")
	b.Until(`!!document.querySelector('[role=option]')`)
	b.Press(browsertest.Down + browsertest.Enter)
	b.Click("Giao bước này")
	b.NotSee("chưa có ai được giao")
	b.Open(y.path + "/settings")
	b.Fill("Tên danh hiệu hoặc hình thức", "Đơn vị xuất sắc toàn diện")
	b.Fill("Chỉ tới hạng", "1")
	b.Click("Phải được bỏ phiếu thông qua")
	b.Script(`document.querySelector('form[action$="/settings/awards"]').requestSubmit()`) // one of several that end with the same word
	b.See("Đã lưu")
}

// signed has each unit sign what it means to do.
func (y *yearlong) signed() {
	b := y.b
	for _, u := range y.units {
		b.Open(y.path + "/contract/" + u.Code)
		b.Fill("Nội dung chỉ tiêu", "Thăm 40 hội viên ốm")
		b.Fill("Ngày ký", "10/1/2026")
		b.Fill("Người ký", "Phạm Quốc Hùng")
		b.Click("Lưu")
	}
	b.Open(y.path + "/contract")
	b.See("2/2 đơn vị đã ký")
	b.See("Thăm 40 hội viên ốm")
}

// table makes two criteria and opens the year.
func (y *yearlong) table() {
	b := y.b
	for i, name := range []string{"Tuyên truyền, vận động", "Nhà đại đoàn kết"} {
		b.Open(y.path + "/table/new?method=hand")
		b.Fill("Số mục", decimal(int64(i+1)))
		b.Fill("Nội dung", name)
		b.Fill("Điểm tối đa", "10")
		b.Click("Lưu")
		b.See(name)
	}
	b.Open(y.path)
	b.Click("Mở cho các đơn vị tự chấm")
	b.See("Đang chấm")
}

func (y *yearlong) sheet(unit int) { y.b.Open(y.path + "/units/" + y.units[unit].Code) }

// score gives one criterion of the sheet at hand its points: it alone stands open.
func (y *yearlong) score(criterion, points, reason string) {
	y.b.See(criterion)
	y.b.Script(`document.querySelectorAll("main details").forEach((d) => { d.open = d.querySelector("summary").innerText.includes("` + criterion + `") })`)
	y.b.Fill("Điểm (tối đa 10)", points)
	if reason != "" {
		y.b.Fill("Lý do, giải thích", reason)
	}
	y.b.Click("Lưu điểm")
}

func (y *yearlong) selfScored() {
	for unit, points := range [][]string{{"9", "10"}, {"10", "8,5"}} {
		y.sheet(unit)
		y.score("1. Tuyên truyền, vận động", points[0], "")
		y.score("2. Nhà đại đoàn kết", points[1], "")
		y.sheet(unit)
		y.b.Click("Chuyển bảng đi")
	}
}

// checked is the cross-check with a changed score, the explanation and the lead's look.
func (y *yearlong) checked() {
	b := y.b
	y.sheet(0)
	y.score("1. Tuyên truyền, vận động", "8,5", "thiếu kế hoạch quý III")
	for unit := range y.units {
		y.sheet(unit)
		b.Click("Chuyển bảng đi")
		y.sheet(unit)
		b.See("Giải trình")
		b.Fill("Giải trình", "Đơn vị nhất trí với kết quả chấm chéo")
		b.Click("Chuyển bảng đi")
		y.sheet(unit)
		b.Click("Chuyển bảng đi") // the lead
		y.sheet(unit)
		b.Click("Chuyển bảng đi") // the conference
	}
	b.Open(y.path + "/changes")
	b.See("thiếu kế hoạch quý III")
}

func (y *yearlong) published() {
	b := y.b
	b.Open(y.path + "/ballots")
	b.Click("Đặt quy tắc bỏ phiếu")
	b.Fill("Tên quy tắc", "Suy tôn")
	b.Fill("Số người phải có mặt", "2/3")
	b.Fill("Đạt từ", "80%")
	b.Fill("Hiệu lực từ ngày", "1/1/2024")
	b.Click("Đặt quy tắc")
	b.Open(y.path + "/ballots/new")
	b.Fill("Bỏ phiếu về việc gì", "Suy tôn đơn vị xuất sắc toàn diện")
	b.Pick("Cho danh hiệu", "Đơn vị xuất sắc toàn diện")
	b.Fill("Ngày", dayTyped(storetest.Today()))
	for _, count := range []string{"Có quyền bỏ phiếu", "Có mặt", "Phiếu phát ra", "Phiếu thu về", "Phiếu hợp lệ"} {
		b.Fill(count, "9")
	}
	b.Fill("Chi hội Một", "9")
	b.Click("Ghi kết quả")
	b.See("Đạt")
	b.Open(y.path + "/publish")
	b.Fill("Gõ chữ để xác nhận", "CÔNG BỐ")
	b.Click("Công bố")
	b.See("Đã công bố")
	b.See("Chi hội Một")
}

func (y *yearlong) handedOver() {
	b := y.b
	b.Open(y.path + "/awards")
	b.Script(`document.querySelectorAll("main details").forEach((d) => { d.open = true })`)
	b.Pick("Đơn vị", "Chi hội Một")
	b.Fill("Thành tích", "Dẫn đầu cụm thi đua năm 2026")
	b.Click("Đã có quyết định khen")
	b.Fill("Ngày", dayTyped(storetest.Today()))
	b.Click("Ghi đề nghị")
	b.See("Đã khen")
	b.Open("/contests/new")
	b.Fill("Năm", "2027")
	b.Pick("Làm theo", "Thi đua năm 2026 (2026)")
	b.Click("Mở kỳ thi đua")
	next := b.At()
	b.Open(y.path + "/flag")
	b.Pick("Đơn vị nhận cờ", "Chi hội Hai")
	b.Fill("Ngày", dayTyped(storetest.Today()))
	b.Click("Trao cờ")
	b.Open(next + "/members")
	b.See("từ Chi hội Một")
	b.Open(next + "/contract/" + y.units[1].Code)
	b.Fill("Nội dung chỉ tiêu", "Thăm 50 hội viên ốm")
	b.Fill("Ngày ký", dayTyped(storetest.Today()))
	b.Fill("Người ký", "Phạm Quốc Hùng")
	b.Click("Lưu")
	b.Open(next + "/contract")
	b.See("1/2 đơn vị đã ký")
	b.Fine()
}
