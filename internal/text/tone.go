package text

import (
	"strings"
	"unicode"
)

// Two schools write the tone of an open oa, oe or uy on its first letter (hòa,
// khỏe, thúy) or on its second (hoà, khoẻ, thuý). The letters below stand in the
// order of their tones; the firsts are ò and ù small, then capital.
const (
	firstLetters   = "òóỏõọùúủũụÒÓỎÕỌÙÚỦŨỤ"
	secondLettersA = "àáảãạ"
	secondLettersE = "èéẻẽẹ"
	secondLettersY = "ỳýỷỹỵ"
)

// tones is how many tones have a mark.
const tones = 5

// ToneOnSecond gives composed text with the tone of every open oa, oe and uy on
// the second letter, so that the two schools sort and compare alike.
func ToneOnSecond(s string) string {
	if !strings.ContainsAny(s, firstLetters) {
		return s
	}
	runes := []rune(s)
	marked := []rune(firstLetters)
	for i := 0; i+1 < len(runes); i++ {
		at := indexRune(marked, runes[i])
		if at < 0 || i+2 < len(runes) && unicode.IsLetter(runes[i+2]) {
			continue
		}
		if second := toned(runes[i+1], at/tones%2 == 1, at%tones); second != 0 {
			runes[i], runes[i+1] = []rune("oOuU")[at/tones%2*2+at/(2*tones)], second
		}
	}
	return string(runes)
}

// toned gives the second vowel of a pair with a tone on it, or 0 when the pair
// is none of those written in two ways.
func toned(vowel rune, afterU bool, tone int) rune {
	var with string
	switch lower := unicode.ToLower(vowel); {
	case afterU && lower == 'y':
		with = secondLettersY
	case !afterU && lower == 'a':
		with = secondLettersA
	case !afterU && lower == 'e':
		with = secondLettersE
	default:
		return 0
	}
	r := []rune(with)[tone]
	if unicode.IsUpper(vowel) {
		return unicode.ToUpper(r)
	}
	return r
}

func indexRune(in []rune, r rune) int {
	for i, x := range in {
		if x == r {
			return i
		}
	}
	return -1
}
