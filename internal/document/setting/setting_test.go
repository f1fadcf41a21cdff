package setting

import (
	"math"
	"strings"
	"testing"

	"kith.app/internal/document"
)

func TestEveryVietnameseLetterCanBeSet(t *testing.T) {
	letters := "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ₫…–—“”«»°²"
	for _, r := range letters + strings.ToUpper(letters) {
		for s := Upright; s <= BoldItalic; s++ {
			if r < measured && table()[s][r] == 0 {
				t.Errorf("the typeface has no %q (%U) in style %d", r, r, s)
			}
		}
	}
}

func TestWidthsAreThoseOfTimes(t *testing.T) {
	// Known widths of Times New Roman in thousandths of the size.
	for r, want := range map[string]float64{"a": 444, "M": 889, "0": 500, " ": 250} {
		got := Width(r, Upright, 1000/Point)
		if math.Abs(got-want) > 1 {
			t.Errorf("width of %q is %.0f, want %.0f", r, got, want)
		}
	}
}

func TestCleanComposesAndDropsControls(t *testing.T) {
	if got := Clean("Nguye\u0302\u0303n\tA\x00\r\nB"); got != "Nguyễn A\nB" {
		t.Errorf("clean text is %q", got)
	}
}

func TestNumbersStayWithTheirWords(t *testing.T) {
	got := Clean("Ngày 20 tháng 9 năm 2025, chi 37.450.000 đồng cho 12 chi hội")
	want := "Ngày_20 tháng_9 năm_2025, chi 37.450.000_đồng cho 12 chi hội"
	if strings.ReplaceAll(got, "\u00A0", "_") != want {
		t.Errorf("bound text is %q, want %q", got, want)
	}
}

func TestBalanceEvensLines(t *testing.T) {
	name := "HỘI ĐỒNG HƯƠNG HẢI DƯƠNG KHU VỰC ĐIỆN BIÊN PHỦ"
	lines := Balance(name, Bold, 12, 70)
	if len(lines) != 2 || strings.Join(lines, " ") != name {
		t.Fatalf("lines are %q", lines)
	}
	a, b := Width(lines[0], Bold, 12), Width(lines[1], Bold, 12)
	if math.Abs(a-b) > 15 {
		t.Errorf("lines are %.0f and %.0f mm wide, not even: %q", a, b, lines)
	}
}

func TestFieldsShareTheirLine(t *testing.T) {
	fields := []document.Field{document.F("Họ và tên:", document.T("Nguyễn Văn An")), document.Blank("Sinh năm:")}
	places, ok := Places(fields, 13, 165)
	if !ok {
		t.Fatal("two short fields do not fit on 165 mm")
	}
	if places[1].End != 165 || places[1].Value <= places[1].Label || places[1].Label <= places[0].Value {
		t.Errorf("places are %+v", places)
	}
	if _, ok := Places(fields, 13, 60); ok {
		t.Error("two fields fit on 60 mm with no room for a pen")
	}
}

func TestColumnsNeverBreakAnAmount(t *testing.T) {
	table := document.Table{Columns: []document.Column{{Head: "TT", Share: 1}, {Head: "Nội dung", Share: 20}, {Head: "Số tiền", Share: 1}}}
	table.Add(document.C("1"), document.C("Thăm hội viên ốm"), document.CR(document.Num("157.150.000", "157150000", "")))
	wide := Columns(table, 13, 100)
	if want := Width("157.150.000", Upright, 13); wide[2] < want+2*CellPad {
		t.Errorf("column of amounts is %.1f mm, an amount is %.1f mm", wide[2], want)
	}
	if sum := wide[0] + wide[1] + wide[2]; math.Abs(sum-100) > 0.01 {
		t.Errorf("columns add up to %.2f, want 100", sum)
	}
}

func TestColumnsWithoutSharesFollowTheirCells(t *testing.T) {
	table := document.Table{Columns: []document.Column{{Head: "TT"}, {Head: "Nội dung"}, {Head: "Số"}}}
	table.Add(document.C("1"), document.C("Một dòng chữ dài hơn hẳn hai cột kia"), document.C("2"))
	wide := Columns(table, 13, 165)
	if wide[1] < wide[0]*3 || wide[1] < wide[2]*3 {
		t.Errorf("columns are %v", wide)
	}
}

func TestNeighboursScriptsAreShaped(t *testing.T) {
	if got := Stretches("Lào ສະບາຍດີ và ខ្មែរ."); len(got) != 5 || got[1].Script != Lao || got[3].Script != Khmer || got[4].Text != "." {
		t.Fatalf("stretches are %+v", got)
	}
	// A vowel sign above its consonant takes no room of its own.
	if bare, signed := Width("ດ", Upright, 12), Width("ດີ", Upright, 12); math.Abs(bare-signed) > 0.01 {
		t.Errorf("widths are %.2f without and %.2f with a sign above", bare, signed)
	}
	for _, s := range []Stretch{{"ສະບາຍດີ", Lao}, {"ខ្មែរ", Khmer}} {
		shaped := Shape(s, Bold)
		if len(shaped.Moves) < 20 || !shaped.Moves[0].Lift || shaped.Advance <= 0 {
			t.Errorf("%q is drawn in %d moves over %.2f", s.Text, len(shaped.Moves), shaped.Advance)
		}
	}
}

func TestClustersKeepMarksWithTheirLetters(t *testing.T) {
	for word, want := range map[string]string{
		"abc":      "a|b|c",
		"ເອກະ":     "ເອ|ກະ",
		"ខ្មែរ":    "ខ្មែ|រ",
		"e\u0302x": "e\u0302|x",
	} {
		if got := strings.Join(Clusters(word), "|"); got != want {
			t.Errorf("clusters of %q are %q, want %q", word, got, want)
		}
	}
}

func TestCutsKeepEveryLetter(t *testing.T) {
	word := strings.Repeat("ສະບາຍດີ", 20)
	pieces := Cuts(word, Upright, 12, 10, 30)
	if strings.Join(pieces, "") != word {
		t.Error("letters were lost")
	}
	for _, p := range pieces {
		if w := Width(p, Upright, 12); w > 31 {
			t.Errorf("%q is %.1f mm wide", p, w)
		}
	}
}
