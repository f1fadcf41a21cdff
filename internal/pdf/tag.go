package pdf

import "fmt"

// Kinds of parts that readers of a tagged file know.
const (
	tagDocument = "Document"
	tagPart     = "Sect"
	tagBox      = "Div"
	tagTitle    = "H1"
	tagText     = "P"
	tagList     = "L"
	tagItem     = "LI"
	tagBody     = "LBody"
	tagTable    = "Table"
	tagRow      = "TR"
	tagHead     = "TH"
	tagCell     = "TD"
	tagFigure   = "Figure"
)

// node is a part of the paper's structure: what it is, what it holds, and where
// on the pages it is drawn.
type node struct {
	kind  string
	alt   string // what a figure shows, for those who do not see it
	span  int    // columns a cell covers, when more than one
	kids  []*node
	spots []spot
	drawn bool // a head that comes again is read only once
}

// spot is a stretch of a page's content, by its number there.
type spot struct{ page, id int }

// tags is the structure of the file while it is printed.
type tags struct {
	root   *node
	under  *node           // what new parts are put into
	held   map[int][]*node // by page, whose each numbered stretch is
	inside bool            // a stretch is open; none stands in another
}

func newTags() *tags {
	root := &node{kind: tagDocument}
	return &tags{root: root, under: root, held: map[int][]*node{}}
}

// part puts a new part behind those already there.
func (p *press) part(kind string) *node {
	n := &node{kind: kind}
	p.tags.under.kids = append(p.tags.under.kids, n)
	return n
}

// within makes the parts that build makes parts of another.
func (p *press) within(n *node, build func() []brick) []brick {
	outer := p.tags.under
	p.tags.under = n
	bricks := build()
	p.tags.under = outer
	return bricks
}

// mark draws a stretch of a part.
func (p *press) mark(n *node, draw func()) {
	if p.tags.inside {
		draw()
		return
	}
	page := p.PageNo()
	id := len(p.tags.held[page])
	p.tags.held[page] = append(p.tags.held[page], n)
	n.spots = append(n.spots, spot{page, id})
	p.stretch(fmt.Sprintf("/%s <</MCID %d>> BDC", n.kind, id), draw)
}

// aside draws what is no part of the text: lines, frames, numbers of pages.
func (p *press) aside(draw func()) {
	if p.tags.inside {
		draw()
		return
	}
	p.stretch("/Artifact BMC", draw)
}

func (p *press) stretch(begin string, draw func()) {
	p.RawWriteStr(begin)
	p.tags.inside = true
	draw()
	p.tags.inside = false
	p.RawWriteStr("EMC")
}

// as makes bricks stretches of a part.
func (p *press) as(n *node, bricks []brick) []brick {
	for i := range bricks {
		draw := bricks[i].draw
		bricks[i].draw = func(x, y float64) { p.mark(n, func() { draw(x, y) }) }
	}
	return bricks
}

// asColumn makes lines a part; none become no part.
func (p *press) asColumn(kind string, c column) column {
	if c.height == 0 {
		return c
	}
	n := p.part(kind)
	return column{c.height, func(x, y float64) { p.mark(n, func() { c.draw(x, y) }) }}
}
