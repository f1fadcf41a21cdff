package money

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words writes an amount in words as papers require beside the figure, with a
// capital: "Ba trăm nghìn đồng", "Three hundred thousand dong", "Trois cent
// mille dongs". Minor units follow when there are some. No amount is empty.
func Words[L ~string](a Amount, lang L) string {
	if a.IsNone() {
		return ""
	}
	var b strings.Builder
	b.Grow(96)
	unit := uint64(pow10(a.Currency.Digits()))
	whole, part := magnitude(a.Minor)/unit, magnitude(a.Minor)%unit
	switch string(lang) {
	case "en":
		amountEnglish(&b, a, whole, part)
	case "fr":
		amountFrench(&b, a, whole, part)
	default:
		amountVietnamese(&b, a, whole, part)
	}
	return capital(b.String())
}

// NumberWords writes a whole number in words in small letters, as it would be
// counted aloud: "hai mươi mốt", "twenty-one", "vingt et un".
func NumberWords[L ~string](n int64, lang L) string {
	var b strings.Builder
	b.Grow(64)
	switch string(lang) {
	case "en":
		minus(&b, n, "minus ")
		numberEnglish(&b, magnitude(n))
	case "fr":
		minus(&b, n, "moins ")
		numberFrench(&b, magnitude(n), true)
	default:
		minus(&b, n, "âm ")
		numberVietnamese(&b, magnitude(n), false)
	}
	return b.String()
}

func minus(b *strings.Builder, n int64, word string) {
	if n < 0 {
		b.WriteString(word)
	}
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// fraction writes minor units of a currency that the language has no word for,
// as cheques do: "50/100".
func fraction(b *strings.Builder, part uint64, c Currency) {
	b.Write(appendGrouped(nil, part, ""))
	b.WriteByte('/')
	b.Write(appendGrouped(nil, uint64(pow10(c.Digits())), ""))
}
