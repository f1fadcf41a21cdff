package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/report"
)

var update = flag.Bool("update", false, "write golden files")

func words(t testing.TB) *locale.Catalogue {
	t.Helper()
	c, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// facts reads what the store's tests gathered from a real book.
func facts(t testing.TB, name string) *report.Facts {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".facts.json"))
	if err != nil {
		t.Fatal(err)
	}
	var f report.Facts
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	return &f
}

func house() report.House {
	return report.House{
		Names: report.Label{
			"vi": "Hội đồng hương Hải Dương khu vực Điện Biên Phủ", "en": "Association of Hai Duong Fellow-Countrymen in Dien Bien Phu",
			"fr": "Amicale des originaires de Hai Duong à Diên Biên Phu",
		},
		Family: document.State, Foreign: document.Lettered, Parents: []string{"Hội đồng hương Hải Dương"}, Name: "Ban Liên lạc\nkhu vực Điện Biên Phủ",
		Symbol: "BLL", Place: "Điện Biên Phủ", Voice: "Ban Liên lạc", Recipients: []string{"Thường trực Hội", "Các chi hội"},
		Contact: []string{"12 phố Thử Nghiệm, phường Mường Thanh · 0215 000 000"},
		Signer:  report.Signer{Name: "Phạm Văn Khoát", Kind: "head", Title: "Trưởng ban"},
	}
}

func paper() report.Paper {
	return report.Paper{House: house(), Number: "05/BC-BLL", Date: calendar.On(2026, 1, 5)}
}

// golden compares a paper with the one that was looked at.
func golden(t *testing.T, name string, d *document.Document) {
	t.Helper()
	var got bytes.Buffer
	if err := document.WriteJSON(&got, d); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		look(t, name, d)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s differs (-want +got):\n%s", name, cmp.Diff(string(want), got.String()))
	}
	if strings.Contains(got.String(), "«") && strings.Contains(got.String(), "»") && d.Lang != "fr" {
		t.Errorf("%s: a sentence is missing", name)
	}
}

// look writes the paper to be looked at where KITH_LOOK says.
func look(t *testing.T, name string, d *document.Document) {
	dir := os.Getenv("KITH_LOOK")
	if dir == "" {
		return
	}
	for _, as := range report.Formats() {
		var b bytes.Buffer
		if err := report.Write(&b, d, as); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+"."+string(as)), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestReportsInThreeLanguages(t *testing.T) {
	c := words(t)
	for _, lang := range locale.Langs() {
		golden(t, "annual."+string(lang), report.Compose(c.In(lang), facts(t, "annual"), paper()))
	}
	for _, kind := range []string{"founding", "quarterly"} {
		golden(t, kind+".vi", report.Compose(c.In(locale.Vi), facts(t, kind), paper()))
	}
}

func TestEveryFormatIsWrittenFromOnePaper(t *testing.T) {
	d := report.Compose(words(t).In(locale.Vi), facts(t, "annual"), paper())
	for _, as := range report.Formats() {
		var b bytes.Buffer
		if err := report.Write(&b, d, as); err != nil || b.Len() < 1000 {
			t.Errorf("%s: %d bytes, %v", as, b.Len(), err)
		}
	}
	if _, err := report.ParseFormat("odt"); err == nil {
		t.Error("odt was accepted")
	}
}

// Whoever reads a report must find no word that is not in the catalogue, the
// facts, the house or what the secretary wrote: figures and names only.
func TestOwnWordsStandWhereTheyWereWritten(t *testing.T) {
	p := paper()
	p.Texts = report.Texts{Limits: "Sổ chi hội ghi chưa đều.\nThiếu người trẻ.", Directions: "Vận động thêm hội viên trẻ."}
	d := report.Compose(words(t).In(locale.Vi), facts(t, "annual"), p)
	var headings []string
	var told string
	d.Walk(func(b document.Block) {
		switch b := b.(type) {
		case document.Heading:
			headings = append(headings, b.Number+" "+b.Runs.Plain())
		case document.Paragraph:
			told += b.Runs.Plain() + "\n"
		}
	})
	for _, want := range []string{"V. ĐÁNH GIÁ CHUNG", "1. Hạn chế, khó khăn", "VI. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI"} {
		if !strings.Contains(strings.Join(headings, "\n"), want) {
			t.Errorf("no heading %q in %q", want, headings)
		}
	}
	if strings.Contains(strings.Join(headings, "\n"), "Ưu điểm") || !strings.Contains(told, "Thiếu người trẻ.\n") {
		t.Errorf("own words are not as written: %q %q", headings, told)
	}
}

// A year of which the book tells only some months is not compared as if it were
// whole: the column and every comparison say from when.
func TestAYearKeptInPartIsComparedAsSuch(t *testing.T) {
	for from, want := range map[string][]string{
		"2024-06": {"Năm 2024 (từ tháng 6/2024)", ">năm 2024 (từ tháng 6/2024)<", "Sổ ghi từng việc từ tháng 6/2024: số của năm 2024 chỉ gồm từ đó trở đi."},
		"2025-02": {"Năm 2024 (sổ chưa ghi)", "Sổ ghi từng việc từ tháng 2/2025: của năm 2024 sổ chưa có số để so sánh."},
	} {
		f := facts(t, "annual")
		f.KeptFrom = from
		var page bytes.Buffer
		if err := report.Write(&page, report.Compose(words(t).In(locale.Vi), f, paper()), report.HTML); err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(page.String(), w) {
				t.Errorf("kept from %s: the report does not say %q", from, w)
			}
		}
		if from > "2025" && strings.Contains(page.String(), "so với năm 2024") {
			t.Error("compared with a year that the book does not have")
		}
	}
}
