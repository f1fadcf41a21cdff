package intake

import (
	"slices"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/locale"
	"kith.app/internal/source"
	"kith.app/internal/text"
	"kith.app/internal/tie"
)

// toldTie makes the tie that a row tells of.
func (p *proposal) toldTie(r *reading, kind string, day calendar.Date, a, b tieParty) *tieDraft {
	d := &tieDraft{a: a, b: b}
	t := &d.tie
	t.Kind, t.Body, t.Code, t.Note, t.Reason, t.Expiry = kind, p.home, r.text("code"), r.lines("note"), r.text("reason"), r.date("expiry")
	for _, n := range []struct {
		lang  string
		title Field
	}{{"vi", "title"}, {"en", "titleEn"}, {"fr", "titleFr"}} {
		if said := r.text(n.title); said != "" {
			t.Titles = append(t.Titles, tie.Title{Lang: n.lang, Text: said})
		}
	}
	t.Fields = p.fieldsTold(r)
	if said := r.text("kind"); said != "" && !p.firstWord("tie", kind, said) {
		t.Note = strings.TrimPrefix(t.Note+"; "+said, "; ")
	}
	src := source.Source{Kind: source.Cell, Title: r.text("source"), Where: p.table.Sheet.Name}
	if src.Title == "" {
		src.Title = p.table.Sheet.Name
	}
	t.Source = src
	if a.key != "" && wikiCode.MatchString(a.key) && wikiCode.MatchString(b.key) {
		t.Outside = Wikidata + ":" + pairKey(a.key, b.key) + " " + kind
	}
	if !day.IsUnknown() || r.text("place") != "" || r.text("paper") != "" {
		t.Stages = []tie.Stage{{Kind: tie.Signature, Date: day, Place: r.text("place"), Paper: tie.Paper{Number: r.text("paper")}, Source: src}}
	}
	return d
}

// firstWord tells whether a word is the one by which a code is usually called, so
// that nothing is lost when only the code is kept.
func (p *proposal) firstWord(set, code, said string) bool {
	return slices.ContainsFunc(locale.Langs(), func(lang locale.Lang) bool {
		label, _ := p.words.values[set].label(code, lang)
		return text.Fold(label) == text.Fold(said)
	})
}

// fieldsTold reads the fields of cooperation: words of the book, or a tie's own.
func (p *proposal) fieldsTold(r *reading) []string {
	var all []string
	for one := range strings.FieldsFuncSeq(r.text("fields"), func(c rune) bool { return c == ',' || c == ';' }) {
		one = strings.TrimSpace(one)
		if code, ok := p.words.code("tieField", one); ok {
			all = append(all, code)
		} else if one != "" {
			all = append(all, strings.ReplaceAll(one, " ", "_"))
		}
	}
	return all
}
