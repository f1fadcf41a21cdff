package text

import (
	"bytes"
	"unicode/utf8"
)

// Detect says in which encoding a file is written and how sure that is, from 0 to
// 100. A byte order mark or UTF-8 beyond ASCII settles it. Otherwise each old
// encoding is tried, and the one in which most words with marks are syllables of
// Vietnamese is taken; where none makes sense (a French file) it is Windows-1258
// with little confidence. Pure ASCII is UTF-8.
func Detect(content []byte) (found Encoding, sure int) {
	switch {
	case bytes.HasPrefix(content, markUTF8):
		return UTF8, 100
	case bytes.HasPrefix(content, mark16LE):
		return UTF16LittleEndian, 100
	case bytes.HasPrefix(content, mark16BE):
		return UTF16BigEndian, 100
	}
	if wide, is := zeros(content); is {
		return wide, 90
	}
	sample := content[:min(len(content), most)]
	if utf8.Valid(content) {
		if isASCII(sample) && isVIQR(sample) {
			return VIQR, 70
		}
		return UTF8, 100
	}
	return best(sample, Windows1258, TCVN3, VNI)
}

// DetectCells says in which encoding the texts of cells are drawn, when a program
// has read them as Western letters: TCVN3, VNI, or UTF8 when they make sense as
// they are. It is asked for a column at a time, since a sheet may mix fonts, and
// one cell alone may make sense either way.
func DetectCells(cells []string) (found Encoding, sure int) {
	var sample []byte
	var asIs poll
	telling := 0
	for _, s := range cells {
		if isASCII(s) {
			continue
		}
		if telling++; telling > enough {
			break
		}
		asIs.count(s)
		if content, ok := western(s); ok && len(sample) < most {
			sample = append(append(sample, content...), '\n')
		}
	}
	found, sure = best(sample, TCVN3, VNI)
	old := votes(sample, found)
	if old.valid <= asIs.valid || old.share() < 60 {
		return UTF8, 100 - old.share()
	}
	return found, sure
}

// enough is how many cells with marks settle how a column is drawn.
const enough = 400

// most is how much of a file is looked at; the end of it may cut a word, which
// changes nothing.
const most = 256 << 10

// poll counts the words with marks in a text.
type poll struct {
	valid  int // that are syllables of Vietnamese
	broken int // that are none
	odd    int // characters that no text has
}

// share is how many of a hundred words are syllables.
func (p poll) share() int {
	all := p.valid + p.broken + p.odd
	if all == 0 {
		return 0
	}
	return p.valid * 100 / all
}

// score orders the tries; a word that is none weighs more than one that is.
func (p poll) score() int { return 3*p.valid - 4*p.broken - 6*p.odd }

// isVIQR says whether an ASCII text is VIQR: it has circumflexes behind vowels,
// which nothing else has, and they make syllables. Stops and question marks prove
// nothing, every sentence has them.
func isVIQR(sample []byte) bool {
	hats := 0
	for _, vowel := range []string{"a^", "e^", "o^", "A^", "E^", "O^"} {
		hats += bytes.Count(sample, []byte(vowel))
	}
	if hats < 3 {
		return false
	}
	p := votes(sample, VIQR)
	return p.valid >= 5 && p.share() >= 80
}

func (p *poll) count(s string) {
	for _, r := range s {
		if r >= 0x80 && r < 0xa0 || r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == utf8.RuneError {
			p.odd++
		}
		if r > 0xa0 && r < 0xbf && r != '«' && r != '°' && r != '·' {
			p.odd++ // signs of trade and law stand where letters of old encodings do
		}
	}
	letterRuns(s, func(word string) bool {
		switch {
		case isASCII(word):
		case IsSyllable(word):
			p.valid++
		default:
			p.broken++
		}
		return true
	})
}

func votes(sample []byte, in Encoding) poll {
	var p poll
	if s, err := Decode(sample, in); err == nil {
		p.count(s)
	}
	return p
}

// best gives the encoding with the highest score, the first of equals.
func best(sample []byte, among ...Encoding) (found Encoding, sure int) {
	found = among[0]
	top := votes(sample, found)
	for _, e := range among[1:] {
		if p := votes(sample, e); p.score() > top.score() {
			found, top = e, p
		}
	}
	return found, top.share()
}

// zeros finds UTF-16 without a mark: in Latin text every second byte is zero.
func zeros(content []byte) (Encoding, bool) {
	sample := content[:min(len(content), 4096)&^1]
	if len(sample) < 4 {
		return UTF8, false
	}
	even, odd := 0, 0
	for i, c := range sample {
		if c == 0 && i%2 == 0 {
			even++
		}
		if c == 0 && i%2 == 1 {
			odd++
		}
	}
	half := len(sample) / 2
	switch {
	case odd*10 > half*6 && even*20 < half:
		return UTF16LittleEndian, true
	case even*10 > half*6 && odd*20 < half:
		return UTF16BigEndian, true
	}
	return UTF8, false
}

func isASCII[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
