package docx

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"kith.app/internal/document/specimen"
)

// TestSpecimensAreWritten writes every specimen; with PAPERS set to a folder
// it leaves them there to be looked at.
func TestSpecimensAreWritten(t *testing.T) {
	for name, d := range specimen.Papers() {
		var out bytes.Buffer
		if err := Write(&out, d); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if dir := os.Getenv("PAPERS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".docx"), out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
