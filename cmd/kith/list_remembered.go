package main

import (
	"cmp"
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/lineage"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// mergerList tells of the last merger of a body what was before and what is after.
func mergerList(a asked) (listing, error) {
	l := listing{columns: []string{"when", "body", "day", "members", "branches", "board", "fund", "partners"}}
	for _, e := range slices.Backward(a.view.Lineage().Events(a.of.ID)) {
		if e.Kind != body.Merging || e.Undone != 0 || e.Day > a.period.To {
			continue
		}
		c, err := a.view.Compared(a.ctx, e.ID, a.on())
		if err != nil {
			return l, err
		}
		for i, s := range slices.Concat(c.Before, c.After) {
			when := "before"
			if i >= len(c.Before) {
				when = "after"
			}
			if err := a.state(&l, when, s); err != nil {
				return l, err
			}
		}
		return l, nil
	}
	return l, nil
}

func (a asked) state(l *listing, when string, s lineage.State) error {
	var sums, partners []string
	for _, m := range s.Funds {
		sums = append(sums, a.amount(m))
	}
	bodies, err := a.view.BodiesByID(a.ctx, s.Partners)
	if err != nil {
		return err
	}
	for _, id := range s.Partners {
		b := bodies[id]
		partners = append(partners, b.NameOn(string(a.to.Lang), s.On))
	}
	l.add(when, s.Body.NameOn(string(a.to.Lang), s.On), s.On.String(), number(s.Members), number(s.Branches), number(s.Held)+"/"+number(s.Seats), strings.Join(sums, ", "), strings.Join(partners, ", "))
	return nil
}

// elsewhereList lists the members who are in another association too, and counts
// everybody once.
func elsewhereList(a asked) (listing, error) {
	l := listing{columns: []string{"name", "here", "there"}}
	also, memberships, people, err := a.view.AlsoElsewhere(a.ctx, a.of.ID, a.on())
	if err != nil {
		return l, err
	}
	names := func(ids []body.ID) (string, error) {
		var all []string
		for _, id := range ids {
			name, err := a.nameOf(id)
			if err != nil {
				return "", err
			}
			all = append(all, name)
		}
		return strings.Join(all, ", "), nil
	}
	for _, one := range also {
		here, err := names(one.Here)
		if err != nil {
			return l, err
		}
		there, err := names(one.There)
		if err != nil {
			return l, err
		}
		l.add(one.Person.Name, here, there)
	}
	l.add("people", number(people), "")
	l.add("memberships", number(memberships), "")
	l.add("also", number(len(also)), "")
	return l, nil
}

// memorialList lists martyrs who lie and veterans who live on the other side, with
// the incense visits to where they are.
func memorialList(a asked) (listing, error) {
	l := listing{columns: []string{"name", "as", "from", "where", "visits", "last"}}
	found, err := store.RegisterOf[union.Memorial](a.ctx, a.view, a.of.ID, "")
	if err != nil {
		return l, err
	}
	visits, err := a.view.IncenseVisits(a.ctx, a.of.ID, found)
	if err != nil {
		return l, err
	}
	for _, m := range found {
		name, from := m.Name, m.From
		if m.Person != 0 {
			names, err := a.view.OfficeNames(a.ctx, m.Person)
			if err != nil {
				return l, err
			}
			name = names[m.Person]
		}
		if m.Other != 0 {
			if from, err = a.nameOf(m.Other); err != nil {
				return l, err
			}
		}
		last := ""
		if all := visits[m.ID]; len(all) > 0 {
			last = all[len(all)-1].Day.EDTF()
		}
		l.add(name, string(m.As), from, strings.TrimSpace(m.Where+" "+m.Grave), number(len(visits[m.ID])), last)
	}
	return l, nil
}

// keepsakeList lists speeches, photographs and the like with who may use them.
func keepsakeList(a asked) (listing, error) {
	l := listing{columns: []string{"title", "kind", "of", "owner", "where", "use", "permit"}}
	found, err := store.RegisterOf[union.Keepsake](a.ctx, a.view, a.of.ID, "")
	for _, k := range found {
		l.add(k.Title, k.Kind, k.Of.EDTF(), k.Owner, k.Where, cmp.Or(string(k.Use), "unknown"), k.Permit)
	}
	return l, err
}

// pressList lists the articles with what was taken from each and what is not in the
// book.
func pressList(a asked) (listing, error) {
	l := listing{columns: []string{"day", "article", "taken", "missing"}}
	found, err := store.RegisterOf[union.Article](a.ctx, a.view, a.of.ID, "")
	if err != nil {
		return l, err
	}
	taken, err := a.view.TakenFrom(a.ctx, a.of.ID)
	for _, art := range found {
		l.add(art.Day.EDTF(), art.Title, number(len(taken[art.Title])), number(art.Left()))
		for _, m := range art.Missing {
			if m.Open() {
				l.add("", m.Text, "", "not entered")
			}
		}
	}
	return l, err
}
