package deed

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/source"
)

// AttachTx is what keeping papers with a deed needs of a transaction.
type AttachTx interface {
	NewID() int64
	NowMilli() int64
	Deed(ctx context.Context, id ID) (Deed, error)
	Attachment(ctx context.Context, id int64) (source.Attachment, error)
	InsertAttachment(ctx context.Context, a source.Attachment) error
	UpdateAttachment(ctx context.Context, a source.Attachment) error
}

// AttachSubject is what attachments of deeds name as their subject.
const AttachSubject = "deed"

// Attach keeps a paper with a deed. The file itself has been stored before.
func Attach(ctx context.Context, tx AttachTx, by access.Actor, id ID, a source.Attachment) (source.Attachment, error) {
	d, err := tx.Deed(ctx, id)
	if err != nil {
		return a, err
	}
	if err := by.May(access.PostDeeds, d.Body); err != nil {
		return a, err
	}
	a.ID, a.Body, a.Subject, a.Ref = tx.NewID(), int64(d.Body), AttachSubject, int64(id)
	a.Added, a.Adder, a.Removed = tx.NowMilli(), by.Person, false
	return a, tx.InsertAttachment(ctx, a)
}

// Detach takes a paper off a deed; the history and the file keep it.
func Detach(ctx context.Context, tx AttachTx, by access.Actor, id ID, attachment int64) error {
	d, err := tx.Deed(ctx, id)
	if err != nil {
		return err
	}
	if err := by.May(access.PostDeeds, d.Body); err != nil {
		return err
	}
	a, err := tx.Attachment(ctx, attachment)
	if err != nil {
		return err
	}
	if a.Subject != AttachSubject || a.Ref != int64(id) {
		return missingPaper()
	}
	a.Removed = true
	return tx.UpdateAttachment(ctx, a)
}

func missingPaper() error { return fault.Missing("deed.paper.missing") }
