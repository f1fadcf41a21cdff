package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
)

// Turning is somebody who reaches a step of the ladder in a year.
type Turning struct {
	PersonRow
	person.Turning
}

// Longevity lists the living members of a body and all below it who reach a step
// of the ladder in a year; unknown counts those whose birth says too little.
func (v *View) Longevity(ctx context.Context, of body.ID, ladder person.Ladder, year int) (turning []Turning, unknown int64, err error) {
	if turning, err = v.TurningIn(ctx, of, ladder, year, nil); err != nil {
		return nil, 0, err
	}
	unknown, _, err = v.CountPeople(ctx, PeopleQuery{Status: IsMember, Branch: of, Missing: "birth"})
	return turning, unknown, err
}

// TurningIn lists the living members of a body and all below it who reach a step
// of the ladder in a year: those that are asked for, or all.
func (v *View) TurningIn(ctx context.Context, of body.ID, ladder person.Ladder, year int, asked func(person.Turning) bool) ([]Turning, error) {
	reached, err := v.reached(ctx, ladder, year, asked)
	if err != nil {
		return nil, err
	}
	f, err := v.peopleFilter(ctx, PeopleQuery{Status: IsMember, Branch: of})
	if err != nil {
		return nil, err
	}
	people, err := v.peopleRows(ctx, f, slices.Sorted(maps.Keys(reached)))
	if err != nil {
		return nil, err
	}
	var turning []Turning
	for _, p := range people {
		turning = append(turning, Turning{p, reached[p.ID]})
	}
	return turning, nil
}

// Reaching is somebody who reaches a step of the ladder in a year, with as much
// as tells on which page of a list they stand.
type Reaching struct {
	Person person.ID
	Home   body.ID // whose member the person is
	person.Turning
}

// TurningRoll lists those whom TurningIn lists, by name, without their records:
// those whose name, telephone or place begins with the words typed.
func (v *View) TurningRoll(ctx context.Context, of body.ID, ladder person.Ladder, year int, typed string) ([]Reaching, error) {
	reached, err := v.reached(ctx, ladder, year, nil)
	if err != nil {
		return nil, err
	}
	if typed == "" {
		rows, kept, err := v.members(ctx)
		if err != nil || kept {
			return reachingKept(rows, v.narrowing(of), reached), err
		}
	}
	through, err := v.peopleFilter(ctx, PeopleQuery{Status: IsMember, Branch: of})
	if err != nil {
		return nil, err
	}
	type sorted struct {
		Reaching
		sort []byte
	}
	var all []sorted
	for some := range slices.Chunk(slices.Sorted(maps.Keys(reached)), listMost) {
		f := through.copied()
		few(f, some)
		err := v.r.each(ctx, func(rows *sql.Rows) error {
			var s sorted
			var fold string
			if err := rows.Scan((*int64)(&s.Person), (*int64)(&s.Home), &fold, &s.sort); err != nil {
				return err
			}
			if s.Turning = reached[s.Person]; fits(fold, typed) {
				all = append(all, s)
			}
			return nil
		}, `SELECT id, COALESCE((SELECT m.body FROM membership m WHERE m.person = person.id AND m.left_last IS NULL
			  ORDER BY CASE WHEN m.joined_first IS NULL THEN 1 ELSE 0 END, m.joined_first DESC, m.id DESC LIMIT 1), body), fold, sort
			FROM person WHERE `+f.where(), f.args...)
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b sorted) int { return cmp.Or(bytes.Compare(a.sort, b.sort), cmp.Compare(a.Person, b.Person)) })
	turning := make([]Reaching, len(all))
	for i, s := range all {
		turning[i] = s.Reaching
	}
	return turning, nil
}

// reached is who of the members reaches a step in a year and is asked for; of others it
// may tell or not.
func (v *View) reached(ctx context.Context, ladder person.Ladder, year int, asked func(person.Turning) bool) (map[person.ID]person.Turning, error) {
	type key struct {
		ladder string
		year   int
	}
	all, err := recall(ctx, v, key{fmt.Sprintf("%#v", ladder), year}, besideRoll, func() (map[person.ID]person.Turning, error) {
		rows, kept, err := v.r.lasting(ctx)
		if err != nil || kept {
			return turningKept(rows, ladder, year), err
		}
		return v.r.reaching(ctx, ladder, year)
	})
	if err != nil || asked == nil {
		return all, err
	}
	some := map[person.ID]person.Turning{}
	for id, t := range all {
		if asked(t) {
			some[id] = t
		}
	}
	return some, nil
}

// birthsFor bounds when those were born who may reach a step of the ladder in a year,
// with two years of room on either side: tuổi mụ and lunar years differ by so much.
func birthsFor(ladder person.Ladder, year int) (since, until calendar.Day) {
	return calendar.DayOf(year-slices.Max(ladder.Steps)-2, 1, 1), calendar.DayOf(year-slices.Min(ladder.Steps)+2, 12, 31)
}

// reaching finds who reaches a step of the ladder in a year, from the births alone.
func (r reader) reaching(ctx context.Context, ladder person.Ladder, year int) (map[person.ID]person.Turning, error) {
	reached := map[person.ID]person.Turning{}
	since, until := birthsFor(ladder, year)
	err := r.each(ctx, func(rows *sql.Rows) error {
		var id person.ID
		var born string
		var birth calendar.Date
		if err := rows.Scan((*int64)(&id), &born); err != nil {
			return err
		}
		if err := dates(&birth, born); err != nil {
			return err
		}
		if t, ok := ladder.Reaches(birth, year); ok {
			reached[id] = t
		}
		return nil
	}, `SELECT id, birth FROM person WHERE root = $1 AND merged_into = 0 AND dead = 0 AND birth_first <= $2 AND birth_last >= $3`,
		r.book.root, int64(until), int64(since))
	return reached, err
}
