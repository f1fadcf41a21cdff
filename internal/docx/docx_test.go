package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"pgregory.net/rapid"

	"kith.app/internal/document"
	"kith.app/internal/document/specimen"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func written(t interface{ Fatal(...any) }, d *document.Document) []byte {
	var out bytes.Buffer
	if err := Write(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// unzipped gives the parts of a file by name.
func unzipped(t interface{ Fatal(...any) }, data []byte) map[string]string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
	}
	return parts
}

func tree(t testing.TB, text string) *etree.Document {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromString(text); err != nil {
		t.Fatal(err)
	}
	return doc
}

// outline gives the text of a document the way it is set: a line for each
// paragraph, rows and cells of tables marked and indented.
func outline(e *etree.Element, depth int) string {
	var b strings.Builder
	margin := strings.Repeat("  ", depth)
	for _, child := range e.ChildElements() {
		switch child.Tag {
		case "p":
			b.WriteString(margin + paragraphLine(child) + "\n")
		case "tbl":
			b.WriteString(margin + "table " + widths(child) + "\n" + outline(child, depth+1))
		case "tr":
			b.WriteString(margin + "row" + rowMarks(child) + "\n" + outline(child, depth+1))
		case "tc":
			b.WriteString(margin + "cell" + cellMarks(child) + "\n" + outline(child, depth+1))
		case "sectPr":
			b.WriteString(margin + section(child) + "\n")
		}
	}
	return b.String()
}

func paragraphLine(p *etree.Element) string {
	marks := []string{}
	if style := p.FindElement("pPr/pStyle"); style != nil {
		marks = append(marks, style.SelectAttrValue("w:val", ""))
	}
	if p.FindElement("pPr/keepNext") != nil {
		marks = append(marks, "keep")
	}
	if p.FindElement("pPr/pBdr") != nil {
		marks = append(marks, "rule")
	}
	if ind := p.FindElement("pPr/ind"); ind != nil {
		for _, a := range ind.Attr {
			if a.Value != "0" {
				marks = append(marks, a.Key+"="+a.Value)
			}
		}
	}
	if jc := p.FindElement("pPr/jc"); jc != nil {
		marks = append(marks, jc.SelectAttrValue("w:val", ""))
	}
	var words strings.Builder
	for _, r := range p.SelectElements("r") {
		open, shut := "", ""
		if r.FindElement("rPr/b") != nil {
			open, shut = "*", "*"
		}
		if r.FindElement("rPr/i") != nil {
			open, shut = open+"/", "/"+shut
		}
		words.WriteString(open)
		for _, c := range r.ChildElements() {
			switch c.Tag {
			case "t":
				words.WriteString(c.Text())
			case "tab":
				words.WriteString("→")
			case "br":
				words.WriteString("⏎")
			}
		}
		words.WriteString(shut)
	}
	line := "[" + strings.Join(marks, " ") + "] " + words.String()
	if s := p.FindElement("pPr/sectPr"); s != nil {
		line += section(s)
	}
	return line
}

func widths(table *etree.Element) string {
	var all []string
	for _, c := range table.FindElements("tblGrid/gridCol") {
		all = append(all, c.SelectAttrValue("w:w", ""))
	}
	if table.FindElement("tblPr/tblBorders") != nil {
		all = append(all, "lined")
	}
	return strings.Join(all, " ")
}

func rowMarks(row *etree.Element) string {
	if row.FindElement("trPr/tblHeader") != nil {
		return " head"
	}
	return ""
}

func cellMarks(cell *etree.Element) string {
	marks := ""
	if span := cell.FindElement("tcPr/gridSpan"); span != nil {
		marks += " span=" + span.SelectAttrValue("w:val", "")
	}
	if merge := cell.FindElement("tcPr/vMerge"); merge != nil {
		marks += " merge" + merge.SelectAttrValue("w:val", "")
	}
	return marks
}

func section(s *etree.Element) string {
	size, margin := s.FindElement("pgSz"), s.FindElement("pgMar")
	value := func(e *etree.Element, key string) string { return e.SelectAttrValue("w:"+key, "") }
	line := fmt.Sprintf("section %s×%s top=%s right=%s bottom=%s left=%s", value(size, "w"), value(size, "h"),
		value(margin, "top"), value(margin, "right"), value(margin, "bottom"), value(margin, "left"))
	if s.FindElement("titlePg") != nil {
		line += " first page unnumbered"
	}
	return line
}

// TestSpecimensAreWrittenAsAgreed compares every specimen with its golden
// outline; with PAPERS set to a folder it leaves the papers there to be looked
// at.
func TestSpecimensAreWrittenAsAgreed(t *testing.T) {
	for name, d := range specimen.Papers() {
		data := written(t, d)
		body := tree(t, unzipped(t, data)["word/document.xml"]).FindElement("document/body")
		got := outline(body, 0)
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
			t.Errorf("%s is written otherwise than agreed; look at it (PAPERS=folder), then run with -update", name)
		}
		if dir := os.Getenv("PAPERS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".docx"), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestTheSamePaperGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(written(t, specimen.AnnualReport()), written(t, specimen.AnnualReport())) {
		t.Error("two files of one paper differ")
	}
}

func TestMarginsAreThoseOfTheDecree(t *testing.T) {
	body := unzipped(t, written(t, specimen.OfficialLetter()))["word/document.xml"]
	// 20, 15, 20 and 30 mm in twentieths of a point.
	want := `w:top="1134" w:right="850" w:bottom="1134" w:left="1701"`
	if !strings.Contains(body, want) {
		t.Errorf("no %s in the document", want)
	}
	if !strings.Contains(body, `w:w="11906" w:h="16838"`) {
		t.Error("the sheet is not A4")
	}
}

func TestWordsAreMarkedAsVietnamese(t *testing.T) {
	parts := unzipped(t, written(t, specimen.AnnualReport()))
	for part, want := range map[string]string{
		"word/styles.xml":   `<w:lang w:val="vi-VN"`,
		"docProps/core.xml": `<dc:language>vi-VN</dc:language>`,
	} {
		if !strings.Contains(parts[part], want) {
			t.Errorf("%s has no %s", part, want)
		}
	}
	if want := "<dc:title>BÁO CÁO - Kết quả hoạt động năm 2025"; !strings.Contains(parts["docProps/core.xml"], want) {
		t.Errorf("the title is not among the properties:\n%s", parts["docProps/core.xml"])
	}
}

func TestEveryPartIsDeclared(t *testing.T) {
	d := specimen.AnnualReport()
	d.Blocks = append(d.Blocks, document.Image{Data: pixel, Mime: "image/png", Alt: "Một \"ảnh\""})
	parts := unzipped(t, written(t, d))
	for name := range parts {
		if strings.HasPrefix(name, "word/") && strings.HasSuffix(name, ".xml") && !strings.Contains(parts["[Content_Types].xml"], "/"+name) {
			t.Errorf("%s has no declared type", name)
		}
	}
	rels := parts["word/_rels/document.xml.rels"]
	for _, id := range []string{"rIdNumber", "rIdBlank", "rIdImage1"} {
		if !strings.Contains(parts["word/document.xml"], id) || !strings.Contains(rels, `Id="`+id+`"`) {
			t.Errorf("%s is not both used and declared", id)
		}
	}
	if parts["word/media/image1.png"] != string(pixel) {
		t.Error("the picture is not in the file")
	}
}

// pixel is the smallest picture.
var pixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82")

// TestAnyTextGivesWholeXML writes papers made at random: every part must be
// well-formed, every table row as wide as its grid, every cell end with a
// paragraph.
func TestAnyTextGivesWholeXML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for name, text := range unzipped(t, written(t, specimen.Random(chance(t)))) {
			if err := wellFormed(text); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if name != "word/document.xml" {
				continue
			}
			doc := etree.NewDocument()
			if err := doc.ReadFromString(text); err != nil {
				t.Fatal(err)
			}
			for _, cell := range doc.FindElements("//tc") {
				inside := cell.ChildElements()
				if last := inside[len(inside)-1]; last.Tag != "p" {
					t.Fatalf("a cell ends with %s", last.Tag)
				}
			}
			for _, table := range doc.FindElements("//tbl") {
				grid := len(table.FindElements("tblGrid/gridCol"))
				for _, row := range table.SelectElements("tr") {
					if n := columnsOf(row); n != grid {
						t.Fatalf("a row fills %d of %d columns", n, grid)
					}
				}
			}
		}
	})
}

func columnsOf(row *etree.Element) int {
	n := 0
	for _, cell := range row.SelectElements("tc") {
		width := 1
		if span := cell.FindElement("tcPr/gridSpan"); span != nil {
			if _, err := fmt.Sscan(span.SelectAttrValue("w:val", "1"), &width); err != nil {
				return -1
			}
		}
		n += width
	}
	return n
}

func wellFormed(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
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

func BenchmarkTenThousandRows(b *testing.B) {
	d := specimen.Roll(10000)
	for b.Loop() {
		written(b, d)
	}
}

// TestSeveralPapersStandInOneFileEachOnItsOwnSheet writes papers of different sheets
// together: every one but the last ends with a section of its own, and pages of each
// are numbered from one.
func TestSeveralPapersStandInOneFileEachOnItsOwnSheet(t *testing.T) {
	wide := specimen.Voucher()
	wide.Copies = document.Copies{}
	wide.Page.Width, wide.Page.Height = 297, 210
	large := specimen.OfficialLetter()
	large.Page.Size, large.Page.Unnumbered = 15, true
	var out bytes.Buffer
	if err := WriteAll(&out, specimen.OfficialLetter(), wide, large); err != nil {
		t.Fatal(err)
	}
	body := unzipped(t, out.Bytes())["word/document.xml"]
	if n := strings.Count(body, "<w:sectPr>"); n < 3 {
		t.Errorf("%d sections, want one a paper at least", n)
	}
	if n := strings.Count(body, `<w:pgNumType w:start="1"/>`); n != 3 {
		t.Errorf("pages are numbered anew %d times, want 3", n)
	}
	if !strings.Contains(body, `w:orient="landscape"`) || !strings.Contains(body, `<w:sz w:val="30"/>`) {
		t.Error("the sheet or the size of a later paper is lost")
	}
	if !strings.Contains(body, `<w:headerReference w:type="default" r:id="rIdBlank"/>`) {
		t.Error("a paper without numbers takes those of the one before")
	}
	if !strings.HasSuffix(body, "</w:sectPr></w:body></w:document>") {
		t.Error("the file does not end with the last section")
	}
	if err := WriteAll(&out); err == nil {
		t.Error("no paper at all is written without a word")
	}
}
