package web

import (
	"context"
	"strings"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/browsertest"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func TestTheRegistersOfAUnion(t *testing.T) {
	w, lao, _ := newUnion(t)
	v := w.as(t, "lan")
	id := func(register string) string {
		t.Helper()
		return pieceOf(v.sees("/union/registers/"+register), `href="/union/registers/`+register+`/`, `"`)
	}
	v.done("/union/registers/term", form("body", idText(lao.ID), "n", "2", "from", "5/12/2019", "planned", "5/12/2024"))
	v.sees("/union/registers/term", "quá hạn", "lần thứ II", "Hội Hữu nghị Việt Nam – Lào", "Ghế khuyết")
	v.done("/union/registers/term", form("body", idText(lao.ID), "from", "6/12/2024", "planned", "6/12/2029", "deed", "new"))
	term := v.sees("/union/registers/term/"+id("term"), "lần thứ III", "Đại hội trong sổ việc làm", "Đại hội lần thứ III")
	v.sees("/deeds/"+pieceOf(term, `href="/deeds/`, `"`), "Mở đầu nhiệm kỳ", "lần thứ III")
	v.sees("/union/registers/term", "đến đại hội lần thứ III")
	if answer, got := v.ask("POST", "/union/registers/term", form("body", idText(lao.ID), "n", "1", "from", "5/12/2025")); answer.StatusCode != 422 || !strings.Contains(got, "đã là lần thứ 3") {
		t.Errorf("a congress out of its order: %d", answer.StatusCode)
	}
	v.done("/union/registers/scholar", form("who", "Souk Vilay", "country", "Lào", "school", "Trường Sĩ quan Công binh", "from", "9/2023", "yearly", "3 triệu", "yearly-currency", "VND", "family", "Gia đình bà Hoàng Thị Ngân", "hosted", "10/2023"))
	v.sees("/union/registers/scholar", "Souk Vilay", "Gia đình bà Hoàng Thị Ngân", "4 năm")
	scholar := "/union/registers/scholar/" + id("scholar")
	v.done(scholar+"/payment", form("year", "2025", "day", "15/10/2025", "amount", "3 triệu", "amount-currency", "VND"))
	v.done(scholar+"/host", form("family", "Gia đình ông Trần Văn Lâm", "during", "2025"))
	v.sees(scholar, "2025–2026", "3.000.000", "không qua quỹ", "Gia đình ông Trần Văn Lâm", "Gia đình bà Hoàng Thị Ngân")
	if answer, got := v.ask("POST", scholar+"/payment", form("year", "2025", "note", "giữ lại")); answer.StatusCode != 422 || !strings.Contains(got, "Xin ghi số tiền") || !strings.Contains(got, "giữ lại") {
		t.Errorf("a payment of nothing: %d", answer.StatusCode)
	}
	v.done("/union/registers/service", form("who", "Vũ Đình Khoát", "as", "volunteer", "from", "1979", "until", "1983", "place", "Xiêm Riệp", "country", "Campuchia", "medal", "no"))
	v.sees("/union/registers/service", "Vũ Đình Khoát", "quân tình nguyện", "Xiêm Riệp", "chưa có", "Còn sống")
	v.sees("/people/"+personID64(w.khoat)[1:], "Làm nghĩa vụ quốc tế", "Xiêm Riệp")
	v.done("/union/registers/aid", form("donor", "Quỹ Bàn tay ấm", "country", "Pháp", "field", "Y tế", "from", "1/2/2026", "pledged", "10000", "pledged-currency", "USD", "paid", "4000", "paid-currency", "USD", "rate", "25000", "rateDay", "1/2/2026", "due", "1/10/2026"))
	v.sees("/union/registers/aid", "Quỹ Bàn tay ấm", "100.000.000", "Chậm")
	v.done("/union/registers/award", form("title", "Huân chương Lao động hạng Nhất", "by", "Chủ tịch nước CHDCND Lào", "country", "Lào", "state", "granted", "day", "2024"))
	v.sees("/union/registers/award", "Huân chương Lao động hạng Nhất", "đã tặng")
	v.done("/union/registers/programme", form("name", "Chung dòng Mekong", "english", "Sharing the Mekong", "since", "2012"))
	for _, edition := range []struct{ series, day, people string }{{"13", "11/10/2025", "280"}, {"14", "17/10/2026", "300"}} {
		at := v.done("/union/activities/new", form("kind", "student-exchange", "day", edition.day, "title", "Chung dòng Mekong", "people", edition.people, "with", "Trường Đại học Bình An"))
		v.done("/union/editions/"+id("programme"), form("deed", strings.TrimPrefix(at, "/union/activities/"), "series", edition.series))
	}
	v.sees("/union/registers/programme/"+id("programme"), "Trường Đại học Bình An", "300", "280", "<svg")
	v.done("/union/registers/large", form("place", "Xã không có thật", "why", "trên 50 hội viên"))
	v.sees("/union/registers/large", "Xã không có thật", "Chưa có hội")
	v.done("/union/registers/large/rule", form("in", "thành phố Hải Phòng", "kind", "place.zone"))
	v.sees("/union/registers/large", "Đặc khu Cát Hải", "Đặc khu Bạch Long Vĩ", "quy tắc: đặc khu", "0 trong 3 địa phương lớn")
	if answer, got := v.ask("POST", "/union/registers/large/rule", form("in", "xứ không có", "kind", "place.ward")); answer.StatusCode != 422 || !strings.Contains(got, "Không nhận ra đơn vị này") {
		t.Errorf("a rule of nowhere: %d", answer.StatusCode)
	}
	who := personID64(w.khoat)[1:]
	v.done("/union/people/"+who, form("precedence", "2", "script", "ຄຳ", "country", "Lào", "address-vi", "Thưa ông", "title-en", "Governor", "interpreter", "lo", "revision", "0"))
	v.sees("/union/people?tongue=lo&interprets=yes", "Vũ Đình Khoát", "Lào (phiên dịch)")
	if answer, got := v.ask("POST", "/union/people/"+who+"/station", form("title", "Tổng Lãnh sự", "from", "1/3/2026")); answer.StatusCode != 422 || !strings.Contains(got, "Xin chọn cơ quan, tổ chức") {
		t.Errorf("a post at no body: %d", answer.StatusCode)
	}
	laos := storetest.Named("Tổng Lãnh sự quán Lào", body.Authority)
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) (err error) {
		laos, err = body.Found(ctx, tx, laos)
		return err
	})
	v.done("/union/people/"+who+"/station", form("body", idText(laos.ID), "title", "Tổng Lãnh sự", "from", "1/3/2026"))
	v.sees("/union/people/"+who, "Tổng Lãnh sự quán Lào", "từ 01/03/2026")
	v.done("/union/delegations/new", form("kind", "delegation-in", "title", "Đoàn bạn", "day", "6/10/2026", "guests", lao.NameOn("vi", 0)))
	for _, as := range []string{"pdf", "docx", "html&lang=fr"} {
		if answer, got := v.ask("GET", "/union/brief?partner="+idText(lao.ID)+"&as="+as, ""); answer.StatusCode != 200 || strings.HasPrefix(as, "html") && !strings.Contains(got, "Đoàn bạn") {
			t.Errorf("the brief as %s: %d", as, answer.StatusCode)
		}
	}
	browsertest.Run(t, w.base, func(b *browsertest.Browser) { registersSeen(b, id("programme"), who, scholar) })
}

// registersSeen changes a scholar and looks at every register.
func registersSeen(b *browsertest.Browser, programme, who, scholar string) {
	b.Open("/sign-in?back=%2Funion%2Fregisters%2Fscholar")
	b.Fill("Tên đăng nhập", "lan")
	b.Fill("Mật khẩu", password)
	b.Click("Đăng nhập")
	b.Click("Souk Vilay")
	b.Click("Sửa")
	b.Fill("Trường", "Trường Sĩ quan Lục quân")
	b.Click("Lưu")
	b.See("Trường Sĩ quan Lục quân")
	for name, path := range map[string]string{
		"term": "/union/registers/term", "scholar": "/union/registers/scholar", "aid": "/union/registers/aid", "programme": "/union/registers/programme/" + programme, "award": "/union/registers/award",
		"large": "/union/registers/large", "service": "/union/registers/service", "scholar-one": scholar, "people": "/union/people", "person": "/union/people/" + who, "door": "/union",
	} {
		b.Wide()
		b.Open(path)
		b.Fine()
		b.Picture("register-" + name + "-1366")
		b.Phone()
		b.Open(path)
		b.Fine()
		b.Touchable()
		b.Picture("register-" + name + "-320")
	}
}
