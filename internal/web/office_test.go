package web

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// newOffice is a town with kinds of deed and a treasurer.
func newOffice(t *testing.T) town {
	t.Helper()
	w := newTown(t)
	w.officer(t, w.book.Root(), access.Treasurer, "Đoàn Thị Lựu", "luu")
	return w
}

// upload sends a form with a file.
func (v visitor) upload(path, field, name, content string, pairs ...string) *http.Response {
	v.t.Helper()
	answer, err := v.Do(v.uploading(path, field, name, content, pairs...))
	if err != nil {
		v.t.Fatal(err)
	}
	answer.Body.Close()
	return answer
}

// uploading is the request of a form with a file.
func (v visitor) uploading(path, field, name, content string, pairs ...string) *http.Request {
	v.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := m.WriteField(pairs[i], pairs[i+1]); err != nil {
			v.t.Fatal(err)
		}
	}
	part, err := m.CreateFormFile(field, name)
	if err != nil {
		v.t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		v.t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		v.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(v.t.Context(), http.MethodPost, v.base+path, &b)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", m.FormDataContentType())
	return r
}

// sees fails unless an address shows every piece.
func (v visitor) sees(path string, pieces ...string) string {
	v.t.Helper()
	answer, body := v.ask("GET", path, "")
	if answer.StatusCode != 200 {
		v.t.Fatalf("%s: status %d: %s", path, answer.StatusCode, body)
	}
	for _, p := range pieces {
		if !strings.Contains(body, p) {
			v.t.Errorf("%s lacks %q", path, p)
		}
	}
	if strings.Contains(body, "«") && strings.Contains(body, "»") && strings.Contains(body, "«desk") {
		v.t.Errorf("%s lacks words", path)
	}
	return body
}

// done fails unless a form is taken, and gives where it leads.
func (v visitor) done(path, answers string) string {
	v.t.Helper()
	answer, body := v.ask("POST", path, answers)
	if answer.StatusCode != 303 {
		v.t.Fatalf("%s: status %d: %s", path, answer.StatusCode, body)
	}
	return answer.Header.Get("Location")
}

func TestAPaperComesIsAnsweredAndIsFound(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	v.sees("/office", "Sổ văn bản", "Các cuộc họp", "Việc phải làm", "Bàn giao")
	v.sees("/office/papers/new?way=in", "Nơi gửi", "Hạn trả lời", "sổ lấy số 1")
	answer, body := v.ask("POST", "/office/papers/new", form("way", "in", "from", "", "subject", "Góp ý điều lệ", "day", "1/11/2026"))
	if answer.StatusCode != 422 || !strings.Contains(body, "Góp ý điều lệ") || !strings.Contains(body, "Xin ghi nơi gửi đến") {
		t.Fatalf("status %d: the form must come back with what was given", answer.StatusCode)
	}
	in := v.upload("/office/papers/new", "file", "cong-van.pdf", "%PDF-1.7 quét", "way", "in", "from", "UBND phường Mường Thanh", "theirs", "88/UBND-VX", "dated", "30/10/2026",
		"subject", "Đề nghị báo cáo số cụ trên 80 tuổi", "day", "2/11/2026", "deadline", "15/11/2026", "handler", "Đặng Thị Lan")
	if in.StatusCode != 303 {
		t.Fatalf("status %d", in.StatusCode)
	}
	came := in.Header.Get("Location")
	body = v.sees(came, "Văn bản đến số 1", "88/UBND-VX", "chậm 7 ngày", "cong-van.pdf", "Đặng Thị Lan", "Lấy số trả lời")
	_, file, _ := strings.Cut(body, came+"/files/")
	digest, _, _ := strings.Cut(file, `"`)
	if got, content := v.ask("GET", came+"/files/"+digest, ""); got.StatusCode != 200 || content != "%PDF-1.7 quét" || !strings.Contains(got.Header.Get("Content-Disposition"), "cong-van.pdf") {
		t.Errorf("the file: %d %q", got.StatusCode, content)
	}
	v.sees("/office", "Đề nghị báo cáo số cụ trên 80 tuổi")
	id := strings.TrimPrefix(came, "/office/papers/")
	v.sees("/office/papers/new?way=out&answers="+id, "Trả lời: Đề nghị báo cáo", "UBND phường Mường Thanh", "Nguyễn Hữu Tiến")
	out := v.done("/office/papers/new", form("way", "out", "answers", id, "number", "12/BC-…", "subject", "Số cụ trên 80 tuổi", "to", "UBND phường Mường Thanh", "day", "22/11/2026"))
	v.sees(out, "Văn bản đi số 12/BC-HĐH", "Trả lời văn bản đến")
	v.sees(came, "đã trả lời", "12/BC-HĐH")
	if body := v.sees("/office/papers?waits=yes"); strings.Contains(body, "Đề nghị báo cáo") {
		t.Error("an answered paper waits")
	}
	v.sees("/office/papers?way=in&q=80+tuoi", "Đề nghị báo cáo")
	v.sees("/office/papers?way=out", "12/BC-HĐH")
	if got, _ := v.ask("GET", "/office/papers.xlsx?way=in", ""); got.StatusCode != 200 || !strings.Contains(got.Header.Get("Content-Type"), "spreadsheetml") {
		t.Errorf("workbook: %d", got.StatusCode)
	}
	answer, body = v.ask("POST", out+"/void", form("reason", ""))
	if answer.StatusCode != 422 || !strings.Contains(body, "Xin ghi vì sao hủy") {
		t.Errorf("void without a reason: %d", answer.StatusCode)
	}
	v.done(out+"/void", form("reason", "ghi nhầm số liệu"))
	v.sees(out, "Văn bản này đã hủy: ghi nhầm số liệu")
	v.sees(came, "chậm 7 ngày")
}

func TestTheOfficeIsOpenToItsKeepersOnly(t *testing.T) {
	w := newOffice(t)
	lan := w.as(t, "lan")
	paper := lan.done("/office/papers/new", form("way", "out", "kind", "report", "subject", "Báo cáo quý"))
	tests := map[string]struct{ read, write int }{"luu": {200, 403}, "mo": {403, 403}}
	for login, want := range tests {
		v := w.as(t, login)
		for _, path := range []string{"/office", "/office/papers", "/office/meetings", paper, "/office/handover"} {
			if answer, _ := v.ask("GET", path, ""); answer.StatusCode != want.read {
				t.Errorf("%s reads %s: %d, want %d", login, path, answer.StatusCode, want.read)
			}
		}
		for path, body := range map[string]string{
			"/office/papers/new": form("way", "in", "from", "x", "subject", "y"), paper + "/void": form("reason", "z"), "/office/tasks": form("text", "việc"),
			"/office/meetings/new": form("kind", "meeting-board", "day", "1/11/2026"),
		} {
			if answer, _ := v.ask("POST", path, body); answer.StatusCode != want.write {
				t.Errorf("%s writes %s: %d, want %d", login, path, answer.StatusCode, want.write)
			}
		}
	}
	if answer, _ := visit(t, w.base).ask("GET", "/office/papers", ""); answer.StatusCode != 303 {
		t.Errorf("a stranger: %d, want to be led to the door", answer.StatusCode)
	}
}

// TestAMeetingIsNotHeldBeforeItsDay: a button pressed too early neither moves the meeting
// to today nor counts it, and a task refused on its page keeps what was written.
func TestAMeetingIsNotHeldBeforeItsDay(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	at := v.done("/office/meetings/new", form("kind", "meeting-board", "day", "9/2/2027", "title", "Gặp mặt đầu xuân 2027"))
	if body := v.sees(at, "Gặp mặt đầu xuân 2027", "09/02/2027"); strings.Contains(body, at+"/held") {
		t.Error("a meeting to come is offered as held")
	}
	v.done(at+"/held", "")
	v.sees(at, "Cuộc họp hẹn ngày 09/02/2027, chưa đến", "Gặp mặt đầu xuân 2027")
	v.sees("/office/meetings", "09/02/2027", "dự định")
	answer, body := v.ask("POST", at+"/tasks", form("text", "Thuê hội trường", "who", "Chi hội Him Lam", "due", "31/02/2027"))
	for _, kept := range []string{"Thuê hội trường", "Chi hội Him Lam", `value="31/02/2027"`, `id="due-wrong"`} {
		if answer.StatusCode != 422 || !strings.Contains(body, kept) {
			t.Errorf("a refused task: %d without %s", answer.StatusCode, kept)
		}
	}
	v.done(at+"/tasks", form("text", "Thuê hội trường", "due", "31/1/2027"))
	_, rest, _ := strings.Cut(v.get("/office/tasks"), `href="/office/tasks/`)
	task, _, _ := strings.Cut(rest, `"`)
	answer, body = v.ask("POST", "/office/tasks/"+task, form("text", "Thuê hội trường lớn", "due", "32/1/2027", "revision", "1"))
	for _, kept := range []string{"Thuê hội trường lớn", `value="32/1/2027"`, `id="due-wrong"`} {
		if answer.StatusCode != 422 || !strings.Contains(body, kept) {
			t.Errorf("a refused change of a task: %d without %s", answer.StatusCode, kept)
		}
	}
}

func TestAMeetingIsHeldMinutedAndItsTasksRun(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	v.sees("/office/meetings/new", "Họp ban chấp hành", "Họp gì")
	at := v.done("/office/meetings/new", form("kind", "meeting-board", "day", "20/11/2026", "title", "Họp Ban Chấp hành quý IV", "place", "Nhà văn hóa Noong Bua", "board", "yes", "agenda", "Kiểm điểm năm\nMừng thọ"))
	body := v.sees(at, "Họp Ban Chấp hành quý IV", "Đặng Thị Lan", "Nguyễn Hữu Tiến", "Lưu điểm danh", "Đã họp xong")
	_, rest, _ := strings.Cut(body, `name="revision" value="`)
	revision, _, _ := strings.Cut(rest, `"`)
	v.done(at+"/invite", form("names", "Ông Hà, UBND phường\nVũ Đình Khoát", "guest", "yes"))
	answer, _ := v.ask("POST", at+"/attendance", form("revision", revision, "presence-1", "present"))
	if answer.StatusCode != 409 {
		t.Errorf("a list changed meanwhile was overwritten: %d", answer.StatusCode)
	}
	v.done(at+"/attendance", form("revision", "2", "presence-1", "present", "presence-2", "excused", "proxy-2", "Bùi Quang Hải", "all", "present"))
	v.sees(at, "người dự, đủ", "có phép", "khách mời", "Ông Hà")
	v.done(at, form("revision", "3", "chair", "Nguyễn Hữu Tiến", "secretary", "Đặng Thị Lan", "agenda", "Kiểm điểm năm", "minutes", "Nhất trí mừng thọ trước Tết.", "began", "8 giờ 00"))
	v.done(at+"/tasks", form("text", "Lập danh sách mừng thọ", "who", "Vũ Đình Khoát", "due", "15/12/2026"))
	v.done(at+"/held", "")
	v.sees(at, "Lập danh sách mừng thọ", "Vũ Đình Khoát", "còn 23 ngày", "Lấy số cho biên bản")
	v.sees("/office/meetings", "20/11/2026", "còn 1 việc")
	for _, what := range []string{"minutes", "list"} {
		page, text := v.ask("GET", at+"/paper?as=html&what="+what, "")
		if page.StatusCode != 200 || !strings.Contains(text, "Nguyễn Hữu Tiến") {
			t.Errorf("%s: %d", what, page.StatusCode)
		}
		for _, as := range []string{"docx", "pdf"} {
			if page, _ := v.ask("GET", at+"/paper?as="+as+"&what="+what, ""); page.StatusCode != 200 {
				t.Errorf("%s as %s: %d", what, as, page.StatusCode)
			}
		}
	}
	invitations := v.get(strings.Replace(at, "/office/meetings/", "/deeds/", 1) + "/print/invitation?as=docx")
	if text := wordText(t, invitations); !strings.Contains(text, "Nguyễn Hữu Tiến") || !strings.Contains(text, "Ông Hà") || !strings.Contains(text, "8 giờ 00") {
		t.Error("the invitations lack a guest or the hour")
	}
	print := strings.Replace(at, "/office/meetings/", "/deeds/", 1) + "/print/"
	if text := wordText(t, v.get(print+"attendance?as=docx")); !strings.Contains(text, "Nguyễn Hữu Tiến") || !strings.Contains(text, "Ông Hà") {
		t.Error("the list to sign lacks who was invited")
	}
	if text := wordText(t, v.get(print+"invited?as=docx")); strings.Count(text, "Nguyễn Hữu Tiến") > 1 || !strings.Contains(text, "Ông Hà") || !strings.Contains(text, "UBND phường") {
		t.Error("the list of guests is not that of the guests")
	}
	if first, again := v.done(at+"/register", ""), v.done(at+"/register", ""); first != again {
		t.Errorf("the minutes were numbered twice: %s and %s", first, again)
	}
	body = v.sees("/office/tasks", "Lập danh sách mừng thọ")
	_, rest, _ = strings.Cut(body, `href="/office/tasks/`)
	id, _, _ := strings.Cut(rest, `"`)
	v.sees("/office/tasks/"+id, "Họp Ban Chấp hành quý IV", "Ghi đã xong")
	v.done("/office/tasks/"+id+"/done", form("day", "22/11/2026", "note", "đủ 31 cụ"))
	v.sees("/office/tasks/"+id, "đã xong", "đủ 31 cụ", "Mở lại việc này")
	d := w.deeds(t, store.DeedQuery{})
	if len(d) != 1 || d[0].Status != deed.Done || len(d[0].Lines) != 2 {
		t.Errorf("the deed: %+v", d)
	}
}

func TestAnOfficePassesOnWithMinutesToPrint(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	body := v.sees("/office/handover", "Tình hình của hội", "Thư ký: Đặng Thị Lan", "Mắt xích số")
	_, rest, _ := strings.Cut(body[strings.Index(body, `id="holding"`):], `<option value="`)
	holding := ""
	for _, option := range strings.Split(rest, `<option value="`) {
		if id, text, _ := strings.Cut(option, `"`); strings.Contains(text, "Đặng Thị Lan") {
			holding = id
		}
	}
	answer, body := v.ask("POST", "/office/handover", form("holding", holding, "taker", "Vũ Đình Khoát", "day", "22/11/2026", "since", "22/11/2026"))
	if answer.StatusCode != 422 || !strings.Contains(body, "phải từ sau ngày người cũ thôi giữ") {
		t.Fatalf("status %d", answer.StatusCode)
	}
	at := v.done("/office/handover", form("holding", holding, "taker", "Vũ Đình Khoát", "witness", "Nguyễn Hữu Tiến", "day", "22/11/2026", "since", "23/11/2026", "things", "Con dấu\nChìa khóa tủ"))
	v.sees(at, "Bàn giao chức vụ", "Vũ Đình Khoát", "Nguyễn Hữu Tiến", "Con dấu")
	_, text := v.ask("GET", at+"/paper?as=html", "")
	for _, want := range []string{"BIÊN BẢN BÀN GIAO", "Đặng Thị Lan", "NGƯỜI NHẬN", "Phụ lục I", "Con dấu", "mắt xích số"} {
		if !strings.Contains(text, want) {
			t.Errorf("the minutes lack %q", want)
		}
	}
	for _, as := range []string{"docx", "pdf", "xlsx", "json"} {
		for _, path := range []string{at + "/paper", "/office/handover/state"} {
			if page, body := v.ask("GET", path+"?as="+as, ""); page.StatusCode != 200 {
				t.Errorf("%s as %s: %d %s", path, as, page.StatusCode, body[:min(300, len(body))])
			}
		}
	}
	board, err := w.book.As(storetest.Operator()).Board(context.Background(), w.book.Root(), storetest.Today()+1)
	if err != nil {
		t.Fatal(err)
	}
	for _, seats := range board.Seats {
		if seats.Office.Kind == string(access.Secretary) && (len(seats.Holders) != 1 || seats.Holders[0].Name != "Vũ Đình Khoát") {
			t.Errorf("the secretary is %+v", seats.Holders)
		}
	}
}

func TestAPaperTheBookMadeIsRegisteredWithOneClick(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	made := form("made", "deed/17/invitation", "kind", "invitation", "subject", "Mời gặp mặt đầu xuân")
	first, again := v.done("/office/papers/made", made), v.done("/office/papers/made", made)
	if first != again {
		t.Errorf("numbered twice: %s and %s", first, again)
	}
	v.sees(first, "01/GM-HĐH", "Mời gặp mặt đầu xuân", "Nguyễn Hữu Tiến")
	if answer, _ := v.ask("POST", "/office/papers/made", form("made", "../x", "kind", "invitation", "subject", "y")); answer.StatusCode != 422 {
		t.Errorf("a paper of nothing: %d", answer.StatusCode)
	}
	if answer, _ := w.as(t, "luu").ask("POST", "/office/papers/made", made); answer.StatusCode != 403 {
		t.Errorf("a treasurer numbers papers: %d", answer.StatusCode)
	}
}

// wordText gives the inside of a Word file.
func wordText(t *testing.T, file string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
