package intake

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/person"
	"kith.app/internal/tie"
)

// Book is what a table is compared with: the book as one actor may see it.
type Book interface {
	Actor() access.Actor
	Root() body.ID
	Today() calendar.Day
	Tree() *body.Tree
	KnownPeople(ctx context.Context) ([]Member, error)
	KnownBodies(ctx context.Context) ([]body.Body, error)
	KnownDeeds(ctx context.Context) ([]deed.Deed, error)
	Kinds(ctx context.Context) ([]deed.Kind, error)
	FundKeeper(ctx context.Context, of body.ID) (fund.Fund, error)
	FundAccounts(ctx context.Context, of body.ID) ([]fund.Account, error)
	Purposes(ctx context.Context, of body.ID) ([]fund.Purpose, error)
	KnownTies(ctx context.Context) ([]tie.Tie, error)
	KnownEntries(ctx context.Context, of body.ID) ([]KnownEntry, error)
}

// Member is a person of the book with all memberships, the first first.
type Member struct {
	person.Person
	Memberships []person.Membership
}

// current gives the membership that lasts: in the body asked for if there is
// one, else the latest begun.
func (m *Member) current(in body.ID) (person.Membership, bool) {
	var latest person.Membership
	for _, one := range m.Memberships {
		if !one.Lasts {
			continue
		}
		if one.Body == in {
			return one, true
		}
		latest = one
	}
	return latest, latest.ID != 0
}

// inOurs gives a person with the memberships in the organisation that the table is of
// alone: what is joined or left there touches no other.
func (p *proposal) inOurs(m *Member) *Member {
	return &Member{m.Person, slices.DeleteFunc(slices.Clone(m.Memberships), func(one person.Membership) bool { return !p.ours(one.Body) })}
}

// shown gives the membership that an export tells of: the one that lasts, else
// the last.
func (m *Member) shown() person.Membership {
	if one, ok := m.current(0); ok {
		return one
	}
	if n := len(m.Memberships); n > 0 {
		return m.Memberships[n-1]
	}
	return person.Membership{}
}

// joined gives the day of the first membership, which is when somebody joined
// the association, whatever the branch.
func (m *Member) joined() calendar.Date {
	var first calendar.Date
	for _, one := range m.Memberships {
		if !one.Joined.IsUnknown() && (first.IsUnknown() || one.Joined.Before(first)) {
			first = one.Joined
		}
	}
	return first
}
