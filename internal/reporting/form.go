// Package reporting holds reporting forms: what units below are asked each week,
// month, quarter or year, what they answered, and what becomes of it. A form is
// data and has versions; a unit's reply for a period may be sent again, the last
// one counts and the earlier ones are kept. Numbers with their precision add up
// over any depth, and where a question says so they become lines of deeds with
// the reply as their source.
package reporting

import (
	"regexp"
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
)

// ID identifies a form for ever.
type ID int64

// Kind says how a question is answered.
type Kind string

// The kinds of question.
const (
	Number Kind = "number" // a count, with its precision
	Money  Kind = "money"  // an amount in the question's currency, with its precision
	Line   Kind = "line"   // a line of text
	Text   Kind = "text"   // several lines
	Choice Kind = "choice" // one of several
	YesNo  Kind = "yesno"
	Day    Kind = "day"  // a date as precisely as it is known
	Link   Kind = "link" // an address on the network: photographs, an article

	Image Kind = "picture" // a photograph that comes with the reply
)

// Kinds lists the kinds in the order in which forms offer them.
func Kinds() []Kind { return []Kind{Number, Money, Line, Text, Choice, YesNo, Day, Link, Image} }

// Figure tells whether answers of the kind add up.
func (k Kind) Figure() bool { return k == Number || k == Money }

// Names are words by language; Vietnamese is always there.
type Names map[string]string

// In gives the words in a language, or in Vietnamese.
func (n Names) In(lang string) string {
	if s := n[lang]; s != "" {
		return s
	}
	return n["vi"]
}

// Option is one answer of a choice.
type Option struct {
	Code  string `json:"code"`
	Names Names  `json:"names"`
}

// Question is one thing asked. Its number is never given to another question of
// the form, so that answers of every version can be read beside each other.
type Question struct {
	N       int64          `json:"n"`
	Group   string         `json:"group,omitempty"` // code of its group
	Names   Names          `json:"names"`
	Hint    Names          `json:"hint,omitempty"`
	Kind    Kind           `json:"kind"`
	Needed  bool           `json:"needed,omitempty"`
	Min     *int64         `json:"min,omitempty"` // smallest units, as Max
	Max     *int64         `json:"max,omitempty"`
	Options []Option       `json:"options,omitempty"`
	Cur     money.Currency `json:"currency,omitempty"`
	// Feeds names the measure that an answer becomes, such as campaign.persons, and
	// with it whatever is worked out of that measure: rankings, plans, contests.
	// Empty: it is added up in the form alone.
	Feeds string `json:"feeds,omitempty"`
	// Target names the target of a plan whose figure the answers tell, by the codes of
	// the plan and of the target with a stroke between.
	Target string `json:"target,omitempty"`
	As     As     `json:"as,omitempty"` // how the answers of several periods tell it
}

// As says how the answers of the periods of a plan become the figure of its target.
type As string

// The ways.
const (
	AddUp  As = "sum"  // what was done in each period adds up
	AsLast As = "last" // each period tells how it stands
)

// TargetCodes gives the codes of the plan and of the target that answers tell.
func (q Question) TargetCodes() (plan, target string, tells bool) {
	plan, target, tells = strings.Cut(q.Target, "/")
	return plan, target, tells && q.Kind.Figure()
}

// Feeder is a question whose answers tell the figure of a target.
type Feeder struct {
	Form     Form
	Question Question
}

// Measure is what an answer to the question counts; false when it feeds nothing.
func (q Question) Measure() (deed.Measure, bool) {
	if q.Feeds == "" || !q.Kind.Figure() {
		return deed.Measure{}, false
	}
	m, err := deed.ParseMeasure(q.Feeds)
	m.Currency = ""
	if m.Unit.HasCurrency() {
		m.Currency = q.Cur
	}
	return m, err == nil
}

// Decimals is how many decimals an answer's smallest unit stands for.
func (q Question) Decimals() int {
	if q.Kind == Money {
		return q.Cur.Digits()
	}
	if m, feeds := q.Measure(); feeds {
		return m.Unit.Decimals()
	}
	return 0
}

// Field is the name of the question in a page, and in what is wrong with it.
func (q Question) Field() string { return "q" + decimal(q.N) }

// Group holds questions under one heading.
type Group struct {
	Code  string `json:"code"`
	Names Names  `json:"names"`
}

// Senders says who must send: the bodies below one, of some kinds, or those
// that are listed.
type Senders struct {
	Under body.ID     `json:"under,omitempty"`
	Kinds []body.Kind `json:"kinds,omitempty"`
	Named []body.ID   `json:"named,omitempty"`
}

// Posting says when answers become deeds.
type Posting string

// When answers become deeds.
const (
	OnApproval Posting = "approval"
	OnSending  Posting = "sending"
	Never      Posting = "never"
)

// Column is one column of the file for a national platform.
type Column struct {
	Title string `json:"title"`
	What  string `json:"what"` // a question by its field, or unit, code, period, from, to
	Fixed string `json:"fixed,omitempty"`
}

// Form is one reporting form in its present version.
type Form struct {
	ID        ID           `json:"id"`
	Code      string       `json:"code"`
	Body      body.ID      `json:"body"` // that asks
	Names     Names        `json:"names"`
	Intro     Names        `json:"intro,omitempty"`
	Every     Every        `json:"every"`
	Due       int          `json:"due"`             // days after the period's end
	Since     calendar.Day `json:"since"`           // first day of the first period
	Until     calendar.Day `json:"until,omitempty"` // last day of the last one; 0: none
	Senders   Senders      `json:"senders"`
	Contact   string       `json:"contact,omitempty"` // whom a unit asks
	Posting   Posting      `json:"posting"`
	Groups    []Group      `json:"groups,omitempty"`
	Questions []Question   `json:"questions"`
	Platform  []Column     `json:"platform,omitempty"`
	LastN     int64        `json:"lastN"`   // the highest number a question ever had
	Version   int64        `json:"version"` // of the questions
	Revision  int64        `json:"revision"`
}

// Question finds a question by its number.
func (f Form) Question(n int64) (Question, bool) {
	i := slices.IndexFunc(f.Questions, func(q Question) bool { return q.N == n })
	if i < 0 {
		return Question{}, false
	}
	return f.Questions[i], true
}

// Figures lists the questions whose answers add up.
func (f Form) Figures() []Question {
	return slices.DeleteFunc(slices.Clone(f.Questions), func(q Question) bool { return !q.Kind.Figure() })
}

// DueOn is the last day on which a period's reply is in time.
func (f Form) DueOn(p calendar.Period) calendar.Day { return p.To + calendar.Day(f.Due) }

// Asks tells whether the form asks for a period.
func (f Form) Asks(p calendar.Period) bool {
	return p.From >= f.Since && (f.Until == 0 || p.To <= f.Until) && f.Every.Of(p.From) == p
}

var codeForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// The most a form holds.
const (
	questionsMost = 300
	optionsMost   = 50
	namesMost     = 500
	dueMost       = 366
	picturesMost  = 6
)

// Check tells what does not make sense in a form by itself.
func (f Form) Check() error {
	var found []error
	if !codeForm.MatchString(f.Code) || len(f.Code) > 60 {
		found = append(found, fault.Field("code", "form.code.wrong"))
	}
	if strings.TrimSpace(f.Names["vi"]) == "" || len([]rune(f.Names["vi"])) > namesMost {
		found = append(found, fault.Field("name", "form.name.missing"))
	}
	if !slices.Contains(Everies(), f.Every) {
		found = append(found, fault.Field("every", "form.every.missing"))
	} else if f.Every.Of(f.Since).From != f.Since {
		found = append(found, fault.Field("since", "form.since.wrong"))
	}
	if f.Due < 0 || f.Due > dueMost {
		found = append(found, fault.Field("due", "form.due.wrong"))
	}
	if f.Senders.Under == 0 && len(f.Senders.Named) == 0 {
		found = append(found, fault.Field("under", "form.senders.missing"))
	}
	if !slices.Contains([]Posting{OnApproval, OnSending, Never}, f.Posting) {
		found = append(found, fault.Field("posting", "form.posting.missing"))
	}
	if len(f.Questions) > questionsMost {
		found = append(found, fault.Refuse("form.questions.many", questionsMost))
	}
	pictures := 0
	for _, q := range f.Questions {
		found = append(found, f.checkQuestion(q))
		if q.Kind == Image {
			pictures++
		}
	}
	if pictures > picturesMost {
		found = append(found, fault.Field("kind", "form.question.pictures", picturesMost))
	}
	for _, c := range f.Platform {
		if !f.known(c) {
			found = append(found, fault.Field("platform", "form.platform.column", c.Title))
		}
	}
	return fault.Gather(found...)
}

// checkQuestion tells what does not make sense in one question.
func (f Form) checkQuestion(q Question) error {
	name := q.Names["vi"]
	switch {
	case strings.TrimSpace(name) == "" || len([]rune(name)) > namesMost:
		return fault.Field("name", "form.question.name")
	case !slices.Contains(Kinds(), q.Kind):
		return fault.Field("kind", "form.question.kind", name)
	case q.Kind == Money && !q.Cur.Valid():
		return fault.Field("currency", "form.question.currency", name)
	case q.Kind == Choice && (len(q.Options) < 2 || len(q.Options) > optionsMost):
		return fault.Field("options", "form.question.options", name)
	case q.Min != nil && q.Max != nil && *q.Min > *q.Max, q.Min != nil && *q.Min < 0:
		return fault.Field("min", "form.question.limits", name)
	case q.Group != "" && !slices.ContainsFunc(f.Groups, func(g Group) bool { return g.Code == q.Group }):
		return fault.Field("group", "form.question.group", name)
	}
	if _, _, tells := q.TargetCodes(); q.Target != "" && (!tells || q.As != AddUp && q.As != AsLast) {
		return fault.Field("target", "form.question.target.kind", name)
	}
	return checkFeeds(q)
}

// checkFeeds tells what does not make sense in the measure that answers become.
func checkFeeds(q Question) error {
	if q.Feeds == "" {
		return nil
	}
	m, err := deed.ParseMeasure(q.Feeds)
	if err != nil || !q.Kind.Figure() || m.Unit.HasCurrency() != (q.Kind == Money) {
		return fault.Field("feeds", "form.question.feeds", q.Names["vi"])
	}
	return nil
}
