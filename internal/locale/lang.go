// Package locale speaks Vietnamese, English and French: it holds every sentence
// that people read, chooses singular and plural, and writes numbers, dates and
// lists as each language does.
//
// The sentences are in words/*.txt, one entry with its three languages together,
// so that whoever changes one sees the others:
//
//	# A line that starts with # is a comment.
//	[roll.count]
//	vi = {1} hội viên
//	en.one = {1} member
//	en = {1} members
//	fr.one = {1} membre
//	fr = {1} membres
//
// {1} to {9} stand for arguments. Whole numbers, money and dates are written as
// the language writes them; a year or a document number must therefore be given
// as a string. The form ".one" is chosen by the first argument that is a number:
// 1 in Vietnamese and English, 0 or 1 in French. "\n" breaks a line.
package locale

import "strings"

// Lang is a language that Kith speaks.
type Lang string

// The languages. Vietnamese comes first and is taken when nothing is known.
const (
	Vi Lang = "vi"
	En Lang = "en"
	Fr Lang = "fr"
)

// Langs lists the languages in the order in which they are offered.
func Langs() []Lang { return []Lang{Vi, En, Fr} }

// index gives the place of a language in an entry.
func (l Lang) index() int {
	switch l {
	case En:
		return 1
	case Fr:
		return 2
	}
	return 0
}

// Name is what a language calls itself.
func (l Lang) Name() string {
	return [...]string{"Tiếng Việt", "English", "Français"}[l.index()]
}

// Parse reads a language tag such as "vi", "fr-CA" or "EN_gb".
func Parse(tag string) (Lang, bool) {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if end := strings.IndexAny(tag, "-_."); end >= 0 {
		tag = tag[:end]
	}
	switch lang := Lang(tag); lang {
	case Vi, En, Fr:
		return lang, true
	}
	return Vi, false
}

// FromAcceptLanguage chooses the language a browser asks for, Vietnamese when it
// asks for none that Kith speaks.
func FromAcceptLanguage(header string) Lang {
	best, weight := Vi, 0
	for range 20 { // a header is short; a long one is not a browser's
		wish, rest, more := strings.Cut(header, ",")
		tag, parameters, _ := strings.Cut(wish, ";")
		if lang, ok := Parse(tag); ok {
			if q := quality(parameters); q > weight {
				best, weight = lang, q
			}
		}
		if !more {
			break
		}
		header = rest
	}
	return best
}

// quality reads "q=0.8" as 800; nothing is 1000, nonsense 0.
func quality(parameters string) int {
	parameters = strings.ReplaceAll(parameters, " ", "")
	if parameters == "" {
		return 1000
	}
	value, ok := strings.CutPrefix(parameters, "q=")
	whole, decimals, _ := strings.Cut(value, ".")
	if !ok || (whole != "0" && whole != "1") || len(decimals) > 3 {
		return 0
	}
	q := int(whole[0] - '0')
	for i := range 3 {
		q *= 10
		if i < len(decimals) && '0' <= decimals[i] && decimals[i] <= '9' {
			q += int(decimals[i] - '0')
		}
	}
	return min(q, 1000)
}
