package web

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

var printed = regexp.MustCompile(`href="(/deeds/\d+/print/[a-z-]+)"`)

func TestEveryKindOfDeedPrintsItsPapers(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	kinds, err := deed.ShippedKinds()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, k := range kinds {
		var d deed.Deed
		storetest.Write(t, r.book, func(ctx context.Context, tx *store.Tx) (err error) {
			d, err = deed.Post(ctx, tx, storetest.Operator(), deed.Deed{
				Body: r.one.ID, Kind: k.Code, Day: calendar.On(2026, 4, 5), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}},
				Parties: []deed.Party{{Role: k.Roles[0], Person: r.huong.ID, Detail: deed.Detail{Step: 80}}, {Role: k.Roles[0], Name: "Một người khác"}},
			})
			return err
		})
		for _, found := range printed.FindAllStringSubmatch(v.get(deedPath(d.ID)), -1) {
			seen[found[1][strings.LastIndex(found[1], "/")+1:]] = true
			if file := v.get(found[1]); !strings.HasPrefix(file, "%PDF") {
				t.Errorf("%s: %s begins with %q", k.Code, found[1], file[:min(20, len(file))])
			}
		}
		if answer, _ := v.ask("GET", deedPath(d.ID)+"/print/payment", ""); answer.StatusCode != 404 {
			t.Errorf("%s: a voucher without an entry: %d", k.Code, answer.StatusCode)
		}
	}
	for _, paper := range []string{"handover", "invitation", "invited", "attendance", "participants", "certificate", "study-list", "longevity-list", "longevity", "thanks"} {
		if !seen[paper] {
			t.Errorf("nothing prints %s", paper)
		}
	}
}

func TestTheVoucherOfADeedIsPrinted(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	answer, body := v.ask("POST", "/deeds/new", form("kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "21/11/2026", "amount", "300.000 đ"))
	if answer.StatusCode != 303 {
		t.Fatalf("status %d: %s", answer.StatusCode, body)
	}
	path := answer.Header.Get("Location")
	v.get(path, "In phiếu chi", path+"/print/payment")
	if file := v.get(path + "/print/payment"); !strings.HasPrefix(file, "%PDF") {
		t.Errorf("the voucher begins with %q", file[:8])
	}
	if file := v.get(path + "/print/payment?as=docx"); !strings.HasPrefix(file, "PK") {
		t.Errorf("the voucher in Word begins with %q", file[:2])
	}
}
