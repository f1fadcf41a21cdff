package sample

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// boardSeats is the executive committee of 29: one head, three deputies, a
// secretary, a treasurer, a head of inspection and twenty-two members.
var boardSeats = []struct {
	kind  access.OfficeKind
	seats int
	login string
}{
	{access.Head, 1, "truongban"},
	{access.Deputy, 3, ""},
	{access.Secretary, 1, "thuky"},
	{access.Treasurer, 1, "thuquy"},
	{access.Inspector, 1, ""},
	{access.Member, 22, ""},
}

// The term of the board, by the congress of May 2023.
var (
	termFrom = calendar.InMonth(2023, 5)
	termEnd  = calendar.InMonth(2028, 5)
)

// board fills the 29 seats, gives every branch a head, and lets the officers in.
func (b *builder) board(ctx context.Context) error {
	hash, err := access.HashPassword(Password)
	if err != nil {
		return err
	}
	return b.write(ctx, "kiện toàn ban chấp hành nhiệm kỳ 2023-2028", func(ctx context.Context, tx *store.Tx) error {
		free := b.electable()
		next := func() person.ID {
			chosen := free[0]
			free = free[1:]
			return chosen.ID
		}
		for i, s := range boardSeats {
			if err := b.fill(ctx, tx, i, next); err != nil {
				return err
			}
			if s.login != "" {
				if _, err := store.Admit(ctx, tx, store.Account{Login: s.login, Person: b.posts[s.login], Hash: hash, Lang: "vi"}); err != nil {
					return err
				}
			}
		}
		return b.branchHeads(ctx, tx, hash)
	})
}

// electable are members of an age to serve, spread over the branches.
func (b *builder) electable() []*member {
	var all []*member
	for _, m := range b.members {
		if year, ok := m.Birth.Year(); ok && year > 1947 && year < 1972 && m.Relation == "head" {
			all = append(all, m)
		}
	}
	b.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// fill sets up one kind of seat and fills it.
func (b *builder) fill(ctx context.Context, tx *store.Tx, i int, next func() person.ID) error {
	s := boardSeats[i]
	o, err := person.Create(ctx, tx, b.by, person.Office{
		Body: b.root, Kind: string(s.kind), Board: "executive", Seats: s.seats, Rank: i + 1, Since: calendar.DayOf(2003, 10, 1),
	})
	if err != nil {
		return err
	}
	b.office[string(s.kind)] = o.ID
	for n := range s.seats {
		who := next()
		h := person.Holding{Office: o.ID, Person: who, From: termFrom, PlannedEnd: termEnd, Paper: "02/QĐ-ĐH, 05/2023"}
		if s.kind == access.Member && n < len(b.branches) {
			h.Represents = b.branches[n].id
		}
		if _, err := person.Appoint(ctx, tx, b.by, h); err != nil {
			return err
		}
		if s.login != "" {
			b.posts[s.login] = who
		}
	}
	return nil
}

// branchHeads gives every branch a head of its own; the first may sign in.
func (b *builder) branchHeads(ctx context.Context, tx *store.Tx, hash string) error {
	for i, br := range b.branches {
		at := slices.IndexFunc(b.members, func(m *member) bool {
			year, _ := m.Birth.Year()
			return m.branch == i && m.Relation == "head" && year > 1950 && !b.serves(m.ID)
		})
		if at < 0 {
			continue
		}
		if err := b.headOf(ctx, tx, br.id, b.members[at].ID); err != nil {
			return err
		}
		if i == 0 {
			b.posts["chihoi"] = b.members[at].ID
			if _, err := store.Admit(ctx, tx, store.Account{Login: "chihoi", Person: b.members[at].ID, Hash: hash, Lang: "vi"}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) serves(id person.ID) bool {
	for _, p := range b.posts {
		if p == id {
			return true
		}
	}
	return false
}

func (b *builder) headOf(ctx context.Context, tx *store.Tx, at body.ID, who person.ID) error {
	o, err := person.Create(ctx, tx, b.by, person.Office{Body: at, Kind: string(access.Head), Seats: 1, Rank: 1, Since: calendar.DayOf(2003, 10, 1)})
	if err != nil {
		return err
	}
	_, err = person.Appoint(ctx, tx, b.by, person.Holding{Office: o.ID, Person: who, From: termFrom, PlannedEnd: termEnd})
	return err
}
