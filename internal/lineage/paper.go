package lineage

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/source"
)

// What attachments of events and of settlements name as their subject.
const (
	EventPapers      = "event"
	SettlementPapers = "settlement"
)

// PaperTx is what keeping papers with an event or a settlement needs of a
// transaction.
type PaperTx interface {
	NewID() int64
	NowMilli() int64
	Event(ctx context.Context, id int64) (body.Event, error)
	Settlement(ctx context.Context, id int64) (Settlement, error)
	Attachment(ctx context.Context, id int64) (source.Attachment, error)
	InsertAttachment(ctx context.Context, a source.Attachment) error
	UpdateAttachment(ctx context.Context, a source.Attachment) error
}

// Concerned lists the bodies that an event or a settlement is about: who manages
// one of them keeps its papers, who reads the deeds of one of them reads them.
func Concerned(ctx context.Context, tx PaperTx, subject string, ref int64) ([]body.ID, error) {
	if subject == SettlementPapers {
		s, err := tx.Settlement(ctx, ref)
		return slices.DeleteFunc([]body.ID{s.Body, s.Heir}, func(id body.ID) bool { return id == 0 }), err
	}
	e, err := tx.Event(ctx, ref)
	return e.Bodies(), err
}

// mayKeep asks whether the actor manages one of the bodies concerned.
func mayKeep(ctx context.Context, tx PaperTx, by access.Actor, subject string, ref int64) (body.ID, error) {
	bodies, err := Concerned(ctx, tx, subject, ref)
	if err != nil {
		return 0, err
	}
	for _, id := range bodies {
		if by.Can(access.ManageBody, id) {
			return id, nil
		}
	}
	return 0, fault.Forbid("access.forbidden." + string(access.ManageBody))
}

// Attach keeps a paper with an event or a settlement: the decision that was signed,
// the minutes of a handing over. The file itself has been stored before.
func Attach(ctx context.Context, tx PaperTx, by access.Actor, subject string, ref int64, a source.Attachment) (source.Attachment, error) {
	at, err := mayKeep(ctx, tx, by, subject, ref)
	if err != nil {
		return a, err
	}
	a.ID, a.Body, a.Subject, a.Ref = tx.NewID(), int64(at), subject, ref
	a.Added, a.Adder, a.Removed = tx.NowMilli(), by.Person, false
	return a, tx.InsertAttachment(ctx, a)
}

// Detach takes a paper off; the history and the file keep it.
func Detach(ctx context.Context, tx PaperTx, by access.Actor, subject string, ref, attachment int64) error {
	if _, err := mayKeep(ctx, tx, by, subject, ref); err != nil {
		return err
	}
	a, err := tx.Attachment(ctx, attachment)
	if err != nil {
		return err
	}
	if a.Subject != subject || a.Ref != ref {
		return fault.Missing("deed.paper.missing")
	}
	a.Removed = true
	return tx.UpdateAttachment(ctx, a)
}
