package web

import (
	"kith.app/internal/calendar"
	"kith.app/internal/page"
	"kith.app/internal/reporting"
)

// todayForms names the reporting forms that the reader's own units have not sent,
// or have got back.
func (q *request) todayForms(p *page.TodayPage) error {
	units := q.reportsFor()
	if len(units) == 0 {
		return nil
	}
	all, err := q.view().Forms(q.Context())
	if err != nil {
		return err
	}
	owed, err := q.formsOwed(all, units)
	if err != nil {
		return err
	}
	for _, o := range owed {
		if o.reply.Status == reporting.Sent || o.reply.Status == reporting.Approved {
			continue
		}
		e := page.Entry{Text: q.formName(o.form), Note: dotted(o.unit, q.periodSaid(o.form.Every, o.period)), Href: o.path}
		e.Figure, e.Tone = q.daysTo(o.form.DueOn(o.period))
		if o.reply.Status == reporting.Returned {
			e.Note, e.Tone = dotted(e.Note, q.say("reporting.status.returned")), page.Late
		}
		p.Due = append(p.Due, e)
	}
	return nil
}

// daysTo says how far off a day is; nothing where there is none.
func (q *request) daysTo(due calendar.Day) (string, page.Tone) {
	switch {
	case due == 0:
		return "", page.Due
	case due < q.today():
		return q.say("common.daysLate", int(q.today()-due)), page.Late
	case due == q.today():
		return q.say("common.today"), page.Due
	}
	return q.say("common.daysLeft", int(due-q.today())), page.Due
}
