package calendar

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The words by which dates are told in Vietnamese, English and French, as folded
// leaves them: small letters without accents. They are read, never shown.
var (
	clockAfter = regexp.MustCompile(`(\d)[t ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m|z)?$`)
	notKnown   = regexp.MustCompile(`^(?:(?:khong|chua) (?:ro|biet|nho)|unknown|not known|inconnue?|[?.…_\-]+)$`)
	weekday    = regexp.MustCompile(`^(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|` +
		`(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)[ ,]+`)
	aboutWord = regexp.MustCompile(`^(?:khoang|chung|about|around|circa|ca\.?|c\.|vers|environ|~) *`)
	ofWord    = regexp.MustCompile(`^(?:d[eu] |d')`)
	nowWord   = regexp.MustCompile(`^(?:nay|hien nay|now|today|present|aujourd'hui|ce jour|\.\.)$`)

	// "toi" is both "until" and "evening" without its accents: it stands only
	// between two dates, where it cannot be the evening.
	spanWord  = regexp.MustCompile(` - | ?(?:–|—|->|→) ?| (?:den|toi|to|till|until|a|au|jusqu'[ae][nu]?) `)
	sinceWord = regexp.MustCompile(`^(?:ke tu|tu|from|since|depuis|a partir d[eu]|des) |^(?:depuis|a partir) d'`)
	untilWord = regexp.MustCompile(`^(?:den|until|till|jusqu'[ae][nu]?) `)
	dashSpan  = regexp.MustCompile(`^([\d/.]+) ?- ?([\d/.]+|nay|now|present)$`)

	// blankPart is a day or month left as dots on a form: …/…/1945, __/__/1945.
	blankPart = regexp.MustCompile(`(?:\.{2,}|…+|_+|\?+|\bxx?)/`)
	separated = regexp.MustCompile(`[\s/.,…\-]+`)
)

// fillers are the words that stand between the numbers of a date and say nothing
// that their order does not say.
const fillers = " ngay thang nam mung mong het the of in on year le en de l'an l'annee annee "

// after gives what follows a word at the beginning, or nothing.
func after(word *regexp.Regexp, s string) string {
	at := word.FindStringIndex(s)
	if at == nil || at[0] != 0 {
		return ""
	}
	return s[at[1]:]
}

// numbers takes the numbers of a date apart; what is neither a number nor a
// filler is left over.
func numbers(s string) (n []string, left string) {
	for _, word := range separated.Split(s, -1) {
		switch _, isNumber := digits(word); {
		case isNumber:
			n = append(n, word)
		case word != "" && !strings.Contains(fillers, " "+word+" "):
			left += word
		}
	}
	return n, left
}

func number(s string) int {
	n, _ := digits(s)
	return n
}

var quarter = regexp.MustCompile(`^(?:(?:quy|quarter|trimestre) ?|q)([1-4]|iv|i{1,3})[ /,\-.]+(?:nam |of |de )?(\d{4})$`)

// readQuarter reads "quý I/2025" or "Q1 2025": a span of three months.
func readQuarter(s string) (Date, bool) {
	m := quarter.FindStringSubmatch(s)
	if m == nil || number(m[2]) == 0 {
		return Date{}, false
	}
	q := number(m[1])
	switch m[1] {
	case "iv":
		q = 4
	case "i", "ii", "iii":
		q = len(m[1])
	}
	return Quarter(number(m[2]), q).Date(), true
}

var (
	ordinal  = regexp.MustCompile(`(\d)(?:st|nd|rd|th|er)\b`)
	anyWord  = regexp.MustCompile(`[a-z]+`)
	monthDay = regexp.MustCompile(`^(@\d+)[ .]+(\d{1,2})[ ,]+(\d{4})$`)
	// "thang nam" is May, "năm" being five: with the year's own word it would be
	// "thang 5 nam". "Tháng giêng" and "tháng chạp" are left out: they are lunar.
	spelled = regexp.MustCompile(`\bthang (muoi mot|muoi hai|muoi|mot|hai|ba|tu|nam|sau|bay|tam|chin)\b`)
	capital = regexp.MustCompile(`\bt\.?(\d{1,2})([/\-.])`) // T10/2003 is tháng 10
)

// monthBegins are the letters by which a month of the two languages begins, in
// order, the longer first where one begins another.
var monthBegins = [...]struct {
	letters string
	number  string
}{
	{"jan", "1"},
	{"fev", "2"},
	{"feb", "2"},
	{"mar", "3"},
	{"avr", "4"},
	{"apr", "4"},
	{"mai", "5"},
	{"may", "5"},
	{"juin", "6"},
	{"jun", "6"},
	{"juil", "7"},
	{"jul", "7"},
	{"aou", "8"},
	{"aug", "8"},
	{"sep", "9"},
	{"oct", "10"},
	{"nov", "11"},
	{"dec", "12"},
}

// monthNames are the names in full; what is typed may be the beginning of one.
const monthNames = " january february march april may june july august sept september october november december" +
	" janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"

var spelledNumbers = [...]string{"mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai"}

// nameMonth puts the number of a month in the place of its name, and the day
// before it where English has it after. It says whether there was a name.
func nameMonth(s string) (string, bool) {
	s = ordinal.ReplaceAllString(s, "$1")
	s = capital.ReplaceAllString(s, "$1$2")
	s = spelled.ReplaceAllStringFunc(s, func(month string) string {
		for i, word := range spelledNumbers {
			if month == "thang "+word {
				return "thang " + strconv.Itoa(i+1)
			}
		}
		return month
	})
	named := false
	s = anyWord.ReplaceAllStringFunc(s, func(word string) string {
		n := monthNumber(word)
		if n == "" || named {
			return word
		}
		named = true
		return "@" + n
	})
	s = monthDay.ReplaceAllString(s, "$2 $1 $3")
	return strings.ReplaceAll(s, "@", " "), named
}

func monthNumber(word string) string {
	if !strings.Contains(monthNames, " "+word) {
		return ""
	}
	for _, m := range monthBegins {
		if strings.HasPrefix(word, m.letters) {
			return m.number
		}
	}
	return ""
}

// folded is what was typed in small letters, without accents and quotes, with
// single spaces.
func folded(s string) string {
	var b strings.Builder
	space := false
	for _, c := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, c) || c == '"' || c == '“' || c == '”':
		case unicode.IsSpace(c):
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(bare(c))
		}
	}
	return strings.TrimPrefix(b.String(), "'") // a sheet's mark of text
}

func bare(c rune) rune {
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

// shortened is the beginning of what is too long to quote.
func shortened(s string) string {
	runes := []rune(s)
	return string(runes[:min(30, len(runes))]) + "…"
}
