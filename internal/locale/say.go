package locale

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/lunar"
	"kith.app/internal/money"
)

// Key given as an argument of a sentence is itself said in the language.
type Key string

// Say gives the sentence of a key in a language, its placeholders filled. A key
// without a sentence is shown in «», so that a page still stands; a test finds
// such keys.
func (c *Catalogue) Say(lang Lang, key string, args ...any) string {
	text, ok := c.choose(lang, key, args)
	if !ok {
		return "«" + key + "»"
	}
	if len(args) == 0 || strings.IndexByte(text, '{') < 0 {
		return text
	}
	filled := make([]byte, 0, len(text)+32)
	for text != "" {
		i := nextBrace(text, 0)
		filled = append(filled, text[:i]...)
		if text = text[i:]; text == "" {
			break
		}
		if n := placeholder(text, 0); n > 0 && n <= len(args) {
			filled = c.appendArg(filled, lang, args[n-1])
			text = text[len("{1}"):]
			continue
		}
		filled, text = append(filled, '{'), text[1:]
	}
	return string(filled)
}

// choose finds the text of a key: the association's own label first, then the
// singular where the first number asks for it.
func (c *Catalogue) choose(lang Lang, key string, args []any) (string, bool) {
	e, place := c.entries[key], lang.index()
	if e == nil {
		return "", false
	}
	labels := c.labels[place]
	if len(args) > 0 && singular(lang, args) {
		if label, ok := labels[key+".one"]; ok {
			return label, true
		}
		if _, ok := labels[key]; !ok && e.one[place] != "" {
			return e.one[place], true
		}
	}
	if label, ok := labels[key]; ok {
		return label, true
	}
	return e.text[place], true
}

// singular says whether the first number among the arguments takes the singular.
func singular(lang Lang, args []any) bool {
	for _, arg := range args {
		if n, ok := wholeNumber(arg); ok {
			return n == 1 || (n == 0 && lang == Fr)
		}
	}
	return false
}

// wholeNumber gives an argument that is a whole number.
func wholeNumber(arg any) (int64, bool) {
	switch n := arg.(type) {
	case int:
		return int64(n), true
	case int64:
		return n, true
	case int32:
		return int64(n), true
	case int16:
		return int64(n), true
	case int8:
		return int64(n), true
	case uint8:
		return int64(n), true
	case uint16:
		return int64(n), true
	case uint32:
		return int64(n), true
	}
	return 0, false
}

// appendArg writes an argument as the language writes it.
func (c *Catalogue) appendArg(dst []byte, lang Lang, arg any) []byte {
	if n, ok := wholeNumber(arg); ok {
		return money.AppendNumber(dst, n, lang)
	}
	switch v := arg.(type) {
	case string:
		return append(dst, v...)
	case money.Amount:
		return money.AppendFormat(dst, v, lang)
	case calendar.Date:
		return append(dst, c.In(lang).DateShort(v)...)
	case calendar.Day:
		return append(dst, DayShort(v)...)
	case lunar.Date:
		return append(dst, c.In(lang).LunarLine(v)...)
	case fault.Saying:
		return append(dst, v(string(lang))...)
	case Key:
		return append(dst, c.Say(lang, string(v))...)
	case fmt.Stringer:
		return append(dst, v.String()...)
	}
	return fmt.Append(dst, arg)
}

// WithLabels gives a catalogue in which an association's own words stand in
// place of those shipped. A label for "roll.count" takes the place of singular
// and plural alike, unless there is one for "roll.count.one" too. Labels for
// unknown keys are kept out of sight.
func (c *Catalogue) WithLabels(labels map[Lang]map[string]string) *Catalogue {
	own := &Catalogue{entries: c.entries}
	for _, lang := range Langs() {
		merged := maps.Clone(c.labels[lang.index()])
		if merged == nil {
			merged = make(map[string]string, len(labels[lang]))
		}
		maps.Copy(merged, labels[lang])
		own.labels[lang.index()] = merged
	}
	return own
}

// CheckLabel refuses a label that is empty, for a key that is unknown, or with
// a placeholder that the sentence it replaces does not have.
func (c *Catalogue) CheckLabel(key, label string) error {
	e := c.entries[strings.TrimSuffix(key, ".one")]
	switch {
	case e == nil:
		return fault.Missing("locale.label.unknown", key)
	case strings.TrimSpace(label) == "":
		return fault.Refuse("locale.label.empty")
	case checkBraces(label) != nil || placeholders(label)&^placeholders(e.text[0]) != 0:
		return fault.Refuse("locale.label.placeholders", e.list())
	}
	return nil
}

// list names the placeholders of an entry, for the one who writes a label.
func (e *entry) list() string {
	var names []string
	for n := 1; n <= 9; n++ {
		if placeholders(e.text[0])&(1<<n) != 0 {
			names = append(names, "{"+strconv.Itoa(n)+"}")
		}
	}
	return strings.Join(names, " ")
}

// Speaker is a catalogue speaking one language, as a page or a paper needs it.
type Speaker struct {
	Lang      Lang
	Catalogue *Catalogue
}

// In gives a speaker of one language.
func (c *Catalogue) In(lang Lang) Speaker { return Speaker{lang, c} }

// Say gives the sentence of a key.
func (s Speaker) Say(key string, args ...any) string {
	return s.Catalogue.Say(s.Lang, key, args...)
}

// Fault gives the sentence of a refusal.
func (s Speaker) Fault(f *fault.Fault) string {
	return s.Say(f.Key, f.Args...)
}

// Number writes a whole number.
func (s Speaker) Number(n int64) string { return Number(n, s.Lang) }

// Money writes an amount with its currency.
func (s Speaker) Money(a money.Amount) string { return money.Format(a, s.Lang) }
