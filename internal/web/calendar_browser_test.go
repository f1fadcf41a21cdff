package web

import (
	"context"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/browsertest"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// consulate enters a consulate with who heads it.
func (w town) consulate(t *testing.T, name, title, head string) body.Body {
	t.Helper()
	b := storetest.Named(name, body.Authority)
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		var err error
		if b, err = body.Found(ctx, tx, b); err != nil {
			return err
		}
		by := storetest.Operator()
		o, err := person.Create(ctx, tx, by, person.Office{Body: b.ID, Kind: string(access.Honorary), Title: title, Seats: 1, Since: calendar.Earliest})
		if err != nil {
			return err
		}
		p, err := person.Enrol(ctx, tx, by, person.Person{Body: w.book.Root(), Name: head}, nil)
		if err != nil {
			return err
		}
		_, err = person.Appoint(ctx, tx, by, person.Holding{Office: o.ID, Person: p.ID, From: calendar.InYear(2024)})
		return err
	})
	return b
}

// The officer's way: the next sixty days, the letter to a consulate, printed, sent,
// answered.
func TestTheCalendarInABrowser(t *testing.T) {
	w := newOffice(t)
	laos := w.consulate(t, "Tổng Lãnh sự quán Lào", "Tổng Lãnh sự", "Khamla Sisavath")
	w.consulate(t, "Tổng Lãnh sự quán Campuchia", "Tổng Lãnh sự", "Sok Chenda")
	v := w.as(t, "lan")
	v.done("/calendar/on/national.LA-2026/customs", form("to", "Tổng Lãnh sự quán Lào", "toId", idText(laos.ID), "do", "letter", "lang", "vi", "body", idText(w.book.Root())))
	v.done("/calendar/on/national.LA-2026/customs", form("to", "Tổng Lãnh sự quán Lào", "toId", idText(laos.ID), "do", "flowers", "lang", "vi", "body", idText(w.book.Root())))
	own := v.done("/calendar/feasts", form("name", "Ngày truyền thống trường cấp ba", "returns", "solar", "day", "28/12/1976", "counted", "yes", "body", idText(w.book.Root())))
	browsertest.Run(t, w.base, func(b *browsertest.Browser) {
		b.Open("/sign-in?back=%2Fcalendar")
		b.Fill("Tên đăng nhập", "lan")
		b.Fill("Mật khẩu", password)
		b.Click("Đăng nhập")
		b.See("60 ngày tới")
		b.See("Quốc khánh Lào")
		b.See("50 năm")
		b.Click("Thư chúc mừng: Tổng Lãnh sự quán Lào")
		b.Click("Bắt đầu: Thư chúc mừng, Tổng Lãnh sự quán Lào")
		b.See("Tổng Lãnh sự Khamla Sisavath")
		duty := b.At()
		b.Click("Lấy số, ghi vào sổ văn bản đi")
		b.See("Đã ghi vào sổ văn bản đi")
		for _, step := range []string{"Đã soạn", "Đã ký", "Đã gửi", "Đã được trả lời"} {
			if step == "Đã soạn" {
				b.Click("Lưu nội dung")
			}
			b.Click(step)
			b.Click("Ghi")
			b.See("Đã ghi.")
		}
		b.See("Việc trong sổ")
		b.Open("/calendar/feeds")
		b.Fill("Tên máy", "Điện thoại của tôi")
		b.Click("Tạo mã")
		b.See("Mã cho Điện thoại của tôi")
		b.Picture("calendar-feed-made-1366")
		for name, path := range map[string]string{
			"next": "/calendar", "month": "/calendar/month?m=2026-12", "list": "/calendar/list", "round": "/calendar/list?round=yes&world=yes", "occasion": "/calendar/on/national.LA-2026",
			"duty": duty[strings.Index(duty, "/calendar"):], "feasts": "/calendar/feasts?kind=new_year", "feast": "/calendar/feasts/new-year.LA", "own": own, "new": "/calendar/feasts/new", "settings": "/calendar/settings",
			"feeds": "/calendar/feeds", "mail": "/settings/mail",
		} {
			b.Wide()
			b.Open(path)
			b.Fine()
			b.Picture("calendar-" + name + "-1366")
			b.Phone()
			b.Open(path)
			b.Fine()
			b.Touchable()
			b.Picture("calendar-" + name + "-320")
		}
	})
}
