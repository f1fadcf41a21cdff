package store

import (
	"context"
	"slices"

	"kith.app/internal/contest"
)

// Item reads one item of a conference.
func (r reader) Item(ctx context.Context, id contest.ItemID) (contest.Item, error) {
	found, err := collect(ctx, r.runner, scanData[contest.Item], `SELECT data FROM conference_item WHERE id = $1`, int64(id))
	return only(found, err, "contest.item.missing")
}

// Items lists what is prepared for the conference of a contest.
func (r reader) Items(ctx context.Context, id contest.ID) ([]contest.Item, error) {
	return collect(ctx, r.runner, scanData[contest.Item], `SELECT data FROM conference_item WHERE contest = $1 ORDER BY kind, ord, id`, int64(id))
}

// SaveItem writes an item of a conference, new or changed.
func (tx *Tx) SaveItem(ctx context.Context, i contest.Item) error {
	data, err := pack(i, false)
	if err != nil {
		return err
	}
	var before any
	if i.Revision > 1 {
		if before, err = tx.Item(ctx, i.ID); err != nil {
			return err
		}
	}
	_, err = tx.exec(ctx, `
		INSERT INTO conference_item (id, contest, kind, ord, unit, data, revision) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET ord = excluded.ord, unit = excluded.unit, data = excluded.data, revision = excluded.revision`,
		int64(i.ID), int64(i.Contest), string(i.Kind), i.Order, int64(i.Unit), data, i.Revision)
	if err != nil {
		return err
	}
	return tx.noteIn(ctx, i.Contest, "conference_item", int64(i.ID), before, i)
}

// RemoveItem takes an item out of a conference.
func (tx *Tx) RemoveItem(ctx context.Context, i contest.Item) error {
	if _, err := tx.exec(ctx, `DELETE FROM conference_item WHERE id = $1`, int64(i.ID)); err != nil {
		return err
	}
	return tx.noteIn(ctx, i.Contest, "conference_item", int64(i.ID), i, nil)
}

// Conference lists what is prepared for the conference of a contest: for everybody who
// takes part, but gifts and costs for those inside.
func (v *View) Conference(ctx context.Context, id contest.ID) ([]contest.Item, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := v.r.Items(ctx, id)
	if !f.Seat.Inside() {
		all = slices.DeleteFunc(all, func(i contest.Item) bool { return i.Kind.Private() })
	}
	return all, err
}
