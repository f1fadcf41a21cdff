package xlsx

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"kith.app/internal/document"
	"kith.app/internal/document/specimen"
)

func written(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func opened(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// TestSpecimensAreWritten writes every specimen; with PAPERS set to a folder
// it leaves them there to be looked at.
func TestSpecimensAreWritten(t *testing.T) {
	for name, d := range specimen.Papers() {
		data := written(t, d)
		if opened(t, data).SheetCount < 1 {
			t.Errorf("%s has no sheet", name)
		}
		if dir := os.Getenv("PAPERS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".xlsx"), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestReportHasASheetForEveryTable(t *testing.T) {
	f := opened(t, written(t, specimen.AnnualReport()))
	want := []string{"BÁO CÁO", "Bảng 1. Kết quả thăm hỏi, tương", "Bảng 2. Tổng hợp thu, chi quỹ", "Phụ lục I. KẾT QUẢ HOẠT ĐỘNG"}
	got := f.GetSheetList()
	if len(got) != len(want) {
		t.Fatalf("sheets are %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("sheet %d is %q, want %q", i+1, got[i], want[i])
		}
	}
}

func TestNumbersAreNumbersAndTextIsText(t *testing.T) {
	table := document.Table{Caption: "Thử", Columns: []document.Column{{Head: "Tên"}, {Head: "Số"}}}
	table.Add(document.C("=1+1"), document.CR(document.Num("57.150.000", "57150000", "")))
	table.Add(document.C("Lẻ"), document.CR(document.Num("12,50", "12.50", "")))
	table.Add(document.C("Quá lớn"), document.CR(document.Num("9.223.372.036.854.775.807", "9223372036854775807", "")))
	table.Add(document.C("Lẫn chữ"), document.CR(document.T("hơn "), document.Num("500", "500", "")))
	f := opened(t, written(t, &document.Document{Page: document.A4(), Blocks: document.Blocks{table}}))
	for at, want := range map[string]struct {
		value string
		kind  excelize.CellType
	}{
		"A3": {"=1+1", excelize.CellTypeInlineString},
		"B3": {"57150000", excelize.CellTypeUnset},
		"B4": {"12.5", excelize.CellTypeUnset},
		"B5": {"9.223.372.036.854.775.807", excelize.CellTypeInlineString},
		"B6": {"hơn 500", excelize.CellTypeInlineString},
	} {
		value, err := f.GetCellValue("Thử", at, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		kind, err := f.GetCellType("Thử", at)
		if err != nil {
			t.Fatal(err)
		}
		if value != want.value || kind != want.kind {
			t.Errorf("%s holds %q of type %v, want %q of type %v", at, value, kind, want.value, want.kind)
		}
	}
}

func TestKeyFiguresStandOnTheFirstSheet(t *testing.T) {
	f := opened(t, written(t, specimen.AnnualReport()))
	rows, err := f.GetRows("BÁO CÁO", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if len(row) == 3 && row[0] == "Thăm hỏi ốm đau" && row[1] == "64" && row[2] == "lượt" {
			return
		}
	}
	t.Errorf("the visits are not among the key figures: %q", rows)
}

func TestTotalsAndCommonHeadsAreJoined(t *testing.T) {
	f := opened(t, written(t, specimen.AnnualReport()))
	merged, err := f.GetMergeCells("Bảng 1. Kết quả thăm hỏi, tương")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"A2:A3": true, "B2:B3": true, "C2:D2": true, "E2:F2": true, "A8:B8": true}
	for _, m := range merged {
		at := m.GetStartAxis() + ":" + m.GetEndAxis()
		if !want[at] {
			t.Errorf("%s is joined and should not be", at)
		}
		delete(want, at)
	}
	if len(want) > 0 {
		t.Errorf("not joined: %v", want)
	}
}

func TestSheetsOfOneNameAreToldApart(t *testing.T) {
	table := document.Table{Caption: "Thu: chi / tồn", Columns: []document.Column{{Head: "Số"}}}
	d := &document.Document{Page: document.A4(), Blocks: document.Blocks{table, table}}
	got := opened(t, written(t, d)).GetSheetList()
	want := []string{"Kith", "Thu chi tồn", "Thu chi tồn (2)"}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("sheets are %q, want %q", got, want)
		}
	}
}

func TestTheSamePaperGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(written(t, specimen.AnnualReport()), written(t, specimen.AnnualReport())) {
		t.Error("two workbooks of one paper differ")
	}
}

func BenchmarkTenThousandRows(b *testing.B) {
	d := specimen.Roll(10000)
	for b.Loop() {
		written(b, d)
	}
}
