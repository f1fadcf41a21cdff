package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
)

// enrolment is one membership, lasting or past, with as much of the person as lists of
// all and sums over all need.
type enrolment struct {
	id int64
	person.Standing
	number  string
	reason  string
	alive   bool   // the person is not dead, and the record not merged away
	sort    string // where the person stands in a list
	consent person.Consent
}

var enrolments = rowKind[*enrolment]{
	subjects: []string{"person", "membership", "merge"},
	id:       func(e *enrolment) int64 { return e.id },
	of:       func(e *enrolment) person.ID { return e.Person },
	read: func(ctx context.Context, r reader, only *touched) ([]*enrolment, error) {
		return r.enrolments(ctx, only)
	},
}

// enrolments reads the memberships of some people, and some by their ids, or all.
func (r reader) enrolments(ctx context.Context, only *touched) ([]*enrolment, error) {
	f := &filter{}
	f.and(`+m.root = ?`, r.book.root)
	if only != nil {
		f.and(`(m.person ` + list(f, only.people) + ` AND m.person <> 0 OR m.id ` + list(f, only.records) + `)`)
	}
	limit := f.bind(` LIMIT ?`, int64(rowsMost+1))
	same := map[string]string{} // a few words stand in thousands of rows
	short := func(s string) string {
		if kept, met := same[s]; met {
			return kept
		}
		same[s] = s
		return s
	}
	return collect(ctx, r.runner, func(rows *sql.Rows) (*enrolment, error) {
		e := &enrolment{}
		var sort []byte
		var consent string
		var dead, merged int64
		err := scanStanding(rows, &e.Standing, &e.id, &e.number, &e.reason, &dead, &merged, &sort, &consent)
		e.Category, e.Sex = person.Category(short(string(e.Category))), person.Sex(short(string(e.Sex)))
		e.reason, e.consent, e.alive, e.sort = short(e.reason), person.Consent(short(consent)), dead == 0 && merged == 0, string(sort)
		return e, err
	}, `SELECT `+standingColumns+`, m.id, m.number, m.reason,
		  COALESCE(p.dead, 1), COALESCE(p.merged_into, 1), p.sort, COALESCE(p.consent, '')
		FROM membership m LEFT JOIN person p ON p.id = m.person WHERE `+f.where()+limit, f.args...)
}

// lasting gives the memberships kept that last, of living people; kept is false where
// the engine is to be asked.
func (r reader) lasting(ctx context.Context) (rows []*enrolment, kept bool, err error) {
	all, kept, err := r.book.memo.enrolments.all(ctx, r, enrolments)
	if err != nil || !kept {
		return nil, false, err
	}
	rows = make([]*enrolment, 0, len(all))
	for _, e := range all {
		if e.Lasts && e.Person != 0 && e.alive {
			rows = append(rows, e)
		}
	}
	return rows, true, nil
}

// members gives the same where the actor may see everybody.
func (v *View) members(ctx context.Context) (rows []*enrolment, kept bool, err error) {
	if !v.reach(access.ReadRoll).All {
		return nil, false, nil
	}
	return v.r.lasting(ctx)
}

// byName brings memberships into the order of a list of people, each person once with
// the one that decides where they belong: begun last, an unknown day first of all.
func byName(rows []*enrolment) []*enrolment {
	began := func(e *enrolment) calendar.Day { return e.Joined.FirstOr(calendar.Earliest - 1) }
	slices.SortFunc(rows, func(a, b *enrolment) int {
		return cmp.Or(strings.Compare(a.sort, b.sort), cmp.Compare(a.Person, b.Person), cmp.Compare(began(b), began(a)), cmp.Compare(b.id, a.id))
	})
	return slices.CompactFunc(rows, func(a, b *enrolment) bool { return a.Person == b.Person })
}

// turningKept finds who of the members given reaches a step of the ladder in a year.
func turningKept(rows []*enrolment, ladder person.Ladder, year int) map[person.ID]person.Turning {
	reached := map[person.ID]person.Turning{}
	since, until := birthsFor(ladder, year)
	for _, e := range rows {
		first, known := e.Birth.First()
		if !known || first > until || e.Birth.LastOr(calendar.Earliest) < since {
			continue
		}
		if t, ok := ladder.Reaches(e.Birth, year); ok {
			reached[e.Person] = t
		}
	}
	return reached
}

// reachingKept lists by name those of the memberships given who reach a step and stand in
// some bodies, or in any.
func reachingKept(rows []*enrolment, in map[body.ID]bool, reached map[person.ID]person.Turning) []Reaching {
	var some []*enrolment
	here := map[person.ID]bool{}
	for _, e := range rows {
		if _, ok := reached[e.Person]; ok {
			some = append(some, e)
			here[e.Person] = here[e.Person] || in == nil || in[e.Body]
		}
	}
	var all []Reaching
	for _, e := range byName(some) {
		if here[e.Person] {
			all = append(all, Reaching{e.Person, e.Body, reached[e.Person]})
		}
	}
	return all
}

// idsOf gives the people of memberships in some bodies, or of all, in the order of a list.
func idsOf(rows []*enrolment, in map[body.ID]bool) []person.ID {
	if in != nil {
		rows = slices.DeleteFunc(rows, func(e *enrolment) bool { return !in[e.Body] })
	}
	rows = byName(rows)
	ids := make([]person.ID, len(rows))
	for i, e := range rows {
		ids[i] = e.Person
	}
	return ids
}

// narrowing gives the bodies whose members stand in a branch; nil for those of all.
func (v *View) narrowing(branch body.ID) map[body.ID]bool {
	if branch == 0 || v.all(branch) {
		return nil
	}
	in := map[body.ID]bool{}
	for _, id := range v.withBelow(branch) {
		in[id] = true
	}
	return in
}

// countKept counts the people of memberships in some bodies, or of all, who fit.
func countKept(rows []*enrolment, in map[body.ID]bool, fits func(*enrolment) bool) int64 {
	met := map[person.ID]bool{}
	for _, e := range rows {
		if (in == nil || in[e.Body]) && fits(e) {
			met[e.Person] = true
		}
	}
	return int64(len(met))
}

// Consents counts the members of a body and all below it, or of all, whom the actor may
// see, by whether they agreed to be named.
func (v *View) Consents(ctx context.Context, of body.ID) (map[person.Consent]int64, error) {
	if err := v.actor.May(access.ReadFigures, cmp.Or(of, v.Root())); err != nil {
		return nil, err
	}
	counts := map[person.Consent]int64{}
	rows, kept, err := v.members(ctx)
	if err != nil {
		return nil, err
	}
	if kept {
		in, met := v.narrowing(of), make(map[person.ID]bool, len(rows))
		for _, e := range rows {
			if (in == nil || in[e.Body]) && !met[e.Person] {
				met[e.Person] = true
				counts[e.consent]++
			}
		}
		return counts, nil
	}
	f, err := v.peopleFilter(ctx, PeopleQuery{Status: IsMember, Branch: of})
	if err != nil {
		return nil, err
	}
	return counts, v.r.each(ctx, func(rows *sql.Rows) error {
		var consent person.Consent
		var n int64
		err := rows.Scan((*string)(&consent), &n)
		counts[consent] = n
		return err
	}, `SELECT consent, COUNT(*) FROM person WHERE `+f.where()+` GROUP BY consent`, f.args...)
}
