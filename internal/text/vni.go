package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// In VNI for Windows a vowel is written as its base letter and, behind it, a byte
// for all its marks; five letters are one byte of their own. The marks below are
// written as Windows-1252 shows them, and mean what stands below them.
const (
	// tone marks behind any of a e o u y, and behind ơ and ư
	vniTones = "ùøûõïÙØÛÕÏ"
	toneOf   = "\u0301\u0300\u0309\u0303\u0323"

	// marks behind a, e and o that make them â, ê, ô, with the tone they add
	vniHats = "âáàåãäÂÁÀÅÃÄ"

	// marks behind a that make it ă, with the tone they add
	vniBreves = "êéèúüëÊÉÈÚÜË"

	// the tones of hats and breves in their order, the first being none
	tonesAdded = "\u034f\u0301\u0300\u0309\u0303\u0323"
)

// vniLetters are the bytes that are letters by themselves.
var vniLetters = map[rune]rune{
	'ñ': 'đ', 'Ñ': 'Đ', 'ô': 'ơ', 'Ô': 'Ơ', 'ö': 'ư', 'Ö': 'Ư',
	'í': 'í', 'Í': 'Í', 'ì': 'ì', 'Ì': 'Ì', 'æ': 'ỉ', 'Æ': 'Ỉ',
	'ó': 'ĩ', 'Ó': 'Ĩ', 'ò': 'ị', 'Ò': 'Ị', 'î': 'ỵ', 'Î': 'Ỵ',
}

func decodeVNI(content []byte) string {
	var b strings.Builder
	b.Grow(len(content) + len(content)/4)
	base := rune(0) // the vowel before, while it may take a mark
	for _, c := range content {
		r := westernRune(c)
		if marks := vniMarks(base, r); marks != "" {
			b.WriteString(marks)
			base = 0
			continue
		}
		if letter, is := vniLetters[r]; is {
			r = letter
		}
		base = r
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// vniMarks gives the marks that a byte adds to the letter before it, or nothing
// when it is a letter itself.
func vniMarks(base, mark rune) string {
	switch base {
	case 'a', 'A', 'e', 'E', 'o', 'O':
		if i := indexRune([]rune(vniHats), mark); i >= 0 {
			return "\u0302" + added(i)
		}
	}
	if base == 'a' || base == 'A' {
		if i := indexRune([]rune(vniBreves), mark); i >= 0 {
			return "\u0306" + added(i)
		}
	}
	if strings.ContainsRune("aeouyAEOUYơưƠƯ", base) {
		if i := indexRune([]rune(vniTones), mark); i >= 0 {
			return string([]rune(toneOf)[i%tones])
		}
	}
	return ""
}

// added gives the tone of a hat or breve by its place among them.
func added(i int) string {
	if i%(tones+1) == 0 {
		return ""
	}
	return string([]rune(tonesAdded)[i%(tones+1)])
}

// westernRune gives the character that Windows-1252 shows for a byte.
func westernRune(c byte) rune {
	if r := charmap.Windows1252.DecodeByte(c); r != utf8.RuneError {
		return r
	}
	return rune(c)
}
