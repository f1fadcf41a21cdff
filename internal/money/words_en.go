package money

import "strings"

var smallEnglish = [20]string{
	"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
	"twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
}

var tensEnglish = [10]string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}

var scalesEnglish = [...]struct {
	size uint64
	name string
}{
	{1e18, " quintillion"},
	{1e15, " quadrillion"},
	{1e12, " trillion"},
	{1e9, " billion"},
	{1e6, " million"},
	{1e3, " thousand"},
}

// unitEnglish names a currency and its minor unit, one and many.
func unitEnglish(c Currency) (one, many, partOne, partMany string) {
	switch c {
	case VND:
		return "dong", "dong", "", ""
	case LAK:
		return "kip", "kip", "att", "att"
	case KHR:
		return "riel", "riels", "sen", "sen"
	case THB:
		return "baht", "baht", "satang", "satang"
	case CNY:
		return "yuan", "yuan", "fen", "fen"
	case USD:
		return "US dollar", "US dollars", "cent", "cents"
	case EUR:
		return "euro", "euros", "cent", "cents"
	case "GBP":
		return "pound sterling", "pounds sterling", "penny", "pence"
	case "AUD":
		return "Australian dollar", "Australian dollars", "cent", "cents"
	case "CAD":
		return "Canadian dollar", "Canadian dollars", "cent", "cents"
	case "SGD":
		return "Singapore dollar", "Singapore dollars", "cent", "cents"
	case "TWD":
		return "New Taiwan dollar", "New Taiwan dollars", "cent", "cents"
	case "JPY":
		return "yen", "yen", "", ""
	case "KRW":
		return "won", "won", "", ""
	case "CHF":
		return "Swiss franc", "Swiss francs", "centime", "centimes"
	case "RUB":
		return "rouble", "roubles", "kopeck", "kopecks"
	}
	return string(c), string(c), "", ""
}

func amountEnglish(b *strings.Builder, a Amount, whole, part uint64) {
	one, many, partOne, partMany := unitEnglish(a.Currency)
	minus(b, a.Minor, "minus ")
	numberEnglish(b, whole)
	b.WriteString(" " + choose(whole == 1, one, many))
	if part == 0 {
		return
	}
	b.WriteString(" and ")
	if partOne == "" {
		fraction(b, part, a.Currency)
		return
	}
	numberEnglish(b, part)
	b.WriteString(" " + choose(part == 1, partOne, partMany))
}

// numberEnglish writes n in the British way: a hyphen from twenty-one to
// ninety-nine, "and" before the last tens and ones, "billion" for 10^9.
func numberEnglish(b *strings.Builder, n uint64) {
	follows := false
	for _, scale := range scalesEnglish {
		if n < scale.size {
			continue
		}
		hundredsEnglish(b, n/scale.size)
		b.WriteString(scale.name)
		if n %= scale.size; n == 0 {
			return
		}
		b.WriteByte(' ')
		follows = true
	}
	if follows && n < 100 {
		b.WriteString("and ")
	}
	hundredsEnglish(b, n)
}

func hundredsEnglish(b *strings.Builder, n uint64) {
	if n >= 100 {
		b.WriteString(smallEnglish[n/100])
		b.WriteString(" hundred")
		if n %= 100; n == 0 {
			return
		}
		b.WriteString(" and ")
	}
	if n < 20 {
		b.WriteString(smallEnglish[n])
		return
	}
	b.WriteString(tensEnglish[n/10])
	if n%10 > 0 {
		b.WriteByte('-')
		b.WriteString(smallEnglish[n%10])
	}
}

func choose(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}
