package page

import "github.com/a-h/templ"

// CriterionPage is the form of one criterion, with what its way of scoring gives on
// values to try.
type CriterionPage struct {
	Shell   Shell
	Notes   []NoteLine
	Head    FormHead
	Wrong   Problems
	Ways    []Door // ways of scoring to choose from; no form yet
	Fields  []templ.Component
	Other   string // the words behind which another way of scoring is chosen
	Others  []Door
	Try     string // the words of the button that tries it out
	Tried   string // head of what came of it
	Samples []templ.Component
	Steps   *Table
	Do      string
	Leave   string
	Actions []Action
}
