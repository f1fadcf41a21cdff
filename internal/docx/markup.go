package docx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"

	"kith.app/internal/document"
	"kith.app/internal/document/setting"
)

// markup is XML being written.
type markup struct{ bytes.Buffer }

// put writes markup; words of the paper never come this way but by words.
func (m *markup) put(format string, args ...any) {
	if len(args) == 0 {
		m.WriteString(format)
		return
	}
	fmt.Fprintf(&m.Buffer, format, args...)
}

// bind keeps the paragraph written last on the page of what follows.
func (m *markup) bind() {
	const opening = `<w:p><w:pPr>`
	all := m.Bytes()
	at := bytes.LastIndex(all, []byte(opening))
	if at < 0 {
		return
	}
	at += len(opening)
	rest := string(all[at:])
	if strings.HasPrefix(rest, `<w:keepNext/>`) || strings.HasPrefix(rest, `<w:pStyle`) {
		return
	}
	m.Truncate(at)
	m.WriteString(`<w:keepNext/>` + rest)
}

// words writes text as it may stand in XML.
func (m *markup) words(text string) {
	// A bytes.Buffer never refuses to be written to.
	_ = xml.EscapeText(&m.Buffer, []byte(text))
}

// twips is a length in the twentieths of a point that Word counts in.
func twips(mm float64) int { return int(math.Round(mm / setting.Point * 20)) }

// points is a distance in points as Word counts it.
func points(pt float64) int { return int(math.Round(pt * 20)) }

// half is a type size as Word counts it.
func half(size float64) int { return int(math.Round(size * 2)) }

// look is how a paragraph is set.
type look struct {
	style  string // named style; "" is Normal
	size   float64
	align  document.Align
	before float64 // points
	after  float64 // points
	first  float64 // indent of the first line, millimetres
	left   float64 // indent of all lines
	right  float64
	keep   bool   // with what follows
	multi  bool   // with the leading of the page
	tabs   string // tab stops
}

// open begins a paragraph.
func (c *composer) open(l look) {
	c.put(`<w:p><w:pPr>`)
	if l.style != "" {
		c.put(`<w:pStyle w:val="%s"/>`, l.style)
	}
	if l.keep {
		c.put(`<w:keepNext/>`)
	}
	if l.tabs != "" {
		c.put(`<w:tabs>%s</w:tabs>`, l.tabs)
	}
	line := 240
	if l.multi {
		line = int(math.Round(240 * max(c.page.Leading, 1)))
	}
	c.put(`<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="auto"/>`, points(l.before), points(l.after), line)
	if l.first != 0 || l.left != 0 || l.right != 0 {
		c.put(`<w:ind w:left="%d" w:right="%d"`, twips(l.left), twips(l.right))
		if l.first < 0 {
			c.put(` w:hanging="%d"/>`, twips(-l.first))
		} else {
			c.put(` w:firstLine="%d"/>`, twips(l.first))
		}
	}
	c.put(`<w:jc w:val="%s"/></w:pPr>`, justification(l.align))
}

func (c *composer) close() { c.put(`</w:p>`) }

func justification(a document.Align) string {
	switch a {
	case document.Centre:
		return "center"
	case document.Right:
		return "right"
	case document.Justify:
		return "both"
	}
	return "left"
}

// paragraph writes a whole paragraph.
func (c *composer) paragraph(l look, runs ...document.Run) {
	c.open(l)
	for _, r := range runs {
		c.run(r, l.size)
	}
	c.close()
}

// run writes text in one style. Line breaks in it are kept.
func (c *composer) run(r document.Run, size float64) {
	c.put(`<w:r><w:rPr>`)
	if r.Bold {
		c.put(`<w:b/><w:bCs/>`)
	}
	if r.Italic {
		c.put(`<w:i/><w:iCs/>`)
	}
	if size <= 0 {
		size = c.doc.Page.Size
	}
	if size != c.base {
		c.put(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, half(size), half(size))
	}
	if r.Super {
		c.put(`<w:vertAlign w:val="superscript"/>`)
	}
	c.put(`</w:rPr>`)
	for i, line := range strings.Split(setting.Clean(r.Text), "\n") {
		if i > 0 {
			c.put(`<w:br/>`)
		}
		c.put(`<w:t xml:space="preserve">`)
		c.words(line)
		c.put(`</w:t>`)
	}
	c.put(`</w:r>`)
}

// tab writes a tab.
func (c *composer) tab() { c.put(`<w:r><w:tab/></w:r>`) }

// space writes an empty paragraph of a height.
func (c *composer) space(mm float64) {
	c.put(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>`, max(twips(mm), 20))
}

// rule writes a rule of a length in a column of a width: the upper border of
// a tiny paragraph.
func (c *composer) rule(length, width float64, align document.Align) {
	if length <= 0 {
		return
	}
	left, right := (width-length)/2, (width-length)/2
	if align == document.Left {
		left, right = 0, width-length
	}
	c.put(`<w:p><w:pPr><w:keepNext/><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`)
	c.put(`<w:spacing w:before="40" w:after="0" w:line="80" w:lineRule="exact"/><w:ind w:left="%d" w:right="%d"/><w:rPr><w:sz w:val="4"/></w:rPr></w:pPr></w:p>`,
		twips(left), twips(right))
}

// openTable begins a table of fixed columns. The borders are those of its
// style or none; moved shifts it left by that much.
func (c *composer) openTable(wide []float64, borders string, moved float64) {
	sum := 0.0
	for _, w := range wide {
		sum += w
	}
	c.put(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblInd w:w="%d" w:type="dxa"/>`, twips(sum), twips(moved))
	if borders != "" {
		c.put(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			c.put(`<w:%s w:val="single" w:sz="%s" w:space="0" w:color="000000"/>`, side, borders)
		}
		c.put(`</w:tblBorders>`)
	}
	c.put(`<w:tblLayout w:type="fixed"/>`)
	pad := 0.0
	if borders != "" {
		pad = setting.CellPad
	}
	c.put(`<w:tblCellMar><w:left w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, twips(pad), twips(pad))
	for _, w := range wide {
		c.put(`<w:gridCol w:w="%d"/>`, twips(w))
	}
	c.put(`</w:tblGrid>`)
}

// openRow begins a row that is not divided between pages.
func (c *composer) openRow() { c.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`) }

// openCell begins a cell.
func (c *composer) openCell(wide float64) {
	c.put(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, twips(wide))
}

func (c *composer) closeCell() { c.put(`</w:tc>`) }
func (c *composer) closeRow()  { c.put(`</w:tr>`) }
