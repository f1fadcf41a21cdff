package delegation

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/source"
	"kith.app/internal/tie"
)

// SideOf gives the side of a tie that made a promise during a visit: ours is that
// of who received the guests or travelled, theirs the other; 0 where the parties
// of the deed do not stand in the tie.
func SideOf(t tie.Tie, d deed.Deed, ours bool) int {
	home, away := 0, 0
	for _, p := range d.Parties {
		side := t.SideOf(p.Body)
		if p.Body == 0 || side == 0 {
			continue
		}
		if came := p.Role == deed.Guest || p.Role == deed.Participant || p.Role == deed.Visitor; came == (d.Kind == KindIn) {
			away = side
		} else {
			home = side
		}
	}
	if home == 0 && away != 0 && t.Sides() == 2 {
		home = 3 - away
	}
	if away == 0 && home != 0 && t.Sides() == 2 {
		away = 3 - home
	}
	if ours {
		return home
	}
	return away
}

// EntrustTx is what handing a promise to a tie needs of a transaction.
type EntrustTx interface {
	Tx
	tie.PromiseTx
}

// Handing says which promise of a visit goes to which tie. Who names the side in
// words where the tie does not know its bodies.
type Handing struct {
	Deed deed.ID
	N    int
	Tie  tie.ID
	Who  string
}

// Entrust hands a promise of a visit to a tie, which from then on watches over it.
func Entrust(ctx context.Context, tx EntrustTx, by access.Actor, h Handing) (tie.Promise, error) {
	id, n := h.Deed, h.N
	v, err := tx.Visit(ctx, id)
	if err != nil {
		return tie.Promise{}, err
	}
	d, err := tx.Deed(ctx, id)
	if err != nil {
		return tie.Promise{}, err
	}
	if err := by.May(access.PostDeeds, d.Body); err != nil {
		return tie.Promise{}, err
	}
	if n < 0 || n >= len(v.Promises) {
		return tie.Promise{}, fault.Field("which", "delegation.promise.missing")
	}
	p := v.Promises[n]
	if p.Moved != 0 || p.Done != 0 {
		return tie.Promise{}, fault.Field("which", "delegation.promise.moved")
	}
	t, err := tx.Tie(ctx, h.Tie)
	if fault.KindOf(err) == fault.NotFound {
		return tie.Promise{}, fault.Field("tie", "delegation.promise.tie")
	}
	if err != nil {
		return tie.Promise{}, err
	}
	made := d.Day
	if last, known := d.Day.Last(); known {
		made = calendar.OnDay(last)
	}
	handed := tie.Promise{Tie: h.Tie, Side: SideOf(t, d, p.Ours), Text: p.Text, Made: made, Due: p.Due, Source: source.Source{Kind: source.Form, Title: strings.TrimSpace(d.Title)}}
	if handed.Side == 0 {
		handed.Who = h.Who
	}
	if handed, err = tie.Undertake(ctx, tx, by, handed); err != nil {
		return tie.Promise{}, err
	}
	v.Promises = slices.Clone(v.Promises)
	v.Promises[n].Moved = int64(handed.ID)
	_, err = Keep(ctx, tx, by, v, v.Revision)
	return handed, err
}
