package document

import "fmt"

// Table is rows under headed columns. The head is repeated on every page.
type Table struct {
	Caption string   `json:"caption,omitempty"` // above, centred, bold
	Unit    string   `json:"unit,omitempty"`    // above, right, italic: "Đơn vị tính: đồng"
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
	Size    float64  `json:"-"` // points; 0 is one less than the text
	Open    bool     `json:"-"` // without lines, for boards and lists
}

// Column is one column.
type Column struct {
	Head  string  `json:"head"`
	Group string  `json:"group,omitempty"` // neighbours of one group stand under a common head
	Share float64 `json:"-"`               // of the width, relative to the others; 0 counts as 1
	Align Align   `json:"-"`               // Natural is left
}

// RowKind is the part a row plays.
type RowKind uint8

// The parts.
const (
	BodyRow  RowKind = iota
	GroupRow         // heads the rows that follow it: bold, kept with them
	SumRow           // partial sum: bold italic
	TotalRow         // total: bold
)

// String gives the part's name in json and class names.
func (k RowKind) String() string {
	return [...]string{"row", "group", "sum", "total"}[k]
}

// MarshalText writes the part's name.
func (k RowKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Row is one row.
type Row struct {
	Kind  RowKind `json:"kind,omitempty"`
	Cells []Cell  `json:"cells"`
}

// Cell is one cell.
type Cell struct {
	Runs  Runs  `json:"runs"`
	Span  int   `json:"span,omitempty"` // columns it covers; 0 and 1 are one
	Align Align `json:"-"`              // Natural is that of its column
}

// Width is how many columns the cell covers.
func (c Cell) Width() int { return max(c.Span, 1) }

// C is a cell of plain text.
func C(text string) Cell { return Cell{Runs: Text(text)} }

// CR is a cell of runs.
func CR(runs ...Run) Cell { return Cell{Runs: runs} }

// CSpan is a cell of plain text over several columns.
func CSpan(span int, text string) Cell { return Cell{Runs: Text(text), Span: span} }

// Add appends a body row.
func (t *Table) Add(cells ...Cell) { t.Rows = append(t.Rows, Row{Cells: cells}) }

// AddGroup appends a row that heads those after it.
func (t *Table) AddGroup(cells ...Cell) { t.AddKind(GroupRow, cells...) }

// AddTotal appends a total.
func (t *Table) AddTotal(cells ...Cell) { t.AddKind(TotalRow, cells...) }

// AddKind appends a row of any kind.
func (t *Table) AddKind(kind RowKind, cells ...Cell) {
	t.Rows = append(t.Rows, Row{Kind: kind, Cells: cells})
}

// Shares gives each column's part of the width; they add up to one.
func (t Table) Shares() []float64 {
	shares := make([]float64, len(t.Columns))
	sum := 0.0
	for i, c := range t.Columns {
		shares[i] = c.Share
		if c.Share <= 0 {
			shares[i] = 1
		}
		sum += shares[i]
	}
	for i := range shares {
		shares[i] /= sum
	}
	return shares
}

// HeadGroup is a common head over columns From to To (exclusive). Without a
// name it stands for one column whose head fills both lines.
type HeadGroup struct {
	Name     string
	From, To int
}

// HeadGroups gives the upper line of a head with groups, nil when the head
// has one line only.
func (t Table) HeadGroups() []HeadGroup {
	var groups []HeadGroup
	grouped := false
	for i, c := range t.Columns {
		last := len(groups) - 1
		if c.Group != "" && last >= 0 && groups[last].Name == c.Group {
			groups[last].To = i + 1
			continue
		}
		grouped = grouped || c.Group != ""
		groups = append(groups, HeadGroup{Name: c.Group, From: i, To: i + 1})
	}
	if !grouped {
		return nil
	}
	return groups
}

// AlignAt is how a cell that begins at a column stands.
func (t Table) AlignAt(column int, c Cell) Align {
	switch {
	case c.Align != Natural:
		return c.Align
	case c.Width() > 1:
		return Left
	case t.Columns[column].Align != Natural:
		return t.Columns[column].Align
	}
	return Left
}

// check says whether every row fills the columns exactly.
func (t Table) check() error {
	if len(t.Columns) == 0 {
		return fmt.Errorf("table %q has no columns", t.Caption)
	}
	for i, row := range t.Rows {
		n := 0
		for _, c := range row.Cells {
			n += c.Width()
		}
		if n != len(t.Columns) {
			return fmt.Errorf("table %q: row %d fills %d of %d columns", t.Caption, i+1, n, len(t.Columns))
		}
	}
	return nil
}
