package body

import (
	"context"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/place"
)

// HoldTx is what holding a unit needs of a transaction.
type HoldTx interface {
	Tx
	BodyKnown(ctx context.Context, id ID) (bool, error)
}

// Hold makes an administrative unit of the shipped map a body of this book, and
// everything it ever stood in: with its fixed id, every name it bore, its level,
// its official code and its parents, each for its period. What the book already
// holds stays as it is.
func Hold(ctx context.Context, tx HoldTx, m *place.Map, unit place.ID) (Body, error) {
	id := ID(unit)
	if known, err := tx.BodyKnown(ctx, id); err != nil {
		return Body{}, err
	} else if known {
		return tx.Body(ctx, id)
	}
	u, err := m.Unit(unit)
	if err != nil {
		return Body{}, err
	}
	for _, p := range u.Parents {
		if known, err := tx.BodyKnown(ctx, ID(p.ID)); err != nil || known { // not read: a great many are held at once
			if err != nil {
				return Body{}, err
			}
			continue
		}
		if _, err := Hold(ctx, tx, m, p.ID); err != nil {
			return Body{}, err
		}
	}
	b := FromPlace(m, u)
	if taken, err := tx.CodeTaken(ctx, b.Code); err != nil {
		return Body{}, err
	} else if taken {
		return Body{}, fault.Refuse("body.code.taken", b.Code)
	}
	if err := tx.InsertBody(ctx, b); err != nil {
		return Body{}, err
	}
	for _, p := range u.Parents {
		e := Edge{Axis: Administrative, Child: id, Parent: ID(p.ID), Since: p.During.From, Until: p.During.To}
		if err := tx.PlaceUnder(ctx, e); err != nil {
			return Body{}, err
		}
	}
	return b, nil
}

// FromPlace describes a unit of the map as a body.
func FromPlace(m *place.Map, u place.Unit) Body {
	b := Body{ID: ID(u.ID), Code: m.Handle(u.ID), Kind: Locality, Seat: int64(u.ID), Revision: 1}
	if u.During.From > calendar.Earliest {
		b.Founded = calendar.OnDay(u.During.From)
	}
	if !u.During.IsOpen() {
		b.Ended = calendar.OnDay(u.During.To)
	}
	for _, n := range u.Names {
		_, own := place.Part(n.Full)
		b.Names = append(b.Names, Name{Lang: "vi", Full: n.Full, Short: own, Since: n.During.From, Until: n.During.To})
	}
	b.Levels = []Standing{{Level: LevelOf(u.Level), Since: u.During.From, Until: u.During.To}}
	b.Codes = []OfficialCode{{Scheme: Official, Code: u.Code, Since: u.During.From, Until: u.During.To}}
	return b
}

// LevelOf is the level of a unit of the map.
func LevelOf(l place.Level) Level {
	switch l {
	case place.Province:
		return Province
	case place.District:
		return District
	default:
		return Commune
	}
}
