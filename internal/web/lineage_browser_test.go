package web

import (
	"testing"

	"kith.app/internal/browsertest"
)

// TestBranchesMergeInABrowser merges two branches with a look before, sees both
// lines, takes the merger back, merges again and hands the members on.
func TestBranchesMergeInABrowser(t *testing.T) {
	r := newRoll(t)
	browsertest.Run(t, r.base, func(b *browsertest.Browser) {
		b.Open("/sign-in?back=/bodies/" + r.one.Code + "/become")
		b.Fill("Tên đăng nhập", "secretary")
		b.Fill("Mật khẩu", password)
		b.Click("Đăng nhập")
		lineageLook(b, "doors")
		r.mergeInBrowser(b)
		lineageLook(b, "preview")
		b.Click("Ghi vào sổ")
		b.See("Đã ghi thay đổi tổ chức.")
		lineageLook(b, "event")
		b.Open("/bodies/" + r.one.Code)
		b.See("Chi hội Noong Bua – Him Lam")
		lineageLook(b, "body-before")
		b.Open("/bodies/chi-hoi-noong-bua-him-lam")
		b.See("Chi hội Him Lam")
		lineageLook(b, "body-after")
		b.Open("/events")
		lineageLook(b, "events")
		b.Click("Sáp nhập")
		b.Click("Bỏ thay đổi này")
		b.Fill("Lý do bỏ", "ghi nhầm ngày")
		b.Click("Xác nhận bỏ")
		b.See("Đã bỏ thay đổi.")
		b.Open("/bodies/" + r.one.Code)
		b.NotSee("Đã kết thúc")
		r.mergeInBrowser(b)
		b.Click("Ghi vào sổ")
		r.handOnInBrowser(b)
		b.Phone()
		for name, path := range map[string]string{
			"body": "/bodies/chi-hoi-noong-bua-him-lam", "ended": "/bodies/" + r.two.Code, "events": "/events", "unsettled": "/unsettled",
			"remains": "/unsettled/" + r.two.Code, "hand": "/unsettled/" + r.two.Code + "/members?way=hand", "unit": "/bodies/huyen-que-son-quang-nam?on=30/6/2025",
			"merge": "/bodies/chi-hoi-noong-bua-him-lam/become/merge", "split": "/bodies/chi-hoi-noong-bua-him-lam/become/split",
		} {
			b.Open(path)
			lineageLook(b, "phone-"+name)
		}
	})
}

func lineageLook(b *browsertest.Browser, name string) {
	b.Picture("lineage-" + name)
	b.Fine()
}

// mergeInBrowser asks for a merger as far as the look before it.
func (r roll) mergeInBrowser(b *browsertest.Browser) {
	b.Open("/bodies/" + r.one.Code + "/become/merge")
	b.Click("Chi hội Him Lam")
	b.Fill("Tên đơn vị mới", "Chi hội Noong Bua – Him Lam")
	b.Fill("Có hiệu lực từ ngày", "1/7/2026")
	b.Fill("Số quyết định", "12/QĐ-BLL")
	b.Click("Xem trước")
	b.See("Chưa ghi gì vào sổ")
	b.See("1 hội viên")
}

// handOnInBrowser hands the members of an ended branch on to its heir, and asks
// who a district is today as of two days.
func (r roll) handOnInBrowser(b *browsertest.Browser) {
	b.Open("/unsettled")
	lineageLook(b, "unsettled")
	b.Click("Chi hội Noong Bua")
	lineageLook(b, "remains")
	b.Click("Giao hội viên")
	lineageLook(b, "hand")
	b.Fill("Bàn giao ngày", "1/7/2026")
	b.Fill("Số quyết định", "13/QĐ-BLL")
	b.Click("Giao hội viên")
	b.See("Đã ghi.")
	b.See("13/QĐ-BLL")
	lineageLook(b, "handed")
	b.Open(personPath(r.huong.ID))
	b.See("Chi hội Noong Bua – Him Lam")
	b.See("10/2003")
	b.Open("/bodies/huyen-que-son-quang-nam?on=2/8/2024")
	b.See("Xã Quế Sơn Trung")
	b.NotSee("Xã Nông Sơn")
	b.Open("/bodies/huyen-que-son-quang-nam?on=30/6/2025")
	b.See("Xã Nông Sơn")
	lineageLook(b, "unit")
}
