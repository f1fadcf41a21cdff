package text

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// In VIQR, the way of writing on typewriters and in early mail, marks follow
// their vowel as ASCII signs: Vie^.t Nam. Behind a backslash a sign is itself.
func decodeVIQR(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var last rune  // the letter that marks may follow
	plain := false // the sign now read stands for itself
	for _, r := range s {
		if plain {
			plain, last = false, 0
			b.WriteRune(r)
			continue
		}
		if r == '\\' {
			plain = true
			continue
		}
		if (last == 'd' && r == 'd') || (last == 'D' && (r == 'd' || r == 'D')) {
			last = 0
			b.WriteRune('\u0335') // turned into the letter below
			continue
		}
		if mark := viqrMark(last, r); mark != 0 {
			b.WriteRune(mark)
			continue
		}
		last = r
		b.WriteRune(r)
	}
	barred := strings.NewReplacer("d\u0335", "đ", "D\u0335", "Đ").Replace(b.String())
	return norm.NFC.String(barred)
}

// viqrMark gives the mark that a sign puts on a letter, 0 when it is no mark.
func viqrMark(letter, sign rune) rune {
	if !strings.ContainsRune("aeiouyAEIOUY", letter) || letter == 0 {
		return 0
	}
	switch sign {
	case '\'':
		return '\u0301'
	case '`':
		return '\u0300'
	case '?':
		return '\u0309'
	case '~':
		return '\u0303'
	case '.':
		return '\u0323'
	case '^':
		if strings.ContainsRune("aeoAEO", letter) {
			return '\u0302'
		}
	case '(':
		if letter == 'a' || letter == 'A' {
			return '\u0306'
		}
	case '+', '*':
		if strings.ContainsRune("ouOU", letter) {
			return '\u031b'
		}
	}
	return 0
}
