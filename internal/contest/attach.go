package contest

import (
	"context"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/source"
)

// AttachSubject marks the files that units put to their sheets as evidence.
const AttachSubject = "sheet"

// AttachTx is what keeping a file of evidence needs of a transaction.
type AttachTx interface {
	Tx
	InsertAttachment(ctx context.Context, a source.Attachment) error
}

// Attach keeps a file with a unit's sheet, by whoever acts on it now. A score then
// names it among its evidence; it stays on file when no score does any more.
func Attach(ctx context.Context, tx AttachTx, by access.Actor, id ID, unit body.ID, a source.Attachment) (source.Attachment, error) {
	if _, err := deskOf(ctx, tx, by, id, unit); err != nil {
		return a, err
	}
	a.ID, a.Body, a.Subject, a.Ref = tx.NewID(), int64(unit), AttachSubject, int64(id)
	a.Added, a.Adder, a.Removed = tx.NowMilli(), by.Person, false
	return a, tx.InsertAttachment(ctx, a)
}

// CriterionField names the place of a criterion on a sheet, for faults that concern it.
func CriterionField(id CriterionID) string { return "criterion-" + strconv.FormatInt(int64(id), 10) }
