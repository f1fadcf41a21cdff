package place

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kith.app/internal/calendar"
)

//go:embed units.tsv.gz
var packed []byte

// Map is the units of Viet Nam through time. It never changes once loaded and
// may be read by many at once.
type Map struct {
	units   []unit // by id
	names   []name
	parents []parent
	heirs   []ref
	givers  []ref // from each heir back, by heir
	under   []ref // child by parent, whenever it stood there
	begins  []int64
	former  map[int32][]alias
	words   index
	handles handles
}

// unit is one unit; its names, parents and heirs are those of the lists from its
// own place to that of the next unit.
type unit struct {
	id                    ID
	from, until           calendar.Day
	names, parents, heirs int32
}

type name struct {
	from calendar.Day
	full string
}

type parent struct {
	from calendar.Day
	unit int32
}

// ref leads from one unit to another, both by their places in units.
type ref struct{ of, to int32 }

// Shipped gives the map that ships with the program, read on the first call and
// shared by all who ask.
func Shipped() (*Map, error) { return shipped() }

var shipped = sync.OnceValues(Load)

// Load reads the map that ships with the program. It takes some tens of
// milliseconds; a program does it once.
func Load() (*Map, error) {
	unzip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("open the map of places: %w", err)
	}
	content, err := io.ReadAll(unzip)
	if err != nil {
		return nil, fmt.Errorf("unpack the map of places: %w", err)
	}
	m, err := parse(string(content))
	if err != nil {
		return nil, fmt.Errorf("read the map of places: %w", err)
	}
	m.former = m.aliases()
	m.words = m.indexed()
	return m, nil
}

// parse reads the lines that gen wrote. The ids of all units come first, since
// parents and heirs are units further on.
func parse(content string) (*Map, error) {
	lines := strings.Split(strings.TrimSuffix(content, "\n"), "\n")
	m := &Map{units: make([]unit, 0, len(lines)+1)}
	for _, line := range lines {
		digits, _, _ := strings.Cut(line, "\t")
		id, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return nil, err
		}
		m.units = append(m.units, unit{id: ID(id)})
	}
	for i, line := range lines {
		if err := m.describe(&m.units[i], strings.Split(line, "\t")); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	m.link()
	return m, nil
}

// describe fills one unit from the fields of its line.
func (m *Map) describe(u *unit, fields []string) error {
	if len(fields) != 5 {
		return fmt.Errorf("%d fields, want 5", len(fields))
	}
	u.names, u.parents, u.heirs = int32(len(m.names)), int32(len(m.parents)), int32(len(m.heirs))
	until, err := day(fields[1], calendar.Latest)
	if err != nil {
		return err
	}
	u.until = until
	for _, s := range list(fields[2]) {
		since, full, _ := strings.Cut(s, ":")
		from, err := m.begin(since)
		if err != nil {
			return err
		}
		m.names = append(m.names, name{from, strings.Clone(full)})
	}
	for _, s := range list(fields[3]) {
		since, id, _ := strings.Cut(s, ":")
		from, err := m.begin(since)
		if err != nil {
			return err
		}
		at, err := m.place(id)
		if err != nil {
			return err
		}
		m.parents = append(m.parents, parent{from, at})
	}
	for _, id := range list(fields[4]) {
		at, err := m.place(id)
		if err != nil {
			return err
		}
		m.heirs = append(m.heirs, ref{to: at})
	}
	u.from = m.names[u.names].from
	return nil
}

// begin reads the day from which something held. What is in the first snapshot
// began at a time the map does not know.
func (m *Map) begin(s string) (calendar.Day, error) {
	number, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0, err
	}
	if !slices.Contains(m.begins, number) {
		m.begins = append(m.begins, number)
		slices.Sort(m.begins)
	}
	if number == m.begins[0] {
		return calendar.Earliest, nil
	}
	return day(s, calendar.Earliest)
}

// day reads a day written as 20250701.
func day(s string, missing calendar.Day) (calendar.Day, error) {
	if s == "" {
		return missing, nil
	}
	if len(s) != 8 {
		return 0, fmt.Errorf("%q is no day", s)
	}
	return calendar.ParseDay(s[:4] + "-" + s[4:6] + "-" + s[6:])
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}

func (m *Map) place(id string) (int32, error) {
	number, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0, err
	}
	at, found := m.at(ID(number))
	if !found {
		return 0, fmt.Errorf("unit %d is not on the map", number)
	}
	return at, nil
}

// link closes the lists and makes those that lead the other way.
func (m *Map) link() {
	for i := range m.units {
		of := int32(i)
		for _, p := range m.parentsOf(of) {
			m.under = append(m.under, ref{of: p.unit, to: of})
		}
		for j := range m.heirsOf(of) {
			heir := &m.heirsOf(of)[j]
			heir.of = of
			m.givers = append(m.givers, ref{of: heir.to, to: of})
		}
	}
	m.under = sorted(m.under)
	m.givers = sorted(m.givers)
}

func sorted(refs []ref) []ref {
	slices.SortFunc(refs, func(a, b ref) int {
		return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(a.to, b.to))
	})
	return slices.Clip(slices.Compact(refs))
}

func (m *Map) at(id ID) (int32, bool) {
	i, found := slices.BinarySearchFunc(m.units, id, func(u unit, id ID) int { return cmp.Compare(u.id, id) })
	return int32(i), found
}

// next gives the unit behind one, whose lists begin where those of the one end.
func (m *Map) next(at int32) unit {
	if int(at)+1 < len(m.units) {
		return m.units[at+1]
	}
	return unit{names: int32(len(m.names)), parents: int32(len(m.parents)), heirs: int32(len(m.heirs))}
}

func (m *Map) namesOf(at int32) []name     { return m.names[m.units[at].names:m.next(at).names] }
func (m *Map) parentsOf(at int32) []parent { return m.parents[m.units[at].parents:m.next(at).parents] }
func (m *Map) heirsOf(at int32) []ref      { return m.heirs[m.units[at].heirs:m.next(at).heirs] }
func (m *Map) giversOf(at int32) []int32   { return targets(m.givers, at) }
func (m *Map) childrenOf(at int32) []int32 { return targets(m.under, at) }

// targets gives where the refs of one unit lead, in a list sorted by unit.
func targets(refs []ref, of int32) []int32 {
	i, _ := slices.BinarySearchFunc(refs, of, func(r ref, of int32) int { return cmp.Compare(r.of, of) })
	var to []int32
	for ; i < len(refs) && refs[i].of == of; i++ {
		to = append(to, refs[i].to)
	}
	return to
}

func (m *Map) during(at int32) calendar.Period {
	return calendar.Period{From: m.units[at].from, To: m.units[at].until}
}

func (m *Map) stood(at int32, on calendar.Day) bool { return m.during(at).Contains(on) }

func (m *Map) nameOn(at int32, on calendar.Day) string {
	names := m.namesOf(at)
	full := names[0].full
	for _, n := range names[1:] {
		if n.from <= on {
			full = n.full
		}
	}
	return full
}

func (m *Map) parentOn(at int32, on calendar.Day) (int32, bool) {
	parents := m.parentsOf(at)
	if len(parents) == 0 {
		return 0, false
	}
	up := parents[0].unit
	for _, p := range parents[1:] {
		if p.from <= on {
			up = p.unit
		}
	}
	return up, true
}

func (m *Map) standing(level Level, on calendar.Day) []ID {
	var ids []ID
	for i, u := range m.units {
		if u.id.Level() == level && m.stood(int32(i), on) {
			ids = append(ids, u.id)
		}
	}
	return byCode(ids)
}

func byCode(ids []ID) []ID {
	slices.SortFunc(ids, func(a, b ID) int {
		return cmp.Or(cmp.Compare(a%1_000_000, b%1_000_000), cmp.Compare(a, b))
	})
	return ids
}

// compose makes the id of a unit first seen on a day (written as 20250701).
func compose(since int64, level Level, code string) (ID, bool) {
	number, err := strconv.ParseUint(code, 10, 32)
	if err != nil || number > 99_999 {
		return 0, false
	}
	return ID(since*1_000_000 + int64(level)*100_000 + int64(number)), true
}
