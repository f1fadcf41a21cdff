package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/text"
)

func read(t *testing.T, name string, content []byte) *Sheet {
	t.Helper()
	s, err := Open(name, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return s
}

// said gives the rows of a sheet as texts.
func said(s *Sheet) [][]string {
	var rows [][]string
	for _, r := range s.Rows {
		var row []string
		for _, c := range r.Cells {
			row = append(row, c.Text)
		}
		rows = append(rows, row)
	}
	return rows
}

func same(a, b [][]string) bool { return slices.EqualFunc(a, b, slices.Equal[[]string]) }

// workbook makes a workbook with the help of an independent library.
func workbookOf(t *testing.T, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestReadsWhatSeparatesCells(t *testing.T) {
	want := [][]string{{"Mã", "Họ và tên", "Năm sinh"}, {"1", "Đặng Thị Hương", "1954"}, {"2", "Lê An", "1960"}}
	for _, sign := range []string{",", ";", "\t", "|"} {
		var lines string
		for _, row := range want {
			lines += strings.Join(row, sign) + "\r\n"
		}
		s := read(t, "roll.csv", []byte(lines))
		if !same(said(s), want) || string(s.Separator) != sign {
			t.Errorf("separator %q: read %q with %q", sign, said(s), s.Separator)
		}
	}
}

func TestReadsCSVAsProgramsWriteIt(t *testing.T) {
	cases := []struct {
		name, content string
		want          [][]string
	}{
		{"sep line", "sep=;\na;b\n1,5;2\n", [][]string{{"a", "b"}, {"1,5", "2"}}},
		{"decimal commas", "Tên;Tiền\nAn;1,5\nBình;2,5\n", [][]string{{"Tên", "Tiền"}, {"An", "1,5"}, {"Bình", "2,5"}}},
		{"quotes", "a,b\n\"x, y\",\"say \"\"z\"\"\"\n", [][]string{{"a", "b"}, {"x, y", `say "z"`}}},
		{"lines in a cell", "a,b\n\"x\r\ny\",2\n", [][]string{{"a", "b"}, {"x\ny", "2"}}},
		{"old Macintosh", "a,b\r1,2\r", [][]string{{"a", "b"}, {"1", "2"}}},
		{"stray quote", "a,b\n5\" pipe,2\n", [][]string{{"a", "b"}, {`5" pipe`, "2"}}},
		{"guards", "a,b\n'=1+1,\"=\"\"0912\"\"\"\n", [][]string{{"a", "b"}, {"=1+1", "0912"}}},
		{"blank rows and columns", ",,\na,b,,\n , ,\n1,2,,\n", [][]string{{"a", "b"}, {"1", "2"}}},
		{"one column", "Tên\nAn\nBình\n", [][]string{{"Tên"}, {"An"}, {"Bình"}}},
		{"spaces", "a , b\n An\u00a0Bình\u200b ,2\n", [][]string{{"a", "b"}, {"An Bình", "2"}}},
	}
	for _, c := range cases {
		if got := said(read(t, c.name, []byte(c.content))); !same(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestRowsKeepTheNumbersPeopleSee(t *testing.T) {
	s := read(t, "a.csv", []byte("\na,b\n\n\"x\ny\",1\nz,2\n"))
	var numbers []int
	for _, r := range s.Rows {
		numbers = append(numbers, r.Number)
	}
	if want := []int{2, 4, 6}; !slices.Equal(numbers, want) {
		t.Errorf("numbers %v, want %v", numbers, want)
	}
}

func TestReadsOldEncodings(t *testing.T) {
	tcvn3, err := charmap.Windows1252.NewEncoder().String("M·,Hä vµ tªn,Quª qu¸n\n1,NguyÔn V¨n Hïng,H¶i D\u00ad¬ng\n")
	must(t, err)
	vni, err := charmap.Windows1252.NewEncoder().String("Maõ,Hoï vaø teân,Queâ quaùn\n1,Nguyeãn Vaên Huøng,Haûi Döông\n")
	must(t, err)
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("Mã\tHọ và tên\tQuê quán\r\n1\tNguyễn Văn Hùng\tHải Dương\r\n")
	must(t, err)
	want := [][]string{{"Mã", "Họ và tên", "Quê quán"}, {"1", "Nguyễn Văn Hùng", "Hải Dương"}}
	cases := []struct {
		content  string
		encoding text.Encoding
	}{
		{"\xef\xbb\xbfMã,Họ và tên,Quê quán\n1,Nguyễn Văn Hùng,Hải Dương\n", text.UTF8},
		{tcvn3, text.TCVN3},
		{vni, text.VNI},
		{"M\xe3\xde,Ho\xf2 v\xe0 t\xean,Qu\xea qu\xe1n\n1,Nguy\xea\xden V\xe3n H\xf9ng,Ha\xd2i D\xfd\xf5ng\n", text.Windows1258},
		{wide, text.UTF16LittleEndian},
		{"M·,Hä vµ tªn,Quª qu¸n\n1,NguyÔn V¨n Hïng,H¶i D\u00ad¬ng\n", text.TCVN3}, // saved as UTF-8 afterwards
	}
	for i, c := range cases {
		if i == 3 {
			c.content = strings.Replace(c.content, "M\xe3\xde", "Ma\xde", 1) // ã has no byte of its own there
		}
		s := read(t, "roll.csv", []byte(c.content))
		if !same(said(s), want) || s.Encoding != c.encoding {
			t.Errorf("%d: %q in %v, want %q in %v", i, said(s), s.Encoding, want, c.encoding)
		}
	}
}

func TestReadsAWorkbook(t *testing.T) {
	content := workbookOf(t, func(f *excelize.File) {
		day, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		format := "mm/yyyy"
		month, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		phone := "0000000000"
		zeros, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &phone})
		must(t,
			f.SetSheetRow("Sheet1", "A1", &[]any{"Họ tên", "Ngày sinh", "Vào hội", "Tiền", "Điện thoại", "Tỷ lệ"}),
			f.SetSheetRow("Sheet1", "A3", &[]any{"Đặng Thị Hương", 20000, 37895, 57150000, 912345678, 0.1}),
			f.SetCellStyle("Sheet1", "B3", "B3", day), f.SetCellStyle("Sheet1", "C3", "C3", month), f.SetCellStyle("Sheet1", "E3", "E3", zeros),
			f.SetCellFormula("Sheet1", "G3", "1+1"), f.SetCellValue("Sheet1", "H3", "  "),
		)
	})
	s := read(t, "roll.xlsx", content)
	want := [][]string{
		{"Họ tên", "Ngày sinh", "Vào hội", "Tiền", "Điện thoại", "Tỷ lệ"},
		{"Đặng Thị Hương", "1954-10-03", "2003-10", "57150000", "0912345678", "0.1"},
	}
	if !same(said(s), want) {
		t.Errorf("read %q, want %q", said(s), want)
	}
	if s.Rows[1].Number != 3 || s.Rows[1].At(1).Kind != Date || s.Rows[1].At(3).Kind != Number || s.Rows[1].At(99).Kind != Blank {
		t.Errorf("row %+v", s.Rows[1])
	}
	if got := s.Rows[1].At(1).Date; got != calendar.On(1954, time.October, 3) {
		t.Errorf("date %v", got)
	}
}

func TestDatesOfBothEpochs(t *testing.T) {
	cases := []struct {
		since epoch
		value string
		show  shown
		want  string
	}{
		{false, "1", showsDay, "1900-01-01"},
		{false, "59", showsDay, "1900-02-28"},
		{false, "61", showsDay, "1900-03-01"},
		{false, "45658.75", showsDay, "2025-01-01"},
		{true, "1", showsDay, "1904-01-02"},
		{true, "44196", showsDay, "2025-01-01"},
		{false, "37895", showsMonth, "2003-10"},
		{false, "37895", showsYear, "2003"},
		{false, "0.5", showsDay, ""},
		{false, "-3", showsDay, ""},
		{false, "99999999", showsDay, ""},
		{false, "x", showsDay, ""},
	}
	for _, c := range cases {
		d, ok := c.since.date(c.value, c.show)
		if ok != (c.want != "") || d.EDTF() != c.want {
			t.Errorf("%s since 1904 %v: %q, want %q", c.value, c.since, d.EDTF(), c.want)
		}
	}
}

func TestFormatsThatShowDates(t *testing.T) {
	cases := map[string]shown{
		"dd/mm/yyyy": showsDay, "d-mmm-yy": showsDay, "mm/yyyy": showsMonth, "yyyy": showsYear,
		`[$-42A]dd\ mmmm\ yyyy;@`: showsDay, `"ngày" dd "tháng" mm "năm" yyyy`: showsDay, `"năm" yyyy`: showsYear,
		"General": noDate, "#,##0": noDate, "0.00": noDate, "h:mm": noDate, "mm:ss": noDate, `#,##0 "đồng"`: noDate,
		`[Red]#,##0;-#,##0`: noDate, "@": noDate, "": noDate, "d/m": showsDay, "dd/mm/yyyy hh:mm": showsDay,
	}
	for code, want := range cases {
		if got := dateShown(code); got != want {
			t.Errorf("dateShown(%q) = %d, want %d", code, got, want)
		}
	}
}

func TestNumbersKeepTheirDigits(t *testing.T) {
	cases := map[string]string{
		"57150000": "57150000", "0.1": "0.1", "0.10000000000000001": "0.1", "1.5E+7": "15000000", "1E-3": "0.001",
		"-12.5": "-12.5", "9007199254740993": "9007199254740993", "24761.596": "24761.596", "0": "0", "1.0": "1",
		"123456789.12": "123456789.12",
	}
	for in, want := range cases {
		if got, ok := plainNumber(in); !ok || got != want {
			t.Errorf("plainNumber(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "x", "NaN", "Inf", "1e999"} {
		if got, ok := plainNumber(in); ok {
			t.Errorf("plainNumber(%q) = %q, want it refused", in, got)
		}
	}
}

func TestMergedCellsAreFilled(t *testing.T) {
	content := workbookOf(t, func(f *excelize.File) {
		must(t,
			f.SetSheetRow("Sheet1", "A1", &[]any{"DANH SÁCH"}), f.MergeCell("Sheet1", "A1", "ZZ1"),
			f.SetSheetRow("Sheet1", "A2", &[]any{"Chi hội", "Họ tên", "Năm sinh"}), f.MergeCell("Sheet1", "C2", "D2"),
			f.MergeCell("Sheet1", "A2", "A3"), f.MergeCell("Sheet1", "B2", "B3"),
			f.SetSheetRow("Sheet1", "C3", &[]any{"Nam", "Nữ"}),
			f.SetSheetRow("Sheet1", "A4", &[]any{"Thanh Trường", "An", 1950}), f.MergeCell("Sheet1", "A4", "A5"),
			f.SetSheetRow("Sheet1", "B5", &[]any{"Bình", nil, 1952}), f.MergeCell("Sheet1", "F9", "G900"),
		)
	})
	s := read(t, "roll.xlsx", content)
	want := [][]string{
		{"DANH SÁCH", "DANH SÁCH", "DANH SÁCH", "DANH SÁCH"},
		{"Chi hội", "Họ tên", "Năm sinh", "Năm sinh"},
		{"Chi hội", "Họ tên", "Nam", "Nữ"},
		{"Thanh Trường", "An", "1950"},
		{"Thanh Trường", "Bình", "", "1952"},
	}
	if !same(said(s), want) || s.Merged != 5 {
		t.Errorf("read %q with %d merged, want %q with 5", said(s), s.Merged, want)
	}
	if c := s.Rows[4].At(0); !c.Spread {
		t.Errorf("%+v is not marked as spread", c)
	}
	h, found := s.Heading(func(title string) bool {
		return slices.Contains([]string{"Chi hội", "Họ tên", "Năm sinh"}, title)
	})
	if titles := []string{"Chi hội", "Họ tên", "Năm sinh Nam", "Năm sinh Nữ"}; !found || h.First != 1 || h.Last != 2 || !slices.Equal(h.Titles, titles) {
		t.Errorf("heading %+v, %v, want %q in rows 1 to 2", h, found, titles)
	}
}

func TestHeadingBelowTitles(t *testing.T) {
	s := read(t, "roll.csv", []byte("HỘI ĐỒNG HƯƠNG,,\nDanh sách hội viên,,\nSTT,Họ và tên,Ghi chú\n1,An,\n2,Bình,\n"))
	known := func(title string) bool { return title == "STT" || title == "Họ và tên" }
	if h, found := s.Heading(known); !found || h.First != 2 || h.Last != 2 || h.Known != 2 {
		t.Errorf("heading %+v, %v, want row 2", h, found)
	}
	if h, found := s.Heading(func(string) bool { return false }); found {
		t.Errorf("heading %+v found though nothing is known", h)
	}
}

func TestChoosesTheFirstSheetThatHoldsAnything(t *testing.T) {
	content := workbookOf(t, func(f *excelize.File) {
		for _, name := range []string{"Hội viên", "Quỹ", "Trống", "Ẩn"} {
			_, err := f.NewSheet(name)
			must(t, err)
		}
		must(t, f.SetCellValue("Hội viên", "A1", "An"), f.SetCellValue("Quỹ", "B2", 5), f.SetCellValue("Ẩn", "A1", "x"), f.SetSheetVisible("Ẩn", false))
	})
	s := read(t, "book.xlsx", content)
	if s.Name != "Hội viên" || !slices.Equal(s.Others, []string{"Quỹ"}) {
		t.Errorf("chose %q, others %q", s.Name, s.Others)
	}
	s, err := OpenNamed("book.xlsx", "Quỹ", bytes.NewReader(content), int64(len(content)))
	if err != nil || s.Name != "Quỹ" || !slices.Equal(s.Others, []string{"Hội viên"}) || s.Rows[0].At(1).Text != "5" {
		t.Errorf("chose %+v, %v", s, err)
	}
}

func TestFontsOfBeforeUnicodeAreDecoded(t *testing.T) {
	content := workbookOf(t, func(f *excelize.File) {
		plain, _ := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: ".VnTime"}})
		capitals, _ := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: ".VnTimeH"}})
		must(t,
			f.SetSheetRow("Sheet1", "A1", &[]any{"Hä tªn", "nguyÔn v¨n hïng", "Cóc", "Đã sửa"}),
			f.SetCellStyle("Sheet1", "A1", "D1", plain), f.SetCellStyle("Sheet1", "B1", "B1", capitals),
		)
	})
	want := [][]string{{"Họ tên", "NGUYỄN VĂN HÙNG", "Cúc", "Đã sửa"}}
	if got := said(read(t, "old.xlsx", content)); !same(got, want) {
		t.Errorf("read %q, want %q", got, want)
	}
}

func TestOldLettersWithoutTheirFontAreDecodedByColumn(t *testing.T) {
	content := workbookOf(t, func(f *excelize.File) {
		must(t,
			f.SetSheetRow("Sheet1", "A1", &[]any{"Hä tªn", "Quê quán", "Số"}),
			f.SetSheetRow("Sheet1", "A2", &[]any{"NguyÔn V¨n Hïng", "Hải Dương", 5}),
			f.SetSheetRow("Sheet1", "A3", &[]any{"Cóc", "Hà Nam", 6}),
		)
	})
	s := read(t, "old.xlsx", content)
	want := [][]string{{"Họ tên", "Quê quán", "Số"}, {"Nguyễn Văn Hùng", "Hải Dương", "5"}, {"Cúc", "Hà Nam", "6"}}
	if !same(said(s), want) || s.Encoding != text.TCVN3 {
		t.Errorf("read %q in %v, want %q", said(s), s.Encoding, want)
	}
}

func TestRefusesWithTheRightReason(t *testing.T) {
	zipOf := func(names ...string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, n := range names {
			w, err := z.Create(n)
			must(t, err)
			_, err = w.Write([]byte("<x/>"))
			must(t, err)
		}
		must(t, z.Close())
		return b.String()
	}
	empty := workbookOf(t, func(*excelize.File) {})
	whole := workbookOf(t, func(f *excelize.File) { must(t, f.SetCellValue("Sheet1", "A1", "An")) })
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	wide := "a" + strings.Repeat(",b", columnsMax)
	cases := []struct{ name, content, want string }{
		{"nothing", "", "sheet.empty"},
		{"blank", "\n , \n\n", "sheet.empty"},
		{"only a mark", "\xef\xbb\xbf", "sheet.empty"},
		{"empty workbook", string(empty), "sheet.empty"},
		{"xls", ole + strings.Repeat("\x00", 600), "sheet.old"},
		{"password", ole + strings.Repeat("\x00", 600) + string(utf16Name("EncryptedPackage")), "sheet.password"},
		{"web page", "\ufeff  <html><table><tr><td>1</td></tr></table></html>", "sheet.markup"},
		{"ods", zipOf("mimetype", "content.xml"), "sheet.openDocument"},
		{"docx", zipOf("[Content_Types].xml", "word/document.xml"), "sheet.notWorkbook"},
		{"zip", zipOf("photo.jpg"), "sheet.notWorkbook"},
		{"xlsb", zipOf("xl/workbook.bin"), "sheet.old"},
		{"hollow", zipOf("xl/workbook.xml"), "sheet.broken"},
		{"pdf", "%PDF-1.7\nxxx", "sheet.unknown"},
		{"picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x01", "sheet.unknown"},
		{"cut short", string(whole[:len(whole)/2]), "sheet.broken"},
		{"too wide", wide, "sheet.columns"},
		{"too long", strings.Repeat("a,b\n", rowsMax+1), "sheet.rows"},
		{"a mark never closed", "a,b\n\"" + strings.Repeat("ă", textMax+1) + "\n", "sheet.cell"},
	}
	for _, c := range cases {
		_, err := Open(c.name, strings.NewReader(c.content), int64(len(c.content)))
		found := fault.All(err)
		if len(found) != 1 || found[0].Key != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// bomb is a workbook with a part that unpacks to so many bytes.
func bomb(t *testing.T, unpacked int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := [][2]string{
		{"xl/workbook.xml", `<workbook><sheets><sheet name="A" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Target="s.xml"/></Relationships>`},
		{"xl/s.xml", "<worksheet><sheetData><row><c><v>" + strings.Repeat("9", unpacked)},
	}
	for _, p := range parts {
		w, err := z.Create(p[0])
		must(t, err)
		_, err = io.WriteString(w, p[1])
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

func TestSwellingWorkbookIsRefused(t *testing.T) {
	large := bomb(t, bytesMax)
	if len(large) > bytesMax/500 {
		t.Fatalf("the bomb has %d bytes", len(large))
	}
	_, err := Open("bomb.xlsx", bytes.NewReader(large), int64(len(large)))
	if found := fault.All(err); len(found) != 1 || found[0].Key != "sheet.huge" {
		t.Errorf("a workbook that swells to more than %d bytes is %v, want sheet.huge", bytesMax, err)
	}
}

func TestWorkbookThatLiesAboutItsSizeIsRefused(t *testing.T) {
	const budget = 10_000
	content := bomb(t, 2*budget)
	b, err := openBook("bomb.xlsx", bytes.NewReader(content), int64(len(content)), 3*budget)
	must(t, err)
	b.budget = budget // as if the table of contents had named less
	if _, err := b.read(""); !errors.Is(err, errSwollen) {
		t.Errorf("reading is %v, want %v", err, errSwollen)
	}
}

// badDisk is a file that cannot be read.
type badDisk struct{}

func (badDisk) ReadAt([]byte, int64) (int, error) { return 0, errors.New("the disk is gone") }

func TestTroubleOfTheMachineIsNoFault(t *testing.T) {
	if _, err := Open("a.csv", badDisk{}, 10); err == nil || fault.All(err) != nil {
		t.Errorf("error %v, want one that is no fault", err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"))
	f.Add([]byte("sep=;\n\"a;b"))
	f.Add([]byte("M·;Hä vµ tªn\n"))
	book := excelize.NewFile()
	_ = book.SetSheetRow("Sheet1", "A1", &[]any{"a", 1, 2.5, time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)})
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, content []byte) {
		s, err := Open("fuzz", bytes.NewReader(content), int64(len(content)))
		if err != nil {
			if len(fault.All(err)) != 1 {
				t.Fatalf("refused with %v, want one fault", err)
			}
			return
		}
		for _, r := range s.Rows {
			if len(r.Cells) == 0 || len(r.Cells) > s.Columns || r.Cells[len(r.Cells)-1].Kind == Blank {
				t.Fatalf("row %+v of %d columns", r, s.Columns)
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	var content bytes.Buffer
	if err := WriteXLSX(&content, roll(10_000)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := Open("roll.xlsx", bytes.NewReader(content.Bytes()), int64(content.Len()))
		if err != nil || len(s.Rows) != 10_001 {
			b.Fatal(fmt.Sprint(len(s.Rows)), err)
		}
	}
}
