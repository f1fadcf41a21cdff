// Package html writes a paper as a page: the same words and tables, each
// figure a link to what it was counted from, and a print sheet that makes the
// browser's own printing come out like the paper.
//
// Fragment stands inside a page of the program, under the style sheet that
// Style gives; Page is whole by itself and needs nothing from elsewhere. No
// style stands on the elements, so that a strict content policy allows it.
package html

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"

	"kith.app/internal/document"
)

//go:embed paper.css
var style string

// Style is the style sheet of papers.
func Style() string { return style }

// Link gives the address a reference opens, empty when it opens nothing.
type Link func(ref string) string

// Fragment writes the paper as one element of a page, its title a second-level
// heading. Without a link no figure opens.
func Fragment(w io.Writer, d *document.Document, link Link) error {
	return write(w, d, link, 2, func(p *page) { p.copies() })
}

// Page writes the paper as a whole page.
func Page(w io.Writer, d *document.Document, link Link) error {
	return write(w, d, link, 1, func(p *page) {
		p.put(`<!doctype html>` + "\n")
		p.put(`<html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`, p.esc(d.Lang))
		p.put(`<title>%s</title><style>%s</style></head>`+"\n"+`<body class="paper-page"><main>`, p.esc(d.Titled()), style)
		p.copies()
		p.put(`</main></body></html>` + "\n")
	})
}

func write(w io.Writer, d *document.Document, link Link, level int, body func(*page)) error {
	if err := d.Check(); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	if link == nil {
		link = func(string) string { return "" }
	}
	p := &page{doc: d, link: link, level: level}
	body(p)
	if _, err := io.WriteString(w, p.String()); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	return nil
}

// page is a paper being written.
type page struct {
	strings.Builder
	doc   *document.Document
	link  Link
	level int           // of the title's heading
	last  int           // level of the heading written last
	sheet document.Page // the text is on
}

func (p *page) put(format string, args ...any) {
	if len(args) == 0 {
		p.WriteString(format)
		return
	}
	fmt.Fprintf(&p.Builder, format, args...)
}

func (p *page) esc(text string) string { return html.EscapeString(text) }

// text writes words; line breaks in them are kept.
func (p *page) text(words string) {
	p.WriteString(strings.ReplaceAll(p.esc(words), "\n", "<br>"))
}

// copies writes every copy; the screen shows the first only.
func (p *page) copies() {
	for i, label := range p.doc.Copies.Each() {
		classes := "paper"
		if i > 0 {
			classes += " paper-more"
		}
		if p.doc.Copies.TwoUp {
			classes += " paper-half"
		}
		p.paper(classes, label)
	}
}

func (p *page) paper(classes, label string) {
	d := p.doc
	p.sheet = d.Page
	if d.Page.Wide() {
		classes += " paper-wide"
	}
	if d.Page.Indent > 0 {
		classes += " paper-indent"
	}
	if d.Page.Frame {
		classes += " paper-frame"
	}
	p.put(`<article class="%s" lang="%s">`+"\n", classes, p.esc(d.Lang))
	p.head(d.Head)
	p.title(d.Title, label)
	p.address(d.Address)
	p.blocks(d.Blocks)
	p.closing()
	for _, a := range d.Annexes {
		wide := ""
		p.sheet = d.Page
		if a.Page != nil {
			p.sheet = *a.Page
		}
		if p.sheet.Wide() && !d.Page.Wide() {
			wide = " paper-wide"
		}
		p.put(`<section class="paper-annex%s"><header class="paper-title">`, wide)
		p.heading(p.level+1, "", document.Text(a.Number))
		for _, l := range a.Lines(0)[1:] {
			p.line(l)
		}
		p.put("</header>\n")
		p.blocks(a.Blocks)
		p.put("</section>\n")
	}
	p.put("</article>\n")
}

func (p *page) closing() {
	d := p.doc
	p.put(`<footer class="paper-end">`)
	for _, row := range d.Signed {
		p.signatures(row)
	}
	if r := d.Recipients; len(r.Items) > 0 {
		p.put(`<div class="paper-copies"><p>%s</p><ul>`, p.esc(r.Label))
		for _, l := range r.Lines() {
			p.put(`<li>%s</li>`, p.esc(l))
		}
		p.put(`</ul></div>`)
	}
	p.put("</footer>\n")
}

func (p *page) signatures(row document.SignatureRow) {
	classes := "paper-signs"
	if row.Left {
		classes += " paper-left"
	}
	p.put(`<div class="%s">`, classes)
	if row.Place != "" {
		p.put(`<p class="paper-place i">%s</p>`, p.esc(row.Place))
	}
	for _, s := range row.Columns {
		p.put(`<div class="paper-sign"><div>`)
		for _, l := range s.Lines(0, row.Left) {
			p.line(l)
		}
		p.put(`</div><div>`)
		for _, l := range s.Below(0, row.Left) {
			p.line(l)
		}
		p.put(`</div></div>`)
	}
	p.put("</div>\n")
}

// line writes a line of a head or title.
func (p *page) line(l document.Line) {
	if l.Text == "" {
		return
	}
	var classes []string
	if l.Bold {
		classes = append(classes, "b")
	}
	if l.Italic {
		classes = append(classes, "i")
	}
	switch l.Rule {
	case document.RuleText:
		classes = append(classes, "rule")
	case document.RulePart:
		classes = append(classes, "rule part")
	case document.RuleFull:
		classes = append(classes, "rule full")
	}
	if class := alignClass(l.Align); class != "" {
		classes = append(classes, class)
	}
	p.put(`<p class="%s"><span>`, strings.Join(classes, " "))
	p.text(l.Text)
	p.put(`</span></p>`)
}

func alignClass(a document.Align) string {
	switch a {
	case document.Centre:
		return "mid"
	case document.Right:
		return "end"
	case document.Left:
		return "start"
	}
	return ""
}

func (p *page) lines(class string, lines []document.Line) {
	p.put(`<div class="%s">`, class)
	for _, l := range lines {
		p.line(l)
	}
	p.put(`</div>`)
}

func (p *page) head(h document.Head) {
	if len(h.Left)+len(h.Right)+len(h.Number)+len(h.Place) == 0 {
		return
	}
	if h.Shape == document.Centred {
		p.lines("paper-stack", h.Stacked())
		return
	}
	shape := "paper-head"
	if h.Shape == document.Letterhead {
		shape += " paper-letter"
	}
	p.put(`<header class="%s">`, shape)
	p.lines("from", h.Left)
	if h.Shape == document.TwoColumns {
		p.lines("nation", h.Right)
	}
	p.lines("number", h.Number)
	p.lines("place", h.Place)
	p.put("</header>\n")
}

func (p *page) title(t document.Title, label string) {
	if t.Empty() && label == "" {
		return
	}
	p.put(`<div class="paper-title">`)
	lines := t.Lines(label, 0)
	if t.Kind != "" {
		p.heading(p.level, "", document.Text(t.Kind))
		lines = lines[1:]
	}
	for _, l := range lines {
		p.line(l)
	}
	if len(t.Beside) > 0 {
		p.lines("beside", t.Beside)
	}
	p.put("</div>\n")
}

func (p *page) address(a document.Address) {
	switch {
	case len(a.Names) == 0:
	case a.Label == "":
		side := ""
		if a.Right {
			side = " paper-right"
		}
		p.put(`<address class="paper-to%s">%s</address>`+"\n", side, strings.Join(escaped(a.Names), "<br>"))
	case len(a.Names) == 1:
		p.put(`<p class="paper-to mid">%s %s</p>`+"\n", p.esc(a.Label), p.esc(a.Names[0]))
	default:
		p.put(`<div class="paper-to paper-list"><p>%s</p><ul>`, p.esc(a.Label))
		for _, l := range a.Lines() {
			p.put(`<li>%s</li>`, p.esc(l))
		}
		p.put("</ul></div>\n")
	}
}

func escaped(all []string) []string {
	safe := make([]string, len(all))
	for i, s := range all {
		safe[i] = html.EscapeString(s)
	}
	return safe
}

// source gives a picture as an address that holds it.
func source(b document.Image) string {
	return "data:" + html.EscapeString(b.Mime) + ";base64," + base64.StdEncoding.EncodeToString(b.Data)
}
