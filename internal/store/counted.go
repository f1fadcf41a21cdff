package store

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/border"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/tally"
)

// behind lists the bodies whose deeds may stand behind a figure.
func (v *View) behind(q tally.Query) ([]body.ID, error) {
	var bodies []body.ID
	switch q.Borders.Extent {
	case tally.Today, tally.OnDay:
		g, _, err := v.ground(access.ReadFigures, q.Body, q.Borders)
		if err != nil || !q.OwnOnly {
			return g.Bodies(), err
		}
		bodies = slices.Clone(g.Own)
		for _, p := range g.OwnShares {
			bodies = append(bodies, p.Body)
		}
		return bodies, nil
	case tally.OwnLine:
		line, err := v.line(access.ReadFigures, q.Body)
		if err != nil {
			return nil, err
		}
		bodies = line
	case tally.Then:
		if err := v.actor.May(access.ReadFigures, q.Body); err != nil {
			return nil, err
		}
		bodies = []body.ID{q.Body}
	}
	if !q.OwnOnly {
		for _, id := range bodies[:len(bodies):len(bodies)] {
			bodies = append(bodies, v.Tree().EverBelow(id)...)
		}
	}
	return distinct(bodies), nil
}

// distinct gives a list without repeats, by id.
func distinct(ids []body.ID) []body.ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// DeedsBehind counts the deeds in force behind a figure of a period: those
// whose date lies wholly inside it.
func (v *View) DeedsBehind(ctx context.Context, q tally.Query) (int64, error) {
	bodies, err := v.behind(q)
	if err != nil {
		return 0, err
	}
	const measured = `EXISTS (SELECT 1 FROM line l WHERE l.root = d.root AND l.body = d.body AND l.deed = d.id AND l.revision = d.revision AND l.undoes = 0 AND l.measure = `
	if len(bodies) <= listMost && q.Body == v.Root() && !q.OwnOnly {
		f := &filter{}
		f.and(`d.root = ? AND d.kind = ? AND d.day_first >= ? AND d.day_last <= ? AND d.status = 'done'`, v.r.book.root, q.Measure.Kind, int64(q.Period.From), int64(q.Period.To))
		f.and(`d.body ` + list(f, bodies))
		f.and(measured+`?)`, measureID(q.Measure.Key()))
		return v.countedDeeds(ctx, f)
	}
	var sum int64
	for some := range slices.Chunk(bodies, listMost) { // a deed has one home
		list, args := padded([]any{v.r.book.root, q.Measure.Kind, int64(q.Period.From), int64(q.Period.To), measureID(q.Measure.Key())}, some)
		var n int64
		err := v.r.one(ctx, `
			SELECT count(*) FROM deed d
			WHERE d.root = $1 AND d.kind = $2 AND d.day_first >= $3 AND d.day_last <= $4 AND d.status = 'done' AND d.body `+list+` AND `+measured+`$5)`, args, &n)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

// NamedReceivers counts the different people named as receivers in deeds of a
// kind whose date lies inside a period, and of how many acts they are known. It
// is a least number: who was not named, as in figures brought forward, may be
// anyone.
func (v *View) NamedReceivers(ctx context.Context, of body.ID, kind string, p calendar.Period) (tally.Named, error) {
	return v.NamedBehind(ctx, tally.Query{Body: of, Measure: deed.Measure{Kind: kind, Unit: deed.Acts}, Period: p})
}

// NamedBehind counts the same on any borders.
func (v *View) NamedBehind(ctx context.Context, q tally.Query) (tally.Named, error) {
	bodies, err := v.behind(q)
	if err != nil {
		return tally.Named{}, err
	}
	acts := deed.Measure{Kind: q.Measure.Kind, Unit: deed.Acts}
	list, args := padded([]any{v.r.book.root, q.Measure.Kind, int64(q.Period.From), int64(q.Period.To)}, bodies)
	const named = `LEFT JOIN party p ON p.deed = d.id AND p.person <> 0 AND p.role IN ('receiver', 'participant')`
	where := `WHERE d.root = $1 AND d.kind = $2 AND d.day_first >= $3 AND d.day_last <= $4 AND d.status = 'done' AND d.body ` + list
	var n tally.Named
	err = v.r.one(ctx, `SELECT count(DISTINCT p.person), count(DISTINCT d.id) FROM deed d `+named+` `+where, args, &n.People, &n.Deeds)
	if err != nil {
		return tally.Named{}, err
	}
	args = append(args, measureID(acts.Key()))
	err = v.r.one(ctx, `
		SELECT CAST(COALESCE(SUM(acts), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN known < acts THEN known ELSE acts END), 0) AS BIGINT)
		FROM (
		  SELECT d.id, COALESCE(MAX(l.qty), 1) AS acts, count(DISTINCT p.person) AS known
		  FROM deed d
		  LEFT JOIN line l ON l.root = d.root AND l.body = d.body AND l.deed = d.id AND l.revision = d.revision AND l.undoes = 0 AND l.measure = `+dollar(len(args))+`
		  `+named+` `+where+`
		  GROUP BY d.id) AS each_deed`, args, &n.Acts, &n.With)
	return n, err
}

// MembersOn counts the people who are members of a body or of any below it on
// a day. A membership without a beginning counts from the first; one that
// ended on an unknown day has ended.
func (v *View) MembersOn(ctx context.Context, of body.ID, on calendar.Day) (int64, error) {
	f, err := v.StockOn(ctx, tally.Query{Body: of}, tally.Members, on)
	return f.Qty, err
}

// HouseholdsOn counts the households of which at least one person is a member
// of a body or of any below it on a day.
func (v *View) HouseholdsOn(ctx context.Context, of body.ID, on calendar.Day) (int64, error) {
	f, err := v.StockOn(ctx, tally.Query{Body: of}, tally.Households, on)
	return f.Qty, err
}

// StockOn counts the members or households of a body and all below it on a day, on
// the borders asked: of that day, of another, or of the body's own line.
func (v *View) StockOn(ctx context.Context, q tally.Query, stock string, on calendar.Day) (tally.Figure, error) {
	var f tally.Figure
	switch q.Borders.Extent {
	case tally.Then, tally.OwnLine:
		line, err := []body.ID{q.Body}, v.actor.May(access.ReadFigures, q.Body)
		if q.Borders.Extent == tally.OwnLine {
			line, err = v.line(access.ReadFigures, q.Body)
			f.Of = line
		}
		if err != nil {
			return tally.Figure{}, err
		}
		all := slices.Clone(line)
		for _, id := range line {
			if !q.OwnOnly {
				all = append(all, v.Tree().Below(id, on)...)
			}
		}
		f.Qty, err = v.r.stock(ctx, stock, distinct(all), on)
		return f, err
	case tally.Today, tally.OnDay:
	}
	g, _, err := v.ground(access.ReadFigures, q.Body, q.Borders)
	if err != nil {
		return tally.Figure{}, err
	}
	return v.r.stockIn(ctx, g, q, stock, on)
}

// stockIn counts the members or households of a ground.
func (r reader) stockIn(ctx context.Context, g border.Ground, q tally.Query, stock string, on calendar.Day) (tally.Figure, error) {
	f := tally.Figure{Of: g.Nodes}
	whole, shares := slices.Concat(g.Own, g.Below), g.Shares
	if q.OwnOnly {
		whole, shares, g.Rests = g.Own, g.OwnShares, nil
	}
	var err error
	if f.Qty, err = r.stock(ctx, stock, whole, on); err != nil {
		return f, err
	}
	for _, p := range shares {
		n, err := r.stock(ctx, stock, []body.ID{p.Body}, on)
		if err != nil {
			return f, err
		}
		f.Qty += p.Of(n)
	}
	for _, rest := range g.Rests {
		one := tally.Rest{Between: rest.Between, Included: rest.Included}
		for _, p := range rest.From {
			n, err := r.stock(ctx, stock, []body.ID{p.Body}, on)
			if err != nil {
				return f, err
			}
			one.Qty += p.Of(n)
		}
		if one.Qty != 0 {
			f.NotDivisible = append(f.NotDivisible, one)
		}
	}
	return f, nil
}

// stock counts the members or households of some bodies on a day.
func (r reader) stock(ctx context.Context, stock string, bodies []body.ID, on calendar.Day) (int64, error) {
	list, args := padded([]any{r.book.root, int64(on)}, bodies)
	var n int64
	switch stock {
	case tally.Members:
		err := r.one(ctx, `
			SELECT count(DISTINCT person) FROM membership
			WHERE root = $1 AND person <> 0 AND (joined_first IS NULL OR joined_first <= $2) AND (left_last IS NULL OR left_last >= $2) AND body `+list, args, &n)
		return n, err
	case tally.Households:
		err := r.one(ctx, `
			SELECT count(DISTINCT p.household) FROM membership m JOIN person p ON p.id = m.person
			WHERE m.root = $1 AND p.household <> 0 AND (m.joined_first IS NULL OR m.joined_first <= $2) AND (m.left_last IS NULL OR m.left_last >= $2) AND m.body `+list, args, &n)
		return n, err
	}
	return 0, fault.Field("measure", "deed.measure.unknown", stock)
}
