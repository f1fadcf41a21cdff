package page

import "github.com/a-h/templ"

// DeedPerson is one answer to "for whom": a line of text, perhaps chosen from
// the book.
type DeedPerson struct {
	N     string // number of the line, "{n}" in the blank one
	Name  string
	ID    string // p12 for a person, b12 for a body; empty when only typed
	Echo  string // birth year, branch, origin
	Wrong string
	Among []Option // several that the text fits

	School string // class and school
	Prize  string
	Amount string
	Came   string
}

// DeedGift is one line of goods, houses or days of work.
type DeedGift struct {
	N      string
	Unit   string
	Item   string
	Pieces string
	Value  string
}

// DeedForm is the form by which a deed is written.
type DeedForm struct {
	Shell    Shell
	Action   string
	Draft    string
	Revision string
	Wrong    Problems
	Stale    *Compared // what the book says by now, when somebody was first

	Kind    string // the chosen code
	Kinds   []Option
	Others  []Option // behind the last chip
	Shape   string
	Person  DeedPerson
	Who     string // label of the first question
	Rows    []DeedPerson
	Meeting bool
	Ages    bool
	Receipt bool

	Day       Field
	Amount    Field
	Also      Field // who went, who bore witness; without a label it is not asked
	Count     Field
	CountSeen bool
	Norm      NormSaid

	Gifts    []DeedGift
	Units    []Option
	Purses   []Option
	Fundless bool     // nobody has opened the fund yet
	MayOpen  bool     // the reader may
	Money    []Option // currencies
	Homes    []Option
	With     []Option
	Ties     []DeedPerson      // under which it was done
	TieRoles []SearchField     // who came, received, gave
	Fields   map[string]string // plain answers by name
	Papers   []PaperLine
	Opened   map[string]bool // which folds stand open
	Planned  bool
	New      bool
	Leave    string // back without saving

	Rejected bool // it was sent before: what stands in it is newer than any draft
}

// NormSaid is what the norm proposes, and what goes beyond it.
type NormSaid struct {
	Text    string
	Propose string // amount to fill in
	Over    string // why a reason is asked
	Reason  Field

	Approver  Field
	Approvers []Option
}

// PaperLine is one paper kept with a record.
type PaperLine struct {
	Name string
	Note string
	Href string
	Drop string // where taking it off leads
}

// Compared shows two versions of a record side by side.
type Compared struct {
	Theirs, Mine string // heads
	Rows         []ComparedRow
}

// ComparedRow is one fact that differs.
type ComparedRow struct{ Name, Theirs, Mine string }

// value gives a plain answer as a field.
func (f DeedForm) value(name, label string) Field {
	return f.Wrong.Mark(Field{Name: name, Label: label, Value: f.Fields[name]})
}

// hint is value with a word on how to answer.
func (f DeedForm) hint(name, label, hint string) Field {
	field := f.value(name, label)
	field.Hint = hint
	return field
}

// open tells whether a fold stands open: it has answers or something wrong.
func (f DeedForm) open(fold string, names ...string) bool {
	if f.Opened[fold] {
		return true
	}
	for _, n := range names {
		if f.Wrong.At(n) != "" {
			return true
		}
	}
	return false
}

// DeedPage is one deed with everything about it.
type DeedPage struct {
	Shell     Shell
	Status    Mark
	Next      []Action // what to do next, the first lacquer-red
	Facts     []Fact
	Figures   Table
	Parties   Table
	Papers    []PaperLine
	Prints    []Tool
	Upload    string // where a paper is sent; empty where the reader may not
	Entry     []Fact
	EntryNext Link // how its money gets into the fund
	History   []Past
	Seen      Seen
	Warning   string
}

// Action is something to do with a record: a link or a button that sends.
type Action struct {
	Glyph  Glyph
	Text   string
	Href   string
	Post   bool
	First  bool
	Dialog bool
	Carry  []Option
}

// ListPage is a list that can be searched, narrowed and taken away.
type ListPage struct {
	Shell   Shell
	Tabs    []Tab
	Filter  FilterHead
	Selects []SelectField
	Dates   []Field
	Ticks   []Option
	Hidden  []Option
	Tools   []Tool
	Notes   []NoteLine
	Totals  []Fact
	Table   Table
	More    []Table
}

// SelectField is a field with its options.
type SelectField struct {
	Field   Field
	Options []Option
}

// NoteLine is a notice with its tone.
type NoteLine struct {
	Tone Tone
	Text string
	Link Link
}

// row draws one line of the list of people.
func (f DeedForm) row(p DeedPerson) templ.Component { return deedRow(f, p) }

// rowParts draws the lines there are.
func (f DeedForm) rowParts() []templ.Component {
	var all []templ.Component
	for _, p := range f.Rows {
		all = append(all, deedRow(f, p))
	}
	return all
}

// gift draws one line of goods.
func (f DeedForm) gift(g DeedGift) templ.Component { return deedGift(f, g) }

// giftParts draws the lines there are.
func (f DeedForm) giftParts() []templ.Component {
	var all []templ.Component
	for _, g := range f.Gifts {
		all = append(all, deedGift(f, g))
	}
	return all
}

// SearchField is a combobox with where it looks.
type SearchField struct {
	Field  Field
	Search Search
}

// tie draws one line of the ties of a deed.
func (f DeedForm) tie(p DeedPerson) templ.Component { return deedTie(f, p) }

// tieParts draws the lines there are.
func (f DeedForm) tieParts() []templ.Component {
	var parts []templ.Component
	for _, p := range f.Ties {
		parts = append(parts, f.tie(p))
	}
	return parts
}

// printsFirst tells whether the papers are so few that they stand at the head of
// the page, where who has just written the deed looks for them.
func (p DeedPage) printsFirst() bool { return len(p.Prints) > 0 && len(p.Prints) <= 3 }
