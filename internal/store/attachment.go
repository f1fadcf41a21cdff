package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/source"
)

const attachmentColumns = `id, body, subject, ref, digest, name, type, size, added, adder, removed`

func scanAttachment(rows *sql.Rows) (source.Attachment, error) {
	var a source.Attachment
	var removed int64
	err := rows.Scan(&a.ID, &a.Body, &a.Subject, &a.Ref, &a.Digest, &a.Name, &a.Type, &a.Size, &a.Added, &a.Adder, &removed)
	a.Removed = removed != 0
	return a, err
}

// Attachment reads one attachment.
func (r reader) Attachment(ctx context.Context, id int64) (source.Attachment, error) {
	found, err := collect(ctx, r.runner, scanAttachment, `SELECT `+attachmentColumns+` FROM attachment WHERE id = $1`, id)
	if err != nil {
		return source.Attachment{}, err
	}
	if len(found) == 0 {
		return source.Attachment{}, fault.Missing("deed.paper.missing")
	}
	return found[0], nil
}

// InsertAttachment writes a new attachment.
func (tx *Tx) InsertAttachment(ctx context.Context, a source.Attachment) error {
	_, err := tx.exec(ctx, `INSERT INTO attachment (`+attachmentColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		a.ID, a.Body, a.Subject, a.Ref, a.Digest, a.Name, a.Type, a.Size, a.Added, a.Adder, flag(a.Removed), tx.book.root)
	if err == nil {
		tx.note("attachment", a.ID, body.ID(a.Body), nil, a)
	}
	return err
}

// UpdateAttachment writes what changed of an attachment.
func (tx *Tx) UpdateAttachment(ctx context.Context, a source.Attachment) error {
	before, err := tx.Attachment(ctx, a.ID)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE attachment SET body = $2, name = $3, removed = $4 WHERE id = $1`, a.ID, a.Body, a.Name, flag(a.Removed))
	if err == nil {
		tx.note("attachment", a.ID, body.ID(a.Body), before, a)
	}
	return err
}

// DeedPapers lists the papers kept with a deed that the actor may read.
func (v *View) DeedPapers(ctx context.Context, ref int64) ([]source.Attachment, error) {
	f := &filter{}
	f.and(`subject = 'deed' AND removed = 0 AND ref = ?`, ref)
	if reach := v.reach(access.ReadDeeds); !reach.All {
		f.and(`body ` + list(f, reach.Bodies))
	}
	return collect(ctx, v.r.runner, scanAttachment, `SELECT `+attachmentColumns+` FROM attachment WHERE `+f.where()+` ORDER BY id`, f.args...)
}

// EntryScans lists the scans kept with an entry that the actor may read.
func (v *View) EntryScans(ctx context.Context, id fund.EntryID) ([]source.Attachment, error) {
	if _, err := v.Entry(ctx, id); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, scanAttachment,
		`SELECT `+attachmentColumns+` FROM attachment WHERE subject = 'entry' AND removed = 0 AND ref = $1 ORDER BY id`, int64(id))
}

// EntryScan reads one scan of an entry that the actor may read.
func (v *View) EntryScan(ctx context.Context, id int64) (source.Attachment, error) {
	a, err := v.r.Attachment(ctx, id)
	if err != nil {
		return a, err
	}
	if err := v.actor.May(access.ReadFund, body.ID(a.Body)); err != nil {
		return source.Attachment{}, err
	}
	if a.Subject != fund.ScanSubject || a.Removed {
		return source.Attachment{}, fault.Missing("deed.paper.missing")
	}
	return a, nil
}

// DeedPaper reads one paper of a deed that the actor may read.
func (v *View) DeedPaper(ctx context.Context, id int64) (source.Attachment, error) {
	a, err := v.r.Attachment(ctx, id)
	if err != nil {
		return a, err
	}
	if err := v.actor.May(access.ReadDeeds, body.ID(a.Body)); err != nil {
		return source.Attachment{}, err
	}
	if a.Subject != "deed" || a.Removed {
		return source.Attachment{}, fault.Missing("deed.paper.missing")
	}
	return a, nil
}
