package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/office"
)

const meetingColumns = `deed, body, began, ended, chair, secretary, agenda, minutes, revision`

func scanMeeting(rows *sql.Rows) (office.Meeting, error) {
	var m office.Meeting
	err := rows.Scan((*int64)(&m.Deed), (*int64)(&m.Body), &m.Began, &m.Ended, &m.Chair, &m.Secretary, &m.Agenda, &m.Minutes, &m.Revision)
	return m, err
}

// Meeting reads what a deed of a meeting kind has beside its lines.
func (r reader) Meeting(ctx context.Context, id deed.ID) (office.Meeting, error) {
	found, err := collect(ctx, r.runner, scanMeeting, `SELECT `+meetingColumns+` FROM meeting WHERE deed = $1`, int64(id))
	if err != nil {
		return office.Meeting{}, err
	}
	if len(found) == 0 {
		return office.Meeting{}, fault.Missing("meeting.missing")
	}
	m := found[0]
	m.Attendees, err = collect(ctx, r.runner, scanAttendee, `SELECT person, name, role, guest, presence, proxy, note FROM attendee WHERE deed = $1 ORDER BY n`, int64(id))
	return m, err
}

func scanAttendee(rows *sql.Rows) (office.Attendee, error) {
	var a office.Attendee
	var guest int64
	err := rows.Scan((*int64)(&a.Person), &a.Name, &a.Role, &guest, (*string)(&a.Presence), &a.Proxy, &a.Note)
	a.Guest = guest != 0
	return a, err
}

// SaveMeeting writes a meeting, new or changed, with everybody on its list.
func (tx *Tx) SaveMeeting(ctx context.Context, m office.Meeting) error {
	var before any
	if was, err := tx.Meeting(ctx, m.Deed); err == nil {
		before = was
	} else if fault.KindOf(err) != fault.NotFound {
		return err
	}
	_, err := tx.exec(ctx, `
		INSERT INTO meeting (`+meetingColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (deed) DO UPDATE SET body = excluded.body, began = excluded.began, ended = excluded.ended, chair = excluded.chair,
		  secretary = excluded.secretary, agenda = excluded.agenda, minutes = excluded.minutes, revision = excluded.revision`,
		int64(m.Deed), int64(m.Body), m.Began, m.Ended, m.Chair, m.Secretary, m.Agenda, m.Minutes, m.Revision, tx.book.root)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM attendee WHERE deed = $1`, int64(m.Deed)); err != nil {
		return err
	}
	for i, a := range m.Attendees {
		_, err := tx.exec(ctx, `INSERT INTO attendee (deed, n, root, person, name, role, guest, presence, proxy, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			int64(m.Deed), i+1, tx.book.root, int64(a.Person), a.Name, a.Role, flag(a.Guest), string(a.Presence), a.Proxy, a.Note)
		if err != nil {
			return err
		}
	}
	tx.note("meeting", int64(m.Deed), m.Body, before, m)
	return nil
}

// Meeting reads a meeting that the actor may see. A deed of a meeting kind for
// which nothing was written yet has an empty one.
func (v *View) Meeting(ctx context.Context, id deed.ID) (office.Meeting, deed.Deed, error) {
	d, err := v.r.Deed(ctx, id)
	if err != nil {
		return office.Meeting{}, d, err
	}
	if err := v.actor.May(access.ReadOffice, d.Body); err != nil {
		return office.Meeting{}, deed.Deed{}, err
	}
	k, err := v.r.Kind(ctx, d.Kind)
	if err != nil {
		return office.Meeting{}, d, err
	}
	if !k.Meeting {
		return office.Meeting{}, deed.Deed{}, fault.Missing("meeting.missing")
	}
	m, err := v.r.Meeting(ctx, id)
	if fault.KindOf(err) == fault.NotFound {
		return office.Meeting{Deed: id, Body: d.Body}, d, nil
	}
	return m, d, err
}

// MeetingRow is one line of the list of meetings.
type MeetingRow struct {
	Deed    deed.ID
	Body    body.ID
	Kind    string
	Status  deed.Status
	Title   string
	Day     calendar.Date
	Invited int
	Came    int
	Tasks   int // still open
}

// Meetings lists the meetings the actor may see, the latest first.
func (v *View) Meetings(ctx context.Context, from, most int) ([]MeetingRow, error) {
	kinds, err := v.r.Kinds(ctx)
	if err != nil {
		return nil, err
	}
	f := &filter{}
	f.and(`d.root = ? AND d.status <> 'cancelled' AND d.brought = 0`, v.r.book.root)
	reach, args := v.within(access.ReadOffice, "d.body", f.args)
	f.args = args
	f.and(reach)
	codes := ""
	for _, k := range kinds {
		if k.Meeting {
			codes += f.bind(`, ?`, k.Code)
		}
	}
	// The plus has the engine begin with the kinds, for meetings are few.
	end := f.bind(` ORDER BY +d.day_first DESC, d.id DESC LIMIT ? OFFSET ?`, most, from)
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (MeetingRow, error) {
		var m MeetingRow
		var day string
		err := rows.Scan((*int64)(&m.Deed), (*int64)(&m.Body), &m.Kind, (*string)(&m.Status), &m.Title, &day, &m.Invited, &m.Came, &m.Tasks)
		if err != nil {
			return m, err
		}
		return m, dates(&m.Day, day)
	}, `
		SELECT d.id, d.body, d.kind, d.status, d.title, d.day,
		  (SELECT COUNT(*) FROM attendee a WHERE a.deed = d.id AND a.guest = 0),
		  (SELECT COUNT(*) FROM attendee a WHERE a.deed = d.id AND a.guest = 0 AND a.presence IN ('present', 'late')),
		  (SELECT COUNT(*) FROM task t WHERE t.meeting = d.id AND t.meeting <> 0 AND t.status = 'open')
		FROM deed d WHERE d.kind IN (''`+codes+`) AND `+f.where()+end, f.args...)
}
