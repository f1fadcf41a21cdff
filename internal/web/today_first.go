package web

import (
	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// todayFirst says what to do first, as long as no deed is written: a new book
// asks for its roll, its fund and who else keeps it before anything else.
func (q *request) todayFirst(p *page.TodayPage) error {
	if len(p.Wrote) > 0 || !q.hometown() || !q.actor.Somewhere(access.PostDeeds) {
		return nil
	}
	if q.actor.Somewhere(access.KeepRoll) {
		people, _, err := q.view().People(q.Context(), store.PeopleQuery{Limit: 2})
		if err != nil {
			return err
		}
		p.First = append(p.First, q.firstStep("roll", "/import?what=people", len(people) > 1))
	}
	if q.mayOpenFund() {
		_, err := q.view().FundKeeper(q.Context(), q.root())
		if err != nil && fault.KindOf(err) == fault.Internal {
			return err
		}
		p.First = append(p.First, q.firstStep("fund", "/fund", err == nil))
	}
	if q.may(access.ManageBody, q.root()) {
		p.First = append(p.First, q.firstStep("users", "/settings/users", false))
	}
	p.First = append(p.First, q.firstStep("deed", "/deeds/new", false))
	return nil
}

func (q *request) firstStep(what, href string, done bool) page.Entry {
	e := page.Entry{Text: q.say("today.first." + what), Note: q.say("today.first." + what + ".note"), Href: href}
	if done {
		e.Figure, e.Tone = q.say("today.first.done"), page.Done
	}
	return e
}
