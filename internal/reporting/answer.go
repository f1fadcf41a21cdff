package reporting

import (
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/text"
)

// Figure is a number as it was answered.
type Figure struct {
	Qty       int64 // smallest units
	Qualifier deed.Qualifier
}

// Answers are what one reply says, by the number of the question. Nothing given
// is no entry: nought is an answer, blank is none.
type Answers struct {
	Figures map[int64]Figure
	Words   map[int64]string
}

// NewAnswers makes room for answers.
func NewAnswers() Answers {
	return Answers{Figures: map[int64]Figure{}, Words: map[int64]string{}}
}

// Equal tells whether two replies say the same.
func (a Answers) Equal(b Answers) bool {
	return maps.Equal(a.Figures, b.Figures) && maps.Equal(a.Words, b.Words)
}

// Has tells whether a question was answered.
func (a Answers) Has(n int64) bool {
	_, figure := a.Figures[n]
	return figure || a.Words[n] != ""
}

// quantityMost keeps sums of a great many replies inside 64 bits, as in the journal.
const quantityMost = 1 << 53

// wordsMost is how long a text may be: a page and a half.
const wordsMost = 4000

// Read takes in what somebody typed for a question. Blank is no answer.
func (a *Answers) Read(q Question, typed, lang string) error {
	delete(a.Figures, q.N)
	delete(a.Words, q.N)
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return nil
	}
	if q.Kind.Figure() {
		f, err := readFigure(q, typed, lang)
		if err != nil {
			return named(err, q)
		}
		a.Figures[q.N] = f
		return nil
	}
	word, err := readWord(q, typed)
	if err != nil {
		return named(err, q)
	}
	a.Words[q.N] = word
	return nil
}

// named puts the question's field on a refusal.
func named(err error, q Question) error {
	all := fault.All(err)
	if len(all) == 0 {
		return err
	}
	return fault.Field(q.Field(), all[0].Key, all[0].Args...)
}

func readFigure(q Question, typed, lang string) (Figure, error) {
	if q.Kind == Money {
		means, rest := deed.CutQualifier(typed)
		amount, err := money.Parse(rest, q.Cur, lang)
		if err != nil {
			return Figure{}, err
		}
		if amount.Minor < 0 {
			return Figure{}, fault.Refuse("deed.count.negative")
		}
		if amount.Minor > quantityMost {
			return Figure{}, fault.Refuse("deed.count.huge")
		}
		return Figure{amount.Minor, means}, nil
	}
	n, means, err := deed.ReadCount(typed, q.Decimals())
	return Figure{n, means}, err
}

func readWord(q Question, typed string) (string, error) {
	if len([]rune(typed)) > wordsMost {
		return "", fault.Refuse("form.answer.long", wordsMost)
	}
	switch q.Kind {
	case Image:
		if _, picture := ParsePicture(typed); !picture {
			return "", fault.Refuse("form.answer.picture.kind")
		}
	case Choice:
		for _, o := range q.Options {
			if o.Code == typed || text.Fold(o.Names["vi"]) == text.Fold(typed) {
				return o.Code, nil
			}
		}
		return "", fault.Refuse("form.answer.choice", typed)
	case YesNo:
		return readYesNo(typed)
	case Day:
		if d, err := calendar.ParseEDTF(typed); err == nil && !d.IsUnknown() {
			return d.EDTF(), nil
		}
		d, err := calendar.ReadInput(typed, calendar.Reading{})
		return d.EDTF(), err
	case Link:
		to, err := url.Parse(typed)
		if err != nil || to.Scheme != "https" && to.Scheme != "http" || to.Host == "" {
			return "", fault.Refuse("form.answer.link")
		}
	}
	return typed, nil
}

func readYesNo(typed string) (string, error) {
	switch text.Fold(typed) {
	case "yes", "co", "oui", "x", "1", "true":
		return "yes", nil
	case "no", "khong", "non", "0", "false":
		return "no", nil
	}
	return "", fault.Refuse("form.answer.yesno", typed)
}

// Complete tells what is missing or beyond its limits, question by question.
func (f Form) Complete(a Answers) error { return fault.Gather(f.wrongs(a)...) }

func (f Form) wrongs(a Answers) []error {
	var found []error
	for _, q := range f.Questions {
		if q.Needed && !a.Has(q.N) {
			found = append(found, fault.Field(q.Field(), "form.answer.needed", q.Names["vi"]))
		}
		n, given := a.Figures[q.N]
		switch {
		case given && q.Min != nil && n.Qty < *q.Min:
			found = append(found, fault.Field(q.Field(), "form.answer.low", q.limit(*q.Min)))
		case given && q.Max != nil && n.Qty > *q.Max:
			found = append(found, fault.Field(q.Field(), "form.answer.high", q.limit(*q.Max)))
		}
	}
	return found
}

// limit is a limit of a question as sentences are filled with it.
func (q Question) limit(n int64) any {
	if q.Kind == Money {
		return money.Of(n, q.Cur)
	}
	if d := q.Decimals(); d > 0 {
		return strings.TrimSuffix(strconv.FormatFloat(float64(n)/math.Pow10(d), 'f', d, 64), ".0")
	}
	return n
}

// Kept leaves only answers to questions that the form has.
func (f Form) Kept(a Answers) Answers {
	kept := NewAnswers()
	for _, q := range f.Questions {
		if n, given := a.Figures[q.N]; given && q.Kind.Figure() {
			kept.Figures[q.N] = n
		}
		if w := a.Words[q.N]; w != "" && !q.Kind.Figure() {
			kept.Words[q.N] = w
		}
	}
	return kept
}

// FiguresText writes the numbers of a reply for the book, in the order of the
// questions: number:quantity, and the qualifier where it is not exact.
func (a Answers) FiguresText() string {
	b := make([]byte, 0, 12*len(a.Figures))
	for _, n := range slices.Sorted(maps.Keys(a.Figures)) {
		if len(b) > 0 {
			b = append(b, ' ')
		}
		f := a.Figures[n]
		b = strconv.AppendInt(b, n, 10)
		b = append(b, ':')
		b = strconv.AppendInt(b, f.Qty, 10)
		if f.Qualifier != deed.Exact {
			b = append(b, ':', '0'+byte(f.Qualifier))
		}
	}
	return string(b)
}

// ParseFigures reads what FiguresText wrote.
func ParseFigures(s string) (map[int64]Figure, error) {
	all := map[int64]Figure{}
	for part := range strings.FieldsSeq(s) {
		number, rest, _ := strings.Cut(part, ":")
		qty, means, _ := strings.Cut(rest, ":")
		n, err1 := strconv.ParseInt(number, 10, 64)
		q, err2 := strconv.ParseInt(qty, 10, 64)
		f := Figure{Qty: q}
		if len(means) == 1 && means[0] >= '0' && means[0] <= '0'+byte(deed.Nearly) {
			f.Qualifier = deed.Qualifier(means[0] - '0')
		} else if means != "" {
			return nil, fault.Refuse("form.answer.unreadable", part)
		}
		if err1 != nil || err2 != nil {
			return nil, fault.Refuse("form.answer.unreadable", part)
		}
		all[n] = f
	}
	return all, nil
}
