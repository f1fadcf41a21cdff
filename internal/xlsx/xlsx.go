// Package xlsx writes the tables and figures of a paper as a workbook: a first
// sheet with the title and the key figures, then a sheet for every table.
// Numbers are numbers, so that they can be added up; text is text, even when
// it begins like a formula.
package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"kith.app/internal/document"
	"kith.app/internal/document/setting"
)

// Write writes the workbook.
func Write(w io.Writer, d *document.Document) error {
	if err := d.Check(); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	b := &book{File: excelize.NewFile(), doc: d, styles: map[dress]int{}, names: map[string]bool{}}
	defer b.Close()
	if err := b.fill(); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	if err := b.pack(w); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	return nil
}

// pack writes the file with its parts in order: as the library leaves them the
// same workbook would come out different every time.
func (b *book) pack(w io.Writer) error {
	var loose bytes.Buffer
	if err := b.File.Write(&loose); err != nil {
		return err
	}
	in, err := zip.NewReader(bytes.NewReader(loose.Bytes()), int64(loose.Len()))
	if err != nil {
		return err
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range in.File {
		if err := out.Copy(part); err != nil {
			return err
		}
	}
	return out.Close()
}

// book is a workbook being written.
type book struct {
	*excelize.File
	doc    *document.Document
	styles map[dress]int
	names  map[string]bool // of sheets, in small letters
}

func (b *book) fill() error {
	if err := b.properties(); err != nil {
		return err
	}
	if err := b.overview(); err != nil {
		return err
	}
	for _, t := range b.tables() {
		if err := b.sheet(t); err != nil {
			return fmt.Errorf("table %q: %w", t.title, err)
		}
	}
	return nil
}

func (b *book) properties() error {
	day := b.doc.Dated
	if len(day) != len("2006-01-02") {
		day = "2000-01-01"
	}
	day += "T00:00:00Z"
	return b.SetDocProps(&excelize.DocProperties{
		Title: b.doc.Titled(), Creator: b.doc.Author, Language: b.doc.Lang, Created: day, Modified: day,
	})
}

// titled is a table with the words that stand above it.
type titled struct {
	document.Table
	title   string
	wide    bool
	columns []float64 // widths, millimetres
}

// lines is how many lines a head needs over columns.
func (t titled) lines(head string, from, to int) int {
	wide := 0.0
	for _, w := range t.columns[from:to] {
		wide += w
	}
	return len(setting.Wrap(head, setting.Bold, typeSize, wide-2*setting.CellPad))
}

// typeSize is that of all sheets, in points.
const typeSize = 12

// sizes gives how many rows the head takes and how many stand above it.
func (t titled) sizes() (heads, above int) {
	heads, above = 1, 1
	if t.HeadGroups() != nil {
		heads = 2
	}
	if t.Unit != "" {
		above = 2
	}
	return heads, above
}

// tables gathers the tables of the paper. One without a caption is called by
// the annex it stands in, or by the paper.
func (b *book) tables() []titled {
	var all []titled
	gather := func(blocks document.Blocks, title string, page document.Page) {
		(&document.Document{Blocks: blocks}).Walk(func(block document.Block) {
			t, ok := block.(document.Table)
			if !ok {
				return
			}
			name := t.Caption
			if name == "" {
				name = title
			}
			all = append(all, titled{t, name, page.Wide(), setting.Columns(t, typeSize, max(page.Breadth(), 120))})
		})
	}
	gather(b.doc.Blocks, b.doc.Titled(), b.doc.Page)
	for _, a := range b.doc.Annexes {
		page := b.doc.Page
		if a.Page != nil {
			page = *a.Page
		}
		gather(a.Blocks, strings.TrimSuffix(a.Number+". "+a.Title, ". "), page)
	}
	return all
}

// overview writes the first sheet: what paper this is and its key figures.
func (b *book) overview() error {
	name := b.name(b.doc.Title.Kind, b.doc.Titled(), "Kith")
	if err := b.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	if err := b.paper(name, false); err != nil {
		return err
	}
	s, err := b.open(name)
	if err != nil {
		return err
	}
	if err := s.SetColWidth(1, 1, 44); err != nil {
		return err
	}
	if err := s.SetColWidth(2, 3, 18); err != nil {
		return err
	}
	for _, l := range append(append([]document.Line{}, b.doc.Head.Number...), b.doc.Title.Lines("", 0)...) {
		s.row(s.text(l.Text, dress{bold: l.Bold}))
	}
	s.row()
	for _, f := range b.doc.KeyFigures() {
		s.row(s.text(f.Label, dress{line: true}), s.figure(f.Figure, f.Text, dress{line: true}), s.text(f.Unit, dress{line: true}))
	}
	return s.close()
}

// sheet writes one table.
func (b *book) sheet(t titled) error {
	name := b.name(t.title, "Kith")
	if _, err := b.NewSheet(name); err != nil {
		return err
	}
	heads, top := t.sizes()
	// Once rows are streamed the sheet may not be touched but by its stream.
	if err := b.paper(name, t.wide); err != nil {
		return err
	}
	if err := b.repeat(name, top+1, top+heads); err != nil {
		return err
	}
	s, err := b.open(name)
	if err != nil {
		return err
	}
	for i, wide := range t.columns {
		const perLetter = 2.0 // millimetres
		if err := s.SetColWidth(i+1, i+1, max(wide/perLetter, 5)); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: top + heads, TopLeftCell: cellAt(1, top+heads+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	s.top(t)
	s.rows(t)
	return s.close()
}

// paper sets how the sheet is printed: on the paper's own way up, as wide as
// the page.
func (b *book) paper(sheet string, wide bool) error {
	orientation, a4, one, many, fit := "portrait", 9, 1, 0, true
	if wide {
		orientation = "landscape"
	}
	if err := b.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &orientation, Size: &a4, FitToWidth: &one, FitToHeight: &many})
}

// repeat prints the rows of the head on every page.
func (b *book) repeat(sheet string, from, to int) error {
	return b.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: sheet,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(sheet, "'", "''"), from, to),
	})
}

// name makes the first text that has any into the name of a sheet: at most 31
// letters, none that Excel forbids, not taken by another.
func (b *book) name(wishes ...string) string {
	name := ""
	for _, wish := range wishes {
		clean := strings.Map(func(r rune) rune {
			if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
				return ' '
			}
			return r
		}, setting.Clean(wish))
		if name = strings.Trim(strings.Join(strings.Fields(clean), " "), "'"); name != "" {
			break
		}
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf(" (%d)", n)
		}
		cut := short(name, 31-utf8.RuneCountInString(suffix)) + suffix
		if !b.names[strings.ToLower(cut)] {
			b.names[strings.ToLower(cut)] = true
			return cut
		}
	}
}

// short cuts text to so many letters, at a space when there is one.
func short(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	cut := string(letters[:most])
	if letters[most] == ' ' {
		return cut
	}
	if space := strings.LastIndexByte(cut, ' '); space > most/2 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " '")
}
