package pdf

import (
	"kith.app/internal/document"
	"kith.app/internal/document/setting"
)

// Room inside cells.
const (
	padSide = setting.CellPad
	padTop  = 0.7
)

// table gives the bricks of a table: caption, head, one for each row. The head
// comes again on every page.
func (p *press) table(t document.Table, width float64) []brick {
	size := t.Size
	if size == 0 {
		size = p.page.Size - 1
	}
	g := grid{press: p, table: t, size: size, wide: setting.Columns(t, size, width), pitch: size * 1.17 * setting.Point}
	var bricks []brick
	if t.Caption != "" {
		bricks = p.as(p.part(tagText), p.setProse(document.Runs{document.B(t.Caption)}, width, prose{size: p.page.Size, align: document.Centre, gap: gapText * 1.5, keep: true}))
	}
	if t.Unit != "" {
		bricks = append(bricks, p.as(p.part(tagText), p.setProse(document.Runs{document.I(t.Unit)}, width, prose{size: size, align: document.Right, gap: gapText / 2, keep: true, tight: true}))...)
	}
	g.node = p.part(tagTable)
	g.coarse = len(t.Rows)*len(t.Columns) > mostCells
	head := g.head()
	for i := range head {
		head[i].keep = true
	}
	top := len(bricks)
	bricks = append(bricks, head...)
	if tall(head) > p.page.Depth()/3 {
		head = nil // it would leave no room for the rows
	}
	for i, row := range t.Rows {
		rows := g.row(row)
		for j := range rows {
			rows[j].head = head
		}
		next := i + 1
		last := &rows[len(rows)-1]
		last.keep = row.Kind == document.GroupRow || next == len(t.Rows)-1 && t.Rows[next].Kind == document.TotalRow
		bricks = append(bricks, rows...)
	}
	if len(bricks) > top {
		bricks[top].gap = gapText * 0.7
	}
	if top == 0 && len(bricks) > 0 {
		bricks[0].gap = gapText * 1.5
	}
	return bricks
}

// grid is a table being set.
type grid struct {
	*press
	table  document.Table
	size   float64
	wide   []float64
	pitch  float64
	node   *node
	coarse bool
}

// mostCells is how many cells of a table are named each by itself; in a larger one
// a row is named as a whole, or the names would outweigh the table.
const mostCells = 20_000

// span is the width of columns from (inclusive) to to (exclusive).
func (g grid) span(from, to int) float64 {
	sum := 0.0
	for _, w := range g.wide[from:to] {
		sum += w
	}
	return sum
}

// head gives the brick of the table's head: one line of cells, or two when
// columns have a common head.
func (g grid) head() []brick {
	named := false
	for _, c := range g.table.Columns {
		named = named || c.Head != "" || c.Group != ""
	}
	if !named {
		return nil
	}
	groups := g.table.HeadGroups()
	lower := make([][]string, len(g.table.Columns))
	below, above := 0.0, 0.0
	for i, c := range g.table.Columns {
		lower[i] = g.wrap(c.Head, g.wide[i])
		below = max(below, g.tall(len(lower[i])))
	}
	for _, grp := range groups {
		if grp.Name != "" {
			above = max(above, g.tall(len(g.wrap(grp.Name, g.span(grp.From, grp.To)))))
		}
	}
	if above+below > g.page.Depth()*mostHead {
		return g.longHead(groups, above > 0)
	}
	upper, names := g.headNodes(groups, above > 0)
	return []brick{{height: above + below, draw: func(x, y float64) {
		for _, grp := range groups {
			if grp.Name != "" {
				wide := g.span(grp.From, grp.To)
				g.headCell(upper[grp.From], box{x + g.span(0, grp.From), y, wide, above}, g.wrap(grp.Name, wide), document.Centre)
			}
		}
		for i, lines := range lower {
			at := x + g.span(0, i)
			if above > 0 && g.table.Columns[i].Group == "" {
				g.headCell(names[i], box{at, y, g.wide[i], above + below}, lines, g.table.Columns[i].Align)
				continue
			}
			g.headCell(names[i], box{at, y + above, g.wide[i], below}, lines, g.table.Columns[i].Align)
		}
	}}}
}

// mostHead is the part of a page that a head may fill and stay in one piece.
const mostHead = 0.4

// longHead sets a head that is too high for a page as rows, which are divided.
func (g grid) longHead(groups []document.HeadGroup, two bool) []brick {
	var upper, lower document.Row
	for _, grp := range groups {
		upper.Cells = append(upper.Cells, document.Cell{Runs: document.Runs{document.B(grp.Name)}, Span: grp.To - grp.From, Align: document.Centre})
	}
	for _, c := range g.table.Columns {
		lower.Cells = append(lower.Cells, document.Cell{Runs: document.Runs{document.B(c.Head)}, Align: document.Centre})
	}
	var bricks []brick
	if two {
		bricks = g.row(upper)
	}
	bricks = append(bricks, g.row(lower)...)
	for _, row := range g.node.kids {
		for _, n := range row.kids {
			n.kind = tagHead
		}
	}
	return bricks
}

// headNodes names the cells of the head: a row for the common heads, where there
// are some, and one for the columns.
func (g grid) headNodes(groups []document.HeadGroup, two bool) (upper map[int]*node, names []*node) {
	upper = map[int]*node{}
	row := func() *node {
		n := &node{kind: tagRow}
		g.node.kids = append(g.node.kids, n)
		return n
	}
	if two {
		above := row()
		for _, grp := range groups {
			n := &node{kind: tagHead, span: grp.To - grp.From}
			if grp.Name == "" {
				n.kind = tagCell // its head stands in the row below
			}
			upper[grp.From] = n
			above.kids = append(above.kids, n)
		}
	}
	below := row()
	for range g.table.Columns {
		n := &node{kind: tagHead}
		names = append(names, n)
		below.kids = append(below.kids, n)
	}
	return upper, names
}

// box is the room of a cell.
type box struct{ x, y, wide, high float64 }

func (g grid) wrap(text string, wide float64) []string {
	return setting.Balance(text, setting.Bold, g.size, wide-2*padSide)
}

// tall is the height of a cell of so many lines.
func (g grid) tall(lines int) float64 { return float64(lines)*g.pitch + 2*padTop }

// headCell draws a head: centred, or standing as its column does when the
// table has no lines to hold it.
func (g grid) headCell(n *node, b box, lines []string, align document.Align) {
	g.border(b.x, b.y, b.wide, b.high)
	if !g.table.Open {
		align = document.Centre
	}
	top := b.y + (b.high-float64(len(lines))*g.pitch)/2 + baseline(g.size, g.pitch)
	words := func() {
		for i, l := range lines {
			w := setting.Width(l, setting.Bold, g.size)
			from := b.x + padSide + offset(align, b.wide-2*padSide, w)
			g.text(from, top+float64(i)*g.pitch, l, setting.Bold, g.size)
			g.parted(from+w, top+float64(i)*g.pitch)
		}
	}
	if n.drawn {
		g.aside(words)
		return
	}
	n.drawn = true
	g.mark(n, words)
}

func (g grid) border(x, y, wide, height float64) {
	if g.table.Open {
		return
	}
	g.aside(func() {
		g.SetLineWidth(0.2)
		g.Rect(x, y, wide, height, "D")
	})
}

// cell is a cell being set.
type cell struct {
	lines []line
	left  float64
	wide  float64
	align document.Align
	node  *node
}

// row gives the bricks of a row: one, or several when the row is so high that
// it must be divided between pages.
func (g grid) row(r document.Row) []brick {
	cells := make([]cell, 0, len(r.Cells))
	at, most := 0, 1
	named := &node{kind: tagRow}
	g.node.kids = append(g.node.kids, named)
	for _, c := range r.Cells {
		n := &node{kind: tagCell, span: c.Width()}
		if g.coarse && len(named.kids) > 0 {
			n = named.kids[0]
		} else {
			named.kids = append(named.kids, n)
		}
		wide := g.span(at, at+c.Width())
		lines := breakLines(wordsOf(g.dress(r.Kind, c.Runs), g.size), wide-2*padSide, 0)
		cells = append(cells, cell{lines, g.span(0, at), wide, g.table.AlignAt(at, c), n})
		most = max(most, len(lines))
		at += c.Width()
	}
	limit := max(int(g.page.Depth()*0.4/g.pitch), 1)
	if most <= limit {
		return []brick{g.strip(cells, 0, most, true, true)}
	}
	var bricks []brick
	for from := 0; from < most; from += limit {
		to := min(from+limit, most)
		bricks = append(bricks, g.strip(cells, from, to, from == 0, to == most))
	}
	return bricks
}

// strip gives the brick of the lines of a row from one to another. A whole row
// is one strip, with its cells centred in its height.
func (g grid) strip(cells []cell, from, to int, first, last bool) brick {
	height := g.tall(to - from)
	down := baseline(g.size, g.pitch)
	words := func(c cell, x, y float64) {
		lines := c.lines[min(from, len(c.lines)):min(to, len(c.lines))]
		top := y + padTop
		if first && last {
			top = y + (height-float64(len(lines))*g.pitch)/2
		}
		for i, l := range lines {
			g.setLine(l, x+c.left+padSide, top+float64(i)*g.pitch+down, c.wide-2*padSide, c.align)
		}
	}
	return brick{height: height, draw: func(x, y float64) {
		g.borders(cells, x, y, height)
		if g.coarse && len(cells) > 0 {
			g.mark(cells[0].node, func() {
				for _, c := range cells {
					words(c, x, y)
				}
			})
			return
		}
		for _, c := range cells {
			g.mark(c.node, func() { words(c, x, y) })
		}
	}}
}

// borders draws the lines around the cells of a row.
func (g grid) borders(cells []cell, x, y, height float64) {
	if g.table.Open {
		return
	}
	g.aside(func() {
		g.SetLineWidth(0.2)
		for _, c := range cells {
			g.Rect(x+c.left, y, c.wide, height, "D")
		}
	})
}

// dress gives the runs of a cell the weight of its row.
func (g grid) dress(kind document.RowKind, runs document.Runs) document.Runs {
	if kind == document.BodyRow {
		return runs
	}
	dressed := make(document.Runs, len(runs))
	for i, r := range runs {
		r.Bold = true
		r.Italic = r.Italic || kind == document.SumRow
		dressed[i] = r
	}
	return dressed
}
