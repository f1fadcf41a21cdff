// Package setting knows the typefaces of papers, as a compositor does: their
// files, how wide words are, where a line breaks, how long a rule or a row of
// dots becomes, how wide the columns of a table must be.
//
// The typeface is Tinos, whose letters are exactly as wide as those of Times
// New Roman; so what is measured here also holds for a Word file that names
// Times New Roman. Lao and Khmer are shaped with Noto Serif. Lengths are in millimetres, type sizes in points.
package setting

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

//go:embed tinos/*.ttf tinos/OFL.txt
var files embed.FS

// Point is the length of a typographic point.
const Point = 25.4 / 72

// Heights of the typeface, as parts of its size.
const (
	Ascent  = 0.891
	Descent = 0.216
)

// Style is a cut of the typeface.
type Style uint8

// The cuts: upright, bold, italic and both.
const (
	Upright    Style = 0
	Bold       Style = 1
	Italic     Style = 2
	BoldItalic Style = 3
)

// Cut gives the style of text that is bold, italic, both or neither.
func Cut(bold, italic bool) Style {
	s := Upright
	if bold {
		s |= Bold
	}
	if italic {
		s |= Italic
	}
	return s
}

// File gives the TrueType file of a cut.
func File(s Style) []byte {
	name := [...]string{"Regular", "Bold", "Italic", "BoldItalic"}[s]
	data, err := files.ReadFile("tinos/Tinos-" + name + ".ttf")
	if err != nil {
		panic(err) // embedded above: it is there or the program was not built
	}
	return data
}

// measured is how far into Unicode widths are kept: Latin, Greek, Cyrillic,
// Vietnamese, punctuation and currency signs. Nothing beyond stands in Tinos
// but a few symbols.
const measured = 0x2700

// missing is the width of the box that stands for a letter the typeface does
// not have.
const missing = 778

// widths has the width of every letter in thousandths of the size, and one
// more; zero when the typeface does not have it.
type widths [4][measured]uint16

// table is read from the files once, when first needed.
var table = sync.OnceValue(func() *widths {
	w := new(widths)
	for s := range w {
		if err := w.read(Style(s)); err != nil {
			panic(err) // the files are embedded and tested
		}
	}
	return w
})

func (w *widths) read(s Style) error {
	f, err := sfnt.Parse(File(s))
	if err != nil {
		return fmt.Errorf("read typeface: %w", err)
	}
	var buf sfnt.Buffer
	for r := rune(' '); r < measured; r++ {
		glyph, err := f.GlyphIndex(&buf, r)
		if err != nil {
			return fmt.Errorf("find letter %U: %w", r, err)
		}
		if glyph == 0 {
			continue
		}
		advance, err := f.GlyphAdvance(&buf, glyph, fixed.I(1000), font.HintingNone)
		if err != nil {
			return fmt.Errorf("measure letter %U: %w", r, err)
		}
		w[s][r] = uint16(advance.Round() + 1)
	}
	return nil
}

// Has says whether the typeface has a letter.
func Has(r rune) bool { return r < measured && table()[Upright][r] > 0 }

// Width is how wide a line of clean text is.
func Width(text string, s Style, size float64) float64 {
	cut := &table()[s]
	sum := 0
	for _, r := range text {
		switch {
		case ScriptOf(r) != Plain:
			return stretchedWidth(text, s, size)
		case r < measured && cut[r] > 0:
			sum += int(cut[r]) - 1
		default:
			sum += missing
		}
	}
	return float64(sum) / 1000 * size * Point
}

// stretchedWidth is the width of a text part of which must be shaped.
func stretchedWidth(text string, s Style, size float64) float64 {
	sum := 0.0
	for _, part := range Stretches(text) {
		if part.Script == Plain {
			sum += Width(part.Text, s, size)
			continue
		}
		sum += Shape(part, s).Advance * size * Point
	}
	return sum
}

// Clean makes text fit to be set: letters composed, tabs made spaces, control
// characters gone, numbers bound to their words. Line breaks stay.
func Clean(text string) string {
	return bindNumbers(purge(text))
}

// before and after are words that a line does not part from their number:
// "năm 2025", "50.000.000 đồng".
var (
	before = []string{"ngày", "tháng", "năm", "số", "điều", "khoản", "bảng", "quý"}
	after  = []string{"đồng", "triệu", "tỷ", "nghìn", "đ", "VND", "%"}
)

// bindNumbers makes the space between a number and such a word unbreakable.
func bindNumbers(text string) string {
	if !strings.ContainsAny(text, "0123456789") || !strings.Contains(text, " ") {
		return text
	}
	words := strings.Split(text, " ")
	var b strings.Builder
	b.Grow(len(text) + 8)
	for i, w := range words {
		if i > 0 {
			if last := words[i-1]; numeral(w) && among(before, last) || numeral(last) && among(after, strings.TrimRight(w, ".,;:)")) {
				b.WriteString("\u00A0")
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(w)
	}
	return b.String()
}

func numeral(word string) bool { return word != "" && word[0] >= '0' && word[0] <= '9' }

func among(words []string, word string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, word) })
}

// purge drops what cannot be set.
func purge(text string) string {
	plain := true
	for _, r := range text {
		if r < ' ' && r != '\n' || r > 0x17F {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	text = norm.NFC.String(strings.ReplaceAll(text, "\r\n", "\n"))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r':
			return ' '
		case r == '\u202F' && !Has(r):
			return '\u00A0'
		case unicode.IsControl(r), r == '\u00AD', r == '\uFEFF', r == '\uFFFE', r == '\uFFFF', r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, text)
}

// Wrap breaks text into lines no wider than given. A word that is wider alone
// is cut.
func Wrap(text string, s Style, size, width float64) []string {
	var lines []string
	space := Width(" ", s, size)
	for _, part := range strings.Split(Clean(text), "\n") {
		line, at := "", 0.0
		for i, word := range strings.Split(part, " ") {
			w := Width(word, s, size)
			if w > width+0.01 {
				if i > 0 {
					lines = append(lines, line)
				}
				pieces := Cuts(word, s, size, width, width)
				lines = append(lines, pieces[:len(pieces)-1]...)
				line = pieces[len(pieces)-1]
				at = Width(line, s, size)
				continue
			}
			switch {
			case i == 0:
				line, at = word, w
			case at+space+w > width+0.01:
				lines = append(lines, line)
				line, at = word, w
			default:
				line, at = line+" "+word, at+space+w
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// Cuts cuts a word into pieces, the first no wider than one room and the
// others than another. Every piece has at least one letter with its
// marks.
func Cuts(word string, s Style, size, first, room float64) []string {
	var pieces []string
	piece, at := "", 0.0
	for _, letter := range Clusters(word) {
		w := Width(letter, s, size)
		if piece != "" && at+w > first {
			pieces = append(pieces, piece)
			piece, at, first = "", 0, room
		}
		piece += letter
		at += w
	}
	return append(pieces, piece)
}

// Balance breaks text as Wrap does and then evens out the lines, as a centred
// title wants it.
func Balance(text string, s Style, size, width float64) []string {
	var lines []string
	for _, part := range strings.Split(Clean(text), "\n") {
		best := Wrap(part, s, size, width)
		// Narrower than its longest word it would have to be cut.
		low, high := max(width/float64(len(best)+1), Widest(strings.Split(part, " "), s, size)), width
		for len(best) > 1 && high-low > 0.5 {
			mid := (low + high) / 2
			narrow := Wrap(part, s, size, mid)
			if len(narrow) > len(best) || Widest(narrow, s, size) > mid {
				low = mid
				continue
			}
			best, high = narrow, mid
		}
		lines = append(lines, best...)
	}
	return lines
}

// Widest is the width of the widest line.
func Widest(lines []string, s Style, size float64) float64 {
	widest := 0.0
	for _, l := range lines {
		widest = max(widest, Width(l, s, size))
	}
	return widest
}
