package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/text"
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
	c, err := recall(ctx, v, censusKey{of, on, v.all(of)}, besideRoll, func() (person.Census, error) { return v.count(ctx, of, on) })
	if err != nil {
		return c, err
	}
	c.ByBody, c.ByOrigin, c.ByBand = maps.Clone(c.ByBody), maps.Clone(c.ByOrigin), maps.Clone(c.ByBand)
	c.BySex, c.ByCategory = maps.Clone(c.BySex), maps.Clone(c.ByCategory)
	return c, nil
}

// censusKey says which census it is.
type censusKey struct {
	of  body.ID
	on  calendar.Day
	all bool // of everybody in the book, whatever they stand under
}

// MembersByBody counts the people who are members of each body or of any below it
// on a day, among a body and all below it: what a census counts by body, from the
// index alone.
func (v *View) MembersByBody(ctx context.Context, of body.ID, on calendar.Day) (map[body.ID]int, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return nil, err
	}
	f := &filter{}
	f.and(`root = ? AND person <> 0`, v.r.book.root)
	f.and(`(joined_first IS NULL OR joined_first <= ?) AND (left_last IS NULL OR left_last >= ?)`, int64(on), int64(on))
	if !v.all(of) {
		f.and(`body ` + list(f, append(v.Tree().EverBelow(of), of)))
	}
	counts := map[body.ID]int{}
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var at body.ID
		var n int
		if err := rows.Scan((*int64)(&at), &n); err != nil {
			return err
		}
		for _, id := range append(v.Tree().Ancestors(at, on), at) {
			counts[id] += n
		}
		return nil
	}, `SELECT body, COUNT(*) FROM membership WHERE `+f.where()+` GROUP BY body`, f.args...)
	if err != nil {
		return nil, err
	}
	// Who is a member twice is one person wherever both memberships count.
	type at struct {
		person person.ID
		body   body.ID
	}
	met := map[at]bool{}
	return counts, v.r.each(ctx, func(rows *sql.Rows) error {
		var one at
		if err := rows.Scan((*int64)(&one.person), (*int64)(&one.body)); err != nil {
			return err
		}
		for _, id := range append(v.Tree().Ancestors(one.body, on), one.body) {
			if here := (at{one.person, id}); met[here] {
				counts[id]--
			} else {
				met[here] = true
			}
		}
		return nil
	}, `SELECT person, body FROM membership WHERE `+f.where()+` AND person IN (
		SELECT person FROM membership WHERE `+f.where()+` GROUP BY person HAVING COUNT(*) > 1)`, f.args...)
}

// count takes a census.
func (v *View) count(ctx context.Context, of body.ID, on calendar.Day) (person.Census, error) {
	rows, kept, err := v.r.book.memo.enrolments.all(ctx, v.r, enrolments)
	if err != nil {
		return person.Census{}, err
	}
	if !kept {
		if rows, err = v.enrolledOn(ctx, of, on); err != nil {
			return person.Census{}, err
		}
	}
	among := map[body.ID]bool{of: true}
	for _, id := range v.Tree().EverBelow(of) {
		among[id] = true
	}
	all, elsewhere := make([]person.Standing, 0, len(rows)), v.elsewhereOn(of, on)
	for _, e := range rows {
		if s := e.Standing; (v.all(of) || among[s.Body]) && !elsewhere(s) {
			all = append(all, s)
		}
	}
	return person.Count(all, v.Tree(), on), nil
}

// enrolledOn reads from the engine the memberships of a body and all that was ever
// below it which a count on a day may meet, in the order in which they are kept.
func (v *View) enrolledOn(ctx context.Context, of body.ID, on calendar.Day) ([]*enrolment, error) {
	f := &filter{}
	f.and(wholly(v.all(of), `m.root = ?`), v.r.book.root)
	f.and(`(m.joined_first IS NULL OR m.joined_first <= ?)`, int64(on))
	f.and(`(m.left_last IS NULL OR m.left_last >= ? OR m.left_on = '')`, int64(on))
	if !v.all(of) {
		f.and(`m.body ` + list(f, append(v.Tree().EverBelow(of), of)))
	}
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (*enrolment, error) {
		e := &enrolment{}
		return e, scanStanding(rows, &e.Standing)
	}, `SELECT `+standingColumns+` FROM membership m LEFT JOIN person p ON p.id = m.person WHERE `+f.where()+` ORDER BY m.id`, f.args...)
}

// elsewhereOn tells of a membership whether its body stood outside another with all
// below it on a day, though it stood below it before or since. A body that stands under
// none any more belongs to the one it stood under last; one that was founded after the
// day, to the one it came under first: its members are not to vanish from the past.
func (v *View) elsewhereOn(of body.ID, on calendar.Day) func(person.Standing) bool {
	tree, lineage := v.Tree(), v.r.lineage()
	ever := map[body.ID]bool{}
	for _, id := range tree.EverBelow(of) {
		ever[id] = true
	}
	known := map[body.ID]bool{}
	return func(s person.Standing) bool {
		out, ok := known[s.Body]
		if !ok {
			out = ever[s.Body] && !tree.Belongs(s.Body, of, max(on, lineage.Life(s.Body).From))
			known[s.Body] = out
		}
		return out
	}
}

// standingColumns are what a count needs of a membership m and the person p.
const standingColumns = `m.body, m.person, m.member, m.category, m.joined, m.left_on, m.left_last,
	COALESCE(p.birth, ''), COALESCE(p.sex, ''), COALESCE(p.origin, 0), COALESCE(p.household, 0)`

// scanStanding reads them, and what was asked for behind them.
func scanStanding(rows *sql.Rows, s *person.Standing, more ...any) error {
	var joined, left, birth string
	var until sql.NullInt64
	into := []any{
		(*int64)(&s.Body), (*int64)(&s.Person), (*int64)(&s.Member), (*string)(&s.Category), &joined, &left, &until,
		&birth, (*string)(&s.Sex), &s.Origin, (*int64)(&s.Household),
	}
	if err := rows.Scan(append(into, more...)...); err != nil {
		return err
	}
	s.Lasts = !until.Valid
	return dates(&s.Joined, joined, &s.Left, left, &s.Birth, birth)
}

// PeopleIDs lists the ids of all whom People would list, in its order, where
// nothing was typed.
func (v *View) PeopleIDs(ctx context.Context, q PeopleQuery) ([]person.ID, error) {
	f, err := v.peopleFilter(ctx, q)
	if err != nil {
		return nil, err
	}
	if (q == PeopleQuery{Status: IsMember, Branch: q.Branch}) {
		type key struct{ where, args string }
		ids, err := recall(ctx, v, key{f.where(), fmt.Sprint(f.args...)}, besideRoll, func() ([]person.ID, error) {
			rows, kept, err := v.members(ctx)
			if err != nil || kept {
				return idsOf(rows, v.narrowing(q.Branch)), err
			}
			return v.idsOfAll(ctx, f)
		})
		return slices.Clone(ids), err
	}
	return v.idsOfAll(ctx, f)
}

// idsOfAll reads the ids of the people of a filter.
func (v *View) idsOfAll(ctx context.Context, f *filter) ([]person.ID, error) {
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (person.ID, error) {
		var id person.ID
		return id, rows.Scan((*int64)(&id))
	}, `SELECT id FROM person WHERE `+f.where()+` ORDER BY sort, id`, f.args...)
}

// PeopleRows reads some people whom the actor may see, in the order of a list.
func (v *View) PeopleRows(ctx context.Context, ids []person.ID) ([]PersonRow, error) {
	f, err := v.peopleFilter(ctx, PeopleQuery{})
	if err != nil {
		return nil, err
	}
	return v.peopleRows(ctx, f, ids)
}

// peopleRows reads those of some people whom a filter lets through, in the order
// of a list, with their memberships.
func (v *View) peopleRows(ctx context.Context, through *filter, ids []person.ID) ([]PersonRow, error) {
	const most = 500 // how many are named in one list
	var all []PersonRow
	for from := 0; from < len(ids); from += most {
		f := through.copied()
		few(f, ids[from:min(from+most, len(ids))])
		some, err := v.peoplePage(ctx, f, 0, most)
		if err == nil {
			err = v.withMemberships(ctx, some)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	if len(ids) > most {
		slices.SortStableFunc(all, func(a, b PersonRow) int { return bytes.Compare(text.NameKey(a.Name), text.NameKey(b.Name)) })
	}
	return all, nil
}
