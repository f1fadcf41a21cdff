package text

import (
	"strings"
)

// How alike two words of a name are, in hundredths.
const (
	sameSpelling = 100 // but for case, form and the school of tone marks
	sameFold     = 90  // accents apart: Hương, Huong, Hường
	sameSound    = 60  // mistaken by ear: Sinh, Xinh
	sameInitial  = 40  // one of them is only an initial
)

// What a word of a name weighs. Half the people of a roll are Nguyễn, and most
// women were given Thị: such words say little about who somebody is.
const (
	weightGiven  = 5
	weightOther  = 3
	weightCommon = 1
)

// common are the family and middle names that most people share, folded.
var common = set("nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong li " +
	"van thi duc ngoc thanh minh xuan huu dinh quang")

// Similarity says how likely two names are spellings of one, from 0 to 100. The
// words are paired wherever they stand, so that Đặng Hương and Hương Đặng are one
// person: first those spelt alike, then those alike without accents, then by
// sound, then an initial with its word. Each pair counts by its likeness and by
// what its words weigh (the given name most, common family and middle names
// least); words left over count as nothing. Birth and place are for the caller to
// weigh; below 60 two names are hardly ever one person.
func Similarity(a, b string) int {
	one, other := weighed(a), weighed(b)
	all, alike := 0, 0
	for _, w := range append(one[:len(one):len(one)], other...) {
		all += w.weight
	}
	if all == 0 {
		return 0
	}
	for _, level := range []int{sameSpelling, sameFold, sameSound, sameInitial} {
		for i := range one {
			for j := range other {
				if one[i].paired || other[j].paired || likeness(one[i], other[j]) < level {
					continue
				}
				one[i].paired, other[j].paired = true, true
				alike += level * (one[i].weight + other[j].weight)
			}
		}
	}
	return alike / all
}

// weighedWord is a word of a name on its way to be paired.
type weighedWord struct {
	spelt, folded, heard string
	weight               int
	paired               bool
}

func weighed(name string) []weighedWord {
	written := strings.Fields(strings.ToLower(ToneOnSecond(Clean(name))))
	words := make([]weighedWord, 0, len(written))
	for i, w := range written {
		folded := Fold(w)
		if folded == "" {
			continue
		}
		weight := weightOther
		switch {
		case i == len(written)-1:
			weight = weightGiven
		case common[folded]:
			weight = weightCommon
		}
		words = append(words, weighedWord{spelt: w, folded: folded, heard: Phonetic(w), weight: weight})
	}
	return words
}

func likeness(a, b weighedWord) int {
	switch {
	case a.spelt == b.spelt:
		return sameSpelling
	case a.folded == b.folded:
		return sameFold
	case a.heard == b.heard:
		return sameSound
	case a.folded[:1] == b.folded[:1] && min(len(a.folded), len(b.folded)) == 1:
		return sameInitial
	}
	return 0
}
