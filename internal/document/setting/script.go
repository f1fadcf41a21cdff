package setting

import (
	"bytes"
	"embed"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

//go:embed noto/*.ttf noto/OFL.txt
var shapedFiles embed.FS

// Script is a script whose letters stand above and below each other and must
// be shaped before they are drawn.
type Script uint8

// The scripts of the neighbours; everything else is set letter by letter.
const (
	Plain Script = iota
	Lao
	Khmer
)

// ScriptOf gives the script a letter needs shaping in.
func ScriptOf(r rune) Script {
	switch {
	case r >= 0x0E80 && r <= 0x0EFF:
		return Lao
	case r >= 0x1780 && r <= 0x17FF, r >= 0x19E0 && r <= 0x19FF:
		return Khmer
	}
	return Plain
}

// Clusters divides a word into what may not be cut further: a letter with the
// marks on it, and in the shaped scripts with what is written before or below
// it.
func Clusters(word string) []string {
	var all []string
	from, last := 0, rune(0)
	for i, r := range word {
		if i > 0 && mayCut(last, r) {
			all = append(all, word[from:i])
			from = i
		}
		last = r
	}
	if from < len(word) {
		all = append(all, word[from:])
	}
	return all
}

func mayCut(last, next rune) bool {
	const coeng = 0x17D2                       // Khmer: the next consonant is written below
	before := last >= 0x0EC0 && last <= 0x0EC4 // Lao vowels written before their consonant
	spelled := next == 0x0EB0 || next == 0x0EB2 || next == 0x0EB3 || next == 0x0EBD
	return !unicode.In(next, unicode.Mn, unicode.Mc, unicode.Me) && last != coeng && !before && !spelled
}

// Stretch is part of a text in one script.
type Stretch struct {
	Text   string
	Script Script
}

// Stretches divides a text by script.
func Stretches(text string) []Stretch {
	var all []Stretch
	from, now := 0, Plain
	for i, r := range text {
		s := ScriptOf(r)
		if s == now {
			continue
		}
		if i > from {
			all = append(all, Stretch{text[from:i], now})
		}
		from, now = i, s
	}
	return append(all, Stretch{text[from:], now})
}

// Spot is a point of a drawn letter, in parts of the type size; y grows upwards.
type Spot struct{ X, Y float64 }

// Move is one step of drawing a letter: to the last of its spots, by a line, or
// curving over the others.
type Move struct {
	Lift  bool // the pen is lifted: a new outline begins
	Spots []Spot
}

// Shaped is a stretch ready to be drawn.
type Shaped struct {
	Advance float64 // width, in parts of the type size
	Moves   []Move
}

// typefaces are read once, when first needed: regular and bold of each script.
var typefaces = sync.OnceValue(func() [3][2]*font.Font {
	var all [3][2]*font.Font
	for script, name := range map[Script]string{Lao: "Lao", Khmer: "Khmer"} {
		for i, weight := range [...]string{"Regular", "Bold"} {
			data, err := shapedFiles.ReadFile("noto/NotoSerif" + name + "-" + weight + ".ttf")
			if err != nil {
				panic(err) // embedded above
			}
			face, err := font.ParseTTF(bytes.NewReader(data))
			if err != nil {
				panic(err) // the files are embedded and tested
			}
			all[script][i] = face.Font
		}
	}
	return all
})

// plainFaces are the cuts of Tinos, read when letters must be drawn as outlines.
var plainFaces = sync.OnceValue(func() [4]*font.Font {
	var all [4]*font.Font
	for s := range all {
		face, err := font.ParseTTF(bytes.NewReader(File(Style(s))))
		if err != nil {
			panic(err) // the files are embedded and tested
		}
		all[s] = face.Font
	}
	return all
})

// faceOf gives the typeface of a script with the names by which its letters are
// shaped. There are no italics in Lao and Khmer.
func faceOf(script Script, style Style) (*font.Font, language.Script, language.Language) {
	switch script {
	case Lao:
		return typefaces()[Lao][style&Bold], language.Lao, "lo"
	case Khmer:
		return typefaces()[Khmer][style&Bold], language.Khmer, "km"
	}
	return plainFaces()[style], language.Latin, "vi"
}

// Shape puts the letters of a stretch where they belong.
func Shape(s Stretch, style Style) Shaped {
	cut, tag, tongue := faceOf(s.Script, style)
	face := font.NewFace(cut)
	letters := []rune(s.Text)
	const grid = 1000 // shaped at this size, then scaled
	out := (&shaping.HarfbuzzShaper{}).Shape(shaping.Input{
		Text: letters, RunEnd: len(letters), Direction: di.DirectionLTR,
		Face: face, Size: fixed.I(grid), Script: tag, Language: tongue,
	})
	shaped := Shaped{}
	unit := 1 / float64(face.Upem())
	x := 0.0
	for _, g := range out.Glyphs {
		at := Spot{x + float64(g.XOffset)/64/grid, float64(g.YOffset) / 64 / grid}
		if outline, ok := face.GlyphDataOutline(g.GlyphID); ok {
			shaped.Moves = appendMoves(shaped.Moves, outline, at, unit)
		}
		x += float64(g.Advance) / 64 / grid
	}
	shaped.Advance = x
	return shaped
}

func appendMoves(moves []Move, outline font.GlyphOutline, at Spot, unit float64) []Move {
	for _, seg := range outline.Segments {
		m := Move{Lift: seg.Op == ot.SegmentOpMoveTo}
		for _, p := range seg.ArgsSlice() {
			m.Spots = append(m.Spots, Spot{at.X + float64(p.X)*unit, at.Y + float64(p.Y)*unit})
		}
		moves = append(moves, m)
	}
	return moves
}
