package agenda

import (
	"bytes"
	"fmt"
	"hash"
	"hash/fnv"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"kith.app/internal/calendar"
	"kith.app/internal/locale"
	"kith.app/internal/occasion"
)

// Feed is how an agenda is written for other calendars.
type Feed struct {
	To    locale.Speaker
	Name  string    // of the calendar
	Book  string    // by which events of this book differ from those of others
	Stamp time.Time // when it was written
	Zone  string    // name of the zone in which the association lives
}

// Object is one event as a calendar server hands it out.
type Object struct {
	UID  string
	Tag  string // changes when the event does
	Data *ical.Calendar
}

// UID is the name of an occurrence among the events of the world; it stays the
// same however often the feed is read.
func (f Feed) UID(o occasion.Occurrence) string {
	return fmt.Sprintf("%s@%s.kith", o.Key(), f.Book)
}

// calendar begins an empty calendar.
func (f Feed) calendar() *ical.Calendar {
	c := ical.NewCalendar()
	c.Props.SetText(ical.PropVersion, "2.0")
	c.Props.SetText(ical.PropProductID, "-//Kith//Calendar//VI")
	c.Props.SetText("CALSCALE", "GREGORIAN")
	return c
}

// Write writes all items as one calendar.
func (f Feed) Write(w io.Writer, items []Item) error {
	c := f.calendar()
	c.Props.SetText("X-WR-CALNAME", f.Name)
	c.Props.SetText("X-WR-TIMEZONE", f.Zone)
	c.Props.Set(&ical.Prop{Name: "REFRESH-INTERVAL", Params: ical.Params{"VALUE": {"DURATION"}}, Value: "PT12H"})
	c.Children = append(c.Children, f.zone())
	for _, i := range items {
		c.Children = append(c.Children, f.event(i))
	}
	return Encode(w, c)
}

// zone describes the zone of Viet Nam: seven hours ahead since 1975, without
// summer time.
func (f Feed) zone() *ical.Component {
	zone := ical.NewComponent(ical.CompTimezone)
	zone.Props.SetText(ical.PropTimezoneID, f.Zone)
	standard := ical.NewComponent(ical.CompTimezoneStandard)
	standard.Props.Set(&ical.Prop{Name: ical.PropDateTimeStart, Value: "19750613T000000"})
	standard.Props.Set(&ical.Prop{Name: ical.PropTimezoneOffsetFrom, Value: "+0700"})
	standard.Props.Set(&ical.Prop{Name: ical.PropTimezoneOffsetTo, Value: "+0700"})
	standard.Props.SetText(ical.PropTimezoneName, "+07")
	zone.Children = append(zone.Children, standard)
	return zone
}

// Objects gives each item as a calendar of its own, as servers hand them out.
func (f Feed) Objects(items []Item) []Object {
	objects := make([]Object, len(items))
	for n, i := range items {
		c := f.calendar()
		e := f.event(i)
		c.Children = append(c.Children, e)
		objects[n] = Object{UID: f.UID(i.Occurrence), Tag: tag(e), Data: c}
	}
	return objects
}

// hashed begins a short digest, by which a change is noticed.
func hashed() hash.Hash64 { return fnv.New64a() }

// tag is made of what an event says, not of when it was written.
func tag(e *ical.Component) string {
	h := hashed()
	for _, name := range []string{ical.PropSummary, ical.PropDescription, ical.PropDateTimeStart, ical.PropDateTimeEnd, ical.PropCategories, ical.PropURL} {
		if p := e.Props.Get(name); p != nil {
			io.WriteString(h, name+p.Value+"\n") //nolint:errcheck // a hash takes everything
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// event is one item as an event of whole days.
func (f Feed) event(i Item) *ical.Component {
	e := ical.NewComponent(ical.CompEvent)
	e.Props.SetText(ical.PropUID, f.UID(i.Occurrence))
	e.Props.SetDateTime(ical.PropDateTimeStamp, f.Stamp.UTC())
	setDay(e, ical.PropDateTimeStart, i.Day)
	setDay(e, ical.PropDateTimeEnd, i.Until+1)
	e.Props.SetText(ical.PropSummary, i.Title(f.To))
	if text := f.description(i); text != "" {
		e.Props.SetText(ical.PropDescription, text)
	}
	e.Props.SetText(ical.PropCategories, f.To.Say("occasion.kind."+string(i.Kind)))
	e.Props.SetText(ical.PropTransparency, "TRANSPARENT")
	return e
}

func setDay(e *ical.Component, name string, on calendar.Day) {
	y, m, d := on.Civil()
	e.Props.SetDate(name, time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// description tells what is to be done and how sure the day is.
func (f Feed) description(i Item) string {
	var lines []string
	if i.Who != "" {
		lines = append(lines, Who(f.To, i.Occurrence))
	}
	for _, d := range i.Duties {
		lines = append(lines, Told(f.To, d))
	}
	return strings.Join(append(lines, Marks(f.To, i.Occurrence)...), "\n")
}

// Who words whom an occurrence concerns.
func Who(to locale.Speaker, o occasion.Occurrence) string {
	switch o.Kind {
	case occasion.Term, occasion.Reporting, occasion.Contest, occasion.Plan, occasion.Plans:
		return to.Say("occasion.who."+string(o.Kind), o.Who)
	case occasion.National, occasion.Relations, occasion.NewYear, occasion.Lunar, occasion.Day, occasion.Own, occasion.Tie, occasion.Founding,
		occasion.Expiry, occasion.Notice, occasion.Review, occasion.Promise, occasion.Congress, occasion.Task, occasion.Paper, occasion.Planned, occasion.Age, occasion.Memorial:
	case occasion.Sheet, occasion.Form:
		if o.Who != "" {
			return to.Say("occasion.who."+string(o.Kind), o.Who)
		}
	}
	return o.Who
}

// Told words a duty with how far it has come.
func Told(to locale.Speaker, d occasion.Duty) string {
	return to.Say("occasion.duty.told", to.Say("occasion.do."+string(d.Do)), State(to, d))
}

// State words how far a duty has come.
func State(to locale.Speaker, d occasion.Duty) string {
	switch {
	case d.Dropped != "":
		return to.Say("occasion.state.dropped")
	case d.ID == 0:
		return to.Say("occasion.state.proposed")
	case d.Stands() == "":
		return to.Say("occasion.state.begun")
	}
	return to.Say("occasion.step." + string(d.Do) + "." + string(d.Stands()))
}

// Marks words how sure the day of an occurrence is.
func Marks(to locale.Speaker, o occasion.Occurrence) []string {
	var all []string
	for _, m := range []struct {
		is  bool
		key string
	}{{o.Decreed, "decreed"}, {o.Derived, "derived"}, {o.Vague, "vague"}, {o.Check, "check"}} {
		if m.is {
			all = append(all, to.Say("occasion.mark."+m.key))
		}
	}
	return all
}

// Encode writes a calendar with lines of at most 75 octets, as calendars expect.
func Encode(w io.Writer, c *ical.Calendar) error {
	var whole bytes.Buffer
	if err := ical.NewEncoder(&whole).Encode(c); err != nil {
		return fmt.Errorf("write calendar: %w", err)
	}
	return fold(w, whole.Bytes())
}

// lineMost is the longest line of the format in octets.
const lineMost = 75

// fold breaks long lines between letters; what follows a break begins with a
// space.
func fold(w io.Writer, text []byte) error {
	out := bytes.NewBuffer(make([]byte, 0, len(text)+len(text)/50))
	for line := range bytes.Lines(text) {
		line = bytes.TrimRight(line, "\r\n")
		room := lineMost
		for len(line) > room {
			cut := room
			for cut > 1 && !utf8.RuneStart(line[cut]) {
				cut--
			}
			out.Write(line[:cut])
			out.WriteString("\r\n ")
			line, room = line[cut:], lineMost-1
		}
		out.Write(line)
		out.WriteString("\r\n")
	}
	_, err := w.Write(out.Bytes())
	return err
}
