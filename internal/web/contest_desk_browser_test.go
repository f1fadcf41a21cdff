package web

import (
	"strings"
	"testing"

	"kith.app/internal/browsertest"
)

func TestTheDeskOfAContestInABrowser(t *testing.T) {
	d := contestOffice(t)
	v := d.as("lan")
	path := d.drawn(v)
	for _, stage := range []string{"department", "council", "board"} {
		v.done(path+"/stages/name", "stage", stage, "officer", idText(d.who["lan"]))
	}
	browsertest.Run(t, d.base, func(browser *browsertest.Browser) {
		b := clerk{browser}
		b.enter("lan")
		b.draws(path)
		b.everywhere("contest-drafted", path, "", "/table", "/members", "/stages", "/settings", "/contract", "/outcome", "/table/new", "/table/new?method=tiers", "/contract/"+d.units[0].Code)
		b.Wide()
		b.Open(path)
		b.Click("Mở cho các đơn vị tự chấm")
		b.See("các đơn vị bắt đầu tự chấm")
		d.scored(path, "8", "8", "7,5")
		b.scores(path+"/criteria/"+d.numbered(path, "1.1"), d)
		d.handedOn(path)
		b.everywhere("contest-opened", path, "", "/matrix", "/changes", "/ties", "/publish", "/ballots", "/ballots/new", "/awards", "/criteria/"+d.numbered(path, "1.2"))
		b.closes(path)
	})
}

// draws tries a way of scoring out before it is kept.
func (b clerk) draws(path string) {
	b.Open(path + "/table")
	b.Click("Thêm nhóm hoặc tiêu chí")
	b.looks("contest-ways")
	b.Click("Mỗi lần một số điểm")
	b.Fill("Nội dung", "Bài viết về gương người tốt")
	b.Fill("Điểm tối đa", "2")
	b.Fill("Điểm cho mỗi lần", "0,25")
	b.Click("Tính thử")
	b.See("min(2; 10 × 0.25)")
	b.Fill("Số đơn vị nhập", "3")
	b.Click("Tính thử")
	b.See("0,75")
	b.looks("contest-tried")
	b.Phone()
	b.looks("contest-tried-phone")
	b.Wide()
}

// everywhere looks at pages of a contest at both widths.
func (b clerk) everywhere(name, path string, under ...string) {
	for _, one := range under {
		called := name + strings.NewReplacer("/", "-", "?", "-", "=", "-").Replace(one)
		b.Wide()
		b.Open(path + one)
		b.looks(called)
		b.Phone()
		b.Open(path + one)
		b.looks(called + "-phone")
	}
}

// scores gives the points of one criterion to all units, on a telephone.
func (b clerk) scores(path string, d arenaDesk) {
	b.Phone()
	b.Open(path)
	b.See("Chấm tiêu chí này")
	b.looks("contest-across-phone")
	id := idText(d.units[2].ID)
	b.Script(`document.getElementById("points-` + id + `").value = "7,25"`)
	b.Script(`document.querySelector("[name=accept]").checked = true`)
	b.Click("Lưu điểm")
	b.See("Cần ghi lý do")
	b.Hush("422")
	b.Script(`document.getElementById("reason-` + id + `").value = "thiếu kế hoạch quý IV"`)
	b.Click("Lưu điểm")
	b.See("Đã lưu điểm của 3 đơn vị")
	b.Wide()
	b.looks("contest-across")
}

// closes puts equals in order and publishes.
func (b clerk) closes(path string) {
	b.Wide()
	b.Open(path + "/ties")
	b.See("Cùng hạng 1")
	b.Fill("Vì sao xếp như vậy", "hội nghị cụm thống nhất")
	b.Click("Ghi quyết định")
	b.See("Không có đơn vị nào đồng hạng")
	b.Open(path + "/publish")
	b.Fill("Gõ chữ để xác nhận", "CÔNG BỐ")
	b.Press(browsertest.Enter)
	b.See("Đã công bố")
	b.looks("contest-published")
	b.Phone()
	b.looks("contest-published-phone")
}
