package intake

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"kith.app/internal/locale"
	"kith.app/internal/text"
)

//go:embed headings.txt
var headingsFile string

//go:embed values.txt
var valuesFile string

// Field names what a column holds; the fields of a subject are those of
// headings.txt.
type Field string

// Ignored is the field of a column that is knowingly left out.
const Ignored Field = "-"

// words are the ways to say one thing in each language, the first the best.
type words struct {
	code string
	said map[locale.Lang][]string
}

// list is one section of a vocabulary file.
type list struct {
	entries []words
	spelt   map[string]string // word as spelt to code: Họ is a family name, Hộ a household
	folded  map[string]string // the same without accents
}

// code gives the code of a word, as it is spelt before as it is folded.
func (l *list) code(said string) (string, bool) {
	if code, ok := l.spelt[spelling(text.Clean(said))]; ok {
		return code, true
	}
	code, ok := l.folded[text.Fold(said)]
	return code, ok
}

// vocabulary holds the headings of every subject and the words for coded values.
type vocabulary struct {
	headings map[string]*list
	values   map[string]*list
}

// shipped reads the vocabulary that ships with the program, once.
var shipped = sync.OnceValues(func() (*vocabulary, error) {
	headings, err := readLists(headingsFile)
	if err != nil {
		return nil, fmt.Errorf("read headings.txt: %w", err)
	}
	values, err := readLists(valuesFile)
	if err != nil {
		return nil, fmt.Errorf("read values.txt: %w", err)
	}
	return &vocabulary{headings, values}, nil
})

// readLists reads sections of "code | vi, … | en, … | fr, …".
func readLists(file string) (map[string]*list, error) {
	lists := map[string]*list{}
	var at *list
	for i, line := range strings.Split(file, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
			continue
		case line[0] == '[':
			at = &list{spelt: map[string]string{}, folded: map[string]string{}}
			lists[strings.Trim(line, "[]")] = at
			continue
		}
		parts := strings.Split(line, "|")
		if at == nil || len(parts) != 4 {
			return nil, fmt.Errorf("line %d is not a code with three languages", i+1)
		}
		at.add(parts)
	}
	return lists, nil
}

func (l *list) add(parts []string) {
	w := words{code: strings.TrimSpace(parts[0]), said: map[locale.Lang][]string{}}
	for i, lang := range locale.Langs() {
		for _, said := range strings.Split(parts[i+1], ",") {
			said = strings.TrimSpace(said)
			w.said[lang] = append(w.said[lang], said)
			if key := spelling(said); l.spelt[key] == "" {
				l.spelt[key] = w.code
			}
			if key := text.Fold(said); l.folded[key] == "" {
				l.folded[key] = w.code
			}
		}
	}
	l.entries = append(l.entries, w)
}

// label gives the first word for a code in a language.
func (l *list) label(code string, lang locale.Lang) (string, bool) {
	i := slices.IndexFunc(l.entries, func(w words) bool { return w.code == code })
	if i < 0 {
		return "", false
	}
	return l.entries[i].said[lang][0], true
}

// labels lists the first words of all codes, to be told as choices.
func (l *list) labels(lang locale.Lang) []string {
	all := make([]string, len(l.entries))
	for i, w := range l.entries {
		all[i] = w.said[lang][0]
	}
	return all
}

func (v *vocabulary) title(s Subject, f Field, lang locale.Lang) string {
	if said, ok := v.headings[string(s)].label(string(f), lang); ok {
		return said
	}
	return string(f)
}

// code reads a word for a coded value; false when it is none of the set.
func (v *vocabulary) code(set, said string) (string, bool) {
	return v.values[set].code(said)
}

// say gives the word for a coded value, or the value itself where none is known.
func (v *vocabulary) say(set, code string, lang locale.Lang) string {
	if said, ok := v.values[set].label(code, lang); ok {
		return said
	}
	return code
}

// Fields lists the fields of a subject in the order in which pages offer them.
func Fields(s Subject) []Field {
	v, err := shipped()
	if err != nil {
		return nil
	}
	var all []Field
	for _, w := range v.headings[string(s)].entries {
		if Field(w.code) != Ignored {
			all = append(all, Field(w.code))
		}
	}
	return all
}

// field recognises a heading: as a whole, without what stands in brackets, or by
// the words it begins with.
func (v *vocabulary) field(s Subject, title string) (Field, bool) {
	l := v.headings[string(s)]
	for _, form := range []string{title, withoutBrackets(title)} {
		if code, ok := l.code(form); ok {
			return Field(code), true
		}
	}
	given := strings.Fields(text.Fold(withoutBrackets(title)))
	for n := len(given) - 1; n >= 2; n-- { // one word alone begins too many headings
		if code, ok := l.folded[strings.Join(given[:n], " ")]; ok {
			return Field(code), true
		}
	}
	return "", false
}

// withoutBrackets drops "(dd/mm/yyyy)", "(*)" and the like from a heading.
func withoutBrackets(title string) string {
	for {
		open := strings.IndexByte(title, '(')
		if open < 0 {
			return title
		}
		shut := strings.IndexByte(title[open:], ')')
		if shut < 0 {
			return title[:open]
		}
		title = title[:open] + " " + title[open+shut+1:]
	}
}
