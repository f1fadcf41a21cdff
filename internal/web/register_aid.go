package web

import (
	"cmp"
	"context"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// aidView lists grants with their three stages, which are never added.
func aidView() registerView {
	return registerView{
		heads: []string{"register.aid.donor.label", "register.aid.field", "register.aid.pledged", "register.aid.paid", "register.aid.kind", "register.aid.approval", "register.aid.report"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Aid](q, typed)
			var lines []registerLine
			for _, g := range found {
				report := page.Cell{Text: q.daySaid(g.Due)}
				switch {
				case g.Reported != 0:
					report = page.Cell{Text: q.say("register.aid.reported", q.daySaid(g.Reported))}
				case g.Due != 0 && g.Due < q.today():
					report.Tone, report.Note = page.Late, q.say("delegation.late.mark")
				}
				lines = append(lines, registerLine{g.ID, g.Body, []page.Cell{
					{Text: g.Donor, Note: dotted(g.Title, q.countryTyped(g.Country))}, {Text: g.Field, Note: dotted(g.Place, q.sinceUntil(g.From, g.Until))}, q.dongSaid(g, g.Pledged), q.dongSaid(g, g.Paid), q.dongSaid(g, g.Kind), {Text: g.Approval, Note: q.dated(g.Approved)}, report,
				}})
			}
			return lines, err
		},
		fields: aidFields,
		take: func(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
			g, err := q.aidGiven(id)
			based := q.id("revision")
			return func(ctx context.Context, tx *store.Tx) error {
				_, err := union.Grant(ctx, tx, q.actor, g, based)
				return err
			}, err
		},
	}
}

func aidFields(q *request, a asker, id int64) ([]templ.Component, int64, error) {
	g, err := one[union.Aid](q, id)
	if err != nil {
		return nil, 0, err
	}
	home, err := q.homeField(a, g.Body)
	fields := []templ.Component{
		home, a.needed("donor", "register.aid.donor.label", g.Donor), a.text("country", "union.country", q.countryTyped(g.Country)), a.text("title", "register.aid.title", g.Title), a.text("field", "register.aid.field", g.Field), a.text("place", "deed.form.place", g.Place),
		a.text("approval", "register.aid.approval", g.Approval), a.day("approved", "register.aid.approved", typed(g.Approved)), a.day("from", "register.from", typed(g.From)), a.day("until", "register.until", typed(g.Until)),
	}
	fields = append(fields, a.sum("pledged", "register.aid.pledged", g.Pledged)...)
	fields = append(fields, a.sum("paid", "register.aid.paid", g.Paid)...)
	fields = append(fields, a.sum("kind", "register.aid.kind", g.Kind)...)
	fields = append(fields, a.sum("rate", "register.aid.rate", g.Rate)[0], a.day("rateDay", "register.aid.rateDay.label", typed(g.RateDay)),
		a.day("due", "register.aid.due", dayTyped(g.Due)), a.day("reported", "register.aid.reported.day", dayTyped(g.Reported)), a.text("note", "common.note", g.Note))
	return fields, g.Revision, err
}

func (q *request) aidGiven(id int64) (union.Aid, error) {
	g, err := one[union.Aid](q, id)
	if err != nil {
		return g, err
	}
	g.Body = cmp.Or(g.Body, q.homeOf(body.ID(q.id("body"))))
	g.Donor, g.Title, g.Field, g.Place, g.Approval, g.Note = q.value("donor"), q.value("title"), q.value("field"), q.value("place"), q.value("approval"), q.value("note")
	var e [11]error
	g.Country, e[0] = q.countryGiven("country")
	g.Approved, e[1] = q.date("approved")
	g.From, e[2] = q.date("from")
	g.Until, e[3] = q.date("until")
	g.Pledged, e[4] = q.amountGiven("pledged")
	g.Paid, e[5] = q.amountGiven("paid")
	g.Kind, e[6] = q.amountGiven("kind")
	g.Rate, e[7] = q.amountGiven("rate")
	g.RateDay, e[8] = q.date("rateDay")
	g.Due, e[9] = q.exactDay("due")
	g.Reported, e[10] = q.exactDay("reported")
	return g, fault.Gather(e[:]...)
}
