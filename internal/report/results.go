package report

import (
	"cmp"
	"slices"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/tally"
)

// results reads what was done, kind by kind in the order of the form.
func (g *gatherer) results() error {
	measures, err := g.Measures(g.ctx)
	if err != nil {
		return err
	}
	for _, k := range g.kinds {
		r := Result{Kind: k.Code, Names: k.Names, Acts: k.Acts}
		for _, m := range ofKind(measures, k) {
			row, err := g.resultRow(m)
			if err != nil {
				return err
			}
			if !row.Now.IsZero() || !row.Before.IsZero() || !row.Since.IsZero() {
				r.Rows = append(r.Rows, row)
			}
		}
		if len(r.Rows) == 0 {
			continue
		}
		named, err := g.named(k, r.Rows)
		if err != nil {
			return err
		}
		if named.People.Known() {
			r.Named = &named
		}
		g.facts.Results = append(g.facts.Results, r)
	}
	return nil
}

// kept reads from which month on the book tells single deeds, where what the
// report compares with begins before it: such a column is not of its whole
// period. What was founded meanwhile had nothing to tell before.
func (g *gatherer) kept() error {
	before := g.facts.Before
	if before == nil || g.of.Founded.FirstOr(calendar.Earliest) > before.From {
		return nil
	}
	first := deed.LastMonth
	for key, rows := range g.rows {
		for _, r := range rows {
			if key.of == g.of.ID && r.Qty != 0 && r.Span.Since != deed.NoMonth && r.Span.Until-r.Span.Since < 12 {
				first = min(first, r.Span.Since)
			}
		}
	}
	if first != deed.LastMonth && first > deed.MonthOf(before.From) {
		g.facts.KeptFrom = calendar.InMonth(int(first/12), time.Month(first%12+1)).EDTF()
	}
	return nil
}

// ofKind picks the measures of a kind, its main one first.
func ofKind(measures []deed.Measure, k deed.Kind) []deed.Measure {
	var own []deed.Measure
	for _, m := range measures {
		if m.Kind == k.Code {
			own = append(own, m)
		}
	}
	units := append(slices.Clone(k.Units), deed.Units()...)
	slices.SortStableFunc(own, func(a, b deed.Measure) int {
		return cmp.Or(cmp.Compare(a.Stage, b.Stage), cmp.Compare(slices.Index(units, a.Unit), slices.Index(units, b.Unit)), cmp.Compare(a.Currency, b.Currency))
	})
	return own
}

func (g *gatherer) resultRow(m deed.Measure) (ResultRow, error) {
	row := ResultRow{Unit: m.Unit, Stage: m.Stage}
	var err error
	if row.Now, err = g.figure("now", g.of, m, g.ask.Period, false); err != nil {
		return row, err
	}
	if p := g.facts.Before; p != nil {
		if row.Before, err = g.figure("before", g.of, m, *p, false); err != nil {
			return row, err
		}
	}
	if p := g.facts.Since; p != nil {
		row.Since, err = g.figure("since", g.of, m, *p, false)
	}
	return row, err
}

// named counts the different people behind a kind that is done for people, as
// far as they were named; nothing when nobody was.
func (g *gatherer) named(k deed.Kind, rows []ResultRow) (Named, error) {
	if !slices.Contains(k.Roles, deed.Receiver) && !slices.Contains(k.Roles, deed.Participant) {
		return Named{}, nil
	}
	n, err := g.NamedBehind(g.ctx, tally.Query{
		Body: g.of.ID, Measure: deed.Measure{Kind: k.Code, Unit: deed.Acts}, Period: g.ask.Period, Borders: g.ask.Borders,
	})
	if err != nil || n.People == 0 {
		return Named{}, err
	}
	found := Named{People: count("now/"+k.Code+".distinct", n.People, kindRef(g.of.ID, k.Code, g.ask.Period, g.ask.Borders)), With: n.With, Of: n.Acts}
	for _, row := range rows {
		if row.Unit == deed.Acts && row.Stage == deed.Given {
			found.Of = max(found.Of, row.Now.Qty)
		}
	}
	if found.With < found.Of {
		found.People.Qualifier = deed.AtLeast
	}
	return found, nil
}

// branchColumns is how many kinds the comparison by branch shows.
const branchColumns = 6

// Heads names the columns of the comparison by branch: the main measures of
// the kinds in which most was done.
func (f *Facts) Heads() []ResultRow {
	var heads []ResultRow
	for _, r := range f.Results {
		if len(heads) < branchColumns && r.Rows[0].Stage == deed.Given && r.Rows[0].Now.Qty != 0 {
			heads = append(heads, r.Rows[0])
		}
	}
	return heads
}

// branches compares the bodies directly below: each with all below it, then
// what the body did by itself, then what no body of the last day has.
func (g *gatherer) branches() error {
	children := g.children()
	if len(children) == 0 {
		return nil
	}
	stays, err := g.Stays(g.ctx, g.of.ID, g.ask.Period, g.ask.Borders)
	if err != nil {
		return err
	}
	heads := g.facts.Heads()
	for _, id := range children {
		of, err := g.Body(g.ctx, id)
		if err != nil {
			return err
		}
		if of.Kind == body.Household {
			continue
		}
		b, err := g.branch(of, stays, heads)
		if err != nil {
			return err
		}
		g.facts.Branches = append(g.facts.Branches, b)
	}
	if len(g.facts.Branches) == 0 {
		return nil
	}
	return g.ownAndRest(heads)
}

// children lists the bodies directly below, on the report's borders.
func (g *gatherer) children() []body.ID {
	if e := g.ask.Borders.Extent; e == tally.Today || e == tally.OnDay {
		return g.Borders(g.of.ID, g.ask.Borders).Children(g.of.ID)
	}
	return g.Tree().ChildrenOn(g.of.ID, g.on)
}

func (g *gatherer) branch(of body.Body, stays []Stay, heads []ResultRow) (Branch, error) {
	place := "branch/" + of.Code
	b := Branch{Code: of.Code, Names: NamesOn(of, g.on)}
	n, err := g.stock(of.ID, tally.Members, g.on)
	if err != nil {
		return b, err
	}
	b.Members = count(place+"/members", n, rollRef(of.ID, RollMembers, calendar.Period{From: g.on, To: g.on}, g.ask.Borders))
	lying, _, err := g.Lying(of.ID, g.ask.Borders)
	if err != nil {
		return b, err
	}
	var own []Stay
	for _, s := range stays {
		if slices.Contains(lying, s.Body) {
			own = append(own, s)
		}
	}
	joined, left, died := moves(place, g.ask.on(of.ID), own, g.ask.Period)
	b.Joined, b.Gone = joined, left
	b.Gone.Key, b.Gone.Qty, b.Gone.Ref = place+"/gone", left.Qty+died.Qty, rollRef(of.ID, RollGone, g.ask.Period, g.ask.Borders)
	b.Gone.Across = append(b.Gone.Across, died.Across...)
	b.Counts, err = g.counts(place, of, heads, false)
	return b, err
}

func (g *gatherer) counts(place string, of body.Body, heads []ResultRow, ownOnly bool) ([]Figure, error) {
	var counts []Figure
	for _, head := range heads {
		m, err := deed.ParseMeasure(head.Now.Key[len("now/"):])
		if err != nil {
			return nil, err
		}
		f, err := g.figure(place, of, m, g.ask.Period, ownOnly)
		if err != nil {
			return nil, err
		}
		counts = append(counts, f)
	}
	return counts, nil
}

// ownAndRest adds what the body did by itself and what is left over, so that
// the rows add up to the body's figure.
func (g *gatherer) ownAndRest(heads []ResultRow) error {
	counts, err := g.counts("own", g.of, heads, true)
	if err != nil {
		return err
	}
	own := Branch{Own: true, Counts: counts}
	rest := Branch{}
	some := false
	for i, head := range heads {
		left := head.Now.Qty - counts[i].Qty
		for _, b := range g.facts.Branches {
			left -= b.Counts[i].Qty
		}
		f := head.Now
		f.Key, f.Qty, f.Across, f.Undated = "rest/"+head.Now.Key[len("now/"):], left, nil, 0
		rest.Counts = append(rest.Counts, f)
		some = some || left != 0
	}
	if slices.ContainsFunc(counts, func(f Figure) bool { return f.Qty != 0 }) {
		g.facts.Branches = append(g.facts.Branches, own)
	}
	if some {
		g.facts.Branches = append(g.facts.Branches, rest)
	}
	return nil
}

// mentionsMost bounds how many deeds a report tells one by one.
const mentionsMost = 15

// deeds picks what is told one by one: deeds that somebody gave a title, and
// what gathers many people; and all that is planned for the period that follows.
func (g *gatherer) deeds() error {
	if !g.Actor().Can(access.ReadDeeds, g.of.ID) {
		return nil
	}
	done, err := g.DeedsTold(g.ctx, Telling{Of: g.of.ID, Period: g.ask.Period, Status: deed.Done, Kinds: g.gathering(), Borders: g.ask.Borders})
	if fault.KindOf(err) == fault.Forbidden {
		return nil
	}
	if err != nil {
		return err
	}
	if g.facts.Deeds, err = g.mentions(weightiest(done)); err != nil {
		return err
	}
	next := calendar.Period{From: g.on + 1, To: g.on.AddYears(1)}
	planned, err := g.DeedsTold(g.ctx, Telling{Of: g.of.ID, Period: next, Status: deed.Planned, Borders: g.ask.Borders})
	if err != nil {
		return err
	}
	g.facts.Planned, err = g.mentions(planned[:min(len(planned), mentionsMost)])
	return err
}

// gathering lists the kinds that bring many people together; the others are
// told one by one only when somebody gave them a title.
func (g *gatherer) gathering() []string {
	var codes []string
	for _, k := range g.kinds {
		if slices.Contains(k.Roles, deed.Participant) || slices.Contains(k.Roles, deed.Head) {
			codes = append(codes, k.Code)
		}
	}
	return codes
}

func (g *gatherer) mentions(deeds []deed.Deed) ([]Mention, error) {
	var all []Mention
	for _, d := range deeds {
		m := g.mention(d)
		if d.Body != g.of.ID {
			at, err := g.Body(g.ctx, d.Body)
			if err != nil {
				return nil, err
			}
			m.Body = NamesOn(at, g.on)
		}
		all = append(all, m)
	}
	return all, nil
}

// weightiest keeps the deeds with most people and money, in order of time.
func weightiest(deeds []deed.Deed) []deed.Deed {
	weigh := func(d deed.Deed) (people, money int64) {
		for _, l := range d.Lines {
			switch l.Unit {
			case deed.Persons:
				people += l.Quantity
			case deed.Money:
				money += l.Quantity
			case deed.Acts, deed.Families, deed.Things, deed.GoodsValue, deed.Built, deed.Repaired, deed.WorkDays:
			}
		}
		return people, money
	}
	kept := slices.Clone(deeds)
	slices.SortStableFunc(kept, func(a, b deed.Deed) int {
		pa, ma := weigh(a)
		pb, mb := weigh(b)
		return cmp.Or(cmp.Compare(pb, pa), cmp.Compare(mb, ma))
	})
	kept = kept[:min(len(kept), mentionsMost)]
	slices.SortStableFunc(kept, func(a, b deed.Deed) int { return a.Day.Compare(b.Day) })
	return kept
}
