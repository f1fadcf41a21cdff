// Package source says where a fact came from: a form, a cell of a sheet, a
// sentence of an article, a paper. A figure without a source is hearsay; the
// book keeps the source beside the fact so that anyone can look.
package source

// Kind says what sort of place a fact was taken from.
type Kind string

// The places facts come from.
const (
	None    Kind = ""
	Form    Kind = "form"
	Cell    Kind = "cell"
	Article Kind = "article"
	Paper   Kind = "paper"
	Word    Kind = "word" // told by a person
)

// Source is where one fact came from.
type Source struct {
	Kind  Kind   `json:"kind,omitempty"`
	Title string `json:"title,omitempty"` // the article, sheet or paper
	Where string `json:"where,omitempty"` // page, cell, paragraph, address
	Quote string `json:"quote,omitempty"` // the sentence that says so
	Day   string `json:"day,omitempty"`   // EDTF: when the source speaks
}

// IsZero tells that no source was given.
func (s Source) IsZero() bool { return s == Source{} }
