package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/tally"
)

// Status says how somebody stands to the association today.
type Status string

// The statuses of people in lists.
const (
	Everybody Status = "all"
	IsMember  Status = "member"
	HasLeft   Status = "left"
	HasDied   Status = "died"
	NotMember Status = "none" // in the book, never a member
)

// Statuses lists the statuses in the order in which lists offer them.
func Statuses() []Status { return []Status{IsMember, HasLeft, HasDied, NotMember, Everybody} }

// Gaps lists what a record may lack, in the order in which lists offer it.
func Gaps() []string {
	return []string{"birth", "sex", "phone", "address", "origin", "residence", "household", "consent"}
}

// gapConditions say how each gap is seen.
var gapConditions = map[string]string{
	"birth": "birth = ''", "sex": "sex = ''", "phone": "phone = ''", "address": "address = '' AND residence = 0",
	"origin": "origin = 0", "residence": "residence = 0", "household": "household = 0", "consent": "consent = ''",
}

// PeopleQuery narrows a list of people; what is zero narrows nothing.
type PeopleQuery struct {
	Typed     string // words of the name, phone, note, places then and now
	Status    Status // Everybody when empty
	Branch    body.ID
	Borders   tally.Borders // whose branch is meant: of any time, of today, of a day, of its line
	Category  person.Category
	Origin    place.ID // or anywhere within it, at any time
	Residence place.ID
	AgeFrom   int // reached in the year, as counted from the year of birth
	AgeTo     int
	Sex       person.Sex
	Household body.ID
	Consent   string // yes, no, unasked
	Missing   string // one of Gaps
	After     string // where the page before ended
	Limit     int
}

// PersonRow is one line of a list of people.
type PersonRow struct {
	person.Person
	Memberships []person.Membership // those that last first
}

// Status says how the person stands.
func (p PersonRow) Status() Status {
	switch {
	case p.Dead:
		return HasDied
	case len(p.Memberships) == 0:
		return NotMember
	case p.Memberships[0].Lasts:
		return IsMember
	}
	return HasLeft
}

// People lists those the actor may see, by given name; those whose own name
// fits what was typed stand before those found by their places. next asks for
// the following page and is empty on the last.
func (v *View) People(ctx context.Context, q PeopleQuery) (rows []PersonRow, next string, err error) {
	if q.Limit <= 0 {
		q.Limit = 50
	}
	passes, err := v.passes(ctx, q)
	if err != nil {
		return nil, "", err
	}
	var in []int // the pass in which each row was found
	pass, after := cut(q.After)
	for ; pass < len(passes) && len(rows) <= q.Limit; pass++ {
		more, err := v.peoplePage(ctx, passes[pass], after, q.Limit+1-len(rows))
		if err != nil {
			return nil, "", err
		}
		after = 0
		for range more {
			in = append(in, pass)
		}
		rows = append(rows, more...)
	}
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		next = strconv.Itoa(in[q.Limit-1]) + "-" + strconv.FormatInt(int64(rows[q.Limit-1].ID), 10)
	}
	return rows, next, v.withMemberships(ctx, rows)
}

// Person reads a person whose record the actor may see: the bodies that keep it
// or have the person as a member decide, and everybody may see their own.
func (v *View) Person(ctx context.Context, id person.ID) (person.Person, error) {
	p, err := v.r.Person(ctx, id)
	if err != nil {
		return person.Person{}, err
	}
	refused := v.actor.May(access.ReadRoll, p.Body)
	if refused == nil || v.actor.Person == int64(id) && id != 0 {
		return p, nil
	}
	memberships, err := v.r.MembershipsOf(ctx, id)
	if err != nil {
		return person.Person{}, err
	}
	for _, m := range memberships {
		if m.Lasts && v.actor.Can(access.ReadRoll, m.Body) {
			return p, nil
		}
	}
	return person.Person{}, refused
}

// cut takes a mark of a page apart; one that is none begins at the beginning.
func cut(after string) (pass int, id int64) {
	first, second, _ := strings.Cut(after, "-")
	pass, err1 := strconv.Atoi(first)
	id, err2 := strconv.ParseInt(second, 10, 64)
	if err1 != nil || err2 != nil || pass < 0 {
		return 0, 0
	}
	return pass, id
}

// countMost bounds what is counted exactly when a list is narrowed.
const countMost = 1000

// CountPeople counts those that People would list. more says that there are
// more than were counted.
func (v *View) CountPeople(ctx context.Context, q PeopleQuery) (n int64, more bool, err error) {
	if (q == PeopleQuery{Status: IsMember, Branch: q.Branch, After: q.After, Limit: q.Limit}) && v.reach(access.ReadRoll).All {
		n, err := v.countMembers(ctx, q.Branch)
		return n, false, err
	}
	if (q == PeopleQuery{Status: IsMember, Branch: q.Branch, Missing: "birth"}) {
		rows, kept, err := v.members(ctx)
		if err != nil || kept {
			return countKept(rows, v.narrowing(q.Branch), func(e *enrolment) bool { return e.Birth.IsUnknown() }), false, err
		}
	}
	passes, err := v.passes(ctx, q)
	if err != nil {
		return 0, false, err
	}
	for _, f := range passes {
		f = f.copied()
		limit := f.bind(` LIMIT ?`, int64(countMost+1)-n)
		var found int64
		if err := v.r.one(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM `+f.from("person")+` WHERE `+f.where()+limit+`) AS found`, f.args, &found); err != nil {
			return 0, false, err
		}
		if n += found; n > countMost {
			return countMost, true, nil
		}
	}
	return n, false, nil
}

// countMembers counts the members of a branch and all below it from the index.
func (v *View) countMembers(ctx context.Context, branch body.ID) (int64, error) {
	f := &filter{}
	f.and(`root = ? AND left_last IS NULL AND person <> 0`, v.r.book.root)
	if branch != 0 && !v.all(branch) {
		f.and(`body ` + list(f, append(v.Tree().EverBelow(branch), branch)))
	}
	var n int64
	err := v.r.one(ctx, `SELECT COUNT(DISTINCT person) FROM membership WHERE `+f.where(), f.args, &n)
	return n, err
}

// peoplePage reads the people that a filter lets through, from behind one on.
func (v *View) peoplePage(ctx context.Context, f *filter, after int64, limit int) ([]PersonRow, error) {
	f = f.copied()
	if after != 0 {
		var sort []byte
		err := v.r.one(ctx, `SELECT sort FROM person WHERE id = $1`, []any{after}, &sort)
		if errors.Is(err, errNone) {
			return nil, fault.Missing("person.missing")
		}
		if err != nil {
			return nil, err
		}
		f.and(`(sort, id) > (?, ?)`, sort, after)
	}
	end := f.bind(` ORDER BY sort, id LIMIT ?`, int64(limit))
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (PersonRow, error) {
		p, err := scanPerson(rows)
		return PersonRow{Person: p}, err
	}, `SELECT `+personColumns+` FROM `+f.from("person")+` WHERE `+f.where()+end, f.args...)
}

// withMemberships reads the memberships of the people on a page at once.
func (v *View) withMemberships(ctx context.Context, people []PersonRow) error {
	if len(people) == 0 {
		return nil
	}
	at := make(map[person.ID]*PersonRow, len(people))
	ids := make([]person.ID, len(people))
	for i := range people {
		ids[i] = people[i].ID
		at[people[i].ID] = &people[i]
	}
	f := &filter{}
	these := list(f, ids)
	return v.r.each(ctx, func(rows *sql.Rows) error {
		m, err := scanMembership(rows)
		if err == nil {
			at[m.Person].Memberships = append(at[m.Person].Memberships, m)
		}
		return err
	}, `SELECT `+membershipColumns+` FROM membership WHERE person `+these+`
		ORDER BY CASE WHEN left_last IS NULL THEN 0 ELSE 1 END, joined_first DESC, id DESC`, f.args...)
}

// peopleFilter gathers what narrows a list of people, the actor's reach first.
func (v *View) peopleFilter(ctx context.Context, q PeopleQuery) (*filter, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	f.and(`merged_into = 0`)
	v.readable(f)
	if err := v.standing(f, q); err != nil {
		return nil, err
	}
	if q.Category != "" {
		f.and(`id IN (SELECT person FROM membership WHERE root = ? AND category = ? AND left_last IS NULL)`, v.r.book.root, string(q.Category))
	}
	if q.Sex != "" {
		f.and(`sex = ?`, string(q.Sex))
	}
	if q.Household != 0 {
		f.and(`household = ?`, int64(q.Household))
	}
	switch q.Consent {
	case "":
	case "unasked":
		f.and(`consent = ''`)
	default:
		f.and(`consent = ?`, q.Consent)
	}
	if gap := gapConditions[q.Missing]; gap != "" {
		f.and(gap)
	}
	v.aged(f, q)
	return f, v.from(ctx, f, q)
}

// readable keeps to people whose record lies within the actor's reach, or who
// are members of a body there, and the actor's own record.
func (v *View) readable(f *filter) {
	reach := v.reach(access.ReadRoll)
	if reach.All {
		return
	}
	f.and(`id IN (SELECT id FROM person WHERE root = ? AND body `+list(f, reach.Bodies)+`
		UNION SELECT person FROM membership WHERE root = ? AND left_last IS NULL AND body `+list(f, reach.Bodies)+`
		UNION SELECT id FROM person WHERE id = ?)`, v.r.book.root, v.r.book.root, v.actor.Person)
}

// standing keeps to people of a status in a branch and all that lies in it.
func (v *View) standing(f *filter, q PeopleQuery) error {
	branch := ""
	switch {
	case q.Branch == 0 || q.Borders.Extent == tally.Then && v.all(q.Branch):
	case q.Borders.Extent == tally.Then:
		branch = ` AND body ` + list(f, v.withBelow(q.Branch))
	default:
		whole, parted, err := v.lying(access.ReadRoll, q.Branch, q.Borders)
		if err != nil {
			return err
		}
		branch = ` AND body ` + list(f, append(whole, parted...))
	}
	root := v.r.book.root
	switch q.Status {
	case IsMember:
		f.and(`dead = 0`)
		if branch == "" {
			f.and(`EXISTS (SELECT 1 FROM membership m WHERE m.person = person.id AND m.left_last IS NULL)`)
		} else {
			f.and(`id IN (SELECT person FROM membership WHERE root = ? AND left_last IS NULL`+branch+`)`, root)
		}
		return nil
	case HasLeft:
		f.and(`dead = 0`)
		f.and(`NOT EXISTS (SELECT 1 FROM membership m WHERE m.person = person.id AND m.left_last IS NULL)`)
		f.and(`EXISTS (SELECT 1 FROM membership m WHERE m.person = person.id)`)
	case HasDied:
		f.and(`dead = 1`)
	case NotMember:
		f.and(`dead = 0`)
		f.and(`NOT EXISTS (SELECT 1 FROM membership m WHERE m.person = person.id)`)
	}
	if branch != "" {
		f.and(`id IN (SELECT person FROM membership WHERE root = ?`+branch+`)`, root)
	}
	return nil
}

// aged keeps to people who reach an age between two in this year. Years are
// counted, as people do who know only the year; nobody is put in by guess.
func (v *View) aged(f *filter, q PeopleQuery) {
	year := v.Today().Year()
	if q.AgeFrom > 0 {
		f.and(`birth_last <= ?`, int64(calendar.DayOf(year-q.AgeFrom, 12, 31)))
	}
	if q.AgeTo > 0 {
		f.and(`birth_first >= ?`, int64(calendar.DayOf(year-q.AgeTo, 1, 1)))
	}
}

// from keeps to people who come from a place or live there.
func (v *View) from(ctx context.Context, f *filter, q PeopleQuery) error {
	for _, one := range []struct {
		column string
		in     place.ID
	}{{"origin", q.Origin}, {"residence", q.Residence}} {
		if one.in == 0 {
			continue
		}
		places, err := place.Shipped()
		if err != nil {
			return err
		}
		used, err := v.r.placesUsed(ctx, one.column)
		if err != nil {
			return err
		}
		var within []place.ID
		for _, id := range used {
			if places.Lies(id, one.in) {
				within = append(within, id)
			}
		}
		f.and(one.column + ` ` + list(f, within))
	}
	return nil
}

// placesUsed lists the places that people come from or live in.
func (r reader) placesUsed(ctx context.Context, column string) ([]place.ID, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (place.ID, error) {
		var id place.ID
		return id, rows.Scan((*int64)(&id))
	}, `SELECT DISTINCT `+column+` FROM person WHERE root = $1 AND `+column+` <> 0`, r.book.root)
}
