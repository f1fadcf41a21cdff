package page

import (
	"github.com/a-h/templ"

	"kith.app/internal/chart"
)

// DeskPage is a page of the office: a few parts beneath each other.
type DeskPage struct {
	Shell   Shell
	Tabs    []Tab
	Notes   []NoteLine
	Tiles   []Tile
	Actions []Action
	Parts   []DeskPart
}

// DeskPart is one matter of such a page under its head; what is empty is not
// drawn.
type DeskPart struct {
	Head    string
	More    Link
	Plain   bool // without a card around it: tables and doors have their own
	Facts   []Fact
	Lines   []string
	Doors   []Door
	Agenda  []Coming
	Table   *Table
	Chart   *Series
	Picture chart.Picture
	Tools   []Tool
	Actions []Action // buttons of this matter
	Print   bool     // offers to print the page beside the tools
	Form    *DeskForm
	Roll    *Attendance
	Past    []Past
	Filter  *DeskFilter
	Tabs    []Tab // views of this matter
	Copy    *CopyBox
	Cards   []KeyCard
}

// DeskFilter narrows what a part shows.
type DeskFilter struct {
	Head   FilterHead
	Fields []templ.Component
}

// DeskForm is a form among other matters.
type DeskForm struct {
	Head   FormHead
	Wrong  Problems
	Fold   string // the words behind which it is folded away; empty shows it
	Open   bool
	Fields []templ.Component
	Do     string
	Quiet  bool // its button is not the main one of the page
	Danger bool
	Leave  Link
}

// Attendance is the form on which it is marked who came.
type Attendance struct {
	Head      FormHead
	Wrong     Problems
	Rows      []AttendanceRow
	Presences []Option
	Proxy     string // the words beside who came in somebody's place
	Note      string
	More      string // the words behind which proxy and note are folded
	Remove    string
	Do        string
	All       string // marks everybody not yet marked as present
}

// AttendanceRow is one of those invited.
type AttendanceRow struct {
	N        string
	Name     string
	Role     string
	Presence string
	Proxy    string
	Note     string
}
