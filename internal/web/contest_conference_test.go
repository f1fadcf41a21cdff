package web

import (
	"strings"
	"testing"
)

func TestAConferenceIsPreparedOnItsPage(t *testing.T) {
	d := contestOffice(t)
	v := d.as("lan")
	path := d.drawn(v)
	v.sees(path+"/conference", "Chưa lập chương trình", "Chưa xếp chỗ ngồi", "Chưa ghi khoản chi nào")
	v.done(path+"/conference", "kind", "step", "hour", "14:00", "text", "Khai mạc hội nghị", "place", "Nhà văn hóa")
	v.done(path+"/conference", "kind", "speech", "text", "Báo cáo tổng kết", "unit", idText(d.units[0].ID))
	v.done(path+"/conference", "kind", "speech", "text", "Phát biểu chào mừng", "who", "Đại diện cấp trên", "order", "1")
	v.done(path+"/conference", "kind", "seat", "place", "Hàng A, ghế 1", "unit", idText(d.units[1].ID))
	v.done(path+"/conference", "kind", "gift", "text", "Tranh lưu niệm", "who", "Các đoàn")
	v.done(path+"/conference", "kind", "cost", "text", "Hội trường", "amount", "2.000.000")
	v.done(path+"/conference", "kind", "cost", "text", "Tài liệu", "amount", "500.000")
	v.sees(path+"/conference", "14:00", "Khai mạc hội nghị", "Báo cáo tổng kết", "Hàng A, ghế 1", "Tranh lưu niệm", "2.500.000")
	v.refused("Ghi số tiền lớn hơn 0", "Quà lưu niệm", path+"/conference", "kind", "cost", "text", "Quà lưu niệm")
	v.refused("Ghi vị trí ngồi", "Trưởng đoàn", path+"/conference", "kind", "seat", "who", "Trưởng đoàn")
	v.refused("Chọn đơn vị hoặc ghi tên người", "Tham luận", path+"/conference", "kind", "speech", "text", "Tham luận")
	page := v.page(path + "/conference")
	_, after, found := strings.Cut(page, `href="`+path+`/conference/`)
	item, _, _ := strings.Cut(after, `"`)
	if !found {
		t.Fatalf("no item leads to its form: %s", told(page))
	}
	if got := v.page(path + "/conference/" + item); !strings.Contains(got, `value="Khai mạc hội nghị"`) {
		t.Errorf("the form of an item does not have it: %s", told(got))
	}
	v.done(path+"/conference/"+item, "revision", "1", "hour", "14:30", "text", "Khai mạc")
	v.sees(path+"/conference", "14:30")
	v.refused("Ghi nội dung", "15:00", path+"/conference/"+item, "revision", "2", "hour", "15:00")
	v.done(path + "/conference/" + item + "/drop")
	v.hidden(path+"/conference", "14:30")
}

func TestTheFileOfAProposalIsTickedOffOnItsPage(t *testing.T) {
	d := contestOffice(t)
	v := d.as("lan")
	path := d.drawn(v)
	for _, stage := range []string{"department", "council", "board"} {
		v.done(path+"/stages/name", "stage", stage, "officer", idText(d.who["lan"]))
	}
	v.done(path+"/settings/awards", "revision", "1", "award-1", "Cờ thi đua", "level-1", "province", "form-1", "flag", "manner-1", "regular", "papers-1", "Tờ trình\nBáo cáo thành tích")
	v.done(path+"/settings/launch", "revision", "2", "launch-level", "province", "launch-scope", "cluster", "launch-manner", "regular")
	v.done(path + "/open")
	v.done(path+"/awards", "award", "co-thi-dua-1", "unit", idText(d.units[0].ID), "for", "Dẫn đầu")
	v.sees(path+"/awards", "Tỉnh, thành phố · Cờ thi đua · Thường xuyên", "0/2 giấy tờ", "Còn thiếu: Tờ trình; Báo cáo thành tích")
	page := v.page(path + "/awards")
	_, after, _ := strings.Cut(page, `href="`+path+`/awards/`)
	honour, _, _ := strings.Cut(after, `"`)
	if honour == "" || strings.Contains(honour, ".xlsx") {
		t.Fatalf("no award leads to its page: %s", told(page))
	}
	file := path + "/awards/" + honour
	v.refused("Ghi vì sao không cần giấy này", "số 12", file+"/file", "part", "file", "revision", "1", "state-to-trinh-1", "on-file", "note-to-trinh-1", "số 12", "state-bao-cao-thanh-tich-2", "not-needed")
	v.done(file+"/file", "part", "file", "revision", "1", "state-to-trinh-1", "on-file", "note-to-trinh-1", "số 12", "state-bao-cao-thanh-tich-2", "missing")
	v.sees(path+"/awards", "1/2 giấy tờ", "Còn thiếu: Báo cáo thành tích")
	v.done(file+"/grade", "part", "grade", "revision", "2", "level", "ministry", "form", "flag", "manner", "regular")
	v.sees(file, "Bộ, ngành, đoàn thể Trung ương · Cờ thi đua · Thường xuyên", "số 12")
	v.sees("/contests/statistics?year=2026", "0601.N/BNV-TĐKT", "15/12/2026", "Tỉnh, thành phố")
}
