package letter

import (
	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/lunar"
)

// Meeting is what people are invited to.
type Meeting struct {
	Sheet
	Title  string // "gặp mặt đồng hương đầu xuân Bính Ngọ năm 2026"
	Day    calendar.Date
	Hour   string // as people say it: "08 giờ 00"
	Place  string
	Agenda string // one point a line
}

// Invitation invites one guest; without a name the line is left to the pen.
func Invitation(to locale.Speaker, m Meeting, guest Who) *document.Document {
	w := m.on(to, document.A4())
	w.b.Title(to.Say("letter.invitation"), capital(m.Title))
	w.line(w.field("letter.dear", guest.Name))
	if guest.Position != "" {
		w.line(w.field("letter.position", guest.Position))
	}
	if guest.Address != "" {
		w.line(w.field("letter.address", guest.Address))
	}
	w.b.Say(to.Say("letter.invite", m.House.Spoken(to.Lang), to.Say("letter.invite.you"), orDots(m.Title)))
	w.b.Add(document.Pairs{Items: w.particulars(m), Share: 0.2})
	w.b.Say(to.Say("letter.invite.end"))
	w.b.Sign(m.House.Signature(to))
	return w.b.Paper()
}

// particulars tell when, where and what about.
func (w *writer) particulars(m Meeting) []document.Pair {
	pairs := []document.Pair{
		{Label: w.Say("letter.when"), Value: document.Runs{document.B(w.when(m))}},
		{Label: w.Say("letter.where"), Value: document.Text(orDots(m.Place))},
	}
	if m.Agenda != "" {
		pairs = append(pairs, document.Pair{Label: w.Say("letter.agenda"), Value: document.Text(m.Agenda)})
	}
	return pairs
}

// when writes the hour and the day, with the day of the lunar calendar.
func (w *writer) when(m Meeting) string {
	if m.Day.IsUnknown() {
		return orDots("")
	}
	written := w.DateLong(m.Day)
	if m.Hour != "" {
		written = w.Say("letter.hour", m.Hour, written)
	}
	if day, ok := m.Day.Day(); ok {
		if l := lunar.From(day); !l.IsZero() {
			written = w.Say("letter.lunar", written, w.LunarLine(l))
		}
	}
	return written
}
