package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/occasion"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/union"
)

// Terms reads the terms of one body, the first of them first.
func (r reader) Terms(ctx context.Context, of body.ID) ([]union.Term, error) {
	return keptRows[union.Term](ctx, r, `root = $1 AND register = 'term' AND body = $2`, r.book.root, int64(of))
}

// Scholar reads one scholar.
func (r reader) Scholar(ctx context.Context, id int64) (union.Scholar, error) {
	found, err := keptRows[union.Scholar](ctx, r, `id = $1 AND register = 'scholar'`, id)
	return only(found, err, "register.missing")
}

// RegisteredBy lists the records of registers that name a deed which the actor
// may see: the term that a congress opened, the grant whose lines it counts.
func (v *View) RegisteredBy(ctx context.Context, id deed.ID) ([]union.Entry, error) {
	if _, err := v.Deed(ctx, id); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (union.Entry, error) { return scanRegister(rows) },
		`SELECT `+registerColumns+` FROM union_register WHERE deed = $1 AND deed <> 0 ORDER BY id`, int64(id))
}

// ServiceOf lists the periods that somebody whom the actor may see served abroad.
func (v *View) ServiceOf(ctx context.Context, id person.ID) ([]union.Service, error) {
	if _, err := v.Person(ctx, id); err != nil {
		return nil, err
	}
	return keptRows[union.Service](ctx, v.r, `person = $1 AND person <> 0 AND register = 'service'`, int64(id))
}

// Living tells of those who have a record of service which ones are alive.
func (v *View) Living(ctx context.Context, of body.ID) (map[person.ID]bool, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return nil, err
	}
	alive := map[person.ID]bool{}
	return alive, v.r.each(ctx, func(rows *sql.Rows) error {
		var id, dead int64
		err := rows.Scan(&id, &dead)
		alive[person.ID(id)] = dead == 0
		return err
	}, `SELECT id, dead FROM person WHERE id IN (SELECT person FROM union_register WHERE root = $1 AND register = 'service')`, v.r.book.root)
}

// MembersByPlace counts the members of a body and of those below it by the
// administrative unit in which they live, those of whom it is known.
func (v *View) MembersByPlace(ctx context.Context, of body.ID) (map[int64]int, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return nil, err
	}
	return v.r.membersByPlace(ctx, append(v.Tree().Below(of, v.Today()), of))
}

func (r reader) membersByPlace(ctx context.Context, bodies []body.ID) (map[int64]int, error) {
	counts := map[int64]int{}
	list, args := in([]any{r.book.root}, bodies)
	return counts, r.each(ctx, func(rows *sql.Rows) error {
		var unit int64
		var n int
		if err := rows.Scan(&unit, &n); err != nil {
			return err
		}
		counts[unit] += n
		return nil
	}, `SELECT p.residence, COUNT(DISTINCT p.id) FROM membership m JOIN person p ON p.id = m.person AND p.dead = 0
		WHERE m.root = $1 AND m.left_last IS NULL AND p.residence <> 0 AND m.body `+list+` GROUP BY p.residence`, args...)
}

// LargeUnits lists the units that count as large for an association, by its list
// and by its rule, with the branches that sit in them.
func (v *View) LargeUnits(ctx context.Context, of body.ID) ([]union.LargeUnit, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return nil, err
	}
	return v.r.largeUnits(ctx, of, v.Today())
}

func (r reader) largeUnits(ctx context.Context, of body.ID, today calendar.Day) ([]union.LargeUnit, error) {
	m, err := place.Shipped()
	if err != nil {
		return nil, err
	}
	below := r.book.Tree().Below(of, today)
	list, args := in([]any{r.book.root}, append(r.book.Tree().EverBelow(of), of))
	listed, err := keptRows[union.Large](ctx, r, `root = $1 AND register = 'large' AND body `+list, args...)
	if err != nil {
		return nil, err
	}
	set, err := r.Settings(ctx, of, "union.large.")
	if err != nil {
		return nil, err
	}
	residents, err := r.membersByPlace(ctx, append(below, of))
	if err != nil {
		return nil, err
	}
	seats := map[int64][]body.ID{}
	for _, id := range below {
		b, err := r.Body(ctx, id)
		if err != nil {
			return nil, err
		}
		if b.Seat != 0 && b.Ended.IsUnknown() {
			seats[b.Seat] = append(seats[b.Seat], id)
		}
	}
	return union.LargeUnits(m, today, listed, union.LargeRuleFrom(set), residents, seats), nil
}

// Protocols reads how some people are addressed and seated, those of them whom
// the actor may see and of whom something is written.
func (v *View) Protocols(ctx context.Context, ids []person.ID) (map[person.ID]union.Protocol, error) {
	all := map[person.ID]union.Protocol{}
	for these := range slices.Chunk(ids, 400) {
		f := &filter{}
		f.and(`root = ?`, v.r.book.root)
		reach, args := v.within(access.ReadRoll, "body", f.args)
		f.args = args
		f.and(reach)
		f.and(`person ` + list(f, these))
		found, err := collect(ctx, v.r.runner, scanProtocol, `SELECT data, person, other FROM protocol WHERE `+f.where(), f.args...)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			all[p.Person] = p
		}
	}
	return all, nil
}

// congressesComing are the terms whose planned end comes, while they last: the
// next congress is due by then.
func (v *View) congressesComing(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	f := &filter{}
	f.and(`root = ? AND register = 'term' AND due <> 0`, v.r.book.root)
	reach, args := v.within(access.ReadFigures, "body", f.args)
	f.args = args
	f.and(reach)
	found, err := registerRows[union.Term](ctx, v, f)
	if err != nil {
		return nil, err
	}
	var facts []occasion.Fact
	for _, t := range found {
		if !v.held(asked, t.Body) || !t.Planned.Overlaps(asked.Period) {
			continue
		}
		terms, err := v.r.Terms(ctx, t.Body)
		if err != nil {
			return nil, err
		}
		if terms[len(terms)-1].ID != t.ID {
			continue // a later congress was held; only nobody said that this term ended
		}
		b, err := v.r.Body(ctx, t.Body)
		if err != nil {
			return nil, err
		}
		facts = append(facts, occasion.Fact{
			Kind: occasion.Congress, ID: t.ID, Names: v.namesOf(b), On: t.Planned, Number: t.N + 1, Body: t.Body, Path: "/union/registers/term/" + strconv.FormatInt(t.ID, 10),
		})
	}
	return facts, nil
}
