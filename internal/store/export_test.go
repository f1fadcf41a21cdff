package store

import "context"

// Tamper runs a statement behind the book's back, as someone with the file and
// a database tool could.
func Tamper(ctx context.Context, b *Book, statement string) error {
	_, err := b.conn.ExecContext(ctx, statement)
	return err
}
