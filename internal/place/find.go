package place

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/text"
)

// Hit is a unit that a search found.
type Hit struct {
	ID     ID
	Name   string // on the day asked, or the last it bore: "Xã Kim Anh"
	Path   string // the same with what it stands in: tells namesakes apart
	Stands bool   // on the day asked
	As     string // the other name by which it was found; empty if by Name
}

// index holds, for each unit, the words of every name it ever bore, each name
// with a space before its words and a bar after.
type index []string

func (m *Map) indexed() index {
	all := make(index, len(m.units))
	for i := range m.units {
		var b strings.Builder
		for _, full := range m.borne(int32(i)) {
			name := " " + strings.Join(terms(full), " ") + "|"
			if !strings.Contains(b.String(), name) {
				b.WriteString(name)
			}
		}
		all[i] = b.String()
	}
	return all
}

// borne gives every name of a unit, those of former provinces in its place last.
func (m *Map) borne(at int32) []string {
	var names []string
	for _, n := range m.namesOf(at) {
		names = append(names, n.full)
	}
	for _, a := range m.former[at] {
		names = append(names, a.full)
	}
	return names
}

// terms gives the words by which a name is searched: folded, and with a final k
// as c, since Đắk Lắk was written Đắc Lắc for decades.
func terms(s string) []string {
	words := text.Words(s)
	for i, w := range words {
		if n := len(w); n > 1 && w[n-1] == 'k' {
			words[i] = w[:n-1] + "c"
		}
	}
	return words
}

// short are the short forms that people type for kinds of unit and for the
// largest city.
var short = map[string][]string{
	"tp":    {"thanh", "pho"},
	"tx":    {"thi", "xa"},
	"tt":    {"thi", "tran"},
	"hcm":   {"ho", "chi", "minh"},
	"tphcm": {"thanh", "pho", "ho", "chi", "minh"},
}

// mostWords bounds a query; what is typed beyond is not looked at.
const mostWords = 16

// asked gives the words of a query, short forms written out.
func asked(query string) []string {
	var words []string
	for _, w := range terms(query) {
		if long, is := short[w]; is {
			words = append(words, long...)
			continue
		}
		words = append(words, w)
	}
	return words[:min(len(words), mostWords)]
}

// Find finds units by the words of any name they ever bore, the last ones perhaps
// those of what they stood in at any time: "kim anh kim thanh" finds the commune
// in that district. Words may be typed in part, without accents, in any order.
// Those named so come first, those that stand on the day before the others.
func (m *Map) Find(query string, on calendar.Day, limit int) []Hit {
	words := asked(query)
	if len(words) == 0 {
		return nil
	}
	found := m.matches(words, on)
	slices.SortFunc(found, func(a, b match) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.at, b.at)) })
	found = found[:min(len(found), max(limit, 0))]
	hits := make([]Hit, len(found))
	for i, f := range found {
		hits[i] = m.hit(f.at, words, on)
	}
	return hits
}

// match is a unit that fits a query, and how well: less is better.
type match struct {
	at   int32
	rank int
}

func (m *Map) matches(words []string, on calendar.Day) []match {
	typed := make([]string, len(words))
	for i, w := range words {
		typed[i] = " " + w
	}
	own := make([]uint16, len(m.units))
	for i := range m.units {
		own[i] = masked(m.words[i], typed)
	}
	all := uint16(math.MaxUint16 >> (mostWords - len(words)))
	var found []match
	for i := range m.units {
		at := int32(i)
		if own[i] == 0 || own[i] != all && all&^own[i]&^m.above(at, own) != 0 {
			continue
		}
		found = append(found, match{at, m.rank(at, words, own[i] == all, on)})
	}
	return found
}

// masked gives a bit for each typed word that begins a word of the names.
func masked(names string, typed []string) uint16 {
	var mask uint16
	for i, w := range typed {
		if strings.Contains(names, w) {
			mask |= 1 << i
		}
	}
	return mask
}

// above joins the masks of all that a unit ever stood in.
func (m *Map) above(at int32, own []uint16) uint16 {
	var mask uint16
	for _, p := range m.parentsOf(at) {
		mask |= own[p.unit] | m.above(p.unit, own)
	}
	return mask
}

// How well a unit's name fits the words typed.
const (
	whole     = iota // a name of it begins what was typed, to the end of the name
	beginning        // what was typed begins a name of it
	inside           // all words are in its names
	scattered        // some words are in the names of what it stood in
)

func (m *Map) rank(at int32, words []string, alone bool, on calendar.Day) int {
	fit := m.fit(at, words, alone)
	rank := 0
	if fit > beginning {
		rank += 1000
	}
	if !m.stood(at, on) {
		rank += 100
	}
	return rank + fit*10 + int(m.units[at].id.Level())
}

func (m *Map) fit(at int32, words []string, alone bool) int {
	typed := strings.Join(words, " ")
	fit := scattered
	if alone {
		fit = inside
	}
	for _, full := range m.borne(at) {
		_, own := Part(full)
		for _, form := range []string{own, full} {
			name := strings.Join(terms(form), " ")
			switch {
			case typed == name || strings.HasPrefix(typed, name+" "):
				return whole
			case alone && strings.HasPrefix(name, typed):
				fit = beginning
			}
		}
	}
	return fit
}

func (m *Map) hit(at int32, words []string, on calendar.Day) Hit {
	u := m.units[at]
	day := min(on, u.until)
	h := Hit{ID: u.id, Name: m.nameOn(at, day), Path: m.PathOn(u.id, day), Stands: m.stood(at, on)}
	most := count(h.Name, words)
	for _, n := range m.namesOf(at) {
		if c := count(n.full, words); c > most {
			most, h.As = c, n.full
		}
	}
	for _, a := range m.former[at] {
		if c := count(a.full, words); c > most {
			most, h.As = c, a.shown
		}
	}
	return h
}

// count says how many of the words begin a word of a name.
func count(full string, words []string) int {
	typed := make([]string, len(words))
	for i, w := range words {
		typed[i] = " " + w
	}
	return bits.OnesCount16(masked(" "+strings.Join(terms(full), " "), typed))
}

// AllNames gives every name by which somebody who is from a unit may be searched:
// its own and those of all it stood in, then and now, and the same for its heirs;
// for a commune also for those it came from. It leaves out what today's provinces
// came from: who is from Hải Phòng need not be from Hải Dương.
func (m *Map) AllNames(id ID) []string {
	at, found := m.at(id)
	if !found {
		return nil
	}
	var names []string
	names = m.named(names, at)
	for _, heir := range m.Now(id, calendar.Latest) {
		if to, ok := m.at(heir.ID); ok && to != at {
			names = m.named(names, to)
		}
	}
	if id.Level() == Commune {
		for _, giver := range m.giversOf(at) {
			names = m.named(names, giver)
		}
	}
	return names
}

// named adds the names of a unit and of all it ever stood in.
func (m *Map) named(names []string, at int32) []string {
	for _, n := range m.namesOf(at) {
		if !slices.Contains(names, n.full) {
			names = append(names, n.full)
		}
	}
	for _, p := range m.parentsOf(at) {
		names = m.named(names, p.unit)
	}
	return names
}
