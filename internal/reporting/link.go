package reporting

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Key opens one form for one unit, without an account. Its secret is shown once;
// the book keeps the digest. A unit has one key to a form: a new one ends the
// one before.
type Key struct {
	ID        int64        `json:"id"`
	Form      ID           `json:"form"`
	Unit      body.ID      `json:"unit"`
	Digest    string       `json:"digest,omitempty"`
	Created   int64        `json:"created"`             // Unix milliseconds
	Expires   calendar.Day `json:"expires"`             // the last day on which it opens
	Withdrawn int64        `json:"withdrawn,omitempty"` // Unix milliseconds; 0: in force
	Used      calendar.Day `json:"used,omitempty"`      // on which it was last used; 0: never
}

// Opens tells whether the key opens its form on a day.
func (k Key) Opens(on calendar.Day) bool { return k.Withdrawn == 0 && on <= k.Expires }

// Actor is who comes in by the key: somebody who may report what the unit did.
func (k Key) Actor(name string) access.Actor {
	return access.Actor{Name: name, Grants: []access.Grant{{Right: access.PostDeeds, Body: k.Unit, Depth: access.Own}}}
}

// Told is the key as the history keeps it.
func (k Key) Told() Key {
	k.Digest = ""
	return k
}

// NewSecret makes what opens a form: 26 letters and figures that nobody guesses.
func NewSecret() string { return strings.ToLower(rand.Text()) }

// Digest is what the book keeps of a secret.
func Digest(secret string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(secret))))
	return hex.EncodeToString(sum[:])
}

// KeyTx is what keys need of a transaction.
type KeyTx interface {
	Tx
	Keys(ctx context.Context, f ID, units []body.ID) ([]Key, error)
	InsertKey(ctx context.Context, f Form, k Key) error
	UpdateKey(ctx context.Context, f Form, k Key) error
}

// Issued is a new key with its secret.
type Issued struct {
	Key
	Secret string
}

// keyDaysMost is how far ahead a key may last.
const keyDaysMost = 800

// Issue gives units their keys to a form; the ones they had end.
func Issue(ctx context.Context, tx KeyTx, by access.Actor, id ID, units []body.ID, expires calendar.Day) ([]Issued, error) {
	f, err := tx.Form(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := by.May(access.FileReports, f.Body); err != nil {
		return nil, err
	}
	if expires < tx.Today() || expires > tx.Today()+keyDaysMost {
		return nil, fault.Field("expires", "form.key.expires")
	}
	roster, err := tx.Roster(ctx, f, f.Every.Of(tx.Today()))
	if err != nil {
		return nil, err
	}
	if err := end(ctx, tx, f, units); err != nil {
		return nil, err
	}
	var all []Issued
	for _, u := range units {
		if !roster.Has(u) {
			return nil, fault.Field("unit", "form.unit.unasked")
		}
		secret := NewSecret()
		k := Key{ID: tx.NewID(), Form: id, Unit: u, Digest: Digest(secret), Created: tx.NowMilli(), Expires: expires}
		if err := tx.InsertKey(ctx, f, k); err != nil {
			return nil, err
		}
		all = append(all, Issued{k, secret})
	}
	return all, nil
}

// end withdraws the keys in force of some units.
func end(ctx context.Context, tx KeyTx, f Form, units []body.ID) error {
	keys, err := tx.Keys(ctx, f.ID, units)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if k.Withdrawn == 0 {
			k.Withdrawn = tx.NowMilli()
			if err := tx.UpdateKey(ctx, f, k); err != nil {
				return err
			}
		}
	}
	return nil
}

// WithdrawKeys ends the keys of units: from now on they open nothing.
func WithdrawKeys(ctx context.Context, tx KeyTx, by access.Actor, id ID, units []body.ID) error {
	f, err := tx.Form(ctx, id)
	if err != nil {
		return err
	}
	if err := by.May(access.FileReports, f.Body); err != nil {
		return err
	}
	return end(ctx, tx, f, units)
}
