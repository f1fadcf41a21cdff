package world

import (
	"cmp"
	"slices"
	"strings"

	"kith.app/internal/text"
)

// Find gives every place that bears a name, in any spelling: "Daejeon (KR)",
// "Champasak, Lào", "thành phố Viêng Chăn". A country in brackets or behind the
// last comma narrows the search; one that no country bears finds nothing. Regions
// and towns of one name are different places. Larger ones come first, but which
// of several was meant is for the asker to say.
func Find(query string) []Place {
	name, country, ok := parted(query)
	if !ok {
		return nil
	}
	return FindIn(name, country)
}

// FindIn finds places by name in one country, given by its code; in all when it
// is empty.
func FindIn(name, country string) []Place {
	folded := text.Fold(name)
	if folded == "" {
		return nil
	}
	found := whole(folded, country)
	if own := bare(folded); len(found) == 0 && own != folded {
		found = whole(own, country)
	}
	return found
}

// whole gives the places that bear exactly a folded name.
func whole(name, country string) []Place {
	return pick(country, func(all []called) []called {
		from, _ := slices.BinarySearchFunc(all, name, byName)
		to := from
		for to < len(all) && all[to].name == name {
			to++
		}
		return all[from:to]
	})
}

// Suggest gives places whose name begins as typed, larger ones first: what a
// field offers while somebody writes. A country may stand behind the name as in
// Find.
func Suggest(typed string, most int) []Place {
	name, country, ok := parted(typed)
	folded := text.Fold(name)
	if !ok || folded == "" {
		return nil
	}
	found := pick(country, func(all []called) []called {
		from, _ := slices.BinarySearchFunc(all, folded, byName)
		to := from
		for to < len(all) && strings.HasPrefix(all[to].name, folded) {
			to++
		}
		return all[from:to]
	})
	return found[:min(len(found), max(most, 0))]
}

func byName(c called, name string) int { return strings.Compare(c.name, name) }

// pick gives the places of some names, each once, those of a country only where
// one is given, larger ones first.
func pick(country string, some func([]called) []called) []Place {
	g := places()
	seen := map[int32]bool{}
	var found []Place
	for _, c := range some(g.called) {
		p := g.places[c.at]
		if seen[c.at] || country != "" && p.Country != country {
			continue
		}
		seen[c.at] = true
		found = append(found, p)
	}
	slices.SortStableFunc(found, func(a, b Place) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.Country, b.Country), cmp.Compare(a.Name, b.Name))
	})
	return found
}

// parted takes a country off the end of a query; false when what stands in
// brackets is no country.
func parted(query string) (name, country string, ok bool) {
	query = strings.TrimSpace(query)
	if inside, is := strings.CutSuffix(query, ")"); is {
		if at := strings.LastIndex(inside, "("); at >= 0 {
			c, found := CountryNamed(inside[at+1:])
			return inside[:at], c.Code, found
		}
	}
	if at := strings.LastIndex(query, ","); at >= 0 {
		if c, found := CountryNamed(query[at+1:]); found {
			return query[:at], c.Code, true
		}
	}
	return query, "", true
}

// nearby is how far apart, in kilometres, places of one name may lie and still be
// shown at one spot: a town and the province named after it.
const nearby = 150.0

// Locate gives where a name is on a map: the spot of the one place that bears it, or
// of several that lie so near to each other that the map does not tell them apart,
// such as a province and the town it is called after. False when there is none, or
// when they lie in different parts of the country.
func Locate(name, country string) (Spot, bool) {
	found := FindIn(name, country)
	if len(found) == 0 {
		return Spot{}, false
	}
	for _, p := range found[1:] {
		if found[0].At.Kilometres(p.At) > nearby {
			return Spot{}, false
		}
	}
	return found[0].At, true
}
