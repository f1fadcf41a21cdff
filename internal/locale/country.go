package locale

import (
	"slices"
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/text"
	"kith.app/internal/world"
)

// Country names a country by its code of two letters (ISO 3166-1), such as LA
// for Laos. What is no country is given back as it was.
func (s Speaker) Country(code string) string { return CountryIn(s.Lang, code) }

// CountryIn names a country in a language; package world knows the names.
func CountryIn(lang Lang, code string) string {
	if c, known := world.ByCode(code); known {
		return c.Name(string(lang))
	}
	return code
}

// Countries lists the codes of all countries, by their name in a language.
func Countries(lang Lang) []string {
	all := slices.Clone(world.Countries())
	slices.SortFunc(all, func(a, b world.Country) int {
		return strings.Compare(text.Fold(a.Name(string(lang))), text.Fold(b.Name(string(lang))))
	})
	codes := make([]string, len(all))
	for i, c := range all {
		codes[i] = c.Code
	}
	return codes
}

// ReadCountries reads names of countries as people type them, parted by commas:
// "Lào, Campuchia". Each is given once, in the order typed.
func ReadCountries(typed string) ([]string, error) {
	var codes []string
	for name := range strings.SplitSeq(strings.NewReplacer(";", ",", "\n", ",").Replace(typed), ",") {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		c, known := world.CountryNamed(name)
		if !known {
			return nil, fault.Refuse("locale.country.unknown", name)
		}
		if !slices.Contains(codes, c.Code) {
			codes = append(codes, c.Code)
		}
	}
	return codes, nil
}

// IsCountry tells whether a code is that of a country.
func IsCountry(code string) bool {
	c, known := world.ByCode(code)
	return known && c.Code == code
}
