package chart

import (
	"slices"
	"strconv"

	"kith.app/internal/drawing"
)

// box is the room something takes.
type box struct{ x, y, w, h float64 }

func (b box) meets(o box) bool {
	return b.x < o.x+o.w && o.x < b.x+b.w && b.y < o.y+o.h && o.y < b.y+b.h
}

func (b box) inside(w window) bool {
	return b.x >= 2 && b.y >= 2 && b.x+b.w <= w.wide-2 && b.y+b.h <= w.high-2
}

// labels names the marks: home first, then large ones. A name takes the first
// free of eight places around its mark; without one, the number in the table
// does; without room for that either, the mark stands alone.
func labels(d *drawing.Drawing, w window, marks []spotMark, taken box) {
	used := []box{taken}
	for _, k := range marks {
		used = append(used, box{k.at.X - k.r, k.at.Y - k.r, 2 * k.r, 2 * k.r})
	}
	order := make([]int, len(marks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return marks[b].weight() - marks[a].weight() })
	for _, i := range order {
		k := marks[i]
		said := []string{k.name}
		if len(k.members) == 1 { // a mark of several bears their count already
			said = append(said, strconv.Itoa(k.members[0]+1))
		}
		for _, words := range said {
			text, room, found := k.free(w, words, used, i+1)
			if !found {
				continue
			}
			d.Add(text)
			used = append(used, room)
			break
		}
	}
}

func (k spotMark) weight() int {
	weight := int(k.r * 10)
	if k.tone == Home {
		weight += 1000
	}
	return weight
}

// free finds room for words beside a mark; own is where the mark itself stands
// in the list of rooms taken.
func (k spotMark) free(w window, words string, used []box, own int) (drawing.Text, box, bool) {
	bold := k.tone == Home
	wide := drawing.Width(words, smallSize, bold)
	const high, gap = 14.0, 3.0
	right, left := k.at.X+k.r+gap, k.at.X-k.r-gap-wide
	centre := k.at.X - wide/2
	up, down := k.at.Y-k.r-high, k.at.Y+k.r
	for _, at := range [...]drawing.Point{
		{X: right, Y: k.at.Y - high/2},
		{X: left, Y: k.at.Y - high/2},
		{X: right, Y: up + 5},
		{X: right, Y: down - 5},
		{X: left, Y: up + 5},
		{X: left, Y: down - 5},
		{X: centre, Y: up},
		{X: centre, Y: down + 1},
	} {
		room := box{at.X - 1, at.Y, wide + 2, high}
		if !room.inside(w) || slices.ContainsFunc(used, func(o box) bool { return o != used[own] && room.meets(o) }) {
			continue
		}
		return drawing.Text{
			At: drawing.Point{X: at.X, Y: at.Y + 11}, Words: words, Size: smallSize, Bold: bold, Fill: drawing.InkColour, Halo: true,
		}, room, true
	}
	return drawing.Text{}, box{}, false
}
