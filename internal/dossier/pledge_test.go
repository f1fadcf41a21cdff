package dossier_test

import (
	"testing"

	"kith.app/internal/contest"
	"kith.app/internal/dossier"
	"kith.app/internal/locale"
)

func TestARegisteredTargetIsSaidWithItsValue(t *testing.T) {
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	to := words.In(locale.Vi)
	for _, c := range []struct {
		pledge contest.Pledge
		want   string
	}{
		{contest.Pledge{Text: "Vận động"}, "Vận động"},
		{contest.Pledge{Text: "Vận động", Target: "39600000000", Currency: "VND"}, "Vận động: 39.600.000.000\u00a0đ"},
		{contest.Pledge{Text: "Vận động", Target: "39600000000", Unit: "VND"}, "Vận động: 39.600.000.000\u00a0đ"},
		{contest.Pledge{Text: "Giám sát", Target: "1400", Unit: "cuộc"}, "Giám sát: 1.400 cuộc"},
		{contest.Pledge{Text: "Tỷ lệ", Target: "97.5", Unit: "%"}, "Tỷ lệ: 97,5 %"},
	} {
		if got := dossier.PledgeSaid(to, c.pledge); got != c.want {
			t.Errorf("%+v is said %q, want %q", c.pledge, got, c.want)
		}
	}
}
