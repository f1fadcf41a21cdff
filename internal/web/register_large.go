package web

import (
	"cmp"
	"context"
	"slices"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// seats gives the bodies below an organisation by the unit they sit in.
func (q *request) seats() (map[int64][]body.Body, error) {
	bodies, err := q.view().Bodies(q.Context())
	if err != nil {
		return nil, err
	}
	by := map[int64][]body.Body{}
	top := q.organisationShown()
	for _, b := range bodies {
		if b.Seat != 0 && q.view().Tree().Under(b.ID, top, q.today()) {
			by[b.Seat] = append(by[b.Seat], b)
		}
	}
	return by, nil
}

// branchIn names the branches that sit in a unit, or in one inside it.
func (q *request) branchIn(m *place.Map, unit int64, seats map[int64][]body.Body) string {
	var names []string
	for seat, bodies := range seats {
		if seat == unit || unit != 0 && m.Lies(place.ID(seat), place.ID(unit)) {
			for _, b := range bodies {
				names = append(names, b.ShortOn(q.lang(), q.today()))
			}
		}
	}
	slices.Sort(names)
	return joined(names)
}

// largeView lists the units that count as large, with the branch each has or lacks.
func largeView() registerView {
	return registerView{
		heads: []string{"register.large.name.label", "register.large.in", "register.large.why", "register.large.branch"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Large](q, typed)
			if err != nil {
				return nil, err
			}
			seats, err := q.seats()
			if err != nil {
				return nil, err
			}
			m, err := place.Shipped()
			if err != nil {
				return nil, err
			}
			var have, lack []registerLine
			for _, l := range found {
				where := ""
				if l.Place != 0 {
					where = m.PathOn(place.ID(l.Place), q.today())
				}
				branch := page.Cell{Text: q.branchIn(m, l.Place, seats)}
				line := registerLine{l.ID, l.Body, []page.Cell{{Text: l.Name}, {Text: where}, {Text: l.Why}, branch}}
				if branch.Text == "" {
					line.cells[3] = page.Cell{Text: q.say("register.large.lacks"), Tone: page.Late}
					lack = append(lack, line)
				} else {
					have = append(have, line)
				}
			}
			return append(lack, have...), nil
		},
		fields: func(q *request, a asker, id int64) ([]templ.Component, int64, error) {
			l, err := one[union.Large](q, id)
			if err != nil {
				return nil, 0, err
			}
			home, err := q.homeField(a, l.Body)
			in := a.field("place", "register.large.name.label", l.Name)
			in.Hint = q.say("register.large.hint")
			fields := []templ.Component{home, page.Combobox(q.reader, in, page.Search{Href: "/places", IDName: "placeId", ID: idText(l.Place)}), a.text("why", "register.large.why", l.Why)}
			if id == 0 {
				fields = append(fields, page.Tick(page.Field{Name: "all", Label: q.say("register.large.all"), Whole: true}))
			}
			return fields, l.Revision, err
		},
		take: takeLarge,
	}
}

// takeLarge writes one unit, or every unit directly inside the one named.
func takeLarge(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
	l, err := one[union.Large](q, id)
	if err != nil {
		return nil, err
	}
	l.Body, l.Why = cmp.Or(l.Body, q.homeOf(body.ID(q.id("body")))), q.value("why")
	m, err := place.Shipped()
	if err != nil {
		return nil, err
	}
	unit, note := q.place("place")
	l.Place, l.Name = unit, note
	if unit != 0 {
		l.Name = m.NameOn(place.ID(unit), q.today())
	}
	if q.value("all") == "" || id != 0 {
		return registering(q, l), nil
	}
	if unit == 0 {
		return nil, fault.Field("place", "register.large.unknown")
	}
	known, err := all[union.Large](q, "")
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx *store.Tx) error {
		for _, child := range m.Children(place.ID(unit), q.today()) {
			if slices.ContainsFunc(known, func(k union.Large) bool { return k.Body == l.Body && k.Place == int64(child) }) {
				continue
			}
			each := union.Large{Body: l.Body, Place: int64(child), Name: m.NameOn(child, q.today()), Why: l.Why}
			if _, err := union.Enter(ctx, tx, q.actor, each, 0); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

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
