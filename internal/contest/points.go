package contest

import (
	"math/big"
	"strconv"
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/locale"
)

// Points is an amount of points, exact, in ten-thousandths of a point: half
// points, quarters and the two decimals that scoring tables use all fit.
type Points int64

// Point is one whole point.
const Point Points = 10_000

// pointDecimals is how many decimals Points can hold.
const pointDecimals = 4

// pointsMost bounds what a table may give, far above the 2,100 seen in use.
const pointsMost = 1_000_000 * Point

// ParsePoints reads points as people write them: 12, 12,5 or 12.50, with a sign
// before them at most. field is the input it stands in.
func ParsePoints(field, written string) (Points, error) {
	text := strings.ReplaceAll(strings.TrimSpace(written), ",", ".")
	sign := Points(1)
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		sign, text = -1, rest
	}
	whole, decimals, _ := strings.Cut(text, ".")
	if whole == "" && decimals == "" || len(whole) > 9 || strings.Trim(whole+decimals, "0123456789") != "" {
		return 0, fault.Field(field, "contest.points.form", written)
	}
	decimals = strings.TrimRight(decimals, "0")
	if len(decimals) > pointDecimals {
		return 0, fault.Field(field, "contest.points.fine", written, pointDecimals)
	}
	n, err := strconv.ParseInt(whole+decimals+strings.Repeat("0", pointDecimals-len(decimals)), 10, 64)
	if err != nil || Points(n) > pointsMost {
		return 0, fault.Field(field, "contest.points.form", written)
	}
	return sign * Points(n), nil
}

// String writes points with a full stop and no more decimals than they need.
func (p Points) String() string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	text := sign + strconv.FormatInt(int64(p/Point), 10)
	if rest := p % Point; rest != 0 {
		decimals := strconv.FormatInt(int64(rest), 10)
		text += "." + strings.TrimRight(strings.Repeat("0", pointDecimals-len(decimals))+decimals, "0")
	}
	return text
}

// Said writes points as readers of a language are used to, with no more decimals
// than they need.
func (p Points) Said(lang locale.Lang) string {
	written := p.String()
	decimals := 0
	if at := strings.IndexByte(written, '.'); at >= 0 {
		decimals = len(written) - at - 1
	}
	scaled := int64(p)
	for range pointDecimals - decimals {
		scaled /= 10
	}
	return locale.Decimal(scaled, decimals, lang)
}

// Saying lets a refusal write points as its reader is used to.
func (p Points) Saying() fault.Saying {
	return func(lang string) string { return p.Said(locale.Lang(lang)) }
}

// Rat gives points as an exact fraction.
func (p Points) Rat() *big.Rat { return big.NewRat(int64(p), int64(Point)) }

// Rounded gives the points nearest to a fraction at a number of decimals; a half
// goes away from zero, as it is done on paper.
func Rounded(r *big.Rat, decimals int) Points {
	step := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(pointDecimals-min(decimals, pointDecimals))), nil)
	scaled := new(big.Rat).Mul(r, big.NewRat(int64(Point), 1))
	scaled.Quo(scaled, new(big.Rat).SetInt(step))
	half := big.NewRat(1, 2)
	if scaled.Sign() < 0 {
		half.Neg(half)
	}
	scaled.Add(scaled, half)
	n := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	n.Mul(n, step)
	if !n.IsInt64() || n.CmpAbs(big.NewInt(int64(pointsMost))) > 0 {
		return Points(n.Sign()) * pointsMost
	}
	return Points(n.Int64())
}
