package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"unicode"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Account is a way to sign in; rights come from the person's offices.
type Account struct {
	ID       int64     `json:"id"`
	Login    string    `json:"login"`
	Person   person.ID `json:"person"`
	Hash     string    `json:"-"` // argon2id, never in the history
	Lang     string    `json:"lang"`
	Disabled bool      `json:"disabled,omitempty"`
	Revision int64     `json:"revision"`
}

const accountColumns = `id, login, person, hash, lang, disabled, revision`

func scanAccount(rows *sql.Rows) (Account, error) {
	var a Account
	var disabled int64
	err := rows.Scan(&a.ID, &a.Login, (*int64)(&a.Person), &a.Hash, &a.Lang, &disabled, &a.Revision)
	a.Disabled = disabled != 0
	return a, err
}

func (r reader) accountWhere(ctx context.Context, condition string, arg any) (Account, error) {
	found, err := collect(ctx, r.runner, scanAccount, `SELECT `+accountColumns+` FROM account WHERE `+condition, arg)
	if err != nil {
		return Account{}, err
	}
	if len(found) == 0 {
		return Account{}, fault.Missing("account.missing")
	}
	return found[0], nil
}

// AccountByLogin reads the account that signs in under a name.
func (b *Book) AccountByLogin(ctx context.Context, login string) (Account, error) {
	return reader{runner: b.r, book: b}.AccountByLogin(ctx, login)
}

// AccountByLogin reads the account that signs in under a name.
func (r reader) AccountByLogin(ctx context.Context, login string) (Account, error) {
	return r.accountWhere(ctx, `login = $1`, strings.ToLower(strings.TrimSpace(login)))
}

// Account reads one account.
func (b *Book) Account(ctx context.Context, id int64) (Account, error) {
	return reader{runner: b.r, book: b}.Account(ctx, id)
}

// Account reads one account.
func (r reader) Account(ctx context.Context, id int64) (Account, error) {
	return r.accountWhere(ctx, `id = $1`, id)
}

// Accounts lists by login the accounts of the people whose records the actor
// keeps: those of the organisation, none of those beside it.
func (v *View) Accounts(ctx context.Context) ([]Account, error) {
	if err := v.actor.May(access.ManageBody, v.Root()); err != nil {
		return nil, err
	}
	within, args := v.within(access.ManageBody, "body", nil)
	return collect(ctx, v.r.runner, scanAccount, `SELECT `+accountColumns+` FROM account
		WHERE person IN (SELECT id FROM person WHERE `+within+`) ORDER BY login`, args...)
}

// KeepsAccount tells whether the actor of the transaction manages the
// organisation in which an account's person is on record.
func (tx *Tx) KeepsAccount(ctx context.Context, of person.ID) error {
	p, err := tx.Person(ctx, of)
	if err != nil {
		return err
	}
	return tx.Actor().May(access.ManageBody, p.Body)
}

// foldLogin gives the name to sign in by as it is kept.
func foldLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// loginFits tells whether a name to sign in by is one word of fair length.
func loginFits(login string) bool {
	n := len([]rune(login))
	return n >= 2 && n <= 60 && !strings.ContainsFunc(login, unicode.IsSpace)
}

// Admit gives a person in the book a way to sign in.
func Admit(ctx context.Context, tx *Tx, a Account) (Account, error) {
	a.Login = foldLogin(a.Login)
	if !loginFits(a.Login) {
		return Account{}, fault.Field("login", "account.login.form")
	}
	if _, err := tx.Person(ctx, a.Person); err != nil {
		return Account{}, err
	}
	if _, err := tx.AccountByLogin(ctx, a.Login); err == nil {
		return Account{}, fault.Field("login", "account.login.taken", a.Login)
	} else if fault.KindOf(err) != fault.NotFound {
		return Account{}, err
	}
	a.ID, a.Revision = tx.NewID(), 1
	return a, tx.SaveAccount(ctx, a)
}

// SaveAccount writes an account, new or changed.
func (tx *Tx) SaveAccount(ctx context.Context, a Account) error {
	_, err := tx.exec(ctx, `
		INSERT INTO account (id, login, person, hash, lang, disabled, revision) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET login = excluded.login, person = excluded.person, hash = excluded.hash, lang = excluded.lang,
		  disabled = excluded.disabled, revision = excluded.revision`,
		a.ID, a.Login, int64(a.Person), a.Hash, a.Lang, flag(a.Disabled), a.Revision)
	if err != nil {
		return err
	}
	// Who may read the change is who keeps the person's record; an account of
	// nobody is the whole book's.
	at := tx.book.Root()
	if p, err := tx.Person(ctx, a.Person); err == nil {
		at = p.Body
	} else if fault.KindOf(err) != fault.NotFound {
		return err
	}
	tx.note("account", a.ID, at, nil, a)
	return nil
}

// Actor gives who an account is at this instant: the person with the rights of
// every office held or lent today.
func (b *Book) Actor(ctx context.Context, a Account) (access.Actor, error) {
	if err := b.Refresh(ctx); err != nil {
		return access.Actor{}, err
	}
	r := reader{runner: b.r, book: b}
	p, err := r.Person(ctx, a.Person)
	if err != nil {
		return access.Actor{}, err
	}
	today := calendar.FromTime(b.Now())
	actor := access.Actor{Account: a.ID, Person: int64(a.Person), Name: p.Name, Lang: a.Lang, Tree: b.Tree(), Today: today}
	actor.Grants, err = r.grantsOf(ctx, a.Person, today)
	if homes := actor.Homes(); len(homes) > 0 {
		actor.Home = homes[0]
	}
	return actor, err
}

// Setting reads one setting of a body, or of the whole book (0); empty when it
// was never set.
func (r reader) Setting(ctx context.Context, of body.ID, name string) (string, error) {
	var value string
	err := r.one(ctx, `SELECT value FROM setting WHERE body = $1 AND name = $2`, []any{int64(of), name}, &value)
	if errors.Is(err, errNone) {
		return "", nil
	}
	return value, err
}

// Settings reads every setting of a body whose name begins with a prefix.
func (r reader) Settings(ctx context.Context, of body.ID, prefix string) (map[string]string, error) {
	all := map[string]string{}
	err := r.each(ctx, func(rows *sql.Rows) error {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return err
		}
		all[name] = value
		return nil
	}, `SELECT name, value FROM setting WHERE body = $1 AND name >= $2 AND name < $3`, int64(of), prefix, prefix+"\U0010FFFF")
	return all, err
}

// SetSetting writes one setting.
func (tx *Tx) SetSetting(ctx context.Context, of body.ID, name, value string) error {
	before, err := tx.Setting(ctx, of, name)
	if err != nil || before == value {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO setting (body, name, value) VALUES ($1, $2, $3) ON CONFLICT (body, name) DO UPDATE SET value = excluded.value`,
		int64(of), name, value)
	if err != nil {
		return err
	}
	at := of
	if at == 0 {
		at = tx.book.Root()
	}
	tx.note("setting", measureID(name), at, map[string]string{name: before}, map[string]string{name: value})
	return nil
}

// Lang is the language of the book: what a reader who chose none is given.
func (b *Book) Lang(ctx context.Context) (string, error) {
	return reader{runner: b.r, book: b}.Setting(ctx, 0, "lang")
}
