package place

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"kith.app/internal/calendar"
	"kith.app/internal/text"
)

// Reading is what a written place was read as.
type Reading struct {
	Units []ID   // none: not a place on the map; several: namesakes, somebody must choose
	Rest  string // what stood before it: the hamlet, the street
}

// Only gives the one unit that a writing can mean.
func (r Reading) Only() (ID, bool) {
	if len(r.Units) != 1 {
		return 0, false
	}
	return r.Units[0], true
}

// Reader reads places as people write them in letters and tables. It may be
// used by many at once and remembers what it has read.
type Reader struct {
	m     *Map
	named map[string][]int32 // by the terms of a name without its kind
	read  sync.Map           // written text to Reading
	on    calendar.Day
}

// NewReader makes a reader; of namesakes in one line of succession it takes the
// one that stands on a day.
func NewReader(m *Map, on calendar.Day) *Reader {
	r := &Reader{m: m, named: make(map[string][]int32, len(m.units)), on: on}
	for i := range m.units {
		for _, full := range m.borne(int32(i)) {
			_, own := Part(full)
			key := strings.Join(terms(own), " ")
			if at := r.named[key]; len(at) == 0 || at[len(at)-1] != int32(i) {
				r.named[key] = append(at, int32(i))
			}
		}
	}
	return r
}

// Read reads "thôn Đoài, xã Kim Anh, huyện Kim Thành, Hải Dương", smallest
// first, the units as they were at any time. Larger units narrow down smaller
// ones. A name alone, without saying what it is, means the largest unit so called:
// Hải Dương is the province.
func (r *Reader) Read(written string) Reading {
	if kept, ok := r.read.Load(written); ok {
		return kept.(Reading)
	}
	var reading Reading
	for i, parts := range split(written) {
		way := r.parts(parts)
		if i == 0 || len(way.Units) > 0 {
			reading = way
		}
		if len(way.Units) > 0 {
			break
		}
	}
	r.read.Store(written, reading)
	return reading
}

// parts reads a path; leading parts that are smaller than any unit are the rest.
func (r *Reader) parts(parts []string) Reading {
	for skip := range parts {
		units := r.path(parts[skip:])
		if len(units) == 0 {
			continue
		}
		for i := range skip {
			if !r.passable(parts[i:], parts[skip:], units) {
				return Reading{Rest: strings.Join(parts, ", ")}
			}
		}
		return Reading{Units: units, Rest: strings.Join(parts[:skip], ", ")}
	}
	return Reading{Rest: strings.Join(parts, ", ")}
}

// passable tells whether the first of some parts may be left to the rest: it
// says itself that it is a hamlet or a street, or a whole path down to a commune
// follows. Anything else may be a unit that was misspelt, and what follows it
// would be read for another.
func (r *Reader) passable(parts, read []string, units []ID) bool {
	if small(parts[0]) || len(read) >= 3 {
		return true
	}
	return len(read) == 2 && units[0].Level() == Commune && len(r.candidates(parts[0])) == 0
}

// smallKinds begin the names of what is smaller than a commune.
var smallKinds = []string{"thon ", "xom ", "ban ", "to ", "khu ", "khoi ", "lang ", "ap ", "doi ", "so ", "ngo ", "ngach ", "duong ", "pho ", "tdp ", "to dan pho ", "tieu khu ", "nha ", "kdc ", "cum "}

// small tells a hamlet, a street or a house.
func small(part string) bool {
	folded := text.Fold(part) + " "
	if folded[0] >= '0' && folded[0] <= '9' {
		return true
	}
	return slices.ContainsFunc(smallKinds, func(k string) bool { return strings.HasPrefix(folded, k) })
}

// path finds the units named by the first part that lie in all the others.
func (r *Reader) path(parts []string) []ID {
	var fit []int32
	for _, at := range r.candidates(parts[0]) {
		if r.within(at, parts[1:]) {
			fit = append(fit, at)
		}
	}
	fit = r.closest(fit, parts)
	ids := make([]ID, len(fit))
	for i, at := range fit {
		ids[i] = r.m.units[at].id
	}
	return ids
}

// candidates finds the units called so at any time, of the kind if one is told.
func (r *Reader) candidates(part string) []int32 {
	kind, own := kindOf(part)
	if kind == "" {
		return r.named[strings.Join(terms(part), " ")]
	}
	return slices.DeleteFunc(slices.Clone(r.named[strings.Join(terms(own), " ")]), func(i int32) bool { return !r.ofKind(i, kind) })
}

// ofKind tells whether a unit ever was what a word says.
func (r *Reader) ofKind(at int32, kind string) bool {
	return slices.ContainsFunc(r.m.namesOf(at), func(n name) bool {
		k, _ := Part(n.full)
		return k == kind
	})
}

// within tells whether a unit ever stood in units called so, the smallest first,
// or its heirs do.
func (r *Reader) within(at int32, parts []string) bool {
	if len(parts) == 0 {
		return true
	}
	above := r.above(at)
	for _, part := range parts {
		named := r.candidates(part)
		i := slices.IndexFunc(above, func(up int32) bool { return slices.Contains(named, up) })
		if i < 0 {
			return false
		}
	}
	return true
}

// above gives all that a unit ever stood in, and the heirs of those, for people
// write the old district with the new province.
func (r *Reader) above(at int32) []int32 {
	var all []int32
	for _, p := range r.m.parentsOf(at) {
		all = append(append(all, p.unit), r.above(p.unit)...)
	}
	for _, up := range slices.Clone(all) {
		for _, heir := range r.m.Now(r.m.units[up].id, r.on) {
			if to, ok := r.m.at(heir.ID); ok {
				all = append(all, to)
			}
		}
	}
	return all
}

// closest keeps, of namesakes that all fit, those whose names are spelt as
// written, then the largest when a name stands alone, then the last of a line of
// succession.
func (r *Reader) closest(fit []int32, parts []string) []int32 {
	fit = keep(fit, func(at int32) bool { return r.spelt(at, parts[0]) })
	fit = keep(fit, func(at int32) bool { return r.directly(at, parts[1:]) })
	if kind, _ := kindOf(parts[0]); kind == "" && len(parts) == 1 && len(fit) > 1 {
		top := slices.MinFunc(fit, func(a, b int32) int { return int(r.level(a)) - int(r.level(b)) })
		if r.level(top) == Province {
			fit = keep(fit, func(at int32) bool { return r.level(at) == Province })
		}
	}
	if len(fit) < 2 {
		return fit
	}
	return keep(fit, func(at int32) bool { return !r.followed(at, fit) })
}

// keep keeps what passes a test, or everything when nothing does.
func keep(fit []int32, passes func(int32) bool) []int32 {
	var kept []int32
	for _, at := range fit {
		if passes(at) {
			kept = append(kept, at)
		}
	}
	if len(kept) == 0 {
		return fit
	}
	return kept
}

func (r *Reader) level(at int32) Level { return r.m.units[at].id.Level() }

// spelt tells whether a name of a unit is written with the same accents.
func (r *Reader) spelt(at int32, part string) bool {
	_, own := kindOf(part)
	own = strings.ToLower(text.ToneOnSecond(own))
	return slices.ContainsFunc(r.m.namesOf(at), func(n name) bool {
		_, is := Part(n.full)
		return strings.ToLower(text.ToneOnSecond(is)) == own
	})
}

// directly tells whether all the larger units written, and no others, are those
// in which a unit stood at one time.
func (r *Reader) directly(at int32, parts []string) bool {
	for _, p := range r.m.parentsOf(at) {
		line := []int32{p.unit}
		for _, up := range r.m.parentsOf(p.unit) {
			line = append(line, up.unit)
		}
		if len(line) != len(parts) {
			continue
		}
		same := true
		for i, part := range parts {
			same = same && slices.Contains(r.candidates(part), line[i])
		}
		if same {
			return true
		}
	}
	return len(parts) == 0 && len(r.m.parentsOf(at)) == 0
}

// followed tells whether another of the units is what became of one when it
// ended, or took over its name in the same larger unit: nobody who writes the
// name can say which of the two is meant, and the later holds the earlier.
func (r *Reader) followed(at int32, fit []int32) bool {
	ended := r.m.units[at].until
	if ended == calendar.Latest {
		return false
	}
	heirs := r.m.Now(r.m.units[at].id, ended+1)
	return slices.ContainsFunc(fit, func(to int32) bool {
		if to == at {
			return false
		}
		return r.tookName(at, to) || slices.ContainsFunc(heirs, func(h Heir) bool { return h.ID == r.m.units[to].id })
	})
}

// tookName tells whether a unit bears, after the end of another in the same
// larger unit, a name that the other bore last.
func (r *Reader) tookName(at, to int32) bool {
	names, ended := r.m.namesOf(at), r.m.units[at].until
	last := names[len(names)-1].full
	up, has := r.m.parentOn(at, ended)
	over, also := r.m.parentOn(to, ended+1)
	return has && also && up == over && r.m.stood(to, ended+1) && r.m.nameOn(to, ended+1) == last
}

// kindWords are how kinds of unit are written, folded, to what they are.
var kindWords = map[string]string{
	"tinh": "Tỉnh", "t": "Tỉnh", "thanh pho": "Thành phố", "tp": "Thành phố", "huyen": "Huyện", "h": "Huyện", "quan": "Quận", "q": "Quận",
	"thi xa": "Thị xã", "tx": "Thị xã", "thi tran": "Thị trấn", "tt": "Thị trấn", "xa": "Xã", "x": "Xã", "phuong": "Phường", "p": "Phường",
	"f": "Phường", "dac khu": "Đặc khu", "province": "Tỉnh", "district": "Huyện", "commune": "Xã", "ward": "Phường", "city": "Thành phố",
}

// kindWord tells what kind of unit a word says. Written with accents it must
// have the right ones: the town of Tĩnh Túc is no province.
func kindWord(written string) string {
	kind := kindWords[text.Fold(written)]
	lower := strings.ToLower(text.Clean(strings.Trim(written, ".")))
	if kind == "" || lower == text.Fold(written) || lower == strings.ToLower(kind) || strings.HasPrefix(lower, "đ") && lower == "đặc khu" {
		return kind
	}
	return ""
}

// kindOf takes the kind off a written name: "TP. Hải Dương", "xã Kim Anh".
func kindOf(part string) (kind, own string) {
	words := strings.Fields(strings.ReplaceAll(part, ".", ". "))
	for n := min(2, len(words)-1); n >= 1; n-- {
		if kind := kindWord(strings.Join(words[:n], " ")); kind != "" {
			return kind, strings.Join(words[n:], " ")
		}
	}
	return "", part
}

// split takes a written path apart at commas and the like and before the words
// for kinds of unit; then also at dashes, which some names have inside.
func split(written string) [][]string {
	commas := marks.Replace(written)
	ways := [][]string{parted(commas)}
	if dashed := parted(dashes.Replace(commas)); len(dashed) != len(ways[0]) {
		ways = append(ways, dashed)
	}
	if !strings.ContainsAny(commas, ",0123456789") && strings.Contains(commas, "-") {
		ways = append(ways, parted(strings.ReplaceAll(commas, "-", ",")))
	}
	return ways
}

var (
	marks  = strings.NewReplacer(";", ",", "\n", ",", "|", ",")
	dashes = strings.NewReplacer(" - ", ",", "–", ",", "—", ",", " -", ",", "- ", ",", " / ", ",")
)

func parted(written string) []string {
	var parts []string
	for _, part := range strings.Split(written, ",") {
		parts = append(parts, beforeKinds(text.Clean(part))...)
	}
	return parts
}

// beforeKinds parts "xã Kim Anh huyện Kim Thành" before the second kind.
func beforeKinds(part string) []string {
	words := strings.Fields(part)
	var parts []string
	start := 0
	for i := 1; i < len(words)-1; i++ {
		one := kindWord(words[i]) != "" && (len(text.Fold(words[i])) > 2 || strings.HasSuffix(words[i], "."))
		if one && plain(words[i]) && !plain(part) && !strings.HasSuffix(words[i], ".") {
			continue // Tam Quan, written with its accents, has no district in it
		}
		if (one || kindWord(words[i]+" "+words[i+1]) != "") && i-start >= 2 {
			parts, start = append(parts, strings.Join(words[start:i], " ")), i
		}
	}
	if start < len(words) {
		parts = append(parts, strings.Join(words[start:], " "))
	}
	return parts
}

// plain tells that a text has no letter with a mark.
func plain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}
