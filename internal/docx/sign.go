package docx

import "kith.app/internal/document"

// closing writes the signatures and the recipients: at the left of a single
// signature, below several.
func (c *composer) closing() {
	d, width := c.doc, c.page.Breadth()
	placed := false
	if len(d.Signed) > 0 {
		c.bind()
	}
	for i, row := range d.Signed {
		beside := document.Recipients{}
		if i == len(d.Signed)-1 && len(row.Columns) == 1 && !row.Left {
			beside, placed = d.Recipients, true
		}
		c.signatures(row, beside, width)
	}
	if !placed && len(d.Recipients.Items) > 0 {
		c.space(4)
		c.recipients(d.Recipients)
	}
}

// signatures writes signatures side by side: a table without lines whose row
// is not divided, so that nobody's name stands alone on a page.
func (c *composer) signatures(row document.SignatureRow, beside document.Recipients, width float64) {
	if len(row.Columns) == 0 {
		return
	}
	c.gap(5)
	wide := signatureWidths(row, width)
	c.openTable(wide, "", 0)
	if row.Place != "" {
		c.openRow()
		c.placeCells(row, wide)
		c.closeRow()
	}
	c.openRow()
	if len(row.Columns) == 1 && !row.Left {
		c.openCell(wide[0])
		c.recipients(beside)
		c.space(0.4)
		c.closeCell()
		wide = wide[1:]
	}
	for i, s := range row.Columns {
		c.openCell(wide[i])
		c.column(s.Lines(c.page.Size, row.Left), wide[i], c.page.Size)
		c.gap(s.Gap())
		c.column(s.Below(c.page.Size, row.Left), wide[i], c.page.Size)
		c.closeCell()
	}
	c.closeRow()
	c.put(`</w:tbl>`)
	c.space(0.4)
}

// signatureWidths gives the columns of a row of signatures: a single one
// shares it with the recipients.
func signatureWidths(row document.SignatureRow, width float64) []float64 {
	n := len(row.Columns)
	if n == 1 && !row.Left {
		return []float64{width / 2, width / 2}
	}
	wide := make([]float64, n)
	for i := range wide {
		wide[i] = width / float64(n)
	}
	return wide
}

// placeCells writes place and date above the last signature.
func (c *composer) placeCells(row document.SignatureRow, wide []float64) {
	for i, w := range wide {
		if i < len(wide)-1 {
			c.cell(nil, w, c.page.Size)
			continue
		}
		c.cell([]document.Line{{Text: row.Place, Size: c.page.Size - 1, Italic: true, Align: document.Centre}}, w, c.page.Size)
	}
}

// gap is room that keeps with what follows.
func (c *composer) gap(mm float64) {
	c.put(`<w:p><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/></w:pPr></w:p>`, twips(mm))
}

// recipients writes who receives copies: label 12 bold italic, list 11.
func (c *composer) recipients(r document.Recipients) {
	if len(r.Items) == 0 {
		return
	}
	c.paragraph(look{size: 12, keep: true}, document.BI(r.Label))
	for _, l := range r.Lines() {
		c.paragraph(look{size: 11}, document.T(l))
	}
}
