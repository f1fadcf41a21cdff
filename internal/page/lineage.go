package page

import "kith.app/internal/chart"

// LinePart is the part of a body's page that tells who it was on a day and who it
// is today.
type LinePart struct {
	Filter FilterHead
	On     Field
	Facts  []Fact
	Now    []Belonging // who stands there today
	None   string      // said where nobody does
	Line   chart.Picture
	Events []Past
	Note   string
}

// UnitPage is an administrative unit that the book does not hold.
type UnitPage struct {
	Shell Shell
	About []Fact
	Names []Past
	Line  LinePart
	Note  string
}

// BecomePage shows what an event will do before it is done.
type BecomePage struct {
	Shell   Shell
	Action  string
	Text    string
	Changes []Past
	Clashes []Past
	Left    []Past
	Carry   []Option // name in Value, value in Text
	Do      string
	Danger  bool
	Leave   string
}

// EventPage is one event with its paper.
type EventPage struct {
	Shell  Shell
	Note   string // that it was undone, and why
	About  []Fact
	Line   chart.Picture
	Bodies []Past
	Left   []Belonging
	Papers PapersPart
	Twice  []Pair // records that are likely one person, brought together by a merger
	Undo   *UndoForm
	Tools  []Tool

	Compared *Table // before and after, where somebody may read it
}

// PapersPart is the papers kept with a record, and where more may be sent.
type PapersPart struct {
	Papers []PaperLine
	Upload string
}

// SettlementPage is one act by which something left was settled.
type SettlementPage struct {
	Shell  Shell
	About  []Fact
	Made   []Belonging
	Papers PapersPart
}

// UndoForm asks why an event is undone.
type UndoForm struct {
	Head  FormHead
	Wrong Problems
	Text  string
	Field Field
	Do    string
}

// RemainsPage is what one ended body left, with one step for each sort of thing.
type RemainsPage struct {
	Shell Shell
	About []Fact
	Parts []RemainsPart
	None  Empty
	Acts  Table
}

// RemainsPart is one sort of thing left, and where each step leads.
type RemainsPart struct {
	Head  string
	Text  string
	Items []Belonging
	More  Link
	Steps []Link
}
