package docx

import (
	"kith.app/internal/document"
	"kith.app/internal/document/setting"
)

// pointToMillimetre is what a point of type is in millimetres.
const pointToMillimetre = 25.4 / 72

// above is the room over a text that stands in the middle of its page. Not every
// program that opens the file centres a page by itself, so the room is counted from
// the lines; 0 when they cannot be counted.
func (c *composer) above() float64 {
	d := c.doc
	if !c.page.Middle || !d.Title.Empty() || len(d.Annexes) > 0 {
		return 0
	}
	tall := max(c.deep(d.Head.Left, c.page.Breadth(), 12), c.deep(d.Head.Right, c.page.Breadth(), 12))
	for i, b := range d.Blocks {
		p, ok := b.(document.Paragraph)
		if !ok {
			return 0
		}
		tall += c.proseDeep(p, i == 0)
	}
	for _, row := range d.Signed {
		tall += c.signedDeep(row)
	}
	return max(0, (c.page.Depth()-tall)/2)
}

// deep is the height of lines in a column of a width.
func (c *composer) deep(lines []document.Line, width, size float64) float64 {
	tall := 0.0
	for _, l := range lines {
		at := l.Size
		if at == 0 {
			at = size
		}
		tall += float64(len(setting.Wrap(l.Text, setting.Cut(l.Bold, l.Italic), at, width))) * c.page.Pitch(at)
	}
	return tall
}

// proseDeep is the height of a paragraph with the room above it.
func (c *composer) proseDeep(p document.Paragraph, first bool) float64 {
	size, before := p.Size, p.Space
	if size == 0 {
		size = c.page.Size
	}
	if first {
		before = max(before, 12)
	}
	bold := len(p.Runs) > 0 && p.Runs[0].Bold
	lines := setting.Wrap(p.Runs.Plain(), setting.Cut(bold, false), size, c.page.Breadth())
	return float64(len(lines))*c.page.Pitch(size) + before*pointToMillimetre
}

// signedDeep is the height of signatures side by side.
func (c *composer) signedDeep(row document.SignatureRow) float64 {
	size, tallest := c.page.Size, 0.0
	if len(row.Columns) == 0 {
		return 0
	}
	room := c.page.Breadth() / float64(max(2, len(row.Columns)))
	for _, s := range row.Columns {
		tallest = max(tallest, c.deep(s.Lines(size, row.Left), room, size)+s.Gap()+c.deep(s.Below(size, row.Left), room, size))
	}
	if row.Place != "" {
		tallest += c.page.Pitch(size - 1)
	}
	return 5 + tallest
}
