package web

import (
	"context"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/browsertest"
	"kith.app/internal/calendar"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// TestATwinningInABrowser enters a twinning of two districts, a visit with gifts
// under it, a promise that the visit keeps, and prints the twin's file.
func TestATwinningInABrowser(t *testing.T) {
	w := newOffice(t)
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		for _, name := range []string{"Huyện Thọ Xuân", "Huyện Quế Sơn"} {
			one := storetest.Named(name, body.Locality)
			one.Ended = calendar.On(2025, 6, 30)
			if _, err := body.Found(ctx, tx, one); err != nil {
				return err
			}
		}
		return nil
	})
	browsertest.Run(t, w.base, func(b *browsertest.Browser) {
		b.Open("/sign-in?back=%2Fties")
		b.Fill("Tên đăng nhập", "lan")
		b.Fill("Mật khẩu", password)
		b.Click("Đăng nhập")
		b.See("Chưa có mối quan hệ nào")
		b.Click("Ghi mối quan hệ mới")
		b.Script(`document.querySelector('#side1-1').value = 'Huyện Thọ Xuân'`)
		b.Script(`document.querySelector('#side2-1').value = 'Huyện Quế Sơn'`)
		b.Fill("Ngày ký", "20/11/1968")
		b.Fill("Địa điểm", "Mỹ Lý Hạ, xã Bắc Lương")
		b.Fill("Nguồn", "Báo Thanh Hóa")
		b.Fill("Vì sao có mối quan hệ này", "Chủ trương kết nghĩa Bắc - Nam")
		b.Click("Hiệu lực, thời hạn, người phụ trách, nơi giữ hồ sơ")
		b.Fill("Mã", "tho-xuan-que-son")
		b.Picture("tie-new-1366")
		b.Click("Lưu")
		b.See("Đã ghi mối quan hệ.")
		b.See("Huyện Quế Sơn đã kết thúc từ 30/06/2025")
		b.Click("Ghi cam kết")
		b.Pick("Ai cam kết", "Huyện Quế Sơn")
		b.Fill("Nội dung cam kết", "Giúp xóa nhà tạm cho hộ nghèo")
		b.Fill("Hạn", "2024")
		b.Click("Lưu")
		b.See("Giúp xóa nhà tạm cho hộ nghèo")
		b.See("Quá hạn")
		b.Click("Ghi chuyến thăm, việc đã làm")
		b.Open(b.Script(`location.pathname + location.search`) + "&kind=delegation-in&day=2/8/2024")
		b.Fill("Ai dẫn đầu đoàn?", "Đinh Nguyên Vũ")
		b.Fill("Bao nhiêu tiền?", "120.000.000")
		b.Click("Quà bằng hiện vật, ngày công")
		b.Fill("Quà gì, việc gì?", "suất quà")
		b.Fill("Số lượng", "20")
		b.Script(`document.querySelector('#tie_guest').value = 'Huyện Quế Sơn'`)
		b.Script(`document.querySelector('#tie_host').value = 'Huyện Thọ Xuân'`)
		b.Script(`document.querySelector('#tie_giver').value = 'Huyện Quế Sơn'`)
		b.Script(`document.querySelector('select[name=purse]') && (document.querySelector('select[name=purse]').value = 'none')`)
		b.Picture("tie-deed-1366")
		b.Click("Ghi vào sổ")
		b.Picture("tie-deed-done")
		b.See("Thọ Xuân – Huyện Quế Sơn")
		b.Click("Huyện Thọ Xuân – Huyện Quế Sơn")
		b.See("120.000.000")
		b.See("Huyện Quế Sơn → Huyện Thọ Xuân")
		b.Click("Giúp xóa nhà tạm cho hộ nghèo")
		b.Script(`document.querySelector('select[name=deed]').selectedIndex = 1`)
		b.Click("Ghi kết quả")
		b.See("Đã thực hiện")
		lookAtTies(b)
		b.Wide()
		b.Open("/tie/tho-xuan-que-son/paper?as=html")
		b.See("HỒ SƠ KẾT NGHĨA")
	})
}

// lookAtTies looks at every page of ties, wide and on a phone.
func lookAtTies(b *browsertest.Browser) {
	for name, path := range map[string]string{
		"show": "/tie/tho-xuan-que-son", "list": "/ties", "left": "/ties/left", "due": "/ties/due", "promises": "/ties/promises?status=all", "hand": "/tie/tho-xuan-que-son/hand",
		"stage": "/tie/tho-xuan-que-son/stage?kind=end", "review": "/tie/tho-xuan-que-son/review", "figure": "/tie/tho-xuan-que-son/figure",
		"promise": "/tie/tho-xuan-que-son/promise", "of": "/ties/of/huyen-que-son", "edit": "/tie/tho-xuan-que-son/edit",
	} {
		b.Wide()
		b.Open(path)
		b.Fine()
		b.Picture("tie-" + name + "-1366")
		b.Phone()
		b.Open(path)
		b.Fine()
		b.Touchable()
		b.Picture("tie-" + name + "-320")
	}
}
