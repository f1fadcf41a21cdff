package web

import (
	"net/http"
	"strings"
	"testing"

	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// fillDisk makes the engine refuse every new row of a table as it does where the disk
// has no room: the helper table has no number left, which is the same error.
func fillDisk(t *testing.T, book *store.Book, table string) (emptied func()) {
	t.Helper()
	do := func(statement string) {
		t.Helper()
		if err := storetest.Tamper(t.Context(), book.Place().Dir, statement); err != nil {
			t.Fatal(err)
		}
	}
	do(`CREATE TABLE IF NOT EXISTS disk (n INTEGER PRIMARY KEY AUTOINCREMENT, x INTEGER)`)
	do(`INSERT OR IGNORE INTO disk (n) VALUES (9223372036854775807)`)
	do(`CREATE TRIGGER disk_is_full BEFORE INSERT ON ` + table + ` BEGIN INSERT INTO disk (x) VALUES (1); END`)
	return func() {
		t.Helper()
		do(`DROP TRIGGER disk_is_full`)
	}
}

const diskFull = "Ổ đĩa đã đầy, chưa ghi được gì vào sổ"

// fullDisk demands that an answer is a refusal which says that the disk is full.
func fullDisk(t *testing.T, what string, answer *http.Response, got string) {
	t.Helper()
	if answer.StatusCode < 400 || answer.StatusCode == http.StatusInternalServerError || !strings.Contains(got, diskFull) {
		t.Errorf("%s: %d %.400s", what, answer.StatusCode, plainText(got))
	}
}

// A scan sent where the disk is full is refused in words; the deed stands as it was,
// and the same scan is taken when there is room.
func TestAScanOnAFullDiskIsRefusedInWordsAndNothingChanges(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	answers := map[string]string{"kind": "sick-visit", "who": "Vũ Đình Khoát", "day": "21/11/2026"}
	scan := map[string]string{"biên nhận.pdf": "%PDF-1.7 x"}
	emptied := fillDisk(t, w.book, "attachment")
	answer, got := v.sendAll(t, "/deeds/new", answers, scan)
	fullDisk(t, "a deed with its scan", answer, got)
	if len(w.deeds(t, store.DeedQuery{})) != 0 {
		t.Error("the deed was kept without its scan")
	}
	if answer := v.sendFiles(t, "/deeds/new", answers, nil); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("a deed without a scan: %d", answer.StatusCode)
	}
	path := deedPath(w.deeds(t, store.DeedQuery{})[0].ID)
	answer, got = v.sendAll(t, path+"/papers", nil, scan)
	fullDisk(t, "a scan", answer, got)
	if _, got := v.ask("GET", path, ""); strings.Contains(got, path+"/papers/") {
		t.Error("the refused scan stands on the page")
	}
	emptied()
	if answer := v.sendFiles(t, path+"/papers", nil, scan); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("when there is room: %d", answer.StatusCode)
	}
	if _, got := v.ask("GET", path, ""); !strings.Contains(got, "biên nhận.pdf") {
		t.Error("the scan that was taken does not stand on the page")
	}
}

// A table brought in where the disk is full is refused in words and none of it is in
// the book; it waits, and comes in whole when there is room.
func TestATableOnAFullDiskIsRefusedInWordsAndNothingChanges(t *testing.T) {
	r := newRoll(t)
	v := r.as("secretary")
	const table = "Số thẻ,Họ và tên,Năm sinh,Chi hội\n101,Trần Văn Bình,1950,Noong Bua\n102,Lê Thị Cúc,1948,Him Lam\n"
	at := v.brings("people", "hoi-vien.csv", table)
	emptied := fillDisk(t, r.book, "person")
	answer, got := v.ask("POST", at, form("do", "bring"))
	fullDisk(t, "the table", answer, got)
	if len(r.called("Trần Văn Bình"))+len(r.called("Lê Thị Cúc")) != 0 {
		t.Error("some of the table is in the book")
	}
	emptied()
	if answer, got := v.ask("POST", at, form("do", "bring")); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("when there is room: %d %.400s", answer.StatusCode, plainText(got))
	}
	if len(r.called("Trần Văn Bình")) != 1 || len(r.called("Lê Thị Cúc")) != 1 {
		t.Error("the table did not come in when there was room")
	}
}
