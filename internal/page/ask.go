package page

import "github.com/a-h/templ"

// AskPage asks a few things about something that is then done: a death, a move,
// an appointment.
type AskPage struct {
	Shell  Shell
	Head   FormHead
	Wrong  Problems
	Text   string // what will happen
	Facts  []Fact // about what
	Fields []templ.Component
	Carry  []Option // name in Value, value in Text
	Do     string   // the verb on the button
	More   *Option  // a second button, by which the form comes back with more rows: its step and what it says
	Danger bool
	Leave  string
}

// addIf gives a word only where it leads somewhere.
func addIf(href, text string) string {
	if href == "" {
		return ""
	}
	return text
}
