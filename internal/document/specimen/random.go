package specimen

import (
	"strings"

	"kith.app/internal/document"
)

// Chance decides what a random paper is made of: a number below n, and a word.
type Chance struct {
	Below func(n int) int
	Word  func() string
}

// Awkward lists words that papers meet sooner or later.
func Awkward() []string {
	return []string{"Nguyễn", "năm", "2025", "57.150.000", "đồng", "\n", "", "ở", "Đặng", "HỘI", "Nguye\u0302\u0303n", "ສະບາຍດີ", "ខ្មែរ\u200bដែល", "😀", "<b>", "&amp;", "%d", "\x00", "\u202e", strings.Repeat("dài", 15)}
}

// Random makes a paper of anything at all, for looking whether the writers
// stand it.
func Random(c Chance) *document.Document {
	pages := []document.Page{document.A4(), document.A4Wide(), document.Letter(), document.Form()}
	p := document.Compose("vi", pages[c.Below(len(pages))])
	p.Title(c.words(), c.words())
	for range c.Below(9) {
		switch c.Below(9) {
		case 0:
			p.Para(c.runs()...)
		case 1:
			p.Section(c.words())
		case 2:
			p.Items(c.runs(), c.runs())
		case 3:
			p.Line(document.F(c.words(), c.runs()...), document.Blank(c.words()))
		case 4:
			p.Add(document.Pairs{Items: []document.Pair{{Label: c.words(), Value: c.runs()}}})
		case 5:
			p.Add(document.Box{Title: c.words(), Blocks: document.Blocks{document.Paragraph{Runs: c.runs()}, c.table()}})
		case 6:
			p.Add(document.SignatureRow{Columns: []document.Signature{{Position: c.words()}, {Name: c.words()}}})
		case 7:
			p.Add(document.Bases{Items: []string{c.words()}}, document.PageBreak{}, document.Note{Runs: c.runs()})
		default:
			p.Add(c.table())
		}
	}
	return p.Paper()
}

func (c Chance) words() string {
	words := make([]string, c.Below(20))
	for i := range words {
		words[i] = c.Word()
	}
	return strings.Join(words, " ")
}

func (c Chance) runs() document.Runs {
	return document.Runs{document.T(c.words()), {Text: c.words(), Bold: true, Super: c.Below(2) == 1}}
}

func (c Chance) table() document.Table {
	var table document.Table
	n := 1 + c.Below(6)
	for range n {
		table.Columns = append(table.Columns, document.Column{Head: c.words(), Share: float64(c.Below(4))})
	}
	for range c.Below(12) {
		row := document.Row{Kind: document.RowKind(c.Below(4))}
		for range n {
			row.Cells = append(row.Cells, document.C(c.words()))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}
