package web

import (
	"context"
	"strings"
	"testing"

	"kith.app/internal/browsertest"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tie"
)

// A gift that was promised is owed until the deeds that count for it have handed
// everything over; one that was prepared until its day is written down.
func TestGiftsStillToBeHandedOver(t *testing.T) {
	w, lao, _ := newUnion(t)
	v := w.as(t, "lan")
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		above, err := tie.Enter(ctx, tx, storetest.Operator(), tie.Tie{Code: "hai-ben", Kind: "twinning", Body: w.book.Root(), Titles: []tie.Title{{Lang: "vi", Text: "Hai bên kết nghĩa"}}, Parties: []tie.Party{{Side: 1, Body: w.book.Root()}, {Side: 2, Body: lao.ID}}})
		if err != nil {
			return err
		}
		_, err = tie.Enter(ctx, tx, storetest.Operator(), tie.Tie{Code: "hai-truong", Kind: "friendship", Body: w.book.Root(), Parent: above.ID, Titles: []tie.Title{{Lang: "vi", Text: "Hai trường kết bạn"}}, Parties: []tie.Party{{Side: 1, Body: w.book.Root()}, {Side: 2, Body: lao.ID}}})
		return err
	})
	v.sees("/tie/hai-ben", "Các cặp kết nghĩa bên dưới", "Hai trường kết bạn", "1 cặp đứng dưới mối quan hệ này.")
	v.sees("/ties/new?parent="+pieceOf(v.sees("/tie/hai-ben"), "/ties/new?parent=", `"`), "Hai bên kết nghĩa")
	v.sees("/ties/owed", "Không còn quà nào phải trao")
	if answer, got := v.ask("POST", "/tie/hai-ben/promise", form("who", "1", "text", "Tặng quà", "gift", "yes")); answer.StatusCode != 422 || !strings.Contains(got, "Hãy ghi số tiền hoặc số lượng phải trao.") {
		t.Errorf("a gift of nothing: %d", answer.StatusCode)
	}
	v.done("/tie/hai-ben/promise", form("who", "1", "text", "Tặng sách cho trường bạn", "quantity", "15", "unit", "bộ sách", "gift", "yes", "due", "30/6/2026"))
	v.done("/union/gifts/new", form("way", "given", "item", "Tranh thêu", "who", "Trường bạn", "day", "20/12/2026", "planned", "yes"))
	owed := v.sees("/ties/owed", "Tặng sách cho trường bạn", "15 bộ sách", "Quá hạn", "Tranh thêu", "chưa trao")
	if answer, _ := v.ask("GET", "/ties/owed.xlsx", ""); answer.StatusCode != 200 {
		t.Errorf("the sheet of what is owed: %d", answer.StatusCode)
	}
	gift := "/union/gifts/" + pieceOf(owed, `href="/union/gifts/`, `"`)
	if answer, got := v.ask("POST", gift+"/hand", form("handed", "20/12/2030")); answer.StatusCode != 422 || !strings.Contains(got, `value="20/12/2030"`) {
		t.Errorf("handed over in years to come: %d", answer.StatusCode)
	}
	v.done(gift+"/hand", form("handed", "20/11/2026"))
	if strings.Contains(v.sees("/ties/owed", "Tặng sách"), "Tranh thêu") {
		t.Error("what was handed over is still owed")
	}
}

// A visit to come says what of it is not ready, and prints as one plan.
func TestWhatAComingVisitNeeds(t *testing.T) {
	w, _, _ := newUnion(t)
	v := w.as(t, "lan")
	at := v.done("/union/delegations/new", form("kind", "delegation-in", "title", "Đoàn bạn sắp sang", "day", "20/12/2026", "head", "Ông Bun Thăn"))
	v.sees(at, "Chuyến sắp tới còn thiếu: chương trình, bài phát biểu, quà tặng, dự toán chi phí.")
	v.done(at+"/stop", form("day", "20/12/2026", "what", "Hội đàm", "revision", "1"))
	v.done(at+"/speech", form("speaker", "Chủ tịch", "speech", "Kính thưa các vị khách quý", "revision", "2"))
	v.done(at+"/cost", form("kind", "meals", "payer", "ours", "amount", "2 triệu", "amount-currency", "VND", "revision", "3"))
	v.done("/union/gifts/new", form("deed", strings.TrimPrefix(at, "/union/delegations/"), "way", "given", "item", "Tranh thêu", "value", "1 triệu", "value-currency", "VND", "who", "Ông Bun Thăn", "day", "20/12/2026", "planned", "yes"))
	v.sees(at, "Đã có trưởng đoàn, chương trình, bài phát biểu, quà và dự toán.", "Kính thưa các vị khách quý", "3.000.000", "trong đó quà của ta 1.000.000")
	for _, what := range []string{"plan", "speech"} {
		for _, as := range []string{"docx", "pdf", "html&lang=fr"} {
			if answer, _ := v.ask("GET", at+"/paper?what="+what+"&as="+as, ""); answer.StatusCode != 200 {
				t.Errorf("%s as %s: %d", what, as, answer.StatusCode)
			}
		}
	}
}

// What two sides remember: who lies on the other, what is held, which articles
// tell something that the book does not have.
func TestTheRegistersOfWhatIsRemembered(t *testing.T) {
	w, _, _ := newUnion(t)
	v := w.as(t, "lan")
	one := func(register string) string {
		t.Helper()
		return "/union/registers/" + register + "/" + pieceOf(v.sees("/union/registers/"+register), `href="/union/registers/`+register+`/`, `"`)
	}
	if answer, got := v.ask("POST", "/union/registers/memorial", form("who", "Lê Văn An", "as", "martyr")); answer.StatusCode != 422 || !strings.Contains(got, "Xin ghi nơi an nghỉ hoặc nơi ở.") || !strings.Contains(got, "Lê Văn An") {
		t.Errorf("a martyr who lies nowhere: %d", answer.StatusCode)
	}
	v.done("/union/registers/memorial", form("who", "Lê Văn An", "as", "martyr", "where", "Nghĩa trang Đồi Thông", "day", "1972", "from", "xã nhà"))
	v.sees("/union/registers/memorial", "Lê Văn An", "chưa lần nào trong sổ")
	v.done("/union/activities/new", form("kind", "exchange", "day", "27/7/2026", "title", "Dâng hương Nghĩa trang Đồi Thông", "countries", "Lào", "part", "joined"))
	v.sees("/union/registers/memorial", "27/07/2026", "1 lần")
	v.sees(one("memorial"), "Dâng hương Nghĩa trang Đồi Thông")
	if answer, got := v.ask("POST", "/union/registers/keepsake", form("title", "Ảnh cũ", "kind", "photograph", "use", "permitted")); answer.StatusCode != 422 || !strings.Contains(got, "Xin ghi giấy cho phép.") {
		t.Errorf("a permission without a paper: %d", answer.StatusCode)
	}
	v.done("/union/registers/keepsake", form("title", "Ảnh cũ", "kind", "photograph", "use", "ask", "owner", "Gia đình bà Ngân", "of", "1979"))
	v.sees("/union/registers/keepsake", "Ảnh cũ", "phải hỏi chủ mỗi lần", "Gia đình bà Ngân")
	v.done("/union/registers/press", form("title", "Báo tỉnh: Hai bên gặp nhau", "paper", "Báo tỉnh", "day", "5/3/2026"))
	article := one("press")
	revision := func() string { return pieceOf(v.sees(article), `name="revision" value="`, `"`) }
	if answer, _ := v.ask("POST", article+"/fact", form("fact", "", "revision", revision())); answer.StatusCode != 422 {
		t.Errorf("nothing is missing: %d", answer.StatusCode)
	}
	v.done(article+"/fact", form("fact", "Ai ký biên bản", "revision", revision()))
	v.sees(article, "Ai ký biên bản", "chưa vào sổ")
	v.done(article+"/settle", form("which", "0", "revision", revision()))
	v.sees(article, "đã vào sổ")
	if answer, _ := v.ask("POST", article+"/settle", form("which", "0", "revision", revision())); answer.StatusCode != 422 {
		t.Errorf("settled twice: %d", answer.StatusCode)
	}
	browsertest.Run(t, w.base, func(b *browsertest.Browser) {
		b.Open("/sign-in")
		b.Fill("Tên đăng nhập", "lan")
		b.Fill("Mật khẩu", password)
		b.Click("Đăng nhập")
		for _, path := range []string{"/union/registers/memorial", "/union/registers/keepsake", "/union/registers/press", article, "/ties/owed", "/people/elsewhere"} {
			b.Wide()
			b.Open(path)
			b.Fine()
			b.Phone()
			b.Open(path)
			b.Fine()
			b.Touchable()
		}
	})
}
