// Package occasion is the calendar that thinks ahead: national days and days of
// relations, lunar feasts and new years, anniversaries, ends of terms, what is
// due; and from each the duties of an office: to whom a letter goes, when it
// must be written, whether it was signed, sent, received, answered.
//
// Feasts that everybody keeps are data with a rule that finds their day in any
// year; what concerns one book comes as facts. Both become occurrences, which
// carry what they are called and how sure their day is.
package occasion

import (
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
)

// Kind says what sort of occasion it is.
type Kind string

// The kinds. The first five are feasts, the others come from the book itself.
const (
	National  Kind = "national"  // national day of a country
	Relations Kind = "relations" // anniversary of diplomatic relations
	NewYear   Kind = "new_year"  // new years that others keep, and ours
	Lunar     Kind = "lunar"     // feasts of the Vietnamese lunar calendar
	Day       Kind = "day"       // days of the year: 27 July, 20 November
	Own       Kind = "own"       // entered by an officer
	Tie       Kind = "tie"       // anniversary of a tie
	Founding  Kind = "founding"  // anniversary of a body
	Expiry    Kind = "expiry"    // a tie expires
	Notice    Kind = "notice"    // last day to give notice of a tie
	Review    Kind = "review"    // a tie is due for review
	Promise   Kind = "promise"   // something promised is due
	Term      Kind = "term"      // a term of office ends
	Congress  Kind = "congress"  // the next congress is due
	Reporting Kind = "report"    // reports are due
	Contest   Kind = "contest"   // sheets of a contest are due, for who keeps it
	Sheet     Kind = "sheet"     // a unit's own sheet is due
	Form      Kind = "form"      // a reporting form is due
	Plan      Kind = "plan"      // figures of a plan of targets are due
	Plans     Kind = "plans"     // the same of several plans, for who reads them from above
	Task      Kind = "task"
	Paper     Kind = "paper" // a paper that came must be answered
	Planned   Kind = "deed"  // a deed is planned
	Age       Kind = "age"   // somebody reaches an age that is honoured
	Memorial  Kind = "memorial"
)

// Kinds lists the kinds in the order in which forms offer them.
func Kinds() []Kind {
	return []Kind{National, Relations, NewYear, Lunar, Day, Own, Tie, Founding, Expiry, Notice, Review, Promise, Term, Congress, Reporting, Contest, Sheet, Form, Plan, Plans, Task, Paper, Planned, Age, Memorial}
}

// FeastKinds lists the kinds of which a feast can be.
func FeastKinds() []Kind { return []Kind{National, Relations, NewYear, Lunar, Day, Own} }

// IsFeast tells whether the kind is one that everybody keeps, rather than one
// that comes from the records of a book.
func (k Kind) IsFeast() bool {
	for _, f := range FeastKinds() {
		if k == f {
			return true
		}
	}
	return false
}

// ParseKind reads the name of a kind; empty is none.
func ParseKind(name string) (Kind, error) {
	for _, k := range Kinds() {
		if string(k) == name {
			return k, nil
		}
	}
	return "", fault.Field("kind", "occasion.kind.unknown", name)
}

// Lead is how many days ahead an occasion of a kind is prepared unless a book
// says otherwise: new years three weeks, as offices do.
func (k Kind) Lead() int {
	switch k {
	case NewYear, Relations:
		return 21
	case National, Lunar, Day, Own, Memorial:
		return 14
	case Tie, Founding, Age, Planned:
		return 30
	case Term, Expiry, Notice, Review:
		return 90
	case Congress:
		return 180 // a congress is prepared for half a year
	case Plan, Plans:
		return 14 // many offices have to be asked
	case Promise, Reporting, Contest, Sheet, Form, Task, Paper:
	}
	return 7
}

// SettingLead names the setting of how many days ahead a kind is prepared.
func SettingLead(k Kind) string { return "calendar.lead." + string(k) }

// Occurrence is an occasion on its day.
type Occurrence struct {
	Code    string            `json:"code"` // of the feast, or of the record: "tie.12"
	Kind    Kind              `json:"kind"`
	Day     calendar.Day      `json:"day"`
	Until   calendar.Day      `json:"until"` // last day; Day for one day
	Names   map[string]string `json:"names"` // by language: of the country, the feast, the body
	Country string            `json:"country,omitempty"`
	Number  int               `json:"number,omitempty"` // how many years; 0: not counted
	Body    body.ID           `json:"body,omitempty"`   // whose it is; 0: everybody's
	Who     string            `json:"who,omitempty"`
	Path    string            `json:"path,omitempty"` // what it opens
	Lead    int               `json:"lead"`
	Vague   bool              `json:"vague,omitempty"`   // known to the month or the year only
	Derived bool              `json:"derived,omitempty"` // the year was reckoned, not stated
	Check   bool              `json:"check,omitempty"`   // to be checked against its source
	Decreed bool              `json:"decreed,omitempty"` // set for this year by decree
}

// Key identifies the occurrence for ever: code and year.
func (o Occurrence) Key() string { return o.Code + "-" + strconv.Itoa(o.Day.Year()) }

// SplitKey gives the code and the year of a key.
func SplitKey(key string) (code string, year int, err error) {
	i := strings.LastIndexByte(key, '-')
	if i <= 0 {
		return "", 0, fault.Missing("occasion.missing")
	}
	year, err = strconv.Atoi(key[i+1:])
	if err != nil || year < 1000 || year > 9999 {
		return "", 0, fault.Missing("occasion.missing")
	}
	return key[:i], year, nil
}

// Opens is the day on which its preparation begins.
func (o Occurrence) Opens() calendar.Day { return o.Day - calendar.Day(o.Lead) }

// Round tells whether the number of years is one that is celebrated.
func (o Occurrence) Round() bool {
	return o.Kind != Age && o.Kind != Congress && Roundness(o.Number) > 0
}

// Roundness weighs a number of years: nothing unless it is a multiple of five,
// more for tens, more yet for 25, 50 and the hundreds.
func Roundness(years int) int {
	switch {
	case years <= 0 || years%5 != 0:
		return 0
	case years%50 == 0:
		return 4
	case years%25 == 0:
		return 3
	case years%10 == 0:
		return 2
	}
	return 1
}

// Name is what the country, feast or body is called in a language, or in the
// first language that has a name.
func (o Occurrence) Name(lang locale.Lang) string { return named(o.Names, lang) }

func named(names map[string]string, lang locale.Lang) string {
	for _, l := range []string{string(lang), "vi", "en", "fr"} {
		if n := names[l]; n != "" {
			return n
		}
	}
	return ""
}

// Title words the occurrence: "Quốc khánh Campuchia", "Kỷ niệm 55 năm …".
func (o Occurrence) Title(to locale.Speaker) string {
	name := o.Name(to.Lang)
	switch o.Kind {
	case NewYear, Lunar, Day, Own, Task, Paper, Planned:
		if o.Number > 0 {
			return to.Say("occasion.title.years", name, strconv.Itoa(o.Number))
		}
		return name
	case Congress:
		return to.Say("occasion.title.congress", name, to.Ordinal(o.Number))
	case Age, Relations, Founding, Tie, National, Memorial, Expiry, Notice, Review, Promise, Term, Reporting, Contest, Sheet, Form, Plan, Plans:
	}
	if o.Number > 0 {
		return to.Say("occasion.title."+string(o.Kind)+".years", name, strconv.Itoa(o.Number))
	}
	return to.Say("occasion.title."+string(o.Kind), name)
}
