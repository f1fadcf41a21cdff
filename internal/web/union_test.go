package web

import (
	"context"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/browsertest"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/locale"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/union"
)

// friendship gives the branch under test records of people's diplomacy.
func (r *rights) friendship(ctx context.Context, tx *store.Tx) error {
	by, mark := storetest.Operator(), marks[access.ReadDeeds]
	d, err := deed.Post(ctx, tx, by, deed.Deed{Body: r.branch.ID, Kind: "exchange", Title: mark, Day: calendar.On(2026, 3, 5), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}})
	if err != nil {
		return err
	}
	if _, err := union.Describe(ctx, tx, by, union.Activity{Deed: d.ID, Part: union.Chaired, Countries: []string{"LA"}}, 0); err != nil {
		return err
	}
	i, err := union.Intend(ctx, tx, by, union.Item{Body: r.branch.ID, Year: 2026, Text: mark})
	if err != nil {
		return err
	}
	came, err := deed.Post(ctx, tx, by, deed.Deed{Body: r.branch.ID, Kind: delegation.KindIn, Title: mark, Day: calendar.On(2026, 10, 5), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}})
	if err != nil {
		return err
	}
	if _, err := delegation.Keep(ctx, tx, by, delegation.Visit{Deed: came.ID, Purpose: mark}, 0); err != nil {
		return err
	}
	if err := delegation.KeepTravel(ctx, tx, by, delegation.Travel{Deed: came.ID, Name: marks[access.TravelPapers], Kind: "passport", Number: "B1"}); err != nil {
		return err
	}
	w, err := union.Enter(ctx, tx, by, union.Award{Body: r.branch.ID, Title: mark, State: "granted"}, 0)
	if err != nil {
		return err
	}
	r.ids["{register}"], r.ids["/union/registers/"], r.ids["/union/people/"] = "award", idText(w.ID), r.ids["/people/"]
	g, err := delegation.EnterGift(ctx, tx, by, delegation.Gift{Body: r.branch.ID, Way: delegation.Received, Item: mark, Day: calendar.DayOf(2026, 10, 5)})
	r.ids["/union/activities/"], r.ids["/union/plan/"], r.ids["/union/delegations/"], r.ids["/union/gifts/"] = idText(d.ID), idText(i.ID), idText(came.ID), idText(g.ID)
	return err
}

// newUnion is a union of friendship organisations with two member associations
// and its officer.
func newUnion(t *testing.T) (w town, lao, khmer body.Body) {
	t.Helper()
	w = newTown(t)
	for i, of := range []struct{ name, country string }{{"Hội Hữu nghị Việt Nam – Lào", "LA"}, {"Hội Hữu nghị Việt Nam – Campuchia", "KH"}} {
		a := storetest.Named(of.name, body.Friendship)
		a.Parent = w.book.Root()
		storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) (err error) {
			if a, err = body.Found(ctx, tx, a); err != nil {
				return err
			}
			return union.Locate(ctx, tx, storetest.Operator(), a.ID, of.country)
		})
		if i == 0 {
			lao = a
		} else {
			khmer = a
		}
	}
	w.base = serve(t, Config{Book: w.book, Lang: locale.Vi}, nil)
	return w, lao, khmer
}

func TestActivitiesAndThePlanOfAYear(t *testing.T) {
	w, lao, khmer := newUnion(t)
	v := w.as(t, "lan")
	v.done("/union/plan", form("year", "2026", "text", "Giao lưu sinh viên Chung dòng Mekong lần thứ 14", "when", "10/2026", "who", "Bà Hoàng Thị Ngân"))
	v.done("/union/plan", form("year", "2026", "text", "Thành lập hội ở các địa phương lớn còn lại", "target", "mọi địa phương lớn"))
	v.done("/union/plan/head", form("year", "2026", "number", "12/KH-LH", "day", "5/1/2026", "motto", "Chủ động, linh hoạt, sáng tạo, hiệu quả", "revision", "0"))
	plan := v.sees("/union/plan?year=2026", "Chung dòng Mekong lần thứ 14", "12/KH-LH", "Chủ động, linh hoạt")
	item := pieceOf(plan, `href="/union/plan/`, `"`)
	at := v.done("/union/activities/new", form("kind", "student-exchange", "day", "17/10/2026", "title", "Chung dòng Mekong", "part", "chaired", "countries", "Lào, Cam-pu-chia",
		"people", "hơn 300", "with", "Trường Đại học Bình An\nTổng Lãnh sự quán Lào", "association", idText(lao.ID), "association", idText(khmer.ID), "theirPart", "coordinated", "item", item, "series", "14"))
	v.sees(at, "Lào, Campuchia", "Trong kế hoạch", "Chủ trì", "Phối hợp", "Trường Đại học Bình An")
	v.done("/union/activities/new", form("kind", "exchange", "day", "2/11/2026", "title", "Đón sinh viên Lào về nước", "countries", "Lào", "part", "joined"))
	v.sees("/union/activities?period=2026", "2 hoạt động", "1 chủ trì, 0 phối hợp, 1 tham gia", "1 trong kế hoạch, 1 ngoài kế hoạch", "Theo hội và nước")
	v.sees("/union/activities?teller="+idText(khmer.ID), "1 hoạt động", "Chung dòng Mekong")
	v.done("/union/activities/stated", form("count", "hơn 30", "when", "2026", "source", "Báo cáo tổng kết năm 2026"))
	v.sees("/union/activities?period=2026", "trên 30 hoạt động", "Báo cáo tổng kết năm 2026")
	v.sees("/union/plan?year=2026", "1/2", "Đã làm ngoài kế hoạch: 1", "Đón sinh viên Lào về nước")
	if answer, got := v.ask("POST", "/union/activities/new", form("kind", "exchange", "day", "2/11/2026", "countries", "Xứ Thần Tiên")); answer.StatusCode != 422 || !strings.Contains(got, "Không có nước nào tên «Xứ Thần Tiên»") {
		t.Errorf("a country that does not exist: %d", answer.StatusCode)
	}
	for _, path := range []string{"/union/activities.xlsx", "/union/plan.xlsx?year=2026", "/union/plan/paper?year=2026&as=docx", "/union/plan/paper?year=2026&lang=fr&as=pdf"} {
		if answer, _ := v.ask("GET", path, ""); answer.StatusCode != 200 {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
	}
	browsertest.Run(t, w.base, func(b *browsertest.Browser) { unionStory(b, at, item) })
}

// unionStory walks through activities and the plan as the union's officer.
func unionStory(b *browsertest.Browser, at, item string) {
	b.Open("/sign-in?back=%2Funion")
	b.Fill("Tên đăng nhập", "lan")
	b.Fill("Mật khẩu", password)
	b.Click("Đăng nhập")
	b.See("hoạt động hữu nghị năm 2026")
	b.Click("Kế hoạch năm")
	b.Click("Thành lập hội ở các địa phương lớn còn lại")
	b.See("mọi địa phương lớn")
	b.Click("Kết quả của việc này")
	b.Click("đã làm xong")
	b.Fill("Kết quả, lý do", "Cả 9 phường lớn đã có hội")
	b.Click("Lưu")
	b.See("Cả 9 phường lớn đã có hội")
	for name, path := range map[string]string{
		"door": "/union", "activities": "/union/activities?period=2026", "activity": at, "activity-new": "/union/activities/new", "plan": "/union/plan?year=2026", "item": "/union/plan/" + item,
	} {
		b.Wide()
		b.Open(path)
		b.Fine()
		b.Picture("union-" + name + "-1366")
		b.Phone()
		b.Open(path)
		b.Fine()
		b.Touchable()
		b.Picture("union-" + name + "-320")
	}
}

// pieceOf gives what stands between two pieces of a page.
func pieceOf(page, before, after string) string {
	_, rest, _ := strings.Cut(page, before)
	got, _, _ := strings.Cut(rest, after)
	return got
}
