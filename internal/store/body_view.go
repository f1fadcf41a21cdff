package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Bodies lists every body of some kinds, or all but households and administrative
// units in which nobody holds an office, by name. What
// bodies there are is no secret inside the book.
func (v *View) Bodies(ctx context.Context, kinds ...body.Kind) ([]body.Body, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	// Thousands of administrative units may be held; those in which nobody holds an
	// office are found by search.
	all, err := v.r.bodiesWhere(ctx, `kind <> 'household' AND (kind <> 'locality' OR seat <> id OR id = `+strconv.FormatInt(int64(v.Root()), 10)+` OR id IN (SELECT body FROM office))`)
	if err != nil || len(kinds) == 0 {
		return all, err
	}
	return slices.DeleteFunc(all, func(b body.Body) bool { return !slices.Contains(kinds, b.Kind) }), nil
}

// BodiesByID reads some bodies at once by their ids, and the households that the
// actor may see.
func (v *View) BodiesByID(ctx context.Context, ids []body.ID) (map[body.ID]body.Body, error) {
	if !v.known() && !v.named(ctx) {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	f := &filter{}
	f.and(`id ` + list(f, ids))
	v.housed(f)
	found, err := v.r.bodiesWhere(ctx, f.where(), f.args...)
	if err != nil {
		return nil, err
	}
	by := make(map[body.ID]body.Body, len(found))
	for _, b := range found {
		by[b.ID] = b
	}
	return by, nil
}

// Board reads who sits on the seats of a body on a day. It is no secret inside
// the book.
func (v *View) Board(ctx context.Context, of body.ID, on calendar.Day) (person.Board, error) {
	if !v.known() {
		return person.Board{}, fault.Forbid("access.forbidden.read_figures")
	}
	offices, err := v.r.OfficesAt(ctx, of)
	if err != nil {
		return person.Board{}, err
	}
	holders, err := v.holders(ctx, `h.root = $1 AND o.body = $2 AND h.began_first <= $3 AND h.end_last >= $3`, v.r.book.root, int64(of), int64(on))
	if err != nil {
		return person.Board{}, err
	}
	return person.BoardOn(offices, holders, on), nil
}

// OfficesAt lists the offices of a body.
func (v *View) OfficesAt(ctx context.Context, of body.ID) ([]person.Office, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	return v.r.OfficesAt(ctx, of)
}

// Office reads one office.
func (v *View) Office(ctx context.Context, id int64) (person.Office, error) {
	if !v.known() {
		return person.Office{}, fault.Forbid("access.forbidden.read_figures")
	}
	return v.r.Office(ctx, id)
}

// Holder reads one holding with who holds it.
func (v *View) Holder(ctx context.Context, id int64) (person.Holder, error) {
	if !v.known() {
		return person.Holder{}, fault.Forbid("access.forbidden.read_figures")
	}
	found, err := v.holders(ctx, `h.id = $1`, id)
	if err != nil {
		return person.Holder{}, err
	}
	if len(found) == 0 {
		return person.Holder{}, fault.Missing("office.holding.missing")
	}
	return found[0], nil
}

// Holders lists all who ever held an office, the latest first.
func (v *View) Holders(ctx context.Context, office int64) ([]person.Holder, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	found, err := v.holders(ctx, `h.office = $1`, office)
	slices.Reverse(found)
	return found, err
}

func (v *View) holders(ctx context.Context, condition string, args ...any) ([]person.Holder, error) {
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (person.Holder, error) {
		var h person.Holder
		var from, planned, actual string
		var dead int64
		err := rows.Scan(&h.ID, &h.Office, (*int64)(&h.Person), &from, &planned, &actual, (*int64)(&h.Represents), &h.Paper, &h.Note, &h.Revision, &h.Name, &dead)
		if err != nil {
			return h, err
		}
		h.Dead = dead != 0
		return h, dates(&h.From, from, &h.PlannedEnd, planned, &h.ActualEnd, actual)
	}, `SELECT h.id, h.office, h.person, h.began, h.planned_end, h.actual_end, h.represents, h.paper, h.note, h.revision, p.name, p.dead
		FROM holding h JOIN office o ON o.id = h.office JOIN person p ON p.id = h.person
		WHERE `+condition+` ORDER BY h.began_first, p.sort, h.id`, args...)
}

// Alike finds records of people the actor may see that are likely one person.
func (v *View) Alike(ctx context.Context) ([]person.Likeness, error) {
	f := &filter{}
	f.and(wholly(v.reach(access.ReadRoll).All, `root = ?`), v.r.book.root)
	f.and(`merged_into = 0`)
	v.readable(f)
	type key struct{ where, args string }
	found, err := recall(ctx, v, key{f.where(), fmt.Sprint(f.args...)}, besideRoll, func() ([]person.Likeness, error) { return v.alike(ctx, f) })
	return slices.Clone(found), err
}

// alike compares the people of a filter with each other.
func (v *View) alike(ctx context.Context, f *filter) ([]person.Likeness, error) {
	people, kept, err := v.r.book.memo.drawings.all(ctx, v.r, drawings)
	everybody := kept && v.reach(access.ReadRoll).All
	switch {
	case err != nil || everybody:
	case kept:
		people, err = v.onlySeen(ctx, f, people)
	default:
		people, err = v.r.drawn(ctx, f, "")
	}
	if err != nil {
		return nil, err
	}
	pairs, err := v.r.apart(ctx)
	if err != nil {
		return nil, err
	}
	apart := func(a, b person.ID) bool { return pairs[[2]person.ID{a, b}] }
	if everybody {
		return v.r.book.memo.resembling(people).Likely(apart), nil
	}
	return person.Likely(people, apart), nil
}

// onlySeen gives those of some people whom a filter lets through.
func (v *View) onlySeen(ctx context.Context, f *filter, people []*person.Drawn) ([]*person.Drawn, error) {
	seen := map[person.ID]bool{}
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var id person.ID
		err := rows.Scan((*int64)(&id))
		seen[id] = true
		return err
	}, `SELECT id FROM person WHERE `+f.where(), f.args...)
	var some []*person.Drawn
	for _, p := range people {
		if seen[p.ID] {
			some = append(some, p)
		}
	}
	return some, err
}

// EverMembers tells who was ever a member of some bodies, among those the actor may
// see.
func (v *View) EverMembers(ctx context.Context, of []body.ID) (map[person.ID]bool, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	f.and(`body ` + list(f, of))
	if reach := v.reach(access.ReadRoll); !reach.All {
		f.and(`body ` + list(f, reach.Bodies))
	}
	all := map[person.ID]bool{}
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var id person.ID
		err := rows.Scan((*int64)(&id))
		all[id] = true
		return err
	}, `SELECT DISTINCT person FROM membership WHERE person <> 0 AND `+f.where(), f.args...)
	return all, err
}

// apart gives the pairs that somebody said are two people.
func (r reader) apart(ctx context.Context) (map[[2]person.ID]bool, error) {
	pairs := map[[2]person.ID]bool{}
	err := r.each(ctx, func(rows *sql.Rows) error {
		var pair [2]person.ID
		if err := rows.Scan((*int64)(&pair[0]), (*int64)(&pair[1])); err != nil {
			return err
		}
		pairs[pair] = true
		return nil
	}, `SELECT person, other FROM apart WHERE root = $1`, r.book.root)
	return pairs, err
}
