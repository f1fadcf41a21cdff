package world

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed names.txt
var nameLines string

// alias is another name of a town or region; of a country where of is empty.
type alias struct{ country, of, alias string }

// writing is what names.txt holds.
type writing struct {
	countries []alias
	towns     []alias
	places    []Place
}

var written = sync.OnceValue(func() writing {
	w, err := readNames(nameLines)
	if err != nil {
		panic(fmt.Sprintf("world: names: %v", err)) // the file is embedded and tested
	}
	return w
})

// readNames reads lines of three kinds: names of a country ("LA = Ai Lao"), of a
// town or region ("LA Vientiane = Viêng Chăn; Vạn Tượng"), and a region with its
// place ("FR Val-de-Marne @ 48.79 2.47"), which names may follow.
func readNames(lines string) (writing, error) {
	var w writing
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		what, names, _ := strings.Cut(line, " = ")
		country, of, _ := strings.Cut(strings.TrimSpace(what), " ")
		if name, at, is := strings.Cut(of, " @ "); is {
			spot, err := readSpot(at)
			if err != nil {
				return w, fmt.Errorf("line %q: %w", line, err)
			}
			of = name
			w.places = append(w.places, Place{Name: name, Kind: Region, Country: country, At: spot})
		}
		for name := range strings.SplitSeq(names, ";") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			if of == "" {
				w.countries = append(w.countries, alias{country: country, alias: name})
				continue
			}
			w.towns = append(w.towns, alias{country, of, name})
		}
	}
	return w, nil
}

func readSpot(written string) (Spot, error) {
	lat, lon, _ := strings.Cut(strings.TrimSpace(written), " ")
	north, err := strconv.ParseFloat(lat, 64)
	if err != nil {
		return Spot{}, err
	}
	east, err := strconv.ParseFloat(lon, 64)
	if err != nil {
		return Spot{}, err
	}
	return Spot{north, east}, nil
}
