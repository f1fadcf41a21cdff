package printer

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kith.app/internal/document/specimen"
)

// judges are the programs from outside that read what we wrote. Without one of
// them its cases are not in the list.
type judges struct{ soffice, pdftotext string }

func asked() judges {
	return judges{os.Getenv("KITH_TEST_SOFFICE"), os.Getenv("KITH_TEST_PDFTOTEXT")}
}

// TestOthersReadOurPapers lets poppler read our PDF, and LibreOffice open our
// Word files: both must find the same words on as many pages.
func TestOthersReadOurPapers(t *testing.T) {
	j := asked()
	if j.pdftotext == "" {
		return
	}
	dir := t.TempDir()
	for name := range specimen.Papers() {
		printInto(t, dir, name, PDF)
		printInto(t, dir, name, Word)
	}
	words, pages := map[string][]string{}, map[string]int{}
	for name := range specimen.Papers() {
		words[name], pages[name] = j.read(t, filepath.Join(dir, name+".pdf"))
		if len(words[name]) < 10 {
			t.Errorf("poppler finds %d words in %s.pdf", len(words[name]), name)
		}
	}
	if j.soffice == "" {
		return
	}
	opened := filepath.Join(dir, "opened")
	files, err := filepath.Glob(filepath.Join(dir, "*.docx"))
	if err != nil {
		t.Fatal(err)
	}
	args := append([]string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "pdf", "--outdir", opened}, files...)
	if out, err := exec.Command(j.soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name := range specimen.Papers() {
		got, n := j.read(t, filepath.Join(opened, name+".pdf"))
		if name == "pictures" {
			// Words inside a picture are dots in Word and letters in PDF.
			for _, w := range got {
				if !slices.Contains(words[name], w) {
					t.Errorf("%s: LibreOffice shows %q, which is not in the PDF", name, w)
				}
			}
		} else if !slices.Equal(got, words[name]) {
			t.Errorf("%s: LibreOffice shows other words than the PDF: %q", name, difference(got, words[name]))
		}
		if n != pages[name] {
			t.Errorf("%s: LibreOffice needs %d pages, the PDF %d", name, n, pages[name])
		}
	}
}

func printInto(t *testing.T, dir, name string, as Format) {
	t.Helper()
	var out bytes.Buffer
	if err := Print(&out, specimen.Papers()[name], as, nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+"."+string(as)), out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// read gives the words of a PDF, sorted, without rows of dots, and its pages.
func (j judges) read(t *testing.T, file string) ([]string, int) {
	t.Helper()
	text, err := exec.Command(j.pdftotext, "-raw", file, "-").Output()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	words := strings.Fields(strings.ReplaceAll(string(text), "\u00A0", " "))
	words = slices.DeleteFunc(words, func(w string) bool { return strings.Trim(w, ".-") == "" })
	for i, w := range words {
		words[i] = strings.TrimRight(w, ".")
	}
	slices.Sort(words)
	return words, bytes.Count(text, []byte("\f"))
}

// difference gives the words that only one of two sorted lists has.
func difference(a, b []string) []string {
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	for _, w := range b {
		count[w]--
	}
	var odd []string
	for w, n := range count {
		if n != 0 {
			odd = append(odd, w)
		}
	}
	slices.Sort(odd)
	return odd
}
