package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/text"
)

// readText reads a text file with separated cells.
func readText(name string, from io.ReaderAt, size int64) (*Sheet, error) {
	if size > bytesMax {
		return nil, fault.Refuse("sheet.huge", name)
	}
	content, err := io.ReadAll(io.NewSectionReader(from, 0, size))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	s := &Sheet{Name: name}
	s.Encoding, s.Sure = text.Detect(content)
	decoded, err := text.Decode(content, s.Encoding)
	if err != nil {
		return nil, fault.Refuse("sheet.unknown", name)
	}
	content = nil
	lines := unixLines(decoded)
	s.Separator, lines = separator(lines)
	return s, s.readLines(lines)
}

// unixLines ends lines as Unix does, whatever program wrote them.
func unixLines(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

func (s *Sheet) readLines(lines string) error {
	r := csv.NewReader(strings.NewReader(lines))
	r.Comma = s.Separator
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	cells := 0
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fault.Refuse("sheet.broken", s.Name)
		}
		for len(fields) > 0 && strings.TrimSpace(fields[len(fields)-1]) == "" {
			fields = fields[:len(fields)-1]
		}
		if len(fields) == 0 {
			continue
		}
		line, _ := r.FieldPos(0)
		cells += len(fields)
		if err := s.withinLimits(line, len(fields), cells); err != nil {
			return err
		}
		row := Row{Number: line, Cells: make([]Cell, len(fields))}
		for i, f := range fields {
			row.Cells[i] = Cell{Kind: Text, Text: unguarded(f)}
		}
		s.Columns = max(s.Columns, len(fields))
		s.Rows = append(s.Rows, row)
	}
}

// withinLimits refuses a table that is too long, too wide or too large.
func (s *Sheet) withinLimits(row, columns, cells int) error {
	switch {
	case row > rowsMax:
		return fault.Refuse("sheet.rows", rowsMax)
	case columns > columnsMax:
		return fault.Refuse("sheet.columns", row, columnsMax)
	case cells > cellsMax:
		return fault.Refuse("sheet.huge", s.Name)
	}
	return nil
}

// unguarded takes off what programs put before text so that it is not taken for a
// formula or a number: ="0912" and '=A.
func unguarded(field string) string {
	if inner, is := strings.CutPrefix(field, `="`); is && strings.HasSuffix(inner, `"`) {
		return inner[:len(inner)-1]
	}
	if rest, is := strings.CutPrefix(field, "'"); is && guarded(rest) {
		return rest
	}
	return field
}

// separators are those in use, the first preferred where all fit alike.
const separators = "\t;,|"

// separator finds what stands between the cells, and takes off the line in which
// Excel names it. It is the sign that parts the first lines into the same number
// of cells most often, as many as may be.
func separator(lines string) (rune, string) {
	if rest, is := strings.CutPrefix(lines, "sep="); is && len(rest) > 1 && rest[1] == '\n' {
		return rune(rest[0]), rest[2:]
	}
	best, most := ',', 0
	for _, sign := range separators {
		if fit := fits(lines, sign); fit > most {
			best, most = sign, fit
		}
	}
	return best, lines
}

// fits says how well a sign parts the first lines: the number of lines with the
// most frequent number of cells (at least two), and then that number.
func fits(lines string, sign rune) int {
	r := csv.NewReader(strings.NewReader(lines[:min(len(lines), 64<<10)]))
	r.Comma = sign
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	alike := map[int]int{}
	for range 50 {
		fields, err := r.Read()
		if err != nil {
			break
		}
		if len(fields) > 1 {
			alike[len(fields)]++
		}
	}
	fit := 0
	for cells, lines := range alike {
		fit = max(fit, lines*1000+min(cells, 999))
	}
	return fit
}

// Guard puts an apostrophe before text that a program would take for a formula,
// so that a name in an exported file cannot do anything; reading takes it off.
func Guard(s string) string {
	if guarded(s) {
		return "'" + s
	}
	return s
}

func guarded(s string) bool {
	return s != "" && bytes.IndexByte([]byte("=+-@\t\r"), s[0]) >= 0 || strings.HasPrefix(s, "'") && guarded(s[1:])
}
