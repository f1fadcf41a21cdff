package web

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"strings"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/browsertest"
	"kith.app/internal/calendar"
	"kith.app/internal/place"
	"kith.app/internal/programme"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// plan is an adopted plan of the branch with one target.
func (r *rights) plan(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	p, err := programme.Draw(ctx, tx, by, programme.Plan{
		Body: r.branch.ID, Code: "ke-hoach-thu", Titles: programme.Words{"vi": "Kế hoạch thử"}, Period: calendar.Year(2026),
		Authorities: []programme.Authority{{Code: "own", Names: programme.Words{"vi": "Ban Chấp hành"}}},
	})
	if err != nil {
		return err
	}
	t, err := programme.Set(ctx, tx, by, programme.Target{Plan: p.ID, Code: "chi-tieu-thu", Def: programme.Definition{
		Names: programme.Words{"vi": "Chỉ tiêu thử"}, Direction: programme.More, Rule: programme.Sum, Values: []programme.Value{{Authority: "own", Plan: programme.Whole(3)}},
	}}, 0)
	if err != nil {
		return err
	}
	r.ids["/programme/"], r.ids["{target}"], r.ids["/programmes/standards/"] = p.Code, t.Code, "ntm-commune-2021"
	if _, err = programme.Adopt(ctx, tx, by, p.ID, tx.Today(), p.Revision); err != nil {
		return err
	}
	r.ids["/programmes/sets/"] = "bo-thu"
	_, err = programme.Lay(ctx, tx, by, programme.Standard{Code: "bo-thu", Body: r.branch.ID, Names: programme.Words{"vi": "Bộ thử"}, Period: calendar.Year(2026), Level: body.Commune}, 0)
	return err
}

// drawnUp is a plan with one target of 13, of which the province assigned 12, as
// pages make it.
func drawnUp(v visitor, root string) string {
	at := v.done("/programmes/new", form("title", "Kế hoạch năm 2026", "body", root, "kind", "plan", "code", "ke-hoach", "from", "1/1/2026", "to", "31/12/2026",
		"authority", "huyen; HĐND huyện; 12/NQ-HĐND; 20/12/2025\ntinh; UBND tỉnh", "due", "5/12/2026"))
	v.done(at+"/new", form("name", "Thôn kiểu mẫu", "unit", "thôn", "direction", "more", "rule", "sum", "per", "0", "value-huyen", "13", "value-tinh", "12", "who", "Văn phòng"))
	return at
}

func TestAPlanIsDrawnUpAdoptedAndReportedInPages(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	root := idText(w.book.Root())
	v.sees("/programmes", "Chưa có chương trình hay kế hoạch nào", "Lập kế hoạch")
	v.refused(422, "/programmes/new", form("title", "", "body", root, "kind", "plan", "from", "", "to", "", "authority", ""), "Cần tên của kế hoạch", "Cần ít nhất một cấp giao")
	at := drawnUp(v, root)
	v.refused(422, at+"/new", form("name", "Không", "direction", "more", "rule", "sum", "per", "0", "value-huyen", "0"), "Mức giao 0 thì không tính được tỷ lệ", `value="Không"`)
	v.refused(422, at+"/new", form("name", "Ngược", "direction", "less", "rule", "sum", "per", "0", "value-huyen", "5", "baseline", "2", "from", "yes"), "Ngược chiều: mức gốc 2, mức giao 5")
	v.done(at+"/adopt", form("revision", "1", "adopted", "5/1/2026"))
	v.sees(at, "Đã thông qua", "13 thôn", "UBND tỉnh: 12 thôn", "0/1", "1/1", "Văn phòng", "12/NQ-HĐND")

	target := at + "/thon-kieu-mau"
	v.refused(422, target+"/figure", form("on", "30/6/2025", "value", "5", "source", "Báo cáo"), "Số liệu phải tính đến một ngày trong kỳ")
	v.refused(422, target+"/figure", form("on", "30/6/2026", "value", "5", "source", ""), "Cần ghi nguồn của số liệu", `value="5"`)
	v.done(target+"/figure", form("on", "30/6/2026", "value", "12", "source", "Báo cáo 6 tháng", "last", "8"))
	v.sees(target, "12 thôn", "92,3%", "Báo cáo 6 tháng", "+50%")
	v.sees(at, "Trên một nửa", "92,3% kế hoạch")
	if got := v.sees(at + "?on=31/3/2026"); !strings.Contains(strings.Join(strings.Fields(plainText(got)), " "), "1/1 Chưa có số liệu") {
		t.Errorf("in March nothing was known: %s", plainText(got))
	}
	v.refused(422, target, form("revision", "1", "name", "Thôn kiểu mẫu", "unit", "thôn", "direction", "more", "rule", "sum", "per", "0", "value-huyen", "20", "since", "1/7/2026"), "Cần ghi lý do đổi chỉ tiêu")
	v.done(target, form("revision", "1", "name", "Thôn kiểu mẫu", "unit", "thôn", "direction", "more", "rule", "sum", "per", "0", "value-huyen", "20", "since", "1/7/2026", "reason", "HĐND điều chỉnh"))
	v.sees(target, "Bản 2, từ 01/07/2026", "HĐND điều chỉnh", "HĐND huyện 13 thôn", "60%")
	if answer, _ := v.ask("GET", at+"?on=1/1/2099", ""); answer.StatusCode != 422 {
		t.Errorf("a day to come: %d", answer.StatusCode)
	}
	v.sees("/programmes/roll?year=2026", "Chưa có kế hoạch nào của các đơn vị này trong năm")
	for _, as := range []string{"pdf", "docx", "html", "xlsx"} {
		if answer, _ := v.ask("GET", at+"/paper?lang=fr&as="+as, ""); answer.StatusCode != 200 {
			t.Errorf("the paper as %s: %d", as, answer.StatusCode)
		}
	}
}

func TestManyFiguresAreWrittenAllOrNone(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	at := drawnUp(v, idText(w.book.Root()))
	v.done(at+"/new", form("name", "Nước sạch", "unit", "%", "direction", "more", "rule", "weighted", "per", "100", "value-huyen", "95"))
	v.done(at+"/adopt", form("revision", "1", "adopted", "5/1/2026"))
	file, err := w.book.As(storetest.Operator()).PlanFile(t.Context(), "ke-hoach")
	if err != nil {
		t.Fatal(err)
	}
	one, two := "-"+idText(file.Targets[0].ID), "-"+idText(file.Targets[1].ID)
	v.refused(422, at+"/figures", form("on", "30/6/2026", "source", "Báo cáo", "value"+one, "7", "num"+two, "90", "den"+two, "0"), "Mẫu số phải lớn hơn 0", `value="7"`)
	if file, err = w.book.As(storetest.Operator()).PlanFile(t.Context(), "ke-hoach"); err != nil || len(file.Targets[0].Actuals) != 0 {
		t.Errorf("half of a table was written: %+v %v", file.Targets[0].Actuals, err)
	}
	v.done(at+"/figures", form("on", "30/6/2026", "source", "Báo cáo", "value"+one, "0", "num"+two, "950", "den"+two, "1.000"))
	v.sees(at+"?on=30/6/2026", "95%", "1/2", "0 thôn")
}

func TestATableOfTargetsGoesOutAndComesInWithTheSameColumns(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	at := drawnUp(v, idText(w.book.Root()))
	v.done(at+"/new", form("name", "Nước sạch", "unit", "%", "direction", "more", "rule", "weighted", "per", "100", "value-huyen", "95"))
	v.done(at+"/adopt", form("revision", "1", "adopted", "5/1/2026"))
	answer, got := v.ask("GET", at+"/sheet", "")
	if answer.StatusCode != 200 {
		t.Fatalf("the sheet: %d", answer.StatusCode)
	}
	read, err := sheet.Open("ke-hoach.xlsx", strings.NewReader(got), int64(len(got)))
	if err != nil || len(read.Rows) != 3 {
		t.Fatalf("%+v %v", read, err)
	}
	same := v.upload(at+"/import", "file", "ke-hoach.xlsx", got)
	if same.StatusCode != 200 {
		t.Errorf("the same file again: %d", same.StatusCode)
	}
	looked := func(csv string) (int, string) {
		t.Helper()
		answer, page := v.lookedAt(at+"/import", "bang.csv", csv)
		return answer, plainText(page)
	}
	head := "Mã chỉ tiêu,Tên,Mức giao: HĐND huyện,Số liệu tính đến ngày,Kết quả,Tử số,Mẫu số,Nguồn\n"
	status, page := looked(head + "thon-kieu-mau,,,30/06/2026,7,,,Báo cáo\nnuoc-sach,,96,30/06/2026,,950,1000,Báo cáo\nla,,,30/06/2026,1,,,Báo cáo\nthon-kieu-mau,,,31/12/2025,7,,,Báo cáo\nnuoc-sach,,,30/06/2026,abc,,,Báo cáo\n")
	for _, piece := range []string{"4 dòng chưa đúng", "Chỉ tiêu khác với bản đã thông qua (Mức giao: HĐND huyện)", "không có chỉ tiêu mã “la”", "Số liệu phải tính đến một ngày trong kỳ", "“abc” không đọc được thành số", "Số liệu mới"} {
		if !strings.Contains(page, piece) {
			t.Errorf("%d lacks %q: %s", status, piece, page)
		}
	}
	file, err := w.book.As(storetest.Operator()).PlanFile(t.Context(), "ke-hoach")
	if err != nil || len(file.Targets[0].Actuals) != 0 {
		t.Fatalf("looking wrote something: %v %v", file, err)
	}
	_, raw := v.lookedAt(at+"/import", "bang.csv", head+"thon-kieu-mau,,,30/06/2026,7,,,Báo cáo\nnuoc-sach,,,30/06/2026,,950,1000,Báo cáo\n")
	_, rest, _ := strings.Cut(raw, `name="rows" value="`)
	rows, _, _ := strings.Cut(rest, `"`)
	v.done(at+"/import/do", form("rows", strings.NewReplacer("&#34;", `"`, "&amp;", "&").Replace(rows)))
	v.sees(at+"?on=30/6/2026", "7 thôn", "95%")
}

// lookedAt sends a file and gives what the page says of it.
func (v visitor) lookedAt(path, name, content string) (int, string) {
	v.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
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
	answer, got := v.ask("POST", path, b.String(), "Content-Type", m.FormDataContentType())
	return answer.StatusCode, got
}

// district holds Quế Sơn with its communes.
func (w town) district(t *testing.T) body.ID {
	t.Helper()
	m, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	id, _ := m.ByHandle("huyen-que-son-quang-nam")
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		for _, unit := range m.Children(id, calendar.DayOf(2024, 6, 30)) {
			if _, err := body.Hold(ctx, tx, m, unit); err != nil {
				return err
			}
		}
		return nil
	})
	return body.ID(id)
}

func TestCommunesAreStatedToMeetAStandard(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	of := w.district(t)
	board := "/programmes/standards/ntm-commune-2021"
	asked := board + "?body=" + idText(of) + "&on=2024-06-30"
	v.sees("/programmes/standards", "Chưa có ghi nhận nào về đơn vị đạt chuẩn")
	got := v.sees(asked, "0/11 xã đạt chuẩn", "11/11", "Xã Quế An", "Xã đạt chuẩn nông thôn mới 2021-2025")
	if strings.Contains(got, "Thị trấn") {
		t.Error("a town is no commune")
	}
	m, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	an, _ := m.ByHandle("xa-que-an-que-son-quang-nam")
	hiep, _ := m.ByHandle("xa-que-hiep-que-son-quang-nam")
	keeper := idText(w.book.Root())
	v.refused(422, board, form("body", idText(of), "on", "2024-06-30", "keeper", keeper, "unit", idText(an), "outcome", "meets", "day", "30/6/2026", "source", "Báo cáo"), "Bộ tiêu chí này dùng từ")
	v.refused(422, board, form("body", idText(of), "on", "2024-06-30", "keeper", keeper, "unit", idText(an), "outcome", "meets", "day", "30/6/2024"), "Cần quyết định công nhận hoặc nguồn")
	v.done(board, form("body", idText(of), "on", "2024-06-30", "keeper", keeper, "unit", idText(an), "outcome", "meets", "day", "30/6/2024", "number", "100/QĐ-UBND"))
	v.done(board, form("body", idText(of), "on", "2024-06-30", "keeper", keeper, "unit", idText(hiep), "outcome", "falls_short", "day", "30/6/2024", "source", "Báo cáo", "missing", "10", "missing", "17"))
	v.sees(asked, "1/11 xã đạt chuẩn", "100/QĐ-UBND", "10. Thu nhập", "17. Môi trường và an toàn thực phẩm", "dãy số này dừng ở 31/12/2025")
	v.sees("/programmes/standards", "Huyện Quế Sơn", "1/11")
	if answer, _ := v.ask("GET", board+"/paper?as=docx&body="+idText(of)+"&on=2024-06-30", ""); answer.StatusCode != 200 {
		t.Errorf("the paper: %d", answer.StatusCode)
	}
}

// The officer's way: from the menu to a plan, its figures, its target, the standards.
func TestPlansInABrowser(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	at := drawnUp(v, idText(w.book.Root()))
	of := w.district(t)
	browsertest.Run(t, w.base, func(b *browsertest.Browser) {
		b.Open("/sign-in?back=%2Fprogrammes")
		b.Fill("Tên đăng nhập", "lan")
		b.Fill("Mật khẩu", password)
		b.Click("Đăng nhập")
		b.See("Chương trình và kế hoạch")
		b.Fine()
		b.Click("Kế hoạch năm 2026")
		b.See("Dự thảo")
		b.Fine()
		b.Click("Thông qua kế hoạch")
		b.See("Đã thông qua")
		b.Click("Ghi số liệu")
		b.Fill("Nguồn", "Báo cáo 6 tháng")
		b.Fill("1. Thôn kiểu mẫu", "12")
		b.Fine()
		b.Click("Ghi số liệu")
		b.See("Trên một nửa")
		b.See("92,3% kế hoạch")
		b.Fine()
		b.Click("1. Thôn kiểu mẫu")
		b.See("Báo cáo 6 tháng")
		b.Fine()
		b.Open("/programmes/standards/ntm-commune-2021?body=" + idText(of) + "&on=2024-06-30")
		b.See("0/11 xã đạt chuẩn")
		b.Fine()
		b.Phone()
		for _, path := range []string{"/programmes", at, at + "/thon-kieu-mau", at + "/figures", at + "/import", "/programmes/roll", "/programmes/standards", "/programmes/new"} {
			b.Open(path)
			b.Fine()
		}
	})
}
