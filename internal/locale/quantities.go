package locale

import (
	"strconv"
	"strings"

	"kith.app/internal/money"
	"kith.app/internal/text"
)

// Number writes a whole number with the thousands of the language: "2.736".
func Number(n int64, lang Lang) string {
	return string(money.AppendNumber(make([]byte, 0, 24), n, lang))
}

// Decimal writes a number given as so many tenths, hundredths or thousandths:
// Decimal(24_761_596, 3, Vi) is "24.761,596". All its decimals are printed.
func Decimal(scaled int64, decimals int, lang Lang) string {
	plain := strconv.FormatInt(scaled, 10)
	sign := ""
	if plain[0] == '-' {
		sign, plain = "-", plain[1:]
	}
	if short := decimals + 1 - len(plain); short > 0 {
		plain = strings.Repeat("0", short) + plain
	}
	cut := len(plain) - decimals
	whole, err := strconv.ParseInt(plain[:cut], 10, 64)
	if err != nil { // only the least number with no decimals
		return Number(scaled, lang)
	}
	written := money.AppendNumber([]byte(sign), whole, lang)
	if decimals > 0 {
		written = append(written, decimalMark(lang))
		written = append(written, plain[cut:]...)
	}
	return string(written)
}

func decimalMark(lang Lang) byte {
	if lang == En {
		return '.'
	}
	return ','
}

// Qualified says how exactly a value was told: exact, at-least, over, about or
// nearly. "trên 200 tỷ", "khoảng 3.200".
func (s Speaker) Qualified(value, qualifier string) string {
	if qualifier == "" {
		return value
	}
	return s.Say("quantity."+qualifier, value)
}

// Percent writes tenths of a per cent: 125 is "12,5%".
func (s Speaker) Percent(tenths int64) string {
	if tenths%10 == 0 {
		return s.Say("quantity.percent", tenths/10)
	}
	return s.Say("quantity.percent", Decimal(tenths, 1, s.Lang))
}

// List joins names as a sentence does: "a, b và c".
func (s Speaker) List(names ...string) string { return s.join("list.and", names) }

// Either joins names of which one is meant: "a, b hoặc c".
func (s Speaker) Either(names ...string) string { return s.join("list.or", names) }

func (s Speaker) join(key string, names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return s.Say(key, strings.Join(names[:last], ", "), names[last])
}

// Ordinal says which of its kind a congress or a term is: "lần thứ XII", "12th",
// "XIIe".
func (s Speaker) Ordinal(n int) string {
	switch s.Lang {
	case En:
		return s.Say("ordinal.time", OrdinalEnglish(n))
	case Fr:
		return s.Say("ordinal.time", text.Roman(n)+choose(n == 1, "er", "e"))
	}
	return s.Say("ordinal.time", text.Roman(n))
}

// OrdinalEnglish writes 1st, 2nd, 3rd, 11th.
func OrdinalEnglish(n int) string {
	ending := "th"
	if tens := n / 10 % 10; tens != 1 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return strconv.Itoa(n) + ending
}

func choose(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// Plain writes an exact decimal as it is kept ("1234.5") as the reader is used to;
// what is no such number stays as it is.
func (s Speaker) Plain(kept string) string {
	whole, decimals, _ := strings.Cut(kept, ".")
	n, err := strconv.ParseInt(whole+decimals, 10, 64)
	if err != nil {
		return kept
	}
	return Decimal(n, len(decimals), s.Lang)
}
