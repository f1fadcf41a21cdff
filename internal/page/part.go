package page

// Mark says how one thing stands, in a word.
type Mark struct {
	Tone Tone
	Text string
}

// Coming is one line of what is coming: a day, what it is, how it stands.
type Coming struct {
	Day   string // "25"
	Month string // "tháng 11"
	Text  string
	Note  string
	Href  string
	Mark  Mark
}

// Entry is one line of what was written: what, a note, and a figure.
type Entry struct {
	Text   string
	Note   string
	Href   string
	Figure string
	Tone   Tone // Done for money that came in
}

// Tile is one figure of the year with how it came about.
type Tile struct {
	Figure string
	Text   string // what it counts, and what to compare it with
	Href   string // down to its deeds
	Chart  Series
	Broad  bool // takes the whole width of a phone: long amounts
}

// Fact is one line of a record: what it is called and what it is.
type Fact struct {
	Name string
	Text string
	Note string
	Href string
	Mark Mark
	Each []Link // of several named in the text, each by itself
}

// Past is one line of a history.
type Past struct {
	When string
	Text string
	Note string
	Href string
	Tone Tone
}

// Tab is one view of the same thing.
type Tab struct {
	Text    string
	Count   string
	Href    string
	Current bool
}

// Step is one step of a task done in several.
type Step struct {
	Text    string
	Done    bool
	Current bool
}

// Tool is something to do with what a page shows: print, take away, bring in.
type Tool struct {
	Glyph Glyph
	Text  string
	Href  string
}

// Node is one thing of a tree, with those beneath it.
type Node struct {
	Text  string
	Note  string
	Href  string
	Mark  Mark
	Shut  bool // those beneath are folded away
	Below []Node
}

// Difference is one line of two records laid side by side.
type Difference struct {
	Name  string // name of the input that says which is kept; empty when there is nothing to choose
	Label string
	Left  string
	Right string
	Keep  string // "left" or "right", chosen beforehand
}

// Door is a card that leads somewhere.
type Door struct {
	Glyph Glyph
	Head  string
	Text  string
	Href  string
	Mark  Mark
}

// Seen is who can see a page, reckoned by the rights that reading asks.
type Seen struct {
	Head string // "Ai xem được trang này: 8 người"
	Who  []string
}
