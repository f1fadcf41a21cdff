package web

import (
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
		due := q.dueMark(o.form.DueOn(o.period))
		e := page.Entry{Text: q.formName(o.form), Note: dotted(o.unit, q.periodSaid(o.form.Every, o.period)), Href: o.path, Figure: due.Text, Tone: due.Tone}
		if o.reply.Status == reporting.Returned {
			e.Note, e.Tone = dotted(e.Note, q.say("reporting.status.returned")), page.Late
		}
		p.Due = append(p.Due, e)
	}
	return nil
}
