package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/person"
)

const normColumns = `id, body, kind, kin, step, currency, amount, goods, times, approval, since, until, note, revision`

func scanNorm(rows *sql.Rows) (fund.Norm, error) {
	var n fund.Norm
	var approval int64
	err := rows.Scan(&n.ID, (*int64)(&n.Body), &n.Kind, &n.Kin, &n.Step, (*string)(&n.Amount.Currency), &n.Amount.Minor, &n.Goods, &n.Times, &approval,
		(*int32)(&n.Since), (*int32)(&n.Until), &n.Note, &n.Revision)
	n.Approval = approval != 0
	return n, err
}

// Norms lists the norms a body set for a kind of deed, in all versions, the
// earliest first; for every kind when none is named.
func (r reader) Norms(ctx context.Context, of body.ID, kind string) ([]fund.Norm, error) {
	return collect(ctx, r.runner, scanNorm, `SELECT `+normColumns+` FROM norm WHERE body = $1 AND (kind = $2 OR $2 = '')
		ORDER BY kind, kin, step, since`, int64(of), kind)
}

// NormsFor lists the norms for a kind of deed that bind a body: its own, then
// those of the bodies above it, the nearest first.
func (r reader) NormsFor(ctx context.Context, of body.ID, kind string, on calendar.Day) ([]fund.Norm, error) {
	return bindingNorms(r.book.Tree(), of, on, func(id body.ID) ([]fund.Norm, error) { return r.Norms(ctx, id, kind) })
}

// bindingNorms gathers the norms of a body and of those above it.
func bindingNorms(tree *body.Tree, of body.ID, on calendar.Day, read func(body.ID) ([]fund.Norm, error)) ([]fund.Norm, error) {
	var all []fund.Norm
	for _, id := range append([]body.ID{of}, tree.Ancestors(of, on)...) {
		own, err := read(id)
		if err != nil {
			return nil, err
		}
		all = append(all, own...)
	}
	return all, nil
}

// TimesGiven counts the deeds of a kind done for a person in a period, one
// deed left aside.
func (r reader) TimesGiven(ctx context.Context, kind string, to person.ID, p calendar.Period, aside deed.ID) (int, error) {
	var n int
	err := r.one(ctx, `
		SELECT COUNT(DISTINCT d.id) FROM party p JOIN deed d ON d.id = p.deed
		WHERE p.person = $1 AND p.person <> 0 AND p.role = 'receiver' AND d.kind = $2 AND d.status = 'done' AND d.day_first >= $3 AND d.day_last <= $4 AND d.id <> $5`,
		[]any{int64(to), kind, int64(p.From), int64(p.To), int64(aside)}, &n)
	return n, err
}

// SaveNorm writes a norm, new or changed.
func (tx *Tx) SaveNorm(ctx context.Context, n fund.Norm) error {
	tx.touch()
	_, err := tx.exec(ctx, `
		INSERT INTO norm (`+normColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (id) DO UPDATE SET amount = excluded.amount, goods = excluded.goods, times = excluded.times, approval = excluded.approval,
		  until = excluded.until, note = excluded.note, revision = excluded.revision`,
		n.ID, int64(n.Body), n.Kind, n.Kin, n.Step, string(n.Amount.Currency), n.Amount.Minor, n.Goods, n.Times, flag(n.Approval),
		int64(n.Since), int64(n.Until), n.Note, n.Revision, tx.book.root)
	if err == nil {
		tx.note("norm", n.ID, n.Body, nil, n)
	}
	return err
}

// Norms lists the norms that a body itself set, in all versions.
func (v *View) Norms(ctx context.Context, of body.ID) ([]fund.Norm, error) {
	if err := v.actor.May(access.ReadDeeds, of); err != nil {
		return nil, err
	}
	return v.r.Norms(ctx, of, "")
}

// NormFor finds the norm that binds a body on an occasion.
func (v *View) NormFor(ctx context.Context, of body.ID, o fund.Occasion) (fund.Norm, error) {
	if err := v.actor.May(access.ReadDeeds, of); err != nil {
		return fund.Norm{}, err
	}
	norms, err := v.r.NormsFor(ctx, of, o.Kind, o.On)
	if err != nil {
		return fund.Norm{}, err
	}
	n, found := fund.NormFor(norms, o)
	if !found {
		return fund.Norm{}, fault.Missing("fund.norm.missing")
	}
	return n, nil
}

// AgainstNorm says for which receivers a deed goes beyond the norm.
func (v *View) AgainstNorm(ctx context.Context, d deed.Deed) ([]deed.Beyond, error) {
	if err := v.actor.May(access.ReadDeeds, d.Body); err != nil {
		return nil, err
	}
	return deed.AgainstNorm(ctx, judging{v.r, v.Today()}, d)
}

// judging lets a view ask what a norm says.
type judging struct {
	reader
	today calendar.Day
}

func (j judging) Today() calendar.Day { return j.today }
