package page

import (
	"testing"

	"kith.app/internal/locale"
)

// reader is somebody who reads in a language.
func reader(t *testing.T, lang locale.Lang) Reader {
	t.Helper()
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return ReaderIn(lang, words)
}
