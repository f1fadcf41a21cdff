package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"kith.app/internal/document"
	"kith.app/internal/document/specimen"
)

// TestEveryObjectStandsWhereTheTableSays opens what was written as a reader does.
func TestEveryObjectStandsWhereTheTableSays(t *testing.T) {
	for name, d := range specimen.Papers() {
		written := bytesOf(t, d)
		f, err := open(written)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for number, offset := range f.offsets[1:] {
			if head := fmt.Appendf(nil, "%d 0 obj\n", number+1); !bytes.HasPrefix(written[offset:], head) {
				t.Errorf("%s: object %d is not at %d", name, number+1, offset)
			}
		}
		for _, part := range []string{"/StructTreeRoot ", "/MarkInfo <</Marked true>>", "/Lang (" + d.Lang + ")", "/S /Document", "/DisplayDocTitle true"} {
			if !bytes.Contains(written, []byte(part)) {
				t.Errorf("%s lacks %s", name, part)
			}
		}
	}
}

// TestThePartsOfAPaperAreNamed counts what a reader aloud would meet.
func TestThePartsOfAPaperAreNamed(t *testing.T) {
	p := document.Compose("vi", document.A4())
	p.Title("BÁO CÁO", "Năm 2025")
	p.Section("Tình hình")
	p.Say("Một đoạn.")
	p.Items(document.Text("một"), document.Text("hai"))
	table := document.Table{Columns: []document.Column{{Head: "TT"}, {Head: "Việc"}}}
	for range 80 {
		table.Add(document.C("1"), document.C("Thăm ốm"))
	}
	table.AddTotal(document.CSpan(2, "Cộng"))
	p.Add(table, document.Box{Title: "Khung", Blocks: document.Blocks{document.Paragraph{Runs: document.Text("Trong khung.")}}})
	p.Add(specimen.Pictures().Blocks[1])
	p.Sign(document.Signature{Position: "TRƯỞNG BAN", Name: "Phạm Văn Khoát"})
	written := string(bytesOf(t, p.Paper()))
	for kind, want := range map[string]int{"H1": 1, "H2": 1, "L": 1, "LI": 2, "LBody": 2, "Table": 1, "TR": 82, "TH": 2, "TD": 161, "Figure": 1, "Div": 1} {
		if got := len(regexp.MustCompile(`/S /`+kind+` `).FindAllString(written, -1)); got != want {
			t.Errorf("%d parts %s, want %d", got, kind, want)
		}
	}
	if !strings.Contains(written, "/Alt "+spoken("Các địa phương nước ngoài kết nghĩa với Bình Dương. 14 địa phương ở 9 nước; 9 đang hoạt động.")) {
		t.Error("the picture does not say what it shows")
	}
	if !strings.Contains(written, "/ColSpan 2") {
		t.Error("the total does not say that it covers two columns")
	}
}

// TestEachStretchHasItsPart holds the numbers on the pages to the tree.
func TestEachStretchHasItsPart(t *testing.T) {
	written := string(bytesOf(t, specimen.Roll(200)))
	parents := regexp.MustCompile(`(?s)/ParentTree <</Nums \[(.*?)\n\]>>`).FindStringSubmatch(written)
	if parents == nil {
		t.Fatal("no tree of parents")
	}
	pages := strings.Count(parents[1], "[")
	if keyed := strings.Count(written, "/StructParents "); keyed != pages {
		t.Errorf("%d pages lead to %d lists of parents", keyed, pages)
	}
	if _, err := structured([]byte("%PDF-1.3\nstartxref\n0\n%%EOF\n"), newTags()); err == nil {
		t.Error("a file of another build was tagged")
	}
}
