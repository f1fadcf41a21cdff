// Package person holds people: who they are as far as the book needs to know,
// what they belong to, and the offices they hold for a term. A person is one
// record however many bodies they belong to; two records of one person are
// merged, never deleted.
package person

import (
	"context"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/text"
)

// ID identifies a person.
type ID int64

// Sex is as recorded; empty where nobody said.
type Sex string

// The values of Sex.
const (
	Male   Sex = "m"
	Female Sex = "f"
)

// Consent says whether a person agreed to be named in public.
type Consent string

// The values of Consent; without an answer nobody is named.
const (
	Unasked Consent = ""
	Yes     Consent = "yes"
	No      Consent = "no"
)

// OtherName is a name in another language or script, or a former one.
type OtherName struct {
	Lang string `json:"lang,omitempty"`
	Name string `json:"name"`
}

// Person is one human being in the book.
type Person struct {
	ID            ID            `json:"id"`
	Body          body.ID       `json:"body"` // the body that keeps this record
	Name          string        `json:"name"` // as written: family, middle, given
	OtherNames    []OtherName   `json:"otherNames,omitempty"`
	Sex           Sex           `json:"sex,omitempty"`
	Birth         calendar.Date `json:"birth"`
	Death         calendar.Date `json:"death"`
	Dead          bool          `json:"dead,omitempty"` // died, though the day may be unknown
	Phone         string        `json:"phone,omitempty"`
	Email         string        `json:"email,omitempty"`
	Address       string        `json:"address,omitempty"`
	Origin        int64         `json:"origin,omitempty"` // administrative unit (place.ID)
	OriginNote    string        `json:"originNote,omitempty"`
	Residence     int64         `json:"residence,omitempty"`
	ResidenceNote string        `json:"residenceNote,omitempty"`
	Household     body.ID       `json:"household,omitempty"`
	Relation      string        `json:"relation,omitempty"` // to the head of the household
	Consent       Consent       `json:"consent,omitempty"`
	Note          string        `json:"note,omitempty"`
	MergedInto    ID            `json:"mergedInto,omitempty"`
	Revision      int64         `json:"revision"`
}

// Given is the name by which a Vietnamese person is addressed and sorted.
func (p Person) Given() string { return text.SplitName(p.Name).Given }

// Check tells what does not make sense in a person by itself. today refuses
// births and deaths that have not happened.
func (p Person) Check(today calendar.Day) error {
	var found []error
	if strings.TrimSpace(p.Name) == "" {
		found = append(found, fault.Field("name", "person.name.missing"))
	}
	if len([]rune(p.Name)) > 200 {
		found = append(found, fault.Field("name", "person.name.long"))
	}
	if p.Phone != "" && !strings.ContainsAny(p.Phone, "0123456789") {
		found = append(found, fault.Field("phone", "person.phone.digits", p.Phone))
	}
	if first, ok := p.Birth.First(); ok && first > today {
		found = append(found, fault.Field("birth", "person.birth.future"))
	}
	if first, ok := p.Death.First(); ok && first > today {
		found = append(found, fault.Field("death", "person.death.future"))
	}
	born, ok1 := p.Birth.First()
	died, ok2 := p.Death.Last()
	if ok1 && ok2 && died < born {
		found = append(found, fault.Field("death", "person.death.early"))
	}
	return fault.Gather(found...)
}

// Membership says that a person, a household or another body belongs to a body.
type Membership struct {
	ID       int64         `json:"id"`
	Body     body.ID       `json:"body"`
	Person   ID            `json:"person,omitempty"`
	Member   body.ID       `json:"member,omitempty"` // when a body is the member
	Number   string        `json:"number,omitempty"`
	Category Category      `json:"category,omitempty"`
	Joined   calendar.Date `json:"joined"`
	Left     calendar.Date `json:"left"`
	Lasts    bool          `json:"lasts"` // still in force
	Reason   string        `json:"reason,omitempty"`
	Note     string        `json:"note,omitempty"`
	Revision int64         `json:"revision"`
}

// Category sorts members: full, honorary, associate, collective.
type Category string

// The categories that ship with the book.
const (
	Full       Category = "full"
	HonoraryM  Category = "honorary"
	Associate  Category = "associate"
	Collective Category = "collective"
)

// Categories lists the categories in the order in which forms offer them.
func Categories() []Category { return []Category{Full, HonoraryM, Associate, Collective} }

// The reasons for which a membership ends.
const (
	ReasonLeft    = "left"
	ReasonDied    = "died"
	ReasonMoved   = "moved"
	ReasonRemoved = "removed"
	ReasonMerged  = "merged"
)

// Office is a seat, or several alike, at a body.
type Office struct {
	ID       int64        `json:"id"`
	Body     body.ID      `json:"body"`
	Kind     string       `json:"kind"`            // access.OfficeKind: what it lets its holder do
	Title    string       `json:"title,omitempty"` // own title; empty: the kind's name
	Board    string       `json:"board,omitempty"` // executive, standing, inspection
	Seats    int          `json:"seats"`
	Rank     int          `json:"rank"`
	Since    calendar.Day `json:"since"`
	Until    calendar.Day `json:"until"`
	Revision int64        `json:"revision"`
}

// Holding says that a person holds an office for a term. Terms overrun: the
// office is held until the recorded actual end, whatever was planned.
type Holding struct {
	ID         int64         `json:"id"`
	Office     int64         `json:"office"`
	Person     ID            `json:"person"`
	From       calendar.Date `json:"from"`
	PlannedEnd calendar.Date `json:"plannedEnd"`
	ActualEnd  calendar.Date `json:"actualEnd"`
	Represents body.ID       `json:"represents,omitempty"`
	Paper      string        `json:"paper,omitempty"`
	Note       string        `json:"note,omitempty"`
	Revision   int64         `json:"revision"`
}

// InForce tells whether the office is held on a day. An end known only by
// month or year is taken at its last day, a beginning at its first.
func (h Holding) InForce(on calendar.Day) bool {
	return h.From.FirstOr(calendar.Earliest) <= on && on <= h.End()
}

// End is the last day on which the office is held, far away while it lasts.
func (h Holding) End() calendar.Day {
	if h.ActualEnd.IsUnknown() {
		return calendar.Latest
	}
	return h.ActualEnd.LastOr(calendar.Latest)
}

// Tx is what the verbs of this package need of a transaction.
type Tx interface {
	NewID() int64
	Today() calendar.Day
	Person(ctx context.Context, id ID) (Person, error)
	InsertPerson(ctx context.Context, p Person) error
	UpdatePerson(ctx context.Context, p Person) error
	Membership(ctx context.Context, id int64) (Membership, error)
	MembershipsOf(ctx context.Context, id ID) ([]Membership, error)
	InsertMembership(ctx context.Context, m Membership) error
	UpdateMembership(ctx context.Context, m Membership) error
	Office(ctx context.Context, id int64) (Office, error)
	InsertOffice(ctx context.Context, o Office) error
	UpdateOffice(ctx context.Context, o Office) error
	Holding(ctx context.Context, id int64) (Holding, error)
	HoldingsOf(ctx context.Context, office int64) ([]Holding, error)
	HoldingsBy(ctx context.Context, id ID) ([]Holding, error)
	InsertHolding(ctx context.Context, h Holding) error
	UpdateHolding(ctx context.Context, h Holding) error
}
