package office

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Presence says whether somebody invited came.
type Presence string

// The presences; without one nobody has marked it yet.
const (
	Unmarked Presence = ""
	Present  Presence = "present"
	Late     Presence = "late" // came late
	Excused  Presence = "excused"
	Absent   Presence = "absent"
)

// Presences lists the presences in the order in which forms offer them.
func Presences() []Presence { return []Presence{Present, Late, Excused, Absent} }

// Attendee is somebody invited to a meeting, and whether they came.
type Attendee struct {
	Person   person.ID `json:"person,omitempty"`
	Name     string    `json:"name"`           // as it was when invited
	Role     string    `json:"role,omitempty"` // office or branch, as printed
	Guest    bool      `json:"guest,omitempty"`
	Presence Presence  `json:"presence,omitempty"`
	Proxy    string    `json:"proxy,omitempty"` // who came in their place
	Note     string    `json:"note,omitempty"`
}

// Came tells whether the attendee was there.
func (a Attendee) Came() bool { return a.Presence == Present || a.Presence == Late }

// Meeting is what a deed of a meeting kind has beside its lines.
type Meeting struct {
	Deed      deed.ID    `json:"deed"`
	Body      body.ID    `json:"body"`
	Began     string     `json:"began,omitempty"` // hour, as written: "8 giờ 00"
	Ended     string     `json:"ended,omitempty"`
	Chair     string     `json:"chair,omitempty"`
	Secretary string     `json:"secretary,omitempty"`
	Agenda    string     `json:"agenda,omitempty"`  // one item a line
	Minutes   string     `json:"minutes,omitempty"` // what was said and decided
	Attendees []Attendee `json:"attendees,omitempty"`
	Revision  int64      `json:"revision"`
}

// Turnout counts who came.
type Turnout struct {
	Invited  int // guests apart
	Came     int
	Late     int // of those who came
	Excused  int
	Absent   int
	Unmarked int
	Proxies  int // not there, but somebody in their place
	Guests   int // who came
}

// Turnout counts the attendees of a meeting.
func (m Meeting) Turnout() Turnout {
	var t Turnout
	for _, a := range m.Attendees {
		if a.Guest {
			if a.Came() {
				t.Guests++
			}
			continue
		}
		t.Invited++
		if !a.Came() && a.Proxy != "" {
			t.Proxies++
		}
		switch a.Presence {
		case Late:
			t.Came++
			t.Late++
		case Present:
			t.Came++
		case Excused:
			t.Excused++
		case Absent:
			t.Absent++
		case Unmarked:
			t.Unmarked++
		}
	}
	return t
}

// check tells what does not make sense in a meeting by itself.
func (m Meeting) check() error {
	for _, a := range m.Attendees {
		if strings.TrimSpace(a.Name) == "" {
			return fault.Field("attendees", "meeting.attendee.nobody")
		}
	}
	return nil
}

// once leaves out who stands on a list a second time, as happens when two
// records turn out to be one person.
func once(all []Attendee) []Attendee {
	seen := map[person.ID]bool{}
	return slices.DeleteFunc(slices.Clone(all), func(a Attendee) bool {
		again := a.Person != 0 && seen[a.Person]
		seen[a.Person] = true
		return again
	})
}

// MeetingTx is what meetings need of a transaction.
type MeetingTx interface {
	deed.Tx
	Meeting(ctx context.Context, id deed.ID) (Meeting, error)
	SaveMeeting(ctx context.Context, m Meeting) error
}

// Convene gives a deed of a meeting kind its meeting. A deed without one has an
// empty one of revision 0.
func Convene(ctx context.Context, tx MeetingTx, by access.Actor, m Meeting) (Meeting, error) {
	d, err := tx.Deed(ctx, m.Deed)
	if err != nil {
		return Meeting{}, err
	}
	k, err := tx.Kind(ctx, d.Kind)
	if err != nil {
		return Meeting{}, err
	}
	if !k.Meeting {
		return Meeting{}, fault.Refuse("meeting.deed.other")
	}
	m.Revision = 0
	return Minute(ctx, tx, by, m, 0)
}

// Minute writes what a meeting's agenda, people and minutes are. based is the
// revision the actor saw.
func Minute(ctx context.Context, tx MeetingTx, by access.Actor, m Meeting, based int64) (Meeting, error) {
	d, err := tx.Deed(ctx, m.Deed)
	if err != nil {
		return Meeting{}, err
	}
	if err := may(by, d.Body); err != nil {
		return Meeting{}, err
	}
	before, err := tx.Meeting(ctx, m.Deed)
	if fault.KindOf(err) == fault.NotFound {
		before, err = Meeting{}, nil
	}
	if err != nil {
		return Meeting{}, err
	}
	if before.Revision != based {
		return Meeting{}, fault.Outdated("common.outdated")
	}
	if err := m.check(); err != nil {
		return Meeting{}, err
	}
	m.Body, m.Attendees, m.Revision = d.Body, once(m.Attendees), based+1
	return m, tx.SaveMeeting(ctx, m)
}

// Invite adds people to a meeting; who is on the list already stays as marked.
func Invite(ctx context.Context, tx MeetingTx, by access.Actor, id deed.ID, more []Attendee) (Meeting, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return Meeting{}, err
	}
	for _, a := range more {
		if !m.has(a) {
			m.Attendees = append(m.Attendees, a)
		}
	}
	return Minute(ctx, tx, by, m, m.Revision)
}

// has tells whether somebody is on the list of a meeting.
func (m Meeting) has(a Attendee) bool {
	for _, b := range m.Attendees {
		if a.Person != 0 && a.Person == b.Person || a.Person == 0 && b.Person == 0 && strings.EqualFold(a.Name, b.Name) {
			return true
		}
	}
	return false
}

// Conclude says that a planned meeting took place: its deed is done, and counts
// one act and as many people as came, where nothing else was recorded.
func Conclude(ctx context.Context, tx MeetingTx, by access.Actor, id deed.ID) error {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return err
	}
	d, err := tx.Deed(ctx, id)
	if err != nil {
		return err
	}
	if d.Status == deed.Done {
		return fault.Refuse("meeting.done.already")
	}
	d.Status = deed.Done
	if d.Day.FirstOr(tx.Today()) > tx.Today() {
		d.Day = calendar.OnDay(tx.Today())
	}
	turnout := m.Turnout()
	d.Lines = counting(d.Lines, deed.Acts, 1)
	d.Lines = counting(d.Lines, deed.Persons, int64(turnout.Came+turnout.Guests))
	_, err = deed.Correct(ctx, tx, by, d, d.Revision)
	return err
}

// counting adds a line of a unit where there is none and something to count.
func counting(lines []deed.Line, unit deed.Unit, n int64) []deed.Line {
	for _, l := range lines {
		if l.Unit == unit {
			return lines
		}
	}
	if n == 0 {
		return lines
	}
	return append(lines, deed.Line{Unit: unit, Quantity: n})
}
