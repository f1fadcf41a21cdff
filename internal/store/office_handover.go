package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/office"
)

const handoverColumns = `id, body, office, holding, next, giver, taker, witness, seen, day, since, paper, things, note, state, recorded, recorder, revision`

func scanHandover(rows *sql.Rows) (office.Handover, error) {
	var h office.Handover
	var state string
	err := rows.Scan((*int64)(&h.ID), (*int64)(&h.Body), &h.Office, &h.Holding, &h.Next, (*int64)(&h.Giver), (*int64)(&h.Taker), (*int64)(&h.Witness), &h.Seen,
		(*int32)(&h.Day), (*int32)(&h.Since), &h.Paper, &h.Things, &h.Note, &state, &h.Recorded, (*int64)(&h.Recorder), &h.Revision)
	if err != nil {
		return h, err
	}
	return h, unpack(state, &h.State)
}

// InsertHandover writes a handover with the state of the association as it
// stood.
func (tx *Tx) InsertHandover(ctx context.Context, h office.Handover) error {
	state, err := pack(h.State, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO handover (`+handoverColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		int64(h.ID), int64(h.Body), h.Office, h.Holding, h.Next, int64(h.Giver), int64(h.Taker), int64(h.Witness), h.Seen, int64(h.Day), int64(h.Since), h.Paper,
		h.Things, h.Note, state, h.Recorded, int64(h.Recorder), h.Revision, tx.book.root)
	if err == nil {
		tx.note("handover", int64(h.ID), h.Body, nil, h)
	}
	return err
}

// Handover reads a handover that the actor may see.
func (v *View) Handover(ctx context.Context, id office.HandoverID) (office.Handover, error) {
	found, err := v.handovers(ctx, `id = ?`, int64(id))
	if err != nil {
		return office.Handover{}, err
	}
	if len(found) == 0 {
		return office.Handover{}, fault.Missing("handover.missing")
	}
	return found[0], nil
}

// Handovers lists the handovers the actor may see, the latest first.
func (v *View) Handovers(ctx context.Context) ([]office.Handover, error) {
	return v.handovers(ctx, `id <> 0`)
}

func (v *View) handovers(ctx context.Context, condition string, values ...any) ([]office.Handover, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	reach, args := v.within(access.ReadOffice, "body", f.args)
	f.args = args
	f.and(reach)
	f.and(condition, values...)
	found, err := collect(ctx, v.r.runner, scanHandover, `SELECT `+handoverColumns+` FROM handover WHERE `+f.where()+` ORDER BY day DESC, id DESC`, f.args...)
	for i := range found {
		if !v.actor.Can(access.ReadFund, found[i].Body) {
			found[i].State.Money = nil
		}
	}
	return found, err
}
