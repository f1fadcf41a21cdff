package body

import (
	"context"
	"slices"

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
// its official code and its parents, each for its period, as far as they have come
// by today. What the book already holds stays as it is.
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
	b := FromPlace(m, u).asOf(tx.Today())
	if taken, err := tx.CodeTaken(ctx, b.Code); err != nil {
		return Body{}, err
	} else if taken {
		return Body{}, fault.Refuse("body.code.taken", b.Code)
	}
	if err := tx.InsertBody(ctx, b); err != nil {
		return Body{}, err
	}
	for _, e := range EdgesFromPlace(u, tx.Today()) {
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

// EdgesFromPlace tells what a unit of the map stood in, as far as it was known on a
// day.
func EdgesFromPlace(u place.Unit, today calendar.Day) []Edge {
	var all []Edge
	for _, p := range u.Parents {
		if p.During.From <= today {
			all = append(all, Edge{Axis: Administrative, Child: ID(u.ID), Parent: ID(p.ID), Since: p.During.From, Until: openAfter(p.During.To, today)})
		}
	}
	return all
}

// openAfter leaves an end open that has not come on a day.
func openAfter(until, today calendar.Day) calendar.Day {
	if until >= today {
		return calendar.Latest
	}
	return until
}

// asOf forgets of a unit what had not come on a day: its end, later names, levels
// and codes.
func (b Body) asOf(today calendar.Day) Body {
	if last, known := b.Ended.Last(); known && last >= today {
		b.Ended = calendar.Date{}
	}
	first := b.Names[0].Since
	b.Names = slices.DeleteFunc(b.Names, func(n Name) bool { return n.Since > today && n.Since > first })
	for i := range b.Names {
		b.Names[i].Until = openAfter(b.Names[i].Until, today)
	}
	for i := range b.Levels {
		b.Levels[i].Until = openAfter(b.Levels[i].Until, today)
	}
	for i := range b.Codes {
		b.Codes[i].Until = openAfter(b.Codes[i].Until, today)
	}
	return b
}

// LearnTx is what learning of the end of a unit needs of a transaction.
type LearnTx interface {
	Today() calendar.Day
	Tree() *Tree
	Lineage() *Lineage
	Body(ctx context.Context, id ID) (Body, error)
	UpdateBody(ctx context.Context, b Body) error
	SetParents(ctx context.Context, child ID, edges []Edge) error
}

// Learn lets a unit end that the book took in before its end had come, on the day
// that the map tells. It says whether there was anything to learn.
func Learn(ctx context.Context, tx LearnTx, u place.Unit) (bool, error) {
	id, last := ID(u.ID), u.During.To
	if last >= tx.Today() || tx.Lineage().Life(id).To != calendar.Latest {
		return false, nil
	}
	b, err := tx.Body(ctx, id)
	if err != nil {
		return false, err
	}
	b.Ended = calendar.OnDay(last)
	b.Names, b.Levels, b.Codes = slices.Clone(b.Names), closedStandings(slices.Clone(b.Levels), last), closedCodes(slices.Clone(b.Codes), last)
	for i, n := range b.Names {
		if n.Since <= last {
			b.Names[i].Until = min(n.Until, last)
		}
	}
	b.Revision++
	if err := tx.UpdateBody(ctx, b); err != nil {
		return false, err
	}
	return true, tx.SetParents(ctx, id, closedEdges(tx.Tree().Parents(id), last))
}

// Unlearn takes back what Learn wrote.
func Unlearn(ctx context.Context, tx LearnTx, u place.Unit) error {
	id, last := ID(u.ID), u.During.To
	b, err := tx.Body(ctx, id)
	if err != nil {
		return err
	}
	open := func(until calendar.Day) calendar.Day {
		if until == last {
			return calendar.Latest
		}
		return until
	}
	b.Ended = calendar.Date{}
	b.Names, b.Levels, b.Codes = slices.Clone(b.Names), slices.Clone(b.Levels), slices.Clone(b.Codes)
	for i := range b.Names {
		b.Names[i].Until = open(b.Names[i].Until)
	}
	for i := range b.Levels {
		b.Levels[i].Until = open(b.Levels[i].Until)
	}
	for i := range b.Codes {
		b.Codes[i].Until = open(b.Codes[i].Until)
	}
	b.Revision++
	if err := tx.UpdateBody(ctx, b); err != nil {
		return err
	}
	edges := tx.Tree().Parents(id)
	for i := range edges {
		edges[i].Until = open(edges[i].Until)
	}
	return tx.SetParents(ctx, id, edges)
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
