package locale_test

import (
	"slices"
	"testing"

	"kith.app/internal/locale"
)

func TestCountriesAreCalledAsEachLanguageDoes(t *testing.T) {
	for code, want := range map[string][3]string{
		"LA": {"Lào", "Laos", "Laos"}, "KH": {"Campuchia", "Cambodia", "Cambodge"}, "DE": {"Đức", "Germany", "Allemagne"},
		"KR": {"Hàn Quốc", "South Korea", "Corée du Sud"}, "NL": {"Hà Lan", "Netherlands", "Pays-Bas"}, "RU": {"Nga", "Russia", "Russie"},
	} {
		for i, lang := range locale.Langs() {
			if got := locale.CountryIn(lang, code); got != want[i] {
				t.Errorf("%s in %s is %q, want %q", code, lang, got, want[i])
			}
		}
	}
	if n := len(locale.Countries(locale.Vi)); n < 200 || n > 260 {
		t.Errorf("%d countries", n)
	}
}

func TestCountriesAreReadByAnyName(t *testing.T) {
	got, err := locale.ReadCountries("Lào, cam-pu-chia; Nga, Hoa Ky, laos, Allemagne")
	if want := []string{"LA", "KH", "RU", "US", "DE"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	if _, err := locale.ReadCountries("Lào, Xứ Thần Tiên"); err == nil {
		t.Error("a country that does not exist was taken")
	}
}
