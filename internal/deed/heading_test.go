package deed_test

import (
	"slices"
	"testing"

	"kith.app/internal/deed"
	"kith.app/internal/fund"
)

func TestTheMoneyOfEveryShippedKindHasItsHeading(t *testing.T) {
	kinds, err := deed.ShippedKinds()
	if err != nil {
		t.Fatal(err)
	}
	chart, err := fund.Chart()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds {
		class := fund.Expense
		if k.Receipt {
			class = fund.Income
		}
		if !slices.ContainsFunc(chart, func(a fund.Account) bool { return a.Class == class && a.Code == k.Heading }) {
			t.Errorf("%s: the chart has no %s heading %q", k.Code, class, k.Heading)
		}
	}
}
