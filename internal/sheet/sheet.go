// Package sheet reads the tables that people keep (xlsx, csv and the text files
// that old programs write) as rows of cells, and writes tables for them.
//
// Reading takes a file as it comes: the encoding and the separator are found out,
// cells drawn by the fonts of TCVN3 or VNI are decoded, merged cells are filled
// with what they show, dates are dates as precise as their format shows them,
// numbers keep every digit. What a cell means is not known here. A file that
// cannot be read is refused with a fault that says what to do; nothing that a file
// holds can use more memory than the limits below.
package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/text"
)

// How much of a file is read. A roll of 10,000 members is a twentieth of these.
const (
	rowsMax    = 200_000
	columnsMax = 200
	cellsMax   = 4_000_000
	bytesMax   = 128 << 20 // of a file unpacked
)

// Kind says what a cell holds.
type Kind uint8

// The kinds of cell.
const (
	Blank Kind = iota
	Text
	Number
	Date
)

// Cell is one cell.
type Cell struct {
	Kind   Kind
	Spread bool   // filled from the first cell of those it is merged with
	Text   string // what it says; a number in plain digits with a point, a date as EDTF
	Date   calendar.Date
}

// String gives what the cell says.
func (c Cell) String() string { return c.Text }

// Row is one row that is not blank.
type Row struct {
	Number int // as the program that made the file counts it, from 1
	Cells  []Cell
}

// At gives the cell of a column counted from 0, a blank one beyond the last.
func (r Row) At(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[column]
}

// Sheet is what was read from a file.
type Sheet struct {
	Name      string        // of the sheet in its workbook; of the file otherwise
	Others    []string      // the other sheets of the workbook that hold something
	Encoding  text.Encoding // in which the file was written, or most of its cells
	Sure      int           // how sure the encoding is, from 0 to 100
	Separator rune          // between the cells of a text file, else 0
	Merged    int           // how many merged areas were filled
	Columns   int           // of the widest row
	Rows      []Row
}

// Open reads the first sheet of a file that holds anything.
func Open(name string, from io.ReaderAt, size int64) (*Sheet, error) {
	return open(name, "", from, size)
}

// OpenNamed reads the sheet of a workbook with a name, one of Others.
func OpenNamed(name, sheet string, from io.ReaderAt, size int64) (*Sheet, error) {
	return open(name, sheet, from, size)
}

func open(name, wanted string, from io.ReaderAt, size int64) (*Sheet, error) {
	if size == 0 {
		return nil, fault.Refuse("sheet.empty", name)
	}
	start := make([]byte, min(size, 4096))
	if _, err := from.ReadAt(start, 0); err != nil && err != io.EOF {
		return nil, fmt.Errorf("read the start of %s: %w", name, err)
	}
	s, err := readAs(form(start), name, wanted, from, size)
	if err != nil {
		return nil, err
	}
	if err := s.bounded(); err != nil {
		return nil, err
	}
	s.decodeCells()
	s.trim()
	if len(s.Rows) == 0 {
		return nil, fault.Refuse("sheet.empty", name)
	}
	return s, nil
}

// bounded refuses a cell longer than any spreadsheet allows: most often a quotation
// mark that is never closed.
func (s *Sheet) bounded() error {
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			if len(c.Text) > textMax && utf8.RuneCountInString(c.Text) > textMax {
				return fault.Refuse("sheet.cell", r.Number, textMax)
			}
		}
	}
	return nil
}

func readAs(f fileForm, name, wanted string, from io.ReaderAt, size int64) (*Sheet, error) {
	switch f {
	case zipped:
		return readBook(name, wanted, from, size)
	case compound:
		return nil, refuseCompound(name, from, size)
	case markup:
		return nil, fault.Refuse("sheet.markup", name)
	case otherForm:
		return nil, fault.Refuse("sheet.unknown", name)
	}
	return readText(name, from, size)
}

// fileForm is what a file is by its first bytes; its name proves nothing.
type fileForm uint8

const (
	plainText fileForm = iota
	zipped             // xlsx, and other things in a zip
	compound           // xls, or an xlsx with a password
	markup             // a web page or XML that calls itself xls
	otherForm          // a picture, a PDF, a program
)

func form(start []byte) fileForm {
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		return zipped
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return compound
	case bytes.HasPrefix(start, []byte("%PDF")), bytes.HasPrefix(start, []byte("{\\rtf")):
		return otherForm
	}
	lower := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))))
	for _, tag := range []string{"<?xml", "<html", "<!doctype", "<table", "<meta", "<style"} {
		if bytes.HasPrefix(lower, []byte(tag)) {
			return markup
		}
	}
	if encoding, _ := text.Detect(start[:len(start)&^1]); wide(encoding) {
		return plainText
	}
	if bytes.IndexByte(start, 0) >= 0 {
		return otherForm
	}
	return plainText
}

func wide(e text.Encoding) bool {
	return e == text.UTF16LittleEndian || e == text.UTF16BigEndian
}

// refuseCompound tells a workbook with a password from one of Excel 97.
func refuseCompound(name string, from io.ReaderAt, size int64) error {
	content := make([]byte, min(size, 1<<20))
	if _, err := from.ReadAt(content, 0); err != nil && err != io.EOF {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if bytes.Contains(content, utf16Name("EncryptedPackage")) {
		return fault.Refuse("sheet.password", name)
	}
	return fault.Refuse("sheet.old", name)
}

func utf16Name(ascii string) []byte {
	var b []byte
	for i := range len(ascii) {
		b = append(b, ascii[i], 0)
	}
	return b
}

// decodeCells finds the columns whose texts are drawn by an old font and decodes
// them. A column with little to tell goes with the surest of the others.
func (s *Sheet) decodeCells() {
	if s.Encoding != text.UTF8 && !wide(s.Encoding) {
		return // the whole file was in that encoding and is decoded
	}
	var undecided []int
	book, most := text.UTF8, 0
	for column := range s.Columns {
		encoding, sure := text.DetectCells(s.texts(column))
		switch {
		case encoding == text.UTF8 && sure == 100 && s.bare(column):
			undecided = append(undecided, column)
		case encoding != text.UTF8:
			s.decode(column, encoding)
			if sure > most {
				book, most = encoding, sure
			}
		}
	}
	if book == text.UTF8 {
		return
	}
	s.Encoding, s.Sure = book, most
	for _, column := range undecided {
		s.decode(column, book)
	}
}

// texts gives the texts of a column.
func (s *Sheet) texts(column int) []string {
	var all []string
	for _, r := range s.Rows {
		if c := r.At(column); c.Kind == Text {
			all = append(all, c.Text)
		}
	}
	return all
}

// bare says whether a column has no letter of Vietnamese that is Unicode for
// certain, so that it may be decoded with the others.
func (s *Sheet) bare(column int) bool {
	for _, t := range s.texts(column) {
		if strings.ContainsFunc(t, func(r rune) bool { return r >= 0x1ea0 && r <= 0x1ef9 }) {
			return false
		}
	}
	return true
}

func (s *Sheet) decode(column int, from text.Encoding) {
	for i := range s.Rows {
		if c := s.Rows[i].At(column); c.Kind == Text {
			s.Rows[i].Cells[column].Text = text.DecodeCell(c.Text, from)
		}
	}
}

// trim cleans every text and drops what is blank: cells, rows, and the columns
// beyond the last that holds anything.
func (s *Sheet) trim() {
	kept := s.Rows[:0]
	s.Columns = 0
	for _, r := range s.Rows {
		last := 0
		for i := range r.Cells {
			c := &r.Cells[i]
			if c.Kind == Text {
				c.Text = cleanLines(c.Text)
			}
			if c.Text == "" {
				*c = Cell{}
			}
			if c.Kind != Blank {
				last = i + 1
			}
		}
		if last == 0 {
			continue
		}
		r.Cells = r.Cells[:last]
		s.Columns = max(s.Columns, last)
		kept = append(kept, r)
	}
	s.Rows = kept
}

// cleanLines cleans a text line by line and drops blank lines at its ends.
func cleanLines(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return text.Clean(s)
	}
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
	for i, line := range lines {
		lines[i] = text.Clean(line)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
