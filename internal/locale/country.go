package locale

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"kith.app/internal/fault"
	"kith.app/internal/text"
)

// Country names a country by its code of two letters (ISO 3166-1), such as LA
// for Laos. What is no country is given back as it was.
func (s Speaker) Country(code string) string { return CountryIn(s.Lang, code) }

// CountryIn names a country in a language.
func CountryIn(lang Lang, code string) string {
	if own := ownNames[code]; own[lang.index()] != "" {
		return own[lang.index()]
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	name := countryNamers()[lang.index()].Name(region)
	if name == "" {
		return code
	}
	return name
}

// ownNames are countries that the offices which keep such books call otherwise
// than the common tables do.
var ownNames = map[string][3]string{
	"VN": {"Việt Nam", "Viet Nam", "Viêt Nam"},
	"RU": {"Liên bang Nga", "Russia", "Russie"},
	"US": {"Hoa Kỳ", "United States", "États-Unis"},
	"GB": {"Vương quốc Anh", "United Kingdom", "Royaume-Uni"},
	"CZ": {"Cộng hòa Séc", "Czechia", "Tchéquie"},
	"KP": {"CHDCND Triều Tiên", "DPR Korea", "RPD de Corée"},
}

// countryNamers are the tables of names, one for each language.
var countryNamers = sync.OnceValue(func() [3]display.Namer {
	return [3]display.Namer{display.Regions(language.Vietnamese), display.Regions(language.English), display.Regions(language.French)}
})

// Countries lists the codes of all countries, by their name in a language.
func Countries(lang Lang) []string {
	codes := slices.Clone(countryCodes())
	slices.SortFunc(codes, func(a, b string) int {
		return strings.Compare(text.Fold(CountryIn(lang, a)), text.Fold(CountryIn(lang, b)))
	})
	return codes
}

// countryCodes are the codes of all countries.
var countryCodes = sync.OnceValue(func() []string {
	var codes []string
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			r, err := language.ParseRegion(code)
			if err == nil && r.IsCountry() && r.String() == code && r.Canonicalize() == r && CountryIn(En, code) != code {
				codes = append(codes, code)
			}
		}
	}
	return codes
})

// countryWords finds a country by any of its names, folded.
var countryWords = sync.OnceValue(func() map[string]string {
	words := map[string]string{"my": "US", "nga": "RU", "anh": "GB", "han quoc": "KR", "sec": "CZ", "trieu tien": "KP", "usa": "US", "uk": "GB", "cam pu chia": "KH", "cpc": "KH", "phap": "FR", "duc": "DE"}
	for _, code := range countryCodes() {
		words[strings.ToLower(code)] = code
		for _, lang := range Langs() {
			words[text.Fold(CountryIn(lang, code))] = code
			if r, err := language.ParseRegion(code); err == nil {
				words[text.Fold(countryNamers()[lang.index()].Name(r))] = code
			}
		}
	}
	return words
})

// ReadCountries reads names of countries as people type them, parted by commas:
// "Lào, Campuchia". Each is given once, in the order typed.
func ReadCountries(typed string) ([]string, error) {
	var codes []string
	for name := range strings.SplitSeq(strings.NewReplacer(";", ",", "\n", ",").Replace(typed), ",") {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		code, known := countryWords()[text.Fold(name)]
		if !known {
			return nil, fault.Refuse("locale.country.unknown", name)
		}
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes, nil
}

// IsCountry tells whether a code is that of a country.
func IsCountry(code string) bool { return slices.Contains(countryCodes(), code) }
