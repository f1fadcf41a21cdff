package web

import (
	"strings"
	"testing"
)

func TestAHelperIsLentJustWhatWasSeen(t *testing.T) {
	o := fundOffice(t)
	secretary, helper := o.as("lan"), o.as("khoat")
	if answer, _ := helper.ask("GET", "/people", ""); answer.StatusCode != 403 {
		t.Fatalf("before: %d", answer.StatusCode)
	}
	page := secretary.page("/delegations")
	path := page[strings.Index(page, "/holdings/"):]
	path = path[:strings.IndexByte(path, '"')]
	answers := []string{"person", "Vũ Đình Khoát", "personId", decimal(o.who["khoat"]), "since", "22/11/2026", "until", "31/12/2026", "rights", "read_roll"}
	secretary.refused("Xin ghi ngày hết hạn", "Vũ Đình Khoát", path, "person", "Vũ Đình Khoát", "personId", decimal(o.who["khoat"]), "rights", "read_roll")
	secretary.refused("ít nhất một quyền", "31/12/2026", path, answers[:8]...)
	if answer, body := secretary.ask("POST", path, form(answers...)); answer.StatusCode != 200 || !strings.Contains(body, "quyền mới") || !strings.Contains(body, "31/12/2026") {
		t.Fatalf("preview: %d %s", answer.StatusCode, told(body))
	}
	if answer, _ := helper.ask("GET", "/people", ""); answer.StatusCode != 403 {
		t.Errorf("looking lends: %d", answer.StatusCode)
	}
	secretary.done(path, append(answers, "do", "lend")...)
	secretary.sees("/delegations", "Vũ Đình Khoát", "đang có hiệu lực", "Đặng Thị Lan")
	if answer, _ := helper.ask("GET", "/people", ""); answer.StatusCode != 200 {
		t.Errorf("lent: %d", answer.StatusCode)
	}
	if answer, _ := helper.ask("GET", "/deeds/new", ""); answer.StatusCode != 403 {
		t.Errorf("more than was lent: %d", answer.StatusCode)
	}
	secretary.sees("/people/"+decimal(o.who["thuoc"]), "Vũ Đình Khoát – giúp việc")
	end := secretary.page("/delegations")
	end = end[strings.Index(end, "/delegations/"):]
	end = end[:strings.IndexByte(end, '"')]
	secretary.done(end)
	secretary.sees("/delegations", "đã rút lại")
	if answer, _ := helper.ask("GET", "/people", ""); answer.StatusCode != 403 {
		t.Errorf("withdrawn: %d", answer.StatusCode)
	}
}
