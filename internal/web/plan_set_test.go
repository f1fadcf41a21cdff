package web

import (
	"strings"
	"testing"
)

// A set of criteria of one's own is laid down, corrected, and replaced by another on a
// day: the series breaks there, and what was stated under it stays true.
func TestAStandardOfOnesOwnIsLaidDownAndReplaced(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	root := idText(w.book.Root())
	v.sees("/programmes/sets", "Xã đạt chuẩn nông thôn mới 2021-2025", "Có sẵn trong sổ", "Lập bộ tiêu chí")
	v.sees("/programmes/sets/ntm-commune-2021", "Các bộ nối nhau", "Ngắt tại 01/01/2026", "Quy hoạch", "Chưa địa bàn nào dùng")
	v.sees("/programmes/sets?q=khong+co+bo+nay", "Không có bộ tiêu chí nào như vậy")
	v.sees("/programmes/sets?whose=own", "Không có bộ tiêu chí nào như vậy")
	first := form("name", "Chi hội vững mạnh <b>", "body", root, "level", "commune", "from", "1/1/2026", "to", "31/12/2027", "criteria", "1; Đóng hội phí; Dues\n2; Họp đủ kỳ")
	v.refused(422, "/programmes/sets/new", form("name", "", "body", root, "level", "commune", "from", "", "to", "", "criteria", "chỉ có tên"), "Dòng “chỉ có tên” cần số và tên", "chỉ có tên</textarea>")
	v.refused(422, "/programmes/sets/new", form("name", "", "body", root, "level", "commune", "from", "2/1/2026", "to", "1/1/2026", "criteria", "1; Một\n1; Hai"), "Bộ tiêu chí cần có tên")
	at := v.done("/programmes/sets/new", first)
	v.sees(at, "Chi hội vững mạnh &lt;b&gt;", "Đóng hội phí", "Lập bộ tiêu chí", "Sửa bộ tiêu chí")
	v.refused(422, "/programmes/sets/new", first, "đã có")
	v.done(at+"/edit", form("revision", "1", "name", "Chi hội vững mạnh", "level", "commune", "from", "1/1/2026", "to", "31/12/2027", "criteria", "1; Đóng đủ hội phí\n2; Họp đủ kỳ"))
	v.sees(at, "Đóng đủ hội phí", "Sửa bộ tiêu chí")
	next := "/programmes/sets/new?after=" + at[strings.LastIndex(at, "/")+1:]
	v.sees(next, `value="01/01/2028"`, "Đóng đủ hội phí")
	code := at[strings.LastIndex(at, "/")+1:]
	later := v.done("/programmes/sets/new", form("name", "Chi hội vững mạnh 2027", "body", root, "level", "commune", "from", "1/1/2027", "to", "31/12/2029", "after", code, "criteria", "1; Đóng đủ hội phí\n3; Có quỹ"))
	v.sees(later, "Ngắt tại 01/01/2027", "Họp đủ kỳ", "Có quỹ")
	v.sees(at, "2026", "Chi hội vững mạnh 2027")
	v.refused(422, "/programmes/sets/new", form("name", "Bộ khác", "body", root, "level", "commune", "from", "1/1/2028", "to", "31/12/2029", "after", code, "criteria", ""), "đã có bộ thay là")
	v.refused(422, "/programmes/sets/new", form("name", "Bộ sớm", "body", root, "level", "commune", "from", "1/6/2025", "to", "31/12/2029", "after", "ntm-commune-2021", "criteria", ""), "còn hiệu lực đến 31/12/2025")
	v.sees("/programmes/sets?whose=own", "Chi hội vững mạnh 2027")
}
