package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/intake"
)

// KnownEntries reads every entry of a body's fund by its day, with the number
// it has in the list it came from. Who keeps the fund, or may read it, may.
func (v *View) KnownEntries(ctx context.Context, of body.ID) ([]intake.KnownEntry, error) {
	if !v.actor.Can(access.KeepFund, of) {
		if err := v.actor.May(access.ReadFund, of); err != nil {
			return nil, err
		}
	}
	refs := map[fund.EntryID]string{}
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var id fund.EntryID
		var ref string
		err := rows.Scan((*int64)(&id), &ref)
		refs[id] = ref
		return err
	}, `SELECT entry, ref FROM entry_ref WHERE body = $1`, int64(of))
	if err != nil {
		return nil, err
	}
	var all []intake.KnownEntry
	err = v.r.eachEntry(ctx, []body.ID{of}, calendar.Always(), func(e fund.Entry) error {
		all = append(all, intake.KnownEntry{Entry: e, Ref: refs[e.ID]})
		return nil
	})
	return all, err
}

// SaveEntryRef writes which entry stands for a number of another list: the last
// that was entered for it.
func (tx *Tx) SaveEntryRef(ctx context.Context, of body.ID, ref string, e fund.EntryID) error {
	_, err := tx.exec(ctx, `
		INSERT INTO entry_ref (body, ref, entry, root) VALUES ($1, $2, $3, $4)
		ON CONFLICT (body, ref) DO UPDATE SET entry = excluded.entry`, int64(of), ref, int64(e), tx.book.root)
	return err
}
