package main

import (
	"cmp"
	"slices"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

// censusList counts members by branch, age, sex and as a whole, on a day.
func censusList(a asked) (listing, error) {
	l := listing{columns: []string{"by", "what", "members"}}
	c, err := a.view.Census(a.ctx, a.of.ID, a.on())
	if err != nil {
		return l, err
	}
	l.add("all", "members", number(c.Members))
	l.add("all", "households", number(c.Households))
	for _, id := range a.view.Tree().ChildrenOn(a.of.ID, a.on()) {
		if c.ByBody[id] == 0 {
			continue
		}
		name, err := a.nameOf(id)
		if err != nil {
			return l, err
		}
		l.add("branch", name, number(c.ByBody[id]))
	}
	for _, from := range append(person.Bands(), -1) {
		if c.ByBand[from] > 0 {
			l.add("age", number(from)+"+", number(c.ByBand[from]))
		}
	}
	return l, nil
}

// longevityList tells who reaches an age that is honoured, in the year in which
// the period ends.
func longevityList(a asked) (listing, error) {
	l := listing{columns: []string{"branch", "age", "name", "birth", "address", "phone"}}
	settings, err := a.view.Settings(a.ctx, a.view.Root(), "longevity.")
	if err != nil {
		return l, err
	}
	turning, err := a.view.TurningIn(a.ctx, a.of.ID, person.LadderFrom(settings), a.period.To.Year(), nil)
	if err != nil {
		return l, err
	}
	for _, t := range turning {
		branch, err := a.branchOf(t.PersonRow)
		if err != nil {
			return l, err
		}
		l.add(branch, number(t.Age), t.Name, t.Birth.EDTF(), t.Address, t.Phone)
	}
	slices.SortStableFunc(l.rows, func(x, y []string) int { return cmp.Compare(x[0], y[0]) })
	return l, nil
}

// deedList lists what was done, with the money and everybody who took part.
func deedList(a asked) (listing, error) {
	l := listing{columns: []string{"day", "kind", "branch", "title", "money", "people"}}
	deeds, err := a.deeds()
	if err != nil {
		return l, err
	}
	called, err := a.view.CalledIn(a.ctx, deeds...)
	if err != nil {
		return l, err
	}
	for _, d := range deeds {
		home := called.Bodies[d.Body]
		var people []string
		for _, p := range d.Parties {
			if name := a.partyName(p, called); name != "" {
				people = append(people, string(p.Role)+": "+name)
			}
		}
		l.add(d.Day.EDTF(), d.Kind, home.ShortOn(string(a.to.Lang), a.on()), d.Title, a.money(d), strings.Join(people, "; "))
	}
	return l, nil
}

func (a asked) partyName(p deed.Party, called store.Called) string {
	of := called.Bodies[p.Body]
	return cmp.Or(called.People[p.Person].Name, p.Name, of.NameOn(string(a.to.Lang), a.on()))
}

// partyList lists everybody who took part: pupils with class and prize,
// travellers, the honoured with their age.
func partyList(a asked) (listing, error) {
	l := listing{columns: []string{"day", "deed", "role", "name", "school", "prize", "money"}}
	deeds, err := a.deeds()
	if err != nil {
		return l, err
	}
	called, err := a.view.CalledIn(a.ctx, deeds...)
	if err != nil {
		return l, err
	}
	for _, d := range deeds {
		for _, p := range d.Parties {
			share := ""
			if p.Detail.Amount != (money.Amount{}) {
				share = a.amount(p.Detail.Amount)
			}
			l.add(d.Day.EDTF(), d.Title, string(p.Role), a.partyName(p, called), p.Detail.School, p.Detail.Prize, share)
		}
	}
	return l, nil
}

// exceptionList lists the deeds beyond the norm, with why and who approved.
func exceptionList(a asked) (listing, error) {
	l := listing{columns: []string{"day", "title", "given", "norm", "reason", "approver"}}
	deeds, err := a.deeds()
	if err != nil {
		return l, err
	}
	called, err := a.view.CalledIn(a.ctx, deeds...)
	if err != nil {
		return l, err
	}
	for _, d := range deeds {
		beyond, err := a.view.AgainstNorm(a.ctx, d)
		if err != nil {
			return l, err
		}
		for _, b := range beyond {
			l.add(d.Day.EDTF(), d.Title, a.amount(b.Given), a.amount(b.Norm.Amount), d.Reason, called.People[d.Approver].Name)
		}
	}
	return l, nil
}

// statementList is what was received and paid, by heading and branch, between
// what there was before and after.
func statementList(a asked) (listing, error) {
	l := listing{columns: []string{"side", "heading", "branch", "amount"}}
	s, err := a.view.Statement(a.ctx, a.of.ID, a.period)
	if err != nil {
		return l, err
	}
	for _, sheet := range s.Sheets {
		said := func(minor int64) string { return a.amount(money.Of(minor, sheet.Currency)) }
		for _, held := range sheet.Purses {
			l.add("opening", held.Account.Code, "", said(held.Opening))
		}
		for side, rows := range map[string][]fund.Row{"in": sheet.In, "out": sheet.Out, "other": sheet.Other} {
			for _, row := range rows {
				if err := a.addRow(&l, side, row); err != nil {
					return l, err
				}
			}
		}
		l.add("in", "total", "", said(sheet.Receipts))
		l.add("out", "total", "", said(sheet.Payments))
		for _, held := range sheet.Purses {
			l.add("closing", held.Account.Code, "", said(held.Closing))
		}
		l.add("closing", "total", "", said(sheet.Closing))
	}
	order := []string{"opening", "in", "out", "other", "closing"}
	slices.SortStableFunc(l.rows, func(x, y []string) int { return cmp.Compare(slices.Index(order, x[0]), slices.Index(order, y[0])) })
	return l, nil
}

func (a asked) addRow(l *listing, side string, row fund.Row) error {
	branch := ""
	if row.Branch != 0 {
		var err error
		if branch, err = a.nameOf(row.Branch); err != nil {
			return err
		}
	}
	l.add(side, row.Code, branch, a.amount(row.Amount))
	return nil
}

// dueList lists who owes dues until the year in which the period ends.
func dueList(a asked) (listing, error) {
	l := listing{columns: []string{"state", "number", "name", "since", "owed"}}
	all, err := a.view.Dues(a.ctx, a.of.ID, a.period.To.Year())
	if err != nil {
		return l, err
	}
	paid, exempt := 0, 0
	for _, d := range all {
		year := d.Years
		switch {
		case d.Since != 0:
			var left []string
			for _, m := range d.Left {
				left = append(left, a.amount(m))
			}
			card := ""
			if n := len(d.Member.Memberships); n > 0 {
				card = d.Member.Memberships[n-1].Number
			}
			l.add("owes", card, d.Member.Name, number(d.Since), strings.Join(left, " + "))
		case len(year) > 0 && year[len(year)-1].Exempt:
			exempt++
		case len(year) > 0:
			paid++
		}
	}
	owe := len(l.rows)
	l.add("paid", "", "", "", number(paid))
	l.add("exempt", "", "", "", number(exempt))
	l.add("owing", "", "", "", number(owe))
	return l, nil
}

// turnList tells which branches have reported for the period.
func turnList(a asked) (listing, error) {
	l := listing{columns: []string{"branch", "state", "due"}}
	turns, err := report.Turns(a.ctx, a.view, a.of.ID, a.period)
	if err != nil {
		return l, err
	}
	for _, t := range turns {
		name, err := a.nameOf(t.Body)
		if err != nil {
			return l, err
		}
		state := "reported"
		if t.Report == nil {
			state = "missing"
		}
		l.add(name, state, calendar.OnDay(t.Due).EDTF())
	}
	return l, nil
}

// boardList tells who sits on the seats on a day, and what is vacant.
func boardList(a asked) (listing, error) {
	l := listing{columns: []string{"office", "name", "for", "from", "until"}}
	board, err := a.view.Board(a.ctx, a.of.ID, a.on())
	if err != nil {
		return l, err
	}
	for _, s := range board.Seats {
		for _, h := range s.Holders {
			branch := ""
			if h.Represents != 0 {
				if branch, err = a.nameOf(h.Represents); err != nil {
					return l, err
				}
			}
			l.add(s.Office.Kind, h.Name, branch, h.From.EDTF(), h.PlannedEnd.EDTF())
		}
		for range s.Vacant {
			l.add(s.Office.Kind, "", "", "", "")
		}
	}
	l.add("seats", number(board.Total), "", "", "")
	l.add("vacant", number(board.Vacant), "", "", "")
	return l, nil
}

// deadList lists the members who died in the period, with their household.
func deadList(a asked) (listing, error) {
	l := listing{columns: []string{"death", "name", "branch", "household"}}
	all, err := a.people(store.PeopleQuery{Status: store.HasDied})
	if err != nil {
		return l, err
	}
	for _, p := range all {
		if first, ok := p.Death.First(); !ok || !a.period.Contains(first) {
			continue
		}
		branch, err := a.branchOf(p)
		if err != nil {
			return l, err
		}
		home := ""
		if p.Household != 0 {
			if home, err = a.nameOf(p.Household); err != nil {
				return l, err
			}
		}
		l.add(p.Death.EDTF(), p.Name, branch, home)
	}
	slices.SortFunc(l.rows, slices.Compare)
	return l, nil
}

// originList tells what the members' places of origin are called on the last day
// of the period, and how many come from each.
func originList(a asked) (listing, error) {
	l := listing{columns: []string{"origin", "now", "members"}}
	atlas, err := place.Shipped()
	if err != nil {
		return l, err
	}
	c, err := a.view.Census(a.ctx, a.of.ID, a.on())
	if err != nil {
		return l, err
	}
	for raw, n := range c.ByOrigin {
		id := place.ID(raw)
		unit, err := atlas.Unit(id)
		if err != nil {
			continue // origin not recorded
		}
		was := atlas.PathOn(id, min(unit.During.To, a.on()))
		var heirs []string
		for _, h := range atlas.Now(id, a.on()) {
			heirs = append(heirs, atlas.PathOn(h.ID, a.on()))
		}
		l.add(was, strings.Join(heirs, " | "), number(n))
	}
	slices.SortFunc(l.rows, slices.Compare)
	return l, nil
}

// unnamedList lists the living members who asked not to be named.
func unnamedList(a asked) (listing, error) {
	l := listing{columns: []string{"name", "branch"}}
	all, err := a.people(store.PeopleQuery{Status: store.IsMember, Consent: "no"})
	if err != nil {
		return l, err
	}
	for _, p := range all {
		branch, err := a.branchOf(p)
		if err != nil {
			return l, err
		}
		l.add(p.Name, branch)
	}
	return l, nil
}
