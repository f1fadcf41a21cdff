package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/browsertest"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// reformed is a town whose book holds a district that ended, with what it did, and
// the city in which it lies today, where somebody holds an office.
type reformed struct {
	town
	district, city body.ID
}

func newReformed(t *testing.T) reformed {
	t.Helper()
	w := reformed{town: newOffice(t)}
	m, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	district, err := m.ByCode(place.District, "509", place.Reform-1)
	if err != nil {
		t.Fatal(err)
	}
	city, err := m.ByCode(place.Province, "48", place.Reform)
	if err != nil {
		t.Fatal(err)
	}
	w.district, w.city = body.ID(district), body.ID(city)
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		for _, id := range []place.ID{district, city} {
			if _, err := body.Hold(ctx, tx, m, id); err != nil {
				return err
			}
		}
		_, err := deed.Post(ctx, tx, storetest.Operator(), deed.Deed{Body: w.district, Kind: "sick-visit", Day: calendar.On(2024, time.August, 2), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 20}}})
		return err
	})
	w.officer(t, w.city, access.Head, "Phan Thị Nở", "no")
	return w
}

// plays asks for a reform and waits until it is over.
func (w reformed) plays(t *testing.T, v visitor, what string) string {
	t.Helper()
	v.done("/settings/reform", form("do", what, "held", "yes"))
	for range 600 {
		if _, page := v.ask("GET", "/settings/reform", ""); !strings.Contains(page, "<progress") {
			return page
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("the reform does not end")
	return ""
}

func TestAReformIsRehearsedPlayedAndTakenBackInPages(t *testing.T) {
	w := newReformed(t)
	v := w.as(t, "tien")
	v.sees("/settings", "Sắp xếp đơn vị hành chính")
	if page := w.plays(t, v, "rehearse"); !strings.Contains(page, "Thử trên một bản sao") || !strings.Contains(page, "lần hợp nhất") {
		t.Error("a rehearsal does not tell what would happen")
	}
	if n := len(w.book.Lineage().AllEvents()); n != 0 {
		t.Fatalf("a rehearsal left %d events", n)
	}
	if page := w.plays(t, v, "apply"); !strings.Contains(page, "Đã đưa đợt sắp xếp") || !strings.Contains(page, "Rút khỏi sổ") {
		t.Error("the reform does not stand")
	}
	if page := w.plays(t, v, "apply"); !strings.Contains(page, "đã có trong sổ từ trước") {
		t.Error("the reform was played twice")
	}
	head := w.as(t, "no")
	head.sees("/figures?measure=sick-visit.acts&borders=today", "20 lượt", "Không chia được giữa", "Xã Quế Sơn Trung")
	head.sees("/figures?measure=sick-visit.acts&borders=then", "0 lượt")
	if _, page := head.ask("GET", "/bodies", ""); strings.Contains(page, "Xã Quế Phước") {
		t.Error("units in which nobody holds an office drown the page of bodies")
	}
	head.sees("/search?q=que+phuoc", "Xã Quế Phước")
	if answer, _ := v.ask("GET", "/figures?body="+idText(w.city), ""); answer.StatusCode != 403 {
		t.Errorf("figures of a city are shown to the head of an association: %d", answer.StatusCode)
	}
	if page := w.plays(t, v, "undo"); !strings.Contains(page, "Đã rút đợt sắp xếp") {
		t.Errorf("the reform is not taken back: %s", page)
	}
	if answer, _ := w.as(t, "hai").ask("POST", "/settings/reform", form("do", "apply")); answer.StatusCode != 403 {
		t.Errorf("the head of a branch plays a reform: %d", answer.StatusCode)
	}
}

func TestFiguresOnBordersInABrowser(t *testing.T) {
	w := newReformed(t)
	w.plays(t, w.as(t, "tien"), "apply")
	browsertest.Run(t, w.base, func(b *browsertest.Browser) {
		for login, pages := range map[string]map[string]string{
			"no":   {"figures-today": "/figures?measure=sick-visit.acts&borders=today", "figures-day": "/figures?measure=sick-visit.acts&borders=day&day=30/6/2025", "figures-line": "/figures?measure=sick-visit.acts&borders=line"},
			"tien": {"reform": "/settings/reform"},
		} {
			b.Wide()
			b.Open("/sign-in?back=%2Fhelp")
			b.Fill("Tên đăng nhập", login)
			b.Fill("Mật khẩu", password)
			b.Click("Đăng nhập")
			for name, path := range pages {
				b.Wide()
				b.Open(path)
				b.Fine()
				b.Picture("borders-" + name + "-1366")
				b.Phone()
				b.Open(path)
				b.Fine()
				b.Touchable()
				b.Picture("borders-" + name + "-320")
			}
			b.Open("/me")
			b.Script(`document.querySelector('form[action="/sign-out"]').submit()`)
			b.See("Đăng nhập")
		}
	})
}
