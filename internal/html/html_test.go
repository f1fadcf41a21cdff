package html

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
		if err := Page(&out, d, func(ref string) string { return "/" + ref }); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if dir := os.Getenv("PAPERS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".html"), out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
