package money

import (
	"math/big"
	"strings"

	"kith.app/internal/fault"
)

// Rate says exactly how many units of one currency are given for one unit of
// another: 25 400.5 đồng for one dollar. The zero value is no rate.
type Rate struct {
	ratio *big.Rat // never changed after it is made
}

// ParseRate reads a plain decimal with a point, "25400.5", as kept in the book.
func ParseRate(s string) (Rate, error) {
	plain := s != "" && len(s) <= 40 && strings.Trim(s, "0123456789.") == "" && strings.Count(s, ".") <= 1
	ratio, ok := new(big.Rat).SetString(s)
	if !plain || !ok || ratio.Sign() <= 0 {
		return Rate{}, fault.Refuse("money.rate", s)
	}
	return Rate{ratio}, nil
}

// ReadRate reads a rate as people type it, with the marks of their language:
// "25.400,5", "25 400,5", "25,400.5".
func ReadRate[L ~string](typed string, lang L) (Rate, error) {
	r := reader{typed: strings.TrimSpace(typed), currency: USD, lang: string(lang)}
	text := []rune(strings.Map(plainSpace, r.typed))
	if len(text) == 0 || len(text) > 40 || !isDigit(text[0]) || figureLength(text) != len(text) {
		return Rate{}, fault.Refuse("money.rate", typed)
	}
	p, err := r.figure(string(text), 0)
	if err != nil {
		return Rate{}, err
	}
	whole := len(p.digits) - p.decimals
	return ParseRate(p.digits[:whole] + "." + p.digits[whole:])
}

// IsNone says that there is no rate.
func (r Rate) IsNone() bool { return r.ratio == nil }

// Equal says whether two rates are the same number.
func (r Rate) Equal(s Rate) bool {
	if r.IsNone() || s.IsNone() {
		return r.IsNone() == s.IsNone()
	}
	return r.ratio.Cmp(s.ratio) == 0
}

// String writes the rate as ParseRate reads it, without trailing noughts.
func (r Rate) String() string {
	if r.IsNone() {
		return ""
	}
	decimals, _ := r.ratio.FloatPrec()
	return r.ratio.FloatString(decimals)
}

// Convert gives the amount in another currency at a rate of so many units of it
// for one unit of the amount's. What falls between two minor units goes to the
// nearer, and from exactly half way to the even one, so that many conversions
// do not drift upwards. Between one currency and itself only rate 1 is right.
func Convert(a Amount, rate Rate, to Currency) (Amount, error) {
	if rate.IsNone() || !to.Valid() || !a.Currency.Valid() {
		return Amount{}, fault.Refuse("money.rate", rate.String())
	}
	if a.Currency == to && rate.ratio.Cmp(big.NewRat(1, 1)) != 0 {
		return Amount{}, fault.Refuse("money.rate", rate.String())
	}
	exact := new(big.Rat).SetInt64(a.Minor)
	exact.Mul(exact, rate.ratio)
	exact.Mul(exact, big.NewRat(pow10(to.Digits()), pow10(a.Currency.Digits())))
	minor := halfEven(exact)
	if !minor.IsInt64() {
		return Amount{}, tooLarge()
	}
	return Amount{Minor: minor.Int64(), Currency: to}, nil
}

// halfEven rounds to the nearest whole number, ties to even.
func halfEven(r *big.Rat) *big.Int {
	floor, rest := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int))
	twice := rest.Lsh(rest, 1).Cmp(r.Denom())
	if twice > 0 || (twice == 0 && floor.Bit(0) == 1) {
		floor.Add(floor, big.NewInt(1))
	}
	return floor
}
