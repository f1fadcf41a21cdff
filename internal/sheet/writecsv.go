package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
)

// WriteCSV writes a table as text with commas, in UTF-8 with the mark by which
// Excel knows it. Dates are written 21/11/2026, numbers in plain digits; a text
// that a program would take for a formula is guarded by an apostrophe.
func WriteCSV(to io.Writer, t Table) error {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return fmt.Errorf("write the mark: %w", err)
	}
	w := csv.NewWriter(to)
	w.UseCRLF = true
	fields := make([]string, 0, len(t.Columns))
	for _, c := range t.Columns {
		fields = append(fields, Guard(c.Title))
	}
	if err := w.Write(fields); err != nil {
		return fmt.Errorf("write the headings: %w", err)
	}
	if t.Rows != nil {
		for row := range t.Rows {
			fields = fields[:0]
			for _, v := range row {
				fields = append(fields, v.field())
			}
			if err := w.Write(fields); err != nil {
				return fmt.Errorf("write a row: %w", err)
			}
		}
	}
	w.Flush()
	return w.Error()
}

// field gives a value as a field; a number is never guarded, though it may begin
// with a minus.
func (v Value) field() string {
	if v.kind == isText {
		return Guard(v.said)
	}
	return v.plain()
}
