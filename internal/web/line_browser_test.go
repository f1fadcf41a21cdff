package web

import (
	"context"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/browsertest"
	"kith.app/internal/calendar"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// TestTheLineOfABodyInABrowser looks at a branch that was renamed and merged, and
// at a district that the reform ended.
func TestTheLineOfABodyInABrowser(t *testing.T) {
	r := newRoll(t)
	places, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	unit, _ := places.ByHandle("huyen-tho-xuan-thanh-hoa")
	var district body.Body
	storetest.Write(t, r.book, func(ctx context.Context, tx *store.Tx) error {
		if _, err := body.Rename(ctx, tx, r.one.ID, []body.Name{{Lang: "vi", Full: "Chi hội Noong Bua – Pú Tửu"}}, body.Decision{Day: calendar.DayOf(2012, 3, 1)}); err != nil {
			return err
		}
		heir := storetest.Named("Chi hội Mường Thanh", body.Branch)
		if _, err := body.Merge(ctx, tx, []body.ID{r.one.ID, r.two.ID}, body.Successor{New: &heir}, body.Decision{Day: calendar.DayOf(2025, 7, 1)}); err != nil {
			return err
		}
		district, err = body.Hold(ctx, tx, places, unit)
		return err
	})
	browsertest.Run(t, r.base, func(b *browsertest.Browser) {
		b.Open("/sign-in?back=/bodies/" + r.two.Code)
		b.Fill("Tên đăng nhập", "secretary")
		b.Fill("Mật khẩu", password)
		b.Click("Đăng nhập")
		b.See("Nguồn gốc và kế thừa")
		b.See("Chi hội Mường Thanh")
		for name, path := range map[string]string{"branch": "/bodies/" + r.two.Code, "district": "/bodies/" + district.Code} {
			b.Wide()
			b.Open(path)
			b.Picture("line-" + name + "-1366")
			b.Fine()
			b.Phone()
			b.Open(path)
			b.Picture("line-" + name + "-320")
			b.Fine()
			b.Touchable()
		}
	})
}
