package contest

import (
	"testing"

	"kith.app/internal/fault"
)

func TestAFormulaThatLeadsBackToItselfIsToldBeforeAnythingIsScored(t *testing.T) {
	row := func(id CriterionID, no, value string) Criterion {
		return Criterion{ID: id, No: no, Order: int(id), Names: map[string]string{"vi": no}, Method: Formula, Max: Point, Value: value}
	}
	table, err := NewTable([]Criterion{row(1, "1", "{2} + 1"), row(2, "2", "min({3}, {4})"), row(3, "3", "{1}"), row(4, "4", "2"), row(5, "5", "{5}"), row(6, "6", "{1} + {4}")})
	if err != nil {
		t.Fatal(err)
	}
	for no, way := range map[string]string{"1": "1 → 2 → 3 → 1", "2": "2 → 3 → 1 → 2", "4": "", "5": "5 → 5", "6": ""} {
		id, _ := table.Numbered(no)
		c, _ := table.Of(id)
		err := table.loops(c)
		if way == "" && err != nil || way != "" && (keyOf(err) != "contest.formula.loop" || fault.All(err)[0].Args[0] != way) {
			t.Errorf("{%s}: %v, want %q", no, err, way)
		}
	}
}

func TestADivisionByWhatIsZeroAsWrittenIsRefusedWhenItIsWritten(t *testing.T) {
	for text, key := range map[string]string{
		"[house.built] / (2 - 2)":   "contest.formula.zero",
		"percent([house.built], 0)": "contest.formula.zero",
		"1 + 1 / min(0, 3)":         "contest.formula.zero",
		"1 / [house.built]":         "",
		"0 / 3":                     "",
		"1 / ({2} - {2})":           "", // known only with the figures
	} {
		if got := keyOf(checkExpression("value", text)); got != key {
			t.Errorf("%s: %q, want %q", text, got, key)
		}
	}
}
