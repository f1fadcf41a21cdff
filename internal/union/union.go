// Package union keeps what a union of friendship organisations and its member
// associations keep beside the deeds of their year: in which part they acted,
// with which countries and whether it was planned; the plan of a year and what
// became of it. An activity is a deed; nothing of it is written a second time.
package union

import (
	"cmp"
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
)

// Part says in which part a body acted in an activity.
type Part string

// The parts; without one nobody has said.
const (
	Unsaid      Part = ""
	Chaired     Part = "chaired"
	Coordinated Part = "coordinated"
	Joined      Part = "joined" // took part
)

// Parts lists the parts in the order in which forms offer them.
func Parts() []Part { return []Part{Chaired, Coordinated, Joined} }

// PartOf gives the part that a role among the parties of a deed amounts to.
func PartOf(r deed.Role) Part {
	switch r {
	case deed.Organiser, deed.Host:
		return Chaired
	case deed.Coordinator:
		return Coordinated
	case deed.Participant, deed.Guest, deed.Visitor:
		return Joined
	case deed.Receiver, deed.Giver, deed.Head, deed.Witness:
	}
	return Unsaid
}

// RoleOf gives the role by which a body that acted in a part stands among the
// parties of a deed.
func RoleOf(p Part) deed.Role {
	switch p {
	case Chaired:
		return deed.Organiser
	case Coordinated:
		return deed.Coordinator
	case Joined, Unsaid:
	}
	return deed.Participant
}

// Planning says whether an activity stood in the plan of its year.
type Planning string

// The answers; without one the plan of the year tells, where there is one.
const (
	Unstated Planning = ""
	Planned  Planning = "planned"
	Outside  Planning = "outside" // done beside the plan
)

// Activity is what a deed has when it is an activity of friendship.
type Activity struct {
	Deed      deed.ID  `json:"deed"`
	Body      body.ID  `json:"body"` // the deed's home
	Part      Part     `json:"part,omitempty"`
	Planning  Planning `json:"planning,omitempty"` // as stated
	Countries []string `json:"countries,omitempty"`
	Revision  int64    `json:"revision"`
}

func (a Activity) check() error {
	var found []error
	if a.Part != Unsaid && !slices.Contains(Parts(), a.Part) {
		found = append(found, fault.Field("part", "union.part.unknown"))
	}
	if !slices.Contains([]Planning{Unstated, Planned, Outside}, a.Planning) {
		found = append(found, fault.Field("planning", "union.planning.unknown"))
	}
	for _, c := range a.Countries {
		if !locale.IsCountry(c) {
			found = append(found, fault.Field("countries", "locale.country.unknown", c))
		}
	}
	return fault.Gather(found...)
}

// ActivityTx is what describing activities needs of a transaction.
type ActivityTx interface {
	Deed(ctx context.Context, id deed.ID) (deed.Deed, error)
	Activity(ctx context.Context, id deed.ID) (Activity, error)
	SaveActivity(ctx context.Context, a Activity) error
}

// Describe says of a deed in which part its home acted, with which countries
// and whether it was planned. based is the revision the actor saw, 0 where
// nothing was said yet.
func Describe(ctx context.Context, tx ActivityTx, by access.Actor, a Activity, based int64) (Activity, error) {
	d, err := tx.Deed(ctx, a.Deed)
	if err != nil {
		return Activity{}, err
	}
	if err := by.May(access.PostDeeds, d.Body); err != nil {
		return Activity{}, err
	}
	if err := a.check(); err != nil {
		return Activity{}, err
	}
	before, err := tx.Activity(ctx, a.Deed)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Activity{}, err
	}
	if before.Revision != based {
		return Activity{}, fault.Outdated("common.outdated")
	}
	a.Body, a.Revision = d.Body, based+1
	return a, tx.SaveActivity(ctx, a)
}

// CountryTx is what saying a body's country needs of a transaction.
type CountryTx interface {
	Body(ctx context.Context, id body.ID) (body.Body, error)
	SetCountry(ctx context.Context, of body.ID, code string) error
}

// Locate says of which country a body is, or with which one an association keeps
// friendship. An empty code takes it back.
func Locate(ctx context.Context, tx CountryTx, by access.Actor, of body.ID, code string) error {
	if _, err := tx.Body(ctx, of); err != nil {
		return err
	}
	if by.May(access.ManageBody, of) != nil && !by.Somewhere(access.PostDeeds) {
		return by.May(access.ManageBody, of)
	}
	if code != "" && !locale.IsCountry(code) {
		return fault.Field("country", "locale.country.unknown", code)
	}
	return tx.SetCountry(ctx, of, code)
}

// Teller is a body that tells of an activity as its own, with its part.
type Teller struct {
	Body body.ID
	Part Part
}

// Told is an activity as lists and counts see it.
type Told struct {
	Deed      deed.Deed
	Part      Part     // of the home
	Countries []string // stated, or else of its parties
	Derived   bool     // the countries are those of its parties
	Planning  Planning // stated, or else what the plan says
	Items     []int64  // of the plan, that it fulfils
	Tellers   []Teller // the home first, then other bodies of the organisation
	Revision  int64
}

// Count is how many activities there are of a sort, by part.
type Count struct {
	All         int
	Chaired     int
	Coordinated int
	Joined      int
	Unsaid      int
	Planned     int
	Outside     int
}

func (c *Count) add(p Part, planning Planning) {
	c.All++
	switch p {
	case Chaired:
		c.Chaired++
	case Coordinated:
		c.Coordinated++
	case Joined:
		c.Joined++
	case Unsaid:
		c.Unsaid++
	}
	switch planning {
	case Planned:
		c.Planned++
	case Outside:
		c.Outside++
	case Unstated:
	}
}

// Led counts those that were chaired or coordinated.
func (c Count) Led() int { return c.Chaired + c.Coordinated }

// CountryCount is the activities with one country; without a code, those of no
// country.
type CountryCount struct {
	Code string
	Count
}

// BodyCount is the activities that one body tells as its own.
type BodyCount struct {
	Body body.ID
	Count
	Countries []CountryCount
}

// Counts is activities counted in every way that a report asks. Each activity
// stands once in Total however many tell of it; it stands in every country and
// with every body that it concerns.
type Counts struct {
	Total     Count
	Countries []CountryCount
	Bodies    []BodyCount
}

// CountUp counts activities.
func CountUp(all []Told) Counts {
	var c Counts
	for _, t := range all {
		c.Total.add(t.Part, t.Planning)
		c.Countries = countCountries(c.Countries, t, t.Part)
		for _, teller := range t.Tellers {
			at := slices.IndexFunc(c.Bodies, func(b BodyCount) bool { return b.Body == teller.Body })
			if at < 0 {
				at, c.Bodies = len(c.Bodies), append(c.Bodies, BodyCount{Body: teller.Body})
			}
			c.Bodies[at].add(teller.Part, t.Planning)
			c.Bodies[at].Countries = countCountries(c.Bodies[at].Countries, t, teller.Part)
		}
	}
	slices.SortStableFunc(c.Countries, byMost)
	for _, b := range c.Bodies {
		slices.SortStableFunc(b.Countries, byMost)
	}
	return c
}

func byMost(a, b CountryCount) int { return cmp.Or(b.All-a.All, cmp.Compare(a.Code, b.Code)) }

func countCountries(counts []CountryCount, t Told, part Part) []CountryCount {
	countries := t.Countries
	if len(countries) == 0 {
		countries = []string{""}
	}
	for _, code := range countries {
		at := slices.IndexFunc(counts, func(c CountryCount) bool { return c.Code == code })
		if at < 0 {
			at, counts = len(counts), append(counts, CountryCount{Code: code})
		}
		counts[at].add(part, t.Planning)
	}
	return counts
}

// Year is the year in which a plan or a list counts a date: that of its first
// day, where it is known.
func Year(d calendar.Date) int {
	if first, ok := d.First(); ok {
		return first.Year()
	}
	if last, ok := d.Last(); ok {
		return last.Year()
	}
	return 0
}
