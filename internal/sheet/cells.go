package sheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/text"
)

// reading is a sheet of a workbook being read.
type reading struct {
	*book
	to     *Sheet
	row    int // the number of the row now read
	column int // the place of the cell now read
	cells  int // read so far
	areas  []area
}

// area is a block of merged cells, rows from 1 and columns from 0.
type area struct{ top, bottom, left, right int }

func (b *book) readSheet(of bookSheet) (*Sheet, error) {
	r := &reading{book: b, to: &Sheet{Name: of.name}}
	err := b.each(of.part, func(x *scanner) (bool, error) {
		switch string(x.name) {
		case "row":
			return true, r.startRow(x)
		case "c":
			return true, r.cell(x)
		case "mergeCell":
			if a, ok := readArea(x.attr("ref")); ok {
				r.areas = append(r.areas, a)
			}
		}
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	r.dropBlank()
	r.spread()
	return r.to, nil
}

// holds says whether a sheet has a value in any cell.
func (b *book) holds(of bookSheet) (bool, error) {
	found := false
	err := b.each(of.part, func(x *scanner) (bool, error) {
		found = string(x.name) == "v" || string(x.name) == "is"
		return !found, nil
	})
	return found, err
}

func (r *reading) startRow(x *scanner) error {
	number, err := strconv.Atoi(x.attr("r"))
	if err != nil || number <= r.row {
		number = r.row + 1
	}
	r.row, r.column = number, -1
	r.dropBlank()
	r.to.Rows = append(r.to.Rows, Row{Number: number})
	return nil
}

// dropBlank drops the last row if nothing was in it.
func (r *reading) dropBlank() {
	if n := len(r.to.Rows); n > 0 && len(r.to.Rows[n-1].Cells) == 0 {
		r.to.Rows = r.to.Rows[:n-1]
	}
}

// cell reads one cell into the row now read.
func (r *reading) cell(x *scanner) error {
	r.column++
	if column, _, ok := readRef(x.attr("r")); ok && column >= r.column {
		r.column = column
	}
	style, _ := strconv.Atoi(x.attr("s"))
	kind := x.attr("t")
	value, err := cellValue(x)
	if err != nil {
		return err
	}
	c := r.interpret(kind, value, r.styles.of(style))
	if c.Kind == Blank || len(r.to.Rows) == 0 {
		return nil
	}
	row := &r.to.Rows[len(r.to.Rows)-1]
	r.cells++
	if err := r.to.withinLimits(row.Number, r.column+1, r.cells); err != nil {
		return err
	}
	row.set(r.column, c)
	r.to.Columns = max(r.to.Columns, len(row.Cells))
	return nil
}

// set puts a cell in its column.
func (r *Row) set(column int, c Cell) {
	for len(r.Cells) <= column {
		r.Cells = append(r.Cells, Cell{})
	}
	r.Cells[column] = c
}

// cellValue gives what is written in a cell: its value, or the text inside it.
func cellValue(x *scanner) (string, error) {
	var value []byte
	in := false
	for {
		found, err := x.next()
		if err != nil {
			return "", unexpected(err)
		}
		switch found {
		case starts:
			if string(x.name) == "is" {
				return inlineText(x)
			}
			in = string(x.name) == "v"
		case ends:
			in = false
			if string(x.name) == "c" {
				return string(value), nil
			}
		case says:
			if in {
				value = append(value, x.text...)
			}
		}
	}
}

// inlineText gives the text inside a cell, and reads on to the end of the cell.
func inlineText(x *scanner) (string, error) {
	joined, err := joinedText(x, "is")
	if err != nil {
		return "", err
	}
	for {
		found, err := x.next()
		if err != nil {
			return "", unexpected(err)
		}
		if found == ends && string(x.name) == "c" {
			return joined, nil
		}
	}
}

// interpret gives the cell that a value of a type is in a style. What a formula
// could not compute says nothing.
func (r *reading) interpret(kind, value string, s style) Cell {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(r.shared) {
			return Cell{}
		}
		return words(s.drawn(r.shared[i]))
	case "str":
		return words(s.drawn(escaped(value)))
	case "inlineStr":
		return words(s.drawn(value))
	case "b":
		return words(map[bool]string{true: "TRUE", false: "FALSE"}[truth(value)])
	case "e":
		return Cell{}
	case "d":
		if d, err := calendar.ParseEDTF(strings.SplitN(value, "T", 2)[0]); err == nil {
			return dated(d)
		}
		return words(value)
	}
	return r.number(strings.TrimSpace(value), s)
}

func (r *reading) number(value string, s style) Cell {
	if value == "" {
		return Cell{}
	}
	if s.shows != noDate {
		if d, ok := r.since.date(value, s.shows); ok {
			return dated(d)
		}
	}
	plain, ok := plainNumber(value)
	if !ok {
		return words(value)
	}
	if len(plain) < s.zeros && strings.Trim(plain, "0123456789") == "" {
		return words(strings.Repeat("0", s.zeros-len(plain)) + plain)
	}
	return Cell{Kind: Number, Text: plain}
}

func words(s string) Cell {
	if strings.TrimSpace(s) == "" {
		return Cell{}
	}
	return Cell{Kind: Text, Text: s}
}

func dated(d calendar.Date) Cell { return Cell{Kind: Date, Text: d.EDTF(), Date: d} }

// plainNumber writes a stored number with all the digits that it has and no
// exponent. Whole numbers stay as they are; of others the program that made them
// shows fifteen digits, and so do we: 0.1 is stored as 0.10000000000000001. What
// is no number, or none that anybody would write, is refused.
func plainNumber(value string) (string, bool) {
	if digits := strings.TrimPrefix(value, "-"); digits != "" && strings.Trim(digits, "0123456789") == "" {
		return value, true
	}
	number, err := strconv.ParseFloat(value, 64)
	if err != nil || number != number || number > 1e300 || number < -1e300 {
		return "", false
	}
	rounded := strconv.FormatFloat(number, 'e', 14, 64)
	again, err := strconv.ParseFloat(rounded, 64)
	if err != nil {
		return "", false
	}
	return strconv.FormatFloat(again, 'f', -1, 64), true
}

// readRef reads the name of a cell: C5 is column 2, row 5.
func readRef(ref string) (column, row int, ok bool) {
	i := 0
	for i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && i < 4 {
		column = column*26 + int(ref[i]-'A') + 1
		i++
	}
	row, err := strconv.Atoi(ref[i:])
	return column - 1, row, i > 0 && err == nil && row > 0
}

func readArea(ref string) (area, bool) {
	from, to, _ := strings.Cut(ref, ":")
	left, top, ok := readRef(from)
	right, bottom, also := readRef(to)
	return area{top, bottom, left, right}, ok && also && bottom >= top && right >= left
}

// spread fills merged cells with what they show. Blocks without a value say
// nothing, and those that reach beyond the sheet (a title merged over a thousand
// columns) are filled as far as the sheet goes.
func (r *reading) spread() {
	rows := r.to.Rows
	left := cellsMax // how many cells are looked at, whatever the blocks say
	for _, a := range r.areas {
		first, found := slices.BinarySearchFunc(rows, a.top, func(row Row, top int) int { return cmp.Compare(row.Number, top) })
		if !found || rows[first].At(a.left).Kind == Blank {
			continue
		}
		r.to.Merged++
		c := rows[first].At(a.left)
		c.Spread = true
		right := min(a.right, r.to.Columns-1)
		for i := first; i < len(rows) && rows[i].Number <= a.bottom && left > 0; i++ {
			left -= right - a.left + 1
			rows[i].fill(a.left, right, c)
		}
	}
}

// fill puts a cell in the blank columns from one to another.
func (r *Row) fill(left, right int, c Cell) {
	for column := left; column <= right; column++ {
		if r.At(column).Kind == Blank {
			r.set(column, c)
		}
	}
}

// drawn gives a text as the font of its cell draws it.
func (s style) drawn(t string) string {
	if s.font == text.UTF8 {
		return t
	}
	decoded := text.DecodeCell(t, s.font)
	if s.capitals {
		return strings.ToUpper(decoded)
	}
	return decoded
}
