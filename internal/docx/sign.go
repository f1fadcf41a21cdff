package docx

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // pictures come as JPEG and PNG
	_ "image/png"

	"kith.app/internal/document"
)

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

// image writes a picture in the middle, its caption below.
func (c *composer) image(b document.Image, width float64) {
	config, format, err := image.DecodeConfig(bytes.NewReader(b.Data))
	if err != nil || config.Width == 0 {
		return // an SVG drawing, which stands on pages only
	}
	wide := b.Width
	if wide == 0 {
		wide = width * 2 / 3
	}
	high := wide * float64(config.Height) / float64(config.Width)
	if most := c.page.Depth() * 0.8; high > most {
		wide, high = wide*most/high, most
	}
	n := len(c.images) + 1
	c.images = append(c.images, picture{fmt.Sprintf("image%d.%s", n, format), "image/" + format, b.Data})
	const emu = 36000 // to the millimetre
	c.open(look{size: c.page.Size, align: document.Centre, before: 6, keep: b.Caption != ""})
	c.put(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="Picture %d" descr="`,
		int(wide*emu), int(high*emu), n, n)
	c.words(b.Alt)
	c.put(`"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>`)
	c.put(`<pic:nvPicPr><pic:cNvPr id="%d" name="Picture %d"/><pic:cNvPicPr/></pic:nvPicPr>`, n, n)
	c.put(`<pic:blipFill><a:blip r:embed="rIdImage%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`, n)
	c.put(`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`, int(wide*emu), int(high*emu))
	c.put(`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`)
	c.close()
	if b.Caption != "" {
		c.paragraph(look{size: c.page.Size - 1, align: document.Centre, before: 3}, document.I(b.Caption))
	}
}
