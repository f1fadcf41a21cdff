package tie

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/source"
)

// AttachSubject is what attachments of ties name as their subject.
const AttachSubject = "tie"

// AttachTx is what keeping papers with a tie needs of a transaction.
type AttachTx interface {
	Tx
	Attachment(ctx context.Context, id int64) (source.Attachment, error)
	InsertAttachment(ctx context.Context, a source.Attachment) error
	UpdateAttachment(ctx context.Context, a source.Attachment) error
}

// Attach keeps a paper with a tie: the signed text in one of its languages, a
// resolution, a photograph. The file itself has been stored before.
func Attach(ctx context.Context, tx AttachTx, by access.Actor, id ID, a source.Attachment) (source.Attachment, error) {
	t, err := open(ctx, tx, by, id)
	if err != nil {
		return a, err
	}
	a.ID, a.Body, a.Subject, a.Ref = tx.NewID(), int64(t.Body), AttachSubject, int64(id)
	a.Added, a.Adder, a.Removed = tx.NowMilli(), by.Person, false
	return a, tx.InsertAttachment(ctx, a)
}

// Detach takes a paper off a tie; the history and the file keep it.
func Detach(ctx context.Context, tx AttachTx, by access.Actor, id ID, attachment int64) error {
	if _, err := open(ctx, tx, by, id); err != nil {
		return err
	}
	a, err := tx.Attachment(ctx, attachment)
	if err != nil {
		return err
	}
	if a.Subject != AttachSubject || a.Ref != int64(id) {
		return fault.Missing("deed.paper.missing")
	}
	a.Removed = true
	return tx.UpdateAttachment(ctx, a)
}
