package office

import (
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
)

// Occasion is the deed of a meeting as its papers name it.
type Occasion struct {
	Kind  string // "Họp ban chấp hành"
	Title string
	Day   calendar.Date
	Place string
}

// Called is what the meeting is called on papers.
func (o Occasion) Called() string {
	if o.Title != "" {
		return o.Title
	}
	return o.Kind
}

// MinutesPaper is the minutes of a meeting, to be signed by its chair and its
// secretary.
func MinutesPaper(d Desk, m Meeting, o Occasion, q Quorum, resolved []TaskLine) *document.Document {
	say := d.To.Say
	d.Sheet.Title(d.upper(say("meeting.minutes")), o.Called())
	d.section("meeting.when")
	d.Sheet.Line(d.field("meeting.began", m.Began), d.field("meeting.day", d.To.DatePaper(o.Day)))
	d.Sheet.Line(d.field("meeting.place", o.Place))
	d.section("meeting.people")
	d.Sheet.Line(d.field("meeting.chair", m.Chair), d.field("meeting.secretary", m.Secretary))
	d.turnout(m, q)
	d.section("meeting.agenda")
	if items := lines(m.Agenda); len(items) > 0 {
		d.items(items)
	} else {
		d.dots("", 2)
	}
	d.section("meeting.course")
	if paragraphs := lines(m.Minutes); len(paragraphs) > 0 {
		for _, p := range paragraphs {
			d.Sheet.Say(p)
		}
	} else {
		d.dots("", 8)
	}
	d.section("meeting.resolved")
	if len(resolved) > 0 {
		d.Sheet.Add(d.taskTable(resolved, calendar.Earliest))
	} else {
		d.dots("", 3)
	}
	ended := m.Ended
	if ended == "" {
		ended = "………"
	}
	d.Sheet.Say(say("meeting.closing", ended))
	d.Sheet.Sign(d.pen("meeting.secretary", m.Secretary), d.pen("meeting.chair", m.Chair))
	return d.Sheet.Paper()
}

// field is a label with its value, or with dots for the pen.
func (d Desk) field(key, value string) document.Field {
	label := d.To.Say("desk.colon", d.To.Say(key))
	if strings.TrimSpace(value) == "" {
		return document.Blank(label)
	}
	return document.F(label, document.T(value))
}

// turnout says how many came, who did not, and whether that was enough.
func (d Desk) turnout(m Meeting, q Quorum) {
	t := m.Turnout()
	if t.Invited == 0 {
		d.dots(d.To.Say("meeting.present"), 0)
		return
	}
	say := d.To.Say
	if t.Unmarked == t.Invited { // not marked yet: for the pen
		d.Sheet.Say(say("meeting.turnout.blank", t.Invited))
	} else {
		d.Sheet.Say(say("meeting.turnout", t.Invited, t.Came, t.Excused, t.Absent))
	}
	for _, presence := range []Presence{Excused, Absent} {
		var names []string
		for _, a := range m.Attendees {
			if a.Presence == presence && !a.Guest {
				names = append(names, a.called(d))
			}
		}
		if len(names) > 0 {
			d.Sheet.Say(say("meeting.names."+string(presence), d.To.List(names...)))
		}
	}
	var guests []string
	for _, a := range m.Attendees {
		if a.Guest && a.Presence != Absent && a.Presence != Excused {
			guests = append(guests, a.called(d))
		}
	}
	if len(guests) > 0 {
		d.Sheet.Say(say("meeting.guests", d.To.List(guests...)))
	}
	if t.Unmarked < t.Invited {
		key := "meeting.quorum.not"
		if q.Met(t) {
			key = "meeting.quorum.met"
		}
		d.Sheet.Say(say(key, q.Counted(t), t.Invited, q.Needed(t.Invited)))
	}
}

// called names an attendee with office and proxy.
func (a Attendee) called(d Desk) string {
	name := a.Name
	if a.Role != "" {
		name += " (" + a.Role + ")"
	}
	if a.Proxy != "" && !a.Came() {
		name += " " + d.To.Say("meeting.proxy.by", a.Proxy)
	}
	return name
}

// AttendancePaper is the list on which those invited sign when they come.
func AttendancePaper(d Desk, m Meeting, o Occasion) *document.Document {
	say := d.To.Say
	d.Sheet.Title(d.upper(say("meeting.list")), o.Called())
	under := d.To.DateLong(o.Day)
	if o.Place != "" {
		under += " · " + o.Place
	}
	d.Sheet.Paper().Title.Under = []document.Line{{Text: under, Size: 13, Italic: true}}
	t := document.Table{Columns: []document.Column{
		{Head: say("state.nth"), Share: 0.6, Align: document.Centre},
		{Head: say("meeting.name"), Share: 3.4},
		{Head: say("meeting.role"), Share: 3},
		{Head: say("meeting.signature"), Share: 2},
		{Head: say("meeting.note"), Share: 1.8},
	}}
	for i, a := range m.Attendees {
		note := a.Note
		if a.Presence != Unmarked && a.Presence != Present {
			note = strings.TrimSpace(say("meeting.presence."+string(a.Presence)) + " " + note)
		}
		t.Add(nth(i), document.C(a.Name), document.C(a.Role), document.C(""), document.C(note))
	}
	for i := range 5 { // room for those who were not expected
		t.Add(nth(len(m.Attendees)+i), document.C(""), document.C(""), document.C(""), document.C(""))
	}
	d.Sheet.Add(t)
	d.Sheet.Sign(d.pen("meeting.secretary", m.Secretary), d.pen("meeting.chair", m.Chair))
	return d.Sheet.Paper()
}
