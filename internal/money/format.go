package money

import "strconv"

const (
	noBreak       = "\u00a0" // keeps a figure and its unit on one line
	narrowNoBreak = "\u202f" // French thousands
)

// separators gives the marks between thousands and before decimals.
func separators(lang string) (thousands, decimal string) {
	switch lang {
	case "en":
		return ",", "."
	case "fr":
		return narrowNoBreak, ","
	}
	return ".", ","
}

// Format writes an amount as offices print it: "48.350.000 đ" in Vietnamese,
// "VND 48,350,000" in English, "48 350 000 ₫" in French. Spaces are no-break
// spaces. Only đ, ₫ and € are used as signs: every other currency is named by
// its code, since "$" and "¥" are several currencies. No amount is empty.
func Format[L ~string](a Amount, lang L) string {
	return string(AppendFormat(make([]byte, 0, 40), a, lang))
}

// AppendFormat appends what Format writes.
func AppendFormat[L ~string](dst []byte, a Amount, lang L) []byte {
	if a.IsNone() {
		return dst
	}
	if lang == "en" {
		if a.Minor < 0 {
			dst = append(dst, '-')
		}
		dst = append(dst, a.Currency...)
		dst = append(dst, noBreak...)
		return appendDecimal(dst, magnitude(a.Minor), a.Currency.shows(a.Minor), a.Currency.Digits(), string(lang))
	}
	dst = AppendFigure(dst, a, lang)
	dst = append(dst, noBreak...)
	return append(dst, sign(a.Currency, string(lang))...)
}

// sign gives what stands after the figure.
func sign(c Currency, lang string) string {
	switch {
	case c == VND && lang == "fr":
		return "₫"
	case c == VND:
		return "đ"
	case c == EUR && lang == "fr":
		return "€"
	}
	return string(c)
}

// Figure writes minor units of a currency without naming it, for tables whose
// heading does: "48.350.000", "1.234,50".
func Figure[L ~string](minor int64, c Currency, lang L) string {
	return string(AppendFigure(make([]byte, 0, 32), Of(minor, c), lang))
}

// AppendFigure appends what Figure writes.
func AppendFigure[L ~string](dst []byte, a Amount, lang L) []byte {
	if a.Minor < 0 {
		dst = append(dst, '-')
	}
	return appendDecimal(dst, magnitude(a.Minor), a.Currency.shows(a.Minor), a.Currency.Digits(), string(lang))
}

// AppendNumber appends a whole number with the thousands of the language.
func AppendNumber[L ~string](dst []byte, n int64, lang L) []byte {
	if n < 0 {
		dst = append(dst, '-')
	}
	thousands, _ := separators(string(lang))
	return appendGrouped(dst, magnitude(n), thousands)
}

// appendDecimal appends n minor units of which digits are decimals and the
// first shown are printed.
func appendDecimal(dst []byte, n uint64, shown, digits int, lang string) []byte {
	thousands, decimal := separators(lang)
	unit := uint64(pow10(digits))
	dst = appendGrouped(dst, n/unit, thousands)
	if shown == 0 {
		return dst
	}
	dst = append(dst, decimal...)
	for unit /= 10; unit > 0; unit /= 10 {
		dst = append(dst, byte('0'+n/unit%10))
	}
	return dst
}

// appendGrouped appends n with a mark between each three digits.
func appendGrouped(dst []byte, n uint64, thousands string) []byte {
	var digits [20]byte
	plain := strconv.AppendUint(digits[:0], n, 10)
	for i, c := range plain {
		if i > 0 && (len(plain)-i)%3 == 0 {
			dst = append(dst, thousands...)
		}
		dst = append(dst, c)
	}
	return dst
}

// Short writes a round amount as sentences and headlines do: "200 tỷ đồng",
// "24.761,596 tỷ đồng", "1.5 million dong", "120 millions de dongs". It never
// rounds: an amount below a million, or that would need more than three
// decimals, is written in full as Format does.
func Short[L ~string](a Amount, lang L) string {
	unit := uint64(pow10(a.Currency.Digits()))
	whole := magnitude(a.Minor) / unit
	scale := uint64(1_000_000)
	if whole >= 1_000_000_000 {
		scale = 1_000_000_000
	}
	if a.IsNone() || whole < scale || magnitude(a.Minor)%(scale/1000*unit) != 0 {
		return Format(a, lang)
	}
	b := make([]byte, 0, 48)
	if a.Minor < 0 {
		b = append(b, '-')
	}
	b = appendThousandths(b, whole/(scale/1000), string(lang))
	b = append(b, noBreak...)
	return string(append(b, scaled(whole, scale, a.Currency, string(lang))...))
}

// appendThousandths appends n thousandths without trailing noughts.
func appendThousandths(dst []byte, n uint64, lang string) []byte {
	thousands, decimal := separators(lang)
	dst = appendGrouped(dst, n/1000, thousands)
	rest := n % 1000
	if rest == 0 {
		return dst
	}
	dst = append(dst, decimal...)
	for size := uint64(100); rest > 0; size /= 10 {
		dst = append(dst, byte('0'+rest/size))
		rest %= size
	}
	return dst
}

// scaled names a million or a thousand million of a currency.
func scaled(whole, scale uint64, c Currency, lang string) string {
	million := scale == 1_000_000
	switch lang {
	case "en":
		_, many, _, _ := unitEnglish(c)
		return choose(million, "million ", "billion ") + many
	case "fr":
		unit := unitFrench(c)
		noun := choose(million, "million", "milliard") + choose(whole >= 2*scale, "s", "")
		return noun + ofFrench(unit.many) + unit.many
	}
	unit, _ := unitVietnamese(c)
	return choose(million, "triệu ", "tỷ ") + unit
}
