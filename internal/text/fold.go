package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form in which a text is searched and compared: lower case, no
// accents, đ as d, words of letters and digits with one space between them.
// Punctuation parts words, except the apostrophe, which is dropped (Ea H'Leo is
// "ea hleo"). The letter y after a consonant is written i, the two being used
// at will there (Mỹ and Mĩ, Quỳnh and Quình); after a vowel it is another sound
// and stays (Tây is not Tai). A fold of the beginning of a word is the beginning
// of its fold, so that search works while one types. Folding twice changes
// nothing. Marks of other scripts (Lao, Khmer) are letters there and stay.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	var room [72]byte // most names stay on the stack
	out := room[:0]
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		if pair := look(r); pair != 0 {
			out = put(out, pair)
			continue
		}
		out = putOther(out, r)
	}
	if n := len(out); n > 0 && out[n-1] == ' ' {
		out = out[:n-1]
	}
	return string(out)
}

// folded says whether a text is its own fold; typed search words mostly are.
func folded(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		switch {
		case c == 'y':
			if softens(s[:i]) {
				return false
			}
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		case c == ' ' && last != ' ':
		default:
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

// Two pairs in the table are no letters.
const (
	gap  = ' '  // parts words
	none = 0xff // leaves nothing behind
)

// letters holds, for every character of the Latin blocks, the one or two ASCII
// letters it folds to (the second in the high byte), gap or none.
var letters = spread()

// The blocks that letters covers: up to Latin Extended-B, and Latin Extended
// Additional, where the Vietnamese letters with two marks are.
const (
	lowEnd    = 0x250
	highStart = 0x1e00
	highEnd   = 0x1f00
)

func look(r rune) uint16 {
	if r < lowEnd {
		return letters[r]
	}
	if r >= highStart && r < highEnd {
		return letters[r-highStart+lowEnd]
	}
	return 0
}

func spread() *[lowEnd + highEnd - highStart]uint16 {
	var table [lowEnd + highEnd - highStart]uint16
	for i := range table {
		r := rune(i)
		if r >= lowEnd {
			r += highStart - lowEnd
		}
		table[i] = fold(r)
	}
	return &table
}

// fold gives the table's entry of one character.
func fold(r rune) uint16 {
	r = unicode.ToLower(r)
	switch r {
	case 'đ', 'ð', 'ɖ':
		return 'd'
	case 'ł':
		return 'l'
	case 'ø':
		return 'o'
	case 'ħ':
		return 'h'
	case 'ı':
		return 'i'
	case 'œ':
		return 'o' | 'e'<<8
	case 'æ':
		return 'a' | 'e'<<8
	case 'ß', 'ẞ':
		return 's' | 's'<<8
	case 'þ':
		return 't' | 'h'<<8
	case '\'', '`', '´', 'ʼ', '\u00ad':
		return none
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	switch {
	case base >= 'a' && base <= 'z', base >= '0' && base <= '9':
		return uint16(base)
	case unicode.IsLetter(r):
		return 0
	}
	return gap
}

// put appends what the table gave for one character.
func put(out []byte, pair uint16) []byte {
	switch pair {
	case none:
		return out
	case gap:
		if n := len(out); n > 0 && out[n-1] != ' ' {
			out = append(out, ' ')
		}
		return out
	case 'y':
		if softens(out) {
			return append(out, 'i')
		}
	}
	out = append(out, byte(pair))
	if second := byte(pair >> 8); second != 0 {
		out = append(out, second)
	}
	return out
}

// putOther appends a character outside the table.
func putOther(out []byte, r rune) []byte {
	switch {
	case r >= 0x300 && r <= 0x36f, r == '’', r == '‘', r == 'ʼ', invisible(r):
		return out
	case r >= 0xff01 && r <= 0xff5e: // the wide forms of ASCII
		return put(out, look(r-0xff01+'!'))
	case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsNumber(r):
		r = unicode.ToLower(r) // may lead into the table: the signs of Ångström and kelvin do
		if pair := look(r); pair != 0 {
			return put(out, pair)
		}
		return utf8.AppendRune(out, r)
	}
	return put(out, gap)
}

// softens says whether a y after these letters is the vowel also written i: it
// follows a consonant, or the u that belongs to q.
func softens[T string | []byte](before T) bool {
	n := len(before)
	if n == 0 {
		return false
	}
	switch c := before[n-1]; c {
	case 'a', 'e', 'i', 'o', 'y':
		return false
	case 'u':
		return n > 1 && before[n-2] == 'q'
	default:
		return c >= 'a' && c <= 'z'
	}
}

// Phonetic gives a weaker form than Fold, in which names that are often mistaken
// for one another by ear or hand are equal: tr and ch, s and x, d, gi and r, l
// and n, c and k, i and y. It proposes likely duplicates and never decides.
func Phonetic(s string) string {
	words := Words(s)
	for i, w := range words {
		words[i] = sound(w)
	}
	return strings.Join(words, " ")
}

// onsets are the beginnings of a syllable with the sound they share, longest
// first.
var onsets = []struct{ written, heard string }{
	{"ngh", "ng"},
	{"ng", "ng"},
	{"nh", "nh"},
	{"gh", "g"},
	{"tr", "ch"},
	{"ch", "ch"},
	{"ph", "f"},
	{"th", "th"},
	{"kh", "kh"},
	{"qu", "cu"},
	{"x", "s"},
	{"r", "d"},
	{"l", "n"},
	{"k", "c"},
}

func sound(word string) string {
	onset, rest := "", word
	if after, is := strings.CutPrefix(word, "gi"); is {
		onset, rest = "d", after
		if rest == "" || !strings.ContainsRune("aeou", rune(rest[0])) {
			rest = "i" + rest
		}
	} else {
		for _, o := range onsets {
			if after, is := strings.CutPrefix(word, o.written); is {
				onset, rest = o.heard, after
				break
			}
		}
	}
	rest = strings.ReplaceAll(rest, "y", "i")
	if before, is := strings.CutSuffix(rest, "k"); is {
		rest = before + "c"
	}
	return onset + rest
}
