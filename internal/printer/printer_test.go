package printer

import (
	"bytes"
	"testing"

	"kith.app/internal/document/specimen"
)

func TestEveryFormatBeginsAsItsKindDoes(t *testing.T) {
	begins := map[Format]string{Word: "PK", PDF: "%PDF-", Excel: "PK", HTML: "<!doctype html>", JSON: "{"}
	for _, as := range Formats() {
		var out bytes.Buffer
		if err := Print(&out, specimen.AnnualReport(), as, nil); err != nil {
			t.Errorf("%s: %v", as, err)
			continue
		}
		if !bytes.HasPrefix(out.Bytes(), []byte(begins[as])) {
			t.Errorf("%s begins with %q", as, out.Bytes()[:10])
		}
		if as.MediaType() == "application/octet-stream" {
			t.Errorf("%s has no media type", as)
		}
	}
}

func TestAnUnknownFormatIsRefused(t *testing.T) {
	if err := Print(&bytes.Buffer{}, specimen.AnnualReport(), "odt", nil); err == nil {
		t.Error("a format nobody writes was accepted")
	}
}

// TestPicturesPrintInEveryFormat: where a format holds no drawing, the table beside
// it stays.
func TestPicturesPrintInEveryFormat(t *testing.T) {
	for _, as := range Formats() {
		var out bytes.Buffer
		if err := Print(&out, specimen.Pictures(), as, nil); err != nil || out.Len() < 1000 {
			t.Errorf("%s: %d bytes, %v", as, out.Len(), err)
		}
	}
}
