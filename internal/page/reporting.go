package page

import (
	"strings"

	"github.com/a-h/templ"
)

// FillPage is a reporting form to be filled in, by somebody signed in or by who
// came with the unit's own address.
type FillPage struct {
	Shell  Shell
	Public bool // without the menu: whoever fills it in has no account
	Lines  []string
	Facts  []Fact
	Notes  []NoteLine
	Tabs   []Tab // periods
	Head   FormHead
	Wrong  Problems
	Carry  []Option
	Groups []FillGroup
	About  []templ.Component // who fills it in
	Closed bool              // nothing can be sent: answers are shown, to be copied
	SaveTo string            // where what was typed is kept as one goes
	Saved  string
	Save   string
	Send   string
}

// FillGroup is one part of a form under its head.
type FillGroup struct {
	Head   string
	Fields []templ.Component
}

// PictureHeld is a photograph that a form has already.
type PictureHeld struct {
	Name   string
	Href   string // where it is shown; empty: there is none
	Drop   Field  // ticked to take it off
	Closed bool   // it cannot be changed
}

// CopyBox is a text ready to be pasted elsewhere.
type CopyBox struct {
	ID     string
	Label  string
	Text   string
	Do     string // copies it, where a script can
	Copied string // said once it is
}

// KeyCard is one unit's address as a square code, to be cut out and handed over.
type KeyCard struct {
	Unit string
	Form string
	Note string
	Href string
	Side string // of the picture, in its own squares
	Path string
}

// box is the area of the square code.
func (c KeyCard) box() string { return "0 0 " + c.Side + " " + c.Side }

// lineCount is how many lines a text has.
func lineCount(s string) int { return strings.Count(s, "\n") + 1 }
