package money

import (
	"math/big"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kith.app/internal/fault"
)

// longestTyped bounds what Parse looks at; no sum of money needs more.
const longestTyped = 80

// Parse reads an amount of a currency as people type it: "1.234.567",
// "1 234 567,50", "1,234.50", "300.000 đ", "300k", "50 triệu", "1tr5",
// "1,5 tỷ", "1 tỷ 200 triệu", "120 millions de VND". The language decides what a
// lone mark before three digits means. What can be read in two ways, names
// another currency, has decimals the currency lacks, is negative or too large
// is refused: nothing is guessed.
func Parse[L ~string](typed string, c Currency, lang L) (Amount, error) {
	if !c.Valid() {
		return Amount{}, fault.Refuse("money.currency.unknown", string(c))
	}
	if len(typed) > 4*longestTyped {
		return Amount{}, fault.Refuse("money.parse.unreadable", "…")
	}
	r := reader{typed: strings.TrimSpace(typed), currency: c, lang: string(lang)}
	tokens, err := r.tokens()
	if err != nil {
		return Amount{}, err
	}
	tokens, err = r.withoutCurrency(tokens)
	if err != nil {
		return Amount{}, err
	}
	parts, err := r.parts(tokens)
	if err != nil {
		return Amount{}, err
	}
	return r.total(parts)
}

// reader is one reading of one typed amount.
type reader struct {
	typed    string
	currency Currency
	lang     string
}

func (r *reader) refuse(key string) error { return fault.Refuse(key, r.typed) }

func (r *reader) unreadable() error { return r.refuse("money.parse.unreadable") }

// token is a figure with its marks, or a word.
type token struct {
	text   string
	figure bool
}

// tokens cuts the text into figures and words, all in small letters.
func (r *reader) tokens() ([]token, error) {
	text := strings.Map(plainSpace, strings.ToLower(norm.NFC.String(r.typed)))
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, fault.Refuse("money.parse.empty")
	}
	if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−") || strings.HasPrefix(text, "(") {
		return nil, r.refuse("money.parse.negative")
	}
	text = strings.NewReplacer("d’", "", "d'", "").Replace(text)
	var found []token
	for rest := []rune(text); len(rest) > 0; {
		n := 1
		switch {
		case rest[0] == ' ':
			rest = rest[1:]
			continue
		case isDigit(rest[0]):
			n = figureLength(rest)
		case unicode.IsLetter(rest[0]):
			for n < len(rest) && unicode.IsLetter(rest[n]) {
				n++
			}
		case !unicode.Is(unicode.Sc, rest[0]):
			return nil, r.unreadable()
		}
		found = append(found, token{string(rest[:n]), isDigit(rest[0])})
		rest = rest[n:]
	}
	return found, nil
}

// plainSpace turns every space and the apostrophe that some put between
// thousands into one kind of space.
func plainSpace(c rune) rune {
	if unicode.IsSpace(c) {
		return ' '
	}
	return c
}

func isDigit(c rune) bool { return '0' <= c && c <= '9' }

// figureLength measures digits with the marks and single spaces between them.
func figureLength(text []rune) int {
	n := 0
	for n < len(text) {
		inside := n+1 < len(text) && isDigit(text[n+1])
		if !isDigit(text[n]) && !(inside && strings.ContainsRune(" .,", text[n])) {
			break
		}
		n++
	}
	return n
}

// withoutCurrency takes the words that name the currency from either end, and
// refuses those that name another.
func (r *reader) withoutCurrency(tokens []token) ([]token, error) {
	first, last := 0, len(tokens)
	for first < last && !tokens[first].figure {
		first++
	}
	for last > first && !tokens[last-1].figure && !isScale(tokens[last-1].text) {
		last--
	}
	if first == last {
		return nil, r.unreadable()
	}
	before, after := tokens[:first], tokens[last:]
	kept := append([]token(nil), tokens[first:last]...)
	if len(after) > 0 {
		// Tables write "50 trđ": the unit and the đồng in one word.
		if scale, ok := strings.CutSuffix(after[0].text, "đ"); ok && isScale(scale) {
			kept = append(kept, token{text: scale})
			after = append([]token{{text: "đ"}}, after[1:]...)
		}
	}
	for _, words := range [][]token{before, after} {
		if err := r.checkCurrency(words); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

func (r *reader) checkCurrency(words []token) error {
	var name strings.Builder
	for i, word := range words {
		if word.figure {
			return r.unreadable()
		}
		if i > 0 || word.text != "de" {
			name.WriteString(word.text)
		}
	}
	if name.Len() == 0 || names(r.currency, name.String()) {
		return nil
	}
	if Currency(upperASCII(name.String())).Valid() || anyNames(name.String()) {
		return fault.Refuse("money.parse.other", r.typed, string(r.currency))
	}
	return r.unreadable()
}

// part is one figure with its scale: "200 triệu".
type part struct {
	digits   string // without marks
	decimals int    // how many of the digits stand after the mark
	zeros    int    // of the scale: 6 for a million
	half     bool   // "rưỡi" follows
	bare     bool   // no scale was given
}

// parts reads figures, each with the scale words behind it.
func (r *reader) parts(tokens []token) ([]part, error) {
	var found []part
	for len(tokens) > 0 {
		if !tokens[0].figure {
			return nil, r.unreadable()
		}
		figure, rest := tokens[0].text, tokens[1:]
		zeros, taken, err := r.scale(rest)
		if err != nil {
			return nil, err
		}
		rest = rest[taken:]
		p, err := r.figure(figure, zeros)
		if err != nil {
			return nil, err
		}
		if zeros > 0 && len(rest) > 0 && isHalf(rest[0].text) {
			p.half = true
			rest = rest[1:]
		}
		found = append(found, p)
		tokens = rest
	}
	return found, nil
}

// scale reads the words that multiply the figure before them, as powers of ten
// and how many words they are: "triệu", or "nghìn tỷ", which grows.
func (r *reader) scale(words []token) (zeros, taken int, err error) {
	last := 0
	for _, word := range words {
		size, ok := scales[word.text]
		if word.figure || !ok || size <= last {
			break
		}
		if r.lang == "fr" && strings.HasPrefix(word.text, "billion") {
			// 10^12 by the French dictionary, 10^9 to many who type it.
			return 0, 0, r.refuse("money.parse.ambiguous")
		}
		zeros, last = zeros+size, size
		taken++
	}
	return zeros, taken, nil
}

// figure reads digits with their marks.
func (r *reader) figure(text string, zeros int) (part, error) {
	thousands, decimal, err := r.marks(text, zeros)
	if err != nil {
		return part{}, err
	}
	p := part{zeros: zeros, bare: zeros == 0}
	whole := text
	if decimal != "" {
		var fraction string
		whole, fraction, _ = strings.Cut(text, decimal)
		p.digits, p.decimals = fraction, len(fraction)
	}
	if thousands != "" {
		groups := strings.Split(whole, thousands)
		for i, group := range groups {
			if (i > 0 && len(group) != 3) || (i == 0 && (len(group) > 3 || group[0] == '0')) {
				return part{}, r.unreadable()
			}
		}
		whole = strings.Join(groups, "")
	}
	p.digits = whole + p.digits
	if strings.Trim(p.digits, "0123456789") != "" {
		return part{}, r.unreadable()
	}
	return p, nil
}

// marks decides which mark of a figure stands between thousands and which
// before decimals; either may be absent.
func (r *reader) marks(text string, zeros int) (thousands, decimal string, err error) {
	spaces, points, commas := strings.Count(text, " "), strings.Count(text, "."), strings.Count(text, ",")
	mark, other := ".", ","
	if strings.LastIndex(text, ",") > strings.LastIndex(text, ".") {
		mark, other = ",", "."
	}
	switch {
	case points == 0 && commas == 0 && spaces == 0:
		return "", "", nil
	case points == 0 && commas == 0:
		return " ", "", nil
	case points > 0 && commas > 0 && (spaces > 0 || strings.Count(text, mark) > 1):
		return "", "", r.unreadable()
	case points > 0 && commas > 0:
		return other, mark, nil
	case spaces > 0 && points+commas > 1:
		return "", "", r.unreadable()
	case spaces > 0:
		return " ", mark, nil
	case points+commas > 1:
		return mark, "", nil
	}
	return r.loneMark(text, mark, zeros)
}

// loneMark decides what the only mark in a figure means. Three digits behind it
// are a group of thousands where the language groups with that mark; where it is
// the decimal mark, they are decimals of a scale ("1,234 tỷ") or of a currency
// with three, and thousands in a currency that has none ("300,000 đ"); otherwise nobody can tell.
func (r *reader) loneMark(text, mark string, zeros int) (thousands, decimal string, err error) {
	whole, behind, _ := strings.Cut(text, mark)
	if len(behind) != 3 || whole[0] == '0' || len(whole) > 3 {
		return "", mark, nil
	}
	_, decimalMark := separators(r.lang)
	groups := mark != decimalMark && (r.lang != "fr" || mark == ".")
	switch {
	case groups:
		return mark, "", nil
	case zeros > 0, r.currency.Digits() == 3:
		return "", mark, nil
	case r.currency.Digits() == 0:
		return mark, "", nil
	}
	return "", "", r.refuse("money.parse.ambiguous")
}

// total adds the parts, which must go from large to small.
func (r *reader) total(parts []part) (Amount, error) {
	sum := new(big.Int)
	room := big.NewInt(0) // what a further part must stay below
	for i, p := range parts {
		if i > 0 && p.bare {
			if err := r.spoken(&p, parts[i-1]); err != nil {
				return Amount{}, err
			}
		}
		if len(parts) > 1 && (p.decimals > 0 && !p.bare || i < len(parts)-1 && (p.half || p.bare)) {
			return Amount{}, r.unreadable()
		}
		value, exact := p.minor(r.currency.Digits())
		if !exact {
			return Amount{}, fault.Refuse("money.parse.fraction", r.typed, string(r.currency))
		}
		if i > 0 && value.Cmp(room) >= 0 {
			return Amount{}, r.unreadable()
		}
		sum.Add(sum, value)
		room = tenTo(p.zeros + r.currency.Digits())
	}
	if !sum.IsInt64() {
		return Amount{}, tooLarge()
	}
	return Amount{Minor: sum.Int64(), Currency: r.currency}, nil
}

// spoken gives a bare figure behind a scale the sense it has in speech: "1tr5"
// is 1.5 million and "1tr500" too; "1 triệu 500.000" says it in full; "1tr50"
// can be heard in two ways.
func (r *reader) spoken(p *part, before part) error {
	digits := len(p.digits)
	switch {
	case p.decimals > 0 || before.half:
		return r.unreadable()
	case digits == before.zeros:
	case r.lang != "en" && r.lang != "fr" && (digits == 1 || digits == 3 && before.zeros > 3):
		p.zeros, p.decimals = before.zeros, digits
	default:
		return r.refuse("money.parse.ambiguous")
	}
	return nil
}

// minor gives the part in minor units, and whether that is exact.
func (p part) minor(digits int) (*big.Int, bool) {
	value, _ := new(big.Int).SetString(p.digits, 10)
	value.Mul(value, tenTo(p.zeros+digits))
	rest := new(big.Int)
	value.QuoRem(value, tenTo(p.decimals), rest)
	if p.half {
		value.Add(value, new(big.Int).Quo(tenTo(p.zeros+digits), big.NewInt(2)))
	}
	return value, rest.Sign() == 0
}

func tenTo(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
