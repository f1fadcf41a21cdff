package pdf

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/document"
	"kith.app/internal/document/setting"
	"kith.app/internal/document/specimen"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// set writes a paper and gives the text as it was set.
func set(t testing.TB, d *document.Document) []stamp {
	t.Helper()
	var stamps []stamp
	var out bytes.Buffer
	if err := write(&out, d, func(s stamp) { stamps = append(stamps, s) }); err != nil {
		t.Fatal(err)
	}
	return stamps
}

// plot gives what was set, line by line: page, place, type and words.
func plot(stamps []stamp) string {
	var b strings.Builder
	for i, s := range stamps {
		if i > 0 && stamps[i-1].page == s.page && stamps[i-1].y == s.y && stamps[i-1].style == s.style {
			if !strings.HasSuffix(stamps[i-1].text, " ") {
				b.WriteString(" | ")
			}
			b.WriteString(s.text)
			continue
		}
		fmt.Fprintf(&b, "\n%d %6.1f %6.1f %-2s %4.1f  %s", s.page, s.x, s.y, [...]string{"", "b", "i", "bi"}[s.style], s.size, s.text)
	}
	return strings.TrimPrefix(b.String(), "\n") + "\n"
}

// TestSpecimensAreSetAsAgreed compares where every word stands with the golden
// files; with PAPERS set to a folder it leaves the papers there to be looked at.
func TestSpecimensAreSetAsAgreed(t *testing.T) {
	for name, d := range specimen.Papers() {
		got := plot(set(t, d))
		golden := filepath.Join("testdata", name+".txt")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is set otherwise than agreed; look at it (PAPERS=folder), then run with -update\n%s", name, firstDifference(got, string(want)))
		}
		if dir := os.Getenv("PAPERS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".pdf"), bytesOf(t, d), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("line %d: got  %q\n          want %q", i+1, a[i], append(b, make([]string, len(a))...)[i])
		}
	}
	return "the end is missing"
}

func bytesOf(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheSamePaperGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(bytesOf(t, specimen.AnnualReport()), bytesOf(t, specimen.AnnualReport())) {
		t.Error("two files of one paper differ")
	}
}

func TestHeadOfATableComesAgainOnEveryPage(t *testing.T) {
	heads, pages := map[int]int{}, 0
	for _, s := range set(t, specimen.Roll(200)) {
		if s.text == "Nơi cư trú" {
			heads[s.page]++
		}
		pages = max(pages, s.page)
	}
	if pages < 5 {
		t.Fatalf("a roll of 200 has %d pages", pages)
	}
	for page := 1; page <= pages; page++ {
		if heads[page] != 1 {
			t.Errorf("page %d has the head %d times", page, heads[page])
		}
	}
}

func TestPagesAreNumberedFromTheSecondOn(t *testing.T) {
	numbers := map[int]string{}
	for _, s := range set(t, specimen.Roll(200)) {
		if s.y < 20 {
			numbers[s.page] += s.text
		}
	}
	if numbers[1] != "" || numbers[2] != "2" || numbers[5] != "5" {
		t.Errorf("numbers in the top margin are %v", numbers)
	}
}

func TestSignaturesNeverStandAlone(t *testing.T) {
	for lines := range 60 {
		p := document.Compose("vi", document.A4())
		for range lines {
			p.Say("Một đoạn văn.")
		}
		p.Sign(document.Signature{Position: "TRƯỞNG BAN", Name: "Phạm Văn Khoát"})
		text, signed := 0, 0
		for _, s := range set(t, p.Paper()) {
			switch {
			case strings.HasPrefix(s.text, "Một"):
				text = s.page
			case strings.HasPrefix(s.text, "TRƯỞNG"):
				signed = s.page
			}
		}
		if lines > 0 && text != signed {
			t.Errorf("after %d paragraphs the text ends on page %d, the signature stands on page %d", lines, text, signed)
		}
	}
}

func TestTwoCopiesStandOnOneSheet(t *testing.T) {
	titles := map[string]bool{}
	for _, s := range set(t, specimen.Voucher()) {
		if s.text == "PHIẾU CHI" {
			titles[fmt.Sprintf("%d:%t", s.page, s.y > 148.5)] = true
		}
	}
	if !titles["1:false"] || !titles["1:true"] || len(titles) != 2 {
		t.Errorf("the copies stand at %v, want one in each half of page 1", titles)
	}
}

func TestACopyTooLongForHalfASheetGetsItsOwn(t *testing.T) {
	d := specimen.Voucher()
	for range 8 {
		d.Blocks = append(d.Blocks, document.Paragraph{Runs: document.Text("Thêm một dòng.")})
	}
	last := 0
	for _, s := range set(t, d) {
		last = max(last, s.page)
	}
	if last != 2 {
		t.Errorf("two long copies take %d pages, want 2", last)
	}
}

func TestDecomposedLettersAreSetComposed(t *testing.T) {
	p := document.Compose("vi", document.A4())
	p.Say("Nguye\u0302\u0303n")
	if got := plot(set(t, p.Paper())); !strings.Contains(got, "Nguyễn") {
		t.Errorf("set as %q", got)
	}
}

func TestARowLongerThanAPageIsDivided(t *testing.T) {
	table := document.Table{Columns: []document.Column{{Head: "TT"}, {Head: "Nội dung"}}}
	table.Add(document.C("1"), document.C(strings.Repeat("Một nội dung rất dài. ", 700)))
	d := &document.Document{Page: document.A4(), Blocks: document.Blocks{table}}
	words, last := 0, 0
	for _, s := range set(t, d) {
		if s.y > d.Page.Height-d.Page.Bottom+1 {
			t.Fatalf("%q stands at %.0f mm on page %d, below the margin", s.text, s.y, s.page)
		}
		words += strings.Count(s.text, "Một")
		last = max(last, s.page)
	}
	if words != 700 || last < 2 {
		t.Errorf("%d of 700 sentences on %d pages", words, last)
	}
}

func TestAHeadLongerThanAPageIsDivided(t *testing.T) {
	table := document.Table{Columns: []document.Column{{Head: strings.Repeat("Một đầu cột dài. ", 600), Group: "Nhóm"}, {Head: "Hai", Group: "Nhóm"}}}
	table.Add(document.C("1"), document.C("2"))
	d := &document.Document{Page: document.A4(), Blocks: document.Blocks{table}}
	words := 0
	for _, s := range set(t, d) {
		if s.y > d.Page.Height-d.Page.Bottom+1 {
			t.Fatalf("%q stands at %.0f mm on page %d, below the margin", s.text, s.y, s.page)
		}
		words += strings.Count(s.text, "Một")
	}
	if words != 600 {
		t.Errorf("%d of 600 words", words)
	}
}

// TestNothingLeavesThePage sets papers made at random and looks whether every
// word stands between the margins and none is lost.
func TestNothingLeavesThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := specimen.Random(chance(t))
		var out bytes.Buffer
		err := write(&out, d, func(s stamp) {
			right := s.x + setting.Width(strings.TrimRight(s.text, " "), s.style, s.size)
			page := d.Page
			if s.x < page.Left-0.1 || right > page.Width-page.Right+0.6 || s.y < page.Top/2 || s.y > page.Height-page.Bottom+1 {
				t.Fatalf("%q stands at %.1f to %.1f, %.1f on page %d", s.text, s.x, right, s.y, s.page)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkTenThousandRows(b *testing.B) {
	d := specimen.Roll(10000)
	for b.Loop() {
		b.ReportMetric(float64(len(bytesOf(b, d))), "bytes")
	}
}

// chance lets the property test decide what a paper is made of.
func chance(t *rapid.T) specimen.Chance {
	word := rapid.OneOf(rapid.SampledFrom(specimen.Awkward()), rapid.StringN(0, 20, 60))
	return specimen.Chance{
		Below: func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "below") },
		Word:  func() string { return word.Draw(t, "word") },
	}
}
