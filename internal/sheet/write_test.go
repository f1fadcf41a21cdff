package sheet

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kith.app/internal/calendar"
	"kith.app/internal/money"
)

func roll(members int) Table {
	return Table{
		Name: "Hội viên",
		Columns: []Column{
			{Title: "Mã"},
			{Title: "Họ và tên"},
			{Title: "Ngày sinh"},
			{Title: "Giới tính"},
			{Title: "Điện thoại"},
			{Title: "Quê quán"},
			{Title: "Nơi ở"},
			{Title: "Chi hội"},
			{Title: "Vào hội"},
			{Title: "Hội phí"},
		},
		Rows: func(yield func([]Value) bool) {
			for i := range members {
				row := []Value{
					Count(int64(i + 1)), Words("Nguyễn Thị Quỳnh Hương"), On(calendar.On(1954, time.October, 1+i%28)), Words("Nữ"),
					Words("0912345678"), Words("xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương"), Words("phường Mường Thanh, tỉnh Điện Biên"),
					Words("Chi hội 5"), On(calendar.InMonth(2003, time.October)), Sum(money.Of(120_000, "VND")),
				}
				if !yield(row) {
					return
				}
			}
		},
	}
}

func awkward() Table {
	about := calendar.InYear(1989).About()
	rows := [][]Value{
		{Words("=HYPERLINK(\"x\")"), Words("+84912"), Words("-An"), Words("@x"), Words("'quoted")},
		{Words("<b>&\"'"), Words(" two  spaces "), Words("line\nline"), Words("ctrl\x01\x00"), Words("0912345678")},
		{Count(-5), Count(1094), Sum(money.Of(57_150_000, "VND")), Sum(money.Of(-123_456, "USD")), Sum(money.Amount{})},
		{On(calendar.On(2025, time.January, 2)), On(calendar.InMonth(2003, time.October)), On(calendar.InYear(1954)), On(about), On(calendar.Date{})},
		{On(calendar.On(1890, time.May, 19)), Sum(money.Of(9_007_199_254_740_993, "VND")), Value{}, Words(""), Words("cuối")},
	}
	return Table{Name: "Thử: [a/b]", Columns: []Column{{Title: "=A"}, {Title: "B"}, {Title: "C"}, {Title: "D"}, {Title: "E", Width: 12}}, Rows: slices.Values(rows)}
}

func TestWrittenWorkbookIsReadByAnother(t *testing.T) {
	var b bytes.Buffer
	must(t, WriteXLSX(&b, awkward()))
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Thử a b"}) {
		t.Errorf("sheets %q", got)
	}
	want := map[string]string{
		"A1": "=A", "A2": "=HYPERLINK(\"x\")", "B2": "+84912", "C2": "-An", "D2": "@x", "E2": "'quoted",
		"A3": "<b>&\"'", "B3": " two  spaces ", "C3": "line\nline", "D3": "ctrl", "E3": "0912345678",
		"A4": "-5", "B4": "1094", "C4": "57,150,000", "D4": "-1,234.56", "E4": "",
		"A5": "02/01/2025", "B5": "10/2003", "C5": "1954", "D5": "1989~", "E5": "",
		"A6": "19/05/1890", "B6": "9007199254740993", "E6": "cuối",
	}
	for cell, value := range want {
		if got, err := f.GetCellValue("Thử a b", cell); err != nil || got != value {
			t.Errorf("%s is %q, %v, want %q", cell, got, err, value)
		}
	}
	for _, cell := range []string{"A2", "B2", "E3", "B6"} {
		formula, _ := f.GetCellFormula("Thử a b", cell)
		if kind, err := f.GetCellType("Thử a b", cell); err != nil || kind != excelize.CellTypeInlineString || formula != "" {
			t.Errorf("%s is of type %v with formula %q, want a text", cell, kind, formula)
		}
	}
}

func TestWrittenTablesAreReadBack(t *testing.T) {
	want := [][]string{
		{"=A", "B", "C", "D", "E"},
		{"=HYPERLINK(\"x\")", "+84912", "-An", "@x", "'quoted"},
		{"<b>&\"'", "two spaces", "line\nline", "ctrl", "0912345678"},
		{"-5", "1094", "57150000", "-1234.56"},
		{"2025-01-02", "10/2003", "1954", "1989~"},
		{"19/05/1890", "9007199254740993", "", "", "cuối"},
	}
	writers := map[string]func(io.Writer, Table) error{"xlsx": WriteXLSX, "csv": WriteCSV}
	for name, write := range writers {
		var b bytes.Buffer
		must(t, write(&b, awkward()))
		s := read(t, "back."+name, b.Bytes())
		expected := want
		if name == "csv" {
			expected = slices.Clone(want)
			expected[4] = []string{"02/01/2025", "10/2003", "1954", "1989~"}
		}
		if !same(said(s), expected) {
			t.Errorf("%s: read back %q\nwant %q", name, said(s), expected)
		}
	}
}

func TestCSVIsSafeToOpen(t *testing.T) {
	var b bytes.Buffer
	must(t, WriteCSV(&b, awkward()))
	got := b.String()
	for _, want := range []string{"\ufeff'=A,B,", "\"'=HYPERLINK(", ",'+84912,'-An,'@x,'quoted", "\n-5,1094,57150000,-1234.56,", "\r\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}

func TestSameTableSameBytes(t *testing.T) {
	var a, b bytes.Buffer
	must(t, WriteXLSX(&a, roll(400)), WriteXLSX(&b, roll(400)))
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two writings of one table differ")
	}
}

func TestTableWithoutRowsOrColumns(t *testing.T) {
	for _, table := range []Table{{}, {Name: "Trống", Columns: []Column{{Title: "A"}}}} {
		var b bytes.Buffer
		must(t, WriteXLSX(&b, table))
		f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		must(t, f.Close(), WriteCSV(io.Discard, table))
	}
}

func TestLongRollIsWrittenWhole(t *testing.T) {
	var b bytes.Buffer
	must(t, WriteXLSX(&b, roll(sampled+5)))
	if s := read(t, "roll.xlsx", b.Bytes()); len(s.Rows) != sampled+6 || s.Rows[sampled+5].At(0).Text != "305" {
		t.Errorf("%d rows, last %+v", len(s.Rows), s.Rows[len(s.Rows)-1])
	}
}

func TestColumnNames(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA"} {
		if got := columnName(i); got != want {
			t.Errorf("columnName(%d) = %q, want %q", i, got, want)
		}
	}
}

func BenchmarkWriteXLSX(b *testing.B) {
	for b.Loop() {
		if err := WriteXLSX(io.Discard, roll(10_000)); err != nil {
			b.Fatal(err)
		}
	}
}
