package money

import "strings"

var smallFrench = [17]string{
	"zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
	"douze", "treize", "quatorze", "quinze", "seize",
}

var tensFrench = [7]string{"", "", "vingt", "trente", "quarante", "cinquante", "soixante"}

// The French long scale: a billion is 10^12, a milliard 10^9.
var scalesFrench = [...]struct {
	size      uint64
	one, many string
}{
	{1e18, " trillion", " trillions"},
	{1e15, " billiard", " billiards"},
	{1e12, " billion", " billions"},
	{1e9, " milliard", " milliards"},
	{1e6, " million", " millions"},
}

// frenchUnit names a currency and its minor unit, one and many.
type frenchUnit struct {
	one, many         string
	partOne, partMany string
	feminine          bool // une livre, vingt et une livres
}

func unitFrench(c Currency) frenchUnit {
	switch c {
	case VND:
		return frenchUnit{one: "dong", many: "dongs"}
	case LAK:
		return frenchUnit{"kip", "kips", "att", "atts", false}
	case KHR:
		return frenchUnit{"riel", "riels", "sen", "sens", false}
	case THB:
		return frenchUnit{"baht", "bahts", "satang", "satangs", false}
	case CNY:
		return frenchUnit{"yuan", "yuans", "fen", "fens", false}
	case USD:
		return frenchUnit{"dollar américain", "dollars américains", "cent", "cents", false}
	case EUR:
		return frenchUnit{"euro", "euros", "centime", "centimes", false}
	case "GBP":
		return frenchUnit{"livre sterling", "livres sterling", "penny", "pence", true}
	case "AUD":
		return frenchUnit{"dollar australien", "dollars australiens", "cent", "cents", false}
	case "CAD":
		return frenchUnit{"dollar canadien", "dollars canadiens", "cent", "cents", false}
	case "SGD":
		return frenchUnit{"dollar de Singapour", "dollars de Singapour", "cent", "cents", false}
	case "TWD":
		return frenchUnit{"dollar de Taïwan", "dollars de Taïwan", "cent", "cents", false}
	case "JPY":
		return frenchUnit{one: "yen", many: "yens"}
	case "KRW":
		return frenchUnit{one: "won", many: "wons"}
	case "CHF":
		return frenchUnit{"franc suisse", "francs suisses", "centime", "centimes", false}
	case "RUB":
		return frenchUnit{"rouble", "roubles", "kopeck", "kopecks", false}
	}
	return frenchUnit{one: string(c), many: string(c)}
}

func amountFrench(b *strings.Builder, a Amount, whole, part uint64) {
	unit := unitFrench(a.Currency)
	minus(b, a.Minor, "moins ")
	numberFrench(b, whole, true)
	if unit.feminine && endsInOne(whole) {
		b.WriteByte('e')
	}
	if whole >= 1_000_000 && whole%1_000_000 == 0 {
		b.WriteString(ofFrench(unit.many))
	} else {
		b.WriteByte(' ')
	}
	b.WriteString(choose(whole < 2, unit.one, unit.many))
	if part == 0 {
		return
	}
	b.WriteString(" et ")
	if unit.partOne == "" {
		fraction(b, part, a.Currency)
		return
	}
	numberFrench(b, part, true)
	b.WriteString(" " + choose(part < 2, unit.partOne, unit.partMany))
}

// ofFrench joins a noun to what it counts, as million and above are nouns: un
// million de dongs, un million d’euros; but deux millions cinq cent mille dongs.
func ofFrench(many string) string {
	if strings.ContainsRune("aeiouAEIOU", rune(many[0])) {
		return " d’"
	}
	return " de "
}

// endsInOne says whether the number's last word is "un", which then agrees.
func endsInOne(n uint64) bool {
	return n%10 == 1 && n%100 != 11 && n%100 != 71 && n%100 != 91
}

// numberFrench writes n in the traditional spelling. Vingt and cent take an s
// when multiplied and last, or before million and above, which are nouns, but
// not before mille, a numeral itself; free says that nothing but a noun follows.
func numberFrench(b *strings.Builder, n uint64, free bool) {
	for _, scale := range scalesFrench {
		if n < scale.size {
			continue
		}
		count := n / scale.size
		hundredsFrench(b, count, true)
		b.WriteString(choose(count == 1, scale.one, scale.many))
		if n %= scale.size; n == 0 {
			return
		}
		b.WriteByte(' ')
	}
	if n >= 1000 {
		if n >= 2000 {
			hundredsFrench(b, n/1000, false)
			b.WriteByte(' ')
		}
		b.WriteString("mille")
		if n %= 1000; n == 0 {
			return
		}
		b.WriteByte(' ')
	}
	hundredsFrench(b, n, free)
}

func hundredsFrench(b *strings.Builder, n uint64, free bool) {
	if n >= 100 {
		if n >= 200 {
			b.WriteString(smallFrench[n/100])
			b.WriteByte(' ')
		}
		b.WriteString("cent")
		if n >= 200 && n%100 == 0 && free {
			b.WriteByte('s')
		}
		if n %= 100; n == 0 {
			return
		}
		b.WriteByte(' ')
	}
	tensWordsFrench(b, n, free)
}

// tensWordsFrench writes 0 to 99: sixty and eighty carry up to nineteen.
func tensWordsFrench(b *strings.Builder, n uint64, free bool) {
	switch {
	case n < 17:
		b.WriteString(smallFrench[n])
	case n < 20:
		b.WriteString("dix-" + smallFrench[n-10])
	case n == 80:
		b.WriteString(choose(free, "quatre-vingts", "quatre-vingt"))
	case n > 80:
		b.WriteString("quatre-vingt-")
		tensWordsFrench(b, n-80, free)
	default:
		tens := min(n/10, 6)
		b.WriteString(tensFrench[tens])
		rest := n - tens*10
		switch {
		case rest == 0:
			return
		case rest == 1 || rest == 11:
			b.WriteString(" et ")
		default:
			b.WriteByte('-')
		}
		tensWordsFrench(b, rest, free)
	}
}
