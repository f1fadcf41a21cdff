package intake

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/tie"
)

// compareTie compares the tie of a row with the one that the book has.
func (p *proposal) compareTie(r *reading, k *knownTies, d *tieDraft, row *Row) {
	if err := p.actor.May(Ties.Right(), p.home); err != nil {
		r.refuse("a", err)
		return
	}
	known := k.outside[d.tie.Outside]
	if d.tie.Outside == "" || known == nil {
		known = nil
		for _, one := range k.pairs[pairOf(d.a.id, d.b.id)] {
			if d.a.known() && d.b.known() && one.Kind == d.tie.Kind {
				known = one
			}
		}
	}
	if known == nil {
		row.What, row.draft = New, d
		return
	}
	p.compareWith(r, known, d, row)
}

// compareWith compares what a row tells with the tie of the book that it means.
func (p *proposal) compareWith(r *reading, known *tie.Tie, d *tieDraft, row *Row) {
	if err := p.actor.May(Ties.Right(), p.home); err != nil {
		r.refuse("a", err)
		return
	}
	c := &comparison{p: p, row: row}
	after := *known
	after.Stages = slices.Clone(known.Stages)
	c.text("note", d.tie.Note, &after.Note)
	c.text("reason", d.tie.Reason, &after.Reason)
	c.date("expiry", d.tie.Expiry, &after.Expiry)
	if fields := strings.Join(d.tie.Fields, ", "); fields != "" && fields != strings.Join(after.Fields, ", ") {
		c.note("fields", strings.Join(after.Fields, ", "), fields)
		after.Fields = d.tie.Fields
	}
	if len(d.tie.Stages) > 0 {
		told := d.tie.Stages[0]
		i := slices.IndexFunc(after.Stages, func(s tie.Stage) bool { return s.Kind == tie.Signature })
		if i < 0 {
			c.note("date", "", told.Date.EDTF())
			after.Stages = append(after.Stages, told)
		} else {
			c.date("date", told.Date, &after.Stages[i].Date)
			c.text("place", told.Place, &after.Stages[i].Place)
			c.text("paper", told.Paper.Number, &after.Stages[i].Paper.Number)
		}
	}
	row.Ref, row.What = int64(known.ID), Same
	if len(row.Changes) > 0 {
		row.What, row.draft = Update, &tieDraft{tie: after, based: known.Revision}
	}
}

// apply enters the tie with the bodies that it joins, or says more of it.
func (d *tieDraft) apply(ctx context.Context, w *writing) error {
	if d.based != 0 {
		if _, err := tie.Amend(ctx, w.tx, w.by, d.tie, d.based); err != nil {
			return err
		}
		for _, s := range d.tie.Stages {
			if s.Kind == tie.Signature {
				_, err := tie.Record(ctx, w.tx, w.by, d.tie.ID, s)
				return err
			}
		}
		return nil
	}
	t := d.tie
	for side, party := range []tieParty{d.a, d.b} {
		id, err := party.found(ctx, w, t.Body)
		if err != nil {
			return err
		}
		p := tie.Party{Side: side + 1, Body: id, Land: party.land}
		if len(party.fresh.Levels) > 0 {
			p.Level = tie.Level(party.fresh.Levels[0].Level)
		}
		t.Parties = append(t.Parties, p)
	}
	t.Job = w.tx.Job()
	_, err := tie.Enter(ctx, w.tx, w.by, t)
	return err
}

// found gives the body of a party, entering it once for the whole table.
func (p tieParty) found(ctx context.Context, w *writing, keeper body.ID) (body.ID, error) {
	if p.known() {
		return p.id, nil
	}
	if id := w.partners[p.key]; id != 0 {
		return id, nil
	}
	b, err := tie.Partner(ctx, w.tx, w.by, keeper, p.fresh)
	if err == nil {
		w.partners[p.key] = b.ID
	}
	return b.ID, err
}
