package person

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/text"
)

// Sketch is as much of a person as is compared to find likely duplicates.
type Sketch struct {
	ID     ID
	Name   string
	Sex    Sex
	Birth  calendar.Date
	Phone  string // digits, as dialled inside the country
	Origin int64
	Note   string // address, folded
}

// Reason is one thing that speaks for two records being one person, or against.
type Reason string

// The reasons, as pages word them.
const (
	SameName   Reason = "name"
	SameSound  Reason = "sound" // names mistaken for one another by ear or hand
	OtherOrder Reason = "order"
	ShortName  Reason = "short" // one name leaves words of the other out
	NearName   Reason = "near"
	SameBirth  Reason = "birth"
	SameYear   Reason = "year"
	NearYear   Reason = "nearYear" // a year apart, as lunar and solar reckoning make it
	SamePhone  Reason = "phone"
	SameOrigin Reason = "origin"
	SameHome   Reason = "address"
)

// Likeness says how likely two records are one person, from 0 to 100, and why.
type Likeness struct {
	A, B    ID
	Score   int
	Reasons []Reason
}

// likely is the score from which a pair is shown: the same name alone is not
// enough, a name and a year are.
const likely = 60

// crowd bounds how many records with one key are compared with one another;
// where a key is so common that it tells nothing, another key will do.
const crowd = 60

// Duplicates finds the pairs that are likely one person, the likeliest first.
// Only records that share a key are compared: the words of the name in any
// order, the telephone, or the sound of the given name with the year of birth.
func Duplicates(people []Sketch, apart func(a, b ID) bool) []Likeness {
	all := make([]*Drawn, len(people))
	for i, p := range people {
		all[i] = Draw(p)
	}
	return Likely(all, apart)
}

// Likely does the same for people who were drawn before.
func Likely(people []*Drawn, apart func(a, b ID) bool) []Likeness {
	return Resembling(people).Likely(apart)
}

// Resemblance keeps what a comparison of many people found, so that when a few records
// change only those are compared anew. It is never changed itself.
type Resemblance struct {
	people []*Drawn   // in the order of their ids
	found  []Likeness // the likeliest first, those who were said to be apart among them
}

// Resembling compares people, who are given in the order of their ids.
func Resembling(people []*Drawn) *Resemblance {
	r, seen := &Resemblance{people: people}, map[[2]ID]bool{}
	grouped(people, func(group []keyed) {
		for i, a := range group {
			for _, b := range group[i+1:] {
				l, alike := compared(people[a.at], people[b.at])
				if pair := [2]ID{l.A, l.B}; alike && !seen[pair] {
					seen[pair] = true
					r.found = append(r.found, l)
				}
			}
		}
	})
	slices.SortFunc(r.found, likelier)
	return r
}

func likelier(x, y Likeness) int {
	return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
}

// fewChanged is how many records may have changed for it to be worth while to compare
// only those.
const fewChanged = 100

// With gives what Resembling finds for people of whom most are those of before, the
// same drawings, in the order of their ids.
func (r *Resemblance) With(people []*Drawn) *Resemblance {
	gone, come := changed(r.people, people)
	groups, enough := regrouped(people, gone, come)
	if !enough {
		return Resembling(people)
	}
	anew, seen := map[ID]bool{}, map[[2]ID]bool{}
	for _, p := range slices.Concat(gone, come) {
		anew[p.ID] = true
	}
	next := &Resemblance{people: people, found: make([]Likeness, 0, len(r.found)+len(come))}
	for _, l := range r.found {
		if !anew[l.A] && !anew[l.B] {
			next.found = append(next.found, l)
		}
	}
	for _, p := range come {
		for _, key := range p.keys {
			if len(groups[key]) > crowd {
				continue
			}
			for _, other := range groups[key] {
				l, alike := compared(p, other)
				if pair := [2]ID{l.A, l.B}; alike && !seen[pair] {
					seen[pair] = true
					at, _ := slices.BinarySearchFunc(next.found, l, likelier)
					next.found = slices.Insert(next.found, at, l)
				}
			}
		}
	}
	return next
}

// changed tells which of some people are not among others and the other way round; both
// are in the order of their ids.
func changed(before, after []*Drawn) (gone, come []*Drawn) {
	for len(before) > 0 && len(after) > 0 {
		switch a, b := before[0], after[0]; {
		case a == b:
			before, after = before[1:], after[1:]
		case a.ID <= b.ID:
			gone, before = append(gone, a), before[1:]
		default:
			come, after = append(come, b), after[1:]
		}
	}
	return append(gone, before...), append(come, after...)
}

// regrouped gives the groups to which people came or from which they went. enough is
// false when too many did, or when a group became too large to be compared, or small
// enough: then others than those who came and went are to be compared too.
func regrouped(people, gone, come []*Drawn) (groups map[uint64][]*Drawn, enough bool) {
	if len(gone)+len(come) > fewChanged {
		return nil, false
	}
	grown := map[uint64]int{}
	for _, p := range gone {
		for _, key := range p.keys {
			grown[key]--
		}
	}
	for _, p := range come {
		for _, key := range p.keys {
			grown[key]++
		}
	}
	delete(grown, 0)
	groups = map[uint64][]*Drawn{}
	for _, p := range people {
		for _, key := range p.keys {
			if _, touched := grown[key]; touched {
				groups[key] = append(groups[key], p)
			}
		}
	}
	for key, by := range grown {
		if n := len(groups[key]); n > crowd != (n-by > crowd) {
			return nil, false
		}
	}
	return groups, true
}

// Likely lists the pairs that are likely one person, the likeliest first, but for those
// of whom it was said that they are apart.
func (r *Resemblance) Likely(apart func(a, b ID) bool) []Likeness {
	var all []Likeness
	for _, l := range r.found {
		if !apart(l.A, l.B) {
			all = append(all, l)
		}
	}
	return all
}

// Drawn is a sketch with its name taken apart, once for all comparisons.
type Drawn struct {
	Sketch
	fold   string
	sorted string // the words in the order of the alphabet
	sound  string
	year   int
	keys   [4]uint64 // what two records must share one of to be compared at all; 0 is none
}

// Draw prepares somebody to be compared.
func Draw(p Sketch) *Drawn {
	d := &Drawn{Sketch: p, fold: text.Fold(p.Name)}
	d.sound = text.Phonetic(d.fold)
	words := strings.Fields(d.fold)
	slices.Sort(words)
	if d.sorted = strings.Join(words, " "); d.sorted == d.fold {
		d.sorted = d.fold
	}
	d.year, _ = p.Birth.Year()
	d.keys[0] = keyOf("n", d.sorted)
	if len(d.Phone) >= 8 {
		d.keys[1] = keyOf("p", d.Phone)
	}
	words = strings.Fields(d.sound)
	if d.year != 0 {
		given := d.sound[strings.LastIndexByte(d.sound, ' ')+1:]
		first, _, _ := strings.Cut(d.sound, " ")
		for i, year := range []int{d.year, d.year + 1} { // a year apart meets in one of the two
			d.keys[2+i] = keyOf("y", given, first, strconv.Itoa(year))
		}
	} else if len(words) > 1 {
		d.keys[2] = keyOf("e", words[0], words[len(words)-1], strconv.FormatInt(d.Origin, 10))
	}
	return d
}

// keyOf makes a key of words. Two that come to the same by chance only have some more
// records compared.
func keyOf(words ...string) uint64 {
	h := fnv.New64a()
	for _, w := range words {
		h.Write([]byte(w)) //nolint:errcheck // never fails
	}
	return max(h.Sum64(), 1)
}

// keyed is somebody under one of their keys.
type keyed struct {
	key uint64
	at  int32
}

// buckets is how many heaps keys are thrown on before they are sorted.
const buckets = 1 << 14

// grouped puts people under their keys and gives the groups worth comparing.
func grouped(people []*Drawn, take func([]keyed)) {
	var ends [buckets + 1]int32
	for _, p := range people {
		for _, key := range p.keys {
			if key != 0 {
				ends[key%buckets+1]++
			}
		}
	}
	for i := range buckets {
		ends[i+1] += ends[i]
	}
	all, begins := make([]keyed, ends[buckets]), ends
	for i, p := range people {
		for _, key := range p.keys {
			if key != 0 {
				all[ends[key%buckets]] = keyed{key, int32(i)} //nolint:gosec // never so many people
				ends[key%buckets]++
			}
		}
	}
	for i := range buckets {
		heap := all[begins[i]:ends[i]]
		slices.SortFunc(heap, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
		for len(heap) > 0 {
			n := 1
			for n < len(heap) && heap[n].key == heap[0].key {
				n++
			}
			if n > 1 && n <= crowd {
				take(heap[:n])
			}
			heap = heap[n:]
		}
	}
}

// compared weighs two records against each other, and tells whether they are
// likely one person. Names are compared letter by letter only where all the rest
// leaves room for it.
func compared(a, b *Drawn) (Likeness, bool) {
	if a.ID == b.ID {
		return Likeness{}, false
	}
	if a.ID > b.ID { // whoever is named first
		a, b = b, a
	}
	score := 0
	beside(a, b, func(points int, _ Reason) { score += points })
	if score+mostPoints < likely {
		return Likeness{}, false
	}
	points, why := named(a, b, likely-score)
	if score += points; points == 0 || min(score, 100) < likely {
		return Likeness{}, false
	}
	l := Likeness{A: a.ID, B: b.ID, Score: min(score, 100), Reasons: []Reason{why}}
	beside(a, b, func(_ int, why Reason) {
		if why != "" {
			l.Reasons = append(l.Reasons, why)
		}
	})
	return l, true
}

// What two names weigh that are the same, and that are only near each other.
const (
	mostPoints = 50
	nearPoints = 32
)

// named weighs two names; nothing when they are not alike, or too little so for
// what they must bring.
func named(a, b *Drawn, least int) (int, Reason) {
	switch {
	case a.fold == b.fold:
		return mostPoints, SameName
	case a.sorted == b.sorted:
		return 45, OtherOrder
	case leavesOut(a.fold, b.fold) || leavesOut(b.fold, a.fold):
		return 38, ShortName
	case a.sound == b.sound:
		return 40, SameSound
	case least <= nearPoints && text.Similarity(a.Name, b.Name) >= 85:
		return nearPoints, NearName
	}
	return 0, ""
}

// beside weighs all that is known of two people beside their names.
func beside(a, b *Drawn, add func(points int, why Reason)) {
	births(a, b, add)
	if a.Phone != "" && a.Phone == b.Phone {
		add(30, SamePhone)
	}
	if a.Origin != 0 && a.Origin == b.Origin {
		add(12, SameOrigin)
	}
	if a.Note != "" && a.Note == b.Note {
		add(12, SameHome)
	}
	if a.Sex != "" && b.Sex != "" && a.Sex != b.Sex {
		add(-40, "")
	}
}

// births weighs what is known of two births.
func births(a, b *Drawn, add func(int, Reason)) {
	day1, exact1 := a.Birth.Day()
	day2, exact2 := b.Birth.Day()
	switch {
	case a.year == 0 || b.year == 0:
	case exact1 && exact2 && day1 == day2:
		add(35, SameBirth)
	case exact1 && exact2 && a.year == b.year:
		add(-5, "") // two days of one year are two people more often than a slip
	case a.year == b.year:
		add(22, SameYear)
	case a.year-b.year == 1 || b.year-a.year == 1:
		add(5, NearYear)
	default:
		add(-45, "")
	}
}

// leavesOut tells that a name is the other without some of its middle words:
// Đặng Hương for Đặng Thị Hương.
func leavesOut(short, long string) bool {
	s, l := strings.Fields(short), strings.Fields(long)
	if len(s) < 2 || len(s) >= len(l) || s[0] != l[0] || s[len(s)-1] != l[len(l)-1] {
		return false
	}
	at := 0
	for _, w := range l {
		if at < len(s) && s[at] == w {
			at++
		}
	}
	return at == len(s)
}
