package main

import (
	"cmp"
	"slices"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/delegation"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// activityList lists activities of friendship with the part in which the body acted.
func activityList(a asked) (listing, error) {
	l := listing{columns: []string{"day", "kind", "title", "countries", "part", "planning"}}
	told, err := a.view.Activities(a.ctx, store.ActivitiesAsked{Body: a.of.ID, Period: a.period, Dated: true, Kind: a.kind})
	if err != nil {
		return l, err
	}
	for _, t := range told {
		l.add(t.Deed.Day.EDTF(), t.Deed.Kind, t.Deed.Title, strings.Join(t.Countries, " "), string(t.Part), string(t.Planning))
	}
	c := union.CountUp(told).Total
	l.add("all", "", number(c.All), "", number(c.Led())+" led", number(c.Outside)+" outside")
	return l, nil
}

// planList holds the plan of the year in which the period ends against what was done.
func planList(a asked) (listing, error) {
	l := listing{columns: []string{"n", "state", "item", "target", "until", "note"}}
	r, err := a.view.PlanReview(a.ctx, a.of.ID, a.period.To.Year())
	if err != nil {
		return l, err
	}
	for _, i := range r.Lines {
		l.add(number(i.N), string(i.State), i.Text, i.Target, i.When.EDTF(), i.Note)
	}
	l.add("outside", "", number(len(r.Outside)), "", "", "")
	return l, nil
}

// visitList lists delegations in and out with their reports.
func visitList(a asked) (listing, error) {
	l := listing{columns: []string{"day", "kind", "title", "people", "countries", "level", "report", "paid"}}
	told, err := a.view.Visits(a.ctx, store.DelegationsAsked{Body: a.of.ID, Period: a.period, Dated: true, Kind: a.kind})
	if err != nil {
		return l, err
	}
	for _, t := range told {
		people, how := delegation.People(t.Deed)
		l.add(t.Deed.Day.EDTF(), t.Deed.Kind, t.Deed.Title, a.to.Qualified(number(int(people)), how.String()), strings.Join(t.Countries, " "), string(t.Visit.Level), reportState(t.Visit, a.on()), a.paid(t))
	}
	return l, nil
}

// paid says who bears what a visit cost.
func (a asked) paid(t delegation.Told) string {
	var said []string
	for _, p := range delegation.SumUp([]delegation.Told{t}, a.on()).Paid {
		said = append(said, string(p.Payer)+" "+a.amount(p.Amount))
	}
	return strings.Join(said, ", ")
}

// reportState tells whether the report of a visit is done, due or late by a day.
func reportState(v delegation.Visit, on calendar.Day) string {
	switch {
	case v.ReportDone != 0:
		return "done " + v.ReportDone.String()
	case v.ReportLate(on):
		return "late " + v.ReportDue.String()
	case v.ReportDue != 0:
		return "due " + v.ReportDue.String()
	}
	return ""
}

// giftList lists gifts of protocol with where they are now.
func giftList(a asked) (listing, error) {
	l := listing{columns: []string{"day", "way", "item", "other", "value", "place"}}
	gifts, err := a.view.Gifts(a.ctx, store.GiftsAsked{Body: a.of.ID})
	if err != nil {
		return l, err
	}
	for _, g := range gifts {
		if g.Day < a.period.From || g.Day > a.period.To {
			continue
		}
		other := g.Name
		if g.Other != 0 {
			if other, err = a.nameOf(g.Other); err != nil {
				return l, err
			}
		}
		value := ""
		if !g.Value.IsNone() {
			value = a.amount(g.Value)
		}
		l.add(g.Day.String(), giftState(g), g.Item, cmp.Or(other, g.Occasion), value, g.Place)
	}
	return l, nil
}

// giftState is which way a gift goes; one of ours that is still to be handed over
// is planned.
func giftState(g delegation.Gift) string {
	if g.Planned {
		return "planned"
	}
	return string(g.Way)
}

// termList lists terms between congresses, with those that have run over.
func termList(a asked) (listing, error) {
	l := listing{columns: []string{"body", "n", "from", "planned", "ended", "overrun"}}
	terms, err := store.RegisterOf[union.Term](a.ctx, a.view, a.of.ID, "")
	if err != nil {
		return l, err
	}
	for _, t := range terms {
		name, err := a.nameOf(t.Body)
		if err != nil {
			return l, err
		}
		l.add(name, number(t.N), t.From.EDTF(), t.Planned.EDTF(), t.Ended.EDTF(), number(t.Overrun(a.on())))
	}
	return l, nil
}

// largeList lists the units that count as large, those without a branch first.
func largeList(a asked) (listing, error) {
	l := listing{columns: []string{"name", "members", "why", "branches"}}
	found, err := a.view.LargeUnits(a.ctx, a.of.ID)
	if err != nil {
		return l, err
	}
	for _, one := range found {
		why, branches := one.Why, []string{}
		if one.ByRule {
			why = "rule"
		}
		for _, id := range one.Branches {
			name, err := a.nameOf(id)
			if err != nil {
				return l, err
			}
			branches = append(branches, name)
		}
		l.add(one.Name, number(one.Members), why, strings.Join(branches, ", "))
	}
	l.add("reached", number(union.Reached(found)), "of", number(len(found)))
	return l, nil
}

// serviceList lists who served abroad, with what they lack, and counts them.
func serviceList(a asked) (listing, error) {
	l := listing{columns: []string{"name", "as", "from", "until", "medal", "benefit"}}
	found, err := store.RegisterOf[union.Service](a.ctx, a.view, a.of.ID, "")
	if err != nil {
		return l, err
	}
	alive, err := a.view.Living(a.ctx, a.of.ID)
	if err != nil {
		return l, err
	}
	for _, s := range found {
		names, err := a.view.OfficeNames(a.ctx, s.Person)
		if err != nil {
			return l, err
		}
		l.add(names[s.Person], string(s.As), s.From.EDTF(), s.Until.EDTF(), string(s.Medal), string(s.Benefit))
	}
	for _, c := range union.CountServed(found, alive) {
		name, err := a.nameOf(c.Body)
		if err != nil {
			return l, err
		}
		l.add(name, number(c.People), number(c.Alive)+" alive", number(c.Volunteers)+" volunteers", number(c.Experts)+" experts", number(c.LackMedal)+" lack a medal")
	}
	return l, nil
}

// scholarList lists scholars with what each was given year by year.
func scholarList(a asked) (listing, error) {
	l := listing{columns: []string{"name", "country", "school", "year", "amount", "entry", "family"}}
	found, err := store.RegisterOf[union.Scholar](a.ctx, a.view, a.of.ID, "")
	if err != nil {
		return l, err
	}
	for _, s := range found {
		name := s.Name
		if s.Person != 0 {
			names, err := a.view.OfficeNames(a.ctx, s.Person)
			if err != nil {
				return l, err
			}
			name = names[s.Person]
		}
		var families []string
		for _, h := range s.Families() {
			families = append(families, strings.TrimSpace(h.Family+" "+h.During.EDTF()))
		}
		l.add(name, s.Country, s.School, s.From.EDTF(), a.amount(s.Yearly), "", strings.Join(families, ", "))
		for _, p := range s.Payments {
			entry := ""
			if p.Entry != 0 {
				entry = "fund"
			}
			l.add(name, "", "", number(p.Year), a.amount(p.Amount), entry, "")
		}
	}
	return l, nil
}

// friendList lists those of whom protocol is kept at a body, the one first in
// precedence first, with the last deed that named them.
func friendList(a asked) (listing, error) {
	l := listing{columns: []string{"name", "script", "title", "country", "touch"}}
	friends, err := a.view.Friends(a.ctx)
	if err != nil {
		return l, err
	}
	slices.SortStableFunc(friends, func(x, y store.Friend) int { return cmp.Compare(x.Rank(), y.Rank()) })
	for _, f := range friends {
		if !f.Protocol.Friend && f.Precedence == 0 || !a.view.Tree().Belongs(f.Protocol.Body, a.of.ID, a.on()) {
			continue
		}
		touch := ""
		if f.Touch != 0 {
			touch = calendar.Day(f.Touch).String()
		}
		l.add(f.Name, f.Script, f.Title[string(a.to.Lang)], f.Country, touch)
	}
	return l, nil
}

// tongueList lists who speaks which languages; an asterisk marks interpreters.
func tongueList(a asked) (listing, error) {
	l := listing{columns: []string{"name", "languages"}}
	friends, err := a.view.Friends(a.ctx)
	if err != nil {
		return l, err
	}
	for _, f := range friends {
		var said []string
		for _, t := range f.Tongues {
			if t.Interprets {
				t.Lang += "*"
			}
			said = append(said, t.Lang)
		}
		l.add(f.Name, strings.Join(said, " "))
	}
	return l, nil
}
