package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// meeting shows one meeting: who came, what was said, what is to be done.
func (s *Server) meeting(q *request) error {
	m, err := q.meetingAsked()
	if err != nil {
		return err
	}
	return q.meetingPage(m, "", nil)
}

// meetingPage draws a meeting; where one of its forms was refused, with what is
// wrong in it.
func (q *request) meetingPage(m meetingShown, form string, refused error) error {
	p := page.DeskPage{Shell: q.shell(m.called(q))}
	p.Shell.Lead = dotted(q.dated(m.deed.Day), q.meetingPlace(m), m.Began)
	p.Shell.Crumbs = q.deskCrumbs(page.Link{Text: q.say("desk.meetings"), Href: "/office/meetings"})
	p.Shell.Seen = q.seenOn(access.ReadOffice, m.deed.Body)
	keeps := q.may(access.KeepOffice, m.Body)
	p.Tiles = q.meetingTiles(m)
	p.Actions = q.meetingActions(m, keeps)
	p.Parts = []page.DeskPart{{Plain: true, Tools: q.meetingPapers(m)}}
	wrong := page.ProblemsOf(refused, q.reader)
	at := func(which string) page.Problems {
		if which == form {
			return wrong
		}
		return nil
	}
	for _, part := range []func(meetingShown, bool, func(string) page.Problems) page.DeskPart{q.meetingPeople, q.meetingInvite, q.meetingSaid, q.meetingTasks} {
		if drawn := part(m, keeps, at); drawn.Head != "" || drawn.Form != nil {
			p.Parts = append(p.Parts, drawn)
		}
	}
	past, err := q.officePast("meeting", int64(m.Deed))
	if err != nil {
		return err
	}
	if len(past) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("common.history"), Past: past})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// meetingPapers offers what is printed of a meeting: its invitations, the list
// to sign and the minutes.
func (q *request) meetingPapers(m meetingShown) []page.Tool {
	var all []page.Tool
	if slices.Contains(m.kind.Papers, "invitation") {
		all = append(all, page.Tool{Glyph: page.GlyphPrint, Text: q.say("letter.print.invitation"), Href: deedPath(m.Deed) + "/print/invitation"})
	}
	all = append(all, q.paperTools("meeting.list", meetingPath(m.Deed)+"/paper?what=list&")...)
	return append(all, q.paperTools("meeting.minutes", meetingPath(m.Deed)+"/paper?what=minutes&")...)
}

func (q *request) meetingTiles(m meetingShown) []page.Tile {
	t := m.Turnout()
	if t.Invited == 0 || t.Unmarked == t.Invited {
		return nil
	}
	enough := q.say("meeting.quorum.short", m.quorum.Needed(t.Invited))
	if m.quorum.Met(t) {
		enough = q.say("meeting.quorum.enough", m.quorum.Needed(t.Invited))
	}
	return []page.Tile{
		{Figure: strconv.Itoa(m.quorum.Counted(t)) + "/" + strconv.Itoa(t.Invited), Text: enough, Broad: true},
		{Figure: strconv.Itoa(t.Excused), Text: q.say("meeting.presence.excused")},
		{Figure: strconv.Itoa(t.Absent), Text: q.say("meeting.presence.absent")},
	}
}

func (q *request) meetingActions(m meetingShown, keeps bool) []page.Action {
	var all []page.Action
	if keeps && m.deed.Status == deed.Planned && !q.yetToCome(m) {
		all = append(all, page.Action{Text: q.say("meeting.conclude"), Href: meetingPath(m.Deed) + "/held", Post: true, First: true})
	}
	if keeps && m.deed.Status == deed.Done {
		all = append(all, page.Action{Text: q.say("meeting.register"), Href: meetingPath(m.Deed) + "/register", Post: true})
	}
	return append(all, page.Action{Glyph: page.GlyphDeed, Text: q.say("meeting.deed"), Href: deedPath(m.Deed)})
}

// yetToCome tells that the day of a meeting lies ahead.
func (q *request) yetToCome(m meetingShown) bool { return m.deed.Day.FirstOr(q.today()) > q.today() }

// meetingPeople lists those invited, for the secretary to mark.
func (q *request) meetingPeople(m meetingShown, keeps bool, at func(string) page.Problems) page.DeskPart {
	part := page.DeskPart{Head: q.say("meeting.people")}
	if len(m.Attendees) == 0 {
		part.Lines = []string{q.say("meeting.people.none")}
		return part
	}
	if !keeps {
		for _, a := range m.seated(q.lang()).Attendees {
			part.Facts = append(part.Facts, page.Fact{Name: a.Name, Text: cmp.Or(a.Role, a.Note, " "), Mark: q.presenceMark(a)})
		}
		return part
	}
	part.Roll = &page.Attendance{
		Head: page.FormHead{Action: meetingPath(m.Deed) + "/attendance", Revision: idText(m.Revision)}, Wrong: at("attendance"), Proxy: q.say("meeting.proxy"), Note: q.say("common.note"),
		More: q.say("meeting.more"), Remove: q.say("meeting.remove"), Do: q.say("meeting.mark"), All: q.say("meeting.all"),
	}
	for _, presence := range office.Presences() {
		part.Roll.Presences = append(part.Roll.Presences, page.Option{Value: string(presence), Text: q.say("meeting.presence." + string(presence))})
	}
	for _, i := range m.seats.order { // each keeps the number it was invited with
		a := m.seats.called(q.lang(), m.Attendees[i])
		role := a.Role
		if a.Guest {
			role = dotted(q.say("meeting.guest"), role)
		}
		part.Roll.Rows = append(part.Roll.Rows, page.AttendanceRow{N: strconv.Itoa(i + 1), Name: a.Name, Role: role, Presence: string(a.Presence), Proxy: a.Proxy, Note: a.Note})
	}
	return part
}

func (q *request) presenceMark(a office.Attendee) page.Mark {
	switch a.Presence {
	case office.Present, office.Late:
		return page.Mark{Tone: page.Done, Text: q.say("meeting.presence." + string(a.Presence))}
	case office.Excused, office.Absent:
		return page.Mark{Tone: page.Plain, Text: q.say("meeting.presence." + string(a.Presence))}
	case office.Unmarked:
	}
	return page.Mark{}
}

// meetingInvite asks for more people.
func (q *request) meetingInvite(m meetingShown, keeps bool, at func(string) page.Problems) page.DeskPart {
	if !keeps {
		return page.DeskPart{}
	}
	options := []page.Option{{Text: q.say("meeting.invite.names")}, {Value: "board", Text: q.say("meeting.invite.board")}}
	names, err := q.names()
	if err == nil {
		for _, id := range q.view().Tree().ChildrenOn(m.Body, q.today()) {
			if names[id] != "" {
				options = append(options, page.Option{Value: idText(id), Text: q.say("meeting.invite.branch", names[id])})
			}
		}
	}
	wrong := at("invite")
	return page.DeskPart{Plain: true, Form: &page.DeskForm{
		Head: page.FormHead{Action: meetingPath(m.Deed) + "/invite"}, Wrong: wrong, Fold: q.say("meeting.invite"), Open: len(m.Attendees) == 0, Do: q.say("meeting.invite.do"), Quiet: true,
		Fields: []templ.Component{
			page.Select(q.reader, page.Field{Name: "group", Label: q.say("meeting.invite.who"), Value: q.value("group"), Whole: true}, options),
			page.TextArea(q.reader, wrong.Mark(page.Field{Name: "names", Label: q.say("meeting.invite.also"), Hint: q.say("meeting.invite.also.hint"), Value: q.value("names"), Whole: true}), 3),
			page.Tick(page.Field{Name: "guest", Label: q.say("meeting.invite.guest"), Value: q.value("guest"), Whole: true}),
		},
	}}
}

// meetingSaid is the agenda and the minutes.
func (q *request) meetingSaid(m meetingShown, keeps bool, at func(string) page.Problems) page.DeskPart {
	part := page.DeskPart{Head: q.say("meeting.minutes")}
	if !keeps {
		part.Facts = []page.Fact{{Name: q.say("meeting.chair"), Text: m.Chair}, {Name: q.say("meeting.secretary"), Text: m.Secretary}, {Name: q.say("meeting.agenda"), Text: m.Agenda}}
		for line := range strings.Lines(m.Minutes) {
			part.Lines = append(part.Lines, line)
		}
		return part
	}
	part.Form = &page.DeskForm{
		Head: page.FormHead{Action: meetingPath(m.Deed), Draft: "meeting-" + idText(m.Deed), Revision: idText(m.Revision)}, Wrong: at("said"), Do: q.say("meeting.save"), Quiet: m.deed.Status == deed.Planned,
		Fields: []templ.Component{
			page.TextInput(q.reader, page.Field{Name: "chair", Label: q.say("meeting.chair"), Value: m.Chair, Max: 200}),
			page.TextInput(q.reader, page.Field{Name: "secretary", Label: q.say("meeting.secretary"), Value: cmp.Or(m.Secretary, q.actor.Name), Max: 200}),
			page.TextInput(q.reader, page.Field{Name: "began", Label: q.say("meeting.began"), Value: m.Began, Short: true, Max: 40}),
			page.TextInput(q.reader, page.Field{Name: "ended", Label: q.say("meeting.ended"), Value: m.Ended, Short: true, Max: 40}),
			page.TextArea(q.reader, page.Field{Name: "agenda", Label: q.say("meeting.agenda"), Hint: q.say("meeting.agenda.hint"), Value: m.Agenda, Whole: true}, 4),
			page.TextArea(q.reader, page.Field{Name: "minutes", Label: q.say("meeting.course"), Hint: q.say("meeting.course.hint"), Value: m.Minutes, Whole: true}, 10),
		},
	}
	return part
}

// meetingTasks lists what was resolved, and takes more.
func (q *request) meetingTasks(m meetingShown, keeps bool, at func(string) page.Problems) page.DeskPart {
	part := page.DeskPart{Head: q.say("meeting.resolved")}
	if len(m.tasks) > 0 {
		table := q.taskTable(m.tasks)
		part.Table = &table
	} else {
		part.Lines = []string{q.say("meeting.resolved.none")}
	}
	if !keeps {
		return part
	}
	given, wrong := office.Task{Meeting: m.Deed, Body: m.Body}, at("tasks")
	if len(wrong) > 0 {
		given, _ = q.taskGiven(given)
	}
	form, err := q.taskFormWrong(given, meetingPath(m.Deed)+"/tasks", wrong)
	if err != nil {
		return part
	}
	form.Fold, form.Open, form.Quiet = q.say("task.new"), len(m.tasks) == 0, true
	part.Form = &form
	return part
}

// meetingForms are the forms on the page of a meeting that say beside their fields what
// was refused; what a mere button asks is answered above the page.
var meetingForms = []string{"attendance", "invite", "said", "tasks"}

// onMeeting reads the form and the meeting, and does something with it.
func (q *request) onMeeting(why, done string, do func(ctx context.Context, tx *store.Tx, m meetingShown) error) error {
	if err := q.read(); err != nil {
		return err
	}
	m, err := q.meetingAsked()
	if err != nil {
		return err
	}
	err = q.officeWrite(why, func(ctx context.Context, tx *store.Tx) error { return do(ctx, tx, m) })
	if err != nil && fault.KindOf(err) == fault.Invalid {
		form := strings.TrimPrefix(why, "meeting.")
		if slices.Contains(meetingForms, form) {
			return q.meetingPage(m, form, err)
		}
		return q.doneAt(meetingPath(m.Deed), page.Flash{Tone: page.Due, Text: page.ProblemsOf(err, q.reader)[0].Text})
	}
	if err != nil {
		return err
	}
	return q.doneAt(meetingPath(m.Deed), q.well(done))
}

// minuteMeeting writes the agenda and the minutes.
func (s *Server) minuteMeeting(q *request) error {
	return q.onMeeting("meeting.said", "common.saved", func(ctx context.Context, tx *store.Tx, m meetingShown) error {
		m.Chair, m.Secretary, m.Began, m.Ended, m.Agenda, m.Minutes = q.value("chair"), q.value("secretary"), q.value("began"), q.value("ended"), q.lines("agenda"), q.lines("minutes")
		_, err := office.Minute(ctx, tx, q.actor, m.Meeting, q.id("revision"))
		return err
	})
}

// markAttendance marks who came.
func (s *Server) markAttendance(q *request) error {
	return q.onMeeting("meeting.attendance", "meeting.marked", func(ctx context.Context, tx *store.Tx, m meetingShown) error {
		all := q.value("all") != ""
		var marked []office.Attendee
		for i, a := range m.Attendees {
			n := strconv.Itoa(i + 1)
			if q.value("remove-"+n) != "" {
				continue
			}
			a.Presence, a.Proxy, a.Note = office.Presence(q.value("presence-"+n)), q.value("proxy-"+n), q.value("note-"+n)
			if !slices.Contains(office.Presences(), a.Presence) {
				a.Presence = office.Unmarked
			}
			if all && a.Presence == office.Unmarked {
				a.Presence = office.Present
			}
			marked = append(marked, a)
		}
		m.Attendees = marked
		_, err := office.Minute(ctx, tx, q.actor, m.Meeting, q.id("revision"))
		return err
	})
}

// inviteMost bounds how many one press of a button invites.
const inviteMost = 2000

// invite adds people to a meeting: the board, a branch, or by name.
func (s *Server) invite(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	m, err := q.meetingAsked()
	if err != nil {
		return err
	}
	more, err := q.invited(m)
	if err != nil {
		return err
	}
	return q.onMeeting("meeting.invite", "meeting.invited", func(ctx context.Context, tx *store.Tx, m meetingShown) error {
		if m.Revision == 0 {
			m.Attendees = more
			_, err := office.Convene(ctx, tx, q.actor, m.Meeting)
			return err
		}
		_, err := office.Invite(ctx, tx, q.actor, m.Deed, more)
		return err
	})
}

// invited reads whom an invitation means.
func (q *request) invited(m meetingShown) ([]office.Attendee, error) {
	guest := q.value("guest") == "yes"
	var all []office.Attendee
	var err error
	switch group := q.value("group"); {
	case group == "board":
		if all, err = q.boardInvited(m.deed); err != nil {
			return nil, err
		}
	case group != "":
		if all, err = q.branchInvited(body.ID(idOf(group))); err != nil {
			return nil, err
		}
	}
	for line := range strings.Lines(q.lines("names")) {
		name, role, _ := strings.Cut(strings.TrimSpace(line), ",")
		if name = strings.TrimSpace(name); name != "" {
			all = append(all, office.Attendee{Person: q.bearer(name), Name: name, Role: strings.TrimSpace(role), Guest: guest})
		}
	}
	return all, nil
}

// branchInvited lists the members of a branch.
func (q *request) branchInvited(branch body.ID) ([]office.Attendee, error) {
	rows, _, err := q.view().People(q.Context(), store.PeopleQuery{Status: store.IsMember, Branch: branch, Limit: inviteMost})
	if err != nil {
		return nil, err
	}
	names, err := q.names()
	if err != nil {
		return nil, err
	}
	all := make([]office.Attendee, len(rows))
	for i, r := range rows {
		all[i] = office.Attendee{Person: r.ID, Name: r.Name, Role: names[branch]}
	}
	return all, nil
}

// bearer finds the only person in the book who bears a name; 0 for none.
func (q *request) bearer(name string) person.ID {
	a := page.DeedPerson{Name: name}
	who, err := q.resolveName(&a)
	if err != nil {
		return 0
	}
	return who.party.Person
}

// resolveAt enters a task that a meeting resolved.
func (s *Server) resolveAt(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	t, refused := q.taskGiven(office.Task{})
	return q.onMeeting("meeting.tasks", "task.entered", func(ctx context.Context, tx *store.Tx, m meetingShown) error {
		if refused != nil {
			return refused
		}
		t.Meeting, t.Body = m.Deed, m.Body
		_, err := office.Resolve(ctx, tx, q.actor, t)
		return err
	})
}
