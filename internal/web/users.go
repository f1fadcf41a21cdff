package web

import (
	"context"
	"crypto/rand"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// users lists who can sign in, and gives more people a way in.
func (s *Server) users(q *request) error {
	p, err := q.usersPage(nil)
	if err != nil {
		return err
	}
	return q.show(page.Users(p))
}

func (q *request) usersPage(wrong page.Problems) (page.UsersPage, error) {
	accounts, err := q.view().Accounts(q.Context())
	if err != nil {
		return page.UsersPage{}, err
	}
	p := page.UsersPage{
		Shell: q.shell(q.say("users.title")), Wrong: wrong,
		Login: q.value("login"), Person: q.value("person"), PersonID: q.value("person_id"),
	}
	p.Shell.Lead = q.say("users.lead")
	for _, a := range accounts {
		who, err := q.view().Person(q.Context(), a.Person)
		if err != nil {
			return p, err
		}
		row := page.UserRow{Login: a.Login, Name: who.Name, Href: personPath(who.ID), Path: "/settings/users/" + strconv.FormatInt(a.ID, 10)}
		row.Mark = page.Mark{Tone: page.Done, Text: q.say("users.open")}
		if a.Disabled {
			row.Stopped, row.Mark = true, page.Mark{Tone: page.Late, Text: q.say("users.stopped")}
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

// admitUser gives a person in the book a way to sign in, with a password to be
// told once and changed at leisure.
func (s *Server) admitUser(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	if err := q.actor.May(access.ManageBody, q.root()); err != nil {
		return err
	}
	password := freshPassword()
	hash, err := access.HashPassword(password)
	if err != nil {
		return err
	}
	who, err := strconv.ParseInt(q.value("person_id"), 10, 64)
	if err != nil {
		err = fault.Field("person", "users.person.missing")
	} else {
		err = q.write("users.why.admit", func(ctx context.Context, tx *store.Tx) error {
			if err := tx.KeepsAccount(ctx, person.ID(who)); err != nil {
				return err
			}
			_, err := store.Admit(ctx, tx, store.Account{Login: q.value("login"), Person: person.ID(who), Hash: hash, Lang: string(q.reader.Lang)})
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		p, failed := q.usersPage(page.ProblemsOf(err, q.reader))
		if failed != nil {
			return failed
		}
		return q.again(page.Users(p))
	}
	if err != nil {
		return err
	}
	return q.doneAt("/settings/users", q.well("users.admitted", strings.ToLower(q.value("login")), password))
}

// changeUser stops an account, lets it in again or gives it a new password.
func (s *Server) changeUser(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	if err := q.actor.May(access.ManageBody, q.root()); err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	if id == q.actor.Account && q.value("do") == "stop" {
		return q.doneAt("/settings/users", page.Flash{Tone: page.Late, Text: q.say("users.self")})
	}
	password := freshPassword()
	hash, err := access.HashPassword(password)
	if err != nil {
		return err
	}
	var login string
	err = q.write("users.why.change", func(ctx context.Context, tx *store.Tx) error {
		a, err := tx.Account(ctx, id)
		if err != nil {
			return err
		}
		if err := tx.KeepsAccount(ctx, a.Person); err != nil {
			return err
		}
		login = a.Login
		switch q.value("do") {
		case "stop":
			a.Disabled = true
		case "open":
			a.Disabled = false
		case "password":
			a.Hash = hash
		default:
			return fault.Missing("fault.missing")
		}
		a.Revision++
		return tx.SaveAccount(ctx, a)
	})
	if err != nil {
		return err
	}
	if q.value("do") == "password" {
		return q.doneAt("/settings/users", q.well("users.newpassword", login, password))
	}
	return q.doneAt("/settings/users", q.well("users.changed", login))
}

// freshPassword makes a password that can be read aloud: four groups of four
// digits, some fifty-three bits.
func freshPassword() string {
	raw := make([]byte, 16)
	rand.Read(raw) //nolint:errcheck // never fails
	var b strings.Builder
	for i, v := range raw {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteByte('0' + v%10)
	}
	return b.String()
}
