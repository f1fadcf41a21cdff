// Command gen makes units.tsv.gz, the administrative units of Viet Nam through
// time, from the snapshots and maps of a data directory:
//
//	go run ./internal/place/gen -from DIR -to internal/place/units.tsv.gz
//
// DIR holds units_<date>.csv (code, level, name_vi, name_en, parent_code) of five
// dates, and the maps of 1 July 2025 for provinces, communes and island
// districts. One line is written for each unit, its fields parted by tabs:
// id, last day, names with their first day, parents with their first day, heirs.
package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"kith.app/internal/text"
)

// snapshots are the days on which the units in force are known.
var snapshots = []string{"2021-11-01", "2025-01-01", "2025-03-01", "2025-07-01", "2026-04-30"}

// reform is the day on which the map was rebuilt: the same code before and after
// is the same unit only where the maps say that nothing joined or left it.
const reform = "2025-07-01"

// unit is one administrative unit from its first snapshot to its last.
type unit struct {
	id      int64
	until   int // last day, 0 when it stands
	names   []span
	parents []span
	heirs   []string
}

// span is what held from a day on.
type span struct {
	from int
	what string
}

// row is one line of a snapshot.
type row struct{ code, level, name, parent string }

func main() {
	from := flag.String("from", "", "directory of the snapshots and maps")
	to := flag.String("to", "units.tsv.gz", "file to write")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		log.Fatal(err)
	}
}

func run(from, to string) error {
	kept, heirs, err := readMaps(from)
	if err != nil {
		return err
	}
	all, err := readUnits(from, kept)
	if err != nil {
		return err
	}
	if err := bequeath(all, heirs); err != nil {
		return err
	}
	return write(to, all.list)
}

// key names a unit within one snapshot: level digit and code.
func key(level, code string) string {
	digit := map[string]string{"province": "1", "district": "2", "commune": "3"}[level]
	return digit + fmt.Sprintf("%05s", code)
}

// readMaps reads what became of the units of before the reform: the keys of those
// that went on unchanged, and the heirs' keys of the others.
func readMaps(dir string) (kept map[string]bool, heirs map[string][]string, err error) {
	heirs = map[string][]string{}
	inherits := func(level, old, heirLevel, heir string) {
		from, to := key(level, old), key(heirLevel, heir)
		if !slices.Contains(heirs[from], to) {
			heirs[from] = append(heirs[from], to)
		}
	}
	files := []struct{ name, old, heir, level, heirLevel string }{
		{"province_map_2025-07-01.csv", "old_code", "new_code", "province", "province"},
		{"commune_map_2025-07-01_clean.csv", "old_code", "new_code", "commune", "commune"},
		{"island_district_map_2025-07-01.csv", "old_district_code", "new_code", "district", "commune"},
	}
	for _, f := range files {
		rows, err := table(filepath.Join(dir, f.name))
		if err != nil {
			return nil, nil, err
		}
		for _, r := range rows {
			inherits(f.level, r[f.old], f.heirLevel, r[f.heir])
		}
	}
	return unchanged(heirs), heirs, nil
}

// unchanged finds the units with one heir that has no other parent and bears the
// same code at the same level: they are the same unit, renamed or not.
func unchanged(heirs map[string][]string) map[string]bool {
	givers := map[string]int{}
	for _, to := range heirs {
		for _, heir := range to {
			givers[heir]++
		}
	}
	kept := map[string]bool{}
	for old, to := range heirs {
		if len(to) == 1 && to[0] == old && givers[old] == 1 {
			kept[old] = true
		}
	}
	return kept
}

// units are all units found so far; standing are those of the last snapshot read,
// and old those that stood before the reform.
type units struct {
	list          []*unit
	standing, old map[string]*unit
}

func readUnits(dir string, kept map[string]bool) (*units, error) {
	all := &units{standing: map[string]*unit{}}
	for _, date := range snapshots {
		rows, err := snapshot(filepath.Join(dir, "units_"+date+".csv"))
		if err != nil {
			return nil, err
		}
		if date == reform {
			all.old = maps.Clone(all.standing)
		}
		all.advance(date, rows, kept)
	}
	return all, nil
}

// advance brings the units to a snapshot: who is gone ended the day before, who
// is new begins, who is renamed or moved gets a new span.
func (u *units) advance(date string, rows []row, kept map[string]bool) {
	day, eve := days(date)
	now := map[string]*unit{}
	for _, r := range rows {
		k := key(r.level, r.code)
		if was := u.standing[k]; was != nil && (date != reform || kept[k]) {
			now[k] = was
			continue
		}
		number, _ := strconv.ParseInt(k, 10, 64)
		now[k] = &unit{id: int64(day)*1_000_000 + number}
		u.list = append(u.list, now[k])
	}
	for k, was := range u.standing {
		if now[k] != was {
			was.until = eve
		}
	}
	for _, r := range rows {
		now[key(r.level, r.code)].describe(day, r, now)
	}
	u.standing = now
}

// describe notes the name and parent of a unit in a snapshot where they are new.
func (u *unit) describe(day int, r row, now map[string]*unit) {
	if n := len(u.names); n == 0 || !sameName(u.names[n-1].what, r.name) {
		u.names = append(u.names, span{day, r.name})
	}
	if r.parent == "" {
		return
	}
	level := "province"
	if len(r.parent) == 3 {
		level = "district"
	}
	parent := strconv.FormatInt(now[key(level, r.parent)].id, 10)
	if n := len(u.parents); n == 0 || u.parents[n-1].what != parent {
		u.parents = append(u.parents, span{day, parent})
	}
}

// sameName says whether two names differ only in case or in the school of the
// tone mark (Thanh Hóa, Thanh Hoá): sources change such things without decision.
func sameName(a, b string) bool {
	return strings.EqualFold(text.ToneOnSecond(a), text.ToneOnSecond(b))
}

// bequeath gives the units ended by the reform their heirs.
func bequeath(all *units, heirs map[string][]string) error {
	for k, to := range heirs {
		old := all.old[k]
		if old == nil {
			return fmt.Errorf("the map names %s, which did not stand before the reform", k)
		}
		for _, heirKey := range to {
			heir := all.standing[heirKey]
			if heir == nil {
				return fmt.Errorf("the map names the heir %s, which does not stand", heirKey)
			}
			if heir != old {
				old.heirs = append(old.heirs, strconv.FormatInt(heir.id, 10))
			}
		}
		slices.Sort(old.heirs)
	}
	return nil
}

func days(date string) (day, eve int) {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	number := func(t time.Time) int { return t.Year()*10000 + int(t.Month())*100 + t.Day() }
	return number(at), number(at.AddDate(0, 0, -1))
}

func snapshot(path string) ([]row, error) {
	records, err := table(path)
	if err != nil {
		return nil, err
	}
	rows := make([]row, 0, len(records))
	for _, r := range records {
		name := text.Clean(r["name_vi"])
		if after, is := strings.CutPrefix(name, "xã "); is {
			name = "Xã " + after
		}
		rows = append(rows, row{r["code"], r["level"], name, r["parent_code"]})
	}
	return rows, nil
}

// table reads a file with a heading line as records by heading.
func table(path string) ([]map[string]string, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lines, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	records := make([]map[string]string, 0, len(lines))
	for _, line := range lines[1:] {
		record := map[string]string{}
		for i, heading := range lines[0] {
			record[heading] = line[i]
		}
		records = append(records, record)
	}
	return records, nil
}

func write(path string, list []*unit) error {
	slices.SortFunc(list, func(a, b *unit) int { return cmp.Compare(a.id, b.id) })
	var packed bytes.Buffer
	zip, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, u := range list {
		until := ""
		if u.until != 0 {
			until = strconv.Itoa(u.until)
		}
		fmt.Fprintf(zip, "%d\t%s\t%s\t%s\t%s\n", u.id, until, spans(u.names), spans(u.parents), strings.Join(u.heirs, ";"))
	}
	if err := zip.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, packed.Bytes(), 0o644)
}

func spans(list []span) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = strconv.Itoa(s.from) + ":" + s.what
	}
	return strings.Join(parts, ";")
}
