package xlsx

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"kith.app/internal/document"
)

// dress is how a cell looks.
type dress struct {
	bold, italic, line bool
	align              document.Align
	decimals           int // of a number
	number             bool
}

// sheet is one sheet being written from top to bottom. The first error stays.
type sheet struct {
	*excelize.StreamWriter
	book *book
	next int
	err  error
}

func (b *book) open(name string) (*sheet, error) {
	w, err := b.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	return &sheet{StreamWriter: w, book: b, next: 1}, nil
}

func (s *sheet) close() error {
	if s.err != nil {
		return s.err
	}
	return s.Flush()
}

// row writes a row and goes on to the next.
func (s *sheet) row(cells ...any) {
	if s.err == nil && len(cells) > 0 {
		s.err = s.SetRow(cellAt(1, s.next), cells)
	}
	s.next++
}

// heading writes a row of a head, as high as its words need in their columns.
func (s *sheet) heading(lines int, cells ...any) {
	const lineHeight = 17 // points
	if s.err == nil {
		s.err = s.SetRow(cellAt(1, s.next), cells, excelize.RowOpts{Height: float64(max(lines, 1)*lineHeight + 3)})
	}
	s.next++
}

// merge joins cells of a row, or of two rows of one column.
func (s *sheet) merge(fromCol, fromRow, toCol, toRow int) {
	if s.err == nil && (fromCol != toCol || fromRow != toRow) {
		s.err = s.MergeCell(cellAt(fromCol, fromRow), cellAt(toCol, toRow))
	}
}

func cellAt(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // columns and rows are counted here from one
	}
	return name
}

// text is a cell of words.
func (s *sheet) text(words string, d dress) excelize.Cell {
	return excelize.Cell{StyleID: s.style(d), Value: words}
}

// figure is a cell of a number. One with more digits than a workbook can hold
// exactly stays as it is printed.
func (s *sheet) figure(f document.Figure, printed string, d dress) excelize.Cell {
	whole, part, hasPart := strings.Cut(f.Value, ".")
	if len(strings.TrimLeft(whole, "-"))+len(part) > 15 {
		d.align = document.Right
		return s.text(printed, d)
	}
	d.number, d.decimals = true, len(part)
	if !hasPart {
		if n, err := strconv.ParseInt(whole, 10, 64); err == nil {
			return excelize.Cell{StyleID: s.style(d), Value: n}
		}
		return s.text(printed, d)
	}
	n, err := strconv.ParseFloat(f.Value, 64)
	if err != nil {
		return s.text(printed, d)
	}
	return excelize.Cell{StyleID: s.style(d), Value: n}
}

// style gives the number of a look, made once.
func (s *sheet) style(d dress) int {
	if id, ok := s.book.styles[d]; ok {
		return id
	}
	style := &excelize.Style{
		Font:      &excelize.Font{Family: "Times New Roman", Size: typeSize, Bold: d.bold, Italic: d.italic},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: d.line, Horizontal: horizontal(d)},
	}
	if d.line {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			style.Border = append(style.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if d.number {
		format := "#,##0"
		if d.decimals > 0 {
			format += "." + strings.Repeat("0", d.decimals)
		}
		style.CustomNumFmt = &format
	}
	id, err := s.book.NewStyle(style)
	if err != nil && s.err == nil {
		s.err = err
	}
	s.book.styles[d] = id
	return id
}

func horizontal(d dress) string {
	switch {
	case d.align == document.Centre:
		return "center"
	case d.align == document.Right || d.number:
		return "right"
	}
	return "left"
}

// top writes what stands above the rows.
func (s *sheet) top(t titled) {
	s.row(s.text(t.title, dress{bold: true}))
	if t.Unit != "" {
		s.row(s.text(t.Unit, dress{italic: true}))
	}
	head := dress{bold: true, line: true, align: document.Centre}
	groups := t.HeadGroups()
	if groups != nil {
		cells, lines := make([]any, len(t.Columns)), 1
		for _, g := range groups {
			for i := g.From; i < g.To; i++ {
				cells[i] = s.text("", head)
			}
			cells[g.From] = s.text(g.Name, head)
			if g.Name == "" {
				cells[g.From] = s.text(t.Columns[g.From].Head, head)
				s.merge(g.From+1, s.next, g.From+1, s.next+1)
				continue
			}
			s.merge(g.From+1, s.next, g.To, s.next)
			lines = max(lines, t.lines(g.Name, g.From, g.To))
		}
		s.heading(lines, cells...)
	}
	cells, lines := make([]any, len(t.Columns)), 1
	for i, c := range t.Columns {
		cells[i] = s.text(c.Head, head)
		if groups != nil && c.Group == "" {
			cells[i] = s.text("", head)
		}
		lines = max(lines, t.lines(c.Head, i, i+1))
	}
	s.heading(lines, cells...)
}

// rows writes the rows of a table.
func (s *sheet) rows(t titled) {
	for _, row := range t.Rows {
		cells := make([]any, len(t.Columns))
		at := 0
		for _, c := range row.Cells {
			look := dress{line: true, bold: row.Kind != document.BodyRow, italic: row.Kind == document.SumRow, align: t.AlignAt(at, c)}
			cells[at] = s.cell(c, look)
			for i := at + 1; i < at+c.Width(); i++ {
				cells[i] = s.text("", look)
			}
			s.merge(at+1, s.next, at+c.Width(), s.next)
			at += c.Width()
		}
		s.row(cells...)
	}
}

// cell is a number when its text is nothing but a figure.
func (s *sheet) cell(c document.Cell, look dress) excelize.Cell {
	printed := c.Runs.Plain()
	if f, ok := c.Runs.Figure(); ok && len(c.Runs) == 1 {
		return s.figure(f, printed, look)
	}
	return s.text(printed, look)
}
