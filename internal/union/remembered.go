package union

import (
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// The registers of what two sides remember together.
const (
	Memorials Register = "memorial"
	Presses   Register = "press"
	Keepsakes Register = "keepsake"
)

// RememberedAs says as what somebody is remembered.
type RememberedAs string

// As what.
const (
	Martyr  RememberedAs = "martyr"
	Veteran RememberedAs = "veteran"
)

// RememberedAses lists them in the order in which forms offer them.
func RememberedAses() []RememberedAs { return []RememberedAs{Martyr, Veteran} }

// Memorial is a martyr of one side who lies on the other, or a veteran who lives
// there. Incense visits are the deeds that name the place of rest or the tie.
type Memorial struct {
	ID       int64         `json:"id"`
	Body     body.ID       `json:"body"`
	Person   person.ID     `json:"person,omitempty"`
	Name     string        `json:"name,omitempty"` // outside the book
	As       RememberedAs  `json:"as"`
	Other    body.ID       `json:"other,omitempty"` // from which body they came
	From     string        `json:"from,omitempty"`  // or from where, in words
	Where    string        `json:"where"`           // the cemetery, the place where they live
	Grave    string        `json:"grave,omitempty"` // row and number
	Unit     string        `json:"unit,omitempty"`
	Day      calendar.Date `json:"day"`            // of death; of a veteran, since when they live there
	Kin      string        `json:"kin,omitempty"`  // who of the family is to be told
	Seen     calendar.Day  `json:"seen,omitempty"` // last visited, where no deed says it
	Note     string        `json:"note,omitempty"`
	Revision int64         `json:"revision"`
}

// Entry implements Kept.
func (m Memorial) Entry() Entry {
	return Entry{ID: m.ID, Body: m.Body, Register: Memorials, Person: m.Person, Other: m.Other, Day: m.Day.FirstOr(0), Words: m.Name + " " + m.From + " " + m.Where + " " + m.Unit, Revision: m.Revision}
}

// With implements Kept.
func (m Memorial) With(e Entry) Memorial {
	m.ID, m.Body, m.Person, m.Other, m.Revision = e.ID, e.Body, e.Person, e.Other, e.Revision
	return m
}

// Check implements Kept.
func (m Memorial) Check() error {
	var found []error
	if m.Person == 0 && strings.TrimSpace(m.Name) == "" {
		found = append(found, fault.Field("who", "register.memorial.who.missing"))
	}
	if !slices.Contains(RememberedAses(), m.As) {
		found = append(found, fault.Field("as", "register.memorial.as.missing"))
	}
	if strings.TrimSpace(m.Where) == "" {
		found = append(found, fault.Field("where", "register.memorial.where.missing"))
	}
	return fault.Gather(found...)
}

// Unwritten is something that an article tells and the book does not have.
type Unwritten struct {
	Text string       `json:"text"`
	Done calendar.Day `json:"done,omitempty"` // when it was entered
	Why  string       `json:"why,omitempty"`  // why it is not to be entered
}

// Open tells that nobody has entered it or said why not.
func (u Unwritten) Open() bool { return u.Done == 0 && u.Why == "" }

// Article is a report in the press that speaks of the body. What was taken from it
// is told by the records that name it as their source; what it tells and the book
// does not have yet is written down by hand.
type Article struct {
	ID       int64         `json:"id"`
	Body     body.ID       `json:"body"`
	Title    string        `json:"title"` // as sources name it
	Paper    string        `json:"paper,omitempty"`
	Address  string        `json:"address,omitempty"`
	Day      calendar.Date `json:"day"`
	Author   string        `json:"author,omitempty"`
	Missing  []Unwritten   `json:"missing,omitempty"`
	Note     string        `json:"note,omitempty"`
	Revision int64         `json:"revision"`
}

// Entry implements Kept.
func (a Article) Entry() Entry {
	return Entry{ID: a.ID, Body: a.Body, Register: Presses, Day: a.Day.FirstOr(0), Words: a.Title + " " + a.Paper + " " + a.Author, Revision: a.Revision}
}

// With implements Kept.
func (a Article) With(e Entry) Article {
	a.ID, a.Body, a.Revision = e.ID, e.Body, e.Revision
	return a
}

// Check implements Kept.
func (a Article) Check() error {
	var found []error
	if strings.TrimSpace(a.Title) == "" {
		found = append(found, fault.Field("title", "register.press.title.missing"))
	}
	for _, m := range a.Missing {
		if strings.TrimSpace(m.Text) == "" {
			found = append(found, fault.Field("fact", "register.press.fact.missing"))
		}
	}
	return fault.Gather(found...)
}

// Left counts what of the article is not in the book yet.
func (a Article) Left() int {
	n := 0
	for _, m := range a.Missing {
		if m.Open() {
			n++
		}
	}
	return n
}

// Use says who may use a speech, a photograph, a recording.
type Use string

// The answers; without one nobody knows yet.
const (
	UseUnknown   Use = ""
	UseOurs      Use = "ours"      // it is ours: anybody for whom we make things
	UsePermitted Use = "permitted" // with the permission that is named
	UseInside    Use = "inside"    // inside the association only
	UseAsk       Use = "ask"       // its owner is to be asked each time
)

// Uses lists the answers in the order in which forms offer them.
func Uses() []Use { return []Use{UseUnknown, UseOurs, UsePermitted, UseInside, UseAsk} }

// KeepsakeKinds lists what a keepsake may be.
func KeepsakeKinds() []string {
	return []string{"speech", "photograph", "recording", "letter", "object"}
}

// Keepsake is a speech, a photograph, a recording that is held, and who may use it.
type Keepsake struct {
	ID       int64         `json:"id"`
	Body     body.ID       `json:"body"`
	Title    string        `json:"title"`
	Kind     string        `json:"kind"`
	Of       calendar.Date `json:"of"`               // of which time it tells
	Maker    string        `json:"maker,omitempty"`  // who spoke, who took it
	Owner    string        `json:"owner,omitempty"`  // whose it is
	Where    string        `json:"where,omitempty"`  // where it is kept
	Use      Use           `json:"use,omitempty"`    // who may use it
	Permit   string        `json:"permit,omitempty"` // by which paper, for what
	Note     string        `json:"note,omitempty"`
	Revision int64         `json:"revision"`
}

// Entry implements Kept.
func (k Keepsake) Entry() Entry {
	return Entry{ID: k.ID, Body: k.Body, Register: Keepsakes, Day: k.Of.FirstOr(0), Words: k.Title + " " + k.Maker + " " + k.Owner + " " + k.Where, Revision: k.Revision}
}

// With implements Kept.
func (k Keepsake) With(e Entry) Keepsake {
	k.ID, k.Body, k.Revision = e.ID, e.Body, e.Revision
	return k
}

// Check implements Kept.
func (k Keepsake) Check() error {
	var found []error
	if strings.TrimSpace(k.Title) == "" {
		found = append(found, fault.Field("title", "register.keepsake.title.missing"))
	}
	if !slices.Contains(KeepsakeKinds(), k.Kind) {
		found = append(found, fault.Field("kind", "register.keepsake.kind.missing"))
	}
	if !slices.Contains(Uses(), k.Use) {
		found = append(found, fault.Field("use", "register.keepsake.use.unknown"))
	}
	if k.Use == UsePermitted && strings.TrimSpace(k.Permit) == "" {
		found = append(found, fault.Field("permit", "register.keepsake.permit.missing"))
	}
	return fault.Gather(found...)
}
