package fund

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/text"
)

// StockMove is goods in kind that came or went by hand; goods of deeds are
// read from the deeds.
type StockMove struct {
	ID       int64         `json:"id"`
	Body     body.ID       `json:"body"`
	Day      calendar.Date `json:"day"`
	Item     string        `json:"item"`
	Quantity int64         `json:"quantity"` // below nought when it goes out
	Person   person.ID     `json:"person,omitempty"`
	Name     string        `json:"name,omitempty"`
	Note     string        `json:"note,omitempty"`
	Undoes   int64         `json:"undoes,omitempty"`
	Recorded int64         `json:"recorded"`
	Recorder person.ID     `json:"recorder,omitempty"`
}

// StockTx is what moving goods needs of a transaction.
type StockTx interface {
	NewID() int64
	NowMilli() int64
	Today() calendar.Day
	StockMove(ctx context.Context, id int64) (StockMove, error)
	InsertStockMove(ctx context.Context, m StockMove) error
}

// maxQuantity bounds one movement of goods.
const maxQuantity = 1_000_000_000

// MoveStock records goods that came (above nought) or went (below).
func MoveStock(ctx context.Context, tx StockTx, by access.Actor, m StockMove) (StockMove, error) {
	if !by.Can(access.PostDeeds, m.Body) {
		if err := by.May(access.KeepFund, m.Body); err != nil {
			return StockMove{}, err
		}
	}
	m.Item = strings.TrimSpace(m.Item)
	first, dated := m.Day.First()
	switch {
	case m.Item == "" || len([]rune(m.Item)) > 200:
		return StockMove{}, fault.Field("item", "fund.stock.item")
	case m.Quantity == 0 || m.Quantity > maxQuantity || m.Quantity < -maxQuantity:
		return StockMove{}, fault.Field("quantity", "fund.stock.quantity")
	case dated && first > tx.Today():
		return StockMove{}, fault.Field("day", "fund.day.future")
	}
	m.ID, m.Recorded, m.Recorder = tx.NewID(), tx.NowMilli(), person.ID(by.Person)
	return m, tx.InsertStockMove(ctx, m)
}

// TakeBackStock undoes a movement of goods entered by mistake.
func TakeBackStock(ctx context.Context, tx StockTx, by access.Actor, id int64, reason string) (StockMove, error) {
	m, err := tx.StockMove(ctx, id)
	if err != nil {
		return StockMove{}, err
	}
	if m.Undoes != 0 {
		return StockMove{}, fault.Refuse("fund.reversal.final")
	}
	if strings.TrimSpace(reason) == "" {
		return StockMove{}, fault.Field("reason", "fund.reason.missing")
	}
	m.Undoes, m.Quantity, m.Note = m.ID, -m.Quantity, reason
	return MoveStock(ctx, tx, by, m)
}

// Good is how much of one kind of goods came, went and is left. What went
// without ever having been entered leaves less than nothing: it shows what is
// missing in the book.
type Good struct {
	Item     string
	Received int64
	Handed   int64
}

// Left is what should still be there.
func (g Good) Left() int64 { return g.Received - g.Handed }

// Goods adds up movements of goods by what they are, however it was spelt.
// What takes a movement back lessens the side it was on.
type Goods struct {
	at  map[string]int
	all []Good
}

// Came counts goods received.
func (g *Goods) Came(item string, n int64) { g.of(item).Received += n }

// Went counts goods handed out.
func (g *Goods) Went(item string, n int64) { g.of(item).Handed += n }

func (g *Goods) of(item string) *Good {
	fold := text.Fold(item)
	i, known := g.at[fold]
	if !known {
		if g.at == nil {
			g.at = map[string]int{}
		}
		i = len(g.all)
		g.at[fold] = i
		g.all = append(g.all, Good{Item: item})
	}
	return &g.all[i]
}

// List gives the goods by name, without those whose movements were all taken
// back.
func (g *Goods) List() []Good {
	all := slices.DeleteFunc(slices.Clone(g.all), func(g Good) bool { return g.Received == 0 && g.Handed == 0 })
	slices.SortFunc(all, func(a, b Good) int { return cmp.Compare(text.Fold(a.Item), text.Fold(b.Item)) })
	return all
}
