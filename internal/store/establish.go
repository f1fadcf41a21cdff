package store

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Establishment is what the first page asks for: the association and its first
// officer, who can then sign in and do the rest.
type Establishment struct {
	Lang    string // of the association's name and of the officer's pages
	Name    string
	Kind    body.Kind
	Officer string            // the first officer's name
	Office  access.OfficeKind // what the first officer holds
	Login   string
	Hash    string // of the password
	Number  int64  // of the book
}

// seats is the board a new association begins with; all of it can be changed.
var seats = []struct {
	kind  access.OfficeKind
	board string
	seats int
}{
	{access.Head, "executive", 1},
	{access.Deputy, "executive", 2},
	{access.Secretary, "executive", 1},
	{access.Treasurer, "executive", 1},
	{access.Inspector, "inspection", 1},
	{access.Member, "executive", 5},
}

// Establish begins an empty book with an association and its first officer.
func (b *Book) Establish(ctx context.Context, how Writing, e Establishment) (body.Body, error) {
	if err := e.Check(); err != nil {
		return body.Body{}, err
	}
	root := body.Body{Kind: e.Kind, Names: []body.Name{{Lang: e.Lang, Full: e.Name, Since: calendar.Earliest, Until: calendar.Latest}}}
	return b.beginWith(ctx, how, Beginning{Body: root, Number: e.Number}, func(ctx context.Context, tx *Tx, root body.ID) error {
		if err := tx.SetSetting(ctx, 0, "lang", e.Lang); err != nil {
			return err
		}
		return e.seat(ctx, tx, how.By, root)
	})
}

// Check tells all that is missing at once, before anything is written.
func (e Establishment) Check() error {
	var found []error
	if e.Name == "" {
		found = append(found, fault.Field("name", "body.name.missing"))
	}
	if e.Officer == "" {
		found = append(found, fault.Field("officer", "person.name.missing"))
	}
	if !loginFits(foldLogin(e.Login)) {
		found = append(found, fault.Field("login", "account.login.form"))
	}
	return fault.Gather(found...)
}

// seat sets up the board and gives the first officer a seat and an account.
func (e Establishment) seat(ctx context.Context, tx *Tx, by access.Actor, at body.ID) error {
	officer, err := person.Enrol(ctx, tx, by, person.Person{Body: at, Name: e.Officer}, &person.Membership{Body: at, Category: person.Full})
	if err != nil {
		return err
	}
	for i, s := range seats {
		o, err := person.Create(ctx, tx, by, person.Office{Body: at, Kind: string(s.kind), Board: s.board, Seats: s.seats, Rank: i + 1, Since: calendar.Earliest})
		if err != nil {
			return err
		}
		if s.kind != e.Office {
			continue
		}
		if _, err := person.Appoint(ctx, tx, by, person.Holding{Office: o.ID, Person: officer.ID, From: calendar.OnDay(tx.Today())}); err != nil {
			return err
		}
	}
	_, err = Admit(ctx, tx, Account{Login: e.Login, Person: officer.ID, Hash: e.Hash, Lang: e.Lang})
	return err
}
