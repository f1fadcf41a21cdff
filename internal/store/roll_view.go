package store

import (
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// MembershipsOf lists the memberships of a person whom the actor may see.
func (v *View) MembershipsOf(ctx context.Context, id person.ID) ([]person.Membership, error) {
	if _, err := v.Person(ctx, id); err != nil {
		return nil, err
	}
	return v.r.MembershipsOf(ctx, id)
}

// Held is an office that somebody holds or held, with the office itself.
type Held struct {
	person.Holding
	At person.Office
}

// HoldingsBy lists the offices somebody held, the latest first. Who held which
// office is no secret inside the book.
func (v *View) HoldingsBy(ctx context.Context, id person.ID) ([]Held, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	holdings, err := v.r.HoldingsBy(ctx, id)
	if err != nil {
		return nil, err
	}
	slices.Reverse(holdings)
	held := make([]Held, len(holdings))
	for i, h := range holdings {
		held[i].Holding = h
		if held[i].At, err = v.r.Office(ctx, h.Office); err != nil {
			return nil, err
		}
	}
	return held, nil
}

// PartOf is one deed that somebody took part in.
type PartOf struct {
	Deed   deed.ID
	Body   body.ID
	Kind   string
	Status deed.Status
	Title  string
	Day    calendar.Date
	Party  deed.Party
}

// partsMost bounds the deeds that one page lists.
const partsMost = 200

// DeedsOfPerson lists the deeds that somebody took part in and the actor may
// read, the latest first.
func (v *View) DeedsOfPerson(ctx context.Context, id person.ID) ([]PartOf, error) {
	condition, args := v.within(access.ReadDeeds, "d.body", []any{int64(id), int64(partsMost)})
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (PartOf, error) {
		var p PartOf
		var day, detail string
		err := rows.Scan((*int64)(&p.Deed), (*int64)(&p.Body), &p.Kind, (*string)(&p.Status), &p.Title, &day,
			(*string)(&p.Party.Role), &p.Party.Note, &detail)
		if err != nil {
			return p, err
		}
		if err := unpack(detail, &p.Party.Detail); err != nil {
			return p, err
		}
		return p, dates(&p.Day, day)
	}, `SELECT d.id, d.body, d.kind, d.status, d.title, d.day, p.role, p.note, p.detail
		FROM party p JOIN deed d ON d.id = p.deed
		WHERE p.person = $1 AND p.person <> 0 AND d.status <> 'cancelled' AND `+condition+`
		ORDER BY d.day_last DESC, d.id DESC LIMIT $2`, args...)
}

// HouseholdOf lists those of a household whom the actor may see, the head first,
// then by age.
func (v *View) HouseholdOf(ctx context.Context, household body.ID) ([]PersonRow, error) {
	people, err := v.livingTogether(ctx, `household = ?`, int64(household))
	if err != nil {
		return nil, err
	}
	return people, v.withMemberships(ctx, people)
}

// livingTogether reads people of households, each household's head first.
func (v *View) livingTogether(ctx context.Context, condition string, values ...any) ([]PersonRow, error) {
	f := &filter{}
	f.and(`household <> 0 AND merged_into = 0`)
	f.and(condition, values...)
	v.readable(f)
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (PersonRow, error) {
		p, err := scanPerson(rows)
		return PersonRow{Person: p}, err
	}, `SELECT `+personColumns+` FROM person WHERE `+f.where()+`
		ORDER BY CASE relation WHEN 'head' THEN 0 ELSE 1 END, CASE WHEN birth_first IS NULL THEN 1 ELSE 0 END, birth_first, id`, f.args...)
}

// HouseholdRow is one household in a list.
type HouseholdRow struct {
	Body   body.Body
	People []PersonRow // the head first; without their memberships
}

// Households lists the households of which the actor may see somebody, by name.
func (v *View) Households(ctx context.Context, typed string, limit int) ([]HouseholdRow, error) {
	people, err := v.livingTogether(ctx, `root = ?`, v.r.book.root)
	if err != nil {
		return nil, err
	}
	in := map[body.ID][]PersonRow{}
	for _, p := range people {
		in[p.Household] = append(in[p.Household], p)
	}
	bodies, err := v.r.bodiesWhere(ctx, `kind = 'household'`)
	if err != nil {
		return nil, err
	}
	var all []HouseholdRow
	for _, b := range bodies {
		if len(all) < limit && len(in[b.ID]) > 0 && fits(bodyFold(b), typed) {
			all = append(all, HouseholdRow{b, in[b.ID]})
		}
	}
	return all, nil
}

// fits tells that every word typed begins a word of a folded text.
func fits(fold, typed string) bool {
	return !slices.ContainsFunc(typedWords(typed), func(w string) bool { return !containsWord(fold, w) })
}

// Census counts the members of a body and all below it on a day.
func (v *View) Census(ctx context.Context, of body.ID, on calendar.Day) (person.Census, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return person.Census{}, err
	}
	f := &filter{}
	f.and(`m.root = ?`, v.r.book.root)
	f.and(`(m.joined_first IS NULL OR m.joined_first <= ?)`, int64(on))
	f.and(`(m.left_last IS NULL OR m.left_last >= ? OR m.left_on = '')`, int64(on))
	if !v.all(of) {
		f.and(`m.body ` + list(f, append(v.Tree().EverBelow(of), of)))
	}
	all, err := collect(ctx, v.r.runner, scanStanding, `
		SELECT m.body, m.person, m.member, m.category, m.joined, m.left_on, m.left_last,
		  COALESCE(p.birth, ''), COALESCE(p.sex, ''), COALESCE(p.origin, 0), COALESCE(p.household, 0)
		FROM membership m LEFT JOIN person p ON p.id = m.person
		WHERE `+f.where(), f.args...)
	if err != nil {
		return person.Census{}, err
	}
	return person.Count(all, v.Tree(), on), nil
}

func scanStanding(rows *sql.Rows) (person.Standing, error) {
	var s person.Standing
	var joined, left, birth string
	var until sql.NullInt64
	err := rows.Scan((*int64)(&s.Body), (*int64)(&s.Person), (*int64)(&s.Member), (*string)(&s.Category), &joined, &left, &until,
		&birth, (*string)(&s.Sex), &s.Origin, (*int64)(&s.Household))
	if err != nil {
		return s, err
	}
	s.Lasts = !until.Valid
	return s, dates(&s.Joined, joined, &s.Left, left, &s.Birth, birth)
}

// Turning is somebody who reaches a step of the ladder in a year.
type Turning struct {
	PersonRow
	person.Turning
}

// Longevity lists the living members of a body and all below it who reach a step
// of the ladder in a year; unknown counts those whose birth says too little.
func (v *View) Longevity(ctx context.Context, of body.ID, ladder person.Ladder, year int) (turning []Turning, unknown int64, err error) {
	q := PeopleQuery{Status: IsMember, Branch: of}
	f, err := v.peopleFilter(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	steps := ladder.Steps
	born := f.copied()
	// Two years of room on either side: tuổi mụ and lunar years differ by so much.
	born.and(`birth_last >= ?`, int64(calendar.DayOf(year-slices.Max(steps)-2, 1, 1)))
	born.and(`birth_first <= ?`, int64(calendar.DayOf(year-slices.Min(steps)+2, 12, 31)))
	people, err := v.peoplePage(ctx, born, 0, 100_000)
	if err != nil {
		return nil, 0, err
	}
	var rows []PersonRow
	for _, p := range people {
		if t, ok := ladder.Reaches(p.Birth, year); ok {
			rows, turning = append(rows, p), append(turning, Turning{Turning: t})
		}
	}
	if err := v.withMemberships(ctx, rows); err != nil {
		return nil, 0, err
	}
	for i := range turning {
		turning[i].PersonRow = rows[i]
	}
	unknown, _, err = v.CountPeople(ctx, PeopleQuery{Status: IsMember, Branch: of, Missing: "birth"})
	return turning, unknown, err
}

// Seer is somebody who may see something, and by which office.
type Seer struct {
	Person person.ID
	Name   string
	Office person.Office
	Lent   bool // for another, until a day
}

// WhoMay lists who has a right on any of some bodies today, by the very rights
// that reading asks.
func (v *View) WhoMay(ctx context.Context, right access.Right, on ...body.ID) ([]Seer, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	today := v.Today()
	all, err := collect(ctx, v.r.runner, func(rows *sql.Rows) (Seer, error) {
		var s Seer
		var lent int64
		err := rows.Scan((*int64)(&s.Person), &s.Name, &s.Office.ID, (*int64)(&s.Office.Body), &s.Office.Kind, &s.Office.Title, &lent, &s.Office.Rank)
		s.Lent = lent != 0
		return s, err
	}, `
		SELECT p.id, p.name, o.id, o.body, o.kind, o.title, 0 AS lent, o.rank
		FROM holding h JOIN office o ON o.id = h.office JOIN person p ON p.id = h.person
		WHERE h.root = $2 AND h.began_first <= $1 AND h.end_last >= $1
		UNION ALL
		SELECT p.id, p.name, o.id, o.body, o.kind, o.title, 1 AS lent, o.rank
		FROM delegation d JOIN holding h ON h.id = d.holding JOIN office o ON o.id = h.office JOIN person p ON p.id = d.person
		WHERE h.root = $2 AND d.since <= $1 AND d.until >= $1 AND h.began_first <= $1 AND h.end_last >= $1
		ORDER BY 8, 1`, int64(today), v.r.book.root)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(s Seer) bool {
		holder := access.Actor{Grants: access.GrantsOf(access.OfficeKind(s.Office.Kind), s.Office.Body), Tree: v.Tree(), Today: today}
		return !slices.ContainsFunc(on, func(of body.ID) bool { return holder.Can(right, of) })
	}), nil
}
