package web

import (
	"strings"
	"testing"

	"kith.app/internal/storetest"
)

// The days of a new year are set for a year, changed, taken back and set again; the
// page tells each, with the days and the paper.
func TestDaysOfAFeastAreSetTakenBackAndSetAgain(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	const at = "/calendar/feasts/new-year.LA"
	if got := v.sees(at, "Ghi ngày theo quyết định"); strings.Contains(got, "mọi tổ chức") {
		t.Error("one organisation alone is asked whether others are meant")
	}
	storetest.Beside(t, w.book, "Hội hữu nghị bên cạnh")
	v.sees(at, "Áp dụng cho mọi tổ chức dùng sổ này")
	v.done(at+"/decree", form("from", "13/4/2027", "to", "15/4/2027", "paper", "Thông báo 01", "all", "yes"))
	v.sees(at, "13/04/2027 – 15/04/2027", "Thông báo 01", "mọi tổ chức trong sổ", "Bỏ ngày theo quyết định, năm 2027")
	v.done(at+"/decree", form("from", "14/4/2027", "to", "16/4/2027", "paper", "Thông báo 02"))
	v.sees(at, "14/04/2027 – 16/04/2027", "Thông báo 02", "riêng tổ chức mình")
	v.done(at+"/lift", form("year", "2027"))
	v.sees(at, "Thông báo 01", "mọi tổ chức trong sổ", "Ghi lại ngày đã bỏ: 14/04/2027 – 16/04/2027")
	v.done(at+"/decree", form("from", "14/4/2027", "to", "16/4/2027", "paper", "Thông báo 02"))
	v.sees(at, "riêng tổ chức mình", "trước đó")
	v.done(at+"/lift", form("year", "2027"))
	v.done(at+"/lift", form("year", "2027", "all", "yes"))
	v.sees(at, "Ghi lại ngày đã bỏ: 13/04/2027 – 15/04/2027")
}
