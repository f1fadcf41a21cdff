package person

import (
	"cmp"
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
	seen := map[[2]ID]bool{}
	var found []Likeness
	for _, group := range grouped(people) {
		for i, a := range group {
			for _, b := range group[i+1:] {
				pair := [2]ID{min(a.ID, b.ID), max(a.ID, b.ID)}
				if a.ID == b.ID || seen[pair] || apart(pair[0], pair[1]) {
					continue
				}
				seen[pair] = true
				if l := compared(a, b); l.Score >= likely {
					found = append(found, l)
				}
			}
		}
	}
	slices.SortFunc(found, func(x, y Likeness) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return found
}

// drawn is a sketch with its name taken apart once.
type drawn struct {
	Sketch
	fold   string
	sorted string // the words in the order of the alphabet
	sound  string
	year   int
}

// grouped puts people under their keys and gives the groups worth comparing.
func grouped(people []Sketch) [][]drawn {
	groups := map[string][]drawn{}
	for _, p := range people {
		d := drawn{Sketch: p, fold: text.Fold(p.Name), sound: text.Phonetic(p.Name)}
		words := strings.Fields(d.fold)
		slices.Sort(words)
		d.sorted = strings.Join(words, " ")
		d.year, _ = p.Birth.Year()
		for _, key := range d.keys() {
			groups[key] = append(groups[key], d)
		}
	}
	var all [][]drawn
	for _, g := range groups {
		if len(g) > 1 && len(g) <= crowd {
			all = append(all, g)
		}
	}
	return all
}

// keys are what two records must share one of to be compared at all.
func (d drawn) keys() []string {
	keys := []string{"n" + d.sorted}
	if len(d.Phone) >= 8 {
		keys = append(keys, "p"+d.Phone)
	}
	if d.year != 0 {
		given := d.sound[strings.LastIndexByte(d.sound, ' ')+1:]
		first, _, _ := strings.Cut(d.sound, " ")
		for _, year := range []int{d.year, d.year + 1} { // a year apart meets in one of the two
			keys = append(keys, "y"+given+first+strconv.Itoa(year))
		}
	} else if words := strings.Fields(d.sound); len(words) > 1 {
		keys = append(keys, "e"+words[0]+words[len(words)-1]+strconv.FormatInt(d.Origin, 10))
	}
	return keys
}

// compared weighs two records against each other.
func compared(a, b drawn) Likeness {
	l := Likeness{A: min(a.ID, b.ID), B: max(a.ID, b.ID)}
	add := func(points int, why Reason) {
		l.Score += points
		if why != "" {
			l.Reasons = append(l.Reasons, why)
		}
	}
	switch {
	case a.fold == b.fold:
		add(50, SameName)
	case a.sorted == b.sorted:
		add(45, OtherOrder)
	case leavesOut(a.fold, b.fold) || leavesOut(b.fold, a.fold):
		add(38, ShortName)
	case a.sound == b.sound:
		add(40, SameSound)
	case text.Similarity(a.Name, b.Name) >= 85:
		add(32, NearName)
	default:
		return Likeness{}
	}
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
	l.Score = min(l.Score, 100)
	return l
}

// births weighs what is known of two births.
func births(a, b drawn, add func(int, Reason)) {
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
