package pdf

import (
	"strings"

	"kith.app/internal/document"
	"kith.app/internal/document/setting"
)

// piece is a stretch of a word in one style.
type piece struct {
	text  string
	style setting.Style
	size  float64
	super bool
	wide  float64
}

// word is what is not broken between lines.
type word struct {
	pieces []piece
	wide   float64
	space  float64 // the width of the space after it
	ends   bool    // a line break was asked for after it
}

// hidden is the space of no width that Khmer writers put between words.
const hidden = "\u200B"

// line is a broken line.
type line struct {
	words []word
	wide  float64
	last  bool // of its paragraph: not stretched
}

// wordsOf cuts runs into words. A word goes on through a change of style.
func wordsOf(runs document.Runs, size float64) []word {
	var words []word
	var w word
	flush := func(space float64, ends bool) {
		w.space, w.ends = space, ends
		words = append(words, w)
		w = word{}
	}
	for _, r := range runs {
		style, at := setting.Cut(r.Bold, r.Italic), setting.RunSize(r, size)
		text := setting.Clean(r.Text)
		for text != "" {
			cut := strings.IndexAny(text, " \n"+hidden)
			part := text
			if cut >= 0 {
				part = text[:cut]
			}
			if part != "" {
				wide := setting.Width(part, style, at)
				w.pieces = append(w.pieces, piece{part, style, at, r.Super, wide})
				w.wide += wide
			}
			if cut < 0 {
				break
			}
			if strings.HasPrefix(text[cut:], hidden) {
				flush(0, false)
				text = text[cut+len(hidden):]
				continue
			}
			flush(setting.Width(" ", style, at), text[cut] == '\n')
			text = text[cut+1:]
		}
	}
	if len(w.pieces) > 0 || len(words) == 0 {
		flush(0, true)
	}
	return words
}

// breakLines breaks words into lines: the first narrower by indent.
func breakLines(words []word, width, indent float64) []line {
	var lines []line
	var l line
	width = max(width, 2) // a column too narrow for anything still takes a letter a line
	room, space := width-indent, 0.0
	end := func(last bool) {
		l.last = last
		lines = append(lines, l)
		l, room, space = line{}, width, 0
	}
	for _, w := range words {
		if len(l.words) > 0 && l.wide+space+w.wide > room+0.01 {
			end(false)
		}
		for w.wide > room+0.01 && len(w.pieces) > 0 && len(l.words) == 0 {
			var part word
			part, w = split(w, room)
			l = line{words: []word{part}, wide: part.wide}
			end(false)
		}
		l.words = append(l.words, w)
		l.wide += space + w.wide
		space = w.space
		if w.ends {
			end(true)
		}
	}
	if len(l.words) > 0 {
		end(true)
	}
	if len(lines) > 0 {
		lines[len(lines)-1].last = true
	}
	return lines
}

// split cuts a word that is wider than a line. At least one letter stays.
func split(w word, room float64) (part, rest word) {
	rest = word{space: w.space, ends: w.ends}
	for _, p := range w.pieces {
		head, tail := p, p
		head.text, tail.text = "", ""
		for _, letter := range setting.Clusters(p.text) {
			wide := setting.Width(letter, p.style, p.size)
			if tail.text == "" && (part.wide+wide <= room || part.wide == 0) {
				head.text += letter
				part.wide += wide
				continue
			}
			tail.text += letter
		}
		head.wide, tail.wide = setting.Width(head.text, p.style, p.size), setting.Width(tail.text, p.style, p.size)
		if head.text != "" {
			part.pieces = append(part.pieces, head)
		}
		if tail.text != "" {
			room = 0
			rest.pieces = append(rest.pieces, tail)
			rest.wide += tail.wide
		}
	}
	return part, rest
}

// setLine draws a line with its baseline at y.
func (p *press) setLine(l line, x, y, width float64, align document.Align) {
	extra := 0.0
	switch align {
	case document.Centre:
		x += (width - l.wide) / 2
	case document.Right:
		x += width - l.wide
	case document.Justify:
		if gaps := len(l.words) - 1; gaps > 0 && !l.last {
			extra = (width - l.wide) / float64(gaps)
		}
	}
	var run strings.Builder
	var now piece
	from := x
	out := func() {
		p.text(from, y-rise(now), run.String(), now.style, now.size)
		run.Reset()
	}
	for i, w := range l.words {
		for _, pc := range w.pieces {
			if run.Len() > 0 && (pc.style != now.style || pc.size != now.size) {
				out()
			}
			if run.Len() == 0 {
				from, now = x, pc
			}
			run.WriteString(pc.text)
			x += pc.wide
		}
		if i == len(l.words)-1 {
			break
		}
		if w.space > 0 {
			run.WriteByte(' ')
		}
		x += w.space + extra
		if extra != 0 || len(w.pieces) == 0 {
			out()
		}
	}
	if run.Len() > 0 {
		out()
	}
	if !l.last {
		p.parted(x, y)
	}
}

// rise lifts raised text.
func rise(pc piece) float64 {
	if pc.super {
		return pc.size * 0.5 * setting.Point
	}
	return 0
}

// baseline is how far the baseline lies below the top of a line.
func baseline(size, pitch float64) float64 {
	letters := (setting.Ascent + setting.Descent) * size * setting.Point
	return (pitch-letters)/2 + setting.Ascent*size*setting.Point
}

// prose is how running text is set.
type prose struct {
	size   float64
	indent float64 // of the first line
	hang   float64 // of all others
	align  document.Align
	gap    float64 // above the first line
	keep   bool    // all of it with what follows
	tight  bool    // single lines
}

// setProse turns runs into one brick per line. The first two and the last two
// lines stay together.
func (p *press) setProse(runs document.Runs, width float64, s prose) []brick {
	lines := breakLines(wordsOf(runs, s.size), width-s.hang, s.indent-s.hang)
	pitch := p.page.Pitch(s.size)
	if s.tight {
		pitch = s.size * 1.15 * setting.Point
	}
	down := baseline(s.size, pitch)
	bricks := make([]brick, len(lines))
	for i, l := range lines {
		at := s.hang
		if i == 0 {
			at = s.indent
		}
		bricks[i] = brick{height: pitch, keep: s.keep || i == 0 && len(lines) > 1 || i == len(lines)-2}
		bricks[i].draw = func(x, y float64) { p.setLine(l, x+at, y+down, width-at, s.align) }
	}
	if len(bricks) > 0 {
		bricks[0].gap = s.gap
	}
	return bricks
}
