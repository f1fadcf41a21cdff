// Package twin puts everything that the book knows of one tie together: how it
// came about and what sources say of it, who came and who went, what each side
// gave, what is promised, the figures of both sides, who answers for it today.
// It is read on one page and printed as one paper, the twin's file.
package twin

import (
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/place"
	"kith.app/internal/tie"
)

// Ground is what tells on which side a body stands: who came before and after
// it, under whom it stands, where it is seated.
type Ground struct {
	Lineage *body.Lineage
	Tree    *body.Tree
	Places  *place.Map // may be nil: then seats tell nothing
	Seats   map[body.ID]int64
}

// SideOf tells on which side of a tie a body stands: as a party, as one from
// which a party came or which came from it, as one that belongs to such a body,
// or as one seated there. 0 when it stands on none, or on more than one.
func (g Ground) SideOf(t tie.Tie, id body.ID, on calendar.Day) int {
	if id == 0 {
		return 0
	}
	if side := t.SideOf(id); side != 0 {
		return side
	}
	found := 0
	for _, p := range t.Parties {
		if g.akin(p.Body, id) || g.belongs(id, p.Body, on) || g.seated(id, p.Body) {
			if found != 0 && found != p.Side {
				return 0
			}
			found = p.Side
		}
	}
	return found
}

// akin tells whether one of two bodies became the other, in however many steps.
func (g Ground) akin(a, b body.ID) bool {
	if g.Lineage == nil {
		return false
	}
	return slices.ContainsFunc(g.Lineage.Line(a), func(s body.Step) bool { return s.From == b || s.To == b })
}

func (g Ground) belongs(id, above body.ID, on calendar.Day) bool {
	return g.Tree != nil && id != above && g.Tree.Belongs(id, above, on)
}

// seated tells whether a body has its seat in the unit that a party is.
func (g Ground) seated(id, at body.ID) bool {
	seat := g.Seats[id]
	if seat == 0 {
		return false
	}
	if seat == int64(at) {
		return true
	}
	return g.Places != nil && g.Places.Has(place.ID(at)) && g.Places.Lies(place.ID(seat), place.ID(at))
}

// sides gives the one side on which all parties of a deed in some roles stand, 0
// when there are none, or they stand on several.
func (g Ground) sides(t tie.Tie, d deed.Deed, roles ...deed.Role) int {
	found := 0
	for _, p := range d.Parties {
		if p.Body == 0 || !slices.Contains(roles, p.Role) {
			continue
		}
		side := g.SideOf(t, p.Body, d.Day.LastOr(calendar.Latest))
		switch {
		case side == 0:
		case found == 0:
			found = side
		case found != side:
			return 0
		}
	}
	return found
}

// Giver tells which side gave in a deed: where the giver stands; where nobody is
// named as giver, the side whose book says that the other received. 0 when the
// deed does not say.
func (g Ground) Giver(t tie.Tie, d deed.Deed) int {
	if slices.ContainsFunc(d.Parties, func(p deed.Party) bool { return p.Role == deed.Giver }) {
		return g.sides(t, d, deed.Giver)
	}
	home := g.SideOf(t, d.Body, d.Day.LastOr(calendar.Latest))
	taker := g.sides(t, d, deed.Receiver)
	if taker != 0 && home != 0 && taker != home {
		return home
	}
	return 0
}

// Way tells from which side to which a visit went: where guests and hosts stand;
// for a delegation, where the home of the deed stands. Both are 0 when the deed
// is no visit, one is 0 when it does not say.
func (g Ground) Way(t tie.Tie, d deed.Deed) (from, to int) {
	from, to = g.sides(t, d, deed.Guest), g.sides(t, d, deed.Host)
	home := g.SideOf(t, d.Body, d.Day.LastOr(calendar.Latest))
	switch d.Kind {
	case "delegation-in":
		if to == 0 {
			to = home
		}
	case "delegation-out":
		if from == 0 {
			from = home
		}
	}
	if t.Sides() == 2 {
		if from == 0 && to != 0 {
			from = 3 - to
		}
		if to == 0 && from != 0 {
			to = 3 - from
		}
	}
	if from == to {
		return 0, 0
	}
	return from, to
}

// Visit tells whether a deed is a visit: a delegation, or whatever has guests
// and hosts.
func Visit(d deed.Deed) bool {
	if d.Kind == "delegation-in" || d.Kind == "delegation-out" {
		return true
	}
	return slices.ContainsFunc(d.Parties, func(p deed.Party) bool { return p.Role == deed.Guest || p.Role == deed.Host })
}
