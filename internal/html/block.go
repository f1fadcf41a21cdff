package html

import (
	"strconv"
	"strings"

	"kith.app/internal/document"
	"kith.app/internal/document/setting"
)

func (p *page) blocks(blocks document.Blocks) {
	for _, b := range blocks {
		p.block(b)
	}
}

func (p *page) block(b document.Block) {
	switch b := b.(type) {
	case document.Heading:
		p.heading(min(p.level+max(b.Level, 1), 6), b.Number, b.Runs)
	case document.Paragraph:
		p.paragraph(b)
	case document.Bases:
		p.put(`<div class="paper-bases">`)
		for _, l := range b.Lines() {
			p.put(`<p class="i">%s</p>`, p.esc(l))
		}
		p.put("</div>\n")
	case document.List:
		p.list(b.Items)
	case document.Fields:
		p.fields(b)
	case document.Pairs:
		p.put(`<dl class="paper-pairs">`)
		for _, pair := range b.Items {
			p.put(`<div><dt>%s</dt><dd>`, p.esc(pair.Label))
			p.runs(pair.Value)
			p.put(`</dd></div>`)
		}
		p.put("</dl>\n")
	case document.Table:
		p.table(b)
	case document.Box:
		p.put(`<section class="paper-box">`)
		if b.Title != "" {
			p.heading(min(p.level+2, 6), "", document.Text(b.Title))
		}
		p.blocks(b.Blocks)
		p.put("</section>\n")
	case document.Image:
		p.put(`<figure><img src="%s" alt="%s">`, source(b), p.esc(b.Alt))
		if b.Caption != "" {
			p.put(`<figcaption>%s</figcaption>`, p.esc(b.Caption))
		}
		p.put("</figure>\n")
	case document.Picture:
		p.put(`<figure>`)
		if b.Narrow != nil {
			p.put("%s%s", b.Of.SVG("drawn-wide"), b.Narrow.SVG("drawn-narrow"))
		} else {
			p.put("%s", b.Of.SVG(""))
		}
		if b.Caption != "" {
			p.put(`<figcaption>%s</figcaption>`, p.esc(b.Caption))
		}
		p.put("</figure>\n")
	case document.Note:
		p.put(`<p class="paper-note">`)
		p.runs(b.Runs)
		p.put("</p>\n")
	case document.PageBreak:
		p.put(`<hr class="paper-break">` + "\n")
	case document.SignatureRow:
		p.signatures(b)
	}
}

// heading writes a heading, at most one level below the one before, as those
// who hear a page rather than see it expect.
func (p *page) heading(level int, number string, runs document.Runs) {
	if p.last == 0 {
		p.last = p.level - 1
	}
	level = min(level, p.last+1)
	p.last = level
	p.put(`<h%d>`, level)
	if number != "" {
		p.put(`%s `, p.esc(number))
	}
	p.runs(runs)
	p.put("</h%d>\n", level)
}

func (p *page) paragraph(b document.Paragraph) {
	classes := []string{"paper-p"}
	if b.Flush {
		classes = append(classes, "flush")
	}
	if class := alignClass(b.Align); class != "" {
		classes = append(classes, class)
	}
	switch {
	case b.Size >= 24:
		classes = append(classes, "huge")
	case b.Size > p.doc.Page.Size+2:
		classes = append(classes, "large")
	}
	p.put(`<p class="%s">`, strings.Join(classes, " "))
	p.runs(b.Runs)
	p.put("</p>\n")
}

func (p *page) list(items []document.Item) {
	p.put(`<ul class="paper-items">`)
	for _, it := range items {
		p.put(`<li>`)
		p.runs(it.Runs)
		if len(it.Sub) > 0 {
			p.list(it.Sub)
		}
		p.put(`</li>`)
	}
	p.put("</ul>\n")
}

func (p *page) fields(f document.Fields) {
	p.put(`<div class="paper-fields">`)
	for _, item := range f.Items {
		if len(item.Value) == 0 {
			p.put(`<p class="fill"><span>%s</span><span class="blank"></span></p>`, p.esc(item.Label))
			continue
		}
		p.put(`<p>%s `, p.esc(item.Label))
		p.runs(item.Value)
		p.put(`</p>`)
	}
	for range f.Extra {
		p.put(`<p class="fill more"><span class="blank"></span></p>`)
	}
	p.put("</div>\n")
}

// runs writes text in its styles. A run with a reference is a link when the
// link function knows where it leads.
func (p *page) runs(runs document.Runs) {
	for _, r := range runs {
		p.run(r)
	}
}

func (p *page) run(r document.Run) {
	var shut []string
	open := func(tag, attributes string) {
		p.WriteString("<" + tag + attributes + ">")
		shut = append(shut, "</"+tag+">")
	}
	if address := p.opens(r.Ref); address != "" {
		open("a", ` class="paper-figure" href="`+p.esc(address)+`"`)
	}
	if r.Bold {
		open("strong", "")
	}
	if r.Italic {
		open("em", "")
	}
	if r.Super {
		open("sup", "")
	}
	if r.Figure.Value != "" {
		open("data", ` value="`+p.esc(r.Figure.Value)+`"`)
	}
	p.text(r.Text)
	for i := len(shut) - 1; i >= 0; i-- {
		p.WriteString(shut[i])
	}
}

func (p *page) opens(ref string) string {
	if ref == "" {
		return ""
	}
	return p.link(ref)
}

func (p *page) table(t document.Table) {
	open := ""
	if t.Open {
		open = " open"
	}
	if t.Unit != "" {
		p.put(`<p class="paper-unit">%s</p>`, p.esc(t.Unit))
	}
	p.put(`<div class="paper-table%s" tabindex="0"><table>`, open)
	if t.Caption != "" {
		p.put(`<caption>%s</caption>`, p.esc(t.Caption))
	}
	p.put(`<colgroup>`)
	for _, wide := range setting.Columns(t, p.sheet.Size-1, p.sheet.Breadth()) {
		p.put(`<col width="%.0f%%">`, 100*wide/p.sheet.Breadth())
	}
	p.put(`</colgroup>`)
	p.tableHead(t)
	p.put("<tbody>\n")
	for _, row := range t.Rows {
		p.row(t, row)
	}
	p.put("</tbody></table></div>\n")
}

func (p *page) tableHead(t document.Table) {
	groups := t.HeadGroups()
	p.put(`<thead>`)
	if groups != nil {
		p.put(`<tr>`)
		for _, g := range groups {
			if g.Name == "" {
				p.put(`<th scope="col" rowspan="2">%s</th>`, p.esc(t.Columns[g.From].Head))
				continue
			}
			p.put(`<th scope="colgroup" colspan="%d">%s</th>`, g.To-g.From, p.esc(g.Name))
		}
		p.put(`</tr>`)
	}
	p.put(`<tr>`)
	for _, c := range t.Columns {
		if groups == nil || c.Group != "" {
			p.put(`<th scope="col">%s</th>`, p.esc(c.Head))
		}
	}
	p.put("</tr></thead>\n")
}

func (p *page) row(t document.Table, row document.Row) {
	p.put(`<tr class="%s">`, row.Kind)
	at := 0
	for _, c := range row.Cells {
		span := ""
		if c.Width() > 1 {
			span = ` colspan="` + strconv.Itoa(c.Width()) + `"`
		}
		class := alignClass(t.AlignAt(at, c))
		if _, isFigure := c.Runs.Figure(); isFigure {
			class += " num"
		}
		p.put(`<td class="%s"%s>`, strings.TrimPrefix(class, "start"), span)
		p.runs(c.Runs)
		p.put(`</td>`)
		at += c.Width()
	}
	p.put("</tr>\n")
}
