package locale

import (
	"math"
	"testing"
)

func TestDecimals(t *testing.T) {
	for _, test := range []struct {
		scaled   int64
		decimals int
		lang     Lang
		want     string
	}{
		{24_761_596, 3, Vi, "24.761,596"},
		{24_761_596, 3, En, "24,761.596"},
		{24_761_596, 3, Fr, "24\u202f761,596"},
		{5, 2, Vi, "0,05"},
		{-5, 1, Vi, "-0,5"},
		{2736, 0, Vi, "2.736"},
		{math.MinInt64, 0, En, "-9,223,372,036,854,775,808"},
		{math.MinInt64, 2, En, "-92,233,720,368,547,758.08"},
	} {
		if got := Decimal(test.scaled, test.decimals, test.lang); got != test.want {
			t.Errorf("Decimal(%d, %d, %s) = %q, want %q", test.scaled, test.decimals, test.lang, got, test.want)
		}
	}
}

func TestQuantitiesListsAndOrdinals(t *testing.T) {
	vi, en, fr := load(t).In(Vi), load(t).In(En), load(t).In(Fr)
	for _, test := range []struct{ got, want string }{
		{vi.Qualified("200 tỷ", "over"), "trên 200 tỷ"},
		{vi.Qualified("200 tỷ", ""), "200 tỷ"},
		{vi.Qualified("200 tỷ", "exact"), "200 tỷ"},
		{en.Qualified("3,200", "at-least"), "at least 3,200"},
		{fr.Qualified("3 200", "nearly"), "près de 3 200"},
		{vi.Qualified("28", "about"), "khoảng 28"},
		{vi.Percent(125), "12,5%"},
		{en.Percent(1000), "100%"},
		{fr.Percent(-5), "-0,5\u00a0%"},
		{vi.List(), ""},
		{vi.List("a"), "a"},
		{vi.List("a", "b"), "a và b"},
		{vi.List("a", "b", "c"), "a, b và c"},
		{en.List("a", "b", "c"), "a, b and c"},
		{fr.Either("a", "b", "c"), "a, b ou c"},
		{vi.Ordinal(12), "lần thứ XII"},
		{en.Ordinal(12), "12th"},
		{en.Ordinal(22), "22nd"},
		{en.Ordinal(111), "111th"},
		{fr.Ordinal(1), "Ier"},
		{fr.Ordinal(12), "XIIe"},
		{vi.Number(2736), "2.736"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
