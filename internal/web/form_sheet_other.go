package web

import (
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/reporting"
	"kith.app/internal/text"
)

// sameForm refuses a workbook whose numbered columns are of another form: each must ask
// what the question of its number asks, or asked in a version before.
func (q *request) sameForm(a progressAsked, titles []string) error {
	var versions []reporting.Form
	for _, title := range titles {
		number, said, numbered := numberedTitle(title)
		if !numbered {
			continue
		}
		if versions == nil {
			versions = []reporting.Form{a.f}
			for n := a.f.Version - 1; n > 0; n-- {
				before, err := q.view().FormVersion(q.Context(), a.f.ID, n)
				if err != nil {
					return err
				}
				versions = append(versions, before)
			}
		}
		if !askedSo(versions, number, said) {
			return fault.Refuse("reporting.sheet.other", title)
		}
	}
	return nil
}

// numberedTitle takes a heading such as "[2] Số buổi" apart.
func numberedTitle(title string) (number int64, said string, numbered bool) {
	rest, begun := strings.CutPrefix(strings.TrimSpace(title), "[")
	_, said, closed := strings.Cut(rest, "]")
	number = questionOf(title, nil)
	return number, text.Fold(strings.TrimSpace(said)), begun && closed && number != 0
}

// askedSo tells whether a question was ever asked in these words, which may be cut off
// or have the unit behind.
func askedSo(versions []reporting.Form, number int64, said string) bool {
	for _, f := range versions {
		one, has := f.Question(number)
		if !has {
			continue
		}
		for _, lang := range locale.Langs() {
			name := text.Fold(one.Names.In(string(lang)))
			if said == "" || strings.HasPrefix(name, said) || strings.HasPrefix(said, name) {
				return true
			}
		}
	}
	return false
}
