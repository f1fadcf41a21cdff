package web

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// swollen is a workbook of some kilobytes that unpacks to more than any table needs.
func swollen(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range [][2]string{
		{"xl/workbook.xml", `<workbook><sheets><sheet name="A" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Target="s.xml"/></Relationships>`},
		{"xl/s.xml", "<worksheet><sheetData><row><c><v>" + strings.Repeat("9", 1<<29)},
	} {
		w, err := z.Create(p[0])
		if err == nil {
			_, err = w.Write([]byte(p[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestNoFileOfAnyKindBreaksAnything sends what is no table as a table of every kind: each is
// refused beside the field, in words, and nothing of it is left.
func TestNoFileOfAnyKindBreaksAnything(t *testing.T) {
	w := newTown(t)
	w.officer(t, w.book.Root(), access.Treasurer, "Lê Thị Thu", "thu")
	bomb := swollen(t)
	files := []struct{ name, content, says string }{
		{"trống.csv", "", "không có dòng nào"},
		{"trắng.csv", "\n , \n\n", "không có dòng nào"},
		{"cũ.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "xls"},
		{"hỏng.xlsx", "PK\x03\x04 rest", "hỏng"},
		{"bom.xlsx", bomb, "quá lớn"},
		{"ảnh.xlsx", "\x89PNG\r\n\x1a\n\x00\x00", "không phải là bảng tính"},
		{"trang.xlsx", "<html><table><tr><td>1</td></tr></table></html>", "trang web"},
		{"thơ.csv", "một hai ba\nbốn năm\n", "dòng tiêu đề"},
		{"dài.csv", strings.Repeat("a,b\n", 1<<20), "dòng"},
	}
	for what, login := range map[string]string{"people": "lan", "households": "lan", "bodies": "lan", "deeds": "lan", "ties": "lan", "entries": "thu"} {
		v := w.as(t, login)
		for _, f := range files {
			answer, got := v.bring(what, f.name, f.content)
			if answer.StatusCode != 422 || !strings.Contains(got, `id="file-wrong"`) || !strings.Contains(strings.ToLower(plainText(got)), f.says) {
				t.Errorf("%s as %s: %d, want %q said beside the file\n%.600s", f.name, what, answer.StatusCode, f.says, plainText(got))
			}
		}
	}
	if trouble, err := w.book.Check(t.Context()); err != nil || len(trouble) > 0 {
		t.Errorf("check: %v %v", trouble, err)
	}
}

// TestNoCellOfAnyKindBreaksAnything brings rows in that cannot be: each is named by its
// cell, with what stands there, and nothing of the table is written.
func TestNoCellOfAnyKindBreaksAnything(t *testing.T) {
	w := newTown(t)
	w.officer(t, w.book.Root(), access.Treasurer, "Lê Thị Thu", "thu")
	for _, c := range []struct{ login, what, table, cell, says string }{
		{"lan", "people", "Họ và tên,Ngày sinh\nTrần Văn Bình,31/02/1950\n", "B2", "không có ngày"},
		{"lan", "people", "Họ và tên,Ngày sinh,Ngày mất\nTrần Văn Bình,1950,01/01/2099\n", "C2", "sau hôm nay"},
		{"lan", "people", "Họ và tên,Ngày sinh\n<script>alert(1)</script>,1950\n", "A2", ""},
		{"lan", "people", "Họ và tên,Ngày sinh,Giới tính\nTrần Văn Bình,1950,gì đó\n", "C2", ""},
		{"lan", "people", "Họ và tên,Ngày sinh,Điện thoại\nTrần Văn Bình,1950,không có\n", "C2", "không phải số điện thoại"},
		{"lan", "bodies", "Mã,Tên,Loại,Thuộc,Ngày thành lập\nmoi,Chi hội Mới,Chi hội,,1/1/2099\n", "E2", "xem lại năm"},
		{"lan", "ties", "a,b,kind,date\nQ100|Boston,Q1492|Barcelona,sister-city,31/02/2020\n", "D2", "không có ngày"},
		{"lan", "ties", "a,b,kind,date\nQ100|Boston,Q1492|Barcelona,gì đó,2020\n", "C2", ""},
		{"lan", "ties", "a,b,date\n<script>alert(1)</script>,Q1492|Barcelona,2020\n", "A2", ""},
		{"lan", "households", "Mã hộ,Chủ hộ,Chi hội\n1,<script>alert(1)</script>,Noong Bua\n", "B2", ""},
		{"lan", "bodies", "Mã,Tên,Loại,Thuộc,Ngày thành lập\nmoi,Chi hội Mới,Chi hội,,31/02/2020\n", "E2", "không có ngày"},
		{"lan", "bodies", "Mã,Tên,Loại\nmoi,<script>alert(1)</script>,Chi hội\n", "B2", "ký hiệu"},
		{"lan", "deeds", "Loại việc,Ngày,Họ và tên,Số lượng\nThăm ốm,31/02/2025,A,1\n", "B2", "không có ngày"},
		{"lan", "deeds", "Loại việc,Ngày,Họ và tên,Số lượng\nsick-visit,2025,A,-3\n", "D2", "âm"},
		{"lan", "deeds", "Loại việc,Ngày,Họ và tên,Số lượng,Số tiền\nsick-visit,2025,A,1,99999999999999999999\n", "E2", "lớn"},
		{"lan", "deeds", "Loại việc,Ngày,Họ và tên,Số lượng,Số tiền,Loại tiền\nsick-visit,2025,A,1,5,XYZ\n", "F2", ""},
		{"lan", "deeds", "Loại việc,Ngày,Họ và tên,Số lượng\nsick-visit,2030,A,1\n", "B2", "sau hôm nay"},
		{"thu", "entries", "Mã,Ngày,Thu,Chi,Diễn giải\nB1,31/02/2026,1000,,x\n", "B2", "không có ngày"},
		{"thu", "entries", "Mã,Ngày,Thu,Chi,Diễn giải\nB1,15/01/2026,-5,,x\n", "C2", ""},
		{"thu", "entries", "Mã,Ngày,Thu,Chi,Diễn giải\nB1,15/01/2026,99999999999999999999,,x\n", "C2", "lớn"},
		{"thu", "entries", "Mã,Ngày,Thu,Chi,Diễn giải,Loại tiền\nB8,15/01/2026,5,,x,VND\nB8,15/01/2026,5,,x,USD\n", "", ""},
	} {
		v := w.as(t, c.login)
		at := v.brings(c.what, "bảng.csv", c.table)
		got := v.get(at)
		if !strings.Contains(got, c.cell) || !strings.Contains(strings.ToLower(plainText(got)), c.says) || strings.Contains(got, "<script>alert") {
			t.Errorf("%s, want %s and %q:\n%s\n%.900s", c.what, c.cell, c.says, c.table, plainText(got))
		}
		if answer, _ := v.ask("POST", at, form("do", "bring")); answer.StatusCode != 422 {
			t.Errorf("%s is brought in with %d: %s", c.what, answer.StatusCode, c.table)
		}
	}
	if len(w.deeds(t, store.DeedQuery{})) != 0 {
		t.Error("a deed was written")
	}
	people, _, err := w.book.As(storetest.Operator()).People(t.Context(), store.PeopleQuery{Typed: "Trần Văn Bình"})
	if err != nil || len(people) != 0 {
		t.Errorf("%d people were written, %v", len(people), err)
	}
	if trouble, err := w.book.Check(t.Context()); err != nil || len(trouble) > 0 {
		t.Errorf("check: %v %v", trouble, err)
	}
}
