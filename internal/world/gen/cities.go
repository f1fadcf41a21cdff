package main

import (
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/text"
)

// leastPeople is from how many inhabitants on a town is shipped for its size
// alone.
const leastPeople = 15_000

// city is one place on the map.
type city struct {
	name, country, region string
	lat, lon              float64
	people                int
	seat                  bool // of its first-level place
	met                   bool // in both lists
}

// gathered gives the towns to ship, each group under the line of its first-level
// place: those that are large, seats, in Viet Nam, or named in a list of
// twinnings.
func (in sources) gathered() ([]byte, error) {
	counted, err := readPeople(in.cities)
	if err != nil {
		return nil, err
	}
	wanted, err := in.twinned()
	if err != nil {
		return nil, err
	}
	regions, err := readRegions(in.regions)
	if err != nil {
		return nil, err
	}
	all, err := in.named()
	if err != nil {
		return nil, err
	}
	var kept []city
	for _, c := range matched(all, counted) {
		_, twinned := wanted[text.Fold(strings.Split(c.name, "|")[0])]
		if foreignClaim(c) || !(c.people >= leastPeople || c.seat || c.country == "VN" || twinned) {
			continue
		}
		kept = append(kept, c)
	}
	return listed(kept, regions), nil
}

// matched gives the towns of both lists, with their populations. One that the
// two call differently bears both names; one that only the second knows is added
// when it is large.
func matched(all []city, counted map[string][]city) []city {
	around := map[[2]int][]int{} // towns by square of a tenth of a degree
	for i := range all {
		c := &all[i]
		around[c.square()] = append(around[c.square()], i)
		if known, is := nearest(counted[c.key()], *c); is {
			c.people, c.seat, c.met = known.people, known.seat, true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(counted)) {
		for _, c := range counted[key] {
			if c.people < leastPeople && !c.seat {
				continue
			}
			if at, is := beside(all, around, c); !is {
				all = append(all, c)
			} else if found := &all[at]; !found.met {
				found.people, found.seat, found.met = c.people, c.seat, true
				found.name += "|" + c.name
			}
		}
	}
	return all
}

// beside finds the town of the first list that one of the second is: the one of
// its name, or the one whose middle is the same.
func beside(all []city, around map[[2]int][]int, c city) (int, bool) {
	best, least := 0, 0.02
	for dx := -2; dx <= 2; dx++ {
		for dy := -2; dy <= 2; dy++ {
			square := c.square()
			for _, i := range around[[2]int{square[0] + dx, square[1] + dy}] {
				away := math.Hypot(all[i].lat-c.lat, all[i].lon-c.lon)
				if all[i].key() == c.key() && away < 0.15 {
					return i, true
				}
				if all[i].country == c.country && !all[i].met && away < least {
					best, least = i, away
				}
			}
		}
	}
	return best, least < 0.02
}

func (c city) square() [2]int {
	return [2]int{int(math.Floor(c.lat * 10)), int(math.Floor(c.lon * 10))}
}

// foreignClaim leaves out what lies in the archipelagos of Viet Nam and is
// listed under another country.
func foreignClaim(c city) bool { return c.country == "CN" && c.lat < 18 }

// listed writes the towns by country, first-level place and name.
func listed(all []city, regions map[string]string) []byte {
	slices.SortFunc(all, func(a, b city) int {
		return cmp.Or(cmp.Compare(a.country, b.country), cmp.Compare(a.region, b.region),
			cmp.Compare(a.name, b.name), cmp.Compare(a.lat, b.lat), cmp.Compare(a.lon, b.lon))
	})
	var b strings.Builder
	last := ""
	for _, c := range all {
		if at := c.country + "." + c.region; at != last {
			fmt.Fprintf(&b, ">%s\t%s\t%s\n", c.country, c.region, regions[at])
			last = at
		}
		people := ""
		if c.people > 0 {
			people = strconv.Itoa(max(1, c.people/1000))
		}
		if c.seat {
			people += "*"
		}
		fmt.Fprintf(&b, "%s\t%s\t%d\t%d\n", c.name, people, hundredths(c.lat), hundredths(c.lon))
	}
	return []byte(b.String())
}

func hundredths(degrees float64) int { return int(math.Round(degrees * 100)) }

// key is what both lists of towns have in common.
func (c city) key() string { return c.country + " " + text.Fold(c.name) }

// nearest gives the namesake that is the same town: within some ten kilometres,
// since the lists are of different years.
func nearest(namesakes []city, to city) (city, bool) {
	best, least := city{}, 0.15
	for _, c := range namesakes {
		if away := math.Hypot(c.lat-to.lat, c.lon-to.lon); away < least {
			best, least = c, away
		}
	}
	return best, best.name != ""
}

// named reads the list of towns with their names.
func (in sources) named() ([]city, error) {
	file, err := os.Open(filepath.Join(in.data, "geo", "geonames_cities_171k.csv.gz"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	unzip, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	rows, err := records(unzip)
	if err != nil {
		return nil, err
	}
	all := make([]city, len(rows))
	for i, r := range rows {
		lat, errLat := strconv.ParseFloat(r["lat"], 64)
		lon, errLon := strconv.ParseFloat(r["lng"], 64)
		if err := errors.Join(errLat, errLon); err != nil {
			return nil, err
		}
		all[i] = city{name: r["name"], country: r["country"], region: r["admin1"], lat: lat, lon: lon}
	}
	return all, nil
}

// twinned gives the folded names in the lists of twinnings.
func (in sources) twinned() (map[string]struct{}, error) {
	names := map[string]struct{}{}
	for file, columns := range map[string][]string{
		"wikidata_p190_2016_pairs.csv": {"a_name", "b_name"}, "viet_nam_ties_from_articles.csv": {"a", "b"},
	} {
		content, err := os.Open(filepath.Join(in.data, "twinnings", file))
		if err != nil {
			return nil, err
		}
		rows, err := records(content)
		content.Close()
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			for _, column := range columns {
				name, _, _ := strings.Cut(r[column], " (")
				names[text.Fold(name)] = struct{}{}
			}
		}
	}
	return names, nil
}

func readRegions(path string) (map[string]string, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var list []struct{ Code, Name string }
	if err := json.Unmarshal(content, &list); err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, r := range list {
		names[r.Code] = r.Name
	}
	return names, nil
}

// readPeople reads the populations: messages of protocol buffers one after the
// other, coordinates as differences from the town before.
func readPeople(path string) (map[string][]city, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	counted := map[string][]city{}
	var lat, lon int64
	for len(content) > 0 {
		size, n := binary.Uvarint(content)
		if n <= 0 || uint64(len(content)-n) < size {
			return nil, errors.New("cut off")
		}
		message := content[n : n+int(size)]
		content = content[n+int(size):]
		c, err := readCity(message, &lat, &lon)
		if err != nil {
			return nil, err
		}
		counted[c.key()] = append(counted[c.key()], c)
	}
	return counted, nil
}

func readCity(message []byte, lat, lon *int64) (city, error) {
	var c city
	for len(message) > 0 {
		tag, n := binary.Uvarint(message)
		if n <= 0 {
			return c, errors.New("no tag")
		}
		message = message[n:]
		value, n := binary.Uvarint(message)
		if n <= 0 {
			return c, errors.New("no value")
		}
		message = message[n:]
		words := ""
		if tag&7 == 2 {
			words, message = string(message[:value]), message[value:]
		}
		signed := int64(value>>1) ^ -int64(value&1)
		switch tag >> 3 {
		case 2:
			c.name = words
		case 3:
			c.country = words
		case 8:
			c.region = words
		case 7:
			c.seat = words == "PPLA" || words == "PPLC"
		case 9:
			c.people = int(value)
		case 10:
			*lon += signed
		case 11:
			*lat += signed
		}
	}
	c.lat, c.lon = float64(*lat)/1e5, float64(*lon)/1e5
	return c, nil
}
