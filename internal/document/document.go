// Package document holds a paper as data: its head, title, text, tables,
// signatures and recipients. Whoever composes a paper says what stands on it;
// the writers (docx, pdf, html, xlsx and the json of this package) only render
// it, so that the same paper is the same in every format.
//
// The parts and measures follow what Vietnamese offices write (Decree
// 30/2020/NĐ-CP) without assuming it: the national name, the motto, "Số:" or
// "Nơi nhận:" are words handed in by the composer, and a French or English
// letter uses the same parts with another head. Lengths are in millimetres,
// type sizes in points.
package document

// Document is one paper.
type Document struct {
	Lang       string         `json:"lang"`             // BCP 47, "vi", "en", "fr"
	Name       string         `json:"name,omitempty"`   // title in the file's properties and tabs; Title is used when empty
	Author     string         `json:"author,omitempty"` // body or person in the file's properties
	Dated      string         `json:"dated,omitempty"`  // day of the paper as 2025-12-31, for the file's properties
	Page       Page           `json:"page"`             // sheet, margins, type size
	Copies     Copies         `json:"copies,omitzero"`  // how often it is printed, one after the other
	Head       Head           `json:"head,omitzero"`    // who writes, number, place and date
	Title      Title          `json:"title,omitzero"`   // kind and subject
	Address    Address        `json:"address,omitzero"` // to whom, on letters and submissions
	Blocks     Blocks         `json:"blocks"`           // the text
	Signed     []SignatureRow `json:"signed,omitempty"` // one row for most papers
	Recipients Recipients     `json:"recipients,omitzero"`
	Annexes    []Annex        `json:"annexes,omitempty"` // each begins its own page
}

// Lines gives what stands on top of the annex, line by line.
func (a Annex) Lines(size float64) []Line {
	lines := []Line{{Text: a.Number, Size: size, Bold: true, Align: Centre}}
	if a.Title != "" {
		lines = append(lines, Line{Text: a.Title, Size: size, Bold: true, Align: Centre})
	}
	if a.Note != "" {
		lines = append(lines, Line{Text: a.Note, Size: size - 1, Italic: true, Align: Centre})
	}
	return lines
}

// Annex is an appendix with its own page and blocks.
type Annex struct {
	Page   *Page  `json:"page,omitempty"`  // nil keeps the page of the document
	Number string `json:"number"`          // "Phụ lục I"
	Title  string `json:"title,omitempty"` // what it holds
	Note   string `json:"note,omitempty"`  // "(Kèm theo Báo cáo số … ngày …)"
	Blocks Blocks `json:"blocks"`
}

// Page is the sheet.
type Page struct {
	Width, Height float64 `json:"-"` // of the sheet as it lies
	Top, Bottom   float64 `json:"-"`
	Left, Right   float64 `json:"-"`
	Size          float64 `json:"-"`                // type size of the text
	Frame         bool    `json:"frame,omitempty"`  // a double frame around the page, for certificates
	Middle        bool    `json:"middle,omitempty"` // what stands on the page is centred in its height
	Unnumbered    bool    `json:"-"`                // no page numbers at all
	Indent        float64 `json:"-"`                // of the first line of a paragraph
	Leading       float64 `json:"-"`                // of text, in single lines; 0 is 1
}

// A4 is the usual sheet: margins 20, 20, 30 and 15 mm, text of 14 points.
func A4() Page {
	return Page{Width: 210, Height: 297, Top: 20, Bottom: 20, Left: 30, Right: 15, Size: 14, Indent: 12.7, Leading: 1.1}
}

// A4Wide is the sheet lying on its side, for wide tables.
func A4Wide() Page {
	return Page{Width: 297, Height: 210, Top: 25, Bottom: 15, Left: 20, Right: 20, Size: 13, Indent: 12.7, Leading: 1.05}
}

// Form is the sheet of receipts and vouchers: smaller type, even margins.
func Form() Page {
	return Page{Width: 210, Height: 297, Top: 12, Bottom: 12, Left: 20, Right: 15, Size: 12, Unnumbered: true}
}

// Letter is the sheet of French and English letters: even margins, text of 12
// points in blocks.
func Letter() Page {
	return Page{Width: 210, Height: 297, Top: 20, Bottom: 20, Left: 25, Right: 25, Size: 12, Leading: 1.08}
}

// Certificate is a framed sheet on its side, centred in both directions.
func Certificate() Page {
	return Page{Width: 297, Height: 210, Top: 24, Bottom: 20, Left: 30, Right: 30, Size: 15, Frame: true, Middle: true, Unnumbered: true}
}

// Breadth is the width of the text on the page.
func (p Page) Breadth() float64 { return p.Width - p.Left - p.Right }

// Depth is the height of the text on the page.
func (p Page) Depth() float64 { return p.Height - p.Top - p.Bottom }

// Pitch is the height of a line of text of a size.
func (p Page) Pitch(size float64) float64 {
	return size * 1.15 * max(p.Leading, 1) * 25.4 / 72
}

// Wide says whether the sheet lies on its side.
func (p Page) Wide() bool { return p.Width > p.Height }

// Copies says how often the whole paper is printed in one file.
type Copies struct {
	Labels []string `json:"labels,omitempty"` // "Liên 1: Lưu", "Liên 2: Giao người nhận"; none prints one
	TwoUp  bool     `json:"twoUp,omitempty"`  // two on one sheet with a line to cut along
}

// Each gives the label of every copy to print: one empty label when none is
// asked for.
func (c Copies) Each() []string {
	if len(c.Labels) == 0 {
		return []string{""}
	}
	return c.Labels
}

// Rule is a line drawn under words of a head or title.
type Rule uint8

// How long the rule is.
const (
	NoRule   Rule = iota
	RuleText      // as long as the words above it
	RulePart      // two fifths of the words above it, centred
	RuleFull      // across the whole column
)

// Align is how a line stands in its column.
type Align uint8

// The ways to stand.
const (
	Natural Align = iota // what is usual at that place
	Left
	Centre
	Right
	Justify
)

// Line is a line of a head or title. A line break in the text is kept.
type Line struct {
	Text   string  `json:"text"`
	Size   float64 `json:"-"` // points; 0 is the size usual there
	Bold   bool    `json:"-"`
	Italic bool    `json:"-"`
	Align  Align   `json:"-"`
	Rule   Rule    `json:"-"`
}

// HeadShape is how the parts of a head are laid out.
type HeadShape uint8

// The shapes.
const (
	TwoColumns HeadShape = iota // who writes on the left, national name on the right
	Letterhead                  // who writes across the top, number left and date right below
	Centred                     // national name, who writes, number and place one below the other
)

// Head says who writes: the top of the first page.
type Head struct {
	Shape  HeadShape `json:"-"`
	Left   []Line    `json:"left,omitempty"`   // parent body, issuing body
	Right  []Line    `json:"right,omitempty"`  // national name and motto, or what the family has there
	Number []Line    `json:"number,omitempty"` // below the left: number, "V/v …"
	Place  []Line    `json:"place,omitempty"`  // below the right: place and date
	Share  float64   `json:"-"`                // of the left column; 0 is 0.42
}

// Title is the kind of the paper and its subject.
type Title struct {
	Kind    string  `json:"kind,omitempty"`    // "BÁO CÁO"
	Subject string  `json:"subject,omitempty"` // "Kết quả hoạt động năm 2025 …"
	Size    float64 `json:"-"`                 // of the kind; 0 is the size of the text
	Rule    bool    `json:"-"`                 // a short rule below
	Under   []Line  `json:"under,omitempty"`   // centred below: date of a voucher, term
	Beside  []Line  `json:"beside,omitempty"`  // at the right of the title: number, book, accounts
}

// Empty says whether there is no title, as on letters.
func (t Title) Empty() bool {
	return t.Kind == "" && t.Subject == "" && len(t.Under) == 0 && len(t.Beside) == 0
}

// Lines gives the title line by line, with the label of the copy below when
// there is one.
func (t Title) Lines(label string, size float64) []Line {
	var lines []Line
	if t.Kind != "" {
		kind := t.Size
		if kind == 0 {
			kind = size
		}
		lines = append(lines, Line{Text: t.Kind, Size: kind, Bold: true, Align: Centre})
	}
	if t.Subject != "" {
		lines = append(lines, Line{Text: t.Subject, Size: size, Bold: true, Align: Centre})
	}
	if t.Rule && len(lines) > 0 {
		lines[len(lines)-1].Rule = RulePart
	}
	for _, l := range t.Under {
		if l.Align == Natural {
			l.Align = Centre
		}
		lines = append(lines, l)
	}
	if label != "" {
		lines = append(lines, Line{Text: label, Size: size - 1, Italic: true, Align: Centre})
	}
	return lines
}

// Address says to whom the paper goes.
type Address struct {
	Label string   `json:"label,omitempty"` // "Kính gửi:"; empty prints the names as an address
	Names []string `json:"names,omitempty"` // one stands beside the label, several as a list below it
	Right bool     `json:"-"`               // in the right half, as in French letters
}

// SignatureRow is the signatures that stand side by side. It may also stand
// among the blocks, for instance at the end of an annex.
type SignatureRow struct {
	Place   string      `json:"place,omitempty"` // place and date above, when the head has none
	Columns []Signature `json:"columns"`         // a single one stands in the right half
	Left    bool        `json:"-"`               // a single one stands at the left, as in English letters
}

// Signature is who signs.
type Signature struct {
	Capacity []string `json:"capacity,omitempty"` // "TM. BAN LIÊN LẠC", "KT. TRƯỞNG BAN"
	Position string   `json:"position"`           // "TRƯỞNG BAN"
	Note     string   `json:"note,omitempty"`     // "(Ký, ghi rõ họ tên)"
	Name     string   `json:"name,omitempty"`     // below the space for the hand; empty leaves it to the pen
	Space    float64  `json:"-"`                  // for the hand and the seal; 0 is 22 mm
}

// Gap is the space left for the hand.
func (s Signature) Gap() float64 {
	if s.Space > 0 {
		return s.Space
	}
	return 22
}

// Lines gives what stands above the space for the hand.
func (s Signature) Lines(size float64, left bool) []Line {
	align := Centre
	if left {
		align = Left
	}
	var lines []Line
	for _, c := range s.Capacity {
		lines = append(lines, Line{Text: c, Size: size, Bold: true, Align: align})
	}
	if s.Position != "" && !left {
		lines = append(lines, Line{Text: s.Position, Size: size, Bold: true, Align: align})
	}
	if s.Note != "" {
		lines = append(lines, Line{Text: s.Note, Size: size - 1, Italic: true, Align: align})
	}
	return lines
}

// Below gives what stands below the space for the hand: the name; in English
// letters the position too.
func (s Signature) Below(size float64, left bool) []Line {
	if !left {
		return []Line{{Text: s.Name, Size: size, Bold: true, Align: Centre}}
	}
	return []Line{{Text: s.Name, Size: size, Bold: true, Align: Left}, {Text: s.Position, Size: size, Align: Left}}
}

// Recipients says who receives copies.
type Recipients struct {
	Label string   `json:"label,omitempty"` // "Nơi nhận:"
	Items []string `json:"items,omitempty"` // "Như trên", "Lưu: VT"
}

// Lines gives the list as it is printed: each with a dash, a semicolon after
// each and a full stop after the last.
func (r Recipients) Lines() []string { return dashed(r.Items) }

func dashed(items []string) []string {
	lines := make([]string, len(items))
	for i, item := range items {
		lines[i] = "- " + trimEnd(item) + ";"
		if i == len(items)-1 {
			lines[i] = "- " + trimEnd(item) + "."
		}
	}
	return lines
}

// Lines gives the names as they are printed below the label when there are
// several.
func (a Address) Lines() []string { return dashed(a.Names) }
