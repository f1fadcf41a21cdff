// Package page draws every page of the product. This half of it is what all
// pages share: the frame with its menu, form fields, tables, badges, charts.
// The pages of a subject stand in the file of that subject and are put together
// from these parts.
//
// A page is given a struct with exactly what it shows, already worded and
// formatted in the reader's language; it decides nothing. Whatever it draws
// works without a script, with a keyboard, on a phone 320 pixels wide and on
// paper. There are no inline styles and no inline scripts: the security policy
// forbids them.
//
// A page of a subject is a component that puts parts into the frame:
//
//	templ Roll(s Shell, v RollPage) {
//		@Layout(s) {
//			@Filter(s.Reader, v.Filter) {
//				@Select(s.Reader, v.Branch, v.Branches)
//			}
//			@DataTable(s.Reader, v.Table)
//		}
//	}
//
// Parts that say words of their own take the Reader first. The web fills the
// Shell; a page's own head, lead line, crumbs and actions are set there too.
// A form is Form with Fields inside and FormEnd with its one lacquer-red Submit.
package page

import (
	"kith.app/internal/fault"
	"kith.app/internal/locale"
)

// Reader is the person a page is drawn for, as far as drawing is concerned.
type Reader struct {
	Lang locale.Lang
	// Say gives a sentence of the catalogue in that language.
	Say func(key string, args ...any) string
	// Once makes the token that a form carries so that it is taken once; nil
	// where nothing can be written.
	Once func() string
}

// ReaderIn is a reader of a catalogue in one language.
func ReaderIn(lang locale.Lang, words *locale.Catalogue) Reader {
	return Reader{Lang: lang, Say: func(key string, args ...any) string {
		return words.Say(lang, key, args...)
	}}
}

// Link is a word that leads somewhere.
type Link struct {
	Text string
	Href string
}

// Tone says how something stands. A tone is never shown by colour alone: the
// words beside it say the same.
type Tone string

// The tones.
const (
	Plain   Tone = "plain"
	Done    Tone = "done"    // finished, paid, in order
	Due     Tone = "due"     // coming, to be done soon
	Waiting Tone = "waiting" // in somebody else's hands
	Late    Tone = "late"    // overdue, missing, refused
)

// glyph is the sign that goes with a tone.
func (t Tone) glyph() Glyph {
	switch t {
	case Done:
		return GlyphCheck
	case Late:
		return GlyphWarning
	case Due, Waiting:
		return GlyphClock
	}
	return GlyphInfo
}

// Problem is one thing that is wrong with what was sent.
type Problem struct {
	Field string // name of the input; empty for the whole form
	Text  string // what would be right
}

// Problems is everything wrong with what was sent, in the order of the form.
type Problems []Problem

// ProblemsOf words the faults inside an error; an error that is no refusal has none.
func ProblemsOf(err error, r Reader) Problems {
	var found Problems
	for _, f := range fault.All(err) {
		found = append(found, Problem{Field: f.Field, Text: r.Say(f.Key, f.Args...)})
	}
	return found
}

// At gives what is wrong with one input, or nothing.
func (p Problems) At(field string) string {
	for _, one := range p {
		if one.Field == field {
			return one.Text
		}
	}
	return ""
}

// Mark copies the fields, each with what is wrong with it.
func (p Problems) Mark(f Field) Field {
	f.Wrong = p.At(f.Name)
	return f
}
