package page

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"kith.app/internal/fault"
	"kith.app/internal/locale"
)

// drawn gives a component as the browser gets it.
func drawn(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// has fails unless every piece is in the page.
func has(t *testing.T, page string, pieces ...string) {
	t.Helper()
	for _, p := range pieces {
		if !strings.Contains(page, p) {
			t.Errorf("page lacks %q:\n%s", p, page)
		}
	}
}

func TestProblemsStandBesideTheirFieldsInTheReadersWords(t *testing.T) {
	r := reader(t, locale.Vi)
	err := fault.Gather(fault.Field("amount", "fault.large", 5), fault.Refuse("fault.busy"))
	got := ProblemsOf(err, r)
	if len(got) != 2 || got.At("amount") == "" || got.At("who") != "" {
		t.Fatalf("problems = %+v", got)
	}
	page := drawn(t, MoneyInput(r, got.Mark(Field{Name: "amount", Label: "Bao nhiêu?", Hint: "bằng đồng"})))
	has(t, page, `aria-invalid="true"`, `aria-describedby="amount-hint amount-wrong"`, `id="amount-wrong"`, got.At("amount"))
	has(t, drawn(t, FormProblems(r, got)), `href="#amount"`, `role="alert"`, "Còn 2 chỗ cần sửa")
}

func TestOtherErrorsAreNeverShown(t *testing.T) {
	if got := ProblemsOf(errors.New("disk on fire"), reader(t, locale.Vi)); got != nil {
		t.Errorf("problems = %+v, want none", got)
	}
}

func TestNamesAreTextNeverMarkup(t *testing.T) {
	r := reader(t, locale.Vi)
	nasty := `<script>alert("x")</script>`
	pages := []templ.Component{
		TextInput(r, Field{Name: "who", Label: nasty, Value: nasty, Hint: nasty, Wrong: nasty, Echo: nasty}),
		Facts([]Fact{{Name: nasty, Text: nasty, Href: "javascript:alert(1)"}}),
		DataTable(r, Table{Caption: nasty, Columns: []Column{{Head: nasty, Chief: true}}, Rows: []Row{{Href: "/x", Cells: []Cell{{Text: nasty, Note: nasty}}}}}),
		Bars(r, Series{Title: nasty, Bars: []Bar{{Name: nasty, Said: nasty, Value: 1}}}),
	}
	for _, p := range pages {
		if strings.Contains(drawn(t, p), "<script") {
			t.Errorf("markup got through: %s", drawn(t, p))
		}
	}
}

func TestTableSaysWhatEachCellIsAndWhereItsRowLeads(t *testing.T) {
	r := reader(t, locale.Vi)
	page := drawn(t, DataTable(r, Table{
		ID:      "roll",
		Caption: "Hội viên",
		Columns: []Column{{Head: "Họ tên", Chief: true, Sort: "?sort=name", Sorted: Rising}, {Head: "Đóng góp", Figure: true}},
		Rows:    []Row{{Href: "/people/7", Cells: []Cell{{Text: "Phạm Văn Thược"}, {Text: "500.000 đ", Tone: Done}}}},
		Total:   []Cell{{Text: "Cộng"}, {Text: "500.000 đ"}},
		Next:    "?after=7",
	}))
	has(t, page, `aria-sort="ascending"`, `scope="row"`, `data-href="/people/7"`, `<a class="go" href="/people/7">Phạm Văn Thược</a>`,
		`data-head="Đóng góp"`, `<tfoot`, `rel="next"`, "Trang sau")
}

func TestEmptyTableSaysWhatToDo(t *testing.T) {
	page := drawn(t, DataTable(reader(t, locale.Vi), Table{
		Columns: []Column{{Head: "Họ tên"}},
		Empty:   Empty{Head: "Chưa có hội viên nào", Text: "Nhập từ tệp Excel đang có.", Do: Link{Text: "Nhập danh sách", Href: "/import"}},
	}))
	has(t, page, "Chưa có hội viên nào", `href="/import"`)
	if strings.Contains(page, "<table") {
		t.Error("an empty table is drawn")
	}
}

func TestMenuMarksWhereTheReaderIsAndKeepsFourWordsForAPhone(t *testing.T) {
	s := Shell{Reader: reader(t, locale.Vi), Title: "Quỹ", MoreHref: "/more", Menu: []MenuItem{
		{Text: "Hôm nay", Href: "/", Place: OnPhone},
		{Text: "Quỹ", Href: "/fund", Place: OnPhone, Current: true},
		{Text: "Kết nghĩa", Href: "/ties", Place: OnRail},
		{Text: "Báo chí", Href: "/press"},
	}}
	page := drawn(t, Layout(s))
	has(t, page, `<html lang="vi">`, `href="/fund" aria-current="page"`, "Mục khác", `href="#main"`)
	_, bar, _ := strings.Cut(page, `class="bar"`)
	if strings.Contains(bar, "/ties") || !strings.Contains(bar, `href="/more"`) {
		t.Errorf("bottom bar: %s", bar)
	}
}

func TestNoInlineStyleOrScript(t *testing.T) {
	s := Shell{Reader: reader(t, locale.Fr), Title: "x", Tongues: []Tongue{{Code: "vi", Name: "Tiếng Việt"}}}
	for _, page := range []string{drawn(t, Layout(s)), drawn(t, Bare(s)), drawn(t, More(s))} {
		for _, bad := range []string{" style=", "<style", " onclick", "hx-on", "<script>"} {
			if strings.Contains(page, bad) {
				t.Errorf("page has %q", bad)
			}
		}
	}
}
