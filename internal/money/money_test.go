package money

import (
	"math"
	"math/big"
	"slices"
	"testing"
)

func TestArithmeticNeverMixesNorOverflows(t *testing.T) {
	top, bottom := Of(math.MaxInt64, VND), Of(math.MinInt64, VND)
	one := Of(1, VND)
	refused := map[string]func() (Amount, error){
		"two currencies": func() (Amount, error) { return one.Add(Of(1, USD)) },
		"difference":     func() (Amount, error) { return one.Sub(Of(1, USD)) },
		"too large":      func() (Amount, error) { return top.Add(one) },
		"too small":      func() (Amount, error) { return bottom.Add(Of(-1, VND)) },
		"below":          func() (Amount, error) { return bottom.Sub(one) },
		"above":          func() (Amount, error) { return top.Sub(Of(-1, VND)) },
		"least":          func() (Amount, error) { return one.Sub(bottom) },
		"turned":         bottom.Neg,
		"doubled":        func() (Amount, error) { return top.Mul(2) },
		"least turned":   func() (Amount, error) { return bottom.Mul(-1) },
	}
	for name, do := range refused {
		if got, err := do(); err == nil {
			t.Errorf("%s: got %v, want a refusal", name, got)
		}
	}
	if _, err := one.Cmp(Of(1, USD)); err == nil {
		t.Error("two currencies were compared")
	}
}

func TestArithmeticIsExact(t *testing.T) {
	a := Of(300_000, VND)
	sum, err := Sum(a, Of(-50_000, VND), Amount{})
	if err != nil || sum != Of(250_000, VND) {
		t.Errorf("sum = %v, %v", sum, err)
	}
	if none, err := Sum(); err != nil || !none.IsNone() {
		t.Errorf("the sum of nothing = %v, %v", none, err)
	}
	if twice, err := a.Mul(-2); err != nil || twice.Minor != -600_000 {
		t.Errorf("-2 × = %v, %v", twice, err)
	}
	if least, err := Of(math.MinInt64, VND).Mul(1); err != nil || least.Minor != math.MinInt64 {
		t.Errorf("least × 1 = %v, %v", least, err)
	}
	if order, err := a.Cmp(sum); err != nil || order != 1 {
		t.Errorf("order = %d, %v", order, err)
	}
	if less, err := a.Sub(sum); err != nil || less.Minor != 50_000 {
		t.Errorf("difference = %v, %v", less, err)
	}
}

func TestCurrenciesAreThoseOfISO(t *testing.T) {
	for code, digits := range map[string]int{"vnd": 0, "USD": 2, "LAK": 2, "KHR": 2, "kwd": 3, "JPY": 0} {
		c, err := ParseCurrency(code)
		if err != nil || c.Digits() != digits {
			t.Errorf("%s has %d digits, %v; want %d", code, c.Digits(), err, digits)
		}
	}
	for _, code := range []string{"", "VN", "ĐỒN", "XYZZ"} {
		if c, err := ParseCurrency(code); err == nil {
			t.Errorf("%q was taken for %s", code, c)
		}
	}
}

func FuzzArithmetic(f *testing.F) {
	for _, pair := range [][2]int64{{0, 0}, {1, -1}, {math.MaxInt64, 1}, {math.MinInt64, -1}, {math.MinInt64, math.MinInt64}, {3037000500, 3037000500}} {
		f.Add(pair[0], pair[1])
	}
	f.Fuzz(func(t *testing.T, x, y int64) {
		a, b := Of(x, VND), Of(y, VND)
		bigX, bigY := big.NewInt(x), big.NewInt(y)
		for name, op := range map[string]struct {
			got  func() (Amount, error)
			want *big.Int
		}{
			"sum":        {func() (Amount, error) { return a.Add(b) }, new(big.Int).Add(bigX, bigY)},
			"difference": {func() (Amount, error) { return a.Sub(b) }, new(big.Int).Sub(bigX, bigY)},
			"product":    {func() (Amount, error) { return a.Mul(y) }, new(big.Int).Mul(bigX, bigY)},
			"negation":   {a.Neg, new(big.Int).Neg(bigX)},
		} {
			got, err := op.got()
			switch {
			case (err == nil) != op.want.IsInt64():
				t.Errorf("%s of %d and %d: %v, want %s", name, x, y, err, op.want)
			case err == nil && got != Of(op.want.Int64(), VND):
				t.Errorf("%s of %d and %d = %v, want %s", name, x, y, got, op.want)
			}
		}
	})
}

func TestSumsStayApartByCurrency(t *testing.T) {
	var sums []Amount
	for _, a := range []Amount{Of(5, VND), Of(2, USD), Of(7, VND)} {
		var err error
		if sums, err = AddTo(sums, a); err != nil {
			t.Fatal(err)
		}
	}
	if want := []Amount{Of(12, VND), Of(2, USD)}; !slices.Equal(sums, want) {
		t.Errorf("sums are %v, want %v", sums, want)
	}
	if _, err := AddTo(sums, Of(math.MaxInt64, VND)); err == nil || sums[0] != Of(12, VND) {
		t.Errorf("too large a sum gives %v (%v)", sums, err)
	}
}
