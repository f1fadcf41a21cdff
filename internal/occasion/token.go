package occasion

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/fault"
)

// Token opens the calendar of one account to a telephone or another calendar,
// to be read only. The secret is shown once; the book keeps its digest.
type Token struct {
	ID        int64  `json:"id"`
	Account   int64  `json:"account"`
	Office    int64  `json:"office,omitempty"` // only with the rights of this office; 0: of the account
	Label     string `json:"label"`            // "Điện thoại", "máy cơ quan"
	Digest    string `json:"digest"`
	Created   int64  `json:"created"`   // Unix milliseconds
	Withdrawn int64  `json:"withdrawn"` // 0: in force
	Used      int64  `json:"used"`      // the day on which it was last used, 0 never
}

// NewSecret makes the secret of a token: 26 letters and figures that nobody can
// guess.
func NewSecret() string { return strings.ToLower(rand.Text()) }

// Digest is what the book keeps of a secret.
func Digest(secret string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(secret))))
	return hex.EncodeToString(sum[:])
}

// TokenTx is what tokens need of a transaction.
type TokenTx interface {
	NewID() int64
	NowMilli() int64
	Token(ctx context.Context, id int64) (Token, error)
	InsertToken(ctx context.Context, t Token) error
	UpdateToken(ctx context.Context, t Token) error
}

// Issue makes a token for the actor's own account.
func Issue(ctx context.Context, tx TokenTx, by access.Actor, t Token, secret string) (Token, error) {
	if by.Account == 0 {
		return Token{}, fault.Forbid("access.forbidden.read_figures")
	}
	if t.Label = strings.TrimSpace(t.Label); t.Label == "" {
		return Token{}, fault.Field("label", "feed.label.missing")
	}
	if len([]rune(t.Label)) > 100 {
		return Token{}, fault.Field("label", "feed.label.long")
	}
	t.ID, t.Account, t.Digest, t.Created, t.Withdrawn, t.Used = tx.NewID(), by.Account, Digest(secret), tx.NowMilli(), 0, 0
	return t, tx.InsertToken(ctx, t)
}

// Withdraw ends a token at once. Whoever made it may, and the operator.
func Withdraw(ctx context.Context, tx TokenTx, by access.Actor, id int64) error {
	t, err := tx.Token(ctx, id)
	if err != nil {
		return err
	}
	if t.Account != by.Account && !by.Operator {
		return fault.Missing("feed.missing")
	}
	if t.Withdrawn == 0 {
		t.Withdrawn = tx.NowMilli()
	}
	return tx.UpdateToken(ctx, t)
}

// Told is the token as the history keeps it: without the digest of its secret.
func (t Token) Told() Token {
	t.Digest = ""
	return t
}
