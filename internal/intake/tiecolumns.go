package intake

import "kith.app/internal/locale"

// TieColumns lists the columns in which ties are given out so that they can be
// brought in again.
func TieColumns() []Field {
	return []Field{"code", "a", "b", "aCountry", "bCountry", "kind", "date", "place", "paper", "expiry", "title", "titleEn", "titleFr", "fields", "reason", "note"}
}

// Heading is what a column is called in a language, as an import reads it.
func Heading(s Subject, f Field, lang locale.Lang) string {
	words, err := shipped()
	if err != nil {
		return string(f) // the headings are embedded and tested
	}
	return words.title(s, f, lang)
}
