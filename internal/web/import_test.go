package web

import (
	"strings"
	"testing"
)

func TestImportableTablesAreGivenOutToWhoMayReadThem(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	for path, begins := range map[string]string{
		"/people.xlsx": "PK", "/people.xlsx?status=all": "PK", "/households.xlsx": "PK", "/bodies.xlsx": "PK", "/deeds.xlsx": "PK",
		"/people.csv": "", "/households.csv": "", "/bodies.csv": "", "/deeds.csv": "",
	} {
		answer, got := v.ask("GET", path, "")
		if answer.StatusCode != 200 || !strings.HasPrefix(got, begins) || !strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d %s", path, answer.StatusCode, answer.Header.Get("Content-Disposition"))
		}
	}
	if _, got := v.ask("GET", "/people.csv", ""); !strings.Contains(got, "Đặng Thị Hương") || !strings.Contains(got, "Nguyễn Văn An") || !strings.Contains(got, "Họ và tên") {
		t.Errorf("the roll:\n%s", got)
	}
	if _, got := v.ask("GET", "/people.csv?branch="+idText(r.two.ID), ""); strings.Contains(got, "Đặng Thị Hương") || !strings.Contains(got, "Nguyễn Văn An") {
		t.Errorf("the roll of the second branch:\n%s", got)
	}
	if _, got := r.as("head1").ask("GET", "/people.csv", ""); !strings.Contains(got, "Đặng Thị Hương") || strings.Contains(got, "Nguyễn Văn An") {
		t.Errorf("the roll that a head of the first branch sees:\n%s", got)
	}
	if answer, _ := r.as("member").ask("GET", "/people.xlsx", ""); answer.StatusCode != 403 {
		t.Errorf("a board member takes the roll: %d", answer.StatusCode)
	}
}
