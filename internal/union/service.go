package union

import (
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// ServedAs says in which capacity somebody served abroad.
type ServedAs string

// The capacities.
const (
	Volunteer ServedAs = "volunteer" // volunteer soldier
	Expert    ServedAs = "expert"
	Otherwise ServedAs = "other"
)

// ServedAses lists the capacities in the order in which forms offer them.
func ServedAses() []ServedAs { return []ServedAs{Volunteer, Expert, Otherwise} }

// Has says of a medal or a benefit whether somebody has it; without an answer
// nobody asked yet.
type Has string

// The answers.
const (
	HasUnasked Has = ""
	HasIt      Has = "yes"
	HasAsked   Has = "asked" // applied for, not decided
	HasNot     Has = "no"
)

// Hases lists the answers in the order in which forms offer them.
func Hases() []Has { return []Has{HasUnasked, HasIt, HasAsked, HasNot} }

// Service is a period that a member served abroad: as what, from when until when,
// where, in which unit, and whether it was honoured.
type Service struct {
	ID       int64         `json:"id"`
	Body     body.ID       `json:"body"` // the branch that keeps it
	Person   person.ID     `json:"person"`
	As       ServedAs      `json:"as"`
	From     calendar.Date `json:"from"`
	Until    calendar.Date `json:"until"`
	Country  string        `json:"country,omitempty"`
	Place    string        `json:"place,omitempty"`
	Unit     string        `json:"unit,omitempty"`
	Medal    Has           `json:"medal,omitempty"`
	Benefit  Has           `json:"benefit,omitempty"`
	Note     string        `json:"note,omitempty"`
	Revision int64         `json:"revision"`
}

// Lacks tells whether a medal or a benefit is known to be wanting.
func (s Service) Lacks() bool {
	return s.Medal == HasNot || s.Medal == HasAsked || s.Benefit == HasNot || s.Benefit == HasAsked
}

// Entry implements Kept.
func (s Service) Entry() Entry {
	return Entry{ID: s.ID, Body: s.Body, Register: Services, Person: s.Person, Day: s.From.FirstOr(0), Words: s.Place + " " + s.Unit + " " + s.Note, Revision: s.Revision}
}

// With implements Kept.
func (s Service) With(e Entry) Service {
	s.ID, s.Body, s.Person, s.Revision = e.ID, e.Body, e.Person, e.Revision
	return s
}

// Check implements Kept.
func (s Service) Check() error {
	var found []error
	if s.Person == 0 {
		found = append(found, fault.Field("who", "register.service.who.missing"))
	}
	if !slices.Contains(ServedAses(), s.As) {
		found = append(found, fault.Field("as", "register.service.as.missing"))
	}
	if !slices.Contains(Hases(), s.Medal) || !slices.Contains(Hases(), s.Benefit) {
		found = append(found, fault.Field("medal", "register.service.has.unknown"))
	}
	if s.From.IsUnknown() && s.Until.IsUnknown() && strings.TrimSpace(s.Place) == "" {
		found = append(found, fault.Field("from", "register.service.when.missing"))
	}
	first, ok1 := s.From.First()
	last, ok2 := s.Until.Last()
	if ok1 && ok2 && last < first {
		found = append(found, fault.Field("until", "register.until.early"))
	}
	return fault.Gather(append(found, checkCountry(s.Country))...)
}

// Served is a count of people who served, by capacity and by whether they live.
type Served struct {
	Body        body.ID
	People      int
	Alive       int
	Volunteers  int
	Experts     int
	LackMedal   int
	LackBenefit int
	MedalAsk    int // nobody asked yet
}

// CountServed counts people by the body that keeps their service, each once
// however many periods they served. alive tells of each.
func CountServed(all []Service, alive map[person.ID]bool) []Served {
	var counts []Served
	seen := map[person.ID]int{}
	for _, s := range all {
		at := slices.IndexFunc(counts, func(c Served) bool { return c.Body == s.Body })
		if at < 0 {
			at, counts = len(counts), append(counts, Served{Body: s.Body})
		}
		if _, twice := seen[s.Person]; twice {
			continue
		}
		seen[s.Person] = at
		c := &counts[at]
		c.People++
		if alive[s.Person] {
			c.Alive++
		}
		switch s.As {
		case Volunteer:
			c.Volunteers++
		case Expert:
			c.Experts++
		case Otherwise:
		}
		switch s.Medal {
		case HasNot, HasAsked:
			c.LackMedal++
		case HasUnasked:
			c.MedalAsk++
		case HasIt:
		}
		if s.Benefit == HasNot || s.Benefit == HasAsked {
			c.LackBenefit++
		}
	}
	return counts
}
