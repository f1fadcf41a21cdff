package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Seer is somebody who may see something, and by which office.
type Seer struct {
	Person person.ID
	Name   string
	Office person.Office
	Lent   bool // for another, until a day
	Last   bool // the office ended with its body, and lets read what that body left
	Heir   bool // the office is held at an heir of what is seen
}

// seat is an office somebody holds or is lent, as far as rights ask.
type seat struct {
	Seer
	since  calendar.Day // the first day on which it is held, or lent
	until  calendar.Day // the last day on which it is held
	rights string       // those that were lent; empty: all of the office
}

// seats lists, of the offices that were begun by a day, those by which something
// may still be done or read on it: what is held, what is lent, and what was held
// until a body ended. The conditions name a holding h and what is lent of it d.
func (r reader) seats(ctx context.Context, on calendar.Day, holding, lent string, arg any) ([]seat, error) {
	lineage := r.lineage()
	all, err := collect(ctx, r.runner, func(rows *sql.Rows) (seat, error) {
		var s seat
		var lent int64
		err := rows.Scan((*int64)(&s.Person), &s.Name, &s.Office.ID, (*int64)(&s.Office.Body), &s.Office.Kind, &s.Office.Title, &s.Office.Rank,
			&lent, (*int32)(&s.since), (*int32)(&s.until), &s.rights)
		s.Lent = lent != 0
		return s, err
	}, `
		SELECT p.id, p.name, o.id, o.body, o.kind, o.title, o.rank, 0 AS lent, h.began_first, h.end_last, '' AS rights
		FROM holding h JOIN office o ON o.id = h.office JOIN person p ON p.id = h.person
		WHERE `+holding+` AND h.began_first <= $1 AND (h.end_last >= $1 OR EXISTS (SELECT 1 FROM body b WHERE b.id = o.body AND b.ended <> ''))
		UNION ALL
		SELECT p.id, p.name, o.id, o.body, o.kind, o.title, o.rank, 1 AS lent, d.since, h.end_last, d.rights
		FROM delegation d JOIN holding h ON h.id = d.holding JOIN office o ON o.id = h.office JOIN person p ON p.id = d.person
		WHERE `+lent+` AND d.since <= $1 AND d.until >= $1 AND d.ended = 0 AND h.began_first <= $1 AND h.end_last >= $1
		ORDER BY 7, 8, 1, 3`, int64(on), arg)
	if err != nil {
		return nil, err
	}
	kept := all[:0]
	for _, s := range all {
		// Who sat until the body ended is its last officer, though the office ended with it.
		ended := lineage.Life(s.Office.Body).To
		if s.Last = ended < on && s.until >= ended; s.Last || s.until >= on {
			kept = append(kept, s)
		}
	}
	return kept, nil
}

// grants gives the rights of a seat as bodies end and go on: at a body that has
// ended its last officers read, and write nothing more; who holds an office at an
// heir has the same rights at those that ended before it, so that what they left
// can be settled (docs/decisions/0022).
func (s seat) grants(lineage *body.Lineage, on calendar.Day) []access.Grant {
	of := s.grantsAt(s.Office.Body)
	if s.Last {
		return access.Reading(of)
	}
	for _, giver := range lineage.Origins(s.Office.Body) {
		if lineage.Life(giver).To < on {
			of = append(of, s.grantsAt(giver)...)
		}
	}
	return of
}

func (s seat) grantsAt(at body.ID) []access.Grant { return lentGrants(s.Office.Kind, at, s.rights) }

// grantsOf gives the rights of the offices a person holds, or is lent, on a day:
// first those of the offices themselves, then what comes with heirs and members.
func (r reader) grantsOf(ctx context.Context, id person.ID, on calendar.Day) ([]access.Grant, error) {
	seats, err := r.seats(ctx, on, `h.person = $2`, `d.person = $2`, int64(id))
	if err != nil {
		return nil, err
	}
	// The first says whom one works for: what is held comes before what is lent, and both before what ended.
	slices.SortStableFunc(seats, func(a, b seat) int {
		return cmp.Or(cmp.Compare(flag(a.Last), flag(b.Last)), cmp.Compare(flag(a.Lent), flag(b.Lent)), cmp.Compare(a.since, b.since), cmp.Compare(a.Office.Body, b.Office.Body))
	})
	return r.grantsOfSeats(ctx, seats, on)
}

func (r reader) grantsOfSeats(ctx context.Context, seats []seat, on calendar.Day) ([]access.Grant, error) {
	var grants []access.Grant
	for _, s := range seats {
		grants = append(grants, s.grants(r.lineage(), on)...)
	}
	if !slices.ContainsFunc(grants, func(g access.Grant) bool { return g.Right == access.ReadFigures }) {
		return grants, nil
	}
	members, err := r.memberBodies(ctx, on)
	return withMembers(grants, members), err
}

// withMembers adds to the grants of a union's officer the figures of the bodies
// that are its members by a tie: sums, no records.
func withMembers(grants []access.Grant, members map[body.ID][]body.ID) []access.Grant {
	for _, g := range slices.Clone(grants) {
		if g.Right != access.ReadFigures {
			continue
		}
		for _, m := range members[g.Body] {
			grants = append(grants, access.Grant{Right: access.ReadFigures, Body: m, Depth: access.Below})
		}
	}
	return grants
}

// WhoMay lists who has a right on any of some bodies today, by the very rights
// that reading asks: the same seats give the same grants.
func (v *View) WhoMay(ctx context.Context, right access.Right, on ...body.ID) ([]Seer, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	today, lineage := v.Today(), v.r.lineage()
	seats, err := v.r.seats(ctx, today, `h.root = $2`, `h.root = $2`, v.r.book.root)
	if err != nil {
		return nil, err
	}
	var members map[body.ID][]body.ID
	if right == access.ReadFigures {
		if members, err = v.r.memberBodies(ctx, today); err != nil {
			return nil, err
		}
	}
	may := func(grants []access.Grant) bool {
		holder := access.Actor{Grants: grants, Tree: v.Tree(), Today: today}
		return slices.ContainsFunc(on, func(of body.ID) bool { return holder.Can(right, of) })
	}
	var all []Seer
	for _, s := range seats {
		grants := s.grants(lineage, today)
		switch {
		case may(s.grantsAt(s.Office.Body)) && may(grants):
		case may(grants):
			s.Heir = true
		case !may(withMembers(grants, members)):
			continue
		}
		all = append(all, s.Seer)
	}
	return all, nil
}
