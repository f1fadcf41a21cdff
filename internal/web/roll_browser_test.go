package web

import (
	"testing"

	"kith.app/internal/browsertest"
)

// TestTheRollInABrowser keeps the roll as its secretary does, wide and on a phone.
func TestTheRollInABrowser(t *testing.T) {
	r := newRoll(t)
	browsertest.Run(t, r.base, func(b *browsertest.Browser) {
		b.Open("/sign-in?back=/people")
		b.Fill("Tên đăng nhập", "secretary")
		b.Fill("Mật khẩu", password)
		b.Click("Đăng nhập")
		b.Picture("roll-list")
		b.Fill("Tìm theo tên, điện thoại, quê quán", "hương hải dương")
		b.NotSee("Nguyễn Văn An")
		b.See("Đặng Thị Hương")
		b.Fine()
		b.Open("/people/new")
		b.Fill("Họ và tên", "Phạm Văn Thược")
		b.Fill("Ngày sinh", "25/11/1946")
		b.See("tuổi mụ 81")
		b.Pick("Chi hội", "Chi hội Noong Bua")
		b.Picture("roll-form")
		b.Fine()
		b.Click("Lưu")
		b.See("Đã ghi Phạm Văn Thược vào sổ.")
		for name, path := range map[string]string{
			"person": personPath(r.huong.ID), "census": "/people/census?with=31/12/2005", "longevity": "/longevity", "duplicates": "/people/duplicates",
			"bodies": "/bodies", "body": "/bodies/" + r.one.Code, "board": "/offices", "merge": personPath(r.huong.ID) + "/merge?with=" + idText(r.an.ID),
			"death": personPath(r.huong.ID) + "/death", "edit": personPath(r.huong.ID) + "/edit", "household": personPath(r.huong.ID) + "/household", "newbody": "/bodies/new",
		} {
			b.Open(path)
			b.Picture("roll-" + name)
			b.Fine()
		}
		b.Phone()
		for name, path := range map[string]string{
			"list": "/people", "person": personPath(r.huong.ID), "form": "/people/new", "census": "/people/census", "board": "/offices", "bodies": "/bodies", "longevity": "/longevity",
		} {
			b.Open(path)
			b.Picture("roll-phone-" + name)
			b.Fine()
		}
	})
}
