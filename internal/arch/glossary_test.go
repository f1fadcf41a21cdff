package arch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// One thing has one word: each table of the glossary gives Vietnamese, English,
// French and the code, and no Vietnamese term stands twice under one heading.
func TestGlossaryIsWholeAndHasNoTermTwice(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(load(t).Root, "docs", "glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows, seen, heading := 0, map[string]bool{}, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "## ") {
			heading = line
		}
		if !strings.HasPrefix(line, "| ") || !strings.HasSuffix(line, "` |") {
			continue
		}
		rows++
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(cells) != 4 {
			t.Errorf("%d columns, want 4: %s", len(cells), line)
			continue
		}
		for _, cell := range cells {
			if strings.TrimSpace(cell) == "" {
				t.Errorf("an empty cell: %s", line)
			}
		}
		term := heading + strings.TrimSpace(cells[0])
		if seen[term] {
			t.Errorf("twice under one heading: %s", line)
		}
		seen[term] = true
	}
	if rows < 100 {
		t.Errorf("only %d rows were read", rows)
	}
}
