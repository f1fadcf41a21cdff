package asset

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
	"testing"

	"kith.app/internal/drawing"
)

// A ten-year-old laptop on a mobile line loads the whole look in about a second.
const compressedMax = 60_000

func TestStyleAndScriptsStaySmall(t *testing.T) {
	sum := 0
	for _, f := range All() {
		sum += len(f.Gzipped)
	}
	if sum > compressedMax {
		t.Errorf("style and scripts: %d bytes compressed, want at most %d", sum, compressedMax)
	}
	t.Logf("style and scripts: %d bytes compressed", sum)
}

func TestEveryFileIsNamedAfterItsContents(t *testing.T) {
	hashed := regexp.MustCompile(`^/asset/[a-z0-9-]+\.[0-9a-f]{12}\.(css|js|svg|woff2)$`)
	for _, f := range All() {
		if !hashed.MatchString(f.Path) {
			t.Errorf("%s is served as %q, want a hash in the name", f.Name, f.Path)
		}
		if got, ok := Served(f.Path); !ok || got.Name != f.Name {
			t.Errorf("Served(%q) = %q, %v", f.Path, got.Name, ok)
		}
	}
}

func TestCompressedFilesUnpackToThemselves(t *testing.T) {
	for _, f := range All() {
		if f.Gzipped == nil {
			continue
		}
		r, err := gzip.NewReader(bytes.NewReader(f.Gzipped))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, f.Plain) {
			t.Errorf("%s does not unpack to itself: %v", f.Name, err)
		}
	}
}

func TestSheetNamesOnlyFilesThatAreServed(t *testing.T) {
	f, _ := Served(Path("kith.css"))
	found := regexp.MustCompile(`url\("(/?[^"]+)"\)`).FindAllStringSubmatch(string(f.Plain), -1)
	fonts := 0
	for _, m := range found {
		if strings.HasPrefix(m[1], "data:") {
			continue
		}
		fonts++
		if _, ok := Served(m[1]); !ok {
			t.Errorf("the style sheet asks for %q, which is not served", m[1])
		}
	}
	if fonts != 9 {
		t.Errorf("the style sheet names %d fonts, want 9", fonts)
	}
}

func TestNothingIsFetchedFromElsewhere(t *testing.T) {
	f, _ := Served(Path("kith.css"))
	if bytes.Contains(f.Plain, []byte("@import")) || bytes.Contains(f.Plain, []byte(`url("http`)) {
		t.Error("the style sheet reaches outside")
	}
}

// What is drawn on the server and what the style sheet paints are one palette.
func TestDrawingsUseTheColoursOfTheStyleSheet(t *testing.T) {
	sheet := string(read("css/1-ground.css"))
	for name, colour := range drawing.Tokens() {
		if want := "--" + name + ": " + string(colour) + ";"; !strings.Contains(sheet, want) {
			t.Errorf("the style sheet has no %q", want)
		}
	}
}
