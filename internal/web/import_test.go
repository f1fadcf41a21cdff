package web

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func TestImportableTablesAreGivenOutToWhoMayReadThem(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	for path, begins := range map[string]string{
		"/people.xlsx": "PK", "/people.xlsx?status=all": "PK", "/households.xlsx": "PK", "/bodies.xlsx": "PK", "/deeds.xlsx": "PK",
		"/people.csv": "", "/households.csv": "", "/bodies.csv": "", "/deeds.csv": "",
	} {
		answer, got := v.ask("GET", path, "")
		if answer.StatusCode != 200 || !strings.HasPrefix(got, begins) || !strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d %s", path, answer.StatusCode, answer.Header.Get("Content-Disposition"))
		}
	}
	if _, got := v.ask("GET", "/people.csv", ""); !strings.Contains(got, "Đặng Thị Hương") || !strings.Contains(got, "Nguyễn Văn An") || !strings.Contains(got, "Họ và tên") {
		t.Errorf("the roll:\n%s", got)
	}
	if _, got := v.ask("GET", "/people.csv?branch="+idText(r.two.ID), ""); strings.Contains(got, "Đặng Thị Hương") || !strings.Contains(got, "Nguyễn Văn An") {
		t.Errorf("the roll of the second branch:\n%s", got)
	}
	if _, got := r.as("head1").ask("GET", "/people.csv", ""); !strings.Contains(got, "Đặng Thị Hương") || strings.Contains(got, "Nguyễn Văn An") {
		t.Errorf("the roll that a head of the first branch sees:\n%s", got)
	}
	if answer, _ := r.as("member").ask("GET", "/people.xlsx", ""); answer.StatusCode != 403 {
		t.Errorf("a board member takes the roll: %d", answer.StatusCode)
	}
}

// bring sends a table and gives the answer with its page.
func (v visitor) bring(what, name, content string) (*http.Response, string) {
	v.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if err := m.WriteField("what", what); err != nil {
		v.t.Fatal(err)
	}
	part, err := m.CreateFormFile("file", name)
	if err == nil {
		_, err = io.WriteString(part, content)
	}
	if err != nil {
		v.t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		v.t.Fatal(err)
	}
	return v.ask("POST", "/import", b.String(), "Content-Type", m.FormDataContentType())
}

// brings sends a table that must be taken and gives the page that looks it through.
func (v visitor) brings(what, name, content string) string {
	v.t.Helper()
	answer, got := v.bring(what, name, content)
	if answer.StatusCode != 303 {
		v.t.Fatalf("%s: %d\n%s", name, answer.StatusCode, plainText(got))
	}
	return answer.Header.Get("Location")
}

const rollFile = `Số thẻ,Họ và tên,Năm sinh,Chi hội,Ghi vào
101,Trần Văn Bình,1950,Noong Bua,x
102,Lê Thị Cúc,1948,Him Lam,x
103,Phạm Văn Dần,1853x,Noong Bua,x
017,Đặng Thị Hương,20/11/1946,Noong Bua,x
`

func (r roll) called(name string) []store.PersonRow {
	r.t.Helper()
	rows, _, err := r.book.As(storetest.Operator()).People(context.Background(), store.PeopleQuery{Typed: name})
	if err != nil {
		r.t.Fatal(err)
	}
	return rows
}

// counted tells whether a page says how many rows something becomes of.
func counted(page, figure, words string) bool {
	return regexp.MustCompile(`<b>` + figure + `</b>\s*<span>` + words + `</span>`).MatchString(page)
}

func TestImportOfARollIsRehearsedBroughtInAndTakenBack(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	v.get("/import", "Hội viên", "Hộ gia đình", "Việc đã làm")
	at := v.brings("people", "danh sách.csv", rollFile)
	page := v.get(at, "1 dòng chưa đúng", "C4 · Năm sinh", "1853x", "Phạm Văn Dần", "1 cột chưa hiểu", "Đưa vào sổ", "UTF-8")
	if !counted(page, "2", "dòng mới") || !counted(page, "1", "dòng đã có, giữ nguyên") || strings.Contains(page, "Lê Thị Cúc</div>") {
		t.Errorf("the rehearsal:\n%s", plainText(page))
	}
	v.refused(422, at, form("do", "bring"), "Có 1 dòng chưa đúng")
	if len(r.called("Trần Văn Bình")) != 0 {
		t.Fatal("refused, and written all the same")
	}
	done := v.post(at, "do", "bring", "good", "yes")
	v.get(done, "danh sách.csv", "Xem danh sách hội viên", "Lấy lại cả lần nhập này")
	if len(r.called("Trần Văn Bình")) != 1 || len(r.called("Phạm Văn Dần")) != 0 {
		t.Error("the good rows did not come in, or the bad one did")
	}
	if answer, _ := v.ask("GET", at, ""); answer.StatusCode != 404 {
		t.Errorf("the file still waits: %d", answer.StatusCode)
	}
	if left, _ := filepath.Glob(filepath.Join(r.book.Place().Dir, "incoming", "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	again := v.brings("people", "danh sách.csv", rollFile)
	if page := v.get(again, "Chính tệp này đã nhập", "Không có gì để ghi"); !counted(page, "3", "dòng đã có, giữ nguyên") || !counted(page, "0", "dòng mới") {
		t.Errorf("the same file again:\n%s", plainText(page))
	}
	v.get(done+"/undo", "Lấy lại những gì", "xoá 4 mục")
	v.post(done + "/undo")
	v.get("/import", "Đã lấy lại lần nhập", "danh sách.csv")
	if len(r.called("Trần Văn Bình")) != 0 || len(r.called("Đặng Thị Hương")) != 1 {
		t.Error("what came in is still there, or more is gone")
	}
	if answer, _ := v.ask("POST", done+"/undo", ""); answer.StatusCode != 422 {
		t.Errorf("taken back twice: %d", answer.StatusCode)
	}
}

func TestImportTakenBackKeepsWhatWasEditedSince(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	done := v.post(v.brings("people", "a.csv", rollFile), "do", "bring", "good", "yes")
	storetest.Write(t, r.book, func(ctx context.Context, tx *store.Tx) error {
		p := r.called("Lê Thị Cúc")[0].Person
		p.Phone = "0912 000 111"
		_, err := person.Correct(ctx, tx, storetest.Operator(), p, p.Revision)
		return err
	})
	v.get(done+"/undo", "Lê Thị Cúc", "Đã sửa sau khi đưa vào nên giữ nguyên")
	v.post(done + "/undo")
	v.get("/import", "Giữ nguyên 1 mục", "Lê Thị Cúc")
}

func TestImportColumnsAreCorrectedAndBranchesCreated(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	at := v.brings("people", "b.csv", "Họ và tên,Năm sinh,Thuộc về\nTrần Văn Bình,1950,Bản Phủ\n")
	v.get(at, "1 cột chưa hiểu", "Bản Phủ")
	v.post(at, "do", "look", "column0", "name", "column1", "birth", "column2", "branch")
	v.get(at, "Chưa có chi hội", "Bản Phủ")
	v.get(at, "1 chi hội chưa có trong sổ", "Tạo 1 chi hội này và đọc lại")
	v.refused(422, at, form("do", "bring", "column2", "name"), "cùng một nội dung")
	v.post(at, "do", "create", "column2", "branch")
	v.get(at, "Sẽ tạo chi hội mới: Bản Phủ", "Không có dòng nào sai")
	v.post(at, "do", "bring", "column2", "branch", "create", "yes")
	v.get("/people", "Trần Văn Bình", "Bản Phủ")
}

func TestImportRefusesFilesThatAreNoTablesBesideTheFile(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	for name, test := range map[string]struct{ content, says string }{
		"trống.csv": {"", "không có dòng nào"}, "cũ.xls": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "xls"},
		"hỏng.xlsx": {"PK\x03\x04 rest", "hỏng"}, "ảnh.png": {"\x89PNG\r\n\x1a\n\x00\x00", "không phải là bảng tính"},
		"thơ.csv": {"một hai ba\nbốn năm\n", "dòng tiêu đề"}, "lớn.csv": {strings.Repeat("x", fileBytesMax), "quá 64 MB"},
	} {
		answer, got := v.bring("people", name, test.content)
		if answer.StatusCode != 422 || !strings.Contains(got, `id="file-wrong"`) || !strings.Contains(got, test.says) {
			t.Errorf("%s: %d\n%s", name, answer.StatusCode, plainText(got))
		}
	}
	if left, _ := os.ReadDir(filepath.Join(r.book.Place().Dir, "incoming")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestImportIsOnlyForWhoKeepsTheRoll(t *testing.T) {
	r := newRoll(t)
	m := r.as("member")
	if answer, _ := m.ask("GET", "/import", ""); answer.StatusCode != 403 {
		t.Errorf("a board member sees the page: %d", answer.StatusCode)
	}
	if answer, _ := m.bring("people", "a.csv", rollFile); answer.StatusCode != 403 {
		t.Errorf("a board member sends a file: %d", answer.StatusCode)
	}
	v := r.as("secretary")
	at := v.brings("people", "a.csv", rollFile)
	if answer, _ := r.as("head1").ask("GET", at, ""); answer.StatusCode != 404 {
		t.Errorf("somebody else's file: %d", answer.StatusCode)
	}
	done := v.post(at, "do", "bring", "good", "yes")
	for _, login := range []string{"member", "head1"} {
		if answer, _ := r.as(login).ask("POST", done+"/undo", ""); answer.StatusCode != 403 {
			t.Errorf("%s takes back what the secretary brought in: %d", login, answer.StatusCode)
		}
	}
	h := r.as("head1")
	page := h.get(h.brings("people", "a.csv", rollFile))
	if !counted(page, "[1-9]", "dòng chưa đúng") {
		t.Errorf("a head brings people into another branch:\n%s", plainText(page))
	}
}
