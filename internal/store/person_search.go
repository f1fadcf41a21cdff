package store

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/place"
	"kith.app/internal/text"
)

// passes gives the filters by which a list is read one after the other: first
// those whose own words fit what was typed, then those found by the names that
// their places ever bore. Without words there is one.
func (v *View) passes(ctx context.Context, q PeopleQuery) ([]*filter, error) {
	base, err := v.peopleFilter(ctx, q)
	if err != nil {
		return nil, err
	}
	words := typedWords(q.Typed)
	if len(words) == 0 {
		return []*filter{base}, nil
	}
	own := base.copied()
	if err := v.ownWords(ctx, own, words); err != nil {
		return nil, err
	}
	found, err := v.r.placesNamed(ctx, words)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(found, func(ids []place.ID) bool { return len(ids) > 0 }) {
		return []*filter{own}, nil
	}
	byPlace := base.copied()
	return []*filter{own, byPlace}, v.placeWords(ctx, byPlace, words, found)
}

// typedWords gives the words of what was typed; a telephone number is one word
// however it is grouped.
func typedWords(typed string) []string {
	if number := digits(typed); len(number) >= 6 && strings.Trim(typed, "0123456789 .-+()") == "" {
		return []string{number}
	}
	words := text.Words(typed)
	return words[:min(len(words), 12)] // nobody types more to find one person
}

// digits gives a telephone number without what groups it, as dialled inside the
// country.
func digits(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	number := b.String()
	if after, is := strings.CutPrefix(number, "84"); is && len(after) >= 9 {
		return "0" + after
	}
	return number
}

// manyHits is from how many on a list is read in its order and compared row by
// row, instead of being looked up by the index of words and sorted.
const manyHits = 1500

// ownWords keeps to people whose own words fit.
func (v *View) ownWords(ctx context.Context, f *filter, words []string) error {
	if err := v.begin(ctx, f, words); err != nil {
		return err
	}
	for _, w := range words {
		f.and(`INSTR(fold, ?) > 0`, " "+w)
	}
	return nil
}

// begin lets a list begin with those in whose own words the rarest word begins,
// when they are few.
func (v *View) begin(ctx context.Context, f *filter, words []string) error {
	rarest, many, err := v.r.rarest(ctx, "person", words)
	if err != nil || many || len(words) == 0 {
		return err
	}
	w := words[rarest]
	f.among(`SELECT DISTINCT ref FROM word WHERE root = ? AND subject = ? AND word >= ? AND word < ?`, v.r.book.root, "person", w, w+"\U0010FFFF")
	return nil
}

// rarest tells which of the words is the beginning of the fewest indexed words,
// and whether even that one is common.
func (r reader) rarest(ctx context.Context, subject string, words []string) (at int, many bool, err error) {
	fewest := int64(manyHits)
	for i, w := range words {
		var n int64
		err := r.one(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM word WHERE root = $1 AND subject = $2 AND word >= $3 AND word < $4 LIMIT $5) AS found`,
			[]any{r.book.root, subject, w, w + "\U0010FFFF", fewest}, &n)
		if err != nil {
			return 0, false, err
		}
		if n < fewest {
			at, fewest = i, n
		}
	}
	return at, fewest == manyHits, nil
}

// placeWords keeps to people each of whose words is their own or a name of where
// they come from or live, and who would not be found by their own alone.
func (v *View) placeWords(ctx context.Context, f *filter, words []string, found [][]place.ID) error {
	var alone []string // words that no place bears
	own := make([]string, len(words))
	for i, w := range words {
		own[i] = f.bind(`INSTR(fold, ?) > 0`, " "+w)
		switch {
		case len(found[i]) > 0:
			these := list(f, found[i])
			f.and(`(origin ` + these + ` OR residence ` + these + ` OR ` + own[i] + `)`)
		case !kindWord(w):
			alone = append(alone, w)
			f.and(own[i])
		}
	}
	f.and(`NOT (` + strings.Join(own, ` AND `) + `)`)
	return v.begin(ctx, f, alone)
}

// kindWord tells that a word says what a place is, xã or thị trấn: such a word
// is no reason to list everybody who is from one.
func kindWord(w string) bool {
	switch w {
	case "xa", "phuong", "thi", "tran", "huyen", "quan", "thanh", "pho", "tinh", "dac", "khu", "tp":
		return true
	}
	return false
}

// placesNamed gives for each word the places in use that bear or ever bore a
// name with a word that begins so, or that lie in one.
func (r reader) placesNamed(ctx context.Context, words []string) ([][]place.ID, error) {
	origins, err := r.placesUsed(ctx, "origin")
	if err != nil {
		return nil, err
	}
	residences, err := r.placesUsed(ctx, "residence")
	if err != nil {
		return nil, err
	}
	found := make([][]place.ID, len(words))
	used := append(origins, residences...)
	slices.Sort(used)
	for _, id := range slices.Compact(used) {
		names, err := r.book.placeFold(id)
		if err != nil {
			return nil, err
		}
		for i, w := range words {
			if !kindWord(w) && strings.Contains(names, " "+w) {
				found[i] = append(found[i], id)
			}
		}
	}
	return found, nil
}

// placeFold is what search compares of a place: every name by which somebody
// from there may be looked for, with the short forms people type. It is made
// once for each place in use.
func (b *Book) placeFold(id place.ID) (string, error) {
	if kept, ok := b.placeFolds.Load(id); ok {
		return kept.(string), nil
	}
	places, err := place.Shipped()
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, name := range places.AllNames(id) {
		folded := text.Fold(name)
		all.WriteString(" " + folded + hardened(folded) + initialsOf(name))
	}
	b.placeFolds.Store(id, all.String())
	return all.String(), nil
}

// hardened gives the words ending in k as they were long written, with c:
// Đắc Lắc for Đắk Lắk.
func hardened(folded string) string {
	var also strings.Builder
	for w := range strings.FieldsSeq(folded) {
		if before, is := strings.CutSuffix(w, "k"); is && before != "" {
			also.WriteString(" " + before + "c")
		}
	}
	return also.String()
}

// initialsOf gives what people type for a province or a city: hd, hcm, tphcm.
func initialsOf(full string) string {
	kind, own := place.Part(full)
	switch kind {
	case "Tỉnh":
		return " " + text.Initials(own)
	case "Thành phố":
		return " " + text.Initials(own) + " tp" + text.Initials(own)
	}
	return ""
}

// containsWord tells that a word of a folded text begins so.
func containsWord(fold, begins string) bool { return strings.Contains(" "+fold, " "+begins) }
