package fund

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/source"
)

// ScanSubject is what attachments of entries name as their subject.
const ScanSubject = "entry"

// ScanTx is what keeping a scan with an entry needs of a transaction.
type ScanTx interface {
	Tx
	Attachment(ctx context.Context, id int64) (source.Attachment, error)
	InsertAttachment(ctx context.Context, a source.Attachment) error
	UpdateAttachment(ctx context.Context, a source.Attachment) error
}

// Scan keeps a photograph or a scan of a voucher with an entry, which vouches
// for it. The file itself has been stored before.
func Scan(ctx context.Context, tx ScanTx, by access.Actor, id EntryID, a source.Attachment) (source.Attachment, error) {
	e, err := tx.Entry(ctx, id)
	if err != nil {
		return a, err
	}
	a.ID, a.Body, a.Subject, a.Ref = tx.NewID(), int64(e.Body), ScanSubject, int64(id)
	a.Added, a.Adder, a.Removed = tx.NowMilli(), by.Person, false
	if _, err := Attach(ctx, tx, by, id, "", []int64{a.ID}); err != nil {
		return a, err
	}
	return a, tx.InsertAttachment(ctx, a)
}

// Unscan takes a scan off an entry; the history and the file keep it. What
// vouched for an approved entry stays.
func Unscan(ctx context.Context, tx ScanTx, by access.Actor, id EntryID, scan int64) error {
	e, err := tx.Entry(ctx, id)
	if err != nil {
		return err
	}
	if err := by.May(access.KeepFund, e.Body); err != nil {
		return err
	}
	a, err := tx.Attachment(ctx, scan)
	if err != nil {
		return err
	}
	switch {
	case a.Subject != ScanSubject || a.Ref != int64(id) || a.Removed:
		return fault.Missing("deed.paper.missing")
	case e.Approver != 0:
		return fault.Refuse("fund.scan.approved")
	}
	var left []int64
	for _, one := range e.Papers {
		if one != scan {
			left = append(left, one)
		}
	}
	e.Papers, e.Revision, a.Removed = left, e.Revision+1, true
	if err := tx.MarkEntry(ctx, e); err != nil {
		return err
	}
	return tx.UpdateAttachment(ctx, a)
}
