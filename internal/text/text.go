// Package text knows how Vietnamese is written, typed, sorted and stored by old
// programs: the folded form by which everything is searched, the keys by which
// lists are sorted, how a person's name is taken apart, and the encodings in use
// before Unicode.
//
// Two spellings that a secretary would call the same fold to the same letters:
// Hoà and Hòa, Mỹ and Mĩ, Quy and Qui, Đắk and Dak, composed and decomposed,
// with or without accents. Nothing that is shown is ever folded.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean gives text as it should be kept: composed letters, no invisible
// characters, every run of white space one space, none at the ends. Line ends
// are white space; text of several lines is cleaned line by line by its owner.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFC.String(s) {
		switch {
		case invisible(r):
		case unicode.IsSpace(r) || unicode.IsControl(r):
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plain says whether cleaning would change nothing, for the common case of
// printable ASCII with single spaces.
func plain(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || (c == ' ' && last == ' ') {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

// invisible says whether a character has no width and no meaning for a reader:
// it comes along when text is copied from a web page or a chat.
func invisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', utf8.RuneError:
		return true
	}
	return r >= '\u202a' && r <= '\u202e'
}

// Words gives the folded words of a text in their order.
func Words(s string) []string {
	return strings.Fields(Fold(s))
}

// Initials gives the first letter of every folded word: "dth" for
// Đặng Thị Hương.
func Initials(s string) string {
	var b strings.Builder
	start := true
	for _, r := range Fold(s) {
		if start {
			b.WriteRune(r)
		}
		start = r == ' '
	}
	return b.String()
}
