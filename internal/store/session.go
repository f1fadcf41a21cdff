package store

import (
	"context"
	"errors"
	"time"
)

// Sessions keeps who is signed in. Tokens arrive hashed; nothing of a session
// enters the history.
type Sessions struct{ book *Book }

// Sessions gives the book's store of sessions.
func (b *Book) Sessions() Sessions { return Sessions{b} }

// FindCtx reads a session that has not expired.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data []byte
	err := s.book.r.one(ctx, `SELECT data FROM session WHERE token = $1 AND expiry > $2`, []any{token, s.book.Now().UnixMilli()}, &data)
	if errors.Is(err, errNone) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx writes a session and forgets those that have expired.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.book.Write(ctx, Writing{}, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.exec(ctx, `DELETE FROM session WHERE expiry <= $1`, tx.NowMilli()); err != nil {
			return err
		}
		_, err := tx.exec(ctx, `
			INSERT INTO session (token, account, data, expiry) VALUES ($1, 0, $2, $3)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry`, token, data, expiry.UnixMilli())
		return err
	})
}

// DeleteCtx forgets a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.book.Write(ctx, Writing{}, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, `DELETE FROM session WHERE token = $1`, token)
		return err
	})
}

// Find is FindCtx for callers without a context.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for callers without a context.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx for callers without a context.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
