package store

import (
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/occasion"
	"kith.app/internal/person"
)

// Contact is somebody to be reached, with the offices held today.
type Contact struct {
	person.Person
	Posts []Post
}

// Post is an office that somebody holds, and where.
type Post struct {
	Office person.Office
	Body   body.Body
}

// Contacts lists the people the actor may see who hold an office today, of the
// organisation or of those it deals with.
func (v *View) Contacts(ctx context.Context) ([]Contact, error) {
	if !v.actor.Somewhere(access.ReadRoll) {
		return nil, nil
	}
	posts := map[person.ID][]Post{}
	var ids []person.ID
	var bodies []body.ID
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var p Post
		var who, at int64
		if err := rows.Scan(&who, &p.Office.ID, &at, &p.Office.Kind, &p.Office.Title); err != nil {
			return err
		}
		p.Office.Body, p.Body.ID = body.ID(at), body.ID(at)
		if len(posts[person.ID(who)]) == 0 {
			ids = append(ids, person.ID(who))
		}
		posts[person.ID(who)], bodies = append(posts[person.ID(who)], p), append(bodies, body.ID(at))
		return nil
	}, `SELECT h.person, o.id, o.body, o.kind, o.title FROM holding h JOIN office o ON o.id = h.office
		WHERE h.root = $2 AND h.began_first <= $1 AND h.end_last >= $1 ORDER BY h.person, o.rank, o.id`, int64(v.Today()), v.r.book.root)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	slices.Sort(bodies)
	named, err := v.BodiesByID(ctx, slices.Compact(bodies))
	if err != nil {
		return nil, err
	}
	f := &filter{}
	f.and(`merged_into = 0`)
	f.and(`id ` + list(f, ids))
	v.readable(f)
	people, err := v.peoplePage(ctx, f, 0, len(ids))
	contacts := make([]Contact, len(people))
	for i, p := range people {
		contacts[i] = Contact{Person: p.Person, Posts: posts[p.ID]}
		for n := range contacts[i].Posts {
			contacts[i].Posts[n].Body = named[contacts[i].Posts[n].Office.Body]
		}
	}
	return contacts, err
}

// TokenActor gives on whose behalf a token reads at this instant: the account
// with all its rights, or with those of one office while its person holds it.
func (b *Book) TokenActor(ctx context.Context, t occasion.Token) (access.Actor, Account, error) {
	a, err := b.Account(ctx, t.Account)
	if err != nil {
		return access.Actor{}, a, err
	}
	if a.Disabled {
		return access.Actor{}, a, fault.Missing("feed.missing")
	}
	actor, err := b.Actor(ctx, a)
	if err != nil {
		return access.Actor{}, a, err
	}
	if t.Office != 0 {
		actor.Grants, err = reader{runner: b.r, book: b}.grantsOfOffice(ctx, a.Person, t.Office, actor.Today)
		if err != nil {
			return access.Actor{}, a, err
		}
		if homes := actor.Homes(); len(homes) > 0 {
			actor.Home = homes[0]
		}
	}
	if len(actor.Grants) == 0 {
		return access.Actor{}, a, fault.Missing("feed.missing")
	}
	return actor, a, nil
}

// grantsOfOffice gives what one office grants, as long as somebody holds it; of a
// body that has ended, what its last officer may still read.
func (r reader) grantsOfOffice(ctx context.Context, who person.ID, office int64, on calendar.Day) ([]access.Grant, error) {
	seats, err := r.seats(ctx, on, `h.person = $2`, `d.person = $2`, int64(who))
	if err != nil {
		return nil, err
	}
	seats = slices.DeleteFunc(seats, func(s seat) bool { return s.Office.ID != office || s.Lent })
	return r.grantsOfSeats(ctx, seats[:min(len(seats), 1)], on)
}
