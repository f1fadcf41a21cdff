package sheet

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"kith.app/internal/text"
)

// WriteXLSX writes a table as a workbook: the headings bold, kept in view and on
// every printed page, with a filter; texts as texts (a telephone keeps its zeros,
// a name that begins with = is no formula), numbers, money and days as what they
// are. Rows are written as they come. The same table gives the same bytes.
func WriteXLSX(to io.Writer, t Table) error {
	packed := zip.NewWriter(to)
	name := sheetName(t.Name)
	parts := []struct{ name, content string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRelations},
		{"xl/workbook.xml", fmt.Sprintf(workbook, attribute(name), definedNames(name, len(t.Columns)))},
		{"xl/_rels/workbook.xml.rels", workbookRelations},
		{"xl/styles.xml", styleSheet},
	}
	for _, p := range parts {
		w, err := packed.Create(p.name)
		if err == nil {
			_, err = io.WriteString(w, xmlHead+p.content)
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", p.name, err)
		}
	}
	w, err := packed.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	page := &pageWriter{w: bufio.NewWriterSize(w, 64<<10), table: t}
	if err := page.write(); err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	return packed.Close()
}

// pageWriter writes the one sheet of a workbook.
type pageWriter struct {
	w      *bufio.Writer
	table  Table
	row    int
	names  []string // of the columns: A, B, …
	widths []int    // of the columns, in characters
}

// sampled is how many rows are kept back to see how wide the columns must be.
const sampled = 300

func (p *pageWriter) write() error {
	for i := range p.table.Columns {
		p.names = append(p.names, columnName(i))
	}
	var kept [][]Value
	started := false
	for row := range p.rows() {
		if len(kept) < sampled {
			kept = append(kept, row)
			continue
		}
		if !started {
			p.start(kept)
			started = true
		}
		p.values(row)
		if p.row > rowsInWorkbook {
			return fmt.Errorf("a workbook holds %d rows at most", rowsInWorkbook)
		}
	}
	if !started {
		p.start(kept)
	}
	p.finish()
	return p.w.Flush()
}

// rowsInWorkbook is the most rows that spreadsheet programs open.
const rowsInWorkbook = 1 << 20

func (p *pageWriter) rows() func(yield func([]Value) bool) {
	if p.table.Rows == nil {
		return func(func([]Value) bool) {}
	}
	return p.table.Rows
}

// start writes what stands before the rows, the headings and the rows kept back.
func (p *pageWriter) start(kept [][]Value) {
	p.put(xmlHead, sheetStart)
	if len(p.table.Columns) > 0 {
		p.put("<cols>")
		for i, c := range p.table.Columns {
			n := strconv.Itoa(i + 1)
			p.widths = append(p.widths, widthOf(c, i, kept))
			p.put(`<col min="`, n, `" max="`, n, `" width="`, strconv.Itoa(p.widths[i]), `" customWidth="1"/>`)
		}
		p.put("</cols>")
	}
	p.put("<sheetData>")
	if len(p.table.Columns) > 0 {
		p.begin(1)
		for i, c := range p.table.Columns {
			p.text(i, c.Title, styleHeading)
		}
		p.put("</row>")
	}
	for _, row := range kept {
		p.values(row)
	}
}

// widthOf gives the width of a column in characters.
func widthOf(c Column, i int, rows [][]Value) int {
	if c.Width > 0 {
		return c.Width
	}
	width := utf8.RuneCountInString(c.Title) + 3 // the filter's arrow stands beside it
	for _, row := range rows {
		if i < len(row) {
			width = max(width, row[i].width()+2)
		}
	}
	return max(6, min(width, 60))
}

func (p *pageWriter) finish() {
	p.put("</sheetData>")
	if n := len(p.table.Columns); n > 0 {
		p.put(`<autoFilter ref="A1:`, p.names[n-1], strconv.Itoa(max(p.row, 1)), `"/>`)
	}
	p.put(sheetEnd)
}

// lineHeight is the height of a line of text in points.
const lineHeight = 17

// begin starts a row as high as its lines: not every program finds that out.
func (p *pageWriter) begin(lines int) {
	p.row++
	p.put(`<row r="`, strconv.Itoa(p.row))
	if lines > 1 {
		p.put(`" ht="`, strconv.Itoa(min(lines, 20)*lineHeight), `" customHeight="1`)
	}
	p.put(`">`)
}

// lines says how many lines the longest cell of a row takes in its column.
func (p *pageWriter) lines(row []Value) int {
	most := 1
	for i, v := range row[:min(len(row), len(p.widths))] {
		if v.kind != isText || len(v.said) < p.widths[i] && !strings.Contains(v.said, "\n") {
			continue
		}
		lines := 0
		for line := range strings.Lines(v.said) {
			lines += 1 + utf8.RuneCountInString(line)/p.widths[i]
		}
		most = max(most, lines)
	}
	return most
}

func (p *pageWriter) values(row []Value) {
	p.begin(p.lines(row))
	for i, v := range row {
		p.value(i, v)
	}
	p.put("</row>")
}

// digitsKept is how many digits of a number a workbook keeps.
const digitsKept = 15

func (p *pageWriter) value(column int, v Value) {
	switch v.kind {
	case isText:
		p.text(column, v.said, styleOfText(v.said))
	case isNumber, isMoney:
		style := styleNumber
		if v.kind == isMoney {
			style = styleMoney + min(v.zeros, 3)
		}
		if len(strings.Trim(v.said, "-.")) > digitsKept {
			p.text(column, v.said, styleText)
			return
		}
		p.number(column, v.said, style)
	case isDay:
		if n, ok := serial(v.day); ok {
			p.number(column, strconv.Itoa(n), styleDay)
			return
		}
		p.text(column, written(v.day), styleText)
	}
}

func (p *pageWriter) number(column int, digits string, style int) {
	p.put(`<c r="`, p.ref(column), `" s="`, strconv.Itoa(style), `"><v>`, digits, "</v></c>")
}

func (p *pageWriter) text(column int, s string, style int) {
	p.put(`<c r="`, p.ref(column), `" s="`, strconv.Itoa(style), `" t="inlineStr"><is><t xml:space="preserve">`)
	p.escape(s)
	p.put("</t></is></c>")
}

func (p *pageWriter) ref(column int) string {
	if column >= len(p.names) {
		p.names = append(p.names, columnName(column))
	}
	return p.names[column] + strconv.Itoa(p.row)
}

// textMax is the longest text a cell may hold.
const textMax = 32_767

// escape writes a text as XML, without the characters that XML cannot hold.
func (p *pageWriter) escape(s string) {
	left := textMax
	for _, r := range s {
		if left--; left < 0 {
			return
		}
		switch {
		case r == '&':
			p.put("&amp;")
		case r == '<':
			p.put("&lt;")
		case r == '>':
			p.put("&gt;")
		case unwritten(r), r >= 0xfffe && r <= 0xffff:
		default:
			_, _ = p.w.WriteRune(r)
		}
	}
}

// put writes parts one after another; the first trouble is kept by the buffer
// and told when it is flushed.
func (p *pageWriter) put(parts ...string) {
	for _, s := range parts {
		_, _ = p.w.WriteString(s)
	}
}

func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// sheetName makes a name that programs take for a sheet: at most 31 characters,
// none of those that part names.
func sheetName(s string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, text.Clean(s))
	clean = strings.Trim(text.Clean(clean), "' ")
	runes := []rune(clean)
	if len(runes) > 31 {
		clean = strings.TrimSpace(string(runes[:31]))
	}
	if clean == "" {
		return "Kith"
	}
	return clean
}

// definedNames names the row repeated on every printed page and the filter.
func definedNames(sheet string, columns int) string {
	if columns == 0 {
		return ""
	}
	quoted := attribute("'" + strings.ReplaceAll(sheet, "'", "''") + "'")
	return `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">` + quoted + `!$1:$1</definedName></definedNames>`
}

func attribute(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}
