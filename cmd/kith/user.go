package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

type userCommand struct {
	List  userList  `cmd:"" help:"List who can sign in."`
	Add   userAdd   `cmd:"" help:"Give a person in the book a way to sign in."`
	Reset userReset `cmd:"" help:"Give a new password."`
	Stop  userStop  `cmd:"" help:"Stop an account."`
}

// Help gives examples.
func (userCommand) Help() string {
	return `The password is read from the terminal or from standard input. Examples:
  kith user list
  kith user add lan --person 912168006451200000
  echo 'mật khẩu mới' | kith user reset lan`
}

type userList struct{}

// Run lists the accounts.
func (userList) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	accounts, err := book.As(p.operator()).Accounts(p.ctx)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		state := ""
		if a.Disabled {
			state = p.say("cli.user.stopped")
		}
		fmt.Fprintf(p.stdout, "%s\t%d\t%s\n", a.Login, a.Person, state)
	}
	return nil
}

type userAdd struct {
	Login  string `arg:"" help:"Name to sign in with."`
	Person int64  `required:"" help:"Id of the person in the book."`
}

// Run adds an account.
func (c userAdd) Run(p *program) error {
	hash, err := p.readPassword()
	if err != nil {
		return err
	}
	return p.writeAccount(func(ctx context.Context, tx *store.Tx) error {
		_, err := store.Admit(ctx, tx, store.Account{Login: c.Login, Person: person.ID(c.Person), Hash: hash, Lang: p.cli.Lang})
		return err
	})
}

type userReset struct {
	Login string `arg:"" help:"Name to sign in with."`
}

// Run sets a new password and lets a stopped account in again.
func (c userReset) Run(p *program) error {
	hash, err := p.readPassword()
	if err != nil {
		return err
	}
	return p.writeAccount(func(ctx context.Context, tx *store.Tx) error {
		a, err := tx.AccountByLogin(ctx, c.Login)
		if err != nil {
			return err
		}
		a.Hash, a.Disabled = hash, false
		return tx.SaveAccount(ctx, a)
	})
}

type userStop struct {
	Login string `arg:"" help:"Name to sign in with."`
}

// Run stops an account.
func (c userStop) Run(p *program) error {
	return p.writeAccount(func(ctx context.Context, tx *store.Tx) error {
		a, err := tx.AccountByLogin(ctx, c.Login)
		if err != nil {
			return err
		}
		a.Disabled = true
		return tx.SaveAccount(ctx, a)
	})
}

// writeAccount does one change to the accounts.
func (p *program) writeAccount(do func(ctx context.Context, tx *store.Tx) error) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	return book.Write(p.ctx, store.Writing{By: p.operator(), Why: p.say("cli.user.why")}, do)
}

// readPassword reads a line from standard input and hashes it.
func (p *program) readPassword() (string, error) {
	fmt.Fprint(p.stderr, p.say("cli.user.password"), " ")
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		if err != nil {
			return "", fault.Field("password", "cli.user.nopassword")
		}
	}
	return access.HashPassword(line)
}
