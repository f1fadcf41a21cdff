package pdf

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"kith.app/internal/document"
)

// closing gives the signatures and, at the left of the last when it stands
// alone or below them, the recipients. They never stand on a page without a
// line of the text.
func (p *press) closing(before []brick, width float64) []brick {
	d := p.doc
	var bricks []brick
	placed := false
	for i, row := range d.Signed {
		var beside []brick
		if i == len(d.Signed)-1 && len(row.Columns) == 1 && !row.Left {
			beside = p.recipients(d.Recipients, width*0.46)
			placed = true
		}
		bricks = append(bricks, p.signatures(row, beside, width)...)
	}
	if !placed {
		below := bind(p.recipients(d.Recipients, width))
		if len(below) > 0 {
			below[0].gap = gapSignature
		}
		bricks = append(bricks, below...)
	}
	if len(d.Signed) > 0 {
		for i := max(len(before)-2, 0); i < len(before); i++ {
			before[i].keep = true
		}
	}
	return bricks
}

// signatures gives the brick of signatures side by side.
func (p *press) signatures(row document.SignatureRow, beside []brick, width float64) []brick {
	n := len(row.Columns)
	if n == 0 {
		return nil
	}
	room, from := width/float64(n), 0.0
	if n == 1 {
		room = width * 0.5
		if !row.Left {
			from = width - room
		}
	}
	place := p.asColumn(tagText, p.column(placeLines(row, p.page.Size), max(room, width*0.5), p.page.Size))
	upper, names := make([]column, n), make([]column, n)
	above, gap, below := 0.0, 0.0, 0.0
	for i, s := range row.Columns {
		upper[i] = p.asColumn(tagText, p.column(s.Lines(p.page.Size, row.Left), room-4, p.page.Size))
		names[i] = p.asColumn(tagText, p.column(s.Below(p.page.Size, row.Left), room-4, p.page.Size))
		above, gap, below = max(above, upper[i].height), max(gap, s.Gap()), max(below, names[i].height)
	}
	height := max(place.height+above+gap+below, tall(beside))
	return []brick{{gap: gapSignature, height: height, draw: func(x, y float64) {
		place.draw(x+width-max(room, width*0.5), y)
		p.stack(beside, x, y+place.height)
		for i := range upper {
			at := x + from + float64(i)*room + 2
			if row.Left {
				at -= 2
			}
			upper[i].draw(at, y+place.height)
			names[i].draw(at, y+place.height+above+gap)
		}
	}}}
}

func placeLines(row document.SignatureRow, size float64) []document.Line {
	if row.Place == "" {
		return nil
	}
	return []document.Line{{Text: row.Place, Size: size - 1, Italic: true, Align: document.Centre}}
}

// recipients sets who receives copies: the label 12 bold italic, the list 11.
func (p *press) recipients(r document.Recipients, width float64) []brick {
	if len(r.Items) == 0 {
		return nil
	}
	bricks := p.setProse(document.Runs{document.BI(r.Label)}, width, prose{size: 12, tight: true})
	for _, l := range r.Lines() {
		bricks = append(bricks, p.setProse(document.Text(l), width, prose{size: 11, tight: true})...)
	}
	return p.as(p.part(tagText), bricks)
}

// image places a picture in the middle, its caption below.
func (p *press) image(b document.Image, width float64) []brick {
	kind, ok := strings.CutPrefix(b.Mime, "image/")
	if !ok || kind != "png" && kind != "jpeg" {
		return nil
	}
	p.images++
	name := fmt.Sprintf("image%d", p.images)
	options := fpdf.ImageOptions{ImageType: kind}
	info := p.RegisterImageOptionsReader(name, options, bytes.NewReader(b.Data))
	if info == nil || p.Err() || info.Width() == 0 {
		return nil
	}
	wide := b.Width
	if wide == 0 {
		wide = width * 2 / 3
	}
	high := wide * info.Height() / info.Width()
	if most := p.page.Depth() * 0.8; high > most {
		wide, high = wide*most/high, most
	}
	figure := p.part(tagFigure)
	figure.alt = b.Alt
	caption := p.captioned(b.Caption, width)
	picture := brick{gap: gapText, height: high, keep: b.Caption != "", draw: func(x, y float64) {
		p.mark(figure, func() { p.ImageOptions(name, x+(width-wide)/2, y, wide, high, false, options, 0, "") })
	}}
	if b.Caption == "" {
		return []brick{picture}
	}
	return append([]brick{picture}, caption...)
}
