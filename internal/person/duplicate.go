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
				l, alike := compared(a, b)
				pair := [2]ID{l.A, l.B}
				if !alike || seen[pair] || apart(l.A, l.B) {
					continue
				}
				seen[pair] = true
				found = append(found, l)
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
func grouped(people []Sketch) [][]*drawn {
	groups, all := make(map[string][]*drawn, 2*len(people)), make([]drawn, len(people))
	for i, p := range people {
		d := &all[i]
		d.Sketch, d.fold = p, text.Fold(p.Name)
		d.sound = text.Phonetic(d.fold)
		words := strings.Fields(d.fold)
		slices.Sort(words)
		d.sorted = strings.Join(words, " ")
		d.year, _ = p.Birth.Year()
		for _, key := range d.keys() {
			groups[key] = append(groups[key], d)
		}
	}
	var several [][]*drawn
	for _, g := range groups {
		if len(g) > 1 && len(g) <= crowd {
			several = append(several, g)
		}
	}
	return several
}

// keys are what two records must share one of to be compared at all.
func (d *drawn) keys() []string {
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

// compared weighs two records against each other, and tells whether they are
// likely one person. Names are compared letter by letter only where all the rest
// leaves room for it.
func compared(a, b *drawn) (Likeness, bool) {
	if a.ID == b.ID {
		return Likeness{}, false
	}
	score := 0
	beside(a, b, func(points int, _ Reason) { score += points })
	points, why := named(a, b, likely-score)
	if score += points; points == 0 || min(score, 100) < likely {
		return Likeness{}, false
	}
	l := Likeness{A: min(a.ID, b.ID), B: max(a.ID, b.ID), Score: min(score, 100), Reasons: []Reason{why}}
	beside(a, b, func(_ int, why Reason) {
		if why != "" {
			l.Reasons = append(l.Reasons, why)
		}
	})
	return l, true
}

// nearPoints is what two names weigh that are only near each other.
const nearPoints = 32

// named weighs two names; nothing when they are not alike, or too little so for
// what they must bring.
func named(a, b *drawn, least int) (int, Reason) {
	switch {
	case a.fold == b.fold:
		return 50, SameName
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
func beside(a, b *drawn, add func(points int, why Reason)) {
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
func births(a, b *drawn, add func(int, Reason)) {
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
