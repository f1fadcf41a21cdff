// Package pdf writes a paper as PDF, ready to be printed and signed.
//
// Every piece of a paper (a line of text, a row of a table, a row of
// signatures) first becomes a brick: a height and a way to draw it. Bricks are
// then laid page by page, so that what belongs together stays together and
// heads of tables come again. The typeface is embedded, subset to the letters
// used; text stays text and can be copied and searched.
//
// The file is tagged: its headings, paragraphs, lists, tables and figures are named
// in their order, with what the figures show, so that it can be read aloud; frames, lines and
// numbers of pages are marked as none of the text.
//
// Lao and Khmer are shaped and drawn as outlines above unseen letters. Letters
// of other scripts come out as empty boxes.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"

	"kith.app/internal/document"
	"kith.app/internal/document/setting"
	"kith.app/internal/drawing"
)

// family is the name of the typeface inside the file.
const family = "tinos"

// Write writes the paper, as often as its copies ask. The same paper gives
// the same bytes.
func Write(w io.Writer, d *document.Document) error {
	return write(w, d, func(stamp) {})
}

// stamp is one piece of text as it was set.
type stamp struct {
	page  int
	x, y  float64
	text  string
	style setting.Style
	size  float64
}

// WriteAll writes several papers into one file, each as often as its copies
// ask: a certificate for every pupil, an invitation for every guest.
func WriteAll(w io.Writer, papers ...*document.Document) error {
	return writeAll(w, papers, func(stamp) {})
}

// write writes the paper and tells see of every piece of text.
func write(w io.Writer, d *document.Document, see func(stamp)) error {
	return writeAll(w, []*document.Document{d}, see)
}

func writeAll(w io.Writer, papers []*document.Document, see func(stamp)) error {
	if len(papers) == 0 {
		return errors.New("write pdf: no paper")
	}
	p := press{Fpdf: fpdf.New("P", "mm", "A4", ""), doc: papers[0], see: see, tags: newTags()}
	p.prepare()
	for _, d := range papers {
		if err := d.Check(); err != nil {
			return fmt.Errorf("write pdf: %w", err)
		}
		p.doc = d
		if d.Copies.TwoUp {
			p.printTwoUp()
			continue
		}
		for _, label := range d.Copies.Each() {
			p.printCopy(label)
		}
	}
	return p.finish(w)
}

// finish writes the file with its structure.
func (p *press) finish(w io.Writer) error {
	var written bytes.Buffer
	if err := p.Output(&written); err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	whole, err := structured(written.Bytes(), p.tags)
	if err != nil {
		return err
	}
	if _, err := w.Write(whole); err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	return nil
}

// press prints one file: the paper, the page being filled and what hand the
// file was last set in.
type press struct {
	*fpdf.Fpdf
	doc    *document.Document
	page   document.Page
	number int // of the page within its copy
	set    hand
	cut    [4]bool // the cuts of the typeface that are in the file
	images int
	see    func(stamp)
	tags   *tags
}

// hand is the cut and size text is being set in.
type hand struct {
	style setting.Style
	size  float64
}

func (p *press) prepare() {
	p.SetAutoPageBreak(false, 0)
	p.SetCatalogSort(true)
	made := dated(p.doc.Dated)
	p.SetCreationDate(made)
	p.SetModificationDate(made)
	p.SetTitle(setting.Clean(p.doc.Titled()), true)
	p.SetAuthor(setting.Clean(p.doc.Author), true)
	p.SetCreator("Kith", true)
	p.SetProducer("Kith", true)
	p.SetLang(p.doc.Lang)
}

// dated reads the day of the paper; a paper without one is dated by the
// earliest day every reader accepts, so that its bytes stay the same.
func dated(day string) time.Time {
	if t, err := time.Parse("2006-01-02", day); err == nil {
		return t
	}
	return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
}

// printCopy prints the whole paper once.
func (p *press) printCopy(label string) {
	p.number = 0
	p.lay(p.doc.Page, p.main(label))
	for _, a := range p.doc.Annexes {
		page := p.doc.Page
		if a.Page != nil {
			page = *a.Page
		}
		p.lay(page, p.annex(page, a))
	}
}

// printTwoUp prints two copies on a sheet with a line to cut along; when one
// does not fit on half a sheet, each gets its own.
func (p *press) printTwoUp() {
	page := p.doc.Page
	half := page.Height / 2
	labels := p.doc.Copies.Each()
	for i := 0; i < len(labels); i++ {
		bricks := p.main(labels[i])
		if tall(bricks) > half-page.Top-page.Bottom/2 || len(p.doc.Annexes) > 0 {
			p.printCopy(labels[i])
			continue
		}
		top := page.Top
		if i%2 == 0 {
			p.begin(page)
			p.cutLine(page, half)
		} else {
			top += half
		}
		p.stack(bricks, page.Left, top)
	}
}

func (p *press) cutLine(page document.Page, at float64) {
	p.aside(func() {
		p.SetLineWidth(0.15)
		p.SetDashPattern([]float64{1.5, 1.5}, 0)
		p.Line(8, at, page.Width-8, at)
		p.SetDashPattern(nil, 0)
	})
}

// begin opens a page: number in the middle of the top margin from the second
// on, frame around it when it has one.
func (p *press) begin(page document.Page) {
	orientation, short, long := "P", page.Width, page.Height
	if page.Wide() {
		orientation, short, long = "L", page.Height, page.Width
	}
	p.AddPageFormat(orientation, fpdf.SizeType{Wd: short, Ht: long})
	p.page, p.set = page, hand{}
	p.number++
	if page.Frame {
		p.aside(func() { p.sketch(drawing.Frame(page.Width, page.Height), 0, 0, 1) })
	}
	if p.number > 1 && !page.Unnumbered {
		text := fmt.Sprint(p.number)
		w := setting.Width(text, setting.Upright, 13)
		p.aside(func() { p.text(page.Left+(page.Breadth()-w)/2, page.Top/2+2, text, setting.Upright, 13) })
	}
}

// text sets a string with its baseline at y.
func (p *press) text(x, y float64, text string, style setting.Style, size float64) {
	if text == "" {
		return
	}
	if now := (hand{style, size}); p.set != now {
		name := [...]string{"", "B", "I", "BI"}[style]
		if !p.cut[style] { // those that are not used are left out of the file
			p.AddUTF8FontFromBytes(family, name, setting.File(style))
			p.cut[style] = true
		}
		p.SetFont(family, name, size)
		p.set = now
	}
	p.see(stamp{p.PageNo(), x, y, text, style, size})
	for _, part := range setting.Stretches(text) {
		if part.Script == setting.Plain {
			p.Text(x, y, strings.Map(settable, part.Text))
			x += setting.Width(part.Text, style, size)
			continue
		}
		x += p.drawShaped(x, y, part, hand{style, size})
	}
}

// parted puts an unseen space behind a line that goes on below, so that its last
// word and the next are read as two.
func (p *press) parted(x, y float64) { p.Text(x, y, " ") }

// drawShaped draws a stretch of a shaped script as outlines, with its letters
// unseen below them so that it can be copied and found. It gives its width.
func (p *press) drawShaped(x, y float64, part setting.Stretch, h hand) float64 {
	const unseen, filled = 3, 0
	p.SetTextRenderingMode(unseen)
	p.Text(x, y, part.Text)
	p.SetTextRenderingMode(filled)
	return p.outline(x, y, part, h, "F")
}

// outline draws the letters of a stretch as shapes, filled or only their edges, and
// gives its width.
func (p *press) outline(x, y float64, part setting.Stretch, h hand, style string) float64 {
	shaped := setting.Shape(part, h.style)
	em := h.size * setting.Point
	at := func(s setting.Spot) (float64, float64) { return x + s.X*em, y - s.Y*em }
	var pen setting.Spot
	for _, m := range shaped.Moves {
		last := m.Spots[len(m.Spots)-1]
		lastX, lastY := at(last)
		switch {
		case m.Lift:
			p.MoveTo(lastX, lastY)
		case len(m.Spots) == 1:
			p.LineTo(lastX, lastY)
		default:
			a, b := cubic(pen, m.Spots)
			aX, aY := at(a)
			bX, bY := at(b)
			p.CurveBezierCubicTo(aX, aY, bX, bY, lastX, lastY)
		}
		pen = last
	}
	if len(shaped.Moves) > 0 {
		p.DrawPath(style)
	}
	return shaped.Advance * em
}

// cubic gives the two handles of a curve; one of the TrueType kind has a
// single handle that both lean on.
func cubic(from setting.Spot, spots []setting.Spot) (a, b setting.Spot) {
	if len(spots) == 3 {
		return spots[0], spots[1]
	}
	lean := func(end setting.Spot) setting.Spot {
		return setting.Spot{X: end.X + (spots[0].X-end.X)*2/3, Y: end.Y + (spots[0].Y-end.Y)*2/3}
	}
	return lean(from), lean(spots[1])
}

// settable replaces letters beyond the basic plane, such as pictures typed on a
// phone: the library cannot write them, and the typeface has none of them.
func settable(r rune) rune {
	if r > 0xFFFF {
		return unicode.ReplacementChar
	}
	return r
}

// rule draws a thin line.
func (p *press) rule(x, y, length float64) {
	p.SetLineWidth(0.25)
	p.Line(x, y, x+length, y)
}
