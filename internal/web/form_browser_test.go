package web

import (
	"testing"

	"kith.app/internal/browsertest"
)

func TestReportingFormsInABrowser(t *testing.T) {
	w := newAskingTown(t)
	keys := w.keys(t)
	unit := "/forms/bao-cao-thang/unit/" + idText(w.noongBua.ID)
	lan := w.as(t, "lan")
	lan.done("/forms/bao-cao-thang/unit/"+idText(w.himLam.ID)+"/fill", form("period", "2025-10", "version", "1", "n", "0", "q1", "Ổn định", "q2", "2", "q3", "30"))
	browsertest.Run(t, w.base, func(b *browsertest.Browser) {
		b.Part("a unit on a telephone", func(b *browsertest.Browser) {
			b.Phone()
			b.Open(keys["Chi hội Noong Bua"])
			b.Fine()
			b.Touchable()
			b.Picture("form-fill-320")
			b.Fill("Tình hình hội viên", "Hội viên phấn khởi")
			b.Fill("Số buổi tuyên truyền", "3")
			b.Press("\t")
			b.See("Đã lưu lúc")
			b.Open(keys["Chi hội Noong Bua"])
			if got := b.Answer("Tình hình hội viên"); got != "Hội viên phấn khởi" {
				t.Errorf("kept %q", got)
			}
			b.Fill("Số lượt người dự", "trên 200")
			b.Fill("Người điền", "Bà Hoa")
			b.Click("Gửi báo cáo")
			b.See("Đã nhận báo cáo lúc")
			b.Fine()
			b.Picture("form-sent-320")
			b.Wide()
			b.Open(keys["Chi hội Him Lam"])
			b.Fine()
			b.Picture("form-fill-1366")
		})
		b.Part("the secretary", func(b *browsertest.Browser) { secretaryOnForms(b, unit) })
		b.Part("a unit without a script", func(b *browsertest.Browser) {
			b.WithoutScript()
			b.Open(keys["Chi hội Him Lam"])
			b.Fill("Tình hình hội viên", "Ổn định")
			b.Fill("Số buổi tuyên truyền", "1")
			b.Fill("Số lượt người dự", "25")
			b.Click("Lưu, điền tiếp sau")
			b.See("Đã lưu lúc")
			b.Click("Gửi báo cáo")
			b.See("Đã nhận báo cáo lúc")
		})
	})
}

// secretaryOnForms is what the secretary does with replies, and sees at both widths.
func secretaryOnForms(b *browsertest.Browser, unit string) {
	b.Open("/sign-in?back=%2Fforms")
	b.Fill("Tên đăng nhập", "lan")
	b.Fill("Mật khẩu", password)
	b.Click("Đăng nhập")
	b.Open(unit + "?period=2026-10")
	b.See("trên 200")
	b.Click("Duyệt")
	b.See("Đã duyệt.")
	for name, path := range map[string]string{
		"forms": "/forms", "progress": "/forms/bao-cao-thang?period=2026-10", "reply": unit + "?period=2026-10", "figures": "/forms/bao-cao-thang/figures?period=2026-10&question=3",
		"keys": "/forms/bao-cao-thang/keys", "questions": "/forms/bao-cao-thang/questions", "question": "/forms/bao-cao-thang/questions/2", "edit": "/forms/bao-cao-thang/edit",
		"sheet": "/forms/bao-cao-thang/sheet",
	} {
		b.Wide()
		b.Open(path)
		b.Fine()
		b.Picture("form-" + name + "-1366")
		b.Phone()
		b.Open(path)
		b.Fine()
		b.Touchable()
		b.Picture("form-" + name + "-320")
	}
	b.Wide()
	b.Open("/forms/bao-cao-thang/keys")
	b.Click("Cấp đường dẫn")
	b.See("Đã cấp 0 đường dẫn")
	b.Open(unit + "?period=2026-10")
	b.Click("Cấp đường dẫn mới")
	b.See("Đã cấp 1 đường dẫn")
	b.Fine()
	b.Picture("form-key-1366")
}
