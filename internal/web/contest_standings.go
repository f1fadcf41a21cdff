package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// placed is one line of the standings.
type placed struct {
	unit      body.ID
	rank      int
	shared    bool
	total     *contest.Points
	base      *contest.Points
	bonus     *contest.Points
	deduction *contest.Points
	assigned  *contest.Points
	self      *contest.Points // what the unit gave itself
	class     string          // its name
	gap       bool            // the total falls between two classes
	note      string
}

// standingsOf reads the order of the units: as published and amended since, else as
// the scores stand; nothing for who may not know.
func (q *request) standingsOf(c contestSeen) ([]placed, store.Outcome, error) {
	o, err := q.view().ContestOutcome(q.Context(), c.Contest.ID)
	if err != nil {
		return nil, o, err
	}
	var all []placed
	if c.Contest.Standing == contest.Published {
		for _, r := range c.Contest.Amended(o.Results, o.Amendments) {
			all = append(all, placed{unit: r.Unit, rank: r.Rank, shared: r.Shared, total: r.Total, base: r.Base, bonus: r.Bonus, deduction: r.Deduction, assigned: r.Assigned, class: q.classNamed(c, r.Class), note: r.Note})
		}
	} else if c.Seat.Inside() {
		places, err := q.view().ContestStandings(q.Context(), c.Contest.ID)
		if err != nil {
			return nil, o, err
		}
		for _, place := range places {
			t := place.Total
			if t.Stage == "" { // nothing is known of it yet
				all = append(all, placed{unit: t.Unit, note: q.say("contest.unscored")})
				continue
			}
			all = append(all, placed{unit: t.Unit, rank: place.Rank, shared: place.Shared, total: &t.Sum, base: &t.Base, bonus: &t.Bonus, deduction: &t.Deduction, assigned: &t.Assigned, note: dotted(q.tieSaid(c, place), q.partlySaid(t))})
		}
	}
	q.classed(c, all)
	return all, o, q.withSelf(c, all)
}

// partlySaid says how much of a sheet is scored, where it is not all.
func (q *request) partlySaid(t contest.Total) string {
	if t.Scored >= t.Of {
		return ""
	}
	return q.say("contest.partly", t.Scored, t.Of)
}

// classed finds the class of each line, or that it falls into a gap.
func (q *request) classed(c contestSeen, all []placed) {
	for i, line := range all {
		if line.total == nil || line.class != "" || len(c.Contest.Classes) == 0 {
			continue
		}
		if class, ok := c.Contest.ClassOf(*line.total); ok {
			all[i].class = class.Name(q.lang())
		} else {
			all[i].gap = true
		}
	}
}

func (q *request) classNamed(c contestSeen, code string) string {
	for _, class := range c.Contest.Classes {
		if class.Code == code {
			return class.Name(q.lang())
		}
	}
	return ""
}

// withSelf adds what the units gave themselves, for those inside.
func (q *request) withSelf(c contestSeen, all []placed) error {
	if !c.Seat.Inside() || len(all) == 0 {
		return nil
	}
	totals, err := q.view().ContestTotals(q.Context(), c.Contest.ID)
	for i, line := range all {
		if own, ok := totals[line.unit][c.Contest.Stages[0].Code]; ok && own.Scored > 0 {
			all[i].self = &own.Sum
		}
	}
	return err
}

// tieSaid says what told a unit from the one before it.
func (q *request) tieSaid(c contestSeen, p contest.Place) string {
	switch {
	case p.By == contest.KeyDecided:
		return q.say("contest.tie.decided", p.Reason)
	case strings.HasPrefix(p.By, contest.KeyGroup):
		return q.say("contest.tie.group", strings.TrimPrefix(p.By, contest.KeyGroup))
	case p.By != "":
		return q.say("contest.tie." + p.By)
	case p.Shared:
		return q.say("contest.tie.shared")
	}
	return ""
}

// contestPlaces shows the standings, where self-scores are far from what was
// checked, and what was decided since.
func (q *request) contestPlaces(c contestSeen) ([]page.DeskPart, error) {
	all, o, err := q.standingsOf(c)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	table := q.placesTable(c, all)
	head := "contest.standings.now"
	if c.Contest.Standing == contest.Published {
		head = "contest.standings"
	}
	parts := []page.DeskPart{{Plain: true, Print: true, Head: q.say(head), Table: &table, Lines: q.rankingSaid(c), Tools: []page.Tool{
		{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: c.path("/standings.xlsx")},
	}}}
	if far := q.farTable(c, all); len(far.Rows) > 0 {
		parts = append(parts, page.DeskPart{Plain: true, Head: q.say("contest.far"), Table: &far})
	}
	var past []page.Past
	for _, a := range o.Amendments {
		past = append(past, page.Past{When: dotted(q.daySaid(a.Decree.Day), a.Decree.Number), Text: q.say("contest.amended", c.called[a.Unit], q.points(a.From), q.points(a.To)), Note: a.Reason})
	}
	if len(past) > 0 {
		parts = append(parts, page.DeskPart{Head: q.say("contest.amendments"), Past: past})
	}
	return parts, nil
}

// rankingSaid says by which rule the units stand in order, and which totals have
// no class.
func (q *request) rankingSaid(c contestSeen) []string {
	by := cmp.Or(c.Contest.Ranking.By, contest.ByPoints)
	lines := []string{q.say("contest.rank." + by)}
	var keys []string
	for _, key := range c.Contest.Ranking.Ties {
		keys = append(keys, q.tieKeySaid(key))
	}
	if len(keys) > 0 {
		lines[0] = dotted(lines[0], q.say("contest.rank.ties", strings.Join(keys, ", ")))
	}
	var classes []string
	for _, class := range c.Contest.Classes {
		classes = append(classes, class.Name(q.lang())+": "+q.bandSaid(class))
	}
	if len(classes) > 0 {
		lines = append(lines, q.say("contest.classes.said", strings.Join(classes, "; ")))
	}
	for _, gap := range c.Contest.Gaps() {
		lines = append(lines, q.say("contest.gap.said", q.points(gap.After), q.points(gap.Before)))
	}
	return lines
}

// bandSaid says which totals a class takes in.
func (q *request) bandSaid(class contest.Class) string {
	if class.To != nil {
		return q.say("contest.band", q.points(class.From), q.points(*class.To))
	}
	return q.say("contest.band.from", q.points(class.From))
}

// tieKeySaid names a key by which equal units are told apart.
func (q *request) tieKeySaid(key string) string {
	if no, ok := strings.CutPrefix(key, contest.KeyGroup); ok {
		return q.say("contest.key.group", no)
	}
	return q.say("contest.key." + key)
}

func (q *request) placesTable(c contestSeen, all []placed) page.Table {
	t := page.Table{
		ID: "standings", Caption: q.say("contest.standings"), Quiet: true,
		Columns: []page.Column{
			{Head: q.say("contest.rank"), Figure: true},
			{Head: q.say("contest.unit"), Chief: true},
			{Head: q.say("contest.base"), Figure: true},
			{Head: q.say("contest.bonus"), Figure: true},
			{Head: q.say("contest.deduction"), Figure: true},
			{Head: q.say("contest.total"), Figure: true},
			{Head: q.say("contest.class")},
			{Head: q.say("common.note")},
		},
	}
	shares := c.Contest.Ranking.By == contest.ByShare
	if shares {
		t.Columns = slices.Insert(t.Columns, 6, page.Column{Head: q.say("contest.share"), Figure: true})
	}
	for _, line := range all[:min(len(all), unitsOnPage)] {
		rank, class := "", page.Cell{Text: line.class}
		if line.rank > 0 {
			rank = strconv.Itoa(line.rank)
		}
		if line.gap {
			class = page.Cell{Text: q.say("contest.class.gap"), Tone: page.Late}
		}
		cells := []page.Cell{
			{Text: rank}, {Text: c.called[line.unit]}, {Text: q.pointsKnown(line.base)}, {Text: q.pointsKnown(line.bonus)}, {Text: q.pointsKnown(line.deduction)}, {Text: q.pointsKnown(line.total)}, class, {Text: line.note},
		}
		if shares {
			cells = slices.Insert(cells, 6, page.Cell{Text: q.shareReached(line)})
		}
		row := page.Row{Cells: cells}
		if c.sees(line.unit) && c.codes[line.unit] != "" {
			row.Href = c.unitPath(line.unit)
		}
		t.Rows = append(t.Rows, row)
	}
	if len(all) > unitsOnPage {
		t.Told = q.say("contest.told", 1, unitsOnPage, len(all))
	}
	return t
}

// shareReached is the part of its assigned maximum that a unit reached.
func (q *request) shareReached(line placed) string {
	if line.total == nil || line.assigned == nil || *line.assigned == 0 {
		return ""
	}
	return q.speaker().Percent((int64(*line.total)*2000/int64(*line.assigned) + 1) / 2)
}

// farTable lists the units whose self-score differs most from what counts now.
func (q *request) farTable(c contestSeen, all []placed) page.Table {
	t := page.Table{
		ID: "far", Caption: q.say("contest.far"), Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.unit"), Chief: true}, {Head: q.say("contest.self"), Figure: true}, {Head: q.say("contest.checked"), Figure: true}, {Head: q.say("contest.difference"), Figure: true}},
	}
	far := slices.DeleteFunc(slices.Clone(all), func(l placed) bool { return l.self == nil || l.total == nil || *l.self == *l.total })
	away := func(l placed) contest.Points { return max(*l.self-*l.total, *l.total-*l.self) }
	slices.SortStableFunc(far, func(a, b placed) int { return cmp.Compare(away(b), away(a)) })
	for _, l := range far[:min(len(far), 20)] {
		t.Rows = append(t.Rows, page.Row{Href: c.unitPath(l.unit), Cells: []page.Cell{
			{Text: c.called[l.unit]}, {Text: q.points(*l.self)}, {Text: q.points(*l.total)}, {Text: q.signedPoints(*l.total - *l.self)},
		}})
	}
	return t
}

// signedPoints writes a difference with its sign.
func (q *request) signedPoints(p contest.Points) string {
	if p > 0 {
		return "+" + q.points(p)
	}
	return strings.Replace(q.points(p), "-", "−", 1)
}

// contestStandingsSheet gives the standings as a workbook.
func (s *Server) contestStandingsSheet(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	all, _, err := q.standingsOf(c)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return fault.Forbid("contest.forbidden.inside")
	}
	t := sheet.Table{Name: q.say("contest.standings")}
	for _, key := range []string{"contest.rank", "contest.unit", "contest.base", "contest.bonus", "contest.deduction", "contest.total", "contest.assigned", "contest.self", "contest.class", "common.note"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	points := func(p *contest.Points) sheet.Value {
		if p == nil {
			return sheet.Value{}
		}
		return sheet.Decimal(p.String(), c.Contest.Scale.Decimals)
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, l := range all {
			rank, class := sheet.Value{}, l.class
			if l.rank > 0 {
				rank = sheet.Count(int64(l.rank))
			}
			if l.gap {
				class = q.say("contest.class.gap")
			}
			if !yield([]sheet.Value{rank, sheet.Words(c.called[l.unit]), points(l.base), points(l.bonus), points(l.deduction), points(l.total), points(l.assigned), points(l.self), sheet.Words(class), sheet.Words(l.note)}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("contest.standings.file")+"-"+strconv.Itoa(c.Contest.Year), t)
}
