package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
)

// SettingRemind names the setting by which an account wants reminders by e-mail.
const SettingRemind = "remind."

// RemindedAccount is an account that wants reminders, with where they go.
type RemindedAccount struct {
	Account Account
	Email   string
}

// BookSettings reads settings of the whole book.
func (b *Book) BookSettings(ctx context.Context, prefix string) (map[string]string, error) {
	return reader{runner: b.r, book: b}.Settings(ctx, b.Root(), prefix)
}

// Reminded lists the accounts that want reminders and whose people have an
// address.
func (b *Book) Reminded(ctx context.Context) ([]RemindedAccount, error) {
	set, err := b.BookSettings(ctx, SettingRemind)
	if err != nil || len(set) == 0 {
		return nil, err
	}
	all, err := collect(ctx, b.r, func(rows *sql.Rows) (RemindedAccount, error) {
		var a RemindedAccount
		err := rows.Scan(&a.Account.ID, &a.Account.Login, (*int64)(&a.Account.Person), &a.Account.Lang, &a.Email)
		return a, err
	}, `SELECT a.id, a.login, a.person, a.lang, p.email FROM account a JOIN person p ON p.id = a.person WHERE a.disabled = 0 AND p.email <> '' ORDER BY a.id`)
	wanted := all[:0]
	for _, a := range all {
		if set[SettingRemind+strconv.FormatInt(a.Account.ID, 10)] == "yes" {
			wanted = append(wanted, a)
		}
	}
	return wanted, err
}

// WantReminders says whether an account wants reminders by e-mail.
func (tx *Tx) WantReminders(ctx context.Context, account int64, wants bool) error {
	value := ""
	if wants {
		value = "yes"
	}
	return tx.SetSetting(ctx, body.ID(tx.book.root), SettingRemind+strconv.FormatInt(account, 10), value)
}

// WantsReminders tells whether the actor's own account wants reminders.
func (v *View) WantsReminders(ctx context.Context) (bool, error) {
	value, err := v.r.Setting(ctx, body.ID(v.r.book.root), SettingRemind+strconv.FormatInt(v.actor.Account, 10))
	return value == "yes", err
}

// ToldOn tells whether somebody was sent a letter on a day.
func (b *Book) ToldOn(ctx context.Context, who person.ID, on calendar.Day) (bool, error) {
	var n int
	err := b.r.one(ctx, `SELECT COUNT(*) FROM reminder WHERE person = $1 AND day = $2`, []any{int64(who), int64(on)}, &n)
	return n > 0, err
}

// ClaimReminders takes what is to be told to somebody and gives what nobody has
// told them before: a thing is claimed once, however many programs look.
func (b *Book) ClaimReminders(ctx context.Context, who person.ID, items []string, on calendar.Day) ([]string, error) {
	var fresh []string
	err := b.Write(ctx, Writing{}, func(ctx context.Context, tx *Tx) error {
		fresh = nil
		for _, item := range items {
			n, err := tx.exec(ctx, `INSERT INTO reminder (person, item, day, sent) VALUES ($1, $2, $3, 0) ON CONFLICT (person, item) DO NOTHING`, int64(who), item, int64(on))
			if err != nil {
				return err
			}
			if n > 0 {
				fresh = append(fresh, item)
			}
		}
		return nil
	})
	return fresh, err
}

// RemindersSent notes that what was claimed was handed to a mail server.
func (b *Book) RemindersSent(ctx context.Context, who person.ID, items []string) error {
	return b.eachReminder(ctx, who, items, `UPDATE reminder SET sent = 1 WHERE person = $1 AND item = $2`)
}

// ReleaseReminders gives back what could not be sent, to be tried again.
func (b *Book) ReleaseReminders(ctx context.Context, who person.ID, items []string) error {
	return b.eachReminder(ctx, who, items, `DELETE FROM reminder WHERE person = $1 AND item = $2 AND sent = 0`)
}

func (b *Book) eachReminder(ctx context.Context, who person.ID, items []string, statement string) error {
	return b.Write(ctx, Writing{}, func(ctx context.Context, tx *Tx) error {
		for _, item := range items {
			if _, err := tx.exec(ctx, statement, int64(who), item); err != nil {
				return err
			}
		}
		return nil
	})
}

// Credential reads a password that the book needs of another server. It enters
// neither the history nor what is given out.
func (b *Book) Credential(ctx context.Context, name string) (string, error) {
	var value string
	err := b.r.one(ctx, `SELECT value FROM credential WHERE name = $1`, []any{name}, &value)
	if errors.Is(err, errNone) {
		return "", nil
	}
	return value, err
}

// SetCredential keeps a password that the book needs of another server.
func (tx *Tx) SetCredential(ctx context.Context, name, value string) error {
	_, err := tx.exec(ctx, `INSERT INTO credential (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, strings.TrimSpace(value))
	return err
}
