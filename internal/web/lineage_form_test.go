package web

import (
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
	"kith.app/internal/storetest"
)

// TestASplitHasAsManyHeirsAsItTakes: rows are added without a script and keep what was
// written, heirs may be bodies of the book, and shares over the whole are refused
// beside the field.
func TestASplitHasAsManyHeirsAsItTakes(t *testing.T) {
	w := newTown(t)
	third := storetest.Branch(t, w.book, "Chi hội Thanh Minh")
	w.base = serve(t, Config{Book: w.book}, nil)
	v := w.as(t, "lan")
	path := "/bodies/" + w.noongBua.Code + "/become/split"
	given := []string{"heirs", "2", "day", "1/7/2026", "number", "12/QĐ", "name1", "Chi hội Noong Bua Mới", "share1", "2/3", "heir2", idText(w.himLam.ID), "share2", "1/2"}
	answer, got := v.ask("POST", path, form(append(given, "step", "more")...))
	if answer.StatusCode != 200 || !strings.Contains(got, `name="name4"`) || strings.Contains(got, `name="name5"`) || !strings.Contains(got, "Chi hội Noong Bua Mới") {
		t.Fatalf("more rows: %d, want four with what was written", answer.StatusCode)
	}
	given[1] = "4"
	answer, got = v.ask("POST", path, form(given...))
	if said := plainText(got); answer.StatusCode != 422 || !strings.Contains(said, "đã quá toàn bộ đơn vị") || !strings.Contains(got, `name="name4"`) || !strings.Contains(got, `value="2/3"`) {
		t.Errorf("shares over the whole: %d, want them refused with what was written", answer.StatusCode)
	}
	given = append(given, "heir3", idText(third.ID), "share3", "1/6")
	given[9], given[13] = "1/2", "1/3" // the shares of the first two
	answer, got = v.ask("POST", path, form(append(given, "step", "do")...))
	if answer.StatusCode != 303 {
		t.Fatalf("split: %d %.400s", answer.StatusCode, plainText(got))
	}
	_, got = v.ask("GET", answer.Header.Get("Location"), "")
	for _, part := range []string{"Chi hội Noong Bua Mới", "Chi hội Him Lam", "Chi hội Thanh Minh", "1/6"} {
		if !strings.Contains(plainText(got), part) {
			t.Errorf("the event does not show %q", part)
		}
	}
	_, got = v.ask("GET", "/bodies/"+w.noongBua.Code+"/edit", "")
	if strings.Contains(got, `name="ended"`) || !strings.Contains(plainText(got), "Chia tách") {
		t.Error("the form of an ended body asks for its end, or does not lead to the event that tells it")
	}
}

// TestABodyThatIsNoneIsNotReadAsNobody: where a body may be left out, an answer that
// names none is asked again beside its field, and the rest of the form is kept.
func TestABodyThatIsNoneIsNotReadAsNobody(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	for kind, field := range map[string]string{"move": "under", "end": "children"} {
		for _, given := range []string{"x", "-3", "0", "99999999"} {
			path := "/bodies/" + w.noongBua.Code + "/become/" + kind
			answer, got := v.ask("POST", path, form("day", "1/7/2026", "number", "12/QĐ", field, given, "step", "do"))
			if answer.StatusCode != 422 || !strings.Contains(got, `id="`+field+`-wrong"`) || !strings.Contains(got, `value="12/QĐ"`) {
				t.Errorf("%s with %s = %q: %d %.300s", kind, field, given, answer.StatusCode, plainText(got))
			}
		}
	}
	if got, _ := w.book.As(storetest.Operator()).Tree().ParentOn(w.noongBua.ID, calendar.DayOf(2026, 7, 2)); got != w.book.Root() {
		t.Errorf("the branch came under %d, want it where it was", got)
	}
}

// TestAMergerShowsWhoCameTwiceAndKeepsItsPapers: two records of one person stand on
// the page of the event with the way to merge them; its decision is kept as a scan.
func TestAMergerShowsWhoCameTwiceAndKeepsItsPapers(t *testing.T) {
	w := newTown(t)
	for _, at := range []body.ID{w.noongBua.ID, w.himLam.ID} {
		w.enrol(t, at, "Nguyễn Thị Kim Thoa", "1951-03-02", person.Female)
	}
	v := w.as(t, "lan")
	path := "/bodies/" + w.noongBua.Code + "/become/merge"
	given := []string{"with", idText(w.himLam.ID), "name", "Chi hội Noong Bua Him Lam", "day", "1/7/2026", "number", "12/QĐ"}
	answer, got := v.ask("POST", path, form(append(given, "step", "do")...))
	if answer.StatusCode != 303 {
		t.Fatalf("merge: %d %.400s", answer.StatusCode, plainText(got))
	}
	event := answer.Header.Get("Location")
	event, _, _ = strings.Cut(event, "?")
	_, got = v.ask("GET", event, "")
	if said := plainText(got); strings.Count(said, "Nguyễn Thị Kim Thoa") < 2 || !strings.Contains(got, "/merge?with=") {
		t.Errorf("the event does not show who came twice: %.600s", said)
	}
	if answer := v.sendFiles(t, event+"/papers", nil, map[string]string{"quyet-dinh.pdf": "%PDF-1.7 số 12"}); answer.StatusCode != 303 {
		t.Fatalf("send a scan: %d", answer.StatusCode)
	}
	_, got = v.ask("GET", event, "")
	_, at, found := strings.Cut(got, event+"/papers/")
	if !found || !strings.Contains(got, "quyet-dinh.pdf") {
		t.Fatal("the scan does not stand on the event")
	}
	at, _, _ = strings.Cut(at, `"`)
	if _, got = v.ask("GET", event+"/papers/"+at, ""); got != "%PDF-1.7 số 12" {
		t.Errorf("the scan reads %q", got)
	}
	w.officer(t, w.book.Root(), access.Honorary, "Lò Văn Khách", "khach")
	if answer, _ = w.as(t, "khach").ask("GET", event+"/papers/"+at, ""); answer.StatusCode != 403 {
		t.Errorf("who may not read deeds is handed the scan: %d", answer.StatusCode)
	}
	if answer, _ = v.ask("POST", event+"/papers/"+at+"/remove", ""); answer.StatusCode != 303 {
		t.Errorf("take it off: %d", answer.StatusCode)
	}
	if _, got = v.ask("GET", event, ""); strings.Contains(got, event+"/papers/"+at) {
		t.Error("the scan stands there after it was taken off")
	}
}

// TestATieGrowsSidesAndComesBackFromItsTable: the form of a tie takes a third side
// without a script; the table of ties that is given out changes nothing when it is
// brought in again.
func TestATieGrowsSidesAndComesBackFromItsTable(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	given := []string{
		"kind", "twinning", "keeper", idText(w.book.Root()), "side1", "Chi hội Noong Bua", "side1_id", "b" + idText(w.noongBua.ID), "side1_signer", "Vũ Đình Khoát", "side1_office", "Trưởng chi hội",
		"side2", "Chi hội Him Lam", "side2_id", "b" + idText(w.himLam.ID), "signed", "5/2/2024", "place", "Điện Biên Phủ", "reason", "Cùng quê", "code", "noong-bua-him-lam",
	}
	answer, got := v.ask("POST", "/ties/new", form(append(given, "step", "side")...))
	if answer.StatusCode != 200 || !strings.Contains(got, `name="side3"`) || strings.Contains(got, `name="side4"`) || !strings.Contains(got, "Trưởng chi hội") {
		t.Fatalf("a third side: %d", answer.StatusCode)
	}
	answer, got = v.ask("POST", "/ties/new", form(append(given, "side3", "")...))
	if answer.StatusCode != 303 {
		t.Fatalf("enter the tie: %d %.600s", answer.StatusCode, plainText(got))
	}
	_, got = v.ask("GET", "/tie/noong-bua-him-lam", "")
	if !strings.Contains(got, `href="/people/`+idText(w.khoat.ID)) {
		t.Error("the signer does not lead to their record")
	}
	_, table := v.ask("GET", "/ties.xlsx", "")
	look := v.brings("ties", "ties.xlsx", table)
	_, got = v.ask("GET", look, "")
	if said := plainText(got); !strings.Contains(said, "Không có gì để ghi") {
		t.Errorf("the same table again: %.1500s", said)
	}
}
