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
	"kith.app/internal/text"
)

const moveStockColumns = `id, body, day, item, qty, person, name, note, undoes, recorded, recorder`

func scanStockMove(rows *sql.Rows) (fund.StockMove, error) {
	var m fund.StockMove
	var day string
	err := rows.Scan(&m.ID, (*int64)(&m.Body), &day, &m.Item, &m.Quantity, (*int64)(&m.Person), &m.Name, &m.Note, &m.Undoes, &m.Recorded, (*int64)(&m.Recorder))
	if err != nil {
		return m, err
	}
	return m, dates(&m.Day, day)
}

// StockMove reads one movement of goods made by hand.
func (r reader) StockMove(ctx context.Context, id int64) (fund.StockMove, error) {
	found, err := collect(ctx, r.runner, scanStockMove, `SELECT `+moveStockColumns+` FROM stock_move WHERE id = $1`, id)
	if err != nil {
		return fund.StockMove{}, err
	}
	if len(found) == 0 {
		return fund.StockMove{}, fault.Missing("fund.stock.missing")
	}
	return found[0], nil
}

// InsertStockMove writes a movement of goods.
func (tx *Tx) InsertStockMove(ctx context.Context, m fund.StockMove) error {
	_, err := tx.exec(ctx, `INSERT INTO stock_move (`+moveStockColumns+`, day_last, fold, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		m.ID, int64(m.Body), m.Day.EDTF(), m.Item, m.Quantity, int64(m.Person), m.Name, m.Note, m.Undoes, m.Recorded, int64(m.Recorder),
		int64(m.Day.LastOr(tx.Today())), text.Fold(m.Item), tx.book.root)
	if err == nil {
		tx.note("stock_move", m.ID, m.Body, nil, m)
	}
	return err
}

// StockMoves lists the movements of goods a body entered by hand, the latest
// first.
func (v *View) StockMoves(ctx context.Context, of body.ID) ([]fund.StockMove, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, scanStockMove, `SELECT `+moveStockColumns+` FROM stock_move WHERE root = $1 AND body = $2 ORDER BY day_last DESC, id DESC`,
		v.r.book.root, int64(of))
}

// Stock tells what goods in kind a body received, handed out and still has at
// the end of a day: what its deeds say and what was entered by hand.
func (v *View) Stock(ctx context.Context, of body.ID, on calendar.Day) ([]fund.Good, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return nil, err
	}
	var goods fund.Goods
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var item string
		var qty, back int64
		if err := rows.Scan(&item, &qty, &back); err != nil {
			return err
		}
		if (qty > 0) == (back == 0) {
			goods.Came(item, qty)
		} else {
			goods.Went(item, -qty)
		}
		return nil
	}, `SELECT item, qty, undoes FROM stock_move WHERE root = $1 AND body = $2 AND day_last <= $3 ORDER BY id`, v.r.book.root, int64(of), int64(on))
	if err != nil {
		return nil, err
	}
	if err := v.deedGoods(ctx, &goods, of, on); err != nil {
		return nil, err
	}
	return goods.List(), nil
}

// deedGoods adds what the lines of a body's deeds say of goods.
func (v *View) deedGoods(ctx context.Context, goods *fund.Goods, of body.ID, on calendar.Day) error {
	kinds, err := v.r.Kinds(ctx)
	if err != nil {
		return err
	}
	comes := map[string]bool{}
	for _, k := range kinds {
		comes[k.Code] = k.Receipt
	}
	return v.r.each(ctx, func(rows *sql.Rows) error {
		var item, code string
		var qty int64
		if err := rows.Scan(&item, &code, &qty); err != nil {
			return err
		}
		m, err := deed.ParseMeasure(code)
		switch {
		case err != nil:
			return err
		case m.Unit != deed.Things || m.Stage != deed.Given && m.Stage != deed.Delivered:
		case comes[m.Kind]:
			goods.Came(item, qty)
		default:
			goods.Went(item, qty)
		}
		return nil
	}, `SELECT l.item, m.code, SUM(l.qty) FROM line l JOIN measure m ON m.id = l.measure
		WHERE l.root = $1 AND l.body = $2 AND l.item <> '' AND l.day_last <= $3 GROUP BY l.item, m.code ORDER BY l.item, m.code`,
		v.r.book.root, int64(of), int64(on))
}
