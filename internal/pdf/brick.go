package pdf

import "kith.app/internal/document"

// brick is a piece of the paper that is never divided between pages.
type brick struct {
	gap    float64            // above it, unless it begins a page
	height float64            // of itself
	keep   bool               // stands on the page of the next brick
	fresh  bool               // begins a new page
	draw   func(x, y float64) // with its upper left corner there
	head   []brick            // comes again above it when it begins a page
}

// lay fills as many pages as the bricks need.
func (p *press) lay(page document.Page, bricks []brick) {
	p.begin(page)
	y, bottom := page.Top, page.Height-page.Bottom
	if height := tall(bricks); page.Middle && height < page.Depth() {
		y += (page.Depth() - height) / 2
	}
	began := true
	for i, b := range bricks {
		gap := b.gap
		if began {
			gap = 0
		}
		if !began && (b.fresh || y+gap+together(bricks[i:], page.Depth()) > bottom+0.01) {
			p.begin(page)
			y, gap = page.Top, 0
			p.stack(b.head, page.Left, y)
			y += tall(b.head)
		}
		b.draw(page.Left, y+gap)
		y += gap + b.height
		began = false
	}
}

// together is the height of the first brick and of those it must not be parted
// from; a row of such bricks longer than a page is not held together.
func together(bricks []brick, depth float64) float64 {
	height := bricks[0].height
	for i := 0; bricks[i].keep && i+1 < len(bricks); i++ {
		height += bricks[i+1].gap + bricks[i+1].height
		if height > depth {
			return bricks[0].height
		}
	}
	return height
}

// stack draws bricks one below the other without leaving the page.
func (p *press) stack(bricks []brick, x, y float64) {
	for i, b := range bricks {
		if i > 0 {
			y += b.gap
		}
		b.draw(x, y)
		y += b.height
	}
}

// tall is the height of bricks stacked.
func tall(bricks []brick) float64 {
	height := 0.0
	for i, b := range bricks {
		if i > 0 {
			height += b.gap
		}
		height += b.height
	}
	return height
}

// bind keeps a row of bricks on one page.
func bind(bricks []brick) []brick {
	for i := range bricks[:max(len(bricks)-1, 0)] {
		bricks[i].keep = true
	}
	return bricks
}
