package web

import (
	"cmp"
	"context"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

func (q *request) countriesTyped(name string) ([]string, error) {
	codes, err := locale.ReadCountries(q.value(name))
	return codes, at(name, err)
}

func (q *request) countryTyped(code string) string {
	if code == "" {
		return ""
	}
	return q.speaker().Country(code)
}

// registering is what writes a record with its register's own verb.
func registering[T union.Kept[T]](q *request, record T) func(ctx context.Context, tx *store.Tx) error {
	based := q.id("revision")
	return func(ctx context.Context, tx *store.Tx) error {
		_, err := union.Enter(ctx, tx, q.actor, record, based)
		return err
	}
}

// personCalled names somebody of the book; nothing for nobody.
func (q *request) personCalled(id int64) string {
	if id == 0 {
		return ""
	}
	p, err := q.view().DeedPerson(q.Context(), personID(id))
	if err != nil {
		return ""
	}
	return p.Name
}

// sinceUntil says from when until when.
func (q *request) sinceUntil(from, until calendar.Date) string {
	switch {
	case from.IsUnknown() && until.IsUnknown():
		return ""
	case until.IsUnknown():
		return q.say("register.since", q.dated(from))
	}
	if from.IsUnknown() {
		return q.say("register.until.said", q.dated(until))
	}
	return q.dated(from) + " – " + q.dated(until)
}

// awardView lists awards received and proposed.
func awardView() registerView {
	return registerView{
		heads: []string{"register.award.title.label", "register.award.who", "register.award.level", "register.award.by", "register.award.decision", "common.status"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Award](q, typed)
			names, err2 := q.names()
			var lines []registerLine
			for _, w := range found {
				lines = append(lines, registerLine{w.ID, w.Body, []page.Cell{
					{Text: w.Title, Note: w.Reason}, {Text: cmp.Or(q.personCalled(int64(w.Person)), w.Name, names[w.Body])}, {Text: w.Level, Note: q.gradeSaid(w.Grade)}, {Text: dotted(w.By, q.countryTyped(w.Country))}, {Text: w.Decision, Note: q.dated(w.Day)}, {Text: q.say("register.award.state." + w.State)},
				}})
			}
			return lines, fault.Gather(err, err2)
		},
		fields: func(q *request, a asker, id int64) ([]templ.Component, int64, error) {
			w, err := one[union.Award](q, id)
			if err != nil {
				return nil, 0, err
			}
			home, err := q.homeField(a, w.Body)
			var states []page.Option
			for _, s := range union.AwardStates() {
				states = append(states, page.Option{Value: s, Text: q.say("register.award.state." + s)})
			}
			return []templ.Component{
				home, a.needed("title", "register.award.title.label", w.Title), q.whoField(a.field("who", "register.award.who", w.Name), w.Person, w.Name), a.text("level", "register.award.level", w.Level),
				a.choose("of", "contest.grade.level", string(w.Grade.Level), graded(q, "contest.level.", contest.Levels())), a.choose("form", "contest.grade.form", string(w.Grade.Form), graded(q, "contest.form.", contest.Forms())), a.choose("manner", "contest.grade.manner", string(w.Grade.Manner), graded(q, "contest.manner.", contest.Manners())),
				a.text("by", "register.award.by", w.By),
				a.text("country", "union.country", q.countryTyped(w.Country)), a.text("decision", "register.award.decision", w.Decision), a.day("day", "common.date", typed(w.Day)), a.choose("state", "common.status", cmp.Or(w.State, "granted"), states), a.area("reason", "register.award.reason", w.Reason),
			}, w.Revision, err
		},
		take: func(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
			w, err := one[union.Award](q, id)
			if err != nil {
				return nil, err
			}
			w.Grade = contest.Grade{Level: contest.Level(q.value("of")), Form: contest.Form(q.value("form")), Manner: contest.Manner(q.value("manner"))}
			w.Body, w.Title, w.Level, w.By, w.Decision, w.State, w.Reason = cmp.Or(w.Body, q.homeOf(body.ID(q.id("body")))), q.value("title"), q.value("level"), q.value("by"), q.value("decision"), q.value("state"), q.lines("reason")
			var e [3]error
			w.Person, w.Name, e[0] = q.anybody("who")
			w.Country, e[1] = q.countryGiven("country")
			w.Day, e[2] = q.date("day")
			return registering(q, w), fault.Gather(e[:]...)
		},
	}
}

// dongSaid gives an amount with what it is in đồng at a grant's rate.
func (q *request) dongSaid(a union.Aid, amount money.Amount) page.Cell {
	c := page.Cell{Text: q.moneySaid(amount)}
	if in, known := a.Dong(amount); known && amount.Currency != money.VND {
		c.Note = q.say("register.aid.dong", q.speaker().Money(in), q.dated(a.RateDay))
	}
	return c
}
