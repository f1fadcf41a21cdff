package programme

import (
	"math/big"
	"strconv"
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/locale"
)

// Number is an exact decimal as a plan or a report states it: 13, 2.522,81, -0,5.
// The zero Number is nought, which is a figure like any other; what is not known
// is a nil *Number.
type Number struct {
	units    int64
	decimals uint8
}

// Sizes of numbers: far above any budget in đồng, with as many decimals as reports
// have.
const (
	digitsMost   = 17
	decimalsMost = 6
)

// Whole is a number without decimals.
func Whole(n int64) Number { return Number{units: n} }

// ParseNumber reads a number as people of a language write it. Of the two marks one
// parts thousands and the other decimals; a mark that cannot part thousands, as in
// 2.5 or 0.75, is read as the decimal mark it must be. field is the input it stands
// in.
func ParseNumber[L ~string](field, written string, lang L) (Number, error) {
	typed := strings.NewReplacer("\u00a0", "", "\u202f", "", " ", "", "−", "-").Replace(strings.TrimSpace(written))
	decimal, group := ",", "."
	if string(lang) == string(locale.En) {
		decimal, group = ".", ","
	}
	sign, body := "", typed
	if rest, negative := strings.CutPrefix(typed, "-"); negative {
		sign, body = "-", rest
	}
	whole, behind, cut := strings.Cut(body, decimal)
	if !cut && strings.Count(whole, group) == 1 {
		before, after, _ := strings.Cut(whole, group)
		if len(after) != 3 || before == "" || before == "0" || len(before) > 3 {
			whole, behind, cut = before, after, true
		}
	}
	if strings.Contains(whole, group) {
		parts := strings.Split(whole, group)
		for i, p := range parts {
			if i > 0 && len(p) != 3 || len(p) > 3 || p == "" {
				return Number{}, fault.Field(field, "plan.number.form", written)
			}
		}
		whole = strings.Join(parts, "")
	}
	if cut && behind == "" {
		return Number{}, fault.Field(field, "plan.number.form", written)
	}
	return exactly(field, written, sign+whole, behind)
}

// ReadNumber reads a number as programs and sheets write it: digits, a full stop
// before decimals.
func ReadNumber(field, written string) (Number, error) {
	whole, behind, _ := strings.Cut(strings.TrimSpace(written), ".")
	return exactly(field, written, whole, behind)
}

// exactly puts a number together from its digits.
func exactly(field, written, whole, behind string) (Number, error) {
	sign, digits := "", whole
	if rest, negative := strings.CutPrefix(whole, "-"); negative {
		sign, digits = "-", rest
	}
	behind = strings.TrimRight(behind, "0")
	if digits == "" && behind == "" && whole == written || strings.Trim(digits+behind, "0123456789") != "" || digits == "" {
		return Number{}, fault.Field(field, "plan.number.form", written)
	}
	if len(behind) > decimalsMost {
		return Number{}, fault.Field(field, "plan.number.fine", written, decimalsMost)
	}
	if len(strings.TrimLeft(digits, "0"))+len(behind) > digitsMost {
		return Number{}, fault.Field(field, "plan.number.big", written)
	}
	n, err := strconv.ParseInt(sign+digits+behind, 10, 64)
	if err != nil {
		return Number{}, fault.Field(field, "plan.number.form", written)
	}
	return Number{units: n, decimals: uint8(len(behind))}, nil
}

// String writes a number with a full stop before its decimals.
func (n Number) String() string {
	if n.decimals == 0 {
		return strconv.FormatInt(n.units, 10)
	}
	return n.Rat().FloatString(int(n.decimals))
}

// Said writes a number as people of a language read it.
func (n Number) Said(lang locale.Lang) string {
	if n.decimals == 0 {
		return locale.Number(n.units, lang)
	}
	return locale.Decimal(n.units, int(n.decimals), lang)
}

// Saying lets a refusal write a number as its reader reads it.
func (n Number) Saying() fault.Saying {
	return func(lang string) string { return n.Said(locale.Lang(lang)) }
}

// Rat gives a number as an exact fraction.
func (n Number) Rat() *big.Rat {
	under := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n.decimals)), nil)
	return new(big.Rat).SetFrac(big.NewInt(n.units), under)
}

// MarshalText writes a number.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (n *Number) UnmarshalText(raw []byte) (err error) {
	*n, err = ReadNumber("", string(raw))
	return err
}

// Known is a number that is known.
func Known(n Number) *Number { return &n }

// Said writes an exact fraction as people of a language read it, rounded to two
// decimals where it has more.
func Said(r *big.Rat, lang locale.Lang) string {
	const decimals = 2
	text := r.FloatString(decimals)
	if digits, whole := r.FloatPrec(); whole && digits <= decimalsMost {
		text = r.FloatString(digits)
	}
	n, err := ReadNumber("", text)
	if err != nil {
		return text
	}
	return n.Said(lang)
}

// Percent gives a share in tenths of a per cent, a half going away from nought.
func Percent(share *big.Rat) int64 {
	scaled := new(big.Rat).Mul(share, big.NewRat(1000, 1))
	half := big.NewRat(1, 2)
	if scaled.Sign() < 0 {
		half.Neg(half)
	}
	scaled.Add(scaled, half)
	n := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	if !n.IsInt64() {
		return int64(n.Sign()) * (1 << 53)
	}
	return n.Int64()
}
