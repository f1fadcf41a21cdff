package report

import (
	"context"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/border"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/tally"
)

// Book is what reports are read from. A view answers only what its actor may
// see; what the actor may not see is left out of the report.
type Book interface {
	tally.Roll
	FundBook
	Actor() access.Actor
	Tree() *body.Tree
	Body(ctx context.Context, id body.ID) (body.Body, error)
	Kinds(ctx context.Context) ([]deed.Kind, error)
	StatedOf(ctx context.Context, of body.ID) ([]deed.Stated, error)
	Stays(ctx context.Context, of body.ID, p calendar.Period, b tally.Borders) ([]Stay, error)
	Lying(of body.ID, b tally.Borders) (whole, parted []body.ID, err error)
	PostsOn(ctx context.Context, of body.ID, on calendar.Day) ([]Post, error)
	DeedsTold(ctx context.Context, t Telling) ([]deed.Deed, error)
	Setting(ctx context.Context, of body.ID, name string) (string, error)
	ReportsCovering(ctx context.Context, of []body.ID, p calendar.Period) ([]Report, error)
	FiledBefore(ctx context.Context, of body.ID, kind Kind, until calendar.Day) (Report, error)
	DeedsSince(ctx context.Context, r Report) ([]DeedChange, error)
	FriendshipIn(ctx context.Context, of body.ID, p calendar.Period) (*Friendship, error)
	Borders(of body.ID, b tally.Borders) *border.Map
	GoodsMoved(ctx context.Context, of body.ID, p calendar.Period, b tally.Borders) ([]GoodsLine, error)
}

// Stay is one membership of somebody, in the body itself or in one below.
type Stay struct {
	Person person.ID
	Body   body.ID
	Joined calendar.Date
	Left   calendar.Date
	Lasts  bool
	Reason string
}

// Telling asks for deeds to be told one by one: those with a title, and those
// of some kinds; without kinds, all. Only deeds of single figures are meant, not
// those brought forward.
type Telling struct {
	Of      body.ID // and all below it
	Period  calendar.Period
	Status  deed.Status
	Kinds   []string
	Borders tally.Borders
}

// GoodsLine is a sum of goods in kind of one sort, moved by deeds of one kind.
type GoodsLine struct {
	Kind string
	Item string
	Qty  int64
}

// gatherer reads one report's facts.
type gatherer struct {
	Book
	ctx   context.Context
	ask   Ask
	on    calendar.Day // the last day that the report knows: of its period, or today
	of    body.Body
	kinds []deed.Kind
	facts *Facts
	rows  map[rowsKey][]tally.Row
}

// Gather reads what the book says of a body in a period, and what of the last
// report filed before is no longer what it said.
func Gather(ctx context.Context, b Book, ask Ask) (*Facts, error) {
	facts, err := Recount(ctx, b, ask)
	if err != nil {
		return nil, err
	}
	last, err := b.FiledBefore(ctx, ask.Body, ask.Kind, ask.Period.To)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return facts, nil
	case err != nil:
		return nil, err
	}
	facts.Changed, err = Since(ctx, b, last)
	return facts, err
}

// Recount reads the same without looking at reports that were filed.
func Recount(ctx context.Context, b Book, ask Ask) (*Facts, error) {
	of, err := b.Body(ctx, ask.Body)
	if err != nil {
		return nil, err
	}
	if err := b.Actor().May(access.ReadFigures, ask.Body); err != nil {
		return nil, err
	}
	g := &gatherer{
		Book: b, ctx: ctx, ask: ask, on: min(ask.Period.To, b.Today()), of: of,
		facts: &Facts{Ask: ask, Read: b.Today()}, rows: map[rowsKey][]tally.Row{},
	}
	if g.kinds, err = b.Kinds(ctx); err != nil {
		return nil, err
	}
	g.frame()
	for _, part := range []func() error{g.parted, g.roll, g.boards, g.heard, g.results, g.kept, g.friendship, g.branches, g.deeds, g.fund, g.goods} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return g.facts, nil
}

// heard reads which branches have reported, where they are asked to.
func (g *gatherer) heard() error {
	expected, err := g.Setting(g.ctx, g.of.ID, SettingExpected)
	if err != nil || expected == "" {
		return err
	}
	turns, err := Turns(g.ctx, g, g.of.ID, g.ask.Period)
	if err != nil {
		return err
	}
	h := &Heard{Expected: len(turns), Ref: branchesRef(g.of.ID, g.ask.Period)}
	for _, t := range turns {
		if t.Report != nil {
			h.Received++
		} else {
			h.Late = append(h.Late, t.Names)
		}
	}
	g.facts.Heard = h
	return nil
}

// frame sets whom the report is about and what it compares with.
func (g *gatherer) frame() {
	f := g.facts
	f.About = About{Code: g.of.Code, Kind: g.of.Kind, Names: NamesOn(g.of, g.on), Founded: g.of.Founded}
	if p, ok := g.ask.before(g.of.Founded); ok {
		f.Before = &p
	}
	since := calendar.Period{From: g.of.Founded.FirstOr(calendar.Earliest), To: g.ask.Period.To}
	if since != g.ask.Period && since.From < g.ask.Period.From {
		f.Since = &since
	}
}

// NamesOn gives what a body was called on a day, in every language it has a
// name in.
func NamesOn(b body.Body, on calendar.Day) Label {
	names := Label{"vi": b.NameOn("vi", on)}
	for _, n := range b.Names {
		if !n.Alias && n.Lang != "vi" {
			names[n.Lang] = b.NameOn(n.Lang, on)
		}
	}
	return names
}

// rowsKey names kept sums that have been read already.
type rowsKey struct {
	of    body.ID
	m     deed.Measure
	below bool
}

// TallyRows reads kept sums once for all periods of the report.
func (g *gatherer) TallyRows(ctx context.Context, of body.ID, m deed.Measure, below bool) ([]tally.Row, error) {
	key := rowsKey{of, m, below}
	if rows, ok := g.rows[key]; ok {
		return rows, nil
	}
	rows, err := g.Book.TallyRows(ctx, of, m, below)
	if err == nil {
		g.rows[key] = rows
	}
	return rows, err
}

// figure reads one measure of a body in a period. The place tells figures of
// one measure apart: its column, its branch.
func (g *gatherer) figure(place string, of body.Body, m deed.Measure, p calendar.Period, ownOnly bool) (Figure, error) {
	found, err := tally.Of(g.ctx, g, tally.Query{Body: of.ID, Measure: m, Period: p, OwnOnly: ownOnly, Borders: g.ask.Borders})
	if err != nil {
		return Figure{}, err
	}
	f := Figure{
		Key: place + "/" + m.Key(), Qty: found.Qty, Unit: string(m.Unit), Currency: m.Currency, Decimals: m.Unit.Decimals(),
		Qualifier: found.Qualifier, Undated: found.Undated, Ref: deedsRef(of.ID, m, p, g.ask.Borders),
	}
	if place == "now" {
		if err := g.undivided(m, found.NotDivisible); err != nil {
			return f, err
		}
	}
	for _, part := range found.Across {
		f.Across = append(f.Across, Across{part.EDTF(), part.Qty})
	}
	return f, nil
}

// undivided notes amounts that cannot be divided between bodies on the report's
// borders, with what those are called.
func (g *gatherer) undivided(m deed.Measure, rests []tally.Rest) error {
	for _, r := range rests {
		u := Undivided{Kind: m.Kind, Unit: m.Unit, Currency: m.Currency, Qty: r.Qty, Included: r.Included}
		if k, ok := g.kind(m.Kind); ok {
			u.Names = k.Names
		}
		for _, id := range r.Between {
			b, err := g.Body(g.ctx, id)
			if err != nil {
				return err
			}
			u.Between = append(u.Between, NamesOn(b, g.on))
		}
		g.facts.Undivided = append(g.facts.Undivided, u)
	}
	return nil
}

// parted names the bodies of which only some part lies in the body on the report's
// borders: their people, money, goods and single deeds are in no list.
func (g *gatherer) parted() error {
	_, parted, err := g.Lying(g.of.ID, g.ask.Borders)
	for _, id := range parted {
		b, err := g.Body(g.ctx, id)
		if err != nil {
			return err
		}
		g.facts.Parted = append(g.facts.Parted, NamesOn(b, g.on))
	}
	return err
}

// stock counts members or households of a body on a day.
func (g *gatherer) stock(of body.ID, stock string, on calendar.Day) (int64, error) {
	found, err := g.StockOn(g.ctx, tally.Query{Body: of, Borders: g.ask.Borders}, stock, on)
	return found.Qty, err
}

// count is a figure counted from rows of the roll.
func count(key string, n int64, ref string) Figure {
	return Figure{Key: key, Qty: n, Unit: string(deed.Persons), Ref: ref}
}

// roll reads the members at both ends of the period and who came and went.
func (g *gatherer) roll() error {
	p, id := g.ask.Period, g.of.ID
	onDay := calendar.Period{From: g.on, To: g.on}
	r := Roll{EndDay: g.on}
	n, err := g.stock(g.of.ID, tally.Members, g.on)
	if err != nil {
		return err
	}
	r.End = count("roll/end", n, rollRef(id, RollMembers, onDay, g.ask.Borders))
	if n, err = g.stock(g.of.ID, tally.Households, g.on); err != nil {
		return err
	}
	r.Households = Figure{Key: "roll/households", Qty: n, Unit: string(deed.Families), Ref: rollRef(id, RollMembers, onDay, g.ask.Borders)}
	if p.From > calendar.Earliest {
		r.StartDay = p.From - 1
		if n, err = g.stock(g.of.ID, tally.Members, r.StartDay); err != nil {
			return err
		}
		r.Start = count("roll/start", n, rollRef(id, RollMembers, calendar.Period{From: r.StartDay, To: r.StartDay}, g.ask.Borders))
	}
	stays, err := g.Stays(g.ctx, g.of.ID, p, g.ask.Borders)
	if err != nil {
		return err
	}
	r.Joined, r.Left, r.Died = moves("roll", g.ask.on(id), stays, p)
	g.facts.Roll = r
	return g.stated()
}

// stated reads the latest number of members that somebody stated by the end.
func (g *gatherer) stated() error {
	all, err := g.StatedOf(g.ctx, g.of.ID)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Measure == tally.Members && s.Day.FirstOr(calendar.Earliest) <= g.on {
			g.facts.Roll.Stated = append(g.facts.Roll.Stated, Stated{s.Quantity, s.Qualifier, s.Day, s.Source})
			return nil
		}
	}
	return nil
}

// boards reads the offices by board, with who held them on the last day.
func (g *gatherer) boards() error {
	posts, err := g.PostsOn(g.ctx, g.of.ID, g.on)
	if err != nil {
		return err
	}
	at := map[string]int{}
	for _, p := range posts {
		i, known := at[p.Board]
		if !known {
			i = len(g.facts.Boards)
			at[p.Board] = i
			g.facts.Boards = append(g.facts.Boards, Board{Code: p.Board})
		}
		b := &g.facts.Boards[i]
		b.Seats += p.Seats
		b.Taken += min(len(p.Holders), p.Seats)
		b.Posts = append(b.Posts, p)
	}
	return nil
}

// goods sums goods in kind by what they are.
func (g *gatherer) goods() error {
	lines, err := g.GoodsMoved(g.ctx, g.of.ID, g.ask.Period, g.ask.Borders)
	if fault.KindOf(err) == fault.Forbidden {
		return nil
	}
	if err != nil {
		return err
	}
	at := map[string]int{}
	for _, l := range lines {
		i, known := at[l.Item]
		if !known {
			i = len(g.facts.Goods)
			at[l.Item] = i
			g.facts.Goods = append(g.facts.Goods, Goods{Item: l.Item})
		}
		side, name := &g.facts.Goods[i].Given, "given"
		if k, ok := g.kind(l.Kind); ok && k.Receipt {
			side, name = &g.facts.Goods[i].Received, "received"
		}
		side.Key, side.Unit = "goods/"+name+"/"+l.Item, string(deed.Things)
		side.Qty += l.Qty
		side.Ref = kindRef(g.of.ID, l.Kind, g.ask.Period, g.ask.Borders)
	}
	return nil
}

func (g *gatherer) kind(code string) (deed.Kind, bool) {
	for _, k := range g.kinds {
		if k.Code == code {
			return k, true
		}
	}
	return deed.Kind{}, false
}

// mention tells one deed with its own figures.
func (g *gatherer) mention(d deed.Deed) Mention {
	m := Mention{ID: d.ID, Title: d.Title, Day: d.Day, Place: d.PlaceNote, Ref: "/deeds/" + strconv.FormatInt(int64(d.ID), 10)}
	if k, ok := g.kind(d.Kind); ok {
		m.Kind = k.Names
	}
	for _, l := range d.Lines {
		if l.Unit == deed.Acts || l.Quantity == 0 {
			continue
		}
		m.Figures = append(m.Figures, Figure{
			Key: "deed/" + string(l.Unit), Qty: l.Quantity, Unit: string(l.Unit), Currency: l.Currency, Decimals: l.Unit.Decimals(), Qualifier: l.Qualifier,
		})
	}
	return m
}
