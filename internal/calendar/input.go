package calendar

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kith.app/internal/fault"
)

// Reading says how to read what is ambiguous in a date that someone typed. The
// zero Reading is how dates are written in Viet Nam and France: day first; two
// digits are no year.
type Reading struct {
	// MonthFirst reads 9/20/2024 as 20 September.
	MonthFirst bool
	// Pivot is the latest year that two digits may mean: with 2026, "26" is 2026
	// and "27" is 1927. At 0 such a year is refused as ambiguous.
	Pivot int
}

// longestInput bounds what is looked at: no date needs so many bytes.
const longestInput = 120

// ReadInput reads a date as people type it in forms and sheets: 21/11/2026,
// 11/2026, 2026, "ngày 2 tháng 12 năm 2024", "2 December 2024", "1er août 2024",
// "khoảng 1989", "10/2003 - 5/2024", "từ 2003", EDTF. Case, accents and spaces do
// not matter. Nothing typed is the unknown date. What cannot be a date, or may be
// two, is refused with a key that says why.
func ReadInput(s string, how Reading) (Date, error) {
	said := strings.TrimSpace(s)
	if len(said) > longestInput {
		return Date{}, fault.Refuse("date.unreadable", string([]rune(said[:longestInput])[:30])+"…")
	}
	d, err := ParseEDTF(said)
	if err == nil || fault.All(err)[0].Key == "date.reversed" {
		return d, err
	}
	r := reader{Reading: how, said: said}
	return r.whole(plain(said))
}

// reader reads one input; said is what the faults quote.
type reader struct {
	Reading
	said string
}

func (r reader) refuse(why string) error { return fault.Refuse(why, r.said) }

var (
	clockAfter   = regexp.MustCompile(`(\d)[t ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m|z)?$`)
	weekdayFirst = regexp.MustCompile(`^(thu (hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|` +
		`(mon|tues|wednes|thurs|fri|satur|sun)day|(lun|mar|mercre|jeu|vendre|same)di|dimanche)[ ,]+`)
	aboutFirst = regexp.MustCompile(`^(khoang|chung|about|around|circa|ca\.?|c\.|vers|environ|~)\s*`)
	spanWord   = regexp.MustCompile(` ?(?: - |–|—|->|→| (?:den|toi|to|till|until|a|au|jusqu'a|jusqu'en) )`)
	fromWord   = regexp.MustCompile(`^(?:(?:ke tu|tu|from|since|depuis|du|de) (?:(?:nam|thang|ngay|le) )?|d')`)
	untilWord  = regexp.MustCompile(`^(?:den|toi|until|till|to|jusqu'a|jusqu'au|jusqu'en|au)(?: nam)? `)
	dashSpan   = regexp.MustCompile(`^([\d/.]+) ?- ?([\d/.]+)$`)
	nowWord    = regexp.MustCompile(`^(nay|hien nay|now|today|present|aujourd'hui|ce jour|\.\.)$`)
)

// whole reads a date or a span of two.
func (r reader) whole(s string) (Date, error) {
	s = clockAfter.ReplaceAllString(s, "$1")
	if rest := untilWord.ReplaceAllString(s, ""); rest != s {
		return r.span("", rest)
	}
	rest := fromWord.ReplaceAllString(s, "")
	if at := spanWord.FindStringIndex(rest); at != nil {
		return r.span(rest[:at[0]], rest[at[1]:])
	}
	if rest != s {
		return r.span(rest, "")
	}
	if two := dashSpan.FindStringSubmatch(s); two != nil && isSpan(two[1], two[2]) {
		return r.span(two[1], two[2])
	}
	return r.one(s)
}

// isSpan tells 2003-2024 and 10/2003-5/2024 from 11-2026.
func isSpan(left, right string) bool {
	return strings.ContainsAny(left+right, "/.") || len(left) == 4 && len(right) == 4
}

func (r reader) span(left, right string) (Date, error) {
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	if nowWord.MatchString(right) {
		right = ""
	}
	var from, to Date
	var err error
	if right != "" {
		if to, err = r.one(right); err != nil {
			return Date{}, err
		}
	}
	if left != "" {
		if from, err = r.begin(left, to); err != nil {
			return Date{}, err
		}
	}
	if from.IsUnknown() && to.IsUnknown() {
		return Date{}, r.refuse("date.unreadable")
	}
	if from.IsSpan() || to.IsSpan() {
		from, _ = from.Ends()
		_, to = to.Ends()
	}
	span, err := Between(from, to)
	if err != nil {
		return Date{}, r.refuse("date.reversed")
	}
	return span, nil
}

// begin reads the left end of a span, which may leave to the right end what is
// the same in both: 2-4/12/2024, 30/11 - 2/12/2024, 10 - 12/2024.
func (r reader) begin(s string, to Date) (Date, error) {
	n, _ := numbers(s)
	year, month, known := to.Month()
	if !known || to.IsSpan() || len(n) == 0 || len(n[len(n)-1]) > 2 {
		return r.one(s)
	}
	switch {
	case to.Precision() == ToDay && len(n) == 2:
		a, b := number(n[0]), number(n[1])
		if r.MonthFirst {
			a, b = b, a
		}
		return r.day(year, b, a)
	case to.Precision() == ToDay && len(n) == 1:
		return r.day(year, int(month), number(n[0]))
	case to.Precision() == ToMonth && len(n) == 1:
		return r.month(year, number(n[0]))
	}
	return r.one(s)
}

// one reads one date.
func (r reader) one(s string) (Date, error) {
	if rest := aboutFirst.ReplaceAllString(s, ""); rest != s {
		d, err := r.one(rest)
		return d.About(), err
	}
	s = weekdayFirst.ReplaceAllString(s, "")
	if d, err := ParseEDTF(s); err == nil && !d.IsUnknown() {
		return d, nil
	}
	if d, ok := readQuarter(s); ok {
		return d, nil
	}
	s, named := nameMonth(s)
	n, left := numbers(s)
	if left != "" || len(n) == 0 || len(n) > 3 {
		return Date{}, r.refuse("date.unreadable")
	}
	switch len(n) {
	case 1:
		return r.ofYear(n)
	case 2:
		return r.ofMonth(n)
	}
	return r.ofDay(n, named)
}

func (r reader) ofYear(n []string) (Date, error) {
	year, err := r.year(n[0])
	if err != nil {
		return Date{}, err
	}
	return InYear(year), nil
}

func (r reader) ofMonth(n []string) (Date, error) {
	month, year := n[0], n[1]
	if len(month) == 4 {
		month, year = year, month
	}
	if len(month) > 2 {
		return Date{}, r.refuse("date.unreadable")
	}
	if len(year) <= 2 { // 27/11, or 11/26: which of them is not for us to say
		return Date{}, r.refuse("date.noYear")
	}
	y, err := r.year(year)
	if err != nil {
		return Date{}, err
	}
	return r.month(y, number(month))
}

func (r reader) ofDay(n []string, named bool) (Date, error) {
	day, month, year := n[0], n[1], n[2]
	switch {
	case len(day) == 4:
		day, month, year = n[2], n[1], n[0]
	case r.MonthFirst && !named:
		day, month = month, day
	}
	if len(day) > 2 || len(month) > 2 {
		return Date{}, r.refuse("date.unreadable")
	}
	y, err := r.year(year)
	if err != nil {
		return Date{}, err
	}
	return r.day(y, number(month), number(day))
}

func (r reader) year(s string) (int, error) {
	year := number(s)
	switch {
	case len(s) == 4 && year > 0:
		return year, nil
	case len(s) != 2:
		return 0, r.refuse("date.unreadable")
	case r.Pivot == 0:
		return 0, r.refuse("date.shortYear")
	}
	year += r.Pivot / 100 * 100
	if year > r.Pivot {
		year -= 100
	}
	return year, nil
}

func (r reader) month(year, month int) (Date, error) {
	if _, ok := exact(year, month, 1); !ok {
		return Date{}, r.refuse("date.impossible")
	}
	return InMonth(year, time.Month(month)), nil
}

func (r reader) day(year, month, day int) (Date, error) {
	if at, ok := exact(year, month, day); ok {
		return OnDay(at), nil
	}
	if _, ok := exact(year, day, month); ok {
		if r.MonthFirst {
			return Date{}, r.refuse("date.dayFirst")
		}
		return Date{}, r.refuse("date.monthFirst")
	}
	return Date{}, r.refuse("date.impossible")
}

// fillers are the words that stand between the numbers of a date and say nothing
// that their order does not say.
var fillers = map[string]bool{
	"ngay": true, "thang": true, "nam": true, "mung": true, "mong": true,
	"the": true, "of": true, "in": true, "on": true, "year": true,
	"le": true, "en": true, "de": true, "l'an": true, "annee": true,
}

var separated = regexp.MustCompile(`[\s/.,\-]+`)

// numbers takes the numbers of a date apart; what is neither a number nor a
// filler is left over.
func numbers(s string) (n []string, left string) {
	for _, word := range separated.Split(s, -1) {
		switch _, isNumber := digits(word); {
		case word == "" || fillers[word]:
		case isNumber:
			n = append(n, word)
		default:
			left += word
		}
	}
	return n, left
}

func number(s string) int {
	n, _ := digits(s)
	return n
}

var (
	quarter  = regexp.MustCompile(`^(?:(?:quy|quarter|trimestre) ?|[qt])([1-4]|iv|i{1,3})[ /,\-.]*(?:nam |of |de )?(\d{4})$`)
	romans   = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4}
	dayMonth = regexp.MustCompile(`(\d)(?:st|nd|rd|th|er|re)\b`)
	anyWord  = regexp.MustCompile(`\pL+`)
	dayAfter = regexp.MustCompile(`^(@\d+)[ .]+(\d{1,2})[ ,]+(\d{4})$`)
)

// readQuarter reads "quý I/2025", "Q1 2025": a span of three months.
func readQuarter(s string) (Date, bool) {
	m := quarter.FindStringSubmatch(s)
	if m == nil || m[2] == "0000" {
		return Date{}, false
	}
	q, ok := romans[m[1]]
	if !ok {
		q = number(m[1])
	}
	return Quarter(number(m[2]), q).Date(), true
}

// monthNames are the first letters, without accents, by which an English or
// French month is known, longest first where one begins another.
var monthNames = []struct {
	begins string
	number string
}{
	{"jan", "1"}, {"fev", "2"}, {"feb", "2"}, {"mars", "3"}, {"mar", "3"},
	{"avr", "4"}, {"apr", "4"}, {"mai", "5"}, {"may", "5"}, {"juin", "6"}, {"jun", "6"},
	{"juil", "7"}, {"jul", "7"}, {"aou", "8"}, {"aug", "8"}, {"sep", "9"},
	{"oct", "10"}, {"nov", "11"}, {"dec", "12"},
}

// fullNames are the month names in full, against which a word is checked to be a
// shortening of one.
var fullNames = strings.Fields(`january february march april may june july august september october november december
	janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre sept.`)

// nameMonth puts the number of a month in the place of its name, and before it
// the day that English may write after.
func nameMonth(s string) (string, bool) {
	s = dayMonth.ReplaceAllString(s, "$1")
	named := false
	s = anyWord.ReplaceAllStringFunc(s, func(word string) string {
		if n := monthNumber(word); n != "" && !named {
			named = true
			return "@" + n
		}
		return word
	})
	s = dayAfter.ReplaceAllString(s, "$2 $1 $3")
	return strings.ReplaceAll(s, "@", " "), named
}

func monthNumber(word string) string {
	for _, m := range monthNames {
		if !strings.HasPrefix(word, m.begins) {
			continue
		}
		for _, full := range fullNames {
			if strings.HasPrefix(full, word) {
				return m.number
			}
		}
	}
	return ""
}

// plain is what was typed in small letters, without accents, with single spaces.
func plain(s string) string {
	var b strings.Builder
	space := false
	for _, c := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, c):
		case unicode.IsSpace(c):
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(unadorned(c))
		}
	}
	return b.String()
}

func unadorned(c rune) rune {
	switch c {
	case 'đ':
		return 'd'
	case '’', 'ʼ':
		return '\''
	case '−', '‐', '‑':
		return '-'
	}
	return c
}
