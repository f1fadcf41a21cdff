package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/chart"
	"kith.app/internal/page"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/text"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
	"kith.app/internal/world"
)

// bodyTie is one tie of a body, seen from there: with whom, in which country.
type bodyTie struct {
	row  store.TieRow
	name string    // of the other side
	land string    // code; empty where nobody said
	with tie.Party // the first of the other side
}

// bodyTiesPage shows the ties of a body: list by country, map and timeline.
func (q *request) bodyTiesPage(b body.Body) error {
	asked := q.tieQuery()
	asked.Body, asked.Limit, asked.Skip = b.ID, -1, 0
	rows, all, err := q.view().Ties(q.Context(), asked)
	if err != nil {
		return err
	}
	bodies, err := q.tieBodiesOf(rows)
	if err != nil {
		return err
	}
	ties := q.seenFrom(b.ID, rows, bodies)
	p := page.TiesOfPage{Shell: q.shell(q.say("tie.of", b.NameOn(q.lang(), b.Ended.LastOr(q.today()))))}
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.ties"), Href: "/ties"}, {Text: b.ShortOn(q.lang(), q.today()), Href: bodyPath(b)}}
	p.Shell.Lead = q.say("tie.count", all)
	p.Filter = page.FilterHead{Action: q.URL.Path, Query: asked.Typed, Label: q.say("tie.list.find")}
	if asked.Typed != "" || asked.Status != "" {
		p.Filter.Clear = q.URL.Path
	}
	statuses := []page.Option{{Text: q.say("tie.list.statuses")}}
	for _, s := range tie.Statuses() {
		statuses = append(statuses, page.Option{Value: string(s), Text: q.say("tie.status." + string(s))})
	}
	p.Selects = []page.SelectField{{Field: page.Field{Name: "status", Label: q.say("common.status"), Value: string(asked.Status)}, Options: statuses}}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/ties.xlsx?body=" + idText(b.ID)}}
	skip, _ := strconv.Atoi(q.value("skip")) //nolint:errcheck // empty: the first page
	q.groupTies(&p, ties, min(max(skip, 0), max(len(ties)-1, 0)))
	if skip == 0 {
		p.Map, p.Timeline = q.tieMap(b, ties, bodies), q.tieTimeline(b, ties)
	}
	return q.show(page.TiesOf(p))
}

// seenFrom tells the ties of a body from its side, by country and name.
func (q *request) seenFrom(of body.ID, rows []store.TieRow, bodies map[body.ID]body.Body) []bodyTie {
	var all []bodyTie
	for _, row := range rows {
		own := row.SideOf(of)
		if own == 0 {
			own = homeSide(row.Tie)
		}
		t := bodyTie{row: row}
		var names []string
		for side := 1; side <= row.Sides(); side++ {
			if side == own {
				continue
			}
			names = append(names, twin.SideCalled(q.speaker(), row.Tie, bodies, side))
			for _, p := range row.Parties {
				if p.Side == side && (t.with.Body == 0 || t.land == "" && p.Land != "") {
					t.with, t.land = p, p.Land
				}
			}
		}
		t.name = strings.Join(names, " – ")
		all = append(all, t)
	}
	lang := q.lang()
	slices.SortStableFunc(all, func(a, b bodyTie) int {
		known := func(t bodyTie) int {
			if t.land == "" {
				return 1
			}
			return 0
		}
		return cmp.Or(known(a)-known(b), slices.Compare(text.TextKey(q.land(a.land), lang), text.TextKey(q.land(b.land), lang)), slices.Compare(text.TextKey(a.name, lang), text.TextKey(b.name, lang)))
	})
	return all
}

// homeSide is the side from which a tie is seen by whoever keeps it for others, as a
// union does for its province: the one side of this country, or the first.
func homeSide(t tie.Tie) int {
	home := 0
	for _, p := range t.Parties {
		if p.Land == "VN" && p.Side != home {
			if home != 0 {
				return 1 // both are
			}
			home = p.Side
		}
	}
	return max(home, 1)
}

// groupsMost is up to how many countries stand under heads of their own; more are
// read better in one table.
const groupsMost = 8

// groupTies lists one page of ties, each country under its own head, or in one table
// where there are many.
func (q *request) groupTies(p *page.TiesOfPage, ties []bodyTie, skip int) {
	shown := ties[skip:min(skip+tiesOnPage, len(ties))]
	totals := map[string]int{}
	for _, t := range ties {
		totals[t.land]++
	}
	many := len(totals) > groupsMost
	for _, t := range shown {
		land := q.say("tie.country.unsaid")
		if t.land != "" {
			land = q.land(t.land)
		}
		head := q.say("tie.group", land, totals[t.land])
		if many {
			head = q.say("tie.group.lands", len(totals))
		}
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Caption != head {
			columns := []page.Column{{Head: q.say("tie.with"), Chief: true}, {Head: q.say("tie.country")}, {Head: q.say("tie.kind")}, {Head: q.say("tie.origin")}, {Head: q.say("tie.contact")}, {Head: q.say("common.status")}}
			if !many {
				columns = slices.Delete(columns, 1, 2)
			}
			p.Groups = append(p.Groups, page.Table{Caption: head, Columns: columns})
		}
		cells := []page.Cell{
			{Text: t.name, Note: t.row.Called(q.lang())}, {Text: land}, {Text: q.tieKindName(t.row.Kind)}, {Text: q.dated(t.row.Origin)}, {Text: q.dated(t.row.Standing.Contact), Note: twin.SilenceOf(q.speaker(), t.row.Standing)}, page.Marked(q.tieMark(t.row.Standing)),
		}
		if !many {
			cells = slices.Delete(cells, 1, 2)
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Rows = append(g.Rows, page.Row{Href: tiePath(t.row.Code), Cells: cells})
	}
	p.Empty = page.Empty{Glyph: page.GlyphTie, Head: q.say("tie.list.empty"), Text: q.say("tie.list.empty.text")}
	if len(ties) > tiesOnPage {
		p.Told = q.say("tie.list.told", skip+1, skip+len(shown), len(ties))
		if skip > 0 {
			p.First = q.with("skip", "")
		}
		if skip+len(shown) < len(ties) {
			p.Next = q.with("skip", strconv.Itoa(skip+len(shown)))
		}
	}
}

// tieKindName names a kind of tie.
func (q *request) tieKindName(code string) string {
	kinds, err := q.view().TieKinds(q.Context())
	if err != nil {
		return code
	}
	return kindCalled(kinds, code, q.lang())
}

// tieTone is how a tie stands, as charts show it.
func tieTone(s tie.Status) chart.Tone {
	switch s {
	case tie.Active:
		return chart.Good
	case tie.Quiet, tie.Expiring:
		return chart.Warn
	case tie.Dormant, tie.Expired:
		return chart.Bad
	case tie.Ended:
		return chart.Ended
	case tie.Proposed, tie.Paused, tie.Unheard:
	}
	return chart.Plain
}

// toneKeys explain the tones of the charts of ties.
func (q *request) toneKeys() []chart.Key {
	return []chart.Key{
		{Tone: chart.Good, Name: q.say("tie.status.active")}, {Tone: chart.Warn, Name: q.say("tie.tone.warn")}, {Tone: chart.Bad, Name: q.say("tie.tone.bad")}, {Tone: chart.Ended, Name: q.say("tie.status.ended")}, {Tone: chart.Plain, Name: q.say("tie.tone.plain")},
	}
}

// spotOf finds where a body lies: as a unit of Viet Nam, by its seat, or as the
// only place of its name in its country. Where several may be meant, nowhere.
func (q *request) spotOf(b body.Body, land string) world.Spot {
	m, err := place.Shipped()
	if err != nil {
		return world.Spot{}
	}
	for _, id := range []place.ID{place.ID(b.ID), place.ID(b.Seat)} {
		if id != 0 && m.Has(id) {
			if site, ok := world.UnitSite(m, id); ok {
				return site.At
			}
		}
	}
	if land == "" {
		return world.Spot{}
	}
	for _, n := range b.Names {
		_, own := place.Part(n.Full)
		for _, name := range []string{n.Full, own} {
			if at, ok := world.Locate(name, land); ok {
				return at
			}
		}
	}
	return world.Spot{}
}

// tieMap draws with whom a body is tied.
func (q *request) tieMap(b body.Body, ties []bodyTie, bodies map[body.ID]body.Body) chart.Picture {
	name := b.ShortOn(q.lang(), b.Ended.LastOr(q.today()))
	m := chart.Map{
		Title: q.say("tie.map.title", name), Told: q.say("tie.map.told", len(ties)), Keys: q.toneKeys(), On: q.today(), Islands: [2]string{q.say("tie.map.hoangsa"), q.say("tie.map.truongsa")},
		Places: []chart.MapPlace{{Name: name, At: q.spotOf(b, "VN"), Tone: chart.Home, Size: 1}},
	}
	m.Table.Head = []string{q.say("tie.map.n"), q.say("tie.with"), q.say("tie.country"), q.say("tie.agreement"), q.say("tie.origin"), q.say("common.status")}
	m.Table.Rows = [][]chart.Cell{{{Text: "1", Figure: true}, {Text: name, Ref: bodyPath(b)}, {}, {}, {}, {}}}
	for _, t := range ties {
		n := strconv.Itoa(len(m.Places) + 1)
		m.Places = append(m.Places, chart.MapPlace{Name: t.name, At: q.spotOf(bodies[t.with.Body], t.land), Tone: tieTone(t.row.Standing.Status), Size: 0.4})
		m.Links = append(m.Links, chart.MapLink{From: 0, To: len(m.Places) - 1})
		land := ""
		if t.land != "" {
			land = q.land(t.land)
		}
		m.Table.Rows = append(m.Table.Rows, []chart.Cell{{Text: n, Figure: true}, {Text: t.name, Ref: tiePath(t.row.Code)}, {Text: land}, {Text: dotted(q.tieKindName(t.row.Kind), t.row.Called(q.lang())), Ref: tiePath(t.row.Code)}, {Text: q.dated(t.row.Origin)}, {Text: q.say("tie.status." + string(t.row.Standing.Status))}})
	}
	return chart.DrawMap(m)
}

// lanesMost is up to how many ties a timeline shows; more would be no picture.
const lanesMost = 40

// tieTimeline draws since when a body has been tied, as far as dates are known.
func (q *request) tieTimeline(b body.Body, ties []bodyTie) chart.Picture {
	line := chart.Timeline{Title: q.say("tie.timeline.title", b.ShortOn(q.lang(), b.Ended.LastOr(q.today()))), Keys: q.toneKeys(), Today: q.today(), TodaySaid: q.say("tie.timeline.today")}
	line.Table.Head = []string{q.say("tie.with"), q.say("tie.origin"), q.say("tie.contact"), q.say("common.status")}
	dated := slices.DeleteFunc(slices.Clone(ties), func(t bodyTie) bool { return t.row.Origin.IsUnknown() })
	slices.SortStableFunc(dated, func(a, b bodyTie) int {
		return cmp.Compare(a.row.Origin.FirstOr(calendar.Earliest), b.row.Origin.FirstOr(calendar.Earliest))
	})
	for _, t := range dated[:min(len(dated), lanesMost)] {
		during := calendar.Period{From: t.row.Origin.FirstOr(calendar.Earliest), To: q.today()}
		if t.row.Standing.Status == tie.Ended {
			during.To = t.row.Standing.Since.LastOr(q.today())
		}
		lane := chart.Lane{Name: t.name, Spans: []chart.Span{{During: during, Tone: tieTone(t.row.Standing.Status)}}}
		for _, s := range t.row.InOrder() {
			if !s.Date.IsUnknown() {
				lane.Dots = append(lane.Dots, chart.Dot{On: s.Date, Tone: chart.Home})
			}
		}
		line.Lanes = append(line.Lanes, lane)
		line.Table.Rows = append(line.Table.Rows, []chart.Cell{{Text: t.name, Ref: tiePath(t.row.Code)}, {Text: q.dated(t.row.Origin)}, {Text: q.dated(t.row.Standing.Contact)}, {Text: q.say("tie.status." + string(t.row.Standing.Status))}})
	}
	line.Told = q.say("tie.timeline.told", len(line.Lanes), len(ties))
	return chart.DrawTimeline(line)
}
