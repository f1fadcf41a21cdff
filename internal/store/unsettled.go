package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/lineage"
	"kith.app/internal/money"
	"kith.app/internal/office"
	"kith.app/internal/person"
	"kith.app/internal/tie"
)

// remaining counts what ended bodies left of one sort: the right it takes to be
// told, and the count by body. A subject of which something may be left adds its
// line; TestEveryReferenceToABodyIsSettledOrNoConcern says which tables ask for one.
type remaining struct {
	what  lineage.What
	right access.Right
	count func(ctx context.Context, v *View, ended map[body.ID]calendar.Day) ([]lineage.Left, error)
}

func remains() []remaining {
	return []remaining{
		{lineage.Children, access.ReadFigures, childrenLeft},
		{lineage.Offices, access.ReadFigures, counting(lineage.Offices, `
			SELECT o.body, COUNT(*) FROM holding h JOIN office o ON o.id = h.office
			WHERE h.root = $1 AND h.actual_end = '' AND o.body IN (`+endedBodies+`) GROUP BY o.body`)},
		{lineage.Members, access.ReadFigures, counting(lineage.Members, `
			SELECT body, COUNT(*) FROM membership
			WHERE root = $1 AND left_on = '' AND reason = '' AND body IN (`+endedBodies+`) GROUP BY body`)},
		{lineage.Ties, access.ReadFigures, tiesLeft},
		{lineage.Plans, access.ReadDeeds, counting(lineage.Plans, `
			SELECT body, COUNT(*) FROM deed WHERE root = $1 AND status = 'planned' AND body IN (`+endedBodies+`) GROUP BY body`)},
		{lineage.Tasks, access.ReadOffice, counting(lineage.Tasks, `
			SELECT body, COUNT(*) FROM task WHERE root = $1 AND status = 'open' AND body IN (`+endedBodies+`) GROUP BY body`)},
		{lineage.Goods, access.ReadFund, goodsLeft},
		{lineage.Money, access.ReadFund, moneyLeft},
		{lineage.Deeds, access.ReadDeeds, deedsLeft},
		{lineage.Entries, access.ReadFund, entriesLeft},
	}
}

// endedBodies are those that may have ended; the lineage says which have.
const endedBodies = `SELECT id FROM body WHERE ended <> '' AND kind <> 'household'`

// counting makes a count out of a statement that gives bodies and numbers.
func counting(what lineage.What, statement string) func(context.Context, *View, map[body.ID]calendar.Day) ([]lineage.Left, error) {
	return func(ctx context.Context, v *View, ended map[body.ID]calendar.Day) ([]lineage.Left, error) {
		all, err := collect(ctx, v.r.runner, func(rows *sql.Rows) (lineage.Left, error) {
			l := lineage.Left{What: what}
			return l, rows.Scan((*int64)(&l.Body), &l.Count)
		}, statement, v.r.book.root)
		return slices.DeleteFunc(all, func(l lineage.Left) bool { _, is := ended[l.Body]; return !is }), err
	}
}

func childrenLeft(_ context.Context, v *View, ended map[body.ID]calendar.Day) ([]lineage.Left, error) {
	var all []lineage.Left
	for id := range ended {
		if n := len(v.Tree().ChildrenOn(id, v.Today())); n > 0 {
			all = append(all, lineage.Left{Body: id, What: lineage.Children, Count: n})
		}
	}
	return all, nil
}

// tiesLeft counts ties in force of which an ended body is a party that nobody
// took over.
func tiesLeft(ctx context.Context, v *View, ended map[body.ID]calendar.Day) ([]lineage.Left, error) {
	const held = `FROM tie_party WHERE root = $1 AND until >= $2 AND body IN (` + endedBodies + `)`
	args := []any{v.r.book.root, int64(v.Today())}
	ties, err := collect(ctx, v.r.runner, scanTie, `SELECT data, recorder FROM tie WHERE id IN (SELECT tie `+held+`) ORDER BY id`, args...)
	if err != nil || len(ties) == 0 {
		return nil, err
	}
	rows, err := v.tieStandings(ctx, ties, v.Today())
	if err != nil {
		return nil, err
	}
	counts := map[body.ID]int{}
	for _, row := range rows {
		if row.Standing.Status == tie.Ended {
			continue
		}
		for _, p := range row.Parties {
			if _, is := ended[p.Body]; is && p.Until.LastOr(calendar.Latest) >= v.Today() {
				counts[p.Body]++
			}
		}
	}
	var all []lineage.Left
	for id, n := range counts {
		all = append(all, lineage.Left{Body: id, What: lineage.Ties, Count: n})
	}
	return all, nil
}

// goodsLeft tells what goods are still in store.
func goodsLeft(ctx context.Context, v *View, ended map[body.ID]calendar.Day) ([]lineage.Left, error) {
	kept, err := collect(ctx, v.r.runner, func(rows *sql.Rows) (id body.ID, err error) {
		return id, rows.Scan((*int64)(&id))
	}, `SELECT DISTINCT body FROM stock_move WHERE root = $1 AND body IN (`+endedBodies+`)
		UNION SELECT DISTINCT body FROM line WHERE root = $1 AND item <> '' AND body IN (`+endedBodies+`)`, v.r.book.root)
	if err != nil {
		return nil, err
	}
	var all []lineage.Left
	for _, id := range kept {
		if _, is := ended[id]; !is || !v.actor.Can(access.ReadFund, id) {
			continue
		}
		goods, err := v.Stock(ctx, id, v.Today())
		if err != nil {
			return nil, err
		}
		goods = slices.DeleteFunc(goods, func(g fund.Good) bool { return g.Left() <= 0 })
		if len(goods) > 0 {
			all = append(all, lineage.Left{Body: id, What: lineage.Goods, Count: len(goods), Goods: goods})
		}
	}
	return all, nil
}

// moneyLeft tells what the purses of funds still hold.
func moneyLeft(ctx context.Context, v *View, ended map[body.ID]calendar.Day) ([]lineage.Left, error) {
	kept, err := collect(ctx, v.r.runner, func(rows *sql.Rows) (id body.ID, err error) {
		return id, rows.Scan((*int64)(&id))
	}, `SELECT body FROM fund WHERE body IN (`+endedBodies+`)`)
	if err != nil {
		return nil, err
	}
	var all []lineage.Left
	for _, id := range kept {
		if _, is := ended[id]; !is {
			continue
		}
		held, err := v.r.fundBalances(ctx, id, v.Today())
		if err != nil {
			return nil, err
		}
		l := lineage.Left{Body: id, What: lineage.Money}
		for _, h := range held {
			if h.Account.Class.IsPurse() && h.Amount.Minor != 0 {
				l.Count++
				l.Amounts = addAmount(l.Amounts, h.Amount)
			}
		}
		if l.Count > 0 {
			all = append(all, l)
		}
	}
	return all, nil
}

func addAmount(all []money.Amount, a money.Amount) []money.Amount {
	for i := range all {
		if all[i].Currency == a.Currency {
			all[i].Minor += a.Minor
			return all
		}
	}
	return append(all, a)
}

// deedsLeft counts deeds dated after the end of their body, but for those that
// were left there by an act since they were recorded.
func deedsLeft(ctx context.Context, v *View, ended map[body.ID]calendar.Day) ([]lineage.Left, error) {
	return v.datedAfter(ctx, lineage.Deeds, ended, `
		SELECT d.body, d.day_first, d.recorded FROM deed d WHERE d.root = $1 AND d.status = 'done' AND d.body IN (`+endedBodies+`)`)
}

// entriesLeft counts what a fund moved after the end of its body.
func entriesLeft(ctx context.Context, v *View, ended map[body.ID]calendar.Day) ([]lineage.Left, error) {
	return v.datedAfter(ctx, lineage.Entries, ended, `
		SELECT e.body, e.day, e.recorded FROM entry e WHERE e.root = $1 AND e.body IN (`+endedBodies+`)`)
}

// datedAfter counts rows of a body, a day and an instant that are dated after the
// end of the body and were recorded since they were last settled.
func (v *View) datedAfter(ctx context.Context, what lineage.What, ended map[body.ID]calendar.Day, statement string) ([]lineage.Left, error) {
	settled := map[body.ID]int64{}
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var id body.ID
		var at int64
		if err := rows.Scan((*int64)(&id), &at); err != nil {
			return err
		}
		settled[id] = at
		return nil
	}, `SELECT body, MAX(recorded) FROM settlement WHERE root = $1 AND (what = $2 OR what = 'money') GROUP BY body`, v.r.book.root, string(what))
	if err != nil {
		return nil, err
	}
	counts := map[body.ID]int{}
	err = v.r.each(ctx, func(rows *sql.Rows) error {
		var id body.ID
		var day, recorded int64
		if err := rows.Scan((*int64)(&id), &day, &recorded); err != nil {
			return err
		}
		if last, is := ended[id]; is && calendar.Day(day) > last && recorded > settled[id] {
			counts[id]++
		}
		return nil
	}, statement, v.r.book.root)
	var all []lineage.Left
	for id, n := range counts {
		all = append(all, lineage.Left{Body: id, What: what, Count: n})
	}
	return all, err
}

// Unsettled tells what ended bodies left, by body and in the order in which it is
// settled, as far as the actor may be told.
func (v *View) Unsettled(ctx context.Context) ([]lineage.Remains, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	return v.remainsOf(ctx, v.Lineage().Ended(v.Today()))
}

// UnsettledOf tells what one ended body left.
func (v *View) UnsettledOf(ctx context.Context, of body.ID) (lineage.Remains, error) {
	if !v.known() {
		return lineage.Remains{}, fault.Forbid("access.forbidden.read_figures")
	}
	all, err := v.remainsOf(ctx, []body.ID{of})
	if err != nil || len(all) == 0 {
		return lineage.Remains{}, err
	}
	return all[0], nil
}

func (v *View) remainsOf(ctx context.Context, ids []body.ID) ([]lineage.Remains, error) {
	ended := make(map[body.ID]calendar.Day, len(ids))
	for _, id := range ids {
		if last := v.Lineage().Life(id).To; last < v.Today() {
			ended[id] = last
		}
	}
	if len(ended) == 0 {
		return nil, nil
	}
	by := map[body.ID][]lineage.Left{}
	for _, r := range remains() {
		left, err := r.count(ctx, v, ended)
		if err != nil {
			return nil, err
		}
		for _, l := range left {
			if v.actor.Can(r.right, l.Body) {
				by[l.Body] = append(by[l.Body], l)
			}
		}
	}
	found := make([]body.ID, 0, len(by))
	for id := range by {
		found = append(found, id)
	}
	bodies, err := v.BodiesByID(ctx, found)
	if err != nil {
		return nil, err
	}
	var all []lineage.Remains
	for id, left := range by {
		if b, ok := bodies[id]; ok {
			all = append(all, lineage.Remains{Body: b, Left: left})
		}
	}
	slices.SortFunc(all, func(a, b lineage.Remains) int {
		return cmp.Or(cmp.Compare(b.Body.Life().To, a.Body.Life().To), cmp.Compare(a.Body.ID, b.Body.ID))
	})
	return all, nil
}

// LastingAt lists the memberships of a body that last.
func (tx *Tx) LastingAt(ctx context.Context, of body.ID) ([]person.Membership, error) {
	return collect(ctx, tx.runner, scanMembership, `
		SELECT `+membershipColumns+` FROM membership WHERE body = $1 AND left_on = '' AND reason = '' ORDER BY id`, int64(of))
}

// HeldAt lists the holdings at a body that have not ended.
func (tx *Tx) HeldAt(ctx context.Context, of body.ID) ([]person.Holding, error) {
	return collect(ctx, tx.runner, scanHolding, `
		SELECT `+holdingColumns+` FROM holding WHERE actual_end = '' AND office IN (SELECT id FROM office WHERE body = $1) ORDER BY id`, int64(of))
}

// OpenTasksOf lists the open tasks of a body.
func (tx *Tx) OpenTasksOf(ctx context.Context, of body.ID) ([]office.Task, error) {
	return collect(ctx, tx.runner, scanTask, `SELECT `+taskColumns+` FROM task WHERE body = $1 AND status = 'open' ORDER BY id`, int64(of))
}

// PlannedOf lists the deeds that a body has planned.
func (tx *Tx) PlannedOf(ctx context.Context, of body.ID) ([]deed.Deed, error) {
	return tx.deedsOf(ctx, `body = $1 AND status = 'planned'`, int64(of))
}

// DoneAfter lists the deeds that a body did after a day.
func (tx *Tx) DoneAfter(ctx context.Context, of body.ID, last calendar.Day) ([]deed.Deed, error) {
	return tx.deedsOf(ctx, `body = $1 AND status = 'done' AND day_first > $2`, int64(of), int64(last))
}

func (tx *Tx) deedsOf(ctx context.Context, condition string, args ...any) ([]deed.Deed, error) {
	ids, err := collect(ctx, tx.runner, func(rows *sql.Rows) (id deed.ID, err error) {
		return id, rows.Scan((*int64)(&id))
	}, `SELECT id FROM deed WHERE `+condition+` ORDER BY id`, args...)
	if err != nil {
		return nil, err
	}
	var all []deed.Deed
	for _, id := range ids {
		d, err := tx.Deed(ctx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}

// HeldByFund tells what the accounts of a fund hold, and what of it for purposes.
func (tx *Tx) HeldByFund(ctx context.Context, of body.ID, on calendar.Day) ([]fund.Balance, []fund.PurposeBalance, error) {
	held, err := tx.fundBalances(ctx, of, on)
	if err != nil {
		return nil, nil, err
	}
	purposes, err := tx.PurposesOf(ctx, of)
	if err != nil {
		return nil, nil, err
	}
	accounts, ids := make([]fund.Account, len(held)), make([]fund.AccountID, len(held))
	for i, h := range held {
		accounts[i], ids[i] = h.Account, h.Account.ID
	}
	turned, err := tx.turnovers(ctx, ids, calendar.Until(on))
	return held, fund.Restricted(purposes, accounts, turned), err
}

// PurposesOf lists the restricted purposes of a body.
func (tx *Tx) PurposesOf(ctx context.Context, of body.ID) ([]fund.Purpose, error) {
	return collect(ctx, tx.runner, scanPurpose, `SELECT `+purposeColumns+` FROM purpose WHERE body = $1 ORDER BY code`, int64(of))
}

// GoodsOf tells what goods a body has in store.
func (tx *Tx) GoodsOf(ctx context.Context, of body.ID, on calendar.Day) ([]fund.Good, error) {
	return tx.View().Stock(ctx, of, on)
}

const settlementColumns = `id, body, heir, what, way, day, number, decided, issuer, title, note, count, made, recorded, recorder`

// InsertSettlement writes an act by which something left was settled.
func (tx *Tx) InsertSettlement(ctx context.Context, s lineage.Settlement) error {
	made, err := json.Marshal(s.Made)
	if err != nil {
		return fmt.Errorf("write a settlement: %w", err)
	}
	_, err = tx.exec(ctx, `INSERT INTO settlement (`+settlementColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		s.ID, int64(s.Body), int64(s.Heir), string(s.What), string(s.Way), int64(s.Day), s.Paper.Number, s.Paper.Date.EDTF(), s.Paper.Issuer, s.Paper.Title,
		s.Note, s.Count, string(made), s.Recorded, int64(s.Recorder), tx.book.root)
	if err == nil {
		tx.note("settlement", s.ID, s.Body, nil, s)
	}
	return err
}

// Settlements lists the acts by which what a body left was settled, the latest
// first: those of which it was the heir as well.
func (v *View) Settlements(ctx context.Context, of body.ID) ([]lineage.Settlement, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, scanSettlement, `SELECT `+settlementColumns+` FROM settlement WHERE body = $1 OR heir = $1 ORDER BY recorded DESC, id DESC`, int64(of))
}

// LastingMember is a membership that lasts, with whose it is.
type LastingMember struct {
	ID     int64
	Name   string
	Number string
}

// LastingMembers lists who is still a member of one body, by name.
func (v *View) LastingMembers(ctx context.Context, of body.ID) ([]LastingMember, error) {
	if err := v.actor.May(access.ReadRoll, of); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (LastingMember, error) {
		var m LastingMember
		return m, rows.Scan(&m.ID, &m.Name, &m.Number)
	}, `SELECT m.id, p.name, m.number FROM membership m JOIN person p ON p.id = m.person
		WHERE m.body = $1 AND m.left_on = '' AND m.reason = '' ORDER BY p.sort, m.id`, int64(of))
}
