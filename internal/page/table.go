package page

import (
	"strconv"

	"github.com/a-h/templ"
)

// Column is one column of a table.
type Column struct {
	Head   string
	Figure bool   // numbers and money: aligned at their last digit
	Chief  bool   // what the row is about; the head of its card on a phone
	Sort   string // address of the table sorted by this column; empty when it cannot be
	Sorted Sorted
}

// Sorted says which way a column is sorted now.
type Sorted uint8

// The ways.
const (
	Unsorted Sorted = iota
	Rising
	Falling
)

// Cell is one value of a row.
type Cell struct {
	Text string
	Note string // a quiet second line
	Href string
	Tone Tone            // Done: money in; Late: missing, overdue
	Part templ.Component // something else than text: a badge, buttons
	// Depth is how far it stands in, in a list that shows a tree.
	Depth int
}

// Row is one row of a table.
type Row struct {
	ID    string
	Href  string // where a click anywhere in the row leads; the chief cell shows the link
	Cells []Cell
}

// Table is a list of things of one kind.
type Table struct {
	ID      string
	Caption string // what is listed; needed, but may be Quiet
	Quiet   bool   // the caption is only for those who listen: the page's head says it
	Columns []Column
	Rows    []Row
	Total   []Cell // cells of a last row in bold, under the same columns
	Empty   Empty  // what to do when there are no rows
	Wide    bool   // many columns: scrolls in its own box instead of becoming cards
	Next    string // address of the following page; empty on the last
	First   string // address of the first page; empty on it
	Told    string // "1–50 trong 523 hội viên"
}

// Empty says what to do where nothing is yet.
type Empty struct {
	Glyph Glyph
	Head  string
	Text  string
	Do    Link
	Or    Link
}

func (c Column) class() string {
	if c.Figure {
		return "figure"
	}
	return ""
}

// order is the column's state for a screen reader.
func (c Column) order() templ.Attributes {
	switch c.Sorted {
	case Rising:
		return templ.Attributes{"aria-sort": "ascending"}
	case Falling:
		return templ.Attributes{"aria-sort": "descending"}
	}
	return nil
}

// column finds the column of a cell, also for rows with too many cells.
func (t Table) column(n int) Column {
	if n < len(t.Columns) {
		return t.Columns[n]
	}
	return Column{}
}

// cell gives the classes of one cell.
func (t Table) cell(n int, c Cell) string {
	class := t.column(n).class()
	if t.column(n).Chief {
		class += " chief"
	}
	if c.Tone == Done && t.column(n).Figure {
		class += " in"
	}
	if c.Tone == Late {
		class += " late"
	}
	if c.Depth > 0 {
		class += " in-" + strconv.Itoa(min(c.Depth, 5))
	}
	if c.Part == nil && c.Text == "" {
		class += " void"
	}
	return class
}

// Marked is a cell that holds a mark, or nothing where there is none.
func Marked(m Mark) Cell {
	if m.Text == "" {
		return Cell{}
	}
	return Cell{Text: m.Text, Part: Badge(m.Tone, m.Text)}
}

// shape gives the classes of the box around the table.
func (t Table) shape() string {
	if t.Wide {
		return "sheet wide"
	}
	return "sheet cards"
}

// scrolls makes a box that scrolls reachable by keyboard and gives it a name.
func (t Table) scrolls() templ.Attributes {
	if !t.Wide {
		return nil
	}
	return templ.Attributes{"tabindex": "0", "role": "region", "aria-label": t.Caption}
}

// leads makes a row clickable.
func (row Row) leads() templ.Attributes {
	all := templ.Attributes{}
	if row.ID != "" {
		all["id"] = row.ID
	}
	if row.Href != "" {
		all["data-href"] = row.Href
	}
	return all
}

// href gives the link of a cell: its own, or the row's in the chief column.
func (t Table) href(row Row, n int, c Cell) string {
	if c.Href == "" && t.column(n).Chief {
		return row.Href
	}
	return c.Href
}
