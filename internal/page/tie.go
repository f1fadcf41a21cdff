package page

import "kith.app/internal/chart"

// StagePage is one stage of a tie with what sources say of its date.
type StagePage struct {
	Ask    AskPage
	Head   string // of the other dates
	None   string
	Add    Link
	Claims []ClaimLine
	Strike Asked
}

// ClaimLine is another date that a source gives, with a way to hold it true.
type ClaimLine struct {
	Text   string
	Note   string
	Action string
	Do     string
	Why    Field
	Carry  []Option
}

// HandPage asks to whom a place in a tie passes, and lists the acts before.
type HandPage struct {
	Ask  AskPage
	Head string
	Acts []ClaimLine
}

// TiesOfPage is the ties of one body: by country, on a map, along the years.
type TiesOfPage struct {
	Shell    Shell
	Filter   FilterHead
	Selects  []SelectField
	Tools    []Tool
	Map      chart.Picture
	Timeline chart.Picture
	Groups   []Table
	Empty    Empty
	Told     string
	First    string
	Next     string
}
