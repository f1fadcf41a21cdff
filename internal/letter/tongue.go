package letter

import (
	"slices"

	"kith.app/internal/locale"
)

// Drafts lists the languages in which letters are drafted: those of the program. A
// letter in another is written by who speaks it; no sentence of it is made up.
func Drafts() []locale.Lang { return locale.Langs() }

// Tongue is in which language a letter is drafted, and why.
type Tongue struct {
	Lang   locale.Lang
	Why    string // recipient, tie or english
	Wanted string // the recipient's language, where none is drafted in it
}

// TongueFor chooses the language of a letter by the rule that pages tell: the first
// language of the recipient that is drafted, else the first in which a tie between the
// two was signed, else English.
func TongueFor(spoken, signed []string) Tongue {
	for _, of := range []struct {
		why   string
		langs []string
	}{{"recipient", spoken}, {"tie", signed}} {
		for _, code := range of.langs {
			if slices.Contains(Drafts(), locale.Lang(code)) {
				return Tongue{Lang: locale.Lang(code), Why: of.why, Wanted: missed(of.why, spoken)}
			}
		}
	}
	return Tongue{Lang: locale.En, Why: "english", Wanted: missed("english", spoken)}
}

// missed is what the recipient speaks when something else is chosen.
func missed(why string, spoken []string) string {
	if why == "recipient" || len(spoken) == 0 {
		return ""
	}
	return spoken[0]
}
