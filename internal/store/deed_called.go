package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Brief is as much of a person as naming them needs.
type Brief struct {
	ID    person.ID
	Name  string
	Sex   person.Sex
	Birth calendar.Date
	Dead  bool
}

// Called is what the people and bodies of some deeds are called.
type Called struct {
	People map[person.ID]Brief
	Bodies map[body.ID]body.Body
}

// CalledIn reads the names of everybody and every body in some deeds. Who may
// read a deed may read who took part in it.
func (v *View) CalledIn(ctx context.Context, deeds ...deed.Deed) (Called, error) {
	var people []person.ID
	var bodies []body.ID
	for _, d := range deeds {
		if err := v.actor.May(access.ReadDeeds, d.Body); err != nil {
			return Called{}, err
		}
		people = append(people, d.Recorder, d.Approver)
		bodies = append(bodies, d.Body)
		for _, p := range d.Parties {
			people, bodies = append(people, p.Person), append(bodies, p.Body)
		}
	}
	c := Called{People: map[person.ID]Brief{}, Bodies: map[body.ID]body.Body{}}
	slices.Sort(people)
	slices.Sort(bodies)
	these, args := in(nil, slices.Compact(people))
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		p, err := scanBrief(rows)
		c.People[p.ID] = p
		return err
	}, `SELECT `+briefColumns+` FROM person WHERE id `+these, args...)
	if err != nil || len(bodies) == 0 {
		return c, err
	}
	these, args = in(nil, slices.Compact(bodies))
	named, err := v.r.bodiesWhere(ctx, `id `+these, args...)
	for _, b := range named {
		c.Bodies[b.ID] = b
	}
	return c, err
}

const briefColumns = `id, name, sex, birth, dead`

func scanBrief(rows *sql.Rows) (Brief, error) {
	var p Brief
	var birth string
	var dead int64
	if err := rows.Scan((*int64)(&p.ID), &p.Name, (*string)(&p.Sex), &birth, &dead); err != nil {
		return p, err
	}
	p.Dead = dead != 0
	return p, dates(&p.Birth, birth)
}

// KindUse counts the kinds of the latest deeds that the actor may read, the most
// used first.
func (v *View) KindUse(ctx context.Context) ([]string, error) {
	within, args := v.within(access.ReadDeeds, "body", []any{v.r.book.root})
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (string, error) {
		var code string
		var n int64
		return code, rows.Scan(&code, &n)
	}, `SELECT kind, COUNT(*) AS n
		FROM (SELECT kind FROM deed WHERE root = $1 AND status <> 'cancelled' AND brought = 0 AND `+within+` ORDER BY day_first DESC, id DESC LIMIT 400) AS latest
		GROUP BY kind ORDER BY n DESC, kind`, args...)
}

// Homes lists the bodies on which the actor has a right, households left out,
// the root first.
func (v *View) Homes(ctx context.Context, right access.Right) ([]body.Body, error) {
	reach := v.reach(right)
	all, err := v.r.bodiesWhere(ctx, `kind <> 'household' AND ended = ''`)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(b body.Body) bool {
		inside := b.ID == v.Root() || v.Tree().Under(b.ID, v.Root(), v.Today())
		return !inside || !reach.Has(b.ID)
	})
	slices.SortStableFunc(all, func(a, b body.Body) int {
		return int(flag(b.ID == v.Root()) - flag(a.ID == v.Root()))
	})
	return all, nil
}

// Officers lists the people who hold an office today in the bodies where the
// actor may read deeds.
func (v *View) Officers(ctx context.Context) ([]Brief, error) {
	f := &filter{}
	f.and(`h.root = ?`, v.r.book.root)
	f.and(`h.began_first <= ? AND h.end_last >= ?`, int64(v.Today()), int64(v.Today()))
	if reach := v.reach(access.ReadDeeds); !reach.All {
		f.and(`o.body ` + list(f, reach.Bodies))
	}
	return collect(ctx, v.r.runner, scanBrief, `SELECT `+briefColumns+` FROM person WHERE id IN
		(SELECT h.person FROM holding h JOIN office o ON o.id = h.office WHERE `+f.where()+`) ORDER BY sort, id`, f.args...)
}

// DeedPerson reads somebody as a receiver is told of: where the actor may post
// deeds for them.
func (v *View) DeedPerson(ctx context.Context, id person.ID) (PersonRow, error) {
	rows, err := v.peopleByID(ctx, id)
	if err != nil {
		return PersonRow{}, err
	}
	if len(rows) == 0 {
		return PersonRow{}, fault.Missing("person.missing")
	}
	return rows[0], nil
}

// peopleByID reads people whom the actor may see, with their memberships.
func (v *View) peopleByID(ctx context.Context, ids ...person.ID) ([]PersonRow, error) {
	f, err := v.peopleFilter(ctx, PeopleQuery{})
	if err != nil {
		return nil, err
	}
	f.and(`id ` + list(f, ids))
	rows, err := v.peoplePage(ctx, f, 0, len(ids))
	if errors.Is(err, errNone) {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	return rows, v.withMemberships(ctx, rows)
}

// BodiesNamed lists bodies by the words of their names, and the households that
// the actor may see.
func (v *View) BodiesNamed(ctx context.Context, typed string, limit int) ([]body.Body, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	condition, args := match("body", typed, "id", "fold", v.r.book.root, nil)
	if condition == "" {
		return nil, nil
	}
	f := &filter{conditions: []string{condition}, args: args}
	v.housed(f)
	all, err := v.r.bodiesWhere(ctx, f.where(), f.args...)
	return all[:min(len(all), limit)], err
}
