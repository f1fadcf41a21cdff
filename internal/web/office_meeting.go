package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

func meetingPath(id deed.ID) string { return "/office/meetings/" + idText(id) }

// meetingsMost is how many meetings one page lists.
const meetingsMost = 50

// meetings lists meetings with who came and what is still to be done.
func (s *Server) meetings(q *request) error {
	if !q.actor.Somewhere(access.ReadOffice) {
		return q.actor.May(access.ReadOffice, q.root())
	}
	from := int(q.id("from"))
	rows, err := q.view().Meetings(q.Context(), from, meetingsMost+1)
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("desk.meetings")), Table: page.Table{
		ID: "meetings", Caption: q.say("desk.meetings"), Quiet: true,
		Columns: []page.Column{{Head: q.say("meeting.day")}, {Head: q.say("meeting.one"), Chief: true}, {Head: q.say("meeting.came"), Figure: true}, {Head: q.say("meeting.tasks")}, {Head: q.say("common.status")}},
		Empty:   page.Empty{Glyph: page.GlyphPeople, Head: q.say("meeting.none"), Text: q.say("meeting.none.text")},
	}}
	p.Shell.Crumbs = q.deskCrumbs()
	if q.actor.Somewhere(access.KeepOffice) {
		p.Shell.Actions = page.FirstLink(q.say("meeting.new"), "/office/meetings/new")
		p.Table.Empty.Do = page.Link{Text: q.say("meeting.new"), Href: "/office/meetings/new"}
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return err
	}
	if len(rows) > meetingsMost {
		rows, p.Table.Next = rows[:meetingsMost], q.with("from", strconv.Itoa(from+meetingsMost))
	}
	for _, m := range rows {
		p.Table.Rows = append(p.Table.Rows, q.meetingRow(m, kinds[m.Kind]))
	}
	return q.show(page.Listed(p))
}

func (q *request) meetingRow(m store.MeetingRow, k deed.Kind) page.Row {
	came, left := "", ""
	if m.Invited > 0 {
		came = strconv.Itoa(m.Came) + "/" + strconv.Itoa(m.Invited)
	}
	if m.Tasks > 0 {
		left = q.say("meeting.left", m.Tasks)
	}
	mark := q.statusMark(deed.Deed{Status: m.Status, Day: m.Day})
	return page.Row{Href: meetingPath(m.Deed), Cells: []page.Cell{
		{Text: q.dated(m.Day)}, {Text: cmp.Or(m.Title, k.Name(q.lang()))}, {Text: came}, {Text: left}, page.Marked(mark),
	}}
}

// newMeeting asks for a meeting that was held or is planned.
func (s *Server) newMeeting(q *request) error {
	a, err := q.meetingForm(nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

func (q *request) meetingForm(refused error) (page.AskPage, error) {
	if err := q.actor.May(access.KeepOffice, q.bodyGivenOr()); err != nil {
		return page.AskPage{}, err
	}
	kinds, err := q.view().Kinds(q.Context())
	if err != nil {
		return page.AskPage{}, err
	}
	var options []page.Option
	offers := q.offersKind()
	for _, k := range kinds {
		if k.Meeting && offers(k) {
			options = append(options, page.Option{Value: k.Code, Text: k.Name(q.lang())})
		}
	}
	wrong := page.ProblemsOf(refused, q.reader)
	a := page.AskPage{Shell: q.shell(q.say("meeting.new")), Wrong: wrong, Do: q.say("meeting.enter"), Leave: "/office/meetings", Text: q.say("meeting.new.text")}
	a.Shell.Crumbs = q.deskCrumbs(page.Link{Text: q.say("desk.meetings"), Href: "/office/meetings"})
	a.Head = page.FormHead{Action: "/office/meetings/new", Draft: "meeting-new", Rejected: refused != nil}
	bodies, err := q.officeBodies(0)
	a.Fields = []templ.Component{
		page.Select(q.reader, wrong.Mark(page.Field{Name: "kind", Label: q.say("meeting.kind"), Value: cmp.Or(q.value("kind"), "meeting-board")}), options),
		page.DateInput(q.reader, wrong.Mark(page.Field{Name: "day", Label: q.say("meeting.day"), Value: cmp.Or(q.value("day"), dayTyped(q.today())), Needed: true, Short: true})),
		page.TextInput(q.reader, wrong.Mark(page.Field{Name: "title", Label: q.say("meeting.called"), Hint: q.say("meeting.called.hint"), Value: q.value("title"), Whole: true, Max: 500})),
		page.TextInput(q.reader, page.Field{Name: "place", Label: q.say("meeting.place"), Value: q.value("place"), Max: 300}),
		page.TextInput(q.reader, page.Field{Name: "began", Label: q.say("meeting.began"), Hint: q.say("meeting.began.hint"), Value: q.value("began"), Short: true, Max: 40}),
		page.TextArea(q.reader, page.Field{Name: "agenda", Label: q.say("meeting.agenda"), Hint: q.say("meeting.agenda.hint"), Value: q.value("agenda"), Whole: true}, 3),
		page.Tick(page.Field{Name: "board", Label: q.say("meeting.invite.board"), Value: cmp.Or(q.value("board"), "yes"), Whole: true}), bodies,
	}
	return a, err
}

// enterMeeting writes a meeting as a deed: planned while its day is to come.
func (s *Server) enterMeeting(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	d := deed.Deed{Body: q.bodyGivenOr(), Kind: q.value("kind"), Title: q.value("title"), PlaceNote: q.value("place"), Status: deed.Planned}
	var err error
	if d.Day, err = q.date("day"); err == nil && d.Day.IsUnknown() {
		err = fault.Field("day", "paper.day.missing")
	}
	var invited []office.Attendee
	if err == nil && q.value("board") == "yes" {
		invited, err = q.boardInvited(d)
	}
	if err == nil {
		err = q.officeWrite("meeting", func(ctx context.Context, tx *store.Tx) error {
			if d, err = deed.Post(ctx, tx, q.actor, d); err != nil {
				return err
			}
			_, err = office.Convene(ctx, tx, q.actor, office.Meeting{Deed: d.ID, Began: q.value("began"), Agenda: q.lines("agenda"), Attendees: invited})
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		a, formErr := q.meetingForm(err)
		if formErr != nil {
			return formErr
		}
		return q.again(page.AskFor(a))
	}
	if err != nil {
		return err
	}
	return q.doneAt(meetingPath(d.ID), q.well("meeting.entered"))
}

// boardInvited lists who sits on the board of a meeting's body on its day.
func (q *request) boardInvited(d deed.Deed) ([]office.Attendee, error) {
	board, err := q.view().Board(q.Context(), d.Body, q.dayOf(d))
	if err != nil {
		return nil, err
	}
	var all []office.Attendee
	for _, seats := range board.Seats {
		for _, h := range seats.Holders {
			if !slices.ContainsFunc(all, func(a office.Attendee) bool { return a.Person == h.Person }) {
				all = append(all, office.Attendee{Person: h.Person, Name: h.Name, Role: q.title(seats.Office)})
			}
		}
	}
	return all, nil
}

// meetingShown is a meeting with what showing it needs.
type meetingShown struct {
	office.Meeting
	deed   deed.Deed
	kind   deed.Kind
	tasks  []office.TaskLine
	quorum office.Quorum
	seats  seating
}

// meetingAsked reads the meeting that the address names.
func (q *request) meetingAsked() (meetingShown, error) {
	id, err := q.number("id")
	if err != nil {
		return meetingShown{}, err
	}
	var m meetingShown
	if m.Meeting, m.deed, err = q.view().Meeting(q.Context(), deed.ID(id)); err != nil {
		return m, err
	}
	if m.kind, err = q.view().Kind(q.Context(), m.deed.Kind); err != nil {
		return m, err
	}
	if m.tasks, err = q.view().Tasks(q.Context(), store.TasksAsked{Meeting: m.Deed}); err != nil {
		return m, err
	}
	if m.seats, err = q.seatAll(m.Attendees); err != nil {
		return m, err
	}
	m.quorum, err = q.quorumOf(m)
	return m, err
}

// quorumOf reads what the association's rules ask; a rule that cannot be read
// is taken as the usual one.
func (q *request) quorumOf(m meetingShown) (office.Quorum, error) {
	set, err := q.view().Settings(q.Context(), q.root(), "office.")
	if err != nil {
		return office.Quorum{}, err
	}
	quorum, err := office.ParseQuorum(set[office.SettingQuorum])
	if err != nil {
		quorum, err = office.ParseQuorum("")
	}
	quorum.Proxies = set[office.SettingProxies] == "yes"
	return quorum, err
}

func (m meetingShown) called(q *request) string {
	return cmp.Or(m.deed.Title, m.kind.Name(q.lang()))
}

// meetingPaper writes the minutes of a meeting, or the list to sign.
func (s *Server) meetingPaper(q *request) error {
	m, err := q.meetingAsked()
	if err != nil {
		return err
	}
	desk, err := q.officeDesk(m.Body, m.deed.Day.LastOr(q.today()), "")
	if err != nil {
		return err
	}
	o := office.Occasion{Kind: m.kind.Name(string(desk.To.Lang)), Title: m.deed.Title, Day: m.deed.Day, Place: q.meetingPlace(m)}
	if q.value("what") == "list" {
		return q.sendPaper(office.AttendancePaper(desk, m.seated(string(desk.To.Lang)), o), q.say("meeting.list"))
	}
	return q.sendPaper(office.MinutesPaper(desk, m.seated(string(desk.To.Lang)), o, m.quorum, m.tasks), q.say("meeting.minutes"))
}

func (q *request) meetingPlace(m meetingShown) string { return m.deed.PlaceNote }

// registerMinutes gives the minutes of a meeting a number in the register.
func (s *Server) registerMinutes(q *request) error {
	m, err := q.meetingAsked()
	if err != nil {
		return err
	}
	h, err := q.houseOn(m.Body, q.today())
	if err != nil {
		return err
	}
	var p office.Paper
	err = q.officeWrite("paper", func(ctx context.Context, tx *store.Tx) error {
		p, err = office.Register(ctx, tx, q.actor, office.Made{
			Body: m.Body, Kind: office.MinutesOf, From: "meeting/" + idText(m.Deed), Subject: strings.TrimSpace(q.say("meeting.minutes") + " " + m.called(q)), Signer: m.Chair,
			Day: min(m.deed.Day.LastOr(q.today()), q.today()), Symbol: h.Symbol,
		})
		return err
	})
	if err != nil {
		return err
	}
	return q.doneAt(paperPath(p.ID), q.well("paper.entered.out", p.Label()))
}

// concludeMeeting says that a meeting took place.
func (s *Server) concludeMeeting(q *request) error {
	return q.onMeeting("meeting.held", "meeting.concluded", func(ctx context.Context, tx *store.Tx, m meetingShown) error {
		if q.yetToCome(m) {
			return fault.Refuse("meeting.tocome", m.deed.Day)
		}
		if m.Revision == 0 {
			if _, err := office.Convene(ctx, tx, q.actor, m.Meeting); err != nil {
				return err
			}
		}
		return office.Conclude(ctx, tx, q.actor, m.Deed)
	})
}
