package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/money"
	"kith.app/internal/store"
	"kith.app/internal/twin"
)

// owedList lists the gifts still to be handed over: promised under ties, and
// prepared for visits.
func owedList(a asked) (listing, error) {
	l := listing{columns: []string{"due", "state", "gift", "who", "promised", "given", "left"}}
	of := a.of.ID
	if of == a.view.Root() {
		of = 0 // the whole book
	}
	rows, owed, err := a.view.Owing(a.ctx, of, a.on())
	if err != nil {
		return l, err
	}
	for i, o := range owed {
		f, err := twin.Gather(a.ctx, a.view, rows[i].Under.ID)
		if err != nil {
			return l, err
		}
		var promised, given, left []string
		if o.Money.Minor > 0 {
			promised, given, left = append(promised, a.amount(o.Money)), append(given, a.amount(money.Of(o.Paid, o.Money.Currency))), append(left, a.amount(o.MoneyLeft()))
		}
		if o.Things > 0 {
			said := func(n int64) string { return strings.TrimSpace(strconv.FormatInt(n, 10) + " " + o.Promise.Unit) }
			promised, given, left = append(promised, said(o.Things)), append(given, said(o.Handed)), append(left, said(o.ThingsLeft()))
		}
		l.add(o.Promise.Due.EDTF(), string(o.Promise.On(a.on())), o.Promise.Text, twin.Tell(a.to, f).Who(o.Promise), strings.Join(promised, ", "), strings.Join(given, ", "), strings.Join(left, ", "))
	}
	gifts, err := a.view.Gifts(a.ctx, store.GiftsAsked{Body: of, Way: delegation.Given})
	if err != nil {
		return l, err
	}
	for _, g := range gifts {
		if !g.Planned {
			continue
		}
		state := "planned"
		if g.Late(a.on()) {
			state = "late"
		}
		other, err := a.giftOther(g)
		if err != nil {
			return l, err
		}
		n := number(int(max(1, g.Count)))
		l.add(g.Day.String(), state, g.Item, other, n, "0", n)
	}
	return l, nil
}

// giftOther names who received a gift or gave it.
func (a asked) giftOther(g delegation.Gift) (string, error) {
	if g.Other != 0 {
		return a.nameOf(g.Other)
	}
	return g.Name, nil
}

// comingList tells of each delegation that is planned its programme, what is to be
// said, its gifts and its cost, and what of these is not ready.
func comingList(a asked) (listing, error) {
	l := listing{columns: []string{"part", "day", "what", "detail"}}
	told, err := a.view.Visits(a.ctx, store.DelegationsAsked{Body: a.of.ID})
	if err != nil {
		return l, err
	}
	told = slices.DeleteFunc(told, func(t delegation.Told) bool { return t.Deed.Status != deed.Planned })
	slices.SortStableFunc(told, func(x, y delegation.Told) int {
		return cmp.Compare(x.Deed.Day.FirstOr(calendar.Latest), y.Deed.Day.FirstOr(calendar.Latest))
	})
	for _, t := range told {
		if err := a.comingOne(&l, t); err != nil {
			return l, err
		}
	}
	return l, nil
}

func (a asked) comingOne(l *listing, t delegation.Told) error {
	head, _ := delegation.Led(t.Deed)
	l.add("visit", t.Deed.Day.EDTF(), t.Deed.Title, head.Name)
	for _, s := range t.Visit.Stops {
		l.add("programme", s.Day.String(), s.What, strings.Trim(s.Hour+" · "+s.Where, " ·"))
	}
	first, _, _ := strings.Cut(t.Visit.Speech, "\n")
	if first != "" {
		l.add("speech", "", first, t.Visit.Speaker)
	}
	for _, id := range t.Deed.Ties {
		f, err := twin.Gather(a.ctx, a.view, id)
		if err != nil {
			return err
		}
		for _, p := range twin.Tell(a.to, f).Points(t.Deed.ID) {
			l.add("tell", "", p, "")
		}
	}
	gifts, err := a.view.Gifts(a.ctx, store.GiftsAsked{Deed: t.Deed.ID})
	if err != nil {
		return err
	}
	for _, g := range gifts {
		other, err := a.giftOther(g)
		if err != nil {
			return err
		}
		l.add("gift", g.Day.String(), strings.TrimSpace(number(int(max(1, g.Count)))+" "+g.Item), strings.Trim(other+" · "+a.amount(g.Value), " ·"))
	}
	for _, c := range t.Visit.Costs {
		l.add("cost", "", c.Kind, strings.TrimSpace(string(c.Payer)+" "+a.amount(c.Amount)))
	}
	for _, p := range delegation.Estimate(t, gifts) {
		l.add("estimate", "", string(p.Payer), a.amount(p.Amount))
	}
	for _, m := range delegation.Lacks(t, gifts) {
		l.add("lacks", "", string(m), "")
	}
	return nil
}
