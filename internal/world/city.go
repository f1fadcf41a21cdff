package world

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kith.app/internal/text"
)

//go:embed cities.tsv.gz
var packedTowns []byte

// Kind says what a place is.
type Kind uint8

// The kinds of places.
const (
	Town   Kind = iota + 1 // a city, a town, a quarter that is listed by itself
	Region                 // a first-level place: a province, a state, a prefecture; or one that people twin with
)

// Place is a town or region somewhere in the world.
type Place struct {
	Name    string
	Other   string // another spelling, where the sources differ
	Kind    Kind
	Country string // code of two letters
	Region  string // name of the first-level place it lies in; empty where it has none
	Code    string // code of that place within the country, in GeoNames
	At      Spot   // a region is shown at its seat
	People  int    // inhabitants in thousands, below one as one; 0 where unknown
	Seat    bool   // of its first-level place
}

// gazetteer is all places, and their numbers by folded name.
type gazetteer struct {
	places []Place
	called []called
}

// called is one name of a place.
type called struct {
	name string // folded
	at   int32
}

var places = sync.OnceValue(func() gazetteer {
	g := gazetteer{}
	if err := g.read(); err != nil {
		panic(fmt.Sprintf("world: %v", err)) // the file is embedded and tested
	}
	g.regions()
	g.extras()
	g.named()
	return g
})

// read reads the towns, each under the line of its first-level place.
func (g *gazetteer) read() error {
	unzip, err := gzip.NewReader(bytes.NewReader(packedTowns))
	if err != nil {
		return err
	}
	content, err := io.ReadAll(unzip)
	if err != nil {
		return err
	}
	var under Place
	for line := range strings.Lines(string(content)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if country, is := strings.CutPrefix(fields[0], ">"); is {
			under = Place{Kind: Town, Country: country, Code: fields[1], Region: fields[2]}
			continue
		}
		town := under
		if err := town.describe(fields); err != nil {
			return fmt.Errorf("town %q: %w", fields[0], err)
		}
		g.places = append(g.places, town)
	}
	return nil
}

func (p *Place) describe(fields []string) error {
	if len(fields) != 4 {
		return fmt.Errorf("%d fields, want 4", len(fields))
	}
	p.Name, p.Other, _ = strings.Cut(fields[0], "|")
	people := strings.TrimSuffix(fields[1], "*")
	p.Seat = people != fields[1]
	if people != "" {
		n, err := strconv.Atoi(people)
		if err != nil {
			return err
		}
		p.People = n
	}
	lat, err := strconv.Atoi(fields[2])
	if err != nil {
		return err
	}
	lon, err := strconv.Atoi(fields[3])
	if err != nil {
		return err
	}
	p.At = Spot{float64(lat) / 100, float64(lon) / 100}
	return nil
}

// regions adds the first-level places, each where its seat lies, or its largest
// town where none is marked.
func (g *gazetteer) regions() {
	towns := g.places
	for from := 0; from < len(towns); {
		to := from + 1
		for to < len(towns) && towns[to].Country == towns[from].Country && towns[to].Code == towns[from].Code {
			to++
		}
		if towns[from].Region != "" {
			seat := slices.MaxFunc(towns[from:to], weightier)
			g.places = append(g.places, Place{
				Name: seat.Region, Kind: Region, Country: seat.Country, Region: seat.Region, Code: seat.Code, At: seat.At,
			})
		}
		from = to
	}
}

// weightier puts seats above other towns, and large ones above small ones.
func weightier(a, b Place) int {
	if a.Seat != b.Seat {
		if a.Seat {
			return 1
		}
		return -1
	}
	return a.People - b.People
}

// extras adds the places that names.txt knows besides.
func (g *gazetteer) extras() {
	g.places = append(g.places, written().places...)
}

// named sorts the names of all places.
func (g *gazetteer) named() {
	g.called = make([]called, 0, len(g.places)*5/4)
	add := func(name string, at int) { g.called = append(g.called, called{name, int32(at)}) }
	aliases := map[string][]string{}
	for _, n := range written().towns {
		key := n.country + " " + bare(text.Fold(n.of))
		aliases[key] = append(aliases[key], text.Fold(n.alias))
	}
	for at, p := range g.places {
		for _, name := range []string{p.Name, p.Other} {
			full := text.Fold(name)
			if full == "" {
				continue
			}
			add(full, at)
			own := bare(full)
			if own != full {
				add(own, at)
			}
			for _, alias := range aliases[p.Country+" "+own] {
				add(alias, at)
			}
		}
	}
	slices.SortFunc(g.called, func(a, b called) int {
		if c := strings.Compare(a.name, b.name); c != 0 {
			return c
		}
		return int(a.at - b.at)
	})
	g.called = slices.Clip(slices.Compact(g.called))
}

// kinds are words that say what a place is and may be left out of its name,
// folded.
var (
	kindsBefore = []string{
		"city of ", "province of ", "thanh pho ", "thu do ", "tinh ", "bang ", "vung ", "khu tu tri ", "quan ", "huyen ", "thi xa ",
		"thi tran ", "xa ", "phuong ", "ville de ", "departement de ", "region de ", "muang ",
		"gmina ", "prafektur ", "provinz ", "landkreis ", "opstina ", "borough of ", "municipality of ", "municipio ", "region ",
	}
	kindsAfter = []string{
		" city", " province", " prefecture", " oblast", " region", " county", " state", " department", " governorate",
		" district", " krai", " municipality", " canton", " voivodeship", " special city", " metropolitan city", " shi", " ken", " si", " gun",
		" kommune", " borough", " raion", " rajon", " do", " fu",
	}
)

// bare leaves out what says of what kind a place is, in a folded name.
func bare(folded string) string {
	for _, kind := range kindsBefore {
		if own, is := strings.CutPrefix(folded, kind); is && own != "" {
			folded = own
			break
		}
	}
	for _, kind := range kindsAfter {
		if own, is := strings.CutSuffix(folded, kind); is && own != "" {
			return own
		}
	}
	return folded
}
