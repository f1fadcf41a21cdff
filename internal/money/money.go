// Package money holds amounts: a whole number of minor units in a currency,
// never a floating-point number. It adds and compares them without ever mixing
// currencies, reads what people type, converts at exact rates, and writes
// amounts in figures and in words in Vietnamese, English and French.
//
// Minor units follow ISO 4217: the đồng has none, the dollar has cents, and so
// have the kip and the riel although nobody has seen an att for decades. Bank
// statements in Laos and Cambodia still carry two decimals, so Kith keeps them;
// in print a kip or riel amount shows decimals only when it has some.
//
// Languages are passed as any string type holding "vi", "en" or "fr", such as
// locale.Lang; any other value is treated as Vietnamese.
package money

import (
	"math"
	"math/bits"

	"github.com/bojanz/currency"

	"kith.app/internal/fault"
)

// Currency is an ISO 4217 code in capitals.
type Currency string

// The currencies that the associations Kith was made for meet most.
const (
	VND Currency = "VND"
	LAK Currency = "LAK"
	KHR Currency = "KHR"
	THB Currency = "THB"
	CNY Currency = "CNY"
	USD Currency = "USD"
	EUR Currency = "EUR"
)

// ParseCurrency reads an ISO 4217 code in capitals or small letters.
func ParseCurrency(code string) (Currency, error) {
	c := Currency(upperASCII(code))
	if !c.Valid() {
		return "", fault.Refuse("money.currency.unknown", code)
	}
	return c, nil
}

// Valid says whether ISO 4217 knows the currency.
func (c Currency) Valid() bool {
	return c != "" && currency.IsValid(string(c))
}

// Digits is the number of decimals of the currency by ISO 4217; zero for a code
// that is not known.
func (c Currency) Digits() int {
	digits, _ := currency.GetDigits(string(c))
	return int(digits)
}

// shows gives the number of decimals to print for so many minor units: those of
// ISO 4217, or none where practice has dropped them and the amount is whole.
func (c Currency) shows(minor int64) int {
	digits := c.Digits()
	if (c == LAK || c == KHR) && minor%pow10(digits) == 0 {
		return 0
	}
	return digits
}

// Amount is so many minor units of a currency. Amounts are comparable with ==.
// The zero value is no amount at all, which differs from nothing of a currency.
type Amount struct {
	Minor    int64
	Currency Currency
}

// Of makes an amount from minor units: Of(300_000, VND), Of(12_50, USD).
func Of(minor int64, c Currency) Amount {
	return Amount{Minor: minor, Currency: c}
}

// IsNone says that there is no amount, not even nought of a currency.
func (a Amount) IsNone() bool { return a.Currency == "" }

// IsZero says that there is no amount or that it is nought.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// IsNegative says that the amount is below nought.
func (a Amount) IsNegative() bool { return a.Minor < 0 }

// Add gives the sum. No amount is neutral, so a total may start from the zero
// value; two currencies are refused, and so is a sum too large to hold.
func (a Amount) Add(b Amount) (Amount, error) {
	c, err := shared(a, b)
	if err != nil {
		return Amount{}, err
	}
	sum := a.Minor + b.Minor
	if (sum > a.Minor) != (b.Minor > 0) && b.Minor != 0 {
		return Amount{}, tooLarge()
	}
	return Amount{Minor: sum, Currency: c}, nil
}

// Sub gives the difference, under the same conditions as Add.
func (a Amount) Sub(b Amount) (Amount, error) {
	c, err := shared(a, b)
	if err != nil {
		return Amount{}, err
	}
	difference := a.Minor - b.Minor
	if (difference < a.Minor) != (b.Minor > 0) && b.Minor != 0 {
		return Amount{}, tooLarge()
	}
	return Amount{Minor: difference, Currency: c}, nil
}

// Neg gives the amount with its sign turned.
func (a Amount) Neg() (Amount, error) {
	if a.Minor == math.MinInt64 {
		return Amount{}, tooLarge()
	}
	return Amount{Minor: -a.Minor, Currency: a.Currency}, nil
}

// Mul gives the amount n times.
func (a Amount) Mul(n int64) (Amount, error) {
	product, ok := multiply(a.Minor, n)
	if !ok {
		return Amount{}, tooLarge()
	}
	return Amount{Minor: product, Currency: a.Currency}, nil
}

// Cmp gives -1, 0 or +1 as a is less than, equal to or more than b.
func (a Amount) Cmp(b Amount) (int, error) {
	if _, err := shared(a, b); err != nil {
		return 0, err
	}
	switch {
	case a.Minor < b.Minor:
		return -1, nil
	case a.Minor > b.Minor:
		return 1, nil
	}
	return 0, nil
}

// Sum adds amounts of one currency; of none it is no amount.
func Sum(amounts ...Amount) (Amount, error) {
	var total Amount
	var err error
	for _, a := range amounts {
		if total, err = total.Add(a); err != nil {
			return Amount{}, err
		}
	}
	return total, nil
}

// AddTo adds an amount to sums that are kept apart by currency. Sums that would become
// too large stay as they are.
func AddTo(sums []Amount, a Amount) ([]Amount, error) {
	for i := range sums {
		if sums[i].Currency != a.Currency {
			continue
		}
		sum, err := sums[i].Add(a)
		if err == nil {
			sums[i] = sum
		}
		return sums, err
	}
	return append(sums, a), nil
}

// shared gives the currency of both amounts, either of which may be none.
func shared(a, b Amount) (Currency, error) {
	switch {
	case a.Currency == b.Currency, b == Amount{}:
		return a.Currency, nil
	case a == Amount{}:
		return b.Currency, nil
	}
	return "", fault.Refuse("money.currency.mixed", string(a.Currency), string(b.Currency))
}

func tooLarge() error { return fault.Refuse("money.large") }

// multiply gives the product and whether it fits.
func multiply(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	negative := (a < 0) != (b < 0)
	switch {
	case high != 0:
		return 0, false
	case negative && low <= 1<<63:
		return -int64(low), true
	case !negative && low < 1<<63:
		return int64(low), true
	}
	return 0, false
}

// magnitude is the absolute value, which for the least int64 fits uint64 only.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// pow10 is ten to the n-th for the few decimals that currencies have.
func pow10(n int) int64 {
	power := int64(1)
	for range n {
		power *= 10
	}
	return power
}

func upperASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - ('a' - 'A')
		}
	}
	return string(b)
}
