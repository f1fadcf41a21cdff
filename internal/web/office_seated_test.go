package web

import (
	"context"
	"regexp"
	"slices"
	"testing"

	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/union"
)

// Those invited stand on the page and on the list to sign in their order of
// precedence, addressed as they are, with their names in their own script; and each
// mark is that of the person beside it.
func TestThoseInvitedAreSeatedByPrecedence(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	last, first := w.enrol(t, w.book.Root(), "Sok Chenda", "1961", person.Male), w.enrol(t, w.book.Root(), "Sivixay Phomma", "1955", person.Male)
	by := storetest.Operator()
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		if err := union.Receive(ctx, tx, by, union.Protocol{Person: last.ID, Precedence: 9}, 0); err != nil {
			return err
		}
		return union.Receive(ctx, tx, by, union.Protocol{
			Person: first.ID, Precedence: 1, Script: "ສີວິໄຊ ພົມມາ", Address: map[string]string{"vi": "Ngài"}, Title: map[string]string{"vi": "Phó Chủ tịch tỉnh"},
		}, 0)
	})
	at := v.done("/office/meetings/new", form("kind", "meeting-board", "day", "20/11/2026", "title", "Tiếp khách Champasak", "place", "Hội trường"))
	v.done(at+"/invite", form("names", "Bà Hà, UBND phường\nSok Chenda\nSivixay Phomma", "guest", "yes"))
	order := func(path string) []string {
		t.Helper()
		return regexp.MustCompile(`Ngài Sivixay Phomma \(ສີວິໄຊ ພົມມາ\)|Sok Chenda|Bà Hà`).FindAllString(v.sees(path, "Phó Chủ tịch tỉnh"), -1)
	}
	want := []string{"Ngài Sivixay Phomma (ສີວິໄຊ ພົມມາ)", "Sok Chenda", "Bà Hà"}
	if got := compact(order(at)); !slices.Equal(got, want) {
		t.Errorf("on the page %q, want %q", got, want)
	}
	if got := compact(order(at + "/paper?what=list&as=html")); !slices.Equal(got, want) {
		t.Errorf("on the list %q, want %q", got, want)
	}
	v.done(at+"/attendance", form("revision", "2", "presence-3", "excused", "presence-1", "present", "presence-2", "present"))
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		id, err := w.book.As(by).Meetings(ctx, 0, 1)
		if err != nil {
			return err
		}
		m, err := tx.Meeting(ctx, id[0].Deed)
		for _, a := range m.Attendees {
			if (a.Presence == "excused") != (a.Person == first.ID) || a.Person == first.ID && a.Name != "Sivixay Phomma" {
				t.Errorf("marked %+v", a)
			}
		}
		return err
	})
}

// compact keeps the first of each.
func compact(all []string) (once []string) {
	for _, one := range all {
		if !slices.Contains(once, one) {
			once = append(once, one)
		}
	}
	return once
}

// Who narrows the roll by a body that is not there is told so, whatever the borders.
func TestTheRollOfAnUnknownBodyIsToldToBeMissing(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	for _, borders := range []string{"", "&borders=then", "&borders=today", "&borders=line", "&borders=day&day=1/7/2025"} {
		for _, path := range []string{"/people", "/people.csv"} {
			if answer, got := v.ask("GET", path+"?branch=77"+borders, ""); answer.StatusCode != 404 || !regexp.MustCompile("Không có tổ chức này trong sổ").MatchString(got) {
				t.Errorf("%s%s: status %d", path, borders, answer.StatusCode)
			}
		}
	}
}
