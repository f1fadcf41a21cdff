package main

import (
	"kith.app/internal/contest"
)

// conferenceList is what is prepared for the conference: programme, speakers, seats,
// models, gifts, the host's costs and what they come to.
func (a *arena) conferenceList(c contestList) (listing, error) {
	return a.items(c, contest.ItemKinds()...)
}

// modelList is the good models that units show.
func (a *arena) modelList(c contestList) (listing, error) { return a.items(c, contest.AModel) }

func (a *arena) items(c contestList, kinds ...contest.ItemKind) (listing, error) {
	l := listing{columns: []string{"kind", "at", "what", "unit", "who", "amount"}}
	all, err := a.view.Conference(a.p.ctx, a.file.Contest.ID)
	if err != nil {
		return l, err
	}
	to := a.p.words.In(a.p.lang())
	for _, kind := range kinds {
		for _, i := range contest.OfKind(all, kind) {
			if c.Unit != "" && c.Unit != a.code[i.Unit] {
				continue
			}
			at, amount := i.Hour, ""
			if kind == contest.ASeat {
				at = i.Place
			}
			if !i.Amount.IsZero() {
				amount = to.Money(i.Amount)
			}
			l.add(string(kind), at, i.Text, a.code[i.Unit], i.Who, amount)
		}
		if kind != contest.ACost || c.Unit != "" {
			continue
		}
		sums, err := contest.Spent(all)
		if err != nil {
			return l, err
		}
		for _, s := range sums {
			l.add("costs", "", "", "", "", to.Money(s))
		}
	}
	return l, nil
}
