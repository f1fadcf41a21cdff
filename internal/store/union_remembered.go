package store

import (
	"context"
	"database/sql"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/source"
	"kith.app/internal/text"
	"kith.app/internal/union"
)

// IncenseVisits finds for each of some people remembered the deeds done that went
// to where they lie or live: those that name the place, as their place, in their
// title or in a stop of a visit's programme. Only deeds that the actor may read.
func (v *View) IncenseVisits(ctx context.Context, of body.ID, all []union.Memorial) (map[int64][]deed.Deed, error) {
	f := &filter{}
	f.and(`d.root = ? AND d.status = 'done'`, v.r.book.root)
	f.and(`d.body ` + list(f, append(v.Tree().EverBelow(of), of)))
	if reach := v.reach(access.ReadDeeds); !reach.All {
		f.and(`d.body ` + list(f, reach.Bodies))
	}
	found := map[int64][]deed.Deed{}
	if len(all) == 0 {
		return found, nil
	}
	return found, v.r.each(ctx, func(rows *sql.Rows) error {
		var d deed.Deed
		var day, visit string
		if err := rows.Scan((*int64)(&d.ID), (*int64)(&d.Body), &d.Kind, &d.Title, &day, &d.PlaceNote, &visit); err != nil {
			return err
		}
		if err := dates(&d.Day, day); err != nil {
			return err
		}
		said := text.Fold(d.Title + " " + d.PlaceNote + " " + visit)
		for _, m := range all {
			if where := text.Fold(m.Where); where != "" && strings.Contains(said, where) {
				found[m.ID] = append(found[m.ID], d)
			}
		}
		return nil
	}, `SELECT d.id, d.body, d.kind, d.title, d.day, d.place_note, COALESCE(w.data, '') FROM deed d LEFT JOIN visit w ON w.deed = d.id WHERE `+f.where()+` ORDER BY d.day_first, d.id`, f.args...)
}

// Taken is one record that names an article as its source.
type Taken struct {
	What  string // deed, tie, promise, figure
	Ref   int64
	Code  string
	Text  string
	Quote string
}

// TakenFrom lists by the title of an article what was taken from it into the book:
// deeds, ties with their stages, promises, stated figures, of a body and of those
// below it, as far as the actor may read them.
func (v *View) TakenFrom(ctx context.Context, of body.ID) (map[string][]Taken, error) {
	if err := v.actor.May(access.ReadDeeds, of); err != nil {
		return nil, err
	}
	taken := map[string][]Taken{}
	add := func(s source.Source, t Taken) {
		if s.Kind == source.Article && s.Title != "" {
			t.Quote = s.Quote
			taken[s.Title] = append(taken[s.Title], t)
		}
	}
	bodies := append(v.Tree().EverBelow(of), of)
	f := &filter{}
	f.and(`root = ? AND source LIKE '%"article"%'`, v.r.book.root)
	f.and(`body ` + list(f, bodies))
	deeds, err := collect(ctx, v.r.runner, scanDeed, `SELECT `+deedColumns+` FROM deed WHERE `+f.where()+` ORDER BY day_first, id`, f.args...)
	if err != nil {
		return nil, err
	}
	for _, d := range deeds {
		if v.actor.Can(access.ReadDeeds, d.Body) {
			add(d.Source, Taken{What: "deed", Ref: int64(d.ID), Text: d.Title})
		}
	}
	if err := v.takenUnderTies(ctx, bodies, add); err != nil {
		return nil, err
	}
	f = &filter{}
	f.and(`root = ? AND source LIKE '%"article"%'`, v.r.book.root)
	f.and(`body ` + list(f, bodies))
	return taken, v.r.each(ctx, func(rows *sql.Rows) error {
		var at body.ID
		var measure, raw string
		var from source.Source
		if err := rows.Scan((*int64)(&at), &measure, &raw); err != nil {
			return err
		}
		if err := unpack(raw, &from); err != nil || !v.actor.Can(access.ReadDeeds, at) {
			return err
		}
		add(from, Taken{What: "figure", Text: measure})
		return nil
	}, `SELECT body, measure, source FROM stated WHERE `+f.where()+` ORDER BY day_first, id`, f.args...)
}

// takenUnderTies adds what stands in the ties that are on the books of some bodies
// or in which they stand.
func (v *View) takenUnderTies(ctx context.Context, bodies []body.ID, add func(source.Source, Taken)) error {
	f := &filter{}
	v.tiesWithin(f, `id`)
	f.and(`(body ` + list(f, bodies) + ` OR id IN (SELECT tie FROM tie_party WHERE body ` + list(f, bodies) + `))`)
	rows, err := v.tiesOf(ctx, f)
	if err != nil {
		return err
	}
	for _, row := range rows {
		title := row.Code
		if len(row.Titles) > 0 {
			title = row.Titles[0].Text
		}
		add(row.Source, Taken{What: "tie", Ref: int64(row.ID), Code: row.Code, Text: title})
		for _, s := range row.Stages {
			if s.Source.Title != row.Source.Title || s.Source.Quote != "" {
				add(s.Source, Taken{What: "tie", Ref: int64(row.ID), Code: row.Code, Text: title})
			}
		}
		promises, err := v.PromisesUnder(ctx, row.ID)
		if err != nil {
			return err
		}
		for _, p := range promises {
			add(p.Source, Taken{What: "promise", Ref: int64(p.ID), Text: p.Text})
		}
	}
	return nil
}
