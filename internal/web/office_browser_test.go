package web

import (
	"strings"
	"testing"

	"kith.app/internal/browsertest"
)

func TestTheOfficeInABrowser(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	in := v.done("/office/papers/new", form("way", "in", "from", "UBND phường Mường Thanh", "theirs", "88/UBND-VX", "subject", "Đề nghị báo cáo số cụ trên 80 tuổi", "day", "2/11/2026", "deadline", "15/11/2026", "handler", "Đặng Thị Lan"))
	v.done("/office/papers/new", form("way", "in", "from", "Hội Người cao tuổi tỉnh", "subject", "Mời dự hội nghị tổng kết năm", "day", "20/11/2026", "deadline", "30/11/2026"))
	v.done("/office/papers/new", form("way", "out", "kind", "report", "subject", "Báo cáo quý III năm 2026", "to", "Các chi hội\nHội Người cao tuổi tỉnh", "number", "7"))
	v.done("/office/papers/new", form("way", "out", "kind", "report", "subject", "Báo cáo hoạt động tháng 10", "to", "Các chi hội", "number", "9"))
	at := v.done("/office/meetings/new", form("kind", "meeting-board", "day", "20/11/2026", "title", "Họp Ban Chấp hành quý IV", "place", "Nhà văn hóa Noong Bua", "board", "yes", "began", "8 giờ 00", "agenda", "Kiểm điểm năm\nMừng thọ xuân Đinh Mùi"))
	v.done(at+"/invite", form("names", "Ông Hà, UBND phường", "guest", "yes"))
	v.done(at+"/attendance", form("revision", "2", "presence-2", "excused", "all", "present"))
	v.done(at+"/tasks", form("text", "Lập danh sách mừng thọ", "who", "Vũ Đình Khoát", "due", "15/12/2026"))
	v.done("/office/tasks", form("text", "Gửi giấy mời gặp mặt đầu xuân", "who", "Chi hội Him Lam", "due", "18/11/2026"))
	browsertest.Run(t, w.base, func(b *browsertest.Browser) {
		b.Open("/sign-in?back=%2Foffice")
		b.Fill("Tên đăng nhập", "lan")
		b.Fill("Mật khẩu", password)
		b.Click("Đăng nhập")
		b.Open("/office/papers/new?way=out")
		b.Fill("Số, ký hiệu", "12/QĐ-BLL")
		b.Fill("Trích yếu", "Khen thưởng hội viên tiêu biểu")
		b.Click("Vào sổ")
		b.See("Đã lấy số 12/QĐ-BLL")
		for name, path := range map[string]string{
			"office": "/office", "papers-in": "/office/papers", "papers-out": "/office/papers?way=out", "paper": in, "paper-new-in": "/office/papers/new?way=in",
			"paper-new-out": "/office/papers/new?way=out&answers=" + strings.TrimPrefix(in, "/office/papers/"), "meetings": "/office/meetings", "meeting": at, "meeting-new": "/office/meetings/new",
			"tasks": "/office/tasks", "handover": "/office/handover",
		} {
			b.Wide()
			b.Open(path)
			b.Fine()
			b.Picture("office-" + name + "-1366")
			b.Phone()
			b.Open(path)
			b.Fine()
			b.Touchable()
			b.Picture("office-" + name + "-320")
		}
	})
}
