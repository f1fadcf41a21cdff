// Package docx writes a paper as a Word file that can be edited, printed and
// signed at once.
//
// The file is Office Open XML written by hand: a zip of a few parts, the same
// bytes for the same paper. Words are set in Times New Roman, which every
// office has, under its real styles (Heading 1 and so on), so that the reader
// can go on working in it. Rules below the motto and the title are borders of
// tiny paragraphs, as long as the words above them measure: nothing floats,
// nothing moves when the text is edited.
package docx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"time"

	"kith.app/internal/document"
)

// Write writes the paper. The same paper gives the same bytes.
func Write(w io.Writer, d *document.Document) error { return WriteAll(w, d) }

// WriteAll writes several papers into one file, each in sections of its own, with
// its own sheet and pages numbered from one: all that a meeting needs.
func WriteAll(w io.Writer, papers ...*document.Document) error {
	if len(papers) == 0 {
		return errors.New("write docx: no paper")
	}
	for _, d := range papers {
		if err := d.Check(); err != nil {
			return fmt.Errorf("write docx: %w", err)
		}
	}
	c := compose(papers)
	z := zip.NewWriter(w)
	for _, part := range c.parts() {
		// Every part is dated alike: the day a file was written is no part of the paper.
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: epoch})
		if err != nil {
			return fmt.Errorf("write docx: %w", err)
		}
		if _, err := f.Write(part.data); err != nil {
			return fmt.Errorf("write docx: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write docx: %w", err)
	}
	return nil
}

// epoch is the earliest day a zip can hold.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// part is one file inside the zip.
type part struct {
	name string
	data []byte
}

// composer writes the body of a file.
type composer struct {
	markup
	doc    *document.Document // being written
	base   float64            // size of type of the file
	last   bool               // doc is the last of the file
	others bool               // it is not the only one
	page   document.Page
	images []picture
	framed int // number of the picture of the frame, once there is one
}

// picture is an image in the file.
type picture struct {
	name, mime string
	data       []byte
}

// compose writes the body.
func compose(papers []*document.Document) *composer {
	c := &composer{base: papers[0].Page.Size, others: len(papers) > 1}
	for i, d := range papers {
		c.doc, c.page, c.last = d, d.Page, i == len(papers)-1
		if d.Copies.TwoUp && len(d.Annexes) == 0 {
			c.twoUp()
		} else {
			c.copies()
		}
	}
	c.doc = papers[0] // the file is called and dated as its first paper
	return c
}

// end ends the last section of a paper: that of the last one stands at the end of
// the file.
func (c *composer) end(page document.Page, first bool) {
	if c.last {
		c.section(page, first)
		return
	}
	c.sectionBreak(page, first)
}

// copies writes the paper once for every copy, each in sections of its own so
// that its pages are numbered from one.
func (c *composer) copies() {
	labels := c.doc.Copies.Each()
	first := true
	for i, label := range labels {
		c.page, first = c.doc.Page, true
		c.main(label)
		for _, a := range c.doc.Annexes {
			c.sectionBreak(c.page, first)
			first = false
			if a.Page != nil {
				c.page = *a.Page
			} else {
				c.page = c.doc.Page
			}
			c.annex(a)
		}
		if i < len(labels)-1 {
			c.sectionBreak(c.page, first)
		}
	}
	c.end(c.page, first)
}

// twoUp writes two copies on every sheet, each in a row half a sheet high with
// a line to cut along between them.
func (c *composer) twoUp() {
	page := c.page
	labels := c.doc.Copies.Each()
	for i := 0; i < len(labels); i += 2 {
		if i > 0 {
			c.put(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
		}
		pair := labels[i:min(i+2, len(labels))]
		c.openTable([]float64{page.Breadth()}, "", 0)
		for j, label := range pair {
			height := page.Height/2 - page.Top
			if j == 1 {
				height = page.Height/2 - page.Bottom - 8
			}
			c.put(`<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, twips(height), twips(page.Breadth()))
			if j == 0 {
				c.put(`<w:tcBorders><w:bottom w:val="dashed" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>`)
			}
			c.put(`</w:tcPr>`)
			if j == 1 {
				c.space(page.Top)
			}
			c.main(label)
			c.space(0.4) // a cell must end with a paragraph
			c.put(`</w:tc></w:tr>`)
		}
		c.put(`</w:tbl>`)
	}
	c.space(0.4)
	c.end(page, true)
}

// sectionBreak ends a section inside the text.
func (c *composer) sectionBreak(page document.Page, first bool) {
	c.put(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>`)
	c.section(page, first)
	c.put(`</w:pPr></w:p>`)
}

// section gives sheet and margins. The first page of the paper bears no
// number; of an annex it does.
func (c *composer) section(page document.Page, first bool) {
	c.put(`<w:sectPr>`)
	if !page.Unnumbered {
		c.put(`<w:headerReference w:type="default" r:id="rIdNumber"/>`)
		c.put(`<w:headerReference w:type="first" r:id="rIdBlank"/>`)
	}
	if page.Unnumbered && c.others { // or it would have the number of the paper before
		c.put(`<w:headerReference w:type="default" r:id="rIdBlank"/>`)
	}
	orient := ""
	if page.Wide() {
		orient = ` w:orient="landscape"`
	}
	c.put(`<w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/>`, twips(page.Width), twips(page.Height), orient)
	c.put(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		twips(page.Top), twips(page.Right), twips(page.Bottom), twips(page.Left), twips(page.Top/2-2), twips(page.Bottom/2))
	if first {
		c.put(`<w:pgNumType w:start="1"/>`)
	}
	if page.Middle && c.above() == 0 {
		c.put(`<w:vAlign w:val="center"/>`)
	}
	if first && !page.Unnumbered {
		c.put(`<w:titlePg/>`)
	}
	c.put(`</w:sectPr>`)
}
