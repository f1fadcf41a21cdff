package setting

import (
	"strings"

	"kith.app/internal/document"
)

// RuleLength is how long the rule below a line of a head is, given the lines
// as they were broken and the width of their column.
func RuleLength(l document.Line, lines []string, size, width float64) float64 {
	last := ""
	if len(lines) > 0 {
		last = lines[len(lines)-1]
	}
	text := min(Width(last, Cut(l.Bold, l.Italic), size), width)
	switch l.Rule {
	case document.RuleText:
		return text
	case document.RulePart:
		return text * 2 / 5
	case document.RuleFull:
		return width
	}
	return 0
}

// RunsWidth is how wide runs are on one line.
func RunsWidth(runs document.Runs, size float64) float64 {
	sum := 0.0
	for _, r := range runs {
		sum += Width(Clean(r.Text), Cut(r.Bold, r.Italic), RunSize(r, size))
	}
	return sum
}

// RunSize is the size a run is set in: raised text is smaller.
func RunSize(r document.Run, size float64) float64 {
	if r.Super {
		return size * 0.65
	}
	return size
}

// Place is where a field of a form stands on its line.
type Place struct {
	Label float64 // where the label begins
	Value float64 // where the value or the dots begin
	End   float64 // where the dots end, or the room of the value
}

// minDots is the least room for a pen to write a word in.
const minDots = 22

// fieldGap is the room between two fields of a line.
const fieldGap = 2.5

// Places lays the fields of a form side by side: in even columns when each
// fits in one, so that the lines of a form stand below each other; otherwise
// one after the other, with what is left for the blanks. It says no when they
// do not fit on one line; then each gets its own.
func Places(fields []document.Field, size, width float64) ([]Place, bool) {
	needs, blanks, used, even := make([]float64, len(fields)), 0, 0.0, true
	for i, f := range fields {
		needs[i] = Width(Clean(f.Label)+" ", Upright, size) + RunsWidth(f.Value, size)
		if len(f.Value) == 0 {
			blanks++
			needs[i] += minDots
		}
		needs[i] += fieldGap
		used += needs[i]
		even = even && f.Share == 0 && needs[i] <= width/float64(len(fields))
	}
	spare := width + fieldGap - used
	if spare < 0 {
		return nil, false
	}
	places, x := make([]Place, len(fields)), 0.0
	for i, f := range fields {
		room := needs[i]
		switch {
		case even:
			room = width / float64(len(fields))
		case f.Share > 0:
			room = max(f.Share*width, room)
		case len(f.Value) == 0:
			room += spare / float64(blanks)
		}
		places[i] = Place{Label: x, Value: x + Width(Clean(f.Label)+" ", Upright, size), End: min(x+room-fieldGap, width)}
		if f.Label == "" {
			places[i].Value = x
		}
		x += room
	}
	if len(places) > 0 {
		places[len(places)-1].End = width
	}
	return places, true
}

// CellPad is the room between the text of a cell and its line.
const CellPad = 1.4

// Columns gives the widths of a table's columns. They follow the shares when
// the composer gave any, otherwise what the cells hold; a column is never
// narrower than its longest word while another has room to give.
func Columns(t document.Table, size, width float64) []float64 {
	least, natural := needs(t, size)
	const narrowest = 7.0 // an empty column still wants to be seen and written in
	for i := range least {
		// A word longer than its fair share twice over is cut, not served.
		least[i] = max(min(least[i], max(2*width/float64(len(least)), 30)), narrowest)
		natural[i] = max(natural[i], least[i])
	}
	given := false
	for _, c := range t.Columns {
		given = given || c.Share > 0
	}
	wide := make([]float64, len(t.Columns))
	if given {
		for i, share := range t.Shares() {
			wide[i] = share * width
		}
	} else {
		spread(wide, least, natural, width)
	}
	relieve(wide, least)
	return wide
}

// needs measures each column: its longest word and its longest line.
func needs(t document.Table, size float64) (least, natural []float64) {
	least, natural = make([]float64, len(t.Columns)), make([]float64, len(t.Columns))
	note := func(col int, text string, s Style) {
		text = Clean(text)
		for _, line := range strings.Split(text, "\n") {
			natural[col] = max(natural[col], Width(line, s, size)+2*CellPad+0.2)
		}
		for _, word := range strings.Fields(strings.ReplaceAll(text, "\u00A0", "_")) {
			least[col] = max(least[col], Width(word, s, size)+2*CellPad+0.2)
		}
	}
	for i, c := range t.Columns {
		for _, word := range strings.Fields(Clean(c.Head)) {
			note(i, word, Bold)
		}
		// A head likes to stand on two lines at most.
		natural[i] = max(natural[i], Widest(Balance(c.Head, Bold, size, Width(c.Head, Bold, size)*0.65), Bold, size)+2*CellPad+0.2)
	}
	for _, row := range t.Rows {
		at := 0
		for _, c := range row.Cells {
			if c.Width() == 1 {
				text := c.Runs.Plain()
				if _, isFigure := c.Runs.Figure(); isFigure {
					text = strings.ReplaceAll(text, " ", "\u00A0")
				}
				note(at, text, cellCut(row, c))
			}
			at += c.Width()
		}
	}
	return least, natural
}

func cellCut(row document.Row, c document.Cell) Style {
	if row.Kind != document.BodyRow {
		return Bold
	}
	if len(c.Runs) > 0 {
		return Cut(c.Runs[0].Bold, c.Runs[0].Italic)
	}
	return Upright
}

// spread divides the width by need: everybody gets the least, and what is left
// goes to those who want more, by how much more they want.
func spread(wide, least, natural []float64, width float64) {
	left, want := width, 0.0
	for i := range wide {
		wide[i] = least[i]
		left -= least[i]
		want += natural[i] - least[i]
	}
	if left <= 0 || want <= 0 {
		scale(wide, width)
		return
	}
	for i := range wide {
		wide[i] += left * (natural[i] - least[i]) / want
	}
}

// relieve takes room from the columns that have most to spare for those whose
// longest word does not fit.
func relieve(wide, least []float64) {
	short, spare := 0.0, 0.0
	for i := range wide {
		short += max(least[i]-wide[i], 0)
		spare += max(wide[i]-least[i], 0)
	}
	if short == 0 || spare == 0 {
		return
	}
	part := min(short/spare, 1)
	help := min(spare/short, 1)
	for i := range wide {
		if d := wide[i] - least[i]; d > 0 {
			wide[i] -= d * part
		} else {
			wide[i] -= d * help
		}
	}
}

func scale(wide []float64, width float64) {
	sum := 0.0
	for _, w := range wide {
		sum += w
	}
	for i := range wide {
		if sum == 0 {
			wide[i] = width / float64(len(wide))
			continue
		}
		wide[i] *= width / sum
	}
}
