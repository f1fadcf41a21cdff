package store

import (
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/border"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/tally"
)

// sheetsOf gives the borders on which a body is to be found: those of localities
// or those of all others.
func (b *Book) sheetsOf(s *state, id body.ID) *sheets {
	localities := b.atlas.of(s.localities, true)
	if localities.shows(id) {
		return localities
	}
	return b.atlas.of(land{s.tree, s.lineage}, false)
}

// bordersDay is the day whose borders are meant.
func (v *View) bordersDay(b tally.Borders) calendar.Day {
	if b.Extent == tally.OnDay {
		return b.Day
	}
	return v.Today()
}

// Borders gives the borders that a body is on, for lists of who stood below it.
// What bodies there are and were is no secret inside the book.
func (v *View) Borders(of body.ID, b tally.Borders) *border.Map {
	return v.r.book.sheetsOf(v.r.book.state.Load(), of).on(v.bordersDay(b))
}

// ground finds what makes up the figure of a body on some borders, and the edition
// that keeps it, if there is one. Whoever answers in the place of the body must be
// within the actor's reach as well.
func (v *View) ground(right access.Right, of body.ID, b tally.Borders) (border.Ground, *edition, error) {
	if err := v.actor.May(right, of); err != nil {
		return border.Ground{}, nil, err
	}
	s := v.r.book.state.Load()
	sheets, day := v.r.book.sheetsOf(s, of), v.bordersDay(b)
	g := sheets.on(day).Ground(of)
	if err := v.mayAlso(right, of, g.Nodes); err != nil {
		return border.Ground{}, nil, err
	}
	if s.surveyed != s.localities || !sheets.localities {
		return g, nil, nil
	}
	for i, e := range s.editions {
		if e.ready() && sheets.since(e.day) == sheets.since(day) {
			return g, &s.editions[i], nil
		}
	}
	return g, nil, nil
}

// Takings reads what makes up a figure on the borders of a day, or of one body's
// own line, where the actor may read figures.
func (v *View) Takings(ctx context.Context, q tally.Query) (tally.Takings, error) {
	if q.Borders.Extent == tally.OwnLine {
		return v.takingsOfLine(ctx, q)
	}
	all, err := v.TakingsOf(ctx, q, []body.ID{q.Body})
	if err != nil {
		return tally.Takings{}, err
	}
	return all[0], nil
}

// TakingsOf reads what makes up the figures of several bodies on the borders of a
// day, in as few statements as for one.
func (v *View) TakingsOf(ctx context.Context, q tally.Query, bodies []body.ID) ([]tally.Takings, error) {
	parts := make([]ingredients, len(bodies))
	var owners []body.ID
	below := map[*edition][]body.ID{}
	for i, id := range bodies {
		g, kept, err := v.ground(access.ReadFigures, id, q.Borders)
		if err != nil {
			return nil, err
		}
		parts[i] = ingredientsOf(g, kept, q.OwnOnly)
		owners = append(owners, parts[i].owners()...)
		if kept != nil && !q.OwnOnly {
			below[kept] = append(below[kept], g.Nodes...)
		}
	}
	own, err := v.r.rowsByBody(ctx, 0, false, distinct(owners), q.Measure)
	if err != nil {
		return nil, err
	}
	kept := map[*edition]map[body.ID][]tally.Row{}
	for e, nodes := range below {
		if kept[e], err = v.r.rowsByBody(ctx, e.id, true, distinct(nodes), q.Measure); err != nil {
			return nil, err
		}
	}
	takings := make([]tally.Takings, len(bodies))
	for i, p := range parts {
		t, err := v.mix(ctx, q, p, own, kept[p.kept])
		if err != nil {
			return nil, err
		}
		takings[i] = t
	}
	return takings, nil
}

// ingredients are whose rows make up a figure on borders.
type ingredients struct {
	ground border.Ground
	kept   *edition  // what lies below is read from it
	whole  []body.ID // whose own figures count in full
	shares []border.Portion
	rests  []border.Rest
}

func ingredientsOf(g border.Ground, kept *edition, ownOnly bool) ingredients {
	p := ingredients{ground: g, whole: slices.Clone(g.Own)}
	if ownOnly {
		p.shares = g.OwnShares
		return p
	}
	p.kept, p.shares, p.rests = kept, g.Shares, g.Rests
	if kept == nil {
		p.whole = append(p.whole, g.Below...)
	} else {
		p.whole = append(p.whole, g.Beyond...)
	}
	return p
}

// parted lists the bodies of which only some parts count.
func (p ingredients) parted() []body.ID {
	var all []body.ID
	for _, s := range p.shares {
		all = append(all, s.Body)
	}
	for _, r := range p.rests {
		for _, s := range r.From {
			all = append(all, s.Body)
		}
	}
	return distinct(all)
}

// owners lists all bodies whose own figures are needed.
func (p ingredients) owners() []body.ID { return append(slices.Clone(p.whole), p.parted()...) }

// mix puts one figure's rows together, and reads the lines of the months that the
// period only touches.
func (v *View) mix(ctx context.Context, q tally.Query, p ingredients, own, kept map[body.ID][]tally.Row) (tally.Takings, error) {
	t := tally.Takings{Of: p.ground.Nodes}
	if p.kept != nil {
		for _, id := range p.ground.Nodes {
			t.Whole.Rows = append(t.Whole.Rows, kept[id]...)
		}
	}
	for _, id := range p.whole {
		t.Whole.Rows = append(t.Whole.Rows, own[id]...)
	}
	all := slices.Clone(p.ground.Own)
	if !q.OwnOnly {
		all = append(all, p.ground.Below...)
	}
	lines := map[body.ID][]tally.Line{}
	for _, month := range tally.Touched(q.Period) {
		some, err := v.r.daysOf(ctx, all, q.Measure, month)
		if err != nil {
			return t, err
		}
		t.Whole.Lines = append(t.Whole.Lines, some...)
		for _, id := range p.parted() {
			some, err := v.r.daysOf(ctx, []body.ID{id}, q.Measure, month)
			if err != nil {
				return t, err
			}
			lines[id] = append(lines[id], some...)
		}
	}
	share := func(of border.Portion) tally.Share {
		return tally.Share{Source: tally.Source{Rows: own[of.Body], Lines: lines[of.Body]}, Of: of}
	}
	for _, s := range p.shares {
		t.Shares = append(t.Shares, share(s))
	}
	for _, r := range p.rests {
		u := tally.Undivided{Between: r.Between, Included: r.Included}
		for _, s := range r.From {
			if len(own[s.Body]) > 0 {
				u.From = append(u.From, share(s))
			}
		}
		if len(u.From) > 0 {
			t.Rests = append(t.Rests, u)
		}
	}
	return t, nil
}

// sums sums the figures of some bodies together, month by month.
func (r reader) sums(ctx context.Context, edition int64, below bool, bodies []body.ID, m deed.Measure) ([]tally.Row, error) {
	var all []tally.Row
	for some := range slices.Chunk(bodies, listMost) {
		list, args := padded([]any{r.book.root, edition, measureID(m.Key()), flag(below)}, some)
		rows, err := collect(ctx, r.runner, func(rows *sql.Rows) (tally.Row, error) {
			t, err := scanTally(rows)
			return tally.Row{Span: t.Span, Qty: t.Qty, Counts: t.Counts}, err
		}, `SELECT `+tallyColumns+` FROM tally WHERE root = $1 AND edition = $2 AND measure = $3 AND below = $4 AND body `+list, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// rowsByBody reads the figures of some bodies, each for itself: own, or below on
// the borders of an edition.
func (r reader) rowsByBody(ctx context.Context, edition int64, below bool, bodies []body.ID, m deed.Measure) (map[body.ID][]tally.Row, error) {
	into := make(map[body.ID][]tally.Row, len(bodies))
	for some := range slices.Chunk(bodies, listMost) {
		list, args := padded([]any{r.book.root, edition, measureID(m.Key()), flag(below)}, some)
		err := r.each(ctx, func(rows *sql.Rows) error {
			t, err := scanTally(rows)
			if err == nil {
				into[t.Body] = append(into[t.Body], tally.Row{Span: t.Span, Qty: t.Qty, Counts: t.Counts})
			}
			return err
		}, `SELECT `+tallyColumns+` FROM tally WHERE root = $1 AND edition = $2 AND measure = $3 AND below = $4 AND body `+list, args...)
		if err != nil {
			return nil, err
		}
	}
	return into, nil
}

// daysOf reads the lines in force of some bodies' deeds whose first day lies in a
// period.
func (r reader) daysOf(ctx context.Context, bodies []body.ID, m deed.Measure, p calendar.Period) ([]tally.Line, error) {
	var all []tally.Line
	for some := range slices.Chunk(bodies, listMost) {
		list, args := padded([]any{r.book.root, m.Kind, int64(p.From), int64(p.To), measureID(m.Key())}, some)
		lines, err := collect(ctx, r.runner, func(rows *sql.Rows) (tally.Line, error) {
			var l tally.Line
			var day string
			if err := rows.Scan(&day, &l.Quantity, &l.Qualifier); err != nil {
				return l, err
			}
			return l, dates(&l.Day, day)
		}, `
			SELECT d.day, l.qty, l.qualifier
			FROM deed d JOIN line l ON l.root = d.root AND l.body = d.body AND l.deed = d.id AND l.revision = d.revision AND l.undoes = 0
			WHERE d.root = $1 AND d.kind = $2 AND d.day_first >= $3 AND d.day_first <= $4 AND d.status = 'done' AND l.measure = $5 AND d.body `+list, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, lines...)
	}
	return all, nil
}

// line lists a body with all it came from and all it became, by id.
func (v *View) line(right access.Right, of body.ID) ([]body.ID, error) {
	if err := v.actor.May(right, of); err != nil {
		return nil, err
	}
	s := v.r.book.state.Load()
	all := []body.ID{of}
	for _, step := range s.lineage.Line(of) {
		all = append(all, step.From, step.To)
	}
	for _, h := range s.lineage.Heirs(s.tree, of, s.lineage.Life(of).To, calendar.Latest) {
		all = append(all, h.ID)
	}
	slices.Sort(all)
	all = slices.DeleteFunc(slices.Compact(all), func(id body.ID) bool { return id == 0 })
	if err := v.mayAlso(right, of, all); err != nil {
		return nil, err
	}
	return all, nil
}

// mayAlso asks for a right on all who answer together with a body or in its place.
// Those that ended and became it need no asking: their past is its own.
func (v *View) mayAlso(right access.Right, of body.ID, ids []body.ID) error {
	lineage, past := v.r.lineage(), []body.ID{of}
	for i := 0; i < len(past); i++ {
		for _, step := range lineage.Before(past[i]) {
			if step.From != 0 && !lineage.Stood(step.From, v.Today()) && !slices.Contains(past, step.From) {
				past = append(past, step.From)
			}
		}
	}
	for _, id := range ids {
		if slices.Contains(past, id) {
			continue
		}
		if err := v.actor.May(right, id); err != nil {
			return err
		}
	}
	return nil
}

// takingsOfLine reads what a body, those it came from and those it became did,
// each counted on the tree of the deed's own date, and no deed twice.
func (v *View) takingsOfLine(ctx context.Context, q tally.Query) (tally.Takings, error) {
	line, err := v.line(access.ReadFigures, q.Body)
	if err != nil {
		return tally.Takings{}, err
	}
	t := tally.Takings{Of: line}
	tree := v.r.tree()
	if nested(tree, line) {
		return t, v.r.takeLines(ctx, q, tree, line, &t.Whole)
	}
	for _, below := range []bool{false, true} {
		if below && q.OwnOnly {
			continue
		}
		rows, err := v.r.sums(ctx, 0, below, line, q.Measure)
		if err != nil {
			return t, err
		}
		t.Whole.Rows = append(t.Whole.Rows, rows...)
	}
	for _, month := range tally.Touched(q.Period) {
		bodies := slices.Clone(line)
		if !q.OwnOnly {
			for _, id := range line {
				bodies = append(bodies, tree.Below(id, month.To)...)
			}
		}
		slices.Sort(bodies)
		lines, err := v.r.daysOf(ctx, slices.Compact(bodies), q.Measure, month)
		if err != nil {
			return t, err
		}
		t.Whole.Lines = append(t.Whole.Lines, lines...)
	}
	return t, nil
}

// nested says whether some bodies of a line ever stood below others of it.
func nested(tree *body.Tree, line []body.ID) bool {
	return slices.ContainsFunc(line, func(id body.ID) bool {
		return slices.ContainsFunc(tree.EverBelow(id), func(below body.ID) bool { return slices.Contains(line, below) })
	})
}

// takeLines reads a line's figures from the journal itself, deed by deed, where
// some of its bodies stood below others.
func (r reader) takeLines(ctx context.Context, q tally.Query, tree *body.Tree, line []body.ID, into *tally.Source) error {
	all := slices.Clone(line)
	if !q.OwnOnly {
		for _, id := range line {
			all = append(all, tree.EverBelow(id)...)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	belongs := func(home body.ID, on calendar.Day) bool {
		return slices.Contains(line, home) || slices.ContainsFunc(tree.Ancestors(home, on), func(up body.ID) bool { return slices.Contains(line, up) })
	}
	for some := range slices.Chunk(all, listMost) {
		list, args := padded([]any{r.book.root, measureID(q.Measure.Key())}, some)
		err := r.each(ctx, func(rows *sql.Rows) error {
			home, _, span, on, l, err := scanCounted(rows, r.book)
			if err == nil && belongs(home, on) {
				into.Rows = append(into.Rows, tally.Row{Span: span, Qty: l.Quantity, Counts: deed.Spread(home, l, span, on, noTree)[0].Counts})
			}
			return err
		}, countedLines+` AND l.measure = $2 AND l.body `+list, args...)
		if err != nil {
			return err
		}
	}
	for _, month := range tally.Touched(q.Period) {
		var homes []body.ID
		for _, id := range all {
			if belongs(id, month.To) {
				homes = append(homes, id)
			}
		}
		lines, err := r.daysOf(ctx, homes, q.Measure, month)
		if err != nil {
			return err
		}
		into.Lines = append(into.Lines, lines...)
	}
	return nil
}
