package docx

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // pictures come as JPEG and PNG
	_ "image/png"

	"kith.app/internal/document"
	"kith.app/internal/drawing"
	"kith.app/internal/drawing/raster"
)

// emu is how many units of Word make a millimetre.
const emu = 36000

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
	c.inline(picture{data: b.Data, mime: "image/" + format}, b.Alt, b.Caption, wide, high)
}

// drawn writes a drawing as a picture of some two hundred dots to the inch, which
// every program that opens Word files shows alike.
func (c *composer) drawn(b document.Picture, width float64) {
	wide, high := b.Size(width, c.doc.Room(b, c.page.Depth()))
	const dotsToMillimetre = 220 / 25.4
	dots := min(wide*dotsToMillimetre/b.Of.Width, 4)
	data, err := raster.PNG(b.Of, dots)
	if err != nil {
		return // no paper is large enough for such a drawing; its table stands beside
	}
	c.inline(picture{data: data, mime: "image/png"}, b.Alt, b.Caption, wide, high)
}

// frame lays the frame of a certificate behind the text, over the whole sheet. It
// says nothing, so that it has no words for those who listen.
func (c *composer) frame() {
	if c.framed == 0 {
		const dots = 150 / 25.4
		data, err := raster.PNG(drawing.Frame(c.page.Width, c.page.Height), dots)
		if err != nil {
			return // no sheet is so large
		}
		c.framed = len(c.images) + 1
		c.images = append(c.images, picture{name: fmt.Sprintf("image%d.png", c.framed), mime: "image/png", data: data})
	}
	wide, high := int(c.page.Width*emu), int(c.page.Height*emu)
	c.put(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:drawing>`)
	c.put(`<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">`)
	c.put(`<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>`)
	c.put(`<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="%d" cy="%d"/>`, wide, high)
	c.put(`<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="%d" name="Frame" descr=""/><wp:cNvGraphicFramePr/>`, 1000+c.framed)
	c.graphic(c.framed, wide, high)
	c.put(`</wp:anchor></w:drawing></w:r></w:p>`)
}

// graphic writes which picture is shown and how large.
func (c *composer) graphic(n, wide, high int) {
	c.put(`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>`)
	c.put(`<pic:nvPicPr><pic:cNvPr id="%d" name="Picture %d"/><pic:cNvPicPr/></pic:nvPicPr>`, n, n)
	c.put(`<pic:blipFill><a:blip r:embed="rIdImage%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`, n)
	c.put(`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`, wide, high)
	c.put(`</pic:pic></a:graphicData></a:graphic>`)
}

// inline puts a picture on a line of its own, in the middle.
func (c *composer) inline(p picture, alt, caption string, wide, high float64) {
	n := len(c.images) + 1
	p.name = fmt.Sprintf("image%d.%s", n, p.mime[len("image/"):])
	c.images = append(c.images, p)
	c.open(look{size: c.page.Size, align: document.Centre, before: 6, keep: caption != ""})
	c.put(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="Picture %d" descr="`,
		int(wide*emu), int(high*emu), n, n)
	c.words(alt)
	c.put(`"/>`)
	c.graphic(n, int(wide*emu), int(high*emu))
	c.put(`</wp:inline></w:drawing></w:r>`)
	c.close()
	if caption != "" {
		c.paragraph(look{size: c.page.Size - 1, align: document.Centre, before: 3}, document.I(caption))
	}
}
