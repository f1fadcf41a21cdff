package html

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"kith.app/internal/document"
	"kith.app/internal/document/specimen"
)

func wholePage(t *testing.T, d *document.Document, link Link) string {
	t.Helper()
	var out bytes.Buffer
	if err := Page(&out, d, link); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func fragment(t *testing.T, d *document.Document, link Link) string {
	t.Helper()
	var out bytes.Buffer
	if err := Fragment(&out, d, link); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// walk calls see for every element of a text.
func walk(t *testing.T, text string, see func(*html.Node)) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			see(n)
		}
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// TestSpecimensAreWritten writes every specimen and looks at its build; with
// PAPERS set to a folder it leaves them there to be looked at.
func TestSpecimensAreWritten(t *testing.T) {
	for name, d := range specimen.Papers() {
		text := wholePage(t, d, func(ref string) string { return "/" + ref })
		level := 0
		walk(t, text, func(n *html.Node) {
			if attribute(n, "style") != "" || attribute(n, "onclick") != "" {
				t.Errorf("%s: <%s> has a style or script of its own, which a strict policy forbids", name, n.Data)
			}
			if len(n.Data) != 2 || n.Data[0] != 'h' {
				return
			}
			if now, err := strconv.Atoi(n.Data[1:]); err == nil {
				if now > level+1 && level > 0 {
					t.Errorf("%s: h%d follows h%d", name, now, level)
				}
				level = now
			}
		})
		if dir := os.Getenv("PAPERS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".html"), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestFiguresOpenWhatTheyWereCountedFrom(t *testing.T) {
	p := document.Compose("vi", document.A4())
	p.Para(document.T("Thăm "), document.Num("1.094", "1094", "deeds?kind=sick-visit&year=2025"), document.T(" lượt, "),
		document.Num("3", "3", "unknown"), document.Num("4", "4", ""))
	text := fragment(t, p.Paper(), func(ref string) string {
		if ref == "unknown" {
			return ""
		}
		return "/" + ref
	})
	var links, values []string
	walk(t, text, func(n *html.Node) {
		switch n.Data {
		case "a":
			links = append(links, attribute(n, "href"))
		case "data":
			values = append(values, attribute(n, "value"))
		}
	})
	if len(links) != 1 || links[0] != "/deeds?kind=sick-visit&year=2025" {
		t.Errorf("links are %q", links)
	}
	if strings.Join(values, " ") != "1094 3 4" {
		t.Errorf("values are %q", values)
	}
	if strings.Contains(fragment(t, p.Paper(), nil), "<a ") {
		t.Error("without a link function a figure is a link")
	}
}

func TestNothingTypedBecomesMarkup(t *testing.T) {
	const bad = `<script>alert("x")</script>&'`
	p := document.Compose(bad, document.A4())
	p.Head(document.HeadOf(func(key string, _ ...any) string { return bad }, document.Issuer{Family: document.State, Name: bad}, bad, bad))
	p.Title(bad, bad).To(bad, bad, bad)
	p.Say(bad)
	p.Section(bad)
	p.Items(document.Text(bad))
	p.Line(document.F(bad, document.T(bad)), document.Blank(bad))
	p.Add(document.Bases{Items: []string{bad}}, document.Pairs{Items: []document.Pair{{Label: bad, Value: document.Text(bad)}}},
		document.Box{Title: bad}, document.Note{Runs: document.Text(bad)}, document.Image{Mime: `"` + bad, Alt: bad, Caption: bad},
		document.Table{Caption: bad, Unit: bad, Columns: []document.Column{{Head: bad, Group: bad}}, Rows: []document.Row{{Cells: []document.Cell{document.CR(document.Num(bad, bad, bad))}}}})
	p.Sign(document.Signature{Capacity: []string{bad}, Position: bad, Note: bad, Name: bad})
	p.CopyTo(bad, bad)
	p.Annex(bad, bad, bad, nil)
	walk(t, wholePage(t, p.Paper(), func(ref string) string { return "/" + ref }), func(n *html.Node) {
		if n.Data == "script" {
			t.Fatal("typed text became a script")
		}
	})
}

func TestTheScreenShowsOneCopyAndThePrinterAll(t *testing.T) {
	text := wholePage(t, specimen.Voucher(), nil)
	if n := strings.Count(text, `<article class="paper`); n != 2 {
		t.Errorf("%d copies, want 2", n)
	}
	if n := strings.Count(text, `<article class="paper paper-more`); n != 1 {
		t.Errorf("%d copies are for the printer only, want 1", n)
	}
}

func TestATotalCoversItsColumns(t *testing.T) {
	text := fragment(t, specimen.AnnualReport(), nil)
	for _, want := range []string{`<tr class="total"><td class="" colspan="2">`, `<th scope="colgroup" colspan="2">Năm 2024</th>`, `<th scope="col" rowspan="2">TT</th>`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
}
