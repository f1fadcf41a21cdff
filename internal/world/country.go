package world

import (
	_ "embed"
	"strings"
	"sync"

	"kith.app/internal/text"
)

//go:embed countries.tsv
var countryLines string

// Country is a country, or a territory that has a code of its own.
type Country struct {
	Code  string // ISO 3166-1, two letters: "VN"
	Code3 string // three letters: "VNM"
	names [6]string
	short [6]string
}

// tongues are the languages in which countries are named, in the order of the
// file.
var tongues = [6]string{"vi", "en", "fr", "lo", "km", "zh"}

// Name gives the name in a language ("vi", "en", "fr", "lo", "km", "zh"), the
// short one where two are in use; another language gets the English one.
func (c Country) Name(lang string) string {
	at := 1
	for i, tongue := range tongues {
		if tongue == lang {
			at = i
		}
	}
	if c.short[at] != "" {
		return c.short[at]
	}
	return c.names[at]
}

// Names gives every name of the country, in the order vi, en, fr, lo, km, zh.
func (c Country) Names() []string {
	var all []string
	for i := range tongues {
		for _, name := range []string{c.short[i], c.names[i]} {
			if name != "" {
				all = append(all, name)
			}
		}
	}
	return all
}

// atlas is the countries by code, and the codes by every folded name.
type atlas struct {
	list   []Country
	coded  map[string]int
	called map[string]int
}

var countries = sync.OnceValue(func() atlas {
	a := atlas{coded: map[string]int{}, called: map[string]int{}}
	for line := range strings.Lines(countryLines) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		c := Country{Code: fields[0], Code3: fields[1]}
		for i, name := range fields[3:] {
			c.names[i], c.short[i], _ = strings.Cut(name, "|")
		}
		at := len(a.list)
		a.list = append(a.list, c)
		a.coded[c.Code], a.coded[c.Code3] = at, at
		for _, name := range c.Names() {
			a.called[text.Fold(name)] = at
		}
	}
	for _, n := range written().countries {
		if at, is := a.coded[n.country]; is {
			a.called[text.Fold(n.alias)] = at
		}
	}
	return a
})

// Countries gives all countries in the order of their codes.
func Countries() []Country { return countries().list }

// ByCode finds a country by its code of two or three letters.
func ByCode(code string) (Country, bool) {
	at, found := countries().coded[strings.ToUpper(strings.TrimSpace(code))]
	if !found {
		return Country{}, false
	}
	return countries().list[at], true
}

// CountryNamed finds a country by its code or by a name in any of the languages,
// in any spelling.
func CountryNamed(name string) (Country, bool) {
	name = strings.TrimSpace(name)
	coded := len(name) <= 3 && name == strings.ToUpper(name)
	if coded {
		if c, found := ByCode(name); found {
			return c, true
		}
	}
	if at, found := countries().called[text.Fold(name)]; found {
		return countries().list[at], true
	}
	if !coded && len(name) <= 3 { // "la" is a code, "Nga" and "Bỉ" are names
		return ByCode(name)
	}
	return Country{}, false
}
