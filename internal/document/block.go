package document

import (
	"strings"

	"kith.app/internal/drawing"
)

// Block is one piece of the text. The set is closed: every writer knows them
// all.
type Block interface{ block() }

// Blocks is the text of a paper in its order.
type Blocks []Block

// Heading opens a division. The number is already worked out ("I.", "1.",
// "a)"); Builder does it.
type Heading struct {
	Level  int    `json:"level"` // 1 is the highest
	Number string `json:"number,omitempty"`
	Runs   Runs   `json:"runs"`
}

// Paragraph is running text.
type Paragraph struct {
	Runs  Runs    `json:"runs"`
	Align Align   `json:"-"` // Natural is justified
	Flush bool    `json:"-"` // no first-line indent
	Size  float64 `json:"-"` // points; 0 is the size of the text
	Space float64 `json:"-"` // points before; 0 is what is usual
	Keep  bool    `json:"-"` // on the page of what follows
}

// Bases are the legal bases a decision rests on: italic, each on its line,
// a semicolon after each and a full stop after the last.
type Bases struct {
	Items []string `json:"items"`
}

// Lines gives the bases with their punctuation.
func (b Bases) Lines() []string {
	lines := make([]string, len(b.Items))
	for i, item := range b.Items {
		lines[i] = trimEnd(item) + ";"
		if i == len(b.Items)-1 {
			lines[i] = trimEnd(item) + "."
		}
	}
	return lines
}

// List is a row of items, each with its marker.
type List struct {
	Marker string `json:"marker,omitempty"` // "-" when empty
	Items  []Item `json:"items"`
}

// Item is one item, perhaps with items of its own, which are marked "+".
type Item struct {
	Runs Runs   `json:"runs"`
	Sub  []Item `json:"sub,omitempty"`
}

// Fields is one line of a form: labels, each with its value or with dots to
// be filled in by pen.
type Fields struct {
	Items []Field `json:"items"`
	Extra int     `json:"-"` // further dotted lines below, for long answers
}

// Field is one label and what is written there.
type Field struct {
	Label string  `json:"label"`
	Value Runs    `json:"value,omitempty"` // empty prints dots
	Share float64 `json:"-"`               // of the line; 0 divides what is left evenly
}

// Pairs is a list of labels and values in two aligned columns without lines.
type Pairs struct {
	Items []Pair  `json:"items"`
	Share float64 `json:"-"` // of the label column; 0 is 0.35
}

// Pair is one label and its value.
type Pair struct {
	Label string `json:"label"`
	Value Runs   `json:"value"`
}

// Box is a framed part of the page.
type Box struct {
	Title  string `json:"title,omitempty"`
	Blocks Blocks `json:"blocks"`
}

// Image is a picture. PNG and JPEG stand in every format, SVG only on pages.
type Image struct {
	Data    []byte  `json:"-"`
	Mime    string  `json:"mime"`
	Alt     string  `json:"alt"`
	Caption string  `json:"caption,omitempty"`
	Width   float64 `json:"-"` // millimetres; 0 is two thirds of the text
}

// Picture is a drawing: a chart, a map, a lineage. Pages and PDF hold its lines and
// letters, Word a picture made of it; a sheet holds none, so that the figures stand
// in a table beside it.
type Picture struct {
	Of      *drawing.Drawing `json:"-"`
	Narrow  *drawing.Drawing `json:"-"` // the same for a page on a phone; nil shows Of there too
	Alt     string           `json:"alt"`
	Caption string           `json:"caption,omitempty"`
	Width   float64          `json:"-"` // millimetres; 0 is the width of the text
}

// Size gives how wide and high the picture stands in a text of a width on a page
// of a depth.
func (p Picture) Size(width, depth float64) (wide, high float64) {
	wide = min(p.Width, width)
	if p.Width == 0 {
		wide = width
	}
	high = wide * p.Of.Height / p.Of.Width
	if most := depth * tallest; high > most {
		wide, high = wide*most/high, most
	}
	return wide, high
}

// tallest is the share of a page's depth that a picture takes at most.
const tallest = 0.85

// signing is how much of a page is left to caption and signatures, in millimetres.
const signing = 62

// Room is the depth that a picture may stand in: one that ends a signed paper leaves
// room for those who sign, so that they stand on its page.
func (d *Document) Room(p Picture, depth float64) float64 {
	if len(d.Signed) == 0 || len(d.Blocks) == 0 || depth < 2*signing {
		return depth
	}
	if last, ok := d.Blocks[len(d.Blocks)-1].(Picture); ok && last.Of == p.Of {
		return min(depth, (depth-signing)/tallest)
	}
	return depth
}

// Note is a small remark, for instance below a table.
type Note struct {
	Runs Runs `json:"runs"`
}

// PageBreak begins a new page.
type PageBreak struct{}

func (Heading) block()      {}
func (Paragraph) block()    {}
func (Bases) block()        {}
func (List) block()         {}
func (Fields) block()       {}
func (Pairs) block()        {}
func (Box) block()          {}
func (Image) block()        {}
func (Picture) block()      {}
func (Note) block()         {}
func (PageBreak) block()    {}
func (Table) block()        {}
func (SignatureRow) block() {}

// Run is a stretch of text in one style. A line break in the text is kept.
type Run struct {
	Text   string `json:"text"`
	Bold   bool   `json:"bold,omitempty"`
	Italic bool   `json:"italic,omitempty"`
	Super  bool   `json:"super,omitempty"`
	Ref    string `json:"ref,omitempty"`   // what it opens down to; pages make a link of it, paper ignores it
	Figure Figure `json:"figure,omitzero"` // the number that the text states, if it does
}

// Figure is a number behind a run: exact, for sheets and machines.
type Figure struct {
	Value string `json:"value"`           // decimal digits, "57150000", "-12.50"
	Unit  string `json:"unit,omitempty"`  // "VND", "lượt"
	Label string `json:"label,omitempty"` // names it among the key figures; empty leaves it out of them
}

// Runs is text in several styles.
type Runs []Run

// Plain gives the text without styles.
func (r Runs) Plain() string {
	if len(r) == 1 {
		return r[0].Text
	}
	var b strings.Builder
	for _, run := range r {
		b.WriteString(run.Text)
	}
	return b.String()
}

// Figure gives the first figure of the runs, and whether there is one.
func (r Runs) Figure() (Figure, bool) {
	for _, run := range r {
		if run.Figure.Value != "" {
			return run.Figure, true
		}
	}
	return Figure{}, false
}

// T is plain text.
func T(text string) Run { return Run{Text: text} }

// B is bold text.
func B(text string) Run { return Run{Text: text, Bold: true} }

// I is italic text.
func I(text string) Run { return Run{Text: text, Italic: true} }

// BI is bold italic text.
func BI(text string) Run { return Run{Text: text, Bold: true, Italic: true} }

// Sup is raised text.
func Sup(text string) Run { return Run{Text: text, Super: true} }

// Num is a figure: as it is printed, as it is exactly, and what it opens down
// to.
func Num(text, value, ref string) Run {
	return Run{Text: text, Ref: ref, Figure: Figure{Value: value}}
}

// Of names a figure, so that it stands among the key figures of the paper.
func (r Run) Of(label, unit string) Run {
	r.Figure.Label, r.Figure.Unit = label, unit
	return r
}

// Strong makes the run bold.
func (r Run) Strong() Run {
	r.Bold = true
	return r
}

// Text is plain text as runs.
func Text(text string) Runs { return Runs{T(text)} }

// trimEnd drops what punctuation the composer left at the end.
func trimEnd(s string) string { return strings.TrimRight(strings.TrimSpace(s), ";.,") }
